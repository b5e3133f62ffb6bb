"""Money: what work costs, what it saves under each lens, and each partner's ledger."""

from dataclasses import dataclass

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from footprint.model.activity import Activity
from footprint.model.area import Area
from footprint.model.capacity import capacity_change
from footprint.model.parameters import Parameters
from footprint.model.risk_share import shared_risk
from footprint.model.schemes import phase, years_since_start
from footprint.plan.effects.capacity import Capacity
from footprint.plan.effects.efficiency import Efficiency
from footprint.plan.effects.income import Income
from footprint.plan.effects.shorten import Shorten
from footprint.plan.schema import Lens

Floats = NDArray[np.float64]
LENSES: tuple[Lens, ...] = ("average", "marginal", "step")
# Rounding must not keep a ward open that is just empty.
_SLACK = 1e-9


@dataclass(frozen=True)
class Prices:
    """What one unit costs and what is paid for it, by year.

    `unit` [n or 1, T, P, V] is the cost of a unit with no scheme, `uplift` [n or 1, T, V] what
    payment rules have made of one pound.
    """

    unit: Floats
    uplift: Floats


def price_units(area: Area, params: Parameters) -> Prices:
    """Base-year unit costs carried forward by each service's own price assumption."""
    rows = area.plan.baseline.services
    prices = _by_service([params.index(row.prices) for row in rows])
    uplift = _by_service([params.index(row.uplift) for row in rows])
    return Prices(prices[:, :, None, :] * area.unit_cost, uplift)


def _by_service(indices: list[Floats]) -> Floats:
    n = max(len(index) for index in indices)
    return np.stack([np.broadcast_to(i, (n, i.shape[1])) for i in indices], axis=-1)


def efficiency_index(area: Area, params: Parameters, schemes: frozenset[str]) -> Floats | None:
    """What schemes leave of a unit's cost at each provider: [n or 1, T, V, O].

    (1 - reach x rate)^years for each scheme; several multiply. None where no scheme makes
    anything cheaper.
    """
    if not any(
        isinstance(effect, Efficiency)
        for name in schemes
        for effect in area.plan.schemes[name].effects.values()
    ):
        return None
    services, partners = area.labels["service"], area.labels["partner"]
    left = np.ones((1, len(area.years), len(services), len(partners)))
    for name in sorted(schemes):
        reach = params.number(f"schemes/{name}.reach")[:, None]
        years = np.maximum(years_since_start(area, name) + 1, 0)[None, :]
        for key, effect in area.plan.schemes[name].effects.items():
            if isinstance(effect, Efficiency):
                rate = params.number(f"schemes/{name}.effects.{key}.a_year")[:, None]
                factor = (1 - reach * rate) ** years
                where = np.isin(services, effect.services)[:, None] & np.isin(
                    partners, effect.partner or list(partners)
                )
                left = left * np.where(where, factor[:, :, None, None], 1.0)
    return left


@dataclass(frozen=True)
class Efficiencies:
    """What schemes leave of a unit's cost: at each provider, and over those who share the work.

    `each` [n or 1, T, V, O], `mean` [n or 1, T, P, V].
    """

    each: Floats
    mean: Floats


def find_efficiencies(
    area: Area, params: Parameters, schemes: frozenset[str]
) -> Efficiencies | None:
    """None where no scheme makes anything cheaper."""
    each = efficiency_index(area, params, schemes)
    return None if each is None else Efficiencies(each, mean_efficiency(area, each))


def to_partners(values: Floats, shares: Floats) -> Floats:
    """Sums over places and services by partner, [n, T, O], of [n, T, P, V] x shares [P, V, O]."""
    found: Floats = values.reshape(*values.shape[:2], -1) @ shares.reshape(-1, shares.shape[-1])
    return found


def mean_efficiency(area: Area, left: Floats) -> Floats:
    """What is left of a unit's cost over all its providers: [n or 1, T, P, V]."""
    # One product a service: [V, n T, O] @ [V, O, P].
    by_service = left.reshape(-1, *left.shape[2:]).swapaxes(0, 1)
    shares = (by_service @ area.provider.transpose(1, 2, 0)).transpose(1, 2, 0)
    shares = shares.reshape(*left.shape[:2], *shares.shape[1:])
    return np.where(area.provider.sum(axis=-1) > 0, shares, 1.0)


def cost_by_provider(area: Area, cost: Floats, left: Efficiencies | None) -> Floats:
    """Who bears the cost of work [n, T, P, V]: [n, T, O].

    Providers share a service's work as the flows say; one that has become cheaper bears less.
    """
    if left is None:
        return to_partners(cost, area.provider)
    even = cost / left.mean
    borne = np.zeros((*cost.shape[:2], area.provider.shape[-1]))
    for v in range(cost.shape[-1]):
        borne += (even[..., v] @ area.provider[:, v]) * left.each[:, :, v]
    return borne


