"""Run every benchmark in turn: `python -m benchmarks`, or `python -m benchmarks NAME ...`.

A benchmark is one file, `benchmarks/bench_<what>.py`, with a `main()` that prints its own figures
and gives them by name. Adding the file is all it takes. Figures go to `benchmarks/results.json`;
those of benchmarks that were not run this time stay.
"""

import json
import os
import platform
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
RESULTS = HERE / "results.json"


def main(wanted: list[str]) -> int:
    """Run benchmarks in order of name; a fault in one stops the run."""
    names = sorted(path.stem.removeprefix("bench_") for path in HERE.glob("bench_*.py"))
    unknown = [name for name in wanted if name not in names]
    if unknown:
        print(f"No benchmark is called {unknown[0]!r}; there are: {', '.join(names)}")
        return 2
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    for name in wanted or names:
        print(f"== {name}", flush=True)
        found = import_module(f"benchmarks.bench_{name}").main()
        if found:
            results[name] = found
            results["machine"] = _machine()
            RESULTS.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n")
    return 0


def _machine() -> dict[str, Any]:
    return {
        "processor": platform.machine(),
        "processors": os.cpu_count(),
        "python": platform.python_version(),
        "load_at_the_end": round(os.getloadavg()[0], 1),
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
