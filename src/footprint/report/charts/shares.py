"""Stacked shares: what a whole is made of, one bar for each whole."""

from collections.abc import Callable
from dataclasses import dataclass

from footprint.report.drawing import Size, frame, rect, scale, text
from footprint.report.rows import BAND, lay_out

# How each part is filled, surest first: solid, lighter, slanted lines, crossed lines.
FILLS = ("solid", "lighter", "slant", "cross")


@dataclass(frozen=True)
class Data:
    """Names of the parts in order, at most four; (label, shares) for each whole."""

    parts: tuple[str, ...]
    wholes: tuple[tuple[str, tuple[float, ...]], ...]
    say: Callable[[float], str]


def draw(ident: str, words: tuple[str, str], data: Data, size: Size) -> str:
    """A bar for each whole, and under it each part by name and figure."""
    keys = [_key(ident, data, shares, size) for _, shares in data.wholes]
    band = BAND + 10 + max(height for _, height in keys)
    layout = lay_out([(label, []) for label, _ in data.wholes], size, band=band)
    at = scale(0, 1, layout.left, layout.right)
    body = []
    for (_, shares), (key, _), place in zip(data.wholes, keys, layout.places, strict=True):
        before = 0.0
        for share, fill in zip(shares, FILLS, strict=False):
            if share > 0:
                width = at(before + share) - at(before)
                body.append(_part(ident, at(before), place.top, width, fill))
            before += share
        body.append(f'<g transform="translate({layout.left:.1f} {place.top + BAND:.1f})">{key}</g>')
    return frame(ident, size, layout.foot, words, layout.words + "".join(body))


def _part(ident: str, x: float, y: float, width: float, fill: str, height: float = BAND) -> str:
    hatched = fill in ("slant", "cross")
    return rect(
        x, y, width, height, "outlined" if hatched else fill, f"{ident}-{fill}" if hatched else ""
    )


def _key(ident: str, data: Data, shares: tuple[float, ...], size: Size) -> tuple[str, float]:
    """Swatch, name and figure of each part, over as many lines as they need."""
    room = size.width - (270 if size.beside else 8)
    drawn, x, y = [], 0.0, size.line + 4
    for name, share, fill in zip(data.parts, shares, FILLS, strict=False):
        said = f"{name} {data.say(share)}"
        width = 20 + size.wide_as(said)
        if x and x + width > room:
            x, y = 0.0, y + size.line + 3
        drawn.append(_part(ident, x, y - 12, 14, fill, 14) + text(x + 20, y, said, "value"))
        x += width + 14
    return "".join(drawn), y
