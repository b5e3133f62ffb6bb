"""The engine on the standard area, beside EMA Workbench on the same arithmetic.

The standard area stands in ../shared/standard_area and is read, never copied; where it is not
there, nothing is timed. Peers run in their own Python: FOOTPRINT_PEERS names it, else
.venv-peers is tried (`requirements/bench.in` says what it needs).
"""

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from statistics import median
from types import ModuleType
from typing import Any

import numpy as np

from footprint.engine import CohortArea, simulate, which
from footprint.engine.reduce import Moments, PickFreeze
from footprint.stress.sensitivity import first_order

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared" / "standard_area"
THREADS = 2
ROUNDS = 5
BUSY: list[float] = []
PEER = """
import time
from ema_workbench import SequentialEvaluator, ema_logging
from peer_ema import f, mk
with SequentialEvaluator(mk(f, "real")) as evaluator:
    evaluator.perform_experiments(scenarios=5)
    start = time.perf_counter()
    evaluator.perform_experiments(scenarios=120)
    print(120 / (time.perf_counter() - start))
"""


def load(name: str) -> ModuleType:
    """One file of the standard area as a module."""
    found = spec_from_file_location(name, SHARED / f"{name}.py")
    if found is None or found.loader is None:
        raise ImportError(f"{name}.py cannot be read")
    module = module_from_spec(found)
    sys.modules[name] = module
    found.loader.exec_module(module)
    return module


def standard_area(spec: ModuleType) -> CohortArea:
    """The standard area as the engine wants it."""
    return CohortArea(
        people=spec.N0,
        up=spec.pu[:, :, :-1],
        down=spec.pd[:, :, 1:],
        deaths=spec.q,
        fertility=spec.fert,
        birth_share=np.array([0.5, 0.5]),
        mother=1,
        migration=spec.mig,
        reach=spec.reach,
        rates=spec.rb,
        unit_price=spec.uc,
        share=spec.share,
        bed_use=spec.bed,
        staff_use=spec.wte,
        band_start=np.array([*range(0, 5 * spec.NB, 5), spec.A]),
        coarse_of_band=spec.cb_of_b,
        group_of_service=spec.grp,
    )


def flat(out: dict[str, Any]) -> Any:
    """Every output of each draw in one row."""
    return np.concatenate([y.reshape(len(y), -1) for y in out.values()], axis=1)


def seconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Median wall time; beside it, in `BUSY`, the processor's, which a shared machine needs."""
    times, busy = [], []
    for _ in range(rounds):
        start, worked = time.perf_counter(), time.process_time()
        work()
        times.append(time.perf_counter() - start)
        busy.append(time.process_time() - worked)
    BUSY.append(median(busy))
    return median(times)


def errors(area: CohortArea, theta: Any, oracle: ModuleType, precision: Any) -> float:
    """Largest relative difference from the oracle's plain einsum over a few draws."""
    out = simulate(area, theta, precision, THREADS)
    worst = 0.0
    for n, row in enumerate(theta):
        for ours, theirs in zip(out.values(), oracle.run_einsum(row), strict=True):
            size = np.where(theirs == 0, 1, np.abs(theirs))
            worst = max(worst, float((np.abs(ours[n] - theirs) / size).max()))
    return worst


def peer_speed() -> float | None:
    """Draws a second of EMA Workbench's sequential evaluator, or None where it is not here."""
    python = os.environ.get("FOOTPRINT_PEERS") or str(ROOT / ".venv-peers" / "bin" / "python")
    if not Path(python).exists():
        return None
    quiet = os.environ | {"OPENBLAS_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"}
    quiet.pop("PYTHONPATH", None)
    code = f"import sys; sys.path.insert(0, {str(SHARED)!r})" + PEER
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, env=quiet)
    if done.returncode:
        print("  EMA Workbench did not run:", done.stderr.strip().splitlines()[-1:])
        return None
    return float(done.stdout.split()[-1])


def side_by_side(area: CohortArea, spec: ModuleType) -> dict[str, float]:
    """Ours and the peer in turn, so that both meet the same load; medians."""
    rng = np.random.default_rng(2)
    speed: dict[str, list[float]] = {"single": [], "double": [], "ema": []}

    def whole(precision: Any) -> None:
        simulate(area, spec.transform(rng.random((4096, spec.D))), precision, THREADS)

    for _ in range(ROUNDS):
        for precision in ("single", "double"):
            speed[precision].append(4096 / seconds(lambda p=precision: whole(p), 1))
        peer = peer_speed()
        speed["ema"] += [] if peer is None else [peer]
    return {name: median(found) for name, found in speed.items() if found}


