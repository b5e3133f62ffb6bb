"""Work and volumes find the people, and the money, they need."""

from collections.abc import Iterator

from footprint.plan.checks.register import check
from footprint.plan.effects import Landing
from footprint.plan.schema import Plan
from footprint.terms.ages import AgeBand
from footprint.terms.faults import Fault


@check("schemes", "volumes", "services", "plan")
def avoided_work_lands_where_it_is_priced(plan: Plan) -> Iterator[Fault]:
    """A service that receives work has a unit cost and a payer in each place of the cohort."""
    priced: dict[str, set[str]] = {}
    for row in plan.baseline.volumes:
        places = plan.about.localities if row.place == "all" else [row.place]
        priced.setdefault(row.service, set()).update(places)
    for name, scheme in plan.schemes.items():
        cohort = set(scheme.cohort.places or plan.about.localities)
        for key, effect in scheme.effects.items():
            landings: dict[str, Landing] = getattr(effect, "receives", {})
            for landing, where in landings.items():
                missing = cohort - priced.get(where.service, cohort)
                if missing:
                    yield Fault(
                        f"schemes/{name}.effects.{key}.receives.{landing}.service",
                        f"{where.service}, which has no volume in {', '.join(sorted(missing))}",
                        "a service with a row in volumes.csv for each place of the cohort",
                        f"add {where.service} for {sorted(missing)[0]} to volumes.csv, with "
                        "volume 0 and its unit cost if there is none yet",
                    )


@check("volumes", "services", "age_profiles", "population", "plan")
def volumes_find_users(plan: Plan) -> Iterator[Fault]:
    """A service with units in the base year has people of the ages that use it."""
    base = plan.years[0]
    people: dict[str, list[tuple[AgeBand, float]]] = {}
    for row in plan.baseline.population:
        if row.year == base:
            people.setdefault(row.place, []).append((AgeBand.parse(row.age_band), row.people))
    profiles = {row.service: row.age_profile for row in plan.baseline.services}
    for i, volume in enumerate(plan.baseline.volumes):
        used = _ages_of(plan, profiles.get(volume.service, ""))
        places = plan.about.localities if volume.place == "all" else [volume.place]
        users = sum(
            count
            for place in places
            for band, count in people.get(place, [])
            if used is None or any(group.touches(band) for group in used)
        )
        if volume.volume > 0 and users == 0:
            yield Fault(
                f"baseline/volumes[{i}]",
                f"{volume.volume:,.0f} units of {volume.service}, and nobody of the ages that "
                "use it",
                "people of those ages, or no units",
                "mend the age profile, the people or the volume",
            )


def _ages_of(plan: Plan, profile: str) -> list[AgeBand] | None:
    """Ages with some use of a profile; None for every age."""
    if not profile:
        return None
    rows = plan.baseline.age_profiles
    return [AgeBand.parse(r.age_group) for r in rows if r.profile == profile and r.weight > 0]
