"""Checks of the whole plan: one idea, one file, the cure in its message.

A check is a generator of faults with a `@check("part", ...)` above it that names the parts of
the plan it reads. It is passed over while one of those parts could not be read, so that one slip
is told once. Add a check by adding a file here.
"""

import importlib
import pkgutil
from collections.abc import Iterator

from footprint.plan.checks.register import REGISTER, Check
from footprint.plan.schema import Plan
from footprint.terms.faults import Fault


def plan_checks() -> dict[str, Check]:
    """Every check by name; found in this folder alone."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return dict(REGISTER)


def check_plan(plan: Plan, broken: frozenset[str] = frozenset()) -> Iterator[Fault]:
    """Everything the checks find, without those that read a part in `broken`."""
    for check in plan_checks().values():
        if not check.reads & broken:
            yield from check.find(plan)
