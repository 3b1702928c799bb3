"""What is said of a document of one's own: nothing of a statute that nobody names, and what was not read."""

import json
from pathlib import Path

import pytest

from .conftest import Codegap

STATUTE = "statute: Online Safety Act 2023\n"
PAGE = """<html><body><h1>Conduct Code</h1>
<h2>Measure 1.1 Taking down</h2>
<p>1.1.1 This measure applies to {who}.</p>
<p>1.1.2 The provider should take down illegal content, unless it is not technically feasible.</p>
<h2>Measure 1.2 Detecting</h2>
<p>1.2.1 This measure applies to all services.</p>
<p>1.2.2 The provider should use hash matching to detect CSAM in content communicated publicly.</p>{more}
</body></html>"""
LOOSE = "<h3>Apart</h3><p>These words belong to no paragraph.</p>"


def page(folder: Path, name: str = "conduct.html", who: str = "all services", more: str = "") -> str:
    path = folder / name
    path.write_text(PAGE.format(who=who, more=more), encoding="utf-8")
    return str(path)


def gaps(codegap: Codegap, path: str, *more: str) -> str:
    ran = codegap("gaps", "--revision", path, "--format", "json", "--all", *more)
    assert ran.code == 0, ran.err
    return ran.out


def test_of_a_code_under_no_known_statute_nothing_of_the_act_is_said(
    codegap: Codegap, tmp_path: Path
) -> None:
    path = page(tmp_path)
    rows = json.loads(gaps(codegap, path))["results"]
    assert rows
    assert not any(row["statute_backstop"] or row["evidence"] for row in rows)
    levers = {change["lever"] for row in rows for change in row["what_would_close"]}
    assert levers == {"code"}
    assert not any(change["barred_by"] for row in rows for change in row["what_would_close"])
    report = codegap("report", "--revision", path, "--format", "md").out
    assert "Act, s." not in report
    assert "s.49" not in report
    assert "Sch.4" not in report
    assert "Under which statute the code stands is not known here" in report


def test_the_sidecar_names_the_statute(codegap: Codegap, tmp_path: Path) -> None:
    path = page(tmp_path)
    Path(f"{path}.yaml").write_text(f"{STATUTE}revision: 2029-03-05\n", encoding="utf-8")
    rows = json.loads(gaps(codegap, path))["results"]
    backstops = [one for row in rows for one in row["statute_backstop"]]
    assert {one["in_force_at_revision"] for one in backstops if one["in_force_from"]} == {True}
    assert any(row["evidence"] for row in rows)
    assert "act" in {change["lever"] for row in rows for change in row["what_would_close"]}


def test_of_an_undated_text_it_is_not_known_what_was_in_force(codegap: Codegap, tmp_path: Path) -> None:
    path = page(tmp_path)
    Path(f"{path}.yaml").write_text(STATUTE, encoding="utf-8")
    rows = json.loads(gaps(codegap, path))["results"]
    dated = [one for row in rows for one in row["statute_backstop"] if one["in_force_from"]]
    assert dated
    assert {one["in_force_at_revision"] for one in dated} == {None}
    report = codegap("report", "--revision", path, "--format", "md").out
    assert ", after this revision" not in report
    assert "whether at the date of the text is not known" in report


def test_an_application_that_is_not_understood_is_told(codegap: Codegap, tmp_path: Path) -> None:
    path = page(tmp_path, who="blue-green services")
    assert "Not understood" in codegap("ingest", path).out
    ran = codegap("gaps", "--revision", path, "--measure", "Measure 1.1")
    assert "to whom 1 measure applies was not understood" in ran.err
    whole = " ".join(ran.out.split())
    assert "cells are not known, because it was not understood to whom Measure 1.1 applies" in whole
    assert "Gaps: none." not in ran.out
    found = json.loads(codegap("exemptions", "--revision", path, "--format", "json").out)
    assert [one["measure"] for one in found["not_understood"]] == ["Measure 1.1"]
    report = codegap("report", "--revision", path, "--format", "md").out
    near, limits = report.split("## Limits")
    assert "it was not understood to whom Measure 1.1 applies" in near.split("## Exemptions")[0]
    assert "nothing by itself" not in near.split("Measure 1.1.2")[1].splitlines()[0]
    assert "To whom these measures apply was not understood" in limits


def test_what_has_no_place_stands_in_the_limits_and_notes_not_in_the_status(
    codegap: Codegap, tmp_path: Path
) -> None:
    report = codegap("report", "--revision", page(tmp_path, more=LOOSE), "--format", "md").out
    assert "- Status: as given\n" in report
    limits = report.split("## Limits")[1]
    assert "These words belong to no paragraph." in limits
    assert "no place in the structure" in limits
    assert "Read as a code of its own" in limits


def test_compare_tells_what_has_no_place_and_is_not_certain_beside_it(
    codegap: Codegap, tmp_path: Path
) -> None:
    one = page(tmp_path, "one.html")
    other = page(tmp_path, "two.html", more=LOOSE)
    Path(other).write_text(Path(other).read_text("utf-8").replace("hash matching", "tools"), "utf-8")
    ran = codegap("compare", one, other, "--format", "json")
    assert "found no place" in ran.err
    found = json.loads(ran.out)
    assert any("has no place" in line or "have no place" in line for line in found["notes"])
    changed = [row for row in found["results"] if row["change"] != "unchanged"]
    assert changed
    assert not any(row["certain"] for row in changed)
    assert codegap("compare", one, other, "--strict").code == 5
    plain = json.loads(codegap("compare", one, page(tmp_path, "three.html"), "--format", "json").out)
    assert plain["notes"] == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("numbering:\n  measure_prefx: Standard\n", "no key `measure_prefx`"),
        ("numbering:\n  measure_prefx: Standard\n", "Did you mean measure_prefix?"),
        ("numbering:\n  measure: '('\n", "line 2"),
        ("revision: 2030-13-01\n", "`2030-13-01` is no day"),
        ("statute: Online Safty Act\n", "Did you mean Online Safety Act 2023?"),
    ],
)
def test_what_a_sidecar_may_not_say_is_refused(
    codegap: Codegap, tmp_path: Path, said: str, told: str
) -> None:
    path = page(tmp_path)
    Path(f"{path}.yaml").write_text(said, encoding="utf-8")
    ran = codegap("ingest", path)
    assert ran.code == 3
    assert told in ran.err


def test_a_full_disk_is_told_as_such(codegap: Codegap, tmp_path: Path) -> None:
    ran = codegap("gaps", "--revision", page(tmp_path), "--format", "json", "-o", "/dev/full")
    assert ran.code == 3
    assert "no space left on device. Make room there, or write it elsewhere." in ran.err
