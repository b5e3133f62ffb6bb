"""The Leicestershire plan as the methods take it: the same futures, words, and every method."""

from pathlib import Path

import numpy as np
import pytest
from scipy.special import ndtri

from footprint.model.area import Area
from footprint.plan.read import read_plan
from footprint.stress.futures import draw_futures, futures_of, pulls_on, source_names, together
from footprint.stress.streams import uniforms
from footprint.stress.understand.break_even import break_even
from footprint.stress.understand.of_plan import (
    expected_quantiles,
    gap_of_place,
    inputs_of,
    of_quantiles,
    of_sources,
    of_values,
    together_of,
)
from footprint.stress.understand.pick_freeze import pick_freeze
from footprint.stress.understand.shapley import shapley

YEAR = "2020/21"


@pytest.fixture(scope="module")
def area():
    return Area.of(read_plan(Path(__file__).parents[3] / "examples" / "leicestershire-2016"))


def test_futures_from_their_sources_are_those_of_the_stress_test(area):
    drawn = draw_futures(area, range(64), 1, correlated=True)
    again = futures_of(area, uniforms(source_names(area), 64, 1), correlated=True)
    assert np.array_equal(drawn.theta, again.theta)
    quantiles = together(area, drawn.sources)
    sources, own, values = (
        model(area, gap_of_place(area, YEAR)) for model in (of_sources, of_quantiles, of_values)
    )
    gap = sources(drawn.sources)
    assert np.array_equal(gap, own(quantiles))
    assert np.array_equal(gap, values(drawn.theta))


def test_assumptions_move_together_as_the_weights_of_the_factors_say(area):
    scores = ndtri(together(area, uniforms(source_names(area), 16384, 1)))
    weights = pulls_on(area)
    said = weights.T @ weights + np.diag(together_of(area).own)
    assert np.corrcoef(scores.T) == pytest.approx(said, abs=0.04)


def test_at_their_expected_quantiles_assumptions_have_their_expected_values(area):
    values = area.draw(expected_quantiles(area)[None])
    assert values == pytest.approx(area.central(), rel=1e-6, abs=1e-9)


def test_values_are_said_in_the_assumptions_own_units(area):
    said, names = inputs_of(area), source_names(area)
    growth = names.index("assumptions/growth.emergency")
    assert said.labels[growth] == "growth: emergency"
    assert said.say(growth, 0.5).endswith("percent a year")
    assert said.say(names.index("correlation.plan"), 0.8) == "its 80% point"
    assert said.say(names.index("plan.projection"), 0.999) in area.plan.about.projection


def test_shares_of_the_real_gap_are_shares_and_the_dummy_has_none(area):
    names = source_names(area)
    kept = ["assumptions/growth.emergency", "correlation.plan", "dummy"]
    groups = {name: [names.index(name)] for name in kept}
    model = of_sources(area, gap_of_place(area, YEAR))
    found = pick_freeze(model, names, 128, groups=groups)
    assert found.first[2, 0] == found.total[2, 0] == 0.0
    assert found.total[1, 0] > found.total[0, 0] > 0.0


def test_shapley_effects_of_kinds_of_assumption_add_up_to_1(area):
    prices = [i for i, name in enumerate(area.addresses) if name.startswith("assumptions/prices")]
    found = shapley(
        of_quantiles(area, gap_of_place(area, YEAR)),
        area.addresses,
        together_of(area),
        draws=128,
        groups={"prices": prices},
    )
    assert found.names == ("prices", "the rest")
    assert found.share.sum() == pytest.approx(1.0)
    assert 0.0 < found.share[0, 0] < found.share[1, 0]


def test_no_assumption_alone_closes_the_gap_and_the_words_say_so(area):
    expected = expected_quantiles(area)
    found = break_even(of_quantiles(area, gap_of_place(area, YEAR)), expected, at_most=0.0)
    assert not found.met
    column = area.addresses.index("assumptions/growth.emergency")
    assert found.in_words(inputs_of(area), column) == (
        "growth: emergency alone: the target is missed at every value in its range."
    )
