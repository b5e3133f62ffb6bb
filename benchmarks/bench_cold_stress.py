"""How long somebody waits for `footprint stress` of the example, from an empty start."""

import statistics
import subprocess
import sys
import time
from pathlib import Path

EXAMPLE = Path(__file__).parents[1] / "examples" / "leicestershire-2016"
_RUNS = 5
_COMMAND = "from footprint.cli import main; main()"


def main() -> dict[str, float]:
    """Time whole processes; print and give the least, the middle and the greatest, in seconds."""
    taken = sorted(_once() for _ in range(_RUNS))
    found = {"least": taken[0], "cold_stress_seconds": statistics.median(taken), "most": taken[-1]}
    for name, seconds in found.items():
        print(f"  {name:22} {seconds:.2f} s")
    return found


def _once() -> float:
    start = time.perf_counter()
    command = [sys.executable, "-c", _COMMAND, "stress", str(EXAMPLE)]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start
