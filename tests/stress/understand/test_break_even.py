"""Break-even values: found by hand, honest where there is none."""

import numpy as np
import pytest
from scipy.special import ndtri

from footprint.stress.understand.break_even import break_even
from footprint.stress.understand.inputs import Inputs

SAID = Inputs(["Pay growth", "Home care"], lambda column, q: f"{10 * q:.2f} percent")


def one(of):
    return lambda u: of(u)[:, None]


def test_value_of_a_straight_output_is_that_of_algebra():
    found = break_even(one(lambda u: 3 * u[:, 0] + u[:, 1]), [0.5, 0.5], at_most=2.5)
    assert found.quantile[0] == pytest.approx(2 / 3, abs=1e-9)
    assert np.isnan(found.quantile[1])
    assert found.met
    assert not found.above[0]


def test_value_of_a_curved_output_is_that_of_algebra():
    found = break_even(one(lambda u: ndtri(u[:, 0]) ** 3 + u[:, 1]), [0.5, 0.25], at_least=1.25)
    assert ndtri(found.quantile[0]) == pytest.approx(1.0, abs=1e-8)
    assert not found.met
    assert found.above[0]


def test_just_at_the_value_the_target_is_met_and_just_past_it_is_not():
    model = one(lambda u: np.exp(u[:, 0]) + np.floor(4 * u[:, 1]))
    found = break_even(model, [0.2, 0.6], at_most=3.5)
    at = np.array([[found.quantile[0], 0.6], [0.2, found.quantile[1]]])
    assert (model(at)[:, 0] <= 3.5).all()
    assert (model(at + 1e-9 * np.eye(2))[:, 0] > 3.5).all()


def test_a_value_outside_the_range_is_said_to_be_missing():
    found = break_even(one(lambda u: u[:, 0] + 0.1 * u[:, 1]), [0.5, 0.5], at_least=0.9)
    assert found.in_words(SAID, 1) == (
        "Home care alone: the target is missed at every value in its range."
    )
    assert found.reach[1] == pytest.approx([0.5001 - 0.9, 0.5999 - 0.9])


def test_of_several_values_the_nearest_is_given_and_their_number_said():
    found = break_even(
        one(lambda u: np.cos(4 * np.pi * u[:, 0]) + 0 * u[:, 1]), [0.45, 0.5], at_least=0.0
    )
    assert found.quantile[0] == pytest.approx(0.375)
    assert found.crossings[0] == 4
    assert found.in_words(SAID, 0) == (
        "Pay growth alone: the target is just met at 3.75 percent (expected 4.50 percent), the "
        "nearest of 4 values at which it turns."
    )


def test_words_of_a_value_below():
    found = break_even(one(lambda u: u[:, 0] + u[:, 1]), [0.4, 0.4], at_most=1.0)
    assert found.in_words(SAID, 0) == (
        "Pay growth alone: the target is met only below 6.00 percent (expected 4.00 percent)."
    )


@pytest.mark.parametrize(
    ("keywords", "words"),
    [
        ({}, "Give one target"),
        ({"at_most": 1.0, "at_least": 0.0}, "Give one target"),
        ({"at_most": 1.0, "ends": (0.6, 0.9)}, "must stand between the ends"),
    ],
)
def test_what_cannot_be_answered_is_refused(keywords, words):
    with pytest.raises(ValueError, match=words):
        break_even(one(lambda u: u[:, 0]), [0.5], **keywords)
