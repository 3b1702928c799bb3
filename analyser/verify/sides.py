"""The two sides of a check, our restatement and the official file, read in the same way."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from analyser.analysis import Analysis, revision_of
from analyser.applications.conditions import every
from analyser.applications.read import Application, read_provision, with_definitions
from analyser.applications.vocabulary import Vocabulary, vocabulary
from analyser.catalogue import compose, numbering_of
from analyser.compare.labels import labels_of_both
from analyser.compare.similarity import Likeness
from analyser.coverage.study import Study
from analyser.errors import InputError
from analyser.logic.evaluate import unread
from analyser.model.base import Nature, weakest
from analyser.model.exemption import Exemption
from analyser.model.logic import TRUE
from analyser.model.text import Document, Measure, Provision, Span
from analyser.parsing import document as parsing
from analyser.reading.source import Source
from analyser.reporting.labels import Labels

if TYPE_CHECKING:
    from analyser.library import RevisionRef
    from analyser.rulebook.models import Rulebook

_NOT_SEEN = re.compile(r"not seen", re.IGNORECASE)
_ONLY_NOT_SEEN = re.compile(r"^\W*(?:\([a-zA-Z]+\)\s*)?\[not seen[^\]]*\]\W*$", re.IGNORECASE)


@dataclass(frozen=True)
class Side:
    """One side: its source and tree, and what was read from it."""

    source: Source
    document: Document
    study: Study

    def words(self, span: Span) -> str:
        """Return the words of a range in one line."""
        return " ".join(span.of(self.document.text).split())

    def whole(self, provision: Provision) -> str:
        """Return all words of a provision, its items included, without its number."""
        return self.words(Span(start=provision.lead.start, end=provision.span.end))

    def own(self, provision: Provision) -> str:
        """Return the provision's own words: before its first item and after its last."""
        tail = f" {self.words(provision.tail)}" if provision.tail else ""
        return f"{self.words(provision.lead)}{tail}".strip()

    def seen(self, provision: Provision) -> bool:
        """Say whether any words of a provision are held."""
        words = self.whole(provision)
        return bool(words) and not _ONLY_NOT_SEEN.match(words)

    def measure(self, name: str) -> Measure | None:
        """Return a measure by its id."""
        return self._measures.get(name)

    def paragraphs(self, measure: Measure | None) -> tuple[Provision, ...]:
        """Return the paragraphs of a measure, or those outside the measures for None."""
        return (*measure.application, *measure.recommendation) if measure else self.document.sections

    def exemptions_in(self, provision: Provision) -> list[Exemption]:
        """Return the qualifiers that the rules find in a paragraph, in the order of the text."""
        found = [
            one
            for one in self.study.exemptions
            if one.nature is not Nature.APPLICATION and provision.span.holds(one.span)
        ]
        return sorted(found, key=lambda one: (one.span.start, one.span.end, one.id))

    @cached_property
    def _measures(self) -> Mapping[str, Measure]:
        return {measure.id: measure for measure in self.document.measures}


@dataclass(frozen=True)
class Sides:
    """Our restatement beside the official file, with what both are read by."""

    ours: Side
    official: Side
    likeness: Likeness
    words: Vocabulary
    labels: Labels

    @cached_property
    def applications(self) -> tuple[dict[str, Application], dict[str, Application]]:
        """To whom the measures of each side apply, every defined term meaning the same on both."""
        return _applications(self.ours.document, self.words), _applications(
            self.official.document, self.words
        )


def open_sides(ref: "RevisionRef", path: Path, shown: str, rulebook: "Rulebook") -> Sides:
    """Read our text of a revision and an official file, and analyse both.

    Raises InputError when either cannot be read, and when the file holds no measure of that code's numbering.
    """
    from analyser.ingest.kept import read
    from analyser.library import DEFAULT_CODE, code

    composed = compose(ref)
    numbering = numbering_of(ref)
    source = read(path, shown)
    prefix = (ref.code or code(DEFAULT_CODE)).prefix
    document = parsing.parse(source, numbering, prefix)
    if not document.measures:
        raise InputError(
            f"no measure was found in {shown} that is numbered as those of {ref.name}@{ref.revision} are",
            fix=(
                "Look at what is found in it with `codegap ingest`, or name the revision that it is the "
                "text of."
            ),
        )
    revision = revision_of(ref, rulebook, composed.document)
    read_as = [Analysis(one, revision, rulebook) for one in (composed.document, document)]
    ours = Side(composed.source, composed.document, read_as[0].study)
    official = Side(source, document, read_as[1].study)
    kinds = [harm for harm in revision.harms if harm in revision.counting]
    # A term that both define means on both sides what it means in ours: else one definition that differs
    # would show as a disagreement of every measure that uses it. Definitions are compared by themselves.
    words = with_definitions(ours.document, with_definitions(document, vocabulary(rulebook, kinds)))
    texts = [text for side in (ours, official) for text in _texts(side)]
    labels = labels_of_both(read_as[0], read_as[1], (ours.study, official.study))
    return Sides(ours, official, Likeness(texts), words, labels)


def name_of(measure: Measure | None, provision: Provision) -> str:
    """Return how outputs name a provision: `ICU C2.2`, outside measures its bare number."""
    return f"{measure.id.removesuffix(measure.number)}{provision.number}" if measure else provision.number


def is_unseen(words: str) -> bool:
    """Say whether some words say of themselves that they were not seen."""
    return bool(_NOT_SEEN.search(words))


def _texts(side: Side) -> Iterator[str]:
    for measure in (*side.document.measures, None):
        for paragraph in side.paragraphs(measure):
            for provision in paragraph.walk():
                yield side.whole(provision)


def _applications(document: Document, words: Vocabulary) -> dict[str, Application]:
    found = {}
    for measure in document.measures:
        readings = [read_provision(paragraph, document.text, words) for paragraph in measure.application]
        condition = every(*(reading for reading, _ in readings)) if readings else TRUE
        places = [paragraph.span for paragraph in measure.application] or [measure.span]
        found[measure.id] = Application(
            measure=measure.id,
            condition=condition,
            provisions=tuple(paragraph.number for paragraph in measure.application),
            span=Span(start=places[0].start, end=places[-1].end),
            unread=tuple(part.words for part in unread(condition)),
            further=any(further for _, further in readings),
            basis=weakest(item.text_basis for paragraph in measure.application for item in paragraph.walk()),
        )
    return found
