"""Reading says what is wrong by file and column, and never quotes a row."""

import pandas as pd
import pytest

from footprint.records.layout import BASELINE_TABLES, TABLES
from footprint.records.read import read_records
from footprint.terms.faults import PlanFaults
from tests.records.tiny import records, spell

pytest.importorskip("pyarrow")


@pytest.fixture
def folder(tmp_path):
    """The tiny records as parquet in the published layout, with columns that nobody asked for."""
    made = records([spell(n, provider="XYZ", sitetret="here", nhs_number="943") for n in range(9)])
    for table, frame in made.tables.items():
        path = tmp_path / table / "fyear=2023" / "dataset=tiny"
        path.mkdir(parents=True)
        frame.to_parquet(path / "0.parquet")
    return tmp_path


def change(folder, table, **columns):
    path = folder / table / "fyear=2023" / "dataset=tiny" / "0.parquet"
    pd.read_parquet(path, partitioning=None).assign(**columns).to_parquet(path)


def test_only_the_columns_of_the_layout_are_read(folder):
    found = read_records(folder)
    assert found.year == 2023
    assert set(found["ip"].columns) == set(TABLES["ip"])
    assert "nhs_number" not in repr(found)


def test_a_baseline_needs_neither_mitigators_nor_settings(folder):
    assert set(read_records(folder, BASELINE_TABLES).tables) == set(BASELINE_TABLES)


def test_a_missing_column_is_told_with_its_file(folder):
    path = folder / "ip" / "fyear=2023" / "dataset=tiny" / "0.parquet"
    pd.read_parquet(path, partitioning=None).drop(columns=["speldur", "age"]).to_parquet(path)
    with pytest.raises(PlanFaults) as error:
        read_records(folder)
    assert [fault.address for fault in error.value.faults] == ["age", "speldur"]
    assert {fault.file for fault in error.value.faults} == {"ip/fyear=2023/dataset=tiny/0.parquet"}


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("age", 119, "9 rows outside"),
        ("age", "old", "9 of 9 rows are no number"),
        ("age", 40.5, "not whole"),
        ("sex", 9, "9 rows outside"),
        ("speldur", -1, "9 rows outside"),
        ("pod", None, "9 blank of 9 rows"),
        ("is_wla", "maybe", "other values than true and false"),
        ("rn", 5, "8 rows more than once"),
    ],
)
def test_what_is_wrong_is_counted_and_not_quoted(folder, column, value, words):
    change(folder, "ip", **{column: value})
    with pytest.raises(PlanFaults, match=words) as error:
        read_records(folder)
    assert column in str(error.value)
    assert "943" not in str(error.value)


def test_a_missing_table_and_two_data_sets_are_told(folder):
    (folder / "op").rename(folder / "outpatients")
    with pytest.raises(PlanFaults, match="no parquet file"):
        read_records(folder)
    (folder / "outpatients").rename(folder / "op")
    other = folder / "ip" / "fyear=2023" / "dataset=other"
    other.mkdir()
    (folder / "ip/fyear=2023/dataset=tiny/0.parquet").rename(other / "0.parquet")
    with pytest.raises(PlanFaults, match="none of those"):
        read_records(folder, dataset="tiny")
    assert len(read_records(folder)["ip"]) == 9
