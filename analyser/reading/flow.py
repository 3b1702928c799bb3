"""Collect the blocks of a document in reading order, numbers and labels before their words."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from analyser.errors import InputError
from analyser.reading.canonical import MAX_BLOCKS, Draft, Note, Piece, Words
from analyser.reading.labels import label_at, number_at, stands_alone
from analyser.reading.source import BlockKind

# Stands among the pieces of a block where a line was broken by hand.
BREAK = "\x1e"
# A longer run of words in bold is no heading.
_MAX_TITLE = 200


@dataclass(slots=True)
class Flow:
    """The blocks of a document so far; `last` is the last of the text itself.

    A number or label that stands alone, in a cell, a column or an element of its own, waits for the words
    that follow and goes before them.
    """

    shown_as: str = ""
    drafts: list[Draft] = field(default_factory=list)
    size: int = 0
    last: Draft | None = None
    _waiting: Draft | None = None

    @property
    def is_waiting(self) -> bool:
        """Say whether a number or label waits for its words."""
        return self._waiting is not None

    def words(
        self,
        words: Words,
        line: int,
        *,
        depth: int | None = None,
        is_item: bool = False,
        page: int | None = None,
    ) -> Draft | None:
        """Add a paragraph or, where it has a label or its layout says so, an item; return its block.

        None is returned while words wait for those that follow, and for no words.
        """
        if not words.text:
            return None
        if self._waiting:
            words = _joined(self._waiting.words, words)
            line, page = self._waiting.line, self._waiting.page
            is_item, depth = is_item or self._waiting.kind is BlockKind.ITEM, depth or self._waiting.depth
            self._waiting = None
        if alone := stands_alone(words.text, is_item):
            kind = BlockKind.ITEM if is_item else BlockKind.TEXT
            self._waiting = Draft(kind, Words(alone, words.marks), line, depth, page)
            return None
        if number := number_at(words.text):
            rest = words.text[len(number) :]
            if rest[0] in ".:":
                words = words.without(len(number) + 1).prefixed(number)
            return self._add(Draft(BlockKind.TEXT, words, line, None, page))
        label, length = label_at(words.text, is_item)
        if label:
            words = words.without(length).prefixed(label)
        kind = BlockKind.ITEM if label or is_item else BlockKind.TEXT
        return self._add(Draft(kind, words, line, depth, page))

    def heading(self, words: Words, line: int, depth: int, page: int | None = None) -> None:
        """Add a heading; one that is only a paragraph's number waits for the paragraph."""
        if number_at(words.text) and stands_alone(words.text):
            self.words(words, line, page=page)
        elif words.text:
            self.settle()
            self._add(Draft(BlockKind.HEADING, words, line, depth, page))

    def row(self, cells: Sequence[Words], line: int, page: int | None = None) -> None:
        """Add a row of a table."""
        if any(cell.text for cell in cells):
            self.settle()
            self._add(Draft(BlockKind.ROW, Words(), line, None, page, tuple(cells)))

    def apart(self, kind: BlockKind, words: Words, line: int, page: int | None = None) -> None:
        """Add a footnote or furniture, which breaks nothing: what waits goes on waiting."""
        if words.text:
            self.count()
            self.drafts.append(Draft(kind, words, line, None, page))

    def wait(self, words: Words, line: int) -> None:
        """Let words stand before those that follow, e.g. a defined term with its number."""
        self.settle()
        if words.text:
            self._waiting = Draft(BlockKind.TEXT, words, line)

    def count(self, blocks: int = 1) -> None:
        """Count blocks and cells; raises InputError once there are more than a document can have."""
        self.size += blocks
        if self.size > MAX_BLOCKS:
            raise InputError(
                f"The file {self.shown_as} has more than {MAX_BLOCKS:,} paragraphs and cells",
                fix="Give the code alone, without what is bound together with it.",
            )

    def settle(self) -> None:
        """Give what still waits a paragraph of its own."""
        if self._waiting:
            self._add(self._waiting)
            self._waiting = None

    def _add(self, draft: Draft) -> Draft:
        self.count(len(draft.cells) or 1)
        self.drafts.append(draft)
        self.last = draft
        return draft


def continued(draft: Draft, words: Words) -> None:
    """Let a block go on with more words, after a space."""
    draft.words = _joined(draft.words, words)


def _joined(before: Words, after: Words) -> Words:
    place = len(before.text) + 1
    marks = [*before.marks, *((at + place, label) for at, label in after.marks)]
    return Words(f"{before.text} {after.text}", marks)


def parts_at_breaks(pieces: list[Piece]) -> list[list[Piece]]:
    """Part a block at its line breaks where a number or label, or an empty line, follows one."""
    segments: list[list[Piece]] = [[]]
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece == BREAK:
            lines.append([])
        else:
            lines[-1].append(piece)
    blank = False
    for line in lines:
        words = Words.of(line).text
        if not words and not any(isinstance(piece, Note) for piece in line):
            blank = True
            continue
        if segments[-1] and (blank or number_at(words) or label_at(words)[0]):
            segments.append([])
        segments[-1] += [" ", *line] if segments[-1] else line
        blank = False
    return segments


def is_title(words: str) -> bool:
    """Say whether the words of a paragraph in bold are a heading's: few, and not ending like a sentence."""
    return (
        len(words) <= _MAX_TITLE
        and words[0].isupper()
        and words[-1] not in ".;:,"
        and not number_at(words)
        and not label_at(words)[0]
    )
