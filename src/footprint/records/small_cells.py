"""Small numbers do not leave: the rule for anything that is written.

NHS England's rule for hospital records below national level: nought stays nought, 1 to 7 is
not shown, every other count is rounded to the nearest 5. Sums are made first and rounded then,
so that rounded parts need not add up to a rounded whole.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from footprint.terms.ages import AgeBand

# The smallest count that is shown, and what counts are rounded to.
SMALLEST_SHOWN = 8
ROUNDED_TO = 5
HIDDEN = "*"


def is_small(count: float) -> bool:
    """Whether a count may not be shown: above nought and below 8."""
    return 0 < count < SMALLEST_SHOWN


def rounded(count: float) -> int:
    """A count that may be shown, to the nearest 5; halves go up.

    Raises ValueError for a small count: it is hidden or put with others first.

    >>> [rounded(count) for count in (0, 8, 12, 12.5, 13)]
    [0, 10, 10, 15, 15]
    """
    if is_small(count) or count < 0:
        raise ValueError(f"a count below {SMALLEST_SHOWN} may not be shown")
    return int((count + ROUNDED_TO / 2) // ROUNDED_TO) * ROUNDED_TO


def shown(count: float) -> str:
    """A count as it may be shown.

    >>> [shown(count) for count in (0, 1, 7, 8, 1234)]
    ['0', '*', '*', '10', '1235']
    """
    return HIDDEN if is_small(count) else str(rounded(count))


@dataclass(frozen=True)
class Counted:
    """A band of ages, the contacts in it, and the people who live in the place."""

    band: AgeBand
    count: int
    people: float


def joined(bands: Sequence[Counted]) -> list[Counted]:
    """Neighbouring bands put together until no count is small.

    The small band joins the neighbour with fewer contacts, the older one where they are equal,
    so that large bands keep their own figure. The last band is small if all together are.

    >>> ten = [Counted(AgeBand(0, 9), 3, 100.0), Counted(AgeBand(10, None), 9, 200.0)]
    >>> [(str(each.band), each.count, each.people) for each in joined(ten)]
    [('0+', 12, 300.0)]
    """
    left = sorted(bands, key=lambda each: each.band)
    while len(left) > 1 and (small := next(_small(left), None)) is not None:
        first = _partner(left, small)
        younger, older = left[first], left[first + 1]
        together = Counted(
            AgeBand(younger.band.low, older.band.high),
            younger.count + older.count,
            younger.people + older.people,
        )
        left[first : first + 2] = [together]
    return left


def _small(bands: list[Counted]) -> Iterator[int]:
    return (place for place, each in enumerate(bands) if is_small(each.count))


def _partner(bands: list[Counted], small: int) -> int:
    """Place of the younger of the two bands to join."""
    sides = [place for place, _ in enumerate(pairwise(bands)) if small in (place, place + 1)]
    return min(reversed(sides), key=lambda place: bands[place].count + bands[place + 1].count)
