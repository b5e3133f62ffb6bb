"""The agenda: disputes ranked by what turns on them, in the outcome's own units."""

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from footprint.stress.streams import uniforms
from footprint.stress.understand.disagreement import agenda, overlap

ADDRESSES = ["reach", "pay", "stay"]


def drawn(draws=4096):
    chances = uniforms(ADDRESSES, draws, seed=1)
    return ndtri(chances), chances


def outcome(values):
    return (10 * values[:, 0] - 2 * values[:, 1] + 0.5 * values[:, 2])[:, None]


def normal(mean, sd=1.0):
    return lambda q: mean + sd * ndtri(q)


VIEWS = {
    "pay": {"Council": normal(4), "NHS": normal(0)},
    "reach": {"NHS": normal(1), "Council": normal(0.5), "Hospice": normal(0.8)},
    "stay": {"NHS": normal(0), "Council": normal(30)},
}


def test_disputes_are_ranked_by_what_they_do_to_the_outcome_not_by_their_distance():
    found = agenda(outcome, *drawn(), ADDRESSES, VIEWS)
    assert [dispute.address for dispute in found] == ["stay", "pay", "reach"]
    assert [dispute.apart for dispute in found] == pytest.approx([30, 4, 0.5])
    assert [dispute.shift for dispute in found] == pytest.approx([15, -8, 5])
    assert [dispute.matters for dispute in found] == pytest.approx([0.5, -2, 10])


def test_the_widest_pair_of_three_partners_stands_for_a_dispute():
    found = agenda(outcome, *drawn(512), ADDRESSES, VIEWS)
    assert found[2].partners == ("Council", "NHS")
    assert found[2].expected == pytest.approx((0.5, 1))


def test_overlap_of_two_normals_is_that_of_the_closed_form():
    """2 Phi(-d/2) for unit normals d apart: Inman and Bradley (1989)."""
    for apart in (0.5, 1.0, 3.0):
        assert overlap(normal(0), normal(apart)) == pytest.approx(2 * ndtr(-apart / 2), abs=0.02)


def test_the_same_view_overlaps_wholly_and_single_values_only_if_equal():
    assert overlap(normal(1), normal(1)) == 1.0
    assert overlap(lambda q: 2.0 + 0 * q, lambda q: 2.0 + 0 * q) == 1.0
    assert overlap(lambda q: 2.0 + 0 * q, lambda q: 3.0 + 0 * q) == 0.0


def test_the_chance_of_the_target_moves_as_theory_says():
    values, chances = drawn(16384)
    (found,) = agenda(outcome, values, chances, ADDRESSES, {"pay": VIEWS["pay"]}, at_least=0.0)
    sd = np.sqrt(100 + 4 + 0.25)
    true = ndtr(-8 / sd) - ndtr(0)
    assert found.partners == ("NHS", "Council")
    assert found.chance_shift == pytest.approx(true, abs=4 * found.chance_error)


def test_views_that_differ_only_in_sureness_shift_nothing_and_widen_the_outcome():
    values, chances = drawn()
    views = {"reach": {"NHS": normal(0, 1), "Council": normal(0, 2)}}
    (found,) = agenda(outcome, values, chances, ADDRESSES, views)
    assert found.shift == pytest.approx(0, abs=0.02)
    assert abs(found.spread) == pytest.approx(10, abs=0.3)


def test_an_assumption_with_one_view_is_not_on_the_agenda():
    assert agenda(outcome, *drawn(64), ADDRESSES, {"pay": {"NHS": normal(0)}}) == ()


def test_a_line_of_the_agenda_says_who_what_and_how_much():
    values, chances = drawn(512)
    (found,) = agenda(outcome, values, chances, ADDRESSES, {"pay": VIEWS["pay"]})
    words = found.in_words("Pay growth", "percent", "GBP m")
    assert words.startswith("Pay growth: NHS expects")
    assert words.endswith("Taking Council instead of NHS moves the outcome by -8 GBP m.")


@pytest.mark.parametrize(
    ("views", "keywords", "words"),
    [
        ({"beds": VIEWS["pay"]}, {}, "Views are given of beds"),
        (VIEWS, {"at_most": 1.0, "at_least": 0.0}, "Give one target"),
    ],
)
def test_what_cannot_be_ranked_is_refused(views, keywords, words):
    with pytest.raises(ValueError, match=words):
        agenda(outcome, *drawn(64), ADDRESSES, views, **keywords)
