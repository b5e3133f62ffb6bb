"""Run many futures, in pieces whose size never changes the answer."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from footprint.model.area import Area
from footprint.model.chain import simulate, stand
from footprint.plan.schema import Measure, Plan
from footprint.stress.futures import draw_futures

Floats = NDArray[np.float64]
Progress = Callable[[int, int], None]

# Futures a piece. Fixed, so that sums inside a piece are the same whoever works it out.
PIECE = 256
# Pieces at work at once in one process: numpy lets go of the interpreter in its loops.
THREADS = min(2, os.cpu_count() or 1)
# What is kept of each future; everything else is summed away inside the piece.
KEPT = (
    "gap",
    "beside",
    "gap_by_lens",
    "activity",
    "spend",
    "people",
    "needed",
    "available",
    "short",
    "staff_needed",
    "staff_in_post",
)


# What each measure of a target is worked out from.
MEASURED: dict[Measure, tuple[str, ...]] = {
    "gap": ("gap",),
    "activity": ("activity",),
    "capacity needed": ("needed",),
    "days short": ("short",),
    "staff short": ("staff_needed", "staff_in_post"),
    "people": ("people",),
}


def measured(plan: Plan) -> tuple[str, ...]:
    """Names of what the targets of a plan are worked out from, the gap always among them."""
    targets = [o.target for o in plan.about.objectives.values() if o.target]
    names = ["gap", *(name for target in targets for name in MEASURED[target.measure])]
    return tuple(dict.fromkeys(names))


@dataclass(frozen=True)
class Ensemble:
    """Results of all futures, in the order of their numbers.

    `kept[name]` has `draw` as its second dimension, after world or lens, and years third.
    `apart` holds what targets measure when every assumption goes its own way, in the same form.
    `sources` [draw, stream] and `names` are what the futures were made from.
    """

    kept: dict[str, Floats]
    apart: dict[str, Floats]
    sources: Floats
    names: tuple[str, ...]


@dataclass(frozen=True)
class _Piece:
    kept: dict[str, Floats]
    apart: dict[str, Floats]
    sources: Floats
    names: tuple[str, ...]


def run_ensemble(
    area: Area, draws: int, seed: int, processes: int = 1, progress: Progress | None = None
) -> Ensemble:
    """Run futures 0 to `draws` - 1, correlated as declared and, beside that, apart.

    The same bytes for any number of processes: futures are numbered, pieces have a fixed size,
    and pieces are put together in order. `progress` is told (done, of) in futures.
    """
    pieces = [range(i, min(i + PIECE, draws)) for i in range(0, draws, PIECE)]
    done: list[_Piece] = []
    for piece in _worked(area, pieces, seed, processes):
        done.append(piece)
        if progress:
            progress(min(len(done) * PIECE, draws), draws)
    return Ensemble(
        kept=_joined([p.kept for p in done]),
        apart=_joined([p.apart for p in done]),
        sources=np.concatenate([p.sources for p in done]),
        names=done[0].names,
    )


def _joined(parts: list[dict[str, Floats]]) -> dict[str, Floats]:
    return {name: np.concatenate([p[name] for p in parts], axis=1) for name in parts[0]}


def _worked(area: Area, pieces: list[range], seed: int, processes: int) -> Iterator[_Piece]:
    if processes <= 1 or len(pieces) == 1:
        stand(area)  # once, not once a thread
        with ThreadPoolExecutor(THREADS) as threads:
            yield from threads.map(lambda piece: _run_piece(area, piece, seed), pieces)
        return
    with ProcessPoolExecutor(
        min(processes, len(pieces)), get_context("spawn"), _start_worker, (area.plan, seed)
    ) as pool:
        yield from pool.map(_work, pieces)


def _run_piece(area: Area, piece: range, seed: int) -> _Piece:
    together = draw_futures(area, piece, seed, correlated=True)
    outcome = simulate(area, together.theta, only=frozenset(KEPT))
    wanted = measured(area.plan)
    alone = draw_futures(area, piece, seed, correlated=False)
    apart = simulate(area, alone.theta, only=frozenset(wanted))
    return _Piece(
        kept={name: outcome.values(name) for name in KEPT},
        apart={name: apart.values(name) for name in wanted},
        sources=together.sources,
        names=together.names,
    )


# A worker process makes the area once and keeps it, because it is the same for every piece.
_WORKER: dict[str, tuple[Area, int]] = {}


def _start_worker(plan: Plan, seed: int) -> None:
    _WORKER["here"] = (Area.of(plan), seed)


def _work(piece: range) -> _Piece:
    area, seed = _WORKER["here"]
    return _run_piece(area, piece, seed)
