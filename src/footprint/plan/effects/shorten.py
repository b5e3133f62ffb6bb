"""Fewer bed days a unit."""

from typing import ClassVar, Literal

from pydantic import Field

from footprint.evidence.assumption import MoneyAssumption, ShareAssumption
from footprint.plan.effects.base import Effect, Landing, Link
from footprint.plan.record import Name


class Shorten(Effect):
    """Among those reached, each unit of `service` takes the share `size` fewer bed days.

    It acts on what avoidance has left. Where several schemes shorten the same stay only the
    largest counts: one efficiency per spell. The days saved land in `receives` (care at home
    for each day saved) or are `prevented`.

    Worked example: 1,000 stays of 7 days, all reached, size 10%: 700 days saved; with one home
    care hour a day saved, 700 hours.
    """

    acts_on: ClassVar[Link] = "bed days"

    kind: Literal["shorten"] = "shorten"
    service: Name = Field(description="id of the service whose stays become shorter")
    resource: Name = Field(description="id of the resource whose days are saved")
    size: ShareAssumption = Field(description="share of the days saved among those reached")
    worth: MoneyAssumption = Field(description="what one day less saves, at base-year prices")
    receives: dict[Name, Landing] = Field(
        default_factory=dict, description="where the saved days land"
    )
    prevented: str = Field(
        default="", description="why the rest has to be done by nobody; needed when there is a rest"
    )
