"""Every portfolio there is, for a few schemes: the oracle beside the solver."""

import numpy as np
from numpy.typing import NDArray

from footprint.stress.choose.limits import Limits, Mask, why_nothing_fits

Floats = NDArray[np.float64]
MOST_SCHEMES = 16
"""65,536 portfolios; more schemes are for the solver."""


def every_portfolio(limits: Limits) -> Mask:
    """Give every allowed portfolio: [m, S], in the order of binary numbers.

    Raises ValueError for more than 16 schemes, NothingFits when there is none.

    >>> pair = Limits(("a", "b"), (), not_both=(("a", "b"),))
    >>> every_portfolio(pair).astype(int).tolist()
    [[0, 0], [1, 0], [0, 1]]
    """
    count = len(limits.schemes)
    if count > MOST_SCHEMES:
        raise ValueError(f"{count} schemes make too many portfolios; {MOST_SCHEMES} at most.")
    numbers = np.arange(2**count)
    masks = ((numbers[:, None] >> np.arange(count)) & 1).astype(bool)
    allowed = masks[limits.allows(masks)]
    if not len(allowed):
        raise why_nothing_fits(limits) or RuntimeError("limits forbid every portfolio")
    return allowed
