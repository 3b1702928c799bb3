"""Put in, replace, take out and renumber whole measures, paragraphs, items, rows and sections."""

from collections.abc import Sequence

from analyser.amending.model import Amendment, CannotApply, PlaceKind, Verb, Why
from analyser.amending.payload import PayloadKind, dressed_items, dressed_rows, split_notes
from analyser.amending.pieces import Piece
from analyser.amending.spots import table_end, table_start
from analyser.amending.text import Target, Text
from analyser.amending.words import without_stale_phrases
from analyser.model.base import Basis, weakest
from analyser.parsing.tree import read_basis

_BESIDE = {
    PlaceKind.MEASURE: {PayloadKind.MEASURES},
    PlaceKind.PARAGRAPH: {PayloadKind.PARAGRAPHS},
    PlaceKind.ITEM: {PayloadKind.ITEMS},
    PlaceKind.DEFINITION: {PayloadKind.PARAGRAPHS},
    PlaceKind.ENTRY: {PayloadKind.ROWS},
    PlaceKind.SECTION: {PayloadKind.PART, PayloadKind.MEASURES},
    PlaceKind.TABLE: {PayloadKind.PART},
}
# What may be put into, beside or for a place of each kind.
FITS: dict[Verb, dict[PlaceKind, set[PayloadKind]]] = {
    Verb.INSERT_AFTER: _BESIDE,
    Verb.INSERT_BEFORE: _BESIDE,
    Verb.INSERT_AT_END: {
        PlaceKind.MEASURE: {PayloadKind.PARAGRAPHS},
        PlaceKind.PARAGRAPH: {PayloadKind.ITEMS, PayloadKind.WORDS},
        PlaceKind.ITEM: {PayloadKind.ITEMS},
        PlaceKind.DEFINITION: {PayloadKind.ITEMS, PayloadKind.WORDS},
        PlaceKind.SECTION: {PayloadKind.PARAGRAPHS, PayloadKind.ROWS, PayloadKind.PART, PayloadKind.MEASURES},
        PlaceKind.TABLE: {PayloadKind.ROWS},
    },
    Verb.INSERT_IN_PLACE: {
        PlaceKind.MEASURE: {PayloadKind.PARAGRAPHS},
        PlaceKind.SECTION: {PayloadKind.ROWS, PayloadKind.PARAGRAPHS, PayloadKind.MEASURES},
        PlaceKind.TABLE: {PayloadKind.ROWS},
    },
    Verb.SUBSTITUTE: {
        PlaceKind.MEASURE: {PayloadKind.MEASURES},
        PlaceKind.PARAGRAPH: {PayloadKind.PARAGRAPHS},
        PlaceKind.ITEM: {PayloadKind.ITEMS},
        PlaceKind.DEFINITION: {PayloadKind.PARAGRAPHS},
        PlaceKind.ENTRY: {PayloadKind.ROWS},
        PlaceKind.SECTION: {PayloadKind.PART},
        PlaceKind.TABLE: {PayloadKind.PART},
    },
}


def insert(
    text: Text, at: int, target: Target, amendment: Amendment, kind: PayloadKind, depth: int | None
) -> tuple[Piece, ...]:
    """Return the pieces of the text with the payload put in before the piece `at`.

    Notes of ours go along; where they would break a table or a paragraph they stand after it. `depth` is
    that of
    items.
    """
    body, notes = split_notes(amendment.payload)
    if kind in (PayloadKind.MEASURES, PayloadKind.PART, PayloadKind.PARAGRAPHS):
        notes = ()
        new, after = amendment.payload, at
    else:
        new = _dressed(text, at, body, amendment, kind, depth)
        after = table_end(text, at) if kind is PayloadKind.ROWS else (target.paragraph or (at, at))[1]
    pieces = (
        *text.pieces[:at],
        *marked(new, amendment),
        *text.pieces[at:after],
        *marked(notes, amendment),
        *text.pieces[after:],
    )
    if kind is not PayloadKind.WORDS or target.provision is None or target.paragraph is None:
        return pieces
    return _weakened(pieces, target.paragraph[0], target.provision.text_basis, amendment)


