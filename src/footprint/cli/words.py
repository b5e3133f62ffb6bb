"""What the commands say: plain words first, tables after."""

from pathlib import Path

import typer

from footprint.cli.money import between, pounds, share
from footprint.cli.tables import heading, show
from footprint.cli.why_words import say_why
from footprint.plan.canonical import digest
from footprint.plan.schema import Plan
from footprint.stress.answer import Answer, Expected, Spread, StatedAnswer


def say_checked(folder: Path, plan: Plan) -> None:
    """The plan can be used, and what it holds."""
    assumptions = plan.assumptions_by_address()
    doubtful = sum(a.doubt is not None for a in assumptions.values())
    typer.echo(f"{plan.about.title}: nothing keeps this plan from being used.")
    typer.echo(
        f"{len(plan.about.partners)} partners, {len(plan.baseline.services)} services, "
        f"{len(plan.schemes)} schemes, {len(assumptions)} assumptions of which {doubtful} are "
        f"uncertain, {plan.years[0]} to {plan.years[-1]}."
    )
    typer.echo(f"Digest {digest(plan)} of {folder}.")


def say_answer(answer: Answer) -> None:
    """The answer of a stress test."""
    typer.echo(f"\n{answer.title}" + (f", scenario {answer.scenario}" if answer.scenario else ""))
    for sentence in answer_sentences(answer):
        typer.echo(sentence)
    _gap_table(answer)
    _driver_table(answer)
    _partner_table(answer)
    _capacity_table(answer)
    _target_table(answer)
    _hindsight_table(answer)
    if answer.why:
        say_why(answer.why, answer.partners)
    for sentence in limits(answer):
        typer.echo(sentence)


def answer_sentences(answer: Answer) -> list[str]:
    """The answer in plain sentences, the most important first."""
    p, target = answer.p_target, answer.target
    sentences = [
        f"\nThe plan reaches its target in {p.words} "
        f"({share(p.correlated)}, give or take {share(p.standard_error)} from drawing "
        f"{answer.draws:,} futures).",
        f"The target: a gap of at most {pounds(target.at_most or 0)} in {target.year}.",
        _apart(share(p.correlated), share(p.independent)),
    ]
    stated = target.readings.get("stated")
    if stated and answer.stated.gap is not None:
        sentences.append(
            f"Measured against the gap as the plan stated it ({pounds(answer.stated.gap)}, of "
            f"which {pounds(answer.stated.gap_unexplained)} cannot be rebuilt), it reaches it in "
            f"{stated.words}."
        )
    return [
        *sentences,
        f"If nothing is done, the gap in {target.year} is {between(target.do_nothing)}.",
        f"With the plan it is {between(target.plan)}.",
        *stated_sentences(answer.stated),
        *_ground_sentences(answer),
    ]


def _apart(together: str, alone: str) -> str:
    if together == alone:
        return "It would be the same if assumptions had nothing in common."
    return (
        f"If assumptions had nothing in common it would be {alone}: what they share makes good "
        "and bad futures both more common."
    )


def stated_sentences(stated: StatedAnswer) -> list[str]:
    """What the plan stated that can be rebuilt, and what cannot."""
    if not stated.savings:
        return []
    part = stated.savings_rebuilt / stated.savings
    return [
        f"Of the {pounds(stated.savings)} of savings the plan stated, "
        f"{pounds(stated.savings_rebuilt)} ({part:.0%}) can be rebuilt from any line with a figure."
    ]


def _ground_sentences(answer: Answer) -> list[str]:
    grounds = answer.grounds.get("gap", {})
    if not grounds:
        return []
    parts = ", ".join(f"{share(part)} {name}" for name, part in grounds.items() if part)
    return [f"The gap rests on figures that are {parts}."]


def _range(spread: Spread) -> str:
    return f"{pounds(spread.p10)} to {pounds(spread.p90)}"


def _gap_table(answer: Answer) -> None:
    table = heading(
        "The gap by year: 8 in 10 futures lie in the range",
        "year", "if nothing is done", "middle", "with the plan", "middle",
    )  # fmt: skip
    nothing, plan = answer.gap.do_nothing.place, answer.gap.plan.place
    for year in answer.years:
        cells = (_range(nothing[year]), pounds(nothing[year].p50))
        table.add_row(year, *cells, _range(plan[year]), pounds(plan[year].p50))
    show(table)


def _driver_table(answer: Answer) -> None:
    table = heading(
        "What decides it: share of the doubt about the gap with the plan",
        "assumption", "share", "95% interval", "what the plan says",
    )  # fmt: skip
    for driver in answer.drivers:
        low, high = driver.interval
        table.add_row(
            driver.label, share(driver.share), f"{share(low)} to {share(high)}", driver.value
        )
    noise = answer.dummy.interval[1]
    table.caption = f"A stream that nothing reads reaches {noise:.0%}: below that is noise."
    show(table)


