"""The most plausible ways to fail: the nearest failing points, confirmed by sampling.

starts      futures of a plain sample that fail, as unlike one another as can be
search      from each, down to the nearest point of the edge between meeting and missing
modes       points that differ, nearest first
confirm     futures drawn around them: how many fail, and which way
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from footprint.stress.chance import in_words
from footprint.stress.streams import uniforms
from footprint.stress.understand.inputs import Floats, Inputs, Margin, Model, margin_of

STARTS = 8
"""Searches begun, besides one from the middle of all inputs."""

ROUNDS = 60
"""Steps of a search at most."""

NUDGE = 1e-3
"""How far an input is moved either way to see what it does, in standard deviations."""

SETTLED = 1e-5
MET = 0.02
"""A search has settled when its next step is shorter than SETTLED; two have met when they are
nearer than MET. In standard deviations."""

APART = 0.5
"""Points nearer to one another than this are one way to fail, in standard deviations."""

MOST_MODES = 4
FAR = 1.5
"""At most this many ways are told, none further out than the nearest by more than FAR."""

BEYOND = 0.01
"""How far past the edge a way is run to see that it really fails, in standard deviations."""

TOLD = 0.05
MOST_TOLD = 4
"""Inputs are told that make up this share of the squared distance, and at most so many."""


@dataclass(frozen=True, eq=False)
class Way:
    """One most plausible way to cross the edge between meeting and missing the target.

    - `scores`: [input], the point in standard deviations from the middle of each input.
    - `quantiles`: [input], the same as quantiles.
    - `beta`: the distance from the middle, the reliability index; below 0 if the middle fails.
    - `parts`: [input], each input's share of the squared distance.
    - `first_order`: chance of failing if the edge were straight, Phi(-beta).
    - `crosses`: whether the model, run just beyond the point, really is on the other side.
    - `chance`, `chance_error`: of being on the other side with this way the nearest.
    """

    scores: Floats
    quantiles: Floats
    beta: float
    parts: Floats
    first_order: float
    crosses: bool
    chance: float
    chance_error: float


@dataclass(frozen=True, eq=False)
class Failing:
    """How the plan would most plausibly fail; or, if its middle fails already, succeed.

    - `ways`: nearest first; empty where no edge was found.
    - `chance`, `chance_error`: of failing, from futures drawn around the ways.
    - `plain`, `plain_error`: of failing, from the plain sample the searches started from.
    - `middle_fails`: whether the future with every input at its middle fails.

    Where `chance` and `plain` disagree by more than their errors, a way has been missed.
    """

    ways: tuple[Way, ...]
    chance: float
    chance_error: float
    plain: float
    plain_error: float
    middle_fails: bool

    def in_words(self, inputs: Inputs, way: int = 0) -> str:
        """Tell one way in three lines."""
        if not self.ways:
            return f"No way to fail was found; {in_words(self.plain)} of the sample failed."
        told, verb = self.ways[way], "reach" if self.middle_fails else "miss"
        order = [i for i in np.argsort(-told.parts)[:MOST_TOLD] if told.parts[i] >= TOLD]
        values = [f"{inputs.labels[i]} at {inputs.say(int(i), told.quantiles[i])}" for i in order]
        across = 1 - self.chance if self.middle_fails else self.chance
        share = told.chance / across if across > 0 else 0.0
        checked = "is so" if told.crosses else "could not be confirmed"
        return (
            f"The nearest way to {verb} the target: {', '.join(values)}; all else near its middle."
            f"\nThe target is missed in {in_words(min(max(self.chance, 0.0), 1.0))}; of those that "
            f"{verb} it, {share:.0%} are nearest to this way."
            f"\nRun just beyond these values, that {checked}; the chance of this way is "
            f"{told.chance:.2g}, give or take {told.chance_error:.1g}."
        )


def nearest_failing(
    model: Model,
    addresses: Sequence[str],
    at_most: float | None = None,
    at_least: float | None = None,
    draws: int = 2048,
    seed: int = 1,
) -> Failing:
    """Give the most plausible ways to miss a target, and their chances.

    Each input's quantile u is written as a normal score z = Phi^-1(u). The likeliest failing
    future is the failing point nearest to the origin, found by solving

        least |z|^2   such that   margin(z) = 0

    from several starts at once, by steps of the improved Hasofer-Lind-Rackwitz-Fiessler method,

        z' = ((grad . z - margin) / |grad|^2) grad,    taken whole, or by halves if that is better

    with the gradient from a nudge of each input either way: searches x 2 inputs futures a round.
    Then `draws` futures are drawn about the points found, and weighted back (importance
    sampling from an equal mixture of normals, one on each point).

    - `model`: independent quantiles [draw, input] to the one output the target is about.
    - `at_most` or `at_least`: the target, in the output's units.
    - If the middle of all inputs fails already, the nearest ways to meet the target are given,
      and beta is below 0.
    - The searches start from `uniforms(addresses)`, the futures of a stress test.

    Raises ValueError when not exactly one target is given or the model has several outputs.

    Method: A. M. Hasofer, N. C. Lind (1974); R. Rackwitz, B. Fiessler (1978),
    https://doi.org/10.1016/0045-7949(78)90046-9; line search: Y. Zhang, A. Der Kiureghian
    (1995), https://doi.org/10.1007/978-0-387-34866-7_32; several points: A. Der Kiureghian,
    T. Dakessian (1998), https://doi.org/10.1016/S0167-4730(97)00026-X.

    Worked: y = 3 z1 + 4 z2 is to be at most 10. The edge is 10/5 = 2 from the middle, at
    z = (1.2, 1.6), and Phi(-2) = 0.0228 of futures lie beyond.

    >>> found = nearest_failing(lambda u: ndtri(u) @ [[3.0], [4.0]], ["a", "b"], at_most=10)
    >>> round(found.ways[0].beta, 6), found.ways[0].scores.round(4)
    (2.0, array([1.2, 1.6]))
    """
    margin = _in_scores(margin_of(model, at_most, at_least))
    sample = ndtri(uniforms(addresses, draws, seed))
    margins = margin(sample)
    middle_fails = bool(margin(np.zeros((1, len(addresses))))[0] < 0)
    side = -1.0 if middle_fails else 1.0  # margins are turned so that the middle is at 0 or above

    def turned(scores: Floats) -> Floats:
        return side * margin(scores)

    points = _modes(_searched(turned, _starts(sample, side * margins)))
    across = _confirmed(turned, points, addresses, draws, seed)
    ways = tuple(_way(turned, p, side, across[:, i + 1]) for i, p in enumerate(points))
    plain = float((margins < 0).mean())
    chance, error = _mean(across[:, 0]) if len(points) else (float((side * margins < 0).mean()), 0)
    return Failing(
        ways=ways,
        chance=1 - chance if middle_fails else chance,
        chance_error=error,
        plain=plain,
        plain_error=float(np.sqrt(plain * (1 - plain) / draws)),
        middle_fails=middle_fails,
    )


def _in_scores(margin: Margin) -> Margin:
    """The margin as a function of normal scores."""
    ends = np.finfo(np.float64).tiny, np.nextafter(1.0, 0.0)
    return lambda scores: margin(np.clip(ndtr(scores), *ends))


def _starts(sample: Floats, margins: Floats) -> Floats:
    """The middle, and draws across the edge (or nearest to it) in directions most unlike."""
    across = np.flatnonzero(margins < 0)
    if len(across) < STARTS:
        across = np.argsort(margins)[:STARTS]
    near = sample[across[np.argsort((sample[across] ** 2).sum(axis=1))][: 20 * STARTS]]
    ways = near / np.linalg.norm(near, axis=1, keepdims=True)
    chosen = [0]
    while len(chosen) < min(STARTS, len(near)):
        chosen.append(int((ways @ ways[chosen].T).max(axis=1).argmin()))
    return np.vstack([np.zeros(sample.shape[1]), near[chosen]])


def _gradient(margin: Margin, points: Floats) -> Floats:
    """How the margin changes with each input, by a nudge either way: [point, input]."""
    inputs = points.shape[1]
    nudges = NUDGE * np.vstack([np.eye(inputs), -np.eye(inputs)])
    rows = (points[:, None, :] + nudges).reshape(-1, inputs)
    moved = margin(rows).reshape(len(points), 2, inputs)
    gradient: Floats = (moved[:, 0] - moved[:, 1]) / (2 * NUDGE)
    return gradient


def _searched(margin: Margin, points: Floats) -> Floats:
    """Where each search settles on the edge; those that do not are left out.

    A search stops once it has settled, or where nothing moves the margin; of searches that meet
    only one goes on.
    """
    settled: list[Floats] = []
    for _ in range(ROUNDS):
        here, slope = margin(points), _gradient(margin, points)
        steep = (slope**2).sum(axis=1)
        moves = steep > 0.0
        points, here, slope, steep = points[moves], here[moves], slope[moves], steep[moves]
        scale = ((slope * points).sum(axis=1) - here) / steep
        step = scale[:, None] * slope - points
        still = np.abs(step).max(axis=1, initial=0.0) < SETTLED
        settled.extend(points[still])
        points, step, steep = points[~still], step[~still], steep[~still]
        if len(points) == 0:
            break
        points = _apart(_stepped(margin, points, step, np.sqrt(steep)), MET)
    near = _on_the_edge(margin, points)
    return np.array([*settled, *near]).reshape(-1, points.shape[1])


def _on_the_edge(margin: Margin, points: Floats) -> Floats:
    """Of searches that ran out of rounds, those that stand on the edge all the same."""
    if len(points) == 0:
        return points
    steep = np.linalg.norm(_gradient(margin, points), axis=1)
    return points[np.abs(margin(points)) < BEYOND / 10 * steep]


def _apart(points: Floats, least: float) -> Floats:
    """Points at least so far from those before them."""
    kept: list[Floats] = []
    for point in points:
        if all(np.linalg.norm(point - other) >= least for other in kept):
            kept.append(point)
    return np.array(kept).reshape(-1, points.shape[1])


def _stepped(margin: Margin, points: Floats, step: Floats, steep: Floats) -> Floats:
    """Take of the step what best trades distance from the middle for distance to the edge."""
    shares = 0.5 ** np.arange(8)
    tried = points[:, None, :] + shares[:, None] * step[:, None, :]
    off = np.abs(margin(tried.reshape(-1, points.shape[1]))).reshape(tried.shape[:2])
    size = np.maximum(np.linalg.norm(points, axis=1), np.linalg.norm(points + step, axis=1))
    price = 2 * size / steep + 1e-12
    merit = (tried**2).sum(axis=2) / 2 + price[:, None] * off
    best: Floats = tried[np.arange(len(points)), merit.argmin(axis=1)]
    return best


def _modes(points: Floats) -> Floats:
    """Points that differ, nearest first: [way, input]."""
    distance = np.linalg.norm(points, axis=1)
    points = points[np.argsort(distance)]
    near = np.linalg.norm(points, axis=1) <= distance.min(initial=np.inf) + FAR
    return _apart(points[near], APART)[:MOST_MODES]


def _confirmed(
    margin: Margin, points: Floats, addresses: Sequence[str], draws: int, seed: int
) -> Floats:
    """Weights of futures across the edge, all of them and by the nearest way: [draw, 1 + way]."""
    count = len(points)
    if count == 0:
        return np.zeros((draws, 1))
    noise = ndtri(uniforms([f"failing/{address}" for address in addresses], draws, seed))
    scores = noise + points[np.arange(draws) % count]
    pulls = scores @ points.T - (points**2).sum(axis=1) / 2
    weights = np.where(margin(scores) < 0, 1 / np.exp(pulls).mean(axis=1), 0.0)
    nearest = pulls.argmax(axis=1)[:, None] == np.arange(count)
    return np.column_stack([weights, weights[:, None] * nearest])


def _mean(values: NDArray[np.float64]) -> tuple[float, float]:
    return float(values.mean()), float(values.std(ddof=1) / np.sqrt(len(values)))


def _way(margin: Margin, point: Floats, side: float, weights: Floats) -> Way:
    distance = float(np.linalg.norm(point))
    slope = _gradient(margin, point[None])[0]
    beyond = point - BEYOND * slope / np.linalg.norm(slope)
    chance, error = _mean(weights)
    return Way(
        scores=point,
        quantiles=ndtr(point),
        beta=side * distance,
        parts=point**2 / max(distance**2, np.finfo(np.float64).tiny),
        first_order=float(ndtr(-side * distance)),
        crosses=bool(margin(beyond[None])[0] < 0),
        chance=chance,
        chance_error=error,
    )
