"""Tables as data: what the accessible table of the page is made from."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from footprint.report.numbers import BLANK


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere: on this page (`#...`), or to a public address."""

    text: str
    href: str


# A cell is plain text, or text and links in a row.
Cell = str | tuple[str | Link, ...]


@dataclass(frozen=True)
class Row:
    """A row. Its first cell is its heading; `id` lets other rows link to it."""

    cells: tuple[Cell, ...]
    id: str = ""
    total: bool = False


# Columns that hold sentences, by heading.
SENTENCES = (
    "What the plan says",
    "Note",
    "Conditions",
    "What makes them hard to compare",
    "What to do",
    "Why",
)


@dataclass(frozen=True)
class Column:
    """A column: its heading, and whether it holds figures, or sentences that need room."""

    title: str
    numeric: bool = False
    wide: bool = False


@dataclass(frozen=True)
class Table:
    """A table with its caption. `bodies` are groups of rows; a group may have a name."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    bodies: tuple[tuple[str, tuple[Row, ...]], ...]


def columns(text: Sequence[str], numeric: Sequence[str], after: Sequence[str] = ()) -> list[Column]:
    """Columns of words, then of figures, then of words again."""
    return [
        *(Column(title, wide=title in SENTENCES) for title in text),
        *(Column(title, numeric=True) for title in numeric),
        *(Column(title, wide=title in SENTENCES) for title in after),
    ]


def table_id(name: str) -> str:
    """The id of a table by its name, which a section may share."""
    return f"{name}-table"


def table(ident: str, caption: str, heads: Iterable[Column], rows: Iterable[Row]) -> Table:
    """A table in one piece."""
    return Table(table_id(ident), caption, tuple(heads), (("", tuple(rows)),))


def grouped(
    ident: str, caption: str, heads: Iterable[Column], rows: Iterable[tuple[str, Row]]
) -> Table:
    """A table in named groups, in the order in which the names first come."""
    groups: dict[str, list[Row]] = {}
    for group, row in rows:
        groups.setdefault(group, []).append(row)
    bodies = tuple((name, tuple(found)) for name, found in groups.items())
    return Table(table_id(ident), caption, tuple(heads), bodies)


def row(*cells: Cell, id: str = "", total: bool = False) -> Row:
    """A row from its cells; an empty cell shows a dash, so that none is silently blank."""
    return Row(tuple(cell or BLANK for cell in cells), id, total)


def slug(text: str) -> str:
    """Text as part of an id: different texts never give the same one.

    >>> slug("assumptions/growth.care-65"), slug("a b")
    ('assumptions/growth.care-65', 'a~20~b')
    """
    return re.sub(r"[^a-zA-Z0-9./_-]", lambda found: f"~{ord(found[0]):x}~", text)
