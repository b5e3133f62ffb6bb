"""What machines read: faults and schemas as JSON."""

import json
from collections.abc import Sequence
from dataclasses import asdict

import typer
from pydantic import BaseModel

from footprint.plan.schema import Plan
from footprint.stress.answer import Answer, Expected
from footprint.terms.faults import Fault

_SCHEMAS: dict[str, type[BaseModel]] = {"plan": Plan, "answer": Answer, "run": Expected}


def print_faults(faults: Sequence[Fault]) -> None:
    """Faults as a JSON object with one list."""
    typer.echo(json.dumps({"faults": [asdict(fault) for fault in faults]}, indent=2))


def schema_text(of: str) -> str | None:
    """The JSON Schema of a document by name, or None where there is none of that name."""
    model = _SCHEMAS.get(of)
    if model is None:
        return None
    schema = model.model_json_schema(mode="validation" if model is Plan else "serialization")
    return json.dumps(schema, indent=2, ensure_ascii=False)
