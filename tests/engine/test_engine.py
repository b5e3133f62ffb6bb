"""Every engine gives what one readable future gives, whoever stands beside it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.engine import engine, simulate, simulate_one, which
from footprint.engine.kernel import find_kernel, run_kernel, source_digest
from footprint.engine.oracle import OUTPUTS
from tests.engine.small_area import futures, made_up

ENGINES = ["numpy", "kernel"]
TOLERANCE = {"double": 1e-12, "single": 1e-5}
SHAPES = [
    {},
    {"G": 3, "C": 1},
    {"L": 1, "S": 1, "G": 2, "V": 1, "Q": 1, "O": 1, "B": 1, "C": 1, "T": 1},
    {"L": 3, "S": 3, "A": 23, "G": 7, "T": 9, "V": 13, "Q": 4, "B": 6, "C": 3},
]


@pytest.fixture(params=ENGINES)
def by(request):
    if request.param == "kernel" and find_kernel().library is None:
        pytest.skip(f"no compiled kernel: {find_kernel().why}")
    return request.param


def one_by_one(area, theta):
    each = [simulate_one(area, row) for row in theta]
    return {name: np.stack([y[name] for y in each]) for name in OUTPUTS}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("precision", ["double", "single"])
def test_a_batch_agrees_with_one_future_at_a_time(by, precision, shape):
    area = made_up(**shape)
    theta = futures(area, 21)
    found, known = simulate(area, theta, precision, by=by), one_by_one(area, theta)
    for name in OUTPUTS:
        np.testing.assert_allclose(found[name], known[name], rtol=TOLERANCE[precision])


def test_neither_threads_nor_neighbours_nor_order_change_a_bit(by):
    area = made_up()
    theta = futures(area, 45)
    whole = simulate(area, theta, by=by)
    order = np.random.default_rng(3).permutation(45)
    for name, known in whole.items():
        for threads in (1, 3):
            assert np.array_equal(simulate(area, theta, threads=threads, by=by)[name], known)
        assert np.array_equal(simulate(area, theta[order], by=by)[name], known[order])
        alone = np.concatenate([simulate(area, theta[i : i + 1], by=by)[name] for i in range(45)])
        assert np.array_equal(alone, known)


@pytest.mark.parametrize("shared", [("people",), ("people", "rates"), ("prices",), ("rates",)])
def test_sharing_people_or_rates_changes_no_bit(by, shared):
    """Futures that agree are worked out once; the figures are those of working each out."""
    area = made_up()
    theta = futures(area, 40)
    for drive in shared:
        columns = area.which(drive)
        theta[:, columns] = theta[np.arange(40) % 3][:, columns]
    whole = simulate(area, theta, by=by)
    for name, known in whole.items():
        alone = [simulate(area, theta[i : i + 1], by=by)[name] for i in range(40)]
        assert np.array_equal(np.concatenate(alone), known)


@pytest.mark.parametrize("precision", ["double", "single"])
def test_every_kind_of_processor_gives_the_same_to_the_tolerance(precision):
    if find_kernel().library is None:
        pytest.skip(f"no compiled kernel: {find_kernel().why}")
    area = made_up()
    theta = futures(area, 19)
    known = one_by_one(area, theta)
    kind = np.float64 if precision == "double" else np.float32
    for level in (0, 3, 4):
        out = {name: np.zeros(y.shape, dtype=kind) for name, y in known.items()}
        run_kernel(area, theta, out, threads=2, level=level)
        for name, y in known.items():
            np.testing.assert_allclose(out[name], y, rtol=TOLERANCE[precision])


@given(keep=st.sets(st.sampled_from(sorted(OUTPUTS)), min_size=1))
def test_what_is_not_kept_changes_nothing_that_is(keep):
    area = made_up()
    theta = futures(area, 5)
    whole = simulate(area, theta)
    found = simulate(area, theta, keep=tuple(keep))
    assert set(found) == keep
    assert all(np.array_equal(found[name], whole[name]) for name in keep)


@pytest.mark.parametrize("drive", ["people", "rates", "prices"])
def test_each_column_moves_what_it_says_and_prices_leave_activity_alone(by, drive):
    area = made_up()
    theta = np.repeat(area.neutral[None], 2, axis=0)
    theta[1, area.which(drive)] += 0.05
    found = simulate(area, theta, by=by)
    assert not np.allclose(found["cost"][0], found["cost"][1])
    assert np.array_equal(found["activity"][0], found["activity"][1]) == (drive == "prices")


def test_nobody_moves_where_nothing_happens(by):
    """No births, deaths, moves or migration: people age, and none is lost."""
    area = made_up(T=30, V=1, Q=1)
    still = {name: np.zeros_like(getattr(area, name)) for name in ("up", "down", "deaths")}
    fields = area.__getstate__() | still | {"fertility": np.zeros(11)}
    fields["rates"] = np.ones_like(area.rates)
    found = simulate(type(area)(**fields), area.neutral[None], by=by)
    assert found["activity"][0, :, 0] == pytest.approx(np.full(30, area.people.sum()))


def test_the_stated_engine_is_the_one_that_runs(monkeypatch):
    monkeypatch.setenv("FOOTPRINT_ENGINE", "numpy")
    assert engine() == "numpy"
    assert "plain numpy" in which()
    monkeypatch.setenv("FOOTPRINT_ENGINE", "fast")
    with pytest.raises(ValueError, match="may be kernel or numpy"):
        engine()


def test_a_kernel_older_than_its_source_is_not_used():
    found = find_kernel()
    assert found.library is None or found.library.footprint_digest().decode() == source_digest()


def test_faults_of_an_area_are_given_all_at_once():
    area = made_up()
    fields = area.__getstate__() | {"mother": 5, "fertility": np.zeros(3)}
    with pytest.raises(ValueError, match=r"fertility is \(3,\) where \(11,\) .*mother must be"):
        type(area)(**fields)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda theta: theta[:, 1:], "futures by"),
        (lambda theta: theta * np.nan, "finite number"),
    ],
)
def test_futures_that_cannot_be_run_are_refused(spoil, words):
    area = made_up()
    with pytest.raises(ValueError, match=words):
        simulate(area, spoil(futures(area, 2)))
    with pytest.raises(ValueError, match="keep may name"):
        simulate(area, futures(area, 2), keep=("joy",))


def test_no_futures_give_no_figures(by):
    area = made_up()
    assert simulate(area, futures(area, 0), by=by)["cost"].shape == (0, 6, 4)
