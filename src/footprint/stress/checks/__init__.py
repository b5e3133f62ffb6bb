"""Checks of results: what only shows when the plan has been run, at expected values.

A check is a generator of faults with `@check` above it. Add one by adding a file here.
"""

import importlib
import pkgutil

from footprint.model.area import Area
from footprint.stress.checks.register import REGISTER, Result, ResultCheck
from footprint.terms.faults import Fault


def result_checks() -> dict[str, ResultCheck]:
    """Every check of results by name; found in this folder alone."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return dict(REGISTER)


def check_results(area: Area) -> tuple[Fault, ...]:
    """Everything the checks of results find, in order of address."""
    result = Result(area)
    found = [fault for check in result_checks().values() for fault in check.find(result)]
    return tuple(sorted(found, key=lambda fault: (fault.address, fault.found)))
