"""A number without doubt."""

from typing import Literal

import numpy as np

from footprint.evidence.distributions.base import Distribution, Floats


class Fixed(Distribution):
    """Always the same value.

    >>> Fixed(value=3).mean()
    3.0
    """

    kind: Literal["fixed"] = "fixed"
    value: float

    def quantile(self, chance: Floats) -> Floats:
        return np.full_like(chance, self.value)

    def mean(self) -> float:
        return self.value
