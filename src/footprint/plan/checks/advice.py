"""What every plan should have: the plan can be used without it, and readers should know."""

from collections.abc import Iterator

from footprint.plan.checks.register import check
from footprint.plan.schema import Plan
from footprint.terms.faults import Fault

# Roles that are nobody yet, and fewer words than a plan B can be said in.
_NOBODY = {"tbc", "tbd", "to be confirmed", "to be decided", "to follow", "n/a", "none", "nobody"}
_FEWEST_WORDS = 5


@check()
def assumptions_have_owner_and_source(plan: Plan) -> Iterator[Fault]:
    """Somebody answers for each assumption, and it comes from somewhere."""
    for address, assumption in plan.assumptions_by_address().items():
        missing = [n for n in ("owner", "source") if not getattr(assumption, n)]
        if assumption.owner and assumption.owner.role.strip(" .?").lower() in _NOBODY:
            missing.insert(0, "owner")
        if missing and not address.startswith(("correlation", "pools")):
            yield Fault(
                address,
                f"no {' and no '.join(missing)}",
                "an owner and a source",
                "say which partner and role answers for it, and where it comes from",
                grade="warn",
            )


@check("plan")
def recurrent_cost_has_money_that_lasts(plan: Plan) -> Iterator[Fault]:
    """A cost that goes on is not paid from money that ends."""
    for name, scheme in plan.schemes.items():
        for key, cost in scheme.costs.items():
            if (
                cost.kind == "recurrent"
                and cost.funded_until
                and (cost.funded_until < plan.years[-1])
            ):
                yield Fault(
                    f"schemes/{name}.costs.{key}",
                    f"a yearly cost whose money ends in {cost.funded_until}",
                    f"money until {plan.years[-1]} at least",
                    "say who pays afterwards; the ledger charges the partner",
                    grade="warn",
                )


@check("plan")
def there_is_a_plan_b(plan: Plan) -> Iterator[Fault]:
    """The plan says what is done if it falls short."""
    words = plan.about.contingency.split()
    if len(words) < _FEWEST_WORDS:
        yield Fault(
            "plan.contingency",
            f"a contingency of {' '.join(words)!r}" if words else "no contingency",
            "what is done if the plan falls short, and when that is decided",
            "write contingency: in plan.yaml",
            grade="warn",
        )


@check("plan")
def objectives_are_not_money_alone(plan: Plan) -> Iterator[Fault]:
    """The plan has an objective under each of the three gaps."""
    have = {objective.gap for objective in plan.about.objectives.values()}
    for gap in ("health and wellbeing", "care and quality", "finance"):
        if gap not in have:
            yield Fault(
                "plan.objectives",
                f"none under {gap}",
                "at least one under each of the three gaps",
                f"add an objective with gap: {gap}",
                grade="warn",
            )
