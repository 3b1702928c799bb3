"""Notes listed at the end of a document, for marks that have no footnote on their page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from analyser.reading.labels import number_at
from analyser.reading.pdf.layout import GLUED, LABELLED, Line

_HEADING = re.compile(r"^(?:(?:end|foot)?notes?|references|notes and references)\W*$", re.IGNORECASE)
_SAME = 3.0  # points
_NEAR = 1.6  # times the size


@dataclass(frozen=True, slots=True)
class Listed:
    """Where a list of notes stands among the lines, its labels, and those that are glued to words."""

    start: int
    end: int
    labels: set[str]
    glued: set[str]


def endnotes(lines: Sequence[Line], known: set[str], body: float) -> Listed | None:
    """Return the list of notes at the end of the document, None where there is none.

    It has each number that is raised after a word without a footnote (not in `known`), counting up from the
    first, and no more. Where a heading (“Notes”) stands over it, figures glued to words (`feasible1`) are
    marks as well.
    """
    marks, last = _raised(lines, known)
    heading = max(
        (place for place, line in enumerate(lines) if _HEADING.match(line.text.strip())), default=None
    )
    glued: list[int] = []
    if heading is not None and heading >= last:
        found = (match["label"] for line in lines[:heading] for match in GLUED.finditer(line.text))
        listed = {_label(line, body) for line in lines[heading + 1 :]}
        glued = [int(label) for label in found if label not in known and int(label) in listed]
        last = heading
    for extra in (glued, []):
        wanted = sorted({*marks, *extra})
        if not wanted or wanted != list(range(wanted[0], wanted[-1] + 1)):
            continue
        if starts := _starts(lines, last, wanted, body):
            return Listed(
                starts[0], _end(lines, starts), {str(one) for one in wanted}, {str(one) for one in extra}
            )
    return None


def _raised(lines: Sequence[Line], known: set[str]) -> tuple[list[int], int]:
    """Return the raised figures after words that have no footnote, and the last line that has one."""
    found: list[int] = []
    last = -1
    for place, line in enumerate(lines):
        for before, piece in pairwise(line.pieces):
            if piece.raised and before.text[-1:].isalpha() | (before.text[-1:] in ".,;:)”’"):
                own = [part.strip() for part in piece.text.split(",")]
                figures = [int(part) for part in own if part.isdigit() and part not in known]
                if figures:
                    found += figures
                    last = place
    return found, last


def _starts(lines: Sequence[Line], last: int, wanted: Sequence[int], body: float) -> list[int]:
    """Return where each note begins, from the last upwards; nothing where one is not there or one follows."""
    starts: list[int] = []
    at = len(lines)
    left = [*wanted, wanted[-1] + 1]
    labels = {place: _label(lines[place], body) for place in range(last + 1, len(lines))}
    if left.pop() in labels.values():
        return []
    while left:
        at = max((place for place, label in labels.items() if place < at and label == left[-1]), default=-1)
        if at < 0:
            return []
        starts.append(at)
        left.pop()
    starts.reverse()
    between = lines[starts[0] : starts[-1]]
    return [] if any(line.bold or number_at(line.text) for line in between) else starts


def _label(line: Line, body: float) -> int:
    """Return the figure that a line begins with as a note does, 0 for none."""
    if line.bold or line.size > 1.02 * body:
        return 0
    match = LABELLED.match(line.text)
    label = line.first_mark or (match["label"] if match else "")
    return int(label) if label.isdigit() else 0


def _end(lines: Sequence[Line], starts: Sequence[int]) -> int:
    """Return the place after the last line of the last note."""
    first = lines[starts[-1]]
    end = starts[-1] + 1
    while end < len(lines):
        line = lines[end]
        near = line.gap is not None and line.gap <= _NEAR * line.size and line.page == first.page
        if not near or line.bold or line.x0 < first.x0 - _SAME or number_at(line.text):
            break
        end += 1
    return end
