"""The commands, one function each; what they say is in `words`, what they know in the library."""

from pathlib import Path
from typing import Annotated

import typer

from footprint.cli.load import load_plan, report_advice, say_faults, stop
from footprint.cli.records import baseline_records
from footprint.plan.new import new_plan
from footprint.plan.read import read

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="One health-and-care plan for a place: check it, run it, stress-test it.",
)
baseline_app = typer.Typer(no_args_is_help=True, help="A baseline for a plan from your own data.")
baseline_app.command("records")(baseline_records)
app.add_typer(baseline_app, name="baseline")

PlanFolder = Annotated[Path, typer.Argument(help="folder that holds plan.yaml")]
ScenarioName = Annotated[str | None, typer.Option(help="name of a scenario of the plan")]
AsJson = Annotated[bool, typer.Option("--json", help="print JSON for machines, nothing else")]


@app.command()
def check(plan: PlanFolder, as_json: AsJson = False) -> None:
    """Say everything that is wrong with a plan, with file, line and cure."""
    reading = read(plan)
    if as_json:
        from footprint.cli.machine import print_faults

        print_faults(reading.faults)
    elif reading.stops or reading.plan is None:
        say_faults(plan, reading.stops)
    else:
        from footprint.cli.words import say_checked

        say_checked(plan, reading.plan)
        report_advice(reading.advice, every=True)
    if reading.stops:
        raise typer.Exit(1)


@app.command()
def run(plan: PlanFolder, scenario: ScenarioName = None, as_json: AsJson = False) -> None:
    """One future: do nothing and the plan, every assumption at its expected value."""
    reading = load_plan(plan, as_json)
    from footprint.cli.words import say_expected
    from footprint.stress.explain import expected

    try:
        answer = expected(reading.plan, scenario)
    except KeyError as error:
        stop(str(error.args[0]))
    if as_json:
        typer.echo(answer.model_dump_json(indent=2))
    else:
        say_expected(answer)


@app.command()
def stress(
    plan: PlanFolder,
    draws: Annotated[int, typer.Option(min=64, help="how many futures")] = 4096,
    seed: Annotated[int, typer.Option(min=0, help="same seed, same futures")] = 1,
    scenario: ScenarioName = None,
    processes: Annotated[int, typer.Option(min=1, help="the answer does not depend on it")] = 1,
    why: Annotated[
        bool, typer.Option("--why", help="ask the deeper questions too (about a minute)")
    ] = False,
    as_json: AsJson = False,
    out: Annotated[Path | None, typer.Option(help="folder for report.html and answer.json")] = None,
) -> None:
    """Many futures: how likely the plan is to reach its target, and what decides it."""
    reading = load_plan(plan, as_json)
    from footprint.cli.progress import asked, counted
    from footprint.cli.words import say_answer
    from footprint.stress.summary import stress as stress_plan

    with counted("working out futures") as progress:
        try:
            answer = stress_plan(
                reading.plan,
                draws,
                seed,
                scenario,
                processes,
                progress,
                tuple(reading.advice),
                asked if why else None,
            )
        except KeyError as error:
            stop(str(error.args[0]))
    if as_json:
        typer.echo(answer.model_dump_json(indent=2))
    else:
        say_answer(answer)
    if out is not None:
        from footprint.cli.out import write_report

        write_report(answer, out, quiet=as_json)


@app.command()
def compare(
    before: Annotated[str, typer.Argument(help="a plan folder, or FOLDER@SCENARIO")],
    after: Annotated[str, typer.Argument(help="another, to set beside it")],
    draws: Annotated[int, typer.Option(min=64, help="how many futures")] = 1024,
    seed: Annotated[int, typer.Option(min=0, help="same seed, same futures")] = 1,
    as_json: AsJson = False,
) -> None:
    """Two plans side by side: what differs in words, and what that does to the answer."""
    from footprint.cli.compare import compare_plans

    compare_plans(before, after, draws, seed, as_json)


@app.command()
def schema(
    of: Annotated[str, typer.Argument(help="plan, answer or run")] = "plan",
) -> None:
    """Print the JSON Schema of a plan, of the answer of `stress`, or of the answer of `run`."""
    from footprint.cli.machine import schema_text

    text = schema_text(of)
    if text is None:
        stop(f"there is no schema called {of!r}; use plan, answer or run")
    typer.echo(text)


@app.command()
def new(folder: Annotated[Path, typer.Argument(help="folder to make")]) -> None:
    """Write a small plan that works, with comments, to start from."""
    try:
        paths = new_plan(folder)
    except FileExistsError as error:
        stop(str(error))
    typer.echo(f"Wrote {len(paths)} files to {folder}. Next:")
    typer.echo(f"  footprint check {folder}\n  footprint stress {folder}")
