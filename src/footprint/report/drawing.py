"""Drawing: scales, wrapped text and the frame of a picture, as plain SVG text.

Every picture is drawn twice, for a wide page and for a telephone, and the style sheet shows one.
Sizes are then true sizes: 15 units of text are 15 pixels where the picture has its full width.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

from markupsafe import Markup, escape


@dataclass(frozen=True)
class Size:
    """How wide a picture is drawn, and whether a row's words stand beside its bar or above."""

    name: str
    width: int
    font: int
    beside: bool

    def wide_as(self, text: str, bold: bool = False) -> float:
        """How wide a line of figures is, in the widest of common fonts, so that nothing is cut."""
        return len(text) * self.font * (0.79 if bold else 0.73)

    def characters(self, width: float) -> int:
        """How many characters fit into so much width."""
        return max(int(width / (self.font * 0.62)), 6)

    @property
    def line(self) -> float:
        """From one line of text to the next."""
        return self.font * 1.3


WIDE = Size("wide", 720, 15, beside=True)
NARROW = Size("narrow", 300, 14, beside=False)
SIZES = (WIDE, NARROW)


@dataclass(frozen=True)
class Picture:
    """A chart in both sizes, and the table that holds its numbers."""

    id: str
    title: str
    table: str
    drawings: tuple[tuple[str, Markup], ...]


def frame(ident: str, size: Size, height: float, words: tuple[str, str], body: str) -> str:
    """An SVG picture with its title and description, which scales with the page."""
    title, told = (str(escape(part)) for part in words)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart {size.name}" role="img" '
        f'viewBox="0 0 {size.width} {height:.0f}" aria-labelledby="{ident}-t {ident}-d">'
        f'<title id="{ident}-t">{title}</title><desc id="{ident}-d">{told}</desc>'
        f"{hatching(ident)}{body}</svg>"
    )


def hatching(ident: str) -> str:
    """Patterns that tell areas apart without colour: slanted lines, and crossed ones."""
    lines = {"slant": "M0 6L6 0", "cross": "M0 6L6 0M0 0L6 6"}
    found = (
        f'<pattern id="{ident}-{name}" width="6" height="6" patternUnits="userSpaceOnUse">'
        f'<rect width="6" height="6" class="hatch-ground {name}"/>'
        f'<path d="{path}" class="hatch-line {name}"/></pattern>'
        for name, path in lines.items()
    )
    return f"<defs>{''.join(found)}</defs>"


def text(x: float, y: float, said: str, css: str = "", anchor: str = "start") -> str:
    """One line of text; `y` is the line it stands on."""
    kind = f' class="{css}"' if css else ""
    at = f' text-anchor="{anchor}"' if anchor != "start" else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{kind}{at}>{escape(said)}</text>'


def texts(
    x: float, y: float, lines: Sequence[str], size: Size, css: str = "", anchor: str = "start"
) -> str:
    """Lines of text below one another."""
    return "".join(text(x, y + i * size.line, line, css, anchor) for i, line in enumerate(lines))


def rect(x: float, y: float, width: float, height: float, css: str, fill: str = "") -> str:
    """A bar, at least a hair wide, so that a small amount is still seen."""
    pattern = f' fill="url(#{fill})"' if fill else ""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 1.5):.1f}" height="{height:.1f}" '
        f'class="{css}"{pattern}/>'
    )


def line(x0: float, y0: float, x1: float, y1: float, css: str) -> str:
    """A straight line."""
    return f'<path d="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}" class="{css}"/>'


def wrap(said: str, characters: int) -> list[str]:
    """Words over lines of at most so many characters; a longer word is broken.

    >>> wrap("Leicestershire Partnership Trust", 16)
    ['Leicestershire', 'Partnership', 'Trust']
    >>> wrap("abcdefgh", 5)
    ['abcd-', 'efgh']
    """
    lines: list[str] = []
    for word in said.split():
        while len(word) > characters:
            lines.append(word[: characters - 1] + "-")
            word = word[characters - 1 :]
        if lines and len(lines[-1]) + 1 + len(word) <= characters and lines[-1][-1:] != "-":
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines or [""]


def tick(said: str) -> str:
    """A round number beside an axis, without the decimal that its table needs.

    >>> tick("£50.0m"), tick("−50.0"), tick("12.5"), tick("1,000.05")
    ('£50m', '−50', '12.5', '1,000.05')
    """
    return re.sub(r"\.0(?!\d)", "", said)


def scale(low: float, high: float, start: float, end: float) -> Callable[[float], float]:
    """From a number to its place on the page."""
    span = (high - low) or 1.0
    return lambda value: start + (value - low) / span * (end - start)


def ticks(low: float, high: float, most: int = 5) -> list[float]:
    """Round numbers that cover low to high.

    >>> ticks(0, 412, 5), ticks(-3, 4, 4)
    ([0.0, 100.0, 200.0, 300.0, 400.0, 500.0], [-4.0, -2.0, 0.0, 2.0, 4.0])
    """
    rough = ((high - low) or 1.0) / most
    power = 10.0 ** floor(log10(rough))
    step = next(power * m for m in (1, 2, 2.5, 5, 10) if power * m >= rough * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(i * step, 10) for i in range(first, last + 1)]
