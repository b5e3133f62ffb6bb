"""A saving is claimed once."""

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from footprint.plan.checks.delivery import expected
from footprint.plan.checks.register import check
from footprint.plan.effects import Effect
from footprint.plan.schema import Plan
from footprint.plan.scheme import Cohort, Scheme
from footprint.terms.ages import AgeBand
from footprint.terms.faults import Fault

# Two claims nearer to each other than this are taken for one; two estimates made apart
# seldom are.
_ALIKE = 0.05
_SUBJECTS = ("service", "services", "resource", "from_segment", "to_segments", "partner")


class _Claim(NamedTuple):
    """What one effect of one scheme says it brings."""

    address: str
    scheme: Scheme
    effect: Effect
    amount: float


@check("schemes")
def one_saving_has_one_scheme(plan: Plan) -> Iterator[Fault]:
    """No two schemes claim the same effect on the same people."""
    for one, other in combinations(_claims(plan), 2):
        if one.scheme is not other.scheme and _same(one, other):
            yield Fault(
                other.address,
                f"the same effect on the same people as {one.address}",
                "a saving claimed by one scheme",
                "leave it out of one of the two, or say for which other people it is",
                grade="warn",
            )


def _claims(plan: Plan) -> Iterator[_Claim]:
    for name, scheme in plan.schemes.items():
        for key, effect in scheme.effects.items():
            number = expected(effect)
            amount = 0.0 if number is None else number.central * scheme.reach.central
            if amount:
                yield _Claim(f"schemes/{name}.effects.{key}", scheme, effect, amount)


def _same(one: _Claim, other: _Claim) -> bool:
    return (
        one.effect.kind == other.effect.kind
        and all(
            _meet(getattr(one.effect, s, None), getattr(other.effect, s, None)) for s in _SUBJECTS
        )
        and abs(one.amount - other.amount) <= _ALIKE * abs(one.amount)
        and _overlap(one.scheme.cohort, other.scheme.cohort)
    )


def _meet(one: object, other: object) -> bool:
    """Whether two names, or two lists of names, have one in common; blank means all."""
    if not one or not other:
        return True
    mine = {one} if isinstance(one, str) else set(one)  # type: ignore[call-overload]
    return bool(mine & ({other} if isinstance(other, str) else set(other)))  # type: ignore[call-overload]


def _overlap(one: Cohort, other: Cohort) -> bool:
    ages = [[AgeBand.parse(text) for text in cohort.ages] for cohort in (one, other)]
    touch = not all(ages) or any(a.touches(b) for a in ages[0] for b in ages[1])
    return touch and _meet(one.places, other.places) and _meet(one.segments, other.segments)
