"""Tables as people save them: byte-order marks, Windows line ends and thousand separators read."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pydantic import BaseModel

from footprint.plan.suggest import nearest
from footprint.terms.faults import Fault

# 1,234 or 1,234,567.8, as spreadsheets write a number.
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
# A comma for the decimal point, which cannot be told from a thousand separator with certainty.
_DECIMAL_COMMA = re.compile(r"-?\d+,\d{1,2}|-?\d+,\d{4,}")


@dataclass
class CsvText:
    """The rows of a table as words, with the line each was on, and what is wrong with its form."""

    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_csv(text: str, row: type[BaseModel]) -> CsvText:
    """Split a table into rows of words by column; columns must be those of `row`.

    Blank cells are left out, so that a default applies or a missing figure is told. Blank lines
    are passed over.
    """
    found = CsvText()
    lines = _lines(text, found)
    header = next(lines, None)
    if header is None:
        found.faults.append(_empty(row))
        return found
    columns = [name.strip() for name in header[1]]
    found.faults.extend(_header_faults(columns, header[0], row))
    if found.faults:
        return found
    for line, cells in lines:
        if len(cells) != len(columns):
            found.faults.append(_wrong_length(line, len(cells), len(columns)))
        else:
            words = {c: cell.strip() for c, cell in zip(columns, cells, strict=True)}
            found.rows.append((line, {c: word for c, word in words.items() if word}))
    return found


def _lines(text: str, found: CsvText) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield start, cells
            start = reader.line_num + 1
    except csv.Error as error:
        found.faults.append(
            Fault("", f"this is not a table: {error}", "cells with commas between, text in "
                  'double quotes where it holds a comma', "look for a stray double quote",
                  line=start)
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
        return "leave out the % sign; the column says what is counted"
    if word.startswith("£"):
        return "leave out the £ sign; the column's name holds the unit"
    return "write digits and at most one point, like 1234.5"


def _empty(row: type[BaseModel]) -> Fault:
    names = ",".join(column_names(row))
    return Fault("", "the file is empty", f"a header line and a row a fact: {names}",
                 "write the header and the rows, or delete the file", line=1)


def column_names(row: type[BaseModel]) -> list[str]:
    """The columns of a table, in the order they are written."""
    return [info.alias or name for name, info in row.model_fields.items()]


def _header_faults(columns: list[str], line: int, row: type[BaseModel]) -> Iterator[Fault]:
    known = column_names(row)
    allowed = f"columns {', '.join(known)}"
    for name in columns:
        if name not in known:
            mend = nearest(name, known, "delete the column")
            yield Fault("", f"a column called {name!r}", allowed, mend, line=line)
        if columns.count(name) > 1 and name in known:
            yield Fault("", f"column {name!r} more than once", allowed, "keep one", line=line)
            return
    for name, info in row.model_fields.items():
        if info.is_required() and (info.alias or name) not in columns:
            column = info.alias or name
            what = info.description or "needed"
            yield Fault("", f"no column {column!r}", f"{column}: {what}",
                        f"add the column {column} to the first line", line=line)


def _wrong_length(line: int, found: int, wanted: int) -> Fault:
    return Fault(
        "",
        f"{found} cells where the header has {wanted}",
        f"{wanted} cells in every row",
        "put double quotes round a cell that holds a comma, and check for one too many or too few",
        line=line,
    )
