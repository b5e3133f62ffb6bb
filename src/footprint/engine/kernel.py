"""The compiled kernel: found beside this file, checked against its source, called with ctypes.

ctypes needs no Python headers to build against and lets go of the interpreter while the kernel
runs, so ordinary threads are enough.
"""

import ctypes
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from footprint.engine.description import BLOCKS, SHAPES, CohortArea, Floats
from footprint.engine.jobs import cut_jobs

Array = NDArray[Any]
HERE = Path(__file__).parent
SOURCES = ("kernel.c", "shares.c", "entry.c")
ALIGNED = 128
LIBRARY = "_kernel.so"
LEVELS = {4: "x86-64-v4, 64-byte registers", 3: "x86-64-v3, 32-byte registers", 0: "base"}

# Order of the fields of Area in kernel.c.
_SIZES = "LSAGTVQOBC"
_INDICES = ("band_start", "coarse_of_band", "coarse_of_age", "service_order", "group_start")
_ARRAYS = tuple(name for name in SHAPES if name not in ("coarse_of_band", "group_of_service"))


class _Area(ctypes.Structure):
    _fields_ = (
        *((name, ctypes.c_int64) for name in (*_SIZES, "mother", "columns")),
        *((f"at_{block.name}", ctypes.c_int64) for block in BLOCKS),
        *((name, ctypes.c_void_p) for name in (*_INDICES, *_ARRAYS)),
    )


class _Work(ctypes.Structure):
    _fields_ = (
        ("jobs", ctypes.c_int64),
        *((name, ctypes.c_void_p) for name in ("people", "first_pass", "row", "same_use", "theta")),
        *((name, ctypes.c_void_p) for name in ("cost", "activity", "beds", "wte")),
    )


@dataclass(frozen=True)
class Found:
    """The library and the level it runs at, or why there is none."""

    library: ctypes.CDLL | None
    level: int
    why: str

    @property
    def loaded(self) -> ctypes.CDLL:
        """The library; refused with the reason where there is none."""
        if self.library is None:
            raise RuntimeError(f"There is no compiled kernel: {self.why}.")
        return self.library


def source_digest() -> str:
    """What the compiled kernel must have been made from."""
    return sha256(b"".join((HERE / name).read_bytes() for name in SOURCES)).hexdigest()[:16]


@lru_cache(maxsize=1)
def find_kernel() -> Found:
    """The compiled kernel, if it is here, loads, and was made from the present source."""
    path = HERE / LIBRARY
    if not path.exists():
        return Found(None, 0, "it was not compiled here")
    try:
        library = ctypes.CDLL(str(path))
    except OSError as fault:
        return Found(None, 0, f"it does not load: {fault}")
    library.footprint_digest.restype = ctypes.c_char_p
    if library.footprint_digest().decode() != source_digest():
        return Found(None, 0, "it is older than its source; `make setup` compiles it again")
    for name in ("level", "lanes", "scratch", "shares_scratch"):
        getattr(library, f"footprint_{name}").restype = ctypes.c_int64
    return Found(library, int(library.footprint_level()), "")


def run_kernel(
    area: CohortArea,
    theta: Floats,
    out: Mapping[str, Array],
    threads: int,
    level: int | None = None,
) -> None:
    """Fill `out` [n, ...] for the futures `theta` [n, D], in the precision of `out`."""
    found = find_kernel()
    kind = next(iter(out.values())).dtype
    double = kind == np.float64
    if level is not None:
        found = replace(found, level=min(level, found.level))
    arrays = _arrays(area, kind)
    described = _describe(area, arrays)
    lanes = int(found.loaded.footprint_lanes(_int(found.level), _int(double)))
    jobs = cut_jobs(area, theta, lanes, threads)
    theta = np.ascontiguousarray(theta, dtype=np.float64)
    parts: dict[str, Array] = {
        "people": jobs.people,
        "first_pass": jobs.first_pass,
        "row": jobs.row,
    }
    parts |= {"same_use": jobs.same_use, "theta": theta, **out}
    work = _Work(jobs=len(jobs.people), **{name: part.ctypes.data for name, part in parts.items()})
    labour(found, "run", double, [ctypes.byref(described), ctypes.byref(work)], threads)


def labour(found: Found, task: str, double: bool, said: list[Any], threads: int) -> None:
    """Let `threads` threads take work from one counter until there is none; each has scratch."""
    level, precision = _int(found.level), _int(double)
    sized = "footprint_scratch" if task == "run" else f"footprint_{task}_scratch"
    needed = int(getattr(found.loaded, sized)(level, precision, said[0]))
    counter = ctypes.c_int64(0)

    def work(_: int) -> None:
        memory = np.empty(needed + ALIGNED, dtype=np.uint8)
        start = memory.ctypes.data + (-memory.ctypes.data) % ALIGNED
        act = getattr(found.loaded, f"footprint_{task}")
        act(level, precision, *said, ctypes.byref(counter), ctypes.c_void_p(start))

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, range(threads)))


def _int(value: int) -> ctypes.c_int64:
    return ctypes.c_int64(int(value))


def _arrays(area: CohortArea, kind: Any) -> dict[str, Array]:
    """Every array the kernel reads, laid out as it reads them."""
    order = np.argsort(area.group_of_service, kind="stable")
    counts = np.bincount(area.group_of_service)
    indices = {
        "band_start": area.band_start,
        "coarse_of_band": area.coarse_of_band,
        "coarse_of_age": area.coarse_of_age,
        "service_order": order,
        "group_start": np.array([0, *np.cumsum(counts)]),
    }
    arrays = {name: np.ascontiguousarray(i, dtype=np.int64) for name, i in indices.items()}
    plain = {name: np.ascontiguousarray(getattr(area, name), dtype=kind) for name in _ARRAYS}
    return arrays | plain


def _describe(area: CohortArea, arrays: dict[str, Array]) -> _Area:
    """`arrays` must outlive what is given back: it holds their addresses only."""
    sizes = {letter: area.sizes[letter] for letter in _SIZES}
    starts = {f"at_{block.name}": area.columns[block.name].start for block in BLOCKS}
    addresses = {name: array.ctypes.data for name, array in arrays.items()}
    return _Area(**sizes, mother=area.mother, columns=area.width, **starts, **addresses)
