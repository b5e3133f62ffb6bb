"""What `stress --why` says: one plain sentence a question, then its table."""

import typer

from footprint.cli.money import pounds, share
from footprint.cli.tables import heading, show
from footprint.stress.why_answer import AttributionAnswer, Why

# Lines shown of each list; the report and --json have all.
_MOST = 6


def say_why(why: Why, names: dict[str, str]) -> None:
    """The deeper questions; `names` are partners by id."""
    _groups(why)
    _failing(why)
    _attribution(why.attribution, names)
    _worth(why)
    for dispute in why.agenda:
        typer.echo(dispute.words)


def _groups(why: Why) -> None:
    table = heading(
        "What decides it, in groups: by itself, in all, and a fair part where things move together",
        "group", "by itself", "in all", "fair part",
    )  # fmt: skip
    for line in why.groups[:_MOST]:
        fair = "" if line.shapley is None else share(line.shapley)
        table.add_row(line.label, share(line.first), share(line.total), fair)
    show(table)


def _failing(why: Why) -> None:
    typer.echo("\nHow it turns:")
    for way in why.ways[:1]:
        typer.echo(way.words)
    for box in why.boxes:
        typer.echo(f"- {box.words}")
    if not why.boxes:
        typer.echo("- No corner of a few assumptions holds most of the failing futures.")
    turning = [line for line in why.break_even if line.turns]
    if not turning:
        typer.echo("- No assumption alone, anywhere in its range, would turn the plan.")
    for line in turning[:_MOST]:
        typer.echo(f"- {line.words}")


def _attribution(found: AttributionAnswer, names: dict[str, str]) -> None:
    year = list(found.whole)[-1]
    twice = found.counted_twice[year]
    side = "much" if twice > 0 else "little"
    typer.echo(
        f"\nIn {year} the schemes together take {pounds(found.whole[year])} off the gap; adding "
        f"them up one by one would book {pounds(abs(twice))} too {side}."
    )
    table = heading(
        f"Whose saving it is, {year}: parts that add up, whatever the order",
        "scheme", "its part", "if it were alone", "gains most", "loses most",
    )  # fmt: skip
    for scheme in found.schemes:
        ranked = sorted(scheme.by_partner.items(), key=lambda item: item[1])
        best = _partner(names, ranked[-1]) if ranked and ranked[-1][1] > 0 else "nobody"
        worst = _partner(names, ranked[0]) if ranked and ranked[0][1] < 0 else "nobody"
        parts = (pounds(scheme.saving[year]), pounds(scheme.alone[year]))
        table.add_row(scheme.name, *parts, best, worst)
    show(table)


def _partner(names: dict[str, str], gain: tuple[str, float]) -> str:
    return f"{names[gain[0]]} {pounds(gain[1])}"


def _worth(why: Why) -> None:
    typer.echo(
        "\nBefore choosing which one scheme to leave out, if any, knowing everything first would "
        f"be worth {pounds(why.knowing_everything)} a year."
    )
    for line in why.knowing_first[:3]:
        if line.value > 2 * line.standard_error:
            typer.echo(f"- settling {line.label}: {pounds(line.value)} a year")
