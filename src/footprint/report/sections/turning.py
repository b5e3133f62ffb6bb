"""How it turns: the nearest ways, the corners, and each assumption alone."""

from typing import Any

from footprint.report.numbers import percent, small_percent
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
        "ways": [way.words.splitlines() for way in why.ways],
        "boxes": [box.words for box in why.boxes],
        "others": sum(not line.turns for line in why.break_even),
        "break_even": _break_even(answer, why) if any(b.turns for b in why.break_even) else None,
        "around": small_percent(why.chance_of_missing),
        "plain": small_percent(why.chance_of_missing_plain),
        "ways_table": _ways(why) if why.ways else None,
    }


def _sentence(why: Why) -> str:
    turning = [line for line in why.break_even if line.turns]
    if not turning:
        return (
            "No single assumption, anywhere in its range, would turn the plan: it takes several "
            "at once."
        )
    if len(turning) == 1:
        return f"One assumption alone could turn the plan: {turning[0].label}."
    return f"{len(turning)} assumptions could each turn the plan alone."


def _ways(why: Why) -> Table:
    heads = columns(
        ("Way",),
        ("Standard deviations from the middle", "Chance", "Standard error"),
        ("Confirmed",),
    )
    rows = [
        row(
            f"Way {i}",
            f"{way.distance:.1f}",
            percent(way.chance),
            percent(way.standard_error),
            "yes" if way.confirmed else "no",
        )
        for i, way in enumerate(why.ways, 1)
    ]
    return table("ways", "The nearest ways across the target", heads, rows)


def _break_even(answer: Answer, why: Why) -> Table:
    heads = columns(("Assumption", "What the plan says"), ())
    rows = [
        row(assumption_cell(answer, line.address, line.label), line.words)
        for line in why.break_even
        if line.turns
    ]
    caption = "The value at which each assumption alone would turn the plan, others as expected"
    return table("break-even", caption, heads, rows)


SECTION = Section(16, "turning", "How it turns", context, asked_why)
