"""A little plan with everything in it: every payment rule, every effect, both growth bases."""

from typing import Any

import numpy as np

from footprint.model.area import Area
from footprint.plan.schema import Plan
from tests.model.little import little_plan

YEARS = ["2016/17", "2019/20"]
ALL_YEARS = ("2016/17", "2017/18", "2018/19", "2019/20")
PLACES = ["north", "south"]
BANDS = {"0-17": [210, 205, 204, 199], "18-64": [600, 610, 590, 600], "65+": [190, 200, 216, 230]}
SEGMENTS = ("well", "ill", "frail")
OLDER_STARTS = {"0-39": (0.9, 0.08, 0.02), "40+": (0.5, 0.3, 0.2)}
MOVES = {"well": (0.9, 0.08, 0.02), "ill": (0.05, 0.85, 0.1), "frail": (0.0, 0.1, 0.9)}
DEATHS = {"well": 0.002, "ill": 0.02, "frail": 0.2}


def _need() -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {
        "segments": [{"segment": s, "name": s} for s in SEGMENTS],
        "need_start": [
            {"age_group": group, "segment": s, "share": share}
            for group, shares in OLDER_STARTS.items()
            for s, share in zip(SEGMENTS, shares, strict=True)
        ],
        "need_transitions": [
            {"age_group": group, "from": s, "to": to, "probability": chance}
            for group in ("0-64", "65+")
            for s in SEGMENTS
            for to, chance in zip(SEGMENTS, MOVES[s], strict=True)
        ],
        "need_deaths": [
            {"age_group": group, "segment": s, "probability": chance * times}
            for group, times in (("0-49", 0.5), ("50+", 2.0))
            for s, chance in DEATHS.items()
        ],
        "need_entry": [
            {"entry": entry, "age_group": "0+", "segment": s, "share": share}
            for entry, shares in (("births", (0.9, 0.1, 0.0)), ("migration", (0.6, 0.3, 0.1)))
            for s, share in zip(SEGMENTS, shares, strict=True)
        ],
    }
    return rows


def _people() -> list[dict[str, Any]]:
    rows = []
    for variant, more in (("low", 0.97), ("high", 1.05)):
        for band, people in BANDS.items():
            for t, (year, count) in enumerate(zip(ALL_YEARS, people, strict=True)):
                for place, part in (("north", 0.7), ("south", 0.3)):
                    for sex, half in (("female", 0.55), ("male", 0.45)):
                        rows.append(
                            {
                                "variant": variant,
                                "age_band": band,
                                "year": year,
                                "place": place,
                                "sex": sex,
                                "people": count * part * half * more**t,
                            }
                        )
    return rows


SERVICES: dict[str, dict[str, Any]] = {
    "admissions": {
        "volume": 800,
        "unit_cost_gbp": 3000,
        "age_profile": "old",
        "need_profile": "steep",
        "growth": "assumptions/growth.hospital",
        "growth_basis": "beyond-age-and-sex",
        "prices": "assumptions/prices.nhs",
        "payment": "per-unit",
        "uplift": "assumptions/prices.tariff",
        "marginal_share": 0.4,
        "step_units": 25,
    },
    "attendances": {
        "volume": 1500,
        "unit_cost_gbp": 150,
        "age_profile": "by-sex",
        "growth": "assumptions/growth.hospital",
        "prices": "assumptions/prices.nhs",
        "payment": "per-unit",
        "marginal_share": 0.3,
    },
    "contacts": {
        "volume": 5000,
        "unit_cost_gbp": 60,
        "need_profile": "steep",
        "growth_basis": "beyond-need",
        "growth": "assumptions/growth.community",
        "prices": "assumptions/prices.nhs",
        "payment": "block",
        "uplift": "assumptions/prices.tariff",
        "marginal_share": 0.7,
        "provider": "community",
        "step_units": 300,
    },
    "home-care": {
        "volume": 9000,
        "unit_cost_gbp": 18,
        "age_profile": "old",
        "need_profile": "steep",
        "growth_basis": "beyond-need",
        "prices": "assumptions/prices.care",
        "payment": "at-cost",
        "payer": "council",
        "provider": "council",
        "sector": "council",
    },
    "children": {
        "volume": 40,
        "unit_cost_gbp": 40000,
        "age_profile": "young",
        "payer": "council",
        "provider": "council",
        "sector": "council",
        "scope": "beside",
    },
}
PARTNERS = {
    "commissioner": {"name": "Commissioner", "kind": "commissioner", "sector": "nhs"},
    "hospital": {"name": "Hospital", "kind": "provider", "sector": "nhs"},
    "community": {"name": "Community trust", "kind": "provider", "sector": "nhs"},
    "council": {"name": "Council", "kind": "council", "tier": "unitary", "sector": "council"},
}
ASSUMPTIONS = {
    "growth": {
        "hospital": "1 to 3 percent a year",
        "community": {
            "by_year": dict(zip(ALL_YEARS[1:], (1, 0.5, 2), strict=True)),
            "deviation": {"kind": "uniform", "low": -1, "high": 1},
            "unit": "percent a year",
            "status": "assumed",
            "why": "A path that wobbles.",
        },
        "staff": "-1 percent a year",
    },
    "prices": {
        "nhs": "1 to 4 percent a year",
        "tariff": "1 percent a year",
        "care": "3 percent a year",
    },
    "income": {"better-care": "0.8 to 1.2 multiplier"},
}


