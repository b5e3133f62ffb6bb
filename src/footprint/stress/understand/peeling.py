"""Find boxes where the plan fails by peeling thin slices off, again and again (PRIM)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from footprint.stress.understand.boxes import Box, checked, measured, within, without_luck
from footprint.stress.understand.inputs import Floats

Fails = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class _Cut:
    """One limit moved: how much denser per future lost or won, and where it would stand."""

    gain: float
    unlimited: int
    column: int
    side: int  # 0 low, 1 high
    at: float


def find_boxes(
    x: Floats,
    fails: Fails,
    most: int = 3,
    wanted: float = 0.8,
    most_limits: int = 4,
    least_mass: float = 0.02,
) -> tuple[Box, ...]:
    """Give up to `most` boxes in which at least `wanted` of the futures fail.

    Boxes are found on every second future and measured on the others, so that density and
    coverage are honest; a box that is surely less dense there is not given. Each is sought among
    the futures outside the boxes before. A first peeling picks the inputs whose limits are surest;
    a second, on those alone, gives the box with the greatest density x coverage of those dense
    enough; limits that may be luck are dropped. Empty where no box is dense enough: a lower
    `wanted` may then find some.

    - `x`: [draw, input], quantiles or any units: only order matters, but for the middles
      between two values. `fails`: [draw].
    - `most_limits`: inputs a box may limit at most. More can be had, but not read.
    - Leave out inputs that have no order, such as a choice among variants.

    Worked: futures fail where both inputs are above 0.6.

    >>> from footprint.stress.streams import uniforms
    >>> x = uniforms(["pay", "demand"], 4096, seed=1)
    >>> (box,) = find_boxes(x, (x > 0.6).all(axis=1), wanted=0.9)
    >>> box.low.round(1), box.density > 0.9, box.coverage > 0.9
    (array([0.6, 0.6]), True, True)
    """
    checked(x, fails)
    found: list[Box] = []
    searched, kept = np.arange(len(x)) % 2 == 0, np.arange(len(x)) % 2 == 1
    while len(found) < most and fails[searched].any() and fails[kept].any():
        best = _best_of_peeling(x[searched], fails[searched], wanted, most_limits, least_mass)
        if best is None:
            break
        at_first = int(fails[1::2].sum()), len(fails[1::2])
        box = measured(x[kept], fails[kept], best.low, best.high, *at_first)
        if box.falls_short_of(wanted):
            break
        found.append(box)
        outside = ~box.holds(x)
        searched, kept = searched & outside, kept & outside
    return tuple(found)


def _best_of_peeling(
    x: Floats, fails: Fails, wanted: float, most_limits: int, least_mass: float
) -> Box | None:
    """The best box that limits few inputs: those that a first, free peeling found surest."""
    few = _best_dense(peeled(x, fails, least_mass=least_mass), 0.0).limited[:most_limits]
    if len(few) == 0:
        few = np.arange(min(most_limits, x.shape[1]))
    best = _best_dense(peeled(x[:, few], fails, least_mass=least_mass), wanted)
    if best.density < wanted:
        return None
    low, high = _no_limits(x)
    low[few], high[few] = best.low, best.high
    return without_luck(x, fails, measured(x, fails, low, high), wanted)


def _best_dense(boxes: tuple[Box, ...], wanted: float) -> Box:
    """Of boxes that are dense enough the one that holds most for its size; else the densest."""
    dense = [box for box in boxes if box.density >= wanted]
    if wanted == 0.0 or not dense:
        return max(boxes, key=lambda box: box.density)
    return max(dense, key=lambda box: box.density * box.coverage)


def peeled(
    x: Floats,
    fails: Fails,
    peel: float = 0.05,
    paste: float = 0.05,
    least_mass: float = 0.05,
) -> tuple[Box, ...]:
    """Give the boxes of one peeling, from the whole to the last: density against coverage.

    From the box as it is, each input's lowest and highest `peel` share of futures are candidates
    to be cut off. The one taken is that which gains most density for each future lost; among
    equals, the one that limits fewest inputs, then the first input, from above. It ends when
    the box would hold less than `least_mass` of the futures, or nothing gains. Then each limit
    is tried outwards by `paste` of what it shut out, and moved while density rises. This is EMA
    Workbench's first lenient rule, and gives the same boxes.

    - A limit stands halfway between the last future kept and the first cut off; where several
      are equal they are cut together.

    Raises ValueError when arrays do not fit, no future fails, or a share is not between 0 and
    a half.

    Method: J. H. Friedman, N. I. Fisher (1999), https://doi.org/10.1023/A:1008894516817; to
    find scenarios: B. P. Bryant, R. J. Lempert (2010),
    https://doi.org/10.1016/j.techfore.2009.08.002; the rule: J. H. Kwakkel, M. Jaxa-Rozen
    (2016), https://doi.org/10.1016/j.envsoft.2015.11.020.
    """
    checked(x, fails)
    if not (0 < peel < 0.5 and 0 < paste < 0.5):
        raise ValueError(f"Peel ({peel}) and paste ({paste}) are shares between 0 and a half.")
    boxes = [measured(x, fails, *_no_limits(x))]
    for cuts in (partial(_peels, peel=peel), partial(_pastes, paste=paste)):
        while better := _best(x, fails, boxes[-1], list(cuts(x, fails, boxes[-1])), least_mass):
            boxes.append(better)
    return tuple(boxes)


def _no_limits(x: Floats) -> tuple[Floats, Floats]:
    return np.full(x.shape[1], -np.inf), np.full(x.shape[1], np.inf)


def _best(x: Floats, fails: Fails, box: Box, cuts: list[_Cut], least_mass: float) -> Box | None:
    """The box after the best cut, or None where none is worth it."""
    if not cuts:
        return None
    cut = max(cuts, key=lambda c: (c.gain, c.unlimited))
    low, high = box.low.copy(), box.high.copy()
    (low, high)[cut.side][cut.column] = cut.at
    if cut.gain <= 0 or within(x, low, high).sum() < least_mass * len(x):
        return None
    return measured(x, fails, low, high)


def _peels(x: Floats, fails: Fails, box: Box, peel: float) -> Iterator[_Cut]:
    held = box.holds(x)
    here, failing = x[held], fails[held].astype(np.float64)
    limited = np.isfinite(box.low) | np.isfinite(box.high)
    edges = _edges(here, peel)
    gains = [_gain(here >= edges[0], failing), _gain(here <= edges[1], failing)]
    for column in range(x.shape[1]):
        unlimited = int((~limited).sum()) - int(not limited[column])
        for side in (1, 0):
            yield _Cut(gains[side][column], unlimited, column, side, edges[side][column])


def _gain(kept: Fails, failing: Floats) -> Floats:
    """How much denser each column's cut makes a box, per future lost: [input]."""
    count = kept.sum(axis=0)
    lost = len(failing) - count
    density = np.divide(failing @ kept, count, out=np.zeros(len(count)), where=count > 0)
    gain: Floats = np.where(lost > 0, (density - failing.mean()) / np.maximum(lost, 1), 0.0)
    return gain


