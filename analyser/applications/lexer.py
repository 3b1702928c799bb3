"""Cut the words of a condition into marks the grammar reads: conditions, connectives, quantities, risk levels, harms, thresholds."""

import re
from dataclasses import dataclass

from analyser.applications.vocabulary import WORD, Meaning, Vocabulary, split
from analyser.model.logic import Atom, Condition, Unread
from analyser.model.text import Span


@dataclass(frozen=True)
class Mark:
    """One mark: `kind` says what it is; `value` a number or levels, `condition` what an operand means."""

    kind: str
    start: int
    end: int
    condition: Condition | None = None
    name: str = ""
    value: tuple[str, ...] = ()
    number: int = 0


# Connecting phrases: what they do to the conditions around them. Longest first at each place.
CONNECTIVES: dict[str, str] = {
    "and": "and", "or": "or", "and/or": "or", "as well as": "and", "together with": "and", "but": "and", "or alternatively": "or", "or else": "or",
    "and in addition": "and", "and also": "and", "additionally": "and", "plus": "and",
    "unless": "unless", "except where": "unless", "except if": "unless", "except when": "unless", "save where": "unless", "save that": "unless_not",
    "other than where": "unless", "except that": "unless_not", "except in the case of": "other_than", "except to the extent that": "unless",
    "but not where": "unless", "but not if": "unless", "but not when": "unless", "and not where": "unless", "except for": "other_than", "save for": "other_than",
    "other than": "other_than", "excluding": "other_than", "except": "other_than", "with the exception of": "other_than", "apart from": "other_than",
    "not being": "other_than", "but not": "but_not", "not including": "other_than", "save in the case of": "other_than", "save if": "unless",
    "if": "if", "where": "if", "when": "if", "provided that": "provided", "provided always that": "provided", "provided it": "provided", "only if": "if", "only where": "if", "only when": "if",
    "so long as": "provided", "as long as": "provided", "on condition that": "provided", "if and only if": "if", "in so far as": "if", "to the extent that": "if", "in any case where": "if", "in cases where": "if", "in circumstances where": "if",
    "not": "not", "no": "not", "without": "not", "cannot": "not", "doesn't": "not", "isn't": "not", "lacks": "not", "lack": "not", "nor": "nor", "neither": "neither",
    "either": "either", "both": "both", "not both": "not_both", "but not both": "but_not_both", "not both of": "not_both",
    "none of": "q0", "none of the following": "q0", "not any of": "q0", "neither of": "q0", "neither of the following": "q0", "any of": "q1", "one of": "q1", "either of": "q1", "one or more of": "q1", "at least one of": "q1", "any one of": "q1", "any one or more of": "q1",
    "all of": "qall", "both of": "qall", "each of": "qall", "every one of": "qall", "all the following": "qall", "the following cumulative": "qall", "any of the following": "q1", "one or more": "q1", "at least one": "q1",
    "that": "that", "which": "that", "who": "that", "whose": "that",
    "whether or not": "ignore", "regardless of whether": "ignore", "irrespective of whether": "ignore", "regardless of": "ignore", "irrespective of": "ignore", "no matter": "ignore", "even if": "ignore", "even where": "ignore", "it does not matter whether": "ignore", "it is immaterial whether": "ignore", "it being immaterial whether": "ignore", "notwithstanding that": "ignore",
    "regardless of how": "ignore", "whatever": "ignore", "however": "ignore", "whether": "ignore",
    "does not apply": "disapply", "do not apply": "disapply", "shall not apply": "disapply", "is not required": "disapply", "need not": "disapply", "does not bind": "disapply", "is disapplied": "disapply", "not apply": "disapply", "is exempt": "disapply", "are exempt": "disapply", "falls outside": "disapply", "fall outside": "disapply", "is excluded": "disapply", "are excluded": "disapply", "does not extend": "disapply",
    "subject to the further conditions": "further", "subject to further conditions": "further", "subject to the conditions": "further",
    "also applies": "also", "also binds": "also", "it also applies": "also", "applies in addition": "also",
}  # fmt: skip
_COUNTED = re.compile(
    r"^(?:(?:at least|not fewer than|no fewer than|a minimum of)\s+)?(?P<n>two|three|four|five|\d)(?:\s+or\s+more)?\s+(?:of|different|kinds|types|separate|such)\b"
)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_KINDS = re.compile(
    r"^(?P<q>any|a|one or more|at least one|some|two or more|at least two|three or more|at least three|more than one|any two or more|any two|each|every|all)?\s*"
    r"(?P<of>of the\s+)?(?P<following>following\s+)?(?:different\s+|separate\s+)?(?:kinds?|types?|categor(?:y|ies))\s+of\s+(?:illegal|priority)\s+(?:illegal\s+)?(?:harms?|content)(?P<these>\s+(?:in|listed in|set out in)\s+table\s+\w+)?"
)
_NO_COUNT = re.compile(r"^,?\s*(?:not counting|excluding|leaving out|disregarding|other than)\s+rows?\s+\d+\s?[a-z]?\b(?:\s*(?:,|and|or|to)\s*(?:and\s+|or\s+)?\d+\s?[a-z]?\b)*")
_COMPARE = re.compile(
    r"^(?P<how>more than|over|exceeding|exceeds?|in excess of|greater than|above|at least|no fewer than|not fewer than|no less than|not less than|a minimum of|fewer than|less than|under|below|no more than|not more than|at most|up to|not exceeding|(?:does|do) not exceed|a maximum of)?"
    r"\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<scale>million|thousand|m|k)?\b(?:\s+(?P<after>or more|or above|or over|or fewer|or less|and above|or below))?"
)
_OPERATORS = {
    **dict.fromkeys(["more than", "over", "exceeding", "exceed", "exceeds", "in excess of", "greater than", "above"], ">"),
    **dict.fromkeys(["at least", "no fewer than", "not fewer than", "no less than", "not less than", "a minimum of"], ">="),
    **dict.fromkeys(["fewer than", "less than", "under", "below"], "<"),
    **dict.fromkeys(["no more than", "not more than", "at most", "up to", "not exceeding", "does not exceed", "do not exceed", "a maximum of"], "<="),
}
_LEVEL_AFTER = re.compile(r"^(?:or|and|-)\s*(?P<way>above|higher|more|greater|below|lower|less)\b")
_RISK = {"risk", "risks", "risk-level", "likelihood"}


