"""Where checks are registered, and the two things most of them do."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from footprint.plan.schema import Plan
from footprint.terms.faults import Fault

Find = Callable[[Plan], Iterator[Fault]]
_Item = TypeVar("_Item")
_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True)
class Check:
    """A named check: what it looks for, the parts it reads, and the search itself."""

    name: str
    idea: str
    reads: frozenset[str]
    find: Find


REGISTER: dict[str, Check] = {}


def check(*reads: str) -> Callable[[Find], Find]:
    """Register a check under its function's name; its docstring's first line is the idea."""

    def register(find: Find) -> Find:
        name = find.__name__.replace("_", "-")
        if name in REGISTER:
            raise TypeError(f"two checks are called {name!r}")
        idea = (find.__doc__ or "").strip().splitlines()[0]
        REGISTER[name] = Check(name, idea, frozenset(reads), find)
        return find

    return register


def grouped(
    rows: Iterable[_Item], key: Callable[[_Item], _Key]
) -> dict[_Key, list[tuple[int, _Item]]]:
    """Rows with their index, by key."""
    groups: dict[_Key, list[tuple[int, _Item]]] = defaultdict(list)
    for i, row in enumerate(rows):
        groups[key(row)].append((i, row))
    return groups
