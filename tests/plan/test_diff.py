"""What differs between two plans is told in words, once."""

import pytest

from footprint.plan.diff import changes
from footprint.plan.read import read_plan

REACH = "  distribution: {kind: triangular, low: 5, mode: 15, high: 20}"


def test_equal_plans_differ_in_nothing(starter):
    assert changes(starter, starter) == []


def test_a_number_is_told_with_its_unit_before_and_after(change_starter, starter, tmp_path):
    scheme = "schemes/staying-well.yaml"
    folder = change_starter([{"file": scheme, "replace": REACH, "with": "  value: 60"}])
    sixty = read_plan(folder)
    text = (folder / scheme).read_text("utf-8")
    (folder / scheme).write_text(text.replace("value: 60\n  unit", "value: 45\n  unit"), "utf-8")
    assert changes(sixty, read_plan(folder)) == ["reach of Staying well 60 percent -> 45 percent"]


def test_a_range_is_told_by_its_ends_and_its_mean(change_starter, starter):
    folder = change_starter(
        [{"file": "schemes/staying-well.yaml", "replace": REACH, "with": "  value: 45"}]
    )
    assert changes(starter, read_plan(folder)) == [
        "reach of Staying well 8.87 to 17.3, expected 13.3 percent -> 45 percent"
    ]


def test_a_range_with_other_ends_and_the_same_words_is_told(change_starter, starter):
    folder = change_starter(
        [
            {
                "file": "schemes/staying-well.yaml",
                "replace": REACH,
                "with": REACH.replace("mode: 15,", "mode: 15.0001,"),
            }
        ]
    )
    assert len(changes(starter, read_plan(folder))) == 1


def test_a_new_scheme_is_told_once(change_starter, starter):
    folder = change_starter(
        [
            {"file": "schemes/care-homes.yaml", "copy": "schemes/staying-well.yaml"},
            {
                "file": "schemes/care-homes.yaml",
                "replace": "name: Staying well",
                "with": "name: Care home nurses",
            },
        ]
    )
    after = read_plan(folder)
    assert changes(starter, after) == ["new: scheme Care home nurses"]
    assert changes(after, starter) == ["no longer: scheme Care home nurses"]


def test_a_row_that_is_gone_is_told_once(change_starter, starter):
    row = "elective-admissions,acute-beds,0.9,assumed,starter,day cases count as less than a day\n"
    folder = change_starter([{"file": "baseline/uses.csv", "replace": row, "with": ""}])
    assert changes(starter, read_plan(folder)) == [
        "no longer: uses, elective-admissions acute-beds"
    ]


def test_a_figure_of_a_table_is_told_with_its_row(change_starter, starter):
    folder = change_starter(
        [{"file": "baseline/volumes.csv", "replace": "all,40000,180", "with": "all,41500.5,180"}]
    )
    assert changes(starter, read_plan(folder)) == [
        "volume of ae-attendances all (volumes) 40,000 -> 41,500.5"
    ]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            {"file": "plan.yaml", "replace": "at_most: 20", "with": "at_most: 10"},
            "objectives, enough beds, target, at most 20.0 -> 10.0",
        ),
        (
            {"file": "assumptions/growth.yaml", "replace": "value: 0.5", "with": "value: 0.4"},
            "nurses in post (growth) 0.5 percent a year -> 0.4 percent a year",
        ),
        (
            {"file": "scenarios.yaml", "replace": "prices.care: 6", "with": "prices.care: 7"},
            "scenario prices-rise-faster, set, assumptions/prices.care 6.0 -> 7.0",
        ),
        (
            {"file": "governance.yaml", "replace": "quorum: 4", "with": "quorum: 3"},
            "governance, bodies, partnership board, quorum 4 -> 3",
        ),
    ],
    ids=["target", "assumption", "scenario", "governance"],
)
def test_every_part_of_a_plan_is_compared(change, sentence, change_starter, starter):
    assert changes(starter, read_plan(change_starter([change]))) == [sentence]
