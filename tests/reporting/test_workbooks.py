"""Workbooks, read back with another library than the one that writes them."""

import io
import zipfile
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from analyser.errors import InputError
from analyser.reporting.formats import write
from analyser.reporting.rows import GapRow
from analyser.reporting.xlsx_book import DECISIONS, LONGEST_CELL, REVIEW
from analyser.reporting.xlsx_report import render_xlsx

from .sample import CONTEXT, DETECT, FEASIBILITY, LABELS, MATRIX, TAKE_DOWN, report


def opened(written: str | bytes) -> Any:
    """Open a workbook from its bytes."""
    assert isinstance(written, bytes)
    return openpyxl.load_workbook(io.BytesIO(written))


def cells(sheet: Any) -> list[list[Any]]:
    return [list(line) for line in sheet.iter_rows(values_only=True)]


def test_a_table_has_a_readme_and_the_fields_of_the_contract() -> None:
    book = opened(write("gaps", (TAKE_DOWN, DETECT), "xlsx", CONTEXT))
    assert book.sheetnames == ["README", "Gaps"]
    header, first, second = cells(book["Gaps"])
    assert header == [*GapRow.model_fields, *REVIEW]
    assert first[0] == TAKE_DOWN.id
    assert second[header.index("harms")] == "image_based_csam"
    readme = "\n".join(str(cell) for line in cells(book["README"]) for cell in line if cell)
    for said in (
        "a" * 64,
        "b" * 64,
        "illegal-content-u2u@2025-02-24",
        "codegap/gaps/1",
        "feasibility",
        "E  escapable",
    ):
        assert said in readme


@pytest.mark.parametrize("table", ["gaps", "exemptions"])
def test_review_columns_take_four_decisions(table: str) -> None:
    rows = {"gaps": (TAKE_DOWN, DETECT), "exemptions": (FEASIBILITY,)}[table]
    sheet = opened(write(table, rows, "xlsx", CONTEXT)).worksheets[1]
    grades, rule = sheet.data_validations.dataValidation
    assert "strength: arguable" in grades.formula1
    assert rule.formula1 == f'"{",".join(DECISIONS)}"'
    assert rule.type == "list"
    column = [cell.value for cell in sheet[1]].index("decision") + 1
    assert str(rule.sqref) == get_column_letter(column) + "2" + (
        f":{get_column_letter(column)}{len(rows) + 1}" if len(rows) > 1 else ""
    )


def test_the_header_stays_and_filters() -> None:
    sheet = opened(write("gaps", (TAKE_DOWN, DETECT), "xlsx", CONTEXT))["Gaps"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref.startswith("A1:")
    assert sheet.auto_filter.ref.endswith("3")
    assert sheet.print_title_rows == "$1:$1"
    assert all(dimension.width <= 50 for dimension in sheet.column_dimensions.values())


@pytest.mark.parametrize(
    "said", ["=1+1", "+1", "-1", "@SUM(A1)", "https://example.org/", "007", "\x01\x1b[31m", "家 é 🧒"]
)
def test_text_stays_text(said: str) -> None:
    row = TAKE_DOWN.model_copy(update={"who": said})
    sheet = opened(write("gaps", (row,), "xlsx", CONTEXT))["Gaps"]
    header = [cell.value for cell in sheet[1]]
    cell = sheet[2][header.index("who")]
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    if said.isprintable():
        assert cell.value == said


def test_a_cell_that_a_workbook_cannot_hold_is_refused_by_row_and_column() -> None:
    row = TAKE_DOWN.model_copy(update={"who": "x" * (LONGEST_CELL + 1)})
    with pytest.raises(InputError) as caught:
        write("gaps", (row,), "xlsx", CONTEXT)
    assert str(caught.value) == (
        f"The cell 'who' of row '{TAKE_DOWN.id}' has 32,768 characters; a workbook holds 32,767 "
        "(sheet Gaps). "
        "Choose --format csv or json, or fewer rows with --measure, --harm or --service."
    )
    fits = TAKE_DOWN.model_copy(update={"who": "x" * LONGEST_CELL})
    header, line = cells(opened(write("gaps", (fits,), "xlsx", CONTEXT))["Gaps"])
    assert len(line[header.index("who")]) == LONGEST_CELL


def test_the_length_counts_as_a_spreadsheet_counts_it() -> None:
    row = TAKE_DOWN.model_copy(update={"who": "🧒" * (LONGEST_CELL // 2 + 1)})
    with pytest.raises(InputError):
        write("gaps", (row,), "xlsx", CONTEXT)


def test_the_bytes_are_the_same_twice_and_carry_no_clock() -> None:
    first, second = (render_xlsx(report(), LABELS) for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as held:
        assert {info.date_time for info in held.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert "1980-01-01T00:00:00Z" in held.read("docProps/core.xml").decode()


def test_the_matrix_comes_as_lines_and_as_grids() -> None:
    book = opened(write("matrix", MATRIX, "xlsx", CONTEXT))
    assert book.sheetnames == ["README", "Matrix", "Grid"]
    assert cells(book["Matrix"])[0][:4] == ["service", "harm", "function", "state"]
    assert cells(book["Grid"])[1][:6] == ["terrorism", "o", "O", "N", "w", "?"]


def test_the_report_is_a_whole_workbook() -> None:
    book = opened(render_xlsx(report(), LABELS))
    assert book.sheetnames == [
        "README",
        "Headlines",
        "Exemptions",
        "Who could claim",
        "What is left",
        "Gaps",
        "Causes",
        "Statute",
        "Evidence",
        "What would close",
        "Matrix",
        "Grids",
        "Duties",
        "Sources",
    ]
    listed = {line[0] for line in cells(book["README"])}
    assert set(book.sheetnames[1:]) <= listed
    assert cells(book["Exemptions"])[1][3] == "technically feasible (as reported)"
    assert cells(book["Exemptions"])[2][3].startswith("wording as recalled: ")
    assert cells(book["Who could claim"])[1][:3] == [FEASIBILITY.id, "end-to-end encryption", "yes"]
    gaps = cells(book["Gaps"])
    assert gaps[0][:3] == ["id", "order", "why it stands there"]
    assert gaps[0][-len(REVIEW) :] == list(REVIEW)
    assert [line[1] for line in gaps[1:]] == [1, 2, 3]


def test_only_addresses_of_sources_are_links() -> None:
    book = opened(render_xlsx(report(), LABELS))
    links = [
        (sheet.title, cell.value)
        for sheet in book.worksheets
        for line in sheet.iter_rows()
        for cell in line
        if cell.hyperlink
    ]
    assert links == [("Sources", "https://example.org/letter")]


def test_no_sheet_holds_a_formula() -> None:
    book = opened(render_xlsx(report("=cmd|' /C calc'!A0"), LABELS))
    assert all(
        cell.data_type != "f" for sheet in book.worksheets for line in sheet.iter_rows() for cell in line
    )