def _landing(service: str, share: str, units: str) -> dict[str, str]:
    return {"service": service, "share": share, "units": units}


SCHEMES: dict[str, dict[str, Any]] = {
    "virtual-wards": {
        "starts": "2017/18",
        "reach": "20 to 60 percent",
        "ramp": [0.3, 0.8],
        "lag": "0 to 1.5 years",
        "cohort": {"ages": ["18-64", "65+"]},
        "effects": {
            "fewer": {
                "kind": "avoid",
                "service": "admissions",
                "size": "10 to 40 percent",
                "receives": {
                    "visits": _landing("contacts", "50 percent", "3 to 5 units per unit"),
                    "hours": _landing("home-care", "30 percent", "6 units per unit"),
                },
            },
            "shorter": {
                "kind": "shorten",
                "service": "admissions",
                "resource": "beds",
                "size": "5 to 15 percent",
                "worth": "100 to 200 GBP",
                "receives": {"hours": _landing("home-care", "40 percent", "1 units per unit")},
            },
        },
        "costs": {
            "team": {
                "partner": "hospital",
                "amount": "100 to 200 GBP k a year",
                "prices": "assumptions/prices.nhs",
            },
            "kit": {"partner": "hospital", "kind": "one-off", "amount": "50 GBP k"},
        },
        "staff": {"nurses": {"role": "nurses", "wte": "3 WTE"}},
    },
    "care-homes": {
        "starts": "2016/17",
        "reach": "50 percent",
        "ramp": [0.5, 1.0],
        "fade": "10 percent a year",
        "cohort": {"ages": ["65+"], "segments": ["ill", "frail"], "places": ["north"]},
        "effects": {
            "fewer": {"kind": "avoid", "service": "admissions", "size": "30 percent"},
            "fewer-visits": {
                "kind": "avoid",
                "service": "attendances",
                "size": "20 to 30 percent",
                "receives": {"visits": _landing("contacts", "100 percent", "1 units per unit")},
            },
            "shorter": {
                "kind": "shorten",
                "service": "admissions",
                "resource": "beds",
                "size": "12 percent",
                "worth": "120 GBP",
            },
        },
        "costs": {
            "nurses": {"partner": "council", "amount": "30 GBP k a year", "phased": False},
        },
    },
    "staying-well": {
        "starts": "2017/18",
        "reach": "20 to 50 percent",
        "lag": "1 years",
        "ramp": [0.5, 1.0],
        "cohort": {"ages": ["18-64", "65+"]},
        "effects": {
            "slower": {
                "kind": "slow",
                "from_segment": "well",
                "to_segments": ["ill", "frail"],
                "size": "10 to 40 percent",
            },
            "frail-later": {
                "kind": "slow",
                "from_segment": "ill",
                "to_segments": ["frail"],
                "size": "20 percent",
            },
        },
    },
    "falls": {
        "starts": "2018/19",
        "reach": "40 percent",
        "cohort": {"places": ["south"]},
        "effects": {
            "frail-later": {
                "kind": "slow",
                "from_segment": "ill",
                "to_segments": ["frail"],
                "size": "50 percent",
            },
            "fewer": {"kind": "avoid", "service": "contacts", "size": "4 percent"},
        },
    },
    "sites": {
        "starts": "2017/18",
        "reach": "30 to 100 percent",
        "ramp": [0.0, 0.5, 1.0],
        "effects": {
            "closed": {
                "kind": "capacity",
                "resource": "beds",
                "change": "-3 beds",
                "worth": "60 to 90 GBP k a year",
                "partner": "hospital",
                "prices": "assumptions/prices.care",
            },
            "cheaper": {
                "kind": "efficiency",
                "services": ["admissions", "attendances"],
                "a_year": "1 to 3 percent a year",
            },
            "cheaper-here": {
                "kind": "efficiency",
                "services": ["admissions", "home-care"],
                "a_year": "0 to 2 percent a year",
                "partner": "hospital",
            },
            "grant": {
                "kind": "income",
                "partner": "council",
                "amount": "80 GBP k a year",
                "ends": "2018/19",
            },
        },
        "staff": {"go": {"role": "nurses", "wte": "-2 WTE"}},
    },
}


