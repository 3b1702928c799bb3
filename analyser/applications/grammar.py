"""Build a condition from marks: exceptions first, then `or`, `and` and lists, the loosest connective splitting first.

Commas loosen a connective (`A, and B or C` is A and (B or C)); a relative `that` binds looser than a plain `or`; two conditions side by side are
joined by `and`. Words that could not be read become an Unread operand, so that nothing is silently true.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from analyser.applications.lexer import Mark
from analyser.model.logic import FALSE, TRUE, All, AnyOf, AtLeast, Condition, Not, Term, Unread
from analyser.model.text import Span

_LOOSE = ("unless", "unless_not", "provided", "if")
_JOINS = ("and", "or", "nor")
_FILLERS = ("verb", "each", "risk", "unit", "comma")


@dataclass
class Reading:
    """A condition and whether the text points to further conditions elsewhere."""

    condition: Condition
    further: bool = False


@dataclass
class _Separator:
    start: int
    end: int
    weight: float
    op: str


@dataclass
class Grammar:
    """Reads marks whose risks, thresholds and item groups are already operands (see `reduce`)."""

    text: str
    further: bool = field(default=False)

    def sentences(self, marks: Sequence[Mark]) -> Condition:
        """Join sentences: a later one that takes services out is an exception, one that "also applies" an alternative."""
        result: Condition = TRUE
        for position, sentence in enumerate(_split_at(marks, "stop")):
            also = any(mark.kind == "also" for mark in sentence)
            if not any(_carries(mark) for mark in sentence):
                continue
            part = self.clause([mark for mark in sentence if mark.kind != "also"])
            result = anyof(result, part) if also and position else every(result, part)
        return result

    def clause(self, marks: Sequence[Mark]) -> Condition:
        """Read one clause with its exceptions and conditions."""
        marks = _trim(_swallow_ignored(marks))
        for at, mark in enumerate(marks):
            if mark.kind == "further":
                self.further = True
                return self.clause(marks[:at])
        for at, mark in enumerate(marks):
            if mark.kind == "disapply":
                before, after = marks[:at], marks[at + 1 :]
                if any(_carries(item) for item in before):
                    return negate(every(self.clause(before), self.clause(after)))
                return negate(self.clause(after))
        return self._union(marks)

    def _union(self, marks: Sequence[Mark]) -> Condition:
        """`each X, and each Y` binds both: services are listed, not conditions."""
        for at in range(1, len(marks) - 1):
            if marks[at].kind in ("and", "or") and marks[at + 1].kind == "each" and marks[at + 1].name in ("each", "any", "every"):
                left, right = marks[:at], marks[at + 1 :]
                if any(_carries(mark) for mark in left) and any(_carries(mark) for mark in right):
                    return anyof(self.clause(_trim(left)), self.clause(_trim(right)))
        return self._exceptions(marks)

    def _exceptions(self, marks: Sequence[Mark]) -> Condition:
        first = next((at for at, mark in enumerate(marks) if mark.kind in _LOOSE), None)
        if first is None:
            return self._joined(marks)
        kind = marks[first].kind
        if not any(_carries(mark) for mark in marks[:first]):
            comma = next((at for at in range(first + 1, len(marks)) if marks[at].kind == "comma" and _starts_main(marks, at)), None)
            if comma is not None:
                condition = self.clause(marks[first + 1 : comma])
                main = self.clause(marks[comma + 1 :])
                return every(negate(condition) if kind == "unless" else condition, main)
            rest = self.clause(marks[first + 1 :])
            return negate(rest) if kind == "unless" else rest
        left, right = self.clause(_trim(marks[:first])), self.clause(marks[first + 1 :])
        return every(left, negate(right) if kind == "unless" else right)

    def _joined(self, marks: Sequence[Mark]) -> Condition:
        """Read operands joined by and, or, commas, `that`, and the prefixed forms either, both, neither, not, other than."""
        marks = self._prefixed(list(_trim(marks)))
        separators = _separators(marks)
        if not separators:
            operands = [mark for mark in marks if _carries(mark)]
            return every(*(self._operand(mark) for mark in operands)) if operands else TRUE
        loosest = max(separator.weight for separator in separators)
        chosen = [separator for separator in separators if separator.weight == loosest]
        parts, start = [], 0
        for separator in chosen:
            parts.append(marks[start : separator.start])
            start = separator.end
        parts.append(marks[start:])
        conditions = [self._joined(part) for part in parts if any(_carries(mark) for mark in part)]
        return anyof(*conditions) if chosen[0].op == "or" else every(*conditions)

    def _prefixed(self, marks: list[Mark]) -> list[Mark]:
        """Turn either …, both …, neither …, not … and other than … into operands, the last first so that they nest."""
        at = len(marks) - 1
        while at >= 0:
            kind = marks[at].kind
            if kind in ("either", "both", "neither", "not_both", "not", "other_than", "but_not", "but_not_both"):
                end, condition = self._prefix(marks, at, kind)
                if condition is not None:
                    glue = [] if kind not in ("other_than", "but_not") else [Mark("tight_and", marks[at].start, marks[at].end)]
                    whole = Mark("operand", marks[at].start, marks[max(at, end - 1)].end, condition=condition)
                    if kind == "but_not_both":
                        marks[0:end] = [whole]
                        return marks
                    marks[at:end] = [*glue, whole]
                else:
                    del marks[at]
            at -= 1
        return marks

    def _prefix(self, marks: list[Mark], at: int, kind: str) -> tuple[int, Condition | None]:
        if kind == "but_not_both":
            left = [mark for mark in marks[:at] if _carries(mark)]
            parts = tuple(self._operand(mark) for mark in left)
            return at + 1, every(self._joined(marks[:at]), negate(every(*parts)))
        if kind in ("either", "both", "not_both"):
            end = _pair_end(marks, at, "or" if kind == "either" else "and")
            inner = self._joined(marks[at + 1 : end])
            return end, negate(inner) if kind == "not_both" else inner
        if kind == "neither":
            end = _neither_end(marks, at)
            inner_marks = [Mark("or", mark.start, mark.end) if mark.kind in ("nor", "and") else mark for mark in marks[at + 1 : end]]
            return end, negate(self._joined(inner_marks))
        end = _list_end(marks, at)
        inner_marks = marks[at + 1 : end]
        if not any(_carries(mark) for mark in inner_marks):
            return at + 1, None
        if kind in ("other_than", "but_not"):
            inner_marks = [Mark("or", mark.start, mark.end) if mark.kind in ("and", "nor") else mark for mark in inner_marks]
        return end, negate(self._joined(inner_marks))

    def _operand(self, mark: Mark) -> Condition:
        if mark.condition is not None:
            return mark.condition
        return Unread(words=self.text[mark.start : mark.end], span=Span(start=mark.start, end=mark.end))


def _carries(mark: Mark) -> bool:
    return mark.kind in ("operand", "unread", "harm", "levels", "threshold", "kinds", "kinds_open")


def _separators(marks: Sequence[Mark]) -> list[_Separator]:
    """Return the connectives between operands with their looseness."""
    found: list[_Separator] = []
    places = [at for at, mark in enumerate(marks) if _carries(mark)]
    for left, right in zip(places, places[1:], strict=False):
        between = [(at, mark.kind) for at, mark in enumerate(marks[left + 1 : right], start=left + 1)]
        kinds = [kind for _, kind in between]
        comma = 1 if "comma" in kinds else 2 if "semicolon" in kinds else 0
        if "or" in kinds or "nor" in kinds:
            found.append(_Separator(left + 1, right, (2.0, 4.0, 6.0)[comma], "or"))
        elif "and" in kinds:
            found.append(_Separator(left + 1, right, (1.0, 3.0, 5.0)[comma], "and"))
        elif "tight_and" in kinds:
            found.append(_Separator(left + 1, right, 0.7, "and"))
        elif "that" in kinds:
            found.append(_Separator(left + 1, right, 2.5, "and"))
        elif comma:
            found.append(_Separator(left + 1, right, 0.0, "list"))
        else:
            found.append(_Separator(left + 1, right, 0.5, "and"))
    for at in range(len(found) - 1, -1, -1):
        if found[at].op == "list":
            after = next((item for item in found[at + 1 :] if item.weight in (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)), None)
            found[at].op, found[at].weight = (after.op, after.weight) if after else ("and", 3.0)
    return found


def _pair_end(marks: Sequence[Mark], at: int, join: str) -> int:
    """Return where an either … or … (both … and …) ends: at the first other join after its own."""
    if at + 1 < len(marks) and marks[at + 1].kind == "operand" and marks[at + 1].name == "group":
        return at + 2
    other = "and" if join == "or" else "or"
    seen = False
    for place in range(at + 1, len(marks)):
        kind = marks[place].kind
        if kind == join:
            seen = True
        elif seen and (kind == other or kind in ("tight_and", "semicolon")):
            return place - 1 if marks[place - 1].kind == "comma" else place
        elif seen and kind == "comma" and not any(mark.kind == join for mark in marks[place:]):
            return place
    return len(marks)


def _neither_end(marks: Sequence[Mark], at: int) -> int:
    last = next((place for place in range(len(marks) - 1, at, -1) if marks[place].kind == "nor"), None)
    if last is None:
        return _list_end(marks, at)
    for place in range(last + 1, len(marks)):
        if marks[place].kind in ("and", "that", "semicolon") or (marks[place].kind == "comma"):
            return place
    return len(marks)


def _list_end(marks: Sequence[Mark], at: int) -> int:
    """Return where the reach of a `not` or `other than` ends: over a list of things, not into the next predicate."""
    place = at + 1
    while place < len(marks) and not _carries(marks[place]) and marks[place].kind not in ("comma", "semicolon"):
        place += 1
    place += 1
    clause = any(mark.kind == "that" for mark in marks[at + 1 : place])
    while place < len(marks):
        ahead = place
        while ahead < len(marks) and marks[ahead].kind in ("comma", *_JOINS, "each"):
            ahead += 1
        joined = [mark.kind for mark in marks[place:ahead]]
        if ahead < len(marks) and _carries(marks[ahead]) and joined and any(kind in (*_JOINS, "comma") for kind in joined):
            if marks[ahead].name == "group" or not _list_goes_on(marks, place):
                break
            place = ahead + 1
        elif clause and ahead < len(marks) and marks[ahead].kind == "verb" and any(kind in _JOINS for kind in joined):
            place = ahead + 1
            while place < len(marks) and not _carries(marks[place]):
                place += 1
            place += 1
        else:
            break
    return min(place, len(marks))


def _list_goes_on(marks: Sequence[Mark], place: int) -> bool:
    """A bare comma goes on with the list only if a joining word still follows in it (`X, Y or Z`)."""
    if marks[place].kind != "comma" or (place + 1 < len(marks) and marks[place + 1].kind in _JOINS):
        return True
    for mark in marks[place + 1 :]:
        if mark.kind in _JOINS:
            return True
        if mark.kind in ("verb", "that", "not"):
            return False
    return False


def _swallow_ignored(marks: Sequence[Mark]) -> list[Mark]:
    """Leave out what `whether or not …` and `regardless of …` introduce: it changes nothing."""
    kept: list[Mark] = []
    at = 0
    while at < len(marks):
        if marks[at].kind != "ignore":
            kept.append(marks[at])
            at += 1
            continue
        at += 1
        taken = False
        while at < len(marks):
            kind = marks[at].kind
            stops = kind in ("comma", "semicolon", "and", "but", "ignore", *_LOOSE) or marks[at].name == "group"
            if stops and (taken or kind != "comma"):
                break
            if kind == "or" and at + 1 < len(marks) and marks[at + 1].kind in ("that", "verb"):
                break
            taken = True
            at += 1
    return kept


def _starts_main(marks: Sequence[Mark], comma: int) -> bool:
    """Say whether the main clause can begin after this comma: something must stand on its left, and no join directly follows."""
    following = marks[comma + 1 : comma + 2]
    if following and following[0].kind in _JOINS:
        return False
    rest = marks[comma + 1 :]
    in_list = False
    for mark in rest:
        if _carries(mark):
            continue
        if mark.kind in _JOINS:
            in_list = True
        break
    return any(_carries(mark) for mark in marks[:comma]) and not in_list


def _split_at(marks: Sequence[Mark], kind: str) -> list[list[Mark]]:
    parts: list[list[Mark]] = [[]]
    for mark in marks:
        if mark.kind == kind:
            parts.append([])
        else:
            parts[-1].append(mark)
    return [part for part in parts if part]


def _trim(marks: Sequence[Mark]) -> list[Mark]:
    """Drop connectives, commas and relative words that dangle at either end."""
    trimmed = list(marks)
    while trimmed and trimmed[-1].kind in (*_JOINS, "comma", "semicolon", "that", "stop", "verb", "each"):
        trimmed.pop()
    while trimmed and trimmed[0].kind in ("and", "or", "comma", "semicolon", "that", "stop"):
        trimmed.pop(0)
    return trimmed


def every(*parts: Condition) -> Condition:
    """Return the conjunction, flattened, without the parts that are always true."""
    flat: list[Condition] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, All) else (part,))
    return flat[0] if len(flat) == 1 else All(parts=tuple(flat))


def anyof(*parts: Condition) -> Condition:
    """Return the disjunction, flattened."""
    flat: list[Condition] = []
    for part in parts:
        flat.extend(part.parts if isinstance(part, AnyOf) and part.parts else (part,))
    return flat[0] if len(flat) == 1 else AnyOf(parts=tuple(flat))


def negate(part: Condition) -> Condition:
    """Return the negation, without a double `not`."""
    if isinstance(part, Not):
        return part.part
    if part == TRUE:
        return FALSE
    return Not(part=part)


def at_least(count: int, parts: Sequence[Condition]) -> Condition:
    """Return "at least `count` of": an `any` for one, an `all` for every part."""
    if count <= 1:
        return anyof(*parts)
    return every(*parts) if count == len(parts) else AtLeast(count=count, parts=tuple(parts))


def is_term(condition: Condition) -> bool:
    """Say whether a condition is a defined term."""
    return isinstance(condition, Term)
