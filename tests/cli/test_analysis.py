"""The analysing commands on a small code: envelope, filters, findings, strictness, and what is refused."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from analyser import library

from .conftest import Codegap, Ran

SMALL = str(Path(__file__).with_name("small.md"))
ENCRYPTED = str(library.rules_dir() / "archetypes" / "e2ee-messaging-large.yaml")


def rows(ran: Ran) -> list[dict[str, Any]]:
    """Return the rows of a JSON output that went well."""
    assert (ran.code, ran.err) == (0, "")
    results = json.loads(ran.out)["results"]
    assert isinstance(results, list)
    return results


def on_small(codegap: Codegap, *arguments: str) -> list[dict[str, Any]]:
    return rows(codegap(*arguments, "--revision", SMALL, "--format", "json"))


@pytest.mark.parametrize(
    ("command", "schema"),
    [
        (["gaps"], "codegap/gaps/1"),
        (["exemptions"], "codegap/exemptions/1"),
        (["duties"], "codegap/duties/1"),
        (["matrix"], "codegap/matrix/1"),
        (["explain", "A1"], "codegap/explain/1"),
        (["check", ENCRYPTED], "codegap/check/1"),
    ],
)
def test_every_analysing_command_has_the_envelope_of_the_contract(
    codegap: Codegap, command: list[str], schema: str
) -> None:
    ran = codegap(*command, "--revision", SMALL, "--format", "json")
    output = json.loads(ran.out)
    assert (ran.code, ran.err) == (0, "")
    assert list(output) == ["schema", "tool", "inputs", "rules", "options", "results"]
    assert output["schema"] == schema
    assert output["inputs"][0]["path"] == SMALL
    assert output["rules"]["sha256"] == library.rulebook().sha256
    assert output["options"]["revision"] == "small-code@2025-01-01"
    assert output["results"]
    assert codegap(*command, "--revision", SMALL, "--format", "json") == ran


def test_the_words_of_takedown_leave_encrypted_messaging(codegap: Codegap) -> None:
    gaps = on_small(codegap, "gaps", "--kind", "feasibility", "--service", "messaging")
    assert {gap["state"] for gap in gaps} == {"escapable"}
    assert all("take_down" in gap["functions"] for gap in gaps)
    assert {cause["provision"] for gap in gaps for cause in gap["causes"]} == {"ICU A1.2"}


def test_filters_keep_what_they_name(codegap: Codegap) -> None:
    assert {row["measure"] for row in on_small(codegap, "exemptions", "--measure", "a2")} == {"ICU A2"}
    assert {row["kind"] for row in on_small(codegap, "exemptions", "--kind", "channel-carve-out")} == {
        "channel_carve_out"
    }
    assert {row["service"] for row in on_small(codegap, "matrix", "--service", "forum")} == {"forum"}
    # A kind of harm brings its sub kinds.
    harms = {row["harm"] for row in on_small(codegap, "matrix", "--harm", "csea", "--function", "detect")}
    assert harms == {"csea", "grooming", "image_based_csam", "csam_urls"}
    assert [row["provision"] for row in on_small(codegap, "duties", "--function", "take_down")] == [
        "ICU A1.2"
    ]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["gaps", "--harm", "groming"], "there is no kind of harm `groming`. Did you mean grooming"),
        (["gaps", "--service", "mesaging"], "there is no type of service `mesaging`. Did you mean messaging"),
        (["matrix", "--function", "detekt"], "there is no function `detekt`. Did you mean detect"),
        (["exemptions", "--measure", "A9"], "there is no measure `A9` in this text. Known: A1, A2."),
        (["gaps", "--fail-on", "escapeable"], "there is no state `escapeable`. Did you mean escapable"),
        (["gaps", "--fail-on", ","], "--fail-on names no state. Known: covered, weakened, escapable, "),
        (["explain", "ICU A9.9"], "there is no "),
        (["report", "--format", "htm"], "there is no format `htm`. Did you mean html"),
        (["report", "--format", "csv"], "report cannot be written as csv. It has: html, xlsx, md."),
        (["report", "--format", "xlsx"], "xlsx needs a file to be written to. Add `-o report.xlsx`."),
        (
            ["report", "--out-dir", "x", "--format", "md"],
            "--out-dir writes every format. Leave out --format and -o, or leave out --out-dir.",
        ),
    ],
)
def test_a_name_nobody_knows_is_exit_2_with_the_nearest(
    codegap: Codegap, arguments: list[str], says: str
) -> None:
    ran = codegap(*arguments, "--revision", SMALL)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"codegap: {says}")
    assert ran.err.count("\n") == 1


def test_findings_that_fail_on_names_are_exit_1_after_the_data(codegap: Codegap) -> None:
    ran = codegap(
        "gaps", "--revision", SMALL, "--function", "take_down", "--format", "csv", "--fail-on", "escapable"
    )
    found = list(csv.DictReader(io.StringIO(ran.out)))
    escapable = [row for row in found if row["state"] == "escapable"]
    assert ran.code == 1
    assert ran.err == f"codegap: gaps found that --fail-on names: {len(escapable)} escapable.\n"
    ran = codegap("gaps", "--revision", SMALL, "--function", "take_down", "--fail-on", "unknown")
    assert (ran.code, ran.err) == (0, "")


def test_a_profile_is_judged_for_itself(codegap: Codegap) -> None:
    ran = codegap("gaps", "--revision", SMALL, "--profile", ENCRYPTED, "--format", "json")
    output = json.loads(ran.out)
    assert {service for row in output["results"] for service in row["services"]} == {"messaging"}
    assert [file["path"] for file in output["inputs"]] == [SMALL, ENCRYPTED]
    assert output["options"]["profile"] == ENCRYPTED


def test_a_misspelt_key_of_a_profile_is_exit_3_with_file_and_line(codegap: Codegap, tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("name: Mine\nservice: user-to-user\nuk_montly_users: 5\n", encoding="utf-8")
    ran = codegap("check", str(own), "--revision", SMALL)
    says = f"there is no key `uk_montly_users` ({own}, line 3). Did you mean uk_monthly_users?"
    assert (ran.code, ran.out, ran.err) == (3, "", f"codegap: {says}\n")
    ran = codegap("check", "nowhere.yaml", "--revision", SMALL)
    assert ran.err == "codegap: `nowhere.yaml` cannot be read: there is no such file.\n"


def test_text_without_a_place_is_said_and_is_exit_5_when_strict(codegap: Codegap, tmp_path: Path) -> None:
    own = tmp_path / "own.md"
    own.write_text(
        Path(SMALL).read_text(encoding="utf-8") + "\nWords that stand nowhere.\n", encoding="utf-8"
    )
    ran = codegap("duties", "--revision", str(own), "--format", "csv")
    assert ran.code == 0
    assert "1 piece of text found no place" in ran.err
    strict = codegap("duties", "--revision", str(own), "--format", "csv", "--strict")
    assert (strict.code, strict.out) == (5, "")
    assert "Words that stand nowhere" in strict.err


def test_a_measure_is_explained_by_its_number_in_any_case(codegap: Codegap) -> None:
    assert on_small(codegap, "explain", "icu a1") == on_small(codegap, "explain", "A1")


def test_the_report_is_written_in_every_format(codegap: Codegap, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "out"
    ran = codegap("report", "--revision", SMALL, "--out-dir", str(folder))
    assert ran.code == 0
    assert sorted(path.name for path in folder.iterdir()) == ["report.html", "report.md", "report.xlsx"]
    findings = [line for line in ran.out.splitlines() if not line.startswith(" ")]
    assert [line.partition(".")[0] for line in findings] == ["1", "2", "3"][: len(findings)]
    assert findings
    assert all(str(folder / f"report.{name}") in ran.err for name in ("html", "md", "xlsx"))
    one = tmp_path / "one.html"
    assert codegap("report", "--revision", SMALL, "-o", str(one)) == (0, "", f"codegap: wrote {one}\n")
    assert one.read_bytes() == (folder / "report.html").read_bytes()
    blocked = tmp_path / "one.html" / "out"
    assert codegap("report", "--revision", SMALL, "--out-dir", str(blocked)).code == 3
