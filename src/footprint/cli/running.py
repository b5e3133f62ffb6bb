"""Run futures for a command: where it says, with progress, and a sentence for what goes wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import typer

from footprint.cli.load import stop
from footprint.cli.progress import counted
from footprint.stress.engines import CannotRun, Settings, choose_engine
from footprint.stress.ensemble import Running

# What a shell expects of a command that was ended by Ctrl-C.
_INTERRUPTED = 130


@contextmanager
def run_here(engine: str | None, settings: Settings, resume: Path | None) -> Iterator[Running]:
    """Give how to run; inside, what cannot be is said in a sentence and ends the command."""
    try:
        with counted("working out futures") as progress:
            yield Running(choose_engine(engine, settings), resume, progress, _tell)
    except KeyError as error:
        stop(str(error.args[0]))
    except CannotRun as error:
        stop(str(error))
    except KeyboardInterrupt:
        _tell(_how_to_go_on(resume))
        raise typer.Exit(_INTERRUPTED) from None


def _tell(sentence: str) -> None:
    typer.echo(sentence, err=True)


def _how_to_go_on(resume: Path | None) -> str:
    if resume is None:
        return "Stopped; nothing is kept. With --resume FOLDER finished futures would be."
    return f"Stopped. What is finished is kept in {resume}; the same command goes on from there."
