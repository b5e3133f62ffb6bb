"""The best portfolio for an aim, from what each scheme alone adds in each future."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from footprint.stress.choose.aims import (
    Aim,
    BestChance,
    BestDownside,
    LeastRegret,
    MeanAboveFloor,
    MeanAndDownside,
    ranked,
)
from footprint.stress.choose.climb import climb
from footprint.stress.choose.enumeration import every_portfolio
from footprint.stress.choose.least_regret import least_regret
from footprint.stress.choose.limits import Limits, Mask, why_nothing_fits
from footprint.stress.choose.programs import (
    Best,
    best_above_floor,
    best_chance,
    best_mean_and_downside,
)
from footprint.stress.choose.tail import worst_mean

Floats = NDArray[np.float64]
NODES = 200
"""Nodes the solver may visit at a time for the best chance and the least regret, which can be too
hard to prove; the other aims are always proven."""


class FloorTooHigh(Exception):
    """No portfolio's downside reaches the floor; `best` GBP is the most that can be had."""

    def __init__(self, floor: float, best: float) -> None:
        self.floor, self.best, self.short = floor, best, floor - best
        super().__init__(
            f"No portfolio's worst futures reach GBP {floor:,.0f} on average: the best is "
            f"GBP {best:,.0f}, GBP {self.short:,.0f} short. Lower the floor, or raise a limit."
        )


@dataclass(frozen=True)
class Used:
    """How much of a limit a portfolio uses.

    `keeps_out` are schemes that would otherwise fit, each with what is lacking for it.
    """

    limit: str
    unit: str
    used: float
    available: float
    keeps_out: tuple[tuple[str, float], ...]

    @property
    def left(self) -> float:
        """What is left over."""
        return self.available - self.used


@dataclass(frozen=True, eq=False)
class Portfolio:
    """Schemes chosen together, and what they gain.

    - `schemes`: their ids; `mask`: [S].
    - `total`: [n] GBP in each future; `mean` and `downside` (mean of the worst `tail`) of it.
    - `aim`, `value`: what it is best at, and how good; `bound`: what none can exceed.
    - `used`: every limit.
    """

    schemes: tuple[str, ...]
    mask: Mask
    total: Floats
    mean: float
    downside: float
    tail: float
    aim: Aim
    value: float
    bound: float
    used: tuple[Used, ...]

    @property
    def proven(self) -> bool:
        """True when no portfolio can be better by more than the solver can tell."""
        chance = isinstance(self.aim, BestChance)
        size = 1.0 if chance else float(np.abs(self.total).max(initial=0.0))
        return self.bound - self.value <= 1e-6 * size


def choose(gain: Floats, limits: Limits, aim: Aim, nodes: int = NODES) -> Portfolio:
    """Give the best allowed portfolio for an aim, by mixed-integer programming.

    What schemes gain is added up: nothing is said here of overlap (see `verified`). The solver's
    answer is then checked against every portfolio one scheme away, so that of portfolios the
    solver cannot tell apart the one with the higher mean is taken.

    `gain`: [n, S] GBP, what each scheme alone adds in each future.
    Raises ValueError when gains do not match the schemes or are not finite, NothingFits when no
    portfolio is allowed, FloorTooHigh when none reaches the floor of the aim.

    Method: R. T. Rockafellar, S. Uryasev (2000), https://doi.org/10.21314/JOR.2000.038, with
    yes-or-no schemes as in R. Mansini, W. Ogryczak, M. G. Speranza (2014),
    https://doi.org/10.1016/j.ejor.2013.08.035.

    Worked: room for one of two. Falls gain 4 and 4, beds 9 and 1. On mean alone beds win, 5
    against 4; with the worse future counted as much as the mean, falls: 4 + 4 against 5 + 1.

    >>> from footprint.stress.choose.limits import limits_of
    >>> gains = np.array([[4.0, 9.0], [4.0, 1.0]])
    >>> room = limits_of(["falls", "beds"], recurrent=([1.0, 1.0], 1.0))
    >>> choose(gains, room, MeanAndDownside(weight=0.0, tail=0.5)).schemes
    ('beds',)
    >>> choose(gains, room, MeanAndDownside(weight=1.0, tail=0.5)).schemes
    ('falls',)
    """
    checked = checked_gain(gain, limits)
    reason = why_nothing_fits(limits)
    if reason is not None:
        raise reason
    found, scored = _solve(checked, limits, aim, nodes)
    better = climb(found.mask[None], lambda m: m @ checked.T, limits, scored)
    mask = better.masks[better.best]
    return portfolio(mask, checked @ mask, limits, aim, scored, found.bound)


