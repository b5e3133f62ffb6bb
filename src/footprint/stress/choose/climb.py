"""Better by small steps: add, drop or swap one scheme until nothing helps."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from footprint.stress.choose.aims import Aim, ranked
from footprint.stress.choose.limits import Limits, Mask

Floats = NDArray[np.float64]
Totals = Callable[[Mask], Floats]
"""From portfolios [m, S] to the place's gain in each future [m, n], GBP."""


@dataclass(frozen=True, eq=False)
class Climb:
    """Every portfolio that was tried, in order.

    - `masks`: [q, S]; `total`: [q, n] GBP; `best`: the place of the best.
    - `settled`: true when no one scheme added, dropped or swapped makes the best one better.
    """

    masks: Mask
    total: Floats
    best: int
    settled: bool


def climb(
    starts: Mask,
    totals: Totals,
    limits: Limits,
    aim: Aim,
    guess: Totals | None = None,
    most: int = 100_000,
    batch: int = 100_000,
) -> Climb:
    """Improve on the best of `starts` by one scheme at a time until no step helps.

    The best portfolio tried so far is compared with all its `neighbours`, `batch` at a time,
    those with the best `guess` first; as soon as a better one is found, the search goes on from
    there. It always ends, for no portfolio is tried twice, and tries `most` at the most.

    `starts`: [k, S], all allowed. Worked: from nothing, with room for two, the two best.

    >>> from footprint.stress.choose.aims import BestDownside
    >>> from footprint.stress.choose.limits import limits_of
    >>> gains = np.array([[1.0, 5.0, 3.0]])
    >>> room = limits_of("abc", recurrent=([1.0, 1.0, 1.0], 2.0))
    >>> found = climb(np.zeros((1, 3), bool), lambda m: m @ gains.T, room, BestDownside())
    >>> found.masks[found.best].tolist(), found.settled
    ([False, True, True], True)
    """
    masks, total = starts, totals(starts)
    while True:
        best = int(ranked(aim, total)[0])
        fresh = _untried(neighbours(masks[best], limits), masks)
        if not len(fresh) or len(masks) >= most:
            return Climb(masks, total, best, settled=not len(fresh))
        if guess is not None and len(fresh) > 1:
            fresh = fresh[ranked(aim, guess(fresh))]
        fresh = fresh[: min(batch, most - len(masks))]
        masks, total = np.vstack([masks, fresh]), np.vstack([total, totals(fresh)])


def neighbours(mask: Mask, limits: Limits) -> Mask:
    """Give the allowed portfolios one scheme away: one added, one dropped, one for another.

    A scheme brings along those it needs, and takes along those that need it. [S] gives [m, S].

    >>> two_of_three = Limits(("a", "b", "c"), (), needs=(("b", "a"),), must=("c",))
    >>> neighbours(np.array([False, False, True]), two_of_three).astype(int).tolist()
    [[1, 0, 1], [1, 1, 1]]
    """
    brings = limits.brings()
    dropped = np.vstack([mask, mask & ~brings.T[mask]])
    moved = (dropped[:, None, :] | brings[~mask][None]).reshape(-1, len(mask))
    found = np.unique(np.vstack([dropped, moved]), axis=0)
    found = found[limits.allows(found)]
    return found[(found != mask).any(axis=1)]


def _untried(masks: Mask, tried: Mask) -> Mask:
    seen = {row.tobytes() for row in tried}
    return masks[[row.tobytes() not in seen for row in masks]]
