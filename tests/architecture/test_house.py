"""The house rules that a machine can keep."""

import ast
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "footprint"
LONGEST_FILE = 400

# Written with brackets so that this file does not match itself.
NOT_OURS = re.compile(
    r"/(?:wo[r]k|fa[r]m|ro[o]t)/|pythonhoste[d]|pypi\.or[g]/simple|registry\.npmj[s]|deb\.debia[n]"
)


def source_files() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def repository_files() -> list[Path]:
    """Every file git keeps, and every new one it would keep if added now."""
    command = "git -c safe.directory=* ls-files -z --cached --others --exclude-standard"
    listing = subprocess.run(command.split(), cwd=ROOT, capture_output=True, text=True, check=True)
    paths = (ROOT / name for name in listing.stdout.split("\0") if name)
    return [path for path in paths if path.is_file()]


def test_imports_point_down():
    lint_imports = Path(sys.executable).parent / "lint-imports"
    result = subprocess.run(
        [lint_imports, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_no_file_names_a_machine_or_a_package_registry():
    found = []
    for path in repository_files():
        content = path.read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), start=1):
            if NOT_OURS.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}")
    assert not found, "make these relative, or take them out:\n" + "\n".join(found)


def test_no_source_file_is_longer_than_400_lines():
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in source_files()}
    long = [f"{p.relative_to(ROOT)}: {n}" for p, n in lengths.items() if n > LONGEST_FILE]
    assert not long, "which two things are in each of these?\n" + "\n".join(long)


def test_every_public_module_says_what_it_is_for():
    silent = []
    for path in source_files():
        parts = path.relative_to(SOURCE).with_suffix("").parts
        public = all(part == "__init__" or not part.startswith("_") for part in parts)
        if public and not ast.get_docstring(ast.parse(path.read_text("utf-8"))):
            silent.append(str(path.relative_to(ROOT)))
    assert not silent, "these modules have no docstring:\n" + "\n".join(silent)