def choose_by_enumeration(gain: Floats, limits: Limits, aim: Aim) -> Portfolio:
    """Give the best allowed portfolio for an aim by trying every one: 16 schemes at most.

    The oracle of `choose`, and as exact as adding up is. Raises as `choose` does.
    """
    checked = checked_gain(gain, limits)
    masks = every_portfolio(limits)
    total = masks @ checked.T
    scored = LeastRegret(total.max(axis=0)) if isinstance(aim, LeastRegret) else aim
    first = int(ranked(scored, total)[0])
    if scored.lack(total[[first]])[0] > 0 and isinstance(aim, MeanAboveFloor):
        raise FloorTooHigh(aim.floor, float(worst_mean(total, aim.tail).max()))
    value = float(scored.value(total[[first]])[0])
    return portfolio(masks[first], total[first], limits, aim, scored, value)


def checked_gain(gain: Floats, limits: Limits) -> Floats:
    """Give the gains as numbers once they are known to match the schemes: [n, S] GBP."""
    values = np.asarray(gain, dtype=np.float64)
    count = len(limits.schemes)
    if values.ndim != 2 or values.shape[1] != count or not len(values):
        raise ValueError(f"Give gains by future and scheme, one for each of {count} schemes.")
    if not np.isfinite(values).all():
        raise ValueError("Every gain must be a finite number.")
    return values


def _solve(gain: Floats, limits: Limits, aim: Aim, nodes: int) -> tuple[Best, Aim]:
    """The solver's portfolio, and the aim with what it is measured against."""
    scored = aim
    if isinstance(aim, MeanAndDownside):
        found = best_mean_and_downside(gain, limits, 1.0, aim.weight, aim.tail)
    elif isinstance(aim, BestDownside):
        found = best_mean_and_downside(gain, limits, 0.0, 1.0, aim.tail)
    elif isinstance(aim, MeanAboveFloor):
        found = best_above_floor(gain, limits, aim.floor, aim.tail)
        if found is None:
            best = choose(gain, limits, BestDownside(aim.tail))
            raise FloorTooHigh(aim.floor, best.downside)
    elif isinstance(aim, LeastRegret):
        both = least_regret(gain, limits, nodes)
        found, scored = (None, aim) if both is None else (both[0], LeastRegret(both[1]))
    else:
        found = best_chance(gain, limits, aim.target, nodes)
    if found is None:
        raise RuntimeError("the solver found no portfolio, although one fits")
    return found, scored


def portfolio(
    mask: Mask, total: Floats, limits: Limits, aim: Aim, scored: Aim, bound: float
) -> Portfolio:
    """Describe a portfolio [S] with gains [n]; `scored` is the aim with what it is held against."""
    tail = getattr(aim, "tail", 0.1)
    value = float(scored.value(total[None])[0])
    return Portfolio(
        schemes=tuple(name for name, taken in zip(limits.schemes, mask, strict=True) if taken),
        mask=mask,
        total=total,
        mean=float(total.mean()),
        downside=float(worst_mean(total, tail)),
        tail=tail,
        aim=aim,
        value=value,
        bound=max(value, bound),
        used=used(mask, limits),
    )


def used(mask: Mask, limits: Limits) -> tuple[Used, ...]:
    """Give how much of each limit a portfolio uses, and the schemes each limit keeps out.

    >>> from footprint.stress.choose.limits import limits_of
    >>> room = limits_of("ab", recurrent=([3.0, 4.0], 5.0))
    >>> used(np.array([True, False]), room)[0].keeps_out
    (('b', 2.0),)
    """
    out = np.flatnonzero(~mask)
    made = []
    for limit in limits.limits:
        left = float(limit.left(mask))
        lacking = [(limits.schemes[s], float(limit.use[s]) - left) for s in out]
        kept = tuple((name, lack) for name, lack in lacking if lack > 1e-6 * limit.size)
        taken = float(mask @ limit.use)
        made.append(Used(limit.name, limit.unit, taken, limit.available, kept))
    return tuple(made)
