"""The oracle's third part: costs, payments, pools and each partner's books."""

from collections import defaultdict
from math import floor

from tests.model.oracle_activity import acting, opened
from tests.model.oracle_need import in_place, since


def unit_cost(f, service, place):
    rows = f.plan.baseline.volumes
    found = [r.unit_cost_gbp for r in rows if r.service == service and r.place in ("all", place)]
    return found[-1] if found else 0.0


def dearer_or_cheaper(f, service, place, year):
    """What efficiency leaves of the cost of a unit, over all who provide it in a place."""
    shares = [
        (row.provider, row.share)
        for row in f.plan.baseline.flows
        if row.service == service and row.place in ("all", place)
    ]
    if not shares:
        return 1.0
    return sum(share * cheaper_at(f, service, who, year) for who, share in shares)


def cheaper_at(f, service, provider, year):
    """What efficiency leaves of the cost of a unit at one provider."""
    left = 1.0
    for name, key, effect in acting(f, "efficiency"):
        years = since(f, name, year) + 1
        there = effect.partner in (None, provider)
        if service in effect.services and there and years > 0:
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
        found[year, name, place] = units * price * dearer_or_cheaper(f, name, place, year)
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


def keep_books(f, cost, units, base, scope, cheaper=True):
    """Position of each partner, {(year, partner)}: what is left over; negative is a gap.

    `cheaper` is whether efficiency has acted: then each provider bears its own cost.
    """
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
                borne = gbp * row.share
                if cheaper:
                    own = cheaper_at(f, name, row.provider, year)
                    borne *= own / dearer_or_cheaper(f, name, place, year)
                at_cost = f.services[name].payment == "at-cost"
                books[year, row.provider] += 0 if at_cost else pay * row.share - borne
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
                costs[year, cost.partner] += amount * share * f.index(cost.prices, year)
            for key, effect in scheme.effects.items():
                address = f"schemes/{name}.effects.{key}"
                if effect.kind == "capacity":
                    worth = f.value(f"{address}.worth") * f.index(effect.prices, year)
                    brings[year, effect.partner] -= opened(f, name, key, year) * worth
                elif effect.kind == "income" and (not effect.ends or year <= effect.ends):
                    amount = f.value(f"{address}.amount") * f.value(f"schemes/{name}.reach")
                    brings[year, effect.partner] += amount * ramp
    return costs, brings
