"""What it is worth to settle an assumption before deciding, in the decision's own units."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from scipy.stats import rankdata

from footprint.stress.sensitivity import Z_95
from footprint.stress.understand.inputs import Floats, columns_of

FOLDS = 10
"""The draws are cut into this many parts; each part is decided for by what the others show."""

KNOTS = (0.05, 0.35, 0.65, 0.95)
"""Where the curve may bend, as quantiles of the input: F. E. Harrell's four knots."""

MOST_PAIRS = 6
"""Groups of up to this many inputs also get products of their inputs two by two."""


@dataclass(frozen=True, eq=False)
class Worth:
    """What knowing each input, or group, before deciding is worth: [group], in the units of y.

    - `names`: the groups or inputs.
    - `value`: what a decision made on the input alone gains over the best decision made now,
      tried on futures that had no part in making it. Below 0 only by luck.
    - `standard_error`: of the value.
    - `hopeful`: the same tried on the futures it was made from, so too high; the truth lies
      between the two on average.
    - `best`: the option that is best now, by its column.
    - `everything`, `everything_error`: what knowing all would be worth (EVPI).
    """

    names: tuple[str, ...]
    value: Floats
    standard_error: Floats
    hopeful: Floats
    best: int
    everything: float
    everything_error: float

    @property
    def low(self) -> Floats:
        """Give the lower end of the 95% interval."""
        return self.value - Z_95 * self.standard_error

    @property
    def high(self) -> Floats:
        """Give the upper end of the 95% interval."""
        return self.value + Z_95 * self.standard_error


def worth_of_knowing(
    x: Floats, y: Floats, names: Sequence[str], groups: Mapping[str, Sequence[int]] | None = None
) -> Worth:
    """Give what it is worth to settle each input before choosing among options.

    With y_d the net benefit of option d, the expected value of partial perfect information is

        EVPPI = E[ max over d of E[y_d | x] ] - max over d of E[y_d]

    E[y_d | x] is a smooth curve (natural cubic spline, four knots) in the normal score of x,
    fitted by least squares. Each tenth of the draws is decided for by the curve of the other
    nine, and the value is the mean over draws of what that decision brings less what the best
    option now does. So a curve that follows noise earns nothing, and the value errs low
    instead of high.

    - `x`: [draw, input], any units; only the order matters. Draws that are equal stay equal.
    - `y`: [draw, option], net benefit: more is better. The unit of the answer is that of y.
    - `groups`: name to columns. A group's curve is the sum of its inputs' curves, and products
      two by two for groups of up to 6.
    - An input that nothing reads is worth about 0: show a dummy beside the others.
    - 0 where every future has the same best option: then there is nothing to decide.

    Raises ValueError when arrays do not fit, hold no finite number, offer fewer than two
    options, or have fewer than 100 draws.

    Method: M. Strong, J. E. Oakley, A. Brennan (2014), EVPPI by regression,
    https://doi.org/10.1177/0272989X13505910. On its bias, and on trying a decision on other
    draws: the "optimizer's curse" of J. E. Smith, R. L. Winkler (2006),
    https://doi.org/10.1287/mnsc.1050.0451.

    Worked: do nothing, y = 0, or do it, y = x1 + x2, both standard normal. Now neither is
    better. Knowing x1 gives E[max(0, x1)] = 1 / sqrt(2 pi) = 0.399.

    >>> from footprint.stress.streams import uniforms
    >>> u = uniforms(["x1", "x2"], 4096, seed=1)
    >>> doing = ndtri(u).sum(axis=1)
    >>> found = worth_of_knowing(u, np.column_stack([doing * 0, doing]), ["x1", "x2"])
    >>> found.value.round(1), round(found.everything, 1)  # knowing all: 1 / sqrt(pi) = 0.564
    (array([0.4, 0.4]), 0.6)
    """
    _refuse(x, y, names)
    named = groups or {name: [i] for i, name in enumerate(names)}
    scores = _normal_scores(x)
    parts = np.arange(len(y)) % FOLDS  # neighbours of a stratified stream fall in every part
    columns = [columns_of({name: named[name]}, x.shape[1])[0] for name in named]
    found = [_known(_curve(scores[:, members]), y, parts) for members in columns]
    value, error, hopeful = (np.array(column) for column in zip(*found, strict=True))
    all_known = y.max(axis=1) - y[:, int(y.mean(axis=0).argmax())]
    return Worth(
        names=tuple(named),
        value=value,
        standard_error=error,
        hopeful=hopeful,
        best=int(y.mean(axis=0).argmax()),
        everything=float(all_known.mean()),
        everything_error=float(all_known.std(ddof=1) / np.sqrt(len(y))),
    )


