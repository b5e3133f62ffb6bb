"""Add results up as they come, so that memory does not grow with the number of draws.

Each reducer takes chunk after chunk and is asked for its answer at the end. Chunks of the same
size in the same order give the same bytes.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from footprint.engine.description import Floats

Array = NDArray[Any]


@dataclass
class Moments:
    """Mean and variance of any outputs, by the update of Chan, Golub and LeVeque (1983).

    >>> m = Moments()
    >>> m.add(np.array([[1.0], [2.0]]))
    >>> m.add(np.array([[6.0]]))
    >>> m.mean.tolist(), m.variance.tolist()
    ([3.0], [7.0])
    """

    count: int = 0
    mean: Array = field(default_factory=lambda: np.zeros(1))
    _squares: Array = field(default_factory=lambda: np.zeros(1))

    def add(self, y: Array) -> None:
        """Take the outputs of some more draws: [n, ...]."""
        y = np.asarray(y, dtype=np.float64)
        mean, n, total = y.mean(axis=0), len(y), self.count + len(y)
        step = mean - self.mean
        off = step**2 * (self.count * n / total)
        self._squares = self._squares + ((y - mean) ** 2).sum(axis=0) + off
        self.mean = self.mean + step * (n / total)
        self.count = total

    @property
    def variance(self) -> Array:
        """Sample variance; NaN before the second draw."""
        return self._squares / (self.count - 1) if self.count > 1 else self._squares * np.nan


@dataclass
class Histogram:
    """Counts between fixed edges, and quantiles read from them.

    A quantile is right to the width of a cell: 1/1,000 of `high` - `low` unless told. What falls
    outside is counted at the ends, and `outside` says how much did.

    >>> h = Histogram(low=np.array([0.0]), high=np.array([10.0]), cells=10)
    >>> h.add(np.array([[0.5], [1.5], [2.5], [3.5]]))
    >>> h.quantile(0.5).tolist(), h.outside
    ([2.0], 0)
    """

    low: Array
    high: Array
    cells: int = 1000
    outside: int = 0

    def __post_init__(self) -> None:
        self.counts = np.zeros((self.low.size, self.cells), dtype=np.int64)

    def add(self, y: Array) -> None:
        """Take the outputs of some more draws: [n, ...], the shape of `low` after the first."""
        width = np.where(self.high > self.low, self.high - self.low, 1)
        at = np.floor((y - self.low) / width * self.cells).reshape(len(y), -1)
        self.outside += int(((at < 0) | (at > self.cells)).sum())
        cell = np.clip(at, 0, self.cells - 1).astype(np.int64)
        cell += np.arange(cell.shape[1]) * self.cells
        self.counts += np.bincount(cell.ravel(), minlength=self.counts.size).reshape(
            self.counts.shape
        )

    def quantile(self, chance: float) -> Array:
        """The value below which a share `chance` of the draws fall, straight within a cell."""
        sums = self.counts.cumsum(axis=1)
        wanted = chance * sums[:, -1:]
        cell = (sums < wanted).sum(axis=1)
        rows = np.arange(len(sums))
        before = sums[rows, cell] - self.counts[rows, cell]
        part = (wanted[:, 0] - before) / np.maximum(self.counts[rows, cell], 1)
        share = ((cell + part) / self.cells).reshape(self.low.shape)
        return np.asarray(self.low + share * (self.high - self.low))


@dataclass
class FirstOrderBins:
    """First-order shares from draws whose chances are known: [input, output].

    The estimate of `footprint.stress.sensitivity`, with bins of equal chance instead of equal
    count, so that draws need not be kept to be sorted. Memory: inputs x bins x outputs.
    """

    bins: int = 64

    def __post_init__(self) -> None:
        self._sums: Array | None = None
        self._all = Moments()

    def add(self, chances: Floats, y: Array) -> None:
        """Take more draws: chances [n, input] between 0 and 1, and outputs [n, output]."""
        inputs, outputs = chances.shape[1], y.shape[1]
        if self._sums is None:
            self._start = y[0].astype(np.float64)  # near enough to the mean to keep digits
            self._sums = np.zeros((inputs, self.bins, outputs))
            self._held = np.zeros((inputs, self.bins), dtype=np.int64)
        off = y - self._start
        cell = np.minimum((chances * self.bins).astype(np.int64), self.bins - 1)
        for i in range(inputs):
            order = np.argsort(cell[:, i], kind="stable")
            found, starts = np.unique(cell[order, i], return_index=True)
            self._sums[i, found] += np.add.reduceat(off[order], starts, axis=0)
            self._held[i] += np.bincount(cell[:, i], minlength=self.bins)
        self._all.add(off)

    @property
    def share(self) -> Array:
        """Share of each output's variance that each input explains by itself."""
        if self._sums is None:
            raise ValueError("No draws were added, so there is no variance to share.")
        n, held = self._all.count, np.maximum(self._held, 1)[..., None]
        used = (self._held > 0).sum(axis=1)[:, None]
        between = held * (self._sums / held - self._all.mean) ** 2 * (self._held > 0)[..., None]
        total = self._all.variance * (n - 1)
        within = 1 - between.sum(axis=1) / np.where(total > 0, total, np.nan)
        return np.asarray(1 - (n - 1) / (n - used) * within)


@dataclass
class PickFreeze:
    """First-order and total shares from a full pick-freeze design (Saltelli): [input, output].

    First: mean of B (AB - A) over Var; total: half the mean of (A - AB)^2 over Var. A. Saltelli
    et al. (2010), https://doi.org/10.1016/j.cpc.2009.09.018.
    """

    count: int = 0

    def __post_init__(self) -> None:
        self._first: Array = np.zeros(1)
        self._total: Array = np.zeros(1)
        self._both = Moments()

    @staticmethod
    def design(a: Floats, b: Floats) -> Floats:
        """Rows A, AB_1 ... AB_D, B for each pair of base rows: [n (D + 2), D]."""
        inputs = a.shape[1]
        rows = np.repeat(a[:, None], inputs + 2, axis=1)
        each = np.arange(inputs)
        rows[:, each + 1, each] = b
        rows[:, -1] = b
        return rows.reshape(-1, inputs)

    def add(self, y: Array, inputs: int) -> None:
        """Take the outputs of some more rows of the design: [n (D + 2), output]."""
        y = y.reshape(-1, inputs + 2, y.shape[-1])
        if not self.count:
            self._start = y[0, 0].copy()
        y = y - self._start
        step = y[:, 1:-1] - y[:, :1]
        self._first = self._first + np.einsum("nio,no->io", step, y[:, -1], dtype=np.float64)
        self._total = self._total + np.einsum("nio,nio->io", step, step, dtype=np.float64)
        self._both.add(y[:, [0, -1]].reshape(-1, y.shape[-1]))
        self.count += len(y)

    @property
    def first(self) -> Array:
        """First-order shares."""
        return np.asarray(self._first / self.count / self._both.variance)

    @property
    def total(self) -> Array:
        """Total shares."""
        return np.asarray(self._total / (2 * self.count) / self._both.variance)
