"""Counts around expected values: Poisson, and binomial where a day or a spell may be saved.

Sums of Poisson counts are Poisson, and so are the two parts of one that is split at random.
Counts that are told apart nowhere are therefore drawn as one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from footprint.records.cells import numbered
from footprint.records.parameters import Floats, Parameters

Rows = NDArray[np.intp]
# Where a spell is counted that becomes something else, by type of efficiency.
BECOMES = {
    "sdec": ("aae_type-05", "arrivals"),
    "day_procedures_daycase": ("ip_elective_daycase", "admissions"),
    "day_procedures_outpatients": ("op_procedure", "attendances"),
}


def counted_lines(
    by: tuple[str, ...],
    params: Parameters,
    inpatients: pd.DataFrame,
    outpatients: pd.DataFrame,
    emergency: pd.DataFrame,
) -> pd.DataFrame:
    """Every combination of `by` and measure that can be counted, in order."""
    kind = _kinds(inpatients, params)
    parts = [_measured(inpatients, by, measure) for measure in ("admissions", "beddays")]
    for name, (pod, measure) in BECOMES.items():
        moved = inpatients[kind == name].assign(pod=pod)
        parts.append(_measured(moved, by, measure))
        if measure == "admissions":
            parts.append(_measured(moved, by, "beddays"))
    parts += [_measured(outpatients, by, m) for m in ("attendances", "tele_attendances")]
    parts.append(_measured(emergency, by, "arrivals"))
    lines = pd.concat(parts).drop_duplicates()
    return lines.sort_values([*by, "measure"]).reset_index(drop=True)


def _kinds(frame: pd.DataFrame, params: Parameters) -> "pd.Series[str]":
    """Type of the efficiency of each row; blank where there is none."""
    kinds = [params.efficiency_types.get(name, "") for name in frame["efficiency"]]
    return pd.Series(kinds, index=frame.index, dtype="object").astype(str)


def _measured(outcomes: pd.DataFrame, by: tuple[str, ...], measure: str) -> pd.DataFrame:
    return outcomes[list(by)].assign(measure=measure)


def _line(lines: pd.DataFrame, outcomes: pd.DataFrame, by: tuple[str, ...], measure: str) -> Rows:
    wanted = pd.MultiIndex.from_frame(_measured(outcomes, by, measure))
    return pd.MultiIndex.from_frame(lines).get_indexer(wanted)


def _adding(to: Rows, count: int) -> sparse.csr_array:
    """Matrix that adds row i of what it multiplies to row to[i]."""
    ones = np.ones(len(to))
    return sparse.csr_array(
        sparse.coo_array((ones, (to, np.arange(len(to)))), shape=(count, len(to)))
    )


@dataclass(frozen=True)
class Arrivals:
    """Counts of one measure, each line Poisson."""

    into: sparse.csr_array

    def add(self, counts: Floats, expected: Floats, chance: np.random.Generator) -> None:
        """Add drawn counts; dims of `expected` [outcome, draw], of `counts` [line, draw]."""
        counts += chance.poisson(self.into @ expected)


def arrivals(outcomes: pd.DataFrame, by: tuple[str, ...], lines: pd.DataFrame) -> Arrivals:
    """How emergency attendances are counted."""
    return Arrivals(_adding(_line(lines, outcomes, by, "arrivals"), len(lines)))


@dataclass(frozen=True)
class Attendances:
    """Counts in person and not: some in person move, each with its mitigator's chance."""

    here: sparse.csr_array
    away: sparse.csr_array
    movers: dict[str, Rows]
    """Outcomes in person by the efficiency that may move them; blank where none does."""

    def add(
        self,
        counts: Floats,
        expected: Floats,
        values: dict[str, Floats],
        chance: np.random.Generator,
    ) -> None:
        """Add drawn counts; dims of `expected` [outcome, draw], of `counts` [line, draw]."""
        stays = np.zeros_like(expected)
        for name, rows in self.movers.items():
            stays[rows] = values[f"efficiencies/op/{name}"] if name else 1.0
        counts += chance.poisson(self.here @ (expected * stays))
        counts += chance.poisson(self.away @ (expected * (1 - stays)))


def attendances(outcomes: pd.DataFrame, by: tuple[str, ...], lines: pd.DataFrame) -> Attendances:
    """How outpatient attendances are counted."""
    in_person = outcomes[outcomes["measure"] == "attendances"]
    movers = in_person.groupby("efficiency").indices
    return Attendances(
        here=_adding(_line(lines, outcomes, by, "attendances"), len(lines)),
        away=_adding(_line(lines, outcomes, by, "tele_attendances"), len(lines)),
        movers={str(n): in_person.index.to_numpy()[rows] for n, rows in movers.items()},
    )


@dataclass(frozen=True)
class Shortened:
    """Stays that one efficiency shortens, in one line: what is at stake is a sum over cells."""

    line: int
    efficiency: str
    cells: Rows
    days: int
    """Days a spell may be shorter; 0 where each night is kept with a chance of its own."""


