"""Judge the plan by its targets: in how many futures is each reached?"""

import numpy as np
from numpy.typing import NDArray

from footprint.model.area import Area
from footprint.plan.schema import Target
from footprint.stress.answer import Probability, Spread, TargetAnswer
from footprint.stress.chance import chance
from footprint.stress.ensemble import Ensemble
from footprint.stress.piece import APART, MEASURED, OUTPUTS

Floats = NDArray[np.float64]
COMPUTED, STATED = "computed", "stated"
_SCALE = {"gap": 1e-6}  # GBP to GBP m


def spread(values: Floats) -> Spread:
    """P10, P50, P90 and mean of one quantity over futures: [n]."""
    p10, p50, p90 = np.quantile(values, (0.1, 0.5, 0.9))
    return Spread(p10=float(p10), p50=float(p50), p90=float(p90), mean=float(values.mean()))


def probability(correlated: NDArray[np.bool_], independent: NDArray[np.bool_]) -> Probability:
    """The chance of a target from the futures that reach it: two arrays [n]."""
    found = chance(correlated)
    return Probability(
        correlated=found.p,
        independent=float(independent.mean()),
        standard_error=found.standard_error,
        low=found.low,
        high=found.high,
        words=found.in_words(),
    )


def reached(target: Target, values: Floats) -> NDArray[np.bool_]:
    """Which futures reach a target: [n]."""
    if target.at_most is not None:
        return values <= target.at_most
    return values >= (target.at_least or 0.0)


def judge(area: Area, ensemble: Ensemble, unexplained_gap: float) -> tuple[TargetAnswer, ...]:
    """Every objective that has a target, the headline first.

    `unexplained_gap` in GBP is the part of the stated gap that cannot be rebuilt: the reading
    "stated" adds it to every future.
    """
    about = area.plan.about
    order = sorted(about.objectives, key=lambda name: name != about.headline)
    return tuple(
        _judge_one(area, ensemble, name, target, unexplained_gap)
        for name in order
        if (target := about.objectives[name].target) is not None
    )


def _judge_one(
    area: Area, ensemble: Ensemble, name: str, target: Target, unexplained_gap: float
) -> TargetAnswer:
    nothing, plan = (_measured(area, ensemble, target, world) for world in (0, 1))
    alone = _measured(area, ensemble, target, 1, APART)
    readings = {}
    if target.measure == "gap":
        for reading, extra in ((COMPUTED, 0.0), (STATED, unexplained_gap * _SCALE["gap"])):
            if reading == COMPUTED or unexplained_gap:
                readings[reading] = probability(
                    reached(target, plan + extra), reached(target, alone + extra)
                )
    objective = area.plan.about.objectives[name]
    return TargetAnswer(
        objective=name,
        gap=objective.gap,
        statement=objective.statement,
        measure=target.measure,
        of=target.of,
        year=target.year,
        at_most=target.at_most,
        at_least=target.at_least,
        unit=target.unit,
        status=target.status,
        source=target.source,
        do_nothing=spread(nothing),
        plan=spread(plan),
        p_target=probability(reached(target, plan), reached(target, alone)),
        readings=readings,
    )


def _measured(
    area: Area, ensemble: Ensemble, target: Target, world: int, futures: str = ""
) -> Floats:
    """What a target measures, by future: [n]. With `futures` APART, of those that go their way."""
    t = area.years.index(target.year)
    names = [futures + name for name in MEASURED[target.measure]]
    if target.measure == "gap":
        return ensemble.of(names[0], world, t) * _SCALE["gap"]
    i = area.index_of(OUTPUTS[MEASURED[target.measure][0]][-1], target.of)
    values = [ensemble.of(name, world, t, i) for name in names]
    if target.measure == "staff short":
        short: Floats = np.maximum(values[0] - values[1], 0)
        return short
    return values[0]
