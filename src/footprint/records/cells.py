"""Cells: record-level data summed so that nothing the draws need is lost.

A cell is what rows have in common: age, sex and group of use (`people`), group, specialty and
commissioner (`places`), the mitigators that act on them (`sets`), and where they are counted,
with nights of stay and the efficiency that applies (`outcomes`).

A mitigator acts on a row with chance `sample_rate`, and one efficiency is chosen among a row's
own. Both split the row between cells by those chances: a Poisson count split at random gives
independent Poisson counts, so the split loses nothing. Weights of a row's parts add up to it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from footprint.records.layout import (
    AVOIDANCE,
    EFFICIENCIES,
    EMERGENCY,
    INEQUALITIES,
    INPATIENTS,
    OUTPATIENTS,
)
from footprint.records.parameters import Parameters
from footprint.records.read import Records
from footprint.terms.faults import Fault, PlanFaults

Ints = NDArray[np.intp]

PEOPLE = ["age", "sex", "hsagrp", "maternity"]
PLACES = ["group", "tretspef_grouped", "is_main_icb", "is_wla", "ndggrp", "levelling"]
# Mitigators of a row are one bit each of a whole number.
MOST_MITIGATORS = 62
# Emergency attendances: flag in the data, and what the mitigator is called.
EMERGENCY_FLAGS = {
    "is_frequent_attender": "frequent_attenders",
    "is_left_before_treatment": "left_before_seen",
    "is_low_cost_referred_or_discharged": "low_cost_discharged",
    "is_discharged_no_treatment": "discharged_no_treatment",
}


@dataclass(frozen=True)
class Cells:
    """One activity as cells. `matrix` holds weights, dims [row, people].

    A row of the matrix is one outcome, place and set of mitigators; rows of an outcome stand
    together, in the order of `outcomes`.
    """

    activity: str
    people: pd.DataFrame
    places: pd.DataFrame
    mitigators: tuple[str, ...]
    sets: NDArray[np.bool_]
    """Which mitigators act; dims [set, mitigator]."""
    outcomes: pd.DataFrame
    matrix: sparse.csr_array
    place: Ints
    mitigated: Ints
    """The set of each row of the matrix."""
    outcome: Ints

    @property
    def count(self) -> int:
        """How many cells there are."""
        return int(self.matrix.nnz)

    def totals(self) -> NDArray[np.float64]:
        """Weight of each outcome before anything changes."""
        rows = np.asarray(self.matrix.sum(axis=1)).ravel()
        totals = np.zeros(len(self.outcomes))
        np.add.at(totals, self.outcome, rows)
        return totals


def inpatient_cells(records: Records, params: Parameters, by: tuple[str, ...]) -> Cells:
    """Spells: outcomes are `by`, efficiency and nights of stay."""
    spells = records[INPATIENTS]
    mitigators = tuple(params.named("activity_avoidance/ip"))
    frame = _split_by_mitigator(spells, records[AVOIDANCE], mitigators)
    frame = _split_by_efficiency(frame, records[EFFICIENCIES], params)
    frame["nights"] = frame["speldur"]
    frame["levelling"] = _levelling(frame, records, params, "elective")
    return _cells("ip", frame, mitigators, [*by, "efficiency", "nights"])


def outpatient_cells(records: Records, params: Parameters, by: tuple[str, ...]) -> Cells:
    """Attendances: outcomes are `by`, in person or not, and what may move them off site."""
    frame = records[OUTPATIENTS].copy()
    kind = frame["type"]
    with_procedures = frame["has_procedures"]
    flags = [
        ("followup_reduction_" + kind, ~frame["is_first"] & ~with_procedures),
        ("consultant_to_consultant_reduction_" + kind, frame["is_cons_cons_ref"]),
        (
            "gp_referred_first_attendance_reduction_" + kind,
            frame["is_gp_ref"] & frame["is_first"],
        ),
    ]
    mitigators = tuple(params.named("activity_avoidance/op"))
    frame["set"] = _bits(flags, mitigators)
    known = params.named("efficiencies/op")
    tele = "convert_to_tele_" + kind
    frame["efficiency"] = tele.where(~with_procedures & tele.isin(list(known)), "")
    frame["levelling"] = _levelling(frame, records, params, "procedure")
    parts = [
        frame.assign(measure=measure, weight=frame[measure].astype(float))
        for measure in ("attendances", "tele_attendances")
    ]
    both = pd.concat(parts, ignore_index=True)
    return _cells("op", both[both["weight"] > 0], mitigators, [*by, "measure", "efficiency"])


def emergency_cells(records: Records, params: Parameters, by: tuple[str, ...]) -> Cells:
    """Arrivals: outcomes are `by`."""
    frame = records[EMERGENCY].copy()
    mitigators = tuple(params.named("activity_avoidance/aae"))
    kind = frame["hsagrp"].str.removeprefix("aae")
    flags = [(name + kind, frame[flag]) for flag, name in EMERGENCY_FLAGS.items()]
    frame["set"] = _bits(flags, mitigators)
    frame = frame.assign(is_wla=False, levelling=1.0)
    frame["weight"] = frame["arrivals"].astype(float)
    return _cells("aae", frame[frame["weight"] > 0], mitigators, list(by))


def _bits(
    flags: "list[tuple[pd.Series[Any], pd.Series[Any]]]", mitigators: tuple[str, ...]
) -> NDArray[np.int64]:
    """The set of mitigators of each row, one bit each."""
    bit = _bit_of(mitigators)
    found = np.zeros(len(flags[0][0]), dtype=np.int64)
    for names, on in flags:
        found |= names.map(bit).fillna(0).to_numpy(dtype=np.int64) * on.to_numpy(dtype=np.int64)
    return found


def _bit_of(mitigators: tuple[str, ...]) -> dict[str, int]:
    if len(mitigators) > MOST_MITIGATORS:
        raise PlanFaults(
            [
                Fault(
                    "activity_avoidance",
                    f"{len(mitigators)} mitigators of one activity",
                    f"up to {MOST_MITIGATORS}",
                    "leave out those that no record has",
                )
            ]
        )
    return {name: 1 << place for place, name in enumerate(mitigators)}


def _split_by_mitigator(
    spells: pd.DataFrame, memberships: pd.DataFrame, mitigators: tuple[str, ...]
) -> pd.DataFrame:
    """Each spell once for every set of its mitigators that may act, weighted by the chance.

    A mitigator acts with chance s, and without it with 1 - s, independently of the others.
    """
    bit = _bit_of(mitigators)
    kept = memberships[memberships["strategy"].isin(mitigators)]
    chance = np.ones(len(spells))
    frame = spells.assign(weight=chance, set=np.int64(0))
    turn = kept.groupby("rn").cumcount()
    for each in range(int(turn.max()) + 1 if len(kept) else 0):
        now = kept[turn == each].set_index("rn")
        bits = frame["rn"].map(now["strategy"].map(bit)).fillna(0).to_numpy(dtype=np.int64)
        rate = frame["rn"].map(now["sample_rate"]).fillna(0.0).to_numpy()
        acts = frame[rate > 0].copy()
        acts["weight"] *= rate[rate > 0]
        acts["set"] |= bits[rate > 0]
        stays = frame[rate < 1].copy()
        stays["weight"] *= 1 - rate[rate < 1]
        frame = pd.concat([acts, stays], ignore_index=True)
    return frame


def _split_by_efficiency(
    frame: pd.DataFrame, memberships: pd.DataFrame, params: Parameters
) -> pd.DataFrame:
    """Each row once for each of its efficiencies, in equal parts: one efficiency a spell.

    Ordinary admissions of one night or more with none of their own get the general one of
    elective or emergency care, where it is set.
    """
    kept = memberships[memberships["strategy"].isin(list(params.efficiency_types))]
    own = kept.rename(columns={"strategy": "efficiency"})[["rn", "efficiency"]]
    many = own.groupby("rn")["efficiency"].transform("size")
    split = frame.merge(own.assign(part=1.0 / many), on="rn", how="left")
    split["part"] = split["part"].fillna(1.0)
    split["efficiency"] = split["efficiency"].astype("object").fillna("").astype(str)
    ordinary = (split["efficiency"] == "") & (split["speldur"] > 0) & (split["classpat"] == "1")
    for digit, care in (("1", "elective"), ("2", "emergency")):
        name = f"general_los_reduction_{care}"
        if name in params.efficiency_types:
            split.loc[ordinary & split["admimeth"].str.startswith(digit), "efficiency"] = name
    split["weight"] *= split.pop("part")
    # The number that tied a spell to its mitigators has done its work.
    return split.drop(columns="rn")


def _levelling(
    frame: pd.DataFrame, records: Records, params: Parameters, group: str
) -> NDArray[np.float64]:
    """Factor of each row for closing gaps between deprivation quintiles; 1 where none is set."""
    ones = np.ones(len(frame))
    if not params.inequalities:
        return ones
    table = records[INEQUALITIES]
    kind = table["sushrg_trimmed"].map(params.inequalities)
    picked = table[kind.notna()].reset_index(drop=True)
    columns = ["level_up", "level_down", "zero_sum"]
    place = kind.dropna().map({name: i for i, name in enumerate(columns)}).to_numpy(dtype=int)
    picked["factor"] = picked[columns].to_numpy()[np.arange(len(picked)), place]
    keys = ["icb", "sushrg_trimmed", "imd_quintile"]
    factor = frame[keys].merge(picked[[*keys, "factor"]], on=keys, how="left")["factor"]
    chosen = factor.notna().to_numpy() & (frame["group"] == group).to_numpy()
    return np.where(chosen, factor.to_numpy(), ones)


def _cells(
    activity: str, frame: pd.DataFrame, mitigators: tuple[str, ...], outcomes: list[str]
) -> Cells:
    frame = frame.assign(maternity=frame["group"] == "maternity")
    person, people = numbered(frame, PEOPLE)
    place, places = numbered(frame, PLACES)
    outcome, kinds = numbered(frame, outcomes)
    mitigated, sets = numbered(frame, ["set"])
    row, rows = numbered(
        pd.DataFrame({"outcome": outcome, "place": place, "set": mitigated}),
        ["outcome", "place", "set"],
    )
    entries = (frame["weight"].to_numpy(dtype=float), (row, person))
    matrix = sparse.csr_array(sparse.coo_array(entries, shape=(len(rows), len(people))))
    matrix.sum_duplicates()
    bits = sets["set"].to_numpy(dtype=np.int64)
    return Cells(
        activity=activity,
        people=people,
        places=places,
        mitigators=mitigators,
        sets=(bits[:, None] >> np.arange(len(mitigators))) & 1 == 1,
        outcomes=kinds,
        matrix=matrix,
        place=rows["place"].to_numpy(dtype=np.intp),
        mitigated=rows["set"].to_numpy(dtype=np.intp),
        outcome=rows["outcome"].to_numpy(dtype=np.intp),
    )


def numbered(frame: pd.DataFrame, columns: list[str]) -> tuple[Ints, pd.DataFrame]:
    """Which kind each row is of, and the kinds in order."""
    groups = frame.groupby(columns, sort=True, observed=True)
    number = np.asarray(groups.ngroup(), dtype=np.intp)
    _, first = np.unique(number, return_index=True)
    return number, frame[columns].iloc[first].reset_index(drop=True)
