"""What the answer rests on: how much of it is published, derived, assumed or unexplained."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from footprint.model.area import Area
from footprint.model.bridge import GROWTH, NEED, PEOPLE, PRICES, Step
from footprint.plan.tables import VolumeRow
from footprint.terms.statuses import STATUSES, Status

UNEXPLAINED = "unexplained"


@dataclass(frozen=True)
class Stated:
    """What the plan stated against what can be computed, GBP, in the last year.

    `gap` is None where the plan stated none. `rebuilt` is the part of the stated savings that
    has a line with a figure, derived by whoever typed the tables.
    """

    gap: float | None
    computed: float
    savings: float | None
    rebuilt: float

    @property
    def unexplained_gap(self) -> float:
        """Stated less computed; 0 where nothing was stated. Kept as its own line."""
        return 0.0 if self.gap is None else self.gap - self.computed

    @property
    def unexplained_savings(self) -> float:
        """Stated savings for which no line has a figure."""
        return 0.0 if self.savings is None else self.savings - self.rebuilt


def stated_and_computed(area: Area, steps: list[Step]) -> Stated:
    """Set what the plan stated for the last year beside the sum of the bridge's steps."""
    last = area.years[-1]
    amounts: dict[str, list[float]] = defaultdict(list)
    for row in area.plan.baseline.stated:
        if row.year == last and row.amount_gbp_m is not None:
            amounts[row.kind].append(row.amount_gbp_m * 1e6)
    return Stated(
        gap=sum(amounts["gap"]) if amounts["gap"] else None,
        computed=sum(step.amount for step in steps),
        savings=sum(amounts["saving-total"]) if amounts["saving-total"] else None,
        rebuilt=sum(amounts["saving"]),
    )


def grounds_of_gap(area: Area, steps: list[Step], stated: Stated) -> dict[str, float]:
    """Share of the gap's gross movements by status, `unexplained` among them; adds to 1.

    Gross: what widens the gap and what narrows it are both counted by size, because a figure
    that is assumed does not become known when another assumed figure cancels it.
    """
    sizes: dict[str, float] = dict.fromkeys((*STATUSES, UNEXPLAINED), 0.0)
    for step in _netted(steps):
        for status, share in _status_of(area, step).items():
            sizes[status] += abs(step.amount) * share
    sizes[UNEXPLAINED] = abs(stated.unexplained_gap)
    whole = sum(sizes.values()) or 1.0
    return {status: size / whole for status, size in sizes.items()}


def _netted(steps: list[Step]) -> list[Step]:
    """Steps of the same line netted, so that income counts by its change and not twice."""
    sums: dict[tuple[str, str, str, str], float] = defaultdict(float)
    for step in steps:
        sums[step.cause, step.of, step.sector, step.address] += step.amount
    return [Step(c, o, s, amount, a) for (c, o, s, a), amount in sums.items()]


def _status_of(area: Area, step: Step) -> Mapping[str, float]:
    if step.cause == PEOPLE:
        return _shares_of_people(area)
    if step.cause in (GROWTH, PRICES) and step.address in area.assumptions:
        return {area.assumptions[step.address].status: 1.0}
    if step.cause == NEED:
        return _shares([(r.status, 1.0) for r in area.plan.baseline.need_transitions])
    tables, last = area.plan.baseline, area.years[-1]
    income = {r.name: r.status for r in tables.income if r.year == last}
    lines = {r.name: r.status for r in tables.lines if r.year == last}
    return {{**income, **lines}.get(step.of, "derived"): 1.0}


def _shares_of_people(area: Area) -> Mapping[str, float]:
    rows = area.plan.baseline.population
    variant = area.labels["variant"][int(area.variant(area.parameters())[0])]
    last = [r for r in rows if r.year == area.years[-1] and r.variant == variant]
    return _shares([(r.status, r.people) for r in last])


def _shares(weights: list[tuple[Status, float]]) -> Mapping[str, float]:
    whole = sum(weight for _, weight in weights) or 1.0
    shares: dict[str, float] = defaultdict(float)
    for status, weight in weights:
        shares[status] += weight / whole
    return shares


def grounds_of_spend(area: Area) -> dict[str, float]:
    """Share of base-year spend by status: a line is as sure as the less sure of volume and cost."""
    return _by_size([(_weaker(row), row.volume * row.unit_cost_gbp) for row in _in_gap(area)])


def grounds_of_savings(area: Area, stated: Stated) -> dict[str, float]:
    """Share of the stated savings by status, `unexplained` among them; empty if none stated."""
    if not stated.savings:
        return {}
    rows = [r for r in area.plan.baseline.stated if r.kind == "saving" and r.amount_gbp_m]
    sizes = [(str(r.status), (r.amount_gbp_m or 0) * 1e6) for r in rows if r.year == area.years[-1]]
    return _by_size([*sizes, (UNEXPLAINED, max(stated.unexplained_savings, 0.0))])


def _in_gap(area: Area) -> list[VolumeRow]:
    inside = {r.service for r in area.plan.baseline.services if r.scope == "gap"}
    return [r for r in area.plan.baseline.volumes if r.service in inside]


def _weaker(row: VolumeRow) -> str:
    return max(row.status_volume, row.status_cost, key=STATUSES.index)


def _by_size(sizes: list[tuple[str, float]]) -> dict[str, float]:
    shares: dict[str, float] = dict.fromkeys((*STATUSES, UNEXPLAINED), 0.0)
    for status, size in sizes:
        shares[status] += size
    whole = sum(shares.values()) or 1.0
    return {status: size / whole for status, size in shares.items()}
