"""Faults to plant in a plan, and harmless changes: each a function of plain data and chance.

A plan is edited as the mapping `Plan.model_dump` gives. `hard` asks for the borderline form of a
fault: one that a person would still call a fault, made small or put in other words.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

Data = dict[str, Any]
Plant = Callable[[Data, Random, bool], None]


@dataclass(frozen=True)
class Kind:
    """A kind of fault: the check that ought to tell it, and what else it truly brings with it."""

    check: str
    plant: Plant
    brings: frozenset[str] = field(default_factory=frozenset)


KINDS: dict[str, Kind] = {}


def fault(check: str, *brings: str) -> Callable[[Plant], Plant]:
    """Register a fault under its function's name."""

    def register(plant: Plant) -> Plant:
        KINDS[plant.__name__.replace("_", "-")] = Kind(check, plant, frozenset(brings))
        return plant

    return register


def number(
    mean: float, unit: str, spread: float = 0.8, grade: str = "moderate", **more: Any
) -> Data:
    """An assumption: a range of `spread` either side of its mean, or a plain value for 0."""
    low, high = sorted((mean * (1 - spread), mean * (1 + spread)))
    doubt = {"kind": "uniform", "low": low, "high": high}
    said: Data = {"distribution": doubt} if spread else {"value": mean}
    return {
        **said, "unit": unit, "status": "assumed", "grade": grade, "source": more.pop("source"),
        "owner": {"partner": more.pop("partner"), "role": "Finance lead"},
        "why": "Planted for the benchmark of checks.",
    }  # fmt: skip


def is_starter(data: Data) -> bool:
    """Whether the plan is grown from the starter."""
    return "urgent-care-at-home" in data["schemes"]


def source_of(data: Data) -> str:
    """A source that the plan lists."""
    return str(data["baseline"]["sources"][0]["source"])


def some(data: Data, mean: float, unit: str, spread: float = 0.8, grade: str = "moderate") -> Data:
    """A number with an owner and a source of this plan."""
    partner = next(iter(data["about"]["partners"]))
    return number(mean, unit, spread, grade, source=source_of(data), partner=partner)


def last(data: Data) -> str:
    """The last year of the plan."""
    return str(data["about"]["years"]["last"])


def scheme(data: Data, effect: Data, reach: float = 50, grade: str = "moderate") -> Data:
    """A further scheme with one effect."""
    model = copy.deepcopy(next(iter(data["schemes"].values())))
    keep = ("lead", "partners", "pays", "gains", "starts", "heard_until", "option_fixed")
    return {
        **{key: model[key] for key in keep},
        "name": "A further scheme", "summary": "Planted for the benchmark of checks.",
        "programme": "further", "reach": some(data, reach, "percent", 0.5), "ramp": (0.5, 1.0),
        "effects": {"effect": {"why": "Planted for the benchmark.", **effect}},
        "evidence": {"grade": grade, "sentence": "Planted for the benchmark of checks."},
    }  # fmt: skip


def avoid(data: Data, service: str, size: float, spread: float = 0.6) -> Data:
    """Avoidance of a service, all of it prevented."""
    said = some(data, size, "percent", spread)
    return {"kind": "avoid", "service": service, "size": said, "prevented": "Nobody needs it."}


def quiet_service(data: Data) -> str:
    """A service bought at cost, of which no reference class speaks."""
    return "care-home-weeks" if is_starter(data) else "prescribing"


def main_effect(data: Data) -> tuple[Data, Data]:
    """The plan's scheme that avoids admissions, and its effect."""
    if is_starter(data):
        found = data["schemes"]["urgent-care-at-home"]
        return found, found["effects"]["fewer-admissions"]
    found = data["schemes"]["integrated-locality-teams"]
    return found, found["effects"]["frail-people"]


def prevention(data: Data) -> Data:
    """The plan's scheme of prevention."""
    name = "staying-well" if is_starter(data) else "self-care-and-prevention"
    found: Data = data["schemes"][name]
    return found


def prevention_rows(data: Data, amounts: list[float], ends: str | None = None) -> None:
    """A line of money for prevention by year."""
    years = sorted({r["year"] for r in data["baseline"]["population"]})
    partner = data["baseline"]["income"][0]["partner"]
    for year, amount in zip(years, amounts, strict=False):
        data["baseline"]["income"] += (
            {
                "income": "prevention-fund", "partner": partner, "name": "Prevention fund",
                "year": year, "amount_gbp_m": amount, "recurrent": ends is None, "ends": ends,
                "purpose": "prevention", "status": "assumed", "source": source_of(data),
            },
        )  # fmt: skip


