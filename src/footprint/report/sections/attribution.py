"""Whose saving it is: each scheme's part, in no order, adding up."""

from typing import Any

from footprint.report.charts import picture
from footprint.report.charts.whiskers import Bar, Data
from footprint.report.numbers import millions, money
from footprint.report.section import Section, asked_why
from footprint.report.table import Table, columns, row, table
from footprint.report.words import sentence
from footprint.stress.answer import Answer
from footprint.stress.why_answer import AttributionAnswer


def context(answer: Answer) -> dict[str, Any]:
    """What the template is given."""
    assert answer.why is not None  # the section is only there when asked for
    found = answer.why.attribution
    year = answer.years[-1]
    words = (
        f"Each scheme's part of what the plan takes off the gap in {year}, £m",
        "A bar to the left is a scheme that costs more than it saves.",
    )
    bars = tuple(Bar(s.name, s.saving[year], s.saving[year], s.saving[year]) for s in found.schemes)
    data = Data(bars, millions, lambda low, high: "")
    return {
        "sentence": _sentence(found, year),
        "picture": picture("whiskers", "attribution-chart", words, data, "attribution"),
        "table": _by_year(answer, found),
        "partners": _by_partner(answer, found),
        "beds": _beds(answer, found),
        "exact": found.exact,
    }


def _sentence(found: AttributionAnswer, year: str) -> str:
    twice = found.counted_twice[year]
    said = f"the schemes together take {money(found.whole[year])} off the gap of {year}"
    if abs(twice) < 0.05:
        return sentence(f"{said}, and adding them up one by one would book the same")
    side = "too much" if twice > 0 else "too little"
    return sentence(f"{said}; adding them up one by one would book {money(abs(twice))} {side}")


def _by_year(answer: Answer, found: AttributionAnswer) -> Table:
    last = answer.years[-1]
    heads = columns(("Scheme",), (*answer.years[1:], f"If it were alone, {last}"))
    rows = [
        row(s.name, *(millions(s.saving[y]) for y in answer.years[1:]), millions(s.alone[last]))
        for s in found.schemes
    ]
    whole = [millions(found.whole[y]) for y in answer.years[1:]]
    rows.append(row("The plan", *whole, millions(found.naive_sum[last]), total=True))
    caption = "Each scheme's part of what comes off the gap, by year, £m; the parts add up"
    return table("attribution", caption, heads, rows)


def _by_partner(answer: Answer, found: AttributionAnswer) -> Table:
    partners = [p for p in answer.partners if any(p in s.by_partner for s in found.schemes)]
    heads = columns(("Partner",), tuple(s.name for s in found.schemes))
    rows = [
        row(answer.partners[p], *(millions(s.by_partner.get(p, 0.0)) for s in found.schemes))
        for p in partners
    ]
    caption = f"The same by partner, {answer.years[-1]}, £m: a minus is a loss"
    return table("attribution-partners", caption, heads, rows)


def _beds(answer: Answer, found: AttributionAnswer) -> Table | None:
    resources = [r for r in answer.resources if any(r in s.needed for s in found.schemes)]
    if not resources:
        return None
    heads = columns(("Scheme",), tuple(answer.resources[r].name for r in resources))
    rows = [
        row(s.name, *(f"{s.needed.get(r, 0.0):,.1f}".replace("-", "−") for r in resources))
        for s in found.schemes
    ]
    caption = f"Beds and places no longer needed, {answer.years[-1]}: a minus is more needed"
    return table("attribution-beds", caption, heads, rows)


SECTION = Section(17, "whose", "Whose saving it is", context, asked_why)
