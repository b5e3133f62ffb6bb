"""Nearest failing points: textbook answers, OpenTURNS, several ways at once, chances that hold."""

import numpy as np
import pytest
from scipy.special import ndtr, ndtri
from scipy.stats import beta as beta_distribution

from footprint.stress.understand.failing import nearest_failing
from footprint.stress.understand.inputs import Inputs

SAID = Inputs(["Pay growth", "Home care"], lambda column, q: f"{10 * q:.1f} percent")


def lognormal(u, mean, sd):
    spread = np.log1p((sd / mean) ** 2)
    return np.exp(np.log(mean) - spread / 2 + np.sqrt(spread) * ndtri(u))


def stressed_beam(u):
    """OpenTURNS' "axial stressed beam": resistance less load over a circle of 20 mm."""
    resistance = lognormal(u[:, 0], 3e6, 3e5)
    load = 750 + 50 * ndtri(u[:, 1])
    return (resistance - load / (np.pi * 0.01**2))[:, None]


def cantilever(u):
    """OpenTURNS' "cantilever beam": deviation F L^3 / 3 E I, length and section correlated."""
    z = ndtri(u)
    r = -0.20905692653530
    section = ndtr(r * z[:, 2] + np.sqrt(1 - r**2) * z[:, 3])
    stiffness = 6.5e10 + 1e10 * beta_distribution.ppf(u[:, 0], 0.9, 3.5)
    force = lognormal(u[:, 1], 300.0, 30.0)
    length = 2.5 + 0.1 * u[:, 2]
    inertia = 1.3e-7 + 0.4e-7 * beta_distribution.ppf(section, 2.5, 4.0)
    return (force * length**3 / (3 * stiffness * inertia))[:, None]


def cubic(u):
    z = ndtri(u)
    return ((10 + 5 * z[:, 0]) ** 3 + (9.9 + 5 * z[:, 1]) ** 3)[:, None]


def test_design_points_are_those_openturns_printed():
    """OpenTURNS 1.27, FORM with AbdoRackwitz at tolerance 1e-10, as printed."""
    beam = nearest_failing(stressed_beam, ["R", "F"], at_least=0.0).ways[0]
    assert beam.beta == pytest.approx(1.8810465190, abs=1e-6)
    assert beam.first_order == pytest.approx(0.02998279555, abs=1e-7)
    assert beam.scores == pytest.approx([-1.59395, 0.99883], abs=1e-4)
    arm = nearest_failing(cantilever, ["E", "F", "L", "I"], at_most=0.30).ways[0]
    assert arm.beta == pytest.approx(4.7359722629, abs=1e-5)
    assert arm.scores[:2] == pytest.approx([-0.66565, 4.31263], abs=1e-3)
    assert arm.crosses
    curve = nearest_failing(cubic, ["a", "b"], at_least=18.0).ways[0]
    assert curve.beta == pytest.approx(2.2259881188, abs=1e-5)


def form(openturns, model, distribution, limit, operator):
    search = openturns.AbdoRackwitz()
    for measure in ("Absolute", "Relative", "Residual", "Constraint"):
        getattr(search, f"setMaximum{measure}Error")(1e-10)
    search.setStartingPoint(distribution.getMean())
    output = openturns.CompositeRandomVector(model, openturns.RandomVector(distribution))
    run = openturns.FORM(search, openturns.ThresholdEvent(output, operator, limit))
    run.run()
    return run.getResult()


def test_design_points_are_those_of_openturns():
    openturns = pytest.importorskip("openturns", exc_type=ImportError)
    from openturns.usecases import cantilever_beam
    from openturns.usecases import stressed_beam as beams

    beam = openturns.SymbolicFunction(["R", "F"], ["(R - F / (pi_ / 10000)) / 1e6"])
    theirs = form(openturns, beam, beams.AxialStressedBeam().distribution, 0.0, openturns.Less())
    ours = nearest_failing(stressed_beam, ["R", "F"], at_least=0.0).ways[0]
    assert ours.beta == pytest.approx(theirs.getHasoferReliabilityIndex(), abs=1e-6)
    assert ours.scores == pytest.approx(list(theirs.getStandardSpaceDesignPoint()), abs=1e-4)
    arm = cantilever_beam.CantileverBeam()
    theirs = form(openturns, arm.model, arm.distribution, 0.30, openturns.Greater())
    ours = nearest_failing(cantilever, ["E", "F", "L", "I"], at_most=0.30).ways[0]
    assert ours.beta == pytest.approx(theirs.getHasoferReliabilityIndex(), abs=1e-5)


