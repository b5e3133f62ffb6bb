"""The starter plan, and copies of it with something changed, for every test of plans.

A change is one entry of the list under `change:` in tests/broken_plans/*.yaml:

    {file, replace, with}     a text that stands there exactly once
    {file, write}             the whole file, new or old
    {file, append}            more at the end
    {file, delete: true}      the file is gone
    {file, copy}              the file is a copy of another
    {file, sub: [this, that]} a regular expression, wherever it fits
    {file, drop_lines}        lines that hold this are gone
    {file, encode}            the same text in another encoding
    {file, line_ends}         windows
    {file, repeat_to_mb}      the same text again and again
    {file, folder: true}      a folder in its place
    {folder}                  missing, empty or file: what is given instead of the plan
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from footprint.plan.new import new_plan
from footprint.plan.read import read_plan
from footprint.plan.schema import Plan

Changes = list[dict[str, Any]]


def make(folder: Path, changes: Changes) -> Path:
    """The starter in `folder` with the changes made; gives the path to read."""
    new_plan(folder)
    for change in changes:
        if "folder" in change and "file" not in change:
            return _instead_of_folder(folder, change["folder"])
        _change(folder / change["file"], change, folder)
    return folder


def _instead_of_folder(folder: Path, what: str) -> Path:
    (folder / "nothing-here").mkdir()
    return {
        "missing": folder / "nowhere",
        "empty": folder / "nothing-here",
        "file": folder / "plan.yaml",
    }[what]


def _change(file: Path, change: dict[str, Any], folder: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    if "delete" in change:
        file.unlink()
    elif "folder" in change:
        file.unlink()
        file.mkdir()
    elif "write" in change:
        file.write_text(change["write"], encoding="utf-8", newline="")
    elif "append" in change:
        file.write_text(_text(file) + change["append"], encoding="utf-8", newline="")
    elif "replace" in change:
        text = _replaced(_text(file), change["replace"], change["with"])
        file.write_text(text, encoding="utf-8", newline="")
    elif "copy" in change:
        file.write_bytes((folder / change["copy"]).read_bytes())
    elif "drop_lines" in change:
        kept = [x for x in _text(file).splitlines(True) if change["drop_lines"] not in x]
        file.write_text("".join(kept), encoding="utf-8", newline="")
    elif "sub" in change:
        text, count = re.subn(*change["sub"], _text(file))
        assert count, f"{change['sub'][0]!r} is not in {file.name}"
        file.write_text(text, encoding="utf-8", newline="")
    elif "encode" in change:
        file.write_bytes(_text(file).encode(change["encode"]))
    elif "line_ends" in change:
        file.write_bytes(_text(file).encode().replace(b"\n", b"\r\n"))
    else:
        _repeat(file, change["repeat_to_mb"])


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8")


def _replaced(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in the starter, not once"
    return text.replace(old, new)


def _repeat(file: Path, megabytes: int) -> None:
    whole = file.read_bytes()
    file.write_bytes(whole * (megabytes * 1_000_000 // len(whole) + 1))


@pytest.fixture
def change_starter(tmp_path: Path) -> Callable[[Changes], Path]:
    """Makes the changes to a copy of the starter and gives the path to read."""
    return lambda changes: make(tmp_path / "plan", changes)


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """The plan that `footprint new` writes, read."""
    folder = tmp_path_factory.mktemp("starter") / "plan"
    new_plan(folder)
    return read_plan(folder)
