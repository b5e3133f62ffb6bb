"""A scheme may fall short: its numbers say by how much, and the weaker the evidence the more."""

from collections.abc import Iterator

import numpy as np

from footprint.evidence.assumption import Assumption
from footprint.plan.checks.register import check
from footprint.plan.effects import Effect
from footprint.plan.schema import Plan
from footprint.plan.scheme import Scheme
from footprint.terms.faults import Fault

# The number of each kind of effect that says how much of it comes.
_SIZES = ("size", "a_year", "change", "amount")
# What 1 future in 10 may leave of the expected effect before nobody has asked what falls short.
# Providers forecast 85% of planned recurrent savings in 2017/18 (class planned-savings-delivered).
_NEARLY_ALL = 0.9
# Weak evidence cannot tell a scheme that works from one that half works.
_HALF = 0.5
# Beds are closed by decision and money is granted: no trial shows how much of it comes.
_DECIDED = ("capacity", "income")


def expected(effect: Effect) -> Assumption | None:
    """The number that says how much of an effect comes."""
    for name in _SIZES:
        number = getattr(effect, name, None)
        if isinstance(number, Assumption):
            return number
    return None


def least_share(number: Assumption | None) -> float:
    """What the unlucky tenth of futures leaves of the expected number, 1 where there is no doubt.

    A range that reaches across 0 leaves nothing.
    """
    if number is None or number.doubt is None:
        return 1.0
    ends = number.doubt.quantile(np.array([0.1, 0.9])) * number.measure.size
    if ends[0] * ends[1] <= 0 or number.central == 0:
        return 0.0
    return float(min(abs(ends)) / abs(number.central))


def _left(scheme: Scheme, effect: Effect) -> float:
    return least_share(scheme.reach) * least_share(expected(effect))


@check("schemes")
def risk_of_non_delivery_is_quantified(plan: Plan) -> Iterator[Fault]:
    """Each scheme's numbers say how far it may fall short."""
    for name, scheme in plan.schemes.items():
        sure = {key: _left(scheme, effect) for key, effect in scheme.effects.items()}
        if sure and max(sure.values()) > _NEARLY_ALL:
            key = max(sure, key=lambda k: sure[k])
            yield Fault(
                f"schemes/{name}.effects.{key}",
                f"{sure[key]:.0%} or more of {key} comes in 9 of 10 futures",
                "a range for reach or for size in which less than 90% may come",
                "write a distribution that says how far it may fall short; providers of 2017/18 "
                "forecast 85% of the savings they had planned",
                grade="warn",
            )


@check("schemes")
def weak_evidence_has_a_wide_range(plan: Plan) -> Iterator[Fault]:
    """A saving booked on weak evidence has a range that reaches down to half of it."""
    for name, scheme in plan.schemes.items():
        for key, effect in scheme.effects.items():
            number = expected(effect)
            grades = {scheme.evidence.grade, number.grade if number else "none"}
            left = _left(scheme, effect)
            if grades <= {"weak", "none"} and left > _HALF and effect.acts_on not in _DECIDED:
                yield Fault(
                    f"schemes/{name}.effects.{key}",
                    f"{scheme.evidence.grade} evidence, and {left:.0%} of {key} or more is booked "
                    "in 9 of 10 futures",
                    "with weak evidence or none, a range in which half of it may not come",
                    "widen the range of reach or size, or name better evidence and its grade",
                    grade="warn",
                )
