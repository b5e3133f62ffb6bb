"""A bell around a mean, cut where the number cannot go."""

from typing import Literal, Self

import numpy as np
from pydantic import Field, model_validator
from scipy.special import ndtr, ndtri

from footprint.evidence.distributions.base import Distribution, Floats


class Normal(Distribution):
    """A Normal with `mean_value` and standard deviation `sd`, kept between `low` and `high`.

    The part outside the ends is taken away and the rest scaled up (a truncated Normal); nothing
    is piled up at an end. Leave the ends out where every number is possible.

    >>> Normal(mean_value=2, sd=1).quantile(np.array([0.5])).tolist()
    [2.0]
    """

    kind: Literal["normal"] = "normal"
    mean_value: float
    sd: float = Field(gt=0)
    low: float | None = None
    high: float | None = None

    @model_validator(mode="after")
    def _upright(self) -> Self:
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise ValueError(f"low {self.low:g} is not below high {self.high:g}; swap the two")
        return self

    def _end(self, value: float | None, otherwise: float) -> float:
        return otherwise if value is None else float(ndtr((value - self.mean_value) / self.sd))

    def quantile(self, chance: Floats) -> Floats:
        below, above = self._end(self.low, 0.0), self._end(self.high, 1.0)
        return self.mean_value + self.sd * np.asarray(ndtri(below + (above - below) * chance))

    def mean(self) -> float:
        if self.low is None and self.high is None:
            return self.mean_value
        return super().mean()
