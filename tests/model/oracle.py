"""The chain again, slowly: one future, one cell at a time, from docs/method and the plan's schema.

It shares no code with `footprint.model`. Where the model multiplies arrays over regions, this
walks every place, age band, sex and segment; where the model has index arithmetic, this has
lists of single years of age. The two must agree to the last digits.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import cos, floor, pi

from scipy.stats import poisson

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


# --- ages, one year at a time ---------------------------------------------------------------


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


# --- people and need ------------------------------------------------------------------------


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
            if effect.kind == "slow" and effect.from_segment == cell[3] and to in effect.to_segments:
                if in_cohort(scheme.cohort, cell):
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


# --- how far a scheme has got ---------------------------------------------------------------


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


# --- activity -------------------------------------------------------------------------------


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


# --- capacity and workforce -----------------------------------------------------------------


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


# --- money ----------------------------------------------------------------------------------


def unit_cost(f, service, place):
    rows = f.plan.baseline.volumes
    found = [r.unit_cost_gbp for r in rows if r.service == service and r.place in ("all", place)]
    return found[-1] if found else 0.0


def dearer_or_cheaper(f, service, year):
    """What efficiency leaves of the cost of a unit."""
    left = 1.0
    for name, key, effect in acting(f, "efficiency"):
        years = since(f, name, year) + 1
        if service in effect.services and years > 0:
            reach = f.value(f"schemes/{name}.reach")
            left *= (1 - reach * f.value(f"schemes/{name}.effects.{key}.a_year")) ** years
    return left


def relief(service, gone_here, gone_everywhere, lens):
    """Units' worth of cost that goes with units that are not done."""
    if lens == "average":
        return gone_here
    fixed = 1 - service.marginal_share
    saved = gone_here * service.marginal_share
    if lens == "step" and service.step_units and gone_everywhere > 0:
        steps = floor(gone_everywhere / service.step_units + 1e-9)
        saved += gone_here * fixed * steps * service.step_units / gone_everywhere
    return saved


def costs_of_work(f, nothing, left, received, moves, lens):
    """GBP by year, service and place under the plan."""
    found = {}
    for year, name, place in nothing:
        service = f.services[name]
        gone = {p: nothing[year, name, p] - left[year, name, p] for p in f.places}
        units = (
            nothing[year, name, place]
            - relief(service, gone[place], sum(gone.values()), lens)
            + received[year, name, place]
        )
        price = unit_cost(f, name, place) * f.index(service.prices, year)
        found[year, name, place] = units * price * dearer_or_cheaper(f, name, year)
    for kind, m in moves:
        if kind == "shorten":
            service = f.services[m.service]
            worth = f.value(f"schemes/{m.scheme}.effects.{m.key}.worth")
            worth *= f.index(service.prices, m.year)
            part = 1.0 if lens == "average" else service.marginal_share
            found[m.year, m.service, m.place] -= m.avoided * worth * part
    return found


def payment(f, name, place, year, cost, units, base):
    service = f.services[name]
    tariff = unit_cost(f, name, place) * f.index(service.uplift, year)
    if service.payment == "at-cost":
        return cost
    return tariff * (units if service.payment == "per-unit" else base)


def keep_books(f, cost, units, base, scope):
    """Position of each partner, {(year, partner)}: what is left over; negative is a gap."""
    books = defaultdict(float)
    pools = f.plan.about.pools
    spent = defaultdict(float)
    for row in f.plan.baseline.income:
        if row.scope == scope:
            factor = f.value(row.factor) if row.factor else 1.0
            books[row.year, row.partner] += row.amount_gbp_m * 1e6 * factor
    for row in f.plan.baseline.lines:
        if row.scope == scope:
            books[row.year, row.partner] -= row.amount_gbp_m * 1e6
    for (year, name, place), gbp in cost.items():
        if f.services[name].scope != scope:
            continue
        pay = payment(f, name, place, year, gbp, units[year, name, place], base[name, place])
        for row in f.plan.baseline.flows:
            if row.service == name and row.place in ("all", place):
                books[year, row.payer] -= pay * row.share
                books[year, row.provider] += (pay - gbp) * row.share
                for pool, said in pools.items():
                    if name in said.services:
                        spent[pool, year, row.payer] += pay * row.share
    if scope == "gap":
        for pool in pools:
            for year in f.years:
                for partner, gbp in pooled(f, pool, year, spent).items():
                    books[year, partner] += gbp
    return books


def pooled(f, name, year, spent):
    """What a pool gives each partner: what it overspent less what it has to bear."""
    pool = f.plan.about.pools[name]
    put_in = {p: f.value(f"pools.{name}.contributions.{p}") for p in pool.contributions}
    over = {p: spent[name, year, p] - gbp for p, gbp in put_in.items()}
    whole = sum(over.values())
    if pool.rule == "each-bears-own" or (pool.rule == "performance" and whole >= 0):
        bears = over
    elif pool.rule == "in-proportion":
        bears = {p: whole * gbp / sum(put_in.values()) for p, gbp in put_in.items()}
    else:
        bears = {p: whole * pool.shares.get(p, 0.0) for p in put_in}
    return {p: over[p] - bears[p] for p in put_in}


