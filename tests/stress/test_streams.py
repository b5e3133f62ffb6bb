"""Random streams: keyed by address, evenly spread, and strangers to one another."""

import numpy as np
import pytest
from scipy.stats import chisquare, kstest

from footprint.stress.streams import MOST_DRAWS, PRODUCTS, uniforms

GOLDEN = [
    [814035408, 3608866275],
    [1793830931, 4265689573],
    [4257304949, 2346045212],
    [615442582, 3732383434],
]
MANY = [f"schemes/scheme-{number}.reach" for number in range(120)]


def test_adding_removing_or_reordering_addresses_changes_no_other_column():
    three = uniforms(["a", "b", "c"], 300, seed=7)
    assert np.array_equal(uniforms(["c", "new", "a"], 300, seed=7)[:, [2, 0]], three[:, [0, 2]])


def test_draws_are_the_same_bytes_whatever_range_is_asked_for():
    whole = uniforms(MANY[:5], 5000, seed=7)
    parts = [uniforms(MANY[:5], range(start, start + 250), seed=7) for start in range(0, 5000, 250)]
    assert np.concatenate(parts).tobytes() == np.ascontiguousarray(whole).tobytes()
    assert np.array_equal(uniforms(MANY[:5], range(3, 5000, 11), seed=7), whole[3::11])


def test_the_numbers_never_change_from_one_version_or_machine_to_the_next():
    drawn = uniforms(["prices/pay", "schemes/falls.réach"], range(4094, 4098), seed=2026)
    assert (drawn * 2**32).astype(np.int64).tolist() == GOLDEN


def test_another_seed_or_another_address_gives_another_stream():
    columns = [uniforms([name], 64, seed)[:, 0] for name in ("a", "b") for seed in (0, 1)]
    assert len({column.tobytes() for column in columns}) == 4


@pytest.mark.parametrize("block", [16, 256, 4096, 65536])
def test_every_aligned_block_has_one_draw_in_each_cell(block):
    start = 3 * block  # not only the first block
    drawn = uniforms(MANY[:6], range(start, start + 2 * block), seed=3).reshape(2, block, 6)
    cells = np.sort(np.floor(drawn * block), axis=1)
    assert (cells == np.arange(block)[None, :, None]).all()


def test_values_lie_strictly_between_0_and_1_up_to_the_last_draw_number():
    last = uniforms(MANY, range(MOST_DRAWS - 64, MOST_DRAWS), seed=1)
    assert last.min() > 0.0
    assert last.max() < 1.0


def test_one_draw_over_many_addresses_is_uniform():
    for draw in (0, 1, 4095, 99_999):
        first = uniforms([f"x{n}" for n in range(2000)], range(draw, draw + 1), seed=5)[0]
        assert kstest(first, "uniform").pvalue > 0.001


def test_every_one_of_the_32_bits_is_on_half_the_time_and_ignorant_of_the_others():
    drawn = uniforms([f"x{n}" for n in range(10_000)], range(12_345, 12_346), seed=5)[0]
    bits = (drawn * 2**32).astype(np.int64)[:, None] >> np.arange(32) & 1
    allowed = 4.5 * 0.5 / np.sqrt(len(bits))
    assert np.abs(bits.mean(axis=0) - 0.5).max() < allowed
    pairs = np.corrcoef(bits.T)[np.triu_indices(32, 1)]
    assert np.abs(pairs).max() < 4.5 / np.sqrt(len(bits))


def test_two_draws_of_a_block_of_16_fall_in_any_two_different_cells_alike():
    drawn = uniforms([f"x{n}" for n in range(12_000)], range(32, 40, 7), seed=5)
    one, other = np.floor(drawn * 16).astype(int)
    counts = np.bincount(16 * one + other, minlength=256).reshape(16, 16)
    assert np.diag(counts).sum() == 0
    assert chisquare(counts[~np.eye(16, dtype=bool)]).pvalue > 0.001


def test_pairs_of_addresses_are_as_uncorrelated_as_independent_stratified_samples():
    drawn = uniforms(MANY, 4096, seed=11)
    between = np.corrcoef(drawn.T)[np.triu_indices(len(MANY), 1)]
    scaled = between * np.sqrt(4096)
    # 1.066: two strata of one block of 16 are never the same, so pairs differ a little in excess.
    assert np.mean(scaled**2) == pytest.approx(1.066, abs=0.08)
    assert abs(scaled.mean()) < 4 / np.sqrt(len(scaled))
    assert np.abs(scaled).max() < 5.5


def test_the_corners_of_two_addresses_are_filled_evenly():
    drawn = uniforms(MANY[:40], 4096, seed=13)
    both_high = [
        ((drawn[:, i] > 0.75) & (drawn[:, j] > 0.75)).sum() for i in range(40) for j in range(i)
    ]
    expected, spread = 4096 / 16, np.sqrt(4096 / 16 * 9 / 16)
    assert np.mean(both_high) == pytest.approx(expected, abs=4 * spread / np.sqrt(780))
    assert np.std(both_high) == pytest.approx(spread, rel=0.15)


def test_a_mean_over_many_assumptions_is_far_steadier_than_with_plain_random_draws():
    means = [uniforms(MANY[:100], 256, seed).sum(axis=1).mean() for seed in range(60)]
    plain = np.sqrt(100 / 12 / 256)
    assert np.mean(means) == pytest.approx(50, abs=0.001)
    assert np.std(means) < plain / 50


def test_products_in_the_field_of_sixteen_permute_the_digits_and_obey_the_field():
    table = PRODUCTS.reshape(15, 16)
    assert all(sorted(row) == list(range(16)) for row in table.tolist())
    assert table[0].tolist() == list(range(16))  # times one
    assert table[1, 8] == 3  # x times x^3 is x^4, which is x + 1
    assert np.array_equal(table[:, 1:], table[:, 1:].T)


def test_no_draws_and_no_addresses_give_empty_columns():
    assert uniforms(["a"], 0, seed=1).shape == (0, 1)
    assert uniforms([], 8, seed=1).shape == (8, 0)


def test_an_address_given_twice_is_refused_by_name():
    with pytest.raises(ValueError, match=r"more than once: prices/pay\. An address has one"):
        uniforms(["prices/pay", "a", "prices/pay"], 4, seed=1)


@pytest.mark.parametrize("draws", [range(-1, 4), range(9, 0, -1), range(MOST_DRAWS + 1), -3])
def test_draw_numbers_that_do_not_count_upwards_from_0_are_refused(draws):
    with pytest.raises(ValueError, match="count upwards from 0 to 4,294,967,295"):
        uniforms(["a"], draws, seed=1)
