"""Other ways to share a gain: by what each partner brings (Shapley), or in proportion."""

from collections.abc import Sequence
from math import factorial

import numpy as np
from numpy.typing import NDArray

from footprint.stress.choose.fair import Settlement, with_shares

Floats = NDArray[np.float64]
MOST_PARTNERS = 12


def shapley(worth: Floats) -> Floats:
    """Give each partner the average of what it adds when partners join one by one, in any order.

        value_o = sum over groups C without o of w(C) (worth(C with o) - worth(C))
        w(C) = |C|! (O - |C| - 1)! / O!

    `worth`: [2^O] GBP of each group of partners; group number 5 = 101 in binary is the first and
    the third. worth[0] is 0. Gives [O], which adds up to the worth of all together.
    Raises ValueError when `worth` is not one figure for each group of at most 12 partners.

    Method: L. S. Shapley (1953), https://doi.org/10.1515/9781400881970-018.

    Worked: alone nothing, the first with either other 6, all three 9. Orders give 5, 2, 2.

    >>> shapley(np.array([0.0, 0, 0, 6, 0, 6, 0, 9])).tolist()
    [5.0, 2.0, 2.0]
    """
    values = np.asarray(worth, dtype=np.float64)
    count = max(len(values), 1).bit_length() - 1
    if len(values) != 2**count or not 1 <= count <= MOST_PARTNERS or values[0] != 0:
        raise ValueError(
            f"Give the worth of each group of 1 to {MOST_PARTNERS} partners: 2, 4, 8, ... "
            "figures, of which the first, for nobody, is 0."
        )
    groups = np.arange(2**count)
    sizes = np.array([int(group).bit_count() for group in groups])
    chance = np.array([factorial(k) * factorial(count - k - 1) for k in range(count)], float)
    chance /= factorial(count)
    found = np.zeros(count)
    for partner in range(count):
        without = groups[(groups >> partner) & 1 == 0]
        adds = values[without | (1 << partner)] - values[without]
        found[partner] = chance[sizes[without]] @ adds
    return found


def worth_of_groups(value: Floats, takes_part: NDArray[np.bool_]) -> Floats:
    """Give what each group of partners could gain without the rest: [2^O] GBP.

    A group can do the schemes whose every partner is in it. A scheme counts with all it gains
    for the place, so this is about who makes gains possible, not about where they fall.

    `value`: [S] expected GBP of each chosen scheme; `takes_part`: [S, O].

    Worked: a scheme of both worth 6, one of the first alone worth 2.

    >>> both = np.array([[True, True], [True, False]])
    >>> worth_of_groups(np.array([6.0, 2.0]), both).tolist()
    [0.0, 2.0, 0.0, 8.0]
    """
    if not takes_part.any(axis=1).all():
        raise ValueError("Every scheme needs at least one partner who takes part.")
    partners = takes_part.shape[1]
    groups = (np.arange(2**partners)[:, None] >> np.arange(partners)) & 1 == 1
    can = ~(takes_part[None] & ~groups[:, None]).any(axis=2)
    worth: Floats = can @ np.asarray(value, dtype=np.float64)
    return worth


def shared_by(gain: Floats, partners: Sequence[str], weights: Floats) -> Settlement:
    """Share the place's gain in proportion to weights, whatever happens.

    Weights may be what each pays in, or its Shapley value; those below 0 count as 0.
    `gain`: [n, O] GBP; `weights`: [O]. Raises ValueError when no weight is above 0.

    Worked: 6 shared by payments in of 1 and 2: 2 and 4.

    >>> found = shared_by(np.array([[8.0, -2.0]]), ["nhs", "council"], np.array([1.0, 2.0]))
    >>> found.after.mean.round(6).tolist()
    [2.0, 4.0]
    """
    counted = np.maximum(np.asarray(weights, dtype=np.float64), 0.0)
    if counted.sum() <= 0:
        raise ValueError("At least one partner must have a weight above 0.")
    return with_shares(np.asarray(gain, dtype=np.float64), partners, counted / counted.sum())
