"""Several experts, each with their own view, pooled with weights."""

from typing import Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from footprint.evidence.distributions import PlainDistribution
from footprint.evidence.distributions.base import Distribution, Floats

# Slices of each expert's distribution in the pool: quantiles are right to 1 in 4,000.
_SLICES = (np.arange(4_000) + 0.5) / 4_000


class Expert(BaseModel):
    """One expert's distribution and the weight it has in the pool."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(description="the expert by role or by number, not by name")
    weight: float = Field(default=1.0, gt=0)
    distribution: PlainDistribution


class Mixture(Distribution):
    """A linear pool: each future follows one expert, chosen with that expert's weight.

    It keeps disagreement: two experts far apart give two humps, not one compromise. Source:
    Stone (1961), Annals of Mathematical Statistics 32(4),
    https://doi.org/10.1214/aoms/1177704873.

    >>> sure = {"kind": "uniform", "low": 0, "high": 2}
    >>> other = {"kind": "uniform", "low": 10, "high": 12}
    >>> pool = Mixture(experts=({"name": "A", "distribution": sure, "weight": 3},
    ...                         {"name": "B", "distribution": other}))
    >>> pool.mean(), round(float(pool.quantile(np.array([0.875]))[0]), 3)
    (3.5, 11.0)
    """

    kind: Literal["mixture"] = "mixture"
    experts: tuple[Expert, ...] = Field(min_length=1)

    def quantile(self, chance: Floats) -> Floats:
        values = np.concatenate([e.distribution.quantile(_SLICES) for e in self.experts])
        weights = np.repeat([e.weight for e in self.experts], _SLICES.size)
        order = np.argsort(values, kind="stable")
        reached = np.cumsum(weights[order])
        middle = (reached - weights[order] / 2) / reached[-1]
        return np.interp(chance, middle, values[order])

    def mean(self) -> float:
        total = sum(e.weight for e in self.experts)
        return sum(e.weight * e.distribution.mean() for e in self.experts) / total
