"""Chance in who falls ill: the spread of a yearly count around its expected value.

The model computes expected values. Counts scatter around them even when every assumption is
right. That scatter has a closed form and is small beside doubt about the assumptions, so it is
added as a layer rather than simulated person by person.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import pdtrik

Floats = NDArray[np.float64]


def count_interval(expected: Floats, share: float = 0.8) -> tuple[Floats, Floats]:
    """Ends between which a Poisson count falls in at least `share` of years, any shape.

    A sum of independent Poisson counts is Poisson, and thinning one (avoiding each unit with
    the same chance) leaves a Poisson count, so cells, regions and schemes need no simulation.

    >>> low, high = count_interval(np.array(100.0))
    >>> float(low), float(high)
    (87.0, 113.0)
    """
    tail = (1 - share) / 2
    low = np.ceil(np.maximum(pdtrik(tail, expected), 0))
    high = np.ceil(np.maximum(pdtrik(1 - tail, expected), 0))
    return low, high


def thinned(expected: Floats, kept: Floats) -> Floats:
    """Expected count, and variance, when each unit is kept with chance `kept`.

    >>> float(thinned(np.array(100.0), np.array(0.9)))
    90.0
    """
    return expected * kept


def cost_spread(expected: Floats, unit_cost: Floats) -> Floats:
    """Standard deviation of the cost of independent Poisson counts, over the last axis.

    Var = sum of unit cost^2 x expected count. Units that cost different amounts make it larger:
    this is its least.

    >>> float(cost_spread(np.array([100.0, 400.0]), np.array([3.0, 2.0])))
    50.0
    """
    spread: Floats = np.sqrt((unit_cost**2 * expected).sum(axis=-1))
    return spread
