"""Sources built by hand, as a reader of a PDF would make them."""

from collections.abc import Iterable

from analyser.model.text import Document, Span
from analyser.parsing.document import parse
from analyser.parsing.numbering import Numbering
from analyser.reading.canonical import Draft, Words, make_source
from analyser.reading.source import BlockKind, Media, Source

ICU = Numbering(prefix="ICU")


def heading(words: str, depth: int = 2, page: int | None = 1) -> Draft:
    return Draft(BlockKind.HEADING, Words(words), depth=depth, page=page)


def text(words: str, page: int | None = 1, marks: Iterable[tuple[int, str]] = ()) -> Draft:
    return Draft(BlockKind.TEXT, Words(words, list(marks)), page=page)


def item(words: str, depth: int | None = None, page: int | None = 1) -> Draft:
    return Draft(BlockKind.ITEM, Words(words), depth=depth, page=page)


def row(*cells: str, page: int | None = 1) -> Draft:
    return Draft(BlockKind.ROW, Words(), page=page, cells=tuple(map(Words, cells)))


def footnote(words: str, page: int | None = 1) -> Draft:
    return Draft(BlockKind.FOOTNOTE, Words(words), page=page)


def furniture(words: str, page: int | None = 1) -> Draft:
    return Draft(BlockKind.FURNITURE, Words(words), page=page)


def source_of(*drafts: Draft, media: Media = Media.PDF) -> Source:
    return make_source("a.pdf", media, drafts, file_sha256="0" * 64, pages=9)


def read(*drafts: Draft, numbering: Numbering = ICU, media: Media = Media.PDF) -> Document:
    return parse(source_of(*drafts, media=media), numbering, "icu")


def words_of(spans: Iterable[Span], document: Document) -> list[str]:
    return [span.of(document.text) for span in spans]


def nodes_of(document: Document) -> list[Span]:
    """Return every outermost node of a document, and what has none."""
    held = [*document.headings, *document.front_matter, *document.unplaced]
    held += [provision.span for provision in document.sections]
    held += [
        one.span for measure in document.measures for one in (*measure.application, *measure.recommendation)
    ]
    held += [one.span for one in document.notes] + [one.span for one in document.footnotes]
    held += [one.span for one in document.furniture] + [one.span for one in document.index]
    return [*held, *(one.span for one in document.harm_rows)]
