"""Which assumptions matter: shares of each output's variance, read from the plain sample."""

from dataclasses import dataclass
from math import isqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from footprint.engine.shares import variance_shares

Z_95 = 1.959963984540054
"""Standard errors either side that make a 95% interval."""

OUTPUTS_AT_ONCE = 16
"""Outputs are taken this many at a time, so that memory does not grow with their number."""

STILL = 1e-12
"""An output whose spread is below this share of its size is taken not to move."""


@dataclass(frozen=True, eq=False)
class FirstOrder:
    """What share of each output's variance each input explains by itself.

    All arrays have dims [input, output]; each figure is a share of the output's variance.

    - `share`: about 0 for an input that does nothing, 1 for one that decides everything.
      Estimates scatter, so an idle input may show a little less than 0: that is its noise,
      and it is not hidden.
    - `standard_error`: of the share.
    - `low`, `high`: 95% interval, the share less and plus 1.96 standard errors. Not cut off at
      0 or 1.
    """

    share: NDArray[np.float64]
    standard_error: NDArray[np.float64]

    @property
    def low(self) -> NDArray[np.float64]:
        """Give the lower end of the 95% interval."""
        return self.share - Z_95 * self.standard_error

    @property
    def high(self) -> NDArray[np.float64]:
        """Give the upper end of the 95% interval."""
        return self.share + Z_95 * self.standard_error


def first_order(
    x: NDArray[np.float64],
    y: NDArray[np.float64] | NDArray[np.float32],
    bins: int | None = None,
    threads: int = 2,
) -> FirstOrder:
    """Give the share of each output's variance that each input explains by itself.

    The first-order Sobol index S = Var(E[y | x]) / Var(y), from any sample: no special design
    and no further runs of the model. For each input the draws are sorted and cut into bins of
    equal count; with SS_within the sum of squares left inside the bins and SS_total the whole,

        S = 1 - (n - 1) / (n - bins) * SS_within / SS_total

    which is the adjusted R squared of the bin means: exactly 0 on average for an idle input.

    - `x`: [draw, input], any units, only their order matters. Ties keep the draws' order.
    - `y`: [draw, output], any units.
    - `bins`: by default the square root of the number of draws (64 for 4,096).
    - `threads`: how many work at once where the engine's kernel is there; no bit depends on it.
    - An output that does not move has no variance to share: its shares are NaN.
    - An input that does not move explains nothing: share and standard error are exactly 0.
    - Inputs that move together each get what they carry for one another as well, so shares
      may add up to more than 1. Interactions belong to no share, so they may add to less.

    Standard error: the influence function of S, (2 y m - m^2 - S y^2) / Var(y) with m the bin
    mean (shrunk by its noise) and y centred, plus the noise of the bin means themselves,
    2 (bins - 1) (1 - S)^2 / n^2. It holds for plain random draws; for the stratified draws of
    `streams` it is about right or too wide.

    Raises ValueError when the arrays do not have the same draws, hold a value that is not a
    finite number, or when there are fewer than two draws to a bin.

    Method: E. Plischke (2010), https://doi.org/10.1016/j.ress.2009.11.005; E. Plischke,
    E. Borgonovo, C. L. Smith (2013), https://doi.org/10.1016/j.ejor.2012.11.047. Variance:
    S. Da Veiga, F. Gamboa (2013), https://doi.org/10.1080/10485252.2013.784762.

    Worked by hand: eight draws, two bins of four. y is 0 0 1 1 in the lower bin and 2 2 3 3 in
    the upper. SS_total 10, SS_within 2: S = 1 - 7/6 * 2/10 = 0.7667.

    >>> x = np.arange(8.0)[:, None]
    >>> y = np.array([0, 0, 1, 1, 2, 2, 3, 3.0])[:, None]
    >>> first_order(x, y, bins=2).share.round(4)
    array([[0.7667]])
    """
    count = _bins(x, y, bins)
    edges = _edges(len(x), count)
    share, error = variance_shares(x, y, edges, threads) or _by_numpy(x, y, edges)
    still = np.ptp(x, axis=0) == 0.0
    share[still] *= 0.0  # an output that does not move stays NaN
    error[still] *= 0.0
    return FirstOrder(share, error)


