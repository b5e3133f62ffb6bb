"""By partner: what each is short of, and who pays so that others gain."""

from collections.abc import Iterable
from typing import Any

from footprint.report.charts import picture
from footprint.report.charts.ranges import Data, Dot
from footprint.report.drawing import Picture
from footprint.report.numbers import BLANK, millions, money, plural
from footprint.report.section import Section
from footprint.report.table import Row, Table, columns, row, table
from footprint.report.words import listed, so_many_are
from footprint.stress.answer import Answer, SchemeAnswer, Spread

_LEAST = 0.05  # £m: what would be written 0.0


def context(answer: Answer) -> dict[str, Any]:
    """What the template is given."""
    return {
        "sentence": _sentence(answer),
        "picture": _picture(answer) if _names(answer) else None,
        "table": _table(answer),
        "flows": _flow_sentence(answer),
        "matrix": _matrix(answer) if answer.pays_and_gains else None,
        "schemes": _schemes(answer) if answer.bridge.schemes else None,
    }


def partner_name(answer: Answer, partner: str) -> str:
    """A partner's name; its id where the plan gives none."""
    return answer.partners.get(partner, partner)


def _names(answer: Answer) -> list[str]:
    """Ids of partners with money in the gap, by name."""
    return _by_name(answer, {*answer.gap.do_nothing.partners, *answer.gap.plan.partners})


def _by_name(answer: Answer, partners: Iterable[str]) -> list[str]:
    return sorted(partners, key=lambda partner: partner_name(answer, partner).casefold())


def _worlds(answer: Answer, partner: str) -> tuple[Spread, Spread]:
    none = Spread(p10=0.0, p50=0.0, p90=0.0, mean=0.0)
    last = answer.years[-1]
    gaps = (answer.gap.do_nothing.partners, answer.gap.plan.partners)
    nothing, plan = (found[partner][last] if partner in found else none for found in gaps)
    return nothing, plan


def _sentence(answer: Answer) -> str:
    changes = [plan.mean - nothing.mean for nothing, plan in _all_worlds(answer)]
    better = sum(change < -_LEAST for change in changes)
    worse = sum(change > _LEAST for change in changes)
    same = len(changes) - better - worse
    return (
        f"Of {plural(len(changes), 'partner')}, {so_many_are(better)} better placed in "
        f"{answer.years[-1]} with the plan than if nothing is done, "
        f"{so_many_are(worse)} worse "
        f"placed, and for {same or 'none'} it makes no difference."
    )


def _all_worlds(answer: Answer) -> list[tuple[Spread, Spread]]:
    return [_worlds(answer, partner) for partner in _names(answer)]


def _picture(answer: Answer) -> Picture:
    words = (
        f"The gap of each partner in {answer.years[-1]}, £m",
        "For each partner the middle of the futures tried, and the range that 8 of 10 lie in. "
        "Left of zero: money to spare.",
    )
    things = tuple(
        (
            partner_name(answer, partner),
            tuple(Dot(s.p10, s.p50, s.p90) for s in _worlds(answer, partner)),
        )
        for partner in _names(answer)
    )
    data = Data(("If nothing is done", "With the plan"), things, millions)
    return picture("ranges", "partners-chart", words, data, "partners")


def _table(answer: Answer) -> Table:
    heads = columns(
        ("Partner",),
        (
            "Nothing done: half of futures below",
            "8 in 10 futures between",
            "Expected",
            "With the plan: half of futures below",
            "8 in 10 futures between ",
            "Expected ",
        ),
    )
    rows = [
        row(partner_name(answer, partner), *_cells(_worlds(answer, partner)))
        for partner in _names(answer)
    ]
    sums = [millions(sum(pair[world].mean for pair in _all_worlds(answer))) for world in (0, 1)]
    rows.append(row("All partners, sum of expected", "", "", sums[0], "", "", sums[1], total=True))
    caption = f"The gap of each partner in {answer.years[-1]}, £m (below zero: money to spare)"
    return table("partners", caption, heads, rows)


def _cells(worlds: tuple[Spread, Spread]) -> list[str]:
    cells = []
    for s in worlds:
        cells += [millions(s.p50), f"{millions(s.p10)} to {millions(s.p90)}", millions(s.mean)]
    return cells


def _flow_sentence(answer: Answer) -> str:
    flows = answer.pays_and_gains
    year = answer.years[-1]
    if not flows:
        return f"No partner is found to pay in {year} so that another gains."
    paid = {payer: sum(gains.values()) for payer, gains in flows.items()}
    gained: dict[str, float] = {}
    for gains in flows.values():
        for partner, amount in gains.items():
            gained[partner] = gained.get(partner, 0.0) + amount
    most, best = max(paid, key=lambda p: paid[p]), max(gained, key=lambda p: gained[p])
    return (
        f"{partner_name(answer, most)} pays most so that others gain ({money(paid[most])} in "
        f"{year}), and {partner_name(answer, best)} gains most ({money(gained[best])})."
    )


def _matrix(answer: Answer) -> Table:
    payers = _by_name(answer, answer.pays_and_gains)
    gainers = _by_name(answer, {g for gains in answer.pays_and_gains.values() for g in gains})
    heads = columns(("Who pays",), [f"{partner_name(answer, p)} gains" for p in gainers])
    rows = (
        row(
            partner_name(answer, payer),
            *(_amount(answer.pays_and_gains[payer].get(g)) for g in gainers),
        )
        for payer in payers
    )
    caption = f"Who pays and who gains in {answer.years[-1]}, expected values, £m"
    return table("pays-and-gains", caption, heads, rows)


def _amount(value: float | None) -> str:
    return BLANK if value is None else millions(value)


def _schemes(answer: Answer) -> Table:
    heads = columns(
        (
            "Scheme",
            "Planned: who pays",
            "Found: who is worse off, £m",
            "Planned: who gains",
            "Found: who is better off, £m",
        ),
        (),
    )
    rows = (_scheme(answer, scheme) for scheme in answer.bridge.schemes)
    caption = f"Who was planned to pay and gain, and who does in {answer.years[-1]}"
    return table("pays-by-scheme", caption, heads, rows)


def _scheme(answer: Answer, scheme: SchemeAnswer) -> Row:
    ordered = sorted(scheme.by_partner.items(), key=lambda pair: -abs(pair[1]))
    lost = [f"{partner_name(answer, p)} {millions(-v)}" for p, v in ordered if v <= -_LEAST]
    won = [f"{partner_name(answer, p)} {millions(v)}" for p, v in ordered if v >= _LEAST]
    return row(
        scheme.name,
        _planned(answer, scheme.pays_as_planned),
        listed(lost) or "nobody by £0.1m or more",
        _planned(answer, scheme.gains_as_planned),
        listed(won) or "nobody by £0.1m or more",
    )


def _planned(answer: Answer, partners: tuple[str, ...]) -> str:
    names = sorted((partner_name(answer, p) for p in partners), key=str.casefold)
    return listed(names) or "the plan does not say"


SECTION = Section(6, "partners", "By partner", context)
