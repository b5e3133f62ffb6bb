"""Tables of the answer: activity, money, capacity, workforce, the register and the sources."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from footprint.model.area import Area
from footprint.plan.label import label
from footprint.stress import answer as said
from footprint.stress.ensemble import Ensemble
from footprint.stress.judge import spread

Floats = NDArray[np.float64]
_MILLION = 1e-6


def tables_of(area: Area, ensemble: Ensemble) -> dict[str, Any]:
    """The parts of an `Answer` that are tables, by field name."""
    kept = ensemble.kept
    return {
        "people": _people(area, kept["people"]),
        "services": _services(area, kept["activity"], None, 1.0),
        "spend": _services(area, kept["spend"], "GBP m", _MILLION),
        "resources": _resources(area, kept),
        "roles": _roles(area, kept),
        "money_by_purpose": _purposes(area),
        "assumptions": _register(area),
        "sources": tuple(
            said.SourceLine(**s.model_dump(include=set(said.SourceLine.model_fields)))
            for s in area.plan.baseline.sources
        ),
        "hindsight": tuple(
            said.HindsightLine(**row.model_dump()) for row in area.plan.baseline.hindsight
        ),
        "stated_lines": tuple(
            said.StatedLine(amount=row.amount_gbp_m, **row.model_dump(exclude={"amount_gbp_m"}))
            for row in area.plan.baseline.stated
        ),
    }


def _worlds(area: Area, values: Floats, name: str, unit: str, group: str = "") -> said.Worlds:
    """A quantity by year in both worlds: [world, n, T]."""
    nothing, plan = (
        {year: spread(world[:, t]) for t, year in enumerate(area.years)} for world in values
    )
    return said.Worlds(name=name, unit=unit, group=group, do_nothing=nothing, plan=plan)


def _people(area: Area, values: Floats) -> dict[str, said.Worlds]:
    return {
        row.segment: _worlds(area, values[..., i], row.name, "people")
        for i, row in enumerate(area.plan.baseline.segments)
    }


def _services(area: Area, values: Floats, unit: str | None, scale: float) -> dict[str, said.Worlds]:
    return {
        row.service: _worlds(area, values[..., i] * scale, row.name, unit or row.unit, row.group)
        for i, row in enumerate(area.plan.baseline.services)
    }


def _resources(area: Area, kept: dict[str, Floats]) -> dict[str, said.ResourceAnswer]:
    found = {}
    for q, name in enumerate(area.labels["resource"]):
        row = next(r for r in area.plan.baseline.capacity if r.resource == name)
        needed, there, short = (
            _worlds(area, kept[key][..., q], row.name, unit)
            for key, unit in (("needed", row.unit), ("available", row.unit), ("short", "days"))
        )
        found[name] = said.ResourceAnswer(
            name=row.name,
            unit=row.unit,
            occupancy_limit=row.occupancy_limit,
            needed=needed,
            available=there,
            short_days=short,
        )
    return found


def _roles(area: Area, kept: dict[str, Floats]) -> dict[str, said.RoleAnswer]:
    found = {}
    for w, row in enumerate(area.plan.baseline.workforce):
        needed, post = kept["staff_needed"][..., w], kept["staff_in_post"][..., w]
        found[row.role] = said.RoleAnswer(
            name=row.name,
            needed=_worlds(area, needed, row.name, "WTE"),
            in_post=_worlds(area, post, row.name, "WTE"),
            chance_short={
                year: round(float((needed[1, :, t] > post[1, :, t]).mean()), 4)
                for t, year in enumerate(area.years)
            },
        )
    return found


def _purposes(area: Area) -> tuple[said.MoneyByPurpose, ...]:
    """Income and scheme costs by purpose and year, expected values."""
    found = [_income(area, key) for key in _income_keys(area)]
    params = area.parameters()
    for name, scheme in area.plan.schemes.items():
        for key, cost in scheme.costs.items():
            amount = float(params.number(f"schemes/{name}.costs.{key}.amount")[0]) * _MILLION
            until = cost.funded_until or ""
            found.append(
                said.MoneyByPurpose(
                    purpose=cost.purpose,
                    name=f"{scheme.name}: {key.replace('-', ' ')} ({cost.kind}, when in full)",
                    partner=cost.partner,
                    amounts={scheme.starts: amount},
                    recurrent=cost.kind == "recurrent",
                    ends=until,
                    conditions="",
                    scope="gap",
                    status=cost.amount.status,
                    source=cost.amount.source,
                )
            )
    return tuple(sorted(found, key=lambda m: (m.purpose, m.name, m.partner)))


def _income_keys(area: Area) -> list[tuple[str, str]]:
    return list(dict.fromkeys((r.income, r.partner) for r in area.plan.baseline.income))


def _income(area: Area, key: tuple[str, str]) -> said.MoneyByPurpose:
    rows = [r for r in area.plan.baseline.income if (r.income, r.partner) == key]
    first = rows[0]
    return said.MoneyByPurpose(
        purpose=first.purpose,
        name=first.name,
        partner=first.partner,
        amounts={r.year: r.amount_gbp_m for r in rows},
        recurrent=first.recurrent,
        ends=first.ends or "",
        conditions=first.conditions,
        scope=first.scope,
        status=first.status,
        source=first.source,
    )


def _register(area: Area) -> tuple[said.RegisterLine, ...]:
    found = []
    for address, assumption in area.assumptions.items():
        owner = assumption.owner
        who = f"{area.plan.about.partners[owner.partner].name}, {owner.role}" if owner else ""
        found.append(
            said.RegisterLine(
                address=address,
                label=label(area.plan, address),
                value=assumption.in_words(),
                owner=who,
                source=assumption.source,
                status=assumption.status,
                grade=assumption.grade,
                why=assumption.why,
                review=assumption.review.isoformat() if assumption.review else "",
            )
        )
    return tuple(found)
