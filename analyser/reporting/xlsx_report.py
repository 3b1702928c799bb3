"""The report as a workbook: a sheet a table, names instead of keys, columns for a reviewer."""

from collections.abc import Iterable, Sequence

from analyser.model.base import Frozen
from analyser.reporting.decision_rows import (
    DECIDED,
    DecidedExemptionRow,
    DecidedGapRow,
    DecisionRow,
)
from analyser.reporting.flat import Cell, flatten_in_words
from analyser.reporting.html_report import basis_lines, totals
from analyser.reporting.labels import Labels, plain
from analyser.reporting.matrix_grid import grids
from analyser.reporting.report_model import Report
from analyser.reporting.rows import (
    Backstop,
    Cause,
    Closure,
    DutyRow,
    EvidenceLine,
    ExemptionRow,
    GapRow,
    InvocableBy,
    Leaves,
    MatrixRow,
    Row,
)
from analyser.reporting.wording import wording
from analyser.reporting.xlsx_book import REVIEW, Book
from analyser.reporting.xlsx_format import (
    REVIEW_MEANS,
    STANDS_MEANS,
    ReadmeSection,
    grades_of,
    legend_sections,
    provenance_sections,
    review_cells,
)

_SHEETS = (
    ("Headlines", "The main findings, each with its words and its gaps."),
    ("Exemptions", "Every word that limits a duty, with columns for your review."),
    (
        "Who could claim",
        "A line for each design feature that bears on an exemption: who could claim it, who says so.",
    ),
    ("What is left", "A line for each thing an exemption leaves uncovered, and when."),
    ("Gaps", "What nothing binding covers, the most serious first, with columns for your review."),
    ("Causes", "A line for each cause of a gap."),
    ("Statute", "A line for each provision of the Act beside a gap."),
    ("Evidence", "A line for each published figure beside a gap."),
    ("What would close", "A line for each change that would close a gap or a part of it."),
    ("Matrix", "A line for each service type, harm and function."),
    ("Grids", "The same as a grid a function."),
    ("Duties", "Every duty of the code."),
    ("Sources", "What the source ids stand for."),
)
_OPEN = ("Decisions to look at", "Decisions whose words changed, or whose finding is gone.")

# What a sheet leaves out: values that have a sheet of their own, and the index of an exemption's leaves.
_ELSEWHERE = {
    "Exemptions": ("invocable_by", "leaves", "services", "harms", "functions"),
    "Gaps": ("code", "revision", "statute_backstop", "evidence", "what_would_close"),
    "Duties": ("span",),
}


def render_xlsx(report: Report, labels: Labels) -> bytes:
    """Return the report as a workbook; nested values have sheets of their own, with the id of their row."""
    gaps = [gap.row for gap in report.gaps]
    order = [(number, gap.order_reason) for number, gap in enumerate(report.gaps, 1)]
    book = Book(report.title)
    book.add_readme(report.title, _readme(report, labels))
    book.add_table(
        "Headlines",
        ("number", "finding", "beside it", "place", "words", "basis", "gap ids"),
        [
            (
                number,
                line.sentence,
                line.beside,
                line.provision,
                str(wording(line.words, line.basis)),
                line.basis,
                "; ".join(line.gap_ids),
            )
            for number, line in enumerate(report.headlines, 1)
        ],
    )
    in_use = report.decisions is not None
    exemption_row: type[Row] = DecidedExemptionRow if in_use else ExemptionRow
    _add(book, "Exemptions", exemption_row, report.exemptions, labels, reviewed=True)
    claims = [(row.id, claim) for row in report.exemptions for claim in row.invocable_by]
    _add_nested(book, "Who could claim", "exemption", InvocableBy, claims, labels)
    leaves = [(row.id, entry) for row in report.exemptions for entry in row.leaves]
    _add_nested(book, "What is left", "exemption", Leaves, leaves, labels)
    gap_row: type[Row] = DecidedGapRow if in_use else GapRow
    _add(book, "Gaps", gap_row, gaps, labels, reviewed=True, order=order)
    for sheet, model, field in _BESIDE_GAPS:
        entries = [(row.id, entry) for row in gaps for entry in getattr(row, field)]
        _add_nested(book, sheet, "gap", model, entries, labels)
    _add(book, "Matrix", MatrixRow, report.matrix, labels)
    book.add_grids("Grids", grids(report.matrix), labels)
    _add(book, "Duties", DutyRow, report.duties, labels)
    sources = [(source.id, source.what, source.url) for source in report.sources]
    if report.decisions and report.decisions.open:
        _add(book, _OPEN[0], DecisionRow, report.decisions.open, labels)
    book.add_table("Sources", ("id", "what", "url"), sources, links=2)
    return book.close()


