"""Side payments add up to nothing, leave nobody worse off, and move as little as they can."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from footprint.stress.choose.fair import (
    fixed_shares,
    least_payments,
    standing,
    sums_for_all,
    who_pays_whom,
    with_shares,
)
from footprint.stress.choose.splits import shapley, shared_by, worth_of_groups

PARTNERS = ("icb", "trust", "council", "community")
gains = arrays(
    np.float64, (12, 4), elements=st.floats(-1e7, 1e7, allow_nan=False).map(lambda x: round(x, 2))
)
modest = settings(max_examples=60)


@given(gains)
@modest
def test_on_average_nobody_is_worse_off_and_no_more_moves_than_is_lost(gain):
    found, mean, size = least_payments(gain, PARTNERS), gain.mean(axis=0), 1e-6 * 1e7
    assert found.received.sum() == pytest.approx(0.0, abs=1e-3)
    if not found.possible:
        assert found.missing == pytest.approx(-mean.sum())
        assert found.moved == 0.0
        return
    assert mean.sum() >= -size
    assert (found.after.mean >= -size).all()
    assert found.moved == pytest.approx(np.maximum(-mean, 0).sum(), abs=size)


@given(gains, st.sampled_from([0.25, 0.5, 0.75, 0.9, 1.0]))
@modest
def test_each_partner_is_not_worse_off_in_the_share_of_futures_promised(gain, share):
    found = least_payments(gain, PARTNERS, share)
    assert found.received.sum() == pytest.approx(0.0, abs=1e-3)
    if found.possible:
        assert (found.after.chance_of_losing <= 1 - share + 1e-9).all()
    else:
        helped = gain + found.missing * np.eye(4)[0]
        again = least_payments(helped, PARTNERS, share)
        assert again.missing == pytest.approx(0.0, abs=10.0)


@given(gains, st.sampled_from([0.5, 0.75, 1.0]))
@modest
def test_a_promise_to_all_at_once_is_kept(gain, share):
    found = sums_for_all(gain, PARTNERS, share)
    if found.possible:
        assert found.after.nobody_loses >= share - 1e-9
    if standing(gain, PARTNERS).enough < share:
        assert not found.possible


@given(gains)
@modest
def test_fixed_shares_leave_nobody_worse_off_where_the_place_is_not(gain):
    found = fixed_shares(gain, PARTNERS)
    if not found.possible or found.shares is None:
        return
    assert found.shares.sum() == pytest.approx(1.0)
    assert (found.after.mean >= -1e-2).all()
    assert found.after.nobody_loses >= found.after.enough - 1e-9
    assert found.moved == pytest.approx(np.maximum(-gain.mean(axis=0), 0).sum(), abs=1e-2)


@given(gains)
@modest
def test_single_payments_make_up_the_sums(gain):
    received = gain[0] - gain[0].mean()
    paid = np.zeros(4)
    payments = who_pays_whom(received, PARTNERS)
    for one in payments:
        assert one.amount > 0
        paid[PARTNERS.index(one.payer)] -= one.amount
        paid[PARTNERS.index(one.to)] += one.amount
    assert paid == pytest.approx(received, abs=1e-1)
    assert len(payments) <= 3


def test_payers_pay_in_proportion_to_what_they_can_spare():
    found = least_payments(np.array([[8.0, 2.0, 0.0, -5.0]]) * 1e6, PARTNERS)
    assert found.received == pytest.approx(np.array([-4.0, -1.0, 0.0, 5.0]) * 1e6, abs=1.0)


def test_what_is_missing_is_what_the_place_loses():
    found = least_payments(np.array([[1.0, 2.0, -4.0, 0.0]]), PARTNERS)
    assert not found.possible
    assert found.missing == pytest.approx(1.0)
    assert fixed_shares(np.array([[1.0, 2.0, -4.0, 0.0]]), PARTNERS).missing == pytest.approx(1.0)


def test_a_promise_in_more_futures_needs_more_money():
    rng = np.random.default_rng(0)
    gain = rng.normal([3.0, 2.0, -0.5, 0.1], 1.0, (400, 4))
    moved = [least_payments(gain, PARTNERS, share).moved for share in (0.5, 0.7, 0.8)]
    assert moved == sorted(moved)
    assert least_payments(gain, PARTNERS, 0.99).missing > 0


@given(arrays(np.float64, 8, elements=st.floats(-100, 100, allow_nan=False)))
@modest
def test_shapley_values_add_up_and_treat_equals_equally(worth):
    worth[0] = 0.0
    assert shapley(worth).sum() == pytest.approx(worth[7], abs=1e-9)
    worth[2], worth[6] = worth[1], worth[5]
    found = shapley(worth)
    assert found[0] == pytest.approx(found[1])


def test_shapley_shares_each_scheme_equally_among_those_who_do_it():
    takes_part = np.array([[1, 1, 0], [0, 1, 1], [1, 1, 1]], dtype=bool)
    worth = worth_of_groups(np.array([4.0, 2.0, 9.0]), takes_part)
    assert shapley(worth) == pytest.approx([5.0, 6.0, 4.0])


def test_splits_share_the_whole_gain():
    gain = np.array([[8.0, -2.0], [4.0, 2.0]])
    found = shared_by(gain, ["nhs", "council"], np.array([3.0, 1.0]))
    assert found.after.mean == pytest.approx([4.5, 1.5])
    assert found.received.sum() == pytest.approx(0.0)


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="by future and partner"):
        least_payments(np.ones((3, 2)), PARTNERS)
    with pytest.raises(ValueError, match="share of futures"):
        least_payments(np.ones((3, 4)), PARTNERS, 1.5)
    with pytest.raises(ValueError, match="add up to 1"):
        with_shares(np.ones((3, 4)), PARTNERS, np.ones(4))
    with pytest.raises(ValueError, match=r"2, 4, 8, \.\.\."):
        shapley(np.zeros(3))
    with pytest.raises(ValueError, match="takes part"):
        worth_of_groups(np.ones(1), np.zeros((1, 2), dtype=bool))
    with pytest.raises(ValueError, match="above 0"):
        shared_by(np.ones((1, 2)), ["a", "b"], np.zeros(2))
