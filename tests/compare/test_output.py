"""Every format of a comparison, from one set of rows, the same bytes for the same input."""

import csv
import io
import json
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import html

from analyser.cli.main import run
from analyser.compare.redline import runs_of

DRAFT, FINAL, AMENDED = "2023-11-09", "2025-02-24", "2026-09-09"
FIELDS = [
    "change",
    "certain",
    "from",
    "to",
    "match_basis",
    "redline",
    "application",
    "qualifiers",
    "gaps",
    "basis",
]
CHANGES = {
    *("added", "removed", "renumbered", "moved", "split", "merged", "amended", "unchanged", "not_comparable"),
}


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(("compare", *arguments))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_json_has_the_fields_of_the_contract(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = printed(capsys, DRAFT, FINAL, "--format", "json")
    output = json.loads(out)
    assert (code, output["schema"]) == (0, "codegap/compare/1")
    assert [file["path"].rpartition("/")[2] for file in output["inputs"]] == [
        "2023-11-09.md",
        "2025-02-24.md",
    ]
    for row in output["results"]:
        assert list(row) == FIELDS
        assert row["change"] in CHANGES
        assert row["application"] in ("", "wider", "narrower", "different", "same")
        assert list(row["qualifiers"]) == ["added", "removed", "changed"]
        assert list(row["gaps"]) == ["opened", "closed"]
    assert "as recalled" in output["headline"]


def test_every_file_that_went_in_is_listed_once(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = printed(capsys, FINAL, "as-at:2026-10-01", "--format", "json")
    names = [file["path"].rpartition("/")[2] for file in json.loads(out)["inputs"]]
    assert names == ["2025-02-24.md", "2026-09-09.md"]


def test_csv_holds_every_row(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = printed(capsys, DRAFT, FINAL, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    _, told, _ = printed(capsys, DRAFT, FINAL, "--format", "json")
    assert len(rows) == len(json.loads(told)["results"])
    assert list(rows[0]) == FIELDS


@pytest.mark.parametrize("format", ["table", "md"])
def test_people_see_what_changed_below_the_headline(format: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = printed(capsys, FINAL, AMENDED, "--format", format)
    assert out.replace("# Comparison\n\n", "").startswith("From 2025-02-24 to 2026-09-09: ICU C14 is added.")
    assert "unchanged" not in out
    _, everything, _ = printed(capsys, FINAL, AMENDED, "--format", format, "--all")
    assert "unchanged" in everything


def test_a_text_beside_itself_prints_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = printed(capsys, FINAL, FINAL)
    assert (code, out.strip(), err) == (0, f"No change from {FINAL} to {FINAL}.", "")


@pytest.mark.parametrize("what", ["qualifiers", "application", "gaps"])
def test_only_one_kind_of_change_is_kept(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = printed(capsys, DRAFT, FINAL, "--only", what, "--format", "json")
    rows = json.loads(out)["results"]
    assert rows
    for row in rows:
        told = {
            "qualifiers": any(row["qualifiers"].values()),
            "application": row["application"] not in ("", "same"),
            "gaps": any(row["gaps"].values()),
        }
        assert told[what]


def test_one_measure_is_shown_with_what_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = printed(capsys, DRAFT, FINAL, "--measure", "c2", "--format", "json")
    rows = json.loads(out)["results"]
    assert ("4A", "ICU C1 + ICU C2") in {(row["from"], row["to"]) for row in rows}
    assert not [row for row in rows if "C9" in row["to"]]


def test_the_page_marks_insertions_and_deletions_and_loads_nothing(tmp_path: Path) -> None:
    target = tmp_path / "compare.html"
    assert run(("compare", DRAFT, FINAL, "-o", str(target))) == 0
    page = html.fromstring(target.read_text(encoding="utf-8"))
    assert "unless it is currently not technically feasible" in " ".join(
        str(mark.text) for mark in page.iter("ins")
    )
    assert list(page.iter("del"))
    assert not page.xpath("//script | //link | //img | //@src | //a[starts-with(@href, 'http')]")
    assert "as recalled" in "".join(map(str, page.itertext()))


def test_the_word_document_marks_them_too(tmp_path: Path) -> None:
    target = tmp_path / "compare.docx"
    assert run(("compare", DRAFT, FINAL, "-o", str(target))) == 0
    found = docx.Document(str(target))
    runs = [
        run
        for line in found.tables[0].rows
        for paragraph in line.cells[1].paragraphs
        for run in paragraph.runs
    ]
    inserted = "".join(run.text for run in runs if run.font.underline)
    assert "unless it is currently not technically feasible" in inserted
    assert any(run.font.strike for run in runs)
    assert any("as recalled" in paragraph.text for paragraph in found.paragraphs)
    with zipfile.ZipFile(target) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("format", ["json", "csv", "md", "html", "xlsx", "docx"])
def test_the_same_call_gives_the_same_bytes(format: str, tmp_path: Path) -> None:
    first, second = tmp_path / f"a.{format}", tmp_path / f"b.{format}"
    for target in (first, second):
        assert run(("compare", FINAL, AMENDED, "-o", str(target))) == 0
    assert first.read_bytes() == second.read_bytes()


def test_a_redline_can_be_read_back_from_its_line(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = printed(capsys, DRAFT, FINAL, "--format", "json")
    row = next(row for row in json.loads(out)["results"] if row["to"] == "ICU C2.2")
    assert {run.op for run in runs_of(row["redline"])} == {"equal", "insert", "delete"}


def test_a_file_is_compared_with_a_revision(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from analyser import library

    source = library.resolve(FINAL).path.read_text(encoding="utf-8")
    own = tmp_path / "own.md"
    own.write_text(source.replace(", unless it is currently not technically feasible", ""), encoding="utf-8")
    code, out, _ = printed(capsys, FINAL, str(own), "--format", "json")
    row = next(row for row in json.loads(out)["results"] if row["to"] == "ICU C2.2")
    assert (code, row["change"], row["match_basis"]) == (0, "amended", "number")
    assert [one["kind"] for one in row["qualifiers"]["removed"]] == ["feasibility"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("2024-01-01", FINAL), 2, "there is no revision `2024-01-01`"),
        ((FINAL, "as-at:2024-01-01"), 2, "2024-01-01"),
        ((FINAL, "as-at:yesterday"), 2, "yesterday"),
        ((FINAL, "missing.md"), 3, "the document `missing.md` does not exist"),
        ((FINAL, FINAL, "--only", "gap"), 2, "--only knows no `gap`. Did you mean gaps?"),
        ((FINAL, FINAL, "--measure", "C99"), 2, "there is no measure `C99` in these texts"),
        ((FINAL, FINAL, "--format", "docx"), 2, "docx needs a file to be written to"),
        ((FINAL, FINAL, "--format", "pdf"), 2, "compare has: table, json, csv, md, html, xlsx, docx"),
        ((FINAL,), 2, "missing argument"),
    ],
)
def test_what_cannot_be_compared_is_said_in_one_paragraph(
    arguments: tuple[str, ...], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    ended, out, err = printed(capsys, *arguments)
    assert (ended, out) == (code, "")
    assert said in err
    assert len(err.splitlines()) == 1
