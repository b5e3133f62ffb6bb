"""This process, one piece after another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from footprint.model.area import Area
from footprint.stress.engines.base import CannotRun, Done, Engine, Settings
from footprint.stress.piece import Piece, run_piece


@dataclass(frozen=True)
class Local(Engine):
    """Works pieces out here and now."""

    name = "local"

    @classmethod
    def of(cls, settings: Settings) -> "Local":
        """See `Engine`."""
        if settings.processes > 1:
            raise CannotRun(
                "the local engine is this process alone: use --engine processes, "
                "or leave --processes out"
            )
        if settings.scheduler:
            raise CannotRun("only the dask engine has a scheduler: use --engine dask")
        return cls()

    def run(self, area: Area, pieces: Sequence[Piece]) -> Iterator[Done]:
        """See `Engine`."""
        for piece in pieces:
            yield piece, run_piece(area, piece)
