"""Many machines, through a Dask scheduler."""

import importlib.util
import logging
import pickle
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from footprint.model.area import Area
from footprint.plan.canonical import digest
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
from footprint.stress.piece import Piece, code_in_use

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = 20
"""Seconds to wait for a scheduler, and for its first worker."""


@dataclass(frozen=True)
class Dask(Engine):
    """Workers of a Dask scheduler. They may come, go and be killed while it runs.

    The plan goes out as a task of its own, which the scheduler remembers, and not as data that
    only workers hold: with all of them gone it can still be made again.
    """

    name = "dask"
    scheduler: str
    batch: int

    @classmethod
    def of(cls, settings: Settings) -> "Dask":
        """See `Engine`."""
        if importlib.util.find_spec("distributed") is None:
            raise CannotRun(
                "the dask engine is an extra that is not installed: pip install 'footprint[scale]'"
            )
        if not settings.scheduler:
            raise CannotRun(
                "the dask engine needs --scheduler, such as tcp://10.0.0.5:8786; "
                "`dask scheduler` starts one and prints its address"
            )
        if settings.processes > 1:
            raise CannotRun("the scheduler's workers are the processes: leave --processes out")
        return cls(settings.scheduler, settings.batch)

    def run(self, area: Area, pieces: Sequence[Piece]) -> Iterator[Done]:
        """See `Engine`."""
        from distributed import KilledWorker

        client = self._client()
        try:
            yield from self._results(client, area, pieces)
        except (CancelledError, OSError, TimeoutError) as error:
            raise CannotRun(
                f"the scheduler at {self.scheduler} was lost on the way. Start it again and give "
                "the same command: with --resume, what was finished is kept"
            ) from error
        except KilledWorker as error:
            raise CannotRun(
                "the same piece brought down several workers, most likely for want of memory: "
                "give each worker more"
            ) from error
        finally:
            _close(client)

    def _client(self) -> "Client":
        from distributed import Client

        try:
            client = Client(self.scheduler, timeout=PATIENCE, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise CannotRun(
                f"no Dask scheduler answers at {self.scheduler}: is the address right, and is "
                "it running?"
            ) from error
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            client.close()
            raise CannotRun(
                f"the scheduler at {self.scheduler} has no worker: "
                f"`dask worker {self.scheduler}` starts one"
            ) from error
        return client

    def _results(self, client: "Client", area: Area, pieces: Sequence[Piece]) -> Iterator[Done]:
        packed = zlib.compress(pickle.dumps(area.plan))
        plan = client.submit(bytes, packed, pure=False)
        executor = client.get_executor(pure=False)
        submit = partial(executor.submit, _work, plan)
        width = partial(_width, client)
        yield from as_they_come(submit, batches(pieces, self.batch), width)


def _close(client: "Client") -> None:
    """Let the scheduler go. It may have gone first: that has been said, and needs no traceback."""
    log = logging.getLogger("distributed.client")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with suppress(OSError, TimeoutError):
            client.close()
    finally:
        log.setLevel(level)


def _width(client: "Client") -> int:
    """Batches out at a time: two for each thread of each worker there is at this moment."""
    return max(2, 2 * sum(client.nthreads().values()))


def _work(packed: bytes, batch: Batch) -> list[Done]:
    """On a worker: work out pieces, if it would do so as the sender would."""
    here = code_in_use()
    area, plan = _area(packed)
    for piece in batch:
        if piece.code != here:
            raise CannotRun(
                f"a worker runs Footprint {here} and you {piece.code}: install the same "
                "footprint, numpy and scipy on all of them"
            )
        if piece.plan != plan:
            raise CannotRun("a worker was given another plan than the piece is of")
    return work(area, batch)


@lru_cache(maxsize=2)
def _area(packed: bytes) -> tuple[Area, str]:
    """The area of a plan and the plan's digest, made once a worker and kept."""
    plan = pickle.loads(zlib.decompress(packed))
    return Area.of(plan), digest(plan)
