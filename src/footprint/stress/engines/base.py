"""What an engine is: something that works out pieces, anywhere, in any order."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from footprint.model.area import Area
from footprint.stress.piece import Piece, run_piece

Floats = NDArray[np.float64]
Done = tuple[Piece, Floats]
Batch = tuple[Piece, ...]


class CannotRun(Exception):
    """The futures cannot be worked out as asked; the message says why and what to do."""


@dataclass(frozen=True)
class Settings:
    """What a person may say of where to run. No answer depends on it.

    - `processes`: on this machine.
    - `scheduler`: address of a Dask scheduler.
    - `batch`: pieces that are sent together.
    """

    processes: int = 1
    scheduler: str | None = None
    batch: int = 1


class Engine(ABC):
    """Works out pieces somewhere. Add one by adding a file here with a subclass in it."""

    name: ClassVar[str]

    @classmethod
    @abstractmethod
    def of(cls, settings: Settings) -> "Engine":
        """The engine so set. Raises CannotRun when it cannot be had."""

    @abstractmethod
    def run(self, area: Area, pieces: Sequence[Piece]) -> Iterator[Done]:
        """Every piece once with its outputs, in whatever order they are finished.

        Holds few of them at a time. Whoever stops listening stops the work. Raises CannotRun
        when it is cut off from whoever does it.
        """


def work(area: Area, batch: Batch) -> list[Done]:
    """Work out some pieces, one after another."""
    return [(piece, run_piece(area, piece)) for piece in batch]


def batches(pieces: Sequence[Piece], size: int) -> list[Batch]:
    """Pieces in batches of `size`, the last perhaps smaller."""
    return [tuple(pieces[i : i + size]) for i in range(0, len(pieces), size)]


def as_they_come(
    submit: Callable[[Batch], Future[list[Done]]],
    waiting_line: Sequence[Batch],
    width: Callable[[], int],
) -> Iterator[Done]:
    """Submit batches and give their results as they are finished.

    At most `width()` batches are out at a time, so that results nobody has taken yet do not
    pile up. When the listener goes, what has not begun is cancelled.
    """
    out: set[Future[list[Done]]] = set()
    line = list(reversed(waiting_line))
    try:
        while line or out:
            while line and len(out) < width():
                out.add(submit(line.pop()))
            finished, out = wait(out, return_when=FIRST_COMPLETED)
            while finished:
                yield from finished.pop().result()
    finally:
        for future in out:
            future.cancel()
