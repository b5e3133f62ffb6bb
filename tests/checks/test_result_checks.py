"""Checks of results: found in their folder, each with its idea, told with the answer."""

from pathlib import Path

import pytest

import footprint
from footprint.model.area import Area
from footprint.plan.read import read_plan
from footprint.stress.checks import check_results, result_checks
from footprint.stress.checks.register import check
from footprint.stress.summary import stress

ROOT = Path(__file__).parents[2]
SOURCE = Path(footprint.__file__).parent
STARTER = SOURCE / "plan" / "starter"
EXAMPLE = ROOT / "examples" / "leicestershire-2016"


def test_every_file_of_checks_has_a_check():
    found = {c.find.__module__.rsplit(".", 1)[-1] for c in result_checks().values()}
    files = {f.stem for f in (SOURCE / "stress" / "checks").glob("*.py")}
    assert found == files - {"__init__", "register"}


def test_every_check_says_its_idea():
    for name, found in result_checks().items():
        assert found.idea.endswith("."), name


def test_two_checks_of_one_name_are_refused():
    result_checks()
    with pytest.raises(TypeError, match="two checks are called 'receivers-have-staff'"):

        @check
        def receivers_have_staff(result):
            """A service that receives work has the staff to do it."""


def test_a_new_plan_needs_no_advice_once_it_is_run():
    assert stress(read_plan(STARTER), draws=64).advice == ()


def test_the_example_is_told_what_its_critics_said_in_2016():
    found = {fault.address: fault for fault in check_results(Area.of(read_plan(EXAMPLE)))}
    beds = found["schemes/acute-reconfiguration.effects.beds-closed"]
    assert beds.found == (
        "98 of acute-beds closed by 2020/21 and 68 freed; 162 too few at 92% full"
    )
    staff = found["schemes/community-hospitals.effects.care-at-home.receives.nursing-at-home"]
    assert "544.5 WTE of community-staff too few in 2020/21" in staff.found
    assert all(fault.grade in ("warn", "note") for fault in found.values())
    assert all((fault.found, fault.allowed, fault.mend) for fault in found.values())
