"""One way to ask HiGHS: the best allowed portfolio for a straight-line value."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array

from footprint.stress.choose.limits import Limits, Mask

Floats = NDArray[np.float64]
_RETRIES = 100
_NOTHING_ALLOWED = 2


@dataclass(frozen=True, eq=False)
class Extra:
    """Variables beside the schemes, and rows that tie them together.

    - `value`: [E] what one unit of each adds to the value.
    - `low`, `high`: [E] their bounds; `whole`: [E] true where they are whole numbers.
    - `rows`: [r, S + E] and `least`: [r], for rows x >= least.
    """

    value: Floats
    low: Floats
    high: Floats
    whole: Mask
    rows: Floats
    least: Floats


NOTHING_EXTRA = Extra(*(np.zeros(0),) * 3, np.zeros(0, dtype=bool), np.zeros((0, 0)), np.zeros(0))


@dataclass(frozen=True, eq=False)
class Solved:
    """The best portfolio [S], the extra variables [E], and what no portfolio can exceed."""

    mask: Mask
    extra: Floats
    bound: float


def solve(
    value: Floats,
    limits: Limits,
    extra: Extra = NOTHING_EXTRA,
    open_: Mask | None = None,
    start: Mask | None = None,
    nodes: int | None = None,
    gap: float = 0.0,
    known: Mask | None = None,
) -> Solved | None:
    """Give the allowed portfolio with the highest value, and None when none is allowed.

    value: [S] what each scheme adds. Schemes outside `open_` stay as in `start`. The search ends
    after `nodes` nodes if given, or when the bound is within the share `gap` of what is found;
    `bound` says how much better another could be. `known` [S] is given back when the search ends
    with nothing of its own. Values should be of the size of 100, for HiGHS stops at a difference
    of a millionth of 1.

    Method: Q. Huangfu, J. A. J. Hall (2018), https://doi.org/10.1007/s12532-017-0130-5.

    >>> from footprint.stress.choose.limits import limits_of
    >>> room = limits_of("abc", recurrent=([2.0, 3.0, 4.0], 5.0))
    >>> solve(np.array([30.0, 40.0, 60.0]), room).mask.astype(int).tolist()  # 70 beats 60
    [1, 1, 0]
    """
    rows, most = limits.rows()
    low, high = limits.least(), np.ones(len(value))
    if open_ is not None and start is not None:
        low, high = np.where(open_, low, start), np.where(open_, high, start)
    ties = extra.rows.reshape(-1, len(value) + len(extra.value))
    for _ in range(_RETRIES):
        wide = np.hstack([rows, np.zeros((len(rows), len(extra.value)))])
        found = milp(
            -np.r_[value, extra.value],
            integrality=np.r_[np.ones(len(value)), extra.whole],
            bounds=Bounds(np.r_[low, extra.low], np.r_[high, extra.high]),
            constraints=_constraints(wide, most, ties, extra.least),
            options={"mip_rel_gap": gap} | ({} if nodes is None else {"node_limit": nodes}),
        )
        if found.status == _NOTHING_ALLOWED:
            return None
        if found.x is None:
            return _unfinished(found, known)
        mask = found.x[: len(value)] > 0.5
        if limits.allows(mask[None])[0]:
            return Solved(mask, found.x[len(value) :], _bound(found))
        rows, most = np.vstack([rows, 2.0 * mask - 1]), np.r_[most, mask.sum() - 1.0]
    return None


def _unfinished(found: OptimizeResult, known: Mask | None) -> Solved:
    if known is None:
        raise RuntimeError(f"the solver stopped: {found.message}")
    return Solved(known, np.zeros(0), _bound(found))


def _bound(found: OptimizeResult) -> float:
    if found.mip_dual_bound is not None:
        return -float(found.mip_dual_bound)
    return float("inf") if found.x is None else -float(found.fun)


def _constraints(rows: Floats, most: Floats, ties: Floats, least: Floats) -> list[LinearConstraint]:
    made = []
    if len(rows):
        made.append(LinearConstraint(csr_array(rows), -np.inf, most))
    if len(ties):
        made.append(LinearConstraint(csr_array(ties), least, np.inf))
    return made
