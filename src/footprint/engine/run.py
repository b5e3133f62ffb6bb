"""The way in: futures in batches, figures out, by whichever engine is here."""

import os
from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from footprint.engine.batch import run_numpy
from footprint.engine.description import CohortArea, Floats
from footprint.engine.kernel import LEVELS, find_kernel, run_kernel
from footprint.engine.oracle import OUTPUTS

Precision = Literal["double", "single"]
Engine = Literal["kernel", "numpy"]
Output = NDArray[np.float64] | NDArray[np.float32]

# Futures worked out before they are reduced. It bounds memory and changes no figure.
CHUNK = 1024
_CHOICE = "FOOTPRINT_ENGINE"


def engine() -> Engine:
    """Which engine runs: the compiled kernel where there is one, else numpy.

    The environment may ask for one by name (FOOTPRINT_ENGINE=numpy), to compare them.
    """
    asked = os.environ.get(_CHOICE, "")
    if asked == "numpy":
        return "numpy"
    if asked not in ("", "kernel"):
        raise ValueError(f"{_CHOICE} is {asked!r}. It may be kernel or numpy, or not be set.")
    if find_kernel().library is not None:
        return "kernel"
    if asked == "kernel":
        raise RuntimeError(f"The compiled kernel was asked for, but {find_kernel().why}.")
    return "numpy"


def which() -> str:
    """One line for people: which engine runs here, and why."""
    found = find_kernel()
    if engine() == "kernel":
        return f"Engine: compiled kernel ({LEVELS[found.level]})"
    why = found.why or f"{_CHOICE} asks for it"
    return f"Engine: plain numpy, some thirty times slower, same results (kernel: {why})"


def simulate(
    area: CohortArea,
    theta: Floats,
    precision: Precision = "double",
    threads: int = 2,
    keep: Sequence[str] = tuple(OUTPUTS),
    by: Engine | None = None,
) -> dict[str, Output]:
    """Figures of the futures `theta` [n, D]; columns as `area.columns` has them.

    Gives what `keep` names: cost [n, T, O] in GBP, activity [n, T, V] in units, beds [n, T] and
    wte [n, T]. Agrees with `simulate_one` to 1e-12 (double) or 1e-5 (single), relatively. A
    future's figures do not depend, in any bit, on the other futures or on `threads`. Only what
    must be is worked out again: futures that agree in every column that drives people share
    them, and prices do not touch activity.

    Raises ValueError where theta has the wrong shape or holds what is not a finite number, or
    where `keep` names nothing that there is.
    """
    _refuse(area, theta, keep)
    kind = np.dtype(np.float64 if precision == "double" else np.float32)
    out: dict[str, Output] = {
        name: np.empty((len(theta), *(area.sizes[i] for i in OUTPUTS[name])), dtype=kind)
        for name in OUTPUTS
        if name in keep
    }
    if len(theta):
        run = run_kernel if (by or engine()) == "kernel" else run_numpy
        run(area, theta, out, max(1, threads))
    return out


def _refuse(area: CohortArea, theta: Floats, keep: Sequence[str]) -> None:
    if theta.ndim != 2 or theta.shape[1] != area.width:
        raise ValueError(f"theta is {theta.shape}; it must be futures by {area.width} columns.")
    if not np.isfinite(theta).all():
        raise ValueError("Every value of theta must be a finite number; mend these first.")
    unknown = sorted(set(keep) - set(OUTPUTS))
    if unknown or not keep:
        raise ValueError(f"keep may name {', '.join(OUTPUTS)}; it is {', '.join(keep) or 'empty'}.")


def in_chunks(
    area: CohortArea,
    chunks: Iterator[Floats],
    precision: Precision = "double",
    threads: int = 2,
    keep: Sequence[str] = tuple(OUTPUTS),
) -> Iterator[tuple[Floats, dict[str, Output]]]:
    """Each chunk of theta with its figures: reduce one before the next is made."""
    for theta in chunks:
        yield theta, simulate(area, theta, precision, threads, keep)
