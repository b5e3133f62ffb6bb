"""A plan as the methods of this room take it: models to run, and words for what goes in."""

from collections.abc import Callable

import numpy as np
import xarray as xr

from footprint.model.area import Area
from footprint.model.chain import simulate
from footprint.model.parameters import PROJECTION
from footprint.plan.label import label
from footprint.stress.futures import futures_of, pulls_on, source_names
from footprint.stress.understand.inputs import Floats, Inputs, Model
from footprint.stress.understand.shapley import Together

Measure = Callable[[xr.Dataset], Floats]
"""What is asked of the outcome of many futures: [draw, output]."""

HALVINGS = 50
"""Times the interval of quantiles is halved in the search for an expected value."""


def of_sources(area: Area, measure: Measure) -> Model:
    """The plan as a model of independent sources [n, D + F + 1], which move assumptions together.

    For `pick_freeze` and `nearest_failing`: shared optimism is an input like any other.
    """
    return lambda u: measure(simulate(area, futures_of(area, u, correlated=True).theta).outcome)


def of_quantiles(area: Area, measure: Measure) -> Model:
    """The plan as a model of the assumptions' own quantiles [n, D].

    For `shapley`, with `together_of`, and for `break_even`, with `expected_quantiles`.
    """
    return lambda u: measure(simulate(area, area.draw(u)).outcome)


def of_values(area: Area, measure: Measure) -> Model:
    """The plan as a model of the assumptions' values [n, D]. For `agenda`."""
    return lambda theta: measure(simulate(area, theta).outcome)


def gap_of_place(area: Area, year: str) -> Measure:
    """The place's gap under the plan in one year, in GBP m."""
    t = area.years.index(year)
    return lambda outcome: outcome["gap"].values[1, :, t].sum(axis=-1)[:, None] * 1e-6


def together_of(area: Area) -> Together:
    """How the plan's assumptions move together, as declared."""
    return Together(pulls_on(area))


def expected_quantiles(area: Area) -> Floats:
    """The quantile of each assumption at which it has its expected value: [D].

    Found by halving, for a quantile never falls as its value rises.
    """
    wanted = area.central()
    low, high = np.zeros_like(wanted), np.ones_like(wanted)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        less = area.draw(middle) < wanted
        low, high = np.where(less, middle, low), np.where(less, high, middle)
    quantiles: Floats = high[0]
    return quantiles


def inputs_of(area: Area) -> Inputs:
    """The name of each source and how its value is said; the first D are the assumptions.

    A shared factor has no unit: its quantile is said, 0% the bleakest and 100% the best.
    """
    names, known = source_names(area), area.plan.assumptions_by_address()

    def say(column: int, quantile: float) -> str:
        address = names[column]
        if address == PROJECTION:
            return _variant(area, quantile)
        if address not in area.addresses:
            return f"its {quantile:.0%} point"
        doubt = known[address].doubt
        assert doubt is not None  # only what is in doubt has a column
        value = float(doubt.quantile(np.array([quantile]))[0])
        return f"{value:.3g} {known[address].unit}"

    return Inputs(tuple(label(area.plan, name) for name in names), say)


def _variant(area: Area, quantile: float) -> str:
    likely = area.plan.about.projection
    place = int(np.searchsorted(np.cumsum(list(likely.values()))[:-1], quantile, side="right"))
    return list(likely)[place]
