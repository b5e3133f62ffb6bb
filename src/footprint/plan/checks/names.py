"""Every name refers to something the plan defines."""

from collections.abc import Collection, Iterator

from footprint.plan.checks.register import check
from footprint.plan.schema import Plan
from footprint.plan.scheme import Scheme
from footprint.plan.suggest import listed, nearest
from footprint.plan.tables import Baseline
from footprint.terms.faults import Fault

# For each table, the columns that refer to something, and to what.
_COLUMNS: dict[str, dict[str, str]] = {
    "population": {"place": "locality"},
    "need_start": {"segment": "segment"},
    "need_transitions": {"from_segment": "segment", "to_segment": "segment"},
    "need_deaths": {"segment": "segment"},
    "need_entry": {"segment": "segment"},
    "need_profiles": {"segment": "segment"},
    "services": {
        "age_profile": "age profile",
        "need_profile": "need profile",
        "growth": "assumption",
        "prices": "assumption",
        "uplift": "assumption",
    },
    "volumes": {"service": "service", "place": "locality or all"},
    "flows": {
        "service": "service",
        "place": "locality or all",
        "payer": "partner",
        "provider": "partner",
    },
    "income": {"partner": "partner", "factor": "assumption"},
    "lines": {"partner": "partner"},
    "capacity": {"partner": "partner"},
    "uses": {"service": "service", "resource": "resource"},
    "workforce": {"partner": "partner", "supply_growth": "assumption"},
    "staffing": {"service": "service", "role": "role"},
}


def _known(plan: Plan) -> dict[str, Collection[str]]:
    tables: Baseline = plan.baseline
    localities = list(plan.about.localities)
    return {
        "partner": plan.about.partners,
        "locality": localities,
        "locality or all": [*localities, "all"],
        "objective": plan.about.objectives,
        "segment": {r.segment for r in tables.segments},
        "service": {r.service for r in tables.services},
        "resource": {r.resource for r in tables.capacity},
        "role": {r.role for r in tables.workforce},
        "age profile": {r.profile for r in tables.age_profiles},
        "need profile": {r.profile for r in tables.need_profiles},
        "assumption": plan.assumptions_by_address(),
        "source": {r.source for r in tables.sources},
    }


def _fault(address: str, word: str, what: str, known: Collection[str]) -> Fault:
    allowed = listed(known) if known else f"a {what} defined in the plan; there is none yet"
    return Fault(
        address,
        f"{word!r}, which is no {what} of this plan",
        allowed,
        nearest(word, known, f"define it, or use one of the {what} names above"),
    )


@check(*_COLUMNS, "plan", "assumptions", "schemes", "sources", "segments")
def names_in_tables_are_defined(plan: Plan) -> Iterator[Fault]:
    """Tables refer only to partners, localities, services and assumptions that exist."""
    known = _known(plan)
    for table, columns in _COLUMNS.items():
        for i, row in enumerate(getattr(plan.baseline, table)):
            for column, what in columns.items():
                word = getattr(row, column)
                if word and word not in known[what]:
                    yield _fault(f"baseline/{table}[{i}]", word, what, known[what])


@check("sources", "plan", "assumptions", "schemes")
def sources_are_listed(plan: Plan) -> Iterator[Fault]:
    """Every source a figure names is in sources.csv."""
    known = {r.source for r in plan.baseline.sources}
    for table in Baseline.model_fields:
        if table == "sources":
            continue
        for i, row in enumerate(getattr(plan.baseline, table)):
            for word in getattr(row, "source", "").split():
                if word not in known:
                    yield _fault(f"baseline/{table}[{i}]", word, "source", known)
    for address, assumption in plan.assumptions_by_address().items():
        for word in assumption.source.split():
            if word not in known:
                yield _fault(_written(address), word, "source", known)


@check("plan", "assumptions", "schemes")
def owners_are_partners(plan: Plan) -> Iterator[Fault]:
    """Whoever owns an assumption is a partner of the plan."""
    for address, assumption in plan.assumptions_by_address().items():
        if assumption.owner and assumption.owner.partner not in plan.about.partners:
            yield _fault(
                f"{_written(address)}.owner.partner",
                assumption.owner.partner,
                "partner",
                plan.about.partners,
            )


def _written(address: str) -> str:
    """Where an assumption stands: correlation and pools are written in plan.yaml."""
    inside = address.startswith(("correlation", "pools"))
    return f"plan.{address}" if inside else address


@check("plan", "schemes", "services", "segments", "capacity", "workforce")
def names_in_schemes_are_defined(plan: Plan) -> Iterator[Fault]:
    """Schemes refer only to partners, services, segments, resources and roles that exist."""
    known = _known(plan)
    for name, scheme in plan.schemes.items():
        for spot, word, what in _names_in(scheme):
            if word not in known[what]:
                yield _fault(f"schemes/{name}.{spot}", word, what, known[what])


def _names_in(scheme: Scheme) -> Iterator[tuple[str, str, str]]:
    yield "lead", scheme.lead, "partner"
    for field in ("partners", "pays", "gains"):
        for i, word in enumerate(getattr(scheme, field)):
            yield f"{field}.{i}", word, "partner"
    for word in scheme.objectives:
        yield "objectives", word, "objective"
    for word in scheme.cohort.places:
        yield "cohort.places", word, "locality"
    for word in scheme.cohort.segments:
        yield "cohort.segments", word, "segment"
    for key, cost in scheme.costs.items():
        yield f"costs.{key}.partner", cost.partner, "partner"
    for key, staff in scheme.staff.items():
        yield f"staff.{key}.role", staff.role, "role"
    for key, effect in scheme.effects.items():
        for field, what in _EFFECT_FIELDS.items():
            words = getattr(effect, field, ())
            for word in [words] if isinstance(words, str) else words:
                yield f"effects.{key}.{field}", word, what
        for landing, where in getattr(effect, "receives", {}).items():
            yield f"effects.{key}.receives.{landing}.service", where.service, "service"


_EFFECT_FIELDS = {
    "service": "service",
    "services": "service",
    "resource": "resource",
    "partner": "partner",
    "from_segment": "segment",
    "to_segments": "segment",
}


@check("plan", "governance")
def names_in_plan_and_governance_are_defined(plan: Plan) -> Iterator[Fault]:
    """Councils of localities, members of bodies and co-chairs are partners of the plan."""
    partners = plan.about.partners
    for name, place in plan.about.localities.items():
        if place.council and place.council not in partners:
            yield _fault(f"plan.localities.{name}.council", place.council, "partner", partners)
    for name, pool in plan.about.pools.items():
        for word in [*pool.contributions, *pool.shares]:
            if word not in partners:
                yield _fault(f"plan.pools.{name}", word, "partner", partners)
    if plan.governance is None:
        return
    for name, body in plan.governance.bodies.items():
        for word in body.partners:
            if word not in partners:
                yield _fault(f"governance.bodies.{name}.partners", word, "partner", partners)
    for word in plan.governance.co_chairs:
        if word not in partners:
            yield _fault("governance.co_chairs", word, "partner", partners)
