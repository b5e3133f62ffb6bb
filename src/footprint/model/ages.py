"""Children, adults of working age and older people: who uses what, if nothing is done."""

import numpy as np
from numpy.typing import NDArray

from footprint.model.activity import counts_need, growth_in_use
from footprint.model.area import Area
from footprint.model.chain import stand
from footprint.terms.ages import AgeBand, overlap_shares

Floats = NDArray[np.float64]

AGE_GROUPS = ("0-17", "18-64", "65+")


def _shares(area: Area) -> Floats:
    """Share of each age band in each age group: [B, group]."""
    return overlap_shares(area.bands, [AgeBand.parse(text) for text in AGE_GROUPS])


def people_by_age(area: Area) -> Floats:
    """Residents by age group and year, on the likeliest projection: [group, T].

    A band that straddles two groups is shared between them by years of age.
    """
    people = stand(area).people.values[area.variant(area.parameters())[0]]
    return np.einsum("tpbx,bg->gt", people, _shares(area))


def use_by_age(area: Area) -> Floats:
    """Units by age group, year and service if nothing is done, expected values: [group, T, V].

    The groups add up to the service's activity.
    """
    params = area.parameters()
    place, variant = stand(area), area.variant(params)[0]
    steady = place.people.values[variant][..., None] * area.start[:, None, :]
    cells = np.where(
        counts_need(area)[:, None, None, None, None, None], place.need.values[variant], steady
    )
    use = np.einsum("vtpbxs,pbxsv,bg->gtv", cells, area.rates, _shares(area), optimize=True)
    return use * growth_in_use(area, params)[0]
