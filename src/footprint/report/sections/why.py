"""Why: from causes to the gap, from schemes to what is left of it."""

from typing import Any

from footprint.report.charts import picture
from footprint.report.charts.waterfall import Bar, Data
from footprint.report.drawing import Picture
from footprint.report.numbers import millions, money
from footprint.report.refs import source_cell
from footprint.report.section import Section
from footprint.report.table import Table, columns, row, table
from footprint.report.words import sentence, stated_gap, stated_savings
from footprint.stress.answer import Answer

_LEAST = 0.05  # £m: what would be written 0.0 is not worth a bar


def context(answer: Answer) -> dict[str, Any]:
    """What the template is given."""
    return {
        "sentence": _sentence(answer),
        "rebuilt": [stated_gap(answer.stated), stated_savings(answer.stated)],
        "gap": _gap_picture(answer),
        "causes": _causes(answer),
        "plan": _plan_picture(answer),
        "schemes": _schemes(answer),
        "stated": _stated(answer) if answer.stated_lines else None,
        "year": answer.years[-1],
        "present_value": _present_value(answer),
    }


def _sentence(answer: Answer) -> str:
    bridge, year = answer.bridge, answer.years[-1]
    widest = max(bridge.causes, key=lambda cause: cause.total)
    change = bridge.do_nothing - bridge.plan
    did = (
        "hardly moves the gap"
        if abs(change) < _LEAST
        else f"{'closes' if change > 0 else 'widens the gap by'} {money(abs(change))}"
        + (" of the gap" if change > 0 else "")
    )
    return (
        f"The largest cause of the gap in {year} is {_lower(widest.cause)} "
        f"({money(widest.total)}); the plan {did}."
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _gap_bars(answer: Answer) -> tuple[Bar, ...]:
    bars = [Bar(cause.cause, cause.total) for cause in answer.bridge.causes]
    bars.append(Bar("Gap if nothing is done, as computed", answer.bridge.do_nothing, "total"))
    if answer.stated.gap is not None:
        bars += [
            Bar("Stated, not reproduced", answer.stated.gap_unexplained, "unexplained"),
            Bar("Gap if nothing is done, as stated", answer.stated.gap, "total"),
        ]
    return tuple(bars)


def _gap_picture(answer: Answer) -> Picture:
    words = (
        f"What makes the gap of {answer.years[-1]}",
        "Each bar starts where the one above it ends: to the right it widens the gap, to the "
        "left it narrows it. Crossed lines: stated, not reproduced.",
    )
    return picture("waterfall", "causes-chart", words, Data(_gap_bars(answer), money), "causes")


def _causes(answer: Answer) -> Table:
    heads = columns(("Cause",), ("NHS, £m", "Councils, £m", "Together, £m"))
    causes = answer.bridge.causes
    rows = [row(c.cause, millions(c.nhs), millions(c.council), millions(c.total)) for c in causes]
    rows.append(
        row(
            "Gap if nothing is done, as computed",
            millions(sum(c.nhs for c in causes)),
            millions(sum(c.council for c in causes)),
            millions(answer.bridge.do_nothing),
            total=True,
        )
    )
    for bar in _gap_bars(answer)[len(causes) + 1 :]:
        rows.append(row(bar.label, "", "", millions(bar.amount), total=bar.kind == "total"))
    caption = f"Causes of the gap in {answer.years[-1]}, expected values, £m (positive widens it)"
    return table("causes", caption, heads, rows)


def _plan_bars(answer: Answer) -> tuple[Bar, ...]:
    bridge = answer.bridge
    bars = [Bar("Gap if nothing is done, as computed", bridge.do_nothing, "total")]
    bars += [Bar(scheme.name, -scheme.total) for scheme in bridge.schemes]
    if abs(bridge.overlap) >= _LEAST:
        bars.append(Bar("Overlap between schemes", -bridge.overlap))
    bars.append(Bar("Gap with the plan, as computed", bridge.plan, "total"))
    if answer.stated.gap is not None:
        extra = answer.stated.gap_unexplained
        bars += [
            Bar("Stated, not reproduced", extra, "unexplained"),
            Bar("Gap with the plan, as stated", bridge.plan + extra, "total"),
        ]
    return tuple(bars)


def _plan_picture(answer: Answer) -> Picture:
    words = (
        f"What the schemes take off the gap of {answer.years[-1]}",
        "Each bar starts where the one above it ends. A scheme to the left narrows the gap; one "
        "to the right costs more than it saves. Crossed lines: stated, not reproduced.",
    )
    return picture("waterfall", "schemes-chart", words, Data(_plan_bars(answer), money), "schemes")


def _schemes(answer: Answer) -> Table:
    parts = (
        "Work avoided or done cheaper, £m",
        "Capacity closed, £m",
        "New income, £m",
        "Cost, £m",
        "Gap, or change in it, £m",
    )
    rows = (
        row(bar.label, *cells, millions(bar.amount), total=bar.kind == "total")
        for bar, cells in zip(_plan_bars(answer), _scheme_parts(answer), strict=True)
    )
    caption = (
        f"What each scheme alone does in {answer.years[-1]}, expected values, £m "
        "(in the last column a figure below zero narrows the gap)"
    )
    return table("schemes", caption, columns(("Scheme",), parts), rows)


def _scheme_parts(answer: Answer) -> list[tuple[str, ...]]:
    """What each bar is made of; bars that are no scheme have no parts."""
    parts: list[tuple[str, ...]] = [("",) * 4] * len(_plan_bars(answer))
    for i, scheme in enumerate(answer.bridge.schemes, start=1):  # the first bar is a total
        amounts = (scheme.work, scheme.closing, scheme.income, -scheme.cost)
        parts[i] = tuple(map(millions, amounts))
    return parts


def _stated(answer: Answer) -> Table:
    heads = columns(("What the plan stated", "Year"), ("£m",), ("How we know", "Source", "Note"))
    rows = (
        row(
            found.name,
            found.year,
            "no figure found" if found.amount is None else millions(found.amount),
            found.status,
            source_cell(answer, found.source),
            found.note,
        )
        for found in answer.stated_lines
    )
    return table("stated", "Figures the plan stated, line by line, £m", heads, rows)


def _present_value(answer: Answer) -> str:
    value = answer.bridge.present_value
    if value is None:
        return ""
    said = f"{money(value)} to the good" if value > 0 else f"{money(-value)} to the bad"
    if money(value) in (money(0.0),):
        said = "nothing either way"
    return sentence(
        "over all its years, in base-year prices and discounted as the Green Book asks, "
        f"the plan is {said}"
    )


SECTION = Section(3, "why", "Why", context)
