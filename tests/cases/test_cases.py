"""Cases a commissioner could write: given a little place, when a scheme acts, then these numbers.

Each file holds sentences; each sentence has `given` (what `tests/model/little.py` makes a plan
of) and `then` (a quantity in words, and the number worked by hand in a comment). Quantities are
of the plan in the last year unless they say otherwise:

    activity of admissions in 2017/18 if nothing is done
    gain of hospital under step        (what the plan does for a partner, or for the-place, in GBP)
"""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from footprint.model.area import Area
from footprint.model.chain import Run, simulate
from tests.model.little import little_plan

FOLDER = Path(__file__).parent
QUANTITY = re.compile(
    r"(?P<what>[a-z ]+?) of (?P<of>[\w-]+)(?: under (?P<lens>\w+))?"
    r"(?: in (?P<year>\d{4}/\d\d))?(?P<idle> if nothing is done)?"
)
ARRAYS = {
    "activity": "activity",
    "people": "people",
    "spend": "spend",
    "gap": "gap",
    "gap beside": "beside",
    "capacity needed": "needed",
    "capacity available": "available",
    "days short": "short",
    "staff needed": "staff_needed",
    "staff in post": "staff_in_post",
}


def all_cases():
    for file in sorted(FOLDER.glob("*.yaml")):
        for sentence, case in YAML(typ="safe").load(file.read_text("utf-8")).items():
            yield pytest.param(case, id=f"{file.stem}: {sentence}")


def measured(run: Run, area: Area, words: str) -> float:
    """The number a quantity in words speaks of."""
    said = QUANTITY.fullmatch(words)
    assert said, f"no quantity is called {words!r}"
    year = area.years.index(said["year"] or area.years[-1])
    world = 0 if said["idle"] else 1
    if said["what"] in ("days avoided", "units avoided"):
        moves = run.activity.days if said["what"].startswith("days") else run.activity.moves
        return sum(float(m.avoided[0, year].sum()) for m in moves if m.scheme == said["of"])
    if said["what"] == "units prevented":
        mine = [m for m in run.activity.moves if m.scheme == said["of"]]
        return sum(float((m.avoided[0, year] * (1 - m.landed_share[0])).sum()) for m in mine)
    if said["lens"]:
        gap = run.outcome["gap"].values[0, 0, year].sum()
        return float(gap - run.outcome["gap_by_lens"].sel(lens=said["lens"]).values[0, year])
    if said["what"] == "gain":
        both = run.outcome["gap"].values[:, 0, year]
        gain = both[0] - both[1]
        if said["of"] == "the-place":
            return float(gain.sum())
        return float(gain[area.index_of("partner", said["of"])])
    array = run.outcome[ARRAYS[said["what"]]]
    return float(array.sel({array.dims[-1]: said["of"]}).values[world, 0, year])


@pytest.mark.parametrize("case", all_cases())
def test_the_case_comes_out_as_worked_by_hand(case):
    area = Area.of(little_plan(case["given"]))
    run = simulate(area)
    found = {words: measured(run, area, words) for words in case["then"]}
    assert found == {
        words: pytest.approx(n, rel=1e-6, abs=1e-6) for words, n in case["then"].items()
    }