def four_branches(u, k=7.0):
    """The series system of four edges: P. H. Waarts (2000), Delft."""
    x, y = ndtri(u).T
    bowl = 3 + 0.1 * (x - y) ** 2
    return np.min(
        [
            bowl - (x + y) / np.sqrt(2),
            bowl + (x + y) / np.sqrt(2),
            x - y + k / np.sqrt(2),
            y - x + k / np.sqrt(2),
        ],
        axis=0,
    )[:, None]


def four_branches_chance():
    """By the trapezium rule over a fine grid: 0.00222 where k = 7."""
    grid = np.linspace(-7, 7, 1401)
    density = np.exp(-(grid**2) / 2) / np.sqrt(2 * np.pi)
    x, y = np.meshgrid(grid, grid)
    fails = four_branches(ndtr(np.column_stack([x.ravel(), y.ravel()])))[:, 0] < 0
    weight = np.outer(density, density).ravel() * (grid[1] - grid[0]) ** 2
    return weight[fails].sum()


def test_four_ways_to_fail_are_all_found_and_their_chance_is_that_of_a_fine_grid():
    found = nearest_failing(four_branches, ["x", "y"], at_least=0.0, draws=8192)
    assert [way.beta for way in found.ways] == pytest.approx([3, 3, 3.5, 3.5], abs=1e-4)
    assert sum(way.chance for way in found.ways) == pytest.approx(found.chance)
    true = four_branches_chance()
    assert true == pytest.approx(0.00222, abs=0.00002)
    assert found.chance == pytest.approx(true, rel=0.05)
    assert abs(found.chance - true) < 4 * found.chance_error


def test_a_plane_edge_in_many_inputs_is_found_with_its_exact_chance():
    weights = np.linspace(1, 0.1, 150)
    limit = 2.5 * np.linalg.norm(weights)
    found = nearest_failing(
        lambda u: (ndtri(u) @ weights)[:, None], [f"x{i}" for i in range(150)], at_most=limit
    )
    assert len(found.ways) == 1
    assert found.ways[0].beta == pytest.approx(2.5, abs=1e-6)
    assert found.ways[0].scores == pytest.approx(2.5 * weights / np.linalg.norm(weights), abs=1e-5)
    assert found.chance == pytest.approx(ndtr(-2.5), abs=4 * found.chance_error)
    assert found.chance_error < 0.0005


def test_where_the_middle_fails_the_nearest_way_to_succeed_is_given():
    found = nearest_failing(lambda u: ndtri(u) @ [[3.0], [4.0]], ["a", "b"], at_most=-5)
    assert found.middle_fails
    assert found.ways[0].beta == pytest.approx(-1.0)
    assert found.ways[0].first_order == pytest.approx(ndtr(1))
    assert found.chance == pytest.approx(ndtr(1), abs=4 * found.chance_error)
    assert "The nearest way to reach the target" in found.in_words(SAID)


def test_the_story_is_three_lines_in_the_readers_own_units():
    found = nearest_failing(lambda u: ndtri(u) @ [[3.0], [4.0]], ["a", "b"], at_most=10)
    first, second, third = found.in_words(SAID).splitlines()
    assert first == (
        "The nearest way to miss the target: Home care at 9.5 percent, Pay growth at "
        "8.8 percent; all else near its middle."
    )
    assert second == (
        "The target is missed in about 1 in 45 futures; of those that miss it, 100% are "
        "nearest to this way."
    )
    assert third.startswith("Run just beyond these values, that is so; the chance of this way is")


def test_an_output_with_a_kink_and_a_flat_stretch_is_still_searched():
    def short(u):
        return np.maximum(ndtri(u[:, 0]) + ndtri(u[:, 1]) - 2, 0)[:, None]

    found = nearest_failing(short, ["a", "b"], at_most=1.0)
    assert found.ways[0].beta == pytest.approx(3 / np.sqrt(2), abs=1e-4)
    assert found.chance == pytest.approx(ndtr(-3 / np.sqrt(2)), abs=4 * found.chance_error)


def test_a_target_that_cannot_be_missed_has_no_way_to_fail():
    found = nearest_failing(lambda u: 0 * u[:, :1], ["a", "b"], at_most=1.0)
    assert found.ways == ()
    assert found.chance == found.plain == 0.0
    assert found.in_words(SAID).startswith("No way to fail was found")
