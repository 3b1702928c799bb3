"""The built-in code and rules, and a reader of single paragraphs, for the tests of application paragraphs."""

from collections.abc import Callable

import pytest

from analyser import library
from analyser.analysis import revision_of
from analyser.applications.read import Application, read_applications, read_provision, with_definitions
from analyser.applications.vocabulary import vocabulary
from analyser.catalogue import read_document
from analyser.model.logic import Condition
from analyser.model.text import Document
from analyser.parsing.document import parse
from analyser.parsing.numbering import Numbering
from analyser.reading.markdown import parse_markdown
from analyser.rulebook import Rulebook

Paragraph = tuple[Document, Condition]
ReadParagraph = Callable[[str], Paragraph]


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return library.rulebook()


@pytest.fixture(scope="session")
def document() -> Document:
    return read_document(library.resolve("2025-02-24"))


@pytest.fixture(scope="session")
def source() -> str:
    """The Markdown of the built-in code."""
    return library.resolve("2025-02-24").path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def kinds(document: Document, rulebook: Rulebook) -> tuple[str, ...]:
    """The kinds of harm that count in the built-in revision, in the order of the rules."""
    revision = revision_of(library.resolve("2025-02-24"), rulebook, document)
    return tuple(harm.key for harm in rulebook.harms if harm.key in revision.counting)


@pytest.fixture(scope="session")
def applications(document: Document, rulebook: Rulebook, kinds: tuple[str, ...]) -> dict[str, Application]:
    return read_applications(document, rulebook, kinds)


@pytest.fixture(scope="session")
def read_paragraph(document: Document, rulebook: Rulebook, kinds: tuple[str, ...]) -> ReadParagraph:
    """Read one application paragraph, with the terms that the built-in code defines."""
    words = with_definitions(document, vocabulary(rulebook, kinds))

    def read(text: str) -> Paragraph:
        markdown = f"## ICU Z1 A measure\n\n### Application\n\nZ1.1 {text}"
        own = parse(parse_markdown(markdown, "a.md"), Numbering(prefix="ICU"), "icu")
        assert own.placed == 1.0, "some of the paragraph found no place in the tree"
        condition, _ = read_provision(own.measures[0].application[0], own.text, words)
        return own, condition

    return read
