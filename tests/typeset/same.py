"""Compares what two files of one code say: the tree, and what is judged from it, without places and bases."""

import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from analyser import library
from analyser.catalogue import numbering_of
from analyser.coverage.study import Study
from analyser.library import RevisionRef
from analyser.model.text import Document, Provision, Span
from analyser.parsing.document import parse
from analyser.reading.markdown import parse_markdown
from analyser.reading.open import read
from analyser.reading.source import BlockKind, Media, Source

from .content import Content

_PLACE = re.compile(r"Span\(start=\d+, end=\d+\)")
_RESTATED = re.compile(r"(?m)^(# .*?)\s*\(restated\)$")
Fact = tuple[str, str]


def bare(markdown: str) -> str:
    """Return a code's Markdown as a publisher would print it: without our notes, marks and the word
    "(restated)".
    """
    kept = (line for line in markdown.splitlines() if not re.match(r"\s*(?:>|\{:)", line))
    return _RESTATED.sub(r"\1", "\n".join(kept) + "\n")


def document_of(source: Source, ref: RevisionRef) -> Document:
    """Return the tree of a source that is the text `ref` means, however it was printed."""
    assert ref.code is not None
    meta = (("code", ref.code.code), ("revision", ref.revision))
    return parse(source.model_copy(update={"meta": meta}), numbering_of(ref), ref.code.prefix)


def document_of_markdown(
    markdown: str, ref: RevisionRef | None = None, media: Media = Media.MARKDOWN
) -> Document:
    """Return the tree that a file of a code must give; None is the built-in code.

    With another `media` the words are taken for the publisher's own, as those of such a file are.
    """
    source = parse_markdown(bare(markdown), "code.md").model_copy(update={"media": media})
    return document_of(source, ref or library.resolve())


def read_document(path: Path, ref: RevisionRef | None = None) -> tuple[Source, Document]:
    """Read a typeset file of a code and return its source and its tree; None is the built-in code."""
    source = read(path, path.name)
    return source, document_of(source, ref or library.resolve())


def facts(document: Document) -> Iterator[Fact]:
    """Yield all that a tree says, in the order of the text: what it is (`measure`, `lead C9.1(a)`) and its
    words.
    """
    text = document.text
    yield "title", document.title
    for measure in document.measures:
        yield f"measure {measure.id}", measure.title
        for part, paragraphs in (("application", measure.application), ("rec", measure.recommendation)):
            for paragraph in paragraphs:
                yield from _provision(paragraph, text, f"{measure.id} {part}")
    for paragraph in document.sections:
        yield from _provision(paragraph, text, "section")
    for definition in document.definitions:
        yield f"definition in {definition.provision.number}", definition.term
        yield f"meaning in {definition.provision.number}", _words(definition.meaning, text)
    for row in document.index:
        yield f"index {row.measure}", f"{row.title} | {row.application}"
    for harm in document.harm_rows:
        yield f"harm {harm.row}", harm.kind


def _provision(provision: Provision, text: str, where: str) -> Iterator[Fact]:
    yield f"{where} lead {provision.number}", _words(provision.lead, text)
    for item in provision.items:
        yield from _provision(item, text, where)
    if provision.tail:
        yield f"{where} tail {provision.number}", _words(provision.tail, text)


def _words(span: Span, text: str) -> str:
    """Return the words of a place; between an item's words and what follows no kind of space matters."""
    return " ".join(span.of(text).split())


def differences(expected: Document, got: Document) -> list[str]:
    """Return what is said differently, one sentence a difference, first that of the first place.

    Where one word is the same but not all, the words around the first difference are shown.
    """
    found = []
    for want, have in zip_longest(facts(expected), facts(got), fillvalue=("nothing", "")):
        if want != have:
            at = _first_difference(want[1], have[1]) if want[0] == have[0] else 0
            start = max(0, at - 40)
            shown = [("… " if start else "") + words[start : at + 80] for words in (want[1], have[1])]
            found.append(f"expected {want[0]}: {shown[0]!r}; read {have[0]}: {shown[1]!r}")
    return found


def _first_difference(one: str, other: str) -> int:
    """Return the first place at which two texts differ."""
    pairs = zip_longest(one, other)
    return next((place for place, (left, right) in enumerate(pairs) if left != right), 0)


def footnote_differences(made: Content, source: Source) -> list[str]:
    """Return which footnotes are not set apart, and which marks are not where they stood, as sentences."""
    notes = made.footnotes
    said = [
        re.sub(r"^\[?\d+[\].]?\s+", "", block.span.of(source.text))
        for block in source.blocks
        if block.kind is BlockKind.FOOTNOTE
    ]
    found = [
        f"expected the footnote {want!r}; read {have!r}"
        for want, have in zip_longest([note.words for note in notes], said)
        if want != have
    ]
    marked = [(note, piece.words[: note.at]) for piece in made.pieces for note in piece.notes]
    for pair, mark in zip_longest(marked, source.marks):
        before = " ".join(source.text[: mark.at].split()) if mark else ""
        if pair is None or mark is None:
            found.append(f"expected the mark {pair and pair[0].number}; read {mark and mark.label}")
        elif mark.label != str(pair[0].number) or not before.endswith(pair[1]):
            found.append(
                f"expected the mark {pair[0].number} after {pair[1][-40:]!r}; read after {before[-40:]!r}"
            )
    return found


def applications(study: Study) -> dict[str, str]:
    """Return the condition of every measure's application, without places."""
    return {measure: _PLACE.sub("", repr(found.condition)) for measure, found in study.applications.items()}


def exemptions(study: Study) -> list[tuple[object, ...]]:
    """Return every exemption with its words, where it stands, what it does and the duties it cuts."""
    return [
        (one.provision, one.quote, one.kind, one.effect, one.level, one.duties, one.rule, one.nature)
        for one in study.exemptions
    ]


def unplaced_words(document: Document) -> list[str]:
    """Return the words of each block that no node of the tree holds."""
    return [span.of(document.text) for span in document.unplaced]
