"""How far a scheme has got: the share of its cohort it reaches with effect, year by year."""

import numpy as np
from numpy.typing import NDArray

from footprint.model.area import Area
from footprint.model.parameters import Parameters

Floats = NDArray[np.float64]


def phase(ramp: tuple[float, ...], since: Floats) -> Floats:
    """Share of the full scheme in place `since` years after its first year, any shape.

    The ramp is read at whole years with straight lines between; nothing before the first year,
    the last step for ever after.

    >>> phase((0.25, 1.0), np.array([-1.0, -0.5, 0.0, 0.5, 1.0, 5.0])).tolist()
    [0.0, 0.125, 0.25, 0.625, 1.0, 1.0]
    """
    marks = np.arange(-1, len(ramp), dtype=float)
    return np.interp(since, marks, [0.0, *ramp])


def years_since_start(area: Area, name: str) -> Floats:
    """Years since the scheme's first year, negative before: [year]."""
    start = area.years.index(area.plan.schemes[name].starts)
    return np.arange(len(area.years), dtype=float) - start


def coverage(area: Area, params: Parameters, name: str) -> Floats:
    """Share of the cohort in which the scheme works: [n or 1, year].

        reach x ramp(years since start - lag) x (1 - fade)^(years since start)

    `reach` is of the cohort when the scheme runs in full, `lag` the years before effects show,
    `fade` the share of the effect lost with each year.
    """
    scheme = area.plan.schemes[name]
    address = f"schemes/{name}"
    since = years_since_start(area, name)[None, :]
    lag = params.number(f"{address}.lag")[:, None] if scheme.lag else np.zeros((1, 1))
    fade = params.number(f"{address}.fade")[:, None] if scheme.fade else np.zeros((1, 1))
    lasting = (1 - fade) ** np.maximum(since, 0)
    return params.number(f"{address}.reach")[:, None] * phase(scheme.ramp, since - lag) * lasting
