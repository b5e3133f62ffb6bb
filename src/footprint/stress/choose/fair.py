"""Fair: what each partner gains or loses, and the side payments that leave nobody worse off."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog

Floats = NDArray[np.float64]
CLOSE = 1e-9
"""Losses below this share of the largest sum at stake are rounding."""


@dataclass(frozen=True, eq=False)
class Standing:
    """What a portfolio does for each partner, GBP; every array is [O].

    - `mean`: expected gain; `low`, `high`: 1 future in 10 is below, 1 in 10 above.
    - `chance_of_losing`: share of futures in which the partner is worse off.
    - `nobody_loses`: share of futures in which no partner is worse off.
    - `enough`: share of futures in which the place gains: what any sharing could reach.
    """

    partners: tuple[str, ...]
    mean: Floats
    low: Floats
    high: Floats
    chance_of_losing: Floats
    nobody_loses: float
    enough: float


def standing(gain: Floats, partners: Sequence[str]) -> Standing:
    """Give what each partner gains or loses: gain [n, O] GBP by future and partner.

    Worked: in two futures the NHS gains 6 and 8, the council loses 2 and gains 1.

    >>> found = standing(np.array([[6.0, -2.0], [8.0, 1.0]]), ["nhs", "council"])
    >>> found.mean.tolist(), found.chance_of_losing.tolist(), found.enough
    ([7.0, -0.5], [0.0, 0.5], 1.0)
    """
    low, high = np.quantile(gain, [0.1, 0.9], axis=0)
    lost = gain < -_rounding(gain)
    return Standing(
        partners=tuple(partners),
        mean=gain.mean(axis=0),
        low=low,
        high=high,
        chance_of_losing=lost.mean(axis=0),
        nobody_loses=float((~lost.any(axis=1)).mean()),
        enough=float((gain.sum(axis=1) >= -_rounding(gain)).mean()),
    )


@dataclass(frozen=True)
class Payment:
    """A sum one partner pays another, GBP."""

    payer: str
    to: str
    amount: float


@dataclass(frozen=True, eq=False)
class Settlement:
    """Side payments, and how partners stand with them.

    - `received`: [O] GBP each partner receives, negative where it pays. Adds up to 0; where
      payments depend on how things turn out, this is the expected sum.
    - `payments`: who pays whom, at most one fewer than partners.
    - `moved`: GBP that changes hands.
    - `possible`: false when no payments can do what was asked; then nothing is paid, and
      `missing` GBP from outside would make it possible.
    - `shares`: [O] of the place's gain, where shares and not sums are agreed.
    - `after`: how partners stand then.
    """

    partners: tuple[str, ...]
    received: Floats
    payments: tuple[Payment, ...]
    moved: float
    possible: bool
    missing: float
    shares: Floats | None
    after: Standing


def least_payments(
    gain: Floats, partners: Sequence[str], in_share_of_futures: float | None = None
) -> Settlement:
    """Give the smallest fixed sums that leave nobody worse off.

    With r_o what partner o receives, a linear program moves as little as it can:

        least sum of max(0, r_o)   with   sum of r_o = 0   and   r_o >= need_o

    - On average (`in_share_of_futures` None): need_o is minus its expected gain.
    - With a share p: each partner by itself is not worse off in at least p of futures; need_o is
      minus what it gains or exceeds in just that many. How often that holds for all partners at
      once is `after.nobody_loses`; see `sums_for_all` for a promise about all at once.
    - Of programs that move as little, the one in which the hardest pressed payer gives the
      least share of what it can spare: so payers pay in proportion.
    - Impossible when needs add up to more than 0: by so much it falls short (`missing`).

    `gain`: [n, O] GBP. Raises ValueError for a share outside 0 to 1, or gains that do not fit.

    Method: compensation that is paid, N. Kaldor (1939), https://doi.org/10.2307/2224835.

    Worked: expected gains 6, 3 and -3. The third needs 3; 6 and 3 pay 2 and 1.

    >>> found = least_payments(np.array([[6.0, 3.0, -3.0]]), ["icb", "trust", "council"])
    >>> found.received.round(6).tolist(), found.moved
    ([-2.0, -1.0, 3.0], 3.0)
    """
    checked = _checked(gain, partners, in_share_of_futures)
    if in_share_of_futures is None:
        need = -checked.mean(axis=0)
    else:
        need = -_reached(checked, in_share_of_futures)
    return _settle(checked, partners, need)


def _reached(gain: Floats, share: float) -> Floats:
    """What each partner gains or exceeds in at least a share of futures: [O]."""
    missed = int(np.floor((1.0 - share) * len(gain) + 1e-9))
    found: Floats = np.sort(gain, axis=0)[min(missed, len(gain) - 1)]
    return found


def _settle(gain: Floats, partners: Sequence[str], need: Floats) -> Settlement:
    size = max(float(np.abs(gain).max(initial=0.0)), 1e-12)
    missing = float(need.sum())
    if missing > CLOSE * size * len(need):
        return settled(gain, partners, np.zeros(len(need)), missing=missing)
    need = need - max(missing, 0.0) / len(need)
    return settled(gain, partners, size * _least_moved(need / size))


def _least_moved(need: Floats) -> Floats:
    """Sums received [O] of size 1: first the least moved, then the lightest heaviest burden."""
    count = len(need)
    eye, ones, none = np.eye(count), np.ones(count), np.zeros(count)
    # Received, then the part of it above 0, then the burden of the hardest pressed payer.
    above = np.c_[eye, -eye, none]
    spare = np.maximum(-need, 0.0)
    burden = np.c_[-eye, 0 * eye, -spare]
    bounds = [(float(low), None) for low in need] + [(0, None)] * (count + 1)
    even = np.r_[ones, none, 0.0][None]
    first = linprog(
        np.r_[none, ones, 0.0], np.vstack([above, burden]), np.zeros(2 * count), even, 0.0, bounds
    )
    moved = np.r_[none, ones, 0.0][None]
    second = linprog(
        np.r_[none, none, 1.0],
        np.vstack([above, burden, moved]),
        np.r_[np.zeros(2 * count), first.fun + 1e-10],
        even,
        0.0,
        bounds,
    )
    received: Floats = (second if second.x is not None else first).x[:count]
    return received - received.mean()


def sums_for_all(gain: Floats, partners: Sequence[str], share: float) -> Settlement:
    """Give fixed sums that leave no partner at all worse off in a stated share of futures.

    The futures to be kept are chosen one by one: those that ask for the largest sums are let go
    until (1 - share) of them are gone. Each time, the future goes whose loss lowers the sum of
    needs most. This is a greedy search, for the exact problem is a hard one: sums it gives do
    keep the promise, but where it finds none there might still be some. Futures in which the
    place as a whole loses can never be kept, so `possible` is surely false when these are more
    than 1 - share.

    `gain`: [n, O] GBP. Raises ValueError for a share outside 0 to 1, or gains that do not fit.
    Method: chance constraints, A. Charnes, W. W. Cooper (1959),
    https://doi.org/10.1287/mnsc.6.1.73.

    Worked: three futures, promise two. Keeping the first two needs 1 for the second partner.

    >>> two = sums_for_all(np.array([[4.0, -1.0], [3.0, 0.0], [9.0, -8.0]]), ["a", "b"], 2 / 3)
    >>> two.received.tolist(), round(two.after.nobody_loses, 4)
    ([-1.0, 1.0], 0.6667)
    """
    kept = _checked(gain, partners, share)
    for _ in range(int(np.floor((1.0 - share) * len(gain) + 1e-9))):
        kept = np.delete(kept, _hardest(kept), axis=0) if len(kept) > 1 else kept
    return _settle(np.asarray(gain, dtype=np.float64), partners, -kept.min(axis=0))


def _hardest(gain: Floats) -> int:
    """The future whose loss lowers the sum of needs most: the lowest of some partner."""
    order = np.sort(gain, axis=0)[:2]
    saved = np.where(gain == order[0], order[1] - order[0], 0.0).sum(axis=1)
    return int(np.lexsort((gain.sum(axis=1), -saved))[0])


def fixed_shares(gain: Floats, partners: Sequence[str]) -> Settlement:
    """Give the fixed shares of the place's gain that move least and leave nobody worse off.

    As in a section 75 agreement with fixed shares, the whole gain or loss is pooled and each
    partner has its share of it, whatever happens. Those expected to lose have share 0, and the
    others share in proportion to what they expect:

        share_o = max(0, mean_o) / sum of max(0, mean)

    which moves no more than the expected losses: no shares that leave nobody worse off on
    average can move less. Then nobody loses in any future in which the place gains, which is
    more than any fixed sums can promise; and all who have a share lose when the place does.

    - Impossible when the place expects to lose: `missing` is that loss.

    `gain`: [n, O] GBP.

    Worked: expected gains 6, 3 and -3, in all 6. Shares 2/3, 1/3 and 0 give 4, 2 and 0.

    >>> found = fixed_shares(np.array([[6.0, 3.0, -3.0]]), ["icb", "trust", "council"])
    >>> found.shares.round(4).tolist(), found.received.round(4).tolist()
    ([0.6667, 0.3333, 0.0], [-2.0, -1.0, 3.0])
    """
    checked = _checked(gain, partners, None)
    mean = checked.mean(axis=0)
    won = np.maximum(mean, 0.0)
    if mean.sum() < -CLOSE * np.abs(checked).max(initial=0.0):
        return settled(checked, partners, np.zeros(len(mean)), missing=-float(mean.sum()))
    if not won.sum():
        return settled(checked, partners, np.zeros(len(mean)))
    return with_shares(checked, partners, won / won.sum())


def with_shares(gain: Floats, partners: Sequence[str], shares: Floats) -> Settlement:
    """Give how partners stand when the place's gain is pooled and shared: shares [O] add to 1."""
    weights = np.asarray(shares, dtype=np.float64)
    if weights.shape != (len(partners),) or (weights < 0).any() or abs(weights.sum() - 1) > 1e-6:
        raise ValueError("Give each partner one share, none below 0, which add up to 1.")
    after = gain.sum(axis=1, keepdims=True) * weights
    received = (after - gain).mean(axis=0)
    return settled(gain, partners, received, shares=weights, after=after)


