"""Shares of variance: known answers, honest intervals, nothing hidden."""

import numpy as np
import pytest
from scipy.special import ndtri

from footprint.stress.sensitivity import first_order
from footprint.stress.streams import uniforms

DRAWS = 8192


def drawn(inputs, draws=DRAWS, seed=1):
    return uniforms([f"input-{number}" for number in range(inputs)], draws, seed)


def ishigami(shares):
    x = np.pi * (2 * shares[:, :3] - 1)
    return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])


def test_ishigami_shares_are_those_of_theory_and_a_dummy_is_covered_by_0():
    """T. Ishigami, T. Homma (1990), https://doi.org/10.1109/ISUMA.1990.151285."""
    x = drawn(4)
    found = first_order(x, ishigami(x)[:, None])
    assert found.share[:, 0] == pytest.approx([0.3139, 0.4424, 0, 0], abs=0.02)
    assert (found.low[2:] < 0).all()
    assert (found.high[2:] > 0).all()


def test_sobol_g_shares_are_those_of_theory():
    """I. M. Sobol (2001), https://doi.org/10.1016/S0378-4754(00)00270-6."""
    a = np.array([0, 1, 4.5, 9, 99])
    alone = 1 / (3 * (1 + a) ** 2)
    theory = alone / (np.prod(1 + alone) - 1)
    x = drawn(5)
    y = np.prod((np.abs(4 * x - 2) + a) / (1 + a), axis=1)
    found = first_order(x, y[:, None])
    assert found.share[:, 0] == pytest.approx(theory, abs=0.015)
    assert ((found.low[:, 0] < theory) & (theory < found.high[:, 0])).all()


def test_standard_error_agrees_with_the_sum_over_draws_that_defines_it():
    x, bins = drawn(1, draws=640), 8
    y = x + x**3 + drawn(2, draws=640)[:, 1:] * 0.5
    found = first_order(x, y, bins)
    s, z = found.share[0, 0], ((y - y.mean()) / y.std())[:, 0]
    which = np.argsort(np.argsort(x[:, 0])) // 80
    means = np.array([z[which == b].mean() for b in range(bins)])
    m = means[which] * np.sqrt(s / (means**2).mean())
    by_draw = 2 * z * m - m**2 - s * z**2
    by_hand = np.sqrt(by_draw.var() / 640 + 2 * 7 * (1 - s) ** 2 / 640**2)
    assert found.standard_error[0, 0] == pytest.approx(by_hand)


def test_an_idle_input_has_share_0_on_average_in_a_plain_random_sample():
    random = np.random.default_rng(4)
    x, y = random.random((256, 400)), random.normal(size=(256, 20))
    shares = first_order(x, y).share
    assert abs(shares.mean()) < 4 * shares.mean(axis=0).std() / np.sqrt(20)
    assert shares.min() < 0  # its noise is shown


def coverage(sample, draws, repetitions=200):
    """How often the interval holds the known share of a linear function of four normal inputs."""
    weights = np.array([0.8, 0.5, 0.3, 0.0])
    true = weights**2 / (weights**2).sum()
    held = np.zeros(4)
    for seed in range(repetitions):
        x = sample(seed, draws)
        found = first_order(x, (ndtri(x) @ weights)[:, None])
        held += (found.low[:, 0] <= true) & (true <= found.high[:, 0])
    return held / repetitions


def test_intervals_of_random_draws_hold_the_true_share_about_95_times_in_100():
    found = coverage(lambda seed, draws: np.random.default_rng(seed).random((draws, 4)), 512)
    assert (found[:3] >= 0.88).all()
    assert (found[:3] <= 0.99).all()
    assert found[3] >= 0.95  # an idle input: a little too wide, on the safe side


def test_intervals_of_our_streams_hold_the_true_share_at_least_88_times_in_100():
    found = coverage(lambda seed, draws: drawn(4, draws, seed), 512)
    assert (found >= 0.88).all()


def test_permuting_the_inputs_permutes_the_answer_and_changes_nothing_else():
    x = drawn(4, draws=1000)
    y = ishigami(x)[:, None]
    order = [2, 0, 3, 1]
    there, here = first_order(x[:, order], y), first_order(x, y)
    assert np.array_equal(there.share, here.share[order])
    assert np.array_equal(there.standard_error, here.standard_error[order])


def test_many_outputs_at_once_are_the_same_as_one_at_a_time():
    x = drawn(3, draws=500)
    y = np.column_stack([x[:, 0] ** power + x[:, 1] for power in range(1, 41)])
    at_once = first_order(x, y)
    for output in (0, 15, 16, 39):
        alone = first_order(x, y[:, output : output + 1])
        assert np.allclose(at_once.share[:, [output]], alone.share, rtol=0, atol=1e-12)
        assert np.allclose(at_once.high[:, [output]], alone.high, rtol=0, atol=1e-12)


def test_units_and_origin_of_inputs_and_outputs_do_not_matter():
    x = drawn(3, draws=500)
    y = ishigami(x)[:, None]
    assert first_order(np.exp(9 * x), 1e6 + 1e3 * y).share == pytest.approx(first_order(x, y).share)


def test_an_input_that_decides_the_output_alone_has_a_share_of_nearly_1():
    x = drawn(1, draws=4096)
    assert first_order(x, x**2).share[0, 0] == pytest.approx(1, abs=0.001)


def test_an_output_that_does_not_move_has_no_variance_to_share():
    x = drawn(2, draws=100)
    rounding = 0.1 + 1e-17 * np.arange(100) + np.where(np.arange(100) % 2, 0, 2.0**-56)
    found = first_order(x, np.column_stack([np.full(100, 0.1), np.zeros(100), rounding]))
    assert np.isnan(found.share).all()
    assert np.isnan(found.low).all()


def test_an_input_that_does_not_move_explains_exactly_nothing():
    x = np.column_stack([drawn(1, draws=100), np.full(100, 3.0)])
    found = first_order(x, np.column_stack([x[:, 0], np.zeros(100)]))
    assert found.share[1, 0] == found.low[1, 0] == found.high[1, 0] == 0.0
    assert np.isnan(found.share[1, 1])


def test_an_on_off_input_gets_its_share():
    x = np.column_stack([drawn(2)[:, 0] > 0.5, drawn(2)[:, 1]]).astype(float)
    y = (x[:, 0] + x[:, 1])[:, None]
    assert first_order(x, y).share[0, 0] == pytest.approx(0.75, abs=0.02)


@pytest.mark.parametrize(
    ("x", "y", "bins", "words"),
    [
        (np.ones((9, 2)), np.ones((8, 1)), None, r"x has shape \(9, 2\) and y \(8, 1\)"),
        (np.ones((9, 2)), np.ones(9), None, "for the same draws"),
        (np.ones((9, 2)), np.full((9, 1), np.nan), None, "finite number"),
        (np.ones((9, 2)), np.ones((9, 1)), 5, "9 draws in 5 bins"),
        (np.ones((9, 2)), np.ones((9, 1)), 1, "at least 2 bins"),
        (np.ones((3, 2)), np.ones((3, 1)), None, "3 draws in 2 bins"),
    ],
)
def test_what_cannot_be_answered_is_refused(x, y, bins, words):
    with pytest.raises(ValueError, match=words):
        first_order(x, y, bins)
