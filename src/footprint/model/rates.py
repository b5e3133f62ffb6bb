"""Rates of use, unit costs and flows of payment, from the baseline tables."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from footprint.plan.schema import Plan
from footprint.plan.tables import ServiceRow
from footprint.terms.ages import AgeBand, overlap_shares

Floats = NDArray[np.float64]
_Labels = dict[str, tuple[str, ...]]


def baseline_rates(
    plan: Plan, cells: Floats, labels: _Labels, bands: Sequence[AgeBand]
) -> tuple[Floats, Floats]:
    """Units a person a year in each cell, and units by place: [P, B, X, S, V] and [P, V].

    A service's volume is shared among people in proportion to its age profile times its need
    profile. The need profile is levelled within each age band, so that the age profile alone
    says how much an age uses: the two are published apart and must not be counted twice.
    `cells` [P, B, X, S] is the people of the base year.
    """
    mix = cells.sum(axis=(0, 2))
    mix = mix / np.where(mix.sum(-1, keepdims=True) > 0, mix.sum(-1, keepdims=True), 1)
    rates = np.zeros((*cells.shape, len(labels["service"])))
    volumes = _volumes(plan)
    for v, service in enumerate(plan.baseline.services):
        weight = _weight(plan, service, mix, labels, bands)
        for place, volume in volumes[service.service].items():
            here = [p for p, name in enumerate(labels["place"]) if place in ("all", name)]
            users = (cells[here] * weight).sum()
            if users > 0:
                rates[here, ..., v] = volume * weight / users
    return rates, np.einsum("pbxs,pbxsv->pv", cells, rates)


def _volumes(plan: Plan) -> dict[str, dict[str, float]]:
    volumes: dict[str, dict[str, float]] = {r.service: {} for r in plan.baseline.services}
    for r in plan.baseline.volumes:
        volumes[r.service][r.place] = r.volume
    return volumes


def _weight(
    plan: Plan, service: ServiceRow, mix: Floats, labels: _Labels, bands: Sequence[AgeBand]
) -> Floats:
    """Relative use of a service: [B, X, S]."""
    by_age = _age_weight(plan, service.age_profile, labels, bands)
    by_need = np.ones(len(labels["segment"]))
    if service.need_profile:
        for r in plan.baseline.need_profiles:
            if r.profile == service.need_profile:
                by_need[labels["segment"].index(r.segment)] = r.weight
    level = mix @ by_need
    levelled = by_need[None, :] / np.where(level > 0, level, 1)[:, None]
    return by_age[:, :, None] * levelled[:, None, :]


def _age_weight(plan: Plan, profile: str, labels: _Labels, bands: Sequence[AgeBand]) -> Floats:
    weight = np.ones((len(bands), len(labels["sex"])))
    if not profile:
        return weight
    for x, sex in enumerate(labels["sex"]):
        rows = [
            r for r in plan.baseline.age_profiles if r.profile == profile and r.sex in (sex, "all")
        ]
        groups = [AgeBand.parse(r.age_group) for r in rows]
        weight[:, x] = overlap_shares(bands, groups) @ np.array([r.weight for r in rows])
    return weight


def unit_costs(plan: Plan, labels: _Labels) -> Floats:
    """GBP for one unit by place: [P, V]."""
    costs = np.zeros((len(labels["place"]), len(labels["service"])))
    for r in plan.baseline.volumes:
        v = labels["service"].index(r.service)
        for p, place in enumerate(labels["place"]):
            if r.place in ("all", place):
                costs[p, v] = r.unit_cost_gbp
    return costs


def flow_shares(plan: Plan, labels: _Labels) -> tuple[Floats, Floats]:
    """Shares of each service's spend by payer and by provider: two arrays [P, V, O]."""
    shape = (len(labels["place"]), len(labels["service"]), len(labels["partner"]))
    payer, provider = np.zeros(shape), np.zeros(shape)
    for r in plan.baseline.flows:
        v = labels["service"].index(r.service)
        for p, place in enumerate(labels["place"]):
            if r.place in ("all", place):
                payer[p, v, labels["partner"].index(r.payer)] += r.share
                provider[p, v, labels["partner"].index(r.provider)] += r.share
    return payer, provider
