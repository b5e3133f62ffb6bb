"""People and services: who needs care, how much is used, and what it costs."""

from collections.abc import Callable
from typing import Any

from footprint.report.charts import picture
from footprint.report.charts.ranges import Data, Dot
from footprint.report.drawing import Picture
from footprint.report.numbers import count, millions, money
from footprint.report.refs import source_cell
from footprint.report.section import Section
from footprint.report.table import Row, Table, columns, grouped, row, table
from footprint.stress.answer import Answer, Spread, Worlds

_MOST = 10


def context(answer: Answer) -> dict[str, Any]:
    """What the template is given."""
    return {
        "sentence": _sentence(answer),
        "picture": _picture(answer) if answer.spend else None,
        "spend": _table(answer, answer.spend, "spend", "Spending by service, £m"),
        "people": _table(answer, answer.people, "people", "People by need"),
        "services": _table(answer, answer.services, "activity", "Use of services a year"),
        "ages": _ages(answer) if answer.people_by_age else None,
        "use_by_age": _use_by_age(answer) if answer.use_by_age else None,
        "registered": _registered(answer) if answer.registered else None,
        "most": min(_MOST, len(answer.spend)),
    }


def _sentence(answer: Answer) -> str:
    last, base = answer.years[-1], answer.years[0]
    if not answer.spend:
        return "The plan counts no services."
    first = sum(worlds.do_nothing[base].mean for worlds in answer.spend.values())
    nothing = sum(worlds.do_nothing[last].mean for worlds in answer.spend.values())
    plan = sum(worlds.plan[last].mean for worlds in answer.spend.values())
    return (
        f"Services that cost {money(first)} in {base} would cost {money(nothing)} in {last} if "
        f"nothing is done, and {money(plan)} with the plan, before what the schemes cost."
    )


def _picture(answer: Answer) -> Picture:
    last = answer.years[-1]
    most = sorted(answer.spend.values(), key=lambda w: -w.plan[last].mean)[:_MOST]
    things = tuple((w.name, (_dot(w.do_nothing[last]), _dot(w.plan[last]))) for w in most)
    words = (
        f"Spending on the largest services in {last}, £m",
        "The middle of the futures and the range that 8 of 10 lie in, for each world.",
    )
    data = Data(("If nothing is done", "With the plan"), things, millions)
    return picture("ranges", "spend-chart", words, data, "spend")


def _dot(s: Spread) -> Dot:
    return Dot(s.p10, s.p50, s.p90)


def _table(answer: Answer, found: dict[str, Worlds], ident: str, caption: str) -> Table | None:
    if not found:
        return None
    base, last = answer.years[0], answer.years[-1]
    heads = columns(
        ("Name", "Unit"),
        (base, f"{last}, nothing done", f"{last}, with the plan"),
    )
    rows = ((_upper(worlds.group), _row(worlds, base, last)) for worlds in found.values())
    full = f"{caption}: middle of the futures (8 in 10 between)"
    return grouped(ident, full, heads, rows)


def _row(worlds: Worlds, base: str, last: str) -> Row:
    unit, size, say = _said_in(worlds.unit)
    spreads = (worlds.do_nothing[base], worlds.do_nothing[last], worlds.plan[last])
    cells = []
    for s in spreads:
        low, middle, high = (say(v * size) for v in (s.p10, s.p50, s.p90))
        cells.append(middle if low == high else f"{middle} ({low} to {high})")
    return row(worlds.name, unit, *cells)


def _said_in(unit: str) -> tuple[str, float, Callable[[float], str]]:
    """How a unit is written, what its numbers are multiplied by, and how they are written."""
    if unit == "GBP m":
        return "£m", 1.0, millions
    if unit.startswith("GBP"):
        year = unit.removeprefix("GBP").removeprefix(" of ").strip()
        return f"£m at prices of {year}" if year else "£m", 1e-6, millions
    return unit, 1.0, count


def _ages(answer: Answer) -> Table:
    heads = columns(("Age",), answer.years)
    rows = (
        row(age, *(count(by_year[year]) for year in answer.years))
        for age, by_year in answer.people_by_age.items()
    )
    return table("ages", "People by age and year, expected values", heads, rows)


def _use_by_age(answer: Answer) -> Table:
    heads = columns(("Age", "Unit"), answer.years)
    rows = (
        (use.name, row(age, *_in_unit(use.unit, [by_year[year] for year in answer.years])))
        for use in answer.use_by_age.values()
        for age, by_year in use.by_age.items()
    )
    caption = "Use by age and year if nothing is done, expected values"
    return grouped("use-by-age", caption, heads, rows)


def _in_unit(unit: str, values: list[float]) -> list[str]:
    name, size, say = _said_in(unit)
    return [name, *(say(value * size) for value in values)]


def _registered(answer: Answer) -> Table:
    heads = columns(("Place", "Year"), ("On practices’ lists", "Residents"), ("Source", "Note"))
    rows = (
        row(
            line.place,
            line.year,
            count(line.registered),
            count(line.resident),
            source_cell(answer, line.source),
            line.note,
        )
        for line in answer.registered
    )
    caption = "People on practices’ lists beside residents: residents are counted here"
    return table("registered", caption, heads, rows)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


SECTION = Section(9, "services", "People and services", context)
