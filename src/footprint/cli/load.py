"""Read a plan for a command, or say what is wrong and stop."""

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import typer

from footprint.plan.read import read
from footprint.plan.schema import Plan
from footprint.terms.faults import Fault


@dataclass(frozen=True)
class Loaded:
    """A plan that can be used, and what should be known of it."""

    plan: Plan
    advice: list[Fault]


def load_plan(folder: Path, as_json: bool) -> Loaded:
    """The plan in a folder; says every fault and ends the command where it cannot be used."""
    reading = read(folder)
    if reading.stops or reading.plan is None:
        if as_json:
            from footprint.cli.machine import print_faults

            print_faults(reading.stops)
        else:
            say_faults(folder, reading.stops)
        raise typer.Exit(1)
    return Loaded(reading.plan, reading.advice)


def stop(sentence: str) -> NoReturn:
    """End the command with a sentence."""
    typer.echo(sentence, err=True)
    raise typer.Exit(2)


def say_faults(folder: Path, faults: Sequence[Fault]) -> None:
    """Every fault, and how many."""
    count = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
    typer.echo(f"{folder} cannot be used yet: {count}.\n", err=True)
    for fault in faults:
        typer.echo(f"{fault}\n", err=True)


def report_advice(advice: Sequence[Fault], every: bool) -> None:
    """Warnings: each one, or how many of each kind."""
    if not advice:
        return
    typer.echo(f"\nWorth mending ({len(advice)}), though the plan can be used:", file=sys.stdout)
    if every:
        for fault in advice:
            typer.echo(f"- {fault.place}: {fault.found}; {fault.mend}")
        return
    for found, count in Counter(fault.found for fault in advice).most_common():
        typer.echo(f"- {found}" + (f" ({count} times)" if count > 1 else ""))
