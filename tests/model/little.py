"""Little plans for tests, written as a person would, with the dull parts filled in.

    little_plan({
        "years": ["2016/17", "2018/19"],
        "services": {"admissions": {"volume": 1000, "unit_cost_gbp": 3000}},
        "schemes": {"at-home": {"effects": {"fewer": {"kind": "avoid", ...}}}},
    })

Numbers of schemes may be written short: `20 percent` is an assumption without doubt, and
`10 to 30 percent` one that is anything between. `tables` adds rows to a table as they are.
"""

import re
from collections.abc import Mapping
from typing import Any

from footprint.plan.schema import Plan
from footprint.plan.tables import Baseline
from footprint.terms.years import years_between

WHY = "A round number, to be worked out by hand."
SHORT = re.compile(r"(-?[\d.]+)(?: to (-?[\d.]+))? (\D.*)")
UNPAID = {"place": "all", "share": 1, "status": "assumed"}
PARTNERS = {
    "commissioner": {"name": "Commissioner", "kind": "commissioner", "sector": "nhs"},
    "hospital": {"name": "Hospital", "kind": "provider", "sector": "nhs"},
    "council": {"name": "Council", "kind": "council", "tier": "unitary", "sector": "council"},
}
UNUSED: dict[str, dict[str, Any]] = {"unused": {"volume": 0}}
ASSUMED = {"status": "assumed"}
DULL: dict[str, dict[str, Any]] = {
    "segments": {},
    "services": {},
    "income": {"recurrent": True, **ASSUMED},
}
ONE_SEGMENT = {"everyone": {"start": 1.0, "moves": {"everyone": 1.0}, "deaths": 0.0}}


def number(text: Any, **more: Any) -> Any:
    """An assumption from `20 percent` or `10 to 30 percent`; anything else as it is."""
    match = SHORT.fullmatch(text) if isinstance(text, str) else None
    if not match:
        return text
    low, high, unit = match.groups()
    said = (
        {"distribution": {"kind": "uniform", "low": float(low), "high": float(high)}}
        if high
        else {"value": float(low)}
    )
    return {**said, "unit": unit, "status": "assumed", "why": WHY, **more}


def _numbers(
    part: Any, but: tuple[str, ...] = ("name", "why", "prevented", "starts", "ends")
) -> Any:
    if isinstance(part, Mapping):
        return {k: v if k in but else _numbers(v, but) for k, v in part.items()}
    return number(part)


def little_plan(given: Mapping[str, Any]) -> Plan:
    """A valid plan from what matters to a test."""
    years = given.get("years", ["2016/17", "2017/18"])
    places = list(given.get("places", ["here"]))
    about = {
        "title": "A little plan",
        "place": {"name": "Here", "kind": "neighbourhood"},
        "years": {"base": years[0], "last": years[-1]},
        "partners": given.get("partners", PARTNERS),
        "localities": {name: {"name": name.title()} for name in places},
        "objectives": {"balance": _objective(years[-1])},
        "headline": "balance",
        "cost_lens": given.get("cost_lens", "average"),
        "projection": given.get("projection", {"principal": 1.0}),
        "correlation": _numbers(given.get("correlation", {})),
        "pools": _numbers(given.get("pools", {})),
    }
    registers = _numbers(given.get("assumptions", {}))
    return Plan.model_validate(
        {
            "about": about,
            "baseline": Baseline.model_validate(_tables(given, places)),
            "assumptions": registers,
            "schemes": {n: _scheme(n, s, years) for n, s in given.get("schemes", {}).items()},
            "scenarios": given.get("scenarios", {}),
        }
    )


def _objective(last: str) -> dict[str, Any]:
    target = {"measure": "gap", "year": last, "at_most": 0, "unit": "GBP m"}
    return {"gap": "finance", "statement": "Spend no more than there is.", "target": target}