def relieved(area: Area, gone: Floats, lens: Lens) -> Floats:
    """Units' worth of cost that goes when `gone` units [n, T, P, V] are not done.

    `average`: all of it, as if every pound followed the unit. `marginal`: the marginal share.
    `step`: the marginal share, and the rest only in whole steps (a ward closes or it does not),
    counted over the place and shared among localities in proportion to what is gone.
    """
    if lens == "average":
        return gone
    share = np.array([row.marginal_share for row in area.plan.baseline.services])
    if lens == "marginal":
        return gone * share
    step = np.array([row.step_units or 0.0 for row in area.plan.baseline.services])
    whole = np.maximum(gone.sum(axis=2, keepdims=True), 0)
    closed = np.floor(whole / np.where(step > 0, step, 1) + _SLACK) * step
    part = closed / np.where(whole > 0, whole, 1)
    return gone * (share + (1 - share) * part)


def cost_of_work(
    area: Area,
    params: Parameters,
    prices: Prices,
    activity: Activity,
    left: Efficiencies | None,
    lens: Lens,
) -> Floats:
    """GBP by year, place and service under the plan: [n, T, P, V].

    What people would have used, less what schemes relieve under the lens, plus what is
    received at full cost; then efficiency; then what shorter stays save.
    """
    gone = activity.do_nothing - activity.left
    units = activity.do_nothing - relieved(area, gone, lens) + activity.received
    unit = prices.unit if left is None else prices.unit * left.mean
    return units * unit - _stays_saved(area, params, prices, activity, lens)


def _stays_saved(
    area: Area, params: Parameters, prices: Prices, activity: Activity, lens: Lens
) -> Floats:
    saved = np.zeros_like(activity.left)
    for move in activity.days:
        effect = area.plan.schemes[move.scheme].effects[move.effect]
        if isinstance(effect, Shorten):
            worth = params.number(f"schemes/{move.scheme}.effects.{move.effect}.worth")
            row = area.plan.baseline.services[move.service]
            part = 1.0 if lens == "average" else row.marginal_share
            rise = params.index(row.prices)[:, :, None]
            saved[..., move.service] += move.avoided * worth[:, None, None] * rise * part
    return saved


@dataclass(frozen=True)
class SchemeMoney:
    """Money that comes with schemes rather than with units, GBP [n or 1, T, O]."""

    costs: Floats
    closing: Floats
    income: Floats


def scheme_money(area: Area, params: Parameters, schemes: frozenset[str]) -> SchemeMoney:
    """Scheme costs, money from capacity opened and closed (a cost is positive), and income."""
    shape = (params.draws, len(area.years), len(area.labels["partner"]))
    costs, closing, income = (np.zeros(shape) for _ in range(3))
    for name in sorted(schemes):
        for partner, amount in _costs(area, params, name):
            costs[:, :, partner] += amount
        reach = params.number(f"schemes/{name}.reach")[:, None]
        in_place = phase(area.plan.schemes[name].ramp, years_since_start(area, name))
        for key, effect in area.plan.schemes[name].effects.items():
            address = f"schemes/{name}.effects.{key}"
            if isinstance(effect, Capacity):
                worth = params.number(f"{address}.worth")[:, None] * params.index(effect.prices)
                where = area.index_of("partner", effect.partner)
                closing[:, :, where] += capacity_change(area, params, name, key) * worth
            elif isinstance(effect, Income):
                amount = params.number(f"{address}.amount")[:, None] * reach * in_place
                paid = np.array([not effect.ends or year <= effect.ends for year in area.years])
                income[:, :, area.index_of("partner", effect.partner)] += amount * paid
    return SchemeMoney(costs, closing, income)


def _costs(area: Area, params: Parameters, name: str) -> list[tuple[int, Floats]]:
    """Partner and GBP by year [n or 1, T] for each cost of a scheme."""
    scheme = area.plan.schemes[name]
    since = years_since_start(area, name)
    found = []
    for key, cost in scheme.costs.items():
        amount = params.number(f"schemes/{name}.costs.{key}.amount")[:, None]
        if cost.kind == "one-off":
            when = (since == 0).astype(float)
        else:
            when = phase(scheme.ramp, since) if cost.phased else (since >= 0).astype(float)
        carried = amount * when * params.index(cost.prices)
        found.append((area.index_of("partner", cost.partner), carried))
    return found


def paid(area: Area, prices: Prices, cost: Floats, units: Floats) -> Floats:
    """What payers pay for each service: GBP [n, T, P, V].

    `at-cost` pays the provider's cost; `per-unit` pays activity at the base-year unit cost
    carried forward by the uplift; `block` pays the base-year spend carried forward, whatever
    is done.
    """
    rule = np.array([row.payment for row in area.plan.baseline.services])
    tariff = area.unit_cost * prices.uplift[:, :, None, :]
    by_unit = np.where(rule == "per-unit", units * tariff, area.base_volume * tariff)
    return np.where(rule == "at-cost", cost, by_unit)


