"""Whose saving is it? Each scheme's part of what the plan does, in no order, adding up."""

from dataclasses import dataclass
from math import factorial

import numpy as np
from numpy.typing import NDArray

from footprint.model.area import Area
from footprint.model.chain import simulate

Floats = NDArray[np.float64]
# What is shared out among schemes.
QUANTITIES = ("gap", "activity", "needed", "staff_needed")
# Coalitions are run in batches of this many, so that memory does not grow with their number.
_BATCH = 256
# Above this every coalition is too many, and orders are sampled instead.
MOST_EXACT = 10
_ORDERS = 64


@dataclass(frozen=True)
class Attribution:
    """Each scheme's part, at expected values, positive where the plan relieves.

    `parts[quantity]` [scheme, year, of] add up over schemes to `whole[quantity]` [year, of], to
    rounding. `alone` is what each scheme would do as the only one: the naive sum that counts
    twice. Quantities: gap (GBP by partner), activity (units by service), needed (by resource),
    staff_needed (WTE by role). `exact` says whether every coalition was run or orders sampled.
    """

    schemes: tuple[str, ...]
    parts: dict[str, Floats]
    alone: dict[str, Floats]
    whole: dict[str, Floats]
    exact: bool

    def counted_twice(self, quantity: str) -> Floats:
        """What adding schemes up one by one would book beyond what comes: [year, of]."""
        twice: Floats = self.alone[quantity].sum(axis=0) - self.whole[quantity]
        return twice


def attribute(area: Area, seed: int = 1) -> Attribution:
    """Shapley shares of what the plan changes, by scheme, year and partner or service.

    A scheme's share is its mean contribution over all orders in which schemes could be added.
    It depends on no order, gives a scheme that does nothing nothing, gives equal schemes equal
    shares, and adds up exactly. Source: Shapley (1953), https://doi.org/10.1515/9781400881970-018.

    Up to ten schemes every coalition is run (2^S); above that, 64 orders and their reverses are
    drawn, which still adds up exactly and has sampling error in the shares.
    """
    count = len(area.plan.schemes)
    weights, coalitions = (
        _all_coalitions(count) if count <= MOST_EXACT else _sampled_orders(count, seed)
    )
    relief = _relief(area, coalitions)
    alone = _relief(area, np.eye(count, dtype=bool))
    whole = _relief(area, np.ones((1, count), dtype=bool))
    return Attribution(
        schemes=tuple(area.plan.schemes),
        parts={q: np.tensordot(weights, values, axes=1) for q, values in relief.items()},
        alone=alone,
        whole={q: values[0] for q, values in whole.items()},
        exact=count <= MOST_EXACT,
    )


def _all_coalitions(count: int) -> tuple[Floats, NDArray[np.bool_]]:
    """Weight of each coalition in each scheme's share [scheme, coalition], and the coalitions.

    With s members out of n, a coalition counts +(s-1)!(n-s)!/n! for those in it and
    -s!(n-s-1)!/n! for those outside.

    >>> weights, coalitions = _all_coalitions(2)
    >>> coalitions.astype(int).tolist()
    [[0, 0], [1, 0], [0, 1], [1, 1]]
    >>> weights.tolist()
    [[-0.5, 0.5, -0.5, 0.5], [-0.5, -0.5, 0.5, 0.5]]
    """
    numbers = np.arange(2**count)
    inside = (numbers[:, None] >> np.arange(count)) & 1 == 1
    size = inside.sum(axis=1)
    joined = [factorial(s - 1) * factorial(count - s) if s else 0 for s in size]
    left = [-factorial(s) * factorial(count - s - 1) if s < count else 0 for s in size]
    weights = np.where(inside.T, joined, left) / factorial(count)
    return weights, inside


def _sampled_orders(count: int, seed: int) -> tuple[Floats, NDArray[np.bool_]]:
    """The same from drawn orders and their reverses."""
    rng = np.random.default_rng(seed)
    drawn = [rng.permutation(count) for _ in range(_ORDERS)]
    orders = [order for first in drawn for order in (first, first[::-1])]
    steps = count + 1
    inside = np.zeros((len(orders) * steps, count), dtype=bool)
    weights = np.zeros((count, len(orders) * steps))
    for i, order in enumerate(orders):
        for step, scheme in enumerate(order):
            inside[i * steps + step + 1 : (i + 1) * steps, scheme] = True
            weights[scheme, i * steps + step] -= 1 / len(orders)
            weights[scheme, i * steps + step + 1] += 1 / len(orders)
    return weights, inside


def _relief(area: Area, coalitions: NDArray[np.bool_]) -> dict[str, Floats]:
    """What each coalition relieves: by quantity, [coalition, year, of]."""
    found: dict[str, list[Floats]] = {quantity: [] for quantity in QUANTITIES}
    for start in range(0, len(coalitions), _BATCH):
        batch = coalitions[start : start + _BATCH]
        theta = np.repeat(area.central(), len(batch), axis=0)
        on = {name: batch[:, i].astype(float) for i, name in enumerate(area.plan.schemes)}
        outcome = simulate(area, theta, on=on).outcome
        for quantity in QUANTITIES:
            nothing, plan = outcome[quantity].values
            found[quantity].append(nothing - plan)
    return {quantity: np.concatenate(parts) for quantity, parts in found.items()}
