"""A new plan is small, whole, says that its figures are illustrative, and overwrites nothing."""

import csv
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from footprint.model.area import Area
from footprint.model.chain import simulate
from footprint.plan.new import new_plan
from footprint.plan.read import read

ROOT = Path(__file__).parents[2]
STARTER = ROOT / "src" / "footprint" / "plan" / "starter"


def starter_files():
    return sorted(f.relative_to(STARTER).as_posix() for f in STARTER.rglob("*") if f.is_file())


def test_a_new_plan_has_no_fault_and_needs_no_advice(tmp_path):
    new_plan(tmp_path / "plan")
    assert read(tmp_path / "plan").faults == []


def test_it_gives_the_paths_it_wrote(tmp_path):
    written = new_plan(tmp_path / "deep" / "plan")
    assert written == starter_files()
    assert all((tmp_path / "deep" / "plan" / path).is_file() for path in written)


def test_an_empty_folder_may_be_used(tmp_path):
    assert new_plan(tmp_path)


def test_a_folder_that_holds_something_is_not_touched(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(FileExistsError, match="is not empty, and nothing in it was touched"):
        new_plan(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_is_not_replaced_by_a_folder(tmp_path):
    file = tmp_path / "plan"
    file.write_text("mine")
    with pytest.raises(FileExistsError, match="is a file; give a folder that does not exist yet"):
        new_plan(file)


def test_every_figure_says_that_it_is_assumed_and_illustrative(starter):
    for table, rows in starter.baseline:
        for row in rows if table not in ("sources", "segments", "services") else ():
            said = row.status_volume if table == "volumes" else row.status
            assert (said, row.source.split()[0]) == ("assumed", "starter"), (table, row)
    for address, assumption in starter.assumptions_by_address().items():
        assert assumption.status == "assumed", address
        assert assumption.source == "starter" or address == "correlation.plan"
        assert assumption.owner or address == "correlation.plan"
    title = next(s.title for s in starter.baseline.sources if s.source == "starter")
    assert title == "Illustrative figure of a new plan, to be replaced by yours"


def test_it_opens_in_balance_and_a_gap_opens_after(starter):
    gap = simulate(Area.of(starter)).outcome["gap"].sel(world="do nothing").isel(draw=0)
    assert gap.isel(year=0).values == pytest.approx([0] * 4, abs=1)
    assert gap.isel(year=-1).sum() > 1e6


def test_it_says_which_lines_to_change_first():
    marked = [f for f in starter_files() if "CHANGE FIRST" in (STARTER / f).read_text("utf-8")]
    assert marked == [
        "assumptions/growth.yaml",
        "assumptions/prices.yaml",
        "plan.yaml",
        "schemes/urgent-care-at-home.yaml",
    ]


def test_its_files_open_in_a_spreadsheet_and_in_any_yaml_reader():
    for name in starter_files():
        text = (STARTER / name).read_text("utf-8")
        if name.endswith(".yaml"):
            assert text.startswith("# ")
            assert YAML(typ="safe").load(text)
        elif name.endswith(".csv"):
            assert len({len(row) for row in csv.reader(text.splitlines())}) == 1


def test_its_readme_names_every_file_in_ten_lines():
    text = (STARTER / "README.md").read_text("utf-8")
    assert sum(line[:1].isdigit() for line in text.splitlines()) == 10
    for name in set(starter_files()) - {"README.md"}:
        stem = Path(name).stem
        family = next((f for f in ("need_", "_profiles") if f in stem), stem)
        assert family in text or name.startswith(("assumptions/", "schemes/"))


@pytest.mark.slow
def test_the_wheel_carries_it(tmp_path):
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    inside = "footprint/plan/starter/"
    carried = sorted(name.removeprefix(inside) for name in names if name.startswith(inside))
    assert carried == starter_files()
