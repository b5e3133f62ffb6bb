"""Makes a broken plan: a copy of the starter with one mistake, as tests/broken_plans/*.yaml say."""

import re
from pathlib import Path
from typing import Any

from footprint.plan.new import new_plan

MISTAKES = Path(__file__).parents[1] / "broken_plans"


def make(folder: Path, changes: list[dict[str, Any]]) -> Path:
    """The starter in `folder` with the changes made; gives the path to read."""
    new_plan(folder)
    for change in changes:
        if "folder" in change and "file" not in change:
            return _instead_of_folder(folder, change["folder"])
        _change(folder / change["file"], change, folder)
    return folder


def _instead_of_folder(folder: Path, what: str) -> Path:
    return {
        "missing": folder / "nowhere",
        "empty": folder.parent,
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
        file.write_text(_replaced(_text(file), change["replace"], change["with"]), newline="")
    elif "copy" in change:
        text = _text(folder / change["copy"])
        for old, new in change["replacing"].items():
            text = _replaced(text, old, new)
        file.write_text(text, encoding="utf-8", newline="")
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
