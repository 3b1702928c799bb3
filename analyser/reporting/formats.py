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


def _compare_html(table: str, rows: Sequence[Row], context: OutputContext) -> str:
    from analyser.reporting.compare_html import write_html

    return write_html(table, rows, context)


def _compare_docx(table: str, rows: Sequence[Row], context: OutputContext) -> bytes:
    from analyser.reporting.docx_format import write_docx

    return write_docx(table, rows, context)


def _ingest_page(table: str, rows: Sequence[Row], context: OutputContext) -> str:
    from analyser.reporting.ingest_view import write_page

    return write_page(table, rows, context)


def _ingest_html(table: str, rows: Sequence[Row], context: OutputContext) -> str:
    from analyser.reporting.ingest_view import write_html

    return write_html(table, rows, context)


WRITERS: dict[str, Writer] = {
    "table": write_table,
    "json": _write_json,
    "csv": write_csv,
    "md": write_markdown,
    "html": write_html,
    "xlsx": write_xlsx,
}

# What only some tables are written as, beside the formats of all.
OWN: dict[str, dict[str, Writer]] = {
    "compare": {"html": _compare_html, "docx": _compare_docx},
    "ingest": {"table": _ingest_page, "html": _ingest_html},
}
BINARY: frozenset[str] = frozenset({"xlsx", "docx"})


def write(table: str, rows: Sequence[Row], format: str, context: OutputContext) -> str | bytes:
    """Return the rows of a table (`gaps`, `codes-list` ...) in a format: text, or bytes for a workbook."""
    return writer_for(table, format)(table, rows, context)


def writers_of(table: str) -> dict[str, Writer]:
    """Return the formats that a table can be written in."""
    return {**WRITERS, **OWN.get(table.replace(" ", "-"), {})}


def writer_for(table: str, format: str) -> Writer:
    """Return the writer of a format, so that a command can refuse a format before it does any work."""
    writers = writers_of(table)
    if format in writers:
        return writers[format]
    has = ", ".join(writers)
    if format in KNOWN:
        raise UsageError(f"{table} cannot be written as {format}", fix=f"It has: {has}.")
    raise UsageError(f"There is no format {format!r}", fix=f"{nearest(format, writers)} {table} has: {has}.")


def is_binary(format: str) -> bool:
    """Say whether a format needs a file (contract: xlsx and docx need -o)."""
    return format in BINARY