def _partner_table(answer: Answer) -> None:
    year = answer.years[-1]
    table = heading(
        f"By partner, {year}: money short (a minus is money over); the expected values add up",
        "partner", "if nothing is done", "expected", "with the plan", "expected",
    )  # fmt: skip
    nothing, plan = answer.gap.do_nothing, answer.gap.plan
    for name in nothing.partners:
        a, b = nothing.partners[name][year], plan.partners[name][year]
        table.add_row(answer.partners[name], _range(a), pounds(a.mean), _range(b), pounds(b.mean))
    a, b = nothing.place[year], plan.place[year]
    table.add_section()
    table.add_row("The place", _range(a), pounds(a.mean), _range(b), pounds(b.mean))
    show(table)


def _capacity_table(answer: Answer) -> None:
    if not answer.resources:
        return
    year = answer.years[-1]
    table = heading(
        f"Beds and places, {year}, with the plan",
        "resource", "needed (8 in 10)", "there is", "days a year short",
    )  # fmt: skip
    for resource in answer.resources.values():
        needed, there = resource.needed.plan[year], resource.available.plan[year]
        short = resource.short_days.plan[year]
        table.add_row(
            resource.name,
            f"{needed.p10:,.0f} to {needed.p90:,.0f}",
            f"{there.p50:,.0f}",
            f"{short.p10:,.0f} to {short.p90:,.0f}",
        )
    show(table)


def _hindsight_table(answer: Answer) -> None:
    if not answer.hindsight:
        return
    table = heading("What was claimed, and what came (the report says how they compare)", "measure")
    for column in ("claimed", "came"):
        table.add_column(column)
    for line in answer.hindsight:
        claimed = f"{line.claimed} ({line.claimed_period})" if line.claimed_period else line.claimed
        came = f"{line.came} ({line.came_period})" if line.came_period else line.came
        table.add_row(line.measure, claimed, came)
    show(table)


def _target_table(answer: Answer) -> None:
    if len(answer.targets) < 2:
        return
    table = heading("Every target", "objective", "year", "reached in")
    for target in answer.targets:
        table.add_row(target.statement, target.year, target.p_target.words)
    show(table)


def limits(answer: Answer) -> list[str]:
    """What could not be checked, and what is left out."""
    said = [
        f"\nChance in who falls ill adds ±{pounds(answer.chance_in_counts)} (one standard "
        "deviation) and is not in the ranges above.",
        f"Counted by the {answer.cost_lens} cost of an avoided unit; chance of the target by "
        + ", ".join(f"{lens} {share(p)}" for lens, p in answer.p_target_by_lens.items())
        + ".",
    ]
    if answer.advice:
        things = "1 thing is" if len(answer.advice) == 1 else f"{len(answer.advice)} things are"
        said.append(f"{things} worth mending: footprint check says what.")
    said.append(f"Digest {answer.digest[:12]}, seed {answer.seed}, Footprint {answer.version}.")
    return said


def say_expected(answer: Expected) -> None:
    """The one future in which every assumption has its expected value."""
    bridge = answer.bridge
    typer.echo(f"\n{answer.title}" + (f", scenario {answer.scenario}" if answer.scenario else ""))
    typer.echo(
        f"\nWith every assumption at its expected value, the gap in {answer.years[-1]} is "
        f"{pounds(bridge.do_nothing)} if nothing is done and {pounds(bridge.plan)} with the plan."
    )
    for sentence in stated_sentences(answer.stated):
        typer.echo(sentence)
    table = heading("The gap by year", "year", "if nothing is done", "with the plan")
    for year in answer.years:
        table.add_row(year, pounds(answer.do_nothing.place[year]), pounds(answer.plan.place[year]))
    show(table)
    _bridge_table(answer)
    typer.echo("\nOne future is no forecast: footprint stress asks how likely it is.")


def _bridge_table(answer: Expected) -> None:
    bridge = answer.bridge
    table = heading(f"Why: from causes to the gap, {answer.years[-1]}", "cause", "amount")
    for cause in bridge.causes:
        if cause.total:
            table.add_row(cause.cause, pounds(cause.total))
    table.add_row("The gap if nothing is done", pounds(bridge.do_nothing), end_section=True)
    for scheme in bridge.schemes:
        table.add_row(f"{scheme.name}, alone", pounds(-scheme.total))
    if bridge.schemes:
        table.add_row("Overlap between schemes", pounds(-bridge.overlap))
    table.add_row("The gap with the plan", pounds(bridge.plan))
    show(table)
