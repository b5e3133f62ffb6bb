"""Put the answer together: run the futures, judge the plan, say what decides it."""

import numpy as np
from numpy.typing import NDArray

import footprint
from footprint.model.area import Area
from footprint.model.money import LENSES
from footprint.plan.canonical import digest
from footprint.plan.scenario import in_scenario
from footprint.plan.schema import Plan
from footprint.stress import answer as said
from footprint.stress.drivers import find_drivers
from footprint.stress.ensemble import Ensemble, Progress, run_ensemble
from footprint.stress.explain import explain
from footprint.stress.futures import declared_correlation
from footprint.stress.judge import judge, reached, spread
from footprint.stress.tables import tables_of
from footprint.stress.why import Told, ask_why
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
    why: Told | None = None,
) -> said.Answer:
    """Stress-test a plan that has been checked.

    The answer depends on the plan, the draws, the seed, the scenario and the version alone: the
    same bytes for any number of processes. Raises KeyError for a scenario the plan does not
    have, ValueError for fewer than 64 draws. With `why` the deeper questions are asked as well,
    and it is told which one.
    """
    if draws < FEWEST:
        raise ValueError(f"{draws} futures are too few to say anything; ask for {FEWEST} or more")
    area = Area.of(in_scenario(plan, scenario))
    ensemble = run_ensemble(area, draws, seed, processes, progress)
    reasons = explain(area)
    targets = judge(area, ensemble, reasons.stated.gap_unexplained / _MILLION)
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
        advice=tuple(said.Advice.of(fault) for fault in advice),
        **dict(reasons),
        **tables_of(area, ensemble),
        why=ask_why(area, ensemble, seed, why) if why else None,
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
