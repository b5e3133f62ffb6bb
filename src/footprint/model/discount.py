"""Money at different times: discount factors and optimism bias of costs."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Schedule:
    """Yearly discount rates: each holds from its year on. `source` says who set them."""

    name: str
    rates: tuple[tuple[int, float], ...]
    source: str


# HM Treasury Green Book: 3.5% for years 1 to 30, 3.0% to 75, 2.5% after; health effects 1.5%,
# then falling in the same steps. The rates are under review in 2026.
GREEN_BOOK = Schedule(
    "Green Book",
    ((1, 0.035), (31, 0.030), (76, 0.025)),
    "HM Treasury, The Green Book, annex on discounting",
)
GREEN_BOOK_HEALTH = Schedule(
    "Green Book, health",
    ((1, 0.015), (31, 0.0129), (76, 0.0107)),
    "HM Treasury, The Green Book, annex on discounting",
)


def discount_factors(years: int, schedule: Schedule = GREEN_BOOK) -> Floats:
    """Worth today of one pound in year 0, 1, ... `years`: [years + 1].

    DF(t) = DF(t - 1) / (1 + rate of year t).

    >>> [round(float(discount_factors(60)[t]), 6) for t in (5, 10, 30, 31, 60)]
    [0.841973, 0.708919, 0.356278, 0.345901, 0.146782]
    >>> round(float(discount_factors(30, GREEN_BOOK_HEALTH)[30]), 6)
    0.639762
    """
    starts = np.array([start for start, _ in schedule.rates])
    rates = np.array([rate for _, rate in schedule.rates])
    of_year = rates[np.searchsorted(starts, np.arange(1, years + 1), side="right") - 1]
    return np.concatenate([[1.0], np.cumprod(1 / (1 + of_year))])


def present_value(amounts: Floats, schedule: Schedule = GREEN_BOOK) -> Floats:
    """Worth today of amounts by year, the first one today: [..., T] gives [...].

    >>> float(present_value(np.array([0.0, 103.5])))
    100.0
    """
    factors = discount_factors(amounts.shape[-1] - 1, schedule)
    worth: Floats = amounts @ factors
    return worth


def with_optimism_bias(cost: Floats, bias: float, mitigation: float = 0.0) -> Floats:
    """A cost with the usual optimism added: cost x (1 + bias x (1 - mitigation)).

    `bias` is the share by which such costs have overrun (24% for standard buildings), and
    `mitigation` the share of its causes that has been dealt with. Raises ValueError for a
    mitigation outside 0 to 1. Source: HM Treasury, supplementary Green Book guidance.

    >>> float(with_optimism_bias(np.array(100.0), 0.24, 0.5))
    112.0
    """
    if not 0 <= mitigation <= 1:
        raise ValueError(f"mitigation {mitigation:g} is not a share; write 0 to 1")
    return cost * (1 + bias * (1 - mitigation))