@fault("there-is-a-plan-b")
def contingency_missing(data: Data, chance: Random, hard: bool) -> None:
    """No contingency; hard: a word that stands for none."""
    data["about"]["contingency"] = chance.choice(["tbc", "To follow.", "n/a"]) if hard else ""


@fault("risk-of-non-delivery-is-quantified", "weak-evidence-has-a-wide-range")
def delivery_taken_for_sure(data: Data, chance: Random, hard: bool) -> None:
    """Every number of a scheme is certain; hard: nearly certain."""
    found, effect = main_effect(data)
    found["reach"] = some(data, chance.uniform(20, 40), "percent", 0)
    spread = chance.uniform(0.06, 0.18) if hard else 0
    effect["size"] = some(data, chance.uniform(3, 6), "percent", spread)


@fault("weak-evidence-has-a-wide-range")
def weak_evidence_booked(data: Data, chance: Random, hard: bool) -> None:
    """A saving is booked on weak evidence with a narrow range; hard: just too narrow."""
    found, effect = main_effect(data)
    found["evidence"]["grade"] = chance.choice(["weak", "none"])
    found["reach"] = some(data, chance.uniform(20, 40), "percent", 0.2)
    spread = chance.uniform(0.4, 0.6) if hard else chance.uniform(0.1, 0.3)
    effect["size"] = some(data, chance.uniform(3, 6), "percent", spread, "weak")


@fault("savings-are-a-credible-share-of-spend", "overlapping-claims-are-counted-once")
def saving_larger_than_its_spend_bears(data: Data, chance: Random, hard: bool) -> None:
    """A scheme saves a fifth of a service or more; hard: just over a tenth."""
    share = chance.uniform(10.3, 12) if hard else chance.uniform(15, 30)
    effect = avoid(data, quiet_service(data), share * 2)
    data["schemes"]["saving-larger-than-its-spend-bears"] = scheme(data, effect)


@fault("one-saving-has-one-scheme")
def saving_under_two_names(data: Data, chance: Random, hard: bool) -> None:
    """A scheme is there twice; hard: the second claims a little more or less."""
    twin = copy.deepcopy(prevention(data))
    twin["name"], twin["programme"] = "Another name", "another"
    if hard:
        twin["reach"] = some(data, chance.uniform(12, 16), "percent", 0.5)
    data["schemes"]["another"] = twin


@fault("overlapping-claims-are-counted-once", "savings-are-a-credible-share-of-spend")
def claims_overlap(data: Data, chance: Random, hard: bool) -> None:
    """Two schemes claim much of the same service; hard: the overlap is about a tenth."""
    sizes = (24, 30) if hard else (chance.uniform(60, 80), chance.uniform(45, 55))
    for name, size in zip(("one", "two"), sizes, strict=True):
        effect = avoid(data, quiet_service(data), size, 0.2)
        data["schemes"][name] = scheme(data, effect, 66)


@fault("a-closed-bed-is-saved-once", "beds-close-when-they-are-free")
def ward_counted_twice(data: Data, chance: Random, hard: bool) -> None:
    """A closed bed is worth a whole ward's cost, and so is the work; hard: by a tenth too much."""
    data["about"]["cost_lens"] = "average"
    worth = chance.uniform(8, 14) if hard else chance.uniform(60, 120)
    data["schemes"]["ward-counted-twice"] = scheme(data, closing(data, -1, worth))
    if not is_starter(data):
        data["schemes"]["acute-reconfiguration"]["effects"].pop("beds-closed")


def closing(data: Data, beds: float, worth: float) -> Data:
    """Acute beds closed, each worth so many thousand pounds a year."""
    partner = data["baseline"]["capacity"][0]["partner"]
    return {
        "kind": "capacity", "resource": "acute-beds", "partner": partner,
        "change": some(data, beds, "beds"), "worth": some(data, worth, "GBP k a year"),
    }  # fmt: skip


@fault("avoided-work-lands")
def avoided_work_goes_nowhere(data: Data, chance: Random, hard: bool) -> None:
    """Part of what is avoided has no receiver; hard: the reason given is no reason."""
    _, effect = main_effect(data)
    effect["prevented"] = "-" if hard else ""
    if chance.random() < 0.5 or hard:
        effect["receives"] = {}
    else:
        effect["receives"].pop(next(iter(effect["receives"])))


