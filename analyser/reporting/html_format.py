"""One table as one HTML file that loads nothing: a heading, the table with its caption, and where the rows
come from."""

from collections.abc import Sequence

from analyser.library import root
from analyser.model.base import Frozen
from analyser.reporting.columns import spec_of
from analyser.reporting.context import OutputContext
from analyser.reporting.flat import flatten_in_words
from analyser.reporting.markdown_format import provenance_text
from analyser.reporting.matrix_grid import LETTER_RULE, grids, legend
from analyser.reporting.pages import page_templates
from analyser.reporting.phrases import sentence_case
from analyser.reporting.rows import MatrixRow, Row


class TableView(Frozen):
    """A table ready to print: its name, caption, column headings and lines."""

    name: str
    caption: str
    header: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]


def write_html(table: str, rows: Sequence[Row], context: OutputContext) -> str:
    """Return the rows as a self-contained page; a matrix is printed as one grid a function."""
    spec = spec_of(table, rows, context.decided)
    matrix = [row for row in rows if isinstance(row, MatrixRow)]
    letters = "; ".join(f"{letter} {name}" for letter, name, _ in legend(context.labels))
    tables = _grids(matrix, context) if matrix else _plain(table, rows, context)
    return render_tables(spec.title, tables, context, f"Letters: {letters}. {LETTER_RULE}" if matrix else "")


def render_tables(title: str, tables: Sequence[TableView], context: OutputContext, legend: str = "") -> str:
    """Return tables as one self-contained page, with where they come from."""
    from markupsafe import Markup

    folder = root() / "reports" / "templates"
    return (
        page_templates(folder)
        .get_template("table.html.j2")
        .render(
            title=title,
            css=Markup((folder / "report.css").read_text(encoding="utf-8")),
            tables=tables,
            legend=legend,
            provenance=provenance_text(context),
        )
    )


def _plain(table: str, rows: Sequence[Row], context: OutputContext) -> list[TableView]:
    if not rows:
        return []
    spec = spec_of(table, rows, context.decided)
    cells = [flatten_in_words(row, context.labels) for row in rows]
    lines = tuple(tuple(str(line[column.field]) for column in spec.columns) for line in cells)
    count = f"{len(rows)} row{'' if len(rows) == 1 else 's'}"
    return [
        TableView(name="", caption=count, header=tuple(column.title for column in spec.columns), lines=lines)
    ]


def _grids(rows: Sequence[MatrixRow], context: OutputContext) -> list[TableView]:
    return [
        TableView(
            name=sentence_case(context.labels.function(grid.function)),
            caption="Kinds of illegal harm down, types of service across",
            header=("Harm", *(context.labels.service(key) for key in grid.services)),
            lines=tuple(
                (context.labels.harm(harm), *(cell.letter if cell else "" for cell in line))
                for harm, line in zip(grid.harms, grid.cells, strict=True)
            ),
        )
        for grid in grids(rows)
    ]
