"""The place as arrays: what the plan's tables say, in the order the model counts.

`Area.of(plan)` is made once a plan; every link of the chain reads from it. Nothing here is
uncertain: what is uncertain comes with `Parameters`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from footprint.evidence.assumption import Assumption
from footprint.model.cells import Regions, find_regions
from footprint.model.parameters import PROJECTION, Parameters
from footprint.model.rates import baseline_rates, flow_shares, unit_costs
from footprint.plan.schema import Plan
from footprint.terms.ages import AgeBand, overlap_shares

Floats = NDArray[np.float64]
SEXES = ("female", "male")


@dataclass(frozen=True, eq=False)
class Area:
    """A plan ready to be run.

    Sizes: K variants, T years, P places, B age bands, X sexes, S segments, V services,
    O partners, Q resources, W roles, R regions.
    """

    plan: Plan
    bands: tuple[AgeBand, ...]
    labels: dict[str, tuple[str, ...]]
    regions: Regions
    people: Floats  # [K, T, P, B, X]
    start: Floats  # [B, S] share of people in each segment in the base year
    transitions: Floats  # [B, S, S] yearly, given survival
    deaths: Floats  # [B, S] yearly probability
    births: Floats  # [S]
    migrants: Floats  # [B, S]
    rates: Floats  # [P, B, X, S, V] units a person a year in the base year
    unit_cost: Floats  # [P, V] GBP
    base_volume: Floats  # [P, V] units
    payer: Floats  # [P, V, O] shares
    provider: Floats  # [P, V, O] shares

    @classmethod
    def of(cls, plan: Plan) -> "Area":
        """The arrays of a plan that has been checked."""
        tables = plan.baseline
        bands = tuple(sorted({AgeBand.parse(r.age_band) for r in tables.population}))
        labels = _labels(plan, bands)
        people = _people(plan, labels)
        start = _by_age(plan, "need_start", "share", labels, bands)
        cells = people[_likeliest(plan), 0][..., None] * start[:, None, :]
        rates, volume = baseline_rates(plan, cells, labels, bands)
        payer, provider = flow_shares(plan, labels)
        return cls(
            plan=plan,
            bands=bands,
            labels=labels,
            regions=find_regions(plan, labels["place"], bands, labels["segment"]),
            people=people,
            start=start,
            transitions=_transitions(plan, labels, bands),
            deaths=_by_age(plan, "need_deaths", "probability", labels, bands),
            births=_entry(plan, "births", labels, bands)[0],
            migrants=_entry(plan, "migration", labels, bands),
            rates=rates,
            unit_cost=unit_costs(plan, labels),
            base_volume=volume,
            payer=payer,
            provider=provider,
        )

    @cached_property
    def years(self) -> tuple[str, ...]:
        """Financial years, the base year first."""
        return self.plan.years

    @cached_property
    def assumptions(self) -> dict[str, Assumption]:
        """Every assumption of the plan by its address."""
        return self.plan.assumptions_by_address()

    @cached_property
    def addresses(self) -> tuple[str, ...]:
        """Addresses of everything uncertain: the columns of theta, in order."""
        doubtful = [a for a, x in self.assumptions.items() if x.doubt is not None]
        chosen = [PROJECTION] if len(self.plan.about.projection) > 1 else []
        return tuple(sorted([*doubtful, *chosen]))

    def parameters(
        self, theta: Floats | None = None, on: Mapping[str, Floats] | None = None
    ) -> Parameters:
        """Values of all assumptions: of the futures in `theta` [n, D], or the expected ones.

        `on` switches schemes future by future, as `Parameters` says.
        """
        columns = {address: i for i, address in enumerate(self.addresses)}
        if theta is None:
            theta = self.central()
        return Parameters(self.assumptions, columns, self.years, theta, on)

    def central(self) -> Floats:
        """One future in which every assumption has its expected value: [1, D]."""
        known = self.assumptions
        middle = self._middle_of_likeliest()
        values = [middle if a == PROJECTION else known[a].central for a in self.addresses]
        return np.array([values], dtype=float)

    def draw(self, chances: Floats) -> Floats:
        """Values of the assumptions at quantiles `chances`: [n, D] to [n, D].

        The column that chooses the projection stays a chance.
        """
        known = self.assumptions
        theta = np.empty_like(chances)
        for i, address in enumerate(self.addresses):
            column = chances[:, i]
            theta[:, i] = column if address == PROJECTION else known[address].draw(column)
        return theta

    def variant(self, params: Parameters) -> NDArray[np.int64]:
        """Which variant of the projection each future follows: [n] or [1]."""
        likely = list(self.plan.about.projection.values())
        if len(likely) == 1:
            return np.zeros(1, dtype=np.int64)
        chance = params.theta[:, self.addresses.index(PROJECTION)]
        edges = np.cumsum(likely)[:-1]
        return np.searchsorted(edges, chance, side="right").astype(np.int64)

    def _middle_of_likeliest(self) -> float:
        likely = list(self.plan.about.projection.values())
        best = int(np.argmax(likely))
        return float(sum(likely[:best]) + likely[best] / 2)

    def index_of(self, dim: str, name: str) -> int:
        """Position of a name along a dimension."""
        return self.labels[dim].index(name)

    def labelled(self, values: Floats, *dims: str) -> xr.DataArray:
        """`values` with the names of its dimensions and of their members.

        Draws have no names, and neither has a choice among the variants of the projection.
        """
        coords = {
            dim: list(self.labels[dim])
            for dim, size in zip(dims, values.shape, strict=True)
            if len(self.labels.get(dim, ())) == size
        }
        return xr.DataArray(values, dims=dims, coords=coords)


def _labels(plan: Plan, bands: Sequence[AgeBand]) -> dict[str, tuple[str, ...]]:
    tables = plan.baseline
    return {
        "variant": tuple(plan.about.projection),
        "year": plan.years,
        "place": tuple(plan.about.localities),
        "age_band": tuple(str(b) for b in bands),
        "sex": SEXES,
        "segment": tuple(r.segment for r in tables.segments),
        "service": tuple(r.service for r in tables.services),
        "partner": tuple(plan.about.partners),
        "resource": tuple(dict.fromkeys(r.resource for r in tables.capacity)),
        "role": tuple(r.role for r in tables.workforce),
        "scheme": tuple(plan.schemes),
    }


def _likeliest(plan: Plan) -> int:
    return int(np.argmax(list(plan.about.projection.values())))


def _people(plan: Plan, labels: dict[str, tuple[str, ...]]) -> Floats:
    dims = ("variant", "year", "place", "age_band", "sex")
    at = {dim: {name: i for i, name in enumerate(labels[dim])} for dim in dims}
    people = np.zeros([len(labels[dim]) for dim in dims])
    for r in plan.baseline.population:
        if r.variant in at["variant"]:
            band = at["age_band"][str(AgeBand.parse(r.age_band))]
            spot = (at["variant"][r.variant], at["year"][r.year], at["place"][r.place], band)
            people[(*spot, at["sex"][r.sex])] = r.people
    return people


def _by_age(
    plan: Plan,
    table: str,
    column: str,
    labels: dict[str, tuple[str, ...]],
    bands: Sequence[AgeBand],
) -> Floats:
    """A table by age group and segment, spread over the age bands: [B, S]."""
    rows = getattr(plan.baseline, table)
    groups = sorted({AgeBand.parse(r.age_group) for r in rows})
    values = np.zeros((len(groups), len(labels["segment"])))
    for r in rows:
        group = groups.index(AgeBand.parse(r.age_group))
        values[group, labels["segment"].index(r.segment)] = getattr(r, column)
    return overlap_shares(bands, groups) @ values


def _entry(
    plan: Plan, entry: str, labels: dict[str, tuple[str, ...]], bands: Sequence[AgeBand]
) -> Floats:
    rows = [r for r in plan.baseline.need_entry if r.entry == entry]
    groups = sorted({AgeBand.parse(r.age_group) for r in rows})
    values = np.zeros((len(groups), len(labels["segment"])))
    for r in rows:
        values[groups.index(AgeBand.parse(r.age_group)), labels["segment"].index(r.segment)] = (
            r.share
        )
    return overlap_shares(bands, groups) @ values


def _transitions(
    plan: Plan, labels: dict[str, tuple[str, ...]], bands: Sequence[AgeBand]
) -> Floats:
    rows = plan.baseline.need_transitions
    groups = sorted({AgeBand.parse(r.age_group) for r in rows})
    segments = labels["segment"]
    values = np.zeros((len(groups), len(segments), len(segments)))
    for r in rows:
        group = groups.index(AgeBand.parse(r.age_group))
        values[group, segments.index(r.from_segment), segments.index(r.to_segment)] = r.probability
    return np.einsum("bg,gst->bst", overlap_shares(bands, groups), values)
