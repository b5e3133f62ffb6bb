"""YAML with the line of every key, so that a fault can say where it was written."""

from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from footprint.terms.faults import Fault

Path = tuple[str | int, ...]
# More than any plan needs, and few enough that a file of nested aliases cannot fill the memory.
MOST_NODES = 200_000


class TooMuch(ValueError):
    """A text that says more than any plan has to."""


class YamlText:
    """What a YAML text says (`data`), and the line of each of its parts (`lines`, by path)."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Path, int] = {(): 1}
        self.twice: list[Fault] = []
        self._left = MOST_NODES
        root = YAML(typ="safe", pure=True).compose(text)
        self.data: Any = None if root is None else self._value(root, ())
        self._spots = {".".join(map(str, path)): line for path, line in self.lines.items()}

    def line_of(self, path: Path) -> int:
        """Line of the deepest part of `path` that was written."""
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]

    def line_at(self, address: str) -> int:
        """Line of the deepest part of a dotted address that was written; a key may hold dots."""
        while address not in self._spots:
            address = address.rpartition(".")[0]
        return self._spots[address]

    def _value(self, node: Node, path: Path) -> Any:
        self._left -= 1
        if self._left < 0:
            raise TooMuch
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self._value(child, (*path, i)) for i, child in enumerate(node.value)]
        return _scalar(str(node.tag), str(node.value))

    def _mapping(self, node: MappingNode, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key_node, child in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + 1
            if key in found:
                first = self.lines[(*path, key)]
                self.twice.append(_said_twice(path, key, first, line))
            self.lines[(*path, key)] = line
            found[key] = self._value(child, (*path, key))
        return found


def _said_twice(path: Path, key: str, first: int, line: int) -> Fault:
    return Fault(
        ".".join(str(part) for part in (*path, key)),
        f"{key!r} is written on line {first} and again on line {line}",
        "each key once",
        "keep one of the two",
        line=line,
    )


def _scalar(tag: str, text: str) -> Any:
    kind = tag.rsplit(":", 1)[-1]
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    if kind == "int" and text.lstrip("+-").isdigit():
        return int(text)
    if kind in ("int", "float"):
        try:
            return float(text.replace("_", ""))
        except ValueError:
            return text
    return text


# What is never closed is told where it opens.
_NEVER_CLOSED = ("unexpected end of stream", "expected ',' or", "could not find expected ':'")
# What the parser says, what a person did, and the cure.
_SLIPS = (
    ("character '\\t'", "a tab", "indent with spaces, never with tabs"),
    (
        "mapping values are not allowed",
        "a second colon on the line, or a line indented further than those above it",
        "put text that holds a colon in double quotes, or mend the indent",
    ),
    (
        "could not find expected ':'",
        "a line without a colon",
        "write `name: value`, with a space after the colon",
    ),
    (
        "that cannot start any token",
        "text that begins with a sign YAML keeps for itself",
        "put the text in double quotes",
    ),
    (
        "expected <block end>",
        "a line that does not stand below the one it belongs with",
        "begin all keys of one level in the same column",
    ),
    (
        "found unexpected end of stream",
        "a quote that is opened and never closed",
        "close the quote",
    ),
    ("expected ',' or", "a bracket that is opened and never closed", "close the bracket"),
    ("undefined alias", "a * at the start of a text", "put the text in double quotes"),
    ("special characters are not allowed", "a character that cannot be seen", "delete it"),
)


def yaml_fault(error: Exception) -> Fault:
    """A text that is not YAML, told with its line."""
    allowed = "keys and values, indented with spaces, like `name: Home First`"
    if isinstance(error, TooMuch | RecursionError):
        return Fault(
            "",
            f"more than {MOST_NODES:,} values, or values nested without end",
            "a file that a person could read",
            "write out what is meant, without & and * (YAML's references)",
        )
    line, problem = 0, str(error)
    if isinstance(error, MarkedYAMLError):
        problem = error.problem or problem
        marks = [error.problem_mark, error.context_mark]
        if any(said in problem for said in _NEVER_CLOSED):
            marks.reverse()
        line = next((mark.line + 1 for mark in marks if mark is not None), 0)
    problem = problem.strip().splitlines()[0]
    for said, found, mend in _SLIPS:
        if said in problem:
            return Fault(
                "", found, allowed, f"{mend}; look at this line and those above", line=line
            )
    mend = "look at this line and those above: a colon, a quote or an indent is out of place"
    return Fault("", f"what is no YAML: {problem}", allowed, mend, line=line)
