"""This process: a few pieces at a time, because numpy lets go of the interpreter in its loops."""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from footprint.model.area import Area
from footprint.model.chain import stand
from footprint.stress.engines.base import CannotRun, Done, Engine, Settings
from footprint.stress.piece import Piece, run_piece

THREADS = min(2, os.cpu_count() or 1)
"""Pieces at work at once. No answer depends on it."""


@dataclass(frozen=True)
class Local(Engine):
    """Works pieces out here and now."""

    name = "local"

    @classmethod
    def of(cls, settings: Settings) -> "Local":
        """See `Engine`."""
        if settings.processes > 1:
            raise CannotRun(
                "the local engine is this process alone: use --engine processes, "
                "or leave --processes out"
            )
        if settings.scheduler:
            raise CannotRun("only the dask engine has a scheduler: use --engine dask")
        return cls()

    def run(self, area: Area, pieces: Sequence[Piece]) -> Iterator[Done]:
        """See `Engine`."""
        stand(area)  # once, not once a thread
        threads = ThreadPoolExecutor(THREADS)
        try:
            yield from threads.map(lambda piece: (piece, run_piece(area, piece)), pieces)
        finally:
            threads.shutdown(cancel_futures=True)
