"""A new plan: a small one that works, to be replaced line by line."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def new_plan(folder: Path) -> list[str]:
    """Copy the starter plan into `folder` and give the paths written inside it, in order.

    Raises FileExistsError where `folder` is a file or holds something already.
    """
    if folder.is_file():
        raise FileExistsError(f"{folder} is a file; give a folder that does not exist yet")
    if folder.is_dir() and any(folder.iterdir()):
        raise FileExistsError(
            f"{folder} is not empty, and nothing in it was touched; "
            "give a folder that does not exist yet"
        )
    starter = sorted(_files_in(files("footprint.plan") / "starter", ""), key=lambda pair: pair[0])
    for path, source in starter:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    return [path for path, _ in starter]


def _files_in(folder: Traversable, inside: str) -> Iterator[tuple[str, Traversable]]:
    for item in folder.iterdir():
        path = f"{inside}{item.name}"
        if item.is_dir():
            yield from _files_in(item, f"{path}/")
        else:
            yield path, item
