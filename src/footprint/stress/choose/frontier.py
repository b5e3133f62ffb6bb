"""The frontier: how much mean gain must be given up for a better downside."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from footprint.stress.choose.aims import BestDownside, MeanAboveFloor, MeanAndDownside
from footprint.stress.choose.limits import Limits, Mask
from footprint.stress.choose.portfolio import NODES, Portfolio, choose
from footprint.stress.choose.tail import TAIL, worst_mean

Floats = NDArray[np.float64]
POINTS = 7


@dataclass(frozen=True)
class Price:
    """What the next safer portfolio on the frontier costs, GBP.

    `given_up` of the mean buys `bought` of downside; `each` is pounds given up a pound bought.
    """

    given_up: float
    bought: float

    @property
    def each(self) -> float:
        """Mean given up for each pound of downside."""
        return self.given_up / self.bought


@dataclass(frozen=True, eq=False)
class Frontier:
    """Portfolios of which none is better in both mean and downside, boldest first.

    - `prices`: from each to the next, one fewer than portfolios.
    - `always`, `sometimes`, `never`: schemes in all of them, in some, in none.
    """

    portfolios: tuple[Portfolio, ...]
    prices: tuple[Price, ...]
    always: tuple[str, ...]
    sometimes: tuple[str, ...]
    never: tuple[str, ...]

    @property
    def price(self) -> Price | None:
        """What the safest costs against the boldest; None when they are one and the same."""
        if len(self.portfolios) < 2:
            return None
        bold, safe = self.portfolios[0], self.portfolios[-1]
        return Price(bold.mean - safe.mean, safe.downside - bold.downside)


def frontier(
    gain: Floats, limits: Limits, tail: float = TAIL, points: int = POINTS, nodes: int = NODES
) -> Frontier:
    """Give the frontier of mean against downside, from the highest mean to the best downside.

    Between the two ends, floors are set at even steps of downside and the highest mean above
    each is found (the epsilon-constraint method, which also finds portfolios that no weight on
    downside would). Those beaten in both are left out, so there may be fewer than `points`.

    `gain`: [n, S] GBP. `points`: 2 or more. Raises as `choose` does.

    Method: Y. Y. Haimes, L. S. Lasdon, D. A. Wismer (1971),
    https://doi.org/10.1109/TSMC.1971.4308298; the price of robustness is named after D.
    Bertsimas, M. Sim (2004), https://doi.org/10.1287/opre.1030.0065.

    Worked: falls gain 4 and 4, beds 9 and 1, room for one. Beds have mean 5 and worst 1, falls
    4 and 4: one pound of mean buys three of downside.

    >>> from footprint.stress.choose.limits import limits_of
    >>> room = limits_of(["falls", "beds"], recurrent=([1.0, 1.0], 1.0))
    >>> found = frontier(np.array([[4.0, 9.0], [4.0, 1.0]]), room, tail=0.5)
    >>> [p.schemes for p in found.portfolios], round(found.prices[0].each, 4)
    ([('beds',), ('falls',)], 0.3333)
    """
    if points < 2:
        raise ValueError("A frontier has two ends: ask for 2 points or more.")
    bold = choose(gain, limits, MeanAndDownside(0.0, tail), nodes)
    safe = choose(gain, limits, BestDownside(tail), nodes)
    floors = np.linspace(bold.downside, safe.downside, points)[1:]
    between = [choose(gain, limits, MeanAboveFloor(float(f), tail), nodes) for f in floors]
    return _frontier_of([bold, *between, safe], limits)


def _frontier_of(found: list[Portfolio], limits: Limits) -> Frontier:
    mean, downside = (np.array([getattr(p, k) for p in found]) for k in ("mean", "downside"))
    kept = [found[i] for i in unbeaten(mean, downside)]
    prices = tuple(
        Price(bold.mean - safe.mean, safe.downside - bold.downside) for bold, safe in pairwise(kept)
    )
    return Frontier(tuple(kept), prices, *in_how_many(np.array([p.mask for p in kept]), limits))


def unbeaten(mean: Floats, downside: Floats) -> list[int]:
    """Give the places of those not beaten in both, highest mean first: [m], [m] GBP.

    One as good in both as another is given once.

    >>> unbeaten(np.array([5.0, 4.0, 3.0, 5.0]), np.array([1.0, 4.0, 2.0, 0.5]))
    [0, 1]
    """
    size = max(float(np.abs(mean).max(initial=0)), float(np.abs(downside).max(initial=0)), 1e-12)
    mean, downside = np.round(mean / size, 8), np.round(downside / size, 8)
    kept: list[int] = []
    for i in np.lexsort((-downside, -mean)):
        if not kept or downside[i] > downside[kept[-1]]:
            kept.append(int(i))
    return kept


def frontier_of(total: Floats, tail: float = TAIL) -> list[int]:
    """Give the places on the frontier of portfolios already worked out, highest mean first.

    `total`: [m, n] GBP, such as those a `verified` search tried, with overlaps in them.

    >>> frontier_of(np.array([[4.0, 4.0], [9.0, 1.0], [3.0, 3.0]]), tail=0.5)
    [1, 0]
    """
    return unbeaten(total.mean(axis=1), worst_mean(total, tail))


def in_how_many(
    masks: Mask, limits: Limits
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Give the schemes in every portfolio, in some, and in none: masks [m, S].

    >>> in_how_many(np.array([[1, 1, 0], [1, 0, 0]], bool), Limits(("a", "b", "c")))
    (('a',), ('b',), ('c',))
    """
    inside = dict(zip(limits.schemes, masks.mean(axis=0), strict=True))
    return (
        tuple(name for name, share in inside.items() if share == 1.0),
        tuple(name for name, share in inside.items() if 0.0 < share < 1.0),
        tuple(name for name, share in inside.items() if share == 0.0),
    )
