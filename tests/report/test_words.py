"""The sentences read well, whatever the figures are."""

import pytest

from footprint.report.sections.unchecked import grouped_advice
from footprint.report.words import about, between, target_reached
from footprint.stress.answer import Answer, Spread
from footprint.stress.chance import in_words

CHANCES = {
    0.0: "The plan reaches its target in none of the 4,096 futures tried.",
    0.0004: "The plan reaches its target in fewer than 1 in 1,000 futures.",
    0.083: "The plan reaches its target in about 1 in 12 futures.",
    0.2: "The plan reaches its target in about 2 in 10 futures.",
    0.25: "The plan reaches its target in about a quarter of futures.",
    0.3: "The plan reaches its target in about 3 in 10 futures.",
    0.4: "The plan reaches its target in about 4 in 10 futures.",
    0.5: "The plan reaches its target in about half of futures.",
    0.6: "The plan reaches its target in about 6 in 10 futures.",
    0.7: "The plan reaches its target in about 7 in 10 futures.",
    0.75: "The plan reaches its target in about three quarters of futures.",
    0.8: "The plan reaches its target in about 8 in 10 futures.",
    0.9: "The plan reaches its target in about 9 in 10 futures.",
    0.98: "The plan reaches its target in all but about 1 in 50 futures.",
    0.995: "The plan reaches its target in nearly every future.",
    1.0: "The plan reaches its target in every one of the 4,096 futures tried.",
}


@pytest.mark.parametrize(("chance", "said"), CHANCES.items())
def test_every_chance_makes_a_sentence(chance: float, said: str):
    assert target_reached(in_words(chance, 4096)) == said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("no future tried", "The plan does not reach its target in any future tried."),
        ("every future tried", "The plan reaches its target in every future tried."),
        ("not the one future tried", "The plan does not reach its target in the one future tried."),
    ],
)
def test_a_chance_without_its_number_of_futures_makes_a_sentence(words: str, said: str):
    assert target_reached(words) == said


@pytest.mark.parametrize(
    ("low", "middle", "high", "said"),
    [
        (210.4, 270.0, 340.0, "between £210m and £340m short, most likely £270m"),
        (-0.01, 5, 30, "between £0.0m to spare and £30.0m short, most likely £5.0m short"),
        (-30, -20, 5, "between £30.0m to spare and £5.0m short, most likely £20.0m to spare"),
        (
            -9,
            0,
            9,
            "between £9.0m to spare and £9.0m short, most likely neither short nor to spare",
        ),
        (0, 0, 0, "neither short nor to spare"),
        (-4, -4, -4, "£4.0m to spare"),
    ],
)
def test_a_range_says_on_which_side_of_nothing_it_lies(low, middle, high, said):
    assert between(Spread(p10=low, p50=middle, p90=high, mean=middle)) == said


def test_a_share_near_half_is_said_as_half():
    assert about(0.52) == "about half"


def test_the_same_finding_in_many_places_is_one_line_with_a_count(example: Answer):
    one = example.advice[0]
    other = one.model_copy(update={"found": "another"})
    answer = example.model_copy(update={"advice": (other, one, one, one)})
    assert [(found, len(places)) for found, places in grouped_advice(answer)] == [
        (one.found, 3),
        ("another", 1),
    ]
