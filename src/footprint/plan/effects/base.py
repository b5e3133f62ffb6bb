"""What every effect says of itself."""

from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from footprint.evidence.assumption import NumberAssumption, ShareAssumption
from footprint.plan.record import Name, Record

Floats = NDArray[np.float64]
Link = Literal["need", "activity", "bed days", "unit cost", "capacity", "income"]


class Landing(Record):
    """Where avoided work goes: a share of it, as so many units of another service."""

    service: Name = Field(description="id of the service that receives the work")
    share: ShareAssumption = Field(description="share of the avoided units that land here")
    units: NumberAssumption = Field(description="units here for each avoided unit that lands")


class Effect(Record):
    """One thing a scheme does, described in and of itself, as if no other scheme existed."""

    acts_on: ClassVar[Link]

    kind: str
    why: str = Field(min_length=10, description="a sentence: by what means this happens")


def remaining(coverage: Floats, size: Floats) -> Floats:
    """Share of a cell's units that is left when `size` of the `coverage` reached is taken away.

    The factors of several schemes multiply, because a unit is avoided once: thinning a Poisson
    count twice keeps the product of what each thinning keeps.

    >>> remaining(np.array([0.5]), np.array([0.2])).tolist()
    [0.9]
    """
    return 1.0 - coverage * size
