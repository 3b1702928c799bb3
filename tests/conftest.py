"""The built-in code, judged once for all tests that ask what it leaves open; the flag of the goldens."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from analyser.analysis import Analysis
    from analyser.coverage.study import Study
    from analyser.coverage.survey import Cell
    from analyser.rulebook import Rulebook


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate",
        "--regen",
        action="store_true",
        help="write the golden files anew instead of comparing",
    )


@pytest.fixture(scope="session", autouse=True)
def no_cache() -> Iterator[None]:
    """Work everything out: a result kept by an earlier run would test that run, not this one."""
    before = os.environ.get("CODEGAP_CACHE")
    os.environ["CODEGAP_CACHE"] = "off"
    yield
    if before is None:
        del os.environ["CODEGAP_CACHE"]
    else:
        os.environ["CODEGAP_CACHE"] = before


@pytest.fixture(scope="session")
def rules() -> "Rulebook":
    """The rules that come with codegap."""
    from analyser import library

    return library.rulebook()


@pytest.fixture(scope="session")
def code_markdown() -> str:
    """The Markdown of the built-in code."""
    from analyser import library

    return library.resolve().path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def analysis(rules: "Rulebook", no_cache: None) -> "Analysis":
    """The built-in code, judged for every type of service."""
    from analyser import library
    from analyser.analysis import analyse

    return analyse(library.resolve(), rules)


@pytest.fixture(scope="session")
def study(analysis: "Analysis") -> "Study":
    """The built-in code, read: its duties, applications and exemptions."""
    return analysis.study


@pytest.fixture(scope="session")
def cell(analysis: "Analysis") -> "Callable[[str, str, str], Cell]":
    """Return one judged cell by the keys of the contract, e.g. `cell("messaging", "grooming", "detect")`."""
    from analyser.model.base import Function

    by_place = {(one.service, one.harm, one.function): one for one in analysis.cells}
    return lambda service, harm, function: by_place[service, harm, Function(function)]


@pytest.fixture(scope="session")
def analyse_text(
    rules: "Rulebook", tmp_path_factory: pytest.TempPathFactory, no_cache: None
) -> "Callable[[str], Analysis]":
    """Judge a code given as Markdown; its front matter ties it to the built-in revision's kinds of harm."""
    from analyser import library
    from analyser.analysis import analyse

    folder = tmp_path_factory.mktemp("texts")

    def judged(markdown: str) -> "Analysis":
        path: Path = folder / f"text-{len(list(folder.iterdir()))}.md"
        path.write_text(markdown, encoding="utf-8")
        return analyse(library.resolve(str(path)), rules)

    return judged
