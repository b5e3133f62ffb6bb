"""The chain from people to money, for a batch of futures at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from footprint.model.activity import (
    Activity,
    deliver_schemes,
    growth_in_use,
    level_of_use,
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
    parts: tuple[xr.Dataset, ...]

    @cached_property
    def outcome(self) -> xr.Dataset:
        """Every figure that was asked for, with its labels."""
        labels = {"world": list(WORLDS), "lens": list(self.ledgers.place_by_lens)}
        return xr.merge(self.parts).assign_coords(labels)

    def values(self, name: str) -> Floats:
        """One array of `outcome`, without its labels and without putting the others together."""
        return next(part[name].values for part in self.parts if name in part)


def simulate(
    area: Area,
    theta: Floats | None = None,
    schemes: frozenset[str] | None = None,
    on: Mapping[str, Floats] | None = None,
    only: frozenset[str] | None = None,
) -> Run:
    """Do nothing and the plan, for each future in `theta` [n, D].

    `theta` None is the one future in which every assumption has its expected value; `schemes`
    None is all of them; `on` [n] of 0 and 1 by scheme switches them future by future, so that
    many portfolios are one batch; `only` names what is wanted of the outcome, so that links
    nobody asks for are left out. Deterministic: the same area and theta give the same bytes.
    The outcome has dims world, draw, year, and partner, service, resource, role or segment.
    """
    params = area.parameters(theta, on)
    chosen = frozenset(area.plan.schemes) if schemes is None else schemes
    place = stand(area)
    eased = _eased_need(area, params, place, chosen)
    use = grown_use(area, params, place.use[area.variant(params)])
    with_prevention = use if eased is None else _eased_use(area, params, place, eased)
    activity = deliver_schemes(area, params, use, with_prevention, chosen)
    lenses = LENSES if _asked(only, {"gap_by_lens"}) else (area.plan.about.cost_lens,)
    ledgers = keep_ledgers(area, params, activity, chosen, lenses)
    parts = [_outcome(area, params, activity, place, eased), money_dataset(area, ledgers)]
    if _asked(only, {"needed", "available", "short"}):
        parts.append(fit_capacity(area, params, activity, chosen))
    if _asked(only, {"staff_needed", "staff_in_post"}):
        parts.append(staff_workforce(area, params, activity, chosen))
    return Run(activity, ledgers, tuple(parts))


def _asked(only: frozenset[str] | None, names: set[str]) -> bool:
    return only is None or not only.isdisjoint(names)


@dataclass(frozen=True)
class Standing:
    """What no assumption moves, by variant of the projection.

    `people` and `need` with no scheme; `level` [K, T, P, B, X, V] what each person counts for,
    see `level_of_use`; `use` [K, T, R, V] at base-year rates with no scheme.
    """

    people: xr.DataArray
    need: xr.DataArray
    level: Floats
    use: Floats


@lru_cache(maxsize=2)
def stand(area: Area) -> Standing:
    """The part of the chain that is the same in every future, worked out once an area."""
    people = project_people(area)
    need = follow_need(area, people)
    level = level_of_use(area, people, need)
    use = [use_by_region(area, need[k : k + 1], level[k]) for k in range(len(level))]
    return Standing(people, need, level, np.concatenate(use))


def grown_use(area: Area, params: Parameters, use: Floats) -> Floats:
    """Units of each future: [n, T, R, V] = use at base-year rates x growth in use."""
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


def _eased_use(area: Area, params: Parameters, place: Standing, eased: xr.DataArray) -> Floats:
    """Use once prevention has changed need: [n, T, R, V]."""
    variant = np.broadcast_to(area.variant(params), len(eased))
    use = np.empty((len(eased), *place.use.shape[1:]))
    for k in np.unique(variant):
        use[variant == k] = use_by_region(area, eased[variant == k], place.level[k])
    return grown_use(area, params, use)


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
