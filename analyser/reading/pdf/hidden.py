"""Words that nobody sees on a page (invisible, white, tiny, outside it), and words that run in another
direction."""

from collections.abc import Sequence

from analyser.reading.pdf.layout import Fill, Hidden, Page, Piece, lines_of

# The direction of words that do not run along an edge of the page; 0 to 3 are quarters of a turn.
ASKEW = 4
INVISIBLE, WHITE, TINY, OUTSIDE = "invisible", "white on white", "too small to be read", "outside the page"
_DARK_BEHIND = 0.85
_LAYER = 0.8  # of the words
_PICTURE = 0.3  # of the page


def sort_out(
    page: Page, turned: dict[int, list[tuple[Piece, str]]], main: int, fills: Sequence[Fill]
) -> None:
    """Part the pieces of a page into what is read, what runs in another direction and what nobody sees.

    `turned` has the pieces by direction, each with why it is hidden; `main` is the direction of the page.
    """
    total = sum(len(piece.text) for found in turned.values() for piece, _ in found)
    unseen = sum(len(piece.text) for found in turned.values() for piece, why in found if why == INVISIBLE)
    page.pictured = _has_picture(page, fills)
    page.overlaid = page.pictured and unseen > _LAYER * total
    hidden: list[tuple[Piece, str]] = []
    for turn, found in turned.items():
        wide, high = page.width, page.height
        if turn != ASKEW and turn % 2 != main % 2:
            wide, high = high, wide
        seen: list[Piece] = []
        for piece, why in found:
            on_dark = why == WHITE and (turn != main or _is_on_dark(piece, fills))
            if on_dark or (why == INVISIBLE and page.overlaid):
                why = ""
            if not why and turn != ASKEW and _is_outside(piece, wide, high):
                why = OUTSIDE
            if why:
                hidden.append((piece, why))
            else:
                seen.append(piece)
        if turn == main:
            page.pieces = seen
        elif turn == ASKEW:
            page.aside += ["".join(piece.text for piece in seen)] if seen else []
        else:
            page.aside += [line.text for line in lines_of(seen, page.number)]
    for why in dict.fromkeys(why for _, why in hidden):
        own = [piece for piece, reason in hidden if reason == why]
        said = " ".join(line.text for line in lines_of(own, page.number))
        page.hidden.append(Hidden(said, why))


def _is_on_dark(piece: Piece, fills: Sequence[Fill]) -> bool:
    x, y = (piece.x0 + piece.x1) / 2, piece.y - 0.3 * piece.size
    return any(
        fill.light < _DARK_BEHIND and fill.x0 <= x <= fill.x1 and fill.y0 <= y <= fill.y1 for fill in fills
    )


def _is_outside(piece: Piece, wide: float, high: float) -> bool:
    return piece.x1 <= 0 or piece.x0 >= wide or piece.y <= 0 or piece.y - piece.size >= high


def _has_picture(page: Page, fills: Sequence[Fill]) -> bool:
    covered = ((fill.x1 - fill.x0) * (fill.y1 - fill.y0) for fill in fills if fill.is_picture)
    return max(covered, default=0.0) > _PICTURE * page.width * page.height
