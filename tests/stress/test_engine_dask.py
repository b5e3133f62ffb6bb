"""Workers on a real cluster of processes may be killed: the bytes stay the same."""

import os
import signal
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from footprint.model.area import Area
from footprint.plan.new import new_plan
from footprint.plan.read import read_plan
from footprint.stress.engines import CannotRun, Settings, choose_engine
from footprint.stress.engines.dask import Dask
from footprint.stress.ensemble import Ensemble, Running, run_ensemble
from footprint.stress.piece import PIECE, cut

distributed = pytest.importorskip(
    "distributed", reason="no Dask here: pip install 'footprint[scale]' to run these"
)
pytestmark = [
    pytest.mark.slow,
    # A worker that is killed leaves sockets to whoever collects them: not ours to close.
    pytest.mark.filterwarnings("default"),
]

# Dask serves its pages even when nobody asked for a dashboard: let them be on loopback as well.
LOOPBACK = {
    "host": "127.0.0.1",
    "dashboard_address": "127.0.0.1:0",
    "worker_dashboard_address": "127.0.0.1:0",
    "scheduler_kwargs": {"dashboard": False},
    "silence_logs": 50,
}
DRAWS = 23 * PIECE + 44
SEED = 3


@pytest.fixture(scope="module")
def area(tmp_path_factory: pytest.TempPathFactory) -> Area:
    """A new plan's area."""
    folder = tmp_path_factory.mktemp("plans") / "our-place"
    new_plan(folder)
    return Area.of(read_plan(folder))


@pytest.fixture(scope="module")
def expected(area: Area) -> dict[str, bytes]:
    """What this process finds by itself."""
    return content(run_ensemble(area, DRAWS, SEED))


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two workers, each a process, on loopback only."""
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        **LOOPBACK,
    ) as made:
        yield made


def content(ensemble: Ensemble) -> dict[str, bytes]:
    return {name: ensemble.of(name).tobytes() for name in ensemble.layout.shapes}


def workers(cluster: Any) -> list[int]:
    """The processes that do the work."""
    return sorted(nanny.pid for nanny in cluster.workers.values() if nanny.pid)


@pytest.mark.parametrize("batch", [1, 5])
def test_a_cluster_gives_the_bytes_of_one_process(
    cluster: Any, area: Area, expected: dict[str, bytes], batch: int
) -> None:
    engine = choose_engine("dask", Settings(scheduler=cluster.scheduler_address, batch=batch))
    assert content(run_ensemble(area, DRAWS, SEED, Running(engine))) == expected


def test_a_worker_killed_half_way_loses_and_changes_nothing(
    cluster: Any, area: Area, expected: dict[str, bytes]
) -> None:
    before = workers(cluster)
    killed: list[int] = []

    def kill(done: int, of: int) -> None:
        if not killed and done >= of / 2:
            killed.append(before[0])
            os.kill(before[0], signal.SIGKILL)

    running = Running(Dask(cluster.scheduler_address, 1), progress=kill)
    assert content(run_ensemble(area, DRAWS, SEED, running)) == expected
    assert killed
    assert killed[0] not in workers(cluster)


def test_every_worker_killed_half_way_loses_and_changes_nothing(
    cluster: Any, area: Area, expected: dict[str, bytes]
) -> None:
    killed: list[int] = []

    def kill(done: int, of: int) -> None:
        if not killed and done >= of / 2:
            killed.extend(workers(cluster))
            for worker in killed:
                os.kill(worker, signal.SIGKILL)

    running = Running(Dask(cluster.scheduler_address, 2), progress=kill)
    assert content(run_ensemble(area, DRAWS, SEED, running)) == expected
    assert len(killed) == 2


def test_a_run_on_a_cluster_that_was_stopped_goes_on_in_this_process(
    cluster: Any, area: Area, expected: dict[str, bytes], tmp_path: Path
) -> None:
    def stop(done: int, of: int) -> None:
        if done >= of / 2:
            raise KeyboardInterrupt

    engine = Dask(cluster.scheduler_address, 1)
    with pytest.raises(KeyboardInterrupt):
        run_ensemble(area, DRAWS, SEED, Running(engine, tmp_path, progress=stop))
    kept = len(list(tmp_path.rglob("*.npz")))
    assert DRAWS / PIECE / 2 <= kept < DRAWS / PIECE
    assert content(run_ensemble(area, DRAWS, SEED, Running(resume=tmp_path))) == expected


def test_a_worker_with_other_code_is_refused(cluster: Any, area: Area) -> None:
    other = [replace(piece, code="0.0.1+other") for piece in cut(area, PIECE, SEED)]
    with pytest.raises(CannotRun, match="install the same footprint"):
        list(Dask(cluster.scheduler_address, 1).run(area, other))


def test_a_scheduler_that_does_not_answer_is_told(
    area: Area, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("footprint.stress.engines.dask.PATIENCE", 0.5)
    for address in ("tcp://127.0.0.1:1", "nonsense://"):
        with pytest.raises(CannotRun, match="no Dask scheduler answers at"):
            list(Dask(address, 1).run(area, cut(area, PIECE, SEED)))


def test_a_scheduler_without_workers_is_told(area: Area, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("footprint.stress.engines.dask.PATIENCE", 0.5)
    with (
        distributed.LocalCluster(n_workers=0, **LOOPBACK) as empty,
        pytest.raises(CannotRun, match="has no worker"),
    ):
        list(Dask(empty.scheduler_address, 1).run(area, cut(area, PIECE, SEED)))


def test_dask_without_an_address_says_how_to_get_one() -> None:
    with pytest.raises(CannotRun, match="`dask scheduler` starts one"):
        choose_engine("dask")
