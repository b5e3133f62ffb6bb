"""YAML with the line of every key, so that a fault can say where it was written."""

from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from footprint.terms.faults import Fault

Path = tuple[str | int, ...]
# More than any plan needs, and few enough that a file of nested aliases cannot fill the memory.
MOST_NODES = 200_000


class YamlText:
    """What a YAML text says (`data`), and the line of each of its parts (`lines`, by path)."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Path, int] = {(): 1}
        self.twice: list[Fault] = []
        self._left = MOST_NODES
        root = YAML(typ="safe", pure=True).compose(text)
        self.data: Any = None if root is None else self._value(root, ())

    def line_of(self, path: Path) -> int:
        """Line of the deepest part of `path` that was written."""
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]

    def _value(self, node: Node, path: Path) -> Any:
        self._left -= 1
        if self._left < 0:
            raise ValueError(f"more than {MOST_NODES:,} values")
        self.lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self._value(child, (*path, i)) for i, child in enumerate(node.value)]
        return _scalar(node)

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


def _scalar(node: ScalarNode) -> Any:
    kind = str(node.tag).rsplit(":", 1)[-1]
    text = str(node.value)
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


def yaml_fault(error: Exception) -> Fault:
    """A text that is not YAML, told with its line."""
    line, problem = 0, str(error)
    if isinstance(error, MarkedYAMLError):
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark is not None else 0
        problem = error.problem or problem
    return Fault(
        "",
        f"this is not YAML: {problem.strip().splitlines()[0]}",
        "keys and values, indented with spaces: `name: Home First`",
        "look at this line and the one above it: a colon, a quote or an indent is out of place",
        line=line,
    )
