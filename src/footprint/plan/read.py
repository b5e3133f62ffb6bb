"""Read a plan from its folder; say everything that is wrong with it at once."""

from dataclasses import dataclass, field, replace
from pathlib import Path as FilePath
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError
from ruamel.yaml.error import YAMLError

from footprint.evidence.assumption import Assumption
from footprint.evidence.source import Source
from footprint.plan.checks import check_plan
from footprint.plan.csv_text import plain_number, read_csv
from footprint.plan.governance import Governance
from footprint.plan.record import Name, Record
from footprint.plan.schema import About, Plan, Scenario
from footprint.plan.schema_faults import schema_faults
from footprint.plan.scheme import Scheme
from footprint.plan.suggest import listed, nearest
from footprint.plan.tables import NEEDED_TABLES, TABLES, Baseline
from footprint.plan.yaml_text import YamlText, yaml_fault
from footprint.terms.faults import Fault, PlanFaults

# Far above any real plan; a larger file is a slip (an export of records, say).
LARGEST_YAML = 2_000_000
LARGEST_CSV = 20_000_000
# Rows of a table with the same slip that are told one by one.
MOST_ALIKE = 5

_FILES = (
    "plan.yaml, scenarios.yaml, governance.yaml, baseline/*.csv, assumptions/*.yaml, schemes/*.yaml"
)
_DOCUMENTS = ("plan.yaml", "scenarios.yaml", "governance.yaml")
_Part = TypeVar("_Part", bound=BaseModel)


@dataclass
class Reading:
    """A plan as far as it could be read, and what is wrong or worth knowing."""

    plan: Plan | None = None
    faults: list[Fault] = field(default_factory=list)

    @property
    def stops(self) -> list[Fault]:
        """Faults that keep the plan from being used."""
        return [f for f in self.faults if f.grade == "stop"]

    @property
    def advice(self) -> list[Fault]:
        """Warnings and notes: the plan can be used, and this should be known."""
        return [f for f in self.faults if f.grade != "stop"]


def read_plan(folder: FilePath | str) -> Plan:
    """The plan in a folder. Raises PlanFaults with every fault, each with file and line."""
    reading = read(folder)
    if reading.stops or reading.plan is None:
        raise PlanFaults(reading.stops)
    return reading.plan


def read(folder: FilePath | str) -> Reading:
    """The plan in a folder with all that is wrong with it; never raises for what a person wrote."""
    return _Reader(FilePath(folder)).read()


