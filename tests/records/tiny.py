"""Small hand-made records, in memory, for tests that need no parquet."""

from typing import Any

import pandas as pd

from footprint.records.parameters import Parameters, parameters
from footprint.records.read import Records

VARIANTS = {"principal": 1.0}


def spell(rn: int, **other: Any) -> dict[str, Any]:
    row = {
        "rn": rn,
        "age": 40,
        "sex": 1,
        "age_group": "35-49",
        "hsagrp": "emerg",
        "group": "non-elective",
        "ndggrp": "non-elective",
        "tretspef_grouped": "300",
        "is_main_icb": True,
        "pod": "ip_non-elective_admission",
        "icb": "A",
        "imd_quintile": 1.0,
        "sushrg_trimmed": "HRG1",
        "is_wla": False,
        "classpat": "1",
        "admimeth": "21",
        "speldur": 3,
    }
    return {**row, **other}


def attendance(**other: Any) -> dict[str, Any]:
    row = {
        **{key: value for key, value in spell(0).items() if key not in ("rn", "speldur")},
        "hsagrp": "op_adult_surgical_first",
        "group": "first",
        "ndggrp": "first",
        "pod": "op_first",
        "type": "adult_surgical",
        "has_procedures": False,
        "is_first": True,
        "is_gp_ref": False,
        "is_cons_cons_ref": False,
        "attendances": 2,
        "tele_attendances": 1,
    }
    return {**row, **other}


def arrival(**other: Any) -> dict[str, Any]:
    row = {
        **{key: value for key, value in spell(0).items() if key not in ("rn", "speldur", "is_wla")},
        "hsagrp": "aae_adult_walk-in",
        "group": "walk-in",
        "ndggrp": "walk-in",
        "tretspef_grouped": "Other",
        "pod": "aae_type-01",
        "is_frequent_attender": False,
        "is_low_cost_referred_or_discharged": False,
        "is_left_before_treatment": False,
        "is_discharged_no_treatment": False,
        "arrivals": 1,
    }
    return {**row, **other}


def members(*rows: tuple[int, str, float]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["rn", "strategy", "sample_rate"]).astype(
        {"rn": "int64", "sample_rate": float}
    )


def projection(growth: float) -> pd.DataFrame:
    keys = [(sex, age) for sex in (1, 2) for age in range(91)]
    return pd.DataFrame(
        [
            {"variant": "principal", "sex": sex, "age": age, "2023": 1000.0, "2035": 1000 * growth}
            for sex, age in keys
        ]
    )


def records(
    spells: list[dict[str, Any]],
    attendances: list[dict[str, Any]] | None = None,
    arrivals: list[dict[str, Any]] | None = None,
    avoidance: pd.DataFrame | None = None,
    efficiencies: pd.DataFrame | None = None,
    growth: float = 1.0,
) -> Records:
    use = [("emerg", sex, age, 1.0) for sex in (1, 2) for age in range(101)]
    none = members()
    tables = {
        "ip": pd.DataFrame(spells),
        "op": pd.DataFrame(attendances or [attendance()]),
        "aae": pd.DataFrame(arrivals or [arrival()]),
        "ip_activity_avoidance_strategies": none if avoidance is None else avoidance,
        "ip_efficiencies_strategies": none if efficiencies is None else efficiencies,
        "demographic_factors": projection(growth),
        "birth_factors": projection(growth),
        "hsa_activity_tables": pd.DataFrame(use, columns=["hsagrp", "sex", "age", "activity"]),
        "inequalities": pd.DataFrame(
            [("A", "HRG1", float(q), 1.1, 0.9, 1.0) for q in range(1, 6)],
            columns=[
                "icb",
                "sushrg_trimmed",
                "imd_quintile",
                "level_up",
                "level_down",
                "zero_sum",
            ],
        ),
    }
    return Records(tables, 2023)


def settings(**other: Any) -> Parameters:
    raw: dict[str, Any] = {
        "start_year": 2023,
        "end_year": 2035,
        "demographic_factors": {"variant_probabilities": VARIANTS},
        "health_status_adjustment": False,
        "inequalities": {},
        "non-demographic_adjustment": {"value-type": "year-on-year-growth", "values": {}},
    }
    families = ("expat", "repat_local", "repat_nonlocal", "baseline_adjustment")
    more = ("waiting_list_adjustment", "activity_avoidance", "efficiencies")
    return parameters({**raw, **{family: {} for family in (*families, *more)}, **other})
