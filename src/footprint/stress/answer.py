"""The answer of a stress test as one document: what the command prints as JSON.

Money is in GBP m, rounded to GBP 100; shares are decimals. `Answer.model_json_schema()` is its
published schema.
"""

from pydantic import Field

from footprint.stress.parts import Part, Rounded
from footprint.stress.why_answer import Why
from footprint.terms.faults import Fault


class Spread(Part):
    """Values below which 1, 5 and 9 of 10 futures fall, and the expected value."""

    p10: Rounded
    p50: Rounded
    p90: Rounded
    mean: Rounded


ByYear = dict[str, Spread]


class Probability(Part):
    """The chance of reaching a target: with shared optimism as declared, and without."""

    correlated: Rounded
    independent: Rounded
    standard_error: Rounded = Field(description="of `correlated`, from drawing so many futures")
    low: Rounded = Field(description="95% interval of `correlated` from drawing so many futures")
    high: Rounded
    words: str = Field(description="`correlated` as a person would say it")


class TargetAnswer(Part):
    """One target: what is measured, and in how many futures it is reached."""

    objective: str
    gap: str = Field(description="which of the three gaps the objective is under")
    statement: str
    measure: str
    of: str
    year: str
    at_most: float | None
    at_least: float | None
    unit: str
    status: str
    source: str
    do_nothing: Spread
    plan: Spread
    p_target: Probability
    readings: dict[str, Probability] = Field(
        description="for the gap: as computed, and as stated with the part nobody can rebuild"
    )


class GapOfPlace(Part):
    """Money short by year (positive: short), for the place and for each partner, GBP m."""

    place: ByYear
    partners: dict[str, ByYear]


class Gaps(Part):
    """With no scheme, and with the plan."""

    do_nothing: GapOfPlace
    plan: GapOfPlace


class Worlds(Part):
    """A quantity by year, with no scheme and with the plan."""

    name: str
    unit: str
    group: str = ""
    do_nothing: ByYear
    plan: ByYear


class ResourceAnswer(Part):
    """Need for a resource against what there is, and days a year with too little."""

    name: str
    unit: str
    occupancy_limit: float | None
    needed: Worlds
    available: Worlds
    short_days: Worlds


class RoleAnswer(Part):
    """Staff needed against staff in post, WTE."""

    name: str
    needed: Worlds
    in_post: Worlds
    chance_short: dict[str, float] = Field(description="chance by year, under the plan")


class Driver(Part):
    """How much of the answer's uncertainty one source of doubt decides by itself."""

    address: str
    label: str
    share: Rounded = Field(description="of the variance of the gap with the plan, headline year")
    interval: tuple[Rounded, Rounded] = Field(description="95% interval of the share")
    share_independent: Rounded | None = Field(
        description="the same if assumptions had nothing in common; none for a shared factor"
    )
    value: str = Field(description="what the plan says of it")
    owner: str
    status: str
    source: str


class Cause(Part):
    """One cause of the do-nothing gap in the last year, GBP m, expected values."""

    cause: str
    nhs: Rounded
    council: Rounded
    total: Rounded


class SchemeAnswer(Part):
    """What a scheme alone does to the gap in the last year, GBP m; positive closes it."""

    scheme: str
    name: str
    programme: str
    work: Rounded
    closing: Rounded
    income: Rounded
    cost: Rounded
    total: Rounded
    by_partner: dict[str, Rounded]
    pays_as_planned: tuple[str, ...]
    gains_as_planned: tuple[str, ...]


class Bridge(Part):
    """Why the gap is what it is, and what the plan takes off it."""

    causes: tuple[Cause, ...]
    do_nothing: Rounded
    schemes: tuple[SchemeAnswer, ...]
    overlap: Rounded
    plan: Rounded
    present_value: Rounded | None = Field(
        description="of the plan's yearly effects in base-year prices, Green Book rates; none "
        "where the plan names no deflator"
    )


class StatedAnswer(Part):
    """What the plan stated, and what can be computed or rebuilt, GBP m in the last year."""

    gap: Rounded | None
    gap_computed: Rounded
    gap_unexplained: Rounded
    savings: Rounded | None
    savings_rebuilt: Rounded
    savings_unexplained: Rounded


class UseByAge(Part):
    """Units of a service by age group and year if nothing is done, expected values."""

    name: str
    unit: str
    by_age: dict[str, dict[str, Rounded]]


