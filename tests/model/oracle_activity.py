"""The oracle's second part: activity, what schemes take from it, capacity and workforce."""

from collections import defaultdict
from dataclasses import dataclass, field
from math import cos, floor, pi

from scipy.stats import poisson

from tests.model.oracle_need import SEXES, at_age, by_segment, coverage, in_cohort, in_place, since


def base_rates(f, people):
    """Units a person of each cell uses in the base year, {(service, place, band, sex, segment)}.

    Shared as if the place had the people of the likeliest variant.
    """
    start = by_segment(f, "need_start", lambda r: r.share)
    rates = defaultdict(float)
    for name, service in f.services.items():
        weight = {
            (b, x, s): age_weight(f, service, b, x) * need_weight(f, service, start, b, s)
            for b in f.bands
            for x in SEXES
            for s in f.segments
        }
        for row in f.plan.baseline.volumes:
            if row.service == name:
                here = [p for p in f.places if row.place in ("all", p)]
                users = 0.0
                for p in here:
                    for (b, x, s), w in weight.items():
                        users += people[f.years[0], p, b, x] * start[b, s] * w
                for p in here:
                    for k, w in weight.items():
                        rates[name, p, *k] = row.volume * w / users if users else 0.0
    return rates


def age_weight(f, service, band, sex):
    if not service.age_profile:
        return 1.0
    rows = [
        r
        for r in f.plan.baseline.age_profiles
        if r.profile == service.age_profile and r.sex in ("all", sex)
    ]
    return at_age(band, rows, lambda r: r.weight)


def need_weight(f, service, start, band, segment):
    """Weight of a segment, levelled so that the mean of an age is 1."""
    if not service.need_profile:
        return 1.0
    weights = {
        r.segment: r.weight
        for r in f.plan.baseline.need_profiles
        if r.profile == service.need_profile
    }
    level = sum(start[band, s] * weights[s] for s in f.segments) / sum(
        start[band, s] for s in f.segments
    )
    return weights[segment] / (level or 1.0)


def use(f, need, untouched, rates, people):
    """Units by year, service and cell, as people are in `need`.

    Where growth already holds people of an age becoming iller, use by place, age and sex with
    nothing done follows people alone; so each person counts for less, by the same factor in
    every segment, with schemes and without.
    """
    start = by_segment(f, "need_start", lambda r: r.share)
    found = {}
    for year in f.years:
        for name, service in f.services.items():
            growth = f.index(service.growth, year)
            for p in f.places:
                for b in f.bands:
                    for x in SEXES:
                        level = 1.0
                        if service.growth_basis == "beyond-age-and-sex":
                            steady = drifted = 0.0
                            for s in f.segments:
                                rate = rates[name, p, b, x, s]
                                steady += people[year, p, b, x] * start[b, s] * rate
                                drifted += untouched[year, p, b, x, s] * rate
                            level = steady / drifted if drifted else 1.0
                        for s in f.segments:
                            units = need[year, p, b, x, s] * rates[name, p, b, x, s]
                            found[year, name, p, b, x, s] = units * level * growth
    return found


@dataclass
class Move:
    """What one effect takes from a service in a year and place, and where it lands."""

    scheme: str
    key: str
    service: str
    year: str
    place: str
    avoided: float
    landed: dict = field(default_factory=dict)


def deliver(f, before):
    """Let schemes act on each cell: units left, and every move of units or days."""
    left, moves = {}, []
    sums = defaultdict(float)
    kinds = {"avoid": acting(f, "avoid"), "shorten": acting(f, "shorten")}
    for (year, service, *cell), units in before.items():
        cell = tuple(cell)
        alone = shares_gone(f, kinds["avoid"], year, service, cell)
        kept = 1.0
        for share in alone.values():
            kept *= 1 - share
        remaining = units * kept
        for who, share in alone.items():
            if share:
                part = units * (1 - kept) * share / sum(alone.values())
                sums["avoid", *who, service, year, cell[0]] += part
        left[year, service, *cell] = remaining
        shorter = shares_gone(f, kinds["shorten"], year, service, cell)
        if shorter:
            winner = max(sorted(shorter), key=lambda who: shorter[who])
            resource = f.plan.schemes[winner[0]].effects[winner[1]].resource
            days = remaining * shorter[winner] * per_unit(f, service, resource)
            sums["shorten", *winner, service, year, cell[0]] += days
    for (kind, scheme, key, service, year, place), avoided in sums.items():
        moves.append((kind, landed(f, Move(scheme, key, service, year, place, avoided))))
    return left, moves


