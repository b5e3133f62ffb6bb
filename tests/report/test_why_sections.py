"""The deeper questions on the page: there when asked, absent when not, without a barrier."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from footprint.plan.read import read_plan
from footprint.report.page import html_report
from footprint.stress.answer import Answer
from footprint.stress.summary import stress

STARTER = Path(__file__).parents[2] / "src" / "footprint" / "plan" / "starter"
ASKED = ("groups", "turning", "whose", "finding-out")


@pytest.fixture(scope="session")
def deep() -> Answer:
    """The starter with the deeper questions asked."""
    return stress(read_plan(STARTER), draws=128, seed=1, why=lambda _: None)


def ids(page: Any) -> set[str]:
    return {node.attrs["id"] for node in page.all() if "id" in node.attrs}


def test_sections_are_there_only_when_asked_for(deep: Answer, starter: Answer, tree):
    assert set(ASKED) <= ids(tree(deep))
    assert not set(ASKED) & ids(tree(starter))


def test_parts_of_the_saving_add_up_on_the_page(deep: Answer):
    assert deep.why is not None
    found, last = deep.why.attribution, deep.years[-1]
    assert sum(s.saving[last] for s in found.schemes) == pytest.approx(found.whole[last], abs=1e-3)
    assert "the parts add up" in html_report(deep)


@pytest.mark.parametrize("width", [320, 1280])
def test_the_deeper_page_has_no_barrier_and_never_scrolls_sideways(
    browser_page: Page, deep: Answer, tmp_path, width: int
):
    file = tmp_path / "deep.html"
    file.write_text(html_report(deep), encoding="utf-8")
    browser_page.set_viewport_size({"width": width, "height": 800})
    browser_page.goto(file.as_uri())
    assert browser_page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(browser_page)
    assert found.violations_count == 0, found.generate_report()
