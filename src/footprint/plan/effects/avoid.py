"""Fewer units of a service."""

from typing import ClassVar, Literal

from pydantic import Field

from footprint.evidence.assumption import ShareAssumption
from footprint.plan.effects.base import Effect, Landing, Link
from footprint.plan.record import Name


class Avoid(Effect):
    """Among those reached, the share `size` of the units of `service` does not happen.

    Each avoided unit lands in `receives`, or is prevented; the part that is prevented needs
    `prevented`, the sentence that says why nobody has to do that work.

    Worked example: 1,000 admissions in the cohort, half reached, size 20%, 60% of what is
    avoided lands as 4 community contacts: 100 avoided, 240 contacts, 40 prevented.
    """

    acts_on: ClassVar[Link] = "activity"

    kind: Literal["avoid"] = "avoid"
    service: Name = Field(description="id of the service that is used less")
    size: ShareAssumption = Field(description="share of units avoided among those reached")
    receives: dict[Name, Landing] = Field(
        default_factory=dict, description="where the avoided work lands"
    )
    prevented: str = Field(
        default="", description="why the rest has to be done by nobody; needed when there is a rest"
    )
