"""Health status: people of an age in the horizon year are as well as people somewhat younger.

As in the public demand model. The share of life after 65 lived in good health is what experts
were asked for; it is kept as a bounded metalog distribution for each sex and year. With L(y)
the expectation of life at 65 in year y, and H the healthy years at 65 to begin with,

    h = (share / 100 x L(end) - H) / (L(end) - L(start))
    equivalent age = age - h x (L_age(end) - L_age(start)) + mean of the same from 2021 to start

for ages 55 to 90, and use per head is read off the table of use by age at the equivalent age.
One uniform number serves both sexes in a draw, as there.
"""

import json
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from footprint.records.layout import FEMALE, MALE
from footprint.terms.faults import Fault, PlanFaults

Floats = NDArray[np.float64]
# Use per head is adjusted from this age.
FIRST_AGE = 55
_FILE = "health_status.json"
_NAMES = {MALE: "male", FEMALE: "female"}
# Middles of as many equal steps stand for the distribution where its mean is wanted.
_STEPS = 10_000


def metalog(share: Floats, terms: list[float], low: float = 0.0, high: float = 100.0) -> Floats:
    """Value below which a bounded metalog distribution lies with chance `share`.

    M(y) = a1 + a2 L + a3 d L + a4 d + a5 d^2 + a6 d^2 L + a7 d^3 + a8 d^3 L + a9 d^4, with
    L = ln(y / (1 - y)) and d = y - 1/2; the value is low + (high - low) / (1 + exp(-M)).
    T. W. Keelin (2016), The metalog distributions, doi:10.1287/deca.2016.0338.

    >>> metalog(np.array([0.5]), [0.0] * 9).tolist()
    [50.0]
    """
    log_odds, away = np.log(share / (1 - share)), share - 0.5
    a = terms
    level = a[0] + a[3] * away + a[4] * away**2 + a[6] * away**3 + a[8] * away**4
    slope = a[1] + a[2] * away + a[5] * away**2 + a[7] * away**3
    value: Floats = low + (high - low) / (1 + np.exp(-(level + slope * log_odds)))
    return value


@dataclass(frozen=True)
class HealthStatus:
    """What it takes to turn a uniform number into equivalent ages for one sex."""

    ages: NDArray[np.intp]
    gained: Floats
    """Years of life expected at each age in the last year less in the first; dims [age]."""
    gained_at_reference: float
    life_at_reference: float
    healthy_to_begin: float
    terms: list[float]
    rebase: Floats
    """Mean years by which the first year is itself younger than the survey; dims [age]."""

    def equivalent_ages(self, uniform: Floats) -> Floats:
        """Equivalent age of each age in each draw; dims [age, draw]."""
        return self.ages[:, None] - self.years_younger(uniform) + self.rebase[:, None]

    def years_younger(self, uniform: Floats) -> Floats:
        """Years by which each age is younger, before rebasing; dims [age, draw]."""
        share = metalog(uniform, self.terms) / 100
        healthy = share * self.life_at_reference - self.healthy_to_begin
        return self.gained[:, None] * (healthy / self.gained_at_reference)


def health_status(start: int, end: int) -> dict[int, HealthStatus]:
    """Health status between two calendar years, by sex. Raises PlanFaults for unknown years."""
    tables = json.loads(files("footprint.records").joinpath(_FILE).read_text("utf-8"))
    fitted = sorted(map(int, tables["healthy_share_percent_metalog"]["male"]))
    if start not in fitted or end not in fitted or start >= end:
        raise PlanFaults(
            [
                Fault(
                    "health_status_adjustment",
                    f"years {start} to {end}",
                    f"two of {', '.join(map(str, fitted))}, the earlier first",
                    f"choose such years, add them to {_FILE}, or set it to false",
                )
            ]
        )
    return {sex: _of_sex(tables, name, start, end) for sex, name in _NAMES.items()}


def _of_sex(tables: dict[str, Any], name: str, start: int, end: int) -> HealthStatus:
    survey = tables["rebase_year"]
    nothing = np.zeros(len(tables["life_expectancy"][name][str(survey)]))
    before = _between(tables, name, survey, start, nothing)
    middles = (np.arange(_STEPS) + 0.5) / _STEPS
    return _between(tables, name, start, end, before.years_younger(middles).mean(axis=1))


def _between(
    tables: dict[str, Any], name: str, start: int, end: int, rebase: Floats
) -> HealthStatus:
    life = {int(year): np.array(ages) for year, ages in tables["life_expectancy"][name].items()}
    at = tables["reference_age"] - FIRST_AGE
    gained = life[end] - life[start]
    return HealthStatus(
        ages=FIRST_AGE + np.arange(len(gained)),
        gained=gained,
        gained_at_reference=float(gained[at]),
        life_at_reference=float(life[end][at]),
        healthy_to_begin=tables["healthy_years_at_reference_age"][name],
        terms=tables["healthy_share_percent_metalog"][name][str(end)],
        rebase=rebase,
    )