def _rows() -> dict[str, list[dict[str, Any]]]:
    def by_year(start: float, **row: Any) -> list[dict[str, Any]]:
        return [
            {**row, "year": y, "amount_gbp_m": start + 0.1 * t} for t, y in enumerate(ALL_YEARS)
        ]

    return {
        "population": _people(),
        "age_profiles": [
            {"profile": "old", "age_group": "0-64", "weight": 1},
            {"profile": "old", "age_group": "65+", "weight": 8},
            {"profile": "by-sex", "age_group": "0+", "sex": "female", "weight": 1.3},
            {"profile": "by-sex", "age_group": "0-24", "sex": "male", "weight": 2},
            {"profile": "by-sex", "age_group": "25+", "sex": "male", "weight": 0.9},
            {"profile": "young", "age_group": "0-17", "weight": 1},
            {"profile": "young", "age_group": "18+", "weight": 0},
        ],
        "need_profiles": [
            {"profile": "steep", "segment": s, "weight": w}
            for s, w in zip(SEGMENTS, (1, 3, 9), strict=True)
        ],
        "income": [
            *by_year(3.0, income="core", partner="commissioner", name="Core"),
            *by_year(0.3, income="tax", partner="council", name="Council tax"),
            *by_year(
                0.2,
                income="bcf",
                partner="council",
                name="Better care",
                factor="assumptions/income.better-care",
            ),
            *by_year(1.6, income="child", partner="council", name="Children", scope="beside"),
        ],
        "lines": [
            {
                "line": "deficit",
                "partner": "hospital",
                "name": "Deficit",
                "kind": "opening deficit",
                "year": y,
                "amount_gbp_m": 0.25,
            }
            for y in ALL_YEARS
        ],
        "capacity": [
            row
            for y in ALL_YEARS
            for row in (
                _resource("beds", y, 18, open_days=365, seasonal_swing=0.06),
                _resource("hours", y, 9000, open_days=1),
            )
        ],
        "uses": [
            {"service": "admissions", "resource": "beds", "per_unit": 7},
            {"service": "home-care", "resource": "hours", "per_unit": 1},
        ],
        "workforce": [
            {
                "role": "nurses",
                "name": "Nurses",
                "partner": "community",
                "wte": 20,
                "supply_growth": "assumptions/growth.staff",
            }
        ],
        "staffing": [
            {"role": "nurses", "service": "contacts", "weight": 0.6},
            {"role": "nurses", "service": "admissions", "weight": 0.2},
        ],
    }


def _resource(name: str, year: str, available: float, **more: Any) -> dict[str, Any]:
    row = {"resource": name, "name": name, "unit": "bed", "partner": "hospital", "year": year}
    return {**row, "available": available, **more}


POOLS = {
    "better-care": {
        "name": "Better Care Fund",
        "rule": "fixed-shares",
        "contributions": {
            "commissioner": "0.25 to 0.35 GBP m a year",
            "council": "0.15 GBP m a year",
        },
        "shares": {"commissioner": 0.6, "council": 0.4},
        "services": ["contacts", "home-care"],
    }
}


def rich(**changes: Any) -> dict[str, Any]:
    """What `little_plan` takes, with some of it changed."""
    return {
        "years": YEARS,
        "places": PLACES,
        "partners": PARTNERS,
        "projection": {"low": 0.3, "high": 0.7},
        "segments": {},
        "services": SERVICES,
        "assumptions": ASSUMPTIONS,
        "schemes": SCHEMES,
        "pools": POOLS,
        "correlation": {"plan": "0.2 share", "groups": {"programme": "0.1 share"}},
        "tables": {**_need(), **_rows()},
        **changes,
    }


def rich_plan(**changes: Any) -> Plan:
    """The plan with everything in it, or with some of it changed."""
    return little_plan(rich(**changes))


def some_theta(area: Area, draws: int, seed: int = 1) -> np.ndarray:
    """Values of all assumptions in a few futures that differ: [draws, D]."""
    chances = np.random.default_rng(seed).uniform(size=(draws, len(area.addresses)))
    return area.draw(chances)
