"""Shapley effects: closed forms, every order by brute force, groups, idle inputs."""

from itertools import permutations

import numpy as np
import pytest
from scipy.special import ndtri

from footprint.stress.understand.shapley import Together, shapley

MATRIX = np.array([[1.0, 0.5, 0.2], [0.5, 1.0, 0.0], [0.2, 0.0, 1.0]])
WEIGHTS = np.array([1.0, 2.0, 0.5])


def linear(weights):
    return lambda u: (ndtri(u) @ np.asarray(weights))[:, None]


def left_over(weights, matrix, known):
    """Var(w'z | z_known) of normal scores, by Schur's complement."""
    rest = [i for i in range(len(weights)) if i not in known]
    inside = matrix[np.ix_(rest, rest)]
    if known:
        across = matrix[np.ix_(rest, known)]
        inside = inside - across @ np.linalg.solve(matrix[np.ix_(known, known)], across.T)
    return weights[rest] @ inside @ weights[rest]


def every_order(value, players):
    """Shapley shares by walking every order: value(list of known) is what is left unsure."""
    shares, orders = np.zeros(players), list(permutations(range(players)))
    for order in orders:
        for step, player in enumerate(order):
            known = sorted(order[:step])
            shares[player] += value(known) - value(sorted([*known, player]))
    return shares / len(orders) / value([])


def test_two_correlated_inputs_of_a_sum_have_the_shares_of_owen_and_prieur():
    """(w1^2 (1 - r^2/2) + w1 w2 r + w2^2 r^2/2) / Var: Owen and Prieur (2017), section 3."""
    r, w1, w2 = 0.7, 1.0, 2.0
    whole = w1**2 + 2 * r * w1 * w2 + w2**2
    expected = (w1**2 * (1 - r**2 / 2) + w1 * w2 * r + w2**2 * r**2 / 2) / whole
    found = shapley(
        linear([w1, w2]), ["a", "b"], Together.of_matrix(np.array([[1, r], [r, 1]])), 8192
    )
    assert found.share[:, 0] == pytest.approx([expected, 1 - expected], abs=0.015)
    assert found.share.sum() == pytest.approx(1.0)


def test_three_correlated_inputs_have_the_shares_of_every_order_worked_exactly():
    true = every_order(lambda known: left_over(WEIGHTS, MATRIX, known), 3)
    found = shapley(linear(WEIGHTS), list("abc"), Together.of_matrix(MATRIX), 8192)
    assert found.share[:, 0] == pytest.approx(true, abs=0.015)
    assert (np.abs(found.share[:, 0] - true) < 4 * found.standard_error[:, 0]).all()


def crooked(z):
    return z[:, 0] * z[:, 1] + np.maximum(z[:, 1] + z[:, 2], 0)


def brute_force(random, outer=400, inner=200):
    """Two nested loops and every order, with textbook conditional sampling of normals."""
    root = np.linalg.cholesky(MATRIX)

    def value(known):
        if len(known) == 3:
            return 0.0
        rest = [i for i in range(3) if i not in known]
        z = random.normal(size=(outer, 3)) @ root.T
        mean, cover = np.zeros((outer, len(rest))), MATRIX[np.ix_(rest, rest)]
        if known:
            pull = np.linalg.solve(MATRIX[np.ix_(known, known)], MATRIX[np.ix_(known, rest)])
            mean, cover = z[:, known] @ pull, cover - MATRIX[np.ix_(rest, known)] @ pull
        step = random.normal(size=(outer, inner, len(rest))) @ np.linalg.cholesky(cover).T
        every = np.repeat(z[:, None, :], inner, axis=1)
        every[:, :, rest] = mean[:, None, :] + step
        y = crooked(every.reshape(-1, 3)).reshape(outer, inner)
        return y.var(axis=1, ddof=1).mean()

    values = {}
    return every_order(lambda known: values.setdefault(tuple(known), value(known)), 3)


def test_a_crooked_output_has_the_shares_of_brute_force_over_every_order():
    true = np.mean([brute_force(np.random.default_rng(seed)) for seed in range(4)], axis=0)
    found = shapley(
        lambda u: crooked(ndtri(u))[:, None], list("abc"), Together.of_matrix(MATRIX), 8192
    )
    assert found.share[:, 0] == pytest.approx(true, abs=0.03)


