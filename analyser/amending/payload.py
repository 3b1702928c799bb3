"""What an amendment puts in: of which kind it is, which numbers it brings, and how it is dressed for its
place.
"""

from collections.abc import Sequence
from enum import StrEnum

from analyser.amending.model import Amendment, CannotApply, Verb, Why
from analyser.amending.pieces import Piece, default_basis, indented
from analyser.amending.text import Target, Text
from analyser.errors import InputError
from analyser.model.base import Basis
from analyser.parsing.numbering import Numbering, item_label
from analyser.reading.source import BlockKind


class PayloadKind(StrEnum):
    """What a payload is made of, as its first line shows."""

    MEASURES = "a measure"
    PART = "a section or table"
    PARAGRAPHS = "a numbered paragraph"
    ITEMS = "an item"
    ROWS = "a row of a table"
    WORDS = "words without a number"


def kind_of(amendment: Amendment, numbering: Numbering) -> PayloadKind:
    """Return of which kind a payload is; CannotApply when there is none, or it mixes kinds."""
    body = [piece for piece in amendment.payload if piece.kind is not BlockKind.NOTE]
    if not body:
        raise CannotApply(Why.UNFIT, "there is no text below it to put in")
    first = _kind(body[0], numbering)
    if first in (PayloadKind.MEASURES, PayloadKind.PART):
        return first
    kinds = {_kind(piece, numbering) for piece in body}
    # A paragraph brings items and a tail; nothing else brings anything of another kind.
    allowed = {first, PayloadKind.ITEMS, PayloadKind.WORDS} if first is PayloadKind.PARAGRAPHS else {first}
    if kinds - allowed:
        others = " and ".join(sorted(kind.value for kind in kinds - allowed))
        raise CannotApply(Why.UNFIT, f"the text below it begins with {first.value} and goes on with {others}")
    return first


def split_notes(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return the text of a payload and our notes beside it."""
    text = tuple(piece for piece in pieces if piece.kind is not BlockKind.NOTE)
    return text, tuple(piece for piece in pieces if piece.kind is BlockKind.NOTE)


def dressed_items(pieces: Sequence[Piece], depth: int | None, basis: Basis) -> tuple[Piece, ...]:
    """Return items at the depth of their new place (None where layout shows none), each saying how it is
    known.

    What stands at the margin speaks of every item at the top; what is not said is taken from the instruction,
    since an item must not borrow how the paragraph around it is known.
    """
    top = min((piece.depth or 1) for piece in pieces)
    margin = [mark for piece in pieces for mark in piece.margin()]
    said = tuple(indented(mark) for mark in margin if mark.get("phrase") is None)
    out = []
    for piece in pieces:
        outermost = (piece.depth or 1) == top
        own = tuple(mark for mark in piece.attributes if mark.indent)
        phrases = tuple(
            indented(mark)
            for mark in margin
            if (phrase := mark.get("phrase")) is not None and phrase.casefold() in piece.words.casefold()
        )
        item = piece.model_copy(
            update={
                "kind": BlockKind.ITEM,
                "depth": None if depth is None else depth + (piece.depth or 1) - top,
                "attributes": (*own, *(said if outermost else ()), *phrases),
            }
        )
        out.append(default_basis(item, Basis.UNKNOWN, basis) if outermost else item)
    return tuple(out)


def dressed_rows(pieces: Sequence[Piece], header: str, basis: Basis) -> tuple[Piece, ...]:
    """Return the rows without a repeated header; a mark on the last speaks of them all, of them alone."""
    rows = [piece for piece in pieces if piece.words.casefold() != header.casefold()]
    marks = [mark for piece in pieces for mark in piece.attributes if mark.get("table") is not None]
    said = next((value for mark in marks if (value := mark.get("text"))), str(basis))
    out = []
    for piece in rows:
        own = tuple(mark for mark in piece.attributes if mark.get("table") is None)
        row = piece.model_copy(update={"attributes": own})
        out.append(row if row.mark("text") is not None else row.having(text=said))
    return tuple(out)


def _kind(piece: Piece, numbering: Numbering) -> PayloadKind:
    match piece.kind:
        case BlockKind.HEADING:
            return PayloadKind.MEASURES if numbering.heading(piece.words) else PayloadKind.PART
        case BlockKind.ROW:
            return PayloadKind.ROWS
        case BlockKind.ITEM:
            return PayloadKind.ITEMS
        case _ if numbering.paragraph_start(piece.words):
            return PayloadKind.PARAGRAPHS
        case _ if item_label(piece.words):
            return PayloadKind.ITEMS
        case _:
            return PayloadKind.WORDS


def brought(text: Text, target: Target | None, amendment: Amendment, kind: PayloadKind) -> tuple[str, ...]:
    """Return the numbers and names that a payload brings into a text, its first one first.

    CannotApply when the payload cannot be read, such as one that holds a number twice.
    """
    body, _ = split_notes(amendment.payload)
    match kind:
        case PayloadKind.WORDS:
            return ()
        case PayloadKind.ITEMS:
            verb = amendment.instruction.verb if amendment.instruction else None
            key = target.key if target else ""
            parent = key if verb is Verb.INSERT_AT_END else key.rpartition("(")[0]
            top = min((piece.depth or 1) for piece in body)
            outer = (item_label(piece.words) for piece in body if (piece.depth or 1) == top)
            return tuple(f"{parent}({label['label']})" for label in outer if label)
        case PayloadKind.ROWS if target:
            header = header_of(text, target)
            rows = dressed_rows(body, header.words, amendment.basis)
            return tuple(text.with_pieces((header, *rows)).entries)
        case _:
            try:
                return tuple(text.with_pieces(amendment.payload).names)
            except InputError as problem:
                raise CannotApply(
                    Why.UNFIT, f"the text below it cannot be read: {problem.cause}"
                ) from problem


def header_of(text: Text, target: Target) -> Piece:
    """Return the header of the table in which a place lies, or which lies in it."""
    within = range(target.first, target.last)
    row = next((at for at in within if text.pieces[at].kind is BlockKind.ROW), None)
    if row is None:
        raise CannotApply(Why.UNFIT, f"{target.place.words} has no table")
    while row > 0 and text.pieces[row - 1].kind is BlockKind.ROW:
        row -= 1
    return text.pieces[row]


def units(
    text: Text, target: Target | None, amendment: Amendment, kind: PayloadKind
) -> list[tuple[Piece, ...]]:
    """Return the measures, rows or paragraphs of a payload one by one, each with what belongs to it.

    A header repeated from the table is left out; notes before the first one go with it.
    """
    header = header_of(text, target).words if kind is PayloadKind.ROWS and target else None
    parts: list[list[Piece]] = [[]]
    for piece in amendment.payload:
        if header is not None and piece.words.casefold() == header.casefold():
            continue
        opens = piece.kind is not BlockKind.NOTE and _kind(piece, text.numbering) is kind
        if opens and any(one.kind is not BlockKind.NOTE for one in parts[-1]):
            parts.append([])
        parts[-1].append(piece)
    return [tuple(part) for part in parts]
