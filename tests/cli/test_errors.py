"""What a person reads when something is wrong: one paragraph, word for word, and the exit code of the
contract.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Codegap

USAGE = [
    (["gasp"], "`codegap` has no command `gasp`. Did you mean gaps?"),
    (["codes"], "`codegap codes` needs a command. It has: list, timeline, show, as-at."),
    (["rules", "tset"], "`codegap rules` has no command `tset`. Did you mean test?"),
    (
        ["codes", "list", "--fromat", "json"],
        "`codegap codes list` has no option `--fromat`. Did you mean --format?",
    ),
    (["codes", "list", "--format"], "option '--format' requires an argument."),
    (["rules", "try"], "missing argument 'TEXT' (`codegap rules try --help` shows how it is used)."),
    (
        ["codes", "show", "2025-02-24", "more"],
        "got unexpected extra argument",
    ),
    (["rules", "try", " "], "there is no text to try. Give a sentence in quotation marks."),
    (["codes", "list", "--format", "xlsx"], "xlsx needs a file to be written to. Add `-o codes-list.xlsx`."),
    (
        ["codes", "show", "2025-02-42"],
        "there is no revision `2025-02-42` of illegal-content-u2u. Did you mean 2025-02-24",
    ),
    (
        ["codes", "as-at", "2025-03-16"],
        "no text of illegal-content-u2u was in force on 2025-03-16: the first came into force on 2025-03-17. "
        "The text issued on 2025-02-24, issued but not yet in force on that day, is "
        "`illegal-content-u2u@2025-02-24`.",
    ),
    (
        ["codes", "show", "illegal-content@2025-02-24"],
        "there is no code `illegal-content`. Did you mean illegal-content-u2u",
    ),
    (["codes", "show", "--measure", "C22"], "there is no measure `C22` in this text. Did you mean C2"),
    (
        ["rules", "list", "--kind", "feasability"],
        "there is no kind of exemption `feasability`. Did you mean feasibility",
    ),
]


@pytest.mark.parametrize(("arguments", "says"), USAGE, ids=[" ".join(row[0]) for row in USAGE])
def test_a_wrong_call_is_exit_2_with_the_nearest_right_one(
    codegap: Codegap, arguments: list[str], says: str
) -> None:
    ran = codegap(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith(f"codegap: {says}")
    assert ran.err.count("\n") == 1


def test_a_format_that_does_not_exist_names_those_that_do(codegap: Codegap) -> None:
    ran = codegap("codes", "list", "--format", "jsn")
    assert ran.code == 2
    assert "Did you mean json" in ran.err
    assert "table, json, csv, md, html, xlsx" in ran.err


def test_a_document_that_is_not_there_is_exit_3(codegap: Codegap) -> None:
    ran = codegap("codes", "show", "no/such.md")
    says = "the document `no/such.md` does not exist. Give the path to a document, a date, or code@date."
    assert (ran.code, ran.out, ran.err) == (3, "", f"codegap: {says}\n")


def test_a_file_that_cannot_be_written_is_exit_3_and_leaves_nothing(codegap: Codegap, tmp_path: Path) -> None:
    missing = tmp_path / "nowhere" / "codes.csv"
    ran = codegap("codes", "list", "-o", str(missing))
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == (
        f"codegap: `{missing}` cannot be written: there is no folder `{missing.parent}`. Make it first.\n"
    )
    ran = codegap("codes", "list", "-o", str(tmp_path))
    assert ran.code == 3
    assert "it is a folder" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_refuses_files_is_exit_3(codegap: Codegap) -> None:
    ran = codegap("codes", "list", "-o", "/proc/codes.csv")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("codegap: `/proc/codes.csv` cannot be written: ")


def test_a_fault_of_ours_is_exit_70_with_one_paragraph(
    codegap: Codegap, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ZeroDivisionError("a fault")

    monkeypatch.setattr("analyser.catalogue.code_rows", broken)
    ran = codegap("codes", "list")
    assert (ran.code, ran.out) == (70, "")
    assert ran.err.startswith(
        "codegap: this is a fault in codegap, not in what you gave it (ZeroDivisionError: a fault)."
    )
    assert ran.err.count("\n") == 1
    monkeypatch.setenv("CODEGAP_DEBUG", "1")
    assert "Traceback" in codegap("codes", "list").err


def test_a_reader_that_goes_away_is_no_finding_and_no_complaint() -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    code = (
        "import sys; from analyser.cli.main import run; sys.exit(run(['rules', 'list', '--format', 'json']))"
    )
    done = subprocess.run([sys.executable, "-c", code], stdout=write_end, stderr=subprocess.PIPE)
    os.close(write_end)
    assert (done.returncode, done.stderr) == (141, b"")
