"""The page in a browser: no barrier that axe finds, nothing too wide, all within keyboard reach."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from footprint.report.page import html_report
from footprint.stress.answer import Answer

TELEPHONE = {"width": 320, "height": 640}
DESK = {"width": 1280, "height": 900}


@pytest.fixture
def report(browser_page: Page, example: Answer, tmp_path) -> Iterator[Page]:
    """The report of the example, opened as a file; any complaint of the browser is a fault."""
    file = tmp_path / "report.html"
    file.write_text(html_report(example), encoding="utf-8")
    complaints: list[str] = []
    browser_page.on("console", lambda said: complaints.append(said.text))
    asked: list[str] = []
    browser_page.on("request", lambda request: asked.append(request.url))
    browser_page.goto(file.as_uri())
    assert asked == [file.as_uri()]
    yield browser_page
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [TELEPHONE, DESK], ids=["telephone", "desk"])
def test_axe_finds_no_barrier(report: Page, size, scheme):
    report.set_viewport_size(size)
    report.emulate_media(color_scheme=scheme)
    report.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = Axe().run(report)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [320, 400, 671, 672, 1055, 1056, 1280])
def test_the_page_never_scrolls_sideways(report: Page, width: int):
    report.set_viewport_size({"width": width, "height": 800})
    assert report.evaluate("document.documentElement.scrollWidth") <= width


def test_text_in_charts_stays_legible_and_inside_on_a_telephone(report: Page):
    report.set_viewport_size(TELEPHONE)
    assert report.evaluate(CUT) == []
    smallest = report.evaluate(
        """() => Math.min(...[...document.querySelectorAll('svg.narrow')].map(svg =>
        svg.getBoundingClientRect().width / svg.viewBox.baseVal.width * 14))"""
    )
    assert smallest >= 12


def test_text_in_charts_stays_inside_on_a_desk(report: Page):
    report.set_viewport_size(DESK)
    assert report.evaluate(CUT) == []


# Texts of visible charts that reach outside their picture, or lie on one another.
CUT = """() => [...document.querySelectorAll('svg.chart')].flatMap(svg => {
  const box = svg.getBoundingClientRect();
  if (!box.width) return [];
  const texts = [...svg.querySelectorAll('text')].map(t => [t, t.getBoundingClientRect()]);
  const out = texts.filter(([, r]) => r.left < box.left - 1 || r.right > box.right + 1
    || r.top < box.top - 1 || r.bottom > box.bottom + 1);
  const on = texts.filter(([t, r], i) => texts.some(([u, s], j) => j > i
    && r.left < s.right - 1 && s.left < r.right - 1
    && r.top < s.bottom - 4 && s.top < r.bottom - 4));
  const name = svg.querySelector('title').textContent;
  return [...out, ...on].map(([t]) => name + ': ' + t.textContent);
})"""


def test_the_first_tab_leads_to_the_report_and_every_wide_table_can_be_reached(report: Page):
    report.set_viewport_size(TELEPHONE)
    report.keyboard.press("Tab")
    assert report.evaluate("document.activeElement.textContent") == "Skip to the report"
    report.keyboard.press("Enter")
    assert report.evaluate("document.activeElement.id") == "main"
    wide = report.evaluate(
        """() => [...document.querySelectorAll('main *')].filter(e =>
        e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX === 'auto'
        && !(e.tabIndex === 0 && e.getAttribute('role') === 'region')).map(e => e.outerHTML)"""
    )
    assert wide == []


def test_a_wide_table_scrolls_by_the_keyboard(report: Page):
    report.set_viewport_size(TELEPHONE)
    region = report.locator(".scroll:has(#drivers-table)")
    region.press("ArrowRight")
    # Asked again and again from here: the page's own policy forbids the evaluation that a wait
    # inside the page needs.
    for _ in range(50):
        if region.evaluate("here => here.scrollLeft") > 0:
            return
        report.wait_for_timeout(100)
    pytest.fail("the table did not scroll")


def test_in_print_no_table_is_cut(report: Page):
    width = 1046  # of A4 on its side, in pixels, within margins of 10 mm
    report.set_viewport_size({"width": width, "height": 718})
    report.emulate_media(media="print")
    assert report.evaluate("document.documentElement.scrollWidth") <= width
