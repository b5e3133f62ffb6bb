"""The value of each assumption at which the target is just met, all others as expected."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from footprint.stress.understand.inputs import Floats, Inputs, Margin, Model, margin_of

STEPS = 16
"""The range of an input is looked at in this many equal steps each side of its expected value."""

HALVINGS = 40
"""Times a step is cut in two: what is left is 1 part in 10^12 of it."""


@dataclass(frozen=True, eq=False)
class BreakEven:
    """Where each input alone would just meet the target, or just miss it. Dims: [input].

    - `quantile`: the nearest such value, as a quantile of the input; NaN where there is none.
    - `expected`: where each input stands now, as a quantile.
    - `above`: whether the target is met above that value (or below).
    - `crossings`: how many such values were found; more than one is worth a look.
    - `met`: whether the target is met with all inputs as expected.
    - `reach`: [input, 2], the least and the greatest margin along the input's range, in the
      output's units: at least 0 is met.
    """

    quantile: Floats
    expected: Floats
    above: NDArray[np.bool_]
    crossings: NDArray[np.int_]
    met: bool
    reach: Floats

    def in_words(self, inputs: Inputs, column: int) -> str:
        """Say what an input alone would have to do.

        >>> found = break_even(lambda u: 3 - u.sum(axis=1, keepdims=True), [0.5, 0.5], 1.8)
        >>> percent = Inputs(["Pay growth", "Reach"], lambda i, q: f"{100 * q:.0f}%")
        >>> found.in_words(percent, 0)
        'Pay growth alone: the target is met only above 70% (expected 50%).'
        """
        label, at = inputs.labels[column], self.quantile[column]
        if np.isnan(at):
            always = "met" if self.met else "missed"
            return f"{label} alone: the target is {always} at every value in its range."
        value, expected = (inputs.say(column, float(q)) for q in (at, self.expected[column]))
        if self.crossings[column] > 1:
            return (
                f"{label} alone: the target is just met at {value} (expected {expected}), the "
                f"nearest of {self.crossings[column]} values at which it turns."
            )
        side = "above" if self.above[column] else "below"
        return f"{label} alone: the target is met only {side} {value} (expected {expected})."


def break_even(
    model: Model,
    expected: Sequence[float] | Floats,
    at_most: float | None = None,
    at_least: float | None = None,
    ends: tuple[float, float] = (0.001, 0.999),
) -> BreakEven:
    """Give the value of each input at which the target is just met, others as expected.

    Each input in turn runs over its range while the others stand still. The range is looked at
    in steps, nearest to the expected value first; the first step over which the target turns
    from missed to met, or back, is halved until it is 10^-12 of what it was. All inputs are
    worked at once: 33 futures each to look, then one each for 40 rounds.

    - `model`: quantiles [draw, input] to the one output the target is about, [draw, 1].
    - `expected`: [input], quantiles at which the inputs have their expected values.
    - `at_most` or `at_least`: the target, in the output's units. Exactly at it, it is met.
    - `ends`: how far the range goes, as quantiles. Values beyond are not looked at.
    - NaN where there is no such value in the range. Two turns inside one step are not seen.

    Raises ValueError when not exactly one target is given, or a quantile is outside the ends.

    Method: bisection; R. P. Brent (1973), Algorithms for Minimization without Derivatives,
    chapter 4. On break-even (switching) values: HM Treasury, The Green Book (2022), chapter 5.

    Worked: y = u1 + u2 is to be at most 1.2. With the other at 0.5 each may be up to 0.7.

    >>> break_even(lambda u: u.sum(axis=1, keepdims=True), [0.5, 0.5], at_most=1.2).quantile
    array([0.7, 0.7])
    """
    centre = np.asarray(expected, dtype=np.float64)
    _refuse(centre, ends)
    margin = margin_of(model, at_most, at_least)
    grid = np.stack([_grid(at, ends) for at in centre])
    margins = margin(_rows(centre, grid)).reshape(grid.shape)
    turns = (margins[:, 1:] >= 0) != (margins[:, :-1] >= 0)
    step = _nearest(turns, grid, centre)
    column = np.arange(len(centre))
    low, high = grid[column, step], grid[column, step + 1]
    above = margins[column, step + 1] >= 0
    quantile = _halve(margin, centre, low, high, above)
    found = turns.any(axis=1)
    return BreakEven(
        quantile=np.where(found, quantile, np.nan),
        expected=centre,
        above=above & found,
        crossings=turns.sum(axis=1),
        met=bool(margin(centre[None])[0] >= 0),
        reach=np.column_stack([margins.min(axis=1), margins.max(axis=1)]),
    )


def _refuse(centre: Floats, ends: tuple[float, float]) -> None:
    low, high = ends
    if not 0 <= low < high <= 1 or ((centre < low) | (centre > high)).any():
        raise ValueError(
            f"Expected values must stand between the ends of the range, {low} and {high}; "
            f"they run from {centre.min()} to {centre.max()}."
        )


def _grid(at: float, ends: tuple[float, float]) -> Floats:
    """Equal steps from one end to the expected value, and from there to the other: [point]."""
    below, above = np.linspace(ends[0], at, STEPS + 1), np.linspace(at, ends[1], STEPS + 1)
    return np.concatenate([below, above[1:]])


def _rows(centre: Floats, values: Floats) -> Floats:
    """Futures in which one input has a value and the others are as expected.

    `values` [input, point] to [input x point, input].
    """
    inputs, points = values.shape
    rows = np.tile(centre, (inputs * points, 1))
    rows[np.arange(inputs * points), np.repeat(np.arange(inputs), points)] = values.ravel()
    return rows


def _nearest(turns: NDArray[np.bool_], grid: Floats, centre: Floats) -> NDArray[np.intp]:
    """The turning step nearest to the expected value; the first where none turns."""
    away = np.abs((grid[:, 1:] + grid[:, :-1]) / 2 - centre[:, None])
    nearest: NDArray[np.intp] = np.where(turns, away, np.inf).argmin(axis=1)
    return nearest


def _halve(
    margin: Margin, centre: Floats, low: Floats, high: Floats, above: NDArray[np.bool_]
) -> Floats:
    """The turning point inside each step, from the side on which the target is met."""
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        met = margin(_rows(centre, middle[:, None])) >= 0
        upper = met == above  # the turn lies below the middle
        high, low = np.where(upper, middle, high), np.where(upper, low, middle)
    return np.where(above, high, low)
