"""One table as a workbook: a README sheet with legend and provenance, then the table."""

from collections.abc import Sequence

from analyser.decisions.model import EXEMPTION, GAP, GRADES
from analyser.reporting.columns import spec_of
from analyser.reporting.context import OutputContext, findings
from analyser.reporting.decision_rows import DECIDED, Decided, decided_words
from analyser.reporting.envelope import TOOL, schema_name
from analyser.reporting.flat import flatten
from analyser.reporting.labels import Labels, basis_of
from analyser.reporting.matrix_grid import LETTER_RULE, grids, legend
from analyser.reporting.rows import ExemptionRow, GapRow, InputFile, MatrixRow, Row, RulesUsed
from analyser.reporting.xlsx_book import REVIEW, STANDS, Book

ReadmeSection = tuple[str, list[tuple[str, str]]]
REVIEW_MEANS = (
    "Yours to fill in. decision is accept, reject, re-grade or note; re-grade to is what a re-grade gives, "
    "such as strength: arguable; note is the reason. `codegap decisions read` takes them over from the "
    "sheets Gaps and Exemptions."
)
STANDS_MEANS = (
    STANDS,
    "How what is decided already stands on this text. What is to be decided again is not filled in.",
)


def write_xlsx(table: str, rows: Sequence[Row], context: OutputContext) -> bytes:
    """Return the rows as a workbook; columns are the fields of the contract, in order."""
    spec = spec_of(table, rows, context.decided)
    book = Book(f"codegap: {spec.title}")
    review = [(", ".join(REVIEW), REVIEW_MEANS), *([STANDS_MEANS] if context.decided else [])]
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
    header = [name for name in spec.row.fields().values() if name != DECIDED]
    cells = [flatten(row, context.labels) for row in rows]
    lines = [[line[name] for name in header] for line in cells]
    filled = [review_cells(row) for row in rows] if DECIDED in spec.row.model_fields else None
    book.add_table(
        spec.title[:31],
        header,
        lines,
        reviewed=spec.reviewed,
        decided=filled,
        grades=grades_of(spec.row),
    )
    matrix = [row for row in rows if isinstance(row, MatrixRow)]
    if matrix:
        book.add_grids("Grid", grids(matrix), context.labels)
    return book.close()


def review_cells(row: Row) -> tuple[str, tuple[str, ...]]:
    """Return how the decision on a row stands, and the cells of REVIEW: empty where nothing was decided, or
    where it is to be decided again, so that no decision is taken over to words it was not made on.
    """
    decided: Decided | None = getattr(row, DECIDED, None)
    if decided is None:
        return "", ()
    if decided.open:
        return decided_words(decided), ()
    to = "; ".join(f"{grade.name}: {grade.decided}" for grade in decided.grades)
    stands = f"{decided.status}: {decided.why}" if decided.why else decided.status
    return stands, (decided.verdict, to, decided.reviewer, decided.date, decided.reason)


def grades_of(model: type[Row]) -> tuple[str, ...]:
    """Return what a reviewer may re-grade a row of a table to, as a list to choose from."""
    kind = EXEMPTION if issubclass(model, ExemptionRow) else GAP if issubclass(model, GapRow) else ""
    named = {name: values for name, values in GRADES.get(kind, {}).items() if name != "kind"}
    return tuple(f"{name}: {value}" for name, values in named.items() for value in values)


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
