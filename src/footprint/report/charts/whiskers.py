"""Bars with whiskers: how much each thing weighs, and how sure that is."""

from collections.abc import Callable
from dataclasses import dataclass

from footprint.report.drawing import Size, frame, line, rect, scale, text, wrap
from footprint.report.rows import BAND, lay_out, upright


@dataclass(frozen=True)
class Bar:
    """A figure with the ends of its interval."""

    label: str
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Data:
    """Bars in order; `reference` is a level to compare with, and its name."""

    bars: tuple[Bar, ...]
    say: Callable[[float], str]
    say_range: Callable[[float, float], str]
    reference: tuple[float, str] | None = None
    full: float = 0.0  # the scale reaches at least so far


def draw(ident: str, words: tuple[str, str], data: Data, size: Size) -> str:
    """A bar from zero, a whisker over its interval, the reference as a dashed line."""
    head, heading = _reference_words(data, size)
    figures = [
        (b.label, [f"{data.say(b.value)}, {data.say_range(b.low, b.high)}"]) for b in data.bars
    ]
    if size.beside:
        figures = [(b.label, [data.say(b.value), data.say_range(b.low, b.high)]) for b in data.bars]
    layout = lay_out(figures, size, head)
    level = data.reference[0] if data.reference else 0.0
    highest = max([data.full, level, *(max(bar.value, bar.high) for bar in data.bars)])
    at = scale(min([0.0, *(bar.low for bar in data.bars)]), highest, layout.left, layout.right)
    body = [heading, upright(at(0), layout, "axis", size)]
    for bar, place in zip(data.bars, layout.places, strict=True):
        x, width = min(at(0), at(bar.value)), abs(at(bar.value) - at(0))
        if data.full:
            body.append(rect(at(0), place.top, at(data.full) - at(0), BAND, "track"))
        body += [rect(x, place.top, width, BAND, "lighter"), _whisker(bar, place.middle, at)]
    if data.reference:
        body.append(upright(at(level), layout, "reference", size))
    return frame(ident, size, layout.foot, words, layout.words + "".join(body))


def _whisker(bar: Bar, y: float, at: Callable[[float], float]) -> str:
    low, high = at(bar.low), at(bar.high)
    ends = (line(x, y - 6, x, y + 6, "whisker") for x in (low, high))
    return line(low, y, high, y, "whisker") + "".join(ends)


def _reference_words(data: Data, size: Size) -> tuple[float, str]:
    """What the dashed line means, over the picture: height used, and the drawing."""
    if data.reference is None:
        return 8.0, ""
    lines = wrap(data.reference[1], size.characters(size.width - 40))
    sample = line(0, size.line - 5, 28, size.line - 5, "reference")
    said = (text(36, (i + 1) * size.line, part) for i, part in enumerate(lines))
    return len(lines) * size.line + 18, sample + "".join(said)
