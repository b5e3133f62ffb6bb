"""What pydantic says, said to the person who wrote it."""

import re
from collections.abc import Iterator, Sequence
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from footprint.plan.csv_text import number_hint
from footprint.plan.suggest import listed, near, nearest
from footprint.plan.yaml_text import Path
from footprint.terms.faults import Fault

_NUMBER = ("float_parsing", "float_type", "int_parsing", "int_type", "finite_number")
_BOUND = ("greater_than", "greater_than_equal", "less_than", "less_than_equal")


def schema_faults(
    error: ValidationError, model: type[BaseModel], data: Any, address: str
) -> Iterator[tuple[Path, Fault]]:
    """Each thing pydantic found, as (path into `data`, fault); one fault a path.

    A misspelt key that is needed is told once, as misspelt and not also as missing.
    """
    found: dict[Path, ErrorDetails] = {}
    for detail in error.errors(include_url=False):
        path = written_path(detail["loc"], data, detail["type"])
        found.setdefault(path if detail["type"] == "missing" else _closer(path, detail), detail)
    missing = [path for path, detail in found.items() if detail["type"] == "missing"]
    for path in [path for path, d in found.items() if d["type"] == "extra_forbidden"]:
        meant = near(str(path[-1]), [str(m[-1]) for m in missing if m[:-1] == path[:-1]])
        found.pop((*path[:-1], meant), None) if meant else None
    for path, detail in found.items():
        yield path, _fault(detail, path, model, data, address)


def _closer(path: Path, detail: ErrorDetails) -> Path:
    """The key that a fault of a whole mapping speaks of, where its message says so."""
    here, said = detail["input"], detail["msg"].removeprefix("Value error, ")
    if not isinstance(here, dict):
        return path
    if detail["type"] == "union_tag_invalid":
        return (*path, "kind")
    if detail["type"] != "value_error":
        return path
    told = [said.split()[0], *(key for words, keys in _SPOKEN_OF if words in said for key in keys)]
    return next(((*path, key) for key in told if key in here), path)


# Words of a message, and the keys that it speaks of.
_SPOKEN_OF = (
    (" is outside ", ("value", "distribution", "by_year")),
    (" is not a unit", ("unit",)),
    (" has no ends", ("distribution", "deviation")),
    ("age band", ("age_band", "age_group")),
    ("upside down", ("age_band", "age_group")),
)


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
    found = detail["input"]
    what = _description(model, path)
    if kind == "missing":
        mend = f"write {path[-1]} and its value" if address else "fill the cell"
        return Fault(spot, f"no {path[-1]}", what or "a value", mend)
    if kind == "extra_forbidden":
        known = _keys_at(model, path[:-1], data)
        allowed = f"one of: {listed(known, 30)}"
        mend = nearest(str(path[-1]), known, "delete it, or use one of these")
        return Fault(spot, f"a key called {path[-1]!r}", allowed, mend)
    if kind in _NUMBER:
        number = f"a number: {what}" if what else "a number"
        said = f"{_short(found)}, which is not a number"
        return Fault(spot, said, number, number_hint(str(found)))
    if kind in _BOUND:
        limit = _limit(detail)
        mend = f"write {limit}"
        if limit == "1 or less" and 1 < float(found) <= 100:
            mend = f"write {float(found) / 100:g} if you mean {float(found):g} percent"
        return Fault(spot, _short(found), f"a number, {limit}", mend)
    if kind in ("literal_error", "union_tag_invalid"):
        return _one_of(spot, detail, found)
    if kind == "value_error":
        said, cure = _found_and_cure(detail)
        return Fault(spot, said, what or _meant(said, model, path, data), cure)
    if kind == "string_pattern_mismatch":
        short = "a short name of small letters, digits and hyphens"
        return Fault(spot, _short(found), short, f"write it like {_name_like(str(found))}")
    if kind == "union_tag_not_found":
        allowed = "a key `kind` that says which kind it is"
        return Fault(spot, "no kind", allowed, "write kind: and the name of the kind")
    allowed, mend = _shape(kind, detail)
    return Fault(spot, _short(found), what or allowed, mend)


def _found_and_cure(detail: ErrorDetails) -> tuple[str, str]:
    """A message of ours, which says what was found, then the cure after a semicolon."""
    said, _, cure = detail["msg"].removeprefix("Value error, ").rpartition("; ")
    if said:
        return said, cure
    if cure.startswith("write one of ") and isinstance(detail["input"], dict):
        both = [str(key) for key in detail["input"] if str(key) in cure.split()[3:]]
        return f"{' and '.join(both)} together" if both else "none of them", cure
    return cure, "change one of the two"


