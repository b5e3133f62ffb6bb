"""The settings of the public demand model, and values for them drawn as it draws them.

A setting is a number, or an interval [P10, P90]. The public model draws a Normal through the
two ends and clips it to what the setting may be. Footprint itself does not draw so, because it
is biased (see docs/method/records.md); here it is done to compare like with like.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from footprint.terms.faults import Fault, PlanFaults

Floats = NDArray[np.float64]
Setting = float | tuple[float, float]
# Distance from P10 to P90 of a Normal distribution with standard deviation 1.
P10_TO_P90 = 2.5631031310892007
# What a setting of a family may be; drawn values are clipped to it.
RANGES: dict[str, tuple[float, float]] = {
    "expat": (0, 1),
    "repat_local": (1, 5),
    "repat_nonlocal": (1, 5),
    "baseline_adjustment": (0, 5),
    "waiting_list_adjustment": (0, 5),
    "non-demographic_adjustment": (0, 5),
    "activity_avoidance": (0, 1),
    "efficiencies": (0, 1),
}
EFFICIENCY_TYPES = (
    "all",
    "sdec",
    "pre-op",
    "day_procedures_daycase",
    "day_procedures_outpatients",
)


@dataclass(frozen=True)
class Parameters:
    """Settings by address, such as activity_avoidance/ip/smoking."""

    start_year: int
    end_year: int
    variants: dict[str, float]
    health_status: bool
    inequalities: dict[str, str]
    """HRG to the kind of levelling chosen for it."""
    settings: dict[str, Setting]
    efficiency_types: dict[str, str]
    pre_op_days: dict[str, int]

    def named(self, prefix: str) -> dict[str, str]:
        """Last part of each address under `prefix`, and the address."""
        start = f"{prefix}/"
        return {a.removeprefix(start): a for a in self.settings if a.startswith(start)}


def read_parameters(path: Path) -> Parameters:
    """Settings from a params file of the public model. Raises PlanFaults."""
    try:
        raw = json.loads(path.read_text("utf-8"))
    except json.JSONDecodeError as error:
        fault = Fault("", f"no JSON: {error.msg}", "a params file", "save it again", path.name)
        raise PlanFaults([fault.at(path.name, error.lineno)]) from error
    try:
        return parameters(raw)
    except PlanFaults as error:
        raise PlanFaults([fault.at(path.name, 0) for fault in error.faults]) from error


def parameters(raw: dict[str, Any]) -> Parameters:
    """Settings from the content of a params file. Raises PlanFaults with every fault."""
    faults: list[Fault] = []
    wanted = ["start_year", "end_year", "demographic_factors", *RANGES]
    faults += [
        Fault(key, "not there", "the settings of that step", "add it")
        for key in wanted
        if key not in raw
    ]
    if faults:
        raise PlanFaults(faults)
    ndg = raw["non-demographic_adjustment"]
    if ndg.get("value-type") != "year-on-year-growth":
        found = str(ndg.get("value-type"))
        address = "non-demographic_adjustment.value-type"
        faults.append(Fault(address, found, "year-on-year-growth", "convert to yearly growth"))
    trees = {
        **{family: raw[family] for family in RANGES},
        "non-demographic_adjustment": ndg["values"],
    }
    settings: dict[str, Setting] = {}
    for family, tree in trees.items():
        for address, value in _leaves(family, tree):
            setting = _setting(value)
            if setting is None:
                cure = "write the interval low end first"
                faults.append(Fault(address, "no setting", "a number or [P10, P90]", cure))
            else:
                settings[address] = setting
    efficiencies = raw["efficiencies"].get("ip", {})
    for name, entry in efficiencies.items():
        if entry.get("type") not in EFFICIENCY_TYPES:
            address = f"efficiencies/ip/{name}.type"
            allowed = ", ".join(EFFICIENCY_TYPES)
            faults.append(Fault(address, str(entry.get("type")), allowed, "choose one"))
    variants = raw["demographic_factors"]["variant_probabilities"]
    if sum(variants.values()) <= 0:
        address = "demographic_factors.variant_probabilities"
        faults.append(Fault(address, "no chance for any", "chances above 0", "give them"))
    if faults:
        raise PlanFaults(faults)
    return Parameters(
        start_year=int(raw["start_year"]),
        end_year=int(raw["end_year"]),
        variants={name: p / sum(variants.values()) for name, p in variants.items()},
        health_status=bool(raw.get("health_status_adjustment", False)),
        inequalities={
            hrg: kind for kind, hrgs in (raw.get("inequalities") or {}).items() for hrg in hrgs
        },
        settings=settings,
        efficiency_types={name: entry["type"] for name, entry in efficiencies.items()},
        pre_op_days={
            name: int(entry["pre-op_days"])
            for name, entry in efficiencies.items()
            if entry["type"] == "pre-op"
        },
    )


def _leaves(address: str, tree: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(tree, dict) and "interval" in tree:
        yield address, tree["interval"]
    elif isinstance(tree, dict):
        for key, inside in tree.items():
            yield from _leaves(f"{address}/{key}", inside)
    else:
        yield address, tree


def _setting(value: Any) -> Setting | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, list) and len(value) == 2 and value[0] <= value[1]:
        return float(value[0]), float(value[1])
    return None


def generator(seed: int, address: str) -> np.random.Generator:
    """The random stream of one address: it depends on the seed and the address alone.

    >>> generator(1, "a").random() == generator(1, "a").random() != generator(1, "b").random()
    True
    """
    digest = blake2b(address.encode(), digest_size=16).digest()
    words = np.frombuffer(digest, dtype=np.uint32).tolist()
    return np.random.default_rng(np.random.SeedSequence([seed, *words]))


def drawn(params: Parameters, draws: int, seed: int) -> dict[str, Floats]:
    """A value of each setting in each draw, by address; dims of each: [draw].

    An interval is P10 and P90 of a Normal; a number is itself in every draw.
    """
    values: dict[str, Floats] = {}
    for address, setting in params.settings.items():
        low, high = RANGES[address.split("/")[0]]
        if isinstance(setting, tuple):
            middle, spread = sum(setting) / 2, (setting[1] - setting[0]) / P10_TO_P90
            raw = middle + spread * generator(seed, address).standard_normal(draws)
        else:
            raw = np.full(draws, setting)
        values[address] = np.clip(raw, low, high)
    return values


def drawn_variants(params: Parameters, draws: int, seed: int) -> NDArray[np.intp]:
    """Which population projection holds in each draw, as its place in `params.variants`."""
    chances = np.array(list(params.variants.values()))
    stream = generator(seed, "demographic_factors/variant")
    return stream.choice(len(chances), size=draws, p=chances)
