"""The built-in code and rules, read once for the tests of duties."""

from collections.abc import Iterator, Mapping

import pytest

from analyser import library
from analyser.applications.read import read_applications
from analyser.catalogue import read_document
from analyser.duties import DutyFindings, find
from analyser.model.logic import Atom, Condition, Not, Term, Unread
from analyser.model.text import Document
from analyser.rulebook import Rulebook


def risks(condition: Condition) -> Iterator[str]:
    """Yield the harms whose risk a condition names itself, not through a defined term (multi-risk)."""
    if isinstance(condition, Atom):
        if condition.fact.startswith("risk."):
            yield condition.fact.removeprefix("risk.")
    elif isinstance(condition, Not):
        yield from risks(condition.part)
    elif not isinstance(condition, Term | Unread):
        for part in condition.parts:
            yield from risks(part)


@pytest.fixture(scope="session")
def rulebook() -> Rulebook:
    return library.rulebook()


@pytest.fixture(scope="session")
def document() -> Document:
    return read_document(library.resolve())


@pytest.fixture(scope="session")
def harms() -> tuple[str, ...]:
    entry = library.resolve().entry
    assert entry is not None
    assert entry.kinds_of_harm is not None
    return entry.kinds_of_harm.all()


@pytest.fixture(scope="session")
def application_harms(
    document: Document, rulebook: Rulebook, harms: tuple[str, ...]
) -> Mapping[str, tuple[str, ...]]:
    counted = [harm.key for harm in rulebook.harms if harm.counts and harm.key in harms]
    found = read_applications(document, rulebook, counted)
    return {measure: tuple(sorted(set(risks(one.condition)))) for measure, one in found.items()}


@pytest.fixture(scope="session")
def findings(
    document: Document,
    rulebook: Rulebook,
    application_harms: Mapping[str, tuple[str, ...]],
    harms: tuple[str, ...],
) -> DutyFindings:
    return find(document, rulebook, application_harms, harms)
