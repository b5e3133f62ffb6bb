"""Parts add up to the whole."""

from collections.abc import Callable, Iterator
from typing import Any

from footprint.plan.checks.register import check, check_each, grouped
from footprint.plan.schema import Plan
from footprint.terms.faults import Fault

# Published shares are rounded; a sum further from 1 than this is a slip.
_TOLERANCE = 1e-6

# table: (column that adds to 1, within what)
_SUMS: dict[str, tuple[str, tuple[str, ...]]] = {
    "need_start": ("share", ("age_group",)),
    "need_transitions": ("probability", ("age_group", "from_segment")),
    "need_entry": ("share", ("entry", "age_group")),
    "flows": ("share", ("service", "place")),
    "staffing": ("weight", ("role",)),
}


def _key(columns: tuple[str, ...]) -> Callable[[Any], tuple[str, ...]]:
    return lambda row: tuple(getattr(row, column) for column in columns)


@check_each(*_SUMS)
def shares_add_to_one(plan: Plan, table: str) -> Iterator[Fault]:
    """Shares and probabilities that divide a whole add to 1."""
    column, within = _SUMS[table]
    for key, rows in grouped(getattr(plan.baseline, table), _key(within)).items():
        total = sum(getattr(row, column) for _, row in rows)
        if abs(total - 1) > _TOLERANCE:
            words = ", ".join(key)
            count = "the row" if len(rows) == 1 else f"one of the {len(rows)} rows"
            yield Fault(
                f"baseline/{table}[{rows[0][0]}].{column}",
                f"{words}: {column} adds to {total:.6g}",
                "1, within a millionth",
                f"mend {count} of {words}",
            )


@check("plan", "population")
def projections_are_likely_in_all(plan: Plan) -> Iterator[Fault]:
    """The likelihoods of the population variants add to 1, and each variant has people."""
    likely = plan.about.projection
    total = sum(likely.values())
    if abs(total - 1) > _TOLERANCE:
        yield Fault(
            "plan.projection",
            f"the likelihoods add to {total:g}",
            "likelihoods that add to 1",
            "write shares, like principal: 0.6 and high: 0.4",
        )
    variants = {r.variant for r in plan.baseline.population}
    for name in likely:
        if variants and name not in variants:
            yield Fault(
                f"plan.projection.{name}",
                f"no people for the variant {name!r}",
                f"variants in population.csv: {', '.join(sorted(variants))}",
                "add its rows to population.csv or leave it out",
            )


@check("volumes", "flows", "plan")
def every_volume_is_paid_by_somebody(plan: Plan) -> Iterator[Fault]:
    """Each service has one volume for all or one for each locality, and flows to match."""
    tables = plan.baseline
    flows = grouped(tables.flows, lambda r: r.service)
    for service, rows in grouped(tables.volumes, lambda r: r.service).items():
        places = {r.place for _, r in rows}
        paid = {r.place for _, r in flows[service]}
        for table, named, first in (
            ("volumes", places, rows[0][0]),
            ("flows", paid, flows[service][0][0] if paid else 0),
        ):
            if "all" in named and len(named) > 1:
                yield Fault(
                    f"baseline/{table}[{first}].place",
                    f"{service} for all and for {', '.join(sorted(named - {'all'}))}, "
                    "which counts it twice",
                    "either rows for all, or rows for each locality",
                    "leave out the rows for all, or the others",
                )
        wanted = set(plan.about.localities) if "all" in places else places
        unpaid = set() if "all" in paid else wanted - paid
        if unpaid:
            yield Fault(
                f"baseline/volumes[{rows[0][0]}]",
                f"nobody pays for {service} in {', '.join(sorted(unpaid))}",
                "a row in flows.csv for each service and locality, or for all",
                f"add who pays and who provides {service} to flows.csv",
            )


@check("services", "volumes")
def every_service_has_a_volume(plan: Plan) -> Iterator[Fault]:
    """How much of each service is used in the base year is known."""
    counted = {r.service for r in plan.baseline.volumes}
    for i, row in enumerate(plan.baseline.services):
        if row.service not in counted:
            yield Fault(
                f"baseline/services[{i}]",
                f"{row.service} has no volume",
                "a row in volumes.csv for each service",
                f"add {row.service} to volumes.csv, or delete it here",
            )
