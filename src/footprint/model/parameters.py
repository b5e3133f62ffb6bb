"""Values of the assumptions in a batch of futures, looked up by address."""

import re
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from footprint.evidence.assumption import Assumption

Floats = NDArray[np.float64]

# What is 0 while a scheme is off; whatever else a scheme does is in proportion to its reach.
_SWITCHED = re.compile(r"schemes/([^.]+)\.(?:reach|costs\.[^.]+\.amount|staff\.[^.]+\.wte)$")
# The column that chooses among the variants of the population projection.
PROJECTION = "plan.projection"


class Parameters:
    """What each assumption is worth in each of `n` futures.

    `theta` [n, D] holds values in the model's own units (shares as decimals, money in pounds),
    one column for each address in `columns`. An assumption without doubt has no column and is
    given as one value, [1], that serves all futures. `on` [n] of 0 and 1 by scheme switches
    schemes future by future: reach, costs and staff of a scheme that is off are 0.
    """

    def __init__(
        self,
        assumptions: Mapping[str, Assumption],
        columns: Mapping[str, int],
        years: tuple[str, ...],
        theta: Floats,
        on: Mapping[str, Floats] | None = None,
    ) -> None:
        self._assumptions = assumptions
        self._columns = columns
        self._years = years
        self.theta = theta
        self._on = on or {}

    @property
    def draws(self) -> int:
        """Number of futures, n."""
        return len(self.theta)

    def number(self, address: str) -> Floats:
        """The value of an assumption: [n], or [1] where there is no doubt."""
        if address in self._columns:
            value = self.theta[:, self._columns[address]]
        else:
            value = np.array([self._assumptions[address].central])
        switched = _SWITCHED.match(address) if self._on else None
        return value * self._on[switched[1]] if switched and switched[1] in self._on else value

    def rates(self, address: str) -> Floats:
        """A yearly rate by year, 0 in the base year: [n or 1, year].

        A single number holds in every year; a path by year is moved by its deviation, if any.
        """
        years = len(self._years)
        if not address:
            return np.zeros((1, years))
        assumption = self._assumptions[address]
        deviation = self.number(address)[:, None]
        if assumption.by_year is None:
            rates = np.repeat(deviation, years, axis=1)
        else:
            rates = assumption.path(self._years)[None, :] + deviation
        rates = rates.copy()
        rates[:, 0] = 0.0
        return rates

    def index(self, address: str) -> Floats:
        """What the yearly rates have made of 1 by each year: [n or 1, year]."""
        return np.multiply.accumulate(1.0 + self.rates(address), axis=1)
