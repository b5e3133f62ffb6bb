"""The deeper questions asked of a whole plan, from the starter."""

from importlib.resources import as_file, files

import pytest

from footprint.model.area import Area
from footprint.plan.read import read_plan
from footprint.plan.schema import Plan
from footprint.stress.summary import stress
from footprint.stress.why import groups_of


@pytest.fixture(scope="module")
def plan() -> Plan:
    with as_file(files("footprint.plan") / "starter") as folder:
        return read_plan(folder)


def with_views(plan: Plan) -> Plan:
    """The starter, where two partners disagree about one growth rate."""
    growth = plan.assumptions["growth"]
    views = {
        "commissioner": {"kind": "uniform", "low": 0.0, "high": 0.5},
        "acute-trust": {"kind": "uniform", "low": 1.5, "high": 2.0},
    }
    data = {**growth["acute"].model_dump(mode="python", exclude_none=True), "views": views}
    argued = type(growth["acute"]).model_validate(data)
    assumptions = {**plan.assumptions, "growth": {**growth, "acute": argued}}
    return plan.model_copy(update={"assumptions": assumptions})


@pytest.fixture(scope="module")
def answer(plan: Plan):
    asked: list[str] = []
    found = stress(with_views(plan), draws=512, seed=1, why=asked.append)
    assert len(asked) == 4
    return found


def test_without_asking_nothing_deeper_is_answered(plan):
    assert stress(plan, draws=64).why is None


def test_groups_hold_every_source_once(plan):
    area = Area.of(plan)
    columns = sorted(c for group in groups_of(area).values() for c in group)
    assert columns == list(range(len(columns)))
    assert len(columns) >= len(area.addresses)


def test_shares_of_groups_are_ordered_and_inside_their_intervals(answer):
    totals = [line.total for line in answer.why.groups]
    assert totals == sorted(totals, reverse=True)
    for line in answer.why.groups:
        assert line.first_interval[0] <= line.first <= line.first_interval[1]
        assert line.total >= line.first - 0.1  # estimates scatter


def test_fair_parts_add_up_to_the_whole(answer):
    fair = [line.shapley for line in answer.why.groups if line.shapley is not None]
    assert sum(fair) == pytest.approx(1.0, abs=1e-3)


def test_attribution_adds_up_to_what_the_plan_does(answer):
    found = answer.why.attribution
    for year, whole in found.whole.items():
        assert sum(s.saving[year] for s in found.schemes) == pytest.approx(whole, abs=1e-3)
        naive = sum(s.alone[year] for s in found.schemes)
        assert naive - whole == pytest.approx(found.counted_twice[year], abs=1e-3)
    last = answer.years[-1]
    assert found.whole[last] == pytest.approx(
        answer.bridge.do_nothing - answer.bridge.plan, abs=1e-3
    )


def test_the_two_chances_of_missing_agree(answer):
    why = answer.why
    assert abs(why.chance_of_missing - why.chance_of_missing_plain) < 0.1


def test_where_partners_disagree_is_told_with_what_turns_on_it(answer):
    (dispute,) = answer.why.agenda
    assert dispute.address == "assumptions/growth.acute"
    assert "NHS commissioner expects 0.25" in dispute.words
    assert dispute.shift > 0  # faster growth widens the gap


def test_no_study_is_worth_more_than_knowing_everything(answer):
    why = answer.why
    for line in why.knowing_first:
        assert line.value <= why.knowing_everything + 3 * line.standard_error + 1e-6


def test_the_same_questions_get_the_same_answers(plan):
    one, two = (stress(plan, draws=128, why=lambda _: None).model_dump_json() for _ in range(2))
    assert one == two


def test_a_partner_nobody_defined_holds_no_view(plan):
    from footprint.plan.checks import check_plan

    argued = with_views(plan)
    acute = argued.assumptions["growth"]["acute"]
    views = {**acute.views, "nobody": next(iter(acute.views.values()))}
    growth = {**argued.assumptions["growth"], "acute": acute.model_copy(update={"views": views})}
    wrong = argued.model_copy(update={"assumptions": {**argued.assumptions, "growth": growth}})
    found = [f for f in check_plan(wrong) if "nobody" in f.found]
    assert [f.address for f in found] == ["assumptions/growth.acute.views.nobody"]
