"""The registry, JSON, CSV, Markdown and terminal tables."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from analyser.errors import UsageError
from analyser.reporting.columns import TABLES
from analyser.reporting.csv_format import as_text
from analyser.reporting.envelope import render_json
from analyser.reporting.flat import flatten
from analyser.reporting.formats import WRITERS, is_binary, write
from analyser.reporting.markdown_format import escape
from analyser.reporting.rows import GapRow, LintRow, MatrixRow, Row

from .sample import CONTEXT, DETECT, DUTY, FEASIBILITY, LIMB, MATRIX, NOTHING, RULES, TAKE_DOWN, VAGUE

ROWS: dict[str, tuple[Row, ...]] = {
    "gaps": (TAKE_DOWN, DETECT, NOTHING),
    "exemptions": (FEASIBILITY, LIMB, VAGUE),
    "duties": (DUTY,),
    "matrix": MATRIX,
}
TEXT_FORMATS = sorted(name for name in WRITERS if not is_binary(name))


def text(table: str, rows: tuple[Row, ...], format: str, **context: Any) -> str:
    """Return a table as text."""
    written = write(table, rows, format, CONTEXT.model_copy(update=context))
    assert isinstance(written, str)
    return written


def gap(**changes: Any) -> GapRow:
    """Return the sample's first gap with some fields changed."""
    return TAKE_DOWN.model_copy(update=changes)


# --- the registry ---


@pytest.mark.parametrize("table", sorted(ROWS))
@pytest.mark.parametrize("format", sorted(WRITERS))
def test_every_table_is_written_the_same_twice_in_every_format(table: str, format: str) -> None:
    assert write(table, ROWS[table], format, CONTEXT) == write(table, ROWS[table], format, CONTEXT)


@pytest.mark.parametrize("table", sorted(TABLES))
@pytest.mark.parametrize("format", TEXT_FORMATS)
def test_a_table_without_rows_is_still_a_table(table: str, format: str) -> None:
    assert text(table, (), format).endswith("\n")


def test_an_unlisted_table_prints_every_field() -> None:
    row = LintRow(rule="a", file="b.yaml", line=3, ok=False, message="it does not match")
    for format in TEXT_FORMATS:
        assert "it does not match" in text("rules new", (row,), format)


def test_a_format_that_a_table_lacks_names_what_it_has() -> None:
    with pytest.raises(UsageError) as caught:
        write("gaps", (), "docx", CONTEXT)
    assert str(caught.value) == "gaps cannot be written as docx. It has: table, json, csv, md, html, xlsx."


def test_an_unknown_format_names_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"There is no format 'jsn'\. Did you mean json\?") as caught:
        write("gaps", (), "jsn", CONTEXT)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("spec", TABLES.values(), ids=TABLES.keys())
def test_printed_columns_are_fields_of_their_rows(spec: Any) -> None:
    assert {column.field for column in spec.columns} <= set(spec.row.fields().values())


# --- JSON ---


def test_json_is_the_envelope_of_the_contract() -> None:
    written = render_json(
        "codegap/gaps/1", [TAKE_DOWN], CONTEXT.inputs, RULES, {"all": False}, {"totals": {"covered": 3}}
    )
    held = json.loads(written)
    assert list(held) == ["schema", "tool", "inputs", "rules", "options", "totals", "results"]
    assert held["schema"] == "codegap/gaps/1"
    assert held["tool"]["name"] == "codegap"
    assert list(held["results"][0]) == list(GapRow.model_fields)
    assert held["results"][0]["when"] == {
        "any_of": [{"all_of": [{"fact": "end_to_end_encrypted", "op": "=", "value": True}]}]
    }
    assert written.endswith("}\n")


def test_json_keeps_letters_as_they_are() -> None:
    assert "“£ 家 é”" in text("gaps", (gap(who="“£ 家 é”"),), "json")


def test_a_table_name_of_two_words_gives_one_schema() -> None:
    assert json.loads(text("rules test", (), "json"))["schema"] == "codegap/rules-test/1"


# --- CSV ---


def rows_of(written: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written)))


