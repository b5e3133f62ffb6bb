"""Where futures are worked out, in what order and in how many goes changes no byte."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

import footprint.stress.columns
from footprint.model.area import Area
from footprint.plan.new import new_plan
from footprint.plan.read import read_plan
from footprint.stress.columns import OnDisk, hold
from footprint.stress.engines import CannotRun, Settings, choose_engine, engine_kinds
from footprint.stress.engines.base import Done, Engine
from footprint.stress.engines.local import Local
from footprint.stress.engines.processes import Processes
from footprint.stress.ensemble import Ensemble, Running, run_ensemble
from footprint.stress.piece import PIECE, Piece, cut, run_piece
from footprint.stress.store import DamagedPiece, Store
from footprint.stress.summary import stress

DRAWS = 5 * PIECE + 44
SEED = 3
COMMAND = [sys.executable, "-c", "from footprint.cli import main; main()", "stress"]


class Shuffled(Engine):
    """This process, the last piece first and the others anyhow."""

    name = "shuffled"

    @classmethod
    def of(cls, settings: Settings) -> "Shuffled":
        return cls()

    def run(self, area: Area, pieces: Sequence[Piece]) -> Iterator[Done]:
        for i in np.random.default_rng(7).permutation(len(pieces)):
            yield pieces[i], run_piece(area, pieces[i])


class Stopped(Local):
    """This process, until somebody presses Ctrl-C after `AFTER` pieces."""

    AFTER = 2

    def run(self, area: Area, pieces: Sequence[Piece]) -> Iterator[Done]:
        yield from super().run(area, pieces[: self.AFTER])
        raise KeyboardInterrupt


class Nowhere(Local):
    """Works nothing out: whoever asks it finds everything missing."""

    def run(self, area: Area, pieces: Sequence[Piece]) -> Iterator[Done]:
        pytest.fail(f"{len(pieces)} pieces were worked out again")
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new plan on disk."""
    made = tmp_path_factory.mktemp("plans") / "our-place"
    new_plan(made)
    return made


@pytest.fixture(scope="module")
def area(folder: Path) -> Area:
    return Area.of(read_plan(folder))


@pytest.fixture(scope="module")
def expected(area: Area) -> dict[str, bytes]:
    return content(run_ensemble(area, DRAWS, SEED))


def content(ensemble: Ensemble) -> dict[str, bytes]:
    return {name: ensemble.of(name).tobytes() for name in ensemble.layout.shapes}


def test_engines_are_found_in_their_folder_alone() -> None:
    assert set(engine_kinds()) == {"dask", "local", "processes"}


def test_pieces_in_any_order_give_the_same_bytes(area: Area, expected: dict[str, bytes]) -> None:
    assert content(run_ensemble(area, DRAWS, SEED, Running(Shuffled()))) == expected


@pytest.mark.slow
@pytest.mark.parametrize(("count", "batch"), [(1, 4), (2, 1), (2, 2)])
def test_processes_and_batches_give_the_same_bytes(
    area: Area, expected: dict[str, bytes], count: int, batch: int
) -> None:
    running = Running(Processes(count, batch))
    assert content(run_ensemble(area, DRAWS, SEED, running)) == expected


def test_progress_counts_every_future_once(area: Area) -> None:
    told: list[tuple[int, int]] = []
    running = Running(Shuffled(), progress=lambda done, of: told.append((done, of)))
    run_ensemble(area, DRAWS, SEED, running)
    assert told[-1] == (DRAWS, DRAWS)
    assert [done for done, _ in told] == sorted({done for done, _ in told})
    assert len(told) == len(cut(area, DRAWS, SEED))


