"""Regret: what a portfolio gives up in each future against the best one for that future."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from footprint.stress.chance import quantiles

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Regret:
    """What each portfolio gives up, GBP, never below 0.

    - `values`: [m, n] in each future; `worst`, `p90`, `mean`: [m] over futures.
    - `worst_future`: [m] the number of the future where it gives up most.
    - `robust`: the place of the portfolio whose worst regret is least.
    """

    values: Floats
    worst: Floats
    p90: Floats
    mean: Floats
    worst_future: NDArray[np.intp]
    robust: int


def regret(total: Floats, best: Floats | None = None) -> Regret:
    """Give what each portfolio gives up in each future, and its worst, 90th percentile and mean.

        regret of portfolio p in future i = best gain in i - gain of p in i

    - `best` None compares the portfolios with one another: the best of those given. With
      `ceilings.best_in_each_future` it is the best of all that the limits allow.

    `total`: [m, n] GBP; `best`: [n] GBP. Raises ValueError when a portfolio does better than
    `best`, which then was not the best.

    Method: L. J. Savage (1951), https://doi.org/10.1080/01621459.1951.10500768; with sets of
    futures, R. J. Lempert, D. G. Groves, S. W. Popper, S. C. Bankes (2006),
    https://doi.org/10.1287/mnsc.1050.0472.

    Worked: gains 4, 4 and 9, 1. The best are 9 and 4, so regrets are 5, 0 and 0, 3.

    >>> found = regret(np.array([[4.0, 4.0], [9.0, 1.0]]))
    >>> found.values.tolist(), found.worst.tolist(), found.robust
    ([[5.0, 0.0], [0.0, 3.0]], [5.0, 3.0], 1)
    """
    held = total.max(axis=0) if best is None else best
    size = float(np.abs(total).max(initial=0.0))
    if (total > held + 1e-6 * size).any():
        raise ValueError("A portfolio gains more than the best gain given for that future.")
    values = np.maximum(held - total, 0.0)
    worst = values.max(axis=1)
    return Regret(
        values=values,
        worst=worst,
        p90=quantiles(values.T, [0.9]).values[0],
        mean=values.mean(axis=1),
        worst_future=values.argmax(axis=1),
        robust=int(worst.argmin()),
    )
