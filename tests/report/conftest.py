"""Answers of real runs, the pages made from them, and a page as a tree."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

import pytest

from footprint.plan.read import read
from footprint.report.page import html_report
from footprint.stress.answer import Answer
from footprint.stress.summary import stress

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "leicestershire-2016"
STARTER = ROOT / "src" / "footprint" / "plan" / "starter"
HOSTILE = """<script>alert("1")</script> & 'Sons' <b onclick=x>"""
VOID = {"meta", "link", "br", "hr", "img", "input"}


def run(folder: Path) -> Answer:
    reading = read(folder)
    assert reading.plan is not None
    return stress(reading.plan, draws=128, seed=1, advice=tuple(reading.advice))


@pytest.fixture(scope="session")
def example() -> Answer:
    """The example of 2016, with everything a plan can hold."""
    return run(EXAMPLE)


@pytest.fixture(scope="session")
def starter() -> Answer:
    """The smallest plan: nothing stated, no hindsight."""
    return run(STARTER)


@pytest.fixture(scope="session")
def bare(starter: Answer) -> Answer:
    """A plan of which there is nothing to say in almost every section."""
    empty = {
        name: type(getattr(starter, name))()
        for name in (
            "drivers", "stated_lines", "people", "services", "spend", "resources", "roles",
            "money_by_purpose", "assumptions", "sources", "hindsight", "advice", "grounds",
            "pays_and_gains", "correlation", "people_by_age", "use_by_age", "registered",
        )
    }  # fmt: skip
    bridge = starter.bridge.model_copy(update={"schemes": ()})
    return starter.model_copy(update={**empty, "bridge": bridge})


@pytest.fixture(scope="session")
def hostile(example: Answer) -> Answer:
    """The example with words that would break a page that trusts them."""
    source = example.sources[0].model_copy(update={"link": "javascript:alert(1)", "title": HOSTILE})
    advice = example.advice[0].model_copy(update={"found": HOSTILE, "place": HOSTILE})
    schemes = [s.model_copy(update={"name": HOSTILE}) for s in example.bridge.schemes]
    return example.model_copy(
        update={
            "title": HOSTILE,
            "place": HOSTILE,
            "scenario": HOSTILE,
            "partners": dict.fromkeys(example.partners, HOSTILE),
            "bridge": example.bridge.model_copy(update={"schemes": tuple(schemes)}),
            "drivers": tuple(d.model_copy(update={"label": HOSTILE}) for d in example.drivers),
            "sources": (source, *example.sources[1:]),
            "advice": (advice, *example.advice),
        }
    )


@dataclass
class Node:
    """An element of the page."""

    tag: str
    attrs: dict[str, str]
    children: list["Node | str"] = field(default_factory=list)

    def all(self, tag: str = "") -> Iterator["Node"]:
        """Every element below, in order, of one kind or of any."""
        for child in self.children:
            if isinstance(child, Node):
                if tag in ("", child.tag):
                    yield child
                yield from child.all(tag)

    def text(self) -> str:
        """All words below."""
        return " ".join(c if isinstance(c, str) else c.text() for c in self.children)


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.stack = [Node("document", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.stack[-1].children.append(node)
        if tag not in VOID:
            self.stack.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.stack.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.stack[-1].tag == tag, f"<{self.stack[-1].tag}> is closed by </{tag}>"
        self.stack.pop()

    def handle_data(self, data: str) -> None:
        self.stack[-1].children.append(data)


@pytest.fixture(scope="session")
def tree() -> Callable[[Answer], Node]:
    """The page of an answer as a tree; fails where an element is not closed."""

    def parse(answer: Answer) -> Node:
        parser = _Tree()
        parser.feed(html_report(answer))
        parser.close()
        assert [node.tag for node in parser.stack] == ["document"]
        return parser.stack[0]

    return parse
