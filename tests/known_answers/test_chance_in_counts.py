"""Poisson counts: adding, thinning, intervals, and the chance that beds run out."""

import numpy as np
import pytest
from scipy.stats import binom, poisson

from footprint.model.capacity import chance_short
from footprint.model.noise import cost_spread, count_interval, thinned

DRAWS = 200_000


def test_the_sum_of_independent_poisson_counts_is_poisson_by_closed_form():
    """The distribution of a sum is the convolution of the two."""
    a, b = poisson.pmf(np.arange(120), 7.0), poisson.pmf(np.arange(120), 12.5)
    both = np.convolve(a, b)[:120]
    assert both == pytest.approx(poisson.pmf(np.arange(120), 19.5), abs=1e-14)


def test_thinning_a_poisson_count_leaves_a_poisson_count_by_closed_form():
    """P(K = k) = sum over n of Poisson(n) x Binomial(k; n, kept)."""
    n, k = np.arange(200)[:, None], np.arange(60)
    left = (poisson.pmf(n, 20.0) * binom.pmf(k, n, 0.7)).sum(axis=0)
    mean = float(thinned(np.array(20.0), np.array(0.7)))
    assert left == pytest.approx(poisson.pmf(k, mean), abs=1e-14)


def test_two_thinnings_keep_the_product_in_simulation():
    """Overlapping schemes: 12% and 25% avoided leave 0.88 x 0.75 of 100 admissions.

    The error of a simulated mean is sqrt(66 / draws) = 0.018, of the variance 0.21: four each.
    """
    chance = np.random.default_rng(1)
    admitted = chance.poisson(100, DRAWS)
    left = chance.binomial(chance.binomial(admitted, 0.88), 0.75)
    expected = float(thinned(np.array(100.0), np.array(0.88 * 0.75)))
    assert expected == pytest.approx(66)
    assert left.mean() == pytest.approx(expected, abs=4 * np.sqrt(66 / DRAWS))
    assert left.var() == pytest.approx(expected, abs=4 * 66 * np.sqrt(2 / DRAWS) * 1.01)


def test_the_sum_of_cells_scatters_as_one_count_does_in_simulation():
    cells = np.array([0.4, 3.0, 11.0, 25.6])
    total = np.random.default_rng(2).poisson(cells, (DRAWS, 4)).sum(axis=1)
    assert total.mean() == pytest.approx(40, abs=4 * np.sqrt(40 / DRAWS))
    assert total.var() == pytest.approx(40, abs=4 * 40 * np.sqrt(2 / DRAWS) * 1.02)


@pytest.mark.parametrize("share", [0.8, 0.95])
@pytest.mark.parametrize("expected", [0.3, 1.0, 4.7, 30.0, 100.0, 2_000.0])
def test_a_count_interval_holds_at_least_its_share_and_no_end_can_be_spared(expected, share):
    low, high = count_interval(np.array(expected), share)
    tail = (1 - share) / 2
    assert poisson.cdf(low - 1, expected) <= tail
    assert poisson.sf(high, expected) <= tail
    assert poisson.cdf(high, expected) - poisson.cdf(low - 1, expected) >= share
    assert low == 0 or poisson.cdf(low, expected) > tail
    assert poisson.sf(high - 1, expected) > tail


def test_the_cost_of_counts_scatters_as_stated_in_simulation():
    """sqrt(3^2 x 100 + 2^2 x 400) = 50; the error of a simulated sd is 50 / sqrt(2 draws)."""
    counts = np.random.default_rng(3).poisson([100, 400], (DRAWS, 2))
    cost = counts @ np.array([3.0, 2.0])
    stated = float(cost_spread(np.array([100.0, 400.0]), np.array([3.0, 2.0])))
    assert stated == 50
    assert cost.std() == pytest.approx(stated, abs=4 * 50 / np.sqrt(2 * DRAWS))


@pytest.mark.parametrize("mean", [0.5, 50.0, 465.0])
def test_beds_run_out_with_the_tail_of_a_poisson_when_there_is_no_season(mean):
    """M/G/infinity: the number in a bed is Poisson, whatever the lengths of stay."""
    beds = np.arange(600)
    ours = chance_short(np.array(mean), beds, np.array(0.0))
    assert ours == pytest.approx(poisson.sf(beds, mean), rel=1e-9, abs=1e-15)


def test_part_of_a_bed_holds_nobody_and_fewer_than_none_is_none():
    ours = chance_short(np.array(3.0), np.array([4.9, 4.0, -2.0, 0.0]), np.array(0.0))
    assert ours[0] == ours[1]
    assert ours[2] == ours[3] == pytest.approx(1 - np.exp(-3))


@pytest.mark.parametrize(
    ("mean", "beds", "swing"), [(50, 60, 0.1), (465, 500, 0.08), (18, 20, 0.3)]
)
def test_the_season_is_averaged_as_if_day_by_day(mean, beds, swing):
    """Twelve points of a smooth wave average it as well as 36,500 do."""
    days = 1 + swing * np.cos(2 * np.pi * (np.arange(36_500) + 0.5) / 36_500)
    direct = poisson.sf(beds, mean * days).mean()
    ours = float(chance_short(np.array(float(mean)), np.array(float(beds)), np.array(swing)))
    assert ours == pytest.approx(direct, abs=2e-5)


def test_a_season_makes_running_out_likelier_when_beds_are_enough_on_average():
    level = chance_short(np.array(50.0), np.array(60.0), np.array(0.0))
    wave = chance_short(np.array(50.0), np.array(60.0), np.array(0.1))
    assert wave > level


def test_occupancy_of_a_queue_with_infinite_servers_is_poisson_in_simulation():
    """Arrivals 5 a day, lognormal stays of mean 6 days: 30 in bed, seen once in 2,000 years.

    Independent replications, so the error of the chance is sqrt(p (1 - p) / 2,000).
    """
    chance = np.random.default_rng(4)
    occupied = np.empty(2_000)
    for i in range(len(occupied)):
        days = chance.uniform(0, 400, chance.poisson(5 * 400))
        sigma = np.sqrt(np.log(1 + 1.2**2))
        stays = chance.lognormal(np.log(6) - sigma**2 / 2, sigma, len(days))
        occupied[i] = (days + stays > 400).sum()
    stated = float(chance_short(np.array(30.0), np.array(34.0), np.array(0.0)))
    error = np.sqrt(stated * (1 - stated) / len(occupied))
    assert (occupied > 34).mean() == pytest.approx(stated, abs=4 * error)
    assert occupied.mean() == pytest.approx(30, abs=4 * np.sqrt(30 / len(occupied)))
