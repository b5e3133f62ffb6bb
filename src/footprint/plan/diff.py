"""What differs between two plans, in words."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from footprint.evidence.assumption import Assumption
from footprint.plan.schema import Plan
from footprint.plan.tables import KEYS, Baseline

# What a fact is called and what it says, by address.
_Facts = dict[str, tuple[str, str]]
# An assumption in full, told only where it looks the same in round figures.
_FINER = ".in-full"


def changes(before: Plan, after: Plan) -> list[str]:
    """Every difference as a sentence, in the order of the plan.

    `reach of Enhanced care homes 60 percent -> 45 percent`; what is new or gone is said so.
    Equal plans give an empty list.
    """
    old, new = _facts(before), _facts(after)
    return [*_changed(old, new), *_only(old, new, "no longer"), *_only(new, old, "new")]


def _changed(old: _Facts, new: _Facts) -> Iterator[str]:
    for address, (label, said) in new.items():
        if address not in old or old[address][1] == said:
            continue
        if not address.endswith(_FINER):
            yield f"{label} {old[address][1] or 'nothing'} -> {said or 'nothing'}"
        elif old[address.removesuffix(_FINER)] == new[address.removesuffix(_FINER)]:
            yield f"{label}: the same in round figures, {old[address][1]} -> {said}"


def _only(these: _Facts, others: _Facts, word: str) -> Iterator[str]:
    """Facts that one plan has alone; a whole thing that is new is told once, not by its parts."""
    told: set[str] = set()
    for address, (label, said) in these.items():
        if address in others:
            continue
        whole = _whole(address)
        if whole and not any(_whole(a) == whole for a in others):
            if whole not in told:
                told.add(whole)
                yield f"{word}: {_whole_label(these, whole)}"
        else:
            yield f"{word}: {label} {said}".rstrip()


def _whole(address: str) -> str:
    """The scheme or table row a fact belongs to."""
    head, _, rest = address.partition("/")
    if head == "schemes":
        return f"{head}/{rest.split('.')[0]}"
    return address.rsplit("|", 1)[0] if head == "baseline" else ""


def _whole_label(facts: _Facts, whole: str) -> str:
    name = facts.get(f"{whole}.name")
    return f"scheme {name[1]}" if name else whole.removeprefix("baseline/").replace("|", ", ")


def _facts(plan: Plan) -> _Facts:
    facts: _Facts = {}
    for name in type(plan.about).model_fields:
        facts.update(_inside(getattr(plan.about, name), f"plan.{name}", name, ""))
    for table in Baseline.model_fields:
        for row in getattr(plan.baseline, table):
            facts.update(_row_facts(table, row))
    for file, names in plan.assumptions.items():
        for name, assumption in names.items():
            facts.update(
                _assumption_facts(
                    assumption, f"assumptions/{file}.{name}", f"{_words(name)} ({_words(file)})"
                )
            )
    for name, scheme in plan.schemes.items():
        for field in type(scheme).model_fields:
            facts.update(
                _inside(
                    getattr(scheme, field),
                    f"schemes/{name}.{field}",
                    _words(field),
                    f" of {scheme.name}",
                )
            )
    for name, scenario in plan.scenarios.items():
        facts.update(_inside(scenario, f"scenarios.{name}", f"scenario {name}", ""))
    facts.update(_inside(plan.governance, "governance", "governance", ""))
    return facts


def _words(name: str) -> str:
    return name.replace("_", " ").replace("-", " ")


def _assumption_facts(assumption: Assumption, address: str, label: str) -> _Facts:
    facts: _Facts = {address: (label, assumption.in_words())}
    exact = assumption.model_dump(
        include={"value", "distribution", "by_year", "deviation"}, exclude_none=True
    )
    facts[f"{address}{_FINER}"] = (label, str(exact))
    for field in ("owner", "source", "status", "grade", "why", "review", "group", "hopeful"):
        value = getattr(assumption, field)
        if isinstance(value, BaseModel):
            value = ", ".join(str(part) for part in value.model_dump().values())
        facts[f"{address}.{field}"] = (f"{field} of {label}", str(value or ""))
    return facts


def _inside(part: Any, address: str, label: str, owner: str) -> _Facts:
    if isinstance(part, Assumption):
        return _assumption_facts(part, address, f"{label}{owner}")
    items: list[tuple[str, Any]] = []
    if isinstance(part, BaseModel):
        items = [(name, getattr(part, name)) for name in type(part).model_fields]
    elif isinstance(part, dict):
        items = list(part.items())
    elif part is None:
        return {}
    else:
        said = ", ".join(map(str, part)) if isinstance(part, tuple) else str(part)
        return {address: (f"{label}{owner}", said)}
    facts: _Facts = {}
    for name, value in items:
        facts.update(_inside(value, f"{address}.{name}", f"{label}, {_words(name)}", owner))
    return facts


def _row_facts(table: str, row: BaseModel) -> _Facts:
    values = row.model_dump()
    key = " ".join(str(values.pop(column)) for column in KEYS[table])
    address = f"baseline/{table}|{key}"
    return {
        f"{address}|{name}": (f"{_words(name)} of {key} ({_words(table)})", _said(value))
        for name, value in values.items()
    }


def _said(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:,.10g}"
    return "" if value is None else str(value)
