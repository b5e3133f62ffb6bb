"""Draws as a table that may leave: mean, P10 and P90 by point of delivery, small numbers hidden."""

import csv
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np

from footprint.records.cells import Cells
from footprint.records.draw import Draws, Prepared, draw, prepare
from footprint.records.parameters import Floats, read_parameters
from footprint.records.read import Records
from footprint.records.small_cells import shown


@dataclass(frozen=True)
class Future:
    """A point of delivery and measure: what was, and what the draws say, as it may be shown."""

    pod: str
    measure: str
    now: str
    mean: str
    p10: str
    p90: str


def drawn_futures(records: Records, params: Path, draws: int, seed: int) -> list[Future]:
    """Futures of records under a params file of the public model. Raises PlanFaults."""
    prepared = prepare(records, read_parameters(params))
    return futures(prepared, draw(prepared, draws, seed))


def write_futures(found: list[Future], folder: Path) -> Path:
    """Write futures.csv. Raises FileExistsError rather than overwrite it."""
    path = folder / "futures.csv"
    with path.open("x", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [each.name for each in fields(Future)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(each) for each in found)
    return path


def futures(prepared: Prepared, draws: Draws) -> list[Future]:
    """Every point of delivery and measure, in order."""
    now = np.zeros(len(draws.lines))
    for cells in (prepared.inpatients, prepared.outpatients, prepared.emergency):
        _add_now(cells, draws, now)
    pods = draws.lines["pod"].to_numpy()
    measures = draws.lines["measure"].to_numpy()
    keys = sorted(set(zip(pods, measures, strict=True)))
    found = []
    for pod, measure in keys:
        rows = (pods == pod) & (measures == measure)
        counts = draws.counts[rows].sum(axis=0)
        low, high = np.percentile(counts, [10, 90])
        figures = (float(now[rows].sum()), float(counts.mean()), float(low), float(high))
        found.append(Future(str(pod), str(measure), *(shown(each) for each in figures)))
    return found


def _add_now(cells: Cells, draws: Draws, now: Floats) -> None:
    """Add the records themselves to the lines they are counted in."""
    frame = cells.outcomes.assign(weight=cells.totals())
    if cells.activity == "ip":
        spells = frame.assign(measure="admissions")
        days = frame.assign(measure="beddays", weight=frame["weight"] * (1 + frame["nights"]))
        parts = [spells, days]
    elif cells.activity == "aae":
        parts = [frame.assign(measure="arrivals")]
    else:
        parts = [frame]
    keys = list(draws.lines.columns)
    places = {tuple(line): place for place, line in enumerate(draws.lines.to_numpy())}
    for part in parts:
        for line, weight in part.groupby(keys)["weight"].sum().items():
            now[places[line if isinstance(line, tuple) else (line,)]] += weight
