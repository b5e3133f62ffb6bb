"""Capacity: beds and places against need, and the chance of running out."""

import numpy as np
import xarray as xr
from numpy.typing import NDArray
from scipy.special import gammainc

from footprint.model.activity import Activity, days_per_unit
from footprint.model.area import Area
from footprint.model.parameters import Parameters
from footprint.model.schemes import phase, years_since_start
from footprint.plan.effects.capacity import Capacity

Floats = NDArray[np.float64]

# Points of the year at which the season is looked at.
_SEASONS = 12


def chance_short(mean: Floats, available: Floats, swing: Floats) -> Floats:
    """Chance that on a day of the year more is needed than is there; shapes broadcast.

    The number in a bed on a day is Poisson with the season's mean when people arrive at random
    and nobody is turned away (the M/G/infinity queue; Eick, Massey and Whitt 1993,
    https://doi.org/10.1287/mnsc.39.2.241), and P(N > c) is the regularised incomplete gamma
    function P(floor(c) + 1, m). The season is a cosine of height `swing` x mean; the chance is
    averaged over the year. It leaves out outbreaks and weekdays, so it errs towards too low.

    >>> round(float(chance_short(np.array(50.0), np.array(55.0), np.array(0.0))), 5)
    0.21553
    """
    season = 1 + np.asarray(swing)[..., None] * np.cos(
        2 * np.pi * (np.arange(_SEASONS) + 0.5) / _SEASONS
    )
    needed = np.asarray(mean)[..., None] * season
    places = np.floor(np.maximum(available, 0))[..., None] + 1
    chance: Floats = gammainc(places, needed).mean(-1)
    return chance


def needed_capacity(area: Area, activity: Floats, saved_days: Floats) -> Floats:
    """Mean number in use: [n, T, Q] from units [n, T, P, V] less days saved [n, T, Q]."""
    days = activity.sum(axis=2) @ days_per_unit(area) - saved_days
    needed: Floats = days / open_days(area)
    return needed


def days_saved(area: Area, activity: Activity) -> Floats:
    """Days of each resource that shorter stays save: [n, T, Q]."""
    n, years = activity.left.shape[:2]
    saved = np.zeros((n, years, len(area.labels["resource"])))
    for move in activity.days:
        effect = area.plan.schemes[move.scheme].effects[move.effect]
        resource = area.index_of("resource", str(getattr(effect, "resource", "")))
        saved[:, :, resource] += move.avoided.sum(axis=2)
    return saved


def open_days(area: Area) -> Floats:
    """Days a year each resource is open, or 1 for what is counted by the year: [Q]."""
    rows = {r.resource: r.open_days for r in area.plan.baseline.capacity}
    return np.array([rows[name] for name in area.labels["resource"]])


def seasonal_swing(area: Area) -> Floats:
    """Half the yearly peak-to-trough swing of each resource as a share of its mean: [Q]."""
    rows = {r.resource: r.seasonal_swing for r in area.plan.baseline.capacity}
    return np.array([rows[name] for name in area.labels["resource"]])


def available_capacity(area: Area, params: Parameters, schemes: frozenset[str]) -> Floats:
    """What there is: [n or 1, T, Q], with what schemes open and close, phased by their ramps."""
    there = np.zeros((1, len(area.years), len(area.labels["resource"])))
    for r in area.plan.baseline.capacity:
        there[0, area.years.index(r.year), area.index_of("resource", r.resource)] = r.available
    for name in sorted(schemes):
        for key, effect in area.plan.schemes[name].effects.items():
            if isinstance(effect, Capacity):
                change = capacity_change(area, params, name, key)
                q = area.index_of("resource", effect.resource)
                there = np.broadcast_to(there, (max(len(there), len(change)), *there.shape[1:]))
                there = there.copy()
                there[:, :, q] += change
    return there


def capacity_change(area: Area, params: Parameters, scheme: str, key: str) -> Floats:
    """Units an effect opens, or closes when negative, by year: [n or 1, T]."""
    change = params.number(f"schemes/{scheme}.effects.{key}.change")[:, None]
    reach = params.number(f"schemes/{scheme}.reach")[:, None]
    in_place = phase(area.plan.schemes[scheme].ramp, years_since_start(area, scheme))
    return change * reach * in_place[None, :]


def fit_capacity(
    area: Area, params: Parameters, activity: Activity, schemes: frozenset[str]
) -> xr.Dataset:
    """Need against what there is, with no scheme and with the plan.

    Gives `needed`, `available` and `short` (days a year on which more is needed than there is),
    each (world, draw, year, resource). Where a resource is counted by the year, `short` is 365
    or 0: the year's supply suffices or it does not.
    """
    nothing = np.zeros((*activity.left.shape[:2], len(area.labels["resource"])))
    saved = days_saved(area, activity)
    worlds = [
        (activity.do_nothing, nothing, available_capacity(area, params, frozenset())),
        (activity.plan, saved, available_capacity(area, params, schemes)),
    ]
    needed = np.stack([needed_capacity(area, units, days) for units, days, _ in worlds])
    there = np.stack([np.broadcast_to(a, needed[0].shape) for *_, a in worlds])
    daily = open_days(area) > 1
    short = np.where(needed > there, 365.0, 0.0)
    if daily.any():
        chance = chance_short(needed[..., daily], there[..., daily], seasonal_swing(area)[daily])
        short[..., daily] = 365 * chance
    dims = ("world", "draw", "year", "resource")
    return xr.Dataset(
        {
            "needed": area.labelled(needed, *dims),
            "available": area.labelled(there, *dims),
            "short": area.labelled(short, *dims),
        }
    )
