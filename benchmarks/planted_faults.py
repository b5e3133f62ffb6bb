"""Planted faults: how many of them the checks tell, and how often they cry wolf.

    python -m benchmarks.planted_faults          print the table
    python -m benchmarks.planted_faults --write  and write docs/method/planted-faults.md

The same seed plants the same faults.
"""

import copy
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random

from benchmarks.harmless import HARMLESS, sound_example, sound_starter
from benchmarks.planters import KINDS, Data
from footprint.model.area import Area
from footprint.plan.checks import plan_checks
from footprint.plan.schema import Plan
from footprint.stress.checks import result_checks
from footprint.stress.checks.register import Result

PAGE = Path(__file__).parents[1] / "docs" / "method" / "planted-faults.md"
SEED = 2016
TOGETHER = 24
SOUND = 70
# Kinds of which two in one plan would undo each other.
APART = (
    {
        "delivery-taken-for-sure",
        "weak-evidence-booked",
        "owner-or-source-missing",
        "effect-beyond-the-experts",
    },
    {"option-fixed-first", "hearing-not-dated", "saving-under-two-names"},
    {"occupancy-dialled-up", "fall-beyond-the-class", "effect-beyond-the-experts"},
)
CHECKS = tuple(dict.fromkeys(kind.check for kind in KINDS.values()))


@dataclass(frozen=True)
class Case:
    """A plan, the kinds of fault planted in it, and whether they are borderline."""

    base: str
    planted: tuple[str, ...]
    hard: bool
    plan: Plan

    @property
    def wanted(self) -> set[str]:
        """Checks that ought to speak."""
        return {KINDS[kind].check for kind in self.planted}

    @property
    def allowed(self) -> set[str]:
        """Checks that may speak because what is planted truly brings it about."""
        return self.wanted.union(*(KINDS[kind].brings for kind in self.planted))


def bases() -> dict[str, Data]:
    """The two sound plans that faults are planted in."""
    return {"starter": sound_starter(), "example": sound_example()}


def faulty(seed: int = SEED) -> Iterator[Case]:
    """Each kind alone in both plans, clear and borderline, then two or three kinds together.

    In the starter, which is quick to run, each stands three times in different sizes.
    """
    sound = bases()
    for base, times in (("starter", 3), ("example", 1)):
        for kind in KINDS:
            for i, hard in product(range(times), (False, True)):
                yield planted(sound, base, (kind,), hard, seed + i)
    chance = Random(seed)
    for i in range(TOGETHER):
        kinds = _together(chance)
        yield planted(sound, ("starter", "example")[i % 2], kinds, False, seed + i)


def _together(chance: Random) -> tuple[str, ...]:
    """Two or three kinds that can stand in one plan; one that stops the reading stands alone."""
    able = [kind for kind in KINDS if kind != "avoided-work-goes-nowhere"]
    while True:
        kinds = set(chance.sample(able, chance.choice([2, 3])))
        if all(len(kinds & group) < 2 for group in APART):
            return tuple(sorted(kinds))


def planted(
    sound: dict[str, Data], base: str, kinds: tuple[str, ...], hard: bool, seed: int
) -> Case:
    """A sound plan with faults planted in it, the same for the same seed."""
    data = copy.deepcopy(sound[base])
    chance = Random(f"{seed} {base} {kinds} {hard}")
    for kind in kinds:
        KINDS[kind].plant(data, chance, hard)
    return Case(base, kinds, hard, Plan.model_validate(data))


def harmless(seed: int = SEED, count: int = SOUND) -> Iterator[Case]:
    """Sound plans: one to three harmless changes each."""
    sound, chance = bases(), Random(seed)
    for i in range(count):
        base = ("starter", "example")[i % 2]
        data = copy.deepcopy(sound[base])
        first = HARMLESS[(i // 2) % len(HARMLESS)]
        others = chance.sample([c for c in HARMLESS if c is not first], chance.choice([0, 1, 2]))
        for change in (first, *others):
            change(data, chance)
        yield Case(base, (), False, Plan.model_validate(data))


def spoken(plan: Plan) -> set[str]:
    """Names of the checks that say something of a plan."""
    named = [check for name, check in plan_checks().items() if name in CHECKS]
    found = [(check.name, fault) for check in named for fault in check.find(plan)]
    said = {name for name, _ in found}
    if any(fault.grade == "stop" for _, fault in found):
        return said
    result = Result(Area.of(plan))
    return said | {name for name, c in result_checks().items() if any(True for _ in c.find(result))}


@dataclass
class Score:
    """How a check did: told of planted, clear and borderline apart, and false alarms."""

    clear: int = 0
    clear_told: int = 0
    hard: int = 0
    hard_told: int = 0
    alarms_faulty: int = 0
    alarms_sound: int = 0


def score(cases: Iterator[Case]) -> tuple[dict[str, Score], dict[str, int]]:
    """Each check's score, and how many plans there were of each sort."""
    scores = {name: Score() for name in CHECKS}
    counts = {"faulty": 0, "sound": 0}
    for case in cases:
        said = spoken(case.plan)
        counts["faulty" if case.planted else "sound"] += 1
        for name, mine in scores.items():
            if name in case.wanted and case.hard:
                mine.hard, mine.hard_told = mine.hard + 1, mine.hard_told + (name in said)
            elif name in case.wanted:
                mine.clear, mine.clear_told = mine.clear + 1, mine.clear_told + (name in said)
            elif name in said and name not in case.allowed:
                mine.alarms_faulty += bool(case.planted)
                mine.alarms_sound += not case.planted
    return scores, counts


def table(scores: dict[str, Score], counts: dict[str, int]) -> str:
    """The scores as a table for the documents."""
    lines = [
        "| check | clear faults told | borderline told | false alarms, other faults "
        "| false alarms, sound plans |",
        "|---|---|---|---|---|",
    ]
    for name, s in scores.items():
        told = f"{s.clear_told} of {s.clear} | {s.hard_told} of {s.hard}"
        lines.append(f"| {name} | {told} | {s.alarms_faulty} | {s.alarms_sound} |")
    sums = [sum(getattr(s, f) for s in scores.values()) for f in Score.__dataclass_fields__]
    clear, clear_told, hard, hard_told, other, sound = sums
    told = f"{clear_told} of {clear} | {hard_told} of {hard}"
    lines.append(f"| all | {told} | {other} | {sound} |")
    return f"{counts['faulty']} faulty plans, {counts['sound']} sound ones.\n\n" + "\n".join(lines)


def main() -> None:
    """Print the table, and write the page with --write."""
    cases = (case for part in (faulty(), harmless()) for case in part)
    text = table(*score(cases))
    print(text)
    if "--write" in sys.argv:
        head, _, rest = PAGE.read_text("utf-8").partition("<!-- table -->\n")
        _, _, tail = rest.partition("<!-- end of table -->\n")
        PAGE.write_text(f"{head}<!-- table -->\n{text}\n<!-- end of table -->\n{tail}", "utf-8")


if __name__ == "__main__":
    main()
