"""Charts: one file each, a pure function from plain numbers to SVG. A table holds the truth.

Each file has `draw(ident, words, data, size)`: `words` are title and description, `data` is the
file's own frozen class of plain numbers, `size` the width to draw for.
"""

import pkgutil
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from markupsafe import Markup

from footprint.report.drawing import SIZES, Picture, Size
from footprint.report.table import table_id

Draw = Callable[[str, tuple[str, str], Any, Size], str]


@cache
def charts() -> dict[str, Draw]:
    """Every kind of chart, by the name of its file."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    return {name: import_module(f"{__name__}.{name}").draw for name in names}


def picture(kind: str, ident: str, words: tuple[str, str], data: Any, table: str) -> Picture:
    """A chart in every size; `table` is the name of the table that holds its numbers."""
    draw = charts()[kind]
    # Safe: whatever a person wrote is escaped where it is drawn.
    drawings = ((s.name, Markup(draw(f"{ident}-{s.name}", words, data, s))) for s in SIZES)
    return Picture(ident, words[0], table_id(table), tuple(drawings))
