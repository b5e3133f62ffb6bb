"""What pydantic says, said to the person who wrote it."""

from collections.abc import Iterator, Sequence
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from footprint.plan.csv_text import number_hint
from footprint.plan.suggest import listed, nearest
from footprint.plan.yaml_text import Path
from footprint.terms.faults import Fault

_NUMBER = ("float_parsing", "float_type", "int_parsing", "int_type", "finite_number")
_BOUND = ("greater_than", "greater_than_equal", "less_than", "less_than_equal")


def schema_faults(
    error: ValidationError, model: type[BaseModel], data: Any, address: str
) -> Iterator[tuple[Path, Fault]]:
    """Each thing pydantic found, as (path into `data`, fault); one fault a path."""
    told: set[tuple[Path, str]] = set()
    for detail in error.errors(include_url=False):
        path = written_path(detail["loc"], data, detail["type"])
        if (path, detail["type"]) not in told:
            told.add((path, detail["type"]))
            yield path, _fault(detail, path, model, data, address)


def written_path(loc: Sequence[str | int], data: Any, kind: str) -> Path:
    """The part of `loc` that stands in `data`, without the marks pydantic adds for unions."""
    path: list[str | int] = []
    here = data
    for i, step in enumerate(loc):
        inside = (isinstance(here, dict) and step in here) or (
            isinstance(here, list | tuple) and isinstance(step, int) and step < len(here)
        )
        if inside:
            path.append(step)
            here = here[step]
        elif kind == "missing" and i == len(loc) - 1:
            path.append(step)
    return tuple(path)


def _fault(
    detail: ErrorDetails, path: Path, model: type[BaseModel], data: Any, address: str
) -> Fault:
    spot = ".".join([address, *(str(part) for part in path)]).strip(".")
    kind = detail["type"]
    found, said = detail["input"], detail["msg"].removeprefix("Value error, ")
    if kind == "missing":
        what = _description(model, path) or "a value"
        return Fault(spot, f"no {path[-1]!r}", what, f"write {path[-1]}: {what}")
    if kind == "extra_forbidden":
        known = _keys_at(model, path[:-1], data)
        allowed = f"one of: {listed(known, 30)}"
        return Fault(spot, f"a key called {path[-1]!r}", allowed,
                     nearest(str(path[-1]), known, "delete it or use one of the keys above"))
    if kind in _NUMBER:
        return Fault(spot, f"{found!r}, which is not a number", "a number",
                     number_hint(str(found)))
    if kind in _BOUND:
        limit = said.removeprefix("Input should be ")
        return Fault(spot, f"{_short(found)}", limit, f"write a number {limit}")
    if kind in ("literal_error", "union_tag_invalid"):
        return _one_of(spot, detail, found)
    if kind == "value_error":
        return Fault(spot, said, _description(model, path) or "see what was found",
                     said.rsplit("; ", 1)[-1])
    if kind == "string_pattern_mismatch":
        return Fault(spot, _short(found), "a short name of small letters, digits and hyphens",
                     "write it like leicester-council")
    if kind == "union_tag_not_found":
        return Fault(spot, "no 'kind'", "a key `kind` that says which kind it is",
                     "write kind: and the name of the kind")
    what = _description(model, path)
    return Fault(spot, _short(found), what or said, said.replace("Input should be", "write"))


def _one_of(spot: str, detail: ErrorDetails, found: Any) -> Fault:
    context = detail.get("ctx", {})
    expected = str(context.get("expected") or context.get("expected_tags", ""))
    words = [w.strip(" '") for w in expected.replace(" or ", ", ").split(",")]
    word = str(context.get("tag", found))
    known = [w for w in words if w]
    return Fault(spot, repr(word), f"one of: {', '.join(known)}",
                 nearest(word, known, f"write one of: {', '.join(known)}"))


def _short(found: Any) -> str:
    text = repr(found)
    return text if len(text) <= 80 else f"{text[:77]}..."


def _description(model: type[BaseModel], path: Path) -> str:
    owner: Any = model
    for step in path[:-1]:
        owner = _inside(owner, step, None)
    for cls in _models(owner):
        for name, info in cls.model_fields.items():
            if path and (info.alias or name) == path[-1]:
                return info.description or ""
    return ""


def _keys_at(model: type[BaseModel], path: Path, data: Any) -> list[str]:
    owner: Any = model
    here = data
    for step in path:
        here = here[step]
        owner = _inside(owner, step, here)
    keys: list[str] = []
    for cls in _models(owner, here):
        keys.extend(info.alias or name for name, info in cls.model_fields.items())
    return keys


def _inside(owner: Any, step: str | int, here: Any) -> Any:
    """The annotation of what stands at `step` inside `owner`."""
    for cls in _models(owner, here):
        for name, info in cls.model_fields.items():
            if (info.alias or name) == step:
                return info.annotation
    args = [a for a in get_args(_bare(owner)) if a is not Ellipsis]
    return args[-1] if args else owner


def _bare(annotation: Any) -> Any:
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return annotation


def _models(annotation: Any, here: Any = None) -> list[type[BaseModel]]:
    """The models an annotation may stand for; by its `kind` when `here` names one."""
    bare = _bare(annotation)
    if isinstance(bare, type) and issubclass(bare, BaseModel):
        return [bare]
    if get_origin(bare) not in (Union, UnionType):
        return []
    found = [m for arg in get_args(bare) for m in _models(arg)]
    kind = here.get("kind") if isinstance(here, dict) else None
    named = [m for m in found if "kind" in m.model_fields and m.model_fields["kind"].default == kind]
    return named or found