def _role(data: Data) -> str:
    return "nurses-in-post" if is_starter(data) else "community-staff"


@fault("receivers-have-staff")
def receiver_without_staff(data: Data, chance: Random, hard: bool) -> None:
    """Staff do not grow with the work that lands; hard: they nearly do."""
    file = "growth" if is_starter(data) else "supply"
    usual = 4.5 if is_starter(data) else SUPPLY
    lower = chance.uniform(0.7, 1.1) if hard else chance.uniform(2, 4)
    data["assumptions"][file][_role(data)] = some(data, usual - lower, "percent a year", 0)


@fault("receivers-have-capacity")
def receiver_without_room(data: Data, chance: Random, hard: bool) -> None:
    """Home care has no room for the work that lands; hard: it is a little too small."""
    share = chance.uniform(0.95, 0.98) if hard else chance.uniform(0.6, 0.9)
    if is_starter(data):
        years = sorted({r["year"] for r in data["baseline"]["capacity"]})
        data["baseline"]["capacity"] += tuple(
            {
                "resource": "care-hours", "name": "Hours", "unit": "hour", "year": year,
                "partner": "county-council", "available": 483000 * share, "open_days": 1,
                "status": "assumed", "source": "starter",
            }
            for year in years
        )  # fmt: skip
        use = {"service": "home-care-hours", "resource": "care-hours", "per_unit": 1}
        data["baseline"]["uses"] += ({**use, "status": "assumed", "source": "starter"},)
        return
    for row in data["baseline"]["capacity"]:
        if row["resource"] == "home-care-hours":
            row["available"] = 2_320_000 * share


@fault("receivers-are-counted")
def receiver_uncounted(data: Data, chance: Random, hard: bool) -> None:
    """No table says who does the work that lands; hard: a weight of 0 does."""
    service = "home-care-hours" if is_starter(data) else "general-practice"
    rows = data["baseline"]["staffing"]
    kept = [r for r in rows if r["service"] != service]
    gone = next(r for r in rows if r["service"] == service)
    own = [r for r in kept if r["role"] == gone["role"]]
    other = own[0]["service"] if own else "reablement-episodes"
    kept = [r for r in kept if r["role"] != gone["role"]]
    kept.append({**gone, "service": other, "weight": 1.0})
    data["baseline"]["staffing"] = (*kept, {**gone, "weight": 0.0}) if hard else tuple(kept)


@fault("beds-close-when-they-are-free")
def beds_closed_too_early(data: Data, chance: Random, hard: bool) -> None:
    """More beds close than are free; hard: by a bed or two."""
    if is_starter(data):
        beds = chance.uniform(-8, -7) if hard else chance.uniform(-60, -20)
    else:
        beds = chance.uniform(-120, -100) if hard else chance.uniform(-900, -500)
    effect = closing(data, beds, 20)
    data["schemes"]["beds-closed-too-early"] = scheme(data, effect)


@fault("occupancy-is-not-raised-until-the-beds-fit")
def occupancy_dialled_up(data: Data, chance: Random, hard: bool) -> None:
    """Beds fit only because they may be fuller; hard: raised, and they do not fit even so."""
    base = data["about"]["years"]["base"]
    flat = chance.random() < 0.5
    for row in data["baseline"]["capacity"]:
        if row["resource"] == "acute-beds":
            if not is_starter(data):
                row["available"] = 1940
            if flat or row["year"] != base:
                row["occupancy_limit"] = 0.94 if hard else chance.choice([0.97, 0.98, 1.0])


@fault("recurrent-cost-has-money-that-lasts")
def cost_outlives_its_money(data: Data, chance: Random, hard: bool) -> None:
    """A yearly cost is paid from money that ends; hard: in words alone."""
    cost = next(iter(prevention(data)["costs"].values()))
    years = sorted({r["year"] for r in data["baseline"]["population"]})
    if hard:
        cost["amount"]["why"] = f"The grant that pays for it ends in {years[-2]}."
    else:
        cost["funded_until"] = chance.choice(years[1:-1])


@fault("prevention-money-is-not-moved")
def prevention_money_moved(data: Data, chance: Random, hard: bool) -> None:
    """Prevention money is spent on the day's pressures; hard: only the note says so."""
    row = data["baseline"]["income"][0]
    row["purpose"] = "operational pressure"
    if hard:
        row["note"] = "was for prevention"
    else:
        row["first_for"] = chance.choice(["prevention", "transformation"])


