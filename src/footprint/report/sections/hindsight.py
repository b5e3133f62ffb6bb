"""With hindsight: what was claimed against what came."""

from typing import Any

from footprint.report.numbers import plural
from footprint.report.refs import source_cell
from footprint.report.section import Section
from footprint.report.table import Table, columns, row, table
from footprint.report.words import are
from footprint.stress.answer import Answer


def context(answer: Answer) -> dict[str, Any]:
    """What the template is given."""
    return {
        "sentence": _sentence(answer),
        "table": _table(answer) if answer.hindsight else None,
    }


def _sentence(answer: Answer) -> str:
    lines = answer.hindsight
    if not lines:
        return "Nothing has come yet that could be set beside what the plan claims."
    unknown = sum(line.came.strip().casefold() in ("", "not found") for line in lines)
    missing = f"; for {unknown} of them what came was not found" if unknown else ""
    return f"{plural(len(lines), 'claim')} {are(len(lines))} set beside what came{missing}."


def _table(answer: Answer) -> Table:
    heads = columns(
        ("Measure", "Claimed", "What came", "What makes them hard to compare", "Source"), ()
    )
    rows = (
        row(
            f"{line.measure} ({line.unit})" if line.unit else line.measure,
            _when(line.claimed, line.claimed_period),
            _when(line.came, line.came_period),
            line.basis,
            source_cell(answer, line.source),
        )
        for line in answer.hindsight
    )
    return table("hindsight", "Claimed, and what came", heads, rows)


def _when(said: str, period: str) -> str:
    return f"{said} ({period})" if period else said


SECTION = Section(12, "hindsight", "With hindsight", context)
