"""Need: how many people are in each segment, year by year."""

from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from footprint.model.area import Area
from footprint.model.cells import cohort_mask
from footprint.model.parameters import Parameters
from footprint.model.schemes import coverage
from footprint.plan.effects.slow import Slow

Floats = NDArray[np.float64]


def cohort_step(
    people: Floats,
    deaths: Floats,
    death_shares: Floats,
    transitions: Floats,
    births: Floats,
    birth_shares: Floats,
    migration: Floats,
    migration_shares: Floats,
) -> Floats:
    """People in each segment a year later.

        p <- (p - deaths x death shares) T + births x birth shares + net migration x shares

    `people` [..., S]; `deaths`, `births` and `migration` [...] are totals; the three shares
    [..., S] say in which segments; `transitions` [..., S, S] are yearly chances given survival,
    rows adding to 1. The order (deaths, transitions, entries) is that of the open Bristol model
    (BNSSG population segments, MIT licence), whose twenty-year table this reproduces.

    >>> p = cohort_step(np.array([90.0, 10.0]), np.array(4.0), np.array([0.5, 0.5]),
    ...                 np.array([[0.9, 0.1], [0.0, 1.0]]), np.array(3.0), np.array([1.0, 0.0]),
    ...                 np.array(1.0), np.array([0.0, 1.0]))
    >>> [round(float(x), 6) for x in p]
    [82.2, 17.8]
    """
    survivors = people - np.asarray(deaths)[..., None] * death_shares
    moved = (survivors[..., None, :] @ transitions)[..., 0, :]
    born = np.asarray(births)[..., None] * birth_shares
    return moved + born + np.asarray(migration)[..., None] * migration_shares


@dataclass(frozen=True)
class Slowing:
    """What prevention leaves of the yearly moves from one segment to another.

    `kept` [n, T, P, B, X] is the share of moves from segment `start` to `end` that still happen.
    """

    start: int
    end: int
    kept: Floats


def slowed_moves(area: Area, params: Parameters, schemes: frozenset[str]) -> list[Slowing]:
    """Moves between segments that the schemes make rarer; factors multiply where they overlap."""
    kept: dict[tuple[int, int], Floats] = {}
    for name in sorted(schemes):
        scheme = area.plan.schemes[name]
        for key, effect in scheme.effects.items():
            if not isinstance(effect, Slow):
                continue
            size = params.number(f"schemes/{name}.effects.{key}.size")[:, None]
            left = 1.0 - coverage(area, params, name) * size
            labels = area.labels
            mask = cohort_mask(scheme.cohort, labels["place"], area.bands, labels["segment"])
            start = area.index_of("segment", effect.from_segment)
            factor = np.where(mask[..., start], left[:, :, None, None, None], 1.0)
            for end in effect.to_segments:
                move = (start, area.index_of("segment", end))
                kept[move] = kept[move] * factor if move in kept else factor
    return [Slowing(start, end, factor) for (start, end), factor in kept.items()]


def follow_need(
    area: Area, people: xr.DataArray, slowing: list[Slowing] | None = None
) -> xr.DataArray:
    """People by segment: the dims of `people` (leading, year, place, age_band, sex) + segment.

    Each year an age band passes one part in its width to the next band; deaths go out,
    survivors change segment, and what is missing to the projection enters with the segments of
    births (youngest band) or of people who move in; a surplus leaves with the segments of those
    who are there. So people by place, age and sex equal the projection to the last digit.
    """
    target = people.values
    need = np.empty((*target.shape, len(area.labels["segment"])))
    need[:, 0] = target[:, 0, ..., None] * area.start[:, None, :]
    if slowing:
        need = np.repeat(need, max(len(need), max(len(s.kept) for s in slowing)) // len(need), 0)
        target = np.broadcast_to(target, need.shape[:-1])
    for t in range(1, target.shape[1]):
        need[:, t] = _next_year(area, need[:, t - 1], target[:, t], slowing or [], t)
    return area.labelled(need, str(people.dims[0]), "year", "place", "age_band", "sex", "segment")


def _next_year(
    area: Area, before: Floats, target: Floats, slowing: list[Slowing], t: int
) -> Floats:
    """One cohort step of [n, P, B, X, S], closed to `target` [n, P, B, X]."""
    aged = _grow_older(area, before)
    dying = aged * area.deaths[:, None, :]
    deaths = dying.sum(-1)
    shares = dying / np.where(deaths > 0, deaths, 1)[..., None]
    missing = np.maximum(target - (aged.sum(-1) - deaths), 0)
    born, moving_in = np.zeros_like(missing), missing.copy()
    born[:, :, 0], moving_in[:, :, 0] = missing[:, :, 0], 0
    after = cohort_step(
        aged,
        deaths,
        shares,
        area.transitions[:, None],
        born,
        area.births,
        moving_in,
        area.migrants[:, None, :],
    )
    for slow in slowing:
        after = _hold_back(area, after, aged - dying, slow, t)
    total = after.sum(-1)
    closed: Floats = (
        after * np.where(total > 0, target / np.where(total > 0, total, 1), 0)[..., None]
    )
    return closed


def _grow_older(area: Area, people: Floats) -> Floats:
    """Everyone a year older: one part in the band's width moves up; the last band is open."""
    part = np.array([1 / band.width for band in area.bands])
    part[-1] = 0.0
    leaving = people * part[:, None, None]
    aged = people - leaving
    aged[:, :, 1:] += leaving[:, :, :-1]
    return aged


def _hold_back(area: Area, after: Floats, survivors: Floats, slow: Slowing, t: int) -> Floats:
    """Those whom prevention keeps in their segment go back to it."""
    chance = area.transitions[:, slow.start, slow.end][:, None]
    held = survivors[..., slow.start] * chance * (1 - slow.kept[:, t])
    after = after.copy()
    after[..., slow.end] -= held
    after[..., slow.start] += held
    return after
