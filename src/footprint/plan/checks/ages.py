"""Ages neither overlap nor leave a hole."""

from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

from footprint.plan.checks.register import AGES, check, check_each, grouped
from footprint.plan.schema import Plan
from footprint.terms.ages import AgeBand, partition_fault
from footprint.terms.faults import Fault

_MEND = "let each band begin where the one before ends; start at 0 and end with an open band, 90+"


def _fault(address: str, whose: str, what: str) -> Fault:
    return Fault(address, f"{whose}: {what}", "every age in exactly one band", _MEND)


@check("population", rank=AGES)
def ages_of_people_are_whole(plan: Plan) -> Iterator[Fault]:
    """People are counted in bands that hold every age once."""
    rows = plan.baseline.population
    key = grouped(rows, lambda r: (r.place, r.sex, r.year, r.variant))
    told: set[str] = set()
    for (place, sex, year, variant), members in key.items():
        bands = {AgeBand.parse(r.age_band): i for i, r in members}
        what = partition_fault(list(bands))
        if what and what not in told:
            told.add(what)
            whose = f"{place}, {sex}, {year}, {variant}"
            yield _fault(f"baseline/population[{_culprit(bands)}].age_band", whose, what)


def _culprit(bands: dict[AgeBand, int]) -> int:
    """The row at which the first overlap or hole shows."""
    ordered = sorted(bands)
    expected = 0
    for band in ordered:
        if band.low != expected:
            return bands[band]
        expected = band.end if band.high is None else band.high + 1
    return bands[ordered[-1]]


@check("population", "plan")
def people_are_counted_in_the_same_bands(plan: Plan) -> Iterator[Fault]:
    """Each place, sex, year and variant has the same bands, and none is missing."""
    rows = plan.baseline.population
    bands = list(dict.fromkeys(r.age_band for r in rows))
    have = {(r.place, r.age_band, r.sex, r.year, r.variant) for r in rows}
    for variant in dict.fromkeys(r.variant for r in rows):
        wanted = product(plan.about.localities, bands, ("female", "male"), plan.years, [variant])
        missing = [w for w in wanted if w not in have]
        if missing:
            place, band, sex, year, _ = missing[0]
            yield Fault(
                "baseline/population",
                f"{len(missing):,} rows of {variant} are missing; "
                f"the first is {place}, {band}, {sex}, {year}",
                "a row for each locality, band, sex and year of the plan, in each variant",
                "write the missing rows; a place without such people has 0",
            )


@check_each(
    "need_start", "need_transitions", "need_deaths", "need_entry", "age_profiles", rank=AGES
)
def ages_are_whole(plan: Plan, table: str) -> Iterator[Fault]:
    """Tables of rates and shares hold every age once."""
    within: dict[str, Callable[[Any], str]] = {
        "need_entry": lambda r: str(r.entry),
        "age_profiles": lambda r: f"{r.profile}, {r.sex}",
    }
    for key, members in grouped(
        getattr(plan.baseline, table), within.get(table, lambda r: "everyone")
    ).items():
        bands = {AgeBand.parse(r.age_group): i for i, r in reversed(members)}
        what = partition_fault(list(bands))
        if what:
            yield _fault(f"baseline/{table}[{_culprit(bands)}].age_group", key, what)


@check("population", "schemes")
def cohorts_do_not_split_a_band(plan: Plan) -> Iterator[Fault]:
    """A scheme's ages are whole bands of the population table."""
    bands = sorted({AgeBand.parse(r.age_band) for r in plan.baseline.population})
    for name, scheme in plan.schemes.items():
        for text in scheme.cohort.ages:
            group = AgeBand.parse(text)
            split = [b for b in bands if b.touches(group) and not group.holds(b)]
            if split:
                yield Fault(
                    f"schemes/{name}.cohort.ages",
                    f"{text} takes part of the band {split[0]}",
                    f"whole bands: {', '.join(map(str, bands))}",
                    f"begin and end where a band does, or split {split[0]} in population.csv",
                )
