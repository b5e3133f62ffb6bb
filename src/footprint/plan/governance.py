"""governance.yaml: who decides what. Read and kept here; the rules of agreement act on it."""

from datetime import date

from pydantic import Field

from footprint.evidence.assumption import Owner
from footprint.plan.record import Name, Record


class Body(Record):
    """A board or meeting that takes decisions or gives advice."""

    name: str = Field(min_length=2)
    partners: tuple[Name, ...] = Field(default=(), description="ids of partners who sit on it")
    decides: tuple[str, ...] = Field(default=(), description="what it may decide in law")
    quorum: int | None = Field(default=None, ge=1)
    note: str = ""


class Stage(Record):
    """A step of the process, with the gate at its end."""

    name: str = Field(min_length=2)
    ends: date | None = Field(default=None, description="day of the gate")
    gate: str = Field(default="", description="what must be true to pass")
    decides: Name | None = Field(default=None, description="id of the body that decides")


class SignOff(Record):
    """Who signed off the assumptions of the plan, and which they left out."""

    body: Name = Field(description="id of the body that signs off the assumptions")
    on: date = Field(description="day on which it did, or is to")
    not_signed: tuple[str, ...] = Field(
        default=(), description="addresses of assumptions it did not sign off"
    )


class Governance(Record):
    """Bodies, co-chairs, stages, who answers for the analysis, and the route out of a dispute."""

    profile: str = Field(default="", description="the rules this place follows: stp-2016")
    bodies: dict[Name, Body] = Field(default_factory=dict)
    co_chairs: tuple[Name, ...] = Field(default=(), description="ids of partners who co-chair")
    stages: dict[Name, Stage] = Field(default_factory=dict)
    analyst: Owner | None = Field(
        default=None, description="partner and role that made the analysis"
    )
    assurer: Owner | None = Field(
        default=None, description="partner and role that assured it, who is not the analyst"
    )
    sign_off: SignOff | None = Field(
        default=None, description="who signed off the assumptions, and when"
    )
    dispute_route: tuple[str, ...] = ()
    note: str = ""
