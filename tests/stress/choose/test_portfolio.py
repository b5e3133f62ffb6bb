"""The solver finds what trying every portfolio finds, and says what binds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from footprint.stress.choose.aims import (
    BestChance,
    BestDownside,
    LeastRegret,
    MeanAboveFloor,
    MeanAndDownside,
)
from footprint.stress.choose.ceilings import best_in_each_future, ceilings
from footprint.stress.choose.enumeration import every_portfolio
from footprint.stress.choose.limits import NothingFits, limits_of
from footprint.stress.choose.portfolio import FloorTooHigh, choose, choose_by_enumeration
from footprint.stress.choose.tail import worst_mean

from .examples import instance

ENOUGH = 100_000


def agree(gain, limits, aim):
    found, true = choose(gain, limits, aim, ENOUGH), choose_by_enumeration(gain, limits, aim)
    size = max(np.abs(gain).max(), 1.0)
    assert found.value == pytest.approx(true.value, abs=1e-7 * size)
    assert found.bound >= true.value - 1e-7 * size
    assert found.proven
    assert limits.allows(found.mask[None])[0]
    return found, true


@pytest.mark.parametrize("seed", range(25))
def test_twelve_schemes_by_mean_and_downside_as_by_enumeration(seed):
    gain, limits = instance(12, 150, seed, must=seed % 3)
    for aim in (MeanAndDownside(0.0), MeanAndDownside(1.0), MeanAndDownside(0.7, 0.033)):
        found, true = agree(gain, limits, aim)
        assert found.schemes == true.schemes


@pytest.mark.parametrize("seed", range(12))
def test_twelve_schemes_by_downside_and_above_a_floor_as_by_enumeration(seed):
    gain, limits = instance(12, 150, seed)
    bold = choose_by_enumeration(gain, limits, MeanAndDownside(0.0))
    safe, _ = agree(gain, limits, BestDownside())
    for share in (0.0, 0.5, 1.0):
        floor = bold.downside + share * (safe.downside - bold.downside)
        found, true = agree(gain, limits, MeanAboveFloor(floor))
        assert found.schemes == true.schemes


@pytest.mark.parametrize("seed", range(12))
def test_twelve_schemes_by_least_regret_as_by_enumeration(seed):
    gain, limits = instance(12, 100, seed, must=seed % 2)
    found, true = agree(gain, limits, LeastRegret())
    assert found.schemes == true.schemes


@pytest.mark.parametrize("seed", range(12))
def test_twelve_schemes_by_best_chance_as_by_enumeration(seed):
    gain, limits = instance(12, 60, seed)
    middle = choose_by_enumeration(gain, limits, MeanAndDownside(0.0)).mean
    for target in (0.7 * middle, middle, 1.3 * middle):
        agree(gain, limits, BestChance(target))


def test_a_search_cut_short_says_what_is_not_ruled_out():
    gain, limits = instance(25, 100, 1)
    aim = BestChance(float(choose(gain, limits, MeanAndDownside(0.0)).mean))
    found = choose(gain, limits, aim, nodes=1)
    assert found.value < found.bound <= 1.0
    assert not found.proven


def test_the_worst_mean_is_the_linear_program_of_rockafellar_and_uryasev():
    rng = np.random.default_rng(4)
    for n, tail in ((7, 0.3), (20, 0.1), (33, 0.25), (5, 0.04)):
        total, k = rng.normal(size=n), max(tail * n, 1.0)
        found = linprog(
            np.r_[-1.0, np.full(n, 1 / k)],
            np.c_[np.ones(n), -np.eye(n)],
            total,
            bounds=[(None, None)] + [(0, None)] * n,
        )
        assert float(worst_mean(total, tail)) == pytest.approx(-found.fun)


@pytest.mark.parametrize("seed", range(5))
def test_the_best_of_each_future_is_found_and_never_above_its_ceiling(seed):
    gain, limits = instance(11, 60, seed)
    best = (every_portfolio(limits) @ gain.T).max(axis=0)
    assert best_in_each_future(gain, limits) == pytest.approx(best)
    assert (ceilings(gain, limits, best) >= best - 1e-6 * np.abs(gain).max()).all()


@given(seed=st.integers(0, 10**6), more=st.floats(1.0, 2.0), which=st.integers(0, 3))
@settings(max_examples=10)
def test_more_of_anything_is_never_worse(seed, more, which):
    gain, limits = instance(9, 40, seed)
    wider = [
        (one.use, one.available * (more if i == which else 1.0))
        for i, one in enumerate(limits.limits)
    ]
    richer = limits_of(
        limits.schemes,
        one_off=wider[0],
        recurrent=wider[1],
        staff={"nurses": wider[2]},
        capacity={"reablement places": wider[3]},
        needs=limits.needs,
        not_both=limits.not_both,
    )
    for aim in (MeanAndDownside(1.0), BestDownside(0.2), BestChance(1e6)):
        poor, rich = choose(gain, limits, aim, ENOUGH), choose(gain, richer, aim, ENOUGH)
        assert rich.value >= poor.value - 1e-7 * max(abs(poor.value), 1.0)


@given(scale=st.sampled_from([1e-3, 1.0, 1e9]), seed=st.integers(0, 100))
@settings(max_examples=10)
def test_the_choice_is_the_same_in_pounds_and_in_millions(scale, seed):
    gain, limits = instance(9, 40, seed)
    aim = MeanAndDownside(1.0)
    assert choose(gain * scale, limits, aim).schemes == choose(gain, limits, aim).schemes


def test_what_is_promised_but_cannot_be_paid_is_told_by_limit_and_amount():
    limits = limits_of(
        ["falls", "beds", "pay"],
        recurrent=([3.0, 4.0, 1.0], 5.0),
        staff={"nurses": ([2.0, 9.0, 0.0], 10.0)},
        must=["falls", "beds"],
    )
    with pytest.raises(NothingFits, match="recurrent money: 7 GBP a year needed, 5 there, 2 short"):
        choose(np.ones((4, 3)), limits, BestDownside())
    with pytest.raises(NothingFits, match="nurses: 11 WTE needed, 10 there, 1 short"):
        choose_by_enumeration(np.ones((4, 3)), limits, BestDownside())


def test_a_scheme_that_frees_posts_lets_another_in():
    limits = limits_of("ab", staff={"nurses": ([2.0, -3.0], 0.0)})
    found = choose(np.array([[5.0, -1.0]]), limits, MeanAndDownside(0.0))
    assert found.schemes == ("a", "b")


def test_promises_that_exclude_each_other_are_told():
    limits = limits_of("abc", needs=[("a", "b")], not_both=[("b", "c")], must=["a", "c"])
    with pytest.raises(NothingFits, match="b and c are both promised or needed"):
        choose(np.ones((2, 3)), limits, BestDownside())


def test_a_floor_nobody_reaches_is_told_with_what_is_missing():
    gain, limits = np.array([[4.0, 9.0], [4.0, 1.0]]), limits_of("ab", not_both=[("a", "b")])
    for way in (choose, choose_by_enumeration):
        with pytest.raises(FloorTooHigh, match="GBP 4, GBP 2 short") as told:
            way(gain, limits, MeanAboveFloor(6.0, 0.5))
        assert told.value.short == pytest.approx(2.0)


def test_of_equal_regrets_the_higher_mean_is_taken():
    # In the first future a and b are alike; in the second both regret nothing.
    gain = np.array([[0.0, 0.0, 5.0], [3.0, 1.0, 0.0]])
    limits = limits_of("abc", not_both=[("a", "b")], must=["c"])
    assert choose(gain, limits, LeastRegret()).schemes == ("a", "c")


def test_all_faults_of_what_is_given_are_told_at_once():
    with pytest.raises(ValueError, match=r"not there: z.*one figure for each of the 2 schemes"):
        limits_of(["a", "b"], recurrent=([1.0], 2.0), must=["z"])
    with pytest.raises(ValueError, match="finite"):
        limits_of(["a"], one_off=([1.0], float("inf")))
    with pytest.raises(ValueError, match="by future and scheme"):
        choose(np.ones((3, 2)), limits_of(["a"]), BestDownside())
    with pytest.raises(ValueError, match="16 at most"):
        every_portfolio(limits_of([str(i) for i in range(17)]))
