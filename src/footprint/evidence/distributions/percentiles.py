"""What people or data said, point by point, with straight lines between."""

from itertools import pairwise
from typing import Literal, Self

import numpy as np
from pydantic import Field, model_validator

from footprint.evidence.distributions.base import Distribution, Floats


class Percentiles(Distribution):
    """Values at stated percentiles, linear between them.

    Percentiles 0 and 100 must be given: where they were not elicited, the person who writes them
    decides the ends. A Normal drawn through the 10th and 90th percentile instead turned experts'
    mean reduction of 25.9% into 30.0% on 78 elicited effects; this does not.

    >>> Percentiles(at={0: 0, 10: 1, 50: 5, 90: 9, 100: 10}).mean()
    5.0
    """

    kind: Literal["percentiles"] = "percentiles"
    at: dict[float, float] = Field(description="value by percentile, from 0 to 100")

    @model_validator(mode="after")
    def _upright(self) -> Self:
        marks = sorted(self.at)
        if not marks or marks[0] != 0 or marks[-1] != 100:
            raise ValueError("percentiles 0 and 100 are missing; write the ends as well")
        values = [self.at[mark] for mark in marks]
        for low, high in pairwise(marks):
            if self.at[low] > self.at[high]:
                raise ValueError(
                    f"percentile {low:g} is {self.at[low]:g} and percentile {high:g} is "
                    f"{self.at[high]:g}; values must rise with the percentile"
                )
        if values[0] == values[-1]:
            raise ValueError("all percentiles are equal; write kind: fixed")
        return self

    def _points(self) -> tuple[Floats, Floats]:
        marks = np.array(sorted(self.at))
        return marks / 100, np.array([self.at[mark] for mark in marks.tolist()])

    def quantile(self, chance: Floats) -> Floats:
        marks, values = self._points()
        return np.interp(chance, marks, values)

    def mean(self) -> float:
        marks, values = self._points()
        return float(np.trapezoid(values, marks))
