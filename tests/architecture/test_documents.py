"""Documents, registers and code say the same."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from footprint.evidence.distributions import distribution_kinds
from footprint.plan.effects import effect_kinds

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def script(name: str) -> ModuleType:
    """A script of docs/ as a module."""
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_says_what_the_code_says() -> None:
    for name, text in script("build").pages().items():
        assert (DOCS / "reference" / name).read_text() == text, f"{name}: run `make docs`"


def test_the_analysts_afternoon_happens_as_it_is_told() -> None:
    told = (DOCS / "start" / "afternoon.md").read_text()
    assert script("afternoon").transcript() == told, "run `make docs` and read the difference"


def test_the_readme_quotes_what_the_demo_says() -> None:
    readme = (ROOT / "README.md").read_text()
    assert script("answer").with_answer(readme) == readme, "run `make docs`"


@pytest.mark.parametrize(
    ("folder", "register"),
    [
        ("plan/effects", effect_kinds),
        ("evidence/distributions", lambda: {*distribution_kinds(), "mixture"}),
    ],
)
def test_one_file_adds_one_thing(folder: str, register: object) -> None:
    files = {p.stem for p in (ROOT / "src/footprint" / folder).glob("*.py")}
    assert files - {"__init__", "base"} == set(register())  # type: ignore[operator]


def test_links_between_documents_lead_somewhere() -> None:
    for page in [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.relative_to(ROOT)}: {target}"
