"""Fan: a figure by year with its range, for one or more worlds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from footprint.report.drawing import Size, frame, line, scale, text, tick, ticks

# How each series is drawn: dashed with rings, solid with squares, dotted.
STYLES = ("first", "second", "third")


@dataclass(frozen=True)
class Series:
    """A world by year: the middle line, and the ends of its range."""

    name: str
    low: tuple[float, ...]
    middle: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True)
class Data:
    """Years, at most three series, and how a value is written."""

    years: tuple[str, ...]
    series: tuple[Series, ...]
    say: Callable[[float], str]
    from_zero: bool = True


@dataclass(frozen=True)
class _Field:
    """The area that is drawn in."""

    x: Callable[[float], float]
    y: Callable[[float], float]
    left: float
    right: float
    top: float
    foot: float


def draw(ident: str, words: tuple[str, str], data: Data, size: Size) -> str:
    """A band over each range, a line through the middle, the last values beside their ends."""
    key, top = _key(data, size)
    values = [v for s in data.series for part in (s.low, s.high, s.middle) for v in part]
    lowest = min([0.0, *values]) if data.from_zero else min(values)
    marks = ticks(lowest, max(values), 5 if size.beside else 4)
    field = _field(data, size, top, marks)
    body = [key, _grid(data, size, field, marks)]
    for series, css in zip(data.series, STYLES, strict=False):
        body.append(_band(series, field, css))
    for i, series in enumerate(data.series):
        body.append(_middle(series, field, i))
    body.append(_ends(data, size, field))
    return frame(ident, size, field.foot + size.line * 2 + 4, words, "".join(body))


def _field(data: Data, size: Size, top: float, marks: list[float]) -> _Field:
    left = max(size.wide_as(tick(data.say(mark))) for mark in marks) + 10
    ends = max(size.wide_as(data.say(series.middle[-1]), bold=True) for series in data.series)
    right = size.width - ends - 14
    foot = top + (280 if size.beside else 220)
    x = scale(0, max(len(data.years) - 1, 1), left + 8, right)
    return _Field(x, scale(marks[0], marks[-1], foot, top), left, right, top, foot)


def _grid(data: Data, size: Size, field: _Field, marks: list[float]) -> str:
    drawn = []
    for mark in marks:
        y = field.y(mark)
        drawn.append(line(field.left, y, field.right, y, "axis" if mark == 0 else "grid"))
        drawn.append(text(field.left - 6, y + 5, tick(data.say(mark)), "tick", "end"))
    room = (field.right - field.left) / max(len(data.years) - 1, 1)
    every = -(-int(size.wide_as("2020/21") + 6) // max(int(room), 1))
    last = len(data.years) - 1
    for i, year in enumerate(data.years):
        if (last - i) % every == 0:
            drawn.append(text(field.x(i), field.foot + size.line + 8, year, "tick", "middle"))
    return "".join(drawn)


def _points(values: Sequence[float], field: _Field) -> list[str]:
    return [f"{field.x(i):.1f} {field.y(value):.1f}" for i, value in enumerate(values)]


def _band(series: Series, field: _Field, css: str) -> str:
    round_trip = [*_points(series.high, field), *reversed(_points(series.low, field))]
    edges = "".join(
        f'<path d="M{"L".join(_points(values, field))}" class="edge {css}"/>'
        for values in (series.low, series.high)
    )
    return f'<path d="M{"L".join(round_trip)}Z" class="band {css}"/>{edges}'


def _middle(series: Series, field: _Field, i: int) -> str:
    css = STYLES[i % 3]
    path = f'<path d="M{"L".join(_points(series.middle, field))}" class="middle {css}"/>'
    spots = (_spot(field.x(t), field.y(value), css) for t, value in enumerate(series.middle))
    return path + "".join(spots)


def _spot(x: float, y: float, css: str) -> str:
    if css == "first":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" class="mark first"/>'
    if css == "second":
        return f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" class="mark second"/>'
    return ""


def _ends(data: Data, size: Size, field: _Field) -> str:
    """The last middle values beside their lines, moved apart where they would touch."""
    ordered = sorted(data.series, key=lambda series: -series.middle[-1])
    y, drawn = -1e9, []
    for series in ordered:
        y = max(field.y(series.middle[-1]) + 5, y + size.line)
        drawn.append(text(field.right + 10, y, data.say(series.middle[-1]), "value"))
    return "".join(drawn)


def _key(data: Data, size: Size) -> tuple[str, float]:
    """Each series by its line and name, over the picture: the drawing, and where it ends."""
    drawn, x, y = [], 0.0, size.line
    for series, css in zip(data.series, STYLES, strict=False):
        width = 60 + size.wide_as(series.name)
        if x and x + width > size.width:
            x, y = 0.0, y + size.line + 4
        drawn.append(f'<path d="M{x:.1f} {y - 5:.1f}h36" class="middle {css}"/>')
        drawn.append(_spot(x + 18, y - 5, css) + text(x + 44, y, series.name))
        x += width
    return "".join(drawn), y + 22
