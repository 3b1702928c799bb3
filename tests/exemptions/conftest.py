"""The built-in code, its duties and the built-in rules, read once for the tests of qualifiers."""

from collections.abc import Callable

import pytest

from analyser import library
from analyser.catalogue import read_document
from analyser.duties import find as find_duties
from analyser.exemptions import QualifierFindings, find
from analyser.model.duty import Duty
from analyser.model.text import Document
from analyser.parsing.document import parse
from analyser.parsing.numbering import Numbering
from analyser.reading.markdown import parse_markdown
from analyser.rulebook import Rulebook

ReadText = Callable[[str], tuple[Document, QualifierFindings]]


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return library.rulebook()


@pytest.fixture(scope="session")
def document() -> Document:
    return read_document(library.resolve())


@pytest.fixture(scope="session")
def source() -> str:
    """The Markdown of the built-in code."""
    return library.resolve().path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def duties(document: Document, rulebook: Rulebook) -> tuple[Duty, ...]:
    return _duties(document, rulebook)


@pytest.fixture(scope="session")
def findings(document: Document, duties: tuple[Duty, ...], rulebook: Rulebook) -> QualifierFindings:
    return find(document, duties, rulebook)


@pytest.fixture(scope="session")
def read(rulebook: Rulebook) -> ReadText:
    """Read a whole code given as Markdown."""

    def reading(markdown: str) -> tuple[Document, QualifierFindings]:
        document = parse(parse_markdown(markdown, "a.md"), Numbering(prefix="ICU"), "icu")
        return document, find(document, _duties(document, rulebook), rulebook)

    return reading


@pytest.fixture(scope="session")
def read_recommendation(read: ReadText) -> Callable[[str], QualifierFindings]:
    """Read one measure, ICU Z1, with the given recommendation."""

    def reading(recommendation: str) -> QualifierFindings:
        head = "---\ncode: x\nrevision: 2025-01-01\n---\n# A code\n\n## ICU Z1 A measure\n\n### Application\n"
        applies = "Z1.1 This measure applies to a provider in respect of each service it provides.\n\n"
        return read(f"{head}{applies}### Recommendation\n{recommendation}\n")[1]

    return reading


def _duties(document: Document, rulebook: Rulebook) -> tuple[Duty, ...]:
    return find_duties(document, rulebook, {}, tuple(harm.key for harm in rulebook.harms)).duties
