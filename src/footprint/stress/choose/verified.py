"""The additive guess put to the full model, and improved until no one change helps."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from footprint.stress.choose.aims import Aim, LeastRegret, MeanAboveFloor
from footprint.stress.choose.climb import climb
from footprint.stress.choose.limits import Limits, Mask
from footprint.stress.choose.portfolio import (
    FloorTooHigh,
    Portfolio,
    checked_gain,
    portfolio,
)
from footprint.stress.choose.tail import worst_mean

Floats = NDArray[np.float64]
Evaluate = Callable[[Mask], Floats]
"""The full model: portfolios [m, S] to gains by future and partner [m, n, O], GBP."""

MOST = 500
BATCH = 8


@dataclass(frozen=True)
class Guess:
    """How far adding schemes up is from the full model, over the portfolios tried.

    - `added_up`, `in_full`: mean gain of the chosen portfolio both ways, GBP.
    - `typical`, `largest`: mean and largest difference of means over all tried, GBP.
    - `changed`: schemes the full model put in and took out of the first guess.
    - `gained`: value of the choice less that of the first guess, both in full, in the aim's unit.
    """

    added_up: float
    in_full: float
    typical: float
    largest: float
    put_in: tuple[str, ...]
    taken_out: tuple[str, ...]
    gained: float

    @property
    def overlap(self) -> float:
        """What overlapping takes off the choice (negative: adds to it), GBP."""
        return self.added_up - self.in_full


@dataclass(frozen=True, eq=False)
class Verified:
    """A portfolio as the full model sees it.

    - `portfolio`: its figures in full; its `bound` is its own value, for nothing is proven.
    - `gain`: [n, O] GBP by future and partner.
    - `guess`: how far adding up was off.
    - `masks` [q, S], `total` [q, n] GBP: everything tried, for frontiers and regret.
    - `settled`: no scheme added, dropped or swapped makes it better. False: the search was
      stopped after the most portfolios it may try.
    """

    portfolio: Portfolio
    gain: Floats
    guess: Guess
    masks: Mask
    total: Floats
    settled: bool


def verify(
    starts: Mask,
    evaluate: Evaluate,
    gain: Floats,
    limits: Limits,
    aim: Aim,
    most: int = MOST,
    batch: int = BATCH,
) -> Verified:
    """Put portfolios to the full model and improve the best by one scheme at a time.

    `starts` [k, S] are allowed portfolios, such as those `choose` gave for several aims: the
    first is the first guess. Neighbours are tried in the order of the additive guess, `batch` at
    a time, `most` portfolios in all. Regret is against the best portfolio tried in each future.

    `gain`: [n, S] GBP, each scheme alone. The full model must have the same futures.
    Raises ValueError when a start is not allowed or the model's gains do not fit, FloorTooHigh
    when no portfolio tried reaches the floor of the aim.

    Method: local search, as in H. R. Lourenco, O. C. Martin, T. Stutzle (2003),
    https://doi.org/10.1007/0-306-48056-5_11.

    Worked: two schemes gain 5 each alone, but both avoid the same admissions, so together 6; a
    third gains 4 on its own ground. Room for two: adding up says the first two, 10; in full the
    first and the third, 9.

    >>> from footprint.stress.choose.aims import MeanAndDownside
    >>> from footprint.stress.choose.limits import limits_of
    >>> alone = np.array([[5.0, 5.0, 4.0]])
    >>> model = lambda m: (m @ alone.T - 4 * (m[:, :1] & m[:, 1:2]))[:, :, None]
    >>> room = limits_of("abc", recurrent=([1.0, 1.0, 1.0], 2.0))
    >>> first = room.mask_of("ab")[None]
    >>> found = verify(first, model, alone, room, MeanAndDownside(0.0))
    >>> found.portfolio.mean, found.guess.put_in, found.guess.gained, found.settled
    (9.0, ('c',), 3.0, True)
    """
    alone = checked_gain(gain, limits)
    if not len(starts) or not limits.allows(starts).all():
        raise ValueError("Give at least one portfolio to start from, and only allowed ones.")

    def totals(masks: Mask) -> Floats:
        return _evaluated(evaluate, masks, len(alone)).sum(axis=2)

    found = climb(starts, totals, limits, aim, lambda m: m @ alone.T, most, batch)
    mask, total = found.masks[found.best], found.total
    if aim.lack(total[[found.best]])[0] > 0 and isinstance(aim, MeanAboveFloor):
        raise FloorTooHigh(aim.floor, float(worst_mean(total, aim.tail).max()))
    scored = LeastRegret(total.max(axis=0)) if isinstance(aim, LeastRegret) else aim
    chosen = portfolio(mask, total[found.best], limits, aim, scored, -np.inf)
    return Verified(
        portfolio=chosen,
        gain=_evaluated(evaluate, mask[None], len(alone))[0],
        guess=_guess(found.masks, total, found.best, alone, limits, scored),
        masks=found.masks,
        total=total,
        settled=found.settled,
    )


def _evaluated(evaluate: Evaluate, masks: Mask, futures: int) -> Floats:
    gain = np.asarray(evaluate(masks), dtype=np.float64)
    if gain.ndim != 3 or gain.shape[:2] != (len(masks), futures) or not np.isfinite(gain).all():
        raise ValueError(
            f"The model gave {gain.shape} for {len(masks)} portfolios in {futures} futures; it "
            "must give finite gains by portfolio, future and partner, in the same futures."
        )
    return gain


def _guess(
    masks: Mask, total: Floats, best: int, alone: Floats, limits: Limits, scored: Aim
) -> Guess:
    added_up = masks @ alone.mean(axis=0)
    off = np.abs(added_up - total.mean(axis=1))
    value = scored.value(total[[0, best]])
    more, less = masks[best] & ~masks[0], masks[0] & ~masks[best]
    return Guess(
        added_up=float(added_up[best]),
        in_full=float(total[best].mean()),
        typical=float(off.mean()),
        largest=float(off.max()),
        put_in=tuple(limits.schemes[s] for s in np.flatnonzero(more)),
        taken_out=tuple(limits.schemes[s] for s in np.flatnonzero(less)),
        gained=float(value[1] - value[0]),
    )
