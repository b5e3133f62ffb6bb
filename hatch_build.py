"""Compile the engine's kernel while the package is built; say so, and go on, where that fails.

Hatchling calls `Kernel` for wheels and for editable installs. `python hatch_build.py` does the
same beside the sources. A kernel that is already there and made from the present source is kept.
"""

import os
import platform
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from itertools import product
from pathlib import Path
from sysconfig import get_platform

HERE = Path(__file__).parent / "src" / "footprint" / "engine"
SOURCES = ("kernel.c", "shares.c", "entry.c")
LIBRARY = HERE / "_kernel.so"
FLAGS = ["-O3", "-std=gnu11", "-fPIC", "-ffp-contract=fast", "-fno-math-errno"]
# Each kind of processor: its name in the kernel, its flags, the width of its registers.
EVERYWHERE = [("base", [], 16)]
X86 = [
    ("base", ["-march=x86-64-v2"], 16),
    ("v3", ["-march=x86-64-v3"], 32),
    ("v4", ["-march=x86-64-v4"], 64),
]


def find_compiler() -> str | None:
    """The C compiler named by CC, or the first one found."""
    names = [os.environ.get("CC", ""), "cc", "gcc", "clang"]
    return next(filter(None, map(shutil.which, filter(None, names))), None)


def digest() -> str:
    """What the kernel is made from, in short."""
    return sha256(b"".join((HERE / name).read_bytes() for name in SOURCES)).hexdigest()[:16]


def compile_kernel() -> str:
    """Compile the kernel if need be; one line says what happened."""
    if LIBRARY.exists() and digest().encode() in LIBRARY.read_bytes():
        return "The engine's compiled kernel is up to date."
    LIBRARY.unlink(missing_ok=True)
    compiler = find_compiler()
    if compiler is None:
        return "No C compiler here: the engine will use plain numpy, slower with the same results."
    intel = platform.machine().lower() in ("x86_64", "amd64")
    for kinds in [X86, EVERYWHERE] if intel else [EVERYWHERE]:
        fault = _compile(compiler, kinds)
        if not fault:
            return f"Compiled the engine's kernel with {Path(compiler).name}."
    return f"The engine will use plain numpy: its kernel did not compile ({fault})."


def _compile(compiler: str, kinds: list[tuple[str, list[str], int]]) -> str:
    """Empty if it worked, else the compiler's first complaint."""
    with tempfile.TemporaryDirectory() as folder:
        parts = list(product(SOURCES[:-1], kinds, ("single", "double")))
        commands = [_object(compiler, Path(folder), *part) for part in parts]
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            faults = list(filter(None, pool.map(_run, commands)))
        if faults:
            return faults[0]
        built = Path(folder) / LIBRARY.name
        link = [compiler, *FLAGS, "-shared", f'-DDIGEST="{digest()}"', str(HERE / SOURCES[-1])]
        link += ["-DLEVELS"] if len(kinds) > 1 else []
        fault = _run([*link, *(c[-1] for c in commands), "-o", str(built)])
        if not fault:
            # Never write into a library that a running process may have open.
            shutil.copy(built, LIBRARY.with_suffix(".new"))
            LIBRARY.with_suffix(".new").replace(LIBRARY)
        return fault


def _object(
    compiler: str, folder: Path, source: str, kind: tuple[str, list[str], int], precision: str
) -> list[str]:
    """The command that compiles one source for one processor and precision."""
    name, flags, width = kind
    target = folder / f"{Path(source).stem}_{name}_{precision}.o"
    macros = [f"-DBYTES={width}", f"-DNAME(x)=x##_{name}_{precision}"]
    macros += ["-DDOUBLE"] if precision == "double" else []
    return [compiler, *FLAGS, *flags, *macros, "-w", "-c", str(HERE / source), "-o", str(target)]


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return ""
    return (done.stderr.strip().splitlines() or ["the compiler stopped without a word"])[0]


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a script, without hatchling
    pass
else:

    class Kernel(BuildHookInterface):
        """Compiles the kernel into the wheel, which is then for one platform."""

        def initialize(self, version: str, build_data: dict[str, object]) -> None:
            """Called by hatchling before it packs a wheel or an editable install."""
            self.app.display_info(compile_kernel())
            if LIBRARY.exists() and version != "editable":
                build_data["pure_python"] = False
                platform_tag = get_platform().replace("-", "_").replace(".", "_")
                build_data["tag"] = f"py3-none-{platform_tag}"


if __name__ == "__main__":
    print(compile_kernel())
    sys.exit(0)
