"""The whole example, held to a snapshot whose changes somebody has to look at.

After a change that is meant to move results, write the snapshot again and review its diff:
`FOOTPRINT_SNAPSHOT=write .venv/bin/pytest tests/baseline`.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from footprint.plan.read import read
from footprint.stress.summary import stress

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "leicestershire-2016"
SNAPSHOT = Path(__file__).with_name("leicestershire-2016.json")
KEPT = (
    "digest", "p_target", "targets", "gap", "gap_by_lens", "beside", "drivers", "bridge",
    "stated", "grounds", "pays_and_gains", "chance_in_counts",
)  # fmt: skip


@pytest.fixture(scope="module")
def answer() -> dict[str, Any]:
    """The example stress-tested with 1,024 futures."""
    reading = read(EXAMPLE)
    assert reading.stops == []
    assert reading.plan is not None
    found: dict[str, Any] = json.loads(stress(reading.plan, draws=1024, seed=1).model_dump_json())
    return found


def test_the_example_gives_the_reviewed_results(answer: dict[str, Any]) -> None:
    now = {name: answer[name] for name in KEPT}
    if os.environ.get("FOOTPRINT_SNAPSHOT") == "write":
        SNAPSHOT.write_text(json.dumps(now, indent=1) + "\n")
    differences = list(_differences(json.loads(SNAPSHOT.read_text()), now, ""))
    assert differences == []


def _differences(before: Any, after: Any, spot: str) -> list[str]:
    if isinstance(before, dict) and isinstance(after, dict):
        keys = sorted(set(before) | set(after))
        return [
            line
            for key in keys
            for line in _differences(before.get(key), after.get(key), f"{spot}.{key}")
        ]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        pairs = enumerate(zip(before, after, strict=True))
        return [line for i, (b, a) in pairs for line in _differences(b, a, f"{spot}[{i}]")]
    numbers = isinstance(before, int | float) and isinstance(after, int | float)
    near = numbers and before == pytest.approx(after, rel=1e-6, abs=2e-4)
    return [] if near or before == after else [f"{spot}: {before} -> {after}"]


def test_stated_growth_and_inflation_explain_about_half_of_the_published_gap(
    answer: dict[str, Any],
) -> None:
    stated = answer["stated"]
    assert stated["gap"] == 399.3
    assert 0.4 < stated["gap_computed"] / stated["gap"] < 0.6
    assert stated["gap_unexplained"] == pytest.approx(399.3 - stated["gap_computed"], abs=1e-3)


def test_less_than_half_of_the_published_savings_can_be_rebuilt(answer: dict[str, Any]) -> None:
    stated = answer["stated"]
    assert stated["savings"] == 412
    assert stated["savings_rebuilt"] / stated["savings"] < 0.5


def test_the_plan_is_judged_under_both_readings(answer: dict[str, Any]) -> None:
    readings = answer["target"]["readings"]
    assert set(readings) == {"computed", "stated"}
    assert readings["stated"]["correlated"] <= readings["computed"]["correlated"]


def test_every_figure_of_the_example_names_a_listed_source_or_says_why_not() -> None:
    reading = read(EXAMPLE)
    assert reading.plan is not None
    listed = {row.source for row in reading.plan.baseline.sources}
    for address, assumption in reading.plan.assumptions_by_address().items():
        if not address.startswith(("correlation", "pools")):
            assert assumption.source.split(), address
            assert set(assumption.source.split()) <= listed, address
    for table in type(reading.plan.baseline).model_fields:
        for row in getattr(reading.plan.baseline, table):
            if getattr(row, "status", "") in ("published", "derived"):
                assert row.source, f"{table}: {row}"
