"""Pick-freeze shares of 200 inputs from 1,024 draws, beside SALib's, in the same run.

Both are given the same outputs of the same model, already run: what is timed is the working out
of first-order and total shares and their bootstrap intervals from the same 100 resamples. SALib
takes one output at a time, Footprint all of them at once. SALib is installed with
`requirements/bench.in`. Each is timed three times and the quickest counts, because other work
on a machine can only slow it.
"""

from collections.abc import Callable
from time import perf_counter
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from footprint.stress.sensitivity import Z_95
from footprint.stress.understand.pick_freeze import PickFreeze, indices

INPUTS, DRAWS, OUTPUTS, RESAMPLES, SEED = 200, 1024, 4, 100, 5
GOES = 3

Floats = NDArray[np.float64]
Result = TypeVar("Result")


def outputs_of(x: Floats) -> Floats:
    """Four outputs: Sobol's g function with four sets of weights."""
    weights = [np.arange(INPUTS) * step for step in (0.5, 1.0, 2.0, 5.0)]
    factors = [np.log((np.abs(4 * x - 2) + a) / (1 + a) + 1e-300) for a in weights]
    return np.stack([np.exp(f.sum(axis=1)) for f in factors], axis=1)


def blocks() -> tuple[Floats, Floats, Floats]:
    """Outputs of A, of B, and of A with each input taken from B: [input, draw, output]."""
    a, b = np.random.default_rng(SEED).random((2, DRAWS, INPUTS))
    swapped = np.empty((INPUTS, DRAWS, OUTPUTS))
    for i in range(INPUTS):
        mixed = a.copy()
        mixed[:, i] = b[:, i]
        swapped[i] = outputs_of(mixed)
    return outputs_of(a), outputs_of(b), swapped


def main() -> dict[str, float]:
    """Time both, compare every figure, print and return what was found."""
    try:
        from SALib.analyze import sobol
    except ImportError:
        print("SALib is not here: install requirements/bench.in to compare.")
        return {}
    a, b, swapped = blocks()
    rows = np.random.default_rng(SEED).integers(DRAWS, size=(DRAWS, RESAMPLES))
    problem = {
        "num_vars": INPUTS,
        "names": [f"x{i}" for i in range(INPUTS)],
        "bounds": [[0.0, 1.0]] * INPUTS,
    }
    lines = [np.vstack([a[:, k], swapped[:, :, k], b[:, k]]).T.ravel() for k in range(OUTPUTS)]
    ours, ours_took = _timed(lambda: indices(a, b, swapped, resamples=rows))
    _, plain_took = _timed(lambda: indices(a, b, swapped))
    theirs, theirs_took = _timed(
        lambda: [sobol.analyze(problem, y, False, RESAMPLES, seed=SEED) for y in lines]
    )
    found = {
        "ratio_to_salib": theirs_took / ours_took,
        "ratio_with_influence_errors": theirs_took / plain_took,
        "max_abs_difference": _difference(ours, theirs),
        "footprint_seconds": ours_took,
        "salib_seconds": theirs_took,
    }
    print(f"{INPUTS} inputs, {DRAWS:,} draws, {OUTPUTS} outputs, {RESAMPLES} resamples")
    for name, value in found.items():
        print(f"  {name:<28} {value:.3g}")
    return found


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """What the work gives, and the seconds of the quickest of several goes."""
    took = []
    for _ in range(GOES):
        start = perf_counter()
        result = work()
        took.append(perf_counter() - start)
    return result, min(took)


def _difference(ours: PickFreeze, theirs: list[dict[str, Floats]]) -> float:
    kinds = {
        "S1": ours.first,
        "ST": ours.total,
        "S1_conf": Z_95 * ours.first_error,
        "ST_conf": Z_95 * ours.total_error,
    }
    return max(
        float(np.abs(values[:, k] - found[name]).max())
        for name, values in kinds.items()
        for k, found in enumerate(theirs)
    )


if __name__ == "__main__":
    main()
