"""Each aim as a mixed-integer program, solved by adding only the rows that matter.

    mean and downside   t <= mean over the worst futures of the portfolio just found
    floor               floor <= the same
    chance              one switch for each future that may go either way

Adding rows as they are needed gives the same answer as writing all of them (Kunzi-Bay and Mayer
2006, https://doi.org/10.1007/s10287-005-0042-0), here about ten times sooner.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from footprint.stress.choose.aims import SAME, BestChance
from footprint.stress.choose.ceilings import best_of, ceilings, pack
from footprint.stress.choose.climb import climb
from footprint.stress.choose.limits import Limits, Mask
from footprint.stress.choose.solver import Extra, solve
from footprint.stress.choose.tail import tail_weights

Floats = NDArray[np.float64]
Cut = Callable[[Mask], tuple[Floats, Floats]]
"""From a portfolio [S] to rows a [q, S] and b [q] with t <= a x + b for every portfolio x."""

_MOST_CUTS = 2000


@dataclass(frozen=True, eq=False)
class Best:
    """A best portfolio [S], and the value (of its aim) that no portfolio can exceed."""

    mask: Mask
    bound: float


def best_mean_and_downside(
    gain: Floats, limits: Limits, mean_weight: float, tail_weight: float, tail: float
) -> Best | None:
    """Maximise mean_weight x mean + tail_weight x worst mean: gain [n, S] GBP."""
    return _by_cuts(
        mean_weight * gain.mean(axis=0), tail_weight, limits, _tail_cut(gain, tail), unit_of(gain)
    )


def best_above_floor(gain: Floats, limits: Limits, floor: float, tail: float) -> Best | None:
    """Maximise the mean while the worst mean is `floor` or more; None when none is."""
    lowest = floor - SAME * np.abs(gain).max(initial=0.0) / 2
    cut, unit = _tail_cut(gain, tail), unit_of(gain)
    return _by_cuts(gain.mean(axis=0), 0.0, limits, cut, unit, float(lowest))


def _tail_cut(gain: Floats, tail: float) -> Cut:
    weights = tail_weights(len(gain), tail)
    count = int(np.count_nonzero(weights))

    def cut(mask: Mask) -> tuple[Floats, Floats]:
        worst = np.argsort(gain @ mask, kind="stable")[:count]
        return weights[None, :count] @ gain[worst], np.zeros(1)

    return cut


def _by_cuts(
    slope: Floats,
    weight: float,
    limits: Limits,
    cut: Cut,
    unit: float,
    floor: float = -np.inf,
) -> Best | None:
    """Maximise slope . x + weight x t, with t below every cut and `floor` or above."""
    count = len(slope)
    rows, shifts = np.zeros((0, count)), np.zeros(0)
    high = float(np.abs(slope).sum() + 1e4 * unit * count)
    low = max(floor, -high)
    bound = np.inf
    for _ in range(_MOST_CUTS):
        ties = np.hstack([rows / unit, -np.ones((len(rows), 1))])
        t = (np.array([weight]), np.array([low / unit]), np.array([high / unit]))
        extra = Extra(*t, np.zeros(1, dtype=bool), ties, -shifts / unit)
        found = solve(slope / unit, limits, extra)
        if found is None:
            return None
        bound = min(bound, found.bound * unit)
        new, shift = cut(found.mask)
        wanted = low if weight == 0 else float(found.extra[0]) * unit
        if float((new @ found.mask + shift).min()) >= wanted - SAME * 100 * unit:
            return Best(found.mask, bound)
        rows, shifts = np.vstack([rows, new]), np.r_[shifts, shift]
    raise RuntimeError("the solver could not close in on the best portfolio")


def best_chance(gain: Floats, limits: Limits, target: float, nodes: int) -> Best | None:
    """Maximise the share of futures whose gain is `target` or more: a switch for each future.

    A future's switch may be on when gain x >= target - M (1 - switch), with M the least that
    makes the row idle when it is off. Futures that cannot fail have no switch; those whose
    ceiling is below the target are out. The search ends after `nodes` nodes: the bound then says
    what is not ruled out. It starts from the best portfolio that small steps find.
    """
    first = _start_for_chance(gain, limits, target)
    if first is None:
        return None
    least = np.minimum(gain, 0.0).sum(axis=1)
    sure = least >= target
    packed = best_of(np.unique(pack(gain, limits), axis=0), gain)
    may = ~sure & ((ceilings(gain, limits, packed) >= target) | (packed >= target))
    switch, unit = gain[may], unit_of(gain)
    slack = (target - least[may]) / unit
    ties = np.hstack([switch / unit, -np.diag(slack)])
    hits = float(BestChance(target).value((gain @ first)[None])[0]) * len(gain)
    ties = np.vstack([ties, np.r_[np.zeros(gain.shape[1]), np.ones(len(slack))]])
    needed = np.r_[target / unit - slack, hits - sure.sum() - 0.5]
    ends = np.ones(len(slack)), np.zeros(len(slack)), np.ones(len(slack))
    extra = Extra(*ends, np.ones(len(slack), bool), ties, needed)
    found = solve(np.zeros(gain.shape[1]), limits, extra, nodes=nodes, known=first)
    if found is None:
        return Best(first, hits / len(gain))
    most = np.floor(min(found.bound + 1e-6, float(may.sum()))) + sure.sum()
    return Best(found.mask, float(most) / len(gain))


def _start_for_chance(gain: Floats, limits: Limits, target: float) -> Mask | None:
    starts = [best_mean_and_downside(gain, limits, 1.0, weight, 0.5) for weight in (0.0, 1.0)]
    masks = np.array([start.mask for start in starts if start is not None])
    if not len(masks):
        return None
    found = climb(masks, lambda m: m @ gain.T, limits, BestChance(target))
    mask: Mask = found.masks[found.best]
    return mask


def unit_of(gain: Floats) -> float:
    """Give the sum that counts as 1 to the solver, GBP: a hundredth of the largest gain."""
    return max(float(np.abs(gain).max(initial=0.0)), 1e-12) / 100
