"""governance.yaml: who decides what. Read and kept here; the rules of agreement act on it."""

from datetime import date

from pydantic import Field

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


class Governance(Record):
    """Bodies, co-chairs, stages and the route out of a dispute."""

    profile: str = Field(default="", description="the rules this place follows: stp-2016")
    bodies: dict[Name, Body] = Field(default_factory=dict)
    co_chairs: tuple[Name, ...] = Field(default=(), description="ids of partners who co-chair")
    stages: dict[Name, Stage] = Field(default_factory=dict)
    dispute_route: tuple[str, ...] = ()
    note: str = ""