def acting(f, kind):
    return [
        (name, key, effect)
        for name in sorted(f.schemes)
        for key, effect in f.plan.schemes[name].effects.items()
        if effect.kind == kind
    ]


def shares_gone(f, effects, year, service, cell):
    """What each effect would take from a cell by itself."""
    found = {}
    for name, key, effect in effects:
        if effect.service == service and in_cohort(f.plan.schemes[name].cohort, cell):
            found[name, key] = coverage(f, name, year) * f.value(
                f"schemes/{name}.effects.{key}.size"
            )
    return found


def landed(f, move):
    effect = f.plan.schemes[move.scheme].effects[move.key]
    for name, landing in effect.receives.items():
        address = f"schemes/{move.scheme}.effects.{move.key}.receives.{name}"
        units = move.avoided * f.value(f"{address}.share") * f.value(f"{address}.units")
        move.landed[landing.service] = move.landed.get(landing.service, 0.0) + units
    return move


def per_unit(f, service, resource):
    rows = f.plan.baseline.uses
    return sum(r.per_unit for r in rows if (r.service, r.resource) == (service, resource))


def fit(f, units, saved_days):
    """Needed, available and days short, {(year, resource)}; `units` by year and service."""
    needed, short = {}, {}
    there = defaultdict(float)
    rows = {(r.resource, r.year): r for r in f.plan.baseline.capacity}
    for (resource, year), row in rows.items():
        days = sum(units[year, s] * per_unit(f, s, resource) for s in f.services)
        needed[year, resource] = (days - saved_days[year, resource]) / row.open_days
        there[year, resource] += row.available
    for name, key, effect in acting(f, "capacity"):
        for year in f.years:
            there[year, effect.resource] += opened(f, name, key, year)
    for (resource, year), row in rows.items():
        mean, places = needed[year, resource], there[year, resource]
        short[year, resource] = days_short(row, mean, places)
    return needed, there, short


def opened(f, name, key, year):
    scheme = f.plan.schemes[name]
    change = f.value(f"schemes/{name}.effects.{key}.change")
    return change * f.value(f"schemes/{name}.reach") * in_place(scheme.ramp, since(f, name, year))


def days_short(row, mean, places):
    if row.open_days <= 1:
        return 365.0 if mean > places else 0.0
    chance = 0.0
    for month in range(12):
        season = 1 + row.seasonal_swing * cos(2 * pi * (month + 0.5) / 12)
        chance += poisson.sf(floor(max(places, 0)), mean * season) / 12
    return 365 * chance


def staff(f, units, base, with_schemes):
    needed, post = {}, {}
    for year in f.years:
        for row in f.plan.baseline.workforce:
            follows, weight = 0.0, 0.0
            for r in f.plan.baseline.staffing:
                if r.role == row.role:
                    weight += r.weight
                    follows += r.weight * (
                        units[year, r.service] / base[r.service] if base[r.service] else 1.0
                    )
            needed[year, row.role] = row.wte * (follows + 1 - weight)
            post[year, row.role] = row.wte * f.index(row.supply_growth, year)
        for name in f.schemes if with_schemes else ():
            scheme = f.plan.schemes[name]
            for key, extra in scheme.staff.items():
                wte = f.value(f"schemes/{name}.staff.{key}.wte")
                needed[year, extra.role] += wte * in_place(scheme.ramp, since(f, name, year))
    return needed, post


def by_place(f, cells):
    found = defaultdict(float)
    for (year, service, place, *_), units in cells.items():
        found[year, service, place] += units
    return found


def by_service(f, units):
    found = defaultdict(float)
    for (year, service, _), amount in units.items():
        found[year, service] += amount
    return found
