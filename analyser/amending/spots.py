"""At which piece of a text something new belongs: at an end, beside its like, in the appropriate place."""

from collections.abc import Sequence

from analyser.amending.model import CannotApply, PlaceKind, Why
from analyser.amending.order import Key, by_number, by_term, following
from analyser.amending.payload import PayloadKind
from analyser.amending.pieces import Piece
from analyser.amending.text import Target, Text
from analyser.model.text import Provision
from analyser.reading.source import BlockKind


def end_of(text: Text, target: Target, kind: PayloadKind) -> int:
    """Return the piece before which `at the end of` a place is."""
    if target.place.kind in (PlaceKind.SECTION, PlaceKind.TABLE):
        own, whole = text.section(target.first)
        if kind in (PayloadKind.PART, PayloadKind.MEASURES):
            return whole
        like = BlockKind.ROW if kind is PayloadKind.ROWS else BlockKind.TEXT
        held = [at for at in range(target.first, own) if text.pieces[at].kind is like]
        if not held:
            if like is BlockKind.ROW:
                raise CannotApply(Why.UNFIT, f"{target.place.words} has no table")
            return own
        return _paragraph_end(text, held[-1]) if like is BlockKind.TEXT else held[-1] + 1
    if target.measure and target.provision is None:
        held = [at for at in range(target.first, target.last) if text.pieces[at].kind is not BlockKind.NOTE]
        return held[-1] + 1
    if kind is PayloadKind.WORDS or target.place.kind is PlaceKind.ITEM:
        return target.last
    items = [at for at in range(target.first, target.last) if text.pieces[at].kind is BlockKind.ITEM]
    return items[-1] + 1 if items else target.first + 1


def depth_of(text: Text, target: Target, within: bool) -> int | None:
    """Return the depth of items beside an item, or within a place; None where the layout shows none."""
    first, last = target.paragraph or (target.first, target.last)
    shown = [piece.depth for piece in text.pieces[first:last] if piece.kind is BlockKind.ITEM]
    if shown and shown[0] is None:
        return None
    if target.place.kind is not PlaceKind.ITEM:
        return shown[0] if shown else 1
    own = 1 if target.shared else text.pieces[target.first].depth or 1
    return own + 1 if within else own


def table_start(text: Text, at: int) -> int:
    """Return the header of the table in or after whose rows a piece lies."""
    start = at - 1 if at == len(text.pieces) or text.pieces[at].kind is not BlockKind.ROW else at
    while start > 0 and text.pieces[start - 1].kind is BlockKind.ROW:
        start -= 1
    return start


def table_end(text: Text, at: int) -> int:
    """Return the piece after the rows at a piece."""
    while at < len(text.pieces) and text.pieces[at].kind is BlockKind.ROW:
        at += 1
    return at


def _paragraph_end(text: Text, at: int) -> int:
    """Return the piece after a paragraph that a piece begins or belongs to."""
    for section in text.document.sections:
        first, last = text.pieces_of(section.span)
        if first <= at < last:
            return last
    return at + 1


def after(text: Text, target: Target, number: str) -> int:
    """Return the piece before which something new after a place stands.

    What other amendments put after the same place with a smaller number stays before it.
    """
    at = target.last
    while True:
        sibling = next((one for one in _siblings(text, target) if one[0] == at), None)
        if sibling is None or not text.pieces[at].amendments() or by_number(sibling[2]) >= by_number(number):
            return at
        at = sibling[1]


def appropriate(text: Text, target: Target | None, unit: Sequence[Piece], kind: PayloadKind) -> int:
    """Return the piece before which one measure, row or paragraph belongs.

    Measures and rows of the index go by number, definitions by term; CannotApply where the numbers needed are
    not known.
    """
    if kind is PayloadKind.MEASURES:
        return _among_measures(text, unit[0])
    if target is None:
        raise CannotApply(Why.NOT_THERE, "the place is not in the text")
    if kind is PayloadKind.ROWS:
        return _among_rows(text, target, unit[0])
    return _among_paragraphs(text, target, unit)


