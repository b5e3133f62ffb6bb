"""Reading says everything that is wrong at once, and gives no plan that is wrong."""

import pytest

from footprint.plan.read import read, read_plan
from footprint.terms.faults import PlanFaults

SLIPS = [
    {
        "file": "baseline/flows.csv",
        "replace": "care-home-weeks,all,county-council,",
        "with": "care-home-weeks,all,conty-council,",
    },
    {
        "file": "baseline/population.csv",
        "replace": "north,85+,male,2028/29",
        "with": "north,86+,male,2028/29",
    },
    {"file": "baseline/volumes.csv", "replace": "all,40000,180,", "with": "all,40000,£180,"},
    {"file": "baseline/need_start.csv", "replace": "85+,complex,0.45", "with": "85+,complex,0.4"},
    {"file": "assumptions/prices.yaml", "replace": "2029/30: 2, ", "with": ""},
    {
        "file": "schemes/staying-well.yaml",
        "replace": "programme: prevention",
        "with": "program: prevention",
    },
    {
        "file": "schemes/urgent-care-at-home.yaml",
        "replace": "lead: community-trust",
        "with": "lead: comunity-trust",
    },
    {"file": "plan.yaml", "replace": "of: acute-beds", "with": "of: beds"},
    {"file": "governance.yaml", "replace": "quorum: 4", "with": "quorum: four"},
]
TOLD = [
    ("assumptions/prices.yaml", 4, "no value for 2029/30"),
    ("baseline/flows.csv", 10, "'conty-council', which is no partner of this plan"),
    ("baseline/need_start.csv", 11, "85+: share adds to 0.95"),
    ("baseline/population.csv", 39, "north, male, 2028/29, principal: age 85 is in no band"),
    ("baseline/volumes.csv", 2, "'£180', which is not a number"),
    ("governance.yaml", 8, "'four', which is not a number"),
    ("plan.yaml", 70, "'beds', for which no days short is counted"),
    ("schemes/staying-well.yaml", 7, "a key called 'program'"),
    ("schemes/urgent-care-at-home.yaml", 6, "'comunity-trust', which is no partner of this plan"),
]


def test_slips_in_many_files_are_all_told_at_once(change_starter):
    faults = read(change_starter(SLIPS)).faults
    assert [(f.file, f.line, f.found) for f in faults] == TOLD


def test_a_plan_with_a_fault_is_refused_with_every_fault(change_starter):
    with pytest.raises(PlanFaults, match="9 faults") as refused:
        read_plan(change_starter(SLIPS))
    assert len(refused.value.faults) == len(TOLD)


def test_a_name_used_often_is_told_once_in_each_file(change_starter):
    folder = change_starter([{"file": "plan.yaml", "sub": ["(?m)^  acute-trust:", "  hospital:"]}])
    faults = read(folder).faults
    assert len({fault.file for fault in faults}) == len(faults) > 3
    flows = next(fault for fault in faults if fault.file == "baseline/flows.csv")
    assert flows.found == "'acute-trust', which is no partner of this plan (3 times in this file)"


def test_a_slip_in_every_row_is_told_a_few_times_and_then_counted(change_starter):
    folder = change_starter([{"file": "baseline/population.csv", "sub": ["assumed", "guessed"]}])
    faults = read(folder).faults
    assert [fault.line for fault in faults] == [2, 3, 4, 5, 6]
    assert faults[-1].found == "'guessed'; and 75 more rows have the same slip below it"


def test_a_scheme_that_says_nothing_is_told_key_by_key(change_starter):
    scheme = "schemes/staying-well.yaml"
    folder = change_starter([{"file": scheme, "write": "{}\n"}])
    faults = [fault for fault in read(folder).faults if fault.file == scheme]
    told = ["evidence", "lead", "name", "programme", "reach", "starts", "summary"]
    assert [fault.found for fault in faults] == [f"no {key}" for key in told]


def test_advice_does_not_keep_a_plan_from_being_used(change_starter):
    folder = change_starter(
        [{"file": "plan.yaml", "replace": "gap: care and quality", "with": "gap: finance"}]
    )
    assert read_plan(folder).about.title
    assert [fault.grade for fault in read(folder).advice] == ["warn"]


def test_a_fault_prints_file_and_line_then_found_allowed_and_mend(change_starter):
    folder = change_starter(
        [{"file": "scenarios.yaml", "replace": "prices.care: 6", "with": "prices.car: 6"}]
    )
    assert str(read(folder).faults[0]).splitlines() == [
        "scenarios.yaml, line 8: scenarios.prices-rise-faster.set.assumptions/prices.car",
        "  found:   an address that the plan does not have",
        "  allowed: the address of an assumption or a scheme",
        "  mend:    did you mean 'assumptions/prices.care'?",
    ]


@pytest.mark.parametrize(
    "junk",
    [
        b"\x00\x01\x02",
        b"%PDF-1.7\n%\xe2\xe3",
        b"PK\x03\x04",
        b"&",
        b"{",
        b"- [",
        b'"',
        b": :",
        b"? [a]\n: b",
        b"!!python/name:os.system",
        b"\xff\xfeA\x00",
    ],
)
@pytest.mark.parametrize(
    "file",
    [
        "plan.yaml",
        "scenarios.yaml",
        "baseline/flows.csv",
        "assumptions/growth.yaml",
        "schemes/staying-well.yaml",
    ],
)
def test_no_file_however_broken_brings_a_traceback(junk, file, change_starter):
    folder = change_starter([])
    (folder / file).write_bytes(junk)
    reading = read(folder)
    assert reading.plan is None
    assert any(fault.file == file for fault in reading.stops)
