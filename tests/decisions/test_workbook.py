"""From the engine to a workbook, by a person's hand, to the file, and beside the findings again."""

import datetime
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from .files import FEASIBLE, SWIFTLY, Codegap, decisions_of, entry, file_of, ran, results

REJECT = {"decision": "reject", "reviewer": "A. Reader", "date": "2026-11-20", "note": "not a way out"}


def test_round_trip(blank: Path, edited: Callable[..., Path], codegap: Codegap, folder: Path) -> None:
    written = {
        FEASIBLE: {
            "decision": "Re-grade",
            "re-grade to": "strength: arguable",
            "reviewer": "B. Writer",
            "date": datetime.datetime(2026, 11, 19),
            "note": "=counsel's: only arguable",
        }
        | {"note": "counsel: only arguable #1"},
        SWIFTLY: REJECT,
        "icu/2025-02-24/C1.2#vague_standard-1": {"note": "see the minutes", "reviewer": "A. Reader"},
    }
    book = edited(blank, "Exemptions", written)
    ran(codegap, "decisions", "read", book.name, "-o", "decisions.yaml", "--date", "2026-11-21")
    made = {one["finding"]: one for one in decisions_of(folder / "decisions.yaml")}
    assert made[FEASIBLE]["verdict"] == "re-grade"
    assert made[FEASIBLE]["to"] == {"strength": "arguable"}
    assert str(made[FEASIBLE]["date"]) == "2026-11-19"
    assert made[FEASIBLE]["reason"] == "counsel: only arguable #1"
    assert made[SWIFTLY]["quote"] == "swiftly"
    assert made[SWIFTLY]["revision"] == "illegal-content-u2u@2025-02-24"
    assert made["icu/2025-02-24/C1.2#vague_standard-1"]["verdict"] == "note"
    assert str(made["icu/2025-02-24/C1.2#vague_standard-1"]["date"]) == "2026-11-21"

    shown = results(ran(codegap, "exemptions", "--decisions", "decisions.yaml", "--format", "json"))
    assert shown[SWIFTLY]["decision"]["verdict"] == "reject"
    assert shown[FEASIBLE]["decision"]["grades"] == [
        {"name": "strength", "found": "yes", "decided": "arguable"}
    ]
    assert shown[FEASIBLE]["effect"] == "lifts"

    for suffix in ("html", "md"):
        ran(codegap, "report", "--decisions", "decisions.yaml", "-o", f"report.{suffix}")
        report = (folder / f"report.{suffix}").read_text(encoding="utf-8")
        assert "by A. Reader, 2026-11-20: not a way out" in report
        assert "1 rejected by reviewers" in report
    # A workbook made with decisions in it, read back unchanged, changes nothing.
    before = (folder / "decisions.yaml").read_bytes()
    ran(codegap, "report", "--decisions", "decisions.yaml", "-o", "again.xlsx")
    again = codegap("decisions", "read", "again.xlsx", "-o", "decisions.yaml")
    assert again.code == 0
    assert "0 new, 0 changed, 3 in the file already" in again.err
    assert (folder / "decisions.yaml").read_bytes() == before


def test_the_workbook_of_a_report_gives_decisions_on_gaps(
    whole: Path, edited: Callable[..., Path], codegap: Codegap, folder: Path
) -> None:
    gap = next(iter(results(ran(codegap, "gaps", "--format", "json"))))
    book = edited(whole, "Gaps", {gap: REJECT})
    ran(codegap, "decisions", "read", book.name, "-o", "decisions.yaml")
    found = json.loads(ran(codegap, "gaps", "--decisions", "decisions.yaml", "--format", "json"))
    rows = [row["id"] for row in found["results"]]
    assert rows.index(gap) > 0  # what was rejected no longer leads
    assert found["results"][rows.index(gap)]["decision"]["verdict"] == "reject"
    told = found["decisions"]
    assert told["rejected"] == 1
    kinds = ("accepted", "rejected", "regraded", "noted", "reopened", "undecided")
    assert sum(told[kind] for kind in kinds) == told["findings"] == len(rows)


