"""From lines to headings, paragraphs and items.

A block goes on over lines, columns and pages until what stands before, above or at the margin of a line says
that a new one begins.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from analyser.reading.flow import Flow
from analyser.reading.labels import label_at, number_at, stands_alone
from analyser.reading.pdf.layout import Line, begins_with_number, joined
from analyser.reading.pdf.setting import Measures
from analyser.reading.pdf.tables import Row
from analyser.reading.pdf.wording import Wording

_BULLET = re.compile(r"^[•▪◦➢✓■□●○·–—](?=\s|$)")
_SENTENCE_ENDS = re.compile(r"[.:;?!][)”\"’\]]{0,2}$|;\s(?:and|or|but)$")
_FULL_STOP = re.compile(r"[.?!][)”\"’\]]{0,2}$")
_COUNTED = re.compile(r"(?P<stem>.*?)(?P<place>\d+)$")
_KNOWN = re.compile(
    r"^(?:(?:section|part|chapter|annex|appendix|schedule|table|figure)\s+(?:[A-Z]?\d{1,3}[A-Z]?|[A-Z]|[IVX]+)\b.*"
    r"|application|recommendations?|definitions|introduction|contents|glossary)$",
    re.IGNORECASE,
)
_MEASURE = re.compile(r"^(?:[A-Z]{2,5}\s+)?[A-Z]{1,3}\d{1,3}[A-Z]?[:.]?\s+[A-Z]")
_HEADING_LINES = 6
_HEADING_LENGTH = 250
_SAME = 2.6  # points
_APART = 0.8  # of the size, between a number that hangs and its words
_LONGEST_NUMBER = 10


@dataclass(slots=True)
class _Open:
    """The block that is being read."""

    lines: list[Line] = field(default_factory=list)
    is_heading: bool = False


class BlockReader:
    """Collects the blocks of a document from its lines and rows."""

    def __init__(self, body: Measures, wording: Wording) -> None:
        self._body = body
        self._wording = wording
        self._open = _Open()
        self._last_number = ""
        self._headings: list[tuple[int, tuple[float, bool]]] = []
        self._count = 0
        self.flow = Flow()

    def read(self, parts: Iterable[Line | Row]) -> None:
        """Add the blocks of all lines and rows to `flow`."""
        for part in parts:
            if isinstance(part, Row):
                self._close()
                cells = [self._wording.words(cell, part.page) for cell in part.cells]
                self._count += 1
                self.flow.row(cells, self._count, part.page)
                continue
            if not self._open.lines or not self._goes_on(part):
                self._close()
                self._open = _Open([part], self._looks_like_heading(part))
            else:
                self._open.lines.append(part)
        self._close()
        self.flow.settle()
        self._rank_headings()

    def _looks_like_heading(self, line: Line) -> bool:
        if not any(character.isalpha() for character in line.text):
            return False
        larger = line.size >= 1.07 * self._body.size
        bold = line.bold and all(
            piece.bold for piece in (line.pieces[0], line.pieces[-1]) if not piece.raised
        )
        return larger or (bold and line.size >= 0.93 * self._body.size)

    def _goes_on(self, line: Line) -> bool:
        """Say whether a line goes on with the open block."""
        block, last = self._open, self._open.lines[-1]
        looks = self._looks_like_heading(line)
        if block.is_heading:
            same = abs(line.size - last.size) < 0.05 * last.size and line.bold == last.bold
            near = line.gap is not None and line.gap <= max(1.5, self._body.leading + 0.05) * line.size
            return same and near and line.column == last.column and not _begins_heading(line.text)
        if abs(line.size - last.size) > 0.08 * last.size and not (line.gap and not self._body.is_wide(line)):
            return False
        if looks and not (
            last.pieces[-1].bold and not self._body.is_wide(line) and not _ends_sentence(last.text)
        ):
            return False
        if _label_length(line.text):
            return not self._begins_block(line, last)
        return self._flows(line, last)

    def _begins_block(self, line: Line, last: Line) -> bool:
        """Say whether a line that begins with a number or label is a new block, not a wrapped sentence."""
        if self._body.is_wide(line):
            return True
        at = self._indent(line)
        margins = self._margins()
        if len(self._open.lines) > 1 or self._text_margin(self._open.lines[0]) is not None:
            if at < max(margins) - _SAME:
                return True
        elif at > max(margins) + _SAME:
            return True
        ended = _ends_sentence(last.text)
        if line.gap is None:
            return (
                ended
                or self._follows(line.text)
                or bool(label_at(line.text)[0] and not self._is_full(last, line))
            )
        if self._body.spaced:
            return ended and not self._is_full(last, line)
        return ended or not self._is_full(last, line)

    def _follows(self, words: str) -> bool:
        """Say whether a number is the next after the last one."""
        own = number_at(self._open.lines[0].text)
        now, before = _COUNTED.match(number_at(words)), _COUNTED.match(own or self._last_number)
        if not now or not before:
            return False
        return now["stem"] == before["stem"] and int(now["place"]) == int(before["place"]) + 1

    def _flows(self, line: Line, last: Line) -> bool:
        """Say whether a line without a number goes on with the sentence or paragraph before it."""
        if stands_alone(last.text) and len(self._open.lines) == 1:
            return True
        ended = _ends_sentence(last.text)
        full = self._is_full(last, line)
        fits = self._fits(line)
        small = line.text[:1].islower()
        if line.gap is None:
            if not ended:
                return fits or small or full
            return full and fits and (bool(_FULL_STOP.search(last.text[-4:])) or small)
        if self._body.is_wide(line):
            over = line.gap / line.size - self._body.leading
            if (
                any(piece.raised for piece in line.pieces) and over <= 0.45
            ):  # a raised mark lifts its line away
                return fits and full
            return over <= 0.25 and small and fits and not ended and full
        if fits:
            return self._body.spaced or full or not ended
        return not ended and full

    def _fits(self, line: Line) -> bool:
        """Say whether a line begins where the next line of the open block can."""
        at = self._indent(line)
        first = self._open.lines[0]
        length = _label_length(first.text)
        if len(self._open.lines) == 1 and length and self._text_margin(first) is None:
            own = self._indent(first)
            return own - _SAME <= at <= own + (0.8 * length + 0.6) * first.size
        return any(abs(at - margin) <= _SAME for margin in self._margins())

    def _margins(self) -> list[float]:
        """Return where the next line of the open block can begin, from the left edge of its column."""
        lines = self._open.lines
        if len(lines) > 1:
            return [self._indent(lines[-1])]
        own = self._indent(lines[0])
        text = self._text_margin(lines[0])
        return [own] if text is None else [own, text]

    def _text_margin(self, line: Line) -> float | None:
        """Return where the words begin after a number or label that hangs, None where there is none."""
        length = _label_length(line.text)
        if not length:
            groups = line.segments(_APART * line.size)
            hangs = len(groups) > 1 and len(joined(groups[0])) <= _LONGEST_NUMBER
            return groups[1][0].x0 - line.left if hangs else None
        seen = 0
        for place, piece in enumerate(line.pieces):
            if seen >= length:
                gaps = [after.x0 - before.x1 for before, after in pairwise(line.pieces)]
                others = gaps[: place - 1] + gaps[place:]
                # In a line that is stretched all spaces are alike: the number only stands before the words.
                return None if any(gap > 0.8 * gaps[place - 1] for gap in others) else piece.x0 - line.left
            seen += len(piece.text)
        return None

    def _indent(self, line: Line) -> float:
        return line.x0 - line.left

    def _is_full(self, last: Line, line: Line) -> bool:
        """Say whether the first word of a line would not have fitted on the line before."""
        first = line.pieces[0]
        word = first.text.split(" ", 1)[0]
        wide = (first.x1 - first.x0) * len(word) / max(1, len(first.text))
        if word == first.text and len(line.pieces) > 1 and line.pieces[1].raised:
            wide += line.pieces[1].x1 - line.pieces[1].x0
        return last.right - last.x1 < wide + 0.7 * last.size

    def _close(self) -> None:
        """Make a block of the open lines."""
        lines = self._open.lines
        if not lines:
            return
        first = lines[0]
        words = self._wording.words([line.pieces for line in lines], first.page)
        self._count += 1
        if self._open.is_heading and self._is_heading(words.text, lines):
            before = len(self.flow.drafts)
            self.flow.heading(words, self._count, 1, first.page)
            if len(self.flow.drafts) > before:
                self._headings.append((len(self.flow.drafts) - 1, (first.size, first.bold)))
        elif len(lines) <= 2 and _is_plain_heading(words.text) and not self._body_goes_beside(first):
            self.flow.heading(words, self._count, 1, first.page)
            self._headings.append((len(self.flow.drafts) - 1, (first.size, first.bold)))
        else:
            is_item = bool(_BULLET.match(words.text))
            self._last_number = number_at(words.text) or self._last_number
            self.flow.words(words, self._count, is_item=is_item, page=first.page)
        self._open = _Open()

    def _body_goes_beside(self, line: Line) -> bool:
        return line.gap is not None and not self._body.is_wide(line)

    def _is_heading(self, words: str, lines: Sequence[Line]) -> bool:
        if len(words) > _HEADING_LENGTH or len(lines) > _HEADING_LINES:
            return False
        return not re.search(r"[.;,]$", words) or lines[0].size >= 1.15 * self._body.size

    def _rank_headings(self) -> None:
        """Give headings their depth: the largest is 1, those of the body's size in bold the deepest."""
        looks: list[tuple[float, bool]] = []
        for _, look in sorted(self._headings, key=lambda one: (-one[1][0], not one[1][1])):
            if not looks or looks[-1][0] - look[0] > 0.04 * look[0] or looks[-1][1] != look[1]:
                looks.append(look)
        ranks: dict[tuple[float, bool], int] = defaultdict(lambda: len(looks))
        ranks.update((look, rank) for rank, look in enumerate(looks, start=1))
        for place, look in self._headings:
            near = min(looks, key=lambda other: (abs(other[0] - look[0]), other[1] != look[1]))
            self.flow.drafts[place].depth = min(6, ranks[near])


def _ends_sentence(words: str) -> bool:
    return bool(_SENTENCE_ENDS.search(words[-8:]))


def _label_length(words: str) -> int:
    return begins_with_number(words) or label_at(words)[1] or (1 if _BULLET.match(words) else 0)


def _begins_heading(words: str) -> bool:
    return bool(_KNOWN.match(words) or _MEASURE.match(words))


def _is_plain_heading(words: str) -> bool:
    """Say whether words that are set as the body is are a heading all the same, by how they begin."""
    return len(words) < 130 and not re.search(r"[.;:,]$", words) and bool(_KNOWN.match(words))
