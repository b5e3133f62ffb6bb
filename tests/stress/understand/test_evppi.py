"""What knowing is worth: closed forms of the normal case, nothing earned from noise."""

from math import sqrt

import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import norm

from footprint.stress.streams import uniforms
from footprint.stress.understand.evppi import worth_of_knowing

NAMES = ["reach", "pay", "dummy"]


def drawn(draws=8192, seed=1, inputs=3):
    return uniforms([f"input-{i}" for i in range(inputs)], draws, seed)


def unit_normal_loss(mean, sd):
    """E[max(0, N)] - max(0, mean), N normal: H. Raiffa, R. Schlaifer (1961), section 5.11."""
    return sd * norm.pdf(mean / sd) + mean * norm.cdf(mean / sd) - max(mean, 0.0)


@pytest.mark.parametrize("mean", [0.0, 1.5, -2.0])
def test_normal_case_has_the_values_of_the_closed_form(mean):
    u = drawn()
    doing = mean + 3 * ndtri(u[:, 0]) + 2 * ndtri(u[:, 1])
    found = worth_of_knowing(u, np.column_stack([doing * 0, doing]), NAMES)
    true = [unit_normal_loss(mean, 3), unit_normal_loss(mean, 2), 0.0]
    assert found.value == pytest.approx(true, abs=0.07)
    assert (np.abs(found.value - true) <= 3 * found.standard_error + 0.02).all()
    assert found.everything == pytest.approx(unit_normal_loss(mean, sqrt(13)), abs=0.05)
    assert found.best == (1 if mean > 0 or (mean == 0 and doing.mean() > 0) else 0)


def test_a_group_is_worth_what_its_members_are_worth_together():
    u = drawn()
    doing = 1 + ndtri(u) @ [1.0, 2.0, 3.0]
    found = worth_of_knowing(
        u, np.column_stack([doing * 0, doing]), NAMES, {"two": [0, 1], "all": [0, 1, 2]}
    )
    true = [unit_normal_loss(1, sqrt(5)), unit_normal_loss(1, sqrt(14))]
    assert found.value == pytest.approx(true, abs=0.06)
    assert found.value[1] == pytest.approx(found.everything, abs=0.03)


def test_three_options_and_a_curve():
    u = drawn(16384)
    z = ndtri(u[:, 0])
    y = np.column_stack([z**2, 1 + z, np.full(len(z), 1.2)]) + 2 * ndtri(u[:, 1:2])
    grid = ndtri((np.arange(100000) + 0.5) / 100000)
    known = np.column_stack([grid**2, 1 + grid, np.full(len(grid), 1.2)])
    true = known.max(axis=1).mean() - known.mean(axis=0).max()
    found = worth_of_knowing(u, y, NAMES)
    assert found.value[0] == pytest.approx(true, abs=0.03)
    assert found.value[1] == 0.0  # it moves every option alike, and so decides nothing


def test_what_is_decided_from_noise_earns_nothing_and_the_hopeful_value_shows_the_lure():
    """In small samples the fit says a dummy is worth something; other draws say it is not."""
    values, hopes = [], []
    for seed in range(60):
        u = drawn(200, seed)
        doing = 5 * ndtri(u[:, 0])
        found = worth_of_knowing(u, np.column_stack([doing * 0, doing]), NAMES)
        values.append(found.value[2])
        hopes.append(found.hopeful[2])
    assert np.mean(hopes) > 0.15
    assert np.mean(values) < 2 * np.std(values) / sqrt(60)


def test_intervals_hold_the_true_value_about_95_times_in_100():
    true, held = unit_normal_loss(0.5, 1), 0
    for seed in range(200):
        u = np.random.default_rng(seed).random((1000, 2))
        doing = 0.5 + ndtri(u).sum(axis=1)
        found = worth_of_knowing(u, np.column_stack([doing * 0, doing]), ["x", "y"])
        held += found.low[0] <= true <= found.high[0]
    assert 0.90 <= held / 200 <= 0.99


def test_an_on_off_input_is_worth_what_each_state_gives():
    u = drawn()
    on = (u[:, :1] > 0.75).astype(float)
    doing = np.where(on[:, 0] > 0, 4.0, -1.0) + ndtri(u[:, 1])
    found = worth_of_knowing(on, np.column_stack([doing * 0, doing]), ["on"])
    assert found.value[0] == pytest.approx(0.25 * 4 - 0.25, abs=0.05)


def test_where_one_option_is_always_best_nothing_is_worth_knowing():
    u = drawn(500)
    y = np.column_stack([u[:, 0], u[:, 0] + 1])
    found = worth_of_knowing(u, y, NAMES)
    assert (found.value == 0.0).all()
    assert found.everything == 0.0
    assert found.best == 1


def test_units_of_the_inputs_do_not_matter_and_units_of_the_benefit_are_kept():
    u = drawn(1000)
    doing = ndtri(u[:, 0]) + ndtri(u[:, 1])
    y = np.column_stack([doing * 0, doing])
    there, here = worth_of_knowing(np.exp(9 * u), 1e6 * y, NAMES), worth_of_knowing(u, y, NAMES)
    assert there.value == pytest.approx(1e6 * here.value)


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        (np.ones((200, 1)), np.ones((200, 1)), "One option is no decision"),
        (np.ones((99, 1)), np.ones((99, 2)), "99 draws are too few"),
        (np.ones((200, 2)), np.ones((200, 2)), "a name to each input"),
        (np.ones((200, 1)), np.full((200, 2), np.nan), "finite number"),
    ],
)
def test_what_cannot_be_answered_is_refused(x, y, words):
    with pytest.raises(ValueError, match=words):
        worth_of_knowing(x, y, ["x"])
