"""Every name refers to something the plan defines.

A name that nobody defined is told once in each file, at the first place it stands, with how
often it stands there.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import NamedTuple

from footprint.plan.checks.register import NAMES, check
from footprint.plan.schema import Plan
from footprint.plan.scheme import Scheme
from footprint.plan.suggest import listed, nearest
from footprint.plan.tables import Baseline
from footprint.terms.faults import Fault

# For each table, the columns that refer to something, and to what.
_COLUMNS: dict[str, dict[str, str]] = {
    "population": {"place": "locality"},
    "registered": {"place": "locality"},
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
_EFFECT_FIELDS = {
    "service": "service",
    "services": "service",
    "resource": "resource",
    "partner": "partner",
    "prices": "assumption",
    "from_segment": "segment",
    "to_segments": "segment",
}


class _Mention(NamedTuple):
    """A word that stands at an address and means something of a kind."""

    address: str
    word: str
    what: str


@check("plan", rank=NAMES)
def partners_and_localities_are_defined(plan: Plan) -> Iterator[Fault]:
    """Partners, localities, objectives and bodies that are named are in plan.yaml or governance."""
    whats = ("partner", "locality", "locality or all", "objective", "body")
    yield from _undefined(plan, *whats)


@check("segments", rank=NAMES)
def segments_are_defined(plan: Plan) -> Iterator[Fault]:
    """Need segments that are named are in segments.csv."""
    yield from _undefined(plan, "segment")


@check("services", rank=NAMES)
def services_are_defined(plan: Plan) -> Iterator[Fault]:
    """Services that are named are in services.csv."""
    yield from _undefined(plan, "service")


@check("capacity", rank=NAMES)
def resources_are_defined(plan: Plan) -> Iterator[Fault]:
    """Resources that are named are in capacity.csv."""
    yield from _undefined(plan, "resource")


@check("workforce", rank=NAMES)
def roles_are_defined(plan: Plan) -> Iterator[Fault]:
    """Roles that are named are in workforce.csv."""
    yield from _undefined(plan, "role")


@check("age_profiles", rank=NAMES)
def age_profiles_are_defined(plan: Plan) -> Iterator[Fault]:
    """Age profiles that services name are in age_profiles.csv."""
    yield from _undefined(plan, "age profile")


@check("need_profiles", rank=NAMES)
def need_profiles_are_defined(plan: Plan) -> Iterator[Fault]:
    """Need profiles that services name are in need_profiles.csv."""
    yield from _undefined(plan, "need profile")


@check("assumptions", "schemes", rank=NAMES)
def assumptions_are_defined(plan: Plan) -> Iterator[Fault]:
    """Addresses of assumptions that tables name lead to an assumption."""
    yield from _undefined(plan, "assumption")


@check("sources", rank=NAMES)
def sources_are_listed(plan: Plan) -> Iterator[Fault]:
    """Every source a figure names is in sources.csv."""
    named = sum(mention.what == "source" for mention in _mentions(plan))
    if named and not plan.baseline.sources:
        yield Fault(
            "baseline/sources",
            f"no source, and {named:,} figures name one",
            "a row for each source: its short name, title and kind at least",
            "write sources.csv, or copy it from a new plan: footprint new DIR",
        )
        return
    yield from _undefined(plan, "source")


def written_at(address: str) -> str:
    """Where an assumption stands: correlation and pools are written in plan.yaml."""
    inside = address.startswith(("correlation", "pools"))
    return f"plan.{address}" if inside else address


def _undefined(plan: Plan, *whats: str) -> Iterator[Fault]:
    known = _known(plan)
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for address, word, what in _mentions(plan):
        if what in whats and word not in known[what]:
            file = address.partition("[")[0].partition(".")[0]
            found[file, word, what].append(address)
    for (_, word, what), addresses in found.items():
        often = f" ({len(addresses)} times in this file)" if len(addresses) > 1 else ""
        yield Fault(
            addresses[0],
            f"{word!r}, which is no {what} of this plan{often}",
            listed(known[what]) or f"a {what} that the plan defines; there is none yet",
            nearest(word, known[what], f"use one of these, or define it {_WHERE[what]}"),
        )


# Where each kind of thing is defined, for the cure.
_WHERE = {
    "partner": "under partners: in plan.yaml",
    "locality": "under localities: in plan.yaml",
    "locality or all": "under localities: in plan.yaml",
    "objective": "under objectives: in plan.yaml",
    "body": "under bodies: in governance.yaml",
    "segment": "in segments.csv",
    "service": "in services.csv",
    "resource": "in capacity.csv",
    "role": "in workforce.csv",
    "age profile": "in age_profiles.csv",
    "need profile": "in need_profiles.csv",
    "assumption": "in a file under assumptions/",
    "source": "in sources.csv",
}


def _known(plan: Plan) -> dict[str, Collection[str]]:
    tables: Baseline = plan.baseline
    localities = list(plan.about.localities)
    return {
        "partner": plan.about.partners,
        "locality": localities,
        "locality or all": [*localities, "all"],
        "objective": plan.about.objectives,
        "body": plan.governance.bodies if plan.governance else (),
        "segment": {r.segment for r in tables.segments},
        "service": {r.service for r in tables.services},
        "resource": {r.resource for r in tables.capacity},
        "role": {r.role for r in tables.workforce},
        "age profile": {r.profile for r in tables.age_profiles},
        "need profile": {r.profile for r in tables.need_profiles},
        "assumption": plan.assumptions_by_address(),
        "source": {r.source for r in tables.sources},
    }


def _mentions(plan: Plan) -> Iterator[_Mention]:
    yield from _in_tables(plan.baseline)
    for address, assumption in plan.assumptions_by_address().items():
        where = written_at(address)
        if assumption.owner:
            yield _Mention(f"{where}.owner.partner", assumption.owner.partner, "partner")
        for word in assumption.source.split():
            yield _Mention(f"{where}.source", word, "source")
        for word in assumption.views:
            yield _Mention(f"{where}.views.{word}", word, "partner")
    for name, scheme in plan.schemes.items():
        for spot, word, what in _in_scheme(scheme):
            yield _Mention(f"schemes/{name}.{spot}", word, what)
    yield from _in_plan(plan)
    yield from _in_governance(plan)


def _in_tables(tables: Baseline) -> Iterator[_Mention]:
    for table in Baseline.model_fields:
        for i, row in enumerate(getattr(tables, table)):
            for column, what in _COLUMNS.get(table, {}).items():
                if getattr(row, column):
                    spot = f"baseline/{table}[{i}].{column.removesuffix('_segment')}"
                    yield _Mention(spot, getattr(row, column), what)
            if table != "sources":
                for word in getattr(row, "source", "").split():
                    yield _Mention(f"baseline/{table}[{i}].source", word, "source")


def _in_scheme(scheme: Scheme) -> Iterator[_Mention]:
    yield _Mention("lead", scheme.lead, "partner")
    for field in ("partners", "pays", "gains"):
        for i, word in enumerate(getattr(scheme, field)):
            yield _Mention(f"{field}.{i}", word, "partner")
    for i, word in enumerate(scheme.objectives):
        yield _Mention(f"objectives.{i}", word, "objective")
    for i, word in enumerate(scheme.cohort.places):
        yield _Mention(f"cohort.places.{i}", word, "locality")
    for i, word in enumerate(scheme.cohort.segments):
        yield _Mention(f"cohort.segments.{i}", word, "segment")
    for key, cost in scheme.costs.items():
        yield _Mention(f"costs.{key}.partner", cost.partner, "partner")
        if cost.prices:
            yield _Mention(f"costs.{key}.prices", cost.prices, "assumption")
    for key, staff in scheme.staff.items():
        yield _Mention(f"staff.{key}.role", staff.role, "role")
    for word in scheme.evidence.source.split():
        yield _Mention("evidence.source", word, "source")
    for key, effect in scheme.effects.items():
        for field, what in _EFFECT_FIELDS.items():
            words = getattr(effect, field, None) or ()
            for word in [words] if isinstance(words, str) else words:
                yield _Mention(f"effects.{key}.{field}", word, what)
        for landing, where in getattr(effect, "receives", {}).items():
            spot = f"effects.{key}.receives.{landing}.service"
            yield _Mention(spot, where.service, "service")


def _in_plan(plan: Plan) -> Iterator[_Mention]:
    if plan.about.deflator:
        yield _Mention("plan.deflator", plan.about.deflator, "assumption")
    for name, place in plan.about.localities.items():
        if place.council:
            yield _Mention(f"plan.localities.{name}.council", place.council, "partner")
    for name, objective in plan.about.objectives.items():
        if objective.target:
            for word in objective.target.source.split():
                yield _Mention(f"plan.objectives.{name}.target.source", word, "source")
    for name, pool in plan.about.pools.items():
        for word in pool.contributions:
            yield _Mention(f"plan.pools.{name}.contributions.{word}", word, "partner")
        for word in pool.shares:
            yield _Mention(f"plan.pools.{name}.shares.{word}", word, "partner")
        for i, word in enumerate(pool.services):
            yield _Mention(f"plan.pools.{name}.services.{i}", word, "service")


def _in_governance(plan: Plan) -> Iterator[_Mention]:
    if plan.governance is None:
        return
    for name, body in plan.governance.bodies.items():
        for i, word in enumerate(body.partners):
            yield _Mention(f"governance.bodies.{name}.partners.{i}", word, "partner")
    for i, word in enumerate(plan.governance.co_chairs):
        yield _Mention(f"governance.co_chairs.{i}", word, "partner")
    for name, stage in plan.governance.stages.items():
        if stage.decides:
            yield _Mention(f"governance.stages.{name}.decides", stage.decides, "body")
