"""Run many futures, in pieces whose size never changes the answer."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from footprint.model.area import Area
from footprint.stress.columns import Columns, hold
from footprint.stress.engines.base import Done, Engine
from footprint.stress.engines.local import Local
from footprint.stress.futures import source_names
from footprint.stress.piece import Layout, Piece, cut
from footprint.stress.store import DamagedPiece, Store
from footprint.stress.streams import uniforms

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]


def _say_nothing(sentence: str) -> None:
    """For whoever does not want to be told."""


@dataclass(frozen=True)
class Running:
    """How futures are run. No answer depends on it.

    - `engine`: where they are worked out.
    - `resume`: a folder that keeps finished pieces, and from which they are taken.
    - `progress`: is told (done, of) in futures.
    - `say`: is told in a sentence what somebody should know.
    """

    engine: Engine = field(default_factory=Local)
    resume: Path | None = None
    progress: Progress | None = None
    say: Callable[[str], None] = _say_nothing


@dataclass(frozen=True, eq=False)
class Ensemble:
    """Results of all futures, in the order of their numbers.

    `names` are the independent sources of doubt that the futures were made from.
    """

    draws: int
    seed: int
    names: tuple[str, ...]
    layout: Layout
    columns: Columns

    def of(self, name: str, *index: int) -> Floats:
        """An output by future, [..., draw]; `index` fixes the first of its dimensions.

        Names and dimensions are those of `piece.OUTPUTS`: `of("gap", world, year, partner)` is
        [draw], `of("gap", world)` is [year, partner, draw]. What targets measure is there again,
        its name after `piece.APART`, for when every assumption goes its own way. Memory grows
        with what is asked for, so ask for one at a time. Not to be written to.
        """
        start, left = self.layout.where(name, *index)
        values = self.columns.read(start, start + int(np.prod(left, dtype=int)))
        return values.reshape(*left, self.draws)

    def sources(self, names: Sequence[str]) -> Floats:
        """Quantiles of sources of doubt: [draw, name]. Made again from their streams."""
        return uniforms(names, self.draws, self.seed)


def run_ensemble(area: Area, draws: int, seed: int, running: Running | None = None) -> Ensemble:
    """Run futures 0 to `draws` - 1, correlated as declared and, beside that, apart.

    The same bytes for any engine, number of workers, batch and order: futures are numbered,
    pieces have a fixed size, and each is put in its own place. Raises CannotRun where the
    engine cannot go on.
    """
    running = running or Running()
    layout, pieces = Layout.of(area), cut(area, draws, seed)
    columns = hold(layout.columns, draws, running.resume)
    left, done = set(pieces), 0
    for piece, outputs in _results(area, pieces, running):
        left.remove(piece)
        columns.put(piece.first, outputs)
        done += len(piece.futures)
        if running.progress:
            running.progress(done, draws)
    if left:
        raise RuntimeError(f"the engine left out {len(left)} of {len(pieces)} pieces")
    return Ensemble(draws, seed, source_names(area), layout, columns)


def _results(area: Area, pieces: Sequence[Piece], running: Running) -> Iterator[Done]:
    """Every piece once: those kept from before, then those that are worked out now."""
    if running.resume is None:
        yield from running.engine.run(area, pieces)
        return
    store = Store.of(running.resume, pieces[0])
    missing = []
    for piece in pieces:
        outputs = _kept(store, piece, running.say)
        if outputs is None:
            missing.append(piece)
        else:
            yield piece, outputs
    if not missing:
        return
    for piece, outputs in running.engine.run(area, missing):
        store.keep(piece, outputs)
        yield piece, outputs


def _kept(store: Store, piece: Piece, say: Callable[[str], None]) -> Floats | None:
    try:
        return store.find(piece)
    except DamagedPiece as error:
        say(f"{error}: futures {piece.first:,} to {piece.stop - 1:,} are worked out again")
        return None
