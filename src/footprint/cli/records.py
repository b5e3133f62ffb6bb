"""`footprint baseline records`: a baseline for a plan from a trust's own records."""

from pathlib import Path
from typing import Annotated

import typer

from footprint.cli.load import say_faults, stop
from footprint.terms.faults import PlanFaults


def baseline_records(
    folder: Annotated[
        Path, typer.Argument(help="folder of parquet tables in the New Hospital Programme layout")
    ],
    out: Annotated[Path, typer.Option(help="folder for the tables; nothing is overwritten")],
    year: Annotated[int | None, typer.Option(help="2023 for 2023/24; else the only one")] = None,
    dataset: Annotated[str | None, typer.Option(help="which data set; else the only one")] = None,
    variant: Annotated[
        str | None, typer.Option(help="projection whose people are those served")
    ] = None,
    params: Annotated[
        Path | None, typer.Option(help="params file of the public model: draw futures too")
    ] = None,
    draws: Annotated[int, typer.Option(min=64, help="how many futures")] = 1024,
    seed: Annotated[int, typer.Option(min=0, help="same seed, same futures")] = 1,
) -> None:
    """Volumes and use by age from hospital records; counts below 8 never leave memory."""
    from footprint.records.baseline import baseline, write_baseline
    from footprint.records.futures import drawn_futures, write_futures
    from footprint.records.layout import BASELINE_TABLES, TABLES
    from footprint.records.read import read_records

    if not folder.is_dir():
        stop(f"{folder} is not a folder")
    try:
        tables = BASELINE_TABLES if params is None else tuple(TABLES)
        records = read_records(folder, tables, year, dataset)
        rows = baseline(records, variant, year)
        futures = None if params is None else drawn_futures(records, params, draws, seed)
        paths = write_baseline(rows, out)
        if futures is not None:
            paths.append(write_futures(futures, out))
    except PlanFaults as error:
        say_faults(folder, error.faults)
        raise typer.Exit(1) from error
    except (OSError, ModuleNotFoundError) as error:
        stop(str(error))
    for row in rows.volumes:
        typer.echo(f"{row.service:36} {row.volume:>12,.0f}")
    for name in rows.too_small:
        typer.echo(f"{name:36} {'*':>12}  fewer than 8: left out")
    typer.echo(f"\nWrote {', '.join(path.name for path in paths)} to {out}.")
    typer.echo("Unit costs stand at 0, because records hold none: put yours in volumes.csv,")
    typer.echo("add who pays whom in flows.csv, and move the rows to the plan's baseline folder.")