_BESIDE_GAPS: tuple[tuple[str, type[Frozen], str], ...] = (
    ("Causes", Cause, "causes"),
    ("Statute", Backstop, "statute_backstop"),
    ("Evidence", EvidenceLine, "evidence"),
    ("What would close", Closure, "what_would_close"),
)


def _add(
    book: Book,
    sheet: str,
    model: type[Row],
    rows: Sequence[Row],
    labels: Labels,
    *,
    reviewed: bool = False,
    order: Sequence[tuple[int, str]] = (),
) -> None:
    """Add a sheet of rows; `order` gives each row its number and the reason for its place."""
    left_out = (*_ELSEWHERE.get(sheet, ()), DECIDED)
    fields = [field for field in model.model_fields if field not in left_out]
    lines: list[list[Cell]] = []
    for place, row in enumerate(rows):
        cells = flatten_in_words(row, labels)
        held = [cells[field] for field in fields]
        lines.append([held[0], *order[place], *held[1:]] if order else held)
    header = [*map(plain, fields)]
    if order:
        header[1:1] = ("order", "why it stands there")
    filled = [review_cells(row) for row in rows] if DECIDED in model.model_fields else None
    book.add_table(sheet, header, lines, reviewed=reviewed, decided=filled, grades=grades_of(model))


def _add_nested(
    book: Book,
    sheet: str,
    owner: str,
    model: type[Frozen],
    entries: Iterable[tuple[str, Frozen]],
    labels: Labels,
) -> None:
    """Add a sheet with one line for each nested value, the id of its row first."""
    lines = [[row_id, *flatten_in_words(entry, labels).values()] for row_id, entry in entries]
    book.add_table(sheet, [owner, *map(plain, model.model_fields)], lines)


def _decisions(report: Report) -> list[ReadmeSection]:
    """Return what reviewers decided as a whole, where a file of decisions is in use."""
    if report.decisions is None:
        return []
    return [
        (
            "Decisions by reviewers",
            [(str(number), line) for number, line in enumerate(report.decisions.lines, 1)],
        )
    ]


def _readme(report: Report, labels: Labels) -> list[ReadmeSection]:
    holds = "each cell counted once" if report.partition.holds else "the totals do not add up"
    return [
        (
            "What this is",
            [
                ("Code", report.code_title),
                ("Revision", report.revision),
                ("Status", report.status),
                ("Issued by", report.issuer),
                (", ".join(REVIEW), REVIEW_MEANS),
                *([STANDS_MEANS] if report.decisions else []),
            ],
        ),
        *_decisions(report),
        ("Sheets", [*_SHEETS, *([_OPEN] if report.decisions and report.decisions.open else [])]),
        (
            "Cells by state",
            [(f"{total.letter}  {total.name}", total.count) for total in totals(report, labels)]
            + [("All cells", f"{report.partition.cells:,}, {holds}")],
        ),
        ("Limits", [(str(number), text) for number, text in enumerate(report.limits, 1)]),
        *legend_sections(labels, basis_lines(report, labels)),
        *provenance_sections(report.inputs, report.rules, report.options),
        ("Other versions", list(report.versions)),
    ]
