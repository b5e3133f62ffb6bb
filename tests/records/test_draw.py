"""Draws have the distribution of resampling row by row, and agree with the public model."""

import numpy as np
import pytest

from footprint.records.draw import BLOCK, draw, prepare
from footprint.records.layout import TABLES
from footprint.records.parameters import P10_TO_P90, drawn, parameters, read_parameters
from footprint.records.read import Records, read_records
from footprint.terms.faults import PlanFaults
from tests.records.row_by_row import MEASURES, row_by_row
from tests.records.tiny import attendance, members, records, settings, spell

RUNS_OF_REFERENCE = 32
# Mean, P10 and P90 of 32 runs of the public Python model (data/README.md).
REFERENCE = {
    "admissions": (120_721, 110_776, 129_790),
    "beddays": (492_329, 430_598, 551_609),
}
MANY = 16_384


def poisson_like(counts: np.ndarray, expected: float) -> None:
    """Mean and variance within five standard errors of a Poisson count's."""
    assert counts.mean() == pytest.approx(expected, abs=5 * (expected / len(counts)) ** 0.5)
    spread = expected * (2 / len(counts) + 1 / (expected * len(counts))) ** 0.5
    assert counts.var() == pytest.approx(expected, abs=5 * spread)


def test_a_count_with_nothing_set_is_poisson_about_what_was():
    prepared = prepare(records([spell(n) for n in range(50)]), settings())
    poisson_like(draw(prepared, MANY).total("admissions"), 50)


def test_growth_multiplies_and_an_avoided_spell_is_avoided_once():
    params = settings(
        activity_avoidance={"ip": {"falls": 0.5, "smoking": 0.8}},
        **{
            "non-demographic_adjustment": {
                "value-type": "year-on-year-growth",
                "values": {"ip": {"non-elective": 1.01}},
            }
        },
    )
    both = members(*[(n, name, 1.0) for n in range(50) for name in ("falls", "smoking")])
    made = records([spell(n) for n in range(50)], avoidance=both, growth=1.2)
    expected = 50 * 1.2 * 1.01**12 * 0.5 * 0.8
    poisson_like(draw(prepare(made, params), MANY).total("admissions"), expected)


def test_a_mitigator_acts_on_the_share_of_spells_its_rate_says():
    params = settings(activity_avoidance={"ip": {"falls": 0.5}})
    some = members(*[(n, "falls", 0.4) for n in range(50)])
    made = records([spell(n) for n in range(50)], avoidance=some)
    poisson_like(draw(prepare(made, params), MANY).total("admissions"), 50 * (1 - 0.4 * 0.5))


@pytest.mark.parametrize(
    ("entry", "admissions", "beddays", "elsewhere"),
    [
        ({"type": "all", "interval": 0.6}, 1, 1 + 3 * 0.6, {}),
        ({"type": "pre-op", "pre-op_days": 2, "interval": 0.6}, 1, 4 - 2 * 0.4, {}),
        ({"type": "pre-op", "pre-op_days": 5, "interval": 0.6}, 1, 4 - 3 * 0.4, {}),
        ({"type": "sdec", "interval": 0.6}, 0.6, 4 * 0.6, {"arrivals": 0.4}),
        ({"type": "day_procedures_daycase", "interval": 0.6}, 1, 4 * 0.6 + 0.4, {}),
        (
            {"type": "day_procedures_outpatients", "interval": 0.6},
            0.6,
            4 * 0.6,
            {"attendances": 0.4},
        ),
    ],
)
def test_each_efficiency_does_what_its_type_says(entry, admissions, beddays, elsewhere):
    own = members(*[(n, "own", 1.0) for n in range(100)])
    made = records([spell(n) for n in range(100)], efficiencies=own)
    found = draw(prepare(made, settings(efficiencies={"ip": {"own": entry}})), 4096)
    plain = draw(prepare(made, settings()), 4096)
    near = {"rel": 0.01}
    assert found.total("admissions").mean() == pytest.approx(100 * admissions, **near)
    assert found.total("beddays").mean() == pytest.approx(100 * beddays, **near)
    for measure in ("arrivals", "attendances"):
        more = found.total(measure).mean() - plain.total(measure).mean()
        assert more == pytest.approx(100 * elsewhere.get(measure, 0), abs=1)
    assert found.counts.min() >= 0


