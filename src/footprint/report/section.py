"""What a section of the page is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from footprint.stress.answer import Answer


@dataclass(frozen=True)
class Section:
    """A section: where it stands, what it is called, and what its template is given.

    `context` gives `sentence`, the answer in one plain sentence, and the pictures and tables
    that the template `templates/sections/<id>.html` names. `there` says whether an answer has
    what the section is about.
    """

    position: int
    id: str
    title: str
    context: Callable[[Answer], dict[str, Any]]
    there: Callable[[Answer], bool] = lambda _: True


def asked_why(answer: Answer) -> bool:
    """Whether the deeper questions were asked."""
    return answer.why is not None
