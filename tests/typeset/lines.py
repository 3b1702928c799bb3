"""Breaks words into lines: greedy, at spaces, at the hyphens of words and, where asked, inside words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.pdfbase.pdfmetrics import (  # type: ignore[import-untyped]
    registerFont,
    stringWidth,
)
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]

_FACES = {
    "Helvetica": ("Helvetica", "Helvetica-Bold"),
    "Times": ("Times-Roman", "Times-Bold"),
    "Vera": ("Vera", "VeraBd"),
}
# Between two vowel groups a word is broken before the last consonant: con-tent, ser-vice.
_BREAK = re.compile(r"(?<=[aeiouy])(?:[bcdfghjklmnpqrstvwxz]{0,2})(?=[bcdfghjklmnpqrstvwxz][aeiouy])")
_LETTERS = re.compile(r"[A-Za-z]+")


@dataclass(frozen=True)
class Run:
    """Characters of one font and size; `rise` lifts them above the line."""

    words: str
    font: str
    size: float
    rise: float = 0

    @property
    def width(self) -> float:
        """Return the width in points."""
        return float(stringWidth(self.words, self.font, self.size))


Word = tuple[Run, ...]
Line = list[Word]


def face(family: str, bold: bool = False) -> str:
    """Return the font of a family; the one that is embedded comes with reportlab."""
    name = _FACES[family][bold]
    if family == "Vera":
        registerFont(TTFont(name, f"{name}.ttf"))
    return name


def joined(words: str) -> str:
    """Return words with the ligatures that fonts have for fi and fl."""
    return words.replace("fi", "\ufb01").replace("fl", "\ufb02")


def width_of(word: Sequence[Run]) -> float:
    """Return the width of a word in points."""
    return sum(run.width for run in word)


def space_of(word: Sequence[Run]) -> float:
    """Return the width of the space that goes with a word."""
    return float(stringWidth(" ", word[0].font, word[0].size))


def break_lines(words: Sequence[Word], width: float, hyphenate: bool = False) -> list[Line]:
    """Return the lines of a paragraph, `width` points wide; only a word that is alone in its line is ever
    wider than it.
    """
    lines: list[Line] = [[]]
    used = 0.0
    waiting = list(reversed(words))
    while waiting:
        word = waiting.pop()
        room = width - used - (space_of(word) if lines[-1] else 0)
        if width_of(word) <= room + 0.01:
            used += width_of(word) + (space_of(word) if lines[-1] else 0)
            lines[-1].append(word)
            continue
        parts = _broken(word, room, hyphenate)
        if parts:
            lines[-1].append(parts[0])
            waiting.append(parts[1])
        elif lines[-1]:
            waiting.append(word)
        else:
            lines[-1].append(word)
        if waiting:
            lines.append([])
            used = 0.0
    return lines


def _broken(word: Word, room: float, hyphenate: bool) -> tuple[Word, Word] | None:
    """Return the two parts of a word, the first of which ends with a hyphen and fits; None if it cannot be
    broken."""
    run = word[0]
    for at in sorted(_places(run.words, hyphenate), reverse=True):
        real = run.words[at - 1] == "-"
        head = Run(run.words[:at] + ("" if real else "-"), run.font, run.size, run.rise)
        if head.width <= room:
            return (head,), (Run(run.words[at:], run.font, run.size, run.rise), *word[1:])
    return None


def _places(words: str, hyphenate: bool) -> set[int]:
    """Return where a word may be broken: after its own hyphens and, if asked, between its syllables.

    >>> sorted(_places("user-to-user", False)), sorted(_places("moderation", True))
    ([5, 8], [4, 6])
    """
    places = {match.end() for match in re.finditer(r"(?<=\w\w)-(?=\w)", words)}
    places |= {match.end() for match in re.finditer(r"(?<=-\w\w)-(?=\w)", words)}
    if hyphenate:
        for part in _LETTERS.finditer(words):
            if len(part[0]) < 7 or part[0].isupper():
                continue
            for match in _BREAK.finditer(part[0]):
                if 3 <= match.end() <= len(part[0]) - 3:
                    places.add(part.start() + match.end())
    return places
