"""Reference classes are files, and a claim is set beside them in words."""

from pathlib import Path

import pytest
from pydantic import ValidationError

import footprint
from footprint.evidence.reference_class import ReferenceClass, Span, compare, reference_classes

FOLDER = Path(footprint.__file__).parent / "evidence" / "reference_classes"


def test_every_file_is_a_class():
    assert set(reference_classes()) == {f.stem for f in FOLDER.glob("*.yaml")}


def test_thirty_plans_of_2016_assumed_a_sixth_fewer_emergency_admissions():
    known = reference_classes()["stp-2016-emergency-admissions"]
    assert known.members == 30
    assert known.claimed == Span(low=0.03, mean=0.157, high=0.3, period="by 2020/21")


def test_the_better_care_fund_planned_fewer_and_got_more():
    standing = compare(0.02, reference_classes()["better-care-fund-2015"])
    assert not standing.above
    assert standing.words == (
        "2.0%: among what was claimed, above the 1.8% there was; "
        "among what was achieved, above the -1.5% there was"
    )


@pytest.mark.parametrize(
    ("claim", "place", "above"),
    [
        (0.002, "not above the 10th percentile, 0.4%", False),
        (0.05, "between the 10th percentile, 0.4% and the mean of 5.7%", False),
        (0.10, "between the mean of 5.7% and the 90th percentile, 16.4%", True),
        (0.25, "above the 90th percentile, 16.4%", True),
    ],
)
def test_a_claim_stands_somewhere_among_what_experts_expect(claim, place, above):
    standing = compare(claim, reference_classes()["experts-frail-elderly-high"])
    assert standing.words.endswith(place)
    assert standing.above is above


def test_a_class_speaks_of_services_by_their_words():
    known = reference_classes()["stp-2016-emergency-admissions"]
    assert known.speaks_of("emergency-admissions", "")
    assert known.speaks_of("nel", "Non-elective spells")
    assert not known.speaks_of("elective-admissions", "Elective admissions")


def test_an_elective_admission_is_no_emergency():
    known = reference_classes()["stp-2016-elective"]
    assert known.speaks_of("elective-admissions", "Elective admissions")
    assert not known.speaks_of("nel", "Non-elective admissions")


def test_a_span_rises_and_a_limit_says_why():
    with pytest.raises(ValidationError, match="rising order"):
        Span(low=0.3, high=0.1)
    with pytest.raises(ValidationError, match="say why"):
        ReferenceClass(
            title="Some plans", measures="something", kind="effect", members=1, horizon_years=1,
            claimed=Span(mean=0.1), warn_above=0.1, year="2026", source="Nobody",
        )  # fmt: skip
