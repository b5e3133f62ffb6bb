"""Write docs/start/afternoon.md by doing what it tells: nobody's transcript from memory.

Run with `make docs`. A test does the same again and holds the page to it.
"""

import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "start" / "afternoon.md"
EXAMPLE = Path("examples") / "leicestershire-2016"

# What the analyst types: a sentence for the reader, then an edit or a command.
Edit = tuple[str, str, str]
STEPS: list[tuple[str, Edit | str]] = [
    ("Start from a small plan that works.", "footprint new our-place"),
    (
        "Give it a name.",
        ("plan.yaml", "title: Health and care plan for a place", "title: Our place, first draft"),
    ),
    (
        "Type in last year's emergency admissions.",
        (
            "baseline/volumes.csv",
            "emergency-admissions,all,11000",
            "emergency-admissions,all,12500",
        ),
    ),
    (
        "The team says it will reach 3 in 10 to 6 in 10, most likely half. A slip of the hand: "
        "the numbers are percent, and the unit now says share.",
        (
            "schemes/urgent-care-at-home.yaml",
            "low: 20, mode: 40, high: 50}\n  unit: percent",
            "low: 30, mode: 50, high: 60}\n  unit: share",
        ),
    ),
    ("Check.", "footprint check our-place"),
    (
        "The message says which line, and what to write. Write it.",
        (
            "schemes/urgent-care-at-home.yaml",
            "high: 60}\n  unit: share",
            "high: 60}\n  unit: percent",
        ),
    ),
    ("Check again.", "footprint check our-place"),
    ("Ask how likely the plan is to reach its target.", "footprint stress our-place --draws 1024"),
    (
        "What if prices rise faster? A scenario is a list of changes, and compares like a plan.",
        "footprint compare our-place our-place@prices-rise-faster",
    ),
    (
        "Set it beside the worked example. They are different places, so nearly everything "
        "differs; the two columns at the end are what to look at.",
        f"footprint compare {EXAMPLE.as_posix()} our-place",
    ),
]


def transcript() -> str:
    """Do the steps in an empty folder and give the page."""
    with _empty_folder() as folder:
        parts = [_HEAD, *(_step(folder, say, do) for say, do in STEPS), _FOOT]
    return "\n".join(parts)


@contextmanager
def _empty_folder() -> Iterator[Path]:
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / EXAMPLE.parent).mkdir()
        shutil.copytree(ROOT / EXAMPLE, folder / EXAMPLE)
        os.chdir(folder)
        try:
            yield folder
        finally:
            os.chdir(here)


def _step(folder: Path, say: str, do: Edit | str) -> str:
    if isinstance(do, str):
        return f"{say}\n\n```console\n$ {do}\n{_output(do)}\n```\n"
    path, old, new = do
    file = folder / "our-place" / path
    text = file.read_text(encoding="utf-8")
    if text.count(old) != 1:
        raise SystemExit(f"{path}: {old!r} stands there {text.count(old)} times")
    file.write_text(text.replace(old, new), encoding="utf-8")
    lines = [f"-{line}" for line in old.splitlines()] + [f"+{line}" for line in new.splitlines()]
    changed = "\n".join(lines)
    return f"{say}\n\n```diff\n# our-place/{path}\n{changed}\n```\n"


def _output(command: str) -> str:
    from footprint.cli.app import app

    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        app(command.split()[1:], standalone_mode=False)
    # Progress is for people who wait, and where the table ends there is nothing to see.
    lines = [line.rstrip() for line in said.getvalue().splitlines()]
    return "\n".join(line for line in lines if not line.startswith("working out")).strip("\n")


_HEAD = """# An analyst's afternoon

Every command and every line below was run to write this page, and a test runs them again.
"""
_FOOT = """Now change what says CHANGE FIRST in the files, put your own figures in `baseline/`, and
give every number its source. `footprint check` tells what is missing.
"""


def main() -> None:
    """Write the page."""
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(transcript(), encoding="utf-8")
    print(PAGE.relative_to(ROOT))


if __name__ == "__main__":
    sys.exit(main())
