"""The chain again, slowly: one future, one cell at a time, from docs/method and the plan's schema.

It shares no code with `footprint.model`. Where the model multiplies arrays over regions, this
walks every place, age band, sex and segment; where the model has index arithmetic, this has
lists of single years of age. The two must agree to the last digits.
"""

from collections import defaultdict

from tests.model.oracle_activity import base_rates, by_place, by_service, deliver, fit, staff, use
from tests.model.oracle_money import costs_of_work, keep_books, scheme_books, unit_cost
from tests.model.oracle_need import Future, by_segment, count_people, follow


def work_out(f):
    """All that `chain.simulate` gives for one future: {(what, world, year, of): number}; moves."""
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
        idle = keep_books(f, cost, nothing, base, scope, cheaper=False)
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
