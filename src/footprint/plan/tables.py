"""The rows of baseline/*.csv, one class a table.

`TABLES` is the one list of them: the reader, the writer, the schema and the documents follow it.
"""

from typing import Literal, Self

from pydantic import Field, model_validator

from footprint.evidence.source import Source
from footprint.plan.record import Name, Record
from footprint.terms.ages import AgeBand
from footprint.terms.statuses import Status
from footprint.terms.years import FinancialYear

Sex = Literal["female", "male"]
Scope = Literal["gap", "beside"]
Purpose = Literal["core", "prevention", "transformation", "operational pressure", "provider market"]


class Row(Record):
    """One line of a table."""


class Sourced(Row):
    """A line with a figure in it: how it came to be, from where, and by what arithmetic."""

    status: Status = Field(description="published, derived or assumed")
    source: str = Field(default="", description="names from sources.csv, with spaces between")
    note: str = Field(default="", description="the arithmetic, or what to beware of")


class Aged(Sourced):
    """A line that speaks of a group of ages."""

    age_group: str = Field(description="ages, like 0-4, 17 or 90+")

    @model_validator(mode="after")
    def _ages_are_read(self) -> Self:
        AgeBand.parse(self.age_group)
        return self


class PopulationRow(Sourced):
    """People living in a place, at mid-year."""

    place: Name = Field(description="id of the locality")
    age_band: str = Field(description="ages, like 0-4 or 90+")
    sex: Sex
    year: FinancialYear
    people: float = Field(ge=0, description="residents at the middle of the year")
    variant: Name = Field(default="principal", description="which projection")

    @model_validator(mode="after")
    def _ages_are_read(self) -> Self:
        AgeBand.parse(self.age_band)
        return self


class RegisteredRow(Sourced):
    """People on the lists of practices in a place, beside its residents in the same year."""

    place: Name = Field(description="id of the locality")
    year: FinancialYear
    registered: float = Field(ge=0, description="people on practices' lists")
    resident: float = Field(gt=0, description="residents in the same year")


class SegmentRow(Row):
    """A need segment, mildest first."""

    segment: Name
    name: str
    note: str = ""


class NeedStartRow(Aged):
    """Share of people of an age group in each segment in the base year."""

    segment: Name
    share: float = Field(ge=0, le=1)


class TransitionRow(Aged):
    """Yearly chance that a survivor moves from one segment to another."""

    from_segment: Name = Field(alias="from")
    to_segment: Name = Field(alias="to")
    probability: float = Field(ge=0, le=1)


class DeathRow(Aged):
    """Yearly chance of death in a segment."""

    segment: Name
    probability: float = Field(ge=0, le=1)


class EntryRow(Aged):
    """Segments of those who enter: by birth, or by moving in."""

    entry: Literal["births", "migration"]
    segment: Name
    share: float = Field(ge=0, le=1)


class AgeProfileRow(Aged):
    """Relative use per head by age and sex; only ratios within a profile matter."""

    profile: Name
    sex: Literal["all", "female", "male"] = "all"
    weight: float = Field(ge=0)


class NeedProfileRow(Sourced):
    """Relative use per head by segment at the same age; only ratios matter."""

    profile: Name
    segment: Name
    weight: float = Field(ge=0)


class ServiceRow(Row):
    """A service: how its use follows people, what it costs and how it is paid."""

    service: Name
    name: str = Field(min_length=2)
    unit: str = Field(min_length=2, description="what is counted: attendance, contact, week")
    group: str = Field(description="family of services it is shown with")
    sector: Literal["nhs", "council"]
    age_profile: Name | Literal[""] = Field(default="", description="blank: same at every age")
    need_profile: Name | Literal[""] = Field(default="", description="blank: same in each segment")
    growth: str = Field(default="", description="address of the yearly growth in use")
    growth_basis: Literal["beyond-age-and-sex", "beyond-need"] = Field(
        default="beyond-age-and-sex",
        description="whether the growth rate already contains people of an age becoming iller",
    )
    prices: str = Field(default="", description="address of the yearly rise in unit cost")
    payment: Literal["at-cost", "per-unit", "block"] = Field(
        default="at-cost", description="how the payer pays the provider"
    )
    uplift: str = Field(default="", description="address of the yearly rise in what is paid")
    marginal_share: float = Field(
        default=1.0, ge=0, le=1, description="share of the unit cost that goes with one unit less"
    )
    step_units: float | None = Field(
        default=None, gt=0, description="units in the smallest thing that can be closed"
    )
    scope: Scope = Field(default="gap", description="inside the stated gap, or shown beside it")
    note: str = ""


class VolumeRow(Row):
    """Units of a service in the base year and what one cost."""

    service: Name
    place: Name = Field(description="id of a locality, or all")
    volume: float = Field(ge=0, description="units in the base year")
    unit_cost_gbp: float = Field(ge=0)
    price_year: FinancialYear
    status_volume: Status
    status_cost: Status
    source: str = ""
    note: str = ""


class FlowRow(Sourced):
    """Who pays whom for a service: shares of its spend."""

    service: Name
    place: Name = Field(description="id of a locality, or all")
    payer: Name
    provider: Name
    share: float = Field(ge=0, le=1)


