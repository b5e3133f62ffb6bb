"""Nothing that is counted with is left to be guessed."""

from collections.abc import Callable, Iterator
from typing import Any

from footprint.plan.checks.register import check, check_each, grouped
from footprint.plan.schema import Plan
from footprint.terms.faults import Fault

# Within what each table needs a row for every segment, and the column that names it.
_SEGMENTS: dict[str, tuple[Callable[[Any], str], str]] = {
    "need_transitions": (lambda r: str(r.age_group), "from_segment"),
    "need_deaths": (lambda r: str(r.age_group), "segment"),
    "need_profiles": (lambda r: str(r.profile), "segment"),
}


@check_each(*_SEGMENTS, also=("segments",))
def every_segment_has_a_row(plan: Plan, table: str) -> Iterator[Fault]:
    """Rates and weights are written for each segment, even where they are 0."""
    within, column = _SEGMENTS[table]
    for key, rows in grouped(getattr(plan.baseline, table), within).items():
        have = {getattr(row, column) for _, row in rows}
        missing = [s.segment for s in plan.baseline.segments if s.segment not in have]
        if missing:
            yield Fault(
                f"baseline/{table}[{rows[0][0]}]",
                f"{key} has no row for {', '.join(missing)}",
                f"a row for each segment: {', '.join(s.segment for s in plan.baseline.segments)}",
                "write the missing rows, with 0 where that is meant",
            )


@check("need_entry")
def those_who_enter_have_segments(plan: Plan) -> Iterator[Fault]:
    """Segments are known of children who are born and of people who move in."""
    have = {row.entry for row in plan.baseline.need_entry}
    for entry in ("births", "migration"):
        if entry not in have:
            yield Fault(
                "baseline/need_entry",
                f"no rows with entry {entry}",
                "rows for births and rows for migration",
                f"write the share of each segment among {entry}",
            )


@check("age_profiles")
def profiles_speak_of_both_sexes(plan: Plan) -> Iterator[Fault]:
    """An age profile is either for all, or for female and male."""
    for profile, rows in grouped(plan.baseline.age_profiles, lambda r: r.profile).items():
        sexes = {row.sex for _, row in rows}
        if sexes not in ({"all"}, {"female", "male"}):
            yield Fault(
                f"baseline/age_profiles[{rows[0][0]}].sex",
                f"{profile} for {' and '.join(sorted(sexes))}",
                "rows for all, or rows for female and for male",
                "write one of the two",
            )
