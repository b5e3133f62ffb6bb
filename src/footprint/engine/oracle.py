"""The chain for one future in plain numpy: what every faster engine is held to."""

import numpy as np

from footprint.engine.description import CohortArea, Floats

OUTPUTS = {"cost": "TO", "activity": "TV", "beds": "T", "wte": "T"}
"""What comes out, and the dimensions of each for one future."""


def simulate_one(area: CohortArea, theta: Floats) -> dict[str, Floats]:
    """Cost [T, O] in GBP, activity [T, V] in units, beds [T] and wte [T] of one future [D].

    Each year people move between neighbouring segments, survivors grow a year older, births and
    migration enter; then rates turn people into activity, and prices and shares into cost.
    """
    rates = area.rates * _level(area, theta)
    years, services = area.sizes["T"], area.sizes["V"]
    activity = np.empty((years, services))
    cost = np.empty((years, area.sizes["O"]))
    group = area.group_of_service
    people = area.people
    for year in range(years):
        people = one_year(area, theta, people, year)
        by_band = np.add.reduceat(people, area.band_start[:-1], axis=2)
        growth = (1 + area.part(theta, "growth")[group]) ** year
        used = np.einsum("lsbg,vsbg->lv", by_band, rates) * growth
        price = area.unit_price * area.part(theta, "price")
        price = price * (1 + area.part(theta, "inflation")[group]) ** year
        activity[year] = used.sum(axis=0)
        cost[year] = np.einsum("lv,lvo->o", used * price, area.share[:, group])
    beds, wte = activity @ area.bed_use, activity @ area.staff_use
    return {"cost": cost, "activity": activity, "beds": beds, "wte": wte}


def one_year(area: CohortArea, theta: Floats, people: Floats, year: int) -> Floats:
    """People [L, S, A, G] a year later."""
    coarse = area.coarse_of_age
    slow = area.part(theta, "slowed")[:, coarse].T - 1
    slow = 1 + area.reach[:, year, None, None, None] * slow
    rising = people[..., :-1] * area.up * slow
    falling = people[..., 1:] * area.down * area.part(theta, "recovering")
    after = people.copy()
    after[..., :-1] += falling - rising
    after[..., 1:] += rising - falling
    lasting = (1 - area.part(theta, "improving")[coarse]) ** year
    after *= 1 - area.deaths * lasting[:, None]
    older = np.zeros_like(after)
    older[:, :, 1:] = after[:, :, :-1]
    older[:, :, -1] += after[:, :, -1]
    mothers = people[:, area.mother].sum(axis=-1)
    births = area.part(theta, "births") * (mothers @ area.fertility)
    older[:, :, 0, 0] = births[:, None] * area.birth_share
    net = area.part(theta, "migrating")[:, None, None] * area.migration
    moved: Floats = older * (1 + net)[..., None]
    return moved


def _level(area: CohortArea, theta: Floats) -> Floats:
    """Factor on the rates of each service, band and segment: [V, 1, B, G]."""
    group = area.group_of_service
    by_age = area.part(theta, "by_age")[group][:, area.coarse_of_band]
    by_segment = area.part(theta, "by_segment")[group]
    service = area.part(theta, "service")
    level: Floats = service[:, None, None] * by_age[:, :, None] * by_segment[:, None, :]
    return level[:, None]
