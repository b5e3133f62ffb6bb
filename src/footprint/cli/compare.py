"""Two plans side by side."""

import json
from pathlib import Path

import typer
from rich.table import Table

from footprint.cli.load import load_plan, stop
from footprint.cli.money import between, pounds, share
from footprint.cli.progress import counted
from footprint.cli.tables import show
from footprint.plan.diff import changes
from footprint.plan.scenario import in_scenario
from footprint.plan.schema import Plan
from footprint.stress.answer import Answer
from footprint.stress.summary import stress

# Differences shown before the rest is only counted.
_MOST = 12


def compare_plans(before: str, after: str, draws: int, seed: int, as_json: bool) -> None:
    """Print what differs and what it does; each side is FOLDER or FOLDER@SCENARIO."""
    plans = [_plan(where, as_json) for where in (before, after)]
    differences = changes(*plans)
    with counted("working out futures") as progress:
        answers = [stress(plan, draws, seed, progress=progress) for plan in plans]
    if as_json:
        typer.echo(json.dumps(_document(differences, answers), indent=2, ensure_ascii=False))
    else:
        _say(before, after, differences, answers)


def _plan(where: str, as_json: bool) -> Plan:
    folder, _, scenario = where.partition("@")
    plan = load_plan(Path(folder), as_json).plan
    try:
        return in_scenario(plan, scenario or None)
    except KeyError as error:
        stop(str(error.args[0]))


def _document(differences: list[str], answers: list[Answer]) -> dict[str, object]:
    sides = [
        {
            "digest": a.digest,
            "p_target": a.p_target.model_dump(),
            "gap": a.target.plan.model_dump(),
            "do_nothing": a.target.do_nothing.model_dump(),
        }
        for a in answers
    ]
    return {"differences": differences, "before": sides[0], "after": sides[1]}


def _say(before: str, after: str, differences: list[str], answers: list[Answer]) -> None:
    if not differences:
        typer.echo("The two plans say the same.")
    else:
        typer.echo(f"What differs ({len(differences)}):")
        for difference in differences[:_MOST]:
            typer.echo(f"- {difference}")
        if len(differences) > _MOST:
            typer.echo(f"- and {len(differences) - _MOST} more (--json lists all)")
    table = Table(title=f"\nA: {before}\nB: {after}", title_justify="left")
    for column in ("", "A", "B"):
        table.add_column(column)
    rows = {
        "reaches its target in": lambda a: f"{a.p_target.words} ({share(a.p_target.correlated)})",
        "gap if nothing is done": lambda a: f"{between(a.target.do_nothing)} ({a.target.year})",
        "gap with the plan": lambda a: f"{between(a.target.plan)} ({a.target.year})",
        "the plan takes off": lambda a: pounds(a.bridge.do_nothing - a.bridge.plan),
    }
    for name, value in rows.items():
        table.add_row(name, *(value(a) for a in answers))
    show(table)
