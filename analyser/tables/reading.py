"""What of a document of one's own was not read: words without a place, and applications not understood."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from analyser.applications.read import Application
from analyser.coverage.study import NOT_SEEN, Study
from analyser.model.base import Frozen, State
from analyser.model.text import Document, Span
from analyser.reporting.ingest_rows import NotUnderstood
from analyser.reporting.labels import listed
from analyser.reporting.rows import MatrixRow

PageOf = Callable[[Span], int | None]
_PIECES = 3
_SHOWN = 100


class Unplaced(Frozen):
    """How many pieces of a text have no place, the share (0 to 1) of characters that has one, and the first
    pieces in quotation marks with their pages.
    """

    pieces: int
    placed: float
    first: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """All of it, and what it means, in sentences."""
        return (
            f"Of the text, {self.short}. No finding rests on these words, and a duty or an exemption among "
            "them is not told (codegap ingest shows them all)."
        )

    @property
    def short(self) -> str:
        """The count, the share and the first pieces: "1 piece (5.4 % of ...) has no place: page 2: “...”"."""
        many = "1 piece" if self.pieces == 1 else f"{self.pieces:,} pieces"
        verb = "has" if self.pieces == 1 else "have"
        rest = "" if self.pieces <= len(self.first) else f" and {self.pieces - len(self.first):,} more"
        lost = max(1 - self.placed, 0.001)
        share = f"{lost:.1%}".replace("%", " %")
        return (
            f"{many} ({share} of the printed characters) {verb} no place in the structure: "
            f"{'; '.join(self.first)}{rest}"
        )


def unplaced_of(document: Document, page_of: PageOf) -> Unplaced | None:
    """Return what of a document has no place, None where everything has one."""
    if not document.unplaced:
        return None
    first = tuple(_piece(span, document, page_of) for span in document.unplaced[:_PIECES])
    return Unplaced(pieces=len(document.unplaced), placed=document.placed, first=first)


def not_understood(
    document: Document, applications: Mapping[str, Application], page_of: PageOf
) -> tuple[NotUnderstood, ...]:
    """Return the measures whose application holds words that could not be read, in the order of the text;
    paragraphs that say that they were not seen are left out.
    """
    found = []
    for measure in document.measures:
        application = applications[measure.id]
        held = " ".join(application.span.of(document.text).split())
        if not application.unread or NOT_SEEN in held:
            continue
        found.append(
            NotUnderstood(
                measure=measure.id,
                words=tuple(dict.fromkeys(application.unread)),
                application=held,
                page=page_of(application.span),
            )
        )
    return tuple(found)


def understood_words(one: NotUnderstood) -> str:
    """Say which words of an application were not read: `Standard 4 (page 2): “standard” in “This ...”`."""
    where = f" (page {one.page})" if one.page else ""
    words = listed(f"“{word}”" for word in one.words)
    return f"{one.measure}{where}: {words} in “{_short(one.application).rstrip('.')}”"


def unknown_for(study: Study, rows: Iterable[MatrixRow], measures: Collection[str]) -> tuple[MatrixRow, ...]:
    """Return the cells whose state is not known and that a duty of one of some measures serves."""
    reached = {
        (reach.function.value, reach.harm)
        for duty in study.duties
        if duty.measure in measures
        for reach in duty.reaches
    }
    return tuple(row for row in rows if row.state == State.UNKNOWN and (row.function, row.harm) in reached)


def not_known_words(cells: int, found: Sequence[NotUnderstood]) -> str:
    """Say how many cells are not known because applications were not understood, and the first of them."""
    if not found:
        return ""
    state = "cell is" if cells == 1 else "cells are"
    names = listed(one.measure for one in found[:_PIECES])
    more = f" and {len(found) - _PIECES:,} more" if len(found) > _PIECES else ""
    return (
        f"{cells:,} {state} not known, because it was not understood to whom {names}{more} "
        f"{'applies' if len(found) == 1 else 'apply'}: {understood_words(found[0])}."
    )


def _piece(span: Span, document: Document, page_of: PageOf) -> str:
    page = page_of(span)
    return f"{f'page {page}: ' if page else ''}“{_short(' '.join(span.of(document.text).split()))}”"


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN].rsplit(' ', 1)[0]} …"
