"""Nothing below 8 leaves: by the rule, by hand, and in every file that is written."""

import csv
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from footprint.plan.tables import TABLES as PLAN_TABLES
from footprint.records.baseline import baseline, write_baseline
from footprint.records.draw import draw, prepare
from footprint.records.futures import futures
from footprint.records.small_cells import Counted, is_small, joined, rounded, shown
from footprint.terms.ages import AgeBand, partition_fault
from footprint.terms.faults import PlanFaults
from tests.records.tiny import arrival, attendance, records, settings, spell


@pytest.mark.parametrize("count", range(1, 8))
def test_counts_of_one_to_seven_are_not_shown(count):
    assert shown(count) == "*"
    with pytest.raises(ValueError, match="may not be shown"):
        rounded(count)


def test_nought_stays_and_others_are_rounded_to_five():
    assert [shown(count) for count in (0, 8, 11, 13, 17, 18)] == ["0", "10", "10", "15", "15", "20"]


@given(st.lists(st.integers(0, 20), min_size=1, max_size=20))
def test_joined_bands_keep_everybody_and_hold_no_small_count(counts):
    bands = [
        Counted(AgeBand(n, n if n < len(counts) - 1 else None), count, 10.0)
        for n, count in enumerate(counts)
    ]
    found = joined(bands)
    assert sum(each.count for each in found) == sum(counts)
    assert sum(each.people for each in found) == 10.0 * len(counts)
    assert partition_fault([each.band for each in found]) is None
    if not is_small(sum(counts)):
        assert not any(is_small(each.count) for each in found)


def made(spells: int, men: int = 0):
    women = [spell(n, sex=2, age=20 + n % 60) for n in range(spells)]
    return records(
        [*women, *[spell(1000 + n, sex=1, age=70) for n in range(men)]],
        [attendance(attendances=40)],
        [arrival(arrivals=30)],
    )


def test_a_service_with_fewer_than_eight_contacts_is_left_out_and_named():
    rows = baseline(made(7))
    assert rows.too_small == ("non-elective-admission",)
    assert "non-elective-admission" not in {row.service for row in rows.volumes}
    assert "non-elective-admission" not in {row.profile for row in rows.age_profiles}


def test_a_sex_with_fewer_than_eight_contacts_is_put_with_the_other():
    rows = baseline(made(60, men=3))
    sexes = {row.sex for row in rows.age_profiles if row.profile == "non-elective-admission"}
    assert sexes == {"all"}


def test_use_a_head_times_people_gives_back_no_small_count():
    rows = baseline(made(60, men=9))
    for row in rows.age_profiles:
        band = AgeBand.parse(row.age_group)
        ages = 91 - band.low if band.high is None else band.width
        people = 1000.0 * ages * (2 if row.sex == "all" else 1)
        count = row.weight * people
        assert count == 0 or count > 7.9


def test_few_who_stay_the_night_give_no_length_of_stay():
    stays = [spell(n, speldur=4 if n < 5 else 0) for n in range(40)]
    assert baseline(records(stays)).uses == ()
    stays = [spell(n, speldur=4) for n in range(40)]
    assert [row.per_unit for row in baseline(records(stays)).uses] == [4.0]


def test_rows_are_those_of_a_plan_and_say_that_they_are_derived(tmp_path):
    rows = baseline(made(60))
    assert {row.status_volume for row in rows.volumes} == {"derived"}
    assert {row.status for row in rows.age_profiles} == {"derived"}
    for path in write_baseline(rows, tmp_path / "out"):
        with path.open(encoding="utf-8") as file:
            for line in csv.DictReader(file):
                filled = {key: value for key, value in line.items() if value}
                PLAN_TABLES[path.stem].model_validate(filled)
    with pytest.raises(FileExistsError, match=r"services\.csv"):
        write_baseline(rows, tmp_path / "out")


def test_futures_hide_small_numbers_too():
    few = records([spell(n) for n in range(4)], [attendance(attendances=100)])
    prepared = prepare(few, settings())
    found = {(each.pod, each.measure): each for each in futures(prepared, draw(prepared, 256))}
    admissions = found["ip_non-elective_admission", "admissions"]
    assert (admissions.now, admissions.mean) == ("*", "*")
    assert found["op_first", "attendances"].now == "100"


def test_a_year_that_nobody_gave_is_asked_for():
    unknown = made(60)
    with pytest.raises(PlanFaults, match="give the year"):
        baseline(type(unknown)(unknown.tables, None))


def test_the_command_writes_only_rounded_counts(shared_data, tmp_path):
    pytest.importorskip("pyarrow")
    from footprint.cli.app import app

    folder = shared_data / "records_synthetic"
    out = tmp_path / "out"
    options = ["--out", str(out), "--params", str(folder / "params_256.json"), "--draws", "128"]
    result = CliRunner().invoke(app, ["baseline", "records", str(folder), *options])
    assert result.exit_code == 0, result.output
    with (out / "volumes.csv").open(encoding="utf-8") as file:
        volumes = {row["service"]: row["volume"] for row in csv.DictReader(file)}
    assert volumes["non-elective-admission"] == "41205"
    assert volumes["ae-attendances"] == "133375"
    assert all(int(volume) % 5 == 0 for volume in volumes.values())
    with (out / "futures.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for figure in list(row.values())[2:]:
                assert re.fullmatch(r"\*|\d*[05]", figure), row
