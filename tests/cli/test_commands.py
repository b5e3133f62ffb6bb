"""The commands as a person or a machine meets them: real folders, real processes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner, Result

from footprint.cli.app import app
from footprint.cli.machine import schema_text

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "leicestershire-2016"


def call(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A new plan on disk."""
    folder = tmp_path / "our-place"
    assert call("new", folder).exit_code == 0
    return folder


def stressed(plan: Path, *more: object) -> str:
    result = call("stress", plan, "--draws", 512, "--json", *more)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_a_new_plan_passes_the_check_at_once(plan: Path) -> None:
    result = call("check", plan)
    assert result.exit_code == 0
    assert "nothing keeps this plan from being used" in result.stdout
    assert "Worth mending" not in result.stdout


def test_new_refuses_a_folder_that_holds_something(plan: Path) -> None:
    result = call("new", plan)
    assert result.exit_code == 2
    assert "not empty" in result.stderr


def test_a_broken_plan_stops_every_command_with_its_line_and_cure(plan: Path) -> None:
    file = plan / "plan.yaml"
    file.write_text(file.read_text().replace("title:", "titel:"))
    for command in ("check", "run", "stress"):
        result = call(command, plan)
        assert result.exit_code == 1
        assert "plan.yaml, line" in result.stderr
        assert "did you mean 'title'?" in result.stderr
        assert result.stdout == ""


def test_faults_are_json_where_json_is_asked_for(plan: Path) -> None:
    (plan / "baseline" / "flows.csv").unlink()
    faults = json.loads(call("stress", plan, "--json").stdout)["faults"]
    assert [fault["file"] for fault in faults] == ["baseline/flows.csv"]


def test_the_same_stress_test_gives_the_same_bytes_twice(plan: Path) -> None:
    assert stressed(plan) == stressed(plan)


def test_the_number_of_processes_changes_no_byte(plan: Path) -> None:
    assert stressed(plan) == stressed(plan, "--processes", 2)


def test_another_seed_gives_other_futures_and_about_the_same_answer(plan: Path) -> None:
    one, two = (json.loads(stressed(plan, "--seed", seed)) for seed in (1, 2))
    first, second = one["target"]["plan"], two["target"]["plan"]
    assert first != second
    assert abs(first["mean"] - second["mean"]) < 0.1 * (first["p90"] - first["p10"])


def test_the_answer_has_what_machines_rely_on(plan: Path) -> None:
    answer = json.loads(stressed(plan, "--seed", 3))
    assert answer["draws"] == 512
    assert answer["seed"] == 3
    assert len(answer["digest"]) == 64
    assert set(answer["p_target"]) >= {"correlated", "independent", "standard_error"}
    for world in ("do_nothing", "plan"):
        gap = answer["gap"][world]
        assert list(gap["place"]) == answer["years"]
        for spreads in (gap["place"], *gap["partners"].values()):
            for spread in spreads.values():
                assert spread["p10"] <= spread["p50"] <= spread["p90"]
    for driver in answer["drivers"]:
        low, high = driver["interval"]
        assert low <= driver["share"] <= high


def test_the_answer_fits_its_published_schema(plan: Path) -> None:
    schema = json.loads(schema_text("answer") or "")
    Draft202012Validator(schema).validate(json.loads(stressed(plan)))


def test_run_fits_its_published_schema(plan: Path) -> None:
    schema = json.loads(schema_text("run") or "")
    Draft202012Validator(schema).validate(json.loads(call("run", plan, "--json").stdout))


def test_partners_add_up_to_the_place_in_every_year(plan: Path) -> None:
    answer = json.loads(stressed(plan))
    for world in answer["gap"].values():
        for year, whole in world["place"].items():
            parts = sum(spreads[year]["mean"] for spreads in world["partners"].values())
            assert parts == pytest.approx(whole["mean"], abs=0.001)


def test_a_scenario_nobody_wrote_is_told_with_those_there_are(plan: Path) -> None:
    result = call("stress", plan, "--scenario", "hihg-growth", "--draws", 64)
    assert result.exit_code == 2
    assert "no scenario is called 'hihg-growth'" in result.stderr


def test_the_report_is_written_where_it_is_asked_for(plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = call("stress", plan, "--draws", 64, "--out", out)
    assert result.exit_code == 0
    assert (out / "report.html").read_text().lower().startswith("<!doctype html>")
    assert json.loads((out / "answer.json").read_text())["draws"] == 64
    assert (out / "report.html").as_uri() in result.stdout


def test_comparing_a_plan_with_its_scenario_says_what_differs(plan: Path) -> None:
    scenario = json.loads(call("stress", plan, "--draws", 64, "--json").stdout)
    assert scenario["scenario"] == ""
    names = _scenario_names(plan)
    result = call("compare", plan, f"{plan}@{names[0]}", "--draws", 64, "--json")
    found = json.loads(result.stdout)
    assert found["differences"]
    assert found["before"]["digest"] != found["after"]["digest"]


def test_comparing_a_plan_with_itself_finds_nothing(plan: Path) -> None:
    assert "The two plans say the same." in call("compare", plan, plan, "--draws", 64).stdout


def _scenario_names(plan: Path) -> list[str]:
    from footprint.plan.read import read_plan

    return list(read_plan(plan).scenarios)


def test_unknown_words_are_told_and_not_traced(plan: Path) -> None:
    assert call("schema", "plane").exit_code == 2
    assert "plan, answer or run" in call("schema", "plane").stderr
    done = subprocess.run(
        [sys.executable, "-c", "from footprint.cli import main; main()", "stress", plan / "no"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "does not exist" in done.stderr
    assert "Traceback" not in done.stderr
