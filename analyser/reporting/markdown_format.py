"""Markdown tables, with everything that Markdown would read as a mark made plain text."""

import re
from collections.abc import Iterable, Sequence

from analyser.reporting.columns import spec_of
from analyser.reporting.context import OutputContext, findings
from analyser.reporting.flat import flatten_in_words, shown
from analyser.reporting.labels import Labels
from analyser.reporting.matrix_grid import LETTER_RULE, Grid, grids, legend
from analyser.reporting.rows import MatrixRow, Row

_MARKS = re.compile(r"([\\`*|\[\]~])")
_EDGE_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_LINE_START = re.compile(r"^(\s*)(#{1,6}\s|[-+>]|=+$|\d+[.)](?=\s))")


def write_markdown(table: str, rows: Sequence[Row], context: OutputContext) -> str:
    """Return a heading, the table, and a line on where the rows come from."""
    spec = spec_of(table, rows, context.decided)
    parts = [f"# {spec.title}", *map(escape, findings(context))]
    matrix = [row for row in rows if isinstance(row, MatrixRow)]
    if matrix:
        for grid in grids(matrix):
            parts += [
                f"## {escape(context.labels.function(grid.function).capitalize())}",
                grid_table(grid, context.labels),
            ]
        parts.append(letters_line(context.labels))
    elif rows:
        cells = (flatten_in_words(row, context.labels) for row in rows)
        parts.append(
            markdown_table(
                [column.title for column in spec.columns],
                ([shown(line[column.field]) for column in spec.columns] for line in cells),
            )
        )
    else:
        parts.append("None.")
    parts.append(provenance_line(context))
    return "\n\n".join(parts) + "\n"


def markdown_table(header: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """Return a pipe table; a line break in a cell becomes a space."""
    out = [_line(header), "|" + "---|" * len(header)]
    out += [_line(line) for line in lines]
    return "\n".join(out)


def grid_table(grid: Grid, labels: Labels) -> str:
    """Return one function's grid as a table, harms down and service types across."""
    header = ["Harm", *(labels.service(key) for key in grid.services)]
    lines = (
        [labels.harm(harm), *(cell.letter if cell else "" for cell in line)]
        for harm, line in zip(grid.harms, grid.cells, strict=True)
    )
    return markdown_table(header, lines)


def letters_line(labels: Labels) -> str:
    """Return the key to the letters of a matrix."""
    return (
        "Letters: "
        + "; ".join(f"{escape(letter)} {name}" for letter, name, _ in legend(labels))
        + f". {LETTER_RULE}"
    )


def provenance_line(context: OutputContext) -> str:
    """Say from which files and rules the rows were made, as Markdown."""
    return escape(provenance_text(context))


def provenance_text(context: OutputContext) -> str:
    """Say from which files and rules the rows were made."""
    files = [f"{file.path} (sha256 {file.sha256})" for file in context.inputs]
    rules = f"rules {context.rules.pack} {context.rules.version} (sha256 {context.rules.sha256})"
    return f"Made from {', '.join([*files, rules])}."


def escape(text: str) -> str:
    """Return text that Markdown prints as it stands, on one line.

    >>> escape("a|b <i> *c*")
    'a\\\\|b &lt;i> \\\\*c\\\\*'
    """
    one_line = " ".join(text.split())
    marked = _MARKS.sub(r"\\\1", one_line).replace("&", "&amp;").replace("<", "&lt;")
    marked = _EDGE_UNDERSCORE.sub(r"\\_", marked)
    return _LINE_START.sub(
        lambda hit: (
            f"{hit[1]}\\{hit[2]}" if not hit[2][0].isdigit() else f"{hit[1]}{hit[2][:-1]}\\{hit[2][-1]}"
        ),
        marked,
    )


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(escape(cell) for cell in cells) + " |"
