"""The portfolio with the smallest regret in the future where it is largest."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from footprint.stress.choose.aims import SAME, LeastRegret
from footprint.stress.choose.ceilings import best_in_future, best_of, ceilings, pack
from footprint.stress.choose.climb import climb
from footprint.stress.choose.limits import Limits, Mask
from footprint.stress.choose.programs import Best, best_mean_and_downside, unit_of
from footprint.stress.choose.solver import Extra, solve

Floats = NDArray[np.float64]
_AT_ONCE = 25
_ROUNDS = 40
_ROUGH = 0.02


@dataclass(frozen=True, eq=False)
class _State:
    """Where the search stands.

    `best` [n]: at least what is known to be possible in each future; `exact` [n]: where that is
    all that is possible; `mask`: the portfolio with least regret so far; `bound`: what the value
    (minus the largest regret) cannot exceed; `active`: futures that have mattered.
    """

    mask: Mask
    best: Floats
    exact: NDArray[np.bool_]
    bound: float
    active: frozenset[int] = frozenset()


def least_regret(gain: Floats, limits: Limits, nodes: int) -> tuple[Best, Floats] | None:
    """Minimise the largest regret, and give the best in each future, exact where it decides: [n].

    The best in each future is first taken from portfolios at hand, so it is right or too low. In
    turn, the portfolio with least regret against these in the futures that matter is found, and
    the futures whose ceiling would allow a larger regret are solved exactly, worst first. A best
    that is too low only makes the bound too hopeful, so the bound holds throughout.

    Each program ends after `nodes` nodes, the search after forty programs; the bound then tells
    what is not ruled out. None when no portfolio is allowed.
    """
    state = _start(gain, limits)
    if state is None:
        return None
    ceiling = ceilings(gain, limits, state.best)
    gap, same = _ROUGH, SAME * float(np.abs(gain).max(initial=0.0))
    for _ in range(_ROUNDS):
        before = state
        state = _settle_best(gain, limits, state, ceiling)
        state = _program(gain, limits, state, nodes, gap)
        if _value(gain, state) >= state.bound - same:
            break
        if state.active == before.active:
            if gap == 0.0 and (state.mask == before.mask).all():
                break
            gap = 0.0
    state = _settle_best(gain, limits, state, ceiling)
    return Best(state.mask, state.bound), state.best


def _value(gain: Floats, state: _State) -> float:
    return float((gain @ state.mask - state.best).min())


def _start(gain: Floats, limits: Limits) -> _State | None:
    """The best that small steps find, from the highest mean and the best worst future."""
    ends = [best_mean_and_downside(gain, limits, 1.0, weight, 0.5) for weight in (0.0, 1.0)]
    masks = np.array([end.mask for end in ends if end is not None])
    if not len(masks):
        return None
    best = best_of(np.unique(np.vstack([pack(gain, limits), masks]), axis=0), gain)
    state = _State(masks[0], best, np.zeros(len(gain), dtype=bool), np.inf)
    return _climbed(gain, limits, state, masks)


def _climbed(gain: Floats, limits: Limits, state: _State, masks: Mask) -> _State:
    """Improve by small steps; what is tried on the way may be the best in some future."""
    found = climb(masks, lambda m: m @ gain.T, limits, LeastRegret(state.best))
    best = np.maximum(state.best, found.total.max(axis=0))
    return replace(state, mask=found.masks[found.best], best=best)


def _settle_best(gain: Floats, limits: Limits, state: _State, ceiling: Floats) -> _State:
    """Solve futures exactly until none could hold a larger regret than is known of."""
    same = SAME * float(np.abs(gain).max(initial=0.0))
    best, exact = state.best.copy(), state.exact.copy()
    total = gain @ state.mask
    while True:
        could = np.where(exact, best, np.maximum(ceiling, best)) - total
        could[exact] = -np.inf
        i = int(could.argmax())
        if could[i] <= (best - total).max() + same:
            return replace(state, best=best, exact=exact)
        mask = best_in_future(gain[i], limits)
        exact[i] = True
        best = best if mask is None else np.maximum(best, gain @ mask)


def _program(gain: Floats, limits: Limits, state: _State, nodes: int, gap: float) -> _State:
    """Least regret over the futures that matter, better than what is known: t <= g_i x - best_i."""
    active = state.active | _worst(gain, state.mask, state.best)
    rows, unit = sorted(active), unit_of(gain)
    ties = np.hstack([gain[rows] / unit, -np.ones((len(rows), 1))])
    low = (_value(gain, state) - SAME * 100 * unit) / unit
    t = np.array([1.0]), np.array([low]), np.array([max(low, 0.0) + 1.0])
    extra = Extra(*t, np.zeros(1, dtype=bool), ties, state.best[rows] / unit)
    nothing = np.zeros(gain.shape[1])
    found = solve(nothing, limits, extra, nodes=nodes, gap=gap, known=state.mask)
    if found is None:
        return replace(state, active=active, bound=min(state.bound, _value(gain, state)))
    bound = min(state.bound, found.bound * unit)
    active |= _worst(gain, found.mask, state.best)
    both = np.unique(np.array([state.mask, found.mask]), axis=0)
    return _climbed(gain, limits, replace(state, active=active, bound=bound), both)


def _worst(gain: Floats, mask: Mask, best: Floats) -> frozenset[int]:
    order = np.argsort(gain @ mask - best, kind="stable")[:_AT_ONCE]
    return frozenset(int(i) for i in order)
