"""An assumption: a number somebody owns, with how sure they are and why they say so."""

from datetime import date
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from footprint.evidence.distributions import AnyDistribution
from footprint.evidence.distributions.base import Floats
from footprint.terms.statuses import Status
from footprint.terms.units import UNITS, Dimension, Unit, misfit, unit_named
from footprint.terms.years import FinancialYear

Grade = Literal["strong", "moderate", "weak", "none"]


class Owner(BaseModel):
    """Who answers for a number: a partner, and the role there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    partner: str = Field(description="id of the partner")
    role: str = Field(min_length=2, description="the post, not the person: Council finance lead")


class Assumption(BaseModel):
    """One number of the plan: a value, a distribution, or a path by year, and its evidence.

    Write exactly one of `value`, `distribution` and `by_year`. A path by year may carry a
    `deviation`: one uncertain amount, added to every year of the path.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    value: float | None = Field(default=None, description="the number, where there is no doubt")
    distribution: AnyDistribution | None = Field(
        default=None, description="how likely each value is, where there is doubt"
    )
    by_year: dict[FinancialYear, float] | None = Field(
        default=None, description="a value for each financial year after the base year"
    )
    deviation: AnyDistribution | None = Field(
        default=None, description="an uncertain amount added to every year of by_year"
    )
    unit: str = Field(description="what the number counts; percent and share differ")
    period: str = Field(default="", description="the time the number speaks of")
    owner: Owner | None = Field(default=None, description="who answers for the number")
    source: str = Field(
        default="", description="names from baseline/sources.csv, with spaces between"
    )
    status: Status = Field(description="published, derived or assumed")
    grade: Grade = Field(
        default="none", description="how strong the evidence is: strong, moderate, weak or none"
    )
    why: str = Field(min_length=10, description="a sentence: why this number")
    review: date | None = Field(default=None, description="when it will be looked at again")
    group: str = Field(
        default="", description="name of the group it moves together with (correlation)"
    )
    hopeful: Literal["high", "low", ""] = Field(
        default="", description="which end is good for the plan; blank if optimism plays no part"
    )

    views: dict[str, AnyDistribution] = Field(
        default_factory=dict,
        description="what partners believe themselves, by partner, beside the agreed number",
    )

    @model_validator(mode="after")
    def _one_way_of_saying_it(self) -> Self:
        said = [
            name for name in ("value", "distribution", "by_year") if getattr(self, name) is not None
        ]
        if len(said) != 1:
            found = (
                f"{' and '.join(said)} together" if said else "no value, distribution or by_year"
            )
            raise ValueError(f"{found}; write one of value, distribution and by_year")
        if self.deviation is not None and self.by_year is None:
            raise ValueError("a deviation without by_year; write distribution instead")
        return self

    @model_validator(mode="after")
    def _fits_its_unit(self) -> Self:
        low, high = self._written_range()
        bounded = self.measure.low > float("-inf")
        if bounded and (low == float("-inf") or high == float("inf")) and self.measure.high < 2:
            raise ValueError(
                f"this distribution has no ends, and a {self.unit} has; write low and high"
            )
        fault = misfit(low, high, self.measure)
        if fault:
            raise ValueError(fault)
        return self

    @model_validator(mode="after")
    def _views_fit(self) -> Self:
        for partner, view in self.views.items():
            fault = misfit(*view.support(), self.measure)
            if fault:
                raise ValueError(f"the view of {partner}: {fault}")
        return self

    def _written_range(self) -> tuple[float, float]:
        if self.value is not None:
            return self.value, self.value
        if self.distribution is not None:
            return self.distribution.support()
        values = list((self.by_year or {}).values())
        if not values:
            raise ValueError("by_year is empty; write a value for each year after the base year")
        return min(values), max(values)

    @property
    def measure(self) -> Unit:
        """The unit as a thing with a size; raises ValueError for a unit nobody knows."""
        return unit_named(self.unit)

    @property
    def doubt(self) -> AnyDistribution | None:
        """The distribution to draw from, or None where there is no doubt."""
        return self.deviation if self.by_year is not None else self.distribution

    def draw(self, chance: Floats) -> Floats:
        """Values in the model's own unit at the quantiles `chance`, any shape.

        For a path by year this is the deviation from the path. Raises ValueError where there
        is no doubt to draw from.
        """
        if self.doubt is None:
            raise ValueError("this number has no distribution to draw from")
        return self.doubt.quantile(np.asarray(chance)) * self.measure.size

    @property
    def central(self) -> float:
        """The expected value in the model's own unit; of the deviation for a path by year."""
        if self.doubt is not None:
            return self.doubt.mean() * self.measure.size
        return 0.0 if self.value is None else self.value * self.measure.size

    def path(self, years: tuple[str, ...]) -> Floats:
        """The path by year in the model's own unit, 0 for a year that is not written: [year]."""
        said = self.by_year or {}
        return np.array([said.get(year, 0.0) for year in years]) * self.measure.size

    def in_words(self) -> str:
        """The number as a reader would say it: `25 percent`, `2 to 9, expected 5 percent`."""
        if self.value is not None:
            return f"{self.value:g} {self.unit}"
        if self.by_year is not None:
            path = ", ".join(f"{year} {value:g}" for year, value in self.by_year.items())
            return f"{path} {self.unit}"
        assert self.distribution is not None  # by construction: one of the three is written
        low, high = self.distribution.quantile(np.array([0.1, 0.9]))
        return f"{low:.3g} to {high:.3g}, expected {self.distribution.mean():.3g} {self.unit}"


def _must_be(*dimensions: Dimension) -> AfterValidator:
    def check(assumption: Assumption) -> Assumption:
        if assumption.measure.dimension not in dimensions:
            units = [u.name for u in UNITS.values() if u.dimension in dimensions]
            raise ValueError(f"unit {assumption.unit!r} does not fit here; use {', '.join(units)}")
        return assumption

    return AfterValidator(check)


ShareAssumption = Annotated[Assumption, _must_be("share")]
RateAssumption = Annotated[Assumption, _must_be("rate")]
MoneyAssumption = Annotated[Assumption, _must_be("money")]
NumberAssumption = Annotated[Assumption, _must_be("number")]
