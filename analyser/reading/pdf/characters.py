"""From pdfium's characters to pieces of words with their place, size and weight, one page at a time.

Asking pdfium for each character would take most of the time: the page's text comes in one call, and only the
first and the last character of a word, and the first of each text object, are asked for their place and look.
"""

import re
from collections.abc import Iterator
from ctypes import (
    CFUNCTYPE,
    POINTER,
    byref,
    c_double,
    c_float,
    c_int,
    c_uint,
    c_ushort,
    c_void_p,
    cast,
    create_string_buffer,
)
from typing import Any, NamedTuple

from analyser.errors import InputError
from analyser.reading.pdf.drawings import Drawings
from analyser.reading.pdf.handles import address
from analyser.reading.pdf.hidden import ASKEW, INVISIBLE, TINY, WHITE, sort_out
from analyser.reading.pdf.layout import Page, Piece, raise_marks
from analyser.reading.pdf.turning import moved_fill, moved_rule, mover

# A page set solid in small type has about 10,000 characters.
MAX_CHARACTERS = 200_000

# Figures and signs apart from letters, since a footnote's mark is glued to its word. The three characters are
# what stands for a hyphen at the end of a line.
_TOKEN = re.compile(
    "[*†‡]+|\\d+[\ufffe\x02\xad]?|[^\\s\\d*†‡\ufffe\x02\xad]+[\ufffe\x02\xad]?|[\ufffe\x02\xad]"
)
_LINE = re.compile(r"\S(?:[^\r\n]*\S)?")
_SPACE = re.compile(r"\s")
_UNMAPPED = re.compile("[\x00\ufffd\ue000-\uf8ff\uffff]")
# Bullets as symbol fonts have them, in the private part of Unicode.
_BULLETS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "➢", "\uf0fc": "✓", "\uf0a8": "◦"})
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)
_FORCED_BOLD = 1 << 18
_WHITE = 0.94
_SMALLEST = 1.2  # points; less cannot be read on paper
_SPLIT = 0.42  # of the size: a gap that may part cells or columns
_CLEAR = 13  # of 255: less is as good as not there
_INVISIBLE, _FILLED_AND_STROKED, _CLIPPING = 3, 2, 7
_STROKED = (1, 2, 5, 6)


class _Look(NamedTuple):
    """What all characters of a text object share: turn is 0 to 3 quarters, or 4 for askew."""

    size: float
    bold: bool
    turn: int
    x: float
    y: float
    why_hidden: str

    @property
    def style(self) -> tuple[float, bool, int, str]:
        """Return all but the place."""
        return self.size, self.bold, self.turn, self.why_hidden


