"""Each scheme's part of what the plan does: no order, no double count, nothing left over."""

from itertools import permutations

import numpy as np
import pytest

from footprint.model import attribution
from footprint.model.area import Area
from footprint.model.attribution import QUANTITIES, attribute
from footprint.model.chain import simulate
from tests.model.rich import rich_plan


@pytest.fixture(scope="module")
def area():
    return Area.of(rich_plan())


@pytest.fixture(scope="module")
def found(area):
    return attribute(area)


def relieved(area, schemes):
    nothing, plan = simulate(area, schemes=frozenset(schemes)).outcome["gap"].values[:, 0]
    return nothing - plan


def test_shares_are_the_mean_contribution_over_every_order(area, found):
    names = list(area.plan.schemes)
    mean = dict.fromkeys(names, 0.0)
    orders = list(permutations(names))
    worth = {frozenset(): relieved(area, ())}
    for order in orders:
        for i, name in enumerate(order):
            for part in (frozenset(order[:i]), frozenset(order[: i + 1])):
                if part not in worth:
                    worth[part] = relieved(area, part)
            gain = worth[frozenset(order[: i + 1])] - worth[frozenset(order[:i])]
            mean[name] = mean[name] + gain / len(orders)
    for i, name in enumerate(names):
        assert found.parts["gap"][i] == pytest.approx(mean[name], rel=1e-9, abs=1e-3)


@pytest.mark.parametrize("quantity", QUANTITIES)
def test_shares_add_up_to_what_the_plan_does(found, quantity):
    whole = found.whole[quantity]
    scale = max(1.0, float(np.abs(whole).max(initial=0)))
    assert np.abs(found.parts[quantity].sum(axis=0) - whole).max(initial=0) < 1e-9 * scale


def test_what_a_naive_sum_counts_twice_is_the_difference(found):
    twice = found.counted_twice("gap")
    assert twice == pytest.approx(found.alone["gap"].sum(axis=0) - found.whole["gap"])
    assert np.abs(twice).max() > 1  # the rich plan's schemes overlap


def test_switching_a_scheme_off_in_a_batch_is_leaving_it_out(area):
    names = list(area.plan.schemes)
    theta = np.repeat(area.central(), 2, axis=0)
    on = {name: np.array([1.0, float(i > 0)]) for i, name in enumerate(names)}
    batch = simulate(area, theta, on=on).outcome["gap"].values[1]
    every, without = relieved(area, names), relieved(area, names[1:])
    nothing = simulate(area).outcome["gap"].values[0, 0]
    assert nothing - batch[0] == pytest.approx(every, rel=1e-9, abs=1e-3)
    assert nothing - batch[1] == pytest.approx(without, rel=1e-9, abs=1e-3)


def test_sampled_orders_add_up_too_and_come_near(area, found, monkeypatch):
    monkeypatch.setattr(attribution, "MOST_EXACT", 0)
    drawn = attribute(area, seed=3)
    assert not drawn.exact
    assert drawn.parts["gap"].sum(axis=0) == pytest.approx(found.whole["gap"], abs=1e-3)
    scale = np.abs(found.parts["gap"]).max()
    assert np.abs(drawn.parts["gap"] - found.parts["gap"]).max() < 0.05 * scale
