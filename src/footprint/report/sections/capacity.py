"""Beds, places and staff: what is needed against what there is."""

from typing import Any

from footprint.report.charts import picture
from footprint.report.charts.fan import Data, Series
from footprint.report.drawing import Picture
from footprint.report.numbers import count, plural, small_percent, whole_percent
from footprint.report.section import Section
from footprint.report.table import Row, Table, columns, grouped, row, slug, table
from footprint.report.words import are, chance_words
from footprint.stress.answer import Answer, ByYear, ResourceAnswer, RoleAnswer, Spread, Worlds

_HALF_A_DAY = 0.5


def context(answer: Answer) -> dict[str, Any]:
    """What the template is given."""
    return {
        "sentence": _sentence(answer),
        "resources": [
            (found.name, _occupancy(found, answer.years[-1]), _picture(answer, key, found))
            for key, found in answer.resources.items()
        ],
        "short": _short_table(answer) if answer.resources else None,
        "needed": _needed_table(answer) if answer.resources else None,
        "roles": _roles_table(answer) if answer.roles else None,
        "role_pictures": [_role_picture(answer, key, r) for key, r in answer.roles.items()],
        "year": answer.years[-1],
    }


def _sentence(answer: Answer) -> str:
    last = answer.years[-1]
    short = [
        found.name
        for found in answer.resources.values()
        if found.short_days.plan[last].p50 >= _HALF_A_DAY
    ]
    if not answer.resources:
        return "The plan counts no beds, places or hours of care."
    number, kinds = len(short), len(answer.resources)
    which = f"{number} of {plural(kinds, 'kind')} of bed, place or care {are(number)}"
    if number in (0, kinds):
        which = f"{'every' if number else 'no'} kind of bed, place or care counted is"
    return f"With the plan, {which} likely to run short on some days of {last}."


def how_often(short: Spread) -> str:
    """In how many futures there is a day too few, as far as the spread tells.

    >>> how_often(Spread(p10=0.0, p50=3.0, p90=20.0, mean=5.0))
    'in at least half of futures'
    """
    if short.p10 >= _HALF_A_DAY:
        return "in at least 9 of 10 futures"
    if short.p50 >= _HALF_A_DAY:
        return "in at least half of futures"
    if short.p90 >= _HALF_A_DAY:
        return "in at least 1 of 10 futures"
    return "in fewer than 1 of 10 futures"


def _occupancy(found: ResourceAnswer, year: str) -> str:
    """Needed over available as a rule of thumb, beside the limit the plan sets."""
    there = found.available.plan[year].p50
    if there <= 0:
        return f"There is none of it in {year}."
    full = whole_percent(found.needed.plan[year].p50 / there)
    limit = found.occupancy_limit
    against = f", against a limit of {whole_percent(limit)}" if limit is not None else ""
    return f"As a rule of thumb, {full} of what there is would be in use in {year}{against}."


def _series(name: str, found: ByYear) -> Series:
    spreads = list(found.values())
    low, middle, high = zip(*((s.p10, s.p50, s.p90) for s in spreads), strict=True)
    return Series(name, low, middle, high)


def _fan(answer: Answer, ident: str, title: str, needed: Worlds, there: Worlds, to: str) -> Picture:
    series = (
        _series("Needed, nothing done", needed.do_nothing),
        _series("Needed, with the plan", needed.plan),
        _series("There is, with the plan", there.plan),
    )
    words = (title, "Lines are the middle of the futures; 8 of 10 lie in each band.")
    return picture("fan", ident, words, Data(answer.years, series, count, from_zero=False), to)


def _picture(answer: Answer, key: str, found: ResourceAnswer) -> Picture:
    title = f"{found.name}: needed, and what there is ({found.unit})"
    return _fan(answer, f"need-{slug(key)}", title, found.needed, found.available, "capacity")


def _role_picture(answer: Answer, key: str, found: RoleAnswer) -> Picture:
    title = f"{found.name}: staff needed, and staff in post (WTE)"
    return _fan(answer, f"role-{slug(key)}", title, found.needed, found.in_post, "roles")


def _range(s: Spread) -> str:
    if count(s.p10) == count(s.p90):
        return count(s.p50)
    return f"{count(s.p50)} ({count(s.p10)} to {count(s.p90)})"


def _needed_table(answer: Answer) -> Table:
    heads = columns(
        ("Year",),
        ("Needed, nothing done", "Needed, with the plan", "There is, with the plan"),
    )
    rows = (
        (
            f"{found.name} ({found.unit})",
            row(
                year,
                _range(found.needed.do_nothing[year]),
                _range(found.needed.plan[year]),
                _range(found.available.plan[year]),
            ),
        )
        for found in answer.resources.values()
        for year in answer.years
    )
    caption = "Needed and available by year: middle of the futures (8 in 10 between)"
    return grouped("capacity", caption, heads, rows)


def _short_table(answer: Answer) -> Table:
    last = answer.years[-1]
    heads = columns(
        ("Bed, place or care",),
        ("Days short, nothing done", "Days short, with the plan"),
        ("Any day short, with the plan",),
    )
    rows = (_short_row(found, last) for found in answer.resources.values())
    caption = f"Days short in {last}: middle of the futures (8 in 10 between)"
    return table("days-short", caption, heads, rows)


def _short_row(found: ResourceAnswer, year: str) -> Row:
    short = found.short_days
    return row(
        found.name,
        _range(short.do_nothing[year]),
        _range(short.plan[year]),
        how_often(short.plan[year]),
    )


def _roles_table(answer: Answer) -> Table:
    heads = columns(
        ("Year",),
        ("Needed, nothing done", "Needed, with the plan", "In post, with the plan", "Chance short"),
        ("In words",),
    )
    rows = (
        (
            f"{found.name} (WTE)",
            row(
                year,
                _range(found.needed.do_nothing[year]),
                _range(found.needed.plan[year]),
                _range(found.in_post.plan[year]),
                small_percent(found.chance_short[year]),
                chance_words(found.chance_short[year], answer.draws),
            ),
        )
        for found in answer.roles.values()
        for year in answer.years
    )
    caption = "Staff by year: middle of the futures (8 in 10 between)"
    return grouped("roles", caption, heads, rows)


SECTION = Section(8, "capacity", "Beds, places and staff", context)
