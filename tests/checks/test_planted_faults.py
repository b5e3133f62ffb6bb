"""Each check tells its clear planted fault, and none speaks of a sound plan.

A fixed part of the benchmark: every kind of fault in the starter, every harmless change, and in the
example the kinds that need its size. The whole of it is `python -m benchmarks.planted_faults`.
"""

import copy
from random import Random

import pytest

from benchmarks.harmless import HARMLESS, sound_example, sound_starter
from benchmarks.planted_faults import CHECKS, planted, spoken
from benchmarks.planters import KINDS
from footprint.plan.schema import Plan

SEED = 7
IN_EXAMPLE = (
    "beds-closed-too-early",
    "occupancy-dialled-up",
    "receiver-without-staff",
    "fall-beyond-the-class",
)


@pytest.fixture(scope="module")
def sound():
    """The two sound plans, as data."""
    return {"starter": sound_starter(), "example": sound_example()}


@pytest.mark.parametrize("kind", KINDS)
def test_a_clear_fault_is_told_and_nothing_else(kind, sound):
    case = planted(sound, "starter", (kind,), False, SEED)
    said = spoken(case.plan)
    assert case.wanted <= said
    assert said <= case.allowed


@pytest.mark.parametrize("kind", IN_EXAMPLE)
def test_a_clear_fault_is_told_in_a_whole_footprint(kind, sound):
    case = planted(sound, "example", (kind,), False, SEED)
    said = spoken(case.plan)
    assert case.wanted <= said <= case.allowed


@pytest.mark.parametrize("base", ["starter", "example"])
def test_a_sound_plan_is_left_alone(base, sound):
    assert spoken(Plan.model_validate(sound[base])) == set()


@pytest.mark.parametrize("change", HARMLESS, ids=lambda change: change.__name__)
def test_a_harmless_change_is_left_alone(change, sound):
    data = copy.deepcopy(sound["starter"])
    change(data, Random(SEED))
    assert spoken(Plan.model_validate(data)) == set()


def test_every_named_check_has_a_fault_to_find():
    named = {
        "there-is-a-plan-b",
        "risk-of-non-delivery-is-quantified",
        "savings-are-a-credible-share-of-spend",
        "one-saving-has-one-scheme",
        "overlapping-claims-are-counted-once",
        "a-closed-bed-is-saved-once",
        "avoided-work-lands",
        "receivers-have-staff",
        "receivers-have-capacity",
        "receivers-are-counted",
        "beds-close-when-they-are-free",
        "occupancy-is-not-raised-until-the-beds-fit",
        "recurrent-cost-has-money-that-lasts",
        "prevention-money-is-not-moved",
        "prevention-money-does-not-shrink",
        "weak-evidence-has-a-wide-range",
        "assumptions-have-owner-and-source",
        "assumptions-are-signed-off",
        "assurer-is-not-the-analyst",
        "people-are-heard-before-an-option-is-fixed",
        "it-is-said-when-people-are-heard",
        "falls-in-use-are-borne-out",
        "efficiency-is-borne-out",
        "effects-are-borne-out",
    }
    assert set(CHECKS) == named
