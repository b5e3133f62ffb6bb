"""Activity: what people use with no scheme, and what schemes leave, send on and prevent."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from footprint.model.area import Area
from footprint.model.parameters import Parameters
from footprint.model.schemes import coverage
from footprint.plan.effects import Effect, Landing
from footprint.plan.effects.avoid import Avoid
from footprint.plan.effects.base import remaining
from footprint.plan.effects.shorten import Shorten

Floats = NDArray[np.float64]


def use_by_region(area: Area, need: xr.DataArray, level: Floats | None = None) -> Floats:
    """Units used at base-year rates: [n, T, R, V] from need (n, year, place, ..., segment).

    `level` [T, P, B, X, V], if given, multiplies the rates of each place, age and sex. Cells are
    added up to regions here, before anything acts on them: every later step treats the cells of
    a region alike.
    """
    people = need.values.reshape(*need.shape[:2], -1).transpose(1, 0, 2)
    rates = area.rates[None] if level is None else area.rates * level[..., None, :]
    rates = rates.reshape(len(rates), -1, rates.shape[-1])
    of_cell = area.regions.of_cell.ravel()
    use = np.empty((*need.shape[:2], area.regions.count, rates.shape[-1]))
    for region in range(area.regions.count):
        members = of_cell == region
        use[:, :, region] = (people[..., members] @ rates[:, members]).transpose(1, 0, 2)
    return use


def level_of_use(area: Area, people: xr.DataArray, need: xr.DataArray) -> Floats:
    """What each person counts for, by place, age and sex: [n, T, P, B, X, V].

    1 where growth comes on top of need. Elsewhere the growth rate already holds people of an age
    becoming iller, so use with no scheme follows people alone: every segment of an age and sex
    counts for less, by one factor, so that together they use what the starting mix would. The
    factor is the same with schemes, so whoever prevention keeps well uses less by their number.
    """
    steady = np.einsum("ntpbx,bs,pbxsv->ntpbxv", people.values, area.start, area.rates)
    drifted = np.einsum("ntpbxs,pbxsv->ntpbxv", need.values, area.rates)
    level = np.where(drifted > 0, steady / np.where(drifted > 0, drifted, 1), 1.0)
    return np.where(counts_need(area), 1.0, level)


def people_without_drift(area: Area, people: xr.DataArray) -> xr.DataArray:
    """Need if people of an age stayed as ill as in the base year: people x starting mix."""
    need = people.values[..., None] * area.start[:, None, :]
    return area.labelled(need, str(people.dims[0]), "year", "place", "age_band", "sex", "segment")


def growth_in_use(area: Area, params: Parameters) -> Floats:
    """What growth beyond people makes of one unit by each year: [n or 1, T, V]."""
    growth = [params.index(row.growth) for row in area.plan.baseline.services]
    n = max(len(g) for g in growth)
    return np.stack([np.broadcast_to(g, (n, g.shape[1])) for g in growth], axis=-1)


def counts_need(area: Area) -> NDArray[np.bool_]:
    """Services whose growth rate comes on top of need, not only on top of age and sex: [V]."""
    rows = area.plan.baseline.services
    return np.array([row.growth_basis == "beyond-need" for row in rows])


@dataclass(frozen=True)
class Moved:
    """What one effect of one scheme takes from a service and where it lands, in units.

    `avoided` [n, T, P] are units (of the service, or its days for shorter stays); `landed` maps
    a receiving service to units of that service [n, T, P]; `landed_share` [n] is the share of
    the avoided units that landed: the rest was prevented.
    """

    scheme: str
    effect: str
    service: int
    avoided: Floats
    landed: dict[int, Floats]
    landed_share: Floats


@dataclass(frozen=True)
class Activity:
    """Units of each service, [n, T, P, V] unless said otherwise.

    `do_nothing` with no scheme; `left` of it after prevention and avoidance; `received` from
    other services; `moves` each effect's part, avoidance first, then shorter stays.
    """

    do_nothing: Floats
    left: Floats
    received: Floats
    moves: tuple[Moved, ...]
    days: tuple[Moved, ...]

    @property
    def plan(self) -> Floats:
        """Units under the plan."""
        return self.left + self.received


def deliver_schemes(
    area: Area,
    params: Parameters,
    no_scheme: Floats,
    with_prevention: Floats,
    schemes: frozenset[str],
) -> Activity:
    """Let schemes act on use by region [n, T, R, V].

    Avoidance: a unit is avoided once, so the factors of overlapping schemes multiply inside a
    region. What is avoided by several together is shared between them in proportion to what each
    would avoid alone, which adds up exactly and does not depend on their order. Then stays are
    shortened on what is left, one efficiency a stay: the largest.
    """
    left = with_prevention.copy()
    moves: list[Moved] = []
    for v in range(left.shape[-1]):
        acting = list(_effects_on(area, Avoid, v, schemes))
        if acting:
            left[..., v], parts = _avoid(area, params, with_prevention[..., v], acting)
            moves += [_landed(area, params, v, *part) for part in parts]
    days = [
        _landed(area, params, v, *part)
        for v in range(left.shape[-1])
        for part in _shorten(area, params, left[..., v], v, schemes)
    ]
    by_place = area.regions.to_places(left, axis=2)
    received = np.zeros_like(by_place)
    for move in (*moves, *days):
        for service, units in move.landed.items():
            received[..., service] += units
    nothing = area.regions.to_places(no_scheme, axis=2)
    return Activity(nothing, by_place, received, tuple(moves), tuple(days))


_Acting = tuple[str, str, Effect]


def _effects_on(
    area: Area, kind: type[Effect], service: int, schemes: frozenset[str]
) -> Iterator[_Acting]:
    name = area.labels["service"][service]
    for scheme in sorted(schemes):
        for key, effect in area.plan.schemes[scheme].effects.items():
            if isinstance(effect, kind) and getattr(effect, "service", None) == name:
                yield scheme, key, effect


def _share_gone(area: Area, params: Parameters, scheme: str, key: str) -> Floats:
    """Share of a region's units an effect takes by itself: [n or 1, T, R]."""
    size = params.number(f"schemes/{scheme}.effects.{key}.size")[:, None]
    gone = 1 - remaining(coverage(area, params, scheme), size)
    return gone[:, :, None] * area.regions.cohort[scheme]


