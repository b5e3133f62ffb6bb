"""What the engine must know of an area: plain arrays, and what each column of theta multiplies."""

from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Drive = Literal["people", "rates", "prices"]

MOST_SEGMENTS = 16
MOST_COARSE = 64
MOST_IN_GROUP = 512


@dataclass(frozen=True)
class Block:
    """A run of columns of theta that enter the arithmetic in one way.

    `size` names the sizes whose product is the number of columns, in order, the last fastest;
    `drives` says what must be worked out again when a column moves; `neutral` is the value at
    which it changes nothing.
    """

    name: str
    size: str
    drives: Drive
    neutral: float


BLOCKS = (
    Block("slowed", "MC", "people", 1.0),  # what is left of each upward move, by coarse band
    Block("improving", "C", "people", 0.0),  # yearly fall in deaths, by coarse band
    Block("births", "", "people", 1.0),  # factor on births
    Block("migrating", "L", "people", 0.0),  # yearly net migration, by place
    Block("recovering", "", "people", 1.0),  # factor on downward moves
    Block("service", "V", "rates", 1.0),  # factor on each service's rates
    Block("by_age", "QC", "rates", 1.0),  # factor by service group and coarse band
    Block("by_segment", "QG", "rates", 1.0),  # factor by service group and segment
    Block("growth", "Q", "rates", 0.0),  # yearly growth in use
    Block("price", "V", "prices", 1.0),  # factor on unit costs
    Block("inflation", "Q", "prices", 0.0),  # yearly growth in unit costs
)

# The dimensions of each array. B + 1 edges cut A ages into B bands; M moves join G segments.
SHAPES = {
    "people": "LSAG",
    "up": "SAM",
    "down": "SAM",
    "deaths": "SAG",
    "fertility": "A",
    "birth_share": "S",
    "migration": "SA",
    "reach": "LT",
    "rates": "VSBG",
    "unit_price": "V",
    "share": "LQO",
    "bed_use": "V",
    "staff_use": "V",
    "coarse_of_band": "B",
    "group_of_service": "V",
}
INTEGERS = ("band_start", "coarse_of_band", "group_of_service")


