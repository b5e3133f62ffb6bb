"""The same chain for blocks of futures in plain numpy: the engine where there is no compiler.

It follows the kernel step by step (kernel.c holds the derivation), with the futures of a block
last in every array.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from footprint.engine.description import INTEGERS, SHAPES, CohortArea, Floats, Ints
from footprint.engine.jobs import cut_jobs

# Futures a block: enough that numpy has long loops, few enough that a place stays in the cache.
LANES = 64
Array = NDArray[Any]


def run_numpy(area: CohortArea, theta: Floats, out: dict[str, Array], threads: int) -> None:
    """Fill `out` [n, ...] for the futures `theta` [n, D], in the precision of `out`."""
    kind = next(iter(out.values())).dtype
    plain = {
        name: np.asarray(getattr(area, name), dtype=kind) for name in SHAPES if name not in INTEGERS
    }
    jobs = cut_jobs(area, theta, LANES, threads)

    def work(job: int) -> None:
        people = follow_people(area, plain, theta[jobs.people[job]])
        use = people.sum(axis=1)
        last: Array | None = None
        for p in range(jobs.first_pass[job], jobs.first_pass[job + 1]):
            rows = jobs.row[p]
            rates = read_rates(area, theta[np.where(rows < 0, rows[0], rows)], kind)
            if "cost" in out:
                _put(out["cost"], rows, pay_partners(area, plain, rates, people))
            if len(out) > ("cost" in out):
                if last is None or not jobs.same_use[p]:
                    last = use_services(area, plain, rates, use)
                _put_use(plain, out, rows, last)

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, range(len(jobs.people))))


def follow_people(area: CohortArea, plain: dict[str, Array], theta: Floats) -> Array:
    """People by year, place and key of each future of a block: [T, L, K, n]."""
    n, sizes = len(theta), area.sizes
    keys = sizes["S"] * sizes["B"] * sizes["G"]
    levers = _read_people(area, theta, plain["people"].dtype)
    found = np.empty((sizes["T"], sizes["L"], keys, n), dtype=plain["people"].dtype)
    for place in range(sizes["L"]):  # one place at a time stays in the cache
        people = np.repeat(plain["people"][place, ..., None], n, axis=-1)
        for year in range(sizes["T"]):
            people = _one_year(area, plain, levers, people, place, year)
            by_band = np.add.reduceat(people, area.band_start[:-1], axis=1)
            found[year, place] = by_band.reshape(keys, n)
    return found


@dataclass(frozen=True)
class _Levers:
    slow: Array  # [A, M, n] what is left of upward moves, less 1
    lasting: Array  # [T, A, 1, n] what is left of deaths
    births: Array  # [n]
    net: Array  # [L, n]
    down: Array  # [S, A, M, n]


def _read_people(area: CohortArea, theta: Floats, kind: Any) -> _Levers:
    coarse = area.coarse_of_age
    years = np.arange(area.sizes["T"])[:, None, None]
    lasting = (1 - area.part(theta, "improving").T) ** years
    return _Levers(
        slow=(area.part(theta, "slowed").transpose(2, 1, 0) - 1)[coarse].astype(kind),
        lasting=lasting[:, coarse, None].astype(kind),
        births=area.part(theta, "births").astype(kind),
        net=area.part(theta, "migrating").T.astype(kind),
        down=(area.down[..., None] * area.part(theta, "recovering")).astype(kind),
    )


def _one_year(
    area: CohortArea,
    plain: dict[str, Array],
    levers: _Levers,
    people: Array,
    place: int,
    year: int,
) -> Array:
    """People [S, A, G, n] of one place a year later."""
    slow = 1 + plain["reach"][place, year] * levers.slow
    flow = plain["up"][..., None] * slow
    flow *= people[..., :-1, :]
    flow -= people[..., 1:, :] * levers.down
    women = people[area.mother].sum(axis=1)
    births = levers.births * (plain["fertility"] @ women)
    after = people
    after[..., :-1, :] -= flow
    after[..., 1:, :] += flow
    after *= 1 - plain["deaths"][..., None] * levers.lasting[year]
    older = np.empty_like(after)
    older[:, 1:] = after[:, :-1]
    older[:, -1] += after[:, -1]
    older[:, 0] = 0
    older[:, 0, 0] = births * plain["birth_share"][:, None]
    older *= (1 + levers.net[place] * plain["migration"][..., None])[:, :, None]
    return older


@dataclass(frozen=True)
class _Rates:
    mix: Array  # [n, Q, K] factor on a group's rates by key
    service: Array  # [n, V]
    price: Array  # [n, V]
    use_index: Array  # [n, T, Q]
    price_index: Array  # [n, T, Q], growth in use included


def read_rates(area: CohortArea, theta: Floats, kind: Any) -> _Rates:
    """What a block of futures says of rates and prices."""
    part, sizes = area.part, area.sizes
    by_age = part(theta, "by_age")[:, :, area.coarse_of_band]
    mix = by_age[..., None] * part(theta, "by_segment")[:, :, None]
    mix = np.broadcast_to(mix[:, :, None], (*mix.shape[:2], sizes["S"], *mix.shape[2:]))
    years = np.arange(sizes["T"])[:, None]
    use = (1 + part(theta, "growth")[:, None]) ** years
    price = use * (1 + part(theta, "inflation")[:, None]) ** years
    return _Rates(
        mix=mix.reshape(len(theta), sizes["Q"], -1).astype(kind),
        service=part(theta, "service").astype(kind),
        price=(part(theta, "service") * part(theta, "price") * area.unit_price).astype(kind),
        use_index=use.astype(kind),
        price_index=price.astype(kind),
    )


def pay_partners(area: CohortArea, plain: dict[str, Array], rates: _Rates, people: Array) -> Array:
    """Cost by year and partner of each future: [n, T, O]."""
    by_key = plain["rates"].reshape(area.sizes["V"], -1)
    cost = np.zeros((len(rates.mix), area.sizes["T"], area.sizes["O"]), dtype=by_key.dtype)
    for n in range(len(cost)):
        weight = np.empty((area.sizes["Q"], by_key.shape[1]), dtype=by_key.dtype)
        for q, services in _groups(area):
            weight[q] = (rates.price[n, services] @ by_key[services]) * rates.mix[n, q]
        worth = people[..., n] @ weight.T * rates.price_index[n, :, None]
        cost[n] = np.einsum("tlq,lqo->to", worth, plain["share"])
    return cost


def use_services(area: CohortArea, plain: dict[str, Array], rates: _Rates, people: Array) -> Array:
    """Activity by year and service of each future [n, T, V], from people of all places."""
    by_key = plain["rates"].reshape(area.sizes["V"], -1)
    use = np.empty((len(rates.mix), area.sizes["T"], area.sizes["V"]), dtype=by_key.dtype)
    for q, services in _groups(area):
        mixed = (people.transpose(2, 0, 1) * rates.mix[:, None, q]) @ by_key[services].T
        use[:, :, services] = (
            mixed * rates.use_index[:, :, q, None] * rates.service[:, None, services]
        )
    return use


def _groups(area: CohortArea) -> list[tuple[int, Ints]]:
    return [(q, np.flatnonzero(area.group_of_service == q)) for q in range(area.sizes["Q"])]


def _put(out: Array, rows: Ints, values: Array) -> None:
    used = rows >= 0
    out[rows[used]] = values[used]


def _put_use(plain: dict[str, Array], out: dict[str, Array], rows: Ints, use: Array) -> None:
    if "activity" in out:
        _put(out["activity"], rows, use)
    if "beds" in out:
        _put(out["beds"], rows, use @ plain["bed_use"])
    if "wte" in out:
        _put(out["wte"], rows, use @ plain["staff_use"])
