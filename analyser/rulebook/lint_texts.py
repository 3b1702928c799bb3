"""Texts as plain words, and whether a phrase stands in them; in time that grows with the text alone."""

import re
from functools import cached_property, lru_cache

GAP = 12  # words between the parts of a phrase with a gap, as in `analyser.exemptions.tokens`
_WORD = re.compile(r"\w+")


class PlainText:
    """A text as its words in small letters."""

    def __init__(self, text: str) -> None:
        self.words = _WORD.findall(text.lower())
        self._padded = f" {' '.join(self.words)} "

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for place, word in enumerate(self.words):
            found.setdefault(word, []).append(place)
        return found

    def holds(self, words: str) -> bool:
        """Say whether some plain words stand side by side."""
        return f" {words} " in self._padded

    def count(self, words: str) -> int:
        """Return how often some plain words stand side by side."""
        return len(self.places(words))

    def places(self, words: str) -> list[int]:
        """Return the places (in words) at which some plain words begin."""
        sought = words.split()
        if not sought:
            return []
        begins = self._places.get(sought[0], [])
        return [place for place in begins if self.words[place : place + len(sought)] == sought]


def stands(phrase: str, text: PlainText) -> bool:
    """Say whether a phrase stands in plain words; `...` in a phrase is some words between."""
    if "..." not in phrase:
        return text.holds(plain(phrase))
    ends: list[int] = []
    for number, part in enumerate(plain(part) for part in phrase.split("...")):
        length = len(part.split())
        begins = text.places(part)
        if number:
            begins = [place for place in begins if _near(place, ends)]
        ends = [place + length for place in begins]
        if not ends:
            return False
    return True


def _near(place: int, ends: list[int]) -> bool:
    """Say whether one of some ends (in order) lies before a place, and no more than a gap before it."""
    from bisect import bisect_right

    at = bisect_right(ends, place)
    return at > 0 and place - ends[at - 1] <= GAP


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Return the words of a text in small letters, one space apart."""
    return " ".join(_WORD.findall(text.lower()))