def _limit(detail: ErrorDetails) -> str:
    for key, value in detail.get("ctx", {}).items():
        words = {
            "ge": f"{value:g} or more",
            "gt": f"more than {value:g}",
            "le": f"{value:g} or less",
            "lt": f"less than {value:g}",
        }
        if key in words:
            return words[key]
    return detail["msg"].removeprefix("Input should be ")


def _name_like(found: str) -> str:
    """A name that may be written, as near as can be to what was.

    >>> _name_like("County Council (NHS)")
    'county-council-nhs'
    """
    return re.sub(r"[^a-z0-9]+", "-", found.lower()).strip("-") or "county-council"


# What to write where something of another shape stands: (what is allowed, the cure).
_ASSUMPTION = "keys and values"
_SHAPES = {
    "model_type": (_ASSUMPTION, "write keys and values below it, one a line"),
    "model_attributes_type": (_ASSUMPTION, "write keys and values below it, one a line"),
    "dict_type": (_ASSUMPTION, "write keys and values below it, one a line"),
    "tuple_type": ("a list", "write a list, like [one, two]"),
    "list_type": ("a list", "write a list, like [one, two]"),
    "string_type": ("text", "put it in double quotes"),
    "bool_parsing": ("yes or no", "write yes or no"),
    "bool_type": ("yes or no", "write yes or no"),
    "too_short": ("one at least", "write one at least"),
}


def _shape(kind: str, detail: ErrorDetails) -> tuple[str, str]:
    if kind == "model_type" and detail.get("ctx", {}).get("class_name") == "Assumption":
        return (
            "a number with its evidence",
            "write value (or distribution, or by_year), unit, status and why below it, one a line",
        )
    if kind.startswith("date"):
        return "a day", "write a day like 2027-03-31"
    if kind == "string_too_short":
        least = detail.get("ctx", {}).get("min_length", 1)
        return f"at least {least} letters", f"write at least {least} letters"
    if kind == "string_too_long":
        most = detail.get("ctx", {}).get("max_length", 60)
        return f"at most {most} letters", "write a shorter one"
    said = detail["msg"].replace("Input should be", "write")
    return _SHAPES.get(kind, (said, said))


def _one_of(spot: str, detail: ErrorDetails, found: Any) -> Fault:
    context = detail.get("ctx", {})
    expected = str(context.get("expected") or context.get("expected_tags", ""))
    words = [w.strip(" '") for w in expected.replace(" or ", ", ").split(",")]
    word = str(context.get("tag", found))
    known = [w for w in words if w]
    return Fault(
        spot,
        repr(word),
        f"one of: {', '.join(known)}",
        nearest(word, known, f"write one of: {', '.join(known)}"),
    )


def _short(found: Any) -> str:
    if found is None or found in ("", [], {}):
        return "nothing"
    text = repr(found)
    return text if len(text) <= 80 else f"{text[:77]}..."


def _description(model: type[BaseModel], path: Path) -> str:
    owner: Any = model
    for step in path[:-1]:
        owner = _inside(owner, step, None)
    for cls in _models(owner):
        for name, info in cls.model_fields.items():
            if path and (info.alias or name) == path[-1]:
                whole = _models(info.annotation)
                return info.description or (_sentence(whole[0]) if len(whole) == 1 else "")
    return ""


def _meant(said: str, model: type[BaseModel], path: Path, data: Any) -> str:
    """What is allowed where no field says so: a year, or the sentence of the part it stands in."""
    if "financial year" in said or "one year" in said or "not after" in said:
        return "a financial year, from April to March"
    owner, here, sentence = model, data, _sentence(model)
    for step in path:
        owner = _inside(owner, step, here)
        here = here[step]
        models = _models(owner, here)
        sentence = _sentence(models[0]) if len(models) == 1 else sentence
    return sentence


def _sentence(cls: type[BaseModel]) -> str:
    return (
        (cls.__doc__ or "").strip().split("\n\n")[0].split(". ")[0].rstrip(".").replace("\n   ", "")
    )


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
    named = [
        m for m in found if "kind" in m.model_fields and m.model_fields["kind"].default == kind
    ]
    return named or found
