"""Tables as people save them: byte-order marks, Windows line ends and thousand separators read."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pydantic import BaseModel

from footprint.plan.suggest import near
from footprint.terms.faults import Fault

# 1,234 or 1,234,567.8, as spreadsheets write a number.
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
# A comma for the decimal point, which cannot be told from a thousand separator with certainty.
_DECIMAL_COMMA = re.compile(r"-?\d+,\d{1,2}|-?\d+,\d{4,}")

# Columns that rows inherit first and people write last.
_LAST = ["status", "source", "note"]


@dataclass
class CsvText:
    """The rows of a table as words, with the line each was on, and what is wrong with its form."""

    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_csv(text: str, row: type[BaseModel]) -> CsvText:
    """Split a table into rows of words by column; columns must be those of `row`.

    Blank cells are left out, so that a default applies or a missing figure is told. Blank lines,
    and blank cells to the right of the last column, are passed over.
    """
    found = CsvText()
    lines = _lines(text, found)
    header = next(lines, None)
    if header is None:
        if not found.faults:
            found.faults.append(_empty(row))
        return found
    columns = _trimmed([name.strip() for name in header[1]], 0)
    found.faults.extend(_header_faults(columns, header[0], row))
    if found.faults:
        return found
    wrong: dict[int, list[int]] = {}
    for line, cells in lines:
        words = _trimmed([cell.strip() for cell in cells], len(columns))
        if len(words) != len(columns):
            wrong.setdefault(len(words), []).append(line)
        else:
            filled = {c: word for c, word in zip(columns, words, strict=True) if word}
            found.rows.append((line, filled))
    for count, at in wrong.items():
        found.faults.append(_wrong_length(at, count, len(columns)))
    return found


def _trimmed(cells: list[str], least: int) -> list[str]:
    """Cells without the blank ones at the end that spreadsheets add; never fewer than `least`."""
    while len(cells) > least and not cells[-1]:
        cells = cells[:-1]
    return cells


def _lines(text: str, found: CsvText) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield start, cells
            start = reader.line_num + 1
    except csv.Error:
        found.faults.append(
            Fault(
                "",
                "a double quote that does not open or close a whole cell",
                'cells with commas between, double quotes round a cell that holds a comma: "1,200"',
                "delete the stray double quote, or write two for one inside a quoted cell",
                line=start,
            )
        )


def plain_number(word: str) -> str:
    """A number without its thousand separators; every other word as it was.

    >>> plain_number("1,234,567.5"), plain_number("12,5"), plain_number("12")
    ('1234567.5', '12,5', '12')
    """
    return word.replace(",", "") if _GROUPED.fullmatch(word) else word


def number_hint(word: str) -> str:
    """What to write instead of a word that is not a number."""
    if _DECIMAL_COMMA.fullmatch(word):
        return f"write {word.replace(',', '.')} with a point"
    if word.endswith("%"):
        return "leave out the % sign: write 0.45 for 45% of a share, 45 where the unit is percent"
    if word.startswith("£"):
        return "leave out the £ sign; the name of the column, or the unit, says that it is pounds"
    return "write digits and at most one point, like 1234.5"


def _empty(row: type[BaseModel]) -> Fault:
    names = ",".join(column_names(row))
    return Fault(
        "",
        "the file is empty",
        f"a first line with the names of the columns, then a row for each fact: {names}",
        "write them, or copy the file from a new plan: footprint new DIR",
        line=1,
    )


def column_names(row: type[BaseModel]) -> list[str]:
    """The columns of a table, in the order they are written."""
    names = list(row.model_fields)
    if names[: len(_LAST)] == _LAST:
        names = names[len(_LAST) :] + _LAST
    return [row.model_fields[name].alias or name for name in names]


def _header_faults(columns: list[str], line: int, row: type[BaseModel]) -> Iterator[Fault]:
    known = column_names(row)
    allowed = f"columns {', '.join(known)}"
    for mark, name in ((";", "semicolons"), ("\t", "tabs")):
        if len(columns) == 1 and mark in columns[0]:
            found = f"cells divided by {name}"
            mend = "save the table again with commas (in a spreadsheet: CSV UTF-8)"
            yield Fault("", found, "cells divided by commas", mend, line=line)
            return
    if not set(columns) & set(known):
        found = "a first line that names no column of this table"
        mend = f"write the names of the columns above the rows: {','.join(known)}"
        yield Fault("", found, allowed, mend, line=line)
        return
    meant = set()
    for name in dict.fromkeys(columns):
        if name not in known:
            guess = near(name, [k for k in known if k not in columns])
            meant.add(guess)
            mend = f"did you mean {guess!r}?" if guess else "delete the column"
            found = f"a column called {name!r}" if name else "a column without a name"
            yield Fault("", found, allowed, mend, line=line)
        elif columns.count(name) > 1:
            yield Fault("", f"column {name!r} more than once", allowed, "keep one", line=line)
    for name, info in row.model_fields.items():
        column = info.alias or name
        if info.is_required() and column not in columns and column not in meant:
            yield Fault(
                "",
                f"no column {column!r}",
                f"{column}: {info.description}" if info.description else allowed,
                f"add the column {column} to the first line, and its cells below",
                line=line,
            )


def _wrong_length(lines: list[int], found: int, wanted: int) -> Fault:
    more = f", and in {len(lines) - 1:,} more rows" if len(lines) > 1 else ""
    return Fault(
        "",
        f"{found} cells where the first line has {wanted}{more}",
        f"{wanted} cells in every row",
        "put double quotes round a cell that holds a comma, and check for one too many or too few",
        line=lines[0],
    )
