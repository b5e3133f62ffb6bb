"""Regions of futures where the plan fails, as limits on a few inputs, said in words."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import binom

from footprint.stress.understand.inputs import Floats, Inputs

UNSURE = 0.05
"""Rarer than this is not taken for luck: 1 in 20."""


@dataclass(frozen=True, eq=False)
class Box:
    """A region: limits on inputs, and what lies inside. Points on a limit are inside.

    - `low`, `high`: [input], -inf and +inf where there is no limit.
    - `inside`: futures in it; `failing`: those of them that fail.
    - `density`: share of its futures that fail. `coverage`: share of all failing futures that
      it holds. `mass`: share of all futures that it holds.
    - `luck`: [input, 2], for each limit the chance of so many failing futures if the limit
      meant nothing (a one-sided binomial test against the box without it); NaN for no limit.
      The limits were chosen to look good, so real luck is commoner than this says.
    """

    low: Floats
    high: Floats
    inside: int
    failing: int
    density: float
    coverage: float
    mass: float
    luck: Floats

    @property
    def limited(self) -> NDArray[np.intp]:
        """Give the inputs that have a limit, the surest first."""
        sure = np.nan_to_num(self.luck, nan=1.0).min(axis=1)
        limits = np.isfinite(self.low) | np.isfinite(self.high)
        order: NDArray[np.intp] = np.argsort(sure, kind="stable")
        return order[limits[order]]

    def holds(self, x: Floats) -> NDArray[np.bool_]:
        """Say which futures lie in the box: [draw]."""
        return within(x, self.low, self.high)

    def falls_short_of(self, wanted: float) -> bool:
        """Say whether so few failing futures would be rare (1 in 20) in a box `wanted` dense."""
        return self.inside == 0 or bool(binom.cdf(self.failing, self.inside, wanted) < UNSURE)

    def in_words(self, inputs: Inputs, verb: str = "fails") -> str:
        """Say where the plan fails and how often, the surest limits first.

        >>> x = np.array([[0.9, 0.1], [0.8, 0.9], [0.3, 0.2], [0.2, 0.8]])
        >>> box = measured(x, x[:, 0] > 0.5, [0.7, -np.inf], [np.inf, np.inf])
        >>> box.in_words(Inputs(["pay", "home care"], lambda i, q: f"{10 * q:.0f} percent"))
        'fails in every future where pay rises above 7 percent; this holds all that fail'
        """
        limits = [_limit(inputs, int(i), self.low[i], self.high[i]) for i in self.limited]
        where = f" where {' and '.join(limits)}" if limits else ", wherever one looks"
        those = "all" if self.coverage >= 1.0 else _of_ten(self.coverage).removesuffix(" futures")
        fail = verb.removesuffix("s")
        return f"{verb} in {_of_ten(self.density)}{where}; this holds {those} that {fail}"


def within(x: Floats, low: Floats, high: Floats) -> NDArray[np.bool_]:
    """Say which futures lie within limits on every input: [draw]."""
    inside: NDArray[np.bool_] = np.all((x >= low) & (x <= high), axis=1)
    return inside


def _limit(inputs: Inputs, column: int, low: float, high: float) -> str:
    label = inputs.labels[column]
    if np.isfinite(low) and np.isfinite(high):
        ends = f"{inputs.say(column, low)} and {inputs.say(column, high)}"
        return f"{label} stays between {ends}"
    if np.isfinite(low):
        return f"{label} rises above {inputs.say(column, low)}"
    return f"{label} stays below {inputs.say(column, high)}"


def _of_ten(share: float) -> str:
    if share >= 1.0:
        return "every future"
    tenths = round(10 * share)
    if tenths == 10:
        return "more than 9 of 10 futures"
    return f"{tenths} of 10 futures" if tenths else "fewer than 1 of 10 futures"


def measured(
    x: Floats,
    fails: NDArray[np.bool_],
    low: Sequence[float] | Floats,
    high: Sequence[float] | Floats,
    all_failing: int | None = None,
    all_futures: int | None = None,
) -> Box:
    """Give the box with these limits and what it holds of the futures `x` [draw, input].

    Where `x` is only what earlier boxes left over, `all_failing` and `all_futures` say how many
    there were at first: coverage and mass are shares of those.
    """
    low, high = np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)
    inside = within(x, low, high)
    held, hits = int(inside.sum()), int(fails[inside].sum())
    return Box(
        low=low,
        high=high,
        inside=held,
        failing=hits,
        density=hits / held if held else np.nan,
        coverage=hits / max(int(fails.sum()) if all_failing is None else all_failing, 1),
        mass=held / (len(x) if all_futures is None else all_futures),
        luck=_luck(x, fails, low, high, held, hits),
    )


def _luck(
    x: Floats, fails: NDArray[np.bool_], low: Floats, high: Floats, held: int, hits: int
) -> Floats:
    luck = np.full((len(low), 2), np.nan)
    for limits, side, free in ((low, 0, -np.inf), (high, 1, np.inf)):
        for column in np.flatnonzero(np.isfinite(limits)):
            wider = [low.copy(), high.copy()]
            wider[side][column] = free
            inside = within(x, wider[0], wider[1])
            share = fails[inside].mean() if inside.any() else np.nan
            luck[column, side] = binom.sf(hits - 1, held, share)
    return luck


def without_luck(x: Floats, fails: NDArray[np.bool_], box: Box, wanted: float) -> Box:
    """Give the box without limits that may be luck, the least sure taken off one at a time.

    A limit goes if its `luck` is above 0.05, unless density would fall from at least `wanted`
    to below it.
    """
    while np.isfinite(box.luck).any() and np.nanmax(box.luck) > UNSURE:
        column, side = np.unravel_index(int(np.nanargmax(box.luck)), box.luck.shape)
        low, high = box.low.copy(), box.high.copy()
        (low, high)[side][column] = (-np.inf, np.inf)[side]
        wider = measured(x, fails, low, high)
        if box.density >= wanted > wider.density:
            break
        box = wider
    return box


def checked(x: Floats, fails: NDArray[np.bool_]) -> None:
    """Raise ValueError unless `x` is [draw, input] and `fails` a true or false for each draw."""
    if x.ndim != 2 or fails.shape != (len(x),) or fails.dtype != np.bool_:
        raise ValueError(
            f"x has shape {x.shape} and fails {fails.shape}, {fails.dtype}. Give [draw, input] "
            "and a true or false for each draw."
        )
    if not np.isfinite(x).all():
        raise ValueError("Every value of x must be a finite number; mend these first.")
    if not fails.any():
        raise ValueError("No future fails, so there is nothing to find.")
