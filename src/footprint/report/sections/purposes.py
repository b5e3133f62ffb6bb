"""Money by purpose: what is for something of its own, whose it is, and when it ends."""

from typing import Any

from footprint.report.charts import picture
from footprint.report.charts.spans import Data, Span
from footprint.report.drawing import Picture
from footprint.report.numbers import millions, plural
from footprint.report.refs import source_cell
from footprint.report.section import Section
from footprint.report.sections.partners import partner_name
from footprint.report.table import Row, Table, columns, grouped, row
from footprint.report.words import are
from footprint.stress.answer import Answer, MoneyByPurpose


def context(answer: Answer) -> dict[str, Any]:
    """What the template is given."""
    lines = answer.money_by_purpose
    return {
        "sentence": _sentence(answer),
        "picture": _picture(answer) if any(line.ends for line in lines) else None,
        "table": _table(answer) if lines else None,
    }


def _sentence(answer: Answer) -> str:
    lines = answer.money_by_purpose
    if not lines:
        return "The plan lists no money by what it is for."
    ends = sorted(line.ends for line in lines if line.ends)
    if not ends:
        return f"None of {plural(len(lines), 'line')} of money has an end that is written down."
    return (
        f"Of {plural(len(lines), 'line')} of money, {len(ends)} "
        f"{are(len(ends))} due to end, the first after {ends[0]}."
    )


def _picture(answer: Answer) -> Picture:
    ending = sorted((m for m in answer.money_by_purpose if m.ends), key=lambda m: m.ends)
    spans = tuple(_span(answer, line) for line in ending)
    words = (
        "Money that is due to end",
        "A bar runs from the first year with money to the end that is written for it; an arrow "
        "says that the end is after the last year of the plan.",
    )
    return picture("spans", "purposes-chart", words, Data(answer.years, spans), "purposes")


def _span(answer: Answer, line: MoneyByPurpose) -> Span:
    """From the first year with money to the written end, which may lie beyond the plan."""
    years = answer.years
    first = next((i for i, year in enumerate(years) if year in line.amounts), 0)
    later = line.ends > years[-1]
    last = years.index(line.ends) if line.ends in years else len(years) - 1
    return Span(line.name, first, max(first, last), later, f"ends {line.ends}")


def _table(answer: Answer) -> Table:
    heads = columns(
        ("Money", "Whose"),
        tuple(f"{year}, £m" for year in answer.years),
        ("Lasts", "Conditions", "In the gap", "How we know", "Source"),
    )
    rows = (
        (line.purpose[:1].upper() + line.purpose[1:], _row(answer, line))
        for line in answer.money_by_purpose
    )
    return grouped("purposes", "Money by purpose and year, £m", heads, rows)


def _row(answer: Answer, line: MoneyByPurpose) -> Row:
    return row(
        line.name,
        partner_name(answer, line.partner),
        *(millions(line.amounts[y]) if y in line.amounts else "" for y in answer.years),
        _lasts(line),
        line.conditions,
        "inside" if line.scope == "gap" else "beside it",
        line.status,
        source_cell(answer, line.source),
    )


def _lasts(line: MoneyByPurpose) -> str:
    if line.ends:
        return f"ends {line.ends}"
    return "every year, no end written" if line.recurrent else "no end written"


SECTION = Section(10, "purposes", "Money by purpose", context)
