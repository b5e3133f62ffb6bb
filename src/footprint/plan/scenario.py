"""A scenario: the plan with a named list of changes, never a copy kept beside it."""

from typing import Any

from footprint.evidence.assumption import Assumption
from footprint.plan.schema import Plan, Scenario
from footprint.plan.suggest import listed, nearest


def in_scenario(plan: Plan, name: str | None) -> Plan:
    """The plan as the scenario `name` has it; the plan itself for None.

    A number takes the place of the assumption's value or range, in the assumption's own unit; a
    whole assumption takes its place; `off` leaves a scheme out. Raises KeyError with the names
    there are.
    """
    if name is None:
        return plan
    if name not in plan.scenarios:
        mend = nearest(name, plan.scenarios, f"there are: {listed(plan.scenarios) or 'none'}")
        raise KeyError(f"no scenario is called {name!r}; {mend}")
    return changed(plan, plan.scenarios[name])


def changed(plan: Plan, scenario: Scenario) -> Plan:
    """The plan with a scenario's changes made."""
    data: dict[str, Any] = dict(plan)
    for address, change in scenario.set.items():
        if isinstance(change, bool):
            if not change:
                data["schemes"] = {
                    n: s for n, s in data["schemes"].items() if f"schemes/{n}" != address
                }
        else:
            data = _replaced(data, address, change)
    return Plan(**data)


def fixed_at(assumption: Assumption, value: float) -> Assumption:
    """The assumption without doubt, at `value` in its own unit; in every year of a path."""
    path = assumption.by_year and dict.fromkeys(assumption.by_year, value)
    update = {"distribution": None, "deviation": None, "by_year": path}
    return assumption.model_copy(update={**update, "value": None if path else value})


def _replaced(data: dict[str, Any], address: str, change: float | Assumption) -> dict[str, Any]:
    root, _, rest = address.partition("/")
    path = [root, *rest.split(".")] if rest else ["about", *address.split(".")]
    found: dict[str, Any] = _with(data, path, change)
    return found


def _with(part: Any, path: list[str], change: float | Assumption) -> Any:
    """`part` with what stands at `path` changed; frozen parts are copied on the way."""
    step, *rest = path
    now = part[step] if isinstance(part, dict) else getattr(part, step)
    if rest:
        new = _with(now, rest, change)
    else:
        new = change if isinstance(change, Assumption) else fixed_at(now, float(change))
    if isinstance(part, dict):
        return {**part, step: new}
    return part.model_copy(update={step: new})
