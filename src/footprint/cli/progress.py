"""Progress of anything over a second, on the error stream, so that output stays clean."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from footprint.stress.ensemble import Progress as Told

# Said without a terminal at most this often, in seconds.
_PAUSE = 2.0


@contextmanager
def counted(what: str) -> Iterator[Told]:
    """Give a function to tell (done, of); it draws a bar, or a line now and then."""
    if not sys.stderr.isatty():
        yield _lines(what)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def _lines(what: str) -> Told:
    last = time.monotonic()

    def tell(done: int, of: int) -> None:
        nonlocal last
        if time.monotonic() - last > _PAUSE:
            last = time.monotonic()
            print(f"{what}: {done:,} of {of:,}", file=sys.stderr, flush=True)

    return tell


def asked(question: str) -> None:
    """Say which of the deeper questions is being asked."""
    print(f"asking {question}", file=sys.stderr, flush=True)
