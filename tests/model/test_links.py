"""Single links of the chain, where a rule is best seen alone."""

import numpy as np
import pytest

from footprint.model.area import Area
from footprint.model.chain import simulate
from footprint.model.risk_share import RULES
from footprint.model.schemes import phase
from tests.model.little import little_plan
from tests.model.rich import rich_plan, some_theta

ROLE = {
    "workforce": [{"role": "nurses", "name": "Nurses", "partner": "hospital", "wte": 100}],
    "staffing": [{"role": "nurses", "service": "new", "weight": 0.8}],
}


def test_use_of_the_base_year_is_what_the_tables_say():
    area = Area.of(rich_plan(schemes={}))
    activity = simulate(area).outcome["activity"].sel(year="2016/17").values[0, 0]
    volumes = [row.volume for row in area.plan.baseline.volumes]
    assert activity == pytest.approx(volumes, rel=1e-12)


def test_staff_needed_in_the_base_year_are_those_in_post_even_for_a_service_yet_to_open():
    """A service with no units has no growth, so it can neither add staff nor take them away."""
    services = {"new": {"volume": 0}, "old": {"volume": 1000}}
    move = {
        "kind": "avoid",
        "service": "old",
        "size": "50 percent",
        "receives": {"n": {"service": "new", "share": "100 percent", "units": "1 units per unit"}},
    }
    area = Area.of(
        little_plan(
            {
                "services": services,
                "tables": ROLE,
                "schemes": {"open": {"starts": "2017/18", "effects": {"moves": move}}},
            }
        )
    )
    outcome = simulate(area).outcome
    assert outcome["staff_needed"].values.ravel() == pytest.approx([100, 100, 100, 100])


def test_a_ramp_that_starts_late_by_part_of_a_year_is_read_between_its_steps():
    ramp, lag = (0.5, 1.0), 0.5
    since = np.array([-1.0, 0.0, 1.0, 2.0])
    assert phase(ramp, since - lag).tolist() == [0, 0.25, 0.75, 1.0]


@pytest.mark.parametrize("rule", list(RULES))
def test_every_risk_share_bears_the_whole_and_no_more(rule):
    chance = np.random.default_rng(5)
    over = chance.normal(0, 10, (50, 3))
    put_in = chance.uniform(1, 100, (50, 3))
    shares = np.array([0.5, 0.3, 0.2])
    borne = RULES[rule](over, put_in, shares)
    assert borne.sum(axis=-1) == pytest.approx(over.sum(axis=-1))


def test_pooling_moves_money_between_partners_and_makes_none():
    pooled, apart = Area.of(rich_plan()), Area.of(rich_plan(pools={}))
    theta = some_theta(pooled, 3)
    keep = [pooled.addresses.index(a) for a in apart.addresses]
    with_pool = simulate(pooled, theta).outcome["gap"].values
    without = simulate(apart, theta[:, keep]).outcome["gap"].values
    assert with_pool.sum(axis=-1) == pytest.approx(without.sum(axis=-1), rel=1e-9)
    assert not np.allclose(with_pool, without)


def test_futures_follow_each_variant_of_the_projection_as_often_as_it_is_likely():
    area = Area.of(rich_plan())
    variants = area.variant(area.parameters(some_theta(area, 4000)))
    assert (variants == 1).mean() == pytest.approx(0.7, abs=4 * np.sqrt(0.21 / 4000))


def test_the_expected_future_follows_the_likeliest_variant():
    area = Area.of(rich_plan())
    assert area.variant(area.parameters()).tolist() == [1]
