"""Beds are closed when nobody needs them, and fit without dialling up how full they may be."""

from collections.abc import Iterator

import numpy as np

from footprint.model.area import Area
from footprint.plan.effects.capacity import Capacity
from footprint.plan.tables import CapacityRow
from footprint.stress.checks.register import Floats, Result, check
from footprint.terms.faults import Fault

# National planning guidance of 2020/21: at most 92% of general and acute beds in use.
_FULLEST = 0.92
# Less than half a bed is rounding.
_HALF_A_BED = 0.5


@check
def beds_close_when_they_are_free(result: Result) -> Iterator[Fault]:
    """Beds that close are free by then: their patients need fewer days, or the rest has room.

    The bed test of NHS England asks for provision elsewhere, alongside or ahead. In each year the
    beds the plan frees must be as many as it closes, or those who need a bed must fit into what
    is left at the occupancy limit of the base year.
    """
    area = result.area
    needed, available = result.worlds("needed"), result.worlds("available")
    for resource in _closed(area):
        q = area.index_of("resource", resource)
        limit = limits(area, resource)[0] or 1.0
        closed = available[0, :, q] - available[1, :, q]
        freed = (needed[0, :, q] - needed[1, :, q]) / limit
        over = needed[1, :, q] / limit - available[1, :, q]
        short = np.where((closed > _HALF_A_BED) & (over > _HALF_A_BED), closed - freed, 0.0)
        if short.max() > _HALF_A_BED:
            t = int(short.argmax())
            yield Fault(
                _where(area, resource),
                f"{closed[t]:,.0f} of {resource} closed by {area.years[t]} and "
                f"{freed[t]:,.0f} freed; {over[t]:,.0f} too few at {limit:.0%} full",
                "no more closed in a year than care elsewhere has freed by then",
                "close later or fewer, or open the care elsewhere and its staff first",
                grade="warn",
            )


@check
def occupancy_is_not_raised_until_the_beds_fit(result: Result) -> Iterator[Fault]:
    """The beds fit at the occupancy limit the plan began with, and at no more than 92%."""
    area = result.area
    needed, available = result.worlds("needed"), result.worlds("available")
    for resource in area.labels["resource"]:
        q, said = area.index_of("resource", resource), limits(area, resource)
        known = said[0] or _FULLEST
        start = min(known, _FULLEST) if _is_bed(area, resource) else known
        for t, year in enumerate(area.years):
            limit, there = said[t] or 0.0, available[1, t, q]
            if limit > start + 1e-9 and start * there < needed[1, t, q] <= limit * there:
                yield Fault(
                    f"baseline/capacity.{resource}",
                    f"{resource} fit in {year} at {limit:.0%} full and not at {start:.0%}",
                    "beds that fit at the limit the plan began with, 92% at most",
                    "keep the limit, and say how many beds, or days less, that takes",
                    grade="warn",
                )
                break


def limits(area: Area, resource: str) -> list[float | None]:
    """The occupancy limit of a resource by year."""
    rows = {r.year: r.occupancy_limit for r in _rows(area, resource)}
    return [rows[year] for year in area.years]


def _rows(area: Area, resource: str) -> list[CapacityRow]:
    return [r for r in area.plan.baseline.capacity if r.resource == resource]


def _is_bed(area: Area, resource: str) -> bool:
    return _rows(area, resource)[0].unit.startswith("bed")


def _closing(area: Area) -> Iterator[tuple[str, Capacity]]:
    for name, scheme in area.plan.schemes.items():
        for key, effect in scheme.effects.items():
            if isinstance(effect, Capacity) and effect.change.central < 0:
                yield f"schemes/{name}.effects.{key}", effect


def _closed(area: Area) -> list[str]:
    return list(dict.fromkeys(effect.resource for _, effect in _closing(area)))


def _where(area: Area, resource: str) -> str:
    return next(address for address, effect in _closing(area) if effect.resource == resource)


def worth_a_day(area: Area) -> Floats:
    """What a closed unit is said to save a day, the highest of each resource: [Q], GBP."""
    worth = np.zeros(len(area.labels["resource"]))
    opened = {r.resource: r.open_days for r in area.plan.baseline.capacity}
    for _, effect in _closing(area):
        q = area.index_of("resource", effect.resource)
        worth[q] = max(worth[q], effect.worth.central / opened[effect.resource])
    return worth
