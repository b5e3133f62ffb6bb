"""What is written reads back as the same plan."""

from pathlib import Path

import pytest

from footprint.plan.canonical import digest
from footprint.plan.read import read_plan
from footprint.plan.tables import TABLES
from footprint.plan.write import plan_files, write_plan

EXAMPLE = Path(__file__).parents[2] / "examples" / "leicestershire-2016"


def test_the_starter_written_and_read_is_the_same_plan(starter, tmp_path):
    write_plan(starter, tmp_path / "again")
    assert digest(read_plan(tmp_path / "again")) == digest(starter)


@pytest.mark.skipif(not (EXAMPLE / "plan.yaml").exists(), reason="the example has no plan.yaml yet")
def test_the_example_written_and_read_is_the_same_plan(tmp_path):
    example = read_plan(EXAMPLE)
    write_plan(example, tmp_path / "again")
    assert digest(read_plan(tmp_path / "again")) == digest(example)


def test_what_was_read_and_written_is_written_the_same_again(starter, tmp_path):
    write_plan(starter, tmp_path / "again")
    assert plan_files(read_plan(tmp_path / "again")) == plan_files(starter)


def test_a_folder_that_holds_something_is_not_written_over(starter, tmp_path):
    (tmp_path / "plan.yaml").write_text("title: Mine\n")
    with pytest.raises(FileExistsError, match="is not empty"):
        write_plan(starter, tmp_path)
    assert (tmp_path / "plan.yaml").read_text() == "title: Mine\n"


def test_rows_end_with_where_their_figures_come_from(starter):
    first = plan_files(starter)["baseline/uses.csv"].splitlines()[0]
    assert first == "service,resource,per_unit,status,source,note"


def test_a_whole_number_is_written_without_a_point(starter):
    assert "ae-attendances,all,40000,180,2026/27," in plan_files(starter)["baseline/volumes.csv"]


def test_only_tables_with_rows_are_written(starter):
    written = {Path(path).stem for path in plan_files(starter) if path.startswith("baseline/")}
    assert written == {table for table in TABLES if getattr(starter.baseline, table)}
