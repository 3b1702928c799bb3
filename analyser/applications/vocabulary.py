"""The phrases a reader of conditions knows: facts, service types, functionalities, harms and defined terms, each with what it means."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from analyser.model.logic import Atom, Condition, Not, Term
from analyser.rulebook.cues import expand_all
from analyser.rulebook.models import FactWords, Rulebook

WORD = re.compile(r"£?\d[\d,]*(?:\.\d+)?|[^\W\d_]\w*(?:\.\d\w*)*(?:[-’'][\w]+)*|[^\w\s]")
_LIGHT = ("a", "an", "the", "its", "their", "any", "each")


@dataclass(frozen=True)
class Meaning:
    """What a phrase stands for: a ready condition, a harm (`name` is its key), or the unit of a user number."""

    kind: str
    name: str = ""
    condition: Condition | None = None


@dataclass(frozen=True)
class Vocabulary:
    """Phrases by their first word, longest first; `kinds` are the harms that "any kind of illegal harm" ranges over."""

    phrases: Mapping[str, tuple[tuple[tuple[str, ...], Meaning], ...]]
    noise: frozenset[str]
    kinds: tuple[str, ...]
    levels: tuple[str, ...]
    defined: Mapping[str, Condition] = field(default_factory=dict)

    def longest(self, words: list[str], start: int) -> tuple[int, Meaning] | None:
        """Return (number of words, meaning) of the longest known phrase at a place, or None."""
        for phrase, meaning in self.phrases.get(words[start], ()):
            if tuple(words[start : start + len(phrase)]) == phrase:
                return len(phrase), meaning
        return None

    def with_terms(self, terms: Mapping[str, Condition]) -> "Vocabulary":
        """Return the vocabulary with defined terms added; `large service` is also known as `large`."""
        found = dict(_pairs(self.phrases))
        for name, condition in terms.items():
            meaning = Meaning("condition", name, Term(name=name, meaning=condition))
            for phrase in _term_phrases(name):
                found[phrase] = meaning
        return Vocabulary(_by_first(found.items()), self.noise, self.kinds, self.levels, {**self.defined, **terms})


def split(words: str) -> list[str]:
    """Return the words of a text as the reader compares them, in small letters.

    >>> split("Is a large service, (b) 7,000,000")
    ['is', 'a', 'large', 'service', ',', '(', 'b', ')', '7,000,000']
    """
    return [match.group().lower().replace("’", "'") for match in WORD.finditer(words)]


def vocabulary(rulebook: Rulebook, kinds: Iterable[str]) -> Vocabulary:
    """Return the vocabulary of a rulebook; `kinds` are the kinds of harm that count in this revision."""
    return _vocabulary(rulebook.sha256, _Held(rulebook), tuple(kinds))


class _Held:
    """Carries a rulebook past the cache, which is keyed by its hash."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook

    def __hash__(self) -> int:
        return hash(self.rulebook.sha256)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.rulebook.sha256 == self.rulebook.sha256 and bool(self.rulebook.sha256)


@lru_cache(maxsize=8)
def _vocabulary(_key: str, held: _Held, kinds: tuple[str, ...]) -> Vocabulary:
    rulebook = held.rulebook
    found: dict[tuple[str, ...], Meaning] = {}

    def add(phrases: Iterable[str], meaning: Meaning) -> None:
        for phrase in phrases:
            words = tuple(split(phrase))
            if words:
                found.setdefault(words, meaning)

    for fact in rulebook.facts:
        _add_fact(fact, add)
    for functionality in rulebook.functionalities:
        key = functionality.key if "." in functionality.key or rulebook.fact(functionality.key) else f"functionality.{functionality.key}"
        if rulebook.fact(key) and not key.startswith("functionality."):
            continue
        add(_plurals(functionality.names), Meaning("condition", key, Atom(fact=key, op="=", value=True)))
    for service in rulebook.services:
        key = f"service_type.{service.key}"
        add(_plurals(service.names), Meaning("condition", key, Atom(fact=key, op="=", value=True)))
    for harm in rulebook.harms:
        add((name for name in (*harm.names, harm.name)), Meaning("harm", harm.key))
    levels = next((fact.values for fact in rulebook.facts if fact.key == "risk"), ())
    return Vocabulary(_by_first(found.items()), frozenset(rulebook.noise) | frozenset(_LIGHT), kinds, tuple(levels))


def _add_fact(fact: FactWords, add: object) -> None:
    assert callable(add)
    if fact.type == "number":
        add(expand_all(fact.phrases), Meaning("unit", fact.key))
        return
    if fact.holds:
        atom = Atom(fact=fact.holds.fact, op=fact.holds.op, value=fact.holds.value)
    else:
        atom = Atom(fact=fact.key, op="=", value=True)
    add(expand_all(fact.negative), Meaning("condition", fact.key, Not(part=atom)))
    add(expand_all(fact.phrases), Meaning("condition", fact.key, atom))


def _plurals(names: Iterable[str]) -> list[str]:
    found = []
    for name in names:
        found.append(name)
        if not name.endswith("s"):
            found.append(name[:-1] + "ies" if name.endswith("y") and name[-2:-1] not in "aeiou" else name + "s")
    return found


def _term_phrases(name: str) -> list[tuple[str, ...]]:
    words = tuple(split(name))
    phrases = [words, (*words[:-1], words[-1] + "s")]
    if words[-1] in ("service", "provider", "platform") and len(words) > 1:
        phrases.append(words[:-1])
    return phrases


def _pairs(phrases: Mapping[str, tuple[tuple[tuple[str, ...], Meaning], ...]]) -> Iterable[tuple[tuple[str, ...], Meaning]]:
    return (pair for pairs in phrases.values() for pair in pairs)


def _by_first(pairs: Iterable[tuple[tuple[str, ...], Meaning]]) -> dict[str, tuple[tuple[tuple[str, ...], Meaning], ...]]:
    grouped: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}
    for phrase, meaning in pairs:
        grouped.setdefault(phrase[0], []).append((phrase, meaning))
    return {first: tuple(sorted(entries, key=lambda pair: (-len(pair[0]), pair[0]))) for first, entries in grouped.items()}
