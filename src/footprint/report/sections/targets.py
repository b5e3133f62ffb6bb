"""The targets: each objective with a number, under the three gaps."""

from typing import Any

from footprint.report.charts import picture
from footprint.report.charts.whiskers import Bar, Data
from footprint.report.drawing import Picture, tick
from footprint.report.numbers import count, millions, money, plural, small_percent
from footprint.report.refs import source_cell
from footprint.report.section import Section
from footprint.report.table import Row, Table, columns, grouped, row
from footprint.report.words import listed, so_many_are
from footprint.stress.answer import Answer, Spread, TargetAnswer

_GAPS = ("health and wellbeing", "care and quality", "finance")


def context(answer: Answer) -> dict[str, Any]:
    """What the template is given."""
    return {
        "sentence": _sentence(answer),
        "without": _without(answer),
        "picture": _picture(answer),
        "table": _table(answer),
    }


def _ordered(answer: Answer) -> list[TargetAnswer]:
    return sorted(answer.targets, key=lambda t: _GAPS.index(t.gap) if t.gap in _GAPS else 9)


def _sentence(answer: Answer) -> str:
    likely = sum(target.p_target.correlated >= 0.5 for target in answer.targets)
    return (
        f"Of {plural(len(answer.targets), 'target')} with a number, {so_many_are(likely)} "
        "reached in at least half of futures."
    )


def _without(answer: Answer) -> str:
    there = {target.gap for target in answer.targets}
    lacking = [gap for gap in _GAPS if gap not in there]
    if not lacking:
        return ""
    return f"No target with a number is set under {listed(lacking, 'or')}, so none can be tested."


def _picture(answer: Answer) -> Picture:
    bars = tuple(
        Bar(t.statement, t.p_target.correlated, t.p_target.low, t.p_target.high)
        for t in _ordered(answer)
    )
    words = (
        "The chance of reaching each target",
        "Each bar is the share of futures in which the target is reached; the whisker is its 95% "
        "interval from the number of futures tried. The whole width is every future.",
    )
    data = Data(bars, small_percent, _between, full=1.0)
    return picture("whiskers", "targets-chart", words, data, "targets")


def _between(low: float, high: float) -> str:
    return f"{small_percent(low)} to {small_percent(high)}"


def _table(answer: Answer) -> Table:
    heads = columns(
        ("Target", "Reached when"),
        ("Nothing done", "With the plan", "Chance", "95% interval"),
        ("In words", "How we know", "Source"),
    )
    rows = ((t.gap[:1].upper() + t.gap[1:], _row(answer, t)) for t in _ordered(answer))
    caption = "Targets under the three gaps: middle of the futures (8 in 10 between)"
    return grouped("targets", caption, heads, rows)


def _row(answer: Answer, target: TargetAnswer) -> Row:
    return row(
        target.statement,
        _rule(target),
        _range(target, target.do_nothing),
        _range(target, target.plan),
        small_percent(target.p_target.correlated),
        _between(target.p_target.low, target.p_target.high),
        target.p_target.words,
        target.status,
        source_cell(answer, target.source),
    )


def _say(target: TargetAnswer, value: float) -> str:
    return millions(value) if target.measure == "gap" else count(value)


def _range(target: TargetAnswer, s: Spread) -> str:
    low, middle, high = (_say(target, v) for v in (s.p10, s.p50, s.p90))
    return middle if low == high else f"{middle} ({low} to {high})"


def _rule(target: TargetAnswer) -> str:
    most = target.at_most is not None
    value = target.at_most if most else target.at_least
    bound = "at most" if most else "at least"
    level = f"{_say(target, value or 0.0)} {target.unit}"
    if target.measure == "gap":
        level = tick(money(value or 0.0))
    return f"{target.measure} in {target.year} is {bound} {level}"


SECTION = Section(11, "targets", "The targets", context)
