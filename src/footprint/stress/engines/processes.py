"""Several processes on this machine."""

import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context

from footprint.model.area import Area
from footprint.plan.schema import Plan
from footprint.stress.engines.base import (
    Batch,
    CannotRun,
    Done,
    Engine,
    Settings,
    as_they_come,
    batches,
    work,
)
from footprint.stress.piece import Piece

MOST_FALLS = 3
"""A pool that falls this often will not stand."""


@dataclass(frozen=True)
class Processes(Engine):
    """A pool of processes. One that is killed is replaced, and what it held is done again."""

    name = "processes"
    count: int
    batch: int

    @classmethod
    def of(cls, settings: Settings) -> "Processes":
        """See `Engine`."""
        if settings.scheduler:
            raise CannotRun("only the dask engine has a scheduler: use --engine dask")
        return cls(settings.processes, settings.batch)

    def run(self, area: Area, pieces: Sequence[Piece]) -> Iterator[Done]:
        """See `Engine`."""
        left = dict.fromkeys(pieces)
        for _ in range(MOST_FALLS):
            try:
                for piece, outputs in self._run_pool(area, list(left)):
                    del left[piece]
                    yield piece, outputs
                return
            except BrokenProcessPool:
                continue
        raise CannotRun(
            f"a process was ended from outside {MOST_FALLS} times, most likely for want of "
            f"memory: try fewer than {self.count}"
        )

    def _run_pool(self, area: Area, pieces: list[Piece]) -> Iterator[Done]:
        todo = batches(pieces, self.batch)
        count = min(self.count, len(todo))
        pool = ProcessPoolExecutor(count, get_context("spawn"), _start, (area.plan,))
        try:
            yield from as_they_come(
                lambda batch: pool.submit(_work, batch), todo, lambda: 2 * count
            )
        finally:
            pool.shutdown(cancel_futures=True)


# A worker process makes the area once and keeps it, because it is the same for every piece.
_HERE: dict[str, Area] = {}


def _start(plan: Plan) -> None:
    # Ctrl-C goes to every process of a terminal; the one that started these ends them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _HERE["area"] = Area.of(plan)


def _work(batch: Batch) -> list[Done]:
    return work(_HERE["area"], batch)
