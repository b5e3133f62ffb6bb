"""Where checks of results are registered, and what they may read."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from footprint.model.area import Area
from footprint.model.bridge import PlanBridge, plan_bridge
from footprint.model.chain import Run, simulate
from footprint.plan.schema import Plan
from footprint.terms.faults import Fault

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Result:
    """A plan and what comes of it in the future where every assumption has its expected value."""

    area: Area

    @property
    def plan(self) -> Plan:
        """The plan that was run."""
        return self.area.plan

    @cached_property
    def run(self) -> Run:
        """Do nothing and the plan."""
        return simulate(self.area)

    @cached_property
    def bridge(self) -> PlanBridge:
        """What each scheme does alone."""
        return plan_bridge(self.area)

    def worlds(self, name: str) -> Floats:
        """A quantity of the outcome, with no scheme and with the plan: [2, T, ...]."""
        values: Floats = self.run.outcome[name].values[:, 0]
        return values


Find = Callable[[Result], Iterator[Fault]]


@dataclass(frozen=True)
class ResultCheck:
    """A named check of results: what it looks for, and the search itself."""

    name: str
    idea: str
    find: Find


REGISTER: dict[str, ResultCheck] = {}


def check(find: Find) -> Find:
    """Register a check under its function's name; its docstring's first line is the idea."""
    name = find.__name__.replace("_", "-")
    if name in REGISTER:
        raise TypeError(f"two checks are called {name!r}")
    REGISTER[name] = ResultCheck(name, (find.__doc__ or "").strip().splitlines()[0], find)
    return find
