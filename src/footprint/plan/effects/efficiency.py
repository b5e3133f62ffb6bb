"""The same unit costs less."""

from typing import ClassVar, Literal

from pydantic import Field

from footprint.evidence.assumption import RateAssumption
from footprint.plan.effects.base import Effect, Link
from footprint.plan.record import Name


class Efficiency(Effect):
    """Each year the cost of a unit of `services` falls by the rate `a_year` of what it was.

    It acts on what avoidance has left. After t years a unit costs (1 - rate)^t of its price.
    With `partner`, only that provider's part of the work gets cheaper, and the saving is its own.

    Worked example: 2% a year for four years leaves 92.2% of the price.
    """

    acts_on: ClassVar[Link] = "unit cost"

    kind: Literal["efficiency"] = "efficiency"
    services: tuple[Name, ...] = Field(min_length=1, description="ids of services made cheaper")
    partner: Name | None = Field(
        default=None, description="id of the provider that gets cheaper; blank: every provider"
    )
    a_year: RateAssumption = Field(description="share of the unit cost saved each year")