def test_results_on_disk_are_the_results_in_memory(
    area: Area, expected: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(footprint.stress.columns, "IN_MEMORY", 0)
    ensemble = run_ensemble(area, DRAWS, SEED, Running(Shuffled()))
    assert isinstance(ensemble.columns, OnDisk)
    assert content(ensemble) == expected
    assert ensemble.of("gap", 1, 2, 0).tobytes() == ensemble.of("gap")[1, 2, 0].tobytes()


def test_an_answer_is_the_same_from_memory_and_from_disk(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = read_plan(folder)
    held = stress(plan, PIECE + 9).model_dump_json()
    monkeypatch.setattr(footprint.stress.columns, "IN_MEMORY", 0)
    assert stress(plan, PIECE + 9).model_dump_json() == held


def test_too_little_disk_is_said_before_anything_is_worked_out() -> None:
    with pytest.raises(CannotRun, match="Set TMPDIR to a folder with more room"):
        hold(1_000_000, 1_000_000_000)


def test_a_run_that_was_stopped_goes_on_and_ends_the_same(
    area: Area, expected: dict[str, bytes], tmp_path: Path
) -> None:
    with pytest.raises(KeyboardInterrupt):
        run_ensemble(area, DRAWS, SEED, Running(Stopped(), tmp_path))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.npz")}
    assert len(before) == Stopped.AFTER
    assert content(run_ensemble(area, DRAWS, SEED, Running(Shuffled(), tmp_path))) == expected
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert content(run_ensemble(area, DRAWS, SEED, Running(Nowhere(), tmp_path))) == expected


def test_more_futures_go_on_from_fewer(area: Area, tmp_path: Path) -> None:
    run_ensemble(area, 2 * PIECE, SEED, Running(resume=tmp_path))
    assert len(list(tmp_path.rglob("*.npz"))) == 2
    ensemble = run_ensemble(area, 3 * PIECE, SEED, Running(resume=tmp_path))
    assert len(list(tmp_path.rglob("*.npz"))) == 3
    assert content(ensemble) == content(run_ensemble(area, 3 * PIECE, SEED))


def test_another_seed_finds_nothing_of_this_one(area: Area, tmp_path: Path) -> None:
    run_ensemble(area, PIECE, SEED, Running(resume=tmp_path))
    other = run_ensemble(area, PIECE, SEED + 1, Running(resume=tmp_path))
    assert content(other) == content(run_ensemble(area, PIECE, SEED + 1))
    assert len(list(tmp_path.glob("*/about.json"))) == 2


@pytest.mark.parametrize("fault", ["cut short", "one byte", "empty", "another piece's"])
def test_a_damaged_piece_is_worked_out_again_and_said(
    area: Area, expected: dict[str, bytes], tmp_path: Path, fault: str
) -> None:
    run_ensemble(area, DRAWS, SEED, Running(resume=tmp_path))
    first, second = sorted(tmp_path.rglob("*.npz"))[:2]
    damage(second, first, fault)
    told: list[str] = []
    ensemble = run_ensemble(area, DRAWS, SEED, Running(resume=tmp_path, say=told.append))
    assert content(ensemble) == expected
    assert len(told) == 1
    assert second.name in told[0]
    assert "futures 256 to 511 are worked out again" in told[0]
    assert content(run_ensemble(area, DRAWS, SEED, Running(Nowhere(), tmp_path))) == expected


def damage(path: Path, other: Path, fault: str) -> None:
    content = path.read_bytes()
    middle = len(content) // 2
    path.write_bytes(
        {
            "cut short": content[:middle],
            "one byte": content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :],
            "empty": b"",
            "another piece's": other.read_bytes(),
        }[fault]
    )


def test_a_piece_is_written_whole_or_not_at_all(area: Area, tmp_path: Path) -> None:
    piece = cut(area, PIECE, SEED)[0]
    store = Store.of(tmp_path, piece)
    with pytest.raises(AttributeError):
        store.keep(piece, None)  # type: ignore[arg-type]
    assert store.find(piece) is None
    assert [path.name for path in store.folder.iterdir()] == ["about.json"]


def test_numbers_that_were_changed_under_a_true_file_are_found_out(
    area: Area, tmp_path: Path
) -> None:
    piece = cut(area, PIECE, SEED)[0]
    store = Store.of(tmp_path, piece)
    store.keep(piece, np.zeros((2, PIECE)))
    path = next(store.folder.glob("*.npz"))
    with np.load(path) as held:
        checksum = held["checksum"]
    np.savez_compressed(path, outputs=np.ones((2, PIECE)), checksum=checksum)
    with pytest.raises(DamagedPiece, match="not what was written"):
        store.find(piece)


@pytest.mark.slow
@pytest.mark.parametrize("how", [(), ("--processes", "2")])
def test_ctrl_c_keeps_what_is_finished_and_the_same_command_goes_on(
    folder: Path, tmp_path: Path, how: tuple[str, ...]
) -> None:
    kept = tmp_path / "kept"
    words = [*COMMAND, str(folder), "--draws", "16384", "--json", *how]
    stopped = subprocess.Popen([*words, "--resume", str(kept)], stderr=subprocess.PIPE, text=True)
    wait_for(lambda: len(list(kept.rglob("*.npz"))) >= 3)
    stopped.send_signal(signal.SIGINT)
    said = stopped.communicate(timeout=60)[1]
    assert stopped.returncode == 130
    assert f"What is finished is kept in {kept}; the same command goes on from there." in said
    assert "Traceback" not in said
    before = {path: path.stat().st_mtime_ns for path in kept.rglob("*.npz")}
    assert 3 <= len(before) < 64
    assert not list(kept.rglob("*.part"))
    went_on = printed([*words, "--resume", str(kept)])
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert went_on == printed(words)


def printed(words: list[str]) -> str:
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def wait_for(true: object, seconds: float = 120) -> None:
    """Wait until it is so; give up after a time no healthy machine needs."""
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


@pytest.mark.slow
def test_a_process_killed_half_way_loses_and_changes_nothing(
    area: Area, expected: dict[str, bytes]
) -> None:
    import multiprocessing

    killed: list[int] = []

    def kill(done: int, of: int) -> None:
        if not killed and done >= of / 2:
            victim = multiprocessing.active_children()[0].pid
            assert victim is not None
            killed.append(victim)
            os.kill(victim, signal.SIGKILL)

    running = Running(Processes(2, 1), progress=kill)
    assert content(run_ensemble(area, DRAWS, SEED, running)) == expected
    assert killed


@pytest.mark.parametrize(
    ("name", "settings", "words"),
    [
        ("ray", Settings(), "use dask, local, processes"),
        ("local", Settings(processes=2), "use --engine processes"),
        ("local", Settings(scheduler="tcp://127.0.0.1:1"), "use --engine dask"),
        ("processes", Settings(scheduler="tcp://127.0.0.1:1"), "use --engine dask"),
    ],
)
def test_what_cannot_be_is_said_with_its_cure(name: str, settings: Settings, words: str) -> None:
    with pytest.raises(CannotRun, match=words):
        choose_engine(name, settings)


def test_a_missing_extra_is_said_with_its_cure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(CannotRun, match=r"pip install 'footprint\[scale\]'"):
        choose_engine("dask", Settings(scheduler="tcp://127.0.0.1:8786"))
