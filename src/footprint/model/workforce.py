"""Workforce: staff needed by role against staff in post."""

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from footprint.model.activity import Activity
from footprint.model.area import Area
from footprint.model.parameters import Parameters
from footprint.model.schemes import phase, years_since_start

Floats = NDArray[np.float64]


def staff_needed(area: Area, units: Floats) -> Floats:
    """WTE by role if work a unit stays as it is: [n, T, W] from units [n, T, P, V].

    Base-year WTE x the growth of the services the role works for, weighted. A service with no
    units in the base year has no growth: who works for it is said by the scheme that opens it.
    """
    total = units.sum(axis=2)
    base = area.base_volume.sum(axis=0)
    growth = np.where(base > 0, total / np.where(base > 0, base, 1), 1.0)
    weight = np.zeros((len(area.labels["role"]), len(area.labels["service"])))
    for r in area.plan.baseline.staffing:
        weight[area.index_of("role", r.role), area.index_of("service", r.service)] = r.weight
    follows = growth @ weight.T + (1 - weight.sum(axis=1))
    needed: Floats = follows * np.array([r.wte for r in area.plan.baseline.workforce])
    return needed


def staff_in_post(area: Area, params: Parameters) -> Floats:
    """WTE by role as staff in post grow: [n or 1, T, W]."""
    rows = area.plan.baseline.workforce
    growth = [params.index(r.supply_growth) * r.wte for r in rows]
    if not growth:
        return np.zeros((1, len(area.years), 0))
    n = max(len(g) for g in growth)
    return np.stack([np.broadcast_to(g, (n, g.shape[1])) for g in growth], axis=-1)


def scheme_staff(area: Area, params: Parameters, schemes: frozenset[str]) -> Floats:
    """WTE that schemes employ, negative for posts that go: [n or 1, T, W]."""
    extra = np.zeros((1, len(area.years), len(area.labels["role"])))
    for name in sorted(schemes):
        scheme = area.plan.schemes[name]
        in_place = phase(scheme.ramp, years_since_start(area, name))[None, :]
        for key, staff in scheme.staff.items():
            wte = params.number(f"schemes/{name}.staff.{key}.wte")[:, None] * in_place
            extra = np.repeat(extra, len(wte), axis=0) if len(wte) > len(extra) else extra.copy()
            extra[:, :, area.index_of("role", staff.role)] += wte
    return extra


def staff_workforce(
    area: Area, params: Parameters, activity: Activity, schemes: frozenset[str]
) -> xr.Dataset:
    """`staff_needed` and `staff_in_post` (world, draw, year, role), in WTE.

    Posts that a scheme creates are needed; whether they can be filled is the question the
    difference asks.
    """
    extra = scheme_staff(area, params, schemes)
    needed = np.stack(
        [staff_needed(area, activity.do_nothing), staff_needed(area, activity.plan) + extra]
    )
    post = np.broadcast_to(staff_in_post(area, params), needed.shape)
    dims = ("world", "draw", "year", "role")
    return xr.Dataset(
        {
            "staff_needed": area.labelled(needed, *dims),
            "staff_in_post": area.labelled(post, *dims),
        }
    )
