"""The full model has the last word, and small steps find what adding up overlooks."""

import numpy as np
import pytest

from footprint.stress.choose.aims import LeastRegret, MeanAboveFloor, MeanAndDownside
from footprint.stress.choose.climb import neighbours
from footprint.stress.choose.enumeration import every_portfolio
from footprint.stress.choose.limits import limits_of
from footprint.stress.choose.portfolio import FloorTooHigh, choose
from footprint.stress.choose.verified import verify

from .examples import instance

GOES_TO = np.array([0.7, 0.5, -0.2])
"""How a gain falls on three partners; it adds up to 1."""


def overlapping(gain, strength):
    """A model in which every pair of schemes that stand together lose part of what they gain."""

    def evaluate(masks):
        total = masks @ gain.T
        pairs = (masks[:, :-1] & masks[:, 1:]).sum(axis=1, keepdims=True)
        return (total - strength * pairs)[:, :, None] * GOES_TO

    return evaluate


def test_with_no_overlap_the_guess_stands():
    gain, limits = instance(12, 50, 2)
    aim = MeanAndDownside(0.0)
    first = choose(gain, limits, aim)
    found = verify(first.mask[None], overlapping(gain, 0.0), gain, limits, aim)
    assert found.portfolio.schemes == first.schemes
    assert found.settled
    assert found.guess.gained == 0.0
    assert found.guess.largest == pytest.approx(0.0, abs=1e-6)
    assert found.gain.sum(axis=1) == pytest.approx(first.total)


@pytest.mark.parametrize("seed", range(6))
def test_what_is_settled_is_not_beaten_by_any_neighbour(seed):
    gain, limits = instance(12, 50, seed)
    aim, model = MeanAndDownside(1.0), overlapping(gain, 4e5)
    first = choose(gain, limits, aim)
    found = verify(first.mask[None], model, gain, limits, aim)
    near = model(neighbours(found.portfolio.mask, limits)).sum(axis=2)
    assert found.settled
    assert (aim.value(near) <= found.portfolio.value + 1e-3).all()
    assert found.portfolio.value >= aim.value(model(first.mask[None]).sum(axis=2))[0]
    best = aim.value(model(every_portfolio(limits)).sum(axis=2)).max()
    assert found.portfolio.value >= 0.9 * best
    pairs = (found.portfolio.mask[:-1] & found.portfolio.mask[1:]).sum()
    assert found.guess.overlap == pytest.approx(4e5 * pairs, abs=1e-3)


def test_a_search_is_stopped_where_it_was_told_to_and_says_so():
    gain, limits = instance(12, 50, 1)
    first = limits.mask_of([])[None]
    asked = []

    def model(masks):
        asked.append(len(masks))
        return overlapping(gain, 4e5)(masks)

    found = verify(first, model, gain, limits, MeanAndDownside(0.0), most=7, batch=3)
    assert not found.settled
    assert len(found.masks) == 7
    assert asked == [1, 3, 3, 1]


def test_regret_is_against_the_best_tried():
    gain, limits = instance(8, 30, 5)
    first = limits.mask_of([])[None]
    found = verify(first, overlapping(gain, 2e5), gain, limits, LeastRegret())
    worst = (found.total.max(axis=0) - found.total).max(axis=1)
    assert -found.portfolio.value == pytest.approx(worst.min())


def test_a_floor_the_model_cannot_reach_is_told():
    gain, limits = instance(8, 30, 5)
    with pytest.raises(FloorTooHigh):
        verify(
            limits.mask_of([])[None],
            overlapping(gain, 2e5),
            gain,
            limits,
            MeanAboveFloor(1e12),
        )


def test_a_start_that_is_not_allowed_or_a_model_of_other_futures_is_refused():
    limits, gain = limits_of("ab", not_both=[("a", "b")]), np.ones((4, 2))
    aim = MeanAndDownside(0.0)
    with pytest.raises(ValueError, match="only allowed ones"):
        verify(limits.mask_of("ab")[None], overlapping(gain, 0.0), gain, limits, aim)
    with pytest.raises(ValueError, match="in the same futures"):
        verify(limits.mask_of("a")[None], overlapping(gain[:3], 0.0), gain, limits, aim)
