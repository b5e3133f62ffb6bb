"""Targets, scenarios and correlation refer to what the plan has."""

from collections.abc import Collection, Iterator

from footprint.evidence.assumption import Assumption
from footprint.plan.checks.register import check
from footprint.plan.schema import Measure, Plan
from footprint.plan.suggest import listed, nearest
from footprint.terms.faults import Fault


def _measured(plan: Plan) -> dict[Measure, Collection[str]]:
    tables = plan.baseline
    return {
        "activity": {r.service for r in tables.services},
        "capacity needed": {r.resource for r in tables.capacity},
        "days short": {r.resource for r in tables.capacity},
        "staff short": {r.role for r in tables.workforce},
        "people": {r.segment for r in tables.segments},
    }


@check("plan", "services", "capacity", "workforce", "segments")
def targets_can_be_measured(plan: Plan) -> Iterator[Fault]:
    """What a target measures is something the plan has."""
    known = _measured(plan)
    for name, objective in plan.about.objectives.items():
        target = objective.target
        if target is None:
            continue
        address = f"plan.objectives.{name}.target"
        if target.measure == "gap" and target.of:
            yield Fault(
                f"{address}.of",
                repr(target.of),
                "nothing: the gap is of the place",
                "leave `of` out",
            )
        elif target.measure != "gap" and target.of not in known[target.measure]:
            names = known[target.measure]
            yield Fault(
                f"{address}.of",
                f"{target.of!r}, for which no {target.measure} is counted",
                listed(names) or "nothing yet: no table says what there is",
                nearest(target.of, names, "use one of these" if names else "leave the target out"),
            )
        if target.measure == "gap" and target.unit != "GBP m":
            yield Fault(f"{address}.unit", repr(target.unit), "GBP m", "write unit: GBP m")


@check("schemes", "assumptions")
def scenarios_change_what_is_there(plan: Plan) -> Iterator[Fault]:
    """A scenario changes assumptions and schemes that exist."""
    assumptions = plan.assumptions_by_address()
    schemes = {f"schemes/{name}" for name in plan.schemes}
    for name, scenario in plan.scenarios.items():
        for address, change in scenario.set.items():
            spot = f"scenarios.{name}.set.{address}"
            if address in schemes:
                if not isinstance(change, bool):
                    yield Fault(
                        spot,
                        "a number for a whole scheme",
                        "on or off",
                        "write off, or change one of the scheme's numbers",
                    )
            elif address not in assumptions:
                yield Fault(
                    spot,
                    "an address that the plan does not have",
                    "the address of an assumption or a scheme",
                    nearest(address, [*assumptions, *schemes], "mend the address"),
                )
            elif isinstance(change, bool):
                yield Fault(
                    spot,
                    "on or off for an assumption",
                    "a number, or a whole assumption",
                    "write a number; only a scheme can be switched off",
                )
            else:
                yield from _fits(spot, address, change, assumptions[address])


def _fits(spot: str, address: str, change: float | Assumption, now: Assumption) -> Iterator[Fault]:
    if isinstance(change, Assumption):
        if change.measure.dimension != now.measure.dimension:
            yield Fault(
                spot,
                f"a number in {change.unit}",
                f"a {now.measure.dimension}, like the number it stands for",
                f"write it in {now.unit}",
            )
        return
    try:
        now.model_copy(update={"value": change, "distribution": None}).model_validate(
            {**_plain(now), "value": change}
        )
    except ValueError as error:
        said = str(error).split("Value error, ")[-1].split(" [type=")[0]
        found, _, cure = said.partition("; ")
        yield Fault(spot, found, f"a number in {now.unit}", cure or "mend the number")


def _plain(now: Assumption) -> dict[str, object]:
    return {"unit": now.unit, "status": now.status, "why": now.why}


@check("plan")
def correlation_is_possible(plan: Plan) -> Iterator[Fault]:
    """Shared correlation leaves each assumption some doubt of its own, and is a plain number."""
    said = plan.about.correlation
    whole = 0.0 if said.plan is None else said.plan.central
    for name, group in said.groups.items():
        if whole + group.central > 1:
            yield Fault(
                f"plan.correlation.groups.{name}",
                f"{whole:g} for the plan and {group.central:g} for the group",
                "at most 1 together",
                "lower one of the two",
            )
    every = {"plan": said.plan, **{f"groups.{n}": g for n, g in said.groups.items()}}
    for spot, number in every.items():
        if number is not None and number.value is None:
            yield Fault(
                f"plan.correlation.{spot}",
                "a range",
                "one value",
                "write value; try other values as scenarios",
            )
