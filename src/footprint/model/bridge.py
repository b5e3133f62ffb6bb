"""The bridge: why a number changed, by cause, adding up to the last pound."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from footprint.model.activity import (
    counts_need,
    growth_in_use,
    people_without_drift,
    use_by_region,
)
from footprint.model.area import Area
from footprint.model.chain import Run, simulate
from footprint.model.money import price_units
from footprint.model.need import follow_need
from footprint.model.people import project_people

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Step:
    """One cause of a change in the place's yearly gap.

    `amount` in GBP, positive where it widens the gap; `of` names the service or line; `address`
    is the assumption or table it comes from.
    """

    cause: str
    of: str
    sector: str
    amount: float
    address: str


OPENING = "Opening position"
PEOPLE = "More and older people"
NEED = "People of an age becoming iller"
GROWTH = "Growth in use beyond age and sex"
PRICES = "Rising prices and pay"
INCOME = "Growth in income"
OTHER = "Other lines"
CAUSES = (OPENING, PEOPLE, NEED, GROWTH, PRICES, INCOME, OTHER)


def log_mean(a: Floats, b: Floats) -> Floats:
    """Logarithmic mean (a - b) / ln(a / b): the weight that makes a product's causes add up.

    Source: Ang (2005), log-mean Divisia index, https://doi.org/10.1016/j.enpol.2003.10.010.

    >>> log_mean(np.array([2.0, 5.0]), np.array([2.0, 5.0])).tolist()
    [2.0, 5.0]
    >>> a, b = np.array([6.0]), np.array([2.0])
    >>> parts = log_mean(a, b) * np.log([1.5, 2.0])  # 2 x 1.5 x 2 = 6
    >>> round(float(parts.sum()), 12)
    4.0
    """
    both = (a > 0) & (b > 0)
    safe_a, safe_b = np.where(both, a, 1.0), np.where(both, b, 1.0)
    rise = (safe_a - safe_b) / safe_b
    # Where the two are close, log1p keeps the digits that log of their ratio would lose.
    close = np.abs(rise) < 0.5
    change = np.where(close, np.log1p(np.where(close, rise, 0)), np.log(safe_a / safe_b))
    mean = np.where(rise == 0, safe_a, (safe_a - safe_b) / np.where(rise == 0, 1, change))
    return np.where(both, mean, 0.0)


def do_nothing_bridge(area: Area) -> list[Step]:
    """Causes of the gap in the last year if nothing is done, at expected values.

    Spend on a service is people x need x growth x price: a product, so each factor's part is the
    log-mean of first and last spend times the log of the factor, which adds up exactly and does
    not depend on an order. Need is a cause of its own where the growth rate comes on top of it;
    elsewhere the growth rate holds it already.
    """
    params = area.parameters()
    people = project_people(area).isel(variant=area.variant(params))
    steady = _by_place(area, use_by_region(area, people_without_drift(area, people)))
    drifted = _by_place(area, use_by_region(area, follow_need(area, people)))
    growth = np.broadcast_to(growth_in_use(area, params)[0, -1], steady[0].shape)
    prices = price_units(area, params).unit[0]
    ageing, price = ratio(steady[-1], steady[0]), ratio(prices[-1], prices[0])
    need = np.where(counts_need(area), ratio(drifted[-1], steady[-1]), 1.0)
    first = steady[0] * prices[0]
    last = np.where(counts_need(area), drifted[-1], steady[-1]) * growth * prices[-1]
    weight = log_mean(last, first)
    factors = {PEOPLE: ageing, NEED: need, GROWTH: growth, PRICES: price}
    parts = {cause: weight * np.log(np.where(f > 0, f, 1)) for cause, f in factors.items()}
    # A service that begins or ends has no logarithm: all of it counts as growth in use.
    parts[GROWTH] = parts[GROWTH] + np.where((first > 0) & (last > 0), 0.0, last - first)
    steps = [*_opening(area)]
    for cause, part in parts.items():
        steps += _service_steps(area, cause, part.sum(axis=0))
    return [*steps, *_money_steps(area)]


def ratio(last: Floats, first: Floats) -> Floats:
    """last / first, and 1 where there was nothing to begin with.

    >>> ratio(np.array([3.0, 5.0]), np.array([2.0, 0.0])).tolist()
    [1.5, 1.0]
    """
    return np.where(first > 0, last / np.where(first > 0, first, 1), 1.0)


def _by_place(area: Area, use: Floats) -> Floats:
    """Use by region [1, T, R, V] as use by place [T, P, V]."""
    return area.regions.to_places(use, axis=2)[0]


def _service_steps(area: Area, cause: str, amounts: Floats) -> Iterator[Step]:
    for row, amount in zip(area.plan.baseline.services, amounts, strict=True):
        if row.scope == "gap":
            address = {GROWTH: row.growth, PRICES: row.prices}.get(cause, "")
            table = "baseline/population" if cause == PEOPLE else "baseline/need_transitions"
            yield Step(cause, row.name, row.sector, float(amount), address or table)


def _opening(area: Area) -> Iterator[Step]:
    """The base year's gap, by what makes it up: each line, and what is spent beyond income."""
    base, partners = area.years[0], area.plan.about.partners
    gap = simulate(area, schemes=frozenset()).outcome["gap"].values[0, 0, 0]
    beyond: dict[str, float] = {}
    for name, short in zip(area.labels["partner"], gap, strict=True):
        sector = partners[name].sector
        beyond[sector] = beyond.get(sector, 0.0) + float(short)
    for r in area.plan.baseline.lines:
        if r.year == base and r.scope == "gap":
            sector = partners[r.partner].sector
            beyond[sector] -= r.amount_gbp_m * 1e6
            yield Step(OPENING, r.name, sector, r.amount_gbp_m * 1e6, "baseline/lines")
    for whose, rest in beyond.items():
        yield Step(OPENING, "Spend beyond income", whose, rest, "baseline/volumes")


