"""Checks of the whole plan: one idea, one file, the cure in its message.

A check is a generator of faults with a `@check("part", ...)` above it that names the parts of
the plan it needs whole. It is passed over while one of those parts could not be read, or has a
fault that a check of an earlier rank has told, so that one slip is told once. Add a check by
adding a file here.
"""

import importlib
import pkgutil
from collections.abc import Iterator

from footprint.plan.checks.register import RANKS, REGISTER, Check
from footprint.plan.schema import Plan
from footprint.terms.faults import Fault


def plan_checks() -> dict[str, Check]:
    """Every check by name; found in this folder alone."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return dict(REGISTER)


def check_plan(plan: Plan, broken: frozenset[str] = frozenset()) -> Iterator[Fault]:
    """Everything the checks find, without those that read a part in `broken`."""
    for rank in RANKS:
        faults = [
            fault
            for check in plan_checks().values()
            if check.rank == rank and not check.reads & broken
            for fault in check.find(plan)
        ]
        yield from faults
        broken |= {_table(fault.address) for fault in faults if fault.grade == "stop"}


def _table(address: str) -> str:
    """The table a fault is in; the address itself where it is in none."""
    return address.removeprefix("baseline/").partition("[")[0]
