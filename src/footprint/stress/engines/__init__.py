"""Where futures are worked out. One file an engine; no answer depends on which.

    Engine
    |-- local       this process
    |-- processes   several processes on this machine
    `-- dask        the workers of a Dask scheduler, on any number of machines

Add one by adding a file here with an `Engine` subclass in it.
"""

import importlib
import pkgutil

from footprint.stress.engines.base import CannotRun, Engine, Settings


def engine_kinds() -> dict[str, type[Engine]]:
    """Every engine there is, by name; found in this folder alone.

    >>> sorted(engine_kinds())
    ['dask', 'local', 'processes']
    """
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    kinds: dict[str, type[Engine]] = {}
    for cls in Engine.__subclasses__():
        if not cls.__module__.startswith(__name__):
            continue
        if cls.name in kinds:
            raise TypeError(f"two engines are called {cls.name!r}")
        kinds[cls.name] = cls
    return kinds


def choose_engine(name: str | None = None, settings: Settings | None = None) -> Engine:
    """The engine of a name; with none, `processes` where more than one is asked for.

    Raises CannotRun when there is no such engine, or it cannot be had.
    """
    settings = settings or Settings()
    if name is None:
        many, far = settings.processes > 1, settings.scheduler is not None
        name = "dask" if far else "processes" if many else "local"
    kinds = engine_kinds()
    if name not in kinds:
        raise CannotRun(f"there is no engine called {name!r}; use {', '.join(sorted(kinds))}")
    return kinds[name].of(settings)


__all__ = ["CannotRun", "Engine", "Settings", "choose_engine", "engine_kinds"]
