"""A share, by its mean and how many observations it is worth."""

from typing import Literal

import numpy as np
from pydantic import Field
from scipy.special import betaincinv

from footprint.evidence.distributions.base import Distribution, Floats


class Beta(Distribution):
    """A share between 0 and `scale` with mean `mean_value`, worth `observations` of evidence.

    `scale` is 1 for unit share and 100 for unit percent.

    >>> Beta(mean_value=0.2, observations=10).mean()
    0.2
    """

    kind: Literal["beta"] = "beta"
    mean_value: float = Field(gt=0)
    observations: float = Field(gt=0)
    scale: Literal[1, 100] = 1

    def quantile(self, chance: Floats) -> Floats:
        share = self.mean_value / self.scale
        if not 0 < share < 1:
            raise ValueError(f"mean_value {self.mean_value:g} is not between 0 and {self.scale}")
        a, b = share * self.observations, (1 - share) * self.observations
        return self.scale * np.asarray(betaincinv(a, b, chance))

    def model_post_init(self, context: object) -> None:
        self.quantile(np.array([0.5]))

    def mean(self) -> float:
        return self.mean_value
