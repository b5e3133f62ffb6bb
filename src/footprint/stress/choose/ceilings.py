"""The best any portfolio could do in one future: bounds for all futures at once, then exactly."""

import numpy as np
from numpy.typing import NDArray

from footprint.stress.choose.limits import Limits, Mask
from footprint.stress.choose.solver import solve

Floats = NDArray[np.float64]
STEPS = 80
_SAME = 1e-9


def ceilings(gain: Floats, limits: Limits, floor: Floats, steps: int = STEPS) -> Floats:
    """Give a figure no portfolio can exceed in each future: [n] GBP.

    Limits A x <= b are priced at multipliers p >= 0 instead of kept:

        ceiling_i = p . b + sum over s of max(0, g_is - p . A_s)

    holds for any p; the least over `steps` subgradient steps towards `floor` is taken.

    `gain`: [n, S] GBP; `floor`: [n] what some portfolio is known to reach.
    Method: M. L. Fisher (1981), Lagrangian relaxation, https://doi.org/10.1287/mnsc.27.1.1.

    Worked: gains 6 and 4, each takes 1 of 1. At p = 4 to 6 the ceiling is 6, which is reached.

    >>> one = Limits(("a", "b"), (), not_both=(("a", "b"),))
    >>> ceilings(np.array([[6.0, 4.0]]), one, np.array([6.0])).round(3).tolist()
    [6.0]
    """
    return _priced(gain, limits, floor, steps)[0]


def _priced(gain: Floats, limits: Limits, floor: Floats, steps: int) -> tuple[Floats, Floats]:
    """Least ceiling [n], and each scheme's worth [n, S] net of the prices that gave it."""
    rows, most = limits.rows()
    forced = limits.least() > 0
    prices = np.zeros((len(gain), len(rows)))
    least, worth = np.full(len(gain), np.inf), gain
    for _ in range(steps):
        net = gain - prices @ rows
        taken = (net > 0) | forced
        bound = prices @ most + np.where(taken, net, 0.0).sum(axis=1)
        better = bound < least
        least, worth = np.where(better, bound, least), np.where(better[:, None], net, worth)
        slope = most - taken @ rows.T
        length = np.maximum((slope**2).sum(axis=1), 1e-12)
        step = np.maximum(bound - floor, 0.0) / length
        prices = np.maximum(prices - step[:, None] * slope, 0.0)
    return least, worth


def pack(worth: Floats, limits: Limits) -> Mask:
    """Pack schemes by worth, best first, wherever they still fit: [n, S] gives [n, S].

    Rows in which nothing fits, not even what is promised, are left out.
    """
    brings = limits.brings()
    masks = np.tile(brings[limits.mask_of(limits.must)].any(axis=0), (len(worth), 1))
    masks = masks[limits.allows(masks)]
    order = np.argsort(-worth[: len(masks)], axis=1, kind="stable")
    every = np.arange(len(masks))
    for choice in order.T:
        wider = masks | brings[choice]
        wanted = worth[every, choice] > 0
        masks = np.where((wanted & limits.allows(wider))[:, None], wider, masks)
    return masks


def best_in_future(
    gain: Floats, limits: Limits, open_: Mask | None = None, start: Mask | None = None
) -> Mask | None:
    """Give the best portfolio of one future, [S] GBP gives [S]; None when none is allowed.

    `open_`: [S] schemes not yet settled; the others stay as in `start`.
    """
    unit = max(float(np.abs(gain).max()), 1e-12) / 100
    found = solve(gain / unit, limits, open_=open_, start=start)
    return None if found is None else found.mask


def best_in_each_future(gain: Floats, limits: Limits, known: Mask | None = None) -> Floats:
    """Give the most any allowed portfolio gains in each future, exactly: [n] GBP.

    Portfolios packed for one future are tried in all of them. Where the best of these is below
    the future's ceiling, the schemes whose place is not settled by the ceiling are left to the
    solver (a small knapsack).

    `gain`: [n, S] GBP, additive; `known`: [k, S] portfolios to try as well.

    >>> one = Limits(("a", "b"), (), not_both=(("a", "b"),))
    >>> best_in_each_future(np.array([[6.0, 4.0], [1.0, 3.0], [-1.0, -2.0]]), one).tolist()
    [6.0, 3.0, 0.0]
    """
    tried = pack(gain, limits)
    tried = tried if known is None else np.vstack([tried, known])
    tried = np.unique(tried, axis=0)
    best = best_of(tried, gain)
    ceiling, worth = _priced(gain, limits, best, STEPS)
    packed = np.unique(pack(worth, limits), axis=0)
    best = np.maximum(best, best_of(packed, gain))
    size = max(float(np.abs(gain).max()), 1e-12)
    for i in np.flatnonzero(ceiling - best > _SAME * size):
        open_ = ceiling[i] - np.abs(worth[i]) >= best[i] - _SAME * size
        mask = best_in_future(gain[i], limits, open_ | (limits.least() > 0), worth[i] > 0)
        if mask is not None:
            best = np.maximum(best, gain @ mask)
    return best


def best_of(masks: Mask, gain: Floats) -> Floats:
    """Give the most any of these portfolios gains in each future: [m, S], [n, S] give [n]."""
    if not len(masks):
        return np.full(len(gain), -1e300)
    best: Floats = (gain @ masks.T).max(axis=1)
    return best
