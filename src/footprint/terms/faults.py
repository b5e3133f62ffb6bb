"""Faults in what a person wrote, told to the person who can mend them.

A fault says where, what was found, what is allowed and how to mend it. Faults are collected
and raised together, so that nobody mends a plan one error message at a time.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

Grade = Literal["stop", "warn", "note"]


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong, and its cure.

    `address` is the place in the plan (`schemes/home-first.reach`); `file` and `line` are where
    it was written, when it was read from a folder.

    >>> print(Fault("plan.years", "2016", "a financial year", "write 2016/17", "plan.yaml", 4))
    plan.yaml, line 4: plan.years
      found:   2016
      allowed: a financial year
      mend:    write 2016/17
    """

    address: str
    found: str
    allowed: str
    mend: str
    file: str = ""
    line: int = 0
    grade: Grade = "stop"

    def at(self, file: str, line: int) -> "Fault":
        """The same fault with the file and the line where it was written."""
        return replace(self, file=file, line=line)

    @property
    def place(self) -> str:
        """File and line in words, or the address where there is no file."""
        if not self.file:
            return self.address
        where = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{where}: {self.address}" if self.address else where

    def __str__(self) -> str:
        return (
            f"{self.place}\n  found:   {self.found}\n"
            f"  allowed: {self.allowed}\n  mend:    {self.mend}"
        )


class PlanFaults(Exception):
    """A plan cannot be used as it stands; `faults` holds every reason, not only the first."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(sorted(faults, key=lambda f: (f.file, f.line, f.address)))
        count = len(self.faults)
        head = "1 fault" if count == 1 else f"{count} faults"
        super().__init__(f"{head}\n\n" + "\n\n".join(str(f) for f in self.faults))
