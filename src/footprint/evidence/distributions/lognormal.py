"""For things that multiply: as likely to be half as to be double."""

from typing import Literal

import numpy as np
from pydantic import Field
from scipy.special import ndtri

from footprint.evidence.distributions.base import Distribution, Floats


class LogNormal(Distribution):
    """The logarithm is Normal: `median`, and `spread`, the factor to the 84th percentile.

    The mean is median x exp(ln(spread)^2 / 2).

    >>> round(float(LogNormal(median=10, spread=2).quantile(np.array([0.8413447]))[0]), 4)
    20.0
    """

    kind: Literal["lognormal"] = "lognormal"
    median: float = Field(gt=0)
    spread: float = Field(gt=1)

    def quantile(self, chance: Floats) -> Floats:
        return self.median * np.exp(np.log(self.spread) * np.asarray(ndtri(chance)))

    def mean(self) -> float:
        return float(self.median * np.exp(np.log(self.spread) ** 2 / 2))
