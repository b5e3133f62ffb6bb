"""The oracle's first part: people, need, and how far a scheme has got."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import floor

from footprint.plan.schema import Plan

SEXES = ("female", "male")


@dataclass
class Future:
    """One future: the plan, what each uncertain assumption is worth in it, and which people."""

    plan: Plan
    values: Mapping[str, float]
    variant: str
    schemes: frozenset[str]
    known: dict = field(init=False)

    def __post_init__(self):
        self.known = self.plan.assumptions_by_address()
        tables = self.plan.baseline
        self.years = list(self.plan.years)
        self.places = list(self.plan.about.localities)
        self.bands = sorted({r.age_band for r in tables.population}, key=lambda b: ages(b)[0])
        self.segments = [r.segment for r in tables.segments]
        self.services = {r.service: r for r in tables.services}
        self.partners = list(self.plan.about.partners)
        self.cells = [
            (p, b, x, s)
            for p in self.places
            for b in self.bands
            for x in SEXES
            for s in self.segments
        ]

    def value(self, address):
        """The assumption's value in this future, in pounds, decimals or plain numbers."""
        if address in self.values:
            return self.values[address]
        said = self.known[address]
        return 0.0 if said.by_year is not None else said.value * said.measure.size

    def rate(self, address, year):
        """A yearly rate in a year: none in the base year, and none without an address."""
        if not address or year == self.years[0]:
            return 0.0
        said = self.known[address]
        path = 0.0 if said.by_year is None else said.by_year[year] * said.measure.size
        return path + self.value(address)

    def index(self, address, year):
        """What a pound, or a unit, of the base year has become."""
        grown = 1.0
        for past in self.years[: self.years.index(year) + 1]:
            grown *= 1.0 + self.rate(address, past)
        return grown


def ages(band):
    """The ages in a band; an open band counts as ten."""
    if band.endswith("+"):
        low = int(band[:-1])
        return list(range(low, low + 10))
    low, _, high = band.partition("-")
    return list(range(int(low), int(high or low) + 1))


def holds(group, age):
    return age >= int(group[:-1]) if group.endswith("+") else age in ages(group)


def at_age(band, rows, value):
    """The mean over the ages of a band of what the row for each age says."""
    found = 0.0
    for age in ages(band):
        found += sum(value(r) for r in rows if holds(r.age_group, age))
    return found / len(ages(band))


def count_people(f):
    return {
        (r.year, r.place, r.age_band, r.sex): r.people
        for r in f.plan.baseline.population
        if r.variant == f.variant
    }


def by_segment(f, table, value, **only):
    """A table by age group and segment, for each band: {(band, segment): value}."""
    found = {}
    for b in f.bands:
        for s in f.segments:
            rows = [
                r
                for r in getattr(f.plan.baseline, table)
                if r.segment == s and all(getattr(r, k) == v for k, v in only.items())
            ]
            found[b, s] = at_age(b, rows, value)
    return found


def yearly_moves(f):
    """Chance by band that a survivor of one segment is in another a year later."""
    found = {}
    for b in f.bands:
        for s in f.segments:
            for to in f.segments:
                rows = [
                    r
                    for r in f.plan.baseline.need_transitions
                    if (r.from_segment, r.to_segment) == (s, to)
                ]
                found[b, s, to] = at_age(b, rows, lambda r: r.probability)
    return found


def follow(f, people, schemes):
    """People by year and cell. Schemes that slow moves keep people in their segment."""
    start = by_segment(f, "need_start", lambda r: r.share)
    deaths = by_segment(f, "need_deaths", lambda r: r.probability)
    births = by_segment(f, "need_entry", lambda r: r.share, entry="births")
    movers = by_segment(f, "need_entry", lambda r: r.share, entry="migration")
    chance = yearly_moves(f)
    need = {
        (f.years[0], p, b, x, s): people[f.years[0], p, b, x] * start[b, s]
        for p, b, x, s in f.cells
    }
    for before, year in zip(f.years, f.years[1:], strict=False):
        for p in f.places:
            for x in SEXES:
                older = grow_older(f, {k: need[before, p, *k[:1], x, k[1]] for k in start})
                for i, b in enumerate(f.bands):
                    alive = {s: older[b, s] * (1 - deaths[b, s]) for s in f.segments}
                    after = dict.fromkeys(f.segments, 0.0)
                    for s in f.segments:
                        for to in f.segments:
                            moved = alive[s] * chance[b, s, to]
                            kept = still_move(f, schemes, year, (p, b, x, s), to)
                            after[to] += moved * kept
                            after[s] += moved * (1 - kept)
                    target = people[year, p, b, x]
                    missing = max(target - sum(alive.values()), 0.0)
                    entering = births if i == 0 else movers
                    for s in f.segments:
                        after[s] += missing * entering[b, s]
                    total = sum(after.values())
                    for s in f.segments:
                        need[year, p, b, x, s] = after[s] * target / total if total else 0.0
    return need


def grow_older(f, people):
    """One part in a band's width moves to the next band; nobody leaves the last."""
    older = dict(people)
    for i, b in enumerate(f.bands[:-1]):
        for s in f.segments:
            moving = people[b, s] / len(ages(b))
            older[b, s] -= moving
            older[f.bands[i + 1], s] += moving
    return older


def still_move(f, schemes, year, cell, to):
    """Share of the moves out of a cell that prevention leaves."""
    left = 1.0
    for name in schemes:
        scheme = f.plan.schemes[name]
        for key, effect in scheme.effects.items():
            if (
                effect.kind == "slow"
                and effect.from_segment == cell[3]
                and to in effect.to_segments
            ) and in_cohort(scheme.cohort, cell):
                size = f.value(f"schemes/{name}.effects.{key}.size")
                left *= 1 - coverage(f, name, year) * size
    return left


def in_cohort(cohort, cell):
    place, band, _, segment = cell
    return (
        (not cohort.places or place in cohort.places)
        and (not cohort.segments or segment in cohort.segments)
        and (
            not cohort.ages
            or any(all(holds(group, age) for age in ages(band)) for group in cohort.ages)
        )
    )


def since(f, name, year):
    return f.years.index(year) - f.years.index(f.plan.schemes[name].starts)


def in_place(ramp, when):
    """The ramp at any time: nothing a year before its first step, straight between steps."""
    steps = [0.0, *ramp]
    at = when + 1
    if at <= 0:
        return 0.0
    if at >= len(ramp):
        return ramp[-1]
    whole = floor(at)
    return steps[whole] + (at - whole) * (steps[whole + 1] - steps[whole])


def coverage(f, name, year):
    scheme, when = f.plan.schemes[name], since(f, name, year)
    lag = f.value(f"schemes/{name}.lag") if scheme.lag is not None else 0.0
    fade = f.value(f"schemes/{name}.fade") if scheme.fade is not None else 0.0
    lasting = (1 - fade) ** max(when, 0)
    return f.value(f"schemes/{name}.reach") * in_place(scheme.ramp, when - lag) * lasting