def _scheme(name: str, said: Mapping[str, Any], years: list[str]) -> dict[str, Any]:
    filled = {
        "name": name.replace("-", " ").capitalize(),
        "summary": "A scheme of a little plan.",
        "lead": "commissioner",
        "programme": "programme",
        "starts": years[0],
        "reach": "100 percent",
        "evidence": {"grade": "none", "sentence": WHY},
        **said,
    }
    effects = {k: {"why": WHY, **e} for k, e in filled.get("effects", {}).items()}
    for effect in effects.values():
        if effect["kind"] in ("avoid", "shorten"):
            effect.setdefault("prevented", WHY)
    costs = {
        k: {"kind": "recurrent", "purpose": "transformation", **c}
        for k, c in filled.get("costs", {}).items()
    }
    return _numbers({**filled, "effects": effects, "costs": costs})


def _tables(given: Mapping[str, Any], places: list[str]) -> dict[str, list[dict[str, Any]]]:
    tables: dict[str, list[dict[str, Any]]] = {
        "population": _population(given, places),
        **_segments(given.get("segments", ONE_SEGMENT)),
        **_services(given.get("services", UNUSED)),
    }
    for table, rows in given.get("tables", {}).items():
        tables[table] = tables.get(table, []) + [{**DULL.get(table, ASSUMED), **r} for r in rows]
    return tables


def _population(given: Mapping[str, Any], places: list[str]) -> list[dict[str, Any]]:
    """People by age band, half of each sex in each place; a list is by year."""
    span = years_between(given.get("years", ["2016/17"])[0], given.get("years", ["2017/18"])[-1])
    if "people" not in given and "population" in given.get("tables", {}):
        return []
    rows = []
    for band, people in given.get("people", {"0+": 1000}).items():
        by_year = people if isinstance(people, list) else [people] * len(span)
        for year, count in zip(span, by_year, strict=True):
            for place in places:
                for sex in ("female", "male"):
                    rows.append(
                        {
                            "place": place,
                            "age_band": band,
                            "sex": sex,
                            "year": year,
                            "people": count / 2 / len(places),
                            "status": "assumed",
                        }
                    )
    return rows


def _segments(said: Mapping[str, Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Segments with the same rates at every age; the first is where people enter."""
    names = list(said)
    all_ages = {"age_group": "0+", "status": "assumed"}
    return {
        "segments": [{"segment": name, "name": name} for name in names],
        "need_start": [
            {**all_ages, "segment": n, "share": s.get("start", 0.0)} for n, s in said.items()
        ],
        "need_transitions": [
            {**all_ages, "from": n, "to": to, "probability": chance}
            for n, s in said.items()
            for to, chance in s.get("moves", {n: 1.0}).items()
        ],
        "need_deaths": [
            {**all_ages, "segment": n, "probability": s.get("deaths", 0.0)} for n, s in said.items()
        ],
        "need_entry": [
            {**all_ages, "entry": entry, "segment": n, "share": float(n == names[0])}
            for entry in ("births", "migration")
            for n in names
        ],
    }


def _services(said: Mapping[str, Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """A service with its one volume and who pays whom: the commissioner pays the hospital."""
    mine = ("volume", "unit_cost_gbp", "payer", "provider")
    services, volumes, flows = [], [], []
    for name, service in said.items():
        rest = {k: v for k, v in service.items() if k not in mine}
        filled = {"name": name, "unit": "unit", "group": "all", "sector": "nhs", **rest}
        services.append({"service": name, **filled})
        volumes.append(
            {
                "service": name,
                "place": "all",
                "volume": service.get("volume", 0),
                "unit_cost_gbp": service.get("unit_cost_gbp", 0),
                "price_year": "2016/17",
                "status_volume": "assumed",
                "status_cost": "assumed",
            }
        )
        payer, provider = service.get("payer", "commissioner"), service.get("provider", "hospital")
        flows.append({"service": name, "payer": payer, "provider": provider, **UNPAID})
    return {"services": services, "volumes": volumes, "flows": flows}
