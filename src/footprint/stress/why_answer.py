"""The deeper questions of a stress test as a document: what `--why` adds to the answer.

Money is in GBP m; shares are decimals of the variance of the gap with the plan in the year of
the headline target, unless said.
"""

from pydantic import Field

from footprint.stress.parts import Part, Rounded


class GroupShares(Part):
    """How much a group of assumptions decides: by itself, in all, and as a Shapley effect."""

    group: str
    label: str
    members: int
    first: Rounded = Field(description="by itself")
    first_interval: tuple[Rounded, Rounded]
    total: Rounded = Field(description="by itself and together with others")
    total_interval: tuple[Rounded, Rounded]
    shapley: Rounded | None = Field(
        description="its fair part where assumptions move together; none for a shared factor"
    )
    shapley_interval: tuple[Rounded, Rounded] | None


class KnowingFirst(Part):
    """What it is worth to settle an assumption before choosing which schemes to go on with."""

    address: str
    label: str
    value: Rounded = Field(description="GBP m a year, tried on futures that had no part in it")
    standard_error: Rounded


class BreakEvenLine(Part):
    """The value at which an assumption alone would turn the plan, in words."""

    address: str
    label: str
    words: str
    turns: bool = Field(description="whether there is such a value in its range")


class BoxLine(Part):
    """A corner of the futures in which the plan mostly fails."""

    words: str
    density: Rounded = Field(description="share of the futures in it that fail")
    coverage: Rounded = Field(description="share of all failing futures that are in it")


class WayLine(Part):
    """A most plausible way to fail (or, where the middle fails, to succeed), in three lines."""

    words: str
    distance: Rounded = Field(description="standard deviations from the middle")
    chance: Rounded
    standard_error: Rounded
    confirmed: bool


class SchemePart(Part):
    """A scheme's part of what the plan does, order-free; positive relieves."""

    scheme: str
    name: str
    saving: dict[str, Rounded] = Field(description="GBP m by year")
    alone: dict[str, Rounded] = Field(description="GBP m by year as the only scheme")
    by_partner: dict[str, Rounded] = Field(description="GBP m in the last year")
    needed: dict[str, Rounded] = Field(description="beds and places freed, last year")
    activity: dict[str, Rounded] = Field(description="units fewer, last year")


class AttributionAnswer(Part):
    """Whose saving it is: parts that add up to the plan, and what a naive sum counts twice."""

    schemes: tuple[SchemePart, ...]
    whole: dict[str, Rounded]
    naive_sum: dict[str, Rounded]
    counted_twice: dict[str, Rounded]
    exact: bool


class DisputeLine(Part):
    """Where partners hold different views, and how far that moves the answer."""

    address: str
    words: str
    shift: Rounded = Field(description="GBP m by which the gap moves between the two views")


class Why(Part):
    """What decides the answer, how it fails, whose the saving is, and what to find out first."""

    groups: tuple[GroupShares, ...]
    dummy_total: Rounded = Field(description="a group nothing reads: how far luck reaches")
    knowing_first: tuple[KnowingFirst, ...]
    knowing_everything: Rounded = Field(description="GBP m a year, the most any study is worth")
    break_even: tuple[BreakEvenLine, ...]
    boxes: tuple[BoxLine, ...]
    ways: tuple[WayLine, ...]
    chance_of_missing: Rounded = Field(description="from futures drawn around the ways")
    chance_of_missing_plain: Rounded = Field(description="from the plain sample")
    attribution: AttributionAnswer
    agenda: tuple[DisputeLine, ...]