def _edges(here: Floats, share: float) -> tuple[Floats, Floats]:
    """Where each input's lowest and highest share of futures ends: [input] each."""
    columns = np.sort(here, axis=0).T
    low = np.array([_edge(column, share, up=False) for column in columns])
    high = np.array([_edge(column, 1 - share, up=True) for column in columns])
    return low, high


def _edge(ordered: Floats, share: float, up: bool) -> float:
    """Halfway between the two futures around a share, past any that are equal."""
    place = (len(ordered) - 1) * share
    below, above = int(np.floor(place)), int(np.ceil(place))
    if ordered[below] == ordered[above]:
        if up:
            below = max(int(np.searchsorted(ordered, ordered[above], "left")) - 1, 0)
        else:
            past = int(np.searchsorted(ordered, ordered[below], "right"))
            above = min(past, len(ordered) - 1)
    return float((ordered[below] + ordered[above]) / 2)


def _pastes(x: Floats, fails: Fails, box: Box, paste: float) -> Iterator[_Cut]:
    for column in box.limited:
        others = _others(x, box, int(column))
        for side, limit in enumerate((box.low[column], box.high[column])):
            if not np.isfinite(limit):
                continue
            values = x[others, column]
            shut_out = np.sort(values[values <= limit] if side == 0 else values[values >= limit])
            at = x[:, column].min() if side == 0 else x[:, column].max()
            if shut_out.size:
                at = _edge(shut_out, paste if side else 1 - paste, up=side == 0)
            ends = (at, box.high[column]) if side == 0 else (box.low[column], at)
            wider = others & (x[:, column] >= ends[0]) & (x[:, column] <= ends[1])
            won = int(wider.sum()) - box.inside
            gain = (fails[wider].mean() - box.density) / won if won > 0 else 0.0
            unlimited = x.shape[1] - len(box.limited)
            yield _Cut(gain, unlimited, int(column), side, float(at))


def _others(x: Floats, box: Box, column: int) -> Fails:
    """Futures inside every limit but those of one input: [draw]."""
    low, high = box.low.copy(), box.high.copy()
    low[column], high[column] = -np.inf, np.inf
    return within(x, low, high)
