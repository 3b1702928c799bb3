"""`codegap codes` and `codegap rules`: what is held, and how rules read a sentence."""

import csv
import io
import json
from pathlib import Path

from analyser import library

from .conftest import Codegap


def test_the_codes_that_are_known_are_listed_with_what_is_held(codegap: Codegap) -> None:
    ran = codegap("codes", "list", "--format", "json")
    assert (ran.code, ran.err) == (0, "")
    output = json.loads(ran.out)
    assert list(output) == ["schema", "tool", "inputs", "rules", "options", "results"]
    assert output["schema"] == "codegap/codes-list/1"
    by_date = {row["revision"]: row for row in output["results"] if row["code"] == "illegal-content-u2u"}
    assert list(by_date) == ["2023-11-09", "2025-02-24", "2026-06-18", "2026-09-09"]
    assert by_date["2025-02-24"]["measures"] == 41
    assert by_date["2025-02-24"]["in_force"] == "2025-03-17"
    assert {date: row["measures"] for date, row in by_date.items() if date > "2026"} == {
        "2026-06-18": 43,
        "2026-09-09": 42,
    }


def test_a_text_is_shown_paragraph_by_paragraph(codegap: Codegap) -> None:
    ran = codegap("codes", "show", "--measure", "c2", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert ran.code == 0
    assert [row["number"] for row in rows][:2] == ["C2.1", "C2.2"]
    assert {row["measure"] for row in rows} == {"ICU C2"}
    assert "technically feasible" in rows[1]["text"]


def test_a_text_by_its_path_is_the_text_by_its_date(codegap: Codegap) -> None:
    path = library.resolve("2025-02-24").path
    by_date = json.loads(codegap("codes", "show", "2025-02-24", "--format", "json").out)
    by_path = json.loads(codegap("codes", "show", str(path), "--format", "json").out)
    assert by_date["results"] == by_path["results"]
    assert by_date["inputs"][0]["path"] == "codes/illegal-content-u2u/2025-02-24.md"
    assert by_path["inputs"][0]["path"] == str(path)
    assert by_date["inputs"][0]["sha256"] == by_path["inputs"][0]["sha256"]


def test_a_file_is_written_whole_and_its_name_says_the_format(codegap: Codegap, tmp_path: Path) -> None:
    target = tmp_path / "codes.csv"
    target.write_text("old", encoding="utf-8")
    ran = codegap("codes", "list", "-o", str(target))
    assert (ran.code, ran.out) == (0, "")
    assert target.read_text(encoding="utf-8").startswith("code,revision,")
    assert [path.name for path in tmp_path.iterdir()] == ["codes.csv"]
    assert codegap("codes", "list", "-o", str(tmp_path / "codes.xlsx")).code == 0
    assert (tmp_path / "codes.xlsx").read_bytes()[:2] == b"PK"


def test_the_same_call_gives_the_same_bytes(codegap: Codegap) -> None:
    assert codegap("rules", "list", "--format", "json") == codegap("rules", "list", "--format", "json")


def test_every_example_of_every_rule_holds(codegap: Codegap) -> None:
    ran = codegap("rules", "test")
    assert (ran.code, ran.err.partition(" ")[2].partition(" ")[2]) == (0, "examples hold.\n")


def test_the_rules_are_in_order(codegap: Codegap) -> None:
    assert codegap("rules", "lint").code == 0


def test_a_sentence_is_tried(codegap: Codegap) -> None:
    ran = codegap(
        "rules", "try", "A provider must act, unless it is not technically feasible.", "--format", "json"
    )
    found = [row for row in json.loads(ran.out)["results"] if row["kind"] == "feasibility"]
    (row,) = [row for row in found if not row["suppressed"]]
    assert row["effect"] == "lifts"
    assert all("are read with" in other["why"] for other in found if other["suppressed"])
    assert row["quote"] == "unless it is not technically feasible"
    ran = codegap(
        "rules", "try", "A provider must act whether or not it is technically feasible.", "--format", "json"
    )
    found = [row["suppressed"] for row in json.loads(ran.out)["results"] if row["kind"] == "feasibility"]
    assert found
    assert set(found) == {True}


def test_the_rules_are_listed_by_kind(codegap: Codegap) -> None:
    rows = json.loads(codegap("rules", "list", "--kind", "feasibility", "--format", "json").out)["results"]
    assert rows
    assert {row["kind"] for row in rows} == {"feasibility"}