def test_a_decision_that_the_file_has_otherwise_is_a_conflict(
    blank: Path, edited: Callable[..., Path], codegap: Codegap, folder: Path
) -> None:
    file = file_of(folder, entry(SWIFTLY, "accept"))
    before = (folder / file).read_bytes()
    book = edited(blank, "Exemptions", {SWIFTLY: REJECT, FEASIBLE: REJECT})
    refused = codegap("decisions", "read", book.name, "-o", file)
    assert refused.code == 3
    assert "conflict: sheet Exemptions, row " in refused.err
    assert "decisions.yaml, line 2: accept by A. Reader" in refused.err
    assert (folder / file).read_bytes() == before
    ran(codegap, "decisions", "read", book.name, "-o", file, "--prefer", "file")
    assert [one["verdict"] for one in decisions_of(folder / file)] == ["accept", "reject"]
    ran(codegap, "decisions", "read", book.name, "-o", file, "--prefer", "workbook")
    assert [one["verdict"] for one in decisions_of(folder / file)] == ["reject", "reject"]


def test_an_emptied_cell_takes_no_decision_back(codegap: Codegap, folder: Path) -> None:
    file = file_of(folder, entry(SWIFTLY, "reject"))
    ran(codegap, "exemptions", "--decisions", file, "-o", "review.xlsx")
    book = openpyxl.load_workbook(folder / "review.xlsx")
    page = book["Exemptions"]
    titles = [cell.value for cell in page[1]]
    for line in page.iter_rows(min_row=2):
        for title in ("decision", "reviewer", "date", "note"):
            line[titles.index(title)].value = None
    book.save(folder / "review.xlsx")
    read = codegap("decisions", "read", "review.xlsx", "-o", file)
    assert read.code == 0
    assert "the decision was emptied; it stands until it is taken out of the file" in read.err
    assert len(decisions_of(folder / file)) == 1


REFUSALS: list[tuple[str, dict[str, object], str, str]] = [
    ("an unknown decision", {**REJECT, "decision": "rejct"}, "column decision", "Did you mean reject?"),
    ("a date that is none", {**REJECT, "date": "31/02/2026"}, "column date", "`31/02/2026` is no date"),
    ("a number as date", {**REJECT, "date": 45991}, "column date", "is no date"),
    ("a formula", {**REJECT, "note": '=CONCAT("a","b")'}, "column note", "formula"),
    ("a formula as decision", {**REJECT, "decision": '=IF(1,"reject","")'}, "column decision", "formula"),
    ("no reason", {**REJECT, "note": None}, "column note", "needs a reason"),
    ("no reviewer", {**REJECT, "reviewer": None}, "column reviewer", "--reviewer NAME"),
    ("a changed id", {**REJECT, "id": "icu/2025-02-24/C2.2#vague_standard-9"}, "column id", "Did you mean"),
    ("an emptied id", {**REJECT, "id": None}, "column id", "Put the id back"),
    ("the id of another row", {**REJECT, "id": FEASIBLE}, "", "another finding"),
    (
        "the id of other limbs",
        {**REJECT, "id": "icu/2025-02-24/A1.1#size_threshold-1"},
        "column id",
        "another",
    ),
    ("no grade", {**REJECT, "decision": "re-grade"}, "column re-grade to", "needs a grade"),
    (
        "a grade there is not",
        {**REJECT, "decision": "re-grade", "re-grade to": "level: mild"},
        "column re-grade to",
        "cannot be `mild`",
    ),
    ("a grade of a rejection", {**REJECT, "re-grade to": "level: minor"}, "column re-grade to", "reject"),
    ("a grade alone", {"re-grade to": "level: minor"}, "column decision", "Write re-grade"),
]


@pytest.mark.parametrize(
    ("cells", "place", "said"), [one[1:] for one in REFUSALS], ids=[r[0] for r in REFUSALS]
)
def test_nonsense_is_refused_by_sheet_row_and_column(
    blank: Path,
    edited: Callable[..., Path],
    codegap: Codegap,
    folder: Path,
    cells: dict[str, object],
    place: str,
    said: str,
) -> None:
    book = edited(blank, "Exemptions", {SWIFTLY: cells})
    refused = codegap("decisions", "read", book.name, "-o", "decisions.yaml")
    assert refused.code == 3
    assert "review.xlsx, sheet Exemptions, row " in refused.err
    assert place in refused.err
    assert said in refused.err
    assert not (folder / "decisions.yaml").exists()


def test_two_rows_on_one_finding_that_differ_are_refused(blank: Path, codegap: Codegap, folder: Path) -> None:
    book = openpyxl.load_workbook(blank)
    page = book["Exemptions"]
    titles = [cell.value for cell in page[1]]
    line = next(cells for cells in page.iter_rows(min_row=2, values_only=True) if cells[0] == SWIFTLY)
    for verdict in ("accept", "reject"):
        reviewed: dict[Any, Any] = dict(zip(titles, line, strict=True))
        reviewed.update(REJECT, decision=verdict)
        page.append([reviewed[title] for title in titles])
    book.save(folder / "review.xlsx")
    refused = codegap("decisions", "read", "review.xlsx", "-o", "decisions.yaml")
    assert refused.code == 3
    assert f"two rows decide differently on `{SWIFTLY}`" in refused.err


