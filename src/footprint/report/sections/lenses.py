"""Three ways to count a saving, and what each makes of the answer."""

from typing import Any

from footprint.report.charts import picture
from footprint.report.charts.ranges import Data, Dot
from footprint.report.numbers import millions, money, small_percent
from footprint.report.section import Section
from footprint.report.table import Table, columns, row, table
from footprint.report.words import between, chance_words
from footprint.stress.answer import Answer, Spread

_NAMES = {
    "average": "Average: each unit avoided saves its full average cost",
    "marginal": "Marginal: each unit avoided saves only the cost that varies with it",
    "step": "Step: money is saved only when a whole ward or team can close",
}


def context(answer: Answer) -> dict[str, Any]:
    """What the template is given."""
    found = _found(answer)
    words = (
        f"The gap with the plan in {answer.target.year}, counted three ways, £m",
        "For each way of counting, the middle of the futures and the range that 8 of 10 lie in.",
    )
    things = tuple((_name(lens), (Dot(s.p10, s.p50, s.p90),)) for lens, s in found.items())
    data = Data(("With the plan",), things, millions, start=1)
    return {
        "sentence": _sentence(answer),
        "chosen": answer.cost_lens,
        "said": [(_name(lens), between(s), _chance(answer, lens)) for lens, s in found.items()],
        "picture": picture("ranges", "lenses-chart", words, data, "lenses"),
        "table": _table(answer),
    }


def _name(lens: str) -> str:
    return _NAMES.get(lens, lens)


def _found(answer: Answer) -> dict[str, Spread]:
    return {lens: years[answer.target.year] for lens, years in answer.gap_by_lens.items()}


def _chance(answer: Answer, lens: str) -> str:
    return chance_words(answer.p_target_by_lens[lens], answer.draws)


def _sentence(answer: Answer) -> str:
    middles = [s.p50 for s in _found(answer).values()]
    apart = max(middles) - min(middles)
    said = {_chance(answer, lens) for lens in answer.p_target_by_lens}
    if len(said) == 1:
        chance = f"however it is counted, the target is reached in {said.pop()}"
        return (
            f"How a saving is counted moves the gap of {answer.target.year} by {money(apart)}; "
            f"{chance}."
        )
    return (
        f"How a saving is counted moves the gap of {answer.target.year} by {money(apart)}, and "
        f"the chance of the target with it."
    )


def _table(answer: Answer) -> Table:
    heads = columns(
        ("How a saving is counted",),
        ("1 in 10 futures below", "Half of futures below", "9 in 10 futures below", "Chance"),
    )
    rows = (
        row(
            _name(lens),
            *map(millions, (s.p10, s.p50, s.p90)),
            small_percent(answer.p_target_by_lens[lens]),
        )
        for lens, s in _found(answer).items()
    )
    caption = f"The gap with the plan in {answer.target.year}, £m, and the chance of the target"
    return table("lenses", caption, heads, rows)


SECTION = Section(7, "lenses", "Three ways to count a saving", context)