@fault("prevention-money-does-not-shrink")
def prevention_money_shrinks(data: Data, chance: Random, hard: bool) -> None:
    """Prevention money shrinks year by year; hard: slowly, by a half to one and a half percent."""
    step = chance.uniform(0.985, 0.995) if hard else chance.uniform(0.5, 0.9)
    prevention_rows(data, [2.0 * step**i for i in range(5)])


@fault("assumptions-have-owner-and-source")
def owner_or_source_missing(data: Data, chance: Random, hard: bool) -> None:
    """A number without owner or source; hard: an owner who is nobody yet."""
    _, effect = main_effect(data)
    if hard:
        effect["size"]["owner"]["role"] = chance.choice(["TBC", "to be decided"])
    elif chance.random() < 0.5:
        effect["size"]["owner"] = None
    else:
        effect["size"]["source"] = ""


@fault("assumptions-are-signed-off")
def not_signed_off(data: Data, chance: Random, hard: bool) -> None:
    """Nobody signed off the assumptions, or not all; hard: the day is long before the plan."""
    if hard:
        data["governance"]["sign_off"]["on"] = "1999-04-01"
    elif chance.random() < 0.5:
        data["governance"]["sign_off"] = None
    else:
        name = next(iter(data["schemes"]))
        data["governance"]["sign_off"]["not_signed"] = (f"schemes/{name}.reach",)


@fault("assurer-is-not-the-analyst")
def assured_by_the_analyst(data: Data, chance: Random, hard: bool) -> None:
    """The analyst assures the analysis; hard: it is the analyst's own deputy."""
    who = copy.deepcopy(data["governance"]["analyst"])
    who["role"] = (
        f"Deputy {who['role']}" if hard else chance.choice([who["role"].upper(), who["role"]])
    )
    data["governance"]["assurer"] = who


@fault("people-are-heard-before-an-option-is-fixed")
def option_fixed_first(data: Data, chance: Random, hard: bool) -> None:
    """An option is fixed before people are heard; hard: a day before, or heard for one day."""
    found = prevention(data)
    found["option_fixed"] = "2016-03-02"
    if hard:
        found["heard_until"] = chance.choice(["2016-03-03", "2016-03-02"])
    else:
        found["heard_until"] = chance.choice([None, "2016-09-30"])


@fault("it-is-said-when-people-are-heard")
def hearing_not_dated(data: Data, chance: Random, hard: bool) -> None:
    """Nothing says when people are heard; hard: the summary does, without a day."""
    found = prevention(data)
    found["heard_until"] = found["option_fixed"] = None
    if hard:
        found["summary"] += " People will be consulted."


_WITH_USE = ("receivers-have-staff", "receivers-have-capacity", "receivers-are-counted")


@fault("falls-in-use-are-borne-out", *_WITH_USE, "savings-are-a-credible-share-of-spend")
def fall_beyond_the_class(data: Data, chance: Random, hard: bool) -> None:
    """Emergency admissions fall by 6% or more; hard: by a little over 3%."""
    fall = chance.uniform(3.1, 3.5) if hard else chance.uniform(6, 15)
    data["schemes"]["fall-beyond-the-class"] = scheme(
        data, avoid(data, "emergency-admissions", fall * 2), 50
    )


@fault("efficiency-is-borne-out", "savings-are-a-credible-share-of-spend")
def efficiency_beyond_the_class(data: Data, chance: Random, hard: bool) -> None:
    """Work gets cheaper faster than it ever did; hard: by a little over 1.2% a year."""
    rate = chance.uniform(1.25, 1.4) if hard else chance.uniform(1.8, 2.5)
    said = some(data, rate * 2, "percent a year", 0.6)
    effect = {"kind": "efficiency", "services": (quiet_service(data),), "a_year": said}
    data["schemes"]["efficiency-beyond-the-class"] = scheme(data, effect, 50)


@fault("effects-are-borne-out", "falls-in-use-are-borne-out", *_WITH_USE)
def effect_beyond_the_experts(data: Data, chance: Random, hard: bool) -> None:
    """A scheme claims more in a few years than experts in twenty; hard: a little more."""
    found, effect = main_effect(data)
    found["reference_class"] = "experts-frail-elderly-high"
    share = chance.uniform(5.8, 6.2) if hard else chance.uniform(9, 14)
    found["reach"] = some(data, 50, "percent", 0.6)
    effect["size"] = some(data, share * 2, "percent", 0.6)


# Percent a year by which community staff grow in the sound form of the example.
SUPPLY = 6.5
