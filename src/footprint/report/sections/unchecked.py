"""What could not be checked, and what the test itself leaves open."""

from typing import Any

from footprint.report.numbers import money, percent, percent_range, plural
from footprint.report.section import Section
from footprint.report.table import Table, columns, row, table
from footprint.report.words import sentence, stated_gap, stated_savings
from footprint.stress.answer import Advice, Answer, StatedLine

# Findings that come only once or twice are in the full list, not in the summary.
_GROUPS = 12


def context(answer: Answer) -> dict[str, Any]:
    """What the template is given."""
    groups = grouped_advice(answer)
    return {
        "sentence": _sentence(answer),
        "groups": _groups(groups) if groups else None,
        "rest": max(len(groups) - _GROUPS, 0),
        "list": _every(answer) if answer.advice else None,
        "how_many": plural(len(answer.advice), "finding"),
        "missing": _missing(answer),
        "counts": _counts(answer),
        "noise": _noise(answer),
    }


def grouped_advice(answer: Answer) -> list[tuple[str, list[Advice]]]:
    """What was found, and every place where it was; the commonest first."""
    groups: dict[str, list[Advice]] = {}
    for advice in answer.advice:
        groups.setdefault(advice.found, []).append(advice)
    return sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))


def _sentence(answer: Answer) -> str:
    number, blank = len(answer.advice), len(_blank(answer))
    found = (
        f"the checks of the plan found {plural(number, 'thing') if number else 'nothing'} to mend"
    )
    if not blank:
        return sentence(found)
    have = "has" if blank == 1 else "have"
    return sentence(
        f"{plural(blank, 'figure')} the plan speaks of {have} no number to be found, and {found}"
    )


def _blank(answer: Answer) -> list[StatedLine]:
    """Lines of what the plan stated that have no figure."""
    return [line for line in answer.stated_lines if line.amount is None]


def _groups(groups: list[tuple[str, list[Advice]]]) -> Table:
    heads = columns(("What was found",), ("How many",), ("What to do",))
    rows = (
        row(found, f"{len(places):,}", "; ".join(dict.fromkeys(p.mend for p in places)))
        for found, places in groups[:_GROUPS]
    )
    return table("advice", "What the checks found, by kind", heads, rows)


def _every(answer: Answer) -> Table:
    heads = columns(("Where", "What was found", "What to do"), ())
    rows = (row(found.place, found.found, found.mend) for found in answer.advice)
    return table("advice-list", "Everything the checks found", heads, rows)


def _missing(answer: Answer) -> list[str]:
    stated = answer.stated
    found = [said for said in (stated_gap(stated), stated_savings(stated)) if said]
    blank = _blank(answer)
    if blank:
        verb = "has" if len(blank) == 1 else "have"
        found.append(f"{plural(len(blank), 'stated line')} {verb} no figure that could be found.")
    return found or ["The plan stated no gap and no savings that could be rebuilt."]


def _counts(answer: Answer) -> str:
    sd = answer.chance_in_counts
    gap = answer.target.plan
    half = (gap.p90 - gap.p10) / 2
    beside = "small beside the rest" if sd < half / 4 else "not small beside the rest"
    return (
        f"Chance in who falls ill adds about ±{money(sd)} (one standard deviation), {beside}; "
        "it is not part of the ranges on this page."
    )


def _noise(answer: Answer) -> str:
    dummy = answer.dummy
    return (
        f"A figure that nothing reads seems to decide {percent(dummy.share)} of the doubt "
        f"(95% interval {percent_range(*dummy.interval)}): shares no larger than that are noise."
    )


SECTION = Section(13, "unchecked", "What could not be checked", context)
