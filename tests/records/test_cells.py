"""Cells add up to the records they came from, part by part."""

import numpy as np
import pytest

from footprint.records.cells import emergency_cells, inpatient_cells, outpatient_cells
from footprint.records.layout import TABLES
from footprint.records.parameters import read_parameters
from footprint.records.read import read_records
from tests.records.tiny import arrival, attendance, members, records, settings, spell

POD = ("pod",)
AVOID = {"ip": {"falls": {"interval": [0.5, 0.9]}, "smoking": {"interval": [0.5, 0.9]}}}
SHORTEN = {
    "ip": {
        "raid": {"type": "all", "interval": [0.8, 0.9]},
        "hip": {"type": "all", "interval": [0.8, 0.9]},
        "general_los_reduction_emergency": {"type": "all", "interval": [0.8, 0.9]},
    }
}


def test_a_spell_is_split_between_sets_of_mitigators_by_their_chances():
    avoidance = members((1, "falls", 0.25), (1, "smoking", 0.5), (1, "not set", 1.0))
    cells = inpatient_cells(
        records([spell(1)], avoidance=avoidance), settings(activity_avoidance=AVOID), POD
    )
    weights = np.asarray(cells.matrix.sum(axis=1)).ravel()
    found = {tuple(cells.sets[s]): w for s, w in zip(cells.mitigated, weights, strict=True)}
    assert found == {
        (False, False): pytest.approx(0.75 * 0.5),
        (True, False): pytest.approx(0.25 * 0.5),
        (False, True): pytest.approx(0.75 * 0.5),
        (True, True): pytest.approx(0.25 * 0.5),
    }


def test_one_efficiency_is_chosen_among_those_of_a_spell_in_equal_parts():
    own = members((1, "raid", 1.0), (1, "hip", 1.0))
    cells = inpatient_cells(
        records([spell(1)], efficiencies=own), settings(efficiencies=SHORTEN), POD
    )
    parts = dict(zip(cells.outcomes["efficiency"], cells.totals(), strict=True))
    assert parts == {"raid": 0.5, "hip": 0.5}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, "general_los_reduction_emergency"),
        ({"speldur": 0}, ""),
        ({"classpat": "2"}, ""),
        ({"admimeth": "31"}, ""),
    ],
)
def test_the_general_reduction_is_for_ordinary_emergency_stays_without_their_own(change, expected):
    cells = inpatient_cells(records([spell(1, **change)]), settings(efficiencies=SHORTEN), POD)
    assert cells.outcomes["efficiency"].tolist() == [expected]


def test_levelling_is_for_elective_care_of_the_chosen_group_alone():
    rows = [
        spell(1, group="elective"),
        spell(2, group="elective", sushrg_trimmed="HRG9"),
        spell(3),
    ]
    cells = inpatient_cells(records(rows), settings(inequalities={"level_up": ["HRG1"]}), POD)
    factors = cells.places.groupby("group")["levelling"].agg(list).to_dict()
    assert {key: sorted(each) for key, each in factors.items()} == {
        "elective": [1.0, 1.1],
        "non-elective": [1.0],
    }


def test_a_spell_number_goes_no_further_than_its_mitigators():
    for cells in (
        inpatient_cells(records([spell(1)]), settings(), POD),
        outpatient_cells(records([spell(1)], [attendance()]), settings(), POD),
        emergency_cells(records([spell(1)], arrivals=[arrival()]), settings(), POD),
    ):
        named = {*cells.people.columns, *cells.places.columns, *cells.outcomes.columns}
        assert named.isdisjoint({"rn", "index", "provider", "sitetret"})


def test_every_spell_bed_day_attendance_and_arrival_is_in_exactly_one_place(shared_data):
    pytest.importorskip("pyarrow")
    folder = shared_data / "records_synthetic"
    found = read_records(folder, TABLES)
    params = read_parameters(folder / "params_256.json")
    spells = inpatient_cells(found, params, POD)
    assert spells.totals().sum() == pytest.approx(100_000, abs=1e-6)
    days = (spells.totals() * (1 + spells.outcomes["nights"])).sum()
    assert days == pytest.approx(441_078, abs=1e-6)
    seen = outpatient_cells(found, params, POD)
    by_measure = seen.outcomes.assign(weight=seen.totals()).groupby("measure")["weight"].sum()
    assert by_measure.to_dict() == {"attendances": 879_754, "tele_attendances": 120_598}
    assert emergency_cells(found, params, POD).totals().sum() == 133_375
