"""Charts draw plain numbers to scale, whole and legible."""

import re

import pytest

from footprint.report.charts import charts, fan, ranges, shares, spans, waterfall, whiskers
from footprint.report.drawing import NARROW, SIZES, WIDE
from footprint.report.numbers import millions, money, percent, percent_range

LONG = "University Hospitals of an Uncommonly Long-Named Place & Its <Surroundings> NHS Trust"
YEARS = ("2026/27", "2027/28")
SERIES = fan.Series("With the plan", (1.0, 2.0), (3.0, 3.0), (5.0, 9.0))
DOTS = (ranges.Dot(-3, 1, 8), ranges.Dot(0, 0, 0))
STEPS = (waterfall.Bar(LONG, 10), waterfall.Bar("less", -30), waterfall.Bar("is", -20, "total"))
BARS = (whiskers.Bar(LONG, 0.5, 0.4, 0.6), whiskers.Bar("noise", -0.01, -0.03, 0.02))
WHOLES = ((LONG, (0.25, 0.75)), ("none", (0.0, 0.0)))
SAMPLES = {
    "fan": fan.Data(YEARS, (SERIES, SERIES), money),
    "ranges": ranges.Data(("A", "B"), ((LONG, DOTS),), millions),
    "shares": shares.Data(("known", "guessed"), WHOLES, percent),
    "spans": spans.Data(YEARS, (spans.Span(LONG, 0, 1, True, "ends later"),)),
    "waterfall": waterfall.Data(STEPS, money),
    "whiskers": whiskers.Data(BARS, percent, percent_range, (0.02, "what nothing decides")),
}


def test_every_kind_of_chart_has_a_sample_here():
    assert set(charts()) == set(SAMPLES)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
@pytest.mark.parametrize("kind", SAMPLES)
def test_a_chart_says_what_it_is_and_escapes_what_people_wrote(kind, size):
    drawn = charts()[kind]("x", ("A <title>", "What it shows"), SAMPLES[kind], size)
    assert 'role="img"' in drawn
    assert 'aria-labelledby="x-t x-d"' in drawn
    assert '<title id="x-t">A &lt;title&gt;</title>' in drawn
    assert "<Surroundings>" not in drawn
    assert "style=" not in drawn


@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
@pytest.mark.parametrize("kind", SAMPLES)
def test_the_same_numbers_give_the_same_drawing(kind, size):
    draw = charts()[kind]
    assert draw("x", ("t", "d"), SAMPLES[kind], size) == draw("x", ("t", "d"), SAMPLES[kind], size)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: size.name)
@pytest.mark.parametrize("kind", SAMPLES)
def test_nothing_is_drawn_outside_the_picture(kind, size):
    drawn = charts()[kind]("x", ("t", "d"), SAMPLES[kind], size)
    width, height = map(float, re.findall(r'viewBox="0 0 (\S+) (\S+)"', drawn)[0])
    assert width == size.width
    for x, y in re.findall(r'<(?:text|rect) x="(\S+)" y="(\S+)"', drawn):
        assert 0 <= float(x) <= width
        assert 0 <= float(y) <= height


def test_a_bar_twice_as_large_is_twice_as_long():
    bars = (waterfall.Bar("a", 10, "total"), waterfall.Bar("b", 20, "total"))
    drawn = waterfall.draw("x", ("t", "d"), waterfall.Data(bars, money), WIDE)
    short, long = map(float, re.findall(r'width="(\S+)" height="\S+" class="total"', drawn))
    assert long == pytest.approx(2 * short, abs=0.2)


def test_a_step_begins_where_the_last_one_ended():
    bars = (waterfall.Bar("a", 10), waterfall.Bar("b", -4), waterfall.Bar("c", 6, "total"))
    assert waterfall.spans(bars) == [(0, 10), (10, 6), (0, 6)]


def test_what_nobody_can_rebuild_is_hatched_and_not_told_by_colour_alone():
    bars = (waterfall.Bar("a", 10), waterfall.Bar("stated", 5, "unexplained"))
    drawn = waterfall.draw("x", ("t", "d"), waterfall.Data(bars, money), WIDE)
    assert 'fill="url(#x-cross)"' in drawn


def test_end_labels_of_lines_that_meet_do_not_lie_on_one_another():
    drawn = fan.draw("x", ("t", "d"), SAMPLES["fan"], NARROW)
    first, second = map(float, re.findall(r'y="(\S+)" class="value"', drawn))
    assert second - first >= NARROW.line - 0.1
