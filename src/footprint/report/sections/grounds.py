"""What the answer rests on: published, derived, assumed, or explained by nobody."""

from typing import Any

from footprint.report.charts import picture
from footprint.report.charts.shares import Data
from footprint.report.numbers import percent
from footprint.report.section import Section
from footprint.report.table import Table, columns, row, table
from footprint.report.words import about, sentence
from footprint.stress.answer import Answer

_PARTS = ("published", "derived", "assumed", "unexplained")
_NAMES = {
    "gap": "What moves the gap",
    "spend": "Spending in the first year",
    "savings": "Savings the plan stated",
}


def context(answer: Answer) -> dict[str, Any]:
    """What the template is given."""
    wholes = tuple(
        (_NAMES.get(name, name), tuple(shares.get(part, 0.0) for part in _PARTS))
        for name, shares in answer.grounds.items()
    )
    words = (
        "What the figures rest on",
        "Each bar is a whole; its parts are published, derived by arithmetic, assumed, or "
        "explained by nobody. The shares stand under each bar and in the table.",
    )
    return {
        "sentence": _sentence(answer),
        "picture": picture(
            "shares", "grounds-chart", words, Data(_PARTS, wholes, percent), "grounds"
        )
        if wholes
        else None,
        "table": _table(wholes),
    }


def _sentence(answer: Answer) -> str:
    shares = answer.grounds.get("gap", {})
    if not shares:
        return "We cannot tell what the answer rests on."
    loose = shares.get("assumed", 0.0) + shares.get("unexplained", 0.0)
    return sentence(
        f"{about(loose)} of what moves the gap rests on figures that somebody assumed "
        "or nobody can explain"
    )


def _table(wholes: tuple[tuple[str, tuple[float, ...]], ...]) -> Table:
    heads = columns(("Of",), ("Published", "Derived", "Assumed", "Unexplained"))
    rows = (row(name, *map(percent, shares)) for name, shares in wholes)
    return table("grounds", "Shares by how each figure is known", heads, rows)


SECTION = Section(4, "grounds", "What the answer rests on", context)
