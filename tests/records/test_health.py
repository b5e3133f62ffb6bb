"""Health status: the public tables, and the distribution experts were asked for."""

import json
from importlib.resources import files

import numpy as np
import pytest

from footprint.records.health import health_status, metalog
from footprint.terms.faults import PlanFaults

TABLES = json.loads(files("footprint.records").joinpath("health_status.json").read_text("utf-8"))


def test_life_expectancy_was_copied_without_a_slip():
    """The public model's own test: all ages, both sexes, 2023 and 2040 add up to 2,242.4."""
    life = TABLES["life_expectancy"]
    total = sum(sum(life[sex][year]) for sex in life for year in ("2023", "2040"))
    assert total == pytest.approx(2242.4)


def test_a_metalog_rises_between_its_bounds():
    for by_year in TABLES["healthy_share_percent_metalog"].values():
        for terms in by_year.values():
            values = metalog(np.linspace(0.001, 0.999, 999), terms)
            assert np.all(np.diff(values) > 0)
            assert 0 < values[0] < values[-1] < 100


def test_people_of_65_in_2035_are_as_well_as_somewhat_younger_people_now():
    for each in health_status(2023, 2035).values():
        ages = each.equivalent_ages(np.array([0.5]))[:, 0]
        younger = (each.ages - ages)[each.ages == 65][0]
        assert 0 < younger < 2


def test_years_without_a_table_are_told():
    with pytest.raises(PlanFaults, match="2037"):
        health_status(2023, 2037)
