"""What decides it: the sources of doubt that move the answer most."""

from typing import Any

from footprint.report.charts import picture
from footprint.report.charts.whiskers import Bar, Data
from footprint.report.numbers import percent, percent_range
from footprint.report.refs import assumption_cell, source_cell
from footprint.report.section import Section
from footprint.report.table import Row, Table, columns, row, table
from footprint.report.words import about
from footprint.stress.answer import Answer, Driver


def context(answer: Answer) -> dict[str, Any]:
    """What the template is given."""
    noise = noise_level(answer)
    words = (
        f"What decides the gap of {answer.target.year}",
        "Each bar is the share of the doubt that one thing decides by itself; the whisker is its "
        "95% interval. Bars within the dashed line cannot be told from noise.",
    )
    bars = tuple(Bar(d.label, d.share, *d.interval) for d in answer.drivers)
    told = f"Up to {percent(noise)}: what even a figure that nothing reads may seem to decide"
    data = Data(bars, percent, percent_range, (noise, told))
    return {
        "sentence": _sentence(answer),
        "picture": picture("whiskers", "drivers-chart", words, data, "drivers") if bars else None,
        "table": _table(answer),
        "noise": percent(noise),
    }


def noise_level(answer: Answer) -> float:
    """The share a stream that nothing reads may seem to decide: the upper end of its interval."""
    return max(answer.dummy.interval[1], 0.0)


def _sentence(answer: Answer) -> str:
    year, noise = answer.target.year, noise_level(answer)
    clear = [driver for driver in answer.drivers if driver.interval[0] > noise]
    if not clear:
        return f"No single thing stands out of the noise in what decides the gap of {year}."
    first = clear[0]
    others = f"; {len(clear) - 1} more stand out of the noise" if len(clear) > 2 else ""
    if len(clear) == 2:
        others = f", and {clear[1].label} {about(clear[1].share)}"
    return f"{_upper(first.label)} decides {about(first.share)} of the doubt in {year}{others}."


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _table(answer: Answer) -> Table:
    heads = columns(
        ("Assumption",),
        ("Share of the doubt", "95% interval", "If nothing were shared"),
        ("What the plan says", "Who answers for it", "How we know", "Source"),
    )
    rows = [_row(answer, driver) for driver in answer.drivers]
    dummy = answer.dummy
    rows.append(
        row(
            "A figure nothing reads, for comparison",
            percent(dummy.share),
            percent_range(*dummy.interval),
            "",
            "",
            "",
            "",
            "",
            total=True,
        )
    )
    caption = f"What decides the gap with the plan in {answer.target.year}"
    return table("drivers", caption, heads, rows)


def _row(answer: Answer, driver: Driver) -> Row:
    alone = driver.share_independent
    return row(
        assumption_cell(answer, driver.address, driver.label),
        percent(driver.share),
        percent_range(*driver.interval),
        "" if alone is None else percent(alone),
        driver.value,
        driver.owner or "nobody named",
        driver.status,
        source_cell(answer, driver.source),
    )


SECTION = Section(5, "drivers", "What decides it", context)