def test_attendances_that_move_off_site_are_counted_there():
    tele = {"op": {"convert_to_tele_adult_surgical": {"interval": 0.75}}}
    made = records([spell(1)], [attendance(attendances=400, tele_attendances=100)])
    found = draw(prepare(made, settings(efficiencies=tele)), 4096)
    assert found.total("attendances").mean() == pytest.approx(300, rel=0.01)
    assert found.total("tele_attendances").mean() == pytest.approx(200, rel=0.01)


def test_a_draw_depends_on_the_seed_and_its_number_alone():
    prepared = prepare(records([spell(n) for n in range(50)]), settings())
    few, many = draw(prepared, 100), draw(prepared, 2 * BLOCK + 1)
    assert np.array_equal(few.counts, many.counts[:, :100])
    assert not np.array_equal(few.counts, draw(prepared, 100, seed=2).counts)


def test_an_interval_is_drawn_as_a_clipped_normal_through_p10_and_p90():
    wide = settings(activity_avoidance={"ip": {"falls": {"interval": [0.8, 1.2]}}})
    values = drawn(wide, 100_000, 1)["activity_avoidance/ip/falls"]
    assert values.max() == 1
    assert np.mean(values == 1) == pytest.approx(0.5, abs=0.01)
    assert np.percentile(values, 10) == pytest.approx(0.8, abs=0.005)
    assert pytest.approx(2 * 1.2815515655446004) == P10_TO_P90


def test_ages_in_no_projection_are_told():
    made = records([spell(1, age=40)])
    made.tables["demographic_factors"] = made["demographic_factors"].query("age != 40")
    with pytest.raises(PlanFaults, match=r"ages of ip that are in no projection: \[40\]"):
        prepare(made, settings())


def test_settings_that_are_none_are_told_all_at_once():
    with pytest.raises(PlanFaults, match="2 faults"):
        settings(
            expat={"ip": {"elective": {"100": "0.9"}}},
            efficiencies={"ip": {"own": {"type": "magic", "interval": [0.8, 0.9]}}},
        )
    with pytest.raises(PlanFaults, match="activity_avoidance"):
        parameters({"start_year": 2023})


@pytest.fixture(scope="module")
def synthetic(shared_data) -> Records:
    pytest.importorskip("pyarrow")
    return read_records(shared_data / "records_synthetic", TABLES)


def some_of(whole: Records, every: int) -> Records:
    """One row in so many, and the mitigators of those."""
    tables = dict(whole.tables)
    for name in ("ip", "op", "aae"):
        tables[name] = whole[name].iloc[::every].reset_index(drop=True)
    for name in ("ip_activity_avoidance_strategies", "ip_efficiencies_strategies"):
        tables[name] = whole[name][whole[name]["rn"].isin(tables["ip"]["rn"])]
    return Records(tables, whole.year)


@pytest.mark.slow
def test_resampling_row_by_row_gives_the_same_counts_but_for_chance(synthetic, shared_data):
    params = read_parameters(shared_data / "records_synthetic" / "params_256.json")
    sample = some_of(synthetic, 50)
    prepared = prepare(sample, params)
    runs = 200
    slow = row_by_row(prepared, sample, runs, seed=1)
    fast = draw(prepared, runs, seed=1)
    for measure in MEASURES:
        # Both took the same settings in each run, so only chance in counts is left.
        difference = slow[measure].to_numpy() - fast.total(measure)
        error = difference.std(ddof=1) / runs**0.5
        assert abs(difference.mean()) < 4 * error, measure
        if measure != "beddays":
            ratio = difference.var(ddof=1) / (2 * fast.total(measure).mean())
            assert 0.4 < ratio < 1.8, measure


@pytest.mark.slow
def test_draws_agree_with_32_runs_of_the_public_model(synthetic, shared_data):
    params = read_parameters(shared_data / "records_synthetic" / "params_256.json")
    found = draw(prepare(synthetic, params), 4096)
    for measure, reference in REFERENCE.items():
        ours = found.total(measure)
        groups = ours.reshape(-1, RUNS_OF_REFERENCE)
        of_32 = [groups.mean(axis=1), *np.percentile(groups, [10, 90], axis=1)]
        for value, spread in zip(reference, of_32, strict=True):
            low, high = np.percentile(spread, [1, 99])
            assert low < value < high, (measure, value, low, high)
