"""Little plans of every shape, for properties that must hold whatever the plan."""

from typing import Any

from hypothesis import strategies as st

from tests.model.little import number

YEARS = ("2016/17", "2017/18", "2018/19")
BAND_SETS = (("0+",), ("0-64", "65+"), ("0-17", "18-64", "65+"))
PARTNER_NAMES = ("commissioner", "hospital", "council")
SERVICE_NAMES = ("admissions", "contacts", "home-care")
RESOURCES = ("beds", "hours")


def hundredths(low: int = 0, high: int = 100) -> st.SearchStrategy[float]:
    return st.integers(low, high).map(lambda n: n / 100)


@st.composite
def ranges(draw: Any, unit: str, low: int = 0, high: int = 100) -> str:
    """An assumption in short form, with doubt or without."""
    a, b = sorted((draw(st.integers(low, high)), draw(st.integers(low, high))))
    return f"{a} to {b} {unit}" if a < b else f"{a} {unit}"


@st.composite
def mixes(draw: Any, names: tuple[str, ...]) -> dict[str, float]:
    """Shares of a whole, none of them nothing."""
    weights = [draw(st.integers(1, 20)) for _ in names]
    return {n: w / sum(weights) for n, w in zip(names, weights, strict=True)}


@st.composite
def segment_tables(draw: Any) -> dict[str, dict[str, Any]]:
    names = ("well", "ill", "frail")[: draw(st.integers(1, 3))]
    start = draw(mixes(names))
    return {
        n: {"start": start[n], "moves": draw(mixes(names)), "deaths": draw(hundredths(0, 40))}
        for n in names
    }


@st.composite
def services(draw: Any) -> dict[str, dict[str, Any]]:
    found = {}
    for name in SERVICE_NAMES:
        found[name] = {
            "volume": draw(st.integers(0, 5000)),
            "unit_cost_gbp": draw(st.integers(1, 5000)),
            "payer": draw(st.sampled_from(PARTNER_NAMES)),
            "provider": draw(st.sampled_from(PARTNER_NAMES)),
            "payment": draw(st.sampled_from(("at-cost", "per-unit", "block"))),
            "growth_basis": draw(st.sampled_from(("beyond-age-and-sex", "beyond-need"))),
            "growth": draw(st.sampled_from(("", "assumptions/growth.use"))),
            "prices": draw(st.sampled_from(("", "assumptions/growth.prices"))),
            "uplift": draw(st.sampled_from(("", "assumptions/growth.prices"))),
            "need_profile": draw(st.sampled_from(("", "steep"))),
            "age_profile": draw(st.sampled_from(("", "old"))),
            "marginal_share": draw(hundredths()),
            "step_units": draw(st.none() | st.integers(1, 500)),
            "scope": draw(st.sampled_from(("gap", "gap", "beside"))),
        }
    return found


@st.composite
def landings(draw: Any, service: str) -> dict[str, dict[str, str]]:
    """Up to two receivers, each of half the units at most."""
    others = [s for s in SERVICE_NAMES if s != service]
    return {
        name: {
            "service": name,
            "share": draw(ranges("percent", 0, 50)),
            "units": draw(ranges("units per unit", 1, 5)),
        }
        for name in others[: draw(st.integers(0, 2))]
    }


@st.composite
def effects(draw: Any, kind: str, segments: tuple[str, ...]) -> dict[str, Any]:
    service = draw(st.sampled_from(SERVICE_NAMES))
    if kind == "avoid":
        size, receives = draw(ranges("percent")), draw(landings(service))
        return {"kind": kind, "service": service, "size": size, "receives": receives}
    if kind == "shorten":
        more = {"size": draw(ranges("percent")), "worth": draw(ranges("GBP", 0, 300))}
        landing = {"receives": draw(landings(service))}
        return {"kind": kind, "service": service, "resource": "beds", **more, **landing}
    if kind == "slow":
        ends = tuple(s for s in segments if s != segments[0]) or segments
        more = {"from_segment": segments[0], "to_segments": ends}
        return {"kind": kind, **more, "size": draw(ranges("percent"))}
    if kind == "efficiency":
        return {"kind": kind, "services": [service], "a_year": draw(ranges("percent a year", 0, 5))}
    if kind == "capacity":
        more = {"change": draw(ranges("beds", -5, 5)), "worth": draw(ranges("GBP k a year"))}
        return {"kind": kind, "resource": "beds", "partner": "hospital", **more}
    amount = draw(ranges("GBP k a year"))
    return {"kind": "income", "partner": draw(st.sampled_from(PARTNER_NAMES)), "amount": amount}


