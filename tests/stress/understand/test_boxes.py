"""Boxes where the plan fails: EMA Workbench's peeling, scikit-learn's tree, plain words."""

import csv
from pathlib import Path

import numpy as np
import pytest

from footprint.stress.streams import uniforms
from footprint.stress.understand.boxes import measured, without_luck
from footprint.stress.understand.inputs import Inputs
from footprint.stress.understand.peeling import find_boxes, peeled
from footprint.stress.understand.tree import failing_leaves, grown

PERCENT = Inputs(["pay", "demand", "reach", "stay"], lambda column, q: f"{10 * q:.1f} percent")
FREE = (-np.inf, np.inf)


def futures(draws=1000):
    x = uniforms(["pay", "demand", "reach", "stay"], draws, seed=1)
    return x, (x[:, 0] - x[:, 2] > 0.3) & (x[:, 1] > 0.4)


def test_a_planted_box_is_found_with_its_limits():
    x, _ = futures(4096)
    planted = (x[:, 0] > 0.7) & (x[:, 2] < 0.4)
    box = find_boxes(x, planted, wanted=0.95)[0]
    assert set(box.limited) == {0, 2}
    assert box.low[0] == pytest.approx(0.7, abs=0.02)
    assert box.high[2] == pytest.approx(0.4, abs=0.02)
    assert box.density >= 0.95
    assert box.coverage >= 0.95


def test_two_planted_boxes_are_both_found():
    x, _ = futures(4096)
    planted = ((x[:, 0] > 0.8) & (x[:, 1] > 0.5)) | ((x[:, 2] < 0.2) & (x[:, 3] < 0.6))
    found = find_boxes(x, planted, wanted=0.9)
    assert [set(box.limited) for box in found[:2]] in ([{0, 1}, {2, 3}], [{2, 3}, {0, 1}])
    assert sum(box.coverage for box in found) > 0.9


EMA = [
    (1000, 129),
    (900, 129),
    (810, 129),
    (729, 129),
    (656, 129),
    (590, 129),
    (531, 129),
    (477, 129),
    (429, 129),
    (386, 129),
    (347, 129),
    (312, 129),
    (280, 129),
    (252, 128),
    (226, 125),
    (203, 122),
    (182, 119),
    (163, 116),
    (146, 112),
    (131, 107),
    (117, 103),
    (105, 98),
    (94, 90),
    (84, 83),
    (75, 75),
]


def test_every_box_of_a_peeling_is_the_one_ema_workbench_printed():
    """EMA Workbench 2.5.3, Prim(x, y, threshold=0.8, peel_alpha=0.1).find_box() on `futures`."""
    boxes = peeled(*futures(), peel=0.1)
    assert [(box.inside, box.failing) for box in boxes] == EMA
    last = boxes[-1]
    assert last.low[:2] == pytest.approx([0.6625840589, 0.4158444123], abs=1e-9)
    assert last.high[2] == pytest.approx(0.3912164925, abs=1e-9)
    assert last.luck[0, 0] == pytest.approx(2.367896960253585e-24, rel=1e-6)
    assert last.luck[2, 1] == pytest.approx(4.009123555493412e-26, rel=1e-6)


PUBLISHED = [89] * 11 + [88, 87, 86, 85, 82, 81, 78, 75, 74, 71, 67, 65, 61, 57, 52, 48, 45]


def test_the_published_example_of_ema_workbench_gives_the_same_peeling():
    """Bryant and Lempert (2010), in EMA Workbench's examples: 882 futures, 89 of interest."""
    prim = pytest.importorskip("ema_workbench.analysis.prim", exc_type=ImportError)
    pandas = pytest.importorskip("pandas")
    file = Path(prim.__file__).parents[1] / "examples" / "data" / "bryant et al 2010 data.csv"
    if not file.exists():
        pytest.skip("this build of EMA Workbench has no examples")
    with file.open() as lines:
        table = np.array(list(csv.reader(lines))[1:], dtype=float)
    x, interesting = table[:, 2:11], table[:, 15] > 0
    boxes = peeled(x, interesting, peel=0.1)
    assert [box.failing for box in boxes] == PUBLISHED
    box = boxes[21]  # the one its authors show: four limits, coverage 75%, density 77%
    assert (box.coverage, box.density) == pytest.approx((67 / 89, 67 / 87))
    assert set(box.limited) == {0, 1, 5, 8}
    assert box.high[1] == pytest.approx(755.799987800)
    assert box.low[5] == pytest.approx(-0.422000006)
    assert box.low[8] == pytest.approx(150.049995400)
    assert box.luck[8, 0] == pytest.approx(3.5151125303e-11)
    theirs = prim.Prim(
        pandas.DataFrame(x, columns=list("abcdefghi")),
        interesting.astype(int),
        threshold=0.8,
        peel_alpha=0.1,
    ).find_box()
    assert list(theirs.peeling_trajectory.n) == [box.inside for box in boxes]
    assert list(theirs.peeling_trajectory.k) == [box.failing for box in boxes]


