"""Put the words of a block together from its lines: hyphens at their ends, marks of footnotes."""

import re
from collections.abc import Sequence

from analyser.reading.canonical import Note as MarkedNote
from analyser.reading.canonical import Piece as Word
from analyser.reading.canonical import Words
from analyser.reading.pdf.footnotes import Notes
from analyser.reading.pdf.hyphens import Hyphens
from analyser.reading.pdf.layout import Piece, is_apart


class Wording:
    """Makes words of lines, with what the whole document tells of its hyphens and footnotes."""

    def __init__(self, hyphens: Hyphens, notes: Notes) -> None:
        self._hyphens = hyphens
        self._notes = notes

    def words(self, lines: Sequence[Sequence[Piece]], page: int) -> Words:
        """Return the words of lines put together, their hyphens settled and marks of footnotes taken out."""
        out: list[Word] = []
        for pieces in lines:
            own = self._line(pieces, page)
            before = out[-1] if out and isinstance(out[-1], str) else None
            after = next((word for word in own if isinstance(word, str)), "")
            joint = self._hyphens.between(before, after) if before is not None else None
            if joint:
                out[-1], gap = joint
                out += [gap] if gap else []
            elif out and not (before and re.search(r"\S/$", before)):
                out.append(" ")
            out += own
        return Words.of(
            word if isinstance(word, MarkedNote) else re.sub("[\ufffe\x02]", "-", word) for word in out
        )

    def _line(self, pieces: Sequence[Piece], page: int) -> list[Word]:
        """Return the words of one line, with marks of footnotes between them."""
        out: list[Word] = []
        text = ""
        end: float | None = None
        for piece in pieces:
            apart = end is not None and is_apart(piece, end)
            end = piece.x1
            if self._notes.is_mark(piece):
                out += [text] if text else []
                out += [MarkedNote(label.strip()) for label in piece.text.split(",")]
                text = ""
                continue
            text += (" " if apart else "") + piece.text
        for place, word in enumerate([*out, text]):
            if isinstance(word, str) and (places := self._notes.glued(word, page)):
                return self._parted([*out, text], place, places)
        return [*out, text] if text else out

    def _parted(self, words: list[Word], place: int, marks: list[tuple[int, int]]) -> list[Word]:
        """Return words with the glued marks of one of them taken out."""
        word = words[place]
        assert isinstance(word, str)
        parts: list[Word] = []
        at = 0
        for start, end in marks:
            parts += [word[at:start], MarkedNote(word[start:end])]
            at = end
        return [*words[:place], *parts, *([word[at:]] if word[at:] else []), *words[place + 1 :]]
