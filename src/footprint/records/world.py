"""Expected counts in the horizon year: what each draw's settings do to cells.

    expected(outcome) = sum over cells of weight x people x place x mitigators

where `people` is the projection and health status at an age and sex, `place` what growth,
waiting lists and commissioners do to a specialty, `mitigators` the share not avoided.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from footprint.records.cells import Cells
from footprint.records.health import FIRST_AGE
from footprint.records.layout import BIRTHS, DEMOGRAPHIC, HEALTH_STATUS
from footprint.records.parameters import Floats, Parameters
from footprint.records.read import Records
from footprint.terms.faults import Fault, PlanFaults

# Rows of cells worked out together; any number gives the same answer.
_ROWS = 4096
# The last age of the table of use by age.
_LAST_AGE = 100


@dataclass(frozen=True)
class Prospects:
    """What the horizon year may bring to people of an age and sex, for each projection."""

    demographic: pd.DataFrame
    """People to people in the start year; index [sex, age], a column a projection."""
    births: pd.DataFrame
    use_by_age: pd.DataFrame
    """Use per head; index [hsagrp, sex], a column an age."""


def prospects(records: Records, params: Parameters) -> Prospects:
    """The tables of projections and of use by age. Raises PlanFaults."""
    use = records[HEALTH_STATUS].pivot_table(
        index=["hsagrp", "sex"], columns="age", values="activity", aggfunc="sum"
    )
    use = use.reindex(columns=range(_LAST_AGE + 1))
    if params.health_status and bool(use.isna().any(axis=None)):
        found = f"no use at some ages from 0 to {_LAST_AGE}"
        allowed = "every age for each hsagrp and sex that is there"
        raise PlanFaults([Fault("age", found, allowed, "add the rows", HEALTH_STATUS)])
    return Prospects(_growth(records, params, DEMOGRAPHIC), _growth(records, params, BIRTHS), use)


@dataclass(frozen=True)
class World:
    """What holds in each draw of a block."""

    params: Parameters
    prospects: Prospects
    variants: NDArray[np.intp]
    equivalent: dict[int, Floats]
    """Equivalent ages by sex, dims [age, draw]; empty where health status is not adjusted."""
    values: dict[str, Floats]

    def expected(self, cells: Cells) -> Floats:
        """Expected count of each outcome; dims [outcome, draw]."""
        people = self._people(cells.people)
        places = self._places(cells)
        kept = self._kept(cells)
        total = np.zeros((len(cells.outcomes), people.shape[1]))
        for low in range(0, len(cells.place), _ROWS):
            rows = slice(low, low + _ROWS)
            part = cells.matrix[rows] @ people
            part *= places[cells.place[rows]]
            part *= kept[cells.mitigated[rows]]
            outcome = cells.outcome[rows]
            starts = np.flatnonzero(np.r_[True, outcome[1:] != outcome[:-1]])
            total[outcome[starts]] += np.add.reduceat(part, starts, axis=0)
        return total

    def _people(self, people: pd.DataFrame) -> Floats:
        """Projection, births for maternity, and health status; dims [people, draw]."""
        keys = pd.MultiIndex.from_frame(people[["sex", "age"]])
        adults = self.prospects.demographic.reindex(keys).to_numpy(dtype=float)
        births = self.prospects.births.reindex(keys).fillna(1.0).to_numpy(dtype=float)
        growth = np.where(people["maternity"].to_numpy()[:, None], births, adults)
        factor: Floats = np.ascontiguousarray(growth[:, self.variants])
        self._by_health(people, factor)
        return factor

    def _by_health(self, people: pd.DataFrame, factor: Floats) -> None:
        """Multiply use per head at the equivalent age over use per head at the age."""
        for sex, raw in self.equivalent.items():
            ages = np.clip(raw, 0, _LAST_AGE)
            below = np.minimum(ages.astype(np.intp), _LAST_AGE - 1)
            part = ages - below
            own_ages = np.arange(FIRST_AGE, FIRST_AGE + len(ages))
            for group in people.loc[people["sex"] == sex, "hsagrp"].unique():
                if (group, sex) not in self.prospects.use_by_age.index:
                    continue
                use = self.prospects.use_by_age.loc[(group, sex)].to_numpy(dtype=float)
                then = use[below] * (1 - part) + use[below + 1] * part
                own = use[own_ages][:, None]
                ratio = np.where(own > 0, then / np.where(own > 0, own, 1), 1)
                here = (people["sex"] == sex) & (people["hsagrp"] == group)
                rows = np.flatnonzero(here & (people["age"] >= FIRST_AGE))
                factor[rows] *= ratio[people["age"].to_numpy()[rows] - FIRST_AGE]

    def _places(self, cells: Cells) -> Floats:
        """What the settings do to each place; dims [place, draw]."""
        years = self.params.end_year - self.params.start_year
        factor = np.ones((len(cells.places), len(self.variants)))
        for row, place in enumerate(cells.places.to_dict("records")):
            factor[row] *= place["levelling"]
            for address, power in _addresses(cells.activity, place, years):
                if address in self.values:
                    factor[row] *= self.values[address] ** power
        return factor

    def _kept(self, cells: Cells) -> Floats:
        """Share left by each set of mitigators: what each leaves, multiplied; [set, draw]."""
        factor = np.ones((len(cells.sets), len(self.variants)))
        for place, name in enumerate(cells.mitigators):
            address = f"activity_avoidance/{cells.activity}/{name}"
            factor[cells.sets[:, place]] *= self.values[address]
        return factor


def _addresses(activity: str, place: dict[Hashable, Any], years: int) -> Iterator[tuple[str, int]]:
    """The settings that act on a place, each with the power it is raised to."""
    group, specialty = place["group"], place["tretspef_grouped"]
    named = {"ip": f"ip/{group}/{specialty}", "op": f"op/{specialty}", "aae": f"aae/{group}"}
    nested = named[activity]
    yield f"expat/{nested}", 1
    yield f"repat_{'local' if place['is_main_icb'] else 'nonlocal'}/{nested}", 1
    yield f"baseline_adjustment/{f'op/{group}/{specialty}' if activity == 'op' else nested}", 1
    if place["is_wla"]:
        yield f"waiting_list_adjustment/{activity}/{specialty}", 1
    yield f"non-demographic_adjustment/{activity}/{place['ndggrp']}", years


def _growth(records: Records, params: Parameters, table: str) -> pd.DataFrame:
    """People of an age and sex in the horizon year to the start year; a column a projection."""
    frame = records[table]
    start, end = str(params.start_year), str(params.end_year)
    variants = list(params.variants)
    faults = [
        Fault(year, "no such column", "a column for the first and the last year", "add it", table)
        for year in (start, end)
        if year not in frame.columns
    ]
    absent = [name for name in variants if name not in set(frame["variant"])]
    if absent:
        found = f"no rows for {', '.join(absent)}"
        faults.append(Fault("variant", found, "each projection of the params", "add them", table))
    if faults:
        raise PlanFaults(faults)
    growth = frame.assign(growth=frame[end] / frame[start])
    wide = growth.pivot_table(index=["sex", "age"], columns="variant", values="growth")
    return wide[variants]


def coverage_faults(prospects: Prospects, activities: tuple[Cells, ...]) -> Iterator[Fault]:
    """People of the records who are in no projection."""
    known = prospects.demographic.dropna().index
    for cells in activities:
        others = cells.people[~cells.people["maternity"]]
        there = pd.MultiIndex.from_frame(others[["sex", "age"]]).isin(known)
        if not there.all():
            ages = sorted(set(others.loc[~there, "age"]))
            yield Fault(
                "age and sex",
                f"ages of {cells.activity} that are in no projection: {ages}",
                "every age and sex of the records, for each projection",
                "add them, or put those ages with the oldest that is there",
                DEMOGRAPHIC,
            )