class IncomeRow(Sourced):
    """Money that comes to a partner from outside the place in one year."""

    income: Name
    partner: Name
    name: str
    year: FinancialYear
    amount_gbp_m: float
    recurrent: bool
    ends: FinancialYear | None = Field(default=None, description="last year, if it ends")
    purpose: Purpose = "core"
    first_for: Purpose | Literal[""] = Field(
        default="", description="what the money was given for, where its purpose was changed"
    )
    conditions: str = ""
    scope: Scope = "gap"
    factor: str = Field(default="", description="address of an assumption that multiplies it")


class LineRow(Sourced):
    """A cost that is not activity: an opening deficit, or what does not reconcile."""

    line: Name
    partner: Name
    name: str
    kind: Literal["opening deficit", "not reconciled"]
    year: FinancialYear
    amount_gbp_m: float
    scope: Scope = "gap"


class CapacityRow(Sourced):
    """What there is of a resource in a year, with no scheme."""

    resource: Name
    name: str
    unit: str
    partner: Name
    year: FinancialYear
    available: float = Field(ge=0)
    occupancy_limit: float | None = Field(default=None, gt=0, le=1)
    open_days: float = Field(default=365, gt=0)
    seasonal_swing: float = Field(default=0, ge=0, lt=1)


class UseRow(Sourced):
    """Days (or yearly units) of a resource that one unit of a service takes."""

    service: Name
    resource: Name
    per_unit: float = Field(gt=0)


class WorkforceRow(Sourced):
    """Staff in post in the base year."""

    role: Name
    name: str
    partner: Name
    wte: float = Field(ge=0)
    supply_growth: str = Field(default="", description="address of the yearly growth in staff")


class StaffingRow(Sourced):
    """Share of a role's work that follows the activity of a service."""

    role: Name
    service: Name
    weight: float = Field(ge=0, le=1)


class StatedRow(Row):
    """A figure the plan stated, whether or not it can be rebuilt."""

    line: Name
    kind: Literal["gap", "saving-total", "saving"]
    name: str
    year: FinancialYear
    amount_gbp_m: float | None = None
    status: Literal["published", "derived", "assumed", "not found"]
    source: str = ""
    note: str = ""


class HindsightRow(Row):
    """What was claimed and what came."""

    measure: str
    unit: str = ""
    claimed: str
    claimed_period: str = ""
    came: str
    came_period: str = ""
    basis: str = Field(default="", description="what makes the two hard to compare")
    source: str = ""


class Baseline(Record):
    """The tables of a plan: where the place is before the plan begins."""

    sources: tuple[Source, ...] = ()
    population: tuple[PopulationRow, ...] = ()
    registered: tuple[RegisteredRow, ...] = ()
    segments: tuple[SegmentRow, ...] = ()
    need_start: tuple[NeedStartRow, ...] = ()
    need_transitions: tuple[TransitionRow, ...] = ()
    need_deaths: tuple[DeathRow, ...] = ()
    need_entry: tuple[EntryRow, ...] = ()
    age_profiles: tuple[AgeProfileRow, ...] = ()
    need_profiles: tuple[NeedProfileRow, ...] = ()
    services: tuple[ServiceRow, ...] = ()
    volumes: tuple[VolumeRow, ...] = ()
    flows: tuple[FlowRow, ...] = ()
    income: tuple[IncomeRow, ...] = ()
    lines: tuple[LineRow, ...] = ()
    capacity: tuple[CapacityRow, ...] = ()
    uses: tuple[UseRow, ...] = ()
    workforce: tuple[WorkforceRow, ...] = ()
    staffing: tuple[StaffingRow, ...] = ()
    stated: tuple[StatedRow, ...] = ()
    hindsight: tuple[HindsightRow, ...] = ()


def row_class(table: str) -> type[Record]:
    """The class of the rows of a table.

    >>> row_class("volumes").__name__
    'VolumeRow'
    """
    annotation = Baseline.model_fields[table].annotation
    assert annotation is not None
    found: type[Record] = annotation.__args__[0]
    return found


TABLES: dict[str, type[Record] | type[Source]] = {
    name: row_class(name) for name in Baseline.model_fields
}
# Without these a place has no people, no services and nobody who pays.
NEEDED_TABLES = (
    "population",
    "segments",
    "need_start",
    "need_transitions",
    "need_deaths",
    "need_entry",
    "services",
    "volumes",
    "flows",
)
# The columns that tell one row of a table from another, where a row is a fact of its own.
KEYS: dict[str, tuple[str, ...]] = {
    "sources": ("source",),
    "population": ("place", "age_band", "sex", "year", "variant"),
    "registered": ("place", "year"),
    "segments": ("segment",),
    "need_start": ("age_group", "segment"),
    "need_transitions": ("age_group", "from_segment", "to_segment"),
    "need_deaths": ("age_group", "segment"),
    "need_entry": ("entry", "age_group", "segment"),
    "age_profiles": ("profile", "age_group", "sex"),
    "need_profiles": ("profile", "segment"),
    "services": ("service",),
    "volumes": ("service", "place"),
    "flows": ("service", "place", "payer", "provider"),
    "income": ("income", "partner", "year"),
    "lines": ("line", "partner", "year"),
    "capacity": ("resource", "year"),
    "uses": ("service", "resource"),
    "workforce": ("role",),
    "staffing": ("role", "service"),
    "stated": ("line",),
    "hindsight": ("measure",),
}
