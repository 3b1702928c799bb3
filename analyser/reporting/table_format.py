"""Terminal tables: every cell whole, folded rather than cut; plain text when the output is not a terminal."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from analyser.reporting.columns import TableSpec, spec_of
from analyser.reporting.context import OutputContext, findings
from analyser.reporting.flat import flatten_in_words, shown
from analyser.reporting.matrix_grid import LETTER_RULE, Grid, grids, legend
from analyser.reporting.rows import ExplainRow, MatrixRow, Row

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_NARROWEST = 40
_LONGEST_WORD = 24
_BLOCK_TITLES = 17
_GUTTER = 3
_LETTER_COLUMN = 2


def write_table(table: str, rows: Sequence[Row], context: OutputContext) -> str:
    """Return the rows as a table; a row that has no room in columns is printed as a block of lines."""
    from rich.console import Console

    spec = spec_of(table, rows, context.decided)
    width = max(context.width, _NARROWEST)
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=context.terminal,
        no_color=not context.terminal,
        highlight=False,
        emoji=False,
        markup=False,
    )
    _print_findings(console, context)
    matrix = [row for row in rows if isinstance(row, MatrixRow)]
    if matrix:
        _print_matrix(console, matrix, context)
    elif explained := [row for row in rows if isinstance(row, ExplainRow)]:
        _print_explained(console, explained)
    elif not rows and not findings(context):
        console.print(f"{spec.title}: none.")
    elif width < spec.blocks_below or _needed(spec, rows, context) > width:
        _print_blocks(console, spec, rows, context)
    else:
        _print_columns(console, spec, rows, context)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _print_findings(console: "Console", context: OutputContext) -> None:
    """Print above the rows what is said of the whole: a headline, findings as sentences, and notes."""
    from rich.text import Text

    for paragraph in findings(context):
        console.print(Text(paragraph))
        console.print()


def _print_columns(console: "Console", spec: TableSpec, rows: Sequence[Row], context: OutputContext) -> None:
    """Print rows in columns; no column is narrower than its longest word, up to a limit."""
    from rich.text import Text

    lines = [_line(row, spec, context) for row in rows]
    table = _ruled()
    for column, width in zip(spec.columns, _widths(spec, lines, console.width), strict=True):
        table.add_column(Text(column.title, style="bold"), width=width, overflow="fold", vertical="top")
    for line in lines:
        table.add_row(*map(Text, line))
    console.print(table)


def _needed(spec: TableSpec, rows: Sequence[Row], context: OutputContext) -> int:
    """Return the width at which every column holds its longest word (up to a limit) unbroken."""
    lines = [_line(row, spec, context) for row in rows]
    columns = [[column.title, *(line[place] for line in lines)] for place, column in enumerate(spec.columns)]
    words = [max((len(word) for text in column for word in text.split()), default=0) for column in columns]
    return sum(min(word, _LONGEST_WORD) for word in words) + _GUTTER * len(words)


def _widths(spec: TableSpec, lines: Sequence[Sequence[str]], width: int) -> list[int]:
    """Give each column its longest word (up to a limit) and share out the rest, to none beyond its need."""
    cells = [[column.title, *(line[place] for line in lines)] for place, column in enumerate(spec.columns)]
    wanted = [max(map(len, column)) for column in cells]
    widths = [
        min(max(len(word) for text in column for word in [*text.split(), ""]), _LONGEST_WORD)
        for column in cells
    ]
    left = width - _GUTTER * len(widths) - sum(widths)
    while left > 0 and (open_columns := [place for place, held in enumerate(widths) if held < wanted[place]]):
        place = min(open_columns, key=lambda column: widths[column] / spec.columns[column].share)
        widths[place] += 1
        left -= 1
    return widths


def _print_blocks(console: "Console", spec: TableSpec, rows: Sequence[Row], context: OutputContext) -> None:
    """Print each row as lines of title and value, the id on top and unbroken, so that it can be copied."""
    from rich.table import Table
    from rich.text import Text

    for index, row in enumerate(rows):
        if index:
            console.print()
        block = Table.grid(padding=(0, 2, 0, 0))
        block.add_column(width=_BLOCK_TITLES, overflow="fold")
        block.add_column(overflow="fold", ratio=1)
        for column, value in zip(spec.columns, _line(row, spec, context), strict=True):
            if column.field == "id":
                console.print(Text(value, style="bold"), soft_wrap=True)
            elif value:
                block.add_row(Text(column.title, style="dim"), Text(value))
        console.print(block)


def _print_explained(console: "Console", rows: Sequence[ExplainRow]) -> None:
    """Print explanations as they are read aloud: a numbered step a line, then the readings that were set
    aside."""
    from rich.table import Table
    from rich.text import Text

    for index, row in enumerate(rows):
        if index:
            console.print()
        console.print(Text(row.id, style="bold"), soft_wrap=True)
        block = Table.grid(padding=(0, 2, 0, 0))
        block.add_column(width=3, justify="right")
        block.add_column(width=_BLOCK_TITLES, overflow="fold")
        block.add_column(overflow="fold", ratio=1)
        for number, step in enumerate(row.steps, 1):
            quote = f": {' '.join(step.quote.split())}" if step.quote and step.quote not in step.text else ""
            known = f" [{step.basis}]" if step.basis else ""
            block.add_row(str(number), Text(step.kind, style="dim"), Text(f"{step.text}{quote}{known}"))
        for rejected in row.rejected:
            block.add_row(
                "",
                Text("set aside", style="dim"),
                Text(f"{' '.join(rejected.quote.split())} ({rejected.rule}): {rejected.why}"),
            )
        console.print(block)


def _line(row: Row, spec: TableSpec, context: OutputContext) -> list[str]:
    cells = flatten_in_words(row, context.labels)
    return [shown(cells[column.field]) for column in spec.columns]


def _print_matrix(console: "Console", rows: Sequence[MatrixRow], context: OutputContext) -> None:
    """Print one grid a function, services as numbers that a key explains, so that it fits 80 columns."""
    from rich.text import Text

    for grid in grids(rows):
        console.print(Text(f"{context.labels.function(grid.function).capitalize()}", style="bold"))
        console.print(_grid_table(grid, context))
        console.print()
    services = tuple(dict.fromkeys(row.service for row in rows))
    console.print(
        "Services: "
        + " · ".join(f"{number} {context.labels.service(key)}" for number, key in enumerate(services, 1))
    )
    console.print(
        "Letters: " + " · ".join(f"{letter} {name}" for letter, name, _ in legend(context.labels)) + "."
    )
    console.print(LETTER_RULE)


def _grid_table(grid: Grid, context: OutputContext) -> "Table":
    from rich.text import Text

    table = _ruled(gap=0)
    table.add_column("", overflow="fold")
    for number in range(1, len(grid.services) + 1):
        table.add_column(str(number), justify="right", width=_LETTER_COLUMN)
    for harm, line in zip(grid.harms, grid.cells, strict=True):
        table.add_row(Text(context.labels.harm(harm)), *(Text(cell.letter if cell else "") for cell in line))
    return table


def _ruled(gap: int = 1) -> "Table":
    from rich import box
    from rich.table import Table

    return Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, show_lines=False, padding=(0, gap))
