"""What decides it, in groups: by itself, in all, and as a fair part."""

from typing import Any

from footprint.report.charts import picture
from footprint.report.charts.whiskers import Bar, Data
from footprint.report.numbers import percent, percent_range
from footprint.report.section import Section, asked_why
from footprint.report.table import Row, Table, columns, row, table
from footprint.report.words import about
from footprint.stress.answer import Answer
from footprint.stress.why_answer import GroupShares, Why


def context(answer: Answer) -> dict[str, Any]:
    """What the template is given."""
    why = answer.why
    assert why is not None  # the section is only there when asked for
    words = (
        f"What decides the gap of {answer.target.year}, in groups",
        "Each bar is what a group decides in all, by itself and together with others; the "
        "whisker is its 95% interval.",
    )
    bars = tuple(Bar(g.label, g.total, *g.total_interval) for g in why.groups)
    told = f"Up to {percent(why.dummy_total)}: what even a group that nothing reads may show"
    data = Data(bars, percent, percent_range, (max(why.dummy_total, 0.0), told))
    return {
        "sentence": _sentence(why, answer.target.year),
        "picture": picture("whiskers", "groups-chart", words, data, "groups"),
        "table": _table(why, answer.target.year),
    }


def _sentence(why: Why, year: str) -> str:
    first = why.groups[0]
    label = first.label[:1].upper() + first.label[1:]
    together = max((g.total - g.first for g in why.groups), default=0.0)
    mixing = (
        "groups hardly change one another's effect"
        if together < 0.05
        else "part of it only shows where groups come together"
    )
    return f"{label} decides {about(first.total)} of the doubt about {year} in all; {mixing}."


def _table(why: Why, year: str) -> Table:
    heads = columns(
        ("Group",),
        ("Assumptions", "By itself", "95% interval", "In all", "95% interval, in all", "Fair part"),
    )
    caption = f"What decides the gap with the plan in {year}, in groups"
    return table("groups", caption, heads, [_row(group) for group in why.groups])


def _row(group: GroupShares) -> Row:
    return row(
        group.label,
        str(group.members),
        percent(group.first),
        percent_range(*group.first_interval),
        percent(group.total),
        percent_range(*group.total_interval),
        "" if group.shapley is None else percent(group.shapley),
    )


SECTION = Section(15, "groups", "What decides it, in groups", context, asked_why)
