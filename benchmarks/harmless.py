"""Sound plans to plant faults in, and changes that do a plan no harm."""

import copy
from collections.abc import Callable
from pathlib import Path
from random import Random

from benchmarks.planters import (
    SUPPLY,
    Data,
    avoid,
    closing,
    is_starter,
    main_effect,
    prevention,
    prevention_rows,
    quiet_service,
    scheme,
    some,
)
from footprint.plan.read import read_plan
from footprint.plan.schema import Plan

ROOT = Path(__file__).parents[1]
STARTER = ROOT / "src" / "footprint" / "plan" / "starter"
EXAMPLE = ROOT / "examples" / "leicestershire-2016"


def plain(plan: Plan) -> Data:
    """A plan as data that can be edited."""
    return plan.model_dump(by_alias=True)


def sound_starter() -> Data:
    """The plan that `footprint new` writes."""
    return plain(read_plan(STARTER))


def sound_example() -> Data:
    """The example with all that the checks tell of it mended, by inventing what it lacks."""
    data = plain(read_plan(EXAMPLE))
    data["about"]["contingency"] = "The partners decide within a month what is stopped."
    data["about"]["cost_lens"] = "marginal"
    _govern(data)
    for found in data["schemes"].values():
        found["heard_until"], found["option_fixed"] = "2016-09-30", "2016-11-21"
    data["schemes"]["acute-reconfiguration"]["effects"]["beds-closed"]["change"]["value"] = -60
    _make_room(data)
    _staff(data)
    data["baseline"]["income"] = tuple(
        {**r, "purpose": "core"} if r["purpose"] == "prevention" else r
        for r in data["baseline"]["income"]
    )
    return data


def _govern(data: Data) -> None:
    partners = list(data["about"]["partners"])
    data["governance"].update(
        analyst={"partner": partners[0], "role": "Head of planning analysis"},
        assurer={"partner": partners[-2], "role": "Head of internal audit"},
        sign_off={"body": next(iter(data["governance"]["bodies"])), "on": "2016-10-31"},
    )


def _make_room(data: Data) -> None:
    more = {"acute-beds": 1.08, "community-beds": 1.15}
    for row in data["baseline"]["capacity"]:
        row["available"] *= more.get(row["resource"], 1.2)


def _staff(data: Data) -> None:
    """Staff who grow with the work, and a role for each receiver that had none."""
    data["assumptions"]["supply"]["community-staff"] = some(data, SUPPLY, "percent a year", 0)
    rows = data["baseline"]
    role = {**rows["workforce"][0], "role": "primary-care-staff", "name": "Primary care staff"}
    rows["workforce"] += (role,)
    for service, weight in (("general-practice", 0.7), ("reablement", 0.3)):
        row = {**rows["staffing"][0], "role": role["role"], "service": service, "weight": weight}
        rows["staffing"] += (row,)


Harmless = Callable[[Data, Random], None]
HARMLESS: list[Harmless] = []


def harmless(change: Harmless) -> Harmless:
    """Register a change that is no fault."""
    HARMLESS.append(change)
    return change


@harmless
def other_words(data: Data, chance: Random) -> None:
    """Another title and another plan B."""
    data["about"]["title"] = f"A plan, version {chance.randint(2, 99)}"
    data["about"]["contingency"] = "Reserves of one percent are kept until the second year."


@harmless
def other_costs(data: Data, chance: Random) -> None:
    """Unit costs a few percent away."""
    factor = chance.uniform(0.95, 1.05)
    for row in data["baseline"]["volumes"]:
        row["unit_cost_gbp"] *= factor


@harmless
def a_modest_scheme(data: Data, chance: Random) -> None:
    """A further scheme that claims a few percent of a service."""
    effect = avoid(data, quiet_service(data), chance.uniform(4, 14), 0.9)
    data["schemes"]["modest"] = scheme(data, effect)


@harmless
def careful_efficiency(data: Data, chance: Random) -> None:
    """Work that gets cheaper by less than providers have managed."""
    said = some(data, chance.uniform(0.8, 2.2), "percent a year", 0.9)
    effect = {"kind": "efficiency", "services": (quiet_service(data),), "a_year": said}
    data["schemes"]["careful"] = scheme(data, effect, 50)


@harmless
def sure_of_strong_evidence(data: Data, chance: Random) -> None:
    """A narrower range on strong evidence, which may still fall short."""
    found, effect = main_effect(data)
    found["evidence"]["grade"] = "strong"
    found["reach"] = some(data, chance.uniform(15, 25), "percent", 0.2)
    effect["size"] = some(data, chance.uniform(3, 6), "percent", 0.3, "strong")


@harmless
def the_same_for_others(data: Data, chance: Random) -> None:
    """A scheme parted by place: the same effect, on other people."""
    found = prevention(data)
    places = list(data["about"]["localities"])
    twin = copy.deepcopy(found)
    found["cohort"]["places"], twin["cohort"]["places"] = (places[0],), tuple(places[1:])
    twin["name"] = "The same elsewhere"
    data["schemes"]["elsewhere"] = twin


@harmless
def a_post_next_door(data: Data, chance: Random) -> None:
    """An assurer in the analyst's organisation, in another post."""
    partner = data["governance"]["analyst"]["partner"]
    data["governance"]["assurer"] = {"partner": partner, "role": "Director of audit"}


@harmless
def fixed_the_day_after(data: Data, chance: Random) -> None:
    """An option fixed the day after people were heard, or not yet."""
    found = prevention(data)
    found["heard_until"] = "2016-09-30"
    found["option_fixed"] = chance.choice(["2016-10-01", None])


@harmless
def money_to_the_end(data: Data, chance: Random) -> None:
    """A cost with money until the last year."""
    cost = next(iter(prevention(data)["costs"].values()))
    cost["funded_until"] = data["about"]["years"]["last"]


@harmless
def prevention_that_grows_or_ends(data: Data, chance: Random) -> None:
    """Prevention money that grows, or ends on a day known beforehand."""
    if chance.random() < 0.5:
        prevention_rows(data, [2.0, 2.1, 2.1, 2.2, 2.3])
    else:
        years = sorted({r["year"] for r in data["baseline"]["population"]})
        prevention_rows(data, [2.0, 2.0, 2.0], ends=years[2])


@harmless
def fewer_beds_than_freed(data: Data, chance: Random) -> None:
    """A few beds closed, fewer than are freed."""
    beds = chance.uniform(-1.8, -1.2) if is_starter(data) else chance.uniform(-15, -5)
    effect = closing(data, beds, 20)
    further = scheme(data, effect)
    further["starts"], further["ramp"] = data["about"]["years"]["last"], (1.0,)
    data["schemes"]["fewer-beds"] = further


@harmless
def stricter_occupancy(data: Data, chance: Random) -> None:
    """Beds that may be less full than before."""
    for row in data["baseline"]["capacity"]:
        if row["resource"] == "acute-beds" and row["year"] != data["about"]["years"]["base"]:
            row["occupancy_limit"] = chance.choice([0.9, 0.91, 0.92])


@harmless
def prevention_late(data: Data, chance: Random) -> None:
    """A scheme that starts a year later and more slowly."""
    years = sorted({r["year"] for r in data["baseline"]["population"]})
    found = prevention(data)
    found["starts"], found["ramp"] = years[2], (0.2, chance.uniform(0.4, 0.8), 1.0)
