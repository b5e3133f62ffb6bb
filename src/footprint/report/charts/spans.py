"""Spans: from when to when, on a line of years."""

from dataclasses import dataclass

from footprint.report.drawing import Size, frame, rect, scale, text
from footprint.report.rows import BAND, lay_out, upright


@dataclass(frozen=True)
class Span:
    """A thing from one year to another, by their places; open where it lasts beyond them."""

    label: str
    first: int
    last: int
    open_end: bool
    figure: str


@dataclass(frozen=True)
class Data:
    """Years in order, and what lasts from which to which."""

    years: tuple[str, ...]
    spans: tuple[Span, ...]


def draw(ident: str, words: tuple[str, str], data: Data, size: Size) -> str:
    """A bar over the years a thing lasts, with an arrow where it lasts longer."""
    rows = [(span.label, [span.figure]) for span in data.spans]
    layout = lay_out(rows, size, size.line + 14)
    at = scale(0, len(data.years), layout.left, layout.right - 14)
    body = []
    for i in range(len(data.years) + 1):
        body.append(upright(at(i), layout, "grid", size))
    for i, name in ((0, data.years[0]), (len(data.years), data.years[-1])):
        anchor = "end" if i else "start"
        body.append(text(at(i), size.line, name, "tick", anchor))
    for span, place in zip(data.spans, layout.places, strict=True):
        x, end = at(span.first), at(span.last + 1)
        body.append(rect(x, place.top, end - x, BAND, "lighter"))
        if span.open_end:
            tip = f"M{end:.1f} {place.top:.1f}l12 {BAND / 2:.1f}l-12 {BAND / 2:.1f}Z"
            body.append(f'<path d="{tip}" class="arrow"/>')
    return frame(ident, size, layout.foot, words, layout.words + "".join(body))
