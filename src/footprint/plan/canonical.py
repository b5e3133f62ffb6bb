"""The one form of a plan in which equal plans are equal bytes, and its digest."""

import hashlib
import json
from typing import Any

from footprint.plan.schema import Plan
from footprint.plan.tables import KEYS, TABLES


def document(plan: Plan) -> dict[str, Any]:
    """The plan as plain data: nothing blank, table rows in the order of their keys.

    The order of rows in a file and of keys in a mapping says nothing, except for need segments,
    whose order is their severity, so equal plans give equal documents however they were typed.
    """
    data: dict[str, Any] = without_blanks(plan.model_dump(mode="json", by_alias=True))
    tables = data.get("baseline", {})
    for table, rows in tables.items():
        if table != "segments":
            columns = [_column(table, name) for name in KEYS[table]]
            rows.sort(key=lambda row, by=columns: tuple(str(row.get(c, "")) for c in by))
    return data


def _column(table: str, field: str) -> str:
    """The column a field of a row is written in."""
    return TABLES[table].model_fields[field].alias or field


def without_blanks(value: Any) -> Any:
    """`value` without keys that say nothing: None, empty words, empty lists and mappings."""
    if isinstance(value, dict):
        kept = {key: without_blanks(inside) for key, inside in value.items()}
        return {key: inside for key, inside in kept.items() if not _blank(inside)}
    if isinstance(value, list):
        return [without_blanks(inside) for inside in value]
    return value


def _blank(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, dict | list) and not value)


def canonical(plan: Plan) -> str:
    """The document as JSON with sorted keys and shortest numbers."""
    return json.dumps(document(plan), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(plan: Plan) -> str:
    """SHA-256 of the canonical form, in hexadecimal: what a signature names.

    Any change of any word or number gives another digest.
    """
    return hashlib.sha256(canonical(plan).encode()).hexdigest()
