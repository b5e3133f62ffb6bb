"""The frame that charts in rows share: a label, a band to draw in, and the figure in words.

On a wide page these stand side by side; on a telephone label and figure stand above the band.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from footprint.report.drawing import Size, line, text, texts, wrap

BAND = 22.0
_GAP = 12.0
_LABELS = 250.0


@dataclass(frozen=True)
class Place:
    """Where one row's band lies."""

    top: float
    middle: float


@dataclass(frozen=True)
class Layout:
    """Where everything lies: the words, drawn; each row's band; left, right and foot."""

    words: str
    places: tuple[Place, ...]
    left: float
    right: float
    foot: float


def lay_out(
    rows: Sequence[tuple[str, Sequence[str]]], size: Size, head: float = 8, band: float = BAND
) -> Layout:
    """Lay out rows of (label, figures); each figure is one line and fits whole.

    A label stands beside the middle of its band, or of the band's first bar where it is tall.
    """
    return (_beside if size.beside else _above)(rows, size, head, band)


def _beside(
    rows: Sequence[tuple[str, Sequence[str]]], size: Size, head: float, band: float
) -> Layout:
    figures = [figure for _, found in rows for figure in found]
    room = max((size.wide_as(figure, bold=True) for figure in figures), default=0.0)
    words, places, y = [], [], head
    for label, found in rows:
        lines = wrap(label, size.characters(_LABELS))
        height = max(band, len(lines) * size.line, len(found) * size.line)
        middle = y + height / 2
        beside = y + BAND / 2 if band > BAND and not found else middle
        beside = max(beside, y + len(lines) * size.line / 2)
        words.append(texts(0, _first(beside, len(lines), size), lines, size, "label"))
        start = _first(middle, len(found), size)
        words.append(texts(size.width, start, found, size, "value", "end"))
        places.append(Place(middle - band / 2, middle))
        y += height + _GAP
    return Layout("".join(words), tuple(places), _LABELS + 10, size.width - room - 14, y)


def _first(middle: float, lines: int, size: Size) -> float:
    """Where the first of so many lines stands, so that they lie around the middle."""
    return middle - (lines - 1) * size.line / 2 + size.font * 0.35


def _above(
    rows: Sequence[tuple[str, Sequence[str]]], size: Size, head: float, band: float
) -> Layout:
    words, places, y = [], [], head
    for label, found in rows:
        for said, css in [(label, "label"), *((figure, "value") for figure in found)]:
            for part in wrap(said, size.characters(size.width)):
                y += size.line
                words.append(text(0, y - size.font * 0.25, part, css))
        y += 4
        places.append(Place(y, y + band / 2))
        y += band + _GAP + 4
    return Layout("".join(words), tuple(places), 4, size.width - 4, y)


def upright(x: float, layout: Layout, css: str, size: Size, band: float = BAND) -> str:
    """An upright line behind every row; above one another, only in the bands, never in words."""
    if size.beside:
        top = layout.places[0].top - 6 if layout.places else 0.0
        return line(x, top, x, layout.foot - 6, css)
    return "".join(line(x, place.top - 3, x, place.top + band + 3, css) for place in layout.places)
