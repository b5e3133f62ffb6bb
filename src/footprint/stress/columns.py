"""Results of all futures, column by column: in memory while few, in a file when many.

Columns
|-- InMemory
`-- OnDisk     a temporary file that goes when it is let go
"""

import shutil
import tempfile
import weakref
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

import numpy as np
from numpy.typing import NDArray

from footprint.stress.engines.base import CannotRun

Floats = NDArray[np.float64]

IN_MEMORY = 64 * 2**20
"""Bytes of results that are held in memory; more go to a file."""


class Columns(Protocol):
    """Numbers [column, draw], written some draws at a time and read some columns at a time."""

    def put(self, first: int, values: Floats) -> None:
        """Write the draws from `first` on: [every column, some draws]."""

    def read(self, start: int, stop: int) -> Floats:
        """Read columns `start` up to but not `stop`, all draws: [column, draw]."""


def hold(columns: int, draws: int, folder: Path | None = None) -> Columns:
    """Room for so many numbers.

    In memory up to `IN_MEMORY` bytes, then in a temporary file in `folder` (by default the
    system's). Raises CannotRun when there is too little room on the disk.
    """
    size = columns * draws * 8
    if size <= IN_MEMORY:
        return InMemory(np.empty((columns, draws)))
    where = folder or Path(tempfile.gettempdir())
    free = shutil.disk_usage(where).free
    if free < size:
        raise CannotRun(
            f"{draws:,} futures of this plan need {size / 1e9:.1f} GB of disk for a while, and "
            f"{where} has {free / 1e9:.1f}. Set TMPDIR to a folder with more room, or ask for "
            "fewer futures."
        )
    file = tempfile.TemporaryFile(dir=where, buffering=0)  # noqa: SIM115 (closed when let go)
    held = OnDisk(file, draws)
    weakref.finalize(held, file.close)
    return held


@dataclass(frozen=True, eq=False)
class InMemory:
    """Columns as one array."""

    values: Floats

    def put(self, first: int, values: Floats) -> None:
        """See `Columns`."""
        self.values[:, first : first + values.shape[1]] = values

    def read(self, start: int, stop: int) -> Floats:
        """See `Columns`."""
        return self.values[start:stop]


@dataclass(frozen=True, eq=False)
class OnDisk:
    """Columns one after another in a file, so that reading one reads nothing else.

    Read and written, not mapped: pages of a mapping would count as this process's memory.
    """

    file: IO[bytes]
    draws: int

    def put(self, first: int, values: Floats) -> None:
        """See `Columns`."""
        for column, part in enumerate(np.ascontiguousarray(values)):
            self.file.seek((column * self.draws + first) * 8)
            self.file.write(part.data)

    def read(self, start: int, stop: int) -> Floats:
        """See `Columns`."""
        values = np.empty((stop - start, self.draws))
        self.file.seek(start * self.draws * 8)
        left = values.data.cast("B")
        while left:
            got = self.file.readinto(left)  # type: ignore[attr-defined]
            if not got:
                raise EOFError("the temporary file of results ends too early")
            left = left[got:]
        return values