def _by_numpy(
    x: NDArray[np.float64], y: NDArray[np.float64] | NDArray[np.float32], edges: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Share and standard error, [input, output]: what the compiled kernel is held to."""
    counts = np.diff(edges).astype(np.float64)
    sums_by_bin = _adder(x, len(counts))
    share = np.empty((x.shape[1], y.shape[1]))
    error = np.empty_like(share)
    for start in range(0, y.shape[1], OUTPUTS_AT_ONCE):
        part = slice(start, start + OUTPUTS_AT_ONCE)
        share[:, part], error[:, part] = _shares(sums_by_bin, _standardised(y[:, part]), counts)
    return share, error


def _bins(
    x: NDArray[np.float64], y: NDArray[np.float64] | NDArray[np.float32], bins: int | None
) -> int:
    if x.ndim != 2 or y.ndim != 2 or len(x) != len(y):
        raise ValueError(
            f"x has shape {x.shape} and y {y.shape}. Give [draw, input] and [draw, output] "
            "for the same draws."
        )
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise ValueError("Every value of x and y must be a finite number; mend these first.")
    count = max(2, isqrt(len(x))) if bins is None else bins
    if count < 2 or len(x) < 2 * count:
        raise ValueError(
            f"{len(x)} draws in {count} bins: use at least 2 bins, and at least 2 draws to each."
        )
    return count


def _edges(draws: int, bins: int) -> NDArray[np.int64]:
    """Where each bin starts and the last ends, so that counts differ by at most one."""
    return np.arange(bins + 1) * draws // bins


def _adder(x: NDArray[np.float64], bins: int) -> Any:
    """A matrix of noughts and ones that adds draws up by input and bin: [input x bin, draw]."""
    from scipy.sparse import csr_array  # slow to load, and not needed beside the kernel

    draws, inputs = x.shape
    order = np.argsort(x, axis=0, kind="stable").T.ravel()
    ends = np.arange(inputs)[:, None] * draws + _edges(draws, bins)[1:]
    starts = np.concatenate(([0], ends.ravel()))
    return csr_array((np.ones(order.size), order, starts), shape=(inputs * bins, draws))


def _standardised(y: NDArray[np.float64] | NDArray[np.float32]) -> NDArray[np.float64]:
    """Centre each output and scale it to variance 1; NaN where it does not move."""
    spread = y.std(axis=0)
    moves = spread > STILL * np.abs(y).max(axis=0)
    standard: NDArray[np.float64] = (y - y.mean(axis=0)) / np.where(moves, spread, np.nan)
    return standard


def _shares(
    sums_by_bin: Any, y: NDArray[np.float64], counts: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Shares and their standard errors, [input, output], for standardised outputs."""
    draws, bins = len(y), len(counts)
    sums = [(sums_by_bin @ y**k).reshape(-1, bins, y.shape[1]) for k in (1, 2, 3, 4)]
    held = counts[:, None]
    mean = sums[0] / held
    raw = (held * mean**2).sum(axis=1) / draws
    share = 1.0 - (draws - 1) / (draws - bins) * (1.0 - raw)
    variance = _influence_variance(sums, _shrunk(mean, share, raw), held, share)
    noise = 2.0 * (bins - 1) * (1.0 - share) ** 2 / draws**2
    return share, np.sqrt(variance / draws + noise)


def _shrunk(
    mean: NDArray[np.float64], share: NDArray[np.float64], raw: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Bin means drawn towards 0 until they vary by the share itself, not by noise as well."""
    kept = np.divide(np.maximum(share, 0.0), raw, out=np.zeros_like(raw), where=raw != 0.0)
    return mean * np.sqrt(kept)[:, None, :]


def _influence_variance(
    sums: list[NDArray[np.float64]],
    mean: NDArray[np.float64],
    held: NDArray[np.float64],
    share: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Variance over draws of 2 y m - m^2 - S y^2, from sums of y, y^2, y^3, y^4 by bin."""
    s, (y1, y2, y3, y4) = share[:, None, :], sums
    draws = held.sum()
    first = 2 * mean * y1 - held * mean**2 - s * y2
    second = (
        4 * mean**2 * y2
        + held * mean**4
        + s**2 * y4
        - 4 * mean**3 * y1
        - 4 * s * mean * y3
        + 2 * s * mean**2 * y2
    )
    spread = second.sum(axis=1) / draws - (first.sum(axis=1) / draws) ** 2
    variance: NDArray[np.float64] = np.maximum(spread, 0.0)  # rounding can take it below 0
    return variance
