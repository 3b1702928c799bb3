"""What the library holds: its codes and revisions, and the text of one of them, as rows."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from analyser import library
from analyser.amending.apply import apply
from analyser.amending.model import Done, NotApplied
from analyser.amending.pieces import AMENDED_BY
from analyser.ingest.kept import read
from analyser.ingest.schemes import numbering_from
from analyser.library import AsAt, InstrumentRef, RevisionRef
from analyser.model.base import Basis, Frozen
from analyser.model.text import Document, Provision, Span
from analyser.parsing import document as parsing
from analyser.parsing.numbering import Numbering
from analyser.reading.source import Media, Source
from analyser.reporting.rows import AsAtRow, CodeRow, ProvisionRow, TimelineRow


class Composed(Frozen):
    """A text with every instrument applied that its reference names: its source, its tree, what was done and
    what was not.
    """

    source: Source
    document: Document
    done: tuple[Done, ...] = ()
    not_applied: tuple[NotApplied, ...] = ()

    def page_of(self, span: Span) -> int | None:
        """Return the page on which words of the text begin, None where the source has no pages."""
        at = bisect_right(self.source.blocks, span.start, key=lambda block: block.span.start)
        return self.source.blocks[max(0, at - 1)].page


def read_document(ref: RevisionRef) -> Document:
    """Read and parse the text that a reference means, numbered as its code's code.yaml says (the default
    code's, if none), with its amending instruments applied.
    """
    return compose(ref).document


def compose(ref: RevisionRef) -> Composed:
    """Read the text that a reference means and apply its instruments, in their order.

    An instrument is in conflict with what others did that it was not drafted upon; what cannot be applied is
    listed. Raises InputError for a file that cannot be read.
    """
    numbering, code = numbering_of(ref), ref.code or library.code(library.DEFAULT_CODE)
    source = named(read(ref.path, ref.shown), ref)
    done: list[Done] = []
    not_applied: list[NotApplied] = []
    for instrument in ref.instruments:
        known = _drafted_upon(instrument, ref.instruments)
        strange = [one for one in done if one.amendment.revision not in known]
        applied = apply(source, _instrument(instrument), numbering, strange)
        source = applied.source
        done += applied.done
        not_applied += applied.not_applied
    if ref.instruments:
        meta = {**dict(source.meta), "revision": ref.revision}
        source = source.model_copy(update={"meta": tuple(meta.items())})
    return Composed(
        source=source,
        document=parsing.parse(
            source,
            numbering,
            code.prefix,
            Basis.OFFICIAL if ref.identified and ref.identified.official else None,
        ),
        done=tuple(done),
        not_applied=tuple(not_applied),
    )


def named(source: Source, ref: RevisionRef) -> Source:
    """Return a source with the code, revision and title that it was taken to have, where it says none."""
    if ref.identified is None:
        return source
    title = {"title": ref.code.title} if ref.code and not source.get("title") else {}
    meta = {**dict(source.meta), **title, "code": ref.name, "revision": ref.revision}
    return source.model_copy(update={"meta": tuple(meta.items())})


def _instrument(ref: InstrumentRef) -> Source:
    """Read an amending instrument; what is said of it beside its file counts as if it said so itself."""
    source = read(ref.path, ref.shown)
    if source.media is Media.MARKDOWN:
        return source
    meta = {**dict(source.meta), "revision": ref.revision, "amends": ref.amends, "instrument": "amending"}
    return source.model_copy(update={"meta": tuple(meta.items())})


def numbering_of(ref: RevisionRef) -> Numbering:
    """Return how a text numbers its measures and paragraphs: as it was found to, else as its revision or its
    code says.

    InputError where a pattern in the code.yaml is none.
    """
    if ref.identified:
        return ref.identified.numbering
    code = ref.code or library.code(library.DEFAULT_CODE)
    said: Mapping[str, Any] = {**code.numbering, **(ref.entry.numbering if ref.entry else {})}
    return numbering_from(said, f"codes/{code.code}/code.yaml")


def _drafted_upon(instrument: InstrumentRef, others: tuple[InstrumentRef, ...]) -> set[str]:
    """Return the instruments that had amended the text upon which one was drafted."""
    amends = {one.revision: one.amends for one in others}
    known: set[str] = set()
    at = instrument.amends
    while at in amends and at not in known:
        known.add(at)
        at = amends[at]
    return known


def code_rows() -> tuple[CodeRow, ...]:
    """Return one row a known revision, with what its text rests on (numbered paragraphs counted by basis)."""
    rows = []
    for code in library.codes():
        for entry in code.revisions:
            held = read_document(library.resolve(f"{code.code}@{entry.revision}")) if entry.held else None
            rows.append(
                CodeRow(
                    code=code.code,
                    revision=entry.revision,
                    status=entry.status if entry.held else f"{entry.status}, text not held",
                    issued=entry.issued,
                    in_force=entry.in_force,
                    measures=len(held.measures) if held else entry.measures or 0,
                    basis_counts=_bases(held) if held else {},
                )
            )
    return tuple(rows)


def provision_rows(composed: Composed) -> tuple[ProvisionRow, ...]:
    """Return every numbered paragraph and item of a text in its order, each with its own words only, and the
    instruments that put it there or changed it.
    """
    rows: list[ProvisionRow] = []
    document = composed.document
    for measure in document.measures:
        for part, paragraphs in (
            ("application", measure.application),
            ("recommendation", measure.recommendation),
        ):
            rows.extend(_rows(composed, paragraphs, measure.id, part))
    rows.extend(_rows(composed, document.sections, "", "definition or general"))
    return tuple(rows)


def as_at_rows(as_at: AsAt, composed: Composed) -> tuple[AsAtRow, ...]:
    """Return the text as at a date as rows: first its status, what is pending and what was not applied, then
    its provisions.
    """
    rows = [AsAtRow(kind="status", text=as_at.status)]
    rows += [AsAtRow(kind="notice", number=one.revision, text=one.says) for one in as_at.pending]
    rows += [AsAtRow(kind="not applied", text=f"{one.sentence}.") for one in composed.not_applied]
    rows += [AsAtRow(kind="provision", **row.model_dump()) for row in provision_rows(composed)]
    return tuple(rows)


_EVENTS = (
    ("published", "published"),
    ("consultation_closed", "consultation closed"),
    ("submitted", "submitted to the Secretary of State"),
    ("laid", "laid before Parliament"),
    ("issued", "issued"),
    ("in_force", "in force"),
)


def timeline_rows(name: str | None = None) -> tuple[TimelineRow, ...]:
    """Return every dated event of the revisions of a code (of all codes, if None), by date."""
    codes = library.codes() if name is None else (library.code(name),)
    rows = [
        TimelineRow(
            date=date,
            code=code.code,
            revision=entry.revision,
            event=event,
            kind=entry.kind.replace("_", " "),
            amends=entry.amends,
            held=entry.held,
        )
        for code in codes
        for entry in code.revisions
        for field, event in _EVENTS
        if (date := getattr(entry, field))
    ]
    # A sort keeps the order of codes, revisions and events within a day.
    return tuple(sorted(rows, key=lambda row: row.date))


def _rows(
    composed: Composed, paragraphs: tuple[Provision, ...], measure: str, part: str
) -> Iterator[ProvisionRow]:
    text, marked = composed.document.text, _marked(composed.source)
    for paragraph in paragraphs:
        for provision in paragraph.walk():
            spans = (provision.lead, *((provision.tail,) if provision.tail else ()))
            own = [span.of(text) for span in spans]
            yield ProvisionRow(
                number=provision.number,
                measure=measure,
                part=part,
                text=" … ".join(" ".join(words.split()) for words in own if words.strip()),
                number_basis=provision.number_basis,
                text_basis=provision.text_basis,
                amended_by=_amended_by(marked, spans),
            )


def _marked(source: Source) -> list[tuple[Span, tuple[str, ...]]]:
    """Return the blocks that instruments put there or changed, with those instruments."""
    found = []
    for block in source.blocks:
        marks = (mark.get(AMENDED_BY) for mark in block.attributes)
        if by := tuple(dict.fromkeys(revision for revision in marks if revision)):
            found.append((block.span, by))
    return found


def _amended_by(marked: list[tuple[Span, tuple[str, ...]]], spans: tuple[Span, ...]) -> tuple[str, ...]:
    """Return the instruments that put some words there or changed them."""
    by = (by for at, by in marked if any(at.start < span.end and span.start < at.end for span in spans))
    return tuple(dict.fromkeys(revision for one in by for revision in one))


def _bases(document: Document) -> dict[str, int]:
    """Count the numbered paragraphs of the measures by how their words are known."""
    counts = Counter(
        str(paragraph.text_basis)
        for measure in document.measures
        for paragraph in (*measure.application, *measure.recommendation)
    )
    return dict(sorted(counts.items()))
