"""What every method is given: a model that runs many futures at once, and words for its inputs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

Model = Callable[[Floats], Floats]
"""Runs futures: inputs [draw, input] to outputs [draw, output]. A row is a future, and its
outputs depend on that row alone. Inputs are quantiles between 0 and 1 unless a method says
otherwise."""

Margin = Callable[[Floats], Floats]
"""By how much each future meets a target: [draw, input] to [draw], at least 0 if it does."""

Say = Callable[[int, float], str]
"""Says an input's value at a quantile, with its unit: (2, 0.9) to "3.1 percent"."""

ROWS_AT_ONCE = 4096
"""Futures are run this many at a time, so that memory does not grow with their number."""


@dataclass(frozen=True)
class Inputs:
    """What a reader calls each input, and how its value is said.

    - `labels`: [input], in the order of the model's columns.
    - `say`: the words for the value of one input at a quantile.
    """

    labels: Sequence[str]
    say: Say


def run(model: Model, rows: Floats) -> Floats:
    """Give the outputs of many futures, [draw, output], run a few thousand at a time.

    Raises ValueError when the model gives something other than one row of finite numbers to
    each future: a method that went on would hide it.

    >>> run(lambda u: u.sum(axis=1, keepdims=True), np.array([[0.25, 0.5], [0.5, 0.5]]))
    array([[0.75],
           [1.  ]])
    """
    starts = range(0, max(len(rows), 1), ROWS_AT_ONCE)
    parts = [np.asarray(model(rows[i : i + ROWS_AT_ONCE]), dtype=np.float64) for i in starts]
    outputs = np.concatenate(parts)
    if outputs.ndim != 2 or len(outputs) != len(rows):
        raise ValueError(
            f"The model was given {len(rows)} futures and gave back shape {outputs.shape}; "
            "[draw, output] is needed, a row for each future."
        )
    if not np.isfinite(outputs).all():
        bad = int((~np.isfinite(outputs)).any(axis=1).sum())
        raise ValueError(f"The model gave no finite number in {bad} of {len(rows)} futures.")
    return outputs


def margin_of(model: Model, at_most: float | None, at_least: float | None) -> Margin:
    """Give by how much futures meet a target on the model's one output: [draw].

    At least 0 is met, below 0 is missed; in the output's units. Raises ValueError unless
    exactly one of `at_most` and `at_least` is given.

    >>> margin_of(lambda u: 10 * u, at_most=6.0, at_least=None)(np.array([[0.5], [0.75]]))
    array([ 1. , -1.5])
    """
    if (at_most is None) == (at_least is None):
        raise ValueError("Give one target: at_most or at_least.")

    def margin(rows: Floats) -> Floats:
        outputs = run(model, rows)
        if outputs.shape[1] != 1:
            raise ValueError(f"A target is on one output; the model gave {outputs.shape[1]}.")
        y: Floats = outputs[:, 0]
        return at_most - y if at_most is not None else y - (at_least or 0.0)

    return margin


def columns_of(groups: Mapping[str, Sequence[int]], inputs: int) -> list[NDArray[np.intp]]:
    """Give the columns of each group, checked: none empty, none outside, none in two groups.

    Raises ValueError naming the group at fault.
    """
    taken: dict[int, str] = {}
    for name, members in groups.items():
        if not members:
            raise ValueError(f"Group {name!r} has no input; give it one or leave it out.")
        for column in members:
            if not 0 <= column < inputs:
                raise ValueError(f"Group {name!r} names input {column}; there are {inputs}.")
            if column in taken:
                raise ValueError(f"Input {column} is in {taken[column]!r} and in {name!r}.")
            taken[column] = name
    return [np.array(members, dtype=np.intp) for members in groups.values()]
