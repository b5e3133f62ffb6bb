"""Fewer people move into greater need: prevention."""

from typing import ClassVar, Literal

from pydantic import Field

from footprint.evidence.assumption import ShareAssumption
from footprint.plan.effects.base import Effect, Link
from footprint.plan.record import Name


class Slow(Effect):
    """Among those reached, the yearly chance of moving from one segment to others falls.

    The people who do not move stay where they are; the effect on activity arrives through the
    need segments, so it is late by construction.

    Worked example: 10,000 people, a yearly chance of 5% to move on, half reached, size 20%:
    50 people fewer move in the first year.
    """

    acts_on: ClassVar[Link] = "need"

    kind: Literal["slow"] = "slow"
    from_segment: Name = Field(description="id of the segment people stay in longer")
    to_segments: tuple[Name, ...] = Field(min_length=1, description="ids of where they would go")
    size: ShareAssumption = Field(description="share of the yearly moves that no longer happens")
