"""Where a figure leads: to its source, or to its line in the register, on this page."""

from footprint.report.table import Cell, Link, slug
from footprint.stress.answer import Answer


def source_id(source: str) -> str:
    """The id of a source's row."""
    return f"source-{slug(source)}"


def assumption_id(address: str) -> str:
    """The id of an assumption's row in the register."""
    return f"assumption-{slug(address)}"


def source_cell(answer: Answer, said: str) -> Cell:
    """The sources a figure names, each a link to its row; a name without a row stays as text.

    A source field holds one or more ids with spaces between.
    """
    known = {line.source for line in answer.sources}
    if not said.strip():
        return "none given"
    parts: list[str | Link] = []
    for name in said.split():
        parts.append(Link(name, f"#{source_id(name)}") if name in known else name)
        parts.append(" ")
    return tuple(parts[:-1])


def assumption_cell(answer: Answer, address: str, text: str) -> Cell:
    """An assumption by its name: a link to its register row, else to how the test was done."""
    known = {line.address for line in answer.assumptions}
    return (Link(text, f"#{assumption_id(address)}" if address in known else "#method-facts"),)


def outside(link: str) -> str:
    """A public web address that may be followed from the page, or nothing."""
    return link if link.startswith(("https://", "http://")) else ""