def settled(
    gain: Floats,
    partners: Sequence[str],
    received: Floats,
    missing: float = 0.0,
    shares: Floats | None = None,
    after: Floats | None = None,
) -> Settlement:
    """Describe side payments: gain [n, O] before, received [O] on average."""
    return Settlement(
        partners=tuple(partners),
        received=received,
        payments=who_pays_whom(received, partners),
        moved=float(np.maximum(received, 0.0).sum()),
        possible=missing <= 0.0,
        missing=missing,
        shares=shares,
        after=standing(gain + received if after is None else after, partners),
    )


def who_pays_whom(received: Floats, partners: Sequence[str]) -> tuple[Payment, ...]:
    """Give single payments that make up the sums received: the largest pays the neediest first.

    >>> who_pays_whom(np.array([-2.0, -1.0, 3.0]), ["icb", "trust", "council"])[0]
    Payment(payer='icb', to='council', amount=2.0)
    """
    left, made = np.array(received, dtype=np.float64), []
    nothing = CLOSE * max(float(np.abs(left).max(initial=0.0)), 1e-12)
    for _ in range(2 * len(left)):
        payer, to = int(left.argmin()), int(left.argmax())
        amount = float(min(-left[payer], left[to]))
        if amount <= nothing:
            break
        made.append(Payment(partners[payer], partners[to], amount))
        left[payer] += amount
        left[to] -= amount
    return tuple(made)


def _checked(gain: Floats, partners: Sequence[str], share: float | None) -> Floats:
    values = np.asarray(gain, dtype=np.float64)
    if values.ndim != 2 or values.shape[1] != len(partners) or not len(values):
        raise ValueError(f"Give gains by future and partner, one for each of {len(partners)}.")
    if not np.isfinite(values).all():
        raise ValueError("Every gain must be a finite number.")
    if share is not None and not 0.0 < share <= 1.0:
        raise ValueError(f"A share of futures is above 0 and at most 1; this is {share:g}.")
    return values


def _rounding(gain: Floats) -> float:
    return 1e-8 * float(np.abs(gain).max(initial=0.0))
