"""Savings are set beside the spend they come from, and each pound is counted once."""

from collections.abc import Iterator

import numpy as np

from footprint.model.area import Area
from footprint.plan.effects.avoid import Avoid
from footprint.plan.effects.shorten import Shorten
from footprint.plan.scheme import Scheme
from footprint.stress.checks.beds import worth_a_day
from footprint.stress.checks.register import Result, check
from footprint.terms.faults import Fault

# A tenth of what a service costs. A judgement: 30 plans of 2016 assumed more of emergency
# admissions, and none is known to have got there.
_TENTH = 0.1
# Costs a day come from averages; a pound is called counted twice when this much is beyond them.
_ROUNDING = 0.05
_MILLION = 1e-6


@check
def savings_are_a_credible_share_of_spend(result: Result) -> Iterator[Fault]:
    """What a scheme saves is less than a tenth of the spend it comes from."""
    area, spend = result.area, result.worlds("spend")[0, -1]
    for step in result.bridge.schemes:
        services = spent_on(area, area.plan.schemes[step.scheme])
        whole = float(sum(spend[area.index_of("service", s)] for s in services))
        saved = step.work + step.closing
        if whole > 0 and saved > _TENTH * whole:
            yield Fault(
                f"schemes/{step.scheme}",
                f"saves GBP {saved * _MILLION:,.2f}m a year, {saved / whole:.0%} of the "
                f"GBP {whole * _MILLION:,.1f}m it comes from",
                "less than a tenth of the spend on the services it acts on",
                "show where that much has been saved, or claim less",
                grade="warn",
            )


def spent_on(area: Area, scheme: Scheme) -> list[str]:
    """Services whose spend a scheme's savings come from."""
    found: list[str] = []
    for effect in scheme.effects.values():
        resource = getattr(effect, "resource", None)
        found += [getattr(effect, "service", "") or "", *getattr(effect, "services", ())]
        if not getattr(effect, "service", None):
            found += [r.service for r in area.plan.baseline.uses if r.resource == resource]
    return list(dict.fromkeys(name for name in found if name))


@check
def overlapping_claims_are_counted_once(result: Result) -> Iterator[Fault]:
    """What schemes claim one by one adds up to what they bring together."""
    steps = result.bridge.schemes
    alone = sum(max(step.work + step.closing, 0.0) for step in steps)
    lost = -result.bridge.overlap
    if lost > _TENTH * alone > 0:
        yield Fault(
            "schemes",
            f"one by one the schemes save GBP {alone * _MILLION:,.2f}m a year, and "
            f"GBP {lost * _MILLION:,.2f}m of it is claimed by more than one",
            "claims that overlap by less than a tenth",
            "book the saving of all together, or part the people between the schemes",
            grade="warn",
        )


@check
def a_closed_bed_is_saved_once(result: Result) -> Iterator[Fault]:
    """A day that is not spent in a bed saves no more, all claims together, than it costs."""
    area = result.area
    closing = worth_a_day(area)
    for q in np.flatnonzero(closing > 0):
        resource = area.labels["resource"][q]
        work = {a: _worth(area, a, resource) for a in _relieving(area, resource)}
        if not work:
            continue
        address, (booked, cost) = max(work.items(), key=lambda item: item[1][0])
        if closing[q] + booked > cost * (1 + _ROUNDING):
            yield Fault(
                address,
                f"a day less in {resource} is booked at GBP {booked:,.0f} as work and "
                f"GBP {closing[q]:,.0f} as a closed bed, and costs GBP {cost:,.0f}",
                "no more than a day costs, all claims together",
                "count the ward once: as work not done, or as beds closed",
                grade="warn",
            )


def _relieving(area: Area, resource: str) -> list[str]:
    """Addresses of effects that take days from a resource."""
    uses = {r.service for r in area.plan.baseline.uses if r.resource == resource}
    return [
        f"schemes/{name}.effects.{key}"
        for name, scheme in area.plan.schemes.items()
        for key, effect in scheme.effects.items()
        if (isinstance(effect, Avoid) and effect.service in uses)
        or (isinstance(effect, Shorten) and effect.resource == resource)
    ]


def _worth(area: Area, address: str, resource: str) -> tuple[float, float]:
    """What a day less is booked at as work, and what it costs, GBP at base-year prices."""
    scheme, _, key = address.removeprefix("schemes/").partition(".effects.")
    effect = area.plan.schemes[scheme].effects[key]
    assert isinstance(effect, Avoid | Shorten)  # by construction of the address
    rows = [r for r in area.plan.baseline.uses if r.resource == resource]
    days = next((r.per_unit for r in rows if r.service == effect.service), 1.0)
    v = area.index_of("service", effect.service)
    cost = float(area.unit_cost[:, v].max()) / days
    if isinstance(effect, Shorten):
        return effect.worth.central, cost
    row = area.plan.baseline.services[v]
    share = 1.0 if area.plan.about.cost_lens == "average" else row.marginal_share
    return share * cost, cost
