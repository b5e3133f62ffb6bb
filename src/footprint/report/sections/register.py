"""The register of assumptions, the sources, and how the test was done."""

from typing import Any

from footprint.report.numbers import percent, plural
from footprint.report.refs import assumption_id, outside, source_cell, source_id
from footprint.report.section import Section
from footprint.report.table import Cell, Link, Row, Table, columns, row, table
from footprint.stress.answer import Answer, RegisterLine, SourceLine

_FACTORS = {"correlation.plan": "across the whole plan"}


def context(answer: Answer) -> dict[str, Any]:
    """What the template is given."""
    scenario = f" --scenario {answer.scenario}" if answer.scenario else ""
    return {
        "sentence": _sentence(answer),
        "register": _register(answer) if answer.assumptions else None,
        "sources": _sources(answer) if answer.sources else None,
        "facts": _facts(answer),
        "command": f"footprint stress PLAN --draws {answer.draws} --seed {answer.seed}{scenario}",
    }


def _sentence(answer: Answer) -> str:
    lines = answer.assumptions
    unowned = sum(not line.owner for line in lines)
    unsourced = sum(not line.source.strip() for line in lines)
    if not (unowned or unsourced):
        return f"Of {plural(len(lines), 'assumption')}, every one has an owner and a source."
    return (
        f"Of {plural(len(lines), 'assumption')}, {_lack(unowned, 'owner')} and "
        f"{_lack(unsourced, 'source')}."
    )


def _lack(number: int, of: str) -> str:
    """How many lack something: `3 have no source`."""
    if number == 0:
        return f"every one has {'an' if of[0] in 'aeiou' else 'a'} {of}"
    return f"{number:,} {'has' if number == 1 else 'have'} no {of}"


def _register(answer: Answer) -> Table:
    heads = columns(
        (
            "Assumption",
            "What the plan says",
            "Why",
            "Who answers for it",
            "How we know",
            "Evidence",
            "Source",
            "Look again",
        ),
        (),
    )
    rows = (_line(answer, line) for line in answer.assumptions)
    return table("register", "Register of assumptions", heads, rows)


def _line(answer: Answer, line: RegisterLine) -> Row:
    return row(
        line.label,
        line.value,
        line.why,
        line.owner or "nobody named",
        line.status,
        line.grade,
        source_cell(answer, line.source),
        line.review or "no date",
        id=assumption_id(line.address),
    )


def _sources(answer: Answer) -> Table:
    heads = columns(("Source", "Title", "Publisher", "Year", "Kind", "Licence"), ())
    rows = (_source(line) for line in answer.sources)
    return table("sources", "Sources", heads, rows)


def _source(line: SourceLine) -> Row:
    link = outside(line.link)
    beside = f"{line.title} ({line.link})" if line.link else line.title
    title: Cell = (Link(line.title, link),) if link else beside
    return row(
        line.source,
        title,
        line.publisher,
        line.year,
        line.kind,
        line.licence,
        id=source_id(line.source),
    )


def _facts(answer: Answer) -> list[tuple[str, str]]:
    shared = "; ".join(
        f"{percent(share)} {_FACTORS.get(name, name.rsplit('.', 1)[-1].replace('-', ' '))}"
        for name, share in answer.correlation.items()
    )
    return [
        ("Futures tried", f"{answer.draws:,}"),
        ("Seed of the draws", str(answer.seed)),
        ("Scenario", answer.scenario or "the plan as written"),
        ("How much assumptions go wrong together", shared or "none declared"),
        ("How a saving is counted", answer.cost_lens),
        ("Version of Footprint", answer.version),
        ("Digest of the plan as tested", answer.digest),
    ]


SECTION = Section(14, "register", "Assumptions, sources and method", context)
