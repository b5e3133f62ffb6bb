"""A scenario is the plan with named numbers changed, and nothing else."""

import pytest

from footprint.evidence.assumption import Assumption
from footprint.plan.canonical import digest
from footprint.plan.diff import changes
from footprint.plan.scenario import changed, fixed_at, in_scenario
from footprint.plan.schema import Scenario


def scenario(**settings):
    return Scenario(why="What if this were different?", set=settings.pop("set", settings))


def test_no_scenario_is_the_plan_itself(starter):
    assert in_scenario(starter, None) is starter


def test_a_number_takes_the_place_of_a_range_in_its_own_unit(starter):
    plan = in_scenario(starter, "prices-rise-faster")
    care = plan.assumptions["prices"]["care"]
    assert (care.value, care.distribution, care.unit) == (6, None, "percent a year")
    assert care.central == pytest.approx(0.06)


def test_a_number_takes_the_place_of_every_year_of_a_path(starter):
    nhs = in_scenario(starter, "prices-rise-faster").assumptions["prices"]["nhs"]
    assert set(nhs.by_year.values()) == {3.5}
    assert set(nhs.by_year) == set(starter.years[1:])
    assert nhs.deviation is None


def test_off_leaves_a_scheme_out(starter):
    plan = in_scenario(starter, "without-prevention")
    assert list(plan.schemes) == ["urgent-care-at-home"]


def test_the_plan_is_not_changed_by_its_scenarios(starter):
    before = digest(starter)
    for name in starter.scenarios:
        in_scenario(starter, name)
    assert digest(starter) == before


def test_on_changes_nothing(starter):
    plan = changed(starter, scenario(set={"schemes/staying-well": "on"}))
    assert digest(plan) == digest(starter)


def test_a_number_deep_in_a_scheme_can_be_changed(starter):
    address = "schemes/urgent-care-at-home.effects.fewer-admissions.receives.nursing.units"
    plan = changed(starter, scenario(set={address: 5}))
    assert plan.assumptions_by_address()[address].value == 5
    assert len(changes(starter, plan)) == 1


def test_a_whole_assumption_can_take_the_place_of_another(starter):
    new = {
        "distribution": {"kind": "uniform", "low": 30, "high": 60},
        "unit": "percent",
        "status": "assumed",
        "why": "What a neighbouring place reached.",
    }
    plan = changed(starter, scenario(set={"schemes/staying-well.reach": new}))
    assert plan.schemes["staying-well"].reach == Assumption(**new)


def test_correlation_can_be_changed(starter):
    plan = changed(starter, scenario(set={"correlation.plan": 0}))
    assert plan.about.correlation.plan.value == 0


def test_an_unknown_scenario_is_refused_with_the_names_there_are(starter):
    with pytest.raises(KeyError, match="no scenario is called 'prices'"):
        in_scenario(starter, "prices")
    with pytest.raises(KeyError, match="did you mean 'without-prevention'"):
        in_scenario(starter, "without-preventoin")


def test_fixing_a_value_keeps_its_owner_and_source(starter):
    care = starter.assumptions["prices"]["care"]
    fixed = fixed_at(care, 5)
    assert (fixed.owner, fixed.source, fixed.doubt) == (care.owner, care.source, None)
