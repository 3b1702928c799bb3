"""The report as one HTML file that loads nothing from anywhere."""

from pathlib import Path

from analyser.library import root
from analyser.model.base import Frozen
from analyser.reporting.envelope import TOOL
from analyser.reporting.labels import Labels, basis_of, listed, plain, when_words
from analyser.reporting.matrix_grid import LETTER_RULE, Grid, grids, legend, letter_words
from analyser.reporting.pages import page_templates
from analyser.reporting.phrases import sentence_case
from analyser.reporting.report_model import Report
from analyser.reporting.report_view import ReportReader
from analyser.reporting.rows import MatrixRow

GAPS_IN_FULL = 25


class CellView(Frozen):
    """One cell of a matrix: its letter, what it says aloud, and the classes that colour it."""

    letter: str
    says: str
    hint: str
    style: str


class MatrixView(Frozen):
    """One function's matrix."""

    anchor: str
    function: str
    services: tuple[str, ...]
    lines: tuple[tuple[str, tuple[CellView | None, ...]], ...]
    summary: str
    unfolded: bool


class TotalView(Frozen):
    """How many cells are in a state."""

    letter: str
    style: str
    name: str
    means: str
    count: str


def render_html(report: Report, labels: Labels, templates: Path | None = None) -> str:
    """Return the report as HTML; `templates` holds its template and style sheet, by default the library's."""
    from markupsafe import Markup

    folder = templates or root() / "reports" / "templates"
    environment = page_templates(folder)
    reader = ReportReader(report, labels)
    exemptions = reader.exemptions()
    gaps = reader.gaps()
    return environment.get_template("report.html.j2").render(
        report=report,
        tool=TOOL,
        # The style sheet is the project's own file, not input: it is the one text that is not escaped.
        css=Markup((folder / "report.css").read_text(encoding="utf-8")),
        headlines=reader.headlines(),
        none_leads=reader.none_leads(),
        figures=reader.figures(),
        leaving=[row for row in exemptions if row.leaves],
        leaving_nothing=[row for row in exemptions if not row.leaves],
        gaps_first=gaps[:GAPS_IN_FULL],
        gaps_rest=gaps[GAPS_IN_FULL:],
        matrices=_matrices(report, labels),
        totals=totals(report, labels),
        cells=f"{report.partition.cells:,}",
        counted=f"{report.partition.counted:,}",
        letter_rule=LETTER_RULE,
        basis_legend=basis_lines(report, labels),
        options=[(plain(name), _option(value)) for name, value in report.options.items()],
    )


def totals(report: Report, labels: Labels) -> tuple[TotalView, ...]:
    """Return the number of cells in each state, states without a cell included."""
    names = {labels.state(state): state for state in labels.states}
    return tuple(
        TotalView(
            letter=letter,
            style=_style(names[name], whole=True),
            name=sentence_case(name),
            means=means,
            count=f"{report.totals.get(names[name], 0):,}",
        )
        for letter, name, means in legend(labels)
    )


def basis_lines(report: Report, labels: Labels) -> tuple[tuple[str, str], ...]:
    """Return the legend of the basis: the report's own, else the general one."""
    return report.basis_legend or basis_of(labels)


def _matrices(report: Report, labels: Labels) -> list[MatrixView]:
    """Return a matrix a function; those that the headlines speak of are unfolded."""
    told = {gap_id for headline in report.headlines for gap_id in headline.gap_ids}
    functions = {function for gap in report.gaps if gap.row.id in told for function in gap.row.functions}
    return [_matrix(grid, labels, unfolded=grid.function in functions) for grid in grids(report.matrix)]


def _matrix(grid: Grid, labels: Labels, *, unfolded: bool) -> MatrixView:
    held = [cell for line in grid.cells for cell in line if cell is not None]
    counts = {
        state: sum(cell.state == state for cell in held)
        for state in ("escapable", "out_of_scope", "no_measure")
    }
    open_cells = [f"{count} {labels.state(state)}" for state, count in counts.items() if count]
    return MatrixView(
        anchor=f"matrix-{grid.function}",
        function=sentence_case(labels.function(grid.function)),
        services=tuple(labels.service(key) for key in grid.services),
        lines=tuple(
            (labels.harm(harm), tuple(_cell(cell, labels) if cell else None for cell in line))
            for harm, line in zip(grid.harms, grid.cells, strict=True)
        ),
        summary=f"{len(held)} cells: {listed(open_cells) if open_cells else 'no gap'}",
        unfolded=unfolded,
    )


def _cell(row: MatrixRow, labels: Labels) -> CellView:
    condition = when_words(row.when, labels)
    return CellView(
        letter="–" if row.letter == "-" else row.letter,
        says=letter_words(row, labels),
        hint=f"{letter_words(row, labels)}, when {condition}" if condition else letter_words(row, labels),
        style=_style(row.state, whole=row.all_scenarios),
    )


def _style(state: str, *, whole: bool) -> str:
    return f"s-{state.replace('_', '-')} {'whole' if whole else 'some'}"


def _option(value: object) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(str(entry) for entry in value) or "none"
    return "none" if value is None else str(value)
