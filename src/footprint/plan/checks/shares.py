"""Parts add up to the whole."""

from collections.abc import Callable, Iterator
from typing import Any

from footprint.plan.checks.register import check, grouped
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


@check(*_SUMS)
def shares_add_to_one(plan: Plan) -> Iterator[Fault]:
    """Shares and probabilities that divide a whole add to 1."""
    for table, (column, within) in _SUMS.items():
        for key, rows in grouped(getattr(plan.baseline, table), _key(within)).items():
            total = sum(getattr(row, column) for _, row in rows)
            if abs(total - 1) > _TOLERANCE:
                words = ", ".join(key)
                yield Fault(
                    f"baseline/{table}[{rows[0][0]}]",
                    f"the {column} of {words} add to {total:.6g}",
                    "1, within a millionth",
                    f"mend one of the {len(rows)} rows of {words}",
                )


@check("plan", "population")
def projections_are_likely_in_all(plan: Plan) -> Iterator[Fault]:
    """The likelihoods of the population variants add to 1, and each variant has people."""
    likely = plan.about.projection
    total = sum(likely.values())
    if abs(total - 1) > _TOLERANCE:
        yield Fault("plan.projection", f"the likelihoods add to {total:g}", "1",
                    "write shares: principal: 0.6 and so on")
    variants = {r.variant for r in plan.baseline.population}
    for name in likely:
        if variants and name not in variants:
            yield Fault(f"plan.projection.{name}", f"no people for the variant {name!r}",
                        f"variants in population.csv: {', '.join(sorted(variants))}",
                        "add its rows to population.csv or leave it out")


@check("volumes", "flows", "plan")
def every_volume_is_paid_by_somebody(plan: Plan) -> Iterator[Fault]:
    """Each service has one volume for all or one for each locality, and flows to match."""
    for service, rows in grouped(plan.baseline.volumes, lambda r: r.service).items():
        places = {r.place for _, r in rows}
        if "all" in places and len(places) > 1:
            yield Fault(f"baseline/volumes[{rows[0][0]}]",
                        f"{service} has a volume for all and for {', '.join(places - {'all'})}",
                        "either one row for all or a row for each locality",
                        "leave out the row for all, or the others")
        paid = {r.place for r in plan.baseline.flows if r.service == service}
        wanted = set(plan.about.localities) if "all" in places else places
        unpaid = set() if "all" in paid else wanted - paid
        if unpaid:
            yield Fault(f"baseline/volumes[{rows[0][0]}]",
                        f"nobody pays for {service} in {', '.join(sorted(unpaid))}",
                        "a row in flows.csv for each service and locality, or for all",
                        f"add who pays and who provides {service} to flows.csv")
    counted = {r.service for r in plan.baseline.volumes}
    for i, row in enumerate(plan.baseline.services):
        if row.service not in counted:
            yield Fault(f"baseline/services[{i}]", f"{row.service} has no volume",
                        "a row in volumes.csv for each service",
                        f"add {row.service} to volumes.csv, or delete it here")
