"""One fact is written once."""

from collections.abc import Iterator

from footprint.plan.checks.register import NAMES, check
from footprint.plan.schema import Plan
from footprint.plan.tables import KEYS
from footprint.terms.faults import Fault


@check(rank=NAMES)
def rows_are_not_repeated(plan: Plan) -> Iterator[Fault]:
    """No table says the same thing twice."""
    for table, columns in KEYS.items():
        seen: set[tuple[object, ...]] = set()
        for i, row in enumerate(getattr(plan.baseline, table)):
            key = tuple(getattr(row, column) for column in columns)
            if key in seen:
                names = [column.removesuffix("_segment") for column in columns]
                words = ", ".join(f"{c} {k}" for c, k in zip(names, key, strict=True))
                yield Fault(
                    f"baseline/{table}[{i}]",
                    f"a second row for {words}",
                    f"one row for each {', '.join(names)}",
                    "keep one of the rows",
                )
            seen.add(key)