KINDS = ("avoid", "avoid", "shorten", "slow", "efficiency", "capacity", "income")


@st.composite
def schemes(
    draw: Any,
    bands: tuple[str, ...],
    segments: tuple[str, ...],
    places: tuple[str, ...],
    kinds: tuple[str, ...],
) -> dict[str, Any]:
    chosen = draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=3))
    cohort = {
        "ages": draw(st.sampled_from(((), bands[-1:]))),
        "segments": draw(st.sampled_from(((), segments[:1], segments[-1:]))),
        "places": draw(st.sampled_from(((), places[:1]))),
    }
    said = {
        "cohort": cohort,
        "starts": draw(st.sampled_from(YEARS)),
        "reach": draw(ranges("percent")),
        "ramp": draw(st.sampled_from(([1.0], [0.5, 1.0], [0.2, 0.6, 1.0]))),
        "effects": {f"e{i}": draw(effects(kind, segments)) for i, kind in enumerate(chosen)},
        "costs": {"team": {"partner": "council", "amount": draw(ranges("GBP k a year"))}},
    }
    if draw(st.booleans()):
        said["lag"] = draw(ranges("years", 0, 2))
    if draw(st.booleans()):
        said["fade"] = draw(ranges("percent a year", 0, 30))
    return said


def tables(draw: Any, segments: tuple[str, ...]) -> dict[str, list[dict[str, Any]]]:
    common = {"unit": "bed", "partner": "hospital"}
    return {
        "need_profiles": [
            {"profile": "steep", "segment": s, "weight": 3.0**i} for i, s in enumerate(segments)
        ],
        "age_profiles": [
            {"profile": "old", "age_group": "0-64", "weight": 1},
            {"profile": "old", "age_group": "65+", "weight": 7},
        ],
        "capacity": [
            {"resource": r, "name": r, "year": y, "available": 20, "open_days": days, **common}
            for r, days in zip(RESOURCES, (365, 1), strict=True)
            for y in YEARS
        ],
        "uses": [
            {"service": "admissions", "resource": "beds", "per_unit": 5},
            {"service": "home-care", "resource": "hours", "per_unit": 1},
        ],
        "income": [
            {
                "income": "core",
                "partner": p,
                "name": "Core",
                "year": y,
                "amount_gbp_m": draw(st.integers(0, 9)),
            }
            for p in PARTNER_NAMES
            for y in YEARS
        ],
        "lines": [
            {
                "line": "deficit",
                "partner": "hospital",
                "name": "Deficit",
                "kind": "opening deficit",
                "year": y,
                "amount_gbp_m": draw(st.integers(-2, 5)),
            }
            for y in YEARS
        ],
        "workforce": [{"role": "nurses", "name": "Nurses", "partner": "hospital", "wte": 50}],
        "staffing": [{"role": "nurses", "service": "contacts", "weight": 0.8}],
    }


@st.composite
def givens(draw: Any, kinds: tuple[str, ...] = KINDS, fewest: int = 0) -> dict[str, Any]:
    """What `little_plan` takes: a plan of any shape with schemes of the `kinds`."""
    segments = draw(segment_tables())
    bands = draw(st.sampled_from(BAND_SETS))
    places = ("north", "south")[: draw(st.integers(1, 2))]
    names = tuple(segments)
    many = draw(st.integers(fewest, 3))
    pool = {
        "name": "Pool",
        "rule": draw(st.sampled_from(("fixed-shares", "in-proportion", "performance"))),
        "contributions": {
            "commissioner": "1 to 3 GBP m a year",
            "council": "2 GBP m a year",
        },
        "shares": {"commissioner": 0.75, "council": 0.25},
        "services": draw(st.lists(st.sampled_from(SERVICE_NAMES), unique=True)),
    }
    return {
        "years": [YEARS[0], YEARS[-1]],
        "places": list(places),
        "people": {b: [draw(st.integers(1, 3000)) for _ in YEARS] for b in bands},
        "segments": segments,
        "services": draw(services()),
        "cost_lens": draw(st.sampled_from(("average", "marginal", "step"))),
        "assumptions": {
            "growth": {
                "use": draw(ranges("percent a year", -3, 5)),
                "prices": draw(ranges("percent a year", 0, 5)),
            }
        },
        "correlation": {"plan": number("0.2 share")},
        "pools": draw(st.sampled_from(({}, {"pool": pool}))),
        "schemes": {f"scheme-{i}": draw(schemes(bands, names, places, kinds)) for i in range(many)},
        "tables": tables(draw, names),
    }
