"""The assumptions that decide the answer."""

import numpy as np

from footprint.evidence.assumption import Assumption
from footprint.model.area import Area
from footprint.plan.label import label
from footprint.stress.answer import Driver
from footprint.stress.ensemble import Ensemble
from footprint.stress.futures import DUMMY
from footprint.stress.sensitivity import FirstOrder, first_order

MOST = 10


def find_drivers(area: Area, ensemble: Ensemble, year: str) -> tuple[tuple[Driver, ...], Driver]:
    """The ten sources of doubt that decide most of the gap with the plan, and the dummy.

    The sources are independent by construction: each assumption's own doubt, and the factors
    that assumptions share. So shares add to 1 at most, and shared optimism has a line of its own
    instead of hiding in every assumption it moves. Beside each stands what its share would be if
    assumptions had nothing in common.
    """
    t = area.years.index(year)
    together = ensemble.kept["gap"][1, :, t].sum(axis=-1)
    found = first_order(ensemble.sources, together[:, None])
    apart = ensemble.apart["gap"][1, :, t].sum(axis=-1)
    alone = first_order(ensemble.sources, apart[:, None])
    known = area.assumptions
    every = [
        _driver(area, name, known.get(name), i, found, alone)
        for i, name in enumerate(ensemble.names)
    ]
    dummy = every[ensemble.names.index(DUMMY)]
    ranked = sorted((d for d in every if d.address != DUMMY), key=lambda d: (-d.share, d.address))
    return tuple(ranked[:MOST]), dummy


def _driver(
    area: Area, name: str, said: Assumption | None, i: int, found: FirstOrder, alone: FirstOrder
) -> Driver:
    shared = name.startswith("correlation.")
    owner = said.owner if said and not shared else None
    return Driver(
        address=name,
        label=label(area.plan, name),
        share=_number(found.share[i, 0]),
        interval=(_number(found.low[i, 0]), _number(found.high[i, 0])),
        share_independent=None if shared else _number(alone.share[i, 0]),
        value=_value(area, name, said),
        owner=f"{area.plan.about.partners[owner.partner].name}, {owner.role}" if owner else "",
        status=said.status if said else "",
        source=said.source if said else "",
    )


def _value(area: Area, name: str, said: Assumption | None) -> str:
    if name == "plan.projection":
        likely = area.plan.about.projection.items()
        return ", ".join(f"{variant} {chance:.0%}" for variant, chance in likely)
    return said.in_words() if said else ""


def _number(share: float) -> float:
    """A share, 0 where the answer does not move at all and nothing decides it."""
    return 0.0 if np.isnan(share) else float(share)
