"""Write the report of a stress test."""

from pathlib import Path

import typer

from footprint.cli.load import stop
from footprint.report.page import html_report
from footprint.stress.answer import Answer


def write_report(answer: Answer, folder: Path, quiet: bool) -> None:
    """Write report.html and answer.json into a folder, made where it does not exist."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        report = folder / "report.html"
        report.write_text(html_report(answer), encoding="utf-8")
        (folder / "answer.json").write_text(answer.model_dump_json(indent=2), encoding="utf-8")
    except OSError as error:
        stop(f"the report could not be written to {folder}: {error.strerror or error}")
    if not quiet:
        typer.echo(f"\nReport: {report.resolve().as_uri()}")
