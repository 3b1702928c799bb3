"""How alike two texts are: by their words weighed by rarity, and by RapidFuzz on the words in order."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_ENDING = re.compile(r"(?:ing|ed|es|s|ly)$")
_SHORTEST_STEM = 4
_OF_RARITY = 0.65

Features = dict[str, float]


def words(text: str) -> list[str]:
    """Return the words of a text in lower case.

    >>> words("Take down (swiftly), the provider's content.")
    ['take', 'down', 'swiftly', 'the', "provider's", 'content']
    """
    return _WORD.findall(text.lower())


def plain(text: str) -> str:
    """Return a text by which two wordings are the same: its words and nothing else."""
    return " ".join(words(text))


class Likeness:
    """Weighs the words of many texts by how rare they are among them, and compares any two."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._known: dict[str, tuple[Features, str]] = {}
        pending = {text: _terms(text) for text in dict.fromkeys(texts)}
        found = Counter(term for terms in pending.values() for term in terms)
        total = len(pending)
        for text, terms in pending.items():
            weighed = {
                term: (1 + math.log(count)) * math.log((total + 1) / (found[term] + 0.5) + 1)
                for term, count in terms.items()
            }
            length = math.sqrt(sum(weight * weight for weight in weighed.values())) or 1.0
            features = {term: weight / length for term, weight in weighed.items()}
            self._known[text] = (features, " ".join(sorted(words(text))))

    def of(self, one: str, other: str) -> float:
        """Return how alike two of the texts are, from 0 to 1 (the same words in any order)."""
        from rapidfuzz import fuzz

        first, second = self._known[one], self._known[other]
        return (
            _OF_RARITY * _cosine(first[0], second[0])
            + (1 - _OF_RARITY) * fuzz.ratio(first[1], second[1]) / 100
        )

    def held(self, one: str, others: Sequence[str]) -> float:
        """Return the share (0 to 1, by rarity) of the words of `one` that stand in `others` together."""
        features = self._known[one][0]
        there = {term for other in others for term in self._known[other][0]}
        total = sum(weight * weight for weight in features.values())
        return sum(weight * weight for term, weight in features.items() if term in there) / (total or 1.0)

    def nearest(self, rows: Sequence[str], columns: Sequence[str], limit: int) -> list[tuple[int, int]]:
        """Return pairs worth a closer look: for each text of one side the few of the other that share its
        rare words.
        """
        places: dict[str, list[tuple[int, float]]] = {}
        for column, text in enumerate(columns):
            for term, weight in self._known[text][0].items():
                places.setdefault(term, []).append((column, weight))
        by_column: list[list[tuple[float, int]]] = [[] for _ in columns]
        chosen: set[tuple[int, int]] = set()
        for row, text in enumerate(rows):
            shared = [0.0] * len(columns)
            for term, weight in self._known[text][0].items():
                for column, other in places.get(term, ()):
                    shared[column] += weight * other
            ranked = sorted(
                ((score, column) for column, score in enumerate(shared) if score), key=_best_first
            )
            chosen.update((row, column) for _, column in ranked[:limit])
            for score, column in ranked:
                by_column[column].append((score, row))
        for column, ranked in enumerate(by_column):
            chosen.update((row, column) for _, row in sorted(ranked, key=_best_first)[:limit])
        return sorted(chosen)


def _best_first(item: tuple[float, int]) -> tuple[float, int]:
    return (-item[0], item[1])


def _terms(text: str) -> Counter[str]:
    """Count the stems of a text and its pairs of neighbours."""
    stems = [_stem(word) for word in words(text)]
    return Counter([*stems, *(f"{one} {other}" for one, other in pairwise(stems))])


def _stem(word: str) -> str:
    cut = _ENDING.sub("", word)
    return cut if len(cut) >= _SHORTEST_STEM else word


def _cosine(one: Features, other: Features) -> float:
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other.get(term, 0.0) for term, weight in one.items())
