"""First and total shares: theory, SALib to the tenth decimal, groups, a dummy, honest intervals."""

import numpy as np
import pytest

from footprint.stress.streams import uniforms
from footprint.stress.understand.pick_freeze import indices, pick_freeze

NAMES = ["x1", "x2", "x3", "nothing reads this"]


def ishigami(u):
    """T. Ishigami, T. Homma (1990), https://doi.org/10.1109/ISUMA.1990.151285."""
    x = np.pi * (2 * u - 1)
    y = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    return y[:, None]


def sobol_g(u, a=(0, 1, 4.5, 9, 99)):
    """I. M. Sobol (2001), https://doi.org/10.1016/S0378-4754(00)00270-6."""
    a = np.array(a)
    return np.prod((np.abs(4 * u[:, : len(a)] - 2) + a) / (1 + a), axis=1)[:, None]


def test_ishigami_first_and_total_shares_are_those_of_theory():
    found = pick_freeze(ishigami, NAMES, draws=16384)
    assert found.first[:, 0] == pytest.approx([0.3139, 0.4424, 0, 0], abs=0.015)
    assert found.total[:, 0] == pytest.approx([0.5576, 0.4424, 0.2437, 0], abs=0.015)


def test_sobol_g_first_and_total_shares_are_those_of_theory():
    a = np.array([0, 1, 4.5, 9, 99])
    alone = 1 / (3 * (1 + a) ** 2)
    whole = np.prod(1 + alone) - 1
    total = alone * np.prod(1 + alone) / (1 + alone) / whole
    found = pick_freeze(sobol_g, [f"x{i}" for i in range(5)], draws=16384)
    assert found.first[:, 0] == pytest.approx(alone / whole, abs=0.01)
    assert found.total[:, 0] == pytest.approx(total, abs=0.01)


def test_an_input_that_nothing_reads_has_share_0_and_the_dummy_shows_the_noise():
    found = pick_freeze(ishigami, NAMES, draws=1024)
    assert found.first[3, 0] == found.total[3, 0] == 0.0
    assert abs(found.dummy[0]) < 4 * found.dummy_error[0]
    assert found.dummy_error[0] == pytest.approx(1 / np.sqrt(1024), rel=0.2)


def test_a_group_decides_what_its_members_decide_together():
    found = pick_freeze(ishigami, NAMES, 16384, groups={"1 and 3": [0, 2], "2": [1]})
    assert found.names == ("1 and 3", "2")
    assert found.first[:, 0] == pytest.approx([0.5576, 0.4424], abs=0.015)
    assert found.total[:, 0] == pytest.approx([0.5576, 0.4424], abs=0.015)


def test_intervals_hold_the_true_share_about_95_times_in_100():
    weights = np.array([0.8, 0.5, 0.3])
    true = weights**2 / (weights**2).sum()
    held = np.zeros((2, 3))
    for seed in range(200):
        random = np.random.default_rng(seed)
        a, b = random.normal(size=(2, 256, 3))
        swapped = [np.where(np.arange(3) == i, b, a) @ weights[:, None] for i in range(3)]
        found = indices(a @ weights[:, None], b @ weights[:, None], swapped)
        for row, (low, high) in enumerate([found.first_interval, found.total_interval]):
            held[row] += (low[:, 0] <= true) & (true <= high[:, 0])
    assert (held / 200 >= 0.90).all()
    assert (held / 200 <= 0.99).all()


def test_all_outputs_at_once_are_the_same_as_one_at_a_time():
    def both(u):
        return np.hstack([ishigami(u), 1e6 * sobol_g(u, (0, 1, 9))])

    at_once = pick_freeze(both, NAMES, 512)
    for i, alone in enumerate((ishigami, lambda u: sobol_g(u, (0, 1, 9)))):
        found = pick_freeze(alone, NAMES, 512)
        assert at_once.first[:, i] == pytest.approx(found.first[:, 0], abs=1e-12)
        assert at_once.total_error[:, i] == pytest.approx(found.total_error[:, 0], abs=1e-12)


def test_a_new_input_changes_no_other_inputs_share():
    few, more = (pick_freeze(sobol_g, [f"x{i}" for i in range(n)], 512) for n in (5, 6))
    assert np.array_equal(few.total, more.total[:5])


def test_an_output_that_does_not_move_has_no_variance_to_share():
    found = pick_freeze(lambda u: np.full((len(u), 1), 0.1), NAMES, 64)
    assert np.isnan(found.first).all()
    assert np.isnan(found.total_error).all()