class Lexer:
    """Cuts one run of text into marks; offsets are those of the canonical text."""

    def __init__(self, vocabulary: Vocabulary, text: str, span: Span) -> None:
        self.vocabulary = vocabulary
        self.words: list[str] = []
        self.places: list[tuple[int, int]] = []
        for match in WORD.finditer(text, span.start, span.end):
            self.words.append(match.group().lower().replace("’", "'"))
            self.places.append((match.start(), match.end()))
        self.connectives = _by_first_word()

    def marks(self) -> list[Mark]:
        """Return the marks of the text in order; words nobody knows become unread operands, a run at a time."""
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
        word = self.words[at]
        if label := self._label(at):
            return label, []
        for reader in (self._kinds, self._no_count, self._phrase, self._threshold, self._count, self._levels, self._connective):
            read = reader(at)
            if read:
                return read
        start, end = self.places[at]
        if word in _RISK:
            return 1, [Mark("risk", start, end)]
        if word == ",":
            return 1, [Mark("comma", start, end)]
        if word in (".", ";"):
            return 1, [Mark("stop" if word == "." else "semicolon", start, end)]
        if word in ("is", "are", "has", "have", "does", "offers", "enables", "allows", "provides", "operates", "uses"):
            return 1, [Mark("verb", start, end)]
        if word in self.vocabulary.noise or not any(character.isalnum() for character in word):
            if word in ("each", "any", "every", "all", "it", "its"):
                return 1, [Mark("each", start, end, name=word)]
            return 1, []
        return 1, [Mark("unread", start, end)]

    def _rest(self, at: int, limit: int = 24) -> str:
        return " ".join(self.words[at : at + limit])

    def _label(self, at: int) -> int:
        """Pass over an inline item label such as `(a)`."""
        if self.words[at] == "(" and at + 2 < len(self.words) and self.words[at + 2] == ")" and len(self.words[at + 1]) <= 4:
            return 3
        return 0

    def _span(self, at: int, taken: int) -> tuple[int, int]:
        return self.places[at][0], self.places[at + taken - 1][1]

    def _kinds(self, at: int) -> tuple[int, list[Mark]] | None:
        match = _KINDS.match(self._rest(at))
        if not match:
            return None
        taken = len(match.group().split())
        how = match["q"] or ""
        number = 3 if "three" in how else 2 if "two" in how or how == "more than one" else 0 if how in ("each", "every", "all") else 1
        open_list = bool(match["following"] or match["of"])
        return taken, [Mark("kinds_open" if open_list else "kinds", *self._span(at, taken), number=number)]

    def _no_count(self, at: int) -> tuple[int, list[Mark]] | None:
        """Pass over "not counting rows 2A, 2B and 2C": sub rows never count (their parent's row does)."""
        match = _NO_COUNT.match(self._rest(at))
        return (len(match.group().split()), []) if match else None

    def _phrase(self, at: int) -> tuple[int, list[Mark]] | None:
        known = self.vocabulary.longest(self.words, at)
        if not known:
            return None
        taken, meaning = known
        connective = self._longest_connective(at)
        if connective and connective[0] > taken:
            return None
        return taken, [self._operand(meaning, *self._span(at, taken))]

    def _operand(self, meaning: Meaning, start: int, end: int) -> Mark:
        if meaning.kind == "harm":
            return Mark("harm", start, end, name=meaning.name)
        if meaning.kind == "unit":
            return Mark("unit", start, end, name=meaning.name)
        assert meaning.condition is not None
        return Mark("operand", start, end, condition=placed(meaning.condition, Span(start=start, end=end)))

    def _threshold(self, at: int) -> tuple[int, list[Mark]] | None:
        match = _COMPARE.match(self._rest(at))
        if not match:
            return None
        number = float(match["number"].replace(",", "")) * {"million": 1e6, "m": 1e6, "thousand": 1e3, "k": 1e3}.get(match["scale"] or "", 1)
        operator = _OPERATORS.get(match["how"] or "", "=")
        if match["after"]:
            operator = "<=" if match["after"].split()[-1] in ("fewer", "less", "below") else ">="
        taken = len(match.group().split())
        return taken, [Mark("threshold", *self._span(at, taken), name=operator, number=int(number))]

    def _count(self, at: int) -> tuple[int, list[Mark]] | None:
        match = _COUNTED.match(self._rest(at))
        if not match:
            return None
        taken = len(match.group().split())
        number = _NUMBERS.get(match["n"]) or int(match["n"])
        return taken, [Mark("count", *self._span(at, taken), number=number)]

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
            elif found and word in ("or", "and", ",", "to", "a", "an", "/") and self._leads_to_level(place, levels):
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
        return last - at, [Mark("levels", *self._span(at, last - at), value=tuple(level for level in levels if level in found))]

    def _leads_to_level(self, place: int, levels: tuple[str, ...]) -> bool:
        following = [word for word in self.words[place + 1 : place + 4] if word not in ("or", "and", ",", "a", "an", "at")]
        return bool(following) and following[0] in levels

    def _near_risk(self, at: int, last: int) -> bool:
        window = self.words[max(0, at - 14) : last + 5]
        return bool(_RISK & set(window)) or "risk" in " ".join(window)

    def _longest_connective(self, at: int) -> tuple[int, str] | None:
        for phrase, what in self.connectives.get(self.words[at], ()):
            if tuple(self.words[at : at + len(phrase)]) == phrase:
                return len(phrase), what
        return None

    def _connective(self, at: int) -> tuple[int, list[Mark]] | None:
        found = self._longest_connective(at)
        if not found:
            return None
        taken, what = found
        return taken, [Mark(what, *self._span(at, taken))]


def _by_first_word() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    grouped: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, what in CONNECTIVES.items():
        words = tuple(split(phrase))
        grouped.setdefault(words[0], []).append((words, what))
    for entries in grouped.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return grouped


def placed(condition: Condition, span: Span) -> Condition:
    """Return an operand's condition carrying the place of its words."""
    if isinstance(condition, Atom | Unread) or condition.node == "term":
        return condition.model_copy(update={"span": span})
    return condition
