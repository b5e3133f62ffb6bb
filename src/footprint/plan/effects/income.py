"""Money from outside the place: income, not a saving."""

from typing import ClassVar, Literal

from pydantic import Field

from footprint.evidence.assumption import MoneyAssumption
from footprint.plan.effects.base import Effect, Link
from footprint.plan.record import Name
from footprint.terms.years import FinancialYear


class Income(Effect):
    """`amount` a year comes to `partner`, phased by the ramp, until `ends`.

    It helps to close a gap and saves nothing, so it is shown apart from savings.

    Worked example: GBP 57.2m a year from 2020/21.
    """

    acts_on: ClassVar[Link] = "income"

    kind: Literal["income"] = "income"
    partner: Name = Field(description="id of the partner who receives it")
    amount: MoneyAssumption = Field(description="money a year")
    ends: FinancialYear | None = Field(default=None, description="last year it is paid")