def our_blocks(draws=256, inputs=5, seed=3):
    a, b = np.random.default_rng(seed).random((2, draws, inputs))
    swapped = [np.where(np.arange(inputs) == i, b, a) for i in range(inputs)]
    return a, b, swapped


def test_shares_and_intervals_equal_those_salib_printed():
    """SALib 1.6.0, sobol.analyze on `our_blocks`, seed 7: numbers as it printed them."""
    a, b, swapped = our_blocks()
    rows = np.random.default_rng(7).integers(256, size=(256, 100))
    ours = indices(sobol_g(a), sobol_g(b), [sobol_g(x) for x in swapped], resamples=rows)
    assert ours.first[:, 0] == pytest.approx(SALIB_S1, abs=1e-10)
    assert ours.total[:, 0] == pytest.approx(SALIB_ST, abs=1e-10)
    assert 1.959963984540054 * ours.first_error[:, 0] == pytest.approx(SALIB_S1_CONF, abs=1e-10)
    assert 1.959963984540054 * ours.total_error[:, 0] == pytest.approx(SALIB_ST_CONF, abs=1e-10)


SALIB_S1 = [0.682707938258, 0.160716894429, 0.007398890304, -0.013312019049, 0.001633785925]
SALIB_ST = [0.765762206085, 0.239391344195, 0.026830064932, 0.011050015233, 0.000116155545]
SALIB_S1_CONF = [0.148846898662, 0.070705475019, 0.026245997831, 0.014982357029, 0.001942212958]
SALIB_ST_CONF = [0.144763037091, 0.056252733491, 0.008175453202, 0.003390925097, 0.000028219771]


def test_shares_equal_salibs_to_ten_decimals():
    sobol = pytest.importorskip("SALib.analyze.sobol", exc_type=ImportError)
    a, b, swapped = our_blocks()
    blocks = [sobol_g(x)[:, 0] for x in (a, *swapped, b)]
    problem = {"num_vars": 5, "names": list("abcde"), "bounds": [[0, 1]] * 5}
    theirs = sobol.analyze(problem, np.column_stack(blocks).ravel(), False, seed=7)
    rows = np.random.default_rng(7).integers(256, size=(256, 100))
    ours = indices(sobol_g(a), sobol_g(b), [sobol_g(x) for x in swapped], resamples=rows)
    assert ours.first[:, 0] == pytest.approx(theirs["S1"], abs=1e-10)
    assert ours.total[:, 0] == pytest.approx(theirs["ST"], abs=1e-10)
    assert 1.959963984540054 * ours.first_error[:, 0] == pytest.approx(theirs["S1_conf"], abs=1e-10)
    assert 1.959963984540054 * ours.total_error[:, 0] == pytest.approx(theirs["ST_conf"], abs=1e-10)


def test_bootstrap_and_influence_give_about_the_same_error():
    x, y = uniforms([f"x{i}" for i in range(5)], 1024, 1), uniforms(list("abcde"), 1024, 1)
    swapped = [sobol_g(np.where(np.arange(5) == i, y, x)) for i in range(5)]
    rows = np.random.default_rng(1).integers(1024, size=(1024, 400))
    drawn = indices(sobol_g(x), sobol_g(y), swapped, resamples=rows)
    worked = indices(sobol_g(x), sobol_g(y), swapped)
    assert drawn.first_error == pytest.approx(worked.first_error, rel=0.15)
    assert drawn.total_error == pytest.approx(worked.total_error, rel=0.15)


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ({"pay": []}, "'pay' has no input"),
        ({"pay": [9]}, "names input 9; there are 4"),
        ({"pay": [0], "beds": [0]}, "Input 0 is in 'pay' and in 'beds'"),
    ],
)
def test_groups_that_cannot_be_swapped_are_refused(groups, words):
    with pytest.raises(ValueError, match=words):
        pick_freeze(ishigami, NAMES, 64, groups=groups)


def test_a_model_that_gives_no_number_is_refused():
    with pytest.raises(ValueError, match="no finite number in 64 of 64 futures"):
        pick_freeze(lambda u: np.full((len(u), 1), np.nan), NAMES, 64)
    with pytest.raises(ValueError, match="a row for each future"):
        pick_freeze(lambda u: u[:, 0], NAMES, 64)
