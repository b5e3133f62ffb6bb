"""The report as one HTML file: no script, no request to anybody, readable on an old telephone."""

import base64
import hashlib
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from footprint.report.sections import sections
from footprint.stress.answer import Answer


def html_report(answer: Answer) -> str:
    """The answer of a stress test as one self-contained, accessible HTML page.

    The same answer gives the same bytes: nothing is read but the answer and the templates.
    """
    style = _style()
    parts: list[dict[str, Any]] = [
        {"id": section.id, "title": section.title, **section.context(answer)}
        for section in sections()
        if section.there(answer)
    ]
    return (
        _environment()
        .get_template("page.html")
        .render(
            answer=answer,
            title=page_title(answer),
            parts=parts,
            style=Markup(style),  # ours, from this package
            style_hash=_hash(style),
        )
    )


def page_title(answer: Answer) -> str:
    """The title of the page: the plan's, and what was done to it."""
    scenario = f", scenario {answer.scenario}" if answer.scenario else ""
    return f"{answer.title}: stress test{scenario}"


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("footprint.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _style() -> str:
    loader = _environment().loader
    assert loader is not None
    return loader.get_source(_environment(), "style.css")[0]


def _hash(style: str) -> str:
    """What the content security policy names the one style element by."""
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
