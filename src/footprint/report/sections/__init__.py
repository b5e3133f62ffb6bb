"""The sections of the page: one file each, with a template of the same id."""

import pkgutil
from importlib import import_module

from footprint.report.section import Section


def sections() -> list[Section]:
    """Every section, in the order in which it is read."""
    names = [found.name for found in pkgutil.iter_modules(__path__)]
    every: list[Section] = [import_module(f"{__name__}.{name}").SECTION for name in names]
    return sorted(every, key=lambda section: section.position)
