"""Anything between two ends."""

from typing import Literal, Self

from pydantic import model_validator

from footprint.evidence.distributions.base import Distribution, Floats


class Uniform(Distribution):
    """Every value from `low` to `high` is as likely as any other.

    >>> Uniform(low=2, high=4).mean()
    3.0
    """

    kind: Literal["uniform"] = "uniform"
    low: float
    high: float

    @model_validator(mode="after")
    def _upright(self) -> Self:
        if self.low > self.high:
            raise ValueError(f"low {self.low:g} is above high {self.high:g}; swap the two")
        return self

    def quantile(self, chance: Floats) -> Floats:
        return self.low + (self.high - self.low) * chance

    def mean(self) -> float:
        return (self.low + self.high) / 2
