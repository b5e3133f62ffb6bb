"""The chain agrees with a second implementation that shares none of its code."""

from pathlib import Path

import numpy as np
import pytest

from footprint.model.area import Area
from footprint.model.chain import simulate
from footprint.plan.read import read
from tests.model.oracle import work_out
from tests.model.oracle_need import Future
from tests.model.rich import SCHEMES, SERVICES, rich_plan, some_theta

EXAMPLE = Path(__file__).parents[2] / "examples" / "leicestershire-2016"
RELATIVE = 1e-9


def oracle_for(area, theta, schemes=None):
    values = dict(zip(area.addresses, theta.tolist(), strict=True))
    variant = area.labels["variant"][int(area.variant(area.parameters(theta[None]))[0])]
    values.pop("plan.projection", None)
    chosen = frozenset(area.plan.schemes if schemes is None else schemes)
    return work_out(Future(area.plan, values, variant, chosen))


def scale_of(name, found):
    """What a difference is measured against: a gap is the difference of the money in it."""
    of = "spend" if name in ("gap", "beside", "gap_by_lens", "scheme_cost") else name
    return max([abs(v) for k, v in found.items() if k[0] == of], default=0.0)


def assert_the_same(area, theta, schemes=None):
    found, moves = oracle_for(area, theta, schemes)
    run = simulate(area, theta[None], schemes if schemes is None else frozenset(schemes))
    counted = 0
    for name, array in run.outcome.data_vars.items():
        slack = RELATIVE * scale_of(name, found)
        for spot in np.ndindex(array.shape):
            names = [
                str(array.coords[d].values[i])
                for d, i in zip(array.dims, spot, strict=True)
                if d != "draw"
            ]
            if name == "gap_by_lens":
                names.append("")
            if name == "scheme_cost":
                names.insert(0, "")
            ours = float(array.values[spot])
            assert ours == pytest.approx(found[name, *names], rel=RELATIVE, abs=slack), (
                name,
                names,
            )
            counted += 1
    assert counted == len(found)
    assert_the_same_moves(area, run, moves)


def assert_the_same_moves(area, run, moves):
    ours = {}
    for kind, many in (("avoid", run.activity.moves), ("shorten", run.activity.days)):
        for m in many:
            for t, year in enumerate(area.years):
                for p, place in enumerate(area.labels["place"]):
                    ours[kind, m.scheme, m.effect, year, place] = float(m.avoided[0, t, p])
    theirs = {(kind, m.scheme, m.key, m.year, m.place): m.avoided for kind, m in moves}
    for key, units in ours.items():
        assert units == pytest.approx(theirs.pop(key, 0.0), rel=RELATIVE, abs=1e-9), key
    assert not any(theirs.values())


@pytest.mark.parametrize("lens", ["average", "marginal", "step"])
def test_a_plan_with_everything_in_it_is_worked_out_the_same_cell_by_cell(lens):
    area = Area.of(rich_plan(cost_lens=lens))
    for theta in some_theta(area, 3):
        assert_the_same(area, theta)


def test_a_plan_without_schemes_is_worked_out_the_same_cell_by_cell():
    area = Area.of(rich_plan(schemes={}))
    assert_the_same(area, area.central()[0])


@pytest.mark.parametrize("name", list(SCHEMES))
def test_each_scheme_alone_is_worked_out_the_same_cell_by_cell(name):
    area = Area.of(rich_plan(schemes={name: SCHEMES[name]}))
    assert_the_same(area, some_theta(area, 1)[0])


def test_a_scheme_among_others_but_alone_at_work_is_worked_out_the_same():
    area = Area.of(rich_plan())
    assert_the_same(area, some_theta(area, 1)[0], schemes=["staying-well"])


@pytest.mark.parametrize("basis", ["beyond-need", "beyond-age-and-sex"])
@pytest.mark.parametrize("payment", ["at-cost", "per-unit", "block"])
def test_each_payment_rule_and_growth_basis_is_worked_out_the_same(basis, payment):
    changed = {n: {**s, "growth_basis": basis, "payment": payment} for n, s in SERVICES.items()}
    area = Area.of(rich_plan(services=changed))
    assert_the_same(area, some_theta(area, 1)[0])


@pytest.mark.parametrize("rule", ["each-bears-own", "fixed-shares", "in-proportion", "performance"])
@pytest.mark.parametrize("size", ["0.01 GBP m a year", "9 GBP m a year"])
def test_each_risk_share_is_worked_out_the_same_in_plenty_and_in_want(rule, size):
    pool = {
        "name": "Pool",
        "rule": rule,
        "contributions": {"commissioner": size, "council": "0.15 GBP m a year"},
        "shares": {"commissioner": 0.6, "council": 0.4},
        "services": ["contacts", "home-care"],
    }
    area = Area.of(rich_plan(pools={"pool": pool}))
    assert_the_same(area, area.central()[0])


@pytest.fixture(scope="module")
def example():
    reading = read(EXAMPLE)
    if reading.plan is None or reading.stops:
        pytest.skip(f"the example does not read yet: {len(reading.stops)} faults")
    return Area.of(reading.plan)


@pytest.mark.slow
@pytest.mark.parametrize("future", range(4))
def test_the_example_is_worked_out_the_same_cell_by_cell(example, future):
    several = np.concatenate([example.central(), some_theta(example, 3)])
    assert_the_same(example, several[future])
