"""The deeper questions, asked of a plan: what `footprint stress --why` adds."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from footprint.model.area import Area
from footprint.model.attribution import Attribution, attribute
from footprint.model.chain import simulate
from footprint.model.parameters import PROJECTION
from footprint.plan.label import label
from footprint.stress import why_answer as said
from footprint.stress.chance import Z_95
from footprint.stress.ensemble import Ensemble
from footprint.stress.futures import draw_futures, source_names, together
from footprint.stress.judge import reached
from footprint.stress.understand.break_even import break_even
from footprint.stress.understand.disagreement import agenda
from footprint.stress.understand.evppi import worth_of_knowing
from footprint.stress.understand.failing import nearest_failing
from footprint.stress.understand.of_plan import (
    expected_quantiles,
    gap_of_place,
    inputs_of,
    of_quantiles,
    of_sources,
    of_values,
    together_of,
)
from footprint.stress.understand.peeling import find_boxes
from footprint.stress.understand.pick_freeze import pick_freeze
from footprint.stress.understand.shapley import shapley

Floats = NDArray[np.float64]
Told = Callable[[str], None]
_MILLION = 1e-6
# Futures for each question: enough for shares to a few hundredths, few enough to wait for.
_SHARES = 512
_CHOICES = 1024
_MOST = 10


def ask_why(area: Area, ensemble: Ensemble, seed: int, tell: Told = lambda _: None) -> said.Why:
    """Ask every question in turn; `tell` is told which one is being asked."""
    target = area.plan.about.objectives[area.plan.about.headline].target
    assert target is not None  # a plan without one is refused when it is read
    t = area.years.index(target.year)
    tell("what decides it, in groups")
    shares, dummy = _groups(area, target.year, seed)
    tell("what is worth finding out first")
    knowing, everything = _knowing(area, t, seed)
    tell("how it fails")
    at_most, at_least = target.at_most, target.at_least
    failing = nearest_failing(
        of_sources(area, gap_of_place(area, target.year)),
        source_names(area),
        at_most,
        at_least,
        draws=_CHOICES,
        seed=seed,
    )
    inputs = inputs_of(area)
    ways = tuple(
        said.WayLine(
            words=failing.in_words(inputs, i),
            distance=way.beta,
            chance=way.chance,
            standard_error=way.chance_error,
            confirmed=way.crosses,
        )
        for i, way in enumerate(failing.ways)
    )
    tell("whose saving it is")
    return said.Why(
        groups=shares,
        dummy_total=dummy,
        knowing_first=knowing,
        knowing_everything=everything,
        break_even=_break_even(area, target.year, at_most, at_least),
        boxes=_boxes(area, ensemble, t),
        ways=ways,
        chance_of_missing=failing.chance,
        chance_of_missing_plain=failing.plain,
        attribution=attribution_answer(area, attribute(area, seed)),
        agenda=_agenda(area, target.year, seed, at_most, at_least),
    )


def groups_of(area: Area) -> dict[str, list[int]]:
    """Sources of doubt by what they belong to: a register, a scheme, or a shared factor.

    Columns are those of `source_names`; the dummy is in none.
    """
    found: dict[str, list[int]] = {}
    for i, name in enumerate(source_names(area)):
        if name != "dummy":
            found.setdefault(name if _alone(name) else name.split(".")[0], []).append(i)
    return found


def _alone(name: str) -> bool:
    return name == PROJECTION or name.startswith("correlation.")


def _group_label(area: Area, group: str) -> str:
    kind, _, name = group.partition("/")
    if kind == "schemes":
        return f"scheme: {area.plan.schemes[name].name}"
    if kind == "assumptions":
        return f"all of {name.replace('-', ' ')}"
    return label(area.plan, group)


def _groups(area: Area, year: str, seed: int) -> tuple[tuple[said.GroupShares, ...], float]:
    """First and total shares by group, and Shapley effects of groups of assumptions."""
    measure, groups = gap_of_place(area, year), groups_of(area)
    found = pick_freeze(of_sources(area, measure), source_names(area), _SHARES, seed, groups)
    own = {name: c for name, c in groups.items() if not name.startswith("correlation.")}
    fair = shapley(
        of_quantiles(area, measure), area.addresses, together_of(area), _SHARES, seed, own
    )
    order = {name: i for i, name in enumerate(fair.names)}
    lines = []
    for i, name in enumerate(found.names):
        (first_low, first_high), (low, high) = found.first_interval, found.total_interval
        j = order.get(name)
        lines.append(
            said.GroupShares(
                group=name,
                label=_group_label(area, name),
                members=len(groups[name]),
                first=float(found.first[i, 0]),
                first_interval=(float(first_low[i, 0]), float(first_high[i, 0])),
                total=float(found.total[i, 0]),
                total_interval=(float(low[i, 0]), float(high[i, 0])),
                shapley=None if j is None else float(fair.share[j, 0]),
                shapley_interval=None
                if j is None
                else (float(fair.low[j, 0]), float(fair.high[j, 0])),
            )
        )
    ranked = sorted(lines, key=lambda line: (-line.total, line.group))
    return tuple(ranked), float(found.dummy[0] + Z_95 * found.dummy_error[0])


def _knowing(area: Area, t: int, seed: int) -> tuple[tuple[said.KnowingFirst, ...], float]:
    """What settling an assumption is worth before choosing which one scheme to leave out."""
    futures = draw_futures(area, range(_CHOICES), seed, correlated=True)
    names = list(area.plan.schemes)
    if not names:
        return (), 0.0
    options = [frozenset(names), *(frozenset(names) - {name} for name in names)]
    gaps = [_gap(area, futures.theta, option, t) for option in options]
    benefit = -np.stack(gaps, axis=1) * _MILLION
    found = worth_of_knowing(futures.sources, benefit, futures.names)
    known = set(area.addresses)
    lines = [
        said.KnowingFirst(
            address=name,
            label=label(area.plan, name),
            value=float(found.value[i]),
            standard_error=float(found.standard_error[i]),
        )
        for i, name in enumerate(found.names)
        if name in known
    ]
    ranked = sorted(lines, key=lambda line: (-line.value, line.address))
    return tuple(ranked[:_MOST]), float(found.everything)


def _gap(area: Area, theta: Floats, schemes: frozenset[str], t: int) -> Floats:
    gap: Floats = simulate(area, theta, schemes=schemes).outcome["gap"].values[1, :, t].sum(-1)
    return gap


def _break_even(
    area: Area, year: str, at_most: float | None, at_least: float | None
) -> tuple[said.BreakEvenLine, ...]:
    inside = np.clip(expected_quantiles(area), 0.001, 0.999)
    found = break_even(of_quantiles(area, gap_of_place(area, year)), inside, at_most, at_least)
    inputs = inputs_of(area)
    lines = [
        said.BreakEvenLine(
            address=address,
            label=label(area.plan, address),
            words=found.in_words(inputs, i),
            turns=bool(found.crossings[i] > 0),
        )
        for i, address in enumerate(area.addresses)
    ]
    return tuple(sorted(lines, key=lambda line: (not line.turns, line.address)))


def _boxes(area: Area, ensemble: Ensemble, t: int) -> tuple[said.BoxLine, ...]:
    """Corners of the futures in which the rarer thing, to fail or to reach the target, is common.

    From the futures already run. Where most fail anyway, what tells is where they do not.
    """
    target = area.plan.about.objectives[area.plan.about.headline].target
    assert target is not None
    gap = ensemble.kept["gap"][1, :, t].sum(axis=-1) * _MILLION
    fails = ~reached(target, gap)
    # What moves together is told as the assumption it ends up as; a choice has no order.
    ordered = [i for i, name in enumerate(area.addresses) if name != PROJECTION]
    if not ordered or fails.all() or not fails.any():
        return ()
    inputs = inputs_of(area)
    chances = together(area, ensemble.sources)
    rare, verb, wanted = (fails, "fails", 0.8)
    if fails.mean() > 0.5:
        rare, verb, wanted = (~fails, "reaches its target", 0.5)
    boxes = find_boxes(chances[:, ordered], rare, wanted=wanted)
    shown = type(inputs)(
        tuple(inputs.labels[i] for i in ordered), lambda c, q: inputs.say(ordered[c], q)
    )
    return tuple(
        said.BoxLine(words=box.in_words(shown, verb), density=box.density, coverage=box.coverage)
        for box in boxes
    )


def attribution_answer(area: Area, found: Attribution) -> said.AttributionAnswer:
    """Parts by scheme in the words and units of the answer."""
    years = area.years
    gap, alone = found.parts["gap"] * _MILLION, found.alone["gap"] * _MILLION
    return said.AttributionAnswer(
        schemes=tuple(
            said.SchemePart(
                scheme=name,
                name=area.plan.schemes[name].name,
                saving=_by_year(years, gap[i].sum(axis=-1)),
                alone=_by_year(years, alone[i].sum(axis=-1)),
                by_partner=_named(area, "partner", gap[i, -1], 1e-6),
                needed=_named(area, "resource", found.parts["needed"][i, -1], 1e-3),
                activity=_named(area, "service", found.parts["activity"][i, -1], 1e-3),
            )
            for i, name in enumerate(found.schemes)
        ),
        whole=_by_year(years, found.whole["gap"].sum(axis=-1) * _MILLION),
        naive_sum=_by_year(years, alone.sum(axis=(0, 2))),
        counted_twice=_by_year(years, found.counted_twice("gap").sum(axis=-1) * _MILLION),
        exact=found.exact,
    )


def _by_year(years: tuple[str, ...], values: Floats) -> dict[str, float]:
    return dict(zip(years, map(float, values), strict=True))


def _named(area: Area, dim: str, values: Floats, least: float) -> dict[str, float]:
    pairs = zip(area.labels[dim], values, strict=True)
    return {name: float(value) for name, value in pairs if abs(value) > least}


def _agenda(
    area: Area, year: str, seed: int, at_most: float | None, at_least: float | None
) -> tuple[said.DisputeLine, ...]:
    """Where partners hold different views of one assumption, ranked by what it does."""
    known = area.plan.assumptions_by_address()
    partners = area.plan.about.partners
    views = {
        address: {partners[who].name: view.quantile for who, view in known[address].views.items()}
        for address in area.addresses
        if address in known and len(known[address].views) > 1
    }
    if not views:
        return ()
    futures = draw_futures(area, range(_CHOICES), seed, correlated=True)
    # In the units people write, so that what partners expect is said as they would say it.
    size = np.array([known[a].measure.size if a in known else 1.0 for a in area.addresses])
    model = of_values(area, gap_of_place(area, year))
    found = agenda(
        lambda values: model(values * size),
        futures.theta / size,
        together(area, futures.sources),
        area.addresses,
        views,
        at_most,
        at_least,
    )
    return tuple(
        said.DisputeLine(
            address=dispute.address,
            words=dispute.in_words(
                label(area.plan, dispute.address),
                known[dispute.address].unit,
                f"the gap in {year} (GBP m)",
            ),
            shift=dispute.shift,
        )
        for dispute in found
    )