def test_a_limit_that_may_be_luck_is_dropped():
    x, fails = futures()
    box = measured(x, fails, [0.66, 0.41, -np.inf, 0.01], [np.inf, np.inf, 0.4, np.inf])
    assert box.luck[3, 0] > 0.05
    assert set(without_luck(x, fails, box, wanted=0.8).limited) == {0, 1, 2}


def test_words_say_how_often_and_where_the_surest_limit_first():
    x, fails = futures()
    box = measured(x, fails, [0.6, 0.4, *FREE[:1] * 2], [np.inf, 0.9, 0.4, np.inf])
    assert box.in_words(PERCENT) == (
        "fails in 9 of 10 futures where reach stays below 4.0 percent and pay rises above "
        "6.0 percent and demand stays between 4.0 percent and 9.0 percent; this holds 6 of 10 "
        "that fail"
    )
    whole = measured(x, fails, [-np.inf] * 4, [np.inf] * 4)
    assert whole.in_words(PERCENT) == (
        "fails in 1 of 10 futures, wherever one looks; this holds all that fail"
    )


def test_tied_values_are_cut_together():
    x = np.repeat(np.arange(5.0), 20)[:, None]
    boxes = peeled(x, x[:, 0] > 2, peel=0.05, least_mass=0.05)
    assert [box.inside for box in boxes] == [100, 80, 60, 40]
    assert boxes[-1].low[0] == 2.5


def test_density_is_told_of_futures_that_had_no_part_in_finding_the_box():
    """What fails by chance alone has dense boxes where it was searched, and none elsewhere."""
    random = np.random.default_rng(3)
    x, fails = random.random((400, 40)), random.random(400) < 0.5
    searched = peeled(x[::2], fails[::2], least_mass=0.1)[-1]
    assert searched.density > 0.85
    assert find_boxes(x, fails, wanted=0.85, most_limits=40, least_mass=0.1) == ()


def test_a_box_limits_no_more_inputs_than_can_be_read():
    x = np.random.default_rng(1).random((4096, 12))
    fails = x.sum(axis=1) > 7
    assert max(len(box.limited) for box in peeled(x, fails)) > 4
    boxes = find_boxes(x, fails, wanted=0.25, most_limits=3)
    assert boxes
    assert all(len(box.limited) <= 3 for box in boxes)


def test_where_no_box_is_dense_enough_none_is_given():
    x = np.random.default_rng(1).random((500, 3))
    assert find_boxes(x, np.random.default_rng(2).random(500) < 0.2, wanted=0.9) == ()


def test_a_tree_splits_as_scikit_learns_does():
    sklearn = pytest.importorskip("sklearn.tree", exc_type=ImportError)
    x, fails = futures(2000)
    theirs = sklearn.DecisionTreeClassifier(max_depth=3, min_samples_leaf=100).fit(x, fails)
    held = np.bincount(theirs.apply(x))
    leaves = grown(x, fails, depth=3, least_mass=0.05)
    assert sorted(held[held > 0]) == sorted(leaf.inside for leaf in leaves)
    limits = sorted(theirs.tree_.threshold[theirs.tree_.feature >= 0])
    ours = {float(v) for leaf in leaves for v in (*leaf.low, *leaf.high) if np.isfinite(v)}
    assert sorted(ours) == pytest.approx(limits)


def test_a_tree_splits_as_scikit_learn_printed():
    """scikit-learn 1.9.1, DecisionTreeClassifier(max_depth=3, min_samples_leaf=100)."""
    leaves = grown(*futures(2000), depth=3, least_mass=0.05)
    assert sorted((leaf.inside, leaf.failing) for leaf in leaves) == SKLEARN


SKLEARN = [(130, 9), (131, 0), (135, 25), (196, 36), (219, 204), (284, 1), (905, 0)]


def test_leaves_hold_every_future_once():
    x, fails = futures()
    leaves = grown(x, fails, depth=4)
    assert (sum(leaf.holds(x).astype(int) for leaf in leaves) == 1).all()
    assert sum(leaf.coverage for leaf in leaves) == pytest.approx(1)


def test_a_planted_corner_is_a_leaf_of_the_tree():
    x, _ = futures(4096)
    planted = (x[:, 0] > 0.7) & (x[:, 2] < 0.4)
    (leaf,) = failing_leaves(x, planted, depth=2)
    assert leaf.low[0] == pytest.approx(0.7, abs=0.01)
    assert leaf.high[2] == pytest.approx(0.4, abs=0.01)
    assert (leaf.density, leaf.coverage) == pytest.approx((1, 1), abs=0.02)


@pytest.mark.parametrize(
    ("x", "fails", "words"),
    [
        (np.ones((9, 2)), np.zeros(9, dtype=bool), "No future fails"),
        (np.ones((9, 2)), np.ones(9), "a true or false for each draw"),
        (np.full((9, 2), np.nan), np.ones(9, dtype=bool), "finite number"),
    ],
)
def test_what_cannot_be_searched_is_refused(x, fails, words):
    for method in (find_boxes, peeled, grown):
        with pytest.raises(ValueError, match=words):
            method(x, fails)
