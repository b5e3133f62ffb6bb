"""Which inputs matter, alone and with their interactions: two samples, swapped input by input.

A                       the futures already run
B                       as many others, independent of them
A with input i from B   what changes is what input i does, alone or with others
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from footprint.stress.sensitivity import STILL, Z_95
from footprint.stress.streams import uniforms
from footprint.stress.understand.inputs import Floats, Model, columns_of, run

AGAIN = "again/"
"""Before an address, names the stream of its second, independent sample."""

COLUMNS_AT_ONCE = 256
"""Swapped outputs are worked on this many at a time, so that memory does not grow with the number
of inputs; a product with the resamples is then worth its start."""


@dataclass(frozen=True, eq=False)
class PickFreeze:
    """What share of each output's variance each input, or group of inputs, decides.

    Arrays have dims [group, output] unless said; all figures are shares of the variance.

    - `names`: the groups, or single inputs, in order.
    - `first`: what it explains by itself. `total`: that and all its interactions.
    - `first_error`, `total_error`: standard errors.
    - `dummy`, `dummy_error`: [output], the same kind of estimate for an input that nothing
      reads. It is 0 in truth; how far it is from 0 shows how large a share can be by luck.

    Estimates scatter and are not cut off at 0 or 1. NaN where an output does not move.
    """

    names: tuple[str, ...]
    first: Floats
    first_error: Floats
    total: Floats
    total_error: Floats
    dummy: Floats
    dummy_error: Floats

    @property
    def first_interval(self) -> tuple[Floats, Floats]:
        """Give the ends of the 95% interval of `first`."""
        return self.first - Z_95 * self.first_error, self.first + Z_95 * self.first_error

    @property
    def total_interval(self) -> tuple[Floats, Floats]:
        """Give the ends of the 95% interval of `total`."""
        return self.total - Z_95 * self.total_error, self.total + Z_95 * self.total_error


@dataclass(frozen=True, eq=False)
class _Pair:
    """Outputs of A and B, centred, and what belongs to each future of a resample or to all.

    `weights` [resample, draw] says how often each draw is in each resample; None without.
    """

    a: Floats  # [draw, output]
    b: Floats
    variance: Floats  # [output]
    squares: Floats  # [draw, output] mean of the two squares, the variance's own terms
    weights: Floats | None
    variances: Floats | None  # [resample, output]


@dataclass(frozen=True, eq=False)
class _Blocks:
    """What several swapped inputs leave behind: means over draws, [group, output] each.

    `again` holds the same three means for each resample, [resample, 3, group, output]; without
    resamples it is None, and `errors` holds those of cross / V and half / V.
    """

    cross: Floats  # of B (AB - A)
    step: Floats  # of AB - A
    half: Floats  # of (AB - A)^2 / 2
    errors: tuple[Floats, ...]
    again: Floats | None


def pick_freeze(
    model: Model,
    addresses: Sequence[str],
    draws: int = 1024,
    seed: int = 1,
    groups: Mapping[str, Sequence[int]] | None = None,
) -> PickFreeze:
    """Give first-order and total shares of every output's variance, by running the model.

    Draws x (groups + 2) futures are run. A holds the same futures as `uniforms(addresses)`, so
    it agrees with a stress test of the same seed; B has streams of its own, keyed by address.
    A new input changes no other's futures.

    - `model`: independent quantiles [draw, input] to outputs [draw, output].
    - `groups`: name to columns; by default each input by itself. Columns in no group are still
      drawn, so that their interactions count.

    Raises ValueError when a group is empty, overlaps another or names no column, when there
    are fewer than 2 draws, or when the model gives anything but finite numbers.

    Worked: y = x1 + x2 + x1 x2 with each x uniform on -1 to 1. Variances 1/3, 1/3, 1/9: first
    3/7 each, total 4/7 each.

    >>> x = lambda u: 2 * u - 1
    >>> sum_and_product = lambda u: (x(u).sum(axis=1) + x(u).prod(axis=1))[:, None]
    >>> found = pick_freeze(sum_and_product, ["a", "b"], draws=4096)
    >>> found.first.round(1).ravel(), found.total.round(1).ravel()
    (array([0.4, 0.4]), array([0.6, 0.6]))
    """
    named = groups or {address: [i] for i, address in enumerate(addresses)}
    columns = columns_of(named, len(addresses))
    here = uniforms(addresses, draws, seed)
    there = uniforms([AGAIN + address for address in addresses], draws, seed)
    swapped = (run(model, _swap(here, there, members)) for members in columns)
    return indices(run(model, here), run(model, there), swapped, tuple(named))


def _swap(here: Floats, there: Floats, members: NDArray[np.intp]) -> Floats:
    mixed = here.copy()
    mixed[:, members] = there[:, members]
    return mixed


def indices(
    a: Floats,
    b: Floats,
    swapped: Iterable[Floats],
    names: Sequence[str] | None = None,
    resamples: NDArray[np.integer] | None = None,
) -> PickFreeze:
    """Give first-order and total shares from outputs already at hand, all outputs at once.

    With A, B and AB (A with one group taken from B) the outputs, each less the mean m of all
    the blocks, and V the variance of A and B together,

        first = mean(B (AB - A)) / V          total = mean((A - AB)^2) / 2 V

    which are the estimators of Saltelli and others (2010) and Jansen (1999), and SALib's to
    rounding. Standard errors follow from the influence of each draw,

        (B (AB - A) - first v) / V            ((A - AB)^2 / 2 - total v) / V
        v = ((A - mean)^2 + (B - mean)^2) / 2

    - `a`, `b`: [draw, output]. `swapped`: [group, draw, output], or one [draw, output] after
      another; each is dropped once used, so memory does not grow with the number of inputs.
    - `resamples`: [draw, resample] numbers of draws. Where given, standard errors are those of
      the bootstrap over these resamples, as SALib makes its intervals.
    - The dummy is what Janon's estimator says of an input that nothing reads: the covariance
      of A and B over V. (The estimators above give an idle input exactly 0.)

    Raises ValueError when shapes do not fit or there are fewer than 2 draws.

    Method: A. Saltelli and others (2010), https://doi.org/10.1016/j.cpc.2009.09.018;
    M. J. W. Jansen (1999), https://doi.org/10.1016/S0010-4655(98)00154-4; A. Janon and others
    (2014), https://doi.org/10.1051/ps/2013040; F. Khorashadi Zadeh and others (2017) on
    dummies, https://doi.org/10.1016/j.envsoft.2017.02.001.

    Worked: A = -1 1, B = 1 -1 and the output is the input itself, so AB = B. V = 1;
    mean(B (B - A)) = 2, mean((A - B)^2) / 2 = 2. Two draws are few, and shares come to 2.

    >>> a, b = np.array([[-1.0], [1.0]]), np.array([[1.0], [-1.0]])
    >>> indices(a, b, [b]).first
    array([[2.]])
    """
    pair = _paired(a, b, resamples)
    middle = (a.mean(axis=0) + b.mean(axis=0)) / 2
    blocks = [_blocks(pair, batch - middle) for batch in _batches(swapped, a.shape)]
    if not blocks:
        raise ValueError("Give the outputs of at least one swapped group.")
    cross, step, half = (
        np.concatenate(kind)
        for kind in zip(*((b.cross, b.step, b.half) for b in blocks), strict=True)
    )
    labels = tuple(names) if names is not None else tuple(map(str, range(len(step))))
    if len(labels) != len(step):
        raise ValueError(f"{len(labels)} names were given for {len(step)} groups.")
    # A and B are centred, so only the swapped blocks are off the mean of all.
    offset = (step.sum(axis=0) + len(step) * pair.a.mean(axis=0)) / (len(step) + 2)
    errors = [_errors(pair, block, offset) for block in blocks]
    first_error, total_error = (np.concatenate(kind) for kind in zip(*errors, strict=True))
    first, total = (cross - offset * step) / pair.variance, half / pair.variance
    return PickFreeze(labels, first, first_error, total, total_error, *_dummy(pair))


def _batches(swapped: Iterable[Floats], shape: tuple[int, ...]) -> Iterator[Floats]:
    """Swapped outputs put side by side, a few groups at a time: [draw, group, output]."""
    batch: list[Floats] = []
    for block in swapped:
        if block.shape != shape:
            raise ValueError(f"Swapped outputs have shape {block.shape}; A and B have {shape}.")
        batch.append(block)
        if len(batch) * shape[1] >= COLUMNS_AT_ONCE:
            yield np.stack(batch, axis=1)
            batch = []
    if batch:
        yield np.stack(batch, axis=1)


def _paired(a: Floats, b: Floats, resamples: NDArray[np.integer] | None) -> _Pair:
    if a.ndim != 2 or a.shape != b.shape or len(a) < 2:
        raise ValueError(f"A has shape {a.shape} and B {b.shape}; give the same [draw, output].")
    both = np.concatenate([a, b])
    variance, middle = both.var(axis=0), (a.mean(axis=0) + b.mean(axis=0)) / 2
    moves = np.sqrt(variance) > STILL * np.abs(both).max(axis=0)
    a, b, variance = a - middle, b - middle, np.where(moves, variance, np.nan)
    squares = (a**2 + b**2) / 2
    if resamples is None:
        return _Pair(a, b, variance, squares, None, None)
    weights = _weights(resamples, len(a))
    return _Pair(a, b, variance, squares, weights, weights @ squares - (weights @ (a + b) / 2) ** 2)


def _weights(resamples: NDArray[np.integer], draws: int) -> Floats:
    """The share each draw has in each resample: [resample, draw]."""
    count = resamples.shape[1]
    where = resamples + draws * np.arange(count)
    times = np.bincount(where.ravel(), minlength=draws * count).reshape(count, draws)
    weights: Floats = times / len(resamples)
    return weights


def _blocks(pair: _Pair, swapped: Floats) -> _Blocks:
    """Work on cross, step and half side by side: one product for all, not one for each."""
    terms = np.empty((len(swapped), 3, *swapped.shape[1:]))
    cross, step, half = (terms[:, i] for i in range(3))
    np.subtract(swapped, pair.a[:, None], out=step)
    np.multiply(pair.b[:, None], step, out=cross)
    np.multiply(step, step / 2, out=half)
    means = terms.mean(axis=0)
    if pair.weights is None:
        errors = tuple(_influence_error(kind, pair) for kind in (cross, half))
        return _Blocks(means[0], means[1], means[2], errors, None)
    again = (pair.weights @ terms.reshape(len(terms), -1)).reshape(-1, *terms.shape[1:])
    return _Blocks(means[0], means[1], means[2], (), again)


def _influence_error(terms: Floats, pair: _Pair) -> Floats:
    """Standard error of mean(terms) / V, from what each draw adds to both: [group, output]."""
    pull = terms - terms.mean(axis=0) / pair.variance * pair.squares[:, None]
    squares = np.einsum("ijk,ijk->jk", pull, pull)  # pulls add up to 0
    error: Floats = np.sqrt(squares / (len(terms) - 1) / len(terms)) / pair.variance
    return error


def _errors(pair: _Pair, blocks: _Blocks, offset: Floats) -> tuple[Floats, ...]:
    if blocks.again is None or pair.variances is None:
        return blocks.errors
    cross, step, half = (blocks.again[:, i] for i in range(3))
    still = pair.variance * 0.0  # NaN where an output does not move
    variances = pair.variances[:, None]
    first = ((cross - offset * step) / variances).std(axis=0, ddof=1)
    return first + still, (half / variances).std(axis=0, ddof=1) + still


def _dummy(pair: _Pair) -> tuple[Floats, Floats]:
    both = pair.a * pair.b
    spread = both.std(axis=0, ddof=1) / np.sqrt(len(both))
    return both.mean(axis=0) / pair.variance, spread / pair.variance
