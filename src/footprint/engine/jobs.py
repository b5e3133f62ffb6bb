"""Blocks of futures: who shares people with whom, and so what need not be worked out again."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from footprint.engine.description import CohortArea, Floats, Ints


@dataclass(frozen=True)
class Jobs:
    """Work cut into blocks of `lanes` futures.

    `people` [job, lane] is the row of theta whose people a lane follows; `row` [pass, lane] the
    rows whose rates and prices then meet those people, -1 where a lane has none left;
    `first_pass` [job + 1] where each job's passes start; `same_use` [pass] is true where every
    lane differs from the pass before in prices only, so that activity stands.
    """

    people: Ints
    first_pass: Ints
    row: Ints
    same_use: NDArray[np.uint8]


def cut_jobs(area: CohortArea, theta: Floats, lanes: int, threads: int) -> Jobs:
    """Cut the rows of theta into jobs.

    Rows with the same people (a slider on a price, portfolios on one set of futures, most of a
    pick-freeze design) stand in one lane, one pass after another. Few such families are spread
    over several lanes, so that no lane idles. Nothing here can change a figure: a lane's
    arithmetic does not depend on its place.
    """
    columns = _queues(_families(area, theta), lanes * threads)
    columns.sort(key=len, reverse=True)
    blocks = [columns[i : i + lanes] for i in range(0, len(columns), lanes)]
    rows = [_stack(block, lanes) for block in blocks]
    people = np.array([[r if r >= 0 else block[0, 0] for r in block[0]] for block in rows])
    row = np.concatenate(rows)
    first = np.cumsum([0, *(len(block) for block in rows)])
    same = _same_use(area, theta, row, first)
    return Jobs(people.astype(np.int64), first.astype(np.int64), row, same)


def _families(area: CohortArea, theta: Floats) -> list[Ints]:
    """Rows of theta that share their people, each family in ascending order."""
    people = np.ascontiguousarray(theta[:, area.which("people")])
    _, first, family = np.unique(_digests(people), return_index=True, return_inverse=True)
    if not np.array_equal(people, people[first[family]]):  # two rows with one digest: compare all
        _, first, family = np.unique(people, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    family = rank[family]
    by_family = np.argsort(family, kind="stable")
    return np.split(by_family, np.cumsum(np.bincount(family))[:-1])


def _digests(values: Floats) -> NDArray[np.uint64]:
    """One number a row, the same for the same bits: [n]."""
    random = np.random.default_rng(0).integers(2**63, size=values.shape[1], dtype=np.uint64)
    bits = values.view(np.uint64)
    bits = bits ^ (bits >> np.uint64(29))
    digests: NDArray[np.uint64] = (bits * (2 * random + 1)).sum(axis=1, dtype=np.uint64)
    return digests


def _queues(families: list[Ints], slots: int) -> list[Ints]:
    """One queue of rows a lane: a family's own, or its share where lanes would be idle."""
    if len(families) >= slots:
        return families
    total = sum(map(len, families))
    queues = []
    for family in families:
        parts = max(1, min(len(family), round(slots * len(family) / total)))
        queues += np.array_split(family, parts)
    return queues


def _stack(block: list[Ints], lanes: int) -> Ints:
    rows = np.full((max(map(len, block)), lanes), -1, dtype=np.int64)
    for lane, queue in enumerate(block):
        rows[: len(queue), lane] = queue
    return rows


def _same_use(area: CohortArea, theta: Floats, row: Ints, first: Ints) -> NDArray[np.uint8]:
    """1 where a pass has the rates of the pass before in every lane that it uses."""
    same = np.zeros(len(row), dtype=np.uint8)
    later = np.setdiff1d(np.arange(len(row)), first)
    if not len(later):
        return same
    rates = theta[:, area.which("rates")]
    for start in range(0, len(later), 256):
        some = later[start : start + 256]
        idle = row[some] < 0
        equal = (rates[row[some]] == rates[row[some - 1]]).all(axis=-1)
        same[some] = (equal | idle).all(axis=-1)
    return same
