"""Run every benchmark in turn: `python -m benchmarks`.

A benchmark is one file, `benchmarks/bench_<what>.py`, with a `main()` that prints its own figures.
Adding the file is all it takes.
"""

import sys
from importlib import import_module
from pathlib import Path


def main() -> int:
    """Run each benchmark's `main()`, in order of name; a fault in one stops the run."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    if not names:
        print("No benchmarks yet: add benchmarks/bench_<what>.py with a main() to make one.")
    for name in names:
        print(f"== {name.removeprefix('bench_')}", flush=True)
        import_module(f"benchmarks.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main())
