"""Where partners hold different views of one assumption: how far apart, and how much it matters."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from footprint.stress.sensitivity import Z_95
from footprint.stress.understand.inputs import Floats, Model, run

View = Callable[[Floats], Floats]
"""What a partner holds: the value of the assumption at each quantile, in its own unit."""

LEVELS = (np.arange(4000) + 0.5) / 4000
"""Quantiles at which two views are laid over one another."""

CELLS = 200
"""Equal cells of the joint range in which their overlap is counted."""


@dataclass(frozen=True)
class Dispute:
    """Two partners' views of one assumption, and what turns on them.

    - `address`: the assumption. `partners`: who holds the lower view, then the higher.
    - `expected`: what each expects, in the assumption's own unit; `apart`: the difference.
    - `overlap`: the share the two views have in common, 0 (nothing) to 1 (the same view).
    - `matters`: what one unit of the assumption does to the outcome, on average between the
      two; NaN where both expect the same.
    - `shift`, `shift_error`: what taking the second view instead of the first does to the
      expected outcome, in the outcome's own unit: apart x matters.
    - `spread`: what it does to the outcome's standard deviation.
    - `chance_shift`, `chance_error`: what it does to the chance of meeting the target; NaN
      without one.
    """

    address: str
    partners: tuple[str, str]
    expected: tuple[float, float]
    apart: float
    overlap: float
    matters: float
    shift: float
    shift_error: float
    spread: float
    chance_shift: float
    chance_error: float

    def in_words(self, label: str, unit: str, outcome: str) -> str:
        """Say the dispute as a line of an agenda.

        >>> reach = Dispute("s.reach", ("Council", "NHS"), (20.0, 30.0), 10.0, 0.25, 0.5, 5.0,
        ...                 0.1, 0.0, np.nan, np.nan)
        >>> reach.in_words("Reach of falls clinics", "percent", "GBP m off the gap")
        'Reach of falls clinics: Council expects 20, NHS 30 percent; the views share 25%.
         Taking NHS instead of Council moves the outcome by +5 GBP m off the gap.'
        """
        low, high = self.partners
        first, second = self.expected
        sure = "" if abs(self.shift) > Z_95 * self.shift_error else " (within the noise)"
        return (
            f"{label}: {low} expects {first:.3g}, {high} {second:.3g} {unit}; the views share "
            f"{self.overlap:.0%}. Taking {high} instead of {low} moves the outcome by "
            f"{self.shift:+.3g} {outcome}{sure}."
        )


@dataclass(frozen=True, eq=False)
class _Held:
    """One view, and the outcomes when it is taken: [draw]."""

    partner: str
    expected: float
    view: View
    outcome: Floats
    met: Floats


def agenda(
    model: Model,
    values: Floats,
    chances: Floats,
    addresses: Sequence[str],
    views: Mapping[str, Mapping[str, View]],
    at_most: float | None = None,
    at_least: float | None = None,
) -> tuple[Dispute, ...]:
    """Give disputes ranked by how far they move the outcome: what to talk about next.

    For each assumption that two or more partners see differently, the same futures are run
    once for each view, with that assumption drawn from the view and everything else as it was.
    With y_A and y_B the outcomes of one future under the two views,

        shift = mean(y_B - y_A) = apart x matters        apart = E_B[x] - E_A[x]

    Both share all their other noise, so the standard error is that of the difference. Of three
    or more partners, the two whose views move the outcome furthest stand for the dispute.

    - `model`: values of assumptions [draw, assumption], in their own units, to the one outcome
      [draw, 1].
    - `values`, `chances`: [draw, assumption], the futures of the stress test and the quantiles
      they were drawn at. A view is read at the same quantile, so what moves together still does.
    - `views`: address to partner to view. Assumptions with one view are passed over.
    - `at_most` or `at_least`: the target, where the chance of meeting it is asked for as well.
    - Ranked by the size of the shift; where two shift alike, by how little the views share.

    Raises ValueError when an address is unknown, arrays do not fit, or two targets are given.

    Method: common random numbers, P. Glasserman, D. D. Yao (1992),
    https://doi.org/10.1287/mnsc.38.6.884; overlap: H. F. Inman, E. L. Bradley (1989),
    https://doi.org/10.1080/03610928908830127.

    Worked: the outcome is 2 x + z. One partner holds x uniform on 0 to 1, the other on 1 to 2:
    1 apart, nothing in common, the outcome moves by 2.

    >>> u = (np.arange(64)[:, None] + 0.5) / 64
    >>> (found,) = agenda(lambda v: 2 * v, u, u, ["x"], {"x": {"A": lambda q: q,
    ...                                                       "B": lambda q: 1 + q}})
    >>> found.apart, found.overlap, found.shift, found.matters
    (1.0, 0.0, 2.0, 2.0)
    """
    _refuse(values, chances, addresses, views, at_most, at_least)
    disputes = []
    for address, held in views.items():
        if len(held) > 1:
            column = addresses.index(address)
            runs = list(_runs(model, values, chances, column, held, (at_most, at_least)))
            every = [_dispute(address, *pair) for pair in combinations(runs, 2)]
            disputes.append(max(every, key=_weight))
    return tuple(sorted(disputes, key=_weight, reverse=True))


def _weight(dispute: Dispute) -> tuple[float, float]:
    return abs(dispute.shift), 1 - dispute.overlap


def _refuse(
    values: Floats,
    chances: Floats,
    addresses: Sequence[str],
    views: Mapping[str, Mapping[str, View]],
    at_most: float | None,
    at_least: float | None,
) -> None:
    unknown = [address for address in views if address not in addresses]
    if unknown:
        raise ValueError(f"Views are given of {', '.join(unknown)}, which the plan does not have.")
    if values.shape != chances.shape or values.ndim != 2 or values.shape[1] != len(addresses):
        raise ValueError(
            f"Values have shape {values.shape} and chances {chances.shape}; give "
            f"[draw, {len(addresses)}] of each."
        )
    if at_most is not None and at_least is not None:
        raise ValueError("Give one target, at_most or at_least, or none.")


def _runs(
    model: Model,
    values: Floats,
    chances: Floats,
    column: int,
    held: Mapping[str, View],
    target: tuple[float | None, float | None],
) -> Iterator[_Held]:
    """The same futures under each partner's view of one assumption."""
    at_most, at_least = target
    for partner, view in held.items():
        futures = values.copy()
        futures[:, column] = view(chances[:, column])
        outcome = run(model, futures)[:, 0]
        met = np.full(len(outcome), np.nan)
        if at_most is not None:
            met = (outcome <= at_most).astype(np.float64)
        if at_least is not None:
            met = (outcome >= at_least).astype(np.float64)
        yield _Held(partner, float(np.mean(view(LEVELS))), view, outcome, met)


