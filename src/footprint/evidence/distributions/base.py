"""What every distribution can answer: its quantiles, its mean and the ends it can reach."""

from abc import abstractmethod

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

Floats = NDArray[np.float64]

# Midpoints of equal slices of probability; enough for a mean to six digits where no formula
# is to hand.
_SLICES = (np.arange(20_000) + 0.5) / 20_000


class Distribution(BaseModel):
    """How likely each value of an assumption is, in the unit of the assumption."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    kind: str

    @abstractmethod
    def quantile(self, chance: Floats) -> Floats:
        """The value below which the share `chance` of futures lies; any shape, same shape."""

    def mean(self) -> float:
        """The expected value."""
        return float(self.quantile(_SLICES).mean())

    def support(self) -> tuple[float, float]:
        """The lowest and the highest value that can come up."""
        ends = self.quantile(np.array([0.0, 1.0]))
        return float(ends[0]), float(ends[1])
