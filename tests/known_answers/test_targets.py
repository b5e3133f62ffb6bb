"""The chance of a target, where it can be worked out by hand."""

import numpy as np
import pytest

from footprint.model.area import Area
from footprint.plan.schema import Target
from footprint.stress.ensemble import run_ensemble
from footprint.stress.judge import judge, reached
from tests.model.little import little_plan

DRAWS = 256


@pytest.fixture(scope="module")
def area():
    """A gap of 4m, and a grant that is anything from nothing to 10m."""
    grant = {"kind": "income", "partner": "council", "amount": "0 to 10 GBP m a year"}
    return Area.of(
        little_plan(
            {
                "services": {"visits": {"volume": 1000, "unit_cost_gbp": 4000}},
                "schemes": {"grant": {"effects": {"fund": grant}}},
            }
        )
    )


def test_a_gap_of_four_is_closed_by_six_grants_in_ten(area):
    """One draw falls in each of 256 equal cells, so the share is right to one cell."""
    answer = judge(area, run_ensemble(area, DRAWS, seed=1), unexplained_gap=0.0)[0]
    assert answer.p_target.correlated == pytest.approx(0.6, abs=1 / DRAWS)
    assert answer.p_target.independent == pytest.approx(0.6, abs=1 / DRAWS)
    assert answer.do_nothing.mean == pytest.approx(4.0)
    assert answer.plan.mean == pytest.approx(-1.0, abs=0.05)
    assert (answer.plan.p10, answer.plan.p90) == pytest.approx((-5.0, 3.0), abs=0.1)


def test_the_stated_reading_adds_what_cannot_be_explained_to_every_future(area):
    """With one million unexplained the grant must be five: half of the futures."""
    readings = judge(area, run_ensemble(area, DRAWS, seed=1), unexplained_gap=1e6)[0].readings
    assert readings["computed"].correlated == pytest.approx(0.6, abs=1 / DRAWS)
    assert readings["stated"].correlated == pytest.approx(0.5, abs=1 / DRAWS)


def test_without_an_unexplained_part_there_is_one_reading(area):
    answer = judge(area, run_ensemble(area, DRAWS, seed=1), unexplained_gap=0.0)[0]
    assert list(answer.readings) == ["computed"]


@pytest.mark.parametrize(
    ("ends", "expected"),
    [({"at_most": 2.0}, [True, True, False]), ({"at_least": 2.0}, [False, True, True])],
)
def test_a_target_is_reached_at_its_very_number(ends, expected):
    target = Target(measure="gap", year="2017/18", unit="GBP m", **ends)
    assert reached(target, np.array([1.0, 2.0, 3.0])).tolist() == expected
