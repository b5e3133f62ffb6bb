"""Take the README's picture of the demo's report, with the Chromium of this machine.

Run after `make demo`: `.venv/bin/python docs/picture.py`.
"""

import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "build" / "demo" / "report.html"
PICTURE = ROOT / "docs" / "images" / "report.png"


def main() -> None:
    """Write docs/images/report.png: the answer and the fan of futures."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
    PICTURE.parent.mkdir(exist_ok=True)
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=chromium, args=["--headless", "--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1100, "height": 2560})
        page.goto(REPORT.as_uri())
        page.screenshot(path=PICTURE, clip={"x": 0, "y": 0, "width": 1100, "height": 2560})
        browser.close()


if __name__ == "__main__":
    main()
