"""Beyond one machine: futures a second, what a scheduler adds, and what 42 areas cost.

42 areas x 100,000 futures is one run for every integrated care board in England.
"""

import importlib.util
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from footprint.model.area import Area
from footprint.plan.read import read_plan
from footprint.stress.engines.base import Engine, as_they_come
from footprint.stress.engines.dask import Dask
from footprint.stress.engines.local import Local
from footprint.stress.engines.processes import Processes
from footprint.stress.ensemble import Running, run_ensemble
from footprint.stress.piece import PIECE, Layout, cut

EXAMPLE = Path(__file__).parents[1] / "examples" / "leicestershire-2016"
PIECES = 12
EMPTY_PIECES = 200
AREAS, DRAWS = 42, 100_000


def main() -> dict[str, float | None]:
    """Measure on the example; print and return the figures."""
    area = Area.of(read_plan(EXAMPLE))
    list(Local().run(area, cut(area, PIECE, 1)))  # what is made once an area, and imports
    found: dict[str, float | None] = dict(_one_process(area))
    for workers in (1, 2):
        found[f"draws_a_second_{workers}_workers"] = _a_second(area, Processes(workers, 1))
    found |= _on_dask(area)
    found |= _cost(found)
    for name, value in found.items():
        print(f"{name:38} {'not measured' if value is None else f'{value:,.4g}'}")
    return found


def _one_process(area: Area) -> dict[str, float]:
    wall, core = time.perf_counter(), time.process_time()
    for _ in Local().run(area, cut(area, PIECES * PIECE, 1)):
        pass
    return {
        "seconds_a_piece": (time.perf_counter() - wall) / PIECES,
        "core_seconds_a_piece": (time.process_time() - core) / PIECES,
        "megabytes_a_piece": Layout.of(area).columns * PIECE * 8 / 1e6,
    }


def _a_second(area: Area, engine: Engine) -> float:
    """Futures a second from the first piece that arrives: starting up is left out."""
    moments: list[float] = []

    def tell(done: int, of: int) -> None:
        moments.append(time.perf_counter())

    run_ensemble(area, 2 * PIECES * PIECE, 1, Running(engine, progress=tell))
    return (len(moments) - 1) * PIECE / (moments[-1] - moments[0])


def _on_dask(area: Area) -> dict[str, float | None]:
    names = ("draws_a_second_1_dask_worker", "draws_a_second_2_dask_workers", "overhead_a_piece")
    if importlib.util.find_spec("distributed") is None:
        return dict.fromkeys(names)
    found = dict[str, float | None]()
    for workers in (1, 2):
        name = names[workers - 1]
        found[name] = _with_cluster(workers, lambda address: _a_second(area, Dask(address, 1)))
    shape = (Layout.of(area).columns, PIECE)
    found["overhead_a_piece"] = _with_cluster(1, lambda address: _empty(address, shape))
    return found


def _with_cluster(workers: int, measure: Callable[[str], float]) -> float:
    from distributed import LocalCluster

    loopback: dict[str, Any] = {
        "host": "127.0.0.1",
        "dashboard_address": "127.0.0.1:0",
        "worker_dashboard_address": "127.0.0.1:0",
        "silence_logs": 50,
    }
    with LocalCluster(n_workers=workers, threads_per_worker=1, **loopback) as cluster:
        return measure(cluster.scheduler_address)


def _empty(address: str, shape: tuple[int, int]) -> float:
    """Seconds a piece that asks for no work but brings home as many numbers."""
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        executor = client.get_executor(pure=False)

        def submit(batch: Any) -> Any:
            return executor.submit(np.ones, (1, *shape))

        start = time.perf_counter()
        batches: list[Any] = [()] * EMPTY_PIECES
        for _ in as_they_come(submit, batches, lambda: 2 * sum(client.nthreads().values())):
            pass
        return (time.perf_counter() - start) / EMPTY_PIECES


def _cost(found: dict[str, float | None]) -> dict[str, float]:
    """Core-hours of 42 areas, of work and of what the scheduler adds to it."""
    pieces = AREAS * -(-DRAWS // PIECE)
    work, overhead = found["core_seconds_a_piece"] or 0.0, found["overhead_a_piece"] or 0.0
    return {
        "pieces_of_42_areas": pieces,
        "core_hours_of_42_areas": pieces * (work + overhead) / 3600,
        "of_which_overhead": pieces * overhead / 3600,
        "gigabytes_brought_home": pieces * (found["megabytes_a_piece"] or 0.0) / 1e3,
    }


if __name__ == "__main__":
    main()
