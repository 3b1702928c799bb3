"""Footnotes: their bodies at the foot of a page or column, their marks among the words."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from analyser.reading.pdf.layout import Line, Page, Piece, Rule, joined

_LABELLED = re.compile(r"^(?P<label>\d{1,3}|[*†‡§¶]{1,3})[.)]?\s+(?=\S)")
_GLUED = re.compile(r"(?P<word>[A-Za-z]{2,}[.,;:)”\"’]{0,2})(?P<label>\d{1,3})(?=$|[\s.,;:)”])")
# Set smaller than the body, or as large below a rule.
_SMALLER = 0.93


@dataclass(slots=True)
class Note:
    """A footnote: its label, the page (from 1) it begins on, and its lines without the label."""

    label: str
    page: int
    lines: list[list[Piece]] = field(default_factory=list)


@dataclass(slots=True)
class Notes:
    """All footnotes of a document; `labels` are those that have a body, by page and altogether."""

    notes: list[Note] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)
    by_page: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    raised: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))

    def is_mark(self, piece: Piece) -> bool:
        """Say whether a raised piece is the mark of a footnote that there is."""
        return piece.raised and all(part.strip() in self.labels for part in piece.text.split(","))

    def glued(self, words: str, page: int) -> list[tuple[int, int]]:
        """Return the places (start, end) of marks that are set as plain figures after a word, `content12`."""
        here = self.by_page.get(page, set()) - self.raised.get(page, set())
        if not here:
            return []
        return [match.span("label") for match in _GLUED.finditer(words) if match["label"] in here]


def take_footnotes(lines: Sequence[Line], pages: Sequence[Page], body: float) -> tuple[list[Line], Notes]:
    """Part the footnotes at the foot of pages and columns from the lines of the body."""
    rules = {page.number: page.rules for page in pages}
    found = Notes()
    kept: list[Line] = []
    for page, chunks in _by_page(lines):
        marks = {
            part.strip()
            for chunk in chunks
            for line in chunk
            for piece in line.pieces[1:]
            if piece.raised
            for part in piece.text.split(",")
        }
        if any(chunk[-1].size <= _SMALLER * body for chunk in chunks):
            words = " ".join(line.text for chunk in chunks for line in chunk)
            marks |= {match["label"] for match in _GLUED.finditer(words)}
        for place, chunk in enumerate(chunks):
            start = len(chunk)
            if not any(_is_below(other, chunk) for other in chunks[place + 1 :]):
                start = _start(chunk, rules.get(page, []), body, marks, bool(found.notes))
            kept += chunk[:start]
            _add(found, chunk[start:], marks)
    counted: list[str] = []
    for line in kept:
        for piece in line.pieces:
            if piece.raised:
                parts = [part.strip() for part in piece.text.split(",")]
                found.raised[line.page] |= set(parts)
                counted += parts
    if _count_up(counted):
        found.labels |= set(counted)
    return kept, found


def _count_up(marks: Sequence[str]) -> bool:
    """Say whether raised figures count up from 1, as the marks of notes do that stand elsewhere."""
    numbers = [int(mark) for mark in marks if mark.isdigit()]
    if len(numbers) < 2 or numbers[0] != 1:
        return False
    steps = [after - before for before, after in pairwise(numbers)]
    return sum(0 <= step <= 1 for step in steps) >= 0.8 * len(steps)


def _by_page(lines: Sequence[Line]) -> list[tuple[int, list[list[Line]]]]:
    """Return each page's lines in chunks of one column and band."""
    pages: list[tuple[int, list[list[Line]]]] = []
    for line in lines:
        if not pages or pages[-1][0] != line.page:
            pages.append((line.page, []))
        chunks = pages[-1][1]
        if chunks and chunks[-1][-1].column == line.column and chunks[-1][-1].y < line.y:
            chunks[-1].append(line)
        else:
            chunks.append([line])
    return pages


def _is_below(other: Sequence[Line], chunk: Sequence[Line]) -> bool:
    beside = other[0].column != chunk[0].column and -1 not in (other[0].column, chunk[0].column)
    return not beside and other[0].y > chunk[-1].y


def _start(chunk: Sequence[Line], rules: Sequence[Rule], body: float, marks: set[str], is_open: bool) -> int:
    """Return the place of the first line of footnotes in a column, its length where there are none."""
    small = len(chunk)
    while small > 0 and chunk[small - 1].size <= _SMALLER * body:
        small -= 1
    for place in range(len(chunk) - 1, -1, -1):
        line = chunk[place]
        above = chunk[place - 1].y if place else 0.0
        if any(_is_separator(rule, line, above) for rule in rules):
            labelled = line.first_mark or _label(line, marks)
            if labelled and all(other.size <= 1.02 * body for other in chunk[place:]):
                return place
            if is_open and place >= small and _are_plain(chunk[place:]):
                return place
        if place < small and not line.first_mark:
            break
    for place in range(small, len(chunk)):
        if chunk[place].first_mark or _label(chunk[place], marks):
            return place
    return len(chunk)


def _are_plain(lines: Sequence[Line]) -> bool:
    """Say whether lines are words that go on, and no rows of a table."""
    return all(len(line.segments(1.2 * line.size)) == 1 for line in lines)


def _is_separator(rule: Rule, line: Line, above: float) -> bool:
    """Say whether a rule stands between a line and the one above it as that over footnotes does."""
    if rule.y0 != rule.y1 or not above - 1 < rule.y0 < line.y - 0.4 * line.size:
        return False
    wide = line.right - line.left
    return abs(rule.x0 - line.left) < 6 and rule.x1 - rule.x0 < 0.9 * wide


def _label(line: Line, marks: set[str]) -> str:
    match = _LABELLED.match(line.text)
    return match["label"] if match and match["label"] in marks else ""


def _add(found: Notes, lines: Sequence[Line], marks: set[str]) -> None:
    for line in lines:
        label, pieces = line.first_mark, line.pieces[1:]
        if not label and (label := _label(line, marks)):
            pieces = _without(line.pieces, label)
        if label:
            found.notes.append(Note(label, line.page))
            found.labels.add(label)
            found.by_page[line.page].add(label)
        else:
            pieces = line.pieces
        found.notes[-1].lines.append(pieces)


def _without(pieces: Sequence[Piece], label: str) -> list[Piece]:
    """Return a line's pieces without the label it begins with."""
    words = joined(pieces)
    rest = words[len(label) :].lstrip(".) ")
    first = pieces[0]
    if len(first.text) <= len(label) + 1:
        return list(pieces[1:])
    cut = len(words) - len(rest)
    return [Piece(first.text[cut:], first.x0, first.x1, first.y, first.size, first.bold, False), *pieces[1:]]
