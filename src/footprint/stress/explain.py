"""Why the numbers are what they are, at expected values: what needs no draw."""

import numpy as np
from numpy.typing import NDArray

import footprint
from footprint.model.ages import AGE_GROUPS, people_by_age, use_by_age
from footprint.model.area import Area
from footprint.model.bridge import (
    CAUSES,
    PlanBridge,
    Step,
    do_nothing_bridge,
    plan_bridge,
    who_pays_who_gains,
)
from footprint.model.chain import simulate
from footprint.model.discount import present_value
from footprint.model.grounds import (
    Stated,
    grounds_of_gap,
    grounds_of_savings,
    grounds_of_spend,
    stated_and_computed,
)
from footprint.model.noise import cost_spread
from footprint.plan.canonical import digest
from footprint.plan.scenario import in_scenario
from footprint.plan.schema import Plan
from footprint.stress import answer as said

Floats = NDArray[np.float64]
_MILLION = 1e-6
# Less than a pound a year is rounding, not a gain.
_POUND = 1.0


def explain(area: Area) -> said.Explanation:
    """The bridge, what was stated, what it rests on, and who pays and gains."""
    steps, bridge = do_nothing_bridge(area), plan_bridge(area)
    stated = stated_and_computed(area, steps)
    use = use_by_age(area)
    return said.Explanation(
        bridge=_bridge(area, steps, bridge),
        stated=_stated(stated),
        grounds=_grounds(area, steps, stated),
        pays_and_gains=_matrix(area, bridge),
        chance_in_counts=_chance_in_counts(area),
        people_by_age=_named(area, people_by_age(area)),
        use_by_age={
            row.service: said.UseByAge(
                name=row.name, unit=row.unit, by_age=_named(area, use[:, :, v])
            )
            for v, row in enumerate(area.plan.baseline.services)
            if not row.unit.startswith("GBP")
        },
        registered=tuple(
            said.RegisteredLine(
                place=area.plan.about.localities[row.place].name,
                **row.model_dump(include={"year", "registered", "resident", "source", "note"}),
            )
            for row in area.plan.baseline.registered
        ),
    )


def _named(area: Area, values: Floats) -> dict[str, dict[str, float]]:
    """Values [age group, T] by the names of age groups and years."""
    return {
        name: dict(zip(area.years, map(float, row), strict=True))
        for name, row in zip(AGE_GROUPS, values, strict=True)
    }


def expected(plan: Plan, scenario: str | None = None) -> said.Expected:
    """Do nothing and the plan in the one future where every assumption has its expected value.

    Raises KeyError for a scenario the plan does not have.
    """
    area = Area.of(in_scenario(plan, scenario))
    gap = simulate(area).outcome["gap"].values[:, 0] * _MILLION
    worlds = [
        said.ExpectedGap(
            place=dict(zip(area.years, map(float, world.sum(axis=-1)), strict=True)),
            partners={
                name: dict(zip(area.years, map(float, world[:, o]), strict=True))
                for o, name in enumerate(area.labels["partner"])
                if world[:, o].any()
            },
        )
        for world in gap
    ]
    return said.Expected(
        version=footprint.__version__,
        digest=digest(area.plan),
        title=area.plan.about.title,
        scenario=scenario or "",
        years=area.years,
        partners={name: partner.name for name, partner in area.plan.about.partners.items()},
        do_nothing=worlds[0],
        plan=worlds[1],
        **dict(explain(area)),
    )


def _bridge(area: Area, steps: list[Step], bridge: PlanBridge) -> said.Bridge:
    gap = simulate(area).outcome["gap"].values[:, 0].sum(axis=-1)
    nothing = sum(step.amount for step in steps)
    return said.Bridge(
        causes=tuple(_cause(steps, cause) for cause in CAUSES),
        do_nothing=nothing * _MILLION,
        schemes=tuple(
            said.SchemeAnswer(
                scheme=step.scheme,
                name=area.plan.schemes[step.scheme].name,
                programme=area.plan.schemes[step.scheme].programme,
                work=step.work * _MILLION,
                closing=step.closing * _MILLION,
                income=step.income * _MILLION,
                cost=step.cost * _MILLION,
                total=step.total * _MILLION,
                by_partner={p: v * _MILLION for p, v in step.by_partner.items() if abs(v) > _POUND},
                pays_as_planned=area.plan.schemes[step.scheme].pays,
                gains_as_planned=area.plan.schemes[step.scheme].gains,
            )
            for step in bridge.schemes
        ),
        overlap=bridge.overlap * _MILLION,
        plan=(nothing - bridge.total) * _MILLION,
        present_value=_worth_today(area, gap[0] - gap[1]),
    )


def _worth_today(area: Area, gain: Floats) -> float | None:
    """The plan's yearly effects in base-year money, discounted; None without a deflator.

    Green Book rates are real, so money of the day has to be deflated first.
    """
    if not area.plan.about.deflator:
        return None
    deflator = area.parameters().index(area.plan.about.deflator)[0]
    return float(present_value(gain / deflator)) * _MILLION


def _cause(steps: list[Step], cause: str) -> said.Cause:
    amounts = {
        sector: sum(s.amount for s in steps if s.cause == cause and s.sector == sector) * _MILLION
        for sector in ("nhs", "council")
    }
    whole = sum(s.amount for s in steps if s.cause == cause) * _MILLION
    return said.Cause(cause=cause, total=whole, **amounts)


def _stated(stated: Stated) -> said.StatedAnswer:
    return said.StatedAnswer(
        gap=None if stated.gap is None else stated.gap * _MILLION,
        gap_computed=stated.computed * _MILLION,
        gap_unexplained=stated.unexplained_gap * _MILLION,
        savings=None if stated.savings is None else stated.savings * _MILLION,
        savings_rebuilt=stated.rebuilt * _MILLION,
        savings_unexplained=stated.unexplained_savings * _MILLION,
    )


def _grounds(area: Area, steps: list[Step], stated: Stated) -> dict[str, dict[str, float]]:
    shares = {
        "gap": grounds_of_gap(area, steps, stated),
        "spend": grounds_of_spend(area),
        "savings": grounds_of_savings(area, stated),
    }
    return {name: share for name, share in shares.items() if share}


def _matrix(area: Area, bridge: PlanBridge) -> dict[str, dict[str, float]]:
    partners = area.labels["partner"]
    matrix = who_pays_who_gains(bridge, partners) * _MILLION
    return {
        payer: {partners[j]: float(v) for j, v in enumerate(matrix[i]) if v > _POUND * _MILLION}
        for i, payer in enumerate(partners)
        if (matrix[i] > _POUND * _MILLION).any()
    }


def _chance_in_counts(area: Area) -> float:
    """Standard deviation of last-year spend from chance alone, GBP m, at expected values."""
    run = simulate(area)
    units = run.activity.plan[0, -1].sum(axis=0)
    counted = np.array([not r.unit.startswith("GBP") for r in area.plan.baseline.services])
    cost = run.ledgers.spend_plan[0, -1] / np.where(units > 0, units, 1)
    return float(cost_spread(units * counted, cost)) * _MILLION
