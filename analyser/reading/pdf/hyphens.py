"""Hyphens at the end of a line: whether the word is joined, as the document's other words tell."""

import re
from collections import Counter
from collections.abc import Iterable

# What pdfium gives for a hyphen at the end of a line, and the soft hyphen.
BREAKS = "\ufffe\x02\xad"
_SIGNS = f"-‐{BREAKS}"
_WORDS = re.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
_LAST = re.compile(rf"(?P<word>[^\W\d_]+(?:[-‐‑][^\W\d_]+)*)[-{BREAKS}‐]$")
# The words that a hyphen keeps apart are at least so long where nothing else decides.
_SHORTEST = 3
# A document breaks words at its lines' ends if it does so more than half as often as at real hyphens.
_MOSTLY = 0.5
# Before these a hyphen is nearly always part of the word.
_PREFIXES = frozenset({"non", "self"})


class Hyphens:
    """The words of a document that are not broken at a line's end, and what they say of those that are."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._words: Counter[str] = Counter()
        self._parts: Counter[str] = Counter()
        pairs: list[tuple[str, str]] = []
        broken = ""
        for line in lines:
            words = _WORDS.findall(line.lower())
            if broken and words:
                pairs.append((broken, words[0]))
                words = words[1:]
            broken = words[-1] if words and line[-1] in _SIGNS else ""
            if broken:
                words = words[:-1]
            self._words.update(words)
            for word in words:
                if "-" in word:
                    parts = word.split("-")
                    self._parts.update("-".join(parts[:end]) for end in range(2, len(parts)))
        told = [self._told(left, right) for left, right in pairs]
        self._joins, self._keeps = told.count(False), told.count(True)

    def between(self, before: str, after: str) -> tuple[str, str] | None:
        """Return what a line's end becomes and what goes between it and the next line; None for no hyphen.

        The joined or the hyphenated word, whichever the document has more often, decides. Where it has
        neither: the hyphen stays after `non`, before a capital, and after a word that has a hyphen elsewhere
        (`user-` as in user-to-user). Else what the document does at its other lines' ends decides, since most
        programs never break a word; and where there are none, two words of the document are a compound.

        >>> Hyphens(["a file-sharing service"]).between("a file-", "sharing service")
        ('a file-', '')
        """
        if before[-1:] not in _SIGNS or not before:
            return None
        stem = before[:-1]
        first = _WORDS.match(after)
        last = _LAST.search(before)
        if not last or not first:
            if stem.endswith(" ") or not stem or not after[:1].isalnum():
                return f"{stem}-", " " if before[-1] == "-" else ""
            return f"{stem}-", ""
        return (f"{stem}-", "") if self._is_real(last["word"], first[0], before[-1]) else (stem, "")

    def _told(self, left: str, right: str) -> bool | None:
        """Say whether the document has a word, in small letters, with the hyphen; None for neither."""
        head = right.split("-")[0]
        with_hyphen = self._words[f"{left}-{right}"] + self._parts[f"{left}-{head}"]
        without = self._words[left + right] + (self._words[left + head] if head != right else 0)
        return None if with_hyphen == without else with_hyphen > without

    def _is_real(self, left: str, right: str, sign: str) -> bool:
        """Say whether the hyphen between two parts of a word is the word's own."""
        low_left, head = left.lower(), right.lower().split("-")[0]
        if (told := self._told(low_left, right.lower())) is not None:
            return told
        if sign == "\xad":
            return False
        if low_left in _PREFIXES:
            return True
        if "-" in left:
            last = low_left.rsplit("-", 1)[1]
            return not self._words[last + head] and self._words[last] > 0 and self._words[head] > 0
        if right[0].isupper():
            return not (left.isupper() and right.isupper())
        if self._has_word_like(low_left + right.lower(), len(left)):
            return False
        if any(word.startswith(f"{low_left}-") for word in self._words):
            return True
        if self._joins or self._keeps:
            return self._joins <= _MOSTLY * self._keeps
        return min(len(left), len(right)) >= _SHORTEST and self._words[low_left] > 0 and self._words[head] > 0

    def _has_word_like(self, word: str, cut: int) -> bool:
        """Say whether the document has another form of a word, alike beyond the place it is broken at."""
        least = max(cut + 3, len(word) - 3)
        return any(other.startswith(word[:least]) for other in self._words) if least <= len(word) else False
