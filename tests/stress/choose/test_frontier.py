"""Frontier and regret: nothing on the frontier is beaten, and regret is held to the best."""

import numpy as np
import pytest

from footprint.stress.choose.aims import LeastRegret, MeanAndDownside
from footprint.stress.choose.ceilings import best_in_each_future
from footprint.stress.choose.enumeration import every_portfolio
from footprint.stress.choose.frontier import frontier, frontier_of
from footprint.stress.choose.limits import limits_of
from footprint.stress.choose.portfolio import choose
from footprint.stress.choose.regret import regret

from .examples import instance


@pytest.mark.parametrize("seed", range(8))
def test_every_point_is_on_the_frontier_of_all_portfolios(seed):
    gain, limits = instance(10, 80, seed)
    masks = every_portfolio(limits)
    true = [tuple(masks[i]) for i in frontier_of(masks @ gain.T)]
    found = frontier(gain, limits, points=5)
    assert [tuple(p.mask) for p in found.portfolios] == [
        mask for mask in true if mask in {tuple(p.mask) for p in found.portfolios}
    ]
    assert tuple(found.portfolios[0].mask) == true[0]
    assert tuple(found.portfolios[-1].mask) == true[-1]


@pytest.mark.parametrize("seed", range(4))
def test_prices_add_up_to_the_price_of_robustness(seed):
    gain, limits = instance(12, 80, seed)
    found = frontier(gain, limits, points=6)
    every = (*found.always, *found.sometimes, *found.never)
    assert sorted(every) == sorted(limits.schemes)
    assert all(price.given_up > 0 and price.bought > 0 for price in found.prices)
    if found.price is not None:
        assert sum(p.given_up for p in found.prices) == pytest.approx(found.price.given_up)
        assert sum(p.bought for p in found.prices) == pytest.approx(found.price.bought)


def test_where_one_portfolio_is_best_at_both_there_is_no_price():
    found = frontier(np.array([[1.0, 2.0], [2.0, 3.0]]), limits_of("ab"))
    assert [p.schemes for p in found.portfolios] == [("a", "b")]
    assert found.price is None
    assert found.always == ("a", "b")


def test_a_frontier_needs_two_ends():
    with pytest.raises(ValueError, match="2 points"):
        frontier(np.ones((2, 1)), limits_of("a"), points=1)


def test_the_portfolio_of_least_regret_has_the_regret_it_says():
    gain, limits = instance(10, 60, 3)
    robust = choose(gain, limits, LeastRegret(), 10_000)
    bold = choose(gain, limits, MeanAndDownside(0.0))
    found = regret(np.array([robust.total, bold.total]), best_in_each_future(gain, limits))
    assert found.worst[0] == pytest.approx(-robust.value)
    assert found.robust == 0
    assert (found.values >= 0).all()
    assert (found.mean <= found.worst).all()
    assert found.values[0, found.worst_future[0]] == found.worst[0]


def test_regret_against_too_low_a_best_is_refused():
    with pytest.raises(ValueError, match="gains more than the best"):
        regret(np.array([[5.0, 1.0]]), np.array([4.0, 1.0]))
