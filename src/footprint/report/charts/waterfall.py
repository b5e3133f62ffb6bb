"""Waterfall: how one figure becomes another, step by step."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from footprint.report.drawing import Size, frame, line, rect, scale
from footprint.report.rows import BAND, lay_out, upright

Kind = Literal["step", "total", "unexplained"]


@dataclass(frozen=True)
class Bar:
    """A step adds its amount to the level so far; a total stands at its amount."""

    label: str
    amount: float
    kind: Kind = "step"


@dataclass(frozen=True)
class Data:
    """Bars from first to last, and how an amount is written."""

    bars: tuple[Bar, ...]
    say: Callable[[float], str]


def spans(bars: tuple[Bar, ...]) -> list[tuple[float, float]]:
    """Where each bar begins and ends.

    >>> spans((Bar("open", 10), Bar("less", -4), Bar("total", 6, "total")))
    [(0.0, 10.0), (10.0, 6.0), (0.0, 6.0)]
    """
    level, found = 0.0, []
    for bar in bars:
        start, end = (
            (0.0, float(bar.amount)) if bar.kind == "total" else (level, level + bar.amount)
        )
        found.append((start, end))
        level = end
    return found


def draw(ident: str, words: tuple[str, str], data: Data, size: Size) -> str:
    """Bars below one another; totals stand on zero, what is unexplained is hatched."""
    layout = lay_out([(bar.label, [data.say(bar.amount)]) for bar in data.bars], size)
    ends = spans(data.bars)
    levels = [0.0, *(level for pair in ends for level in pair)]
    at = scale(min(levels), max(levels), layout.left, layout.right)
    body = [upright(at(0), layout, "axis", size)]
    for i, (bar, place, (start, end)) in enumerate(
        zip(data.bars, layout.places, ends, strict=True)
    ):
        x, width = min(at(start), at(end)), abs(at(end) - at(start))
        body.append(_bar(ident, bar, x, place.top, width))
        if size.beside and i + 1 < len(data.bars):
            below = layout.places[i + 1].top
            body.append(line(at(end), place.top + BAND, at(end), below, "link"))
    return frame(ident, size, layout.foot, words, layout.words + "".join(body))


def _bar(ident: str, bar: Bar, x: float, y: float, width: float) -> str:
    if bar.kind == "unexplained":
        return rect(x, y, width, BAND, "outlined", f"{ident}-cross")
    css = "total" if bar.kind == "total" else "wider" if bar.amount > 0 else "narrower"
    return rect(x, y, width, BAND, css)
