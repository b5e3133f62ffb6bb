"""Draws of activity in the horizon year, with the distribution of resampling row by row.

Many draws are worked out at once; there is no loop over draws, nor over cells.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from footprint.records.cells import Cells, emergency_cells, inpatient_cells, outpatient_cells
from footprint.records.count import (
    Arrivals,
    Attendances,
    Spells,
    arrivals,
    attendances,
    counted_lines,
    spells,
)
from footprint.records.health import HealthStatus, health_status
from footprint.records.parameters import (
    Floats,
    Parameters,
    drawn,
    drawn_variants,
    generator,
)
from footprint.records.read import Records
from footprint.records.world import Prospects, World, coverage_faults, prospects
from footprint.terms.faults import PlanFaults

# Draws worked out together. Streams of chance are numbered by block, so it belongs to the answer.
BLOCK = 128
_NEAR_ZERO = 1e-12


@dataclass(frozen=True)
class Prepared:
    """Cells and tables ready to draw from: made once, used for any number of draws."""

    params: Parameters
    lines: pd.DataFrame
    inpatients: Cells
    outpatients: Cells
    emergency: Cells
    staying: Spells
    attending: Attendances
    arriving: Arrivals
    prospects: Prospects
    health: dict[int, HealthStatus]
    """By sex; empty where health status is not adjusted."""


@dataclass(frozen=True)
class Draws:
    """What was drawn: `counts` has dims [line, draw], and `lines` says what each line is."""

    lines: pd.DataFrame
    counts: Floats

    def total(self, measure: str) -> Floats:
        """A measure over all lines; dims [draw].

        The measures are admissions, beddays (nights + 1, as the public model counts them),
        attendances, tele_attendances and arrivals.
        """
        total: Floats = self.counts[(self.lines["measure"] == measure).to_numpy()].sum(axis=0)
        return total


def prepare(records: Records, params: Parameters, by: tuple[str, ...] = ("pod",)) -> Prepared:
    """Sum records into cells for these parameters. `by` are the columns to count by.

    Raises PlanFaults where the tables do not go with the parameters.
    """
    if by[:1] != ("pod",):
        raise ValueError("the first column to count by is pod; others may follow it")
    inpatients = inpatient_cells(records, params, by)
    outpatients = outpatient_cells(records, params, by)
    emergency = emergency_cells(records, params, by)
    futures = prospects(records, params)
    faults = list(coverage_faults(futures, (inpatients, outpatients, emergency)))
    if faults:
        raise PlanFaults(faults)
    kinds = (inpatients.outcomes, outpatients.outcomes, emergency.outcomes)
    lines = counted_lines(by, params, *kinds)
    return Prepared(
        params,
        lines,
        inpatients,
        outpatients,
        emergency,
        spells(kinds[0], params, by, lines),
        attendances(kinds[1], by, lines),
        arrivals(kinds[2], by, lines),
        futures,
        health_status(params.start_year, params.end_year) if params.health_status else {},
    )


def draw(prepared: Prepared, draws: int, seed: int = 1) -> Draws:
    """Counts in each of `draws` futures. A draw depends on the seed and its number alone."""
    whole = -(-draws // BLOCK) * BLOCK
    values = drawn(prepared.params, whole, seed)
    variants = drawn_variants(prepared.params, whole, seed)
    uniform = generator(seed, "health_status_adjustment").random(whole)
    uniform = np.clip(uniform, _NEAR_ZERO, 1 - _NEAR_ZERO)
    counts = np.zeros((len(prepared.lines), whole))
    for block, first in enumerate(range(0, whole, BLOCK)):
        here = slice(first, first + BLOCK)
        world = World(
            prepared.params,
            prepared.prospects,
            variants[here],
            {sex: each.equivalent_ages(uniform[here]) for sex, each in prepared.health.items()},
            {address: each[here] for address, each in values.items()},
        )
        _count(prepared, world, counts[:, here], generator(seed, f"counts/{block}"))
    return Draws(prepared.lines, counts[:, :draws])


def _count(prepared: Prepared, world: World, counts: Floats, chance: np.random.Generator) -> None:
    """Add the counts of one block; dims of `counts` [line, draw]."""
    values = world.values
    prepared.staying.add(counts, world.expected(prepared.inpatients), values, chance)
    prepared.attending.add(counts, world.expected(prepared.outpatients), values, chance)
    prepared.arriving.add(counts, world.expected(prepared.emergency), chance)
