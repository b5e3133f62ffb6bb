"""The command line: footprint check | run | stress | compare | baseline | schema | new."""

import os


def main() -> None:
    """Run the `footprint` command."""
    # Many small products: threads inside one would only wait for each other. Set before numpy
    # is loaded, which is why the commands are imported here.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    from footprint.cli.app import app

    app()
