"""The chance of a target: its error never claims certainty, its words are plain."""

from math import sqrt

import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import binomtest

from footprint.stress.chance import WORDS, chance, in_words, quantiles
from footprint.stress.streams import uniforms


def hits(reached, draws):
    return np.arange(draws) < reached


def test_a_quarter_of_400_by_hand():
    found = chance(hits(100, 400))
    assert (found.p, found.draws) == (0.25, 400)
    assert found.standard_error == pytest.approx(sqrt(101 / 402 * 301 / 402 / 400))
    # (0.25 + 0.0048018 -/+ 1.96 sqrt(0.00046875 + 0.00000600)) / 1.0096036
    assert (found.low, found.high) == pytest.approx((0.2101, 0.2947), abs=1e-4)


@pytest.mark.parametrize("reached", [0, 1, 17, 50, 99, 100])
def test_the_interval_is_wilsons(reached):
    found = chance(hits(reached, 100))
    wilson = binomtest(reached, 100).proportion_ci(method="wilson")
    assert (found.low, found.high) == pytest.approx((wilson.low, wilson.high), abs=1e-9)


@pytest.mark.parametrize("reached", [0, 4096])
def test_all_or_none_of_the_draws_is_not_certainty(reached):
    found = chance(hits(reached, 4096))
    assert found.standard_error == pytest.approx(1 / 4096, rel=0.01)
    assert found.high - found.low == pytest.approx(3.84 / 4096, rel=0.01)
    assert 0.0 <= found.low <= found.p <= found.high <= 1.0


@pytest.mark.parametrize("reached", range(11))
def test_the_standard_error_is_never_smaller_than_the_plain_one(reached):
    found = chance(hits(reached, 10))
    assert found.standard_error >= sqrt(found.p * (1 - found.p) / 10) * (1 - 1e-12)


@pytest.mark.parametrize("target", [0.0, 1.5, 2.5])
def test_the_standard_error_is_not_smaller_than_the_spread_over_200_seeds(target):
    addresses = [f"effect-{number}" for number in range(20)]
    found = []
    for seed in range(200):
        total = ndtri(uniforms(addresses, 512, seed)).sum(axis=1) / sqrt(20)
        found.append(chance(total > target))
    spread = np.std([one.p for one in found])
    # A spread over 200 seeds is itself known to one part in twenty.
    assert np.mean([one.standard_error for one in found]) > spread * 0.95


@pytest.mark.parametrize(
    "wrong", [np.array([], dtype=bool), np.array([0, 1]), np.ones((2, 2), dtype=bool)]
)
def test_only_one_row_of_true_and_false_has_a_chance(wrong):
    with pytest.raises(ValueError, match="one row of true and false"):
        chance(wrong)


@pytest.mark.parametrize(
    ("p", "words"),
    [
        (0.0002, "fewer than 1 in 1,000 futures"),
        (0.001, "about 1 in 1,000 futures"),
        (0.0021, "about 1 in 500 futures"),
        (0.0101, "about 1 in 100 futures"),
        (0.0103, "about 1 in 95 futures"),
        (0.05, "about 1 in 20 futures"),
        (0.053, "about 1 in 19 futures"),
        (1 / 12, "about 1 in 12 futures"),
        (0.1, "about 1 in 10 futures"),
        (0.18, "about 2 in 10 futures"),
        (0.25, "about a quarter of futures"),
        (0.3, "about 3 in 10 futures"),
        (0.4, "about 4 in 10 futures"),
        (0.5, "about half of futures"),
        (0.6, "about 6 in 10 futures"),
        (0.7, "about 7 in 10 futures"),
        (0.75, "about three quarters of futures"),
        (0.8, "about 8 in 10 futures"),
        (0.9, "about 9 in 10 futures"),
        (0.96, "all but about 1 in 25 futures"),
        (0.985, "all but about 1 in 65 futures"),
        (0.992, "nearly every future"),
        (0.9999, "nearly every future"),
        (0.0, "no future tried"),
        (1.0, "every future tried"),
    ],
)
def test_a_chance_is_said_in_plain_words(p, words):
    assert in_words(p) == words


@pytest.mark.parametrize(
    ("reached", "draws", "words"),
    [
        (0, 4096, "none of the 4,096 futures tried"),
        (4096, 4096, "every one of the 4,096 futures tried"),
        (1, 1, "the one future tried"),
        (0, 1, "not the one future tried"),
        (1, 2, "about half of futures"),
    ],
)
def test_all_or_none_is_said_of_the_futures_tried(reached, draws, words):
    assert chance(hits(reached, draws)).in_words() == words


def test_words_that_name_a_share_are_never_far_from_it():
    assert [below for below, _ in WORDS] == sorted(below for below, _ in WORDS)
    named = {"a quarter": 0.25, "half": 0.5, "three quarters": 0.75}
    named |= {f"{tenths} in 10 ": tenths / 10 for tenths in (2, 3, 4, 6, 7, 8, 9)}
    for p in np.linspace(0.176, 0.949, 400):
        spoken = in_words(p)
        said = max((name for name in named if name in spoken), key=len)
        assert abs(named[said] - p) <= 0.0501


@pytest.mark.parametrize("wrong", [-0.1, 1.1, float("nan")])
def test_what_is_no_share_has_no_words(wrong):
    with pytest.raises(ValueError, match="A chance is a share from 0 to 1"):
        in_words(wrong)


def test_quantiles_stand_on_the_straight_line_between_two_draws():
    found = quantiles(np.array([3.0, 1.0, 2.0, 4.0]), (0.1, 0.5, 1.0))
    assert found.values == pytest.approx([1.3, 2.5, 4.0])
    assert found.levels == (0.1, 0.5, 1.0)


def test_quantiles_of_many_outputs_keep_their_places():
    table = np.arange(12.0).reshape(4, 3)
    found = quantiles(table, (0.5,))
    assert found.values.tolist() == [[4.5, 5.5, 6.5]]
    assert found.standard_error.shape == (1, 3)


def test_a_quantile_with_too_few_draws_has_no_standard_error():
    found = quantiles(np.arange(8.0), (0.01, 0.5, 1.0))
    assert np.isnan(found.standard_error).tolist() == [True, False, True]


def test_the_standard_error_of_the_90th_percentile_of_a_normal_is_that_of_theory():
    """sqrt(q (1 - q) / n) / density: 1.709 / sqrt(n), which is 0.107 at 256, 0.027 at 4,096."""
    sample = ndtri(uniforms(["x"], 4096, seed=1))[:, 0]
    assert quantiles(sample, (0.9,)).standard_error[0] == pytest.approx(0.0267, rel=0.02)


@pytest.mark.parametrize("level", [0.1, 0.5, 0.9])
def test_the_quantiles_standard_error_is_not_smaller_than_the_spread_over_200_seeds(level):
    addresses = [f"effect-{number}" for number in range(20)]
    found = [
        quantiles(ndtri(uniforms(addresses, 512, seed)).sum(axis=1), (level,))
        for seed in range(200)
    ]
    spread = np.std([one.values[0] for one in found])
    assert np.mean([one.standard_error[0] for one in found]) > spread * 0.95


@pytest.mark.parametrize(
    ("values", "levels", "words"),
    [
        (np.array([]), (0.5,), "at least one draw"),
        (np.array([1.0, np.nan]), (0.5,), "only finite numbers"),
        (np.array([1.0]), (0.5, 1.5), "Levels are shares from 0 to 1"),
    ],
)
def test_quantiles_that_cannot_be_given_are_refused(values, levels, words):
    with pytest.raises(ValueError, match=words):
        quantiles(values, levels)
