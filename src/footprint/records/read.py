"""Read record-level data, or say what is wrong with it by file and column.

Only the columns of `layout.TABLES` are read. A fault counts rows; it never quotes one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from footprint.records.layout import FEMALE, MALE, OLDEST, TABLES, WITH_YEARS, Column
from footprint.terms.faults import Fault, PlanFaults

_KINDS = {
    "whole": "whole numbers",
    "number": "numbers",
    "words": "words",
    "yes-no": "true or false",
}


@dataclass(frozen=True)
class Records:
    """Tables by name, as read. Lives in memory only: nothing here may be written."""

    tables: dict[str, pd.DataFrame]
    year: int | None
    """First calendar year of the financial year of the records, where the folders say it."""

    def __getitem__(self, table: str) -> pd.DataFrame:
        return self.tables[table]

    def __repr__(self) -> str:
        sizes = ", ".join(f"{name}: {len(frame)} rows" for name, frame in self.tables.items())
        return f"Records({sizes})"


def read_records(
    folder: Path,
    tables: Iterable[str] = tuple(TABLES),
    year: int | None = None,
    dataset: str | None = None,
) -> Records:
    """The tables of a folder in the published layout, checked.

    `year` and `dataset` choose where a folder holds several. Raises PlanFaults with every
    fault found, and ModuleNotFoundError with the cure where pyarrow is not installed.
    """
    faults: list[Fault] = []
    frames: dict[str, pd.DataFrame] = {}
    years: set[int] = set()
    for table in tables:
        paths = sorted((folder / table).rglob("*.parquet"))
        chosen = list(_chosen(table, paths, year, dataset, faults))
        if not chosen:
            continue
        years |= {found for path in chosen if (found := _year(path)) is not None}
        parts = [
            part for path in chosen if (part := _part(path, folder, table, faults)) is not None
        ]
        if parts:
            frames[table] = pd.concat(parts, ignore_index=True)
    if len(years) > 1:
        faults.append(
            Fault(
                "fyear",
                f"tables of different years: {', '.join(map(str, sorted(years)))}",
                "one year for all tables",
                "give the year you want, or move the others away",
                str(folder),
            )
        )
    if faults:
        raise PlanFaults(faults)
    checked(frames)
    return Records(frames, min(years, default=None))


def checked(frames: dict[str, pd.DataFrame]) -> None:
    """Raise PlanFaults unless tables already in memory hold together."""
    faults = [fault for table, frame in frames.items() for fault in _rows_faults(table, frame)]
    if faults:
        raise PlanFaults(faults)


def _part_named(path: Path, key: str) -> str | None:
    found = [part.removeprefix(f"{key}=") for part in path.parts if part.startswith(f"{key}=")]
    return found[-1] if found else None


def _year(path: Path) -> int | None:
    text = _part_named(path, "fyear")
    return int(text) if text is not None and text.isdigit() else None


def _chosen(
    table: str, paths: list[Path], year: int | None, dataset: str | None, faults: list[Fault]
) -> Iterator[Path]:
    kept = [
        path
        for path in paths
        if year in (None, _year(path)) and dataset in (None, _part_named(path, "dataset"))
    ]
    if not kept:
        wanted = f"{table}/fyear={year or 'YYYY'}/dataset={dataset or 'NAME'}/*.parquet"
        found = "no parquet file for it" if not paths else "parquet files, but none of those"
        faults.append(Fault(table, found, wanted, "put the table there, or check the folder"))
        return
    for key, option in (("fyear", "year"), ("dataset", "dataset")):
        found_here = sorted({name for path in kept if (name := _part_named(path, key))})
        if len(found_here) > 1:
            faults.append(
                Fault(table, f"several: {', '.join(found_here)}", f"one {key}", f"give {option}")
            )
            return
    yield from kept


def _part(path: Path, folder: Path, table: str, faults: list[Fault]) -> pd.DataFrame | None:
    """The wanted columns of one file; None, and faults, where they are not there."""
    parquet = _parquet()
    name = str(path.relative_to(folder))
    try:
        file = parquet.ParquetFile(path)
    except (OSError, ValueError) as error:
        first = str(error).splitlines()[0]
        faults.append(
            Fault("", f"a file that cannot be read: {first}", "parquet", "save it again", name)
        )
        return None
    columns = TABLES[table]
    missing = [column for column in columns if column not in file.schema_arrow.names]
    faults.extend(
        Fault(column, "no such column", f"{column}: {_KINDS[columns[column].kind]}", "add it", name)
        for column in missing
    )
    wanted = [column for column in columns if column not in missing]
    if table in WITH_YEARS:
        wanted += [c for c in file.schema_arrow.names if c.isdigit() and len(c) == 4]
    frame: pd.DataFrame = file.read(columns=wanted).to_pandas()
    for column in wanted:
        kept, fault = _typed(frame[column], columns.get(column, Column("number")))
        if fault:
            faults.append(Fault(column, fault, *_cure(column, columns), name))
        elif kept is not None:
            frame[column] = kept
    return None if missing else frame


def _cure(column: str, columns: dict[str, Column]) -> tuple[str, str]:
    kind = columns[column].kind if column in columns else "number"
    return f"{_KINDS[kind]} in every row", "mend the column where the table is made"


def _typed(values: "pd.Series[Any]", column: Column) -> tuple[Any, str]:
    """Values as the kind of the column, or what is wrong in words."""
    blanks = int(values.isna().sum())
    if blanks and not column.blank:
        return None, f"{blanks} blank of {len(values)} rows"
    if column.kind == "words":
        return values.astype("object").where(values.notna(), "").astype(str), ""
    if column.kind == "yes-no":
        if pd.api.types.is_bool_dtype(values) or set(pd.unique(values)) <= {0, 1}:
            return values.astype(bool), ""
        return None, "other values than true and false"
    numbers = pd.to_numeric(values, errors="coerce").astype(float)
    wrong = int((numbers.isna() & values.notna()).sum() + np.isinf(numbers).sum())
    if wrong:
        return None, f"{wrong} of {len(values)} rows are no number"
    if column.kind == "whole":
        if bool((numbers != numbers.round()).any()):
            return None, "numbers that are not whole"
        return numbers.astype("int64"), ""
    return numbers, ""


# Column: what is allowed in words, lowest and highest.
_LIMITS = {
    "age": (f"0 to {OLDEST}, where {OLDEST} stands for all older", 0, OLDEST),
    "sex": (f"{MALE} (male) or {FEMALE} (female)", MALE, FEMALE),
    "speldur": ("0 nights or more", 0, np.inf),
    "attendances": ("0 or more", 0, np.inf),
    "tele_attendances": ("0 or more", 0, np.inf),
    "arrivals": ("0 or more", 0, np.inf),
    "sample_rate": ("0 to 1", 0, 1),
    "activity": ("0 or more", 0, np.inf),
}


def _rows_faults(table: str, frame: pd.DataFrame) -> Iterator[Fault]:
    cure = "mend the column where the table is made"
    for column, (allowed, low, high) in _LIMITS.items():
        if column not in frame:
            continue
        top = 100 if (table, column) == ("hsa_activity_tables", "age") else high
        outside = int(((frame[column] < low) | (frame[column] > top)).sum())
        if outside:
            yield Fault(column, f"{outside} rows outside what is allowed", allowed, cure, table)
    keys = {"ip": ["rn"], "ip_activity_avoidance_strategies": ["rn", "strategy"]}
    keys["ip_efficiencies_strategies"] = ["rn", "strategy"]
    if table in keys and (twice := int(frame.duplicated(keys[table]).sum())):
        named = " and ".join(keys[table])
        yield Fault(named, f"{twice} rows more than once", "each once", cure, table)


def _parquet() -> Any:
    try:
        import pyarrow.parquet
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(
            "reading parquet needs pyarrow, which is an extra: pip install 'footprint[records]'"
        ) from error
    return pyarrow.parquet