def _avoid(
    area: Area, params: Parameters, units: Floats, acting: list[_Acting]
) -> tuple[Floats, list[tuple[str, str, Effect, Floats]]]:
    """Units left [n, T, R], and each effect's part of what is avoided [n, T, P]."""
    alone = [_share_gone(area, params, scheme, key) for scheme, key, _ in acting]
    kept = np.ones(np.broadcast_shapes(*(a.shape for a in alone)))
    for gone in alone:
        kept = kept * (1 - gone)
    left = units * kept
    whole = sum(alone[1:], start=alone[0])
    gone_units = (units - left) / np.where(whole > 0, whole, 1)
    parts = [
        (scheme, key, effect, area.regions.to_places(gone_units * gone, axis=2))
        for (scheme, key, effect), gone in zip(acting, alone, strict=True)
    ]
    return left, parts


def _shorten(
    area: Area, params: Parameters, units: Floats, service: int, schemes: frozenset[str]
) -> Iterator[tuple[str, str, Effect, Floats]]:
    """Days that each effect saves, [n, T, P]; in a region only the largest effect counts."""
    acting = list(_effects_on(area, Shorten, service, schemes))
    alone = [_share_gone(area, params, scheme, key) for scheme, key, _ in acting]
    if not alone:
        return
    best = np.maximum.reduce(np.broadcast_arrays(*alone))
    counted = np.zeros(best.shape, dtype=bool)
    for (scheme, key, effect), gone in zip(acting, alone, strict=True):
        wins = (gone == best) & ~counted
        counted = counted | wins
        per_unit = days_per_unit(area)[service, area.index_of("resource", _resource(effect))]
        days = units * np.where(wins, gone, 0.0) * per_unit
        yield scheme, key, effect, area.regions.to_places(days, axis=2)


def _resource(effect: Effect) -> str:
    return str(getattr(effect, "resource", ""))


def days_per_unit(area: Area) -> Floats:
    """Days (or yearly units) of each resource a unit of each service takes: [V, Q]."""
    days = np.zeros((len(area.labels["service"]), len(area.labels["resource"])))
    for r in area.plan.baseline.uses:
        days[area.index_of("service", r.service), area.index_of("resource", r.resource)] = (
            r.per_unit
        )
    return days


def _landed(
    area: Area,
    params: Parameters,
    service: int,
    scheme: str,
    key: str,
    effect: Effect,
    avoided: Floats,
) -> Moved:
    landed: dict[int, Floats] = {}
    share = np.zeros(1)
    receives: dict[str, Landing] = getattr(effect, "receives", {})
    for name, landing in receives.items():
        address = f"schemes/{scheme}.effects.{key}.receives.{name}"
        part, units = params.number(f"{address}.share"), params.number(f"{address}.units")
        receiver = area.index_of("service", landing.service)
        arriving = avoided * (part * units)[:, None, None]
        landed[receiver] = landed.get(receiver, 0.0) + arriving
        share = share + part
    return Moved(scheme, key, service, avoided, landed, share)
