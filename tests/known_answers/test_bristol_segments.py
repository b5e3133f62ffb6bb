"""The open Bristol segment model's twenty-year table, to the last person.

Source: BNSSG population segments and dynamic population model, MIT licence.
"""

import csv
from typing import NamedTuple

import numpy as np
import pytest

from footprint.model.need import cohort_step

SEGMENTS = ("CS1", "CS2", "CS3", "CS4", "CS5")


class Bristol(NamedTuple):
    """The published inputs, and people by segment in each of the twenty years."""

    start: np.ndarray
    inner: np.ndarray
    outer: np.ndarray
    outcomes: dict
    years: np.ndarray


def rows(folder, name):
    with (folder / "segments" / f"{name}.csv").open() as file:
        found = list(csv.DictReader(file))
    return {r["State"]: r for r in found if r.get("State") in SEGMENTS} or found


def column(table, name):
    return np.array([float(table[s][name]) for s in SEGMENTS])


@pytest.fixture(scope="session")
def bristol(shared_data):
    share = rows(shared_data, "Proportion")
    inner = rows(shared_data, "Inner_Transition_Matrix")
    outer = rows(shared_data, "Transition_Matrix")
    flows = rows(shared_data, "Birth_Migration_Death")
    people = [column(rows(shared_data, "Initial_State"), "Initial_pop")]
    matrix = np.array([[float(inner[s][t]) for t in SEGMENTS] for s in SEGMENTS])
    for year in flows:
        people.append(
            cohort_step(
                people[-1],
                np.array(float(year["Deaths"])),
                column(share, "Proportion_death"),
                matrix,
                np.array(float(year["Births"])),
                column(share, "Proportion_birth"),
                np.array(float(year["Net_Migration"])),
                column(share, "Proportion_migration"),
            )
        )
    return Bristol(
        start=people[0],
        inner=matrix,
        outer=np.array([[float(outer[s][t]) for t in (*SEGMENTS, "Death")] for s in SEGMENTS]),
        outcomes=rows(shared_data, "Outcomes"),
        years=np.array(people),
    )


@pytest.mark.parametrize(
    ("year", "people", "gbp_m"),
    [(0, 833_795, 755.0), (5, 865_845, 840.8), (10, 899_677, 928.9), (20, 950_789, 1_079.0)],
)
def test_people_and_cost_of_the_published_years_come_out_to_the_last_person(
    bristol, year, people, gbp_m
):
    cost = bristol.years[year] @ column(bristol.outcomes, "Cost July2021-June2022")
    assert round(bristol.years[year].sum()) == people
    assert round(cost / 1e6, 1) == gbp_m


def test_each_segment_of_the_twentieth_year_comes_out_to_the_last_person(bristol):
    assert bristol.years[20].round().tolist() == [403_856, 267_553, 157_558, 81_593, 40_228]


@pytest.mark.parametrize(
    ("activity", "number"), [("act_secondary_ae", 322_894), ("act_secondary_ip", 340_297)]
)
def test_hospital_use_in_the_twentieth_year_comes_out_to_the_last_visit(bristol, activity, number):
    """The published numbers are of whole people; of the unrounded ones, 340,297.8 admissions."""
    people = bristol.years[20].round()
    assert round(people @ column(bristol.outcomes, activity)) == number


def test_the_published_total_cost_is_not_the_sum_of_the_nine_published_costs(bristol):
    first = bristol.outcomes["CS1"]
    nine = [name for name in first if name.startswith("cost_")]
    assert len(nine) == 9
    parts = sum(bristol.start @ column(bristol.outcomes, name) for name in nine)
    whole = bristol.start @ column(bristol.outcomes, "Cost July2021-June2022")
    assert (round(whole / 1e6, 1), round(parts / 1e6, 1)) == (755.0, 815.9)


def test_the_matrix_with_deaths_is_not_the_inner_one_with_deaths_added(bristol):
    surviving = bristol.outer[:, :5] / (1 - bristol.outer[:, 5:])
    assert bristol.inner.sum(axis=1) == pytest.approx(np.ones(5), abs=1e-6)
    assert bristol.outer.sum(axis=1) == pytest.approx(np.ones(5), abs=1e-6)
    assert np.abs(surviving - bristol.inner).max() > 0.005
