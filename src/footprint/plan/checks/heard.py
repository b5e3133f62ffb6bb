"""People are heard while options are open."""

from collections.abc import Iterator

from footprint.plan.checks.register import check
from footprint.plan.schema import Plan
from footprint.plan.suggest import listed
from footprint.terms.faults import Fault


@check("schemes")
def people_are_heard_before_an_option_is_fixed(plan: Plan) -> Iterator[Fault]:
    """No option is fixed before people could be heard on it (the first Gunning principle)."""
    for name, scheme in plan.schemes.items():
        fixed, heard = scheme.option_fixed, scheme.heard_until
        if fixed and (heard is None or fixed <= heard):
            found = f"an option fixed on {fixed}, " + (
                f"and people heard until {heard}" if heard else "and no word that people were heard"
            )
            yield Fault(
                f"schemes/{name}.option_fixed",
                found,
                "an option that stays open until people have been heard",
                "open the options again, or write the day until which people were heard",
                grade="warn",
            )


@check("plan", "schemes")
def it_is_said_when_people_are_heard(plan: Plan) -> Iterator[Fault]:
    """For each scheme the plan says until when people can be heard."""
    silent = [n for n, s in plan.schemes.items() if not (s.heard_until or s.option_fixed)]
    if silent:
        yield Fault(
            "plan",
            f"no word on when people are heard on {listed(silent)}",
            "for each scheme the last day on which people could be heard",
            "write heard_until: in the scheme, and option_fixed: once one option is fixed",
            grade="note",
        )
