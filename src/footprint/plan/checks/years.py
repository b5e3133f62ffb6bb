"""Years stay inside the plan."""

from collections.abc import Iterator

from footprint.plan.checks.names import written_at
from footprint.plan.checks.register import NAMES, check
from footprint.plan.schema import Plan
from footprint.terms.faults import Fault

_YEARLY = ("population", "income", "lines", "capacity")


@check("plan", rank=NAMES)
def rows_are_of_years_of_the_plan(plan: Plan) -> Iterator[Fault]:
    """Figures by year are of a year of the plan."""
    for table in _YEARLY:
        for i, row in enumerate(getattr(plan.baseline, table)):
            if row.year not in plan.years:
                yield _outside(plan, f"baseline/{table}[{i}].year", row.year)


def _outside(plan: Plan, address: str, year: str) -> Fault:
    return Fault(
        address,
        f"{year}, which is outside the plan",
        f"{plan.years[0]} to {plan.years[-1]}",
        "mend the year, or change the years in plan.yaml",
    )


@check("plan")
def plans_are_for_years_of_the_plan(plan: Plan) -> Iterator[Fault]:
    """Schemes start, and targets fall due, within the plan."""
    for name, scheme in plan.schemes.items():
        if scheme.starts not in plan.years:
            yield _outside(plan, f"schemes/{name}.starts", scheme.starts)
    for name, objective in plan.about.objectives.items():
        if objective.target and objective.target.year not in plan.years:
            yield _outside(plan, f"plan.objectives.{name}.target.year", objective.target.year)


@check("plan")
def paths_cover_every_year(plan: Plan) -> Iterator[Fault]:
    """A path by year has a value for each year after the base year, and no other."""
    wanted = plan.years[1:]
    for address, assumption in plan.assumptions_by_address().items():
        if assumption.by_year is None:
            continue
        missing = [y for y in wanted if y not in assumption.by_year]
        other = [y for y in assumption.by_year if y not in wanted]
        if missing or other:
            found = " and ".join(
                [
                    *([f"no value for {', '.join(missing)}"] if missing else []),
                    *([f"a value for {', '.join(other)}"] if other else []),
                ]
            )
            yield Fault(
                f"{written_at(address)}.by_year",
                found,
                f"a value for each of {', '.join(wanted)}",
                "write the years that are missing and leave out any other",
            )


@check("plan", "capacity")
def capacity_is_known_every_year(plan: Plan) -> Iterator[Fault]:
    """Each resource has a row for each year, with the same partner and rules."""
    rows = plan.baseline.capacity
    for resource in dict.fromkeys(r.resource for r in rows):
        mine = [(i, r) for i, r in enumerate(rows) if r.resource == resource]
        missing = [y for y in plan.years if y not in {r.year for _, r in mine}]
        if missing:
            yield Fault(
                f"baseline/capacity[{mine[0][0]}]",
                f"nothing for {resource} in {', '.join(missing)}",
                "a row for each year of the plan",
                "write what there will be with no scheme, even if it does not change",
            )
