"""Who decides the answer when assumptions move together: Shapley effects, which add up to 1.

Together     how inputs share causes; draws them anew given some of them
every order  all sets of players, for a few players: exact but for the draws
some orders  each draw takes the players in an order of its own, for many
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from footprint.stress.sensitivity import Z_95
from footprint.stress.streams import uniforms
from footprint.stress.understand.inputs import Floats, Model, columns_of, run
from footprint.stress.understand.pick_freeze import AGAIN

FEW = 6
"""Up to this many players every order is taken; 2^6 sets of draws are run."""

LEAST_OWN = 1e-9
"""The least share of an input's variance that is taken to be its own. An input wholly made of
shared causes is given this much, so that drawing it anew stays a plain sum."""


@dataclass(frozen=True, eq=False)
class Together:
    """How inputs move together: normal scores z = weights' F + sqrt(own) e.

    `weights` [factor, input]: how strongly each shared cause F pulls each input, as in
    `correlation.correlate`. F and e are independent and standard normal, own = 1 - sum of
    squares. Raises ValueError where the pulls on an input come to more than 1.
    """

    weights: Floats

    def __post_init__(self) -> None:
        shared = (self.weights**2).sum(axis=0)
        if self.weights.ndim != 2 or (shared > 1 + 1e-9).any():
            raise ValueError("Give weights [factor, input] whose squares come to 1 at most.")

    @classmethod
    def of_matrix(cls, correlation: Floats) -> "Together":
        """Give the factors of any correlation matrix of normal scores, [input, input].

        The least eigenvalue is each input's own share; the rest is made of common causes.
        """
        values, vectors = np.linalg.eigh(correlation)
        if values[0] < -1e-9 or not np.allclose(np.diag(correlation), 1.0):
            raise ValueError("This is no correlation matrix: 1 on its diagonal, no value below 0.")
        rest = np.maximum(values - values[0], 0.0)
        return cls((vectors * np.sqrt(rest)).T)

    @property
    def own(self) -> Floats:
        """Give the share of each input's variance that is its own. Dims: [input]."""
        share: Floats = np.maximum(1.0 - (self.weights**2).sum(axis=0), LEAST_OWN)
        return share


@dataclass(frozen=True, eq=False)
class Shapley:
    """The share of each output's variance that falls to each player: [player, output].

    `names`: inputs or groups. `share` adds up to 1 over players. `standard_error`: of the
    share. NaN where an output does not move.
    """

    names: tuple[str, ...]
    share: Floats
    standard_error: Floats

    @property
    def low(self) -> Floats:
        """Give the lower end of the 95% interval."""
        return self.share - Z_95 * self.standard_error

    @property
    def high(self) -> Floats:
        """Give the upper end of the 95% interval."""
        return self.share + Z_95 * self.standard_error


@dataclass(frozen=True, eq=False)
class _Draws:
    """Futures, and noise to draw parts of them anew; everything in normal scores."""

    together: Together
    scores: Floats  # [draw, input]
    noise: Floats  # [draw, input] for what is an input's own
    causes: Floats  # [draw, factor] for what inputs share


def shapley(
    model: Model,
    addresses: Sequence[str],
    together: Together,
    draws: int = 1024,
    seed: int = 1,
    groups: Mapping[str, Sequence[int]] | None = None,
) -> Shapley:
    """Give Shapley effects of inputs that move together: shares of variance, adding up to 1.

    An input's share is what knowing it takes off the variance, averaged over every order in
    which inputs may become known. With c(J) = E[Var(y | inputs J)] and P the set of all,

        share(i) Var(y) = average over orders of  c(those before i) - c(those before i, and i)

    Each c is half the mean square of f(z) - f(z'), where z' keeps z at J and draws the rest
    anew given those, exactly, for scores with shared causes are normal. With up to 6 players
    all sets are taken, draws x 2^players futures; with more, each draw walks through the
    players in a random order of its own, draws x (players + 1) futures.

    - `model`: quantiles that move together [draw, input] to outputs [draw, output].
    - `together`: how they move together; its inputs are in the order of `addresses`.
    - `groups`: name to columns, players as one. By default each input is a player. Columns in
      no group are a player of their own, "the rest", so that shares still add up to 1.
    - An input that nothing reads has share 0 (to rounding) if it moves alone. If it moves with one
      that matters it gets part of that one's share: knowing it tells something of the other.

    Raises ValueError when sizes do not fit or a group is at fault.

    Method: E. Song, B. L. Nelson, J. Staum (2016), https://doi.org/10.1137/15M1048070; one
    order to each draw: T. Goda (2021), https://doi.org/10.1016/j.ress.2021.107702; known
    answers: A. B. Owen, C. Prieur (2017), https://doi.org/10.1137/16M1097717.

    Worked: y = z1 + z2, correlation r. By symmetry 1/2 each, whatever r.

    >>> add = lambda u: ndtri(u).sum(axis=1, keepdims=True)
    >>> pair = Together.of_matrix(np.array([[1, 0.6], [0.6, 1]]))
    >>> shapley(add, ["a", "b"], pair, draws=1024).share.round(1).ravel()
    array([0.5, 0.5])
    """
    if together.weights.shape[1] != len(addresses):
        raise ValueError(
            f"{len(addresses)} addresses and {together.weights.shape[1]} inputs that move together."
        )
    players = _players(addresses, groups)
    drawn = _drawn(addresses, together, draws, seed)
    members = columns_of(players, len(addresses))
    if len(players) <= FEW:
        gains = _every_order(model, drawn, members)
    else:
        gains = _some_orders(model, drawn, members, np.random.default_rng(seed))
    return Shapley(tuple(players), *gains)