def test_a_deleted_header_is_refused(blank: Path, codegap: Codegap, folder: Path) -> None:
    for title in ("id", "decision", "note"):
        book = openpyxl.load_workbook(blank)
        page = book["Exemptions"]
        for cell in page[1]:
            if cell.value == title:
                cell.value = None
        book.save(folder / "review.xlsx")
        refused = codegap("decisions", "read", "review.xlsx", "-o", "decisions.yaml")
        assert refused.code == 3
        assert f"the header of the sheet Exemptions has no column `{title}`" in refused.err
        assert "row 1" in refused.err


def test_what_is_no_workbook_of_ours_is_refused(codegap: Codegap, folder: Path) -> None:
    (folder / "text.xlsx").write_text("id,decision\n", encoding="utf-8")
    with zipfile.ZipFile(folder / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b" " * 40_000_000)
    with zipfile.ZipFile(folder / "entities.xlsx", "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    with zipfile.ZipFile(folder / "broken.xlsx", "w") as parts:
        parts.writestr("xl/workbook.xml", "<workbook")
    other = openpyxl.Workbook()
    other.save(folder / "other.xlsx")
    for name, said in (
        ("text.xlsx", "is not a workbook"),
        ("bomb.xlsx", "unpacks to 40 MB"),
        ("entities.xlsx", "declares entities"),
        ("broken.xlsx", "is not a workbook that can be read"),
        ("other.xlsx", "has no sheet of exemptions or gaps; its sheets are Sheet"),
        ("missing.xlsx", "there is no such file"),
    ):
        refused = codegap("decisions", "read", name, "-o", "decisions.yaml")
        assert refused.code == 3, name
        assert said in refused.err, name
        assert not (folder / "decisions.yaml").exists()


def test_every_damage_to_a_part_is_an_error_of_ours(blank: Path, codegap: Codegap, folder: Path) -> None:
    with zipfile.ZipFile(blank) as parts:
        held = {name: parts.read(name) for name in parts.namelist()}
    for name in held:
        for damaged in (b"", held[name][: len(held[name]) // 2], held[name].replace(b'"', b"", 7)):
            with zipfile.ZipFile(folder / "damaged.xlsx", "w") as parts:
                for other, content in held.items():
                    parts.writestr(other, damaged if other == name else content)
            code = codegap("decisions", "read", "damaged.xlsx", "-o", "decisions.yaml").code
            assert code in (0, 3), name


def test_a_workbook_of_another_text_or_other_rules_is_told(
    blank: Path, edited: Callable[..., Path], codegap: Codegap, folder: Path
) -> None:
    book = openpyxl.load_workbook(edited(blank, "Exemptions", {SWIFTLY: REJECT}))
    for line in book["README"].iter_rows():
        for cell in line:
            if isinstance(cell.value, str) and "sha256 " in cell.value:
                cell.value = "0.0.1, sha256 " + "0" * 64
    book.save(folder / "review.xlsx")
    read = codegap("decisions", "read", "review.xlsx", "-o", "decisions.yaml")
    assert read.code == 0
    assert "made from another text or other rules" in read.err
    assert [one["finding"] for one in decisions_of(folder / "decisions.yaml")] == [SWIFTLY]


def test_the_revision_of_a_workbook_is_found_in_it(codegap: Codegap, folder: Path) -> None:
    ran(codegap, "exemptions", "--revision", "2023-11-09", "-o", "old.xlsx")
    book = openpyxl.load_workbook(folder / "old.xlsx")
    page = book["Exemptions"]
    titles = [cell.value for cell in page[1]]
    for title, value in REJECT.items():
        page.cell(row=2, column=titles.index(title) + 1, value=value)
    book.save(folder / "old.xlsx")
    ran(codegap, "decisions", "read", "old.xlsx", "-o", "decisions.yaml")
    made = decisions_of(folder / "decisions.yaml")
    assert [one["revision"] for one in made] == ["illegal-content-u2u@2023-11-09"]


def test_a_file_that_cannot_be_written_is_refused_before_any_work(
    blank: Path, codegap: Codegap, folder: Path
) -> None:
    shutil.copy(blank, folder / "review.xlsx")
    refused = codegap("decisions", "read", "review.xlsx", "-o", "nowhere/decisions.yaml")
    assert refused.code == 3
    assert "there is no folder `nowhere`" in refused.err
