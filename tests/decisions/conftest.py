"""A folder of one's own, the command `codegap` in it, and workbooks that a person has edited."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from analyser.cli.main import run

from .files import Codegap, Edit, Ran


@pytest.fixture
def codegap(capsys: pytest.CaptureFixture[str]) -> Codegap:
    """The command `codegap`, to be called with its arguments."""

    def call(*arguments: str) -> Ran:
        code = run(arguments)
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return call


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, in which the test runs."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="package", autouse=True)
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep results for these tests alone, from nothing: most of them judge the same few texts."""
    patch = pytest.MonkeyPatch()
    patch.setenv("CODEGAP_CACHE", str(tmp_path_factory.mktemp("cache")))
    yield
    patch.undo()


@pytest.fixture(scope="package")
def blank(kept: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of `codegap exemptions` as it comes, nothing filled in."""
    path = tmp_path_factory.mktemp("workbooks") / "exemptions.xlsx"
    assert run(["exemptions", "-o", str(path)]) == 0
    return path


@pytest.fixture(scope="package")
def whole(kept: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of `codegap report` as it comes, nothing filled in."""
    path = tmp_path_factory.mktemp("workbooks") / "report.xlsx"
    assert run(["report", "-o", str(path)]) == 0
    return path


@pytest.fixture
def edited(folder: Path) -> Callable[..., Path]:
    """Write review cells into a copy of a workbook: `edited(blank, "Gaps", {id: {"note": ...}})`."""

    def edit(source: Path, sheet: str, edits: Edit, name: str = "review.xlsx") -> Path:
        book = openpyxl.load_workbook(source)
        page: Any = book[sheet]
        at = {cell.value: place for place, cell in enumerate(page[1], 1)}
        rows = {line[at["id"] - 1].value: line[0].row for line in page.iter_rows(min_row=2)}
        for finding, cells in edits.items():
            for title, value in cells.items():
                page[rows[finding]][at[title] - 1].value = value
        path = folder / name
        book.save(path)
        return path

    return edit
