"""What a page is made of: pieces of words, the lines they stand in, and what is drawn beside them.

Lengths are points; `x` grows to the right and `y` downwards, from the corner where reading begins (a page
whose words run sideways is turned first); `y` is that of the baseline.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from analyser.reading.labels import number_at

# What can be a footnote's mark: figures, signs, one letter.
_MARK = re.compile(r"(?:\d{1,3}(?:,\s?\d{1,3})*|[*†‡§¶#]{1,3}|[a-z])$")
# The number of a paragraph of a section, as statutes have it: s.21.2A.
_SECTIONED = re.compile(r"[A-Za-z]{1,4}\.\d{1,3}[A-Z]?(?:\.[a-z]?\d{1,3}[A-Z]{0,2})+(?=[.:]?(?:\s|$))")
# A page full of notes has a hundred marks; one with far more has something else.
_MOST_MARKS = 1_000


@dataclass(slots=True)
class Piece:
    """Words of one style that stand together on one baseline; `spaced` says that a space goes before them."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    spaced: bool
    raised: bool = False

    @property
    def can_be_mark(self) -> bool:
        """Say whether the words can be the mark of a footnote."""
        return bool(_MARK.match(self.text))


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin line: from `x0` to `x1` at `y0` = `y1`, or upright from `y0` to `y1` at `x0` = `x1`."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled rectangle or a picture; `light` is how bright it is, 0 (black) to 1 (white)."""

    x0: float
    y0: float
    x1: float
    y1: float
    light: float
    is_picture: bool = False


@dataclass(frozen=True, slots=True)
class Hidden:
    """Words that nobody sees on the page, and why."""

    text: str
    why: str


@dataclass(slots=True)
class Line:
    """One line of a column, or across the columns (`column` -1).

    `left` and `right` are the edges of its column; `gap` the distance from the line above it in the same
    column (None for the first). `text` leaves out raised marks.
    """

    page: int
    pieces: list[Piece]
    column: int = 0
    left: float = 0.0
    right: float = 0.0
    gap: float | None = None
    y: float = 0.0
    x0: float = 0.0
    x1: float = 0.0
    size: float = 0.0
    bold: bool = False
    text: str = ""

    def __post_init__(self) -> None:
        self.pieces.sort(key=lambda piece: piece.x0)
        own = [piece for piece in self.pieces if not piece.raised] or self.pieces
        longest = max(own, key=lambda piece: len(piece.text))
        self.y = longest.y
        self.size = longest.size
        self.x0, self.x1 = self.pieces[0].x0, max(piece.x1 for piece in self.pieces)
        bold = sum(len(piece.text) for piece in own if piece.bold)
        self.bold = bold > 0.8 * sum(len(piece.text) for piece in own)
        self.text = joined(own)

    def segments(self, least: float) -> list[list[Piece]]:
        """Return the pieces in groups that stand at least `least` apart."""
        groups: list[list[Piece]] = []
        end = 0.0
        for piece in self.pieces:
            if groups and piece.x0 - end < least:
                groups[-1].append(piece)
            else:
                groups.append([piece])
            end = piece.x1
        return groups

    @property
    def first_mark(self) -> str:
        """Return the raised mark that the line begins with, or an empty string."""
        return self.pieces[0].text if self.pieces[0].raised else ""


@dataclass(slots=True)
class Page:
    """One page: its number from 1, its size as it is read, its words and what is drawn.

    `aside` are words that run in another direction than the page's; `pictured` says that a picture covers
    much of it, `overlaid` that the words are an invisible layer over one, as text recognition makes it.
    `unmapped` counts the characters whose font does not say which letters they are.
    """

    number: int
    width: float
    height: float
    pieces: list[Piece] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)
    pictured: bool = False
    overlaid: bool = False
    unmapped: int = 0


def joined(pieces: Sequence[Piece]) -> str:
    """Return the words of pieces in a line, a space where one stands or there is room for one."""
    parts: list[str] = []
    end: float | None = None
    for piece in pieces:
        if end is not None and is_apart(piece, end):
            parts.append(" ")
        parts.append(piece.text)
        end = piece.x1
    return "".join(parts)


def is_apart(piece: Piece, end: float) -> bool:
    """Say whether a space goes between a piece and what ends at `end` before it."""
    return piece.spaced or not -0.5 * piece.size < piece.x0 - end < 0.22 * piece.size


def lines_of(pieces: Sequence[Piece], page: int) -> list[Line]:
    """Return pieces as lines from the top, those on (nearly) one baseline together."""
    rows: list[list[Piece]] = []
    at = size = 0.0
    for piece in sorted(pieces, key=lambda piece: piece.y):
        if rows and piece.y - at <= 0.22 * min(size, piece.size) + 0.3:
            rows[-1].append(piece)
        else:
            rows.append([piece])
            at, size = piece.y, piece.size
    return [Line(page, row) for row in rows]


def raise_marks(pieces: list[Piece]) -> None:
    """Find the pieces that are smaller than a word they touch and stand above its baseline, and set them on
    the line of that word, as raised."""
    small = [piece for piece in pieces if len(piece.text) <= 8 and piece.can_be_mark]
    if not 0 < len(small) <= _MOST_MARKS:
        return
    by_y = sorted(pieces, key=lambda piece: piece.y)
    heights = [piece.y for piece in by_y]
    for mark in small:
        start = bisect_left(heights, mark.y + 0.05 * mark.size)
        for host in by_y[start:]:
            if host.y > mark.y + 1.4 * mark.size:
                break
            rise = host.y - mark.y
            if host.raised or not (
                mark.size < 0.86 * host.size and 0.1 * host.size < rise < 0.75 * host.size
            ):
                continue
            follows = -0.3 * host.size < mark.x0 - host.x1 < 0.35 * host.size
            leads = -0.3 * host.size < host.x0 - mark.x1 < 0.7 * host.size
            if follows or leads:
                mark.y, mark.raised = host.y, True
                break


def begins_with_number(words: str) -> int:
    """Return the length of the paragraph's number that words begin with, 0 for none.

    >>> begins_with_number("C9.1 This"), begins_with_number("s.21.2A The"), begins_with_number("10 years")
    (4, 7, 0)
    """
    found = _SECTIONED.match(words)
    return len(number_at(words)) or (found.end() if found else 0)
