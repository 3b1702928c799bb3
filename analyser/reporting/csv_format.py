"""CSV: one line a row, every field of the contract; what a spreadsheet would run is made text."""

import csv
import io
from collections.abc import Sequence

from analyser.reporting.columns import spec_of
from analyser.reporting.context import OutputContext
from analyser.reporting.flat import Cell, flatten
from analyser.reporting.rows import Row

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_csv(table: str, rows: Sequence[Row], context: OutputContext) -> str:
    """Return the rows as CSV in UTF-8 without a byte order mark, lines ended by LF, always with a header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(spec_of(table, rows, context.decided).row.fields().values())
    for row in rows:
        writer.writerow([as_text(cell) for cell in flatten(row, context.labels).values()])
    return out.getvalue()


def as_text(cell: Cell) -> Cell:
    """Put an apostrophe before text that a spreadsheet would take for a formula; a number stays a number.

    >>> as_text("=1+1")
    "'=1+1"
    """
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell
