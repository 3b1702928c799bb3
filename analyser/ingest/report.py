"""What was read from a document and what was not: the report of `codegap ingest`, as rows and beside them."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from analyser.catalogue import Composed
from analyser.ingest.guess import fit_of, looks_numbered, openings_of
from analyser.ingest.sentences import headline_of, headlines_of
from analyser.model.text import Document, Provision, Span
from analyser.parsing.gaps import numbering_gaps
from analyser.parsing.numbering import Numbering
from analyser.reading.source import Source
from analyser.reporting.ingest_rows import (
    FootnoteAt,
    FurnitureOn,
    GapIn,
    IngestReport,
    IngestRow,
    MarkAt,
    NumberingUsed,
    Piece,
    ProvisionAt,
)
from analyser.revisions import RevisionRef


def ingest_rows(document: Document) -> tuple[IngestRow, ...]:
    """Return one row a measure, in the order of the text."""
    return tuple(
        IngestRow(
            measure=measure.id,
            title=measure.title,
            application=" ".join(_words(one.span, document) for one in measure.application),
            provisions=tuple(_at(one, document) for one in measure.provisions()),
        )
        for measure in document.measures
    )


def ingest_report(ref: RevisionRef, composed: Composed, numbering: Numbering) -> IngestReport:
    """Return what is said of a document beside its measures; `numbering` is the one it was read by."""
    document, source = composed.document, composed.source
    named = _Places(_own_words(document))
    measures = _Places((measure.span, measure.id) for measure in document.measures)
    index = tuple(row.measure for row in document.index)
    bodies = tuple(measure.id for measure in document.measures)
    report = IngestReport(
        headline="",
        headlines=(),
        notes=(
            *(ref.identified.notes if ref.identified else ()),
            *(f"{one.rstrip('.')}." for one in document.warnings),
        ),
        placed=document.placed,
        unplaced=tuple(_piece(span, composed, measures) for span in document.unplaced),
        media=document.media,
        sha256=document.file_sha256,
        pages=document.pages,
        empty_pages=document.empty_pages,
        code=ref.name,
        revision=ref.revision,
        title=document.title,
        numbering=_used(ref, source, numbering),
        front_matter=tuple(_piece(span, composed, measures) for span in document.front_matter),
        sections=tuple(_at(one, document) for section in document.sections for one in section.walk()),
        definitions=tuple(one.term for one in document.definitions),
        index=index,
        harm_rows=tuple(row.kind for row in document.harm_rows),
        numbering_gaps=tuple(GapIn(**gap.model_dump()) for gap in numbering_gaps(document)),
        index_without_body=tuple(one for one in dict.fromkeys(index) if one not in bodies),
        body_without_index=tuple(one for one in bodies if index and one not in index),
        footnotes=tuple(
            FootnoteAt(
                mark=note.mark,
                text=_words(note.span, document),
                page=note.page,
                provision=named.at(note.at) if note.at is not None else "",
            )
            for note in document.footnotes
        ),
        marks=tuple(MarkAt(label=mark.label, provision=named.at(mark.at)) for mark in source.marks),
        furniture=_furniture(document),
        warnings=document.warnings,
    )
    return report.model_copy(
        update={"headline": headline_of(report, document), "headlines": headlines_of(report)}
    )


def _used(ref: RevisionRef, source: Source, numbering: Numbering) -> NumberingUsed:
    if ref.identified:
        found = ref.identified
        return NumberingUsed(
            scheme=found.scheme,
            how=found.how,
            score=found.score,
            runner_up=found.runner_up,
            runner_up_score=found.runner_up_score,
        )
    openings = openings_of(source)
    explained = fit_of(openings, numbering).explained
    looks = max(looks_numbered(openings), explained, 1)
    how = "front matter" if ref.code else "default code"
    return NumberingUsed(
        scheme="code.yaml", how=how, score=round(explained / looks, 2), runner_up="", runner_up_score=0.0
    )


def _at(provision: Provision, document: Document) -> ProvisionAt:
    own = (provision.lead, *((provision.tail,) if provision.tail else ()))
    words = " … ".join(text for span in own if (text := _words(span, document)))
    return ProvisionAt(number=provision.number, text=words, page=provision.page)


def _words(span: Span, document: Document) -> str:
    return " ".join(span.of(document.text).split())


def _piece(span: Span, composed: Composed, measures: "_Places") -> Piece:
    return Piece(
        text=_words(span, composed.document), page=composed.page_of(span), measure=measures.at(span.start)
    )


class _Places:
    """Spans that do not share a character, each with a name, found by a place of the text."""

    def __init__(self, named: Iterable[tuple[Span, str]]) -> None:
        self._named = sorted(named, key=lambda one: (one[0].start, one[0].end))
        self._starts = [span.start for span, _ in self._named]

    def at(self, place: int) -> str:
        """Return the name of the span in which, or right behind which, a place lies, else nothing."""
        found = self._named[bisect_right(self._starts, place) - 1] if self._named else None
        return found[1] if found and found[0].start <= place <= found[0].end else ""


def _own_words(document: Document) -> Iterator[tuple[Span, str]]:
    """Yield the own words of every title and provision with its number."""
    provisions = [one for measure in document.measures for one in measure.provisions()]
    provisions += [one for section in document.sections for one in section.walk()]
    yield from ((measure.title_span, measure.id) for measure in document.measures)
    for one in provisions:
        yield one.lead, one.number
        if one.tail:
            yield one.tail, one.number


def _furniture(document: Document) -> tuple[FurnitureOn, ...]:
    pages: dict[str, list[int | None]] = {}
    for piece in document.furniture:
        pages.setdefault(_words(piece.span, document), []).append(piece.page)
    return tuple(
        FurnitureOn(text=words, pages=tuple(_known(found)), times=len(found))
        for words, found in pages.items()
    )


def _known(pages: Iterable[int | None]) -> Iterator[int]:
    return (page for page in pages if page is not None)
