"""People: how many live in each place, by age and sex, each year."""

import xarray as xr

from footprint.model.area import Area


def project_people(area: Area) -> xr.DataArray:
    """Residents by variant of the projection.

    Gives people (variant, year, place, age_band, sex). The projection is read, not made: it is
    the statistics office's, and people are conserved by every later link (segments of an age and
    sex always add up to these figures). Futures choose among the variants by their likelihood.
    """
    return area.labelled(area.people, "variant", "year", "place", "age_band", "sex")