class _Reader:
    """Reads one folder. Holds what has been found so far, so that all faults come at once."""

    def __init__(self, folder: FilePath) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self.broken: set[str] = set()  # parts that could not be read whole
        self.yaml: dict[str, YamlText] = {}
        self.rows: dict[str, list[int]] = {}  # table -> line of each row

    def read(self) -> Reading:
        if not self._is_a_plan_folder():
            return Reading(None, self.faults)
        self._strangers()
        about = self._document("plan.yaml", "plan", About)
        parts: dict[str, Any] = {
            "baseline": Baseline.model_validate({t: self._table(t) for t in TABLES}),
            "assumptions": {
                file.stem: self._entries(f"assumptions/{file.name}", Assumption)
                for file in self._yaml_in("assumptions")
                if self._is_name(file.stem, "assumptions", f"assumptions/{file.name}")
            },
            "schemes": self._schemes(),
            "scenarios": self._entries("scenarios.yaml", Scenario),
            "governance": self._document("governance.yaml", "governance", Governance, False),
        }
        if about is None:
            return Reading(None, self.faults)
        plan = Plan(about=about, **parts)
        self.faults += [self._located(f) for f in check_plan(plan, frozenset(self.broken))]
        order = sorted(self.faults, key=lambda f: (f.file, f.line, f.address))
        return Reading(None if self.broken else plan, order)

    def _is_a_plan_folder(self) -> bool:
        name = self.folder.name or str(self.folder)
        what = None
        if not self.folder.is_dir():
            what = "a file" if self.folder.exists() else "a folder that does not exist"
            mend = "give the folder that holds plan.yaml, or make one with: footprint new DIR"
        elif not any(self.folder.iterdir()):
            what = "an empty folder"
            mend = "start from a small plan that works: footprint new DIR"
        elif not (self.folder / "plan.yaml").exists():
            what = "no plan.yaml in it"
            mend = "give the folder that holds plan.yaml, or start with: footprint new DIR"
        if what:
            self._fault(Fault(f"the folder {name}", what, f"a folder with {_FILES}", mend))
        return what is None

    def _strangers(self) -> None:
        """Files in places where only known files are read, so that none is passed over."""
        known = {f"{t}.csv" for t in TABLES}
        for file in self._files_like("baseline", ".csv"):
            if file != f"baseline/{FilePath(file).name}" or FilePath(file).name not in known:
                self._stray(file, known)
        for sub in ("assumptions", "schemes"):
            for file in self._files_like(sub, ".yaml", ".yml"):
                if file != f"{sub}/{FilePath(file).stem}.yaml":
                    self._stray(file, {f"{sub}/{FilePath(file).stem}.yaml"})
        for path in sorted(self.folder.iterdir()):
            if path.suffix.lower() in (".yaml", ".yml") and path.name not in _DOCUMENTS:
                self._stray(path.name, set(_DOCUMENTS))
        for table in NEEDED_TABLES:
            if not (self.folder / "baseline" / f"{table}.csv").exists():
                self.broken.add(table)
                self._fault(
                    Fault(
                        "",
                        "this file is missing",
                        f"the table {table}",
                        "write it, or copy it from a new plan: footprint new DIR",
                        f"baseline/{table}.csv",
                    )
                )

    def _files_like(self, sub: str, *endings: str) -> list[str]:
        """Files with these endings, however written, at any depth below a folder of the plan."""
        found = (self.folder / sub).rglob("*")
        return sorted(
            file.relative_to(self.folder).as_posix()
            for file in found
            if file.suffix.lower() in endings and not file.name.startswith(".")
        )

    def _stray(self, path: str, known: set[str]) -> None:
        mend = nearest(FilePath(path).name, known, "rename or delete it")
        if len(known) == 1:
            mend = f"rename it to {next(iter(known))}, or delete it"
        self._fault(
            Fault("", "a file that nothing reads", f"one of: {listed(known, 30)}", mend, path)
        )

    def _text(self, path: str, largest: int) -> str | None:
        file = self.folder / path
        if not file.is_file():
            self._fault(Fault("", "a folder", "a file", "rename or delete the folder", path))
            return None
        size = file.stat().st_size
        if size > largest:
            self._fault(
                Fault(
                    "",
                    f"the file has {size / 1e6:,.1f} MB",
                    f"at most {largest / 1e6:,.0f} MB",
                    "keep sums here (by place, age and year), and records somewhere else",
                    path,
                )
            )
            return None
        try:
            return file.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = file.read_bytes()[: error.start].count(b"\n") + 1
            self._fault(
                Fault(
                    "",
                    f"a letter that is not UTF-8: {_as_windows(error)}",
                    "text saved as UTF-8",
                    "save the file again as UTF-8 (in a spreadsheet: CSV UTF-8)",
                    path,
                    line,
                )
            )
            return None

    def _load(self, path: str) -> Any:
        """What a YAML file says; None where it could not be read (told already)."""
        text = self._text(path, LARGEST_YAML)
        if text is None:
            return None
        try:
            loaded = YamlText(text)
        except (YAMLError, ValueError, RecursionError) as error:
            self._fault(yaml_fault(error), path)
            return None
        self.yaml[path] = loaded
        for fault in loaded.twice:
            self._fault(fault, path)
        if not isinstance(loaded.data, dict):
            found = {type(None): "nothing", list: "a list"}.get(type(loaded.data), "text alone")
            self._fault(
                Fault(
                    "",
                    f"the file holds {found}",
                    "keys and values: `name: ...`",
                    "write the file as keys and values, or delete it",
                ),
                path,
                1,
            )
            return None
        return loaded.data

    def _document(
        self, path: str, part: str, model: type[_Part], needed: bool = True
    ) -> _Part | None:
        if not needed and not (self.folder / path).exists():
            return None
        data = self._load(path)
        found = None if data is None else self._valid(model, data, path, part, ())
        if found is None:
            self.broken.add(part)
        return found

    def _entries(self, path: str, model: type[_Part]) -> dict[str, _Part]:
        """A YAML file of named things, each valid or told."""
        part = path.split("/")[0].removesuffix(".yaml")
        if not (self.folder / path).exists():
            return {}
        data = self._load(path)
        if data is None:
            self.broken.add(part)
            return {}
        address = path.removesuffix(".yaml")
        found = {
            n: self._valid(model, d, path, f"{address}.{n}", (n,))
            for n, d in data.items()
            if self._is_name(n, part, path, self.yaml[path].line_of((n,)))
        }
        if None in found.values():
            self.broken.add(part)
        return {name: value for name, value in found.items() if value is not None}

    def _schemes(self) -> dict[str, Scheme]:
        found = {}
        for file in self._yaml_in("schemes"):
            path = f"schemes/{file.name}"
            if not self._is_name(file.stem, "schemes", path):
                continue
            data = self._load(path)
            address = f"schemes/{file.stem}"
            scheme = None if data is None else self._valid(Scheme, data, path, address, ())
            if scheme:
                found[file.stem] = scheme
            else:
                self.broken.add("schemes")
        return found

    def _is_name(self, word: str, part: str, path: str, line: int = 0) -> bool:
        """Whether a file or key may be used as a name; told, and `part` broken, where not."""
        try:
            TypeAdapter(Name).validate_python(word)
        except ValidationError as error:
            for _, fault in schema_faults(error, Record, word, ""):
                self._fault(fault, path, line)
            self.broken.add(part)
            return False
        return True

    def _yaml_in(self, sub: str) -> list[FilePath]:
        return sorted((self.folder / sub).glob("*.yaml"))

    def _valid(
        self, model: type[_Part], data: Any, path: str, address: str, inside: tuple[str, ...]
    ) -> _Part | None:
        try:
            return TypeAdapter(model).validate_python(data)
        except ValidationError as error:
            for spot, fault in schema_faults(error, model, data, address):
                self._fault(fault, path, self.yaml[path].line_of((*inside, *spot)))
            return None

    def _table(self, table: str) -> tuple[BaseModel, ...]:
        path, row = f"baseline/{table}.csv", TABLES[table]
        if not (self.folder / path).exists():
            return ()
        text = self._text(path, LARGEST_CSV)
        if text is None:
            self.broken.add(table)
            return ()
        found = read_csv(text, row)
        if not found.rows and not found.faults and table in NEEDED_TABLES:
            found.faults.append(_no_rows(table))
        for fault in found.faults:
            self._fault(fault, path)
        slips: dict[tuple[str, str], list[Fault]] = {}
        rows = [(line, self._row(row, words, line, slips)) for line, words in found.rows]
        for same in slips.values():
            for fault in _shortened(same):
                self._fault(fault, path)
        self.rows[table] = [line for line, valid in rows if valid is not None]
        if found.faults or len(self.rows[table]) < len(rows):
            self.broken.add(table)
        return tuple(valid for _, valid in rows if valid is not None)

    def _row(
        self,
        row: type[Record] | type[Source],
        words: dict[str, str],
        line: int,
        slips: dict[tuple[str, str], list[Fault]],
    ) -> BaseModel | None:
        """A row of a table, or None; its faults go to `slips`, by column and what is allowed."""
        numbers = {
            info.alias or name
            for name, info in row.model_fields.items()
            if info.annotation in (float, float | None)
        }
        data = {c: plain_number(w) if c in numbers else w for c, w in words.items()}
        try:
            return row.model_validate(data)
        except ValidationError as error:
            for _, fault in schema_faults(error, row, data, ""):
                slips.setdefault((fault.address, fault.allowed), []).append(fault.at("", line))
            return None

    def _fault(self, fault: Fault, file: str = "", line: int = 0) -> None:
        self.faults.append(fault.at(file or fault.file, line or fault.line))

    def _located(self, fault: Fault) -> Fault:
        """A fault of the whole plan, with the file and line where its address was written."""
        head, _, rest = fault.address.partition("/")
        if head == "baseline":
            table, _, spot = rest.partition("[")
            index, _, column = spot.partition("]")
            line = self.rows[table][int(index)] if index else int(table in self.rows)
            return replace(fault, address=column.strip(".")).at(f"baseline/{table}.csv", line)
        folder = f"{head}/" if head in ("assumptions", "schemes") else ""
        name, _, inside = fault.address.removeprefix(folder).partition(".")
        file = f"{folder}{name}.yaml"
        text = self.yaml.get(file)
        return fault.at(file, text.line_at(inside) if text else 0)


def _shortened(same: list[Fault]) -> list[Fault]:
    """The first few of many slips of one kind in a column, and how many more there are."""
    if len(same) <= MOST_ALIKE:
        return same
    last = same[MOST_ALIKE - 1]
    more = f"{last.found}; and {len(same) - MOST_ALIKE:,} more rows have the same slip below it"
    return [*same[: MOST_ALIKE - 1], replace(last, found=more)]


def _as_windows(error: UnicodeDecodeError) -> str:
    """The first letter that is not UTF-8, as Windows would have meant it, with its neighbours."""
    near = error.object[max(error.start - 10, 0) : error.start + 10]
    return repr(near.decode("cp1252", "replace").splitlines()[0] if near else "")


def _no_rows(table: str) -> Fault:
    return Fault(
        "", "no rows below the first line", f"rows of {table}", "write a row for each fact", line=1
    )