def in_scope(area: Area, scope: str) -> Floats:
    """1 for services of a scope, 0 for others: [V]."""
    return np.array([float(row.scope == scope) for row in area.plan.baseline.services])


def other_money(area: Area, params: Parameters, scope: str) -> Floats:
    """Income from outside less opening deficits and what does not reconcile: [n or 1, T, O]."""
    shape = (params.draws, len(area.years), len(area.labels["partner"]))
    money = np.zeros(shape)
    for r in area.plan.baseline.income:
        if r.scope == scope:
            factor = params.number(r.factor) if r.factor else np.ones(1)
            where = (slice(None), area.years.index(r.year), area.index_of("partner", r.partner))
            money[where] += r.amount_gbp_m * 1e6 * factor
    for line in area.plan.baseline.lines:
        if line.scope == scope:
            where = (
                slice(None),
                area.years.index(line.year),
                area.index_of("partner", line.partner),
            )
            money[where] -= line.amount_gbp_m * 1e6
    return money


def ledger(
    area: Area,
    params: Parameters,
    prices: Prices,
    cost: Floats,
    units: Floats,
    scope: str,
    left: Efficiencies | None = None,
) -> Floats:
    """Each partner's position, GBP [n, T, O]; negative is a gap. They add up to the place.

    position = income + payments received - payments made - cost of work - other lines, with
    pooled budgets shared as their rules say. Payments between partners cancel in the place: paid
    at cost, each provider receives what its own work costs. `left` is from `find_efficiencies`.
    """
    inside = in_scope(area, scope)
    rule = np.array([row.payment for row in area.plan.baseline.services])
    at_cost = (rule == "at-cost").astype(float)
    pay = paid(area, prices, cost, units) * inside
    made = to_partners(pay, area.payer)
    received = to_partners(pay * (1 - at_cost), area.provider)
    work = cost_by_provider(area, cost * inside * (1 - at_cost), left)
    position = other_money(area, params, scope) + received - made - work
    return position + shared_risk(area, params, pay) if scope == "gap" else position


@dataclass(frozen=True)
class Ledgers:
    """Positions by partner in GBP [n, T, O], and the place's under each lens [n, T]."""

    do_nothing: Floats
    plan: Floats
    beside_do_nothing: Floats
    beside_plan: Floats
    place_by_lens: dict[Lens, Floats]
    spend_do_nothing: Floats  # [n, T, V]
    spend_plan: Floats
    scheme: SchemeMoney


def keep_ledgers(
    area: Area,
    params: Parameters,
    activity: Activity,
    schemes: frozenset[str],
    lenses: tuple[Lens, ...] = LENSES,
) -> Ledgers:
    """Ledgers with no scheme and with the plan, in and beside the stated gap.

    `lenses` must hold the plan's own; the others are only for comparison.
    """
    prices = price_units(area, params)
    extra = scheme_money(area, params, schemes)
    left = find_efficiencies(area, params, schemes)
    nothing = activity.do_nothing * prices.unit
    chosen = area.plan.about.cost_lens
    by_lens = {lens: cost_of_work(area, params, prices, activity, left, lens) for lens in lenses}
    added = extra.income - extra.costs - extra.closing
    positions = {
        lens: ledger(area, params, prices, cost, activity.plan, "gap", left) + added
        for lens, cost in by_lens.items()
    }
    return Ledgers(
        do_nothing=ledger(area, params, prices, nothing, activity.do_nothing, "gap"),
        plan=positions[chosen],
        beside_do_nothing=ledger(area, params, prices, nothing, activity.do_nothing, "beside"),
        beside_plan=ledger(area, params, prices, by_lens[chosen], activity.plan, "beside", left),
        place_by_lens={lens: position.sum(axis=2) for lens, position in positions.items()},
        spend_do_nothing=nothing.sum(axis=2),
        spend_plan=by_lens[chosen].sum(axis=2),
        scheme=extra,
    )


def money_dataset(area: Area, ledgers: Ledgers) -> xr.Dataset:
    """Ledgers as labelled arrays.

    `gap` (world, draw, year, partner) and `gap_by_lens` (lens, draw, year) in GBP, positive where
    money is short; `beside` likewise outside the stated gap; `spend` (world, draw, year,
    service); `scheme_cost` (draw, year, partner).
    """
    dims = ("world", "draw", "year", "partner")
    gap = -np.stack([ledgers.do_nothing, ledgers.plan])
    beside = -np.stack([ledgers.beside_do_nothing, ledgers.beside_plan])
    spend = np.stack([ledgers.spend_do_nothing, ledgers.spend_plan])
    lenses = -np.stack(list(ledgers.place_by_lens.values()))
    return xr.Dataset(
        {
            "gap": area.labelled(gap, *dims),
            "beside": area.labelled(beside, *dims),
            "spend": area.labelled(spend, "world", "draw", "year", "service"),
            "gap_by_lens": area.labelled(lenses, "lens", "draw", "year"),
            "scheme_cost": area.labelled(ledgers.scheme.costs, "draw", "year", "partner"),
        }
    )
