"""Dots with ranges: where a figure lies, once or in two worlds, one row for each thing."""

from collections.abc import Callable
from dataclasses import dataclass

from footprint.report.drawing import Size, frame, line, scale, text, tick, ticks
from footprint.report.rows import lay_out, upright

_STEP = 20.0


@dataclass(frozen=True)
class Dot:
    """A middle with the ends of its range."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class Data:
    """(label, dots) in order, a dot for each world of `worlds`; `start` is the first's mark."""

    worlds: tuple[str, ...]
    things: tuple[tuple[str, tuple[Dot, ...]], ...]
    say: Callable[[float], str]
    start: int = 0


def draw(ident: str, words: tuple[str, str], data: Data, size: Size) -> str:
    """A line over each range with a mark at its middle: a ring first, a filled square second."""
    head = 14 + (size.line + 8) * (1 if size.beside else len(data.worlds))
    band = _STEP * max(len(data.worlds), 1)
    rows = [(label, [_figure(dot, data) for dot in dots]) for label, dots in data.things]
    layout = lay_out(rows, size, head, band)
    values = [v for _, dots in data.things for d in dots for v in (d.low, d.middle, d.high)]
    marks = ticks(min([0.0, *values]), max([0.0, *values]), 4 if size.beside else 2)
    half = max(size.wide_as(tick(data.say(mark))) for mark in (marks[0], marks[-1])) / 2
    at = scale(marks[0], marks[-1], layout.left + half, layout.right - half)
    body = [_key(data, size), upright(at(0), layout, "axis", size, band)]
    for (_, dots), place in zip(data.things, layout.places, strict=True):
        for i, dot in enumerate(dots):
            body.append(_dot(dot, place.top + (i + 0.5) * _STEP, at, data.start + i))
    for mark in marks:
        body.append(text(at(mark), layout.foot + size.line, tick(data.say(mark)), "tick", "middle"))
    height = layout.foot + size.line + 8
    return frame(ident, size, height, words, layout.words + "".join(body))


def _figure(dot: Dot, data: Data) -> str:
    if data.say(dot.low) == data.say(dot.high):
        return data.say(dot.middle)
    return f"{data.say(dot.middle)} ({data.say(dot.low)} to {data.say(dot.high)})"


def _dot(dot: Dot, y: float, at: Callable[[float], float], world: int) -> str:
    css = ("first", "second")[world % 2]
    return line(at(dot.low), y, at(dot.high), y, f"range {css}") + mark(at(dot.middle), y, world)


def mark(x: float, y: float, world: int) -> str:
    """The mark of a world: a ring for the first, a filled square for the second."""
    if world % 2 == 0:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5.5" class="mark first"/>'
    return f'<rect x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10" class="mark second"/>'


def _key(data: Data, size: Size) -> str:
    drawn, x, y = [], 0.0, size.line
    for i, name in enumerate(data.worlds):
        css = ("first", "second")[(data.start + i) % 2]
        drawn.append(
            line(x, y - 5, x + 32, y - 5, f"range {css}") + mark(x + 16, y - 5, data.start + i)
        )
        drawn.append(text(x + 42, y, name))
        x, y = (x + 70 + size.wide_as(name), y) if size.beside else (0.0, y + size.line + 6)
    return "".join(drawn)