def _players(
    addresses: Sequence[str], groups: Mapping[str, Sequence[int]] | None
) -> dict[str, Sequence[int]]:
    if groups is None:
        return {address: [i] for i, address in enumerate(addresses)}
    taken = {column for members in groups.values() for column in members}
    rest = [i for i in range(len(addresses)) if i not in taken]
    return {**groups, "the rest": rest} if rest else dict(groups)


def _drawn(addresses: Sequence[str], together: Together, draws: int, seed: int) -> _Draws:
    """Futures and their second draw, from streams of the inputs' own names."""
    causes = [f"shapley/{i}" for i in range(len(together.weights))]
    first = ndtri(uniforms([*addresses, *causes], draws, seed))
    again = ndtri(uniforms([AGAIN + name for name in (*addresses, *causes)], draws, seed))
    own = np.sqrt(together.own)
    size = len(addresses)
    scores = first[:, size:] @ together.weights + own * first[:, :size]
    return _Draws(together, scores, again[:, :size], again[:, size:])


def _anew(drawn: _Draws, known: NDArray[np.bool_]) -> Floats:
    """Scores with all that is not `known` [draw, input] drawn anew, given what is.

    With K the known of a draw, the shared causes given z_K are normal with precision
    I + sum over K of w w' / own, and mean precision^-1 sum over K of w z / own.
    """
    weights, own = drawn.together.weights, drawn.together.own
    pulls = np.einsum("fi,gi->ifg", weights, weights / own).reshape(len(own), -1)
    factors = len(weights)
    precision = (known @ pulls).reshape(-1, factors, factors) + np.eye(factors)
    told = (known * drawn.scores / own) @ weights.T
    root = np.linalg.cholesky(precision)
    mean = np.linalg.solve(precision, told[:, :, None])
    spread = np.linalg.solve(root.transpose(0, 2, 1), drawn.causes[:, :, None])
    causes = (mean + spread)[:, :, 0]
    fresh = causes @ weights + np.sqrt(own) * drawn.noise
    scores: Floats = np.where(known, drawn.scores, fresh)
    return scores


def _half_squares(model: Model, drawn: _Draws, here: Floats, known: NDArray[np.bool_]) -> Floats:
    """Half the squared difference each draw makes to c(known): [draw, output]."""
    there = run(model, ndtr(_anew(drawn, known)))
    halves: Floats = (here - there) ** 2 / 2
    return halves


def _mask(members: Sequence[NDArray[np.intp]], inputs: int) -> NDArray[np.bool_]:
    """Which inputs belong to which player: [player, input]."""
    mask = np.zeros((len(members), inputs), dtype=bool)
    for player, columns in enumerate(members):
        mask[player, columns] = True
    return mask


def _every_order(
    model: Model, drawn: _Draws, members: Sequence[NDArray[np.intp]]
) -> tuple[Floats, Floats]:
    """Shares and errors from all sets of players, each with its exact weight."""
    mask, here = _mask(members, drawn.scores.shape[1]), run(model, ndtr(drawn.scores))
    gains = np.zeros((len(members), *here.shape))
    for known, weights in _weighted_sets(len(members)):
        if known.all():
            continue  # nothing is left to be unsure of
        rows = np.broadcast_to(mask[known].any(axis=0), drawn.scores.shape)
        gains += weights[:, None, None] * _half_squares(model, drawn, here, rows)
    return _shares(gains.sum(axis=0), gains)


def _weighted_sets(players: int) -> Iterator[tuple[NDArray[np.bool_], Floats]]:
    """Every set of players, and its weight in each player's share.

    c(J) counts for a player outside J, who might come next, and against one inside, who might
    have come last; of n! orders, |J|! (n - |J|)! begin with J.
    """
    for size in range(players + 1):
        for chosen in combinations(range(players), size):
            known = np.zeros(players, dtype=bool)
            known[list(chosen)] = True
            before = 1 / (comb(players - 1, size) * players) if size < players else 0.0
            after = 1 / (comb(players - 1, size - 1) * players) if size else 0.0
            yield known, np.where(known, -after, before)


def _some_orders(
    model: Model,
    drawn: _Draws,
    members: Sequence[NDArray[np.intp]],
    random: np.random.Generator,
) -> tuple[Floats, Floats]:
    """Shares and errors from one random order of players to each draw.

    Draws come in pairs that walk in opposite orders, so each player is early as often as late.
    """
    mask, here = _mask(members, drawn.scores.shape[1]), run(model, ndtr(drawn.scores))
    draws = np.arange(len(here))
    orders = np.argsort(random.random((len(here), len(members))), axis=1)
    orders[1::2] = orders[: len(orders) - len(orders) % 2 : 2, ::-1]
    known = np.zeros(drawn.scores.shape, dtype=bool)
    whole = before = _half_squares(model, drawn, here, known)
    gains = np.zeros((len(members), *here.shape))
    for player in orders.T:
        known |= mask[player]
        after = _half_squares(model, drawn, here, known) if not known.all() else before * 0.0
        gains[player, draws] = before - after
        before = after
    return _shares(whole, gains)


def _shares(whole: Floats, gains: Floats) -> tuple[Floats, Floats]:
    """Shares of the variance, from each draw's part in it: [draw, output] and [player, ...]."""
    variance = whole.mean(axis=0)
    variance = np.where(variance > 0.0, variance, np.nan)
    share = gains.mean(axis=1) / variance
    pulls = (gains - share[:, None] * whole) / variance
    return share, pulls.std(axis=1, ddof=1) / np.sqrt(len(whole))
