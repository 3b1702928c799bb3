"""The formats in which tables can be written: one registry, each writer thin over the rows."""

from collections.abc import Callable, Sequence

from analyser.errors import UsageError, nearest
from analyser.reporting.context import OutputContext
from analyser.reporting.csv_format import write_csv
from analyser.reporting.envelope import render_json, schema_name
from analyser.reporting.html_format import write_html
from analyser.reporting.markdown_format import write_markdown
from analyser.reporting.rows import Row
from analyser.reporting.table_format import write_table
from analyser.reporting.xlsx_format import write_xlsx

Writer = Callable[[str, Sequence[Row], OutputContext], str | bytes]
KNOWN = ("table", "json", "csv", "xlsx", "html", "docx", "md")


def _write_json(table: str, rows: Sequence[Row], context: OutputContext) -> str:
    schema = schema_name(table.replace(" ", "-"))
    return render_json(schema, rows, context.inputs, context.rules, context.options, context.extra)


WRITERS: dict[str, Writer] = {
    "table": write_table,
    "json": _write_json,
    "csv": write_csv,
    "md": write_markdown,
    "html": write_html,
    "xlsx": write_xlsx,
}

BINARY: frozenset[str] = frozenset({"xlsx"})


def write(table: str, rows: Sequence[Row], format: str, context: OutputContext) -> str | bytes:
    """Return the rows of a table (`gaps`, `codes-list` ...) in a format: text, or bytes for a workbook."""
    return writer_for(table, format)(table, rows, context)


def writer_for(table: str, format: str) -> Writer:
    """Return the writer of a format, so that a command can refuse a format before it does any work."""
    if format in WRITERS:
        return WRITERS[format]
    has = ", ".join(WRITERS)
    if format in KNOWN:
        raise UsageError(f"{table} cannot be written as {format}", fix=f"It has: {has}.")
    raise UsageError(f"There is no format {format!r}", fix=f"{nearest(format, WRITERS)} {table} has: {has}.")


def is_binary(format: str) -> bool:
    """Say whether a format needs a file (contract: xlsx and docx need -o)."""
    return format in BINARY
