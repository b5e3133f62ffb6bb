"""The tables of record-level data and the columns of them that are read; no others are touched.

The layout is the one the New Hospital Programme publishes for its demand model: a folder a
table, `<table>/fyear=2023/dataset=xyz/*.parquet`.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["whole", "number", "words", "yes-no"]


@dataclass(frozen=True)
class Column:
    """A column that is read: what it holds, and whether a cell of it may be blank."""

    kind: Kind
    blank: bool = False


_WHOLE = Column("whole")
_NUMBER = Column("number")
_WORDS = Column("words")
_YES_NO = Column("yes-no")
_WORDS_OR_BLANK = Column("words", blank=True)

_EVERY_CONTACT = {
    "age": _WHOLE,
    "sex": _WHOLE,
    "age_group": _WORDS,
    "hsagrp": _WORDS,
    "group": _WORDS,
    "ndggrp": _WORDS,
    "tretspef_grouped": _WORDS_OR_BLANK,
    "is_main_icb": _YES_NO,
    "pod": _WORDS,
}
_DEPRIVATION = {
    "icb": _WORDS_OR_BLANK,
    "imd_quintile": Column("number", blank=True),
    "sushrg_trimmed": _WORDS_OR_BLANK,
    "is_wla": _YES_NO,
}
_STRATEGY = {"rn": _WHOLE, "strategy": _WORDS, "sample_rate": _NUMBER}

INPATIENTS = "ip"
OUTPATIENTS = "op"
EMERGENCY = "aae"
AVOIDANCE = "ip_activity_avoidance_strategies"
EFFICIENCIES = "ip_efficiencies_strategies"
DEMOGRAPHIC = "demographic_factors"
BIRTHS = "birth_factors"
HEALTH_STATUS = "hsa_activity_tables"
INEQUALITIES = "inequalities"

# `rn` ties a spell to its mitigators. It is read, used for that and dropped: see `cells`.
TABLES: dict[str, dict[str, Column]] = {
    INPATIENTS: {
        "rn": _WHOLE,
        **_EVERY_CONTACT,
        **_DEPRIVATION,
        "classpat": _WORDS,
        "admimeth": _WORDS,
        "speldur": _WHOLE,
    },
    OUTPATIENTS: {
        **_EVERY_CONTACT,
        **_DEPRIVATION,
        "type": _WORDS,
        "has_procedures": _YES_NO,
        "is_first": _YES_NO,
        "is_gp_ref": _YES_NO,
        "is_cons_cons_ref": _YES_NO,
        "attendances": _WHOLE,
        "tele_attendances": _WHOLE,
    },
    EMERGENCY: {
        **_EVERY_CONTACT,
        "is_frequent_attender": _YES_NO,
        "is_low_cost_referred_or_discharged": _YES_NO,
        "is_left_before_treatment": _YES_NO,
        "is_discharged_no_treatment": _YES_NO,
        "arrivals": _WHOLE,
    },
    AVOIDANCE: _STRATEGY,
    EFFICIENCIES: {"rn": _WHOLE, "strategy": _WORDS},
    DEMOGRAPHIC: {"variant": _WORDS, "sex": _WHOLE, "age": _WHOLE},
    BIRTHS: {"variant": _WORDS, "sex": _WHOLE, "age": _WHOLE},
    HEALTH_STATUS: {"hsagrp": _WORDS, "sex": _WHOLE, "age": _WHOLE, "activity": _NUMBER},
    INEQUALITIES: {
        "icb": _WORDS,
        "sushrg_trimmed": _WORDS,
        "imd_quintile": _NUMBER,
        "level_up": _NUMBER,
        "level_down": _NUMBER,
        "zero_sum": _NUMBER,
    },
}
# These also have a column for each calendar year, named by four digits.
WITH_YEARS = (DEMOGRAPHIC, BIRTHS)
# What a baseline needs; draws need every table.
BASELINE_TABLES = (INPATIENTS, OUTPATIENTS, EMERGENCY, DEMOGRAPHIC)
MALE, FEMALE = 1, 2
OLDEST = 90
