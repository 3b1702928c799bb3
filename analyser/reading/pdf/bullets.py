"""Bullets of lists: glyphs, and shapes that a browser draws before the words of an item."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from analyser.reading.pdf.layout import Fill, Piece

BULLET = re.compile(r"^[•▪◦➢✓■□●○·–—](?=\s|$)")
# Those that are signs and nothing else, and so are no words of the item.
_SIGN = re.compile(r"^[•▪◦■□●○·]\s+(?=\S)")
_WHITE = 0.94


def bullet_length(words: str) -> int:
    """Return how many characters the bullet at the beginning of words takes, with the space after it.

    >>> bullet_length("• where appropriate"), bullet_length("– where appropriate")
    (2, 0)
    """
    found = _SIGN.match(words)
    return found.end() if found else 0


def add_bullets(pieces: list[Piece], dots: Sequence[Fill]) -> None:
    """Add a bullet for each small shape that stands before the first words of a line, at half their height.

    Lengths are points, `y` downwards; what stands left of the shape on the same line must be far away.
    """
    if not dots or not pieces:
        return
    own = sorted((piece for piece in pieces if not piece.raised), key=lambda piece: piece.y)
    heights = [piece.y for piece in own]
    for dot in dots:
        if dot.light > _WHITE:
            continue
        middle, wide = (dot.y0 + dot.y1) / 2, dot.x1 - dot.x0
        row = own[bisect_left(heights, middle) : bisect_left(heights, middle + 20)]
        after = [
            piece
            for piece in row
            if 0.1 * piece.size < piece.y - middle < 0.6 * piece.size
            and wide < 0.6 * piece.size
            and 0.1 * piece.size < piece.x0 - dot.x1 < 1.5 * piece.size
        ]
        if not after:
            continue
        first = min(after, key=lambda piece: piece.x0)
        beside = any(
            abs(piece.y - first.y) < 0.3 * first.size
            and piece.x0 < dot.x0
            and dot.x0 - piece.x1 < 0.8 * first.size
            for piece in row
        )
        if not beside:
            first.spaced = True
            pieces.append(Piece("•", dot.x0, dot.x1, first.y, first.size, False, True))
