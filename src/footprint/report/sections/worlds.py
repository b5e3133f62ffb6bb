"""If nothing is done, and with the plan: the gap by year."""

from typing import Any

from footprint.report.charts import picture
from footprint.report.charts.fan import Data, Series
from footprint.report.drawing import Picture
from footprint.report.numbers import millions, money
from footprint.report.section import Section
from footprint.report.table import Table, columns, grouped, row
from footprint.report.words import between
from footprint.stress.answer import Answer, ByYear

_WORLDS = ("If nothing is done", "With the plan")


def context(answer: Answer) -> dict[str, Any]:
    """What the template is given."""
    nothing, plan = answer.gap.do_nothing.place, answer.gap.plan.place
    last = answer.years[-1]
    return {
        "sentence": (
            f"If nothing is done, the partners together are {between(nothing[last])} in {last}; "
            f"with the plan, {between(plan[last])}."
        ),
        "picture": _picture(answer),
        "table": _table(answer),
        "beside": _beside(answer),
    }


def _picture(answer: Answer) -> Picture:
    worlds = (answer.gap.do_nothing.place, answer.gap.plan.place)
    series = tuple(_series(name, found) for name, found in zip(_WORLDS, worlds, strict=True))
    words = (
        "The gap by year, if nothing is done and with the plan",
        "Each line is the middle of the futures tried; 8 of 10 futures lie in its band. "
        "The figures are in the table that follows.",
    )
    return picture("fan", "gap-fan", words, Data(answer.years, series, money), "gap-by-year")


def _series(name: str, found: ByYear) -> Series:
    spreads = list(found.values())
    return Series(
        name,
        tuple(s.p10 for s in spreads),
        tuple(s.p50 for s in spreads),
        tuple(s.p90 for s in spreads),
    )


def _table(answer: Answer) -> Table:
    return _by_year(
        "gap-by-year",
        "The gap by year, £m (below zero: money to spare)",
        answer,
        (answer.gap.do_nothing.place, answer.gap.plan.place),
    )


def _by_year(ident: str, caption: str, answer: Answer, worlds: tuple[ByYear, ByYear]) -> Table:
    heads = columns(
        ("Year",),
        ("1 in 10 futures below", "Half of futures below", "9 in 10 futures below", "Expected"),
    )
    rows = (
        (name, row(year, *map(millions, (s.p10, s.p50, s.p90, s.mean))))
        for name, world in zip(_WORLDS, worlds, strict=True)
        for year, s in world.items()
    )
    return grouped(ident, caption, heads, rows)


def _beside(answer: Answer) -> Table | None:
    """Money and services outside the stated gap, where there are any."""
    worlds = (answer.beside.do_nothing.place, answer.beside.plan.place)
    if not any(abs(s.mean) >= 0.05 for world in worlds for s in world.values()):
        return None
    caption = "Beside the gap: services and money the stated gap leaves out, £m"
    return _by_year("beside-by-year", caption, answer, worlds)


SECTION = Section(2, "worlds", "If nothing is done, and with the plan", context)
