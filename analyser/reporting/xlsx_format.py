"""One table as a workbook: a README sheet with legend and provenance, then the table."""

from collections.abc import Sequence

from analyser.reporting.columns import spec_of
from analyser.reporting.context import OutputContext, findings
from analyser.reporting.envelope import TOOL, schema_name
from analyser.reporting.flat import flatten
from analyser.reporting.labels import Labels, basis_of
from analyser.reporting.matrix_grid import LETTER_RULE, grids, legend
from analyser.reporting.rows import InputFile, MatrixRow, Row, RulesUsed
from analyser.reporting.xlsx_book import Book

ReadmeSection = tuple[str, list[tuple[str, str]]]


def write_xlsx(table: str, rows: Sequence[Row], context: OutputContext) -> bytes:
    """Return the rows as a workbook; columns are the fields of the contract, in order."""
    spec = spec_of(table, rows)
    book = Book(f"codegap: {spec.title}")
    review = [("decision, reviewer, note", "Yours to fill in; decision is accept, reject, re-grade or note.")]
    used: ReadmeSection = (
        "What this is",
        [
            ("Table", spec.title),
            ("Schema", schema_name(spec.name)),
            ("Rows", str(len(rows))),
            *(review if spec.reviewed else []),
        ],
    )
    book.add_readme(
        f"codegap: {spec.title}",
        [
            used,
            *findings_sections(context),
            *legend_sections(context.labels, basis_of(context.labels)),
            *provenance_sections(context.inputs, context.rules, context.options),
        ],
    )
    header = list(spec.row.fields().values())
    lines = [list(flatten(row, context.labels).values()) for row in rows]
    book.add_table(spec.title[:31], header, lines, reviewed=spec.reviewed)
    matrix = [row for row in rows if isinstance(row, MatrixRow)]
    if matrix:
        book.add_grids("Grid", grids(matrix), context.labels)
    return book.close()


def legend_sections(labels: Labels, basis: Sequence[tuple[str, str]]) -> list[ReadmeSection]:
    """Return the legend: states with letters, kinds of exemption, how things are known, names of keys."""
    return [
        (
            "States",
            [(f"{letter}  {name}", means) for letter, name, means in legend(labels)]
            + [("Letters", LETTER_RULE)],
        ),
        (
            "Kinds of exemption",
            [(key, meaning.means) for key, meaning in labels.kinds.items()],
        ),
        ("How a thing is known (basis)", list(basis)),
        ("Harms", list(labels.harms.items())),
        ("Service types", [(key, name.name) for key, name in labels.services.items()]),
        ("Functions", list(labels.functions.items())),
    ]


def findings_sections(context: OutputContext) -> list[ReadmeSection]:
    """Return what is said of the rows as a whole, where anything is."""
    told = findings(context)
    return [("In short", [(str(place), line) for place, line in enumerate(told, 1)])] if told else []


def provenance_sections(
    inputs: Sequence[InputFile], rules: RulesUsed, options: dict[str, object]
) -> list[ReadmeSection]:
    """Return what the workbook was made with: versions, hashes, options."""
    return [
        (
            "Made with",
            [
                (TOOL.name, TOOL.version),
                *((file.path, f"sha256 {file.sha256}") for file in inputs),
                (f"rules {rules.pack}", f"{rules.version}, sha256 {rules.sha256}"),
            ],
        ),
        ("Options", [(name, _option(value)) for name, value in options.items()]),
    ]


def _option(value: object) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(str(entry) for entry in value) or "none"
    return "none" if value is None else str(value)
