"""On which ground a clause limits a duty: the rule whose words come first in it, else the catch-all."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from analyser.exemptions.openers import Clause
from analyser.exemptions.tokens import Match
from analyser.model.base import Kind
from analyser.rulebook.models import QualifierRule
from analyser.rulebook.stems import pattern

_NEAR = 3  # words of a relative clause within which its ground must begin
_BESIDE = 80  # characters between a permission and the ground that it takes in
_ATTACHED = ("relative", "having")
_PARTS = re.compile(r",?\s+(?:or|and)\s+(?=\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ground:
    """The rule that reads a clause, and the words that name its ground (none for the catch-all)."""

    rule: str
    start: int
    end: int


class Grounds:
    """The grounds that rules know, by how the clause opens; never changed once built."""

    def __init__(self, rules: Iterable[QualifierRule]) -> None:
        self._known: dict[str, list[tuple[QualifierRule, re.Pattern[str]]]] = {}
        self._others: dict[str, QualifierRule] = {}
        self._kinds: dict[str, Kind] = {}
        for rule in rules:
            self._kinds[rule.id] = rule.kind
            words = pattern(rule.about) if rule.about else None
            for opens in rule.opens:
                if words is None:
                    self._others.setdefault(opens, rule)
                else:
                    self._known.setdefault(opens, []).append((rule, words))

    def matches(self, text: str, clause: Clause) -> tuple[tuple[Match, Ground], ...]:
        """Return what reads a clause: one rule, or one for each ground of another kind that `or` joins."""
        spans = [(clause.start, clause.inside, clause.until)]
        if clause.opens in ("exception", "proviso", "extent", "condition"):
            spans = self._split(text, clause)
        found = []
        for start, inside, end in spans:
            ground = self._ground(text, replace(clause, inside=inside, until=end))
            if ground and clause.inside < clause.start:
                start = min(start, ground.start) if ground.end > ground.start else start
                until = ground.end if 0 <= ground.start - clause.end < _BESIDE else clause.end
                found.append((Match(start, max(clause.end, until), ground.rule, "cue"), ground))
            elif ground:
                found.append((Match(start, end, ground.rule, "cue"), ground))
        return tuple(found)

    def _split(self, text: str, clause: Clause) -> list[tuple[int, int, int]]:
        """Return the parts of a clause with grounds of different kinds, the opening word with the first."""
        parts = [(clause.start, clause.inside, clause.until)]
        for joint in _PARTS.finditer(text, clause.inside, clause.until):
            start, inside, _ = parts[-1]
            left = self._ground(text, replace(clause, inside=inside, until=joint.start()), known=True)
            right = self._ground(text, replace(clause, inside=joint.end()), known=True)
            if left is None or right is None or right.start - joint.end() > 25:
                continue
            if self._kinds[left.rule] is not self._kinds[right.rule]:
                parts[-1] = (start, inside, joint.start())
                parts.append((joint.end(), joint.end(), clause.until))
        return parts

    def _ground(self, text: str, clause: Clause, known: bool = False) -> Ground | None:
        """Return the ground whose words come first in a clause, the longest of these, else the catch-all."""
        found: list[tuple[int, int, str]] = []
        for rule, words in self._known.get(clause.opens, ()):
            match = words.search(text, clause.inside, clause.until)
            if match and not _far(text, clause, match.start()):
                found.append((match.start(), -match.end(), rule.id))
        if found:
            start, end, rule_id = min(found)
            if self._kinds[rule_id] is Kind.KNOWLEDGE_CONDITION:
                # What is known may be the ground: who is a child, how high the risk is.
                within = [one for one in found if start <= one[0] < -end < -one[1]]
                start, end, rule_id = min(within, default=(start, end, rule_id))
            return Ground(rule_id, start, -end)
        other = self._others.get(clause.opens)
        return None if known or other is None else Ground(other.id, clause.inside, clause.inside)


def _far(text: str, clause: Clause, start: int) -> bool:
    return clause.opens in _ATTACHED and len(text[clause.inside : start].split()) > _NEAR
