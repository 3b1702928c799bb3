"""Cut the words of a condition into marks the grammar reads: conditions, connectives, quantities, risk
levels, harms, thresholds.
"""

import re
from dataclasses import replace

from analyser.applications import quantities
from analyser.applications.marks import Mark
from analyser.applications.quantities import Found
from analyser.applications.vocabulary import WORD, Meaning, Vocabulary
from analyser.model.logic import Atom, Condition, Not, Unread
from analyser.model.text import Span

_LEVEL_AFTER = re.compile(r"^(?:or|and|-)\s*(?P<way>above|higher|more|greater|below|lower|less)\b")
_RISK = frozenset({"risk", "risks", "risk-level", "likelihood"})
_DEFINITE = frozenset({"the", "that", "this", "such", "its", "your", "said"})
_POINTS = {",": "comma", ".": "stop", ";": "semicolon", "(": "open", ")": "close"}
_WINDOW = 24


class Lexer:
    """Cuts one run of text into marks; offsets are those of the canonical text."""

    def __init__(self, vocabulary: Vocabulary, text: str, span: Span) -> None:
        self.vocabulary = vocabulary
        self.raw: list[str] = []
        self.places: list[tuple[int, int]] = []
        for match in WORD.finditer(text, span.start, span.end):
            self.raw.append(match.group())
            self.places.append((match.start(), match.end()))
        self.words = [word.lower().replace("’", "'") for word in self.raw]

    def marks(self) -> list[Mark]:
        """Return the marks in the order of the text; words nobody knows are unread operands, run by run."""
        found: list[Mark] = []
        at = 0
        while at < len(self.words):
            taken, marks = self._next(at)
            for mark in marks:
                if mark.kind == "unread" and found and found[-1].kind == "unread":
                    mark = Mark("unread", found.pop().start, mark.end)
                found.append(mark)
            at += taken
        return found

    def _next(self, at: int) -> tuple[int, list[Mark]]:
        for reader in (
            self._remark,
            self._label,
            self._reference,
            self._quantity,
            self._threshold,
            self._levels,
            self._lettered,
            self._phrase,
        ):
            read = reader(at)
            if read:
                return read
        word = self.words[at]
        if word in _RISK or word in _POINTS:
            return 1, [self._mark("risk" if word in _RISK else _POINTS[word], at, 1)]
        if not any(character.isalnum() for character in word):
            return 1, []
        return 1, [self._mark("unread", at, 1)]

    def _mark(self, kind: str, at: int, taken: int, name: str = "", number: int = 0) -> Mark:
        return Mark(kind, self.places[at][0], self.places[at + taken - 1][1], name=name, number=number)

    def _rest(self, at: int, limit: int = _WINDOW) -> str:
        return " ".join(self.words[at : at + limit])

    def _remark(self, at: int) -> tuple[int, list[Mark]] | None:
        """Leave an editor's words in square brackets unread (`[not seen]`): they say nothing of a service."""
        if self.words[at] != "[" or "]" not in self.words[at:]:
            return None
        taken = self.words.index("]", at) - at + 1
        return taken, [self._mark("unread", at, taken)]

    def _label(self, at: int) -> tuple[int, list[Mark]] | None:
        """Read an inline item label such as `(a)`."""
        if self.words[at] != "(" or at + 2 >= len(self.words) or self.words[at + 2] != ")":
            return None
        label = self.raw[at + 1]
        if not re.fullmatch(r"[a-z]{1,4}|[A-Z]{1,2}|\d{1,2}", label):
            return None
        return 3, [self._mark("label", at, 3, name=label)]

    def _reference(self, at: int) -> tuple[int, list[Mark]] | None:
        return self._taken(at, quantities.reference(self.words, at, self.vocabulary.documents))

    def _quantity(self, at: int) -> tuple[int, list[Mark]] | None:
        rest = self._rest(at)
        return self._taken(at, quantities.kinds(rest) or quantities.uncounted(rest) or quantities.count(rest))

    def _threshold(self, at: int) -> tuple[int, list[Mark]] | None:
        """Read a number of users; a number that nothing compares (`3 moderators`) stays unread."""
        both = quantities.between(self._rest(at))
        if both and self._unit(at + both[0].taken):
            low, high = (self._mark("threshold", at, one.taken, one.name, one.number) for one in both)
            return both[0].taken, [low, replace(low, kind="and"), high]
        found = quantities.threshold(self._rest(at))
        if found and not found.name:
            return self._compared_later(at, found) or (
                found.taken,
                [self._mark("unread", at, found.taken)],
            )
        return self._taken(at, found)

    def _unit(self, at: int) -> int:
        """Return how many words name what a number counts, 0 for none."""
        known = self.vocabulary.longest(self.words, at) if at < len(self.words) else None
        return known[0] if known and known[1].kind == "unit" else 0

    def _compared_later(self, at: int, found: Found) -> tuple[int, list[Mark]] | None:
        """Read a number that is compared after its unit (`50,000 monthly users or fewer`)."""
        unit = at + found.taken
        length = self._unit(unit)
        said = quantities.said_after(self._rest(unit + length, 2)) if length else None
        if said is None:
            return None
        threshold = self._mark("threshold", at, found.taken, said[1], found.number)
        return found.taken + length + said[0], [threshold, self._mark("unit", unit, length)]

    def _taken(self, at: int, found: Found | None) -> tuple[int, list[Mark]] | None:
        if not found:
            return None
        marks = (
            []
            if found.kind == "noise"
            else [self._mark(found.kind, at, found.taken, found.name, found.number)]
        )
        return found.taken, marks

    def _lettered(self, at: int) -> tuple[int, list[Mark]] | None:
        """Leave `condition A` unread unless it is defined, so that its letter is not taken for an article."""
        if self.words[at] not in ("condition", "conditions", "case") or at + 1 >= len(self.raw):
            return None
        if not re.fullmatch(r"[A-Z]\d?", self.raw[at + 1]):
            return None
        known = self.vocabulary.longest(self.words, at)
        return None if known and known[0] > 1 else (2, [self._mark("unread", at, 2)])

    def _phrase(self, at: int) -> tuple[int, list[Mark]] | None:
        known = self.vocabulary.longest(self.words, at)
        if not known:
            return None
        taken, meaning = known
        if meaning.kind == "noise" or (meaning.kind == "that" and self._points_out(at)):
            return taken, []
        meant = self._meant(meaning, at, taken)
        if meaning.kind == "participle":
            return taken, [replace(meant, kind="that", end=meant.start), replace(meant, kind="verb")]
        return taken, [meant]

    def _meant(self, meaning: Meaning, at: int, taken: int) -> Mark:
        start, end = self.places[at][0], self.places[at + taken - 1][1]
        if meaning.condition is not None:
            condition = placed(meaning.condition, Span(start=start, end=end))
            return Mark("operand", start, end, condition=condition, heads=meaning.heads)
        name = meaning.name
        if meaning.kind == "noun":
            name = "definite" if at and self.words[at - 1] in _DEFINITE else ""
        elif meaning.kind == "each":
            name = self.words[at]
        elif meaning.kind == "be":
            return Mark("verb", start, end, name="be")
        elif meaning.kind == "main":
            name = "only" if "only" in self.words[at : at + taken] else ""
        return Mark(meaning.kind, start, end, name=name)

    def _points_out(self, at: int) -> bool:
        """Say whether `that` points out a noun (`that service`) instead of opening a relative clause."""
        following = self.vocabulary.longest(self.words, at + 1)
        return (
            self.words[at] == "that"
            and bool(following)
            and following is not None
            and following[1].kind in ("noun", "document", "exemption")
        )

    def _levels(self, at: int) -> tuple[int, list[Mark]] | None:
        """Read risk levels: `medium or high`, `at least medium`, `medium or above`, `low or negligible`."""
        levels = self.vocabulary.levels
        place = at
        least = self.words[at : at + 2] == ["at", "least"]
        most = self.words[at : at + 2] in (["at", "most"], ["no", "more"])
        if least or most:
            place += 2
            if self.words[place : place + 1] in (["than"], ["a"]):
                place += 1
        found: list[str] = []
        last = place
        while place < len(self.words):
            word = self.words[place]
            if word in levels:
                found.append(word)
                place += 1
                last = place
            elif found and word in ("or", "and", ",", "to", "a", "an", "/") and self._leads_to_level(place):
                place += 1
            else:
                break
        if not found or not self._near_risk(at, last):
            return None
        after = _LEVEL_AFTER.match(self._rest(last, 3))
        if after:
            last += len(after.group().split())
            least = least or after["way"] in ("above", "higher", "more", "greater")
            most = most or after["way"] in ("below", "lower", "less")
        if least:
            found = list(levels[levels.index(found[0]) :])
        if most:
            found = list(levels[: levels.index(found[0]) + 1])
        start, end = self.places[at][0], self.places[last - 1][1]
        mark = Mark("levels", start, end, value=tuple(level for level in levels if level in found))
        return last - at, [Mark("that", start, start), mark] if self._modifies_noun(at) else [mark]

    def _modifies_noun(self, at: int) -> bool:
        """Say whether a risk is said of the service just named (`a large service at high risk`), not by a
        verb (`is at high risk`).
        """
        before = self.words[at - 2 : at] if at > 1 else []
        return before[1:] == ["at"] and before[0] in self.vocabulary.nouns

    def _leads_to_level(self, place: int) -> bool:
        following = [
            word
            for word in self.words[place + 1 : place + 4]
            if word not in ("or", "and", ",", "a", "an", "at")
        ]
        return bool(following) and following[0] in self.vocabulary.levels

    def _near_risk(self, at: int, last: int) -> bool:
        window = self.words[max(0, at - 14) : last + 5]
        return bool(_RISK & set(window)) or "risk" in " ".join(window)


def placed(condition: Condition, span: Span) -> Condition:
    """Return an operand's condition carrying the place of its words."""
    if isinstance(condition, Not):
        return Not(part=placed(condition.part, span))
    if isinstance(condition, Atom | Unread) or condition.node == "term":
        return condition.model_copy(update={"span": span})
    return condition
