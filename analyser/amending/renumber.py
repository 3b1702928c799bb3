"""Give a measure, paragraph or item another number."""

from analyser.amending.blocks import refuse_shared
from analyser.amending.model import Amendment, CannotApply, Instruction, PlaceKind, Why
from analyser.amending.pieces import Piece
from analyser.amending.text import Target, Text
from analyser.parsing.numbering import Numbering
from analyser.reading.source import BlockKind


def renumber(text: Text, target: Target, amendment: Amendment, instruction: Instruction) -> tuple[Piece, ...]:
    """Return the pieces of the text with a new number: a measure with its paragraphs, a paragraph with its
    items, or an item.

    References from elsewhere, the index among them, stay as they are: an instrument that changes them says
    so.
    """
    to = instruction.to
    if to is None or to.kind is not target.place.kind:
        raise CannotApply(Why.UNFIT, f"{target.place.words} cannot become {to.words if to else 'nothing'}")
    old, new = target.place.name, to.name
    pieces = list(text.pieces)
    if target.place.kind is PlaceKind.MEASURE:
        _renumber_measure(pieces, target, amendment, new, text.numbering)
    elif target.place.kind in (PlaceKind.PARAGRAPH, PlaceKind.ITEM):
        mark = "(" if target.place.kind is PlaceKind.ITEM else "."
        if old.rpartition(mark)[0] != new.rpartition(mark)[0]:
            raise CannotApply(Why.UNFIT, f"{to.words} would lie in another place than {target.place.words}")
        refuse_shared(target)
        label = (f"({old.rpartition('(')[2]}", f"({new.rpartition('(')[2]}") if mark == "(" else (old, new)
        pieces[target.first] = _renumbered(pieces[target.first], *label, amendment)
    else:
        raise CannotApply(Why.UNFIT, f"{target.place.words} has no number that can be changed")
    return tuple(pieces)


def _renumber_measure(
    pieces: list[Piece], target: Target, amendment: Amendment, new: str, numbering: Numbering
) -> None:
    old = target.place.name
    for at in range(target.first, target.last):
        piece = pieces[at]
        if at == target.first:
            begins = len(piece.words) - len((numbering.heading(piece.words) or ("", piece.words))[1])
            head, title = piece.words[:begins], piece.words[begins:]
            changed = piece.model_copy(update={"words": head.replace(old, new, 1) + title})
            pieces[at] = changed.amended(amendment.revision, amendment.label)
        elif piece.kind is BlockKind.TEXT:
            start = numbering.paragraph_start(piece.words)
            if start and start["owner"] == old:
                pieces[at] = _renumbered(piece, old, new, amendment)


def _renumbered(piece: Piece, old: str, new: str, amendment: Amendment) -> Piece:
    """Return a piece that begins with a new number, known as the instruction is."""
    changed = piece.model_copy(update={"words": new + piece.words.removeprefix(old)})
    return changed.having(number=str(amendment.basis)).amended(amendment.revision, amendment.label)
