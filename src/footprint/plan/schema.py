"""The whole plan: one frozen document.

Plan
|-- about         plan.yaml: the place, its partners, years, objectives and rules of counting
|-- baseline      baseline/*.csv
|-- assumptions   assumptions/*.yaml, by file and name
|-- schemes       schemes/*.yaml, by file
|-- scenarios     scenarios.yaml
`-- governance    governance.yaml
"""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, Discriminator, Field, Tag, model_validator

from footprint.evidence.assumption import Assumption, MoneyAssumption, ShareAssumption
from footprint.plan.governance import Governance
from footprint.plan.record import Name, Record
from footprint.plan.scheme import Scheme
from footprint.plan.tables import Baseline
from footprint.terms.statuses import Status
from footprint.terms.years import FinancialYear, years_between

GapName = Literal["health and wellbeing", "care and quality", "finance"]
Measure = Literal["gap", "activity", "capacity needed", "days short", "staff short", "people"]
Lens = Literal["average", "marginal", "step"]


class Place(Record):
    """The place the plan is for, whatever it is called this year."""

    name: str = Field(min_length=2)
    kind: str = Field(description="footprint, integrated care system, neighbourhood")
    code: str = Field(default="", description="ONS or ODS code")


class Years(Record):
    """From the base year, which has happened, to the last year of the plan."""

    base: FinancialYear
    last: FinancialYear

    @model_validator(mode="after")
    def _upright(self) -> Self:
        if len(years_between(self.base, self.last)) < 2:
            raise ValueError(
                f"last {self.last} is not after base {self.base}; change one of the two"
            )
        return self

    @property
    def all(self) -> tuple[str, ...]:
        """Every year, the base year first."""
        return years_between(self.base, self.last)


class Partner(Record):
    """An organisation that answers for part of the plan."""

    name: str = Field(min_length=2)
    kind: Literal[
        "council", "commissioner", "provider", "health and wellbeing board", "voluntary", "observer"
    ]
    tier: Literal["county", "unitary", "district", ""] = ""
    sector: Literal["nhs", "council", "other"]
    role: str = Field(default="", description="what it may decide in law")
    code: str = Field(default="", description="ONS or ODS code")


class Locality(Record):
    """A part of the place that figures are kept for."""

    name: str = Field(min_length=2)
    council: Name | Literal[""] = Field(default="", description="id of its upper-tier council")
    code: str = ""


class Target(Record):
    """A number to be reached, so that one can say in how many futures it is."""

    measure: Measure
    of: Name | Literal[""] = Field(
        default="", description="id of the service, resource, role or segment; blank for gap"
    )
    year: FinancialYear
    at_most: float | None = None
    at_least: float | None = None
    unit: str = Field(description="unit of the number: GBP m for a gap")
    status: Status = "published"
    source: str = ""

    @model_validator(mode="after")
    def _one_end(self) -> Self:
        if (self.at_most is None) == (self.at_least is None):
            raise ValueError("write one of at_most and at_least")
        return self


class Objective(Record):
    """What the plan is for, under one of the three gaps."""

    gap: GapName
    statement: str = Field(min_length=10)
    target: Target | None = None


class Correlation(Record):
    """How much assumptions go wrong together."""

    plan: ShareAssumption | None = Field(
        default=None, description="correlation that optimism gives every pair of assumptions"
    )
    groups: dict[Name, ShareAssumption] = Field(
        default_factory=dict, description="further correlation within a group or programme"
    )


class Pool(Record):
    """A pooled budget under section 75: who puts in what, and who bears an overspend."""

    name: str
    contributions: dict[Name, MoneyAssumption] = Field(description="money a year by partner")
    rule: Literal["each-bears-own", "fixed-shares", "in-proportion", "performance"]
    shares: dict[Name, float] = Field(default_factory=dict, description="for fixed-shares")
    services: tuple[Name, ...] = Field(default=(), description="ids of services it pays for")


class About(Record):
    """plan.yaml: what the plan is and how it counts."""

    title: str = Field(min_length=3)
    summary: str = ""
    place: Place
    years: Years
    partners: dict[Name, Partner] = Field(min_length=1)
    localities: dict[Name, Locality] = Field(min_length=1)
    objectives: dict[Name, Objective] = Field(min_length=1)
    headline: Name = Field(description="id of the objective the plan is judged by")
    cost_lens: Lens = Field(
        default="average", description="what an avoided unit saves: average, marginal or step"
    )
    projection: dict[Name, float] = Field(
        default_factory=lambda: {"principal": 1.0},
        description="variants of the population projection and how likely each is",
    )
    correlation: Correlation = Correlation()
    pools: dict[Name, Pool] = Field(default_factory=dict)
    deflator: str = Field(
        default="",
        description="address of the yearly rise of prices in general, for worth in today's money",
    )
    contingency: str = Field(default="", description="what is done if the plan falls short")

    @model_validator(mode="after")
    def _headline_can_be_judged(self) -> Self:
        objective = self.objectives.get(self.headline)
        if objective is None:
            raise ValueError(
                f"headline {self.headline!r} is not an objective; "
                f"use one of: {', '.join(self.objectives)}"
            )
        if objective.target is None or objective.target.measure != "gap":
            raise ValueError(
                f"headline {self.headline!r} needs a target whose measure is gap, "
                "because a plan is judged by whether it closes its gap"
            )
        return self


def _kind_of_change(value: Any) -> str:
    if isinstance(value, dict | Assumption):
        return "assumption"
    if isinstance(value, bool) or value in ("on", "off"):
        return "switch"
    return "number"


Change = Annotated[
    Annotated[float, Tag("number")]
    | Annotated[bool, Tag("switch")]
    | Annotated[Assumption, Tag("assumption")],
    Discriminator(_kind_of_change),
]


class Scenario(Record):
    """A named list of changes to a plan; never a copy of it."""

    why: str = Field(min_length=10, description="a sentence: what this scenario asks")
    set: dict[str, Change] = Field(
        description="address: a number in the assumption's own unit, a whole assumption, "
        "or off for a scheme"
    )


class Plan(Record):
    """A place's plan, whole."""

    about: About
    baseline: Baseline
    assumptions: dict[Name, dict[Name, Assumption]] = Field(default_factory=dict)
    schemes: dict[Name, Scheme] = Field(default_factory=dict)
    scenarios: dict[Name, Scenario] = Field(default_factory=dict)
    governance: Governance | None = None

    @property
    def years(self) -> tuple[str, ...]:
        """Every financial year of the plan, the base year first."""
        return self.about.years.all

    def assumptions_by_address(self) -> dict[str, Assumption]:
        """Every assumption of the plan by its address, whether in a register or in a scheme."""
        found = {
            f"assumptions/{file}.{name}": assumption
            for file, names in self.assumptions.items()
            for name, assumption in names.items()
        }
        for name, scheme in self.schemes.items():
            found.update(_assumptions_in(scheme, f"schemes/{name}"))
        found.update(_assumptions_in(self.about.correlation, "correlation"))
        found.update(_assumptions_in(self.about.pools, "pools"))
        return found


def _assumptions_in(part: object, address: str) -> Iterator[tuple[str, Assumption]]:
    if isinstance(part, Assumption):
        yield address, part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _assumptions_in(getattr(part, name), f"{address}.{name}")
    elif isinstance(part, dict):
        for name, value in part.items():
            yield from _assumptions_in(value, f"{address}.{name}")