def _refuse(x: Floats, y: Floats, names: Sequence[str]) -> None:
    if x.ndim != 2 or y.ndim != 2 or len(x) != len(y) or len(names) != x.shape[1]:
        raise ValueError(
            f"x has shape {x.shape}, y {y.shape} and there are {len(names)} names. Give "
            "[draw, input] and [draw, option] for the same draws, and a name to each input."
        )
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        raise ValueError("Every value of x and y must be a finite number; mend these first.")
    if y.shape[1] < 2:
        raise ValueError("One option is no decision: give the net benefit of two or more.")
    if len(y) < 100:
        raise ValueError(f"{len(y)} draws are too few to fit a curve; give 100 or more.")


def _normal_scores(x: Floats) -> Floats:
    ranks: Floats = ndtri((rankdata(x, axis=0) - 0.5) / len(x))
    return ranks


def _curve(scores: Floats) -> Floats:
    """Columns whose sums are the curves that may be fitted: [draw, column]."""
    columns = [np.ones(len(scores)), *scores.T]
    for one in scores.T:
        columns.extend(_bends(one))
    if 1 < scores.shape[1] <= MOST_PAIRS:
        columns.extend(a * b for a, b in combinations(scores.T, 2))
    return np.column_stack(columns)


def _bends(score: Floats) -> list[Floats]:
    """The bent columns of a natural cubic spline: straight beyond the outer knots.

    T. Hastie, R. Tibshirani, J. Friedman (2009), equation 5.4.
    """
    knots = ndtri(np.array(KNOTS))
    last, before = knots[-1], knots[-2]

    def cubes(knot: float) -> Floats:
        above: Floats = np.maximum(score - knot, 0.0) ** 3 - np.maximum(score - last, 0.0) ** 3
        return above / (last - knot)

    return [cubes(knot) - cubes(before) for knot in knots[:-2]]


def _known(curve: Floats, y: Floats, parts: NDArray[np.int_]) -> tuple[float, float, float]:
    """Value, its standard error and the hopeful value of deciding by one curve.

    A curve fitted to nine parts is moved until its mean over all draws is that of y. Otherwise
    it would err away from the tenth: where nine parts lie high the tenth lies low.
    """
    squares = np.stack([curve[parts == p].T @ curve[parts == p] for p in range(FOLDS)])
    products = np.stack([curve[parts == p].T @ y[parts == p] for p in range(FOLDS)])
    means, middle = y.mean(axis=0), curve.mean(axis=0)
    decided, draws = np.empty(len(y), dtype=np.intp), np.arange(len(y))
    for part in range(FOLDS):
        fitted = _fit(squares.sum(axis=0) - squares[part], products.sum(axis=0) - products[part])
        here = parts == part
        decided[here] = (means + (curve[here] - middle) @ fitted).argmax(axis=1)
    gain = y[draws, decided] - y[:, means.argmax()]
    fit = curve @ _fit(squares.sum(axis=0), products.sum(axis=0))
    hopeful = fit.max(axis=1).mean() - means.max()
    return float(gain.mean()), float(gain.std(ddof=1) / np.sqrt(len(y))), float(hopeful)


def _fit(squares: Floats, products: Floats) -> Floats:
    """Least squares; the least coefficients where columns repeat one another."""
    scale = np.sqrt(np.diag(squares))
    scale = np.where(scale > 0, scale, 1.0)
    fitted = np.linalg.pinv(squares / np.outer(scale, scale), rcond=1e-10, hermitian=True)
    solved: Floats = (fitted @ (products / scale[:, None])) / scale[:, None]
    return solved
