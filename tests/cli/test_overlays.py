"""`--rules` on every command that judges, and what the commands on rules make of rules of one's own."""

import csv
import io
import json
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from analyser.cli.main import app

from .conftest import Codegap

OVERLAY = """\
pack: overlay
qualifiers:
  - {id: feasibility.technical, amend: {effect: softens}, reason: our reading}
  - {id: temporal.soon, disable: true, reason: time is not counted}
  - id: discretion.own
    kind: discretion
    nature: exception
    effect: lifts
    level: material
    cue: ["unless {it|the provider} would rather not"]
    scope: duty
    rationale: made up for a test
    examples:
      match: ["The provider should act, unless it would rather not."]
      miss: ["The provider should act."]
"""
WITHOUT = {"codes list", "codes show", "codes timeline", "codes as-at", "init"}


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """An overlay in the current folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.yaml").write_text(OVERLAY, encoding="utf-8")
    return "mine.yaml"


def test_every_command_that_uses_rules_takes_them() -> None:
    top = typer.main.get_command(app)
    assert isinstance(top, TyperGroup)
    for name in ("report", "gaps", "exemptions", "duties", "matrix", "explain", "check", "compare", "rules"):
        command = top.commands[name]
        parts = command.commands.values() if isinstance(command, TyperGroup) else (command,)
        for part in parts:
            flags = {flag for parameter in part.params for flag in parameter.opts}
            assert {"--rules", "--no-workspace"} <= flags, name


def test_rules_of_ones_own_are_recorded(codegap: Codegap, mine: str) -> None:
    ran = codegap("exemptions", "--rules", mine, "--format", "json")
    assert (ran.code, ran.err) == (0, "codegap: rules mine.yaml over the built-in ones.\n")
    told = json.loads(ran.out)
    assert told["options"]["rules"] == ["mine.yaml"]
    assert told["inputs"][-1]["path"] == "mine.yaml"
    assert told["rules"]["pack"] == "rules + mine.yaml"
    assert {row["effect"] for row in told["results"] if row["rule"] == "feasibility.technical"} == {"softens"}
    assert "temporal.soon" not in {row["rule"] for row in told["results"]}


def test_without_any_nothing_is_said_or_recorded(codegap: Codegap, tmp_path: Path) -> None:
    ran = codegap("duties", "--format", "json")
    told = json.loads(ran.out)
    assert (ran.err, told["rules"]["pack"]) == ("", "rules")
    assert not {"workspace", "rules"} & told["options"].keys()


def test_two_are_put_over_one_another_in_order(codegap: Codegap, mine: str, tmp_path: Path) -> None:
    (tmp_path / "more.yaml").write_text(
        "pack: overlay\nqualifiers:\n  - {id: discretion.own, amend: {level: minor}}\n", encoding="utf-8"
    )
    ran = codegap("rules", "list", "--rules", mine, "--rules", "more.yaml", "--format", "json")
    told = json.loads(ran.out)
    (own,) = [row for row in told["results"] if row["id"] == "discretion.own"]
    assert (own["level"], own["file"], own["line"]) == ("minor", "mine.yaml", 5)
    assert [(one["id"], one["action"], one["file"]) for one in told["changes"]] == [
        ("discretion.own", "added", "mine.yaml"),
        ("discretion.own", "amended", "more.yaml"),
        ("feasibility.technical", "amended", "mine.yaml"),
        ("temporal.soon", "disabled", "mine.yaml"),
    ]
    assert told["rules"]["pack"] == "rules + mine.yaml + more.yaml"


def test_their_examples_are_run_and_their_faults_found(codegap: Codegap, mine: str, tmp_path: Path) -> None:
    # Words of ability that soften are read with less care than those that lift, so an example of the amended
    # rule does not hold any more.
    ran = codegap("rules", "test", "--rules", mine)
    assert ran.code == 4
    assert "`feasibility.technical`" in ran.err
    head, own = OVERLAY.partition("  - {id")[0], OVERLAY[OVERLAY.index("  - id: discretion.own") :]
    (tmp_path / mine).write_text(head + own, encoding="utf-8")
    ran = codegap("rules", "test", "--rules", mine, "--format", "json")
    assert ran.code == 0
    rows = [row for row in json.loads(ran.out)["results"] if row["rule"] == "discretion.own"]
    assert [row["ok"] for row in rows] == [True, True]
    assert codegap("rules", "lint", "--rules", mine).code == 0
    wrong = (tmp_path / mine).read_text(encoding="utf-8")
    wrong = wrong.replace("The provider should act.", "The provider should act, unless it would rather not.")
    (tmp_path / "wrong.yaml").write_text(wrong, encoding="utf-8")
    ran = codegap("rules", "test", "--rules", "wrong.yaml")
    assert ran.code == 4
    assert "`discretion.own`" in ran.err
    assert "(wrong.yaml, line 3)" in ran.err


def test_a_sentence_is_tried_on_them(codegap: Codegap, mine: str) -> None:
    sentence = "The provider should act, unless it would rather not."
    ran = codegap("rules", "try", sentence, "--rules", mine, "--format", "json")
    assert "discretion" in {row["kind"] for row in json.loads(ran.out)["results"]}


@pytest.mark.parametrize("name", ["table", "json", "csv", "md", "html"])
def test_what_they_change_is_told_in_every_format(codegap: Codegap, mine: str, name: str) -> None:
    ran = codegap("rules", "diff", "--rules", mine, "--format", name)
    assert ran.code == 0
    assert "feasibility.technical" in ran.out
    assert "exemption changed" in ran.err


def test_the_rows_of_a_diff_are_those_published(codegap: Codegap, mine: str, tmp_path: Path) -> None:
    ran = codegap("rules", "diff", "--rules", mine, "--format", "json")
    told = json.loads(ran.out)
    assert told["schema"] == "codegap/rules-diff/1"
    assert told["compared_with"]["pack"] == "rules"
    fields = ["change", "what", "id", "measure", "provision", "before", "after", "because"]
    assert all(list(row) == fields for row in told["results"])
    shown = codegap("rules", "diff", "--rules", mine, "--format", "csv").out
    assert next(csv.reader(io.StringIO(shown))) == fields
    book = tmp_path / "diff.xlsx"
    assert codegap("rules", "diff", "--rules", mine, "-o", str(book)).code == 0
    assert book.stat().st_size > 0


def test_a_diff_of_nothing_is_refused(
    codegap: Codegap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = codegap("rules", "diff", "--no-workspace")
    assert (ran.code, ran.out) == (2, "")
    assert "there are no rules to compare with the built-in ones. Give them with --rules PATH" in ran.err


@pytest.mark.parametrize("name", ["table", "json", "csv", "md", "html"])
def test_one_rule_is_explained_in_every_format(codegap: Codegap, mine: str, name: str) -> None:
    ran = codegap("rules", "explain", "feasibility.technical", "--rules", mine, "--format", name)
    assert ran.code == 0
    assert "our reading" in ran.out
    assert "C2.2" in ran.out


def test_an_unknown_rule_is_exit_2(codegap: Codegap) -> None:
    ran = codegap("rules", "explain", "feasibility.tecnical")
    assert (ran.code, ran.out) == (2, "")
    assert "Did you mean feasibility.technical" in ran.err


def test_rules_that_are_not_there_are_exit_3(codegap: Codegap) -> None:
    ran = codegap("gaps", "--rules", "no/such")
    assert (ran.code, ran.out) == (3, "")
    assert "there is no file or folder of rules at `no/such`" in ran.err


def test_compare_judges_both_texts_by_them(codegap: Codegap, mine: str) -> None:
    ran = codegap("compare", "2025-02-24", "2026-09-09", "--rules", mine, "--format", "json")
    assert ran.code == 0
    told = json.loads(ran.out)
    assert told["rules"]["pack"] == "rules + mine.yaml"
    assert told["options"]["rules"] == ["mine.yaml"]
