"""What a scheme can do. One file an effect.

    Effect
    |-- avoid        fewer units of a service; each lands somewhere or is prevented
    |-- shorten      fewer bed days a unit; the days land somewhere
    |-- slow         fewer people move into greater need each year (prevention)
    |-- efficiency   the same unit costs less
    |-- capacity     beds or places opened or closed
    `-- income       money from outside the place

Add one by adding a file here with an `Effect` subclass in it; the model reads `acts_on`.
"""

import importlib
import pkgutil
from typing import TYPE_CHECKING, Annotated, Union

from pydantic import Field

from footprint.plan.effects.base import Effect, Landing


def effect_kinds() -> dict[str, type[Effect]]:
    """Every effect there is, by the `kind` people write; found in this folder alone.

    >>> sorted(effect_kinds())
    ['avoid', 'capacity', 'efficiency', 'income', 'shorten', 'slow']
    """
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    kinds: dict[str, type[Effect]] = {}
    for cls in Effect.__subclasses__():
        kind = str(cls.model_fields["kind"].default)
        if kind in kinds:
            raise TypeError(f"two effects are called {kind!r}")
        kinds[kind] = cls
    return kinds


if TYPE_CHECKING:
    AnyEffect = Effect
else:
    AnyEffect = Annotated[Union[tuple(effect_kinds().values())], Field(discriminator="kind")]

__all__ = ["AnyEffect", "Effect", "Landing", "effect_kinds"]
