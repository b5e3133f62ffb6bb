"""Pooled budgets under section 75: who bears an overspend, by four rules.

The rules are the four shapes that agreements take (see docs/method/risk-share.md); a plan names
one for each pool.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from footprint.model.area import Area
from footprint.model.parameters import Parameters
from footprint.plan.schema import Pool

Floats = NDArray[np.float64]
Rule = Callable[[Floats, Floats, Floats], Floats]


def each_bears_own(over: Floats, contributions: Floats, shares: Floats) -> Floats:
    """Everyone bears what their own part overspends: [..., O] unchanged."""
    return over


def fixed_shares(over: Floats, contributions: Floats, shares: Floats) -> Floats:
    """The whole over- or underspend is borne in agreed shares.

    >>> fixed_shares(np.array([10.0, 0.0]), np.array([60.0, 40.0]), np.array([0.5, 0.5])).tolist()
    [5.0, 5.0]
    """
    return over.sum(axis=-1, keepdims=True) * shares


def in_proportion(over: Floats, contributions: Floats, shares: Floats) -> Floats:
    """The whole over- or underspend is borne in proportion to contributions.

    >>> in_proportion(np.array([10.0, 0.0]), np.array([60.0, 40.0]), np.array([0.0, 0.0])).tolist()
    [6.0, 4.0]
    """
    total = contributions.sum(axis=-1, keepdims=True)
    borne: Floats = over.sum(axis=-1, keepdims=True) * contributions / np.where(total > 0, total, 1)
    return borne


def performance(over: Floats, contributions: Floats, shares: Floats) -> Floats:
    """Who overspends bears it; when the pool as a whole underspends, the gain is shared.

    >>> performance(np.array([-10.0, 0.0]), np.array([60.0, 40.0]), np.array([0.5, 0.5])).tolist()
    [-5.0, -5.0]
    """
    whole = over.sum(axis=-1, keepdims=True)
    return np.where(whole < 0, whole * shares, over)


RULES: dict[str, Rule] = {
    "each-bears-own": each_bears_own,
    "fixed-shares": fixed_shares,
    "in-proportion": in_proportion,
    "performance": performance,
}


def shared_risk(area: Area, params: Parameters, paid: Floats) -> Floats:
    """What pooling moves between partners, GBP [n, T, O]; adds to 0 over partners.

    `paid` [n, T, P, V] is what payers pay. A partner's overspend is what it pays for the pool's
    services less its contribution.
    """
    moved = np.zeros((*paid.shape[:2], len(area.labels["partner"])))
    for name, pool in area.plan.about.pools.items():
        moved = moved + _one_pool(area, params, paid, name, pool)
    return moved


def _one_pool(area: Area, params: Parameters, paid: Floats, name: str, pool: Pool) -> Floats:
    inside = np.isin(area.labels["service"], pool.services).astype(float)
    spent = np.einsum("ntpv,pvo->nto", paid * inside, area.payer)
    contributions = np.zeros_like(spent)
    shares = np.zeros(spent.shape[-1])
    for partner in pool.contributions:
        o = area.index_of("partner", partner)
        amount = params.number(f"pools.{name}.contributions.{partner}")
        contributions[:, :, o] = amount[:, None]
        shares[o] = pool.shares.get(partner, 0.0)
    members = (contributions != 0).astype(float)
    over = (spent - contributions) * members
    return over - RULES[pool.rule](over, contributions, shares)
