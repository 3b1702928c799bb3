"""The phrases a reader of conditions knows: facts, service types, functionalities, harms, defined terms,
connectives, noise.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from analyser.model.logic import Atom, Condition, Not, Term
from analyser.rulebook.cues import expand_all
from analyser.rulebook.models import FactWords, Rulebook

WORD = re.compile(r"£?\d[\d,]*(?:\.\d+)?|[^\W\d_]\w*(?:\.\d\w*)*(?:[-’'][\w]+)*|[^\w\s]")

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Meaning:
    """What a phrase stands for: a ready condition, a harm or the unit of a user number (`name` is its key),
    noise, or a connective's role.

    `heads` says that the phrase ends in a noun for a service, e.g. `dating service` and `marketplaces`, not
    `end-to-end encrypted`.
    """

    kind: str
    name: str = ""
    condition: Condition | None = None
    heads: bool = False


Phrases = Mapping[str, tuple[tuple[Phrase, Meaning], ...]]
Add = Callable[[Iterable[str], Meaning], None]


@dataclass(frozen=True)
class Vocabulary:
    """Phrases by their first word, longest first; `kinds` are the harms that "any kind of illegal harm"
    ranges over.

    `nouns` are the general words for a service, `documents` those for a part of a code ("measure",
    "paragraph").
    """

    phrases: Phrases
    kinds: tuple[str, ...]
    levels: tuple[str, ...]
    nouns: frozenset[str] = frozenset()
    documents: frozenset[str] = frozenset()
    defined: Mapping[str, Condition] = field(default_factory=dict)

    def longest(self, words: list[str], start: int) -> tuple[int, Meaning] | None:
        """Return (number of words, meaning) of the longest known phrase at a place, or None.

        A phrase gives up its last words where they begin the name of a class of services: `end-to-end
        encrypted messaging service` is `end-to-end encrypted` and `messaging service`, though `end-to-end
        encrypted messaging` is known too.
        """
        found = list(self._at(words, start))
        if not found:
            return None
        taken, _ = found[0]
        for shorter, meaning in found[1:]:
            if any(
                one.heads and shorter + length > taken for length, one in self._at(words, start + shorter)
            ):
                return shorter, meaning
        return found[0]

    def _at(self, words: list[str], start: int) -> Iterator[tuple[int, Meaning]]:
        """Yield every known phrase at a place, the longest first."""
        for phrase, meaning in self.phrases.get(words[start], ()) if start < len(words) else ():
            if tuple(words[start : start + len(phrase)]) == phrase:
                yield len(phrase), meaning

    def with_terms(self, terms: Mapping[str, Condition]) -> "Vocabulary":
        """Return the vocabulary with defined terms added; `large service` is also known as `large`."""
        found: dict[Phrase, Meaning] = {}
        for name, condition in terms.items():
            term = Term(name=name, meaning=condition)
            for phrase in _term_phrases(name, self.nouns):
                found[phrase] = Meaning("condition", name, term, heads=phrase[-1] in self.nouns)
        known = (pair for first in {phrase[0] for phrase in found} for pair in self.phrases.get(first, ()))
        return Vocabulary(
            {**self.phrases, **_by_first({**dict(known), **found}.items())},
            self.kinds,
            self.levels,
            self.nouns,
            self.documents,
            {**self.defined, **terms},
        )


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
        return (
            isinstance(other, _Held)
            and other.rulebook.sha256 == self.rulebook.sha256
            and bool(self.rulebook.sha256)
        )


@lru_cache(maxsize=8)
def _vocabulary(_key: str, held: _Held, kinds: tuple[str, ...]) -> Vocabulary:
    rulebook = held.rulebook
    found: dict[Phrase, Meaning] = {}

    def add(phrases: Iterable[str], meaning: Meaning) -> None:
        for phrase in phrases:
            words = tuple(split(phrase))
            if words:
                found.setdefault(words, meaning)

    roles = {role: tuple(expand_all(cues)) for role, cues in rulebook.connectives.items()}
    nouns = frozenset(roles.get("noun", ()))
    for fact in rulebook.facts:
        _add_fact(fact, add)
    for functionality in rulebook.functionalities:
        key = functionality.key if rulebook.fact(functionality.key) else f"functionality.{functionality.key}"
        add(_plurals(functionality.names), Meaning("condition", key, _holds(key)))
    for service in rulebook.services:
        key = f"service_type.{service.key}"
        add(_plurals(service.names), Meaning("condition", key, _holds(key), heads=True))
    for harm in rulebook.harms:
        add((*harm.names, harm.name), Meaning("harm", harm.key))
    for role, phrases in roles.items():
        add(phrases, Meaning(role))
    add(expand_all(rulebook.noise), Meaning("noise"))
    levels = next((fact.values for fact in rulebook.facts if fact.key == "risk"), ())
    headed = {phrase: _headed(phrase, meaning, nouns) for phrase, meaning in found.items()}
    return Vocabulary(
        _by_first(headed.items()), kinds, tuple(levels), nouns, frozenset(roles.get("document", ()))
    )


def _holds(key: str) -> Atom:
    return Atom(fact=key, op="=", value=True)


def _headed(phrase: Phrase, meaning: Meaning, nouns: frozenset[str]) -> Meaning:
    if meaning.kind != "condition" or meaning.heads or phrase[-1] not in nouns:
        return meaning
    return Meaning(meaning.kind, meaning.name, meaning.condition, heads=True)


def _add_fact(fact: FactWords, add: Add) -> None:
    if fact.type == "number":
        add(expand_all(fact.phrases), Meaning("unit", fact.key))
        return
    atom = (
        Atom(fact=fact.holds.fact, op=fact.holds.op, value=fact.holds.value)
        if fact.holds
        else _holds(fact.key)
    )
    heads = fact.key.startswith("service_type.")
    add(expand_all(fact.negative), Meaning("condition", fact.key, Not(part=atom)))
    add(expand_all(fact.phrases), Meaning("condition", fact.key, atom, heads=heads))


def _plurals(names: Iterable[str]) -> list[str]:
    found = []
    for name in names:
        found.append(name)
        if not name.endswith("s"):
            found.append(
                name[:-1] + "ies" if name.endswith("y") and name[-2:-1] not in "aeiou" else name + "s"
            )
    return found


def _term_phrases(name: str, nouns: frozenset[str]) -> list[Phrase]:
    words = tuple(split(name))
    phrases = [words, (*words[:-1], words[-1] + "s")]
    if words[-1] in nouns and len(words) > 1:
        phrases.append(words[:-1])
    return phrases


def _by_first(pairs: Iterable[tuple[Phrase, Meaning]]) -> Phrases:
    grouped: dict[str, list[tuple[Phrase, Meaning]]] = {}
    for phrase, meaning in pairs:
        grouped.setdefault(phrase[0], []).append((phrase, meaning))
    return {
        first: tuple(sorted(entries, key=lambda pair: (-len(pair[0]), pair[0])))
        for first, entries in grouped.items()
    }
