"""Units: what a number means, and how it is turned into the unit the model counts in.

The model counts shares as decimals, money in pounds, and everything else in the unit's own
name. `percent` and `share` are different units on purpose: 45 with unit `percent` is 0.45, and
45 with unit `share` is an error.
"""

from dataclasses import dataclass
from typing import Literal

Dimension = Literal["share", "rate", "money", "number"]


@dataclass(frozen=True)
class Unit:
    """A unit by name: what it measures, its size in the model's own unit, and its bounds.

    `low` and `high` bound what a person may write, in the model's unit.
    """

    name: str
    dimension: Dimension
    size: float
    low: float
    high: float


_INF = float("inf")
# A yearly rate beyond half is a slip of the unit, not a forecast.
_RATE = 0.5

UNITS: dict[str, Unit] = {
    unit.name: unit
    for unit in (
        Unit("share", "share", 1.0, 0.0, 1.0),
        Unit("percent", "share", 0.01, 0.0, 1.0),
        Unit("share a year", "rate", 1.0, -_RATE, _RATE),
        Unit("percent a year", "rate", 0.01, -_RATE, _RATE),
        Unit("GBP", "money", 1.0, -_INF, _INF),
        Unit("GBP k", "money", 1e3, -_INF, _INF),
        Unit("GBP m", "money", 1e6, -_INF, _INF),
        Unit("GBP a year", "money", 1.0, -_INF, _INF),
        Unit("GBP k a year", "money", 1e3, -_INF, _INF),
        Unit("GBP m a year", "money", 1e6, -_INF, _INF),
        Unit("multiplier", "number", 1.0, 0.0, _INF),
        Unit("units per unit", "number", 1.0, 0.0, _INF),
        Unit("WTE", "number", 1.0, -_INF, _INF),
        Unit("beds", "number", 1.0, -_INF, _INF),
        Unit("places", "number", 1.0, -_INF, _INF),
        Unit("years", "number", 1.0, 0.0, _INF),
        Unit("people", "number", 1.0, 0.0, _INF),
    )
}

# The unit people meant when they wrote a number that does not fit the one they named.
_SIBLING = {"share": "percent", "share a year": "percent a year"}


def unit_named(name: str) -> Unit:
    """The unit of that name. Raises ValueError that lists the units there are.

    >>> unit_named("percent").size
    0.01
    """
    if name not in UNITS:
        raise ValueError(f"{name!r} is not a unit; use one of: {', '.join(UNITS)}")
    return UNITS[name]


def misfit(low: float, high: float, unit: Unit) -> str | None:
    """Why values from `low` to `high`, written in `unit`, cannot be meant; None when they fit.

    >>> misfit(45, 45, unit_named("share"))
    "45 is outside 0 to 1, the range of 'share'; write a number ... or unit: percent for 45 percent"
    """
    fits = unit.low - 1e-12 <= low * unit.size and high * unit.size <= unit.high + 1e-12
    if fits:
        return None
    bad = high if high * unit.size > unit.high else low
    least, most = unit.low / unit.size, unit.high / unit.size
    allowed = f"{least:g} or more" if most == _INF else f"{least:g} to {most:g}"
    said = f"{bad:g} is outside {allowed}, the range of {unit.name!r}"
    sibling = _SIBLING.get(unit.name)
    if sibling and UNITS[sibling].low <= bad * UNITS[sibling].size <= UNITS[sibling].high:
        return f"{said}; write a number in that range, or unit: {sibling} for {bad:g} percent"
    return f"{said}; write a number in that range, or the unit it is in"
