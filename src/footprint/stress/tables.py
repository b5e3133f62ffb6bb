"""Tables of the answer: activity, money, capacity, workforce, the register and the sources."""

from typing import Any

from footprint.model.area import Area
from footprint.plan.label import label
from footprint.stress import answer as said
from footprint.stress.ensemble import Ensemble
from footprint.stress.judge import spread

_MILLION = 1e-6


def tables_of(area: Area, ensemble: Ensemble) -> dict[str, Any]:
    """The parts of an `Answer` that are tables, by field name."""
    return {
        "people": _people(area, ensemble),
        "services": _services(area, ensemble, "activity", 1.0),
        "spend": _services(area, ensemble, "spend", _MILLION, "GBP m"),
        "resources": _resources(area, ensemble),
        "roles": _roles(area, ensemble),
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


def _worlds(
    area: Area,
    ensemble: Ensemble,
    output: str,
    i: int,
    *,
    name: str,
    unit: str,
    group: str = "",
    scale: float = 1.0,
) -> said.Worlds:
    """An output by year in both worlds: of the `i`th service, say, where it has services."""
    nothing, plan = (
        {year: spread(ensemble.of(output, w, t, i) * scale) for t, year in enumerate(area.years)}
        for w in (0, 1)
    )
    return said.Worlds(name=name, unit=unit, group=group, do_nothing=nothing, plan=plan)


def _people(area: Area, ensemble: Ensemble) -> dict[str, said.Worlds]:
    return {
        row.segment: _worlds(area, ensemble, "people", i, name=row.name, unit="people")
        for i, row in enumerate(area.plan.baseline.segments)
    }


def _services(
    area: Area, ensemble: Ensemble, output: str, scale: float, unit: str | None = None
) -> dict[str, said.Worlds]:
    return {
        row.service: _worlds(
            area,
            ensemble,
            output,
            i,
            name=row.name,
            unit=unit or row.unit,
            group=row.group,
            scale=scale,
        )
        for i, row in enumerate(area.plan.baseline.services)
    }


def _resources(area: Area, ensemble: Ensemble) -> dict[str, said.ResourceAnswer]:
    found = {}
    for q, name in enumerate(area.labels["resource"]):
        row = next(r for r in area.plan.baseline.capacity if r.resource == name)
        needed, there, short = (
            _worlds(area, ensemble, output, q, name=row.name, unit=unit)
            for output, unit in (("needed", row.unit), ("available", row.unit), ("short", "days"))
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


def _roles(area: Area, ensemble: Ensemble) -> dict[str, said.RoleAnswer]:
    found = {}
    for w, row in enumerate(area.plan.baseline.workforce):
        needed, post = (
            _worlds(area, ensemble, output, w, name=row.name, unit="WTE")
            for output in ("staff_needed", "staff_in_post")
        )
        found[row.role] = said.RoleAnswer(
            name=row.name,
            needed=needed,
            in_post=post,
            chance_short={year: _chance_short(ensemble, t, w) for t, year in enumerate(area.years)},
        )
    return found


def _chance_short(ensemble: Ensemble, t: int, w: int) -> float:
    needed, post = (ensemble.of(name, 1, t, w) for name in ("staff_needed", "staff_in_post"))
    return round(float((needed > post).mean()), 4)


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
