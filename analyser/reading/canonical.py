"""Write the canonical text that every reader makes: clean words, and the blocks that point into it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from analyser.errors import InputError
from analyser.model.text import Span
from analyser.reading.source import Block, BlockKind, Mark, Media, Source

# A thousand pages have about 30,000 paragraphs, items and cells; many more are no document but an attack.
MAX_BLOCKS = 80_000

# Soft hyphens, zero-width characters, marks of writing direction and byte order: none of them is printed.
_UNPRINTED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufe00-\ufe0f\ufeff]"
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f]")
_SPACES = re.compile(r"\s+")
# White space other than one space.
_WIDE = re.compile(r"[^\S ]|  ")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "‐": "-", "‑": "-"}
)
_TYPED_MARK = re.compile(r"\[(?:foot|end)?note (\w{1,4})\]", re.IGNORECASE)
_RAISED_AFTER = re.compile(r"[a-z]{4}$|[.,;:)”’]$")
_CLOSING = re.compile(r"^[.,;:!?)\]”’]")


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote's mark among the pieces of a paragraph."""

    label: str


Piece = str | Note


def clean(words: str) -> str:
    """Return words with every run of white space as one space, and without what is not printed.

    Soft hyphens and zero-width characters go, ligatures become letters, a hyphen that may not break becomes a
    plain one; a space at either end stays.

    >>> clean("file\\u2011sharing\\u00a0ser\\u00advice")
    'file-sharing service'
    """
    if not words.isascii():
        words = _UNPRINTED.sub("", words).translate(_LIGATURES)
    elif _CONTROLS.search(words):
        words = _UNPRINTED.sub("", words)
    return _SPACES.sub(" ", words) if _WIDE.search(words) else words


@dataclass(slots=True)
class Words:
    """The words of one block as they are put together, with the places of its footnotes' marks."""

    text: str = ""
    marks: list[tuple[int, str]] = field(default_factory=list)

    @staticmethod
    def of(pieces: Iterable[Piece]) -> "Words":
        """Put pieces together: one space between words, none at the ends, and none left over by a mark."""
        parts: list[str] = []
        length, spaced, after_mark = 0, True, False
        marks: list[tuple[int, str]] = []
        for piece in pieces:
            if isinstance(piece, Note):
                marks.append((length - (1 if spaced and length else 0), piece.label))
                after_mark = True
                continue
            words = clean(piece)
            if spaced:
                words = words.removeprefix(" ")
            if not words:
                continue
            if after_mark and spaced and length and _CLOSING.match(words):
                parts[-1] = parts[-1].removesuffix(" ")
                length -= 1
            parts.append(words)
            length += len(words)
            spaced, after_mark = words.endswith(" "), False
        text = "".join(parts).rstrip()
        found = Words(text, [(min(at, len(text)), label) for at, label in marks])
        return found._without_typed_marks() if _TYPED_MARK.search(text) else found

    def _without_typed_marks(self) -> "Words":
        """Return the words with marks such as `[footnote 2]`, typed as words, taken out as marks."""
        pieces: list[Piece] = []
        for piece in self.pieces():
            parts = [piece] if isinstance(piece, Note) else _TYPED_MARK.split(piece)
            pieces += [Note(str(part)) if place % 2 else part for place, part in enumerate(parts)]
        return Words.of(pieces)

    def pieces(self) -> list[Piece]:
        """Return the words between the marks, and the marks, in order."""
        found: list[Piece] = []
        at = 0
        for place, label in self.marks:
            found += [self.text[at:place], Note(label)]
            at = place
        return [*found, self.text[at:]]

    def prefixed(self, label: str) -> "Words":
        """Return the words with a label before them, e.g. `(a)`."""
        if not self.text:
            return Words(label, [(len(label), name) for _, name in self.marks])
        return Words(f"{label} {self.text}", [(at + len(label) + 1, name) for at, name in self.marks])

    def without(self, length: int) -> "Words":
        """Return the words without their first `length` characters."""
        cut = len(self.text) - len(self.text[length:].lstrip())
        return Words(self.text[cut:], [(max(0, at - cut), name) for at, name in self.marks])


def run_on(parts: "Iterable[Words]") -> Words:
    """Return words put one after the other, with a space between."""
    return Words.of(piece for part in parts for piece in (*part.pieces(), " "))


def is_raised_mark(raised: str, before: list[Piece]) -> bool:
    """Say whether a raised number is a footnote's mark: it follows a word or a stop, as no power does.

    >>> is_raised_mark("2", ["a service"]), is_raised_mark("2", ["1 km"])
    (True, False)
    """
    words = "".join(piece for piece in before[-3:] if isinstance(piece, str)).rstrip()
    return bool(re.fullmatch(r"\s*\d{1,3}\s*", raised) and _RAISED_AFTER.search(words))


@dataclass(slots=True)
class Draft:
    """A block before it has its place in the text; a row has the words of each cell instead of its own."""

    kind: BlockKind
    words: Words
    line: int = 1
    depth: int | None = None
    page: int | None = None
    cells: tuple[Words, ...] = ()


def make_source(
    shown_as: str,
    media: Media,
    drafts: Sequence[Draft],
    *,
    file_sha256: str = "",
    pages: int | None = None,
    empty_pages: tuple[int, ...] = (),
    warnings: Sequence[str] = (),
) -> Source:
    """Return the source that drafts make: the body in order, then footnotes, then furniture.

    Items and the further rows of a table follow on the next line, all else after an empty one. Raises
    InputError when there is no text at all, or more than a document can have.
    """
    order = {BlockKind.FOOTNOTE: 1, BlockKind.FURNITURE: 2}
    kept = sorted(
        (draft for draft in drafts if draft.words.text or any(cell.text for cell in draft.cells)),
        key=lambda draft: order.get(draft.kind, 0),
    )
    if not any(draft.kind not in order for draft in kept):
        only = " but what stands around one: menus, headers, footers" if kept else ""
        raise InputError(f"The file {shown_as} holds no text{only}", fix="Give a document with words in it.")
    parts: list[str] = []
    blocks: list[Block] = []
    marks: list[Mark] = []
    length = 0
    before: BlockKind | None = None
    for draft in kept:
        is_next_row = draft.kind is BlockKind.ROW and before is BlockKind.ROW
        gap = "" if before is None else "\n" if is_next_row or draft.kind is BlockKind.ITEM else "\n\n"
        parts.append(gap)
        start = at = length + len(gap)
        cells: list[Span] = []
        for place, words in enumerate(draft.cells or (draft.words,)):
            if place:
                parts.append("\t")
                at += 1
            parts.append(words.text)
            cells.append(Span(start=at, end=at + len(words.text)))
            marks += [Mark(at=at + offset, label=label) for offset, label in words.marks]
            at += len(words.text)
        length = at
        before = draft.kind
        blocks.append(
            Block(
                kind=draft.kind,
                span=Span(start=start, end=at),
                line=draft.line,
                depth=draft.depth,
                cells=tuple(cells) if draft.cells else (),
                page=draft.page,
            )
        )
    return Source(
        path=shown_as,
        text="".join(parts) + "\n",
        blocks=tuple(blocks),
        media=media,
        file_sha256=file_sha256,
        pages=pages,
        empty_pages=empty_pages,
        marks=tuple(marks),
        warnings=tuple(warnings),
    )
