"""Downside: the expected gain in the worst futures (conditional value at risk)."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
TAIL = 0.1
"""Share of futures that counts as the worst, unless said otherwise: the worst tenth."""


def worst_mean(total: Floats, tail: float = TAIL) -> Floats:
    """Give the mean gain in the worst share of futures, for each portfolio.

    With n equally likely futures in order, v_1 the worst, and k = tail x n, of which f whole,

        worst mean = (v_1 + ... + v_f + (k - f) v_(f+1)) / k

    This is CVaR at level alpha = 1 - tail with its sign turned: CVaR of the loss -v is minus
    the worst mean. It is concave in the mixture of schemes, and never above the mean.

    - tail 1 is the mean; a tail of at most 1/n is the worst future.

    `total`: [..., n] GBP. Gives [...] in GBP. Raises ValueError when tail is not above 0 and at
    most 1, or there is no future.

    Method: R. T. Rockafellar, S. Uryasev (2002), conditional value-at-risk for general loss
    distributions, https://doi.org/10.1016/S0378-4266(02)00271-6.

    Worked: five futures, the worst 30% of them are one and a half: (-4 + 0.5 x 2) / 1.5 = -2.

    >>> float(worst_mean(np.array([6.0, 2.0, -4.0, 9.0, 7.0]), tail=0.3))
    -2.0
    """
    values = np.asarray(total, dtype=np.float64)
    weights = tail_weights(values.shape[-1], tail)
    worst: Floats = np.sort(values, axis=-1) @ weights
    return worst


def tail_weights(n: int, tail: float) -> Floats:
    """Give the weight of the worst future, the second worst and so on: [n], adding up to 1.

    >>> tail_weights(5, 0.3).round(4).tolist()
    [0.6667, 0.3333, 0.0, 0.0, 0.0]
    """
    if n < 1 or not 0.0 < tail <= 1.0:
        raise ValueError(
            f"The worst {tail:g} of {n} futures cannot be averaged: give at least one future, "
            "and a share above 0 and at most 1, such as 0.1 for the worst tenth."
        )
    counted = max(tail * n, 1.0)
    weights: Floats = np.clip(counted - np.arange(n), 0.0, 1.0) / counted
    return weights
