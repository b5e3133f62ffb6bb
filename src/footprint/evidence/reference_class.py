"""Reference classes: what plans of a kind claimed, what came of it, and what experts expect.

One file a class in `reference_classes/`. Add one by adding a file there; nothing else names it.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from ruamel.yaml import YAML

Kind = Literal["activity", "productivity", "effect", "delivery"]


class Span(BaseModel):
    """Where a number lay among the members of a class, as a share: 0.157 for 15.7%."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    low: float | None = Field(default=None, description="lowest, or the 10th percentile")
    mean: float | None = Field(default=None, description="mean, or the one figure there is")
    high: float | None = Field(default=None, description="highest, or the 90th percentile")
    ends: str = Field(default="the lowest and the highest", description="what low and high are")
    period: str = Field(default="", description="the time the figures speak of")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        known = [x for x in (self.low, self.mean, self.high) if x is not None]
        if not known or known != sorted(known):
            raise ValueError("write low, mean and high in rising order, one of them at least")
        return self


class ReferenceClass(BaseModel):
    """A group of plans, or of experts, that a claim can be set beside."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    title: str = Field(min_length=5, description="who or what the members are")
    measures: str = Field(min_length=5, description="what is measured, positive when it is good")
    kind: Kind = Field(
        description="activity (fewer units of a service), productivity (a year), effect (of one "
        "scheme on its cohort) or delivery (of planned savings)"
    )
    services: tuple[str, ...] = Field(
        default=(), description="words in the id or name of the services it speaks of"
    )
    members: int = Field(ge=1, description="how many plans, years or experts")
    horizon_years: float = Field(gt=0, description="years the figures look ahead")
    claimed: Span | None = Field(default=None, description="what plans said would come")
    achieved: Span | None = Field(default=None, description="what came")
    outside_view: Span | None = Field(default=None, description="what experts expect")
    warn_above: float | None = Field(
        default=None, description="a claim above this is told; blank: never"
    )
    because: str = Field(default="", description="why a claim above that needs a reason")
    basis: str = Field(default="", description="what makes comparing hard")
    year: str = Field(description="year of the source")
    source: str = Field(min_length=5, description="who said so, and where")
    link: str = Field(default="", description="where to read it")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.claimed or self.achieved or self.outside_view):
            raise ValueError("write one of claimed, achieved and outside_view")
        if self.warn_above is not None and not self.because:
            raise ValueError("a warn_above without because; say why")
        return self

    def speaks_of(self, service: str, name: str) -> bool:
        """Whether a service, by its id or name, is what the class measures."""
        said = f"{service.replace('-', ' ')} {name}".lower()
        return any(
            re.search(rf"(?<![-\w])(?<!non ){re.escape(w.lower())}", said) for w in self.services
        )


@lru_cache(maxsize=1)
def reference_classes() -> dict[str, ReferenceClass]:
    """Every class by the name of its file, in order of names; found in the folder alone.

    >>> "stp-2016-emergency-admissions" in reference_classes()
    True
    """
    folder = files("footprint.evidence") / "reference_classes"
    found = {}
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".yaml"):
            data = YAML(typ="safe").load(file.read_text("utf-8"))
            found[file.name.removesuffix(".yaml")] = ReferenceClass.model_validate(data)
    return found


@dataclass(frozen=True)
class Standing:
    """Where a claim stands in a class: among what was claimed, achieved and expected."""

    claim: float
    above: bool
    words: str


def compare(claim: float, known: ReferenceClass) -> Standing:
    """Set a claim, as a share, beside a class; `above` where it passes what the class bears out.

    >>> compare(0.2, reference_classes()["stp-2016-emergency-admissions"]).words
    '20.0%: among what was claimed, between the mean of 15.7% and the highest, 30.0%'
    """
    spans = {
        "what was claimed": known.claimed,
        "what was achieved": known.achieved,
        "what experts expect": known.outside_view,
    }
    parts = [f"among {what}, {_where(claim, span)}" for what, span in spans.items() if span]
    above = known.warn_above is not None and claim > known.warn_above
    return Standing(claim, above, f"{claim:.1%}: {'; '.join(parts)}")


def _where(claim: float, span: Span) -> str:
    """Where a claim lies in a span, in words."""
    low_end, high_end = (part.strip() for part in span.ends.split(" and "))
    marks = [(span.low, low_end), (span.mean, "the mean of"), (span.high, high_end)]
    known = [(mark, name) for mark, name in marks if mark is not None]
    if span.low is None and span.high is None:
        side = "above" if claim > known[0][0] else "not above"
        return f"{side} the {known[0][0]:.1%} there was"
    below = [_named(*mark) for mark in known if claim > mark[0]]
    over = [_named(*mark) for mark in known if claim <= mark[0]]
    if not over:
        return f"above {below[-1]}"
    return f"between {below[-1]} and {over[0]}" if below else f"not above {over[0]}"


def _named(mark: float, name: str) -> str:
    return f"{name} {mark:.1%}" if name.endswith(" of") else f"{name}, {mark:.1%}"
