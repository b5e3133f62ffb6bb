"""Draw futures: values of every assumption, with what they have in common."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from footprint.evidence.assumption import Assumption
from footprint.model.area import Area
from footprint.plan.schema import Plan
from footprint.stress.correlation import NO_GROUP, Correlation, correlate, pulls
from footprint.stress.streams import uniforms

Floats = NDArray[np.float64]

# A stream that no part of the model reads: what share it seems to decide is pure noise.
DUMMY = "dummy"
_SIGN = {"high": 1.0, "low": -1.0, "": 0.0}


@dataclass(frozen=True)
class Futures:
    """A range of futures.

    `theta` [n, D] are values of the assumptions. `sources` [n, D + F + 1] are the independent
    quantiles they were made from: each assumption's own doubt, each shared factor, the dummy;
    `names` says which.
    """

    theta: Floats
    sources: Floats
    names: tuple[str, ...]


def declared_correlation(plan: Plan) -> Correlation:
    """The correlation the plan declares, as numbers."""
    said = plan.about.correlation
    groups = {name: share.central for name, share in said.groups.items()}
    return Correlation(said.plan.central if said.plan else 0.0, groups)


def draw_futures(area: Area, draws: range, seed: int, correlated: bool) -> Futures:
    """The futures numbered `draws`.

    A future depends on its number, the seed and the addresses alone, never on how many others
    are drawn or by whom. With `correlated` false every assumption goes its own way, from the
    same streams, so that the two differ by correlation and nothing else.
    """
    names = source_names(area)
    return futures_of(area, uniforms(names, draws, seed), correlated)


def source_names(area: Area) -> tuple[str, ...]:
    """What futures are made from: each assumption's own doubt, each shared factor, the dummy."""
    return (*area.addresses, *declared_correlation(area.plan).addresses, DUMMY)


def futures_of(area: Area, sources: Floats, correlated: bool) -> Futures:
    """The futures made from these independent quantiles [n, D + F + 1], in that order."""
    chances = together(area, sources) if correlated else sources[:, : len(area.addresses)]
    return Futures(area.draw(chances), sources, source_names(area))


def together(area: Area, sources: Floats) -> Floats:
    """Quantiles of the assumptions [n, D] that move together as the plan declares."""
    correlation, count = declared_correlation(area.plan), len(area.addresses)
    return correlate(
        sources[:, :count],
        sources[:, count:-1],
        _signs(area),
        _groups(area, correlation),
        correlation,
        group_signs=_group_signs(area),
    )


def pulls_on(area: Area) -> Floats:
    """How strongly each shared factor pulls each assumption, as declared: [factor, D]."""
    correlation = declared_correlation(area.plan)
    groups, count = _groups(area, correlation), len(area.addresses)
    return pulls(count, _signs(area), groups, correlation, _group_signs(area))


def _known(area: Area) -> list[Assumption | None]:
    known = area.assumptions
    return [known.get(address) for address in area.addresses]


def _signs(area: Area) -> list[float]:
    """Which end of each assumption is the hopeful one: +1, -1, or 0 where neither is."""
    return [_SIGN[a.hopeful] if a else 0.0 for a in _known(area)]


def _group_signs(area: Area) -> list[float]:
    """Within a scheme a programme's optimism acts; elsewhere a group rises and falls together."""
    return [
        _SIGN[a.hopeful] if a and address.startswith("schemes/") and not a.group else 1.0
        for address, a in zip(area.addresses, _known(area), strict=True)
    ]


def _groups(area: Area, correlation: Correlation) -> list[int]:
    """The group of each assumption: its own, or its scheme's programme."""
    order = {name: i for i, name in enumerate(correlation.groups)}
    return [
        order.get(_group(area.plan, address, a), NO_GROUP)
        for address, a in zip(area.addresses, _known(area), strict=True)
    ]


def _group(plan: Plan, address: str, assumption: Assumption | None) -> str:
    if assumption and assumption.group:
        return assumption.group
    if address.startswith("schemes/"):
        return plan.schemes[address.split("/")[1].split(".")[0]].programme
    return ""
