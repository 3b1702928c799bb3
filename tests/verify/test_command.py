"""`codegap verify` as a person meets it: what it prints by default and with each option."""

import csv
import io
import json
from pathlib import Path

import pytest

from analyser import library
from analyser.cli.main import run

from .official import play_official


@pytest.fixture(scope="module")
def official(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that plays the official one and differs from ours in one title."""
    path: Path = tmp_path_factory.mktemp("official") / "official.md"
    markdown = library.resolve().path.read_text(encoding="utf-8")
    change = ("ICU A4 Internal monitoring and assurance\n", "ICU A4 Internal audit\n")
    path.write_text(play_official(markdown, change), encoding="utf-8")
    return path


def test_the_table_shows_what_differs_under_a_count_of_what_agrees(
    official: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["verify", "--against", str(official)]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert shown.startswith("Of 605 things looked at, 554 agree and 1 do not (1 said otherwise,")
    assert "Internal audit" in shown
    assert " agree " not in shown.partition("compared.")[2]


def test_all_shows_what_agrees_too(official: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify", "--against", str(official), "--all", "--format", "md"]) == 0
    every = capsys.readouterr().out
    assert run(["verify", "--against", str(official), "--format", "md"]) == 0
    assert len(every.splitlines()) > len(capsys.readouterr().out.splitlines()) + 500


def test_machine_output_holds_every_row_and_names_both_files(
    official: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["verify", "2025-02-24", "--against", str(official), "--format", "json"]) == 0
    first = capsys.readouterr().out
    said = json.loads(first)
    assert said["schema"] == "codegap/verify/1"
    assert [file["path"] for file in said["inputs"]] == [
        "codes/illegal-content-u2u/2025-02-24.md",
        str(official),
    ]
    assert said["counts"]["title"] == {"agree": 40, "disagree": 1}
    assert len(said["results"]) == 605
    fields = ["measure", "provision", "what", "verdict", "ours", "official", "note", "page"]
    assert list(said["results"][0]) == fields
    assert run(["verify", "2025-02-24", "--against", str(official), "--format", "json"]) == 0
    assert capsys.readouterr().out == first
    assert run(["verify", "--against", str(official), "--format", "csv"]) == 0
    assert len(list(csv.DictReader(io.StringIO(capsys.readouterr().out)))) == 605


@pytest.mark.parametrize("suffix", ["xlsx", "html", "md", "csv"])
def test_it_is_written_in_every_format(official: Path, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"checked.{suffix}"
    assert run(["verify", "--against", str(official), "-o", str(target)]) == 0
    assert target.stat().st_size > 1000


@pytest.mark.parametrize(
    ("verdicts", "code"),
    [("disagree", 1), ("only_ours", 0), ("only_official,not_comparable", 1), ("only_official", 0)],
)
def test_it_fails_on_the_verdicts_that_are_named(
    official: Path, capsys: pytest.CaptureFixture[str], verdicts: str, code: int
) -> None:
    asked = ["verify", "--against", str(official), "--fail-on", verdicts, "--format", "csv"]
    assert run(asked) == code
    assert bool(capsys.readouterr().err) is bool(code)


def test_disagree_stands_for_every_disagreement(tmp_path: Path) -> None:
    path = tmp_path / "official.md"
    markdown = library.resolve().path.read_text(encoding="utf-8")
    path.write_text(play_official(markdown, ("| | Animal cruelty |\n", "")), encoding="utf-8")
    assert (
        run(["verify", "--against", str(path), "--fail-on", "disagree", "-o", str(tmp_path / "x.csv")]) == 1
    )


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--fail-on", "disagreed"], 2, "there is no verdict `disagreed`. Did you mean disagree?"),
        (["--fail-on", ""], 2, "--fail-on names no verdict"),
        (["--format", "docx"], 2, "verify cannot be written as docx"),
        (["--against", "none.pdf"], 3, "none.pdf cannot be read"),
        (["2025-02-25"], 2, "2025-02-24"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    official: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, said: str
) -> None:
    assert run(["verify", "--against", str(official), *arguments]) == code
    captured = capsys.readouterr()
    assert (captured.out, captured.err.count("\n")) == ("", 1)
    assert said in captured.err


def test_a_file_to_check_against_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify"]) == 2
    assert "--against" in capsys.readouterr().err
