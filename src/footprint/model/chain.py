"""The chain from people to money, for a batch of futures at once."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from footprint.model.activity import (
    Activity,
    counts_need,
    deliver_schemes,
    growth_in_use,
    people_without_drift,
    use_by_region,
)
from footprint.model.area import Area
from footprint.model.capacity import fit_capacity
from footprint.model.money import LENSES, Ledgers, keep_ledgers, money_dataset
from footprint.model.need import follow_need, slowed_moves
from footprint.model.parameters import Parameters
from footprint.model.people import project_people
from footprint.model.workforce import staff_workforce

Floats = NDArray[np.float64]
WORLDS = ("do nothing", "plan")


@dataclass(frozen=True)
class Run:
    """Everything one batch of futures gives: the links' results, and `outcome`, labelled."""

    activity: Activity
    ledgers: Ledgers
    outcome: xr.Dataset


def simulate(area: Area, theta: Floats | None = None, schemes: frozenset[str] | None = None) -> Run:
    """Do nothing and the plan, for each future in `theta` [n, D].

    `theta` None is the one future in which every assumption has its expected value; `schemes`
    None is all of them. Deterministic: the same area and theta give the same bytes. The outcome
    has dims world, draw, year, and partner, service, resource, role or segment.
    """
    params = area.parameters(theta)
    chosen = frozenset(area.plan.schemes) if schemes is None else schemes
    place = stand(area)
    eased = _eased_need(area, params, place, chosen)
    use = use_without_schemes(area, params, place)
    with_prevention = _prevented(area, params, use, place, eased)
    activity = deliver_schemes(area, params, use, with_prevention, chosen)
    capacity = fit_capacity(area, params, activity, chosen)
    workforce = staff_workforce(area, params, activity, chosen)
    ledgers = keep_ledgers(area, params, activity, chosen)
    outcome = _outcome(area, params, activity, place, eased)
    parts = [outcome, capacity, workforce, money_dataset(area, ledgers)]
    labels = {"world": list(WORLDS), "lens": list(LENSES)}
    return Run(activity, ledgers, xr.merge(parts).assign_coords(labels))


@dataclass(frozen=True)
class Standing:
    """What no assumption moves, by variant of the projection.

    `people` and `need` with no scheme; `use` [K, T, R, V] at base-year rates: following need
    where a service's growth comes on top of it, age and sex alone elsewhere; `use_by_need` the
    same following need everywhere.
    """

    people: xr.DataArray
    need: xr.DataArray
    use: Floats
    use_by_need: Floats


@lru_cache(maxsize=2)
def stand(area: Area) -> Standing:
    """The part of the chain that is the same in every future, worked out once an area.

    Where a growth rate already holds people of an age becoming iller, use follows age and sex
    alone, so that the drift of need is not counted twice.
    """
    people = project_people(area)
    need = follow_need(area, people)
    by_need = use_by_region(area, need)
    steady = use_by_region(area, people_without_drift(area, people))
    return Standing(people, need, np.where(counts_need(area), by_need, steady), by_need)


def use_without_schemes(area: Area, params: Parameters, place: Standing) -> Floats:
    """Units with no scheme: [n, T, R, V] = use at base-year rates x growth in use."""
    use = place.use[area.variant(params)]
    grown: Floats = use * growth_in_use(area, params)[:, :, None, :]
    return np.broadcast_to(grown, (params.draws, *grown.shape[1:]))


def _eased_need(
    area: Area, params: Parameters, place: Standing, chosen: frozenset[str]
) -> xr.DataArray | None:
    """Need under the plan, by draw; None where no scheme prevents anything."""
    slowing = slowed_moves(area, params, chosen)
    if not slowing:
        return None
    by_draw = place.people.isel(variant=area.variant(params)).rename(variant="draw")
    return follow_need(area, by_draw, slowing)


def _prevented(
    area: Area, params: Parameters, use: Floats, place: Standing, eased: xr.DataArray | None
) -> Floats:
    """Use once prevention has changed need: [n, T, R, V]."""
    if eased is None:
        return use
    before = place.use_by_need[area.variant(params)]
    after = use_by_region(area, eased)
    ratio = np.where(before > 0, after / np.where(before > 0, before, 1), 1.0)
    changed: Floats = use * ratio
    return changed


def _outcome(
    area: Area, params: Parameters, activity: Activity, place: Standing, eased: xr.DataArray | None
) -> xr.Dataset:
    units = np.stack([activity.do_nothing.sum(axis=2), activity.plan.sum(axis=2)])
    inside = ("place", "age_band", "sex")
    nothing = place.need.sum(inside).values[area.variant(params)]
    plan = nothing if eased is None else eased.sum(inside).values
    shape = (params.draws, *nothing.shape[1:])
    people = np.stack([np.broadcast_to(nothing, shape), np.broadcast_to(plan, shape)])
    return xr.Dataset(
        {
            "activity": area.labelled(units, "world", "draw", "year", "service"),
            "people": area.labelled(people, "world", "draw", "year", "segment"),
        }
    )