def scheme_books(f):
    """Costs of schemes, and what they bring by closing capacity and by income."""
    costs, brings = defaultdict(float), defaultdict(float)
    for name in f.schemes:
        scheme = f.plan.schemes[name]
        for year in f.years:
            when = since(f, name, year)
            ramp = in_place(scheme.ramp, when)
            for key, cost in scheme.costs.items():
                amount = f.value(f"schemes/{name}.costs.{key}.amount")
                if cost.kind == "one-off":
                    share = 1.0 if when == 0 else 0.0
                else:
                    share = ramp if cost.phased else float(when >= 0)
                costs[year, cost.partner] += amount * share
            for key, effect in scheme.effects.items():
                address = f"schemes/{name}.effects.{key}"
                if effect.kind == "capacity":
                    worth = f.value(f"{address}.worth")
                    brings[year, effect.partner] -= opened(f, name, key, year) * worth
                elif effect.kind == "income" and (not effect.ends or year <= effect.ends):
                    amount = f.value(f"{address}.amount") * f.value(f"schemes/{name}.reach")
                    brings[year, effect.partner] += amount * ramp
    return costs, brings


# --- the whole ------------------------------------------------------------------------------


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


def work_out(f):
    """Everything `chain.simulate` gives for one future: {(what, world or lens, year, of): number}."""
    likely = max(f.plan.about.projection, key=lambda v: f.plan.about.projection[v])
    base_people = count_people(Future(f.plan, f.values, likely, f.schemes))
    people = count_people(f)
    rates = base_rates(f, base_people)
    untouched = follow(f, people, ())
    eased = follow(f, people, sorted(f.schemes))
    nothing = by_place(f, use(f, untouched, untouched, rates, people))
    left_cells, moves = deliver(f, use(f, eased, untouched, rates, people))
    left = by_place(f, left_cells)
    received, saved = defaultdict(float), defaultdict(float)
    for kind, m in moves:
        for service, units in m.landed.items():
            received[m.year, service, m.place] += units
        if kind == "shorten":
            resource = f.plan.schemes[m.scheme].effects[m.key].resource
            saved[m.year, resource] += m.avoided
    planned = {k: left[k] + received[k] for k in nothing}
    start = by_segment(f, "need_start", lambda r: r.share)
    base = defaultdict(float)
    for (name, p, b, x, s), rate in rates.items():
        base[name, p] += base_people[f.years[0], p, b, x] * start[b, s] * rate
    found = {}
    worlds = {"do nothing": (nothing, untouched), "plan": (planned, eased)}
    for world, (units, need) in worlds.items():
        mine = f if world == "plan" else Future(f.plan, f.values, f.variant, frozenset())
        _note_work(mine, found, world, by_service(f, units), need, base, saved)
    _note_money(f, found, nothing, left, received, planned, moves, base)
    return found, moves


def _note_work(f, found, world, units, need, base, saved):
    for (year, service), amount in units.items():
        found["activity", world, year, service] = amount
    for s in f.segments:
        for year in f.years:
            found["people", world, year, s] = sum(need[year, *c] for c in f.cells if c[3] == s)
    days = saved if world == "plan" else defaultdict(float)
    for name, values in zip(("needed", "available", "short"), fit(f, units, days), strict=True):
        for (year, resource), amount in values.items():
            found[name, world, year, resource] = amount
    whole = {s: sum(base[s, p] for p in f.places) for s in f.services}
    needed, post = staff(f, units, whole, world == "plan")
    for (year, role), wte in needed.items():
        found["staff_needed", world, year, role] = wte
        found["staff_in_post", world, year, role] = post[year, role]


def _note_money(f, found, nothing, left, received, planned, moves, base):
    cost = {
        (y, s, p): n * unit_cost(f, s, p) * f.index(f.services[s].prices, y)
        for (y, s, p), n in nothing.items()
    }
    costs, brings = scheme_books(f)
    lens_costs = {
        lens: costs_of_work(f, nothing, left, received, moves, lens)
        for lens in ("average", "marginal", "step")
    }
    chosen = lens_costs[f.plan.about.cost_lens]
    for scope, name in (("gap", "gap"), ("beside", "beside")):
        idle = keep_books(f, cost, nothing, base, scope)
        busy = keep_books(f, chosen, planned, base, scope)
        for year in f.years:
            for o in f.partners:
                extra = brings[year, o] - costs[year, o] if scope == "gap" else 0.0
                found[name, "do nothing", year, o] = -idle[year, o]
                found[name, "plan", year, o] = -busy[year, o] - extra
                found["scheme_cost", "", year, o] = costs[year, o]
    for lens, work in lens_costs.items():
        books = keep_books(f, work, planned, base, "gap")
        for year in f.years:
            extra = sum(brings[year, o] - costs[year, o] for o in f.partners)
            found["gap_by_lens", lens, year, ""] = -extra - sum(books[year, o] for o in f.partners)
    for world, work in (("do nothing", cost), ("plan", chosen)):
        for (year, service), gbp in by_service(f, work).items():
            found["spend", world, year, service] = gbp