def test_csv_has_every_field_of_the_contract_and_joins_lists() -> None:
    (row,) = rows_of(text("gaps", (TAKE_DOWN,), "csv"))
    assert list(row) == list(GapRow.model_fields)
    assert row["harms"].startswith("terrorism; grooming; image_based_csam; ")
    assert row["when"] == "end-to-end encrypted"
    assert row["causes"] == "ICU C2.2: technically feasible [feasibility, sufficient]"


def test_csv_has_its_header_without_rows() -> None:
    assert text("matrix", (), "csv") == ",".join(MatrixRow.model_fields) + "\n"


def test_csv_quotes_what_would_break_a_line() -> None:
    said = 'first, "second"\nthird; fourth'
    (row,) = rows_of(text("gaps", (gap(who=said),), "csv"))
    assert row["who"] == said


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_csv_makes_formulas_text(start: str) -> None:
    harmful = f"{start}HYPERLINK(A1)"
    assert f"'{harmful}" in text("gaps", (gap(who=harmful),), "csv")


def test_csv_leaves_numbers_and_inner_signs_alone() -> None:
    assert as_text(-3) == -3
    assert as_text("a=b") == "a=b"
    assert as_text(True) == "true"


def test_flat_cells_hold_no_nested_value() -> None:
    for rows in ROWS.values():
        for row in rows:
            assert all(isinstance(cell, str | int | float | bool) for cell in flatten(row).values())


# --- Markdown ---


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("a|b", r"a\|b"),
        ("back\\slash", r"back\\slash"),
        ("two\nlines", "two lines"),
        ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
        ("*bold* `code` ~~no~~", r"\*bold\* \`code\` \~\~no\~\~"),
        ("[a](javascript:b)", r"\[a\](javascript:b)"),
        ("image_based_csam", "image_based_csam"),
        ("_em_", r"\_em\_"),
        ("# not a heading", r"\# not a heading"),
        ("- not an item", r"\- not an item"),
        ("1. not an item", r"1\. not an item"),
        ("R&D", "R&amp;D"),
    ],
)
def test_markdown_marks_become_text(said: str, printed: str) -> None:
    assert escape(said) == printed


def test_markdown_tables_keep_their_columns() -> None:
    lines = text("gaps", (gap(who="a | b\n| c |", id="x|y"), DETECT), "md").splitlines()
    table = [line for line in lines if line.startswith("|")]
    bars = {line.replace(r"\|", "").count("|") for line in table}
    assert len(table) == 4
    assert bars == {len(TABLES["gaps"].columns) + 1}


# --- terminal tables ---


@pytest.mark.parametrize("width", [40, 60, 80, 120, 160, 240])
@pytest.mark.parametrize("table", sorted(ROWS))
def test_a_table_fits_its_terminal(table: str, width: int) -> None:
    ids = {str(getattr(row, "id", "")) for row in ROWS[table]}
    lines = text(table, ROWS[table], "table", width=width).splitlines()
    assert all(len(line) <= width or line in ids for line in lines)


@pytest.mark.parametrize("width", [40, 80, 200])
def test_a_table_cuts_nothing_off(width: int) -> None:
    written = text("gaps", (TAKE_DOWN, DETECT), "table", width=width)
    assert "…" not in written
    for word in ("end-to-end", "feasibility,", "escapable", "fallback"):
        assert word in written


def test_an_id_can_be_copied_from_a_narrow_terminal() -> None:
    assert TAKE_DOWN.id in text("gaps", (TAKE_DOWN,), "table", width=50).splitlines()


def test_a_table_is_plain_away_from_a_terminal_and_marks_up_nothing() -> None:
    written = text("gaps", (gap(who="[red]:smile: [/] \\[x]"),), "table")
    assert "\x1b" not in written
    assert "[red]:smile: [/] \\[x]" in written
    assert "\x1b" in text("gaps", (TAKE_DOWN,), "table", terminal=True)


def test_the_matrix_has_a_grid_for_each_function_and_a_key() -> None:
    written = text("matrix", MATRIX, "table")
    assert written.index("Detect") < written.index("Take down") < written.index("Report and complain")
    assert "2 messaging service" in written
    assert "E escapable" in written
    assert f"{'CSAM URLs':<39}  o  O  N  w  ?" in written


def test_no_file_is_written_by_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for format in WRITERS:
        write("gaps", (TAKE_DOWN,), format, CONTEXT)
    assert not list(tmp_path.iterdir())
