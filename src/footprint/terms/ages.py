"""Age bands, and moving figures from one set of bands to another.

A set of bands must be a partition: it starts at 0, has no overlap and no hole, and its last
band is open (`90+`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

# An open band is treated as this wide when its people are spread over narrower bands.
OPEN_BAND_WIDTH = 10


@dataclass(frozen=True, order=True)
class AgeBand:
    """People from `low` to `high` birthdays inclusive; `high` is None for an open band.

    >>> AgeBand.parse("85-89"), str(AgeBand.parse("90+")), AgeBand.parse("18").width
    (AgeBand(low=85, high=89), '90+', 1)
    """

    low: int
    high: int | None

    @classmethod
    def parse(cls, text: str) -> "AgeBand":
        """Read `85-89`, `90+` or `17`. Raises ValueError with the cure otherwise."""
        match = re.fullmatch(r"(\d{1,3})(?:-(\d{1,3})|(\+))?", text.strip())
        if not match:
            raise ValueError(f"{text!r} is not an age band; write it like 0-4, 17 or 90+")
        low = int(match[1])
        if match[3]:
            return cls(low, None)
        high = int(match[2]) if match[2] else low
        if high < low:
            raise ValueError(f"{text!r} is upside down; write {high}-{low}")
        return cls(low, high)

    @property
    def width(self) -> int:
        """Years of age in the band; an open band counts as OPEN_BAND_WIDTH."""
        return OPEN_BAND_WIDTH if self.high is None else self.high - self.low + 1

    @property
    def end(self) -> int:
        """First age after the band."""
        return self.low + self.width

    def holds(self, other: "AgeBand") -> bool:
        """Whether every age of `other` is in this band."""
        above = self.high is None or (other.high is not None and other.high <= self.high)
        return self.low <= other.low and above

    def touches(self, other: "AgeBand") -> bool:
        """Whether any age is in both bands."""
        below = self.high is None or other.low <= self.high
        above = other.high is None or self.low <= other.high
        return below and above

    def __str__(self) -> str:
        if self.high is None:
            return f"{self.low}+"
        return str(self.low) if self.high == self.low else f"{self.low}-{self.high}"


def partition_fault(bands: Sequence[AgeBand]) -> str | None:
    """What keeps `bands` from being a partition of all ages, in words; None when they are one.

    >>> partition_fault([AgeBand(0, 17), AgeBand(15, None)])
    'ages 15 to 17 are in two bands, 0-17 and 15+'
    >>> partition_fault([AgeBand(0, 17), AgeBand(20, None)])
    'ages 18 to 19 are in no band'
    """
    ordered = sorted(bands, key=lambda band: band.low)
    if not ordered:
        return "there are no age bands"
    if ordered[0].low > 0:
        return f"{_in_words(0, ordered[0].low - 1)} in no band"
    for band, following in pairwise(ordered):
        if band.high is None or following.low <= band.high:
            last = following.high if band.high is None else band.high
            if band.high is not None and following.high is not None:
                last = min(band.high, following.high)
            return f"{_in_words(following.low, last)} in two bands, {band} and {following}"
        if following.low > band.high + 1:
            return f"{_in_words(band.high + 1, following.low - 1)} in no band"
    if ordered[-1].high is not None:
        return f"ages over {ordered[-1].high} are in no band"
    return None


def _in_words(low: int, high: int | None) -> str:
    if high is None:
        return f"ages {low}+ are"
    return f"age {low} is" if high == low else f"ages {low} to {high} are"


def overlap_shares(bands: Sequence[AgeBand], groups: Sequence[AgeBand]) -> NDArray[np.float64]:
    """Share of each band's years of age that falls in each group.

    Gives [band, group]; rows sum to 1 when `groups` is a partition. People are taken as evenly
    spread over the ages of a band, an open band as OPEN_BAND_WIDTH years wide.

    >>> overlap_shares([AgeBand(15, 19)], [AgeBand(0, 17), AgeBand(18, None)]).tolist()
    [[0.6, 0.4]]
    """
    shares = np.zeros((len(bands), len(groups)))
    for i, band in enumerate(bands):
        for j, group in enumerate(groups):
            upper = band.end if group.high is None else min(band.end, group.high + 1)
            shares[i, j] = max(0, upper - max(band.low, group.low)) / band.width
    return shares