def _dispute(address: str, one: _Held, other: _Held) -> Dispute:
    low, high = (one, other) if one.expected <= other.expected else (other, one)
    apart = high.expected - low.expected
    shift, error = _difference(low.outcome, high.outcome)
    chance, chance_error = _difference(low.met, high.met)
    return Dispute(
        address=address,
        partners=(low.partner, high.partner),
        expected=(low.expected, high.expected),
        apart=apart,
        overlap=overlap(low.view, high.view),
        matters=shift / apart if apart > 0 else np.nan,
        shift=shift,
        shift_error=error,
        spread=float(high.outcome.std() - low.outcome.std()),
        chance_shift=chance,
        chance_error=chance_error,
    )


def _difference(before: Floats, after: Floats) -> tuple[float, float]:
    step = after - before
    return float(step.mean()), float(step.std(ddof=1) / np.sqrt(len(step)))


def overlap(one: View, other: View) -> float:
    """Give the share two views have in common: the area under both densities, 0 to 1.

    Counted in 200 equal cells of their joint range, with each view cut into 4,000 equal parts
    of chance. Single values overlap only if they are the same.

    >>> round(overlap(lambda q: q, lambda q: 0.5 + q), 2)  # uniform 0 to 1, and 0.5 to 1.5
    0.5
    """
    first, second = np.broadcast_to(one(LEVELS), LEVELS.shape), np.asarray(other(LEVELS))
    second = np.broadcast_to(second, LEVELS.shape)
    low, high = min(first.min(), second.min()), max(first.max(), second.max())
    if low == high:
        return 1.0
    edges = np.linspace(low, high, CELLS + 1)
    return float(np.minimum(_shares(first, edges), _shares(second, edges)).sum())


def _shares(view: Floats, edges: Floats) -> NDArray[np.float64]:
    counts, _ = np.histogram(view, edges)
    return counts / len(view)