def _among_measures(text: Text, heading: Piece) -> int:
    opened = text.numbering.heading(heading.words)
    measures = text.document.measures
    if opened is None or not measures:
        raise CannotApply(Why.UNFIT, "the text has no measures among which it would have its place")
    next_one = following(by_number(opened[0]), measures, lambda one: by_number(one.number))
    return text.pieces_of(next_one.span)[0] if next_one else text.pieces_of(measures[-1].span)[1]


def _among_rows(text: Text, target: Target, row: Piece) -> int:
    end = end_of(text, target, PayloadKind.ROWS)
    header = text.pieces[table_start(text, end)]
    new = text.with_pieces((header, row)).document
    first, last = table_start(text, end), end
    if new.index:
        held = [one for one in text.document.index if first < text.pieces_of(one.span)[0] < last]
        next_row = following(by_number(new.index[0].measure), held, lambda one: by_number(one.measure))
        return text.pieces_of(next_row.span)[0] if next_row else end
    rows = [one for one in text.document.harm_rows if first < text.pieces_of(one.span)[0] < last]
    number = by_number(new.harm_rows[0].row) if new.harm_rows else ()
    if number and rows and all(one.row for one in rows):
        next_kind = following(number, rows, lambda one: by_number(one.row))
        return text.pieces_of(next_kind.span)[0] if next_kind else end
    near = [
        one
        for one in rows
        if one.row and by_number(one.row)[:1] == number[:1] and by_number(one.row) < number
    ]
    if not number or not near:
        raise CannotApply(
            Why.UNFIT, "its appropriate place cannot be told: the numbers of the rows are not all known"
        )
    return text.pieces_of(near[-1].span)[1]


def _among_paragraphs(text: Text, target: Target, unit: Sequence[Piece]) -> int:
    new = text.with_pieces(tuple(unit)).document
    if target.measure is None and new.definitions:
        terms = [
            (by_term(one.term), text.pieces_of(one.provision.span)[0])
            for one in text.document.definitions
            if target.first < text.pieces_of(one.provision.span)[0] < target.last
        ]
        place = _before(by_term(new.definitions[0].term), terms)
        return end_of(text, target, PayloadKind.PARAGRAPHS) if place is None else place
    start = text.numbering.paragraph_start(unit[0].words)
    number = start["number"] if start else ""
    if not number or ".u" in number:
        raise CannotApply(
            Why.UNFIT, f"its appropriate place cannot be told: the number of {number} is not known"
        )
    held = [
        (by_number(one.number), text.pieces_of(one.span)[0])
        for one in _paragraphs(text, target)
        if one.number_known
    ]
    place = _before(by_number(number), held)
    return end_of(text, target, PayloadKind.PARAGRAPHS) if place is None else place


def _before(new: Key, there: Sequence[tuple[Key, int]]) -> int | None:
    found = following(new, there, lambda one: one[0])
    return found[1] if found else None


def _paragraphs(text: Text, target: Target) -> list[Provision]:
    if target.measure:
        return [*target.measure.application, *target.measure.recommendation]
    return [one for one in text.document.sections if target.first < text.pieces_of(one.span)[0] < target.last]


def _siblings(text: Text, target: Target) -> list[tuple[int, int, str]]:
    """Return (first piece, the piece after the last, number) of what stands on one level with a place."""
    if target.provision is None:
        return [(*text.pieces_of(one.span), one.number) for one in text.document.measures]
    if target.place.kind is PlaceKind.ITEM:
        parent = target.provision.number.rpartition("(")[0]
        level = [
            item
            for root in (*(target.measure.provisions() if target.measure else ()), *text.document.sections)
            for one in root.walk()
            if one.number == parent
            for item in one.items
        ]
    elif target.measure:
        level = [*target.measure.application, *target.measure.recommendation]
    else:
        level = list(text.document.sections)
    return [(*text.pieces_of(one.span), one.number) for one in level]
