"""The ways to say how sure we are of a number. One file a distribution.

    Distribution
    |-- fixed        no doubt at all
    |-- uniform      anything between two ends, none likelier
    |-- triangular   low, most likely, high
    |-- pert         low, most likely, high, with less weight on the ends
    |-- normal       mean and standard deviation, cut where it cannot go
    |-- lognormal    median and a spread factor, for things that multiply
    |-- beta         a share, by its mean and how many observations it is worth
    |-- percentiles  what people or data said: p10, p50, p90 and the ends
    `-- mixture      several experts, each with their own distribution

Add one by adding a file here with a `Distribution` subclass in it.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Union

from pydantic import Field

from footprint.evidence.distributions.base import Distribution


def distribution_kinds() -> dict[str, type[Distribution]]:
    """Every distribution there is, by the `kind` people write; found in this folder alone.

    >>> sorted(distribution_kinds())[:3]
    ['beta', 'fixed', 'lognormal']
    """
    for module in pkgutil.iter_modules(__path__):
        if module.name != "mixture":  # a mixture holds the others, so it is read after them
            importlib.import_module(f"{__name__}.{module.name}")
    kinds: dict[str, type[Distribution]] = {}
    for cls in _descendants(Distribution):  # type: ignore[type-abstract]
        kind = cls.model_fields["kind"].default
        if isinstance(kind, str):
            if kind in kinds:
                raise TypeError(f"two distributions are called {kind!r}")
            kinds[kind] = cls
    return kinds


def _descendants(cls: type[Distribution]) -> Iterator[type[Distribution]]:
    for child in cls.__subclasses__():
        yield child
        yield from _descendants(child)


if TYPE_CHECKING:
    PlainDistribution = Distribution
    AnyDistribution = Distribution
else:
    PlainDistribution = Annotated[
        Union[tuple(distribution_kinds().values())], Field(discriminator="kind")
    ]
    from footprint.evidence.distributions.mixture import Mixture

    AnyDistribution = Annotated[
        Union[(*distribution_kinds().values(), Mixture)], Field(discriminator="kind")
    ]

__all__ = ["AnyDistribution", "Distribution", "PlainDistribution", "distribution_kinds"]
