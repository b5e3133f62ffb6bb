"""Declared correlation: how far assumptions go well, or badly, together.

correlation.plan              optimism shared by the whole plan
correlation.groups.<name>     optimism, or another common cause, shared by one group
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

NO_GROUP = -1
"""The group index of an assumption that belongs to no group."""


@dataclass(frozen=True)
class Correlation:
    """How much of each assumption's movement is shared. Each figure is a share from 0 to 1.

    Two assumptions of one group that are both moved by optimism are correlated by
    `plan + groups[name]`; two of different groups by `plan`. These are correlations of the
    normal scores, not of the values themselves. The order of `groups` is the order of the
    factor streams and of the group index.

    Raises ValueError when a figure is outside 0 to 1, or when the plan and one group together
    share more than the whole. All faults are named at once.

    >>> Correlation(plan=0.2, groups={"hospital": 0.3}).addresses
    ('correlation.plan', 'correlation.groups.hospital')
    >>> Correlation(plan=0.8, groups={"hospital": 0.3})
    Traceback (most recent call last):
    ValueError: The plan's correlation (0.8) and that of group 'hospital' (0.3) come to 1.1. ...
    """

    plan: float = 0.0
    groups: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        faults = _out_of_range({"the plan": self.plan})
        faults += _out_of_range({f"group {name!r}": rho for name, rho in self.groups.items()})
        if not faults:
            faults = [
                f"The plan's correlation ({self.plan:g}) and that of group {name!r} ({rho:g}) "
                f"come to {self.plan + rho:g}. Together they may not share more than 1: "
                "lower one of them."
                for name, rho in self.groups.items()
                if self.plan + rho > 1.0
            ]
        if faults:
            raise ValueError("\n".join(faults))

    @property
    def addresses(self) -> tuple[str, ...]:
        """Give the addresses of the factor streams: the plan first, then each group."""
        return ("correlation.plan", *(f"correlation.groups.{name}" for name in self.groups))

    @property
    def shares(self) -> NDArray[np.float64]:
        """Give the shares in the order of `addresses`. Dims: [factor]."""
        return np.array([self.plan, *self.groups.values()], dtype=np.float64)


def _out_of_range(shares: Mapping[str, float]) -> list[str]:
    return [
        f"The correlation of {whose} is {rho:g}. Give a share from 0 (independent) to 1 "
        "(all move as one)."
        for whose, rho in shares.items()
        if not 0.0 <= rho <= 1.0
    ]


def correlate(
    own: NDArray[np.float64],
    factors: NDArray[np.float64],
    signs: ArrayLike,
    group_index: ArrayLike,
    correlation: Correlation,
    group_signs: ArrayLike | None = None,
) -> NDArray[np.float64]:
    """Give uniforms that move together as declared, from uniforms that do not.

    For assumption i, with Phi the normal distribution function, F the factors' normal scores
    and e_i the assumption's own,

        z_i = s_i sqrt(rho_plan) F_plan + g_i sqrt(rho_group) F_group
              + sqrt(1 - s_i^2 rho_plan - g_i^2 rho_group) e_i,      u_i = Phi(z_i)

    so each u_i stays uniform whatever is declared. F high means that all goes well together.

    - `own`: [draw, assumption], each strictly between 0 and 1.
    - `factors`: [draw, 1 + group], in the order of `correlation.addresses`.
    - `signs` s_i: [assumption], which end is the hopeful one for the plan. +1 a high value is
      good, -1 a low value is good, 0 not moved by the plan's optimism.
    - `group_index`: [assumption], place in `correlation.groups`, or -1 for no group.
    - `group_signs` g_i: [assumption], how it moves with its group. Left out, it is `signs`
      (the group shares optimism). Where a group is a plain common cause, such as prices that
      rise together, give +1.
    - An assumption no factor moves (share 0, or sign 0) is given back to the bit.
    - Scores are kept inside (0, 1): a sum past 8 standard deviations, which happens less than
      once in 10^15 draws, is given as the nearest number below 1 or above 0.

    Gives [draw, assumption]. Raises ValueError when shapes, signs or indices do not fit.

    Method: Gaussian (one-factor and nested-factor) copula. R. B. Nelsen, An Introduction to
    Copulas (2006), https://doi.org/10.1007/0-387-28678-0; D. X. Li (2000),
    https://doi.org/10.3905/jfi.2000.319253.

    Worked: plan correlation 1, both factors at their 84th percentile (one standard deviation
    up). What is good when high goes to its 84th, what is good when low goes to its 16th, and
    what optimism does not move keeps its own draw.

    >>> own = np.array([[0.5, 0.5, 0.7]])
    >>> correlate(own, np.array([[0.8413447]]), [1, -1, 0], [-1, -1, -1], Correlation(1.0))
    array([[0.841..., 0.158..., 0.7  ]])
    """
    if factors.shape != (own.shape[0], len(correlation.addresses)):
        raise ValueError(
            f"The factors have shape {factors.shape}; {own.shape[0]} draws of "
            f"{', '.join(correlation.addresses)} are needed."
        )
    weights = pulls(own.shape[1], signs, group_index, correlation, group_signs)
    moved = weights.any(axis=0)
    together = own.copy()
    if moved.any():
        pull = weights[:, moved]
        rest = np.sqrt(np.maximum(1.0 - (pull**2).sum(axis=0), 0.0))
        scores = ndtri(factors) @ pull + rest * ndtri(own[:, moved])
        together[:, moved] = _strictly_inside(ndtr(scores))
    return together


def pulls(
    assumptions: int,
    signs: ArrayLike,
    group_index: ArrayLike,
    correlation: Correlation,
    group_signs: ArrayLike | None = None,
) -> NDArray[np.float64]:
    """Give how strongly each factor pulls each assumption. Dims: [factor, assumption].

    With W these weights, two assumptions' normal scores are correlated by the sum over factors
    of the products of their weights. Arguments are those of `correlate`.

    >>> pulls(2, [1, -1], [-1, 0], Correlation(0.25, {"hospital": 0.16}))
    array([[ 0.5, -0.5],
           [ 0. , -0.4]])
    """
    plan_signs = _signs(signs, assumptions)
    own_signs = plan_signs if group_signs is None else _signs(group_signs, assumptions)
    groups = _groups(group_index, assumptions, len(correlation.groups))
    loads = np.sqrt(correlation.shares)
    weights = np.zeros((len(loads), assumptions))
    weights[0] = plan_signs * loads[0]
    grouped = np.flatnonzero(groups != NO_GROUP)
    weights[1 + groups[grouped], grouped] = own_signs[grouped] * loads[1 + groups[grouped]]
    return weights


def _signs(signs: ArrayLike, assumptions: int) -> NDArray[np.float64]:
    checked = np.asarray(signs, dtype=np.float64)
    if checked.shape != (assumptions,) or not np.isin(checked, (-1.0, 0.0, 1.0)).all():
        raise ValueError(f"Give one sign of +1, -1 or 0 for each of {assumptions} assumptions.")
    return checked


def _groups(group_index: ArrayLike, assumptions: int, groups: int) -> NDArray[np.intp]:
    checked = np.asarray(group_index, dtype=np.intp)
    inside = (checked >= NO_GROUP) & (checked < groups)
    if checked.shape != (assumptions,) or not inside.all():
        raise ValueError(
            f"Give one group for each of {assumptions} assumptions: a place from 0 to "
            f"{groups - 1} among the groups declared, or -1 for none."
        )
    return checked


def _strictly_inside(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.clip(shares, np.finfo(np.float64).tiny, np.nextafter(1.0, 0.0))
