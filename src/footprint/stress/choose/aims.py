"""Aims: what makes one portfolio better than another.

    MeanAndDownside    mean - weight x CVaR
    BestDownside       the worst futures as good as they can be
    MeanAboveFloor     the highest mean whose downside stays above a floor
    LeastRegret        the smallest regret in the future where it is largest
    BestChance         the largest share of futures that reach a target

Every aim gives each portfolio how far it falls short of what is allowed (0 where it does not)
and a value, higher is better. Portfolios are compared by the first, then the second, then mean.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from footprint.stress.choose.tail import TAIL, worst_mean

Floats = NDArray[np.float64]
SAME = 1e-8
"""Values closer than this share of the largest gain are the same: what the solver can tell."""


@dataclass(frozen=True)
class MeanAndDownside:
    """Mean gain less `weight` times CVaR, GBP: mean + weight x (mean of the worst `tail`)."""

    weight: float = 1.0
    tail: float = TAIL

    def value(self, total: Floats) -> Floats:
        """Value of each portfolio from its gain in each future: [m, n] gives [m], GBP."""
        value: Floats = total.mean(axis=1) + self.weight * worst_mean(total, self.tail)
        return value

    def lack(self, total: Floats) -> Floats:
        """Nothing is forbidden: [m] of zeros."""
        return np.zeros(len(total))


@dataclass(frozen=True)
class BestDownside:
    """The mean gain in the worst `tail` of futures, GBP."""

    tail: float = TAIL

    def value(self, total: Floats) -> Floats:
        """Value of each portfolio from its gain in each future: [m, n] gives [m], GBP."""
        return worst_mean(total, self.tail)

    def lack(self, total: Floats) -> Floats:
        """Nothing is forbidden: [m] of zeros."""
        return np.zeros(len(total))


@dataclass(frozen=True)
class MeanAboveFloor:
    """Mean gain, GBP, while the mean of the worst `tail` of futures is `floor` GBP or more."""

    floor: float
    tail: float = TAIL

    def value(self, total: Floats) -> Floats:
        """Value of each portfolio from its gain in each future: [m, n] gives [m], GBP."""
        value: Floats = total.mean(axis=1)
        return value

    def lack(self, total: Floats) -> Floats:
        """By how much each portfolio's downside misses the floor: [m, n] gives [m], GBP."""
        short = self.floor - worst_mean(total, self.tail)
        return np.where(short > SAME * _size(total, self.floor), short, 0.0)


@dataclass(frozen=True, eq=False)
class LeastRegret:
    """Minus the largest regret over futures, GBP (0 is none).

    `best`: [n] the best gain any portfolio could have in each future. None compares portfolios
    with one another: the best of those given.
    """

    best: Floats | None = None

    def value(self, total: Floats) -> Floats:
        """Value of each portfolio from its gain in each future: [m, n] gives [m], GBP."""
        best = total.max(axis=0) if self.best is None else self.best
        value: Floats = -(best - total).max(axis=1)
        return value

    def lack(self, total: Floats) -> Floats:
        """Nothing is forbidden: [m] of zeros."""
        return np.zeros(len(total))


@dataclass(frozen=True)
class BestChance:
    """The share of futures in which the gain is `target` GBP or more."""

    target: float

    def value(self, total: Floats) -> Floats:
        """Value of each portfolio from its gain in each future: [m, n] gives [m], a share."""
        close = SAME * _size(total, self.target)
        value: Floats = (total >= self.target - close).mean(axis=1)
        return value

    def lack(self, total: Floats) -> Floats:
        """Nothing is forbidden: [m] of zeros."""
        return np.zeros(len(total))


Aim = MeanAndDownside | BestDownside | MeanAboveFloor | LeastRegret | BestChance


def ranked(aim: Aim, total: Floats) -> NDArray[np.intp]:
    """Give the places of portfolios, best first: [m, n] gives [m].

    Values the solver cannot tell apart are taken as the same, and the higher mean goes first.

    >>> gains = np.array([[4.0, 4.0], [9.0, 1.0], [0.0, 8.0]])
    >>> ranked(BestDownside(tail=0.5), gains).tolist()  # worst futures: 4, 1, 0
    [0, 1, 2]
    >>> ranked(MeanAboveFloor(floor=1.0, tail=0.5), gains).tolist()  # the last is forbidden
    [1, 0, 2]
    """
    step = SAME * (1.0 if isinstance(aim, BestChance) else _size(total))
    lack = np.round(aim.lack(total) / (SAME * _size(total)))
    value = np.round(aim.value(total) / step)
    return np.lexsort((-total.mean(axis=1), -value, lack))


def _size(total: Floats, other: float = 0.0) -> float:
    return float(max(np.abs(total).max(initial=0.0), abs(other), 1e-12))
