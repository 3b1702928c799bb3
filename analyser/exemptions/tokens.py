"""Find the phrases of all rules in a text at once, by spaCy's phrase matcher over tokens with exact offsets.

A cue may hold a gap, ` ... `: its parts then stand in this order in one clause, at most `GAP` words apart
(`if Recommendations ... are not applicable`).
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from analyser.rulebook.cues import expand_all
from analyser.rulebook.models import QualifierRule

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

Role = Literal["cue", "needs", "unless", "precise"]
GAP = 12
_GAP_MARK = re.compile(r"\s*\.\.\.\s*")
_TOKEN = re.compile(r"\w+|[^\w\s]")
_WORD = re.compile(r"[a-z0-9]+")
_CLAUSE_END = re.compile(r"[;:\n]|[.!?](?=\s+[A-Z(])")


class Match(NamedTuple):
    """A phrase of a rule in the text, `text[start:end]`; `role` says what the phrase does in the rule."""

    start: int
    end: int
    rule: str
    role: Role

    def overlaps(self, start: int, end: int) -> bool:
        """Say whether the match shares a character with a range."""
        return self.start < end and start < self.end


class _Use(NamedTuple):
    """What one phrase is for: its rule and role, and its place in a cue with gaps (`cue` -1: without)."""

    rule: str
    role: Role
    cue: int = -1
    part: int = 0
    parts: int = 1


class Lexicon:
    """The phrases of a set of rules; built once and never changed afterwards.

    Example: `Lexicon(rulebook.qualifiers).matches("unless it is not technically feasible")`.
    """

    def __init__(self, rules: Iterable[QualifierRule]) -> None:
        uses: dict[str, dict[_Use, None]] = {}
        gapped = 0
        for rule in rules:
            for role, phrases in _phrases(rule):
                whole = _Use(rule.id, role)
                for phrase in map(str.lower, phrases):
                    if "..." not in phrase:
                        uses.setdefault(phrase, {})[whole] = None
                        continue
                    parts = _GAP_MARK.split(phrase)
                    gapped += 1
                    for place, part in enumerate(parts):
                        use = _Use(rule.id, role, gapped if len(parts) > 1 else -1, place, len(parts))
                        uses.setdefault(part, {})[use] = None
        self._by_first: dict[str, list[tuple[str, tuple[_Use, ...]]]] = {}
        for phrase, found in uses.items():
            first = _WORD.search(phrase)
            self._by_first.setdefault(first[0] if first else "", []).append((phrase, tuple(found)))

    def matches(self, text: str) -> tuple[Match, ...]:
        """Return every phrase of every rule in the text, sorted by place, rule and role.

        Only phrases whose words stand side by side somewhere in the text are looked for: a few hundred of
        some thousands.
        """
        from spacy.matcher import PhraseMatcher
        from spacy.vocab import Vocab

        vocab = Vocab()
        pairs = _pairs(text)
        matcher = PhraseMatcher(vocab, attr="ORTH")
        wanted: dict[int, tuple[_Use, ...]] = {}
        near = (one for first in sorted({*self._by_first} & {"", *pairs}) for one in self._by_first[first])
        for number, (phrase, uses) in enumerate(near):
            if _pairs(phrase) <= pairs:
                matcher.add(str(number), [_tokens(phrase, vocab)[0]])
                wanted[vocab.strings[str(number)]] = uses
        doc, starts, ends = _tokens(text, vocab)
        found: set[Match] = set()
        gaps: dict[_Use, list[tuple[int, int]]] = {}
        for key, first, last in matcher(doc):
            span = (starts[first], ends[last - 1])
            for use in wanted[key]:
                if use.cue < 0:
                    found.add(Match(*span, use.rule, use.role))
                else:
                    gaps.setdefault(use, []).append(span)
        found.update(_joined(gaps, text))
        return tuple(sorted(found))


def _tokens(text: str, vocab: "Vocab") -> "tuple[Doc, list[int], list[int]]":
    """Return the words and marks of a text in lower case, and where each starts and ends.

    Tokens are cut alike in cues and texts (`on-platform` is three, `provider's` too); curly apostrophes count
    as straight ones.
    """
    from spacy.tokens import Doc

    found = list(_TOKEN.finditer(text.replace("’", "'").replace("‘", "'")))
    doc = Doc(vocab, words=[token[0].lower() for token in found])
    return doc, [token.start() for token in found], [token.end() for token in found]


def _pairs(words: str) -> frozenset[str]:
    """Return the words of a text, and each two that stand side by side."""
    found = _WORD.findall(words.lower())
    return frozenset([*found, *map(" ".join, pairwise(found))])


def _phrases(rule: QualifierRule) -> Iterable[tuple[Role, tuple[str, ...]]]:
    yield "cue", expand_all(rule.cue)
    yield "needs", expand_all(rule.needs)
    yield "unless", expand_all(rule.unless)
    yield "precise", expand_all(rule.precise_when or ())


def _joined(parts: dict[_Use, list[tuple[int, int]]], text: str) -> Iterable[Match]:
    """Join the parts of cues with gaps: each next part is the nearest after the last, in the same clause."""
    cues: dict[int, list[_Use]] = {}
    for use in parts:
        cues.setdefault(use.cue, []).append(use)
    for uses in cues.values():
        uses.sort(key=lambda use: use.part)
        if len(uses) != uses[0].parts:
            continue
        for start, end in parts[uses[0]]:
            for use in uses[1:]:
                after = min((span for span in parts[use] if span[0] >= end), default=None)
                if after is None or not _bridges(text[end : after[0]]):
                    break
                end = after[1]
            else:
                yield Match(start, end, uses[0].rule, uses[0].role)


def _bridges(between: str) -> bool:
    return len(between.split()) <= GAP and not _CLAUSE_END.search(between)


def longest(matches: Sequence[Match]) -> tuple[Match, ...]:
    """Return the matches that no longer match of the same rule and role holds, in the order of the text."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda one: (one.start - one.end, one.start)):
        if not any(match.overlaps(other.start, other.end) for other in kept):
            kept.append(match)
    return tuple(sorted(kept))
