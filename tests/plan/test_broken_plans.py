"""Each mistake people make is told once, where it stands, in words that mend it."""

from pathlib import Path
from time import perf_counter

import pytest
from ruamel.yaml import YAML

from footprint.plan.canonical import digest
from footprint.plan.read import read

MISTAKES = sorted((Path(__file__).parents[1] / "broken_plans").glob("*.yaml"))
# The largest files are refused by their size; nested aliases after 200,000 values.
SECONDS = 5


def written(file):
    return YAML(typ="safe").load(file.read_text("utf-8"))


@pytest.mark.parametrize("file", MISTAKES, ids=lambda file: file.stem)
def test_a_mistake_is_told_once_where_it_stands(file, change_starter, starter):
    case = written(file)
    folder = change_starter(case["change"])
    start = perf_counter()
    reading = read(folder)
    assert perf_counter() - start < SECONDS
    if case.get("harmless"):
        assert reading.faults == []
        assert digest(reading.plan) == digest(starter)
        return
    message = case["message"]
    assert len(reading.faults) == 1, "\n\n".join(map(str, reading.faults))
    fault = reading.faults[0]
    place = (message.get("file", ""), message.get("line", 0), message.get("grade", "stop"))
    assert (fault.file, fault.line, fault.grade) == place
    for part in ("found", "allowed", "mend"):
        assert message[part] in getattr(fault, part)


@pytest.mark.parametrize("file", MISTAKES, ids=lambda file: file.stem)
def test_a_message_speaks_to_an_analyst_and_not_to_a_programmer(file, change_starter):
    for fault in read(change_starter(written(file)["change"])).faults:
        said = str(fault)
        for word in (
            "Input should",
            "pydantic",
            "instance",
            "Traceback",
            "dict",
            "tuple",
            "str ",
            "None",
        ):
            assert word not in said
        assert all((fault.found, fault.allowed, fault.mend))


def test_every_mistake_is_told_in_its_own_file():
    assert len(MISTAKES) > 100
    sentences = [written(file)["mistake"] for file in MISTAKES]
    assert len(set(sentences)) == len(sentences)
