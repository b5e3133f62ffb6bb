"""The log-mean Divisia split of a product is exact, whatever the factors and their order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.model.bridge import log_mean

FACTORS = st.lists(st.floats(0.2, 5.0), min_size=1, max_size=6)
START = st.floats(1e-3, 1e9)


@given(START, FACTORS)
def test_the_causes_of_a_product_add_up_to_its_change(start, factors):
    first, last = np.array([start]), np.array([start * np.prod(factors)])
    parts = log_mean(last, first) * np.log(factors)
    assert parts.sum() == pytest.approx(float(last[0] - first[0]), rel=1e-7, abs=1e-7 * start)


@given(START, st.floats(1e-3, 1e9))
def test_the_log_mean_lies_between_the_geometric_and_the_arithmetic_mean(a, b):
    mean = float(log_mean(np.array([a]), np.array([b]))[0])
    assert np.sqrt(a * b) * (1 - 1e-6) <= mean <= (a + b) / 2 * (1 + 1e-6)
    assert mean == pytest.approx(float(log_mean(np.array([b]), np.array([a]))[0]), rel=1e-9)


def test_a_hand_worked_product_is_split_as_by_hand():
    """2 x 1.5 x 2 = 6: weight 4 / ln 3 = 3.640957; parts 1.476281 and 2.523719."""
    parts = log_mean(np.array([6.0]), np.array([2.0])) * np.log([1.5, 2.0])
    assert parts.tolist() == pytest.approx([1.476281, 2.523719], abs=1e-6)


def test_what_does_not_change_has_no_causes_and_nothing_has_no_weight():
    same = log_mean(np.array([7.0, 0.0, 3.0]), np.array([7.0, 3.0, 0.0]))
    assert same.tolist() == [7.0, 0.0, 0.0]
