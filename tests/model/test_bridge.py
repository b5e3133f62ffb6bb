"""Why the number changed: causes add up to the change, and so do schemes with their overlap."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from footprint.model.area import Area
from footprint.model.bridge import (
    CAUSES,
    GROWTH,
    NEED,
    OPENING,
    PEOPLE,
    PRICES,
    do_nothing_bridge,
    plan_bridge,
    who_pays_who_gains,
)
from footprint.model.chain import simulate
from footprint.model.grounds import (
    grounds_of_gap,
    grounds_of_savings,
    grounds_of_spend,
    stated_and_computed,
)
from tests.model.generated import givens
from tests.model.little import little_plan
from tests.model.rich import rich_plan

several = settings(max_examples=25, suppress_health_check=list(HealthCheck))


def of_cause(steps, cause):
    return sum(step.amount for step in steps if step.cause == cause)


@several
@given(givens())
def test_the_causes_add_up_to_the_gap_of_the_last_year(plan):
    area = Area.of(little_plan(plan))
    gap = simulate(area).outcome["gap"].values[0, 0, -1].sum()
    spend = simulate(area).outcome["spend"].values[0].max()
    total = sum(step.amount for step in do_nothing_bridge(area))
    assert total == pytest.approx(float(gap), abs=1e-9 * max(spend, 1e6))


@several
@given(givens())
def test_each_scheme_alone_and_their_overlap_add_up_to_what_the_plan_does(plan):
    area = Area.of(little_plan(plan))
    gap = simulate(area).outcome["gap"].values[:, 0, -1].sum(axis=-1)
    bridge = plan_bridge(area)
    parts = sum(step.total for step in bridge.schemes) + bridge.overlap
    assert parts == pytest.approx(float(gap[0] - gap[1]), abs=1e-3)
    for step in bridge.schemes:
        assert sum(step.by_partner.values()) == pytest.approx(step.total, abs=1e-3)


def test_ten_per_cent_more_people_at_two_per_cent_dearer_is_split_by_logarithms():
    """1,000,000 grows to 1,122,000: weight 122,000 / ln 1.122 = 1,059,833."""
    area = Area.of(
        little_plan(
            {
                "people": {"0+": [1000, 1100]},
                "assumptions": {"prices": {"nhs": "2 percent a year"}},
                "services": {
                    "visits": {
                        "volume": 1000,
                        "unit_cost_gbp": 1000,
                        "prices": "assumptions/prices.nhs",
                    }
                },
            }
        )
    )
    steps = do_nothing_bridge(area)
    assert of_cause(steps, OPENING) == pytest.approx(1_000_000)
    assert of_cause(steps, PEOPLE) == pytest.approx(122_000 * np.log(1.1) / np.log(1.122))
    assert of_cause(steps, PRICES) == pytest.approx(122_000 * np.log(1.02) / np.log(1.122))
    assert round(of_cause(steps, PEOPLE)) == 101_013
    assert round(of_cause(steps, PRICES)) == 20_987
    assert of_cause(steps, NEED) == of_cause(steps, GROWTH) == 0


def test_becoming_iller_is_a_cause_of_its_own_only_where_growth_comes_on_top_of_it():
    def causes(basis):
        services = {
            "visits": {"volume": 1000, "unit_cost_gbp": 10, "need_profile": "steep"}
            | {"growth_basis": basis}
        }
        need = [{"profile": "steep", "segment": s, "weight": w} for s, w in (("a", 1), ("b", 5))]
        segments = {"a": {"start": 1.0, "moves": {"a": 0.9, "b": 0.1}}, "b": {}}
        given_plan = {"services": services, "segments": segments, "tables": {"need_profiles": need}}
        return do_nothing_bridge(Area.of(little_plan(given_plan)))

    assert of_cause(causes("beyond-need"), NEED) == pytest.approx(4_000)  # 0.9 + 0.1 x 5 = 1.4
    assert of_cause(causes("beyond-age-and-sex"), NEED) == 0


def test_two_schemes_that_overlap_lose_what_both_would_have_avoided():
    """Alone 120 and 250 admissions, together 340: the overlap is 30, or 90,000 pounds."""

    def scheme(size):
        return {"effects": {"fewer": {"kind": "avoid", "service": "admissions", "size": size}}}

    services = {"admissions": {"volume": 1000, "unit_cost_gbp": 3000}}
    schemes = {"first": scheme("12 percent"), "second": scheme("25 percent")}
    bridge = plan_bridge(Area.of(little_plan({"services": services, "schemes": schemes})))
    assert [step.total for step in bridge.schemes] == pytest.approx([360_000, 750_000])
    assert bridge.overlap == pytest.approx(-90_000)
    assert bridge.total == pytest.approx(1_020_000)


def test_who_loses_is_taken_to_pay_who_gains():
    """Paid by the unit, the hospital loses 180,000 and the commissioner gains 300,000."""
    services = {
        "admissions": {
            "volume": 1000,
            "unit_cost_gbp": 3000,
            "marginal_share": 0.4,
            "payment": "per-unit",
        }
    }
    effect = {"kind": "avoid", "service": "admissions", "size": "10 percent"}
    area = Area.of(
        little_plan(
            {
                "cost_lens": "marginal",
                "services": services,
                "schemes": {"at-home": {"effects": {"fewer": effect}}},
            }
        )
    )
    partners = area.labels["partner"]
    matrix = who_pays_who_gains(plan_bridge(area), partners)
    paid = {
        (a, b): matrix[i, j]
        for i, a in enumerate(partners)
        for j, b in enumerate(partners)
        if matrix[i, j]
    }
    assert paid == {("hospital", "commissioner"): pytest.approx(180_000)}


def test_every_cause_and_every_share_of_the_grounds_is_accounted_for():
    area = Area.of(rich_plan())
    steps = do_nothing_bridge(area)
    assert {step.cause for step in steps} <= set(CAUSES)
    stated = stated_and_computed(area, steps)
    assert sum(grounds_of_gap(area, steps, stated).values()) == pytest.approx(1)
    assert sum(grounds_of_spend(area).values()) == pytest.approx(1)
    assert grounds_of_savings(area, stated) == {}


def test_what_was_stated_and_cannot_be_computed_stays_as_unexplained():
    """Stated 5m and computed 3m: 2m of 5m is unexplained; so is 1m of 4m saved."""
    services = {"visits": {"volume": 1000, "unit_cost_gbp": 3000}}
    rows = (("gap", 5.0), ("saving-total", 4.0), ("saving", 2.5), ("saving", 0.5))
    stated_rows = [
        {"line": f"l{i}", "kind": kind, "name": kind, "year": "2017/18", "amount_gbp_m": amount}
        for i, (kind, amount) in enumerate(rows)
    ]
    area = Area.of(little_plan({"services": services, "tables": {"stated": stated_rows}}))
    steps = do_nothing_bridge(area)
    stated = stated_and_computed(area, steps)
    assert stated.computed == pytest.approx(3_000_000)
    assert stated.unexplained_gap == pytest.approx(2_000_000)
    assert stated.unexplained_savings == pytest.approx(1_000_000)
    assert grounds_of_gap(area, steps, stated)["unexplained"] == pytest.approx(0.4)
    assert grounds_of_savings(area, stated)["unexplained"] == pytest.approx(0.25)
    assert grounds_of_savings(area, stated)["assumed"] == pytest.approx(0.75)


def test_where_nothing_was_stated_nothing_is_unexplained():
    area = Area.of(little_plan({"services": {"visits": {"volume": 1000, "unit_cost_gbp": 3000}}}))
    stated = stated_and_computed(area, do_nothing_bridge(area))
    assert stated.unexplained_gap == stated.unexplained_savings == 0


def test_a_line_is_as_sure_as_the_less_sure_of_its_volume_and_its_cost():
    services = {"visits": {"volume": 1000, "unit_cost_gbp": 3000}}
    plan = little_plan({"services": services})
    row = plan.baseline.volumes[0]
    surer = row.model_copy(update={"status_volume": "published", "status_cost": "derived"})
    baseline = plan.baseline.model_copy(update={"volumes": (surer,)})
    shares = grounds_of_spend(Area.of(plan.model_copy(update={"baseline": baseline})))
    assert shares["derived"] == 1
