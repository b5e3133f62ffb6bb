"""First-order shares of variance of many outputs, by the compiled kernel where there is one."""

import ctypes
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from footprint.engine.description import Floats, Ints
from footprint.engine.kernel import find_kernel, labour
from footprint.engine.run import engine


class _Sample(ctypes.Structure):
    _fields_ = (
        *((name, ctypes.c_int64) for name in ("draws", "inputs", "outputs", "bins")),
        *((name, ctypes.c_void_p) for name in ("order", "edge", "y", "share", "error")),
    )


def variance_shares(
    x: Floats, y: NDArray[np.float64] | NDArray[np.float32], edges: Ints, threads: int
) -> tuple[Floats, Floats] | None:
    """Share and standard error [input, output], or None where there is no compiled kernel.

    `x` [draw, input] is sorted and cut at `edges` [bin + 1]; `y` [draw, output] keeps its
    precision. What they mean, and the same in numpy: `footprint.stress.sensitivity`.
    """
    if engine() != "kernel" or not len(x) or not x.shape[1] or not y.shape[1]:
        return None
    found = find_kernel()
    share, error = (np.empty((x.shape[1], y.shape[1])) for _ in range(2))
    double = y.dtype != np.float32
    arrays: dict[str, NDArray[Any]] = {
        "order": _orders(x, threads),
        "edge": np.ascontiguousarray(edges, dtype=np.int64),
        "y": np.ascontiguousarray(y, dtype=np.float64 if double else np.float32),
        "share": share,
        "error": error,
    }
    sample = _Sample(
        draws=len(x),
        inputs=x.shape[1],
        outputs=y.shape[1],
        bins=len(edges) - 1,
        **{name: array.ctypes.data for name, array in arrays.items()},
    )
    labour(found, "shares", double, [ctypes.byref(sample)], threads)
    return share, error


def _orders(x: Floats, threads: int) -> NDArray[np.int32]:
    """The draws in ascending order of each input, ties as they come: [input, draw]."""
    order = np.empty(x.T.shape, dtype=np.int32)
    columns = np.ascontiguousarray(x.T)

    def sort(i: int) -> None:
        found = np.argsort(columns[i])
        ordered = columns[i][found]
        if (ordered[1:] == ordered[:-1]).any():  # only ties need the slower, stable sort
            found = np.argsort(columns[i], kind="stable")
        order[i] = found

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(sort, range(len(order))))
    return order
