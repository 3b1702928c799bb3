"""What the commands print today, kept in tests/goldens by command and format.

`make goldens` writes them anew; read the diff. Hashes are left out, so that a golden changes only with what
it says. The whole report is kept in reports/examples.
"""

import difflib
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from analyser.cli.main import run

GOLDENS = Path(__file__).parent / "goldens"
HASH = re.compile(r"\b[0-9a-f]{64}\b")

# golden file -> the command whose output it is
COMMANDS = {
    "exemptions-c2-c9-f1.json": ["exemptions", "--measure", "C2", "--measure", "C9", "--measure", "F1"],
    "exemptions-c2.txt": ["exemptions", "--measure", "C2"],
    "exemptions-c2.csv": ["exemptions", "--measure", "C2"],
    "exemptions-c2.md": ["exemptions", "--measure", "C2"],
    "duties-c2.json": ["duties", "--measure", "C2"],
    "matrix-messaging.csv": ["matrix", "--service", "messaging"],
    "matrix-messaging.txt": ["matrix", "--service", "messaging"],
    "explain-c2-2.json": ["explain", "ICU C2.2"],
    "explain-feasibility.md": ["explain", "icu/2025-02-24/C2.2#feasibility-1"],
    "gaps-escapable.txt": ["gaps", "--kind", "feasibility"],
}
FORMATS = {".json": "json", ".csv": "csv", ".md": "md", ".txt": "table"}


@pytest.fixture
def shared_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the commands of this module share what they work out, within this run only."""
    base = tmp_path_factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    monkeypatch.setenv("CODEGAP_CACHE", str(folder / "goldens-cache"))
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def printed(shared_cache: None, tmp_path: Path) -> Callable[[list[str], str], str]:
    """Return what a command writes, without hashes."""

    def call(arguments: list[str], name: str) -> str:
        path = tmp_path / f"output.{name}"
        assert run([*arguments, "--format", name, "-o", str(path)]) == 0
        return HASH.sub("(sha256)", path.read_text(encoding="utf-8"))

    return call


def compare(name: str, found: str, request: pytest.FixtureRequest) -> None:
    """Hold a text against its golden, or write the golden where --regenerate asks for it."""
    path = GOLDENS / name
    if request.config.getoption("--regenerate"):
        GOLDENS.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8", newline="")
        return
    kept = path.read_bytes().decode("utf-8")
    if kept != found:
        changes = difflib.unified_diff(
            kept.splitlines(), found.splitlines(), "golden", "now", lineterm="", n=1
        )
        pytest.fail(
            f"{name} has changed; is that meant? `make goldens` keeps it.\n" + "\n".join([*changes][:60])
        )


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_prints_its_golden(
    name: str, printed: Callable[[list[str], str], str], request: pytest.FixtureRequest
) -> None:
    compare(name, printed(COMMANDS[name], FORMATS[Path(name).suffix]), request)


def gaps(printed: Callable[[list[str], str], str]) -> dict[str, Any]:
    output: dict[str, Any] = json.loads(printed(["gaps"], "json"))
    return output


def test_the_ten_most_serious_gaps_are_the_golden(
    printed: Callable[[list[str], str], str], request: pytest.FixtureRequest
) -> None:
    output = gaps(printed)
    output["results"] = output["results"][:10]
    compare("gaps-first-10.json", json.dumps(output, indent=2, ensure_ascii=False) + "\n", request)


def test_every_gap_and_whom_it_leaves_is_the_golden(
    printed: Callable[[list[str], str], str], request: pytest.FixtureRequest
) -> None:
    lines = [
        " | ".join(
            (row["id"], row["state"], ", ".join(row["functions"]), ", ".join(row["harms"]), row["who"])
        )
        for row in gaps(printed)["results"]
    ]
    compare("gaps-who.txt", "\n".join(lines) + "\n", request)


def test_a_workbook_holds_the_golden_rows(
    shared_cache: None, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "exemptions.xlsx"
    assert run(["exemptions", "--measure", "C2", "-o", str(path)]) == 0
    lines = []
    for sheet in load_workbook(path).worksheets:
        lines.append(f"== {sheet.title}")
        lines += [
            " | ".join("" if value is None else str(value) for value in row)
            for row in sheet.iter_rows(values_only=True)
        ]
    compare("exemptions-c2.xlsx.txt", HASH.sub("(sha256)", "\n".join(lines) + "\n"), request)


def test_no_golden_is_left_over_and_all_are_small() -> None:
    known = {*COMMANDS, "gaps-first-10.json", "gaps-who.txt", "exemptions-c2.xlsx.txt"}
    assert {path.name for path in GOLDENS.iterdir()} == known
    assert sum(path.stat().st_size for path in GOLDENS.iterdir()) < 400_000
