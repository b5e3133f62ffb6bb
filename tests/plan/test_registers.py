"""What can be added by adding a file is found in its folder: register and files agree."""

from pathlib import Path

import pytest

import footprint
from footprint.evidence.distributions import Distribution, distribution_kinds
from footprint.evidence.distributions.mixture import Mixture
from footprint.plan.checks import plan_checks
from footprint.plan.checks.register import check
from footprint.plan.effects import Effect, effect_kinds
from footprint.plan.tables import KEYS, NEEDED_TABLES, TABLES, Baseline
from footprint.plan.write import plan_files

SOURCE = Path(footprint.__file__).parent


def files_in(folder, *others):
    return {f.stem for f in (SOURCE / folder).glob("*.py")} - {"__init__", "base", *others}


def test_every_effect_is_a_file_and_every_file_an_effect():
    assert set(effect_kinds()) == files_in("plan/effects")


def test_every_distribution_is_a_file_and_every_file_a_distribution():
    kinds = {*distribution_kinds(), Mixture.model_fields["kind"].default}
    assert kinds == files_in("evidence/distributions")


@pytest.mark.parametrize(
    "kinds", [effect_kinds(), distribution_kinds()], ids=["effects", "distributions"]
)
def test_a_kind_stands_in_the_file_of_its_name_and_says_what_it_does(kinds):
    for kind, cls in kinds.items():
        assert cls.__module__.rsplit(".", 1)[-1] == kind
        assert issubclass(cls, Effect | Distribution)
        assert cls.__doc__


def test_every_file_of_checks_has_a_check():
    found = {c.find.__module__.rsplit(".", 1)[-1] for c in plan_checks().values()}
    assert found - {"register"} <= files_in("plan/checks")
    for file in files_in("plan/checks", "register"):
        assert "@check" in (SOURCE / "plan" / "checks" / f"{file}.py").read_text("utf-8")


def test_every_check_says_its_idea_and_reads_parts_that_exist():
    parts = {*TABLES, "plan", "assumptions", "schemes", "scenarios", "governance"}
    for name, found in plan_checks().items():
        assert found.idea.endswith("."), name
        assert found.reads <= parts, name
        assert "_" not in name


def test_two_checks_of_one_name_are_refused():
    with pytest.raises(TypeError, match="two checks are called 'rows-are-not-repeated'"):

        @check()
        def rows_are_not_repeated(plan):
            """No table says the same thing twice."""


def test_every_table_has_the_columns_that_tell_its_rows_apart():
    assert set(KEYS) == set(TABLES) == set(Baseline.model_fields)
    assert set(NEEDED_TABLES) <= set(TABLES)
    for table, columns in KEYS.items():
        assert set(columns) <= set(TABLES[table].model_fields)


def test_the_starter_shows_a_row_of_every_needed_table(starter):
    files = plan_files(starter)
    assert {f"baseline/{table}.csv" for table in NEEDED_TABLES} <= set(files)
