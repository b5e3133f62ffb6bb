"""Low, most likely, high."""

from typing import Literal, Self

import numpy as np
from pydantic import model_validator

from footprint.evidence.distributions.base import Distribution, Floats


class ThreePoint(Distribution):
    """A lowest, a most likely and a highest value, in that order."""

    low: float
    mode: float
    high: float

    @model_validator(mode="after")
    def _upright(self) -> Self:
        if not self.low <= self.mode <= self.high:
            raise ValueError(
                f"low {self.low:g}, mode {self.mode:g}, high {self.high:g} are not in order; "
                "write low <= mode <= high"
            )
        return self

    def support(self) -> tuple[float, float]:
        return self.low, self.high


class Triangular(ThreePoint):
    """Likeliest at `mode`, falling in straight lines to nothing at `low` and `high`.

    The mean is (low + mode + high) / 3.

    >>> Triangular(low=0, mode=3, high=6).mean()
    3.0
    """

    kind: Literal["triangular"] = "triangular"

    def quantile(self, chance: Floats) -> Floats:
        width = self.high - self.low
        if width == 0:
            return np.full_like(chance, self.low)
        rise = (self.mode - self.low) / width
        up = self.low + np.sqrt(chance * width * (self.mode - self.low))
        down = self.high - np.sqrt((1 - chance) * width * (self.high - self.mode))
        return np.where(chance < rise, up, down)

    def mean(self) -> float:
        return (self.low + self.mode + self.high) / 3
