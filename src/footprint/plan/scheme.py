"""A scheme: what is done, for whom, by whom, at what cost, with what effect."""

from typing import Literal

from pydantic import Field, field_validator

from footprint.evidence.assumption import (
    Grade,
    MoneyAssumption,
    NumberAssumption,
    RateAssumption,
    ShareAssumption,
)
from footprint.plan.effects import AnyEffect
from footprint.plan.record import Name, Record
from footprint.plan.tables import Purpose
from footprint.terms.ages import AgeBand
from footprint.terms.years import FinancialYear


class Cohort(Record):
    """For whom: everyone in these places, ages and segments. Leave one out to mean all."""

    places: tuple[Name, ...] = Field(default=(), description="ids of localities; blank is all")
    ages: tuple[str, ...] = Field(default=(), description="age groups, like 65+; blank is all")
    segments: tuple[Name, ...] = Field(default=(), description="ids of segments; blank is all")

    @field_validator("ages")
    @classmethod
    def _ages_are_read(cls, ages: tuple[str, ...]) -> tuple[str, ...]:
        for text in ages:
            AgeBand.parse(text)
        return ages


class Cost(Record):
    """What the scheme costs a partner."""

    partner: Name = Field(description="id of the partner who pays")
    kind: Literal["recurrent", "one-off"] = Field(
        description="every year from the start, or once in the year it starts"
    )
    amount: MoneyAssumption = Field(description="money a year, or in all when one-off")
    purpose: Purpose = Field(description="what the money is for")
    prices: str = Field(
        default="",
        description="address of the yearly rise that carries the money forward from base-year "
        "prices; blank: the money of the day",
    )
    phased: bool = Field(default=True, description="grows with the ramp (recurrent only)")
    funded_until: FinancialYear | None = Field(
        default=None, description="last year for which there is money; the cost goes on"
    )


class Staff(Record):
    """People the scheme employs when it runs in full."""

    role: Name = Field(description="id of the role in workforce.csv")
    wte: NumberAssumption = Field(description="whole-time equivalents; negative for posts that go")


class SchemeEvidence(Record):
    """Why anybody should believe it."""

    grade: Grade = Field(description="strong, moderate, weak or none")
    sentence: str = Field(min_length=10, description="what the evidence says, in a sentence")
    source: str = Field(default="", description="names from baseline/sources.csv")


class Scheme(Record):
    """A choice the partners can make, described as if it were the only one."""

    name: str = Field(min_length=3)
    summary: str = Field(min_length=10, description="what is done, in a sentence or two")
    lead: Name = Field(description="id of the partner who leads")
    partners: tuple[Name, ...] = Field(default=(), description="ids of the others who take part")
    programme: Name = Field(description="programme it belongs to; its assumptions share optimism")
    objectives: tuple[Name, ...] = Field(default=(), description="ids of objectives it serves")
    pays: tuple[Name, ...] = Field(default=(), description="ids of partners who are to pay")
    gains: tuple[Name, ...] = Field(default=(), description="ids of partners who are to gain")
    cohort: Cohort = Cohort()
    starts: FinancialYear = Field(description="first year")
    reach: ShareAssumption = Field(description="share of the cohort reached when it runs in full")
    ramp: tuple[float, ...] = Field(
        default=(1.0,),
        min_length=1,
        description="share of the full reach in the first year, the second and so on",
    )
    lag: NumberAssumption | None = Field(default=None, description="years before effects show")
    fade: RateAssumption | None = Field(
        default=None, description="share of the effect lost with each year since the start"
    )
    effects: dict[Name, AnyEffect] = Field(default_factory=dict)
    costs: dict[Name, Cost] = Field(default_factory=dict)
    staff: dict[Name, Staff] = Field(default_factory=dict)
    evidence: SchemeEvidence

    @field_validator("ramp")
    @classmethod
    def _ramp_is_shares(cls, ramp: tuple[float, ...]) -> tuple[float, ...]:
        wrong = [step for step in ramp if not 0 <= step <= 1]
        if wrong:
            raise ValueError(
                f"{wrong[0]:g} is not a share of the full reach; write 0.25 for a quarter"
            )
        return ramp
