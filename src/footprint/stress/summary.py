"""Put the answer together: run the futures, judge the plan, say what decides it."""

import numpy as np
from numpy.typing import NDArray

import footprint
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
from footprint.model.money import LENSES
from footprint.model.noise import cost_spread
from footprint.plan.canonical import digest
from footprint.plan.scenario import in_scenario
from footprint.plan.schema import Plan
from footprint.stress import answer as said
from footprint.stress.drivers import find_drivers
from footprint.stress.ensemble import Ensemble, Progress, run_ensemble
from footprint.stress.futures import declared_correlation
from footprint.stress.judge import judge, reached, spread
from footprint.stress.tables import tables_of
from footprint.terms.faults import Fault

Floats = NDArray[np.float64]
DRAWS = 4096
FEWEST = 64
_MILLION = 1e-6


def stress(
    plan: Plan,
    draws: int = DRAWS,
    seed: int = 1,
    scenario: str | None = None,
    processes: int = 1,
    progress: Progress | None = None,
    advice: tuple[Fault, ...] = (),
) -> said.Answer:
    """Stress-test a plan that has been checked.

    The answer depends on the plan, the draws, the seed, the scenario and the version alone: the
    same bytes for any number of processes. Raises KeyError for a scenario the plan does not
    have, ValueError for fewer than 64 draws.
    """
    if draws < FEWEST:
        raise ValueError(f"{draws} futures are too few to say anything; ask for {FEWEST} or more")
    area = Area.of(in_scenario(plan, scenario))
    ensemble = run_ensemble(area, draws, seed, processes, progress)
    steps, bridge = do_nothing_bridge(area), plan_bridge(area)
    stated = stated_and_computed(area, steps)
    targets = judge(area, ensemble, stated.unexplained_gap)
    headline = targets[0]
    drivers, dummy = find_drivers(area, ensemble, headline.year)
    about = area.plan.about
    return said.Answer(
        version=footprint.__version__,
        digest=digest(area.plan),
        title=about.title,
        place=about.place.name,
        scenario=scenario or "",
        draws=draws,
        seed=seed,
        years=area.years,
        partners={name: partner.name for name, partner in about.partners.items()},
        cost_lens=about.cost_lens,
        correlation=_correlation(area),
        target=headline,
        p_target=headline.p_target,
        targets=targets,
        gap=_gaps(area, ensemble, "gap"),
        gap_by_lens=_by_lens(area, ensemble),
        p_target_by_lens=_chance_by_lens(area, ensemble),
        beside=_gaps(area, ensemble, "beside"),
        drivers=drivers,
        dummy=dummy,
        bridge=_bridge(area, steps, bridge),
        stated=_stated(stated),
        grounds=_grounds(area, steps, stated),
        pays_and_gains=_matrix(area, bridge),
        chance_in_counts=_chance_in_counts(area),
        advice=tuple(said.Advice.of(fault) for fault in advice),
        **tables_of(area, ensemble),
    )


def _correlation(area: Area) -> dict[str, float]:
    declared = declared_correlation(area.plan)
    return dict(zip(declared.addresses, map(float, declared.shares), strict=True))


def by_year(area: Area, values: Floats) -> said.ByYear:
    """Spreads of a quantity by year: [n, T]."""
    return {year: spread(values[:, t]) for t, year in enumerate(area.years)}


def _gaps(area: Area, ensemble: Ensemble, name: str) -> said.Gaps:
    worlds = [_gap_of(area, values * _MILLION) for values in ensemble.kept[name]]
    return said.Gaps(do_nothing=worlds[0], plan=worlds[1])


def _gap_of(area: Area, values: Floats) -> said.GapOfPlace:
    """Gap of the place and of each partner with money, from [n, T, O] in GBP m."""
    partners = {
        name: by_year(area, values[:, :, o])
        for o, name in enumerate(area.labels["partner"])
        if np.any(values[:, :, o])
    }
    return said.GapOfPlace(place=by_year(area, values.sum(axis=-1)), partners=partners)


def _by_lens(area: Area, ensemble: Ensemble) -> dict[str, said.ByYear]:
    values = ensemble.kept["gap_by_lens"] * _MILLION
    return {lens: by_year(area, values[i]) for i, lens in enumerate(LENSES)}


def _chance_by_lens(area: Area, ensemble: Ensemble) -> dict[str, float]:
    target = area.plan.about.objectives[area.plan.about.headline].target
    assert target is not None  # a plan without one is refused when it is read
    values = ensemble.kept["gap_by_lens"][:, :, area.years.index(target.year)] * _MILLION
    return {lens: float(reached(target, values[i]).mean()) for i, lens in enumerate(LENSES)}


def _bridge(area: Area, steps: list[Step], bridge: PlanBridge) -> said.Bridge:
    gain = simulate(area).outcome["gap"].values[:, 0].sum(axis=-1)
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
                by_partner={p: v * _MILLION for p, v in step.by_partner.items() if v},
                pays_as_planned=area.plan.schemes[step.scheme].pays,
                gains_as_planned=area.plan.schemes[step.scheme].gains,
            )
            for step in bridge.schemes
        ),
        overlap=bridge.overlap * _MILLION,
        plan=(nothing - bridge.total) * _MILLION,
        present_value=float(present_value(gain[0] - gain[1])) * _MILLION,
    )


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
        payer: {partners[j]: float(v) for j, v in enumerate(matrix[i]) if v}
        for i, payer in enumerate(partners)
        if matrix[i].any()
    }


def _chance_in_counts(area: Area) -> float:
    """Standard deviation of last-year spend from chance alone, GBP m, at expected values."""
    run = simulate(area)
    units = run.activity.plan[0, -1].sum(axis=0)
    counted = np.array([not r.unit.startswith("GBP") for r in area.plan.baseline.services])
    cost = run.ledgers.spend_plan[0, -1] / np.where(units > 0, units, 1)
    return float(cost_spread(units * counted, cost)) * _MILLION
