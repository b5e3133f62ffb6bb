"""Low, most likely, high, with less weight on the ends than a triangle."""

from typing import Literal

import numpy as np
from scipy.special import betaincinv

from footprint.evidence.distributions.base import Floats
from footprint.evidence.distributions.triangular import ThreePoint


class Pert(ThreePoint):
    """A beta distribution over `low` to `high` whose mean is (low + 4 mode + high) / 6.

    Source: Malcolm, Roseboom, Clark and Fazar (1959), Operations Research 7(5),
    https://doi.org/10.1287/opre.7.5.646.

    >>> Pert(low=0, mode=3, high=12).mean()
    4.0
    """

    kind: Literal["pert"] = "pert"

    def quantile(self, chance: Floats) -> Floats:
        width = self.high - self.low
        if width == 0:
            return np.full_like(chance, self.low)
        a = 1 + 4 * (self.mode - self.low) / width
        b = 1 + 4 * (self.high - self.mode) / width
        return self.low + width * np.asarray(betaincinv(a, b, chance))

    def mean(self) -> float:
        return (self.low + 4 * self.mode + self.high) / 6