def substitute(text: Text, target: Target, amendment: Amendment, kind: PayloadKind) -> tuple[Piece, ...]:
    """Return the pieces of the text with the payload in the stead of a place."""
    refuse_shared(target)
    body, notes = split_notes(amendment.payload)
    if kind is PayloadKind.ITEMS:
        new = dressed_items(body, text.pieces[target.first].depth, amendment.basis)
    elif kind is PayloadKind.ROWS:
        new = dressed_rows(body, text.pieces[table_start(text, target.first)].words, amendment.basis)
    else:
        new, notes = amendment.payload, ()
    return _replaced(text, target, (*marked(new, amendment),), (*marked(notes, amendment),), amendment)


def omit(text: Text, target: Target, amendment: Amendment) -> tuple[Piece, ...]:
    """Return the pieces of the text without a place; what speaks of the whole paragraph or table stays."""
    refuse_shared(target)
    return _replaced(text, target, (), (), amendment)


def _dressed(
    text: Text, at: int, body: Sequence[Piece], amendment: Amendment, kind: PayloadKind, depth: int | None
) -> tuple[Piece, ...]:
    if kind is PayloadKind.ROWS:
        return dressed_rows(body, text.pieces[table_start(text, at)].words, amendment.basis)
    if kind is PayloadKind.ITEMS:
        return dressed_items(body, depth, amendment.basis)
    # What a tail says about itself would speak of the whole paragraph: see _weakened.
    return tuple(
        piece.model_copy(update={"attributes": tuple(one for one in piece.attributes if one.get("phrase"))})
        for piece in body
    )


def _replaced(
    text: Text, target: Target, new: tuple[Piece, ...], notes: tuple[Piece, ...], amendment: Amendment
) -> tuple[Piece, ...]:
    """Return the pieces with new ones for those of a place; an item or row leaves behind what its last line
    says
    of the whole.
    """
    gone = text.pieces[target.first : target.last]
    if target.place.kind is PlaceKind.ITEM and target.paragraph:
        return _in_paragraph(text, target, target.paragraph, new, notes, amendment)
    pieces = [*text.pieces[: target.first], *new, *notes, *text.pieces[target.last :]]
    if target.place.kind is PlaceKind.ENTRY:
        pieces = [*text.pieces[: target.first], *new, *text.pieces[target.last :]]
        end = table_end(text, target.last) - len(gone) + len(new)
        pieces[end:end] = notes
        kept = tuple(mark for piece in gone for mark in piece.attributes if mark.get("table") is not None)
        before = target.first - 1
        pieces[before] = pieces[before].model_copy(update={"attributes": (*pieces[before].attributes, *kept)})
    return tuple(pieces)


def _in_paragraph(
    text: Text,
    target: Target,
    paragraph: tuple[int, int],
    new: tuple[Piece, ...],
    notes: tuple[Piece, ...],
    amendment: Amendment,
) -> tuple[Piece, ...]:
    first, last = paragraph
    before = text.pieces[first:last]
    margin = tuple(mark for piece in text.pieces[target.first : target.last] for mark in piece.margin())
    after = [*text.pieces[first : target.first], *new, *text.pieces[target.last : last]]
    bearer = target.first - first - 1
    after[bearer] = after[bearer].model_copy(update={"attributes": (*after[bearer].attributes, *margin)})
    after = without_stale_phrases(before, after)
    if not new:
        after[0] = after[0].amended(amendment.revision, amendment.label)
    return (*text.pieces[:first], *after, *notes, *text.pieces[last:])


def _weakened(pieces: tuple[Piece, ...], root: int, basis: Basis, amendment: Amendment) -> tuple[Piece, ...]:
    """Return the pieces with a paragraph known no better than the tail put to it."""
    said = [
        read_basis(value, piece.line, amendment.name)
        for piece in amendment.payload
        if (value := piece.mark("text")) is not None
    ]
    weaker = weakest((basis, *(said or [amendment.basis])))
    if weaker is basis:
        return pieces
    return (*pieces[:root], pieces[root].having(text=str(weaker)), *pieces[root + 1 :])


def marked(pieces: Sequence[Piece], amendment: Amendment) -> tuple[Piece, ...]:
    return tuple(piece.amended(amendment.revision, amendment.label) for piece in pieces)


def refuse_shared(target: Target) -> None:
    if target.shared:
        raise CannotApply(
            Why.UNFIT,
            f"{target.place.words} begins on the line of its paragraph and cannot be taken by itself",
        )
