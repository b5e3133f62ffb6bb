"""Limits: what there is, what each scheme takes, and which schemes go together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
CLOSE = 1e-6
"""A limit is kept when it is exceeded by less than this share of what the schemes take."""

Taken = tuple[Sequence[float], float]
"""What each scheme takes [S], and what there is."""


@dataclass(frozen=True, eq=False)
class Limit:
    """One thing that is scarce.

    - `name`, `unit`: such as "recurrent money", "GBP a year".
    - `use`: [S] what each scheme takes; negative where it frees some.
    - `available`: what there is.
    """

    name: str
    unit: str
    use: Floats
    available: float

    @property
    def size(self) -> float:
        """The scale of this limit, for tolerances."""
        return float(max(np.abs(self.use).max(initial=0.0), abs(self.available), 1e-12))

    def left(self, mask: Mask) -> Floats:
        """What is left under each portfolio: [..., S] gives [...]; negative is too little."""
        left: Floats = self.available - mask @ self.use
        return left


@dataclass(frozen=True, eq=False)
class Limits:
    """Everything a portfolio must keep to.

    - `schemes`: [S] their ids, in the order of every array.
    - `limits`: what is scarce.
    - `needs`: pairs (A, B): A only with B.
    - `not_both`: pairs (A, B): at most one of them.
    - `must`: schemes already promised.
    """

    schemes: tuple[str, ...]
    limits: tuple[Limit, ...] = ()
    needs: tuple[tuple[str, str], ...] = ()
    not_both: tuple[tuple[str, str], ...] = ()
    must: tuple[str, ...] = ()

    def allows(self, masks: Mask) -> Mask:
        """Which portfolios keep to everything: [m, S] gives [m]."""
        ok = np.ones(len(masks), dtype=bool)
        for limit in self.limits:
            ok &= limit.left(masks) >= -CLOSE * limit.size
        for first, second in self._pairs(self.needs):
            ok &= ~masks[:, first] | masks[:, second]
        for first, second in self._pairs(self.not_both):
            ok &= ~(masks[:, first] & masks[:, second])
        ok &= masks[:, [self.schemes.index(name) for name in self.must]].all(axis=1)
        return ok

    def rows(self) -> tuple[Floats, Floats]:
        """Give everything but `must` as rows of A x <= b, limits first and scaled: [r, S], [r]."""
        count = len(self.schemes)
        rows = [limit.use / limit.size for limit in self.limits]
        most = [limit.available / limit.size for limit in self.limits]
        for first, second in self._pairs(self.needs):
            rows.append(np.eye(count)[first] - np.eye(count)[second])
            most.append(0.0)
        for first, second in self._pairs(self.not_both):
            rows.append(np.eye(count)[first] + np.eye(count)[second])
            most.append(1.0)
        return np.array(rows, dtype=np.float64).reshape(-1, count), np.array(most)

    def least(self) -> Floats:
        """Give the lower bound of each scheme: [S], 1 where it is promised."""
        return np.array([float(name in self.must) for name in self.schemes])

    def brings(self) -> Mask:
        """Which schemes each one brings along, itself and all it needs: [S, S]."""
        reach = np.eye(len(self.schemes), dtype=bool)
        for first, second in self._pairs(self.needs):
            reach[first, second] = True
        for through in range(len(reach)):
            reach |= np.outer(reach[:, through], reach[through])
        return reach

    def mask_of(self, names: Sequence[str]) -> Mask:
        """Give the portfolio of these schemes: [S]."""
        return np.isin(self.schemes, list(names))

    def _pairs(self, pairs: tuple[tuple[str, str], ...]) -> list[tuple[int, int]]:
        place = {name: i for i, name in enumerate(self.schemes)}
        return [(place[first], place[second]) for first, second in pairs]


def limits_of(
    schemes: Sequence[str],
    one_off: Taken | None = None,
    recurrent: Taken | None = None,
    staff: Mapping[str, Taken] | None = None,
    capacity: Mapping[str, Taken] | None = None,
    needs: Sequence[tuple[str, str]] = (),
    not_both: Sequence[tuple[str, str]] = (),
    must: Sequence[str] = (),
) -> Limits:
    """Give limits from budgets, staff by role and room by resource, once they are checked.

    - `one_off`, `recurrent`: cost of each scheme [S] and the budget, GBP and GBP a year.
    - `staff`: by role, WTE each scheme takes [S] and the WTE that can be found.
    - `capacity`: by resource, places or beds each scheme takes [S] and those there are.

    Raises ValueError, with all faults at once, for a scheme named twice or not known, or a
    figure that is missing or not a number.

    >>> two = limits_of(["falls", "reablement"], recurrent=([3e6, 4e6], 5e6))
    >>> two.allows(np.array([[True, False], [True, True]])).tolist()
    [True, False]
    """
    wanted = [("one-off money", "GBP", one_off), ("recurrent money", "GBP a year", recurrent)]
    wanted += [(role, "WTE", taken) for role, taken in (staff or {}).items()]
    wanted += [(resource, "places", taken) for resource, taken in (capacity or {}).items()]
    given = [(name, unit, taken) for name, unit, taken in wanted if taken is not None]
    pairs, promised = (*needs, *not_both), tuple(must)
    faults = _wrong_names(schemes, pairs, promised)
    faults += [fault for name, _, taken in given for fault in _wrong_figures(name, taken, schemes)]
    if faults:
        raise ValueError(" ".join(faults))
    made = (Limit(n, u, np.array(t[0], dtype=np.float64), float(t[1])) for n, u, t in given)
    return Limits(tuple(schemes), tuple(made), tuple(needs), tuple(not_both), promised)


def _wrong_names(
    schemes: Sequence[str], pairs: Sequence[tuple[str, str]], must: Sequence[str]
) -> list[str]:
    known = set(schemes)
    faults = [] if len(known) == len(schemes) else ["A scheme is named twice; name each once."]
    used = [name for pair in pairs for name in pair] + list(must)
    unknown = sorted(set(used) - known)
    if unknown:
        faults.append(f"Rules name schemes that are not there: {', '.join(unknown)}.")
    faults += [f"{a} stands against itself in a rule." for a, b in pairs if a == b]
    return faults


def _wrong_figures(name: str, taken: Taken, schemes: Sequence[str]) -> list[str]:
    use, available = np.asarray(taken[0], dtype=np.float64), float(taken[1])
    if use.shape != (len(schemes),):
        return [f"{name}: give one figure for each of the {len(schemes)} schemes."]
    if not np.isfinite(use).all() or not np.isfinite(available):
        return [f"{name}: every figure must be a finite number; leave the limit out if none."]
    return []


@dataclass(frozen=True)
class Shortfall:
    """A limit that cannot be kept: what is needed at the least, and what there is."""

    limit: str
    unit: str
    needed: float
    available: float

    @property
    def short(self) -> float:
        """By how much there is too little."""
        return self.needed - self.available

    def __str__(self) -> str:
        return (
            f"{self.limit}: {self.needed:,.6g} {self.unit} needed, {self.available:,.6g} there, "
            f"{self.short:,.6g} short"
        )


class NothingFits(Exception):
    """No portfolio keeps to every limit and rule."""

    def __init__(
        self, shortfalls: tuple[Shortfall, ...], clashes: tuple[tuple[str, str], ...] = ()
    ) -> None:
        self.shortfalls = shortfalls
        self.clashes = clashes
        lines = [
            f"{a} and {b} are both promised or needed, but not both allowed" for a, b in clashes
        ]
        lines += [str(one) for one in shortfalls]
        cure = "Raise what is short, or promise fewer schemes."
        super().__init__("No portfolio fits. " + "; ".join(lines) + f". {cure}")


def why_nothing_fits(limits: Limits) -> NothingFits | None:
    """Say which limits bind and by how much, when no portfolio fits; None when one does.

    Each limit is let stretch, and the least stretch in all (as shares of each limit's size) is
    found: a mixed-integer program with one slack for each limit.

    >>> promised = limits_of(["a", "b"], recurrent=([3.0, 4.0], 5.0), must=["a", "b"])
    >>> str(why_nothing_fits(promised).shortfalls[0])
    'recurrent money: 7 GBP a year needed, 5 there, 2 short'
    """
    clashes = _clashes(limits)
    if clashes:
        return NothingFits((), clashes)
    rows, most = limits.rows()
    if not len(rows):
        return None
    count, scarce = len(limits.schemes), len(limits.limits)
    slack = np.vstack([-np.eye(scarce), np.zeros((len(rows) - scarce, scarce))])
    found = milp(
        np.r_[np.zeros(count), np.ones(scarce)],
        integrality=np.r_[np.ones(count), np.zeros(scarce)],
        bounds=Bounds(
            np.r_[limits.least(), np.zeros(scarce)], np.r_[np.ones(count), [np.inf] * scarce]
        ),
        constraints=LinearConstraint(np.hstack([rows, slack]), -np.inf, most),
    )
    mask = found.x[:count] > 0.5
    short = tuple(
        Shortfall(limit.name, limit.unit, float(mask @ limit.use), limit.available)
        for limit in limits.limits
        if limit.left(mask) < -CLOSE * limit.size
    )
    return NothingFits(short) if short else None


def _clashes(limits: Limits) -> tuple[tuple[str, str], ...]:
    promised = np.flatnonzero(limits.brings()[limits.mask_of(limits.must)].sum(axis=0))
    names = {limits.schemes[s] for s in promised}
    return tuple(pair for pair in limits.not_both if names >= set(pair))
