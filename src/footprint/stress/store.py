"""Finished pieces on disk, so that a run that was stopped goes on where it was."""

import hashlib
import json
import os
import zipfile
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from footprint.stress.piece import Piece

Floats = NDArray[np.float64]


class DamagedPiece(Exception):
    """A file of a finished piece that cannot be trusted; the message names it."""


@dataclass(frozen=True)
class Store:
    """A folder of finished pieces of one plan, code, seed and portfolio.

    A piece is `<first>-<stop>.npz`: `outputs` [column, draw] and the `checksum` of them and of
    what they are an answer to. A file is written beside its place and then moved there, so that
    what bears a piece's name is whole, whenever the run is stopped.
    """

    folder: Path

    @classmethod
    def of(cls, folder: Path, piece: Piece) -> "Store":
        """The store in `folder` for all pieces of the same run; makes it where there is none.

        How many futures are asked for is no part of it: 100,000 begin with the 4,096 there are.
        """
        about = asdict(piece)
        del about["first"], about["stop"]
        text = json.dumps(about, indent=1, sort_keys=True)
        inside = folder / hashlib.sha256(text.encode()).hexdigest()[:24]
        inside.mkdir(parents=True, exist_ok=True)
        _write(inside / "about.json", text.encode())
        return cls(inside)

    def find(self, piece: Piece) -> Floats | None:
        """The outputs of a piece, None where it is not there.

        Raises DamagedPiece where its file is not what was written.
        """
        path = self._path(piece)
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
                outputs, checksum = held["outputs"], str(held["checksum"])
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
            raise DamagedPiece(f"{path.name} is damaged") from error
        if checksum != _checksum(piece, outputs):
            raise DamagedPiece(f"{path.name} is not what was written")
        return outputs

    def keep(self, piece: Piece, outputs: Floats) -> None:
        """Write a finished piece, whole or not at all."""
        path = self._path(piece)
        partial = _beside(path)
        try:
            with partial.open("wb") as file:
                np.savez_compressed(file, outputs=outputs, checksum=_checksum(piece, outputs))
                file.flush()
                os.fsync(file.fileno())
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)

    def _path(self, piece: Piece) -> Path:
        return self.folder / f"{piece.first:010}-{piece.stop:010}.npz"


def _beside(path: Path) -> Path:
    """A name of this process's own in the same folder, where a move is one step."""
    return path.with_name(f".{path.name}.{os.getpid()}.part")


def _write(path: Path, content: bytes) -> None:
    partial = _beside(path)
    partial.write_bytes(content)
    partial.replace(path)


def _checksum(piece: Piece, outputs: Floats) -> str:
    """SHA-256 of what was asked and of what was found."""
    asked = json.dumps([asdict(piece), outputs.shape, outputs.dtype.str], sort_keys=True)
    found = hashlib.sha256(asked.encode())
    found.update(np.ascontiguousarray(outputs).data)
    return found.hexdigest()
