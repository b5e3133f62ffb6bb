"""What to find out first, and what to talk about next."""

from typing import Any

from footprint.report.numbers import millions, money
from footprint.report.refs import assumption_cell
from footprint.report.section import Section, asked_why
from footprint.report.table import Table, columns, row, table
from footprint.stress.answer import Answer
from footprint.stress.why_answer import Why


def context(answer: Answer) -> dict[str, Any]:
    """What the template is given."""
    why = answer.why
    assert why is not None  # the section is only there when asked for
    return {
        "sentence": _sentence(why),
        "table": _table(answer, why) if why.knowing_first else None,
        "agenda": [dispute.words for dispute in why.agenda],
        "everything": money(why.knowing_everything),
    }


def _sentence(why: Why) -> str:
    clear = [line for line in why.knowing_first if line.value > 2 * line.standard_error]
    most = money(why.knowing_everything)
    if not clear:
        return (
            "No single assumption is worth a study before choosing among the schemes: knowing "
            f"everything would be worth {most} a year."
        )
    first = clear[0]
    return (
        f"Settling one thing first is worth most: {first.label}, {money(first.value)} a year of "
        f"the {most} that knowing everything would be worth."
    )


def _table(answer: Answer, why: Why) -> Table:
    heads = columns(("Assumption",), ("Worth of settling it, £m a year", "Standard error"))
    rows = [
        row(
            assumption_cell(answer, line.address, line.label),
            millions(line.value),
            millions(line.standard_error),
        )
        for line in why.knowing_first
    ]
    caption = "What it is worth to settle an assumption before choosing which scheme to leave out"
    return table("finding-out", caption, heads, rows)


SECTION = Section(18, "finding-out", "What to find out first", context, asked_why)
