"""A piece of work: which futures of which plan, and what is kept of them."""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from math import prod
from pathlib import Path

import numpy as np
import scipy
import xarray as xr
from numpy.typing import NDArray

import footprint
from footprint.model.area import Area
from footprint.model.chain import WORLDS, simulate
from footprint.model.money import LENSES
from footprint.plan.canonical import digest
from footprint.plan.schema import Measure, Plan
from footprint.stress.futures import draw_futures

Floats = NDArray[np.float64]

PIECE = 256
"""Futures a piece. Fixed, so that sums inside a piece are the same whoever works it out."""

OUTPUTS: dict[str, tuple[str, ...]] = {
    "place": ("world", "year"),
    "place_beside": ("world", "year"),
    "gap": ("world", "year", "partner"),
    "beside": ("world", "year", "partner"),
    "gap_by_lens": ("lens", "year"),
    "activity": ("world", "year", "service"),
    "spend": ("world", "year", "service"),
    "people": ("world", "year", "segment"),
    "needed": ("world", "year", "resource"),
    "available": ("world", "year", "resource"),
    "short": ("world", "year", "resource"),
    "staff_needed": ("world", "year", "role"),
    "staff_in_post": ("world", "year", "role"),
}
"""What is kept of each future, and its dimensions; everything else is summed away in the piece.

`place` and `place_beside` are `gap` and `beside` added over partners.
"""

MEASURED: dict[Measure, tuple[str, ...]] = {
    "gap": ("place",),
    "activity": ("activity",),
    "capacity needed": ("needed",),
    "days short": ("short",),
    "staff short": ("staff_needed", "staff_in_post"),
    "people": ("people",),
}
"""What each measure of a target is worked out from."""

APART = "apart."
"""Begins the name of an output in futures where every assumption goes its own way."""

_SUMS = {"place": "gap", "place_beside": "beside"}

ROOMS = ("terms", "evidence", "plan", "model", "stress")
"""Rooms of the code that results depend on."""


@dataclass(frozen=True)
class Piece:
    """Which futures of which plan: all that anybody needs to know to work them out.

    - `plan`: digest of the plan, as tested.
    - `code`: what works it out, see `code_in_use`.
    - `seed`, and the futures from `first` up to but not `stop`.
    - `portfolio`: the schemes that are done.
    """

    plan: str
    code: str
    seed: int
    first: int
    stop: int
    portfolio: tuple[str, ...]

    @property
    def futures(self) -> range:
        """The numbers of its futures."""
        return range(self.first, self.stop)


def measured(plan: Plan) -> tuple[str, ...]:
    """Names of what the targets of a plan are worked out from, the gap always among them."""
    targets = [o.target for o in plan.about.objectives.values() if o.target]
    names = ["place", *(name for target in targets for name in MEASURED[target.measure])]
    return tuple(dict.fromkeys(names))


def cut(area: Area, draws: int, seed: int) -> list[Piece]:
    """Futures 0 to `draws` - 1 of a plan with all its schemes, in pieces of `PIECE`."""
    plan, code = digest(area.plan), code_in_use()
    schemes = tuple(sorted(area.plan.schemes))
    return [
        Piece(plan, code, seed, first, min(first + PIECE, draws), schemes)
        for first in range(0, draws, PIECE)
    ]


@lru_cache(maxsize=1)
def code_in_use() -> str:
    """The version, and a digest of the code and the arithmetic libraries results depend on.

    Two machines where it is the same work out the same piece.
    """
    source = Path(footprint.__file__).parent
    found = hashlib.sha256(f"numpy {np.__version__} scipy {scipy.__version__}".encode())
    for room in ROOMS:
        for path in sorted((source / room).rglob("*.py")):
            found.update(path.relative_to(source).as_posix().encode())
            found.update(path.read_bytes())
    return f"{footprint.__version__}+{found.hexdigest()[:16]}"


@dataclass(frozen=True)
class Layout:
    """Where each output stands among the columns: `starts` by name, `shapes` by name."""

    shapes: dict[str, tuple[int, ...]]
    starts: dict[str, int]
    columns: int

    @classmethod
    def of(cls, area: Area) -> "Layout":
        """The layout of a plan's outputs."""
        sizes = {dim: len(names) for dim, names in area.labels.items()}
        sizes |= {"world": len(WORLDS), "lens": len(LENSES)}
        shapes = {name: tuple(sizes[dim] for dim in dims) for name, dims in OUTPUTS.items()}
        shapes |= {APART + name: shapes[name] for name in measured(area.plan)}
        starts, column = {}, 0
        for name, shape in shapes.items():
            starts[name] = column
            column += prod(shape)
        return cls(shapes, starts, column)

    def where(self, name: str, *index: int) -> tuple[int, tuple[int, ...]]:
        """First column of an output at the first so many indices, and the shape that is left."""
        shape = self.shapes[name]
        start = self.starts[name]
        for depth, i in enumerate(index):
            if not 0 <= i < shape[depth]:
                raise IndexError(f"{name} has no {OUTPUTS[name.removeprefix(APART)][depth]} {i}")
            start += i * prod(shape[depth + 1 :])
        return start, shape[len(index) :]


def run_piece(area: Area, piece: Piece) -> Floats:
    """Work out a piece: [column, draw], the columns as in `Layout`."""
    schemes = frozenset(piece.portfolio)
    found: list[Floats] = []
    for correlated, names in ((True, tuple(OUTPUTS)), (False, measured(area.plan))):
        drawn = draw_futures(area, piece.futures, piece.seed, correlated)
        only = None if correlated else frozenset(names)
        outcome = simulate(area, drawn.theta, schemes, only=only).outcome
        found += [_columns(outcome, name) for name in names]
    return np.concatenate(found)


def _columns(outcome: xr.Dataset, name: str) -> Floats:
    """An output as [column, draw]."""
    # Added here, where the partners of a future lie side by side: the order is then fixed.
    values = outcome[_SUMS[name]].sum("partner") if name in _SUMS else outcome[name]
    ordered: Floats = values.transpose(*OUTPUTS[name], "draw").values
    return ordered.reshape(-1, ordered.shape[-1])
