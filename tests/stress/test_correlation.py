"""Declared correlation: what is declared is what is got, and nothing else moves."""

import csv
import gzip

import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import kstest

from footprint.stress.correlation import Correlation, correlate
from footprint.stress.streams import uniforms

DRAWS = 16_384


def drawn(assumptions, correlation, seed=1):
    own = uniforms([f"a{number}" for number in range(assumptions)], DRAWS, seed)
    return own, uniforms(correlation.addresses, DRAWS, seed)


def scores_correlation(shares):
    return np.corrcoef(ndtri(shares).T)


def test_with_no_correlation_declared_the_draws_come_back_to_the_bit():
    nothing = Correlation(0.0, {"hospital": 0.0})
    own, factors = drawn(4, nothing)
    given = correlate(own, factors, [1, -1, 0, 1], [0, 0, -1, -1], nothing)
    assert given.tobytes() == own.tobytes()
    assert given is not own


def test_an_assumption_that_optimism_does_not_move_comes_back_to_the_bit():
    shared = Correlation(0.4, {"hospital": 0.2})
    own, factors = drawn(3, shared)
    given = correlate(own, factors, [1, 0, -1], [0, 0, -1], shared)
    assert np.array_equal(given[:, 1], own[:, 1])
    assert not np.array_equal(given[:, 0], own[:, 0])


def test_correlations_of_scores_are_the_plan_and_group_shares_with_their_signs():
    shared = Correlation(0.2, {"hospital": 0.3, "home": 0.5})
    own, factors = drawn(5, shared)
    given = correlate(own, factors, [1, 1, -1, 1, 0], [0, 0, 0, 1, -1], shared)
    expected = np.array(
        [
            [1.0, 0.5, -0.5, 0.2, 0.0],
            [0.5, 1.0, -0.5, 0.2, 0.0],
            [-0.5, -0.5, 1.0, -0.2, 0.0],
            [0.2, 0.2, -0.2, 1.0, 0.0],
            [0.0, 0.0, 0.0, 0.0, 1.0],
        ]
    )
    assert scores_correlation(given) == pytest.approx(expected, abs=0.03)


def test_every_assumption_stays_uniform_whatever_is_declared():
    shared = Correlation(0.3, {"hospital": 0.7, "prices": 0.4})
    own, factors = drawn(4, shared)
    given = correlate(own, factors, [1, -1, 1, 0], [0, 0, 1, 1], shared, group_signs=[1, -1, -1, 1])
    assert all(kstest(column, "uniform").pvalue > 0.001 for column in given.T)
    assert given.min() > 0.0
    assert given.max() < 1.0


def test_a_common_cause_moves_a_group_together_whichever_end_is_hopeful():
    prices = Correlation(0.0, {"prices": 0.6})
    own, factors = drawn(2, prices)
    given = correlate(own, factors, [1, -1], [0, 0], prices, group_signs=[1, 1])
    assert scores_correlation(given)[0, 1] == pytest.approx(0.6, abs=0.03)


def test_a_common_cause_moves_what_optimism_does_not():
    prices = Correlation(0.2, {"prices": 0.5})
    own, factors = drawn(2, prices)
    given = correlate(own, factors, [0, 0], [0, 0], prices, group_signs=[1, 1])
    assert scores_correlation(given)[0, 1] == pytest.approx(0.5, abs=0.03)


def test_the_factor_high_means_that_all_goes_well_together():
    shared = Correlation(1.0)
    given = correlate(np.full((1, 2), 0.3), np.array([[0.9]]), [1, -1], [-1, -1], shared)
    assert given[0] == pytest.approx([0.9, 0.1])


def test_factor_addresses_name_the_plan_and_then_each_group_in_order():
    assert Correlation(0.1, {"prices": 0.2, "hospital": 0.1}).addresses == (
        "correlation.plan",
        "correlation.groups.prices",
        "correlation.groups.hospital",
    )


