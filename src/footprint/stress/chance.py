"""The chance of reaching a target, how sure we are of it, and how to say it in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, sqrt

import numpy as np
from numpy.typing import NDArray

Z_95 = 1.959963984540054
"""Standard errors either side that make a 95% interval."""

WORDS: tuple[tuple[float, str], ...] = (
    (0.001, "fewer than 1 in 1,000 futures"),
    (0.175, "about 1 in {one_in} futures"),
    (0.225, "about 2 in 10 futures"),
    (0.275, "about a quarter of futures"),
    (0.35, "about 3 in 10 futures"),
    (0.45, "about 4 in 10 futures"),
    (0.55, "about half of futures"),
    (0.65, "about 6 in 10 futures"),
    (0.725, "about 7 in 10 futures"),
    (0.775, "about three quarters of futures"),
    (0.85, "about 8 in 10 futures"),
    (0.95, "about 9 in 10 futures"),
    (0.99, "all but about 1 in {one_in} futures"),
    (1.0, "nearly every future"),
)
"""How a chance is said: the first line whose figure is above the chance. `one_in` counts the
rarer side: those that reach the target, or in the last line but one those that miss it."""


@dataclass(frozen=True)
class Chance:
    """The share of futures that reach a target, and how sure this many draws make it.

    - `p`: share of the draws that reached it, 0 to 1.
    - `standard_error`: of p; never 0, so never a claim of certainty.
    - `low`, `high`: 95% interval (Wilson), inside 0 to 1.
    - `draws`: how many futures were tried.

    This is the doubt from drawing a limited number of futures. It says nothing about whether
    the assumptions behind them are right.
    """

    p: float
    standard_error: float
    low: float
    high: float
    draws: int

    def in_words(self) -> str:
        """Say the chance as a person would.

        >>> chance(np.arange(12) == 0).in_words()
        'about 1 in 12 futures'
        """
        return in_words(self.p, self.draws)


def chance(hit: NDArray[np.bool_]) -> Chance:
    """Give the chance of reaching a target from the futures that did.

    With k of n futures reaching it, z = 1.96 and q = (k + 1) / (n + 2),

        p = k / n                  standard error = sqrt(q (1 - q) / n)
        low, high = (p + z^2/2n -/+ z sqrt(p (1 - p) / n + z^2/4n^2)) / (1 + z^2/n)

    - q keeps the standard error from vanishing when every future, or none, reached the target.
      It is never smaller than the plain sqrt(p (1 - p) / n).
    - Both formulas are those of independent draws. The stratified draws of `streams` scatter
      no more than that for a target on a sum of many assumptions, so they err towards caution.

    `hit`: [draw], true where the target was reached. p, its error and its ends are shares.
    Raises ValueError when there is no draw, or when `hit` is not one row of true and false.

    Method: E. B. Wilson (1927), https://doi.org/10.1080/01621459.1927.10502953; compared by
    L. D. Brown, T. T. Cai, A. DasGupta (2001), https://doi.org/10.1214/ss/1009213286.

    Worked: none of 10. p = 0; q = 1/12, so the error is sqrt(0.0764 / 10) = 0.0874; the
    interval reaches to 3.8415 / (10 + 3.8415) = 0.2775.

    >>> none = chance(np.zeros(10, dtype=bool))
    >>> none.p, round(none.standard_error, 4), none.low, round(none.high, 4)
    (0.0, 0.0874, 0.0, 0.2775)
    """
    reached = np.asarray(hit)
    if reached.ndim != 1 or reached.dtype != np.bool_ or reached.size == 0:
        raise ValueError("Give one row of true and false, one for each future, and at least one.")
    draws, hits = reached.size, int(reached.sum())
    cautious = (hits + 1) / (draws + 2)
    low, high = _wilson(hits, draws)
    return Chance(hits / draws, sqrt(cautious * (1 - cautious) / draws), low, high, draws)


def _wilson(hits: int, draws: int) -> tuple[float, float]:
    p, extra = hits / draws, Z_95**2 / draws
    middle = p + extra / 2
    half = Z_95 * sqrt(p * (1 - p) / draws + extra / (4 * draws))
    low = 0.0 if hits == 0 else (middle - half) / (1 + extra)
    high = 1.0 if hits == draws else (middle + half) / (1 + extra)
    return low, high


def in_words(p: float, draws: int | None = None) -> str:
    """Say a chance as a person would, by the table `WORDS`.

    - Exactly 0 or 1 is said of the futures tried, for it is not certainty.
    - "1 in N" is rounded: to 1 below 20, to 5 below 100, to 50 from there.

    `p`: share of futures, 0 to 1. `draws`: how many were tried, if known.
    Raises ValueError when p is not a share from 0 to 1.

    >>> in_words(0.083), in_words(0.9), in_words(0.0004)
    ('about 1 in 12 futures', 'about 9 in 10 futures', 'fewer than 1 in 1,000 futures')
    >>> in_words(0.0, draws=4096)
    'none of the 4,096 futures tried'
    """
    if not (isfinite(p) and 0.0 <= p <= 1.0):
        raise ValueError(f"A chance is a share from 0 to 1; this is {p}.")
    if p in (0.0, 1.0):
        return _all_or_none(p == 1.0, draws)
    words = next(words for below, words in WORDS if p < below)
    return words.format(one_in=_one_in(min(p, 1.0 - p)))


def _all_or_none(every: bool, draws: int | None) -> str:
    if draws is None:
        return "every future tried" if every else "no future tried"
    if draws == 1:
        return "the one future tried" if every else "not the one future tried"
    return f"{'every one' if every else 'none'} of the {draws:,} futures tried"


def _one_in(p: float) -> str:
    several = 1.0 / p
    step = 1 if several < 19.5 else 5 if several < 97.5 else 50
    return f"{step * round(several / step):,}"


@dataclass(frozen=True, eq=False)
class Quantiles:
    """The values below which stated shares of futures fall.

    - `levels`: the shares, such as (0.1, 0.5, 0.9).
    - `values`: [level, ...], in the units of what was measured.
    - `standard_error`: [level, ...], same units; NaN where there are too few draws to say.
    """

    levels: tuple[float, ...]
    values: NDArray[np.float64]
    standard_error: NDArray[np.float64]


def quantiles(values: NDArray[np.float64], levels: Sequence[float] = (0.1, 0.5, 0.9)) -> Quantiles:
    """Give the values below which stated shares of futures fall, with their standard errors.

    With n draws in order, v_0 the least, level q stands at place q (n - 1), and between two
    draws on the straight line between them (Hyndman and Fan's type 7, as numpy). The share of
    draws below the true value scatters by d = sqrt(q (1 - q) / n), so the standard error is
    half the way from the quantile at q - d to that at q + d. No shape is assumed.

    - Where q - d or q + d leaves 0 to 1 there are too few draws; the standard error is NaN.
    - The error is that of independent draws; stratified ones scatter no more.

    `values`: [draw, ...]. Gives [level, ...] in the same units. Raises ValueError when there is
    no draw, a value is not finite, or a level is outside 0 to 1.

    Method: R. J. Hyndman, Y. Fan (1996), https://doi.org/10.1080/00031305.1996.10473566.

    Worked: 0, 10, 20, 30, 40. Level 0.9 stands at place 3.6, so at 30 + 0.6 x 10 = 36.

    >>> quantiles(np.array([40.0, 0.0, 10.0, 30.0, 20.0])).values
    array([ 4., 20., 36.])
    """
    wanted = tuple(float(level) for level in levels)
    sample = np.asarray(values, dtype=np.float64)
    if sample.ndim == 0 or len(sample) == 0 or not np.isfinite(sample).all():
        raise ValueError("Give at least one draw, and only finite numbers.")
    if not all(0.0 <= level <= 1.0 for level in wanted):
        raise ValueError(f"Levels are shares from 0 to 1; these are {wanted}.")
    return Quantiles(wanted, np.quantile(sample, wanted, axis=0), _spread(sample, wanted))


def _spread(sample: NDArray[np.float64], levels: tuple[float, ...]) -> NDArray[np.float64]:
    q = np.array(levels)
    d = np.sqrt(q * (1.0 - q) / len(sample))
    known = (q - d >= 0.0) & (q + d <= 1.0) & (d > 0.0)
    below, above = (np.quantile(sample, np.clip(at, 0.0, 1.0), axis=0) for at in (q - d, q + d))
    shape = (len(q),) + (1,) * (sample.ndim - 1)
    error: NDArray[np.float64] = np.where(known.reshape(shape), (above - below) / 2, np.nan)
    return error
