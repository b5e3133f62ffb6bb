"""The answer: in how many futures the plan reaches its target, and how sure that is."""

from typing import Any

from footprint.report.charts import picture
from footprint.report.charts.ranges import Data, Dot
from footprint.report.drawing import Picture
from footprint.report.numbers import millions, money, small_percent
from footprint.report.refs import source_cell
from footprint.report.section import Section
from footprint.report.table import Table, columns, row, table
from footprint.report.words import between, chance_words, sentence, target_reached
from footprint.stress.answer import Answer, Probability


def context(answer: Answer) -> dict[str, Any]:
    """What the template is given."""
    target, year = answer.target, answer.target.year
    readings = [(_reading(answer, name), found) for name, found in _found(answer)]
    return {
        "sentence": target_reached(answer.p_target.words),
        "target": f"{target.statement.rstrip('.')}.",
        "year": year,
        "readings": [
            (name, target_reached(found.words), _error(found)) for name, found in readings
        ],
        "without": target_reached(chance_words(answer.p_target.independent, answer.draws)),
        "shared": target_reached(answer.p_target.words),
        "gaps": (
            ("If nothing is done", sentence(between(target.do_nothing)), "first"),
            ("With the plan", sentence(between(target.plan)), "second"),
        ),
        "chances": _chances(readings),
        "picture": _picture(answer),
        "table": _gap_table(answer),
        "target_status": target.status,
        "target_cell": source_cell(answer, target.source) if target.source else "",
    }


def _found(answer: Answer) -> list[tuple[str, Probability]]:
    return list(answer.target.readings.items()) or [("computed", answer.p_target)]


def _reading(answer: Answer, name: str) -> str:
    if name == "computed":
        return "As computed"
    unexplained = answer.stated.gap_unexplained
    if unexplained < 0:
        return f"As stated, {money(-unexplained)} less than can be computed"
    return f"As stated, with the {money(unexplained)} that nobody can rebuild"


def _error(found: Probability) -> str:
    return (
        f"{small_percent(found.correlated)}, give or take "
        f"{small_percent(found.standard_error).removesuffix('%')} percentage points from trying "
        "a limited number of futures"
    )


def _chances(readings: list[tuple[str, Probability]]) -> Table:
    heads = columns(
        ("How the gap is read",),
        ("Chance, with shared optimism", "Standard error", "Chance, without shared optimism"),
        ("95% interval from the number of futures",),
    )
    rows = (
        row(
            name,
            small_percent(found.correlated),
            small_percent(found.standard_error),
            small_percent(found.independent),
            f"{small_percent(found.low)} to {small_percent(found.high)}",
        )
        for name, found in readings
    )
    return table("chances", "Chance of reaching the target", heads, rows)


def _picture(answer: Answer) -> Picture:
    words = (
        f"The gap in {answer.target.year}, £m",
        "The middle of the futures tried and the range that 8 of 10 lie in, if nothing is done "
        "and with the plan. Left of zero: money to spare.",
    )
    spreads = (answer.target.do_nothing, answer.target.plan)
    dots = tuple(Dot(s.p10, s.p50, s.p90) for s in spreads)
    things = ((f"Gap in {answer.target.year}", dots),)
    data = Data(("If nothing is done", "With the plan"), things, millions)
    return picture("ranges", "gap-chart", words, data, "gap-last-year")


def _gap_table(answer: Answer) -> Table:
    heads = columns(
        ("Gap, £m",),
        ("1 in 10 futures below", "Half of futures below", "9 in 10 futures below", "Expected"),
    )
    worlds = (
        ("If nothing is done", answer.target.do_nothing),
        ("With the plan", answer.target.plan),
    )
    rows = (row(name, *map(millions, (s.p10, s.p50, s.p90, s.mean))) for name, s in worlds)
    return table("gap-last-year", f"The gap in {answer.target.year}, £m", heads, rows)


SECTION = Section(1, "answer", "The answer", context)