def test_scores_beyond_the_reach_of_a_number_stay_strictly_inside():
    shared = Correlation(0.3, {"hospital": 0.3})
    far = np.array([[1 - 2.0**-33]])
    given = correlate(far, np.full((1, 2), far[0, 0]), [1], [0], shared)
    assert 0.999 < given[0, 0] < 1.0


@pytest.mark.parametrize(
    ("plan", "groups", "words"),
    [
        (0.7, {"hospital": 0.4}, r"plan's correlation \(0\.7\) .* 'hospital' \(0\.4\) .* 1\.1"),
        (-0.1, {}, r"correlation of the plan is -0\.1\. Give a share from 0"),
        (0.1, {"prices": 1.2}, r"correlation of group 'prices' is 1\.2\."),
        (float("nan"), {}, "correlation of the plan is nan"),
    ],
)
def test_shares_that_cannot_be_are_refused_in_a_clear_sentence(plan, groups, words):
    with pytest.raises(ValueError, match=words):
        Correlation(plan, groups)


def test_all_faults_are_named_at_once():
    with pytest.raises(ValueError, match=r"(?s)the plan is -1.*'a' is 2.*'b' is 3"):
        Correlation(-1, {"a": 2, "b": 3})


@pytest.mark.parametrize(
    ("signs", "index", "factors", "words"),
    [
        ([1], [0, 0], 2, "one sign of .* for each of 2 assumptions"),
        ([1, 2], [0, 0], 2, "one sign"),
        ([1, 1], [0, 1], 2, "a place from 0 to 0 .* or -1 for none"),
        ([1, 1], [0, -2], 2, "one group"),
        ([1, 1], [0, 0], 1, r"factors have shape \(3, 1\); 3 draws of correlation\.plan, "),
    ],
)
def test_what_does_not_fit_is_refused(signs, index, factors, words):
    with pytest.raises(ValueError, match=words):
        correlate(
            np.full((3, 2), 0.5), np.full((3, factors), 0.5), signs, index, Correlation(0, {"a": 0})
        )


def experts_reductions(shared_data):
    """77 effects, per cent of activity reduced, at the 0th to 100th percentile: [effect, 101]."""
    by_effect = {}
    with gzip.open(shared_data / "elicited" / "NEE_lookup.csv.gz", "rt") as lines:
        for row in csv.DictReader(lines):
            points = by_effect.setdefault(row["strategy"], {})
            points[float(row["percentile"])] = float(row["value"])
    return np.array([[points[level] for level in sorted(points)] for points in by_effect.values()])


@pytest.fixture(scope="module")
def reductions(shared_data):
    return experts_reductions(shared_data)


@pytest.mark.shared
def test_the_77_elicited_effects_reduce_activity_by_25_7_per_cent_on_average(reductions):
    assert reductions.shape == (77, 101)
    middles = (reductions[:, 1:] + reductions[:, :-1]) / 2
    assert middles.mean() == pytest.approx(25.7, abs=0.05)


@pytest.mark.shared
@pytest.mark.parametrize(
    ("rho", "low", "high", "width"),
    [(0, 22.8, 28.7, 5.9), (0.2, 15.2, 37.4, 22.2), (0.5, 9.9, 44.7, 34.9), (1, 4.8, 54.9, 50.2)],
)
def test_correlation_widens_the_average_of_77_elicited_effects(reductions, rho, low, high, width):
    shared = Correlation(rho)
    own, factors = drawn(77, shared, seed=2026)
    together = correlate(own, factors, np.ones(77), np.full(77, -1), shared)
    levels = np.linspace(0, 1, 101)
    columns = zip(together.T, reductions, strict=True)
    average = np.mean([np.interp(u, levels, points) for u, points in columns], axis=0)
    p10, p90 = np.quantile(average, (0.1, 0.9))
    assert average.mean() == pytest.approx(25.7, abs=0.1)
    assert (p10, p90) == pytest.approx((low, high), abs=0.3)
    assert p90 - p10 == pytest.approx(width, abs=0.3)
