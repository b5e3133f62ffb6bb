"""The slow way, as a test oracle: one run at a time, every row resampled by itself.

Written from the description of the public model's steps, without the cells of the library. It
takes the same settings for a run as the library draws, so that only chance in counts differs.
What it keeps of the public model that cells do not: all copies of a resampled row share the
mitigators and the efficiency drawn for the row.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from footprint.records.draw import Prepared
from footprint.records.parameters import Parameters, drawn, drawn_variants, generator
from footprint.records.read import Records

MEASURES = ("admissions", "beddays", "attendances", "tele_attendances", "arrivals")


@dataclass
class Run:
    """Settings of one run."""

    records: Records
    params: Parameters
    values: dict[str, float]
    variant: str
    equivalent: dict[int, np.ndarray]
    rng: np.random.Generator

    def setting(self, address: str) -> float:
        return self.values.get(address, 1.0)


def row_by_row(prepared: Prepared, records: Records, runs: int, seed: int) -> pd.DataFrame:
    """Measures of each run; a row a run."""
    params = prepared.params
    values = drawn(params, runs, seed)
    variants = drawn_variants(params, runs, seed)
    uniform = generator(seed, "health_status_adjustment").random(runs)
    ages = {sex: each.equivalent_ages(uniform) for sex, each in prepared.health.items()}
    found = []
    for number in range(runs):
        run = Run(
            records,
            params,
            {address: float(each[number]) for address, each in values.items()},
            list(params.variants)[variants[number]],
            {sex: each[:, number] for sex, each in ages.items()},
            np.random.default_rng([seed, number, 99]),
        )
        counts = dict.fromkeys(MEASURES, 0)
        for part in (inpatients(run), outpatients(run), emergency(run)):
            for measure, count in part.items():
                counts[measure] += count
        found.append(counts)
    return pd.DataFrame(found)


def people_factor(run: Run, rows: pd.DataFrame) -> np.ndarray:
    start, end = str(run.params.start_year), str(run.params.end_year)
    factors = {}
    for table in ("demographic_factors", "birth_factors"):
        frame = run.records[table]
        frame = frame[frame["variant"] == run.variant].set_index(["sex", "age"])
        factors[table] = (frame[end] / frame[start]).to_dict()
    use = run.records["hsa_activity_tables"].sort_values("age")
    by_age = {key: frame["activity"].to_numpy() for key, frame in use.groupby(["hsagrp", "sex"])}
    found = {}
    for key in set(zip(rows["age"], rows["sex"], rows["hsagrp"], rows["group"], strict=True)):
        age, sex, hsagrp, group = key
        table = "birth_factors" if group == "maternity" else "demographic_factors"
        factor = factors[table].get((sex, age), 1.0)
        if run.equivalent and age >= 55 and (hsagrp, sex) in by_age:
            activity = by_age[hsagrp, sex]
            then = np.interp(run.equivalent[sex][age - 55], np.arange(101), activity)
            factor *= max(then, 0) / activity[age]
        found[key] = factor
    keys = zip(rows["age"], rows["sex"], rows["hsagrp"], rows["group"], strict=True)
    return np.array([found[key] for key in keys])


def place_factor(run: Run, activity: str, rows: pd.DataFrame) -> np.ndarray:
    years = run.params.end_year - run.params.start_year
    levelled = levelling(run, activity, rows)
    factors = []
    columns = ["group", "tretspef_grouped", "is_main_icb", "ndggrp"]
    waits = rows["is_wla"] if "is_wla" in rows else [False] * len(rows)
    known: dict[tuple, float] = {}
    for *key, waiting in zip(*(rows[c] for c in columns), waits, strict=True):
        whole = (*key, waiting)
        if whole not in known:
            group, specialty, main, growth = key
            nested = {"ip": f"{group}/{specialty}", "op": specialty, "aae": group}[activity]
            own = f"{group}/{specialty}" if activity == "op" else nested
            repat = "repat_local" if main else "repat_nonlocal"
            factor = run.setting(f"expat/{activity}/{nested}")
            factor *= run.setting(f"{repat}/{activity}/{nested}")
            factor *= run.setting(f"baseline_adjustment/{activity}/{own}")
            if waiting:
                factor *= run.setting(f"waiting_list_adjustment/{activity}/{specialty}")
            factor *= run.setting(f"non-demographic_adjustment/{activity}/{growth}") ** years
            known[whole] = factor
        factors.append(known[whole])
    return np.array(factors) * levelled


def levelling(run: Run, activity: str, rows: pd.DataFrame) -> np.ndarray:
    group = {"ip": "elective", "op": "procedure"}.get(activity)
    if group is None or not run.params.inequalities:
        return np.ones(len(rows))
    table = run.records["inequalities"].set_index(["icb", "sushrg_trimmed", "imd_quintile"])
    found = []
    columns = ["icb", "sushrg_trimmed", "imd_quintile", "group"]
    for icb, hrg, quintile, own in zip(*(rows[c] for c in columns), strict=True):
        kind = run.params.inequalities.get(hrg)
        if kind and own == group and (icb, hrg, quintile) in table.index:
            found.append(float(table.loc[(icb, hrg, quintile), kind]))
        else:
            found.append(1.0)
    return np.array(found)


def inpatients(run: Run) -> dict[str, int]:
    rows = run.records["ip"].sort_values("rn").reset_index(drop=True)
    rng = run.rng
    copies = rng.poisson(people_factor(run, rows) * place_factor(run, "ip", rows))
    avoid = run.records["ip_activity_avoidance_strategies"]
    avoid = avoid[avoid["strategy"].isin(list(run.params.named("activity_avoidance/ip")))]
    avoid = avoid[rng.binomial(1, avoid["sample_rate"]).astype(bool)]
    left = ("activity_avoidance/ip/" + avoid["strategy"]).map(run.values)
    share = rows["rn"].map(left.groupby(avoid["rn"]).prod()).fillna(1.0)
    copies = rng.binomial(copies, share)
    own = run.records["ip_efficiencies_strategies"]
    own = own[own["strategy"].isin(list(run.params.efficiency_types))]
    picked = own.sample(frac=1, random_state=rng).drop_duplicates("rn").set_index("rn")["strategy"]
    chosen = rows["rn"].map(picked)
    for digit, care in (("1", "elective"), ("2", "emergency")):
        general = f"general_los_reduction_{care}"
        mask = rows["admimeth"].str.startswith(digit) & (rows["speldur"] > 0)
        mask &= (rows["classpat"] == "1") & chosen.isna()
        if general in run.params.efficiency_types:
            chosen = chosen.where(~mask, general)
    spells = pd.DataFrame({"nights": rows["speldur"], "chosen": chosen})
    spells = spells.loc[spells.index.repeat(copies)]
    return after_efficiencies(run, spells)


def after_efficiencies(run: Run, spells: pd.DataFrame) -> dict[str, int]:
    rng = run.rng
    nights = spells["nights"].to_numpy().copy()
    here = np.ones(len(spells), dtype=bool)
    moved = {"attendances": 0, "arrivals": 0}
    kind = np.array([run.params.efficiency_types.get(name, "") for name in spells["chosen"]])
    kept = ("efficiencies/ip/" + spells["chosen"].astype("str")).map(run.values)
    kept = kept.fillna(1.0).to_numpy()
    mask = kind == "all"
    nights[mask] = rng.binomial(nights[mask], kept[mask])
    stays = rng.binomial(1, kept).astype(bool)
    mask = kind == "pre-op"
    days = spells["chosen"].map(run.params.pre_op_days).fillna(0).to_numpy(dtype=int)
    nights[mask] -= np.minimum(nights, days)[mask] * ~stays[mask]
    for name, measure in (("sdec", "arrivals"), ("day_procedures_outpatients", "attendances")):
        gone = (kind == name) & ~stays
        here &= ~gone
        moved[measure] += int(gone.sum())
    nights[(kind == "day_procedures_daycase") & ~stays] = 0
    return {"admissions": int(here.sum()), "beddays": int((nights[here] + 1).sum()), **moved}


def outpatients(run: Run) -> dict[str, int]:
    rows = run.records["op"]
    factor = people_factor(run, rows) * place_factor(run, "op", rows)
    share = np.ones(len(rows))
    rules = {
        "followup_reduction_": ~rows["is_first"] & ~rows["has_procedures"],
        "consultant_to_consultant_reduction_": rows["is_cons_cons_ref"],
        "gp_referred_first_attendance_reduction_": rows["is_gp_ref"] & rows["is_first"],
    }
    for name, mask in rules.items():
        left = ("activity_avoidance/op/" + name + rows["type"]).map(run.values).fillna(1.0)
        share *= np.where(mask, left, 1.0)
    rng = run.rng
    counts = {
        measure: rng.binomial(rng.poisson(rows[measure] * factor), share)
        for measure in ("attendances", "tele_attendances")
    }
    kept = ("efficiencies/op/convert_to_tele_" + rows["type"]).map(run.values).fillna(1.0)
    kept = np.where(rows["has_procedures"], 1.0, kept)
    moved = rng.binomial(counts["attendances"], 1 - kept)
    return {
        "attendances": int((counts["attendances"] - moved).sum()),
        "tele_attendances": int((counts["tele_attendances"] + moved).sum()),
    }


def emergency(run: Run) -> dict[str, int]:
    rows = run.records["aae"]
    factor = people_factor(run, rows) * place_factor(run, "aae", rows)
    share = np.ones(len(rows))
    for flag, name in (
        ("is_frequent_attender", "frequent_attenders"),
        ("is_left_before_treatment", "left_before_seen"),
        ("is_low_cost_referred_or_discharged", "low_cost_discharged"),
        ("is_discharged_no_treatment", "discharged_no_treatment"),
    ):
        named = "activity_avoidance/aae/" + name + rows["hsagrp"].str.removeprefix("aae")
        share *= np.where(rows[flag], named.map(run.values).fillna(1.0), 1.0)
    return {
        "arrivals": int(run.rng.binomial(run.rng.poisson(rows["arrivals"] * factor), share).sum())
    }