class RegisteredLine(Part):
    """People on practices' lists against residents: the model counts residents."""

    place: str
    year: str
    registered: Rounded
    resident: Rounded
    source: str
    note: str


class Explanation(Part):
    """Why the numbers are what they are, at expected values."""

    bridge: Bridge
    stated: StatedAnswer
    grounds: dict[str, dict[str, Rounded]] = Field(
        description="shares published, derived, assumed and unexplained: of gap, spend, savings"
    )
    pays_and_gains: dict[str, dict[str, Rounded]] = Field(
        description="GBP m by payer and beneficiary in the last year, expected values"
    )
    chance_in_counts: Rounded = Field(
        description="GBP m: standard deviation from who falls ill, beside all doubt above"
    )
    people_by_age: dict[str, dict[str, Rounded]] = Field(
        description="children, adults of working age and older people by year, expected values"
    )
    use_by_age: dict[str, UseByAge] = Field(description="by service")
    registered: tuple[RegisteredLine, ...]


class ExpectedGap(Part):
    """Money short by year, for the place and for each partner, GBP m, expected values."""

    place: dict[str, Rounded]
    partners: dict[str, dict[str, Rounded]]


class Expected(Explanation):
    """What `footprint run` says: one future, in which every assumption has its expected value."""

    version: str
    digest: str
    title: str
    scenario: str
    years: tuple[str, ...]
    partners: dict[str, str]
    do_nothing: ExpectedGap
    plan: ExpectedGap


class MoneyByPurpose(Part):
    """Money by what it is for."""

    purpose: str
    name: str
    partner: str
    amounts: dict[str, Rounded]
    recurrent: bool
    ends: str
    conditions: str
    scope: str
    status: str
    source: str


class RegisterLine(Part):
    """An assumption as the register shows it."""

    address: str
    label: str
    value: str
    owner: str
    source: str
    status: str
    grade: str
    why: str
    review: str


class SourceLine(Part):
    """A source as the report shows it."""

    source: str
    title: str
    publisher: str
    link: str
    year: str
    kind: str
    licence: str


class HindsightLine(Part):
    """What was claimed and what came."""

    measure: str
    unit: str
    claimed: str
    claimed_period: str
    came: str
    came_period: str
    basis: str
    source: str


class StatedLine(Part):
    """A figure the plan stated."""

    line: str
    kind: str
    name: str
    year: str
    amount: float | None
    status: str
    source: str
    note: str


class Advice(Part):
    """Something a check found that does not keep the plan from being used."""

    grade: str
    place: str
    found: str
    mend: str

    @classmethod
    def of(cls, fault: Fault) -> "Advice":
        """The advice in a fault."""
        return cls(grade=fault.grade, place=fault.place, found=fault.found, mend=fault.mend)


class Answer(Explanation):
    """Everything a stress test says of a plan."""

    version: str = Field(description="of Footprint")
    digest: str = Field(description="of the plan, as tested")
    title: str
    place: str
    scenario: str
    draws: int
    seed: int
    years: tuple[str, ...]
    partners: dict[str, str] = Field(description="names of partners by id")
    cost_lens: str
    correlation: dict[str, Rounded] = Field(description="declared, by factor")
    target: TargetAnswer
    p_target: Probability
    targets: tuple[TargetAnswer, ...]
    gap: Gaps
    gap_by_lens: dict[str, ByYear]
    p_target_by_lens: dict[str, Rounded]
    beside: Gaps = Field(description="services and money outside the stated gap")
    drivers: tuple[Driver, ...]
    dummy: Driver = Field(description="a stream nothing reads: what looks like influence is noise")
    stated_lines: tuple[StatedLine, ...]
    people: dict[str, Worlds]
    services: dict[str, Worlds]
    spend: dict[str, Worlds]
    resources: dict[str, ResourceAnswer]
    roles: dict[str, RoleAnswer]
    money_by_purpose: tuple[MoneyByPurpose, ...]
    assumptions: tuple[RegisterLine, ...]
    sources: tuple[SourceLine, ...]
    hindsight: tuple[HindsightLine, ...]
    advice: tuple[Advice, ...]
    why: Why | None = Field(
        default=None, description="the deeper questions, where they were asked (--why)"
    )
