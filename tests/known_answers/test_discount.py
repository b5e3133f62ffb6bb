"""Money at different times: the Green Book's own factors, and the formula for optimism."""

import numpy as np
import pytest

from footprint.model.discount import (
    GREEN_BOOK_HEALTH,
    discount_factors,
    present_value,
    with_optimism_bias,
)


@pytest.mark.parametrize(
    ("year", "factor"),
    [(0, 1), (5, 0.841973), (10, 0.708919), (30, 0.356278), (31, 0.345901), (60, 0.146782)],
)
def test_green_book_factors_are_the_published_ones(year, factor):
    assert discount_factors(60)[year] == pytest.approx(factor, abs=5e-7)


def test_factors_follow_from_the_rates_by_hand():
    factors = discount_factors(80)
    assert factors[30] == pytest.approx(1.035**-30, rel=1e-12)
    assert factors[75] == pytest.approx(1.035**-30 * 1.03**-45, rel=1e-12)
    assert factors[76] == pytest.approx(1.035**-30 * 1.03**-45 / 1.025, rel=1e-12)


def test_health_is_discounted_at_one_and_a_half_percent():
    assert discount_factors(30, GREEN_BOOK_HEALTH)[30] == pytest.approx(0.639762, abs=5e-7)


def test_a_yearly_pound_is_worth_the_sum_of_the_factors():
    assert present_value(np.ones(31)) == pytest.approx(1 + (1 - 1.035**-30) / 0.035, rel=1e-12)


def test_each_row_of_amounts_is_discounted_by_itself():
    amounts = np.array([[0.0, 103.5], [100.0, 0.0]])
    assert present_value(amounts).tolist() == pytest.approx([100, 100])


@pytest.mark.parametrize(
    ("mitigation", "cost"), [(0.0, 124.0), (0.25, 118.0), (0.5, 112.0), (1.0, 100.0)]
)
def test_optimism_adds_the_part_that_is_not_mitigated(mitigation, cost):
    assert with_optimism_bias(np.array(100.0), 0.24, mitigation) == pytest.approx(cost)


@pytest.mark.parametrize("mitigation", [-0.1, 1.1, 24])
def test_a_mitigation_that_is_no_share_is_refused(mitigation):
    with pytest.raises(ValueError, match="write 0 to 1"):
        with_optimism_bias(np.array(100.0), 0.24, mitigation)
