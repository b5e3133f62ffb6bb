"""Tables in the terminal."""

from rich.console import Console
from rich.table import Table

# Wide enough for a table where there is no terminal to ask.
_WIDTH = 110


def show(table: Table) -> None:
    """Print a table to the terminal, or as wide as needed into a file."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(width=_WIDTH, highlight=False)
    console.print(table)


def heading(title: str, *columns: str) -> Table:
    """A table with its title and columns; figures stand to the right."""
    table = Table(title=f"\n{title}", title_justify="left", title_style="bold")
    table.add_column(columns[0])
    for column in columns[1:]:
        table.add_column(column, justify="right")
    return table
