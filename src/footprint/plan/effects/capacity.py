"""Beds or places opened or closed."""

from typing import ClassVar, Literal

from pydantic import Field

from footprint.evidence.assumption import MoneyAssumption, NumberAssumption
from footprint.plan.effects.base import Effect, Link
from footprint.plan.record import Name


class Capacity(Effect):
    """`change` units of `resource` more (or fewer, when negative), phased by the ramp.

    `worth` is what each unit closed saves in a year, or each unit opened costs, beyond the
    work itself, which is counted where activity is. `prices` carries it forward.

    Worked example: -38 beds at GBP 87,000 a bed save GBP 3.3m a year when all are closed.
    """

    acts_on: ClassVar[Link] = "capacity"

    kind: Literal["capacity"] = "capacity"
    resource: Name = Field(description="id of the resource")
    change: NumberAssumption = Field(description="units opened, or closed when negative")
    worth: MoneyAssumption = Field(description="money for each unit a year")
    partner: Name = Field(description="id of the partner whose money it is")
    prices: str = Field(
        default="",
        description="address of the yearly rise that carries the money forward from base-year "
        "prices; blank: the money of the day",
    )
