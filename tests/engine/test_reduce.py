"""What is added up as it comes equals what would be found with everything at hand."""

import numpy as np
import pytest

from footprint.engine.reduce import FirstOrderBins, Histogram, Moments, PickFreeze
from footprint.engine.shares import variance_shares
from footprint.stress import sensitivity


def ishigami(chances):
    x = np.pi * (2 * chances - 1)
    y = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    return np.stack([y, 1e6 + y], axis=1)


def test_moments_in_pieces_are_those_of_the_whole():
    y = np.random.default_rng(1).lognormal(size=(1000, 3, 2)) + 1e5
    found = Moments()
    for piece in np.split(y, [1, 7, 400]):
        found.add(piece)
    assert found.mean == pytest.approx(y.mean(axis=0), rel=1e-14)
    assert found.variance == pytest.approx(y.var(axis=0, ddof=1), rel=1e-9)


def test_quantiles_are_right_to_the_width_of_a_cell():
    y = np.random.default_rng(2).normal(size=(5000, 4))
    found = Histogram(low=y.min(axis=0), high=y.max(axis=0))
    for piece in np.array_split(y, 7):
        found.add(piece)
    width = np.ptp(y, axis=0) / 1000
    assert found.outside == 0
    for chance in (0.1, 0.5, 0.9):
        assert (abs(found.quantile(chance) - np.quantile(y, chance, axis=0)) < 2 * width).all()


def test_first_order_bins_find_the_shares_of_ishigami():
    found = FirstOrderBins()
    rng = np.random.default_rng(3)
    for _ in range(8):
        chances = rng.random((2048, 3))
        found.add(chances, ishigami(chances))
    for output in (0, 1):
        assert found.share[:, output] == pytest.approx([0.3139, 0.4424, 0], abs=0.02)


def test_pick_freeze_finds_first_and_total_shares_of_ishigami():
    found, rng = PickFreeze(), np.random.default_rng(4)
    for _ in range(64):
        rows = PickFreeze.design(rng.random((256, 3)), rng.random((256, 3)))
        found.add(ishigami(rows), 3)
    for output in (0, 1):
        assert found.first[:, output] == pytest.approx([0.3139, 0.4424, 0], abs=0.04)
        assert found.total[:, output] == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)


@pytest.mark.parametrize(("kind", "tolerance"), [(np.float64, 1e-12), (np.float32, 1e-5)])
def test_compiled_shares_of_variance_are_those_of_numpy(kind, tolerance):
    rng = np.random.default_rng(5)
    x = rng.random((1000, 6))
    x[:, 2] = x[:, 2].round(1)  # ties
    y = (x[:, :1] + 0.3 * rng.random((1000, 37))) ** 2 + 100
    y[:, 5] = 7.1  # never moves
    edges = sensitivity._edges(1000, 31)
    known = sensitivity._by_numpy(x, y, edges)
    for threads in (1, 3):
        found = variance_shares(x, y.astype(kind), edges, threads)
        if found is None:
            pytest.skip("no compiled kernel")
        for ours, theirs in zip(found, known, strict=True):
            assert np.array_equal(np.isnan(ours), np.isnan(theirs))
            np.testing.assert_allclose(ours, theirs, rtol=0, atol=tolerance)
