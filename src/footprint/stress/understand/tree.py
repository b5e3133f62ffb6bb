"""Find boxes where the plan fails by splitting the futures in two, again and again (CART)."""

import numpy as np
from numpy.typing import NDArray

from footprint.stress.understand.boxes import Box, checked, measured
from footprint.stress.understand.inputs import Floats

Fails = NDArray[np.bool_]
_Limits = tuple[Floats, Floats]


def grown(x: Floats, fails: Fails, depth: int = 3, least_mass: float = 0.05) -> tuple[Box, ...]:
    """Give the leaves of a small tree: boxes that cover all futures once, the densest first.

    Each box is split at the value of the input that leaves its halves purest: with n futures of
    which a share p fail, the sum over halves of n p (1 - p) is least (Gini). It ends at `depth`
    splits, when a half would hold less than `least_mass` of all futures, or when nothing is
    gained. A value stands halfway between two futures; among equal splits the first input wins.

    - `x`: [draw, input]. `fails`: [draw]. Leave out inputs that have no order.
    - The lower half holds the value itself. No future lies on it, so a box's limits may be read
      as inside or outside.

    Raises ValueError when arrays do not fit or no future fails.

    Method: L. Breiman, J. H. Friedman, R. A. Olshen, C. J. Stone (1984),
    https://doi.org/10.1201/9781315139470; beside PRIM: R. J. Lempert, B. P. Bryant,
    S. C. Bankes (2008), RAND WR-557-NSF.

    Worked: futures fail above 0.6. One split is enough.

    >>> x = np.array([[0.1], [0.3], [0.5], [0.7], [0.9]])
    >>> [(leaf.low, leaf.high, leaf.density) for leaf in grown(x, x[:, 0] > 0.6)]
    [(array([0.6]), array([inf]), 1.0), (array([-inf]), array([0.6]), 0.0)]
    """
    checked(x, fails)
    limits = np.full(x.shape[1], -np.inf), np.full(x.shape[1], np.inf)
    least = max(int(np.ceil(least_mass * len(x))), 1)
    leaves = [measured(x, fails, *ends) for ends in _leaves(x, fails, limits, depth, least)]
    return tuple(sorted(leaves, key=lambda box: (-box.density, -box.coverage)))


def failing_leaves(
    x: Floats, fails: Fails, wanted: float = 0.8, depth: int = 3, least_mass: float = 0.02
) -> tuple[Box, ...]:
    """Give the leaves in which at least `wanted` of the futures fail, the fullest first.

    The tree is grown on every second future and its leaves are measured on the others; a leaf
    that is surely less dense there is not given.
    """
    checked(x, fails)
    if not fails[::2].any():
        return ()
    found = [box for box in grown(x[::2], fails[::2], depth, least_mass) if box.density >= wanted]
    leaves = [measured(x[1::2], fails[1::2], leaf.low, leaf.high) for leaf in found]
    dense = [leaf for leaf in leaves if not leaf.falls_short_of(wanted)]
    return tuple(sorted(dense, key=lambda leaf: -leaf.coverage))


def _leaves(x: Floats, fails: Fails, limits: _Limits, depth: int, least: int) -> list[_Limits]:
    """Limits of all leaves below a box that holds `x`."""
    split = _best_split(x, fails, least) if depth > 0 else None
    if split is None:
        return [limits]
    column, at = split
    below, (low, high) = x[:, column] <= at, limits
    lower, upper = (low, high.copy()), (low.copy(), high)
    lower[1][column], upper[0][column] = at, at
    return [
        *_leaves(x[below], fails[below], lower, depth - 1, least),
        *_leaves(x[~below], fails[~below], upper, depth - 1, least),
    ]


def _best_split(x: Floats, fails: Fails, least: int) -> tuple[int, float] | None:
    """The input and value that leave the purest halves, or None where nothing is gained."""
    draws, hits = len(x), float(fails.sum())
    if draws < 2 * least or hits in (0.0, draws):
        return None
    order = np.argsort(x, axis=0, kind="stable")
    ordered = np.take_along_axis(x, order, axis=0)
    below = np.arange(1, draws)[:, None]
    hits_below = fails[order].cumsum(axis=0, dtype=np.float64)[:-1]
    hits_above = hits - hits_below
    impure = hits_below * (1 - hits_below / below)
    impure += hits_above * (1 - hits_above / (draws - below))
    allowed = (ordered[1:] > ordered[:-1]) & (below >= least) & (draws - below >= least)
    impure[~allowed] = np.inf
    column, row = np.unravel_index(int(impure.T.argmin()), impure.T.shape)
    if impure[row, column] >= hits * (1 - hits / draws) * (1 - 1e-12):
        return None
    return int(column), float((ordered[row, column] + ordered[row + 1, column]) / 2)