def with_sensitivity(area: CohortArea, spec: ModuleType) -> None:
    """8,192 draws, and the share of every output's variance for each of the 218 assumptions."""
    chances = np.random.default_rng(3).random((8192, spec.D))
    first_order(chances, flat(simulate(area, spec.transform(chances), "single", THREADS)))


def saltelli(area: CohortArea, spec: ModuleType, base: int, piece: int = 32) -> PickFreeze:
    """A full pick-freeze design, first and total shares of every output, in pieces."""
    rng, found = np.random.default_rng(4), PickFreeze()
    for _ in range(0, base, piece):
        a, b = (spec.transform(rng.random((piece, spec.D))) for _ in range(2))
        rows = PickFreeze.design(a, b)
        found.add(flat(simulate(area, rows, "single", THREADS)), spec.D)
    return found


def portfolios(area: CohortArea, spec: ModuleType) -> list[Moments]:
    """20 portfolios that change rates and prices, on the same 1,024 futures."""
    rng = np.random.default_rng(5)
    theta = spec.transform(rng.random((1024, spec.D)))
    rows = np.tile(theta, (20, 1, 1))
    moved = ~area.which("people")
    rows[:, :, moved] *= rng.uniform(0.9, 1.0, (20, 1, int(moved.sum())))
    out = flat(simulate(area, rows.reshape(-1, spec.D), "single", THREADS))
    found = [Moments() for _ in rows]
    for moments, y in zip(found, out.reshape(20, 1024, -1), strict=True):
        moments.add(y)
    return found


def main() -> dict[str, float]:
    """Time the engine on the standard area and print what was found; empty where it is absent."""
    if not SHARED.is_dir():
        print("  no standard area here (../shared/standard_area), so nothing is timed")
        return {}
    spec, oracle = load("spec"), load("oracle")
    area = standard_area(spec)
    theta = spec.transform(np.random.default_rng(1).random((1024, spec.D)))
    before = os.getloadavg()[0]
    found = {f"max_relative_error_{n}": errors(area, theta[:4], oracle, p) for n, p in KINDS}
    speed = side_by_side(area, spec)
    found |= {f"draws_per_second_{n}": speed[p] for n, p in KINDS}
    if "ema" in speed:
        found["ema_draws_per_second"] = speed["ema"]
        found["ratio_to_ema"] = speed["single"] / speed["ema"]
        found["ratio_to_ema_f64"] = speed["double"] / speed["ema"]
    tasks: dict[str, tuple[Callable[[], object], int]] = {
        "1024": (lambda: simulate(area, theta, "single", THREADS), ROUNDS),
        "1024_f64": (lambda: simulate(area, theta, "double", THREADS), ROUNDS),
        "8192_with_sensitivity": (lambda: with_sensitivity(area, spec), ROUNDS),
        "saltelli_512": (lambda: saltelli(area, spec, 512), 1),
        "saltelli_1024": (lambda: saltelli(area, spec, 1024), 1),
        "portfolios_20x1024": (lambda: portfolios(area, spec), ROUNDS),
    }
    for name, (work, rounds) in tasks.items():
        found[f"seconds_{name}"] = seconds(work, rounds)
        found[f"cpu_seconds_{name}"] = BUSY[-1]
    report(found, before)
    return found


KINDS = (("f32", "single"), ("f64", "double"))
ASKED = {
    "ratio_to_ema": ("at least", 100.0),
    "seconds_1024": ("at most", 0.1),
    "seconds_8192_with_sensitivity": ("at most", 1.0),
    "seconds_saltelli_512": ("at most", 12.0),
    "seconds_portfolios_20x1024": ("at most", 1.2),
    "max_relative_error_f64": ("at most", 1e-12),
    "max_relative_error_f32": ("at most", 1e-5),
}


def report(found: dict[str, float], before: float) -> None:
    """Print machine, load and every figure beside what is asked of it."""
    print(f"  {which()}; {THREADS} threads")
    print(
        f"  {platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    )
    print(f"  load {before:.1f} at the start, {os.getloadavg()[0]:.1f} at the end")
    print("  saltelli_512 and _1024 are full designs of 112,640 and 225,280 draws")
    for name, value in found.items():
        wanted = "  ({} {:g})".format(*ASKED[name]) if name in ASKED else ""
        print(f"  {name:32} {value:12.4g}{wanted}", flush=True)


if __name__ == "__main__":
    main()
