"""Nobody takes away more than there is."""

from collections.abc import Iterator

from footprint.evidence.assumption import Assumption
from footprint.plan.checks.register import check
from footprint.plan.effects.avoid import Avoid
from footprint.plan.effects.capacity import Capacity
from footprint.plan.effects.shorten import Shorten
from footprint.plan.schema import Plan
from footprint.terms.ages import AgeBand
from footprint.terms.faults import Fault


def _lowest(assumption: Assumption) -> float:
    if assumption.doubt is None:
        return assumption.central
    return assumption.doubt.support()[0] * assumption.measure.size


@check("schemes", "capacity", "plan")
def no_more_is_closed_than_there_is(plan: Plan) -> Iterator[Fault]:
    """All schemes together leave no resource below nothing."""
    last = plan.years[-1]
    there = {r.resource: r.available for r in plan.baseline.capacity if r.year == last}
    closed: dict[str, float] = {}
    for name, scheme in plan.schemes.items():
        for key, effect in scheme.effects.items():
            if not isinstance(effect, Capacity) or effect.resource not in there:
                continue
            closed[effect.resource] = closed.get(effect.resource, 0) + _lowest(effect.change)
            if there[effect.resource] + closed[effect.resource] < 0:
                yield Fault(
                    f"schemes/{name}.effects.{key}.change",
                    f"{-closed[effect.resource]:,.0f} of {effect.resource} closed, "
                    f"and there are {there[effect.resource]:,.0f}",
                    f"up to {there[effect.resource]:,.0f} closed by all schemes together",
                    "close fewer, or mend capacity.csv",
                )


@check("services", "age_profiles", "need_profiles", "population", "volumes")
def something_is_there_to_avoid(plan: Plan) -> Iterator[Fault]:
    """A scheme acts on a service that its cohort uses."""
    profiles = {r.service: r for r in plan.baseline.services}
    volumes: dict[str, float] = {}
    for row in plan.baseline.volumes:
        volumes[row.service] = volumes.get(row.service, 0) + row.volume
    for name, scheme in plan.schemes.items():
        for key, effect in scheme.effects.items():
            if not isinstance(effect, Avoid | Shorten) or effect.service not in profiles:
                continue
            service = profiles[effect.service]
            ages = [AgeBand.parse(text) for text in scheme.cohort.ages]
            used = volumes.get(effect.service, 0) > 0 and _used_at(plan, service.age_profile, ages)
            if not used:
                yield Fault(
                    f"schemes/{name}.effects.{key}.service",
                    f"{effect.service} avoided among ages "
                    f"{', '.join(scheme.cohort.ages) or 'all'}, who use none of it",
                    "a service the cohort uses in the base year",
                    "mend the cohort, the service or its age profile",
                )


def _used_at(plan: Plan, profile: str, ages: list[AgeBand]) -> bool:
    if not profile or not ages:
        return True
    return any(
        row.weight > 0 and AgeBand.parse(row.age_group).touches(group)
        for row in plan.baseline.age_profiles
        if row.profile == profile
        for group in ages
    )