def _money_steps(area: Area) -> Iterator[Step]:
    """Changes of income and of other lines between the first and the last year."""
    params, partners = area.parameters(), area.plan.about.partners
    base, last = area.years[0], area.years[-1]
    for r in area.plan.baseline.income:
        if r.scope == "gap" and r.year in (base, last):
            factor = float(params.number(r.factor)[0]) if r.factor else 1.0
            amount = r.amount_gbp_m * 1e6 * factor * (1 if r.year == base else -1)
            yield Step(INCOME, r.name, partners[r.partner].sector, amount, "baseline/income")
    for line in area.plan.baseline.lines:
        if line.scope == "gap" and line.year in (base, last):
            amount = line.amount_gbp_m * 1e6 * (-1 if line.year == base else 1)
            yield Step(OTHER, line.name, partners[line.partner].sector, amount, "baseline/lines")


@dataclass(frozen=True)
class SchemeStep:
    """What one scheme alone does to the place's gap in the last year, at expected values, GBP.

    Positive closes the gap. `work` is work not done or done cheaper, less work received; the
    parts add up to `total`. `by_partner` is each partner's gain.
    """

    scheme: str
    work: float
    closing: float
    income: float
    cost: float
    by_partner: dict[str, float]

    @property
    def total(self) -> float:
        """What the scheme alone does for the place."""
        return self.work + self.closing + self.income - self.cost


@dataclass(frozen=True)
class PlanBridge:
    """From do nothing to the plan: each scheme alone, and what overlapping takes away or adds."""

    schemes: tuple[SchemeStep, ...]
    overlap: float
    total: float


def plan_bridge(area: Area) -> PlanBridge:
    """Each scheme's effect alone, and the overlap, which makes them add up to the plan's."""
    together = _gain(simulate(area)).sum()
    steps = tuple(_scheme_step(area, name) for name in area.plan.schemes)
    overlap = float(together - sum(step.total for step in steps))
    return PlanBridge(steps, overlap, float(together))


def _gain(run: Run) -> Floats:
    """What the plan does for each partner in the last year: [O], GBP."""
    gap = run.outcome["gap"].values[:, 0, -1]
    gain: Floats = gap[0] - gap[1]
    return gain


def _scheme_step(area: Area, name: str) -> SchemeStep:
    run = simulate(area, schemes=frozenset({name}))
    gain = _gain(run)
    money = run.ledgers.scheme
    closing = -float(money.closing[0, -1].sum())
    income, cost = float(money.income[0, -1].sum()), float(money.costs[0, -1].sum())
    return SchemeStep(
        scheme=name,
        work=float(gain.sum()) - closing - income + cost,
        closing=closing,
        income=income,
        cost=cost,
        by_partner=dict(zip(area.labels["partner"], map(float, gain), strict=True)),
    )


def who_pays_who_gains(bridge: PlanBridge, partners: tuple[str, ...]) -> Floats:
    """Money that schemes move from payer to beneficiary in the last year: [payer, gainer], GBP.

    For each scheme, those who end up worse off pay those who end up better off, up to what is
    gained, each in proportion to what they lose or gain. What is lost beyond that is recouped by
    nobody; it stands in the ledger and not here.
    """
    matrix = np.zeros((len(partners), len(partners)))
    for step in bridge.schemes:
        gain = np.array([step.by_partner[p] for p in partners])
        won, lost = np.maximum(gain, 0), np.maximum(-gain, 0)
        if won.sum() > 0 and lost.sum() > 0:
            moved = min(won.sum(), lost.sum())
            matrix += np.outer(lost / lost.sum(), won / won.sum()) * moved
    return matrix
