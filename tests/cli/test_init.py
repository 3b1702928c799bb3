"""`codegap init`, and how commands use the folder it makes."""

import hashlib
import json
from pathlib import Path

import pytest

from .conftest import Codegap


@pytest.fixture
def work(codegap: Codegap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new workspace, from within which the test runs."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    ran = codegap("init", "work")
    assert (ran.code, ran.out) == (0, "")
    assert "codegap: wrote work/codegap.yaml\n" in ran.err
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


def test_a_folder_that_has_one_is_left_alone(codegap: Codegap, work: Path) -> None:
    before = {path: path.read_bytes() for path in work.rglob("*") if path.is_file()}
    ran = codegap("init")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("codegap: no workspace was made in `.`: `README.md`, `codegap.yaml`")
    assert {path: path.read_bytes() for path in work.rglob("*") if path.is_file()} == before


def test_commands_say_and_record_which_workspace_they_use(
    codegap: Codegap, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = codegap("duties", "--format", "json")
    assert (
        ran.err == f"codegap: workspace work ({work.resolve()}), rules work/rules over the built-in ones.\n"
    )
    told = json.loads(ran.out)
    assert told["options"]["workspace"] == "work"
    assert told["rules"]["pack"] == "rules + work/rules"
    own = {file["path"]: file["sha256"] for file in told["inputs"][1:]}
    assert own == {
        f"work/{name}": hashlib.sha256((work / name).read_bytes()).hexdigest()
        for name in ("codegap.yaml", "rules/example.yaml")
    }
    assert str(work) not in ran.out
    monkeypatch.chdir(work / "profiles")
    assert codegap("duties", "--format", "json") == ran


def test_it_can_be_left_aside(codegap: Codegap, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = codegap("duties", "--no-workspace", "--format", "json")
    assert plain.err == ""
    assert "workspace" not in json.loads(plain.out)["options"]
    monkeypatch.setenv("CODEGAP_WORKSPACE", "off")
    assert codegap("duties", "--format", "json") == plain


def test_its_settings_are_used(codegap: Codegap, work: Path) -> None:
    settings = work / "codegap.yaml"
    text = settings.read_text(encoding="utf-8")
    text = text.replace('revision: ""', "revision: 2026-09-09").replace('output: ""', "output: out")
    settings.write_text(text, encoding="utf-8")
    ran = codegap("duties", "--format", "json")
    assert json.loads(ran.out)["options"]["revision"] == "illegal-content-u2u@2026-09-09"
    ran = codegap("duties", "--revision", "2025-02-24", "--format", "json")
    assert json.loads(ran.out)["options"]["revision"] == "illegal-content-u2u@2025-02-24"
    assert codegap("report").code == 0
    assert {path.name for path in (work / "out").iterdir()} == {"report.html", "report.md", "report.xlsx"}


def test_profiles_are_found_by_name(codegap: Codegap, work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(work / "rules")
    ran = codegap("check", "example", "--measure", "C2", "--format", "json")
    told = json.loads(ran.out)
    assert told["options"]["profile"] == "work/profiles/example.yaml"
    assert told["inputs"][-1]["path"] == "work/profiles/example.yaml"
    ran = codegap("check", "dating-app", "--measure", "C2", "--format", "json")
    assert json.loads(ran.out)["inputs"][-1]["path"] == "rules/archetypes/dating-app.yaml"
    ran = codegap("check", "nobody")
    assert (ran.code, ran.out) == (3, "")
    assert "`nobody` cannot be read: there is no such file" in ran.err


def test_a_fault_in_its_rules_is_said_with_its_place(codegap: Codegap, work: Path) -> None:
    (work / "rules" / "more.yaml").write_text("pack: overlay\nharm: []\n", encoding="utf-8")
    ran = codegap("gaps")
    assert (ran.code, ran.out) == (4, "")
    says = (
        "codegap: an overlay has no section `harm` here (work/rules/more.yaml, line 2). Did you mean harms?"
    )
    assert ran.err.splitlines()[-1] == says