@dataclass(frozen=True, eq=False)
class CohortArea:
    """An area whose people are followed by single year of age.

    Sizes: L places, S sexes, A ages, G segments (neighbours joined by M = G - 1 moves), T years,
    V services in Q groups, O partners, B age bands in C coarse bands.
    """

    people: Floats  # [L, S, A, G] people at the start
    up: Floats  # [S, A, M] yearly chance of the move from segment g to g + 1
    down: Floats  # [S, A, M] yearly chance of the move from g + 1 to g
    deaths: Floats  # [S, A, G] yearly chance of dying
    fertility: Floats  # [A] yearly births per mother
    birth_share: Floats  # [S] share of births of each sex
    mother: int  # which sex has births
    migration: Floats  # [S, A] how strongly each age takes part in net migration
    reach: Floats  # [L, T] how far prevention has got
    rates: Floats  # [V, S, B, G] units a person a year
    unit_price: Floats  # [V] GBP
    share: Floats  # [L, Q, O] of each group's cost, by partner
    bed_use: Floats  # [V] beds a unit
    staff_use: Floats  # [V] WTE a unit
    band_start: Ints  # [B + 1] first age of each band, then A
    coarse_of_band: Ints  # [B]
    group_of_service: Ints  # [V]

    def __post_init__(self) -> None:
        faults = [*_shape_faults(self), *_index_faults(self)]
        if faults:
            raise ValueError("This area cannot be simulated: " + "; ".join(faults) + ".")

    @cached_property
    def sizes(self) -> dict[str, int]:
        """The size behind each letter."""
        places, sexes, ages, segments = self.people.shape
        letters = {"L": places, "S": sexes, "A": ages, "G": segments, "M": segments - 1}
        letters |= {"T": self.reach.shape[-1], "V": len(self.rates)}
        letters |= {"Q": self.share.shape[1], "O": self.share.shape[-1]}
        letters |= {"B": self.rates.shape[2], "C": int(self.coarse_of_band.max()) + 1}
        return letters

    @cached_property
    def columns(self) -> dict[str, slice]:
        """Where each block of theta stands."""
        found, at = {}, 0
        for block in BLOCKS:
            size = int(np.prod([self.sizes[letter] for letter in block.size], dtype=int))
            found[block.name] = slice(at, at + size)
            at += size
        return found

    @cached_property
    def width(self) -> int:
        """Number of columns of theta, D."""
        return self.columns[BLOCKS[-1].name].stop

    @cached_property
    def drives(self) -> tuple[Drive, ...]:
        """What each column of theta moves: people, rates or prices."""
        spans = [(block.drives, self.columns[block.name]) for block in BLOCKS]
        return tuple(drive for drive, span in spans for _ in range(span.start, span.stop))

    @cached_property
    def neutral(self) -> Floats:
        """The row of theta that changes nothing: [D]."""
        row = np.empty(self.width)
        for block in BLOCKS:
            row[self.columns[block.name]] = block.neutral
        return row

    @cached_property
    def coarse_of_age(self) -> Ints:
        """The coarse band of each age: [A]."""
        return np.repeat(self.coarse_of_band, np.diff(self.band_start))

    def which(self, drive: Drive) -> NDArray[np.bool_]:
        """The columns that drive one thing: [D] of true and false."""
        return np.array([d == drive for d in self.drives])

    def part(self, theta: Floats, name: str) -> Floats:
        """One block of theta, in its own dimensions: [..., *size]."""
        size = next(block.size for block in BLOCKS if block.name == name)
        shape = tuple(self.sizes[letter] for letter in size)
        return theta[..., self.columns[name]].reshape((*theta.shape[:-1], *shape))

    def with_reach(self, reach: Floats) -> "CohortArea":
        """The same area with prevention rolled out differently."""
        return replace(self, reach=reach)

    def __getstate__(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


def _shape_faults(area: CohortArea) -> list[str]:
    if area.people.ndim != 4 or area.rates.ndim != 4 or area.share.ndim != 3:
        return ["people and rates need four dimensions, and share three"]
    found = []
    for name, letters in SHAPES.items():
        array = getattr(area, name)
        wanted = tuple(area.sizes[letter] for letter in letters)
        if array.shape != wanted:
            found.append(f"{name} is {array.shape} where {wanted} is needed")
        elif not np.isfinite(array).all():
            found.append(f"{name} holds a value that is not a finite number")
    return found


def _index_faults(area: CohortArea) -> list[str]:
    if area.people.ndim != 4 or area.rates.ndim != 4 or area.share.ndim != 3:
        return []
    sizes, found = area.sizes, []
    starts = area.band_start
    if len(starts) != sizes["B"] + 1 or starts[0] != 0 or starts[-1] != sizes["A"]:
        found.append("band_start must run from 0 to the number of ages, one more than bands")
    elif (np.diff(starts) < 1).any():
        found.append("every band needs at least one age")
    groups, counts = np.unique(area.group_of_service, return_counts=True)
    if groups.tolist() != list(range(sizes["Q"])):
        found.append("every service group needs a service, and every service a known group")
    if counts.max() > MOST_IN_GROUP:
        found.append(f"a service group holds {MOST_IN_GROUP} services at most")
    if not 2 <= sizes["G"] <= MOST_SEGMENTS:
        found.append(f"there must be 2 to {MOST_SEGMENTS} segments")
    if area.coarse_of_band.min() < 0 or sizes["C"] > MOST_COARSE:
        found.append(f"coarse bands are numbered from 0, {MOST_COARSE} at most")
    if not 0 <= area.mother < sizes["S"]:
        found.append("mother must be one of the sexes")
    return found