@dataclass(frozen=True)
class Moved:
    """Spells that become something else: their outcomes, and the lines they are then in."""

    outcomes: Rows
    gather: sparse.csr_array
    into: list[sparse.csr_array]


@dataclass(frozen=True)
class Spells:
    """Admissions and bed days (nights + 1), and spells that become something else."""

    leavers: dict[str, Rows]
    gather: sparse.csr_array
    """Adds outcomes that are told apart nowhere: dims [cell, outcome]."""
    admissions: sparse.csr_array
    beddays: sparse.csr_array
    nights: Floats
    sure: Floats
    """Bed days of a spell of each cell that no efficiency touches; dims [cell, 1]."""
    shortened: list[Shortened]
    moved: list[Moved]

    def add(
        self,
        counts: Floats,
        expected: Floats,
        values: dict[str, Floats],
        chance: np.random.Generator,
    ) -> None:
        """Add drawn counts; dims of `expected` [outcome, draw], of `counts` [line, draw]."""
        stays = np.ones_like(expected)
        for name, rows in self.leavers.items():
            stays[rows] = values[f"efficiencies/ip/{name}"]
        spells = chance.poisson(self.gather @ (expected * stays)).astype(float)
        counts += self.admissions @ spells
        counts += self.beddays @ (spells * self.sure)
        for each in self.shortened:
            kept = values[f"efficiencies/ip/{each.efficiency}"]
            if each.days:
                eligible = spells[each.cells].sum(axis=0)
                shorter = chance.binomial(eligible.astype(np.int64), 1 - kept)
                counts[each.line] -= each.days * shorter
            else:
                nights = (spells[each.cells] * self.nights[each.cells]).sum(axis=0)
                counts[each.line] += chance.binomial(nights.astype(np.int64), kept)
        for move in self.moved:
            going = expected[move.outcomes] * (1 - stays[move.outcomes])
            gone = chance.poisson(move.gather @ going)
            for into in move.into:
                counts += into @ gone


def spells(
    outcomes: pd.DataFrame, params: Parameters, by: tuple[str, ...], lines: pd.DataFrame
) -> Spells:
    """How inpatient spells are counted."""
    kind = _kinds(outcomes, params)
    frame = pd.DataFrame(
        {
            "admissions": _line(lines, outcomes, by, "admissions"),
            "beddays": _line(lines, outcomes, by, "beddays"),
            "efficiency": outcomes["efficiency"].where(kind.isin(["all", "pre-op"]), ""),
            "nights": outcomes["nights"],
        }
    )
    to, cells = numbered(frame, list(frame.columns))
    shortens = _kinds(cells, params)
    nights = cells["nights"].to_numpy(dtype=float)[:, None]
    leavers = outcomes[kind.isin(list(BECOMES))].groupby("efficiency").groups
    return Spells(
        leavers={str(name): rows.to_numpy() for name, rows in leavers.items()},
        gather=_adding(to, len(cells)),
        admissions=_adding(cells["admissions"].to_numpy(), len(lines)),
        beddays=_adding(cells["beddays"].to_numpy(), len(lines)),
        nights=nights,
        sure=1 + np.where((shortens == "all").to_numpy()[:, None], 0, nights),
        shortened=list(_shortened(cells, shortens, params)),
        moved=list(_moved(outcomes, kind, by, lines)),
    )


def _shortened(
    cells: pd.DataFrame, kind: "pd.Series[str]", params: Parameters
) -> Iterator[Shortened]:
    most = [params.pre_op_days.get(name, 0) for name in cells["efficiency"]]
    # Nobody stays less than no night, whatever the mitigator says was before the operation.
    days = np.minimum(cells["nights"], most)
    worth = kind.isin(["all", "pre-op"]) & ((kind == "all") | (days > 0))
    worthy = cells.assign(days=days)[worth]
    number, kinds = numbered(worthy, ["beddays", "efficiency", "days"])
    for each, key in enumerate(kinds.to_dict("records")):
        rows = worthy.index.to_numpy()[number == each]
        yield Shortened(int(key["beddays"]), str(key["efficiency"]), rows, int(key["days"]))


def _moved(
    outcomes: pd.DataFrame, kind: "pd.Series[str]", by: tuple[str, ...], lines: pd.DataFrame
) -> Iterator[Moved]:
    for name, (pod, measure) in BECOMES.items():
        rows = np.flatnonzero(kind == name)
        if not len(rows):
            continue
        then = outcomes.iloc[rows].assign(pod=pod)
        to, places = numbered(then, list(by))
        # A day case is an admission and one bed day.
        measures = [measure, "beddays"] if measure == "admissions" else [measure]
        into = [_adding(_line(lines, places, by, each), len(lines)) for each in measures]
        yield Moved(rows, _adding(to, len(places)), into)
