"""What every test may ask for: the shared data, a page in a browser, steady chance."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
SHARED_DATA = ROOT.parent / "shared" / "data"
IN_CI = os.environ.get("CI", "") not in {"", "0", "false", "no"}

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
CHROMIUM_ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# What a test asks for, the marker that says so, and why it is skipped where that is missing.
NEEDS = [
    (
        "shared_data",
        "shared",
        None if SHARED_DATA.is_dir() else "no shared data here: they belong in ../shared/data",
    ),
    (
        "browser_page",
        "browser",
        # In CI the fixture fails instead, so that no journey goes untested unseen.
        None
        if CHROMIUM or IN_CI
        else "no Chromium here: install it, or run `make browser` as root",
    ),
]

settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if IN_CI else "dev")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test by what it asks for, and skip it with one line where that is missing."""
    for item in items:
        for fixture, marker, missing in NEEDS:
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)
                # One browser at a time: two on a small machine keep each other waiting.
                if marker == "browser":
                    item.add_marker(pytest.mark.xdist_group("browser"))
            if missing and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=missing))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of published and known-answer data that stands beside the repository."""
    return SHARED_DATA


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for each worker."""
    if CHROMIUM is None:
        pytest.fail("no Chromium here, and in CI no browser test may be skipped")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, headless=True, args=CHROMIUM_ARGS
        )
        yield browser
        browser.close()


@pytest.fixture
def browser_page(chromium: Browser) -> Iterator[Page]:
    """An empty page with a fresh profile: no cookies, no cache, no history."""
    context = chromium.new_context()
    yield context.new_page()
    context.close()