class CharacterReader:
    """Reads pages of one document after another, with the same buffers and bound functions."""

    def __init__(self, shown_as: str) -> None:
        import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

        self._pdfium = pdfium
        self._shown_as = shown_as
        self._drawings = Drawings()
        self._units = (c_ushort * 16_384)()
        self._box = (c_float * 4)()
        self._matrix = (c_float * 6)()
        self._colour = (c_uint * 4)()
        self._colours = [byref(self._colour, 4 * place) for place in range(4)]
        self._loose_box = _bound(pdfium.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, POINTER(c_float))
        self._object_at = _bound(pdfium.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
        self._is_made = _bound(pdfium.FPDFText_IsGenerated, c_int, c_void_p, c_int)
        self._size_at = _bound(pdfium.FPDFText_GetFontSize, c_double, c_void_p, c_int)
        self._matrix_at = _bound(pdfium.FPDFText_GetMatrix, c_int, c_void_p, c_int, POINTER(c_float))
        self._colour_of = _bound(pdfium.FPDFPageObj_GetFillColor, c_int, c_void_p, *[c_void_p] * 4)
        self._font_of = _bound(pdfium.FPDFTextObj_GetFont, c_void_p, c_void_p)
        self._mode_of = _bound(pdfium.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)
        self._fonts: dict[int, bool] = {}
        self._looks: dict[object, _Look] = {}

    def read(self, page: Any, text: Any, number: int) -> Page:
        """Return a page's pieces, rules and hidden words; `number` counts from 1.

        Raises InputError for a page with more than 200,000 characters.
        """
        words = self._words(text, number)
        left, bottom, right, top = self._edges(page)
        self._fonts.clear()
        self._looks.clear()
        turned = self._pieces(address(text), words, (left, bottom, right, top))
        counts = {turn: sum(len(piece.text) for piece, _ in found) for turn, found in turned.items()}
        main = max((turn for turn in counts if turn != ASKEW), key=lambda turn: counts[turn], default=0)
        sideways = main % 2 == 1
        wide, high = right - left, top - bottom
        made = Page(number, high if sideways else wide, wide if sideways else high)
        rules, fills = self._drawings.of(page)
        move = mover(main, left, bottom, right, top)
        made.rules = [moved_rule(rule, move) for rule in rules]
        made.unmapped = len(_UNMAPPED.findall(words))
        sort_out(made, turned, main, [moved_fill(fill, move) for fill in fills])
        raise_marks(made.pieces)
        return made

    def _words(self, text: Any, number: int) -> str:
        """Return the text of a page, so that each place in it is that of a character."""
        pdfium = self._pdfium
        count = pdfium.FPDFText_CountChars(text)
        if count > MAX_CHARACTERS:
            raise InputError(
                f"Page {number} has {count:,} characters; at most {MAX_CHARACTERS:,} a page are read",
                place=f"{self._shown_as}, page {number}",
                fix="Give the code alone, as it was published.",
            )
        if count <= 0:
            return ""
        if count >= len(self._units):
            self._units = (c_ushort * (count + 1024))()
        taken = pdfium.FPDFText_GetText(text, 0, count, self._units)
        units = bytes(memoryview(self._units).cast("B")[: max(0, taken - 1) * 2])
        words = units.decode("utf-16-le", "replace")
        if len(words) != count:
            points = (pdfium.FPDFText_GetUnicode(text, place) for place in range(count))
            hyphen = pdfium.FPDFText_IsHyphen
            words = "".join(
                "\ufffe" if point == 2 and hyphen(text, place) == 1 else chr(min(point, 0x10FFFF))
                for place, point in enumerate(points)
            )
        return words.translate(_BULLETS) if _UNMAPPED.search(words) else words

    def _edges(self, page: Any) -> tuple[float, float, float, float]:
        box = self._pdfium.FS_RECTF()
        if not self._pdfium.FPDF_GetPageBoundingBox(page, byref(box)):
            return 0.0, 0.0, 595.0, 842.0
        return (
            min(box.left, box.right),
            min(box.top, box.bottom),
            max(box.left, box.right),
            max(box.top, box.bottom),
        )

    def _pieces(
        self, text: int, words: str, edges: tuple[float, float, float, float]
    ) -> dict[int, list[tuple[Piece, str]]]:
        """Return the pieces by the direction they run in, each with why it is hidden (mostly empty)."""
        loose_box, object_at, box = self._loose_box, self._object_at, self._box
        looks: dict[int | None, _Look] = {}
        movers = {turn: mover(turn % 4, *edges) for turn in range(5)}
        left, top = edges[0], edges[3]
        turned: dict[int, list[tuple[Piece, str]]] = {}
        piece: Piece | None = None
        before: _Look | None = None
        end = 0
        for start, stop in self._parts(text, words):
            waiting = (
                [(start, stop)]
                if stop > 0
                else [_span(match) for match in _TOKEN.finditer(words, start, -stop)]
            )
            waiting.reverse()
            while waiting:
                first, after = waiting.pop()
                loose_box(text, first, box)
                x0, y1, x1, y0 = box
                if after - first > 1:
                    loose_box(text, after - 1, box)
                    last_x0, last_y1, last_x1, last_y0 = box
                    if last_y0 == y0 and last_y1 == y1:
                        x1 = last_x1
                    elif last_x0 == x0 and last_x1 == x1:
                        y0, y1 = min(y0, last_y0), max(y1, last_y1)
                    else:
                        waiting += self._halves(text, first, after)
                        continue
                held = object_at(text, first)
                look = looks.get(held)
                if look is None:
                    look = looks[held] = self._look(text, first, held, y0, y1)
                if look.turn:
                    move = movers[look.turn]
                    x0, x1 = sorted((move(x0, y0)[0], move(x1, y1)[0]))
                    y = move(look.x, look.y)[1]
                else:
                    x0, x1, y = x0 - left, x1 - left, top - look.y
                spaced = first > end or not end
                end = after
                if piece and before and (before is look or before.style == look.style):
                    gap = x0 - piece.x1
                    if -0.4 < piece.y - y < 0.4 and -0.5 * look.size < gap < _SPLIT * look.size:
                        apart = spaced or gap > 0.22 * look.size
                        piece.text += (" " if apart else "") + words[first:after]
                        piece.x1 = x1
                        continue
                piece = Piece(words[first:after], x0, x1, y, look.size, look.bold, spaced)
                before = look
                turned.setdefault(look.turn, []).append((piece, look.why_hidden))
        return turned

    def _parts(self, text: int, words: str) -> Iterator[tuple[int, int]]:
        """Yield where each line of pdfium's text begins and ends; the end is negative where words have to be
        looked at one by one.

        A line is taken as a whole if it is one text object, its spaces are characters of the file and nothing
        jumps at the first of them, where a number or label stands before its words.
        """
        for match in _LINE.finditer(words):
            start, stop = match.span()
            line = match[0]
            whole = len(line) > 24 and self._object_at(text, start) == self._object_at(text, stop - 1)
            if whole and (whole := "\ufffe" not in line and "\x02" not in line and "  " not in line):
                spaces = [start + found.start() for found in _SPACE.finditer(line)]
                made = self._is_made
                whole = not any(made(text, place) for place in spaces)
                whole = whole and not any(self._jumps(text, place) for place in spaces[:2])
            yield start, stop if whole else -stop

    def _jumps(self, text: int, space: int) -> bool:
        """Say whether the word after a space stands further on than the space is wide."""
        box = self._box
        self._loose_box(text, space, box)
        right, size = box[2], abs(box[1] - box[3])
        self._loose_box(text, space + 1, box)
        return not abs(box[0] - right) < 0.2 * size

    def _halves(self, text: int, first: int, after: int) -> list[tuple[int, int]]:
        """Return a word in parts, the last first, parted where the height of its characters changes."""
        own = self._box
        heights = []
        for place in range(first, after):
            self._loose_box(text, place, own)
            heights.append((own[1], own[3]))
        changes = (place for place in range(1, after - first) if heights[place] != heights[place - 1])
        cuts = [first, *(first + place for place in changes)]
        if len(cuts) == 1:  # set askew: every character for itself
            cuts = list(range(first, after))
        return list(zip(cuts, [*cuts[1:], after], strict=True))[::-1]

    def _look(self, text: int, place: int, held: int | None, y0: float, y1: float) -> _Look:
        """Return how the characters of a text object look; `y0` and `y1` are the edges of its first one.

        Upright objects of one font and colour with the same edges have the same size and baseline.
        """
        mode, font, colour = 0, 0, (0, 0, 0, 255)
        if held:
            mode, font = self._mode_of(held), self._font_of(held)
            if self._colour_of(held, *self._colours):
                colour = tuple(self._colour)
        key = (font, mode, colour, y0, y1)
        if known := self._looks.get(key):
            return known
        matrix = self._matrix
        self._matrix_at(text, place, matrix)
        a, b, c, d, x, y = matrix
        size = self._size_at(text, place) * (c * c + d * d) ** 0.5
        straight = 0.03 * (abs(a) + abs(b))
        turn = (
            (0 if a > 0 else 2)
            if abs(b) <= straight
            else (1 if b > 0 else 3)
            if abs(a) <= straight
            else ASKEW
        )
        why = ""
        if size < _SMALLEST:
            why = TINY
        elif mode in (_INVISIBLE, _CLIPPING) or colour[3] < _CLEAR:
            why = INVISIBLE
        elif sum(colour[:3]) > 765 * _WHITE and mode not in _STROKED:
            why = WHITE
        look = _Look(size, self._is_bold(font) or mode == _FILLED_AND_STROKED, turn, x, y, why)
        if not turn and held:
            self._looks[key] = look
        return look

    def _is_bold(self, font: int) -> bool:
        pdfium = self._pdfium
        if not font:
            return False
        if (known := self._fonts.get(font)) is not None:
            return known
        handle = cast(font, pdfium.FPDF_FONT)
        name = create_string_buffer(256)
        pdfium.FPDFFont_GetBaseFontName(handle, name, 256)
        flags = pdfium.FPDFFont_GetFlags(handle)
        named = name.value.decode("latin-1")
        bold = (
            bool(_BOLD.search(named)) or flags & _FORCED_BOLD > 0 or pdfium.FPDFFont_GetWeight(handle) >= 600
        )
        self._fonts[font] = bold
        return bold


def _span(match: re.Match[str]) -> tuple[int, int]:
    return match.span()


def _bound(function: Any, result: Any, *arguments: Any) -> Any:
    """Return a function of pdfium with plain addresses as handles, which is quicker to call."""
    found = cast(function, c_void_p).value
    return CFUNCTYPE(result, *arguments)(found or 0)
