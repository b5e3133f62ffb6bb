"""Where checks are registered, and the two things most of them do."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from footprint.plan.schema import Plan
from footprint.terms.faults import Fault

Find = Callable[[Plan], Iterator[Fault]]
FindIn = Callable[[Plan, str], Iterator[Fault]]
_Item = TypeVar("_Item")
_Key = TypeVar("_Key", bound=Hashable)

# Checks run in this order. A table in which an earlier one finds a fault is not read by a later
# one: a row with a misspelt name also adds up wrongly, and one slip is told once.
NAMES, AGES, WHOLE = RANKS = (0, 1, 2)


@dataclass(frozen=True)
class Check:
    """A named check: what it looks for, the parts it reads, its turn, and the search itself."""

    name: str
    idea: str
    reads: frozenset[str]
    rank: int
    find: Find


REGISTER: dict[str, Check] = {}


def check(*reads: str, rank: int = WHOLE) -> Callable[[Find], Find]:
    """Register a check under its function's name; its docstring's first line is the idea."""

    def register(find: Find) -> Find:
        _register(find.__name__, find.__doc__, reads, rank, find)
        return find

    return register


def check_each(
    *tables: str, also: tuple[str, ...] = (), rank: int = WHOLE
) -> Callable[[FindIn], FindIn]:
    """Register a check once for each table, so that a slip in one hides nothing in another.

    `also` are the other parts it reads.
    """

    def register(find: FindIn) -> FindIn:
        for table in tables:
            name = f"{find.__name__}_in_{table}"
            _register(name, find.__doc__, (table, *also), rank, _in_table(find, table))
        return find

    return register


def _in_table(find: FindIn, table: str) -> Find:
    return lambda plan: find(plan, table)


def _register(
    function: str, doc: str | None, reads: tuple[str, ...], rank: int, find: Find
) -> None:
    name = function.replace("_", "-")
    if name in REGISTER:
        raise TypeError(f"two checks are called {name!r}")
    REGISTER[name] = Check(name, (doc or "").strip().splitlines()[0], frozenset(reads), rank, find)


def grouped(
    rows: Iterable[_Item], key: Callable[[_Item], _Key]
) -> dict[_Key, list[tuple[int, _Item]]]:
    """Rows with their index, by key."""
    groups: dict[_Key, list[tuple[int, _Item]]] = defaultdict(list)
    for i, row in enumerate(rows):
        groups[key(row)].append((i, row))
    return groups
