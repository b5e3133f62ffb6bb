"""Cells of people, and the regions of cells that every scheme treats alike.

Baseline activity lives in cells: place x age band x sex x need segment. Schemes overlap inside
cells, so cells with the same place and the same schemes can be added up before any scheme acts,
without changing a result. Those sums are the regions.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from footprint.plan.schema import Plan
from footprint.plan.scheme import Cohort
from footprint.terms.ages import AgeBand

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Regions:
    """Cells grouped by place and by the cohorts they belong to.

    `of_cell` [place, age_band, sex, segment] is each cell's region, `place` [region] its place,
    in ascending order, and `cohort` maps a scheme to its regions, [region] of true and false.
    """

    of_cell: NDArray[np.int64]
    place: NDArray[np.int64]
    cohort: dict[str, Mask]

    @property
    def count(self) -> int:
        """How many regions there are."""
        return len(self.place)

    def to_places(self, values: Floats, axis: int) -> Floats:
        """Sums over the regions of each place, along `axis`."""
        starts = np.flatnonzero(np.diff(self.place, prepend=-1))
        return np.add.reduceat(values, starts, axis=axis)


def cohort_mask(
    cohort: Cohort, places: Sequence[str], bands: Sequence[AgeBand], segments: Sequence[str]
) -> Mask:
    """Which cells a cohort holds: [place, age_band, sex, segment]."""
    groups = [AgeBand.parse(text) for text in cohort.ages]
    in_place = np.array([not cohort.places or p in cohort.places for p in places])
    in_age = np.array([not groups or any(g.holds(b) for g in groups) for b in bands])
    in_segment = np.array([not cohort.segments or s in cohort.segments for s in segments])
    mask: Mask = (
        in_place[:, None, None, None]
        & in_age[None, :, None, None]
        & in_segment[None, None, None, :]
    )
    return np.broadcast_to(mask, (len(places), len(bands), 2, len(segments)))


def find_regions(
    plan: Plan, places: Sequence[str], bands: Sequence[AgeBand], segments: Sequence[str]
) -> Regions:
    """Group the cells of a plan into regions."""
    shape = (len(places), len(bands), 2, len(segments))
    masks = {
        name: cohort_mask(scheme.cohort, places, bands, segments)
        for name, scheme in plan.schemes.items()
    }
    place = np.broadcast_to(np.arange(len(places))[:, None, None, None], shape)
    marks = np.stack([place.ravel(), *(m.ravel() for m in masks.values())], axis=1)
    kinds, of_cell = np.unique(marks, axis=0, return_inverse=True)
    cohort = {name: kinds[:, i + 1] == 1 for i, name in enumerate(masks)}
    return Regions(of_cell.reshape(shape), kinds[:, 0].astype(np.int64), cohort)
