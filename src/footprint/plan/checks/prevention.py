"""Prevention money is spent on prevention."""

from collections import defaultdict
from collections.abc import Iterator

from footprint.plan.checks.register import check
from footprint.plan.schema import Plan
from footprint.terms.faults import Fault

# Money for the years to come, which the needs of the day draw on.
_AHEAD = ("prevention", "transformation")
# Less than this share of a year's money is rounding.
_ROUNDING = 0.01


@check("plan", "income")
def prevention_money_is_not_moved(plan: Plan) -> Iterator[Fault]:
    """Money given for prevention or transformation keeps its purpose."""
    told: set[str] = set()
    for i, row in enumerate(plan.baseline.income):
        if row.first_for in _AHEAD and row.purpose not in _AHEAD and row.income not in told:
            told.add(row.income)
            yield Fault(
                f"baseline/income[{i}]",
                f"{row.name}: given for {row.first_for}, now for {row.purpose}",
                "money for prevention and transformation spent on them",
                "say what the money no longer does, and who agreed to move it",
                grade="warn",
            )


@check("plan", "income")
def prevention_money_does_not_shrink(plan: Plan) -> Iterator[Fault]:
    """A partner's prevention money does not shrink while its other money grows."""
    ahead: dict[str, dict[str, float]] = defaultdict(lambda: dict.fromkeys(plan.years, 0.0))
    other: dict[str, dict[str, float]] = defaultdict(lambda: dict.fromkeys(plan.years, 0.0))
    rows: dict[str, int] = {}
    for i, row in enumerate(plan.baseline.income):
        if row.purpose == "prevention":
            rows.setdefault(row.partner, i)
        side = ahead if row.purpose == "prevention" else other
        side[row.partner][row.year] += row.amount_gbp_m
    for partner, i in rows.items():
        fall = _first_fall(plan, ahead[partner], other[partner])
        if fall:
            before, year = fall
            had, has = ahead[partner][before], ahead[partner][year]
            yield Fault(
                f"baseline/income[{i}]",
                f"{partner}: GBP {had:,.2f}m for prevention in {before}, {has:,.2f}m in {year}, "
                "while its other money grows",
                "prevention money that keeps pace, or a day on which it is known to end",
                "say where the money goes; if it ends by its own terms, write ends",
                grade="warn",
            )


def _first_fall(
    plan: Plan, ahead: dict[str, float], other: dict[str, float]
) -> tuple[str, str] | None:
    """The first pair of years between which prevention money falls and other money does not."""
    ends = {r.ends for r in plan.baseline.income if r.purpose == "prevention" and r.ends}
    for before, year in zip(plan.years, plan.years[1:], strict=False):
        fell = ahead[before] - ahead[year]
        if fell > _ROUNDING * ahead[before] and other[year] >= other[before] and before not in ends:
            return before, year
    return None
