"""A baseline for a plan from record-level data: volumes, use by age and sex, days of stay.

What is counted is summed in memory, and only sums that `small_cells` lets by are given back.
The rows are those of the tables of a plan; each says that it is derived, and from what.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd
from pydantic import BaseModel

from footprint.evidence.source import Source
from footprint.plan.csv_text import column_names
from footprint.plan.tables import AgeProfileRow, ServiceRow, Sourced, UseRow, VolumeRow
from footprint.records.layout import (
    DEMOGRAPHIC,
    EMERGENCY,
    FEMALE,
    INPATIENTS,
    MALE,
    OLDEST,
    OUTPATIENTS,
)
from footprint.records.read import Records
from footprint.records.small_cells import Counted, is_small, joined, rounded
from footprint.terms.ages import AgeBand
from footprint.terms.faults import Fault, PlanFaults
from footprint.terms.years import financial_year

SOURCE = "hospital-records"
BEDS = "acute-beds"
BANDS = (
    AgeBand(0, 0),
    AgeBand(1, 4),
    *(AgeBand(low, low + 4) for low in range(5, OLDEST, 5)),
    AgeBand(OLDEST, None),
)
_SEXES: dict[int, Literal["female", "male"]] = {FEMALE: "female", MALE: "male"}
_NO_COST = "unit cost: none in the records, 0 stands for it; put yours here"


@dataclass(frozen=True)
class Baseline:
    """Rows for baseline/*.csv of a plan, and the services too small to give."""

    services: tuple[ServiceRow, ...]
    volumes: tuple[VolumeRow, ...]
    age_profiles: tuple[AgeProfileRow, ...]
    uses: tuple[UseRow, ...]
    sources: tuple[Source, ...]
    too_small: tuple[str, ...]


@dataclass(frozen=True)
class _Service:
    """A service as it is counted: contacts and nights, by age and sex."""

    name: str
    title: str
    unit: str
    contacts: pd.DataFrame
    """Columns age, sex, contacts, nights and stayers (who stay a night or more)."""

    @property
    def total(self) -> int:
        return int(self.contacts["contacts"].sum())


def baseline(records: Records, variant: str | None = None, year: int | None = None) -> Baseline:
    """Rows for a plan. `variant` is the projection whose first year is the people served.

    Raises PlanFaults where the year is not known or nobody lives at an age that uses a service.
    """
    start = year if year is not None else records.year
    if start is None:
        allowed = "folders named fyear=2023, or the year"
        raise PlanFaults([Fault("fyear", "no year", allowed, "give the year of the records")])
    people = _people(records[DEMOGRAPHIC], variant, start)
    services = list(_services(records))
    kept = [service for service in services if not is_small(service.total)]
    return Baseline(
        services=tuple(_service_row(service) for service in kept),
        volumes=tuple(_volume_row(service, start) for service in kept),
        age_profiles=tuple(row for service in kept for row in _profile(service, people)),
        uses=tuple(row for service in kept for row in _use(service)),
        sources=(_source(start),),
        too_small=tuple(service.name for service in services if service not in kept),
    )


def write_baseline(rows: Baseline, folder: Path) -> list[Path]:
    """Write the rows as tables in `folder`. Raises FileExistsError rather than overwrite one."""
    tables: dict[str, Sequence[BaseModel]] = {
        "services": rows.services,
        "volumes": rows.volumes,
        "age_profiles": rows.age_profiles,
        "uses": rows.uses,
        "sources": rows.sources,
    }
    paths = [folder / f"{table}.csv" for table in tables]
    there = [path.name for path in paths if path.exists()]
    if there:
        raise FileExistsError(
            f"{folder} already has {', '.join(there)}; give another folder and copy the rows over"
        )
    folder.mkdir(parents=True, exist_ok=True)
    for path, table in zip(paths, tables.values(), strict=True):
        path.write_text(_text(table), encoding="utf-8", newline="\n")
    return paths


def _services(records: Records) -> Iterator[_Service]:
    spells = records[INPATIENTS].assign(contacts=1)
    spells["nights"] = spells["speldur"]
    for pod, group in spells.groupby("pod"):
        yield _service(str(pod).removeprefix("ip_"), "admission", group)
    seen = records[OUTPATIENTS].assign(nights=0)
    seen["contacts"] = seen["attendances"] + seen["tele_attendances"]
    for pod, group in seen.groupby("pod"):
        yield _service("outpatient_" + str(pod).removeprefix("op_"), "attendance", group)
    came = records[EMERGENCY].assign(nights=0)
    came["contacts"] = came["arrivals"]
    yield _service("ae_attendances", "attendance", came)


def _service(pod: str, unit: str, rows: pd.DataFrame) -> _Service:
    """A service from the rows of a point of delivery; what names a row goes no further."""
    counted = rows.assign(stayers=(rows["nights"] > 0).astype(int))
    columns = ["contacts", "nights", "stayers"]
    by_age = counted.groupby(["age", "sex"], as_index=False)[columns].sum()
    name = pod.lower().replace("_", "-")
    title = "A&E attendances" if name == "ae-attendances" else name.replace("-", " ").capitalize()
    return _Service(name, title, unit, by_age)


def _people(table: pd.DataFrame, variant: str | None, year: int) -> pd.DataFrame:
    """People by age and sex in the year of the records."""
    known = sorted(table["variant"].unique())
    name = variant or next((v for v in known if "principal" in v), known[0])
    faults = []
    if name not in known:
        allowed = ", ".join(known)
        faults.append(Fault("variant", name, allowed, "choose one of these", DEMOGRAPHIC))
    if str(year) not in table.columns:
        found = f"no column {year}"
        faults.append(Fault("year", found, "the year of the records", "add it", DEMOGRAPHIC))
    if faults:
        raise PlanFaults(faults)
    chosen = table[table["variant"] == name]
    return chosen[["age", "sex"]].assign(people=chosen[str(year)])


def _service_row(service: _Service) -> ServiceRow:
    return ServiceRow(
        service=service.name,
        name=service.title,
        unit=service.unit,
        group="acute",
        sector="nhs",
        age_profile=service.name if service.total else "",
    )


def _volume_row(service: _Service, year: int) -> VolumeRow:
    return VolumeRow(
        service=service.name,
        place="all",
        volume=rounded(service.total),
        unit_cost_gbp=0,
        price_year=financial_year(year),
        status_volume="derived",
        status_cost="assumed",
        source=SOURCE,
        note=f"records counted, rounded to 5; {_NO_COST}",
    )


def _profile(service: _Service, people: pd.DataFrame) -> Iterator[AgeProfileRow]:
    """Contacts a head by age and sex; both sexes together where one alone is too small."""
    if not service.total:
        return
    both = {sex: joined(_banded(service, people, [sex])) for sex in _SEXES}
    if any(is_small(each.count) for bands in both.values() for each in bands):
        yield from _profile_rows(service.name, "all", joined(_banded(service, people, [*_SEXES])))
        return
    for sex, bands in both.items():
        yield from _profile_rows(service.name, _SEXES[sex], bands)


def _banded(service: _Service, people: pd.DataFrame, sexes: list[int]) -> list[Counted]:
    contacts = service.contacts[service.contacts["sex"].isin(sexes)]
    living = people[people["sex"].isin(sexes)]
    return [
        Counted(
            band,
            int(contacts.loc[_within(contacts["age"], band), "contacts"].sum()),
            float(living.loc[_within(living["age"], band), "people"].sum()),
        )
        for band in BANDS
    ]


def _within(ages: "pd.Series[int]", band: AgeBand) -> "pd.Series[bool]":
    return (ages >= band.low) & (ages < band.end if band.high is not None else ages >= band.low)


def _profile_rows(
    name: str, sex: Literal["all", "female", "male"], bands: Sequence[Counted]
) -> Iterator[AgeProfileRow]:
    for each in bands:
        if each.count and each.people <= 0:
            found = f"nobody aged {each.band} ({sex}), who use {name}"
            allowed = "people at every age that uses a service"
            raise PlanFaults([Fault("people", found, allowed, "mend the table", DEMOGRAPHIC)])
        weight = rounded(each.count) / each.people if each.count else 0.0
        yield AgeProfileRow(
            profile=name,
            age_group=str(each.band),
            sex=sex,
            weight=float(f"{weight:.6g}"),
            status="derived",
            source=SOURCE,
            note="contacts, rounded to 5, a head of the people served",
        )


def _use(service: _Service) -> Iterator[UseRow]:
    """Nights in a bed a spell, where some stay the night; the mean of few is not shown."""
    nights, stayers = (int(service.contacts[each].sum()) for each in ("nights", "stayers"))
    if is_small(stayers) or not stayers:
        return
    yield UseRow(
        service=service.name,
        resource=BEDS,
        per_unit=float(f"{rounded(nights) / rounded(service.total):.4g}"),
        status="derived",
        source=SOURCE,
        note="nights a spell, both rounded to 5; the public model counts nights + 1 as bed days",
    )


def _source(year: int) -> Source:
    return Source(
        source=SOURCE,
        title="Own hospital records: inpatients, outpatients and A&E",
        year=financial_year(year),
        kind="outturn",
        licence="own records; counts below 8 left out, others rounded to 5",
    )


def _text(rows: Sequence[BaseModel]) -> str:
    """A table as CSV, without the columns that no row fills."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    if rows:
        dumped = [row.model_dump(mode="json", by_alias=True) for row in rows]
        columns = column_names(type(rows[0]))
        if isinstance(rows[0], Sourced):
            columns = sorted(columns, key=lambda column: column in Sourced.model_fields)
        filled = [c for c in columns if any(_cell(r[c]) for r in dumped)]
        writer.writerow(filled)
        writer.writerows([_cell(row[column]) for column in filled] for row in dumped)
    return out.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)