def factor_model(inputs=10):
    weights = np.linspace(1, 0.1, inputs)
    pulls = np.full((1, inputs), np.sqrt(0.3))
    pulls[0, -2:] = 0.0
    return weights, Together(pulls), pulls.T @ pulls + np.diag(1 - pulls[0] ** 2)


def test_many_inputs_take_random_orders_and_have_the_shares_of_every_set():
    weights, together, matrix = factor_model()
    true = np.zeros(10)
    random = np.random.default_rng(0)
    for _ in range(500):
        order = random.permutation(10)
        for way in (order, order[::-1]):
            left = [left_over(weights, matrix, sorted(way[:k])) for k in range(10)] + [0.0]
            true[way] += -np.diff(left)
    true /= 1000 * left_over(weights, matrix, [])
    found = shapley(linear(weights), [f"x{i}" for i in range(10)], together, 8192)
    assert found.share[:, 0] == pytest.approx(true, abs=0.015)
    assert found.share.sum() == pytest.approx(1.0)
    assert (found.standard_error < 0.01).all()


def test_without_common_causes_a_sum_has_the_plain_shares():
    weights = np.array([3.0, 2.0, 1.0])
    found = shapley(linear(weights), list("abc"), Together(np.zeros((1, 3))), 4096)
    assert found.share[:, 0] == pytest.approx(weights**2 / 14, abs=0.02)


def test_an_interaction_is_shared_equally_by_those_in_it():
    found = shapley(
        lambda u: np.prod(2 * u - 1, axis=1, keepdims=True), list("ab"), Together(np.zeros((1, 2)))
    )
    assert found.share[:, 0] == pytest.approx([0.5, 0.5], abs=0.05)


def test_a_group_is_one_player_and_the_rest_is_another():
    weights, together, matrix = factor_model()
    found = shapley(
        linear(weights), [f"x{i}" for i in range(10)], together, 8192, groups={"first": [0, 1, 2]}
    )
    assert found.names == ("first", "the rest")
    alone = left_over(weights, matrix, list(range(3)))
    last = left_over(weights, matrix, list(range(3, 10)))
    whole = left_over(weights, matrix, [])
    assert found.share[0, 0] == pytest.approx((whole - alone + last) / 2 / whole, abs=0.015)


def test_an_idle_input_has_no_share_alone_and_some_if_it_moves_with_one_that_matters():
    alone = shapley(linear([1, 1, 0]), list("abc"), Together(np.zeros((1, 3))), 512)
    assert alone.share[2, 0] == pytest.approx(0.0, abs=1e-12)
    pulls = np.sqrt(np.array([[0.5, 0.0, 0.5]]))
    assert shapley(linear([1, 1, 0]), list("abc"), Together(pulls), 2048).share[2, 0] > 0.03


def test_inputs_that_are_one_and_the_same_share_equally():
    found = shapley(linear([1, 0]), list("ab"), Together(np.ones((1, 2))), 2048)
    assert found.share[:, 0] == pytest.approx([0.5, 0.5], abs=0.03)


def test_intervals_hold_the_true_share_about_95_times_in_100():
    weights, together, _ = factor_model(7)
    held = np.zeros(7)
    true = shapley(linear(weights), [f"x{i}" for i in range(7)], together, 60000, 99).share[:, 0]
    for seed in range(100):
        found = shapley(linear(weights), [f"x{i}" for i in range(7)], together, 256, seed)
        held += (found.low[:, 0] <= true) & (true <= found.high[:, 0])
    assert held.mean() / 100 >= 0.90


@pytest.mark.parametrize(
    ("addresses", "weights", "words"),
    [
        (["a"], np.zeros((1, 2)), "1 addresses and 2 inputs"),
        (["a"], np.full((2, 1), 0.8), "squares come to 1 at most"),
    ],
)
def test_what_does_not_fit_is_refused(addresses, weights, words):
    with pytest.raises(ValueError, match=words):
        shapley(linear([1]), addresses, Together(weights), 64)
