"""Change some words of a place: substitute, insert, omit."""

import re
from dataclasses import dataclass

from analyser.amending.conflicts import Earlier
from analyser.amending.model import Amendment, CannotApply, Instruction, Verb, Why
from analyser.amending.pieces import Piece
from analyser.amending.text import Target, Text, entry_key
from analyser.model.base import Basis, weakest
from analyser.model.text import Provision
from analyser.reading.source import Attribute, BlockKind

_CLOSES = (" ", ",", ".", ";", ":", ")", "\t")
_JOINS = ("-", "/", "’", "”")
_OPENS = ("-", "/", "(", "“", "‘")


@dataclass(frozen=True, slots=True)
class Changed:
    """A text with words changed: its pieces, the number of what was changed, its words before and after."""

    pieces: tuple[Piece, ...]
    key: str
    before: str
    after: str


def change(
    text: Text, target: Target, amendment: Amendment, instruction: Instruction, earlier: Earlier
) -> Changed:
    """Return the text with the words of a place changed.

    CannotApply when the words are not there, or more than once, or are in conflict with an earlier amendment.
    """
    found = _occurrences(text, target, instruction.old)
    if not found:
        earlier.refuse_words_gone(target.key, instruction.old)
        raise CannotApply(
            Why.NOT_THERE, f"the words “{instruction.old}” are not in {instruction.place.words}"
        )
    if len(found) > 1:
        earlier.refuse_words_brought(target.key, instruction.old)
        raise CannotApply(
            Why.TWICE, f"the words “{instruction.old}” stand {len(found)} times in {instruction.place.words}"
        )
    at, start, end, own = found[0]
    piece = text.pieces[at]
    earlier.refuse_overlap(piece, start, end, _point(instruction.verb, start, end))
    words = piece.words[:own] + _changed(piece.words[own:], start - own, end - own, instruction)
    if not words[own:].strip():
        raise CannotApply(
            Why.UNFIT, f"nothing would be left of {instruction.place.words}; omit it as a whole"
        )
    key, root, basis = _around(text, target, at, start)
    pieces = list(text.pieces)
    pieces[at] = piece.model_copy(update={"words": words})
    if root is not None:
        pieces[root[0] : root[1]] = without_stale_phrases(
            text.pieces[root[0] : root[1]], pieces[root[0] : root[1]]
        )
    speaks = at if piece.kind is not BlockKind.TEXT or root is None else root[0]
    weaker = weakest((basis, amendment.basis))
    if weaker is not basis:
        name = "title" if piece.kind is BlockKind.HEADING else "text"
        pieces[speaks] = pieces[speaks].having(**{name: str(weaker)})
    pieces[at] = pieces[at].amended(amendment.revision, amendment.label)
    return Changed(tuple(pieces), key, piece.words, words)


def without_stale_phrases(before: tuple[Piece, ...], after: list[Piece]) -> list[Piece]:
    """Return the pieces of a paragraph without the marks of phrases that stood in it and no longer do."""
    return [
        piece.model_copy(
            update={
                "attributes": tuple(
                    mark for mark in piece.attributes if not _stale(mark, piece, before, after)
                )
            }
        )
        for piece in after
    ]


def _stale(mark: Attribute, piece: Piece, before: tuple[Piece, ...], after: list[Piece]) -> bool:
    phrase = (mark.get("phrase") or "").casefold()
    if not phrase:
        return False
    if mark.indent:
        stood = any(phrase in old.words.casefold() for old in before if mark in old.attributes)
        return stood and phrase not in piece.words.casefold()
    stood = any(phrase in old.words.casefold() for old in before)
    return stood and not any(phrase in new.words.casefold() for new in after)


def _occurrences(text: Text, target: Target, old: str) -> list[tuple[int, int, int, int]]:
    """Return (piece, start, end, where its own words begin) for each place at which whole words stand."""
    first = r"(?<!\w)" if old[:1].isalnum() else ""
    last = r"(?!\w)" if old[-1:].isalnum() else ""
    wanted = re.compile(first + re.escape(old) + last)
    return [
        (at, match.start(), match.end(), start)
        for at, start, end in text.regions(target)
        for match in wanted.finditer(text.pieces[at].words, start, end)
    ]


def _point(verb: Verb, start: int, end: int) -> int | None:
    """Return where new words are to stand beside the words found, None where they take their place."""
    match verb:
        case Verb.INSERT_WORDS_AFTER:
            return end
        case Verb.INSERT_WORDS_BEFORE:
            return start
        case _:
            return None


def _changed(words: str, start: int, end: int, instruction: Instruction) -> str:
    old, new = words[start:end], instruction.new
    match instruction.verb:
        case Verb.INSERT_WORDS_AFTER:
            gap = "" if new.startswith(_CLOSES) or old.endswith(" ") else " "
            return words[:end] + gap + new + words[end:]
        case Verb.INSERT_WORDS_BEFORE:
            gap = "" if old.startswith(_CLOSES) or new.endswith(" ") else " "
            return words[:start] + new + gap + words[start:]
        case Verb.SUBSTITUTE_WORDS:
            return words[:start] + new + words[end:]
        case _:
            return _closed_up(words[:start], words[end:])


def _closed_up(left: str, right: str) -> str:
    """Join what stood on both sides of words left out, with one space less."""
    if not left.strip():
        return left + right.lstrip(" ")
    if left.endswith(_OPENS):
        return left + right.removeprefix(" ")
    if not right or right.startswith((*_CLOSES, *_JOINS)):
        return left.removesuffix(" ") + right
    return left + right


def _around(text: Text, target: Target, at: int, start: int) -> tuple[str, tuple[int, int] | None, Basis]:
    """Return the number of what holds the words of a piece, the pieces of its paragraph, and how it is
    known.
    """
    block = text.source.blocks[at]
    place = block.span.start + start
    measures = text.document.measures
    if block.kind is BlockKind.ROW:
        row = next((row for row in text.document.index if row.span == block.span), None)
        return (entry_key(row.measure), None, row.basis) if row else (target.key, None, Basis.UNKNOWN)
    if block.kind is BlockKind.HEADING and target.measure:
        return target.measure.id, None, target.measure.title_basis
    paragraphs = [
        *(one for measure in measures for one in (*measure.application, *measure.recommendation)),
        *text.document.sections,
    ]
    root = next((one for one in paragraphs if one.span.start <= place < one.span.end), None)
    if root is None:
        return target.key, None, Basis.UNKNOWN
    inner = _innermost(root, place)
    return inner.number, text.pieces_of(root.span), inner.text_basis


def _innermost(provision: Provision, place: int) -> Provision:
    for item in provision.items:
        if item.span.start <= place < item.span.end:
            return _innermost(item, place)
    return provision
