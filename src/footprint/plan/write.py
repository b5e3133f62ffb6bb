"""Write a plan as a folder that reads back as the same plan."""

import csv
import io
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from ruamel.yaml import YAML

from footprint.plan.canonical import without_blanks
from footprint.plan.csv_text import column_names
from footprint.plan.schema import Plan
from footprint.plan.tables import TABLES


def write_plan(plan: Plan, folder: Path) -> None:
    """Write every file of the plan under `folder`, which must be empty or not exist.

    Raises FileExistsError rather than mix two plans.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty; give a folder that does not exist yet")
    for path, text in plan_files(plan).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")


def plan_files(plan: Plan) -> dict[str, str]:
    """The text of each file of the plan, by its path inside the folder."""
    files = {"plan.yaml": _yaml(plan.about)}
    for table, row in TABLES.items():
        rows = getattr(plan.baseline, table)
        if rows:
            files[f"baseline/{table}.csv"] = _csv(row, rows)
    for name, assumptions in plan.assumptions.items():
        files[f"assumptions/{name}.yaml"] = _yaml(assumptions)
    for name, scheme in plan.schemes.items():
        files[f"schemes/{name}.yaml"] = _yaml(scheme)
    if plan.scenarios:
        files["scenarios.yaml"] = _yaml(plan.scenarios)
    if plan.governance:
        files["governance.yaml"] = _yaml(plan.governance)
    return files


def _plain(part: Any) -> Any:
    if isinstance(part, BaseModel):
        return without_blanks(part.model_dump(mode="json", by_alias=True))
    return {name: _plain(inside) for name, inside in part.items()}


def _yaml(part: Any) -> str:
    writer = YAML()
    writer.width = 96
    writer.default_flow_style = False
    out = io.StringIO()
    writer.dump(_plain(part), out)
    return out.getvalue()


def _csv(row: type[BaseModel], rows: tuple[BaseModel, ...]) -> str:
    columns = column_names(row)
    used = [c for c in columns if any(_cell(r, c, row) for r in rows)]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(used)
    writer.writerows([_cell(r, c, row) for c in used] for r in rows)
    return out.getvalue()


def _cell(row: BaseModel, column: str, cls: type[BaseModel]) -> str:
    name = next(n for n, info in cls.model_fields.items() if (info.alias or n) == column)
    value = getattr(row, name)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    return str(value)
