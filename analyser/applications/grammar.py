"""Build a condition from the marks of one clause: exceptions first, then `or`, `and` and lists, the loosest
connective splitting first.

Commas loosen a connective (`A, and B or C` is A and (B or C)); a relative `that` binds looser than a plain
`or`; two conditions side by side are joined by `and`; classes of services named side by side are a union.
Words that could not be read become an Unread operand, so that nothing is silently true.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from analyser.applications.asides import described, without_asides, without_ignored
from analyser.applications.conditions import anyof, at_least, every, exactly, negate
from analyser.applications.marks import JOINS, LOOSE, Mark, carries, trim
from analyser.applications.reach import list_end, neither_end, pair_end
from analyser.applications.separators import separators
from analyser.model.logic import TRUE, AnyOf, Condition, Unread
from analyser.model.text import Span

_PREFIXES = (
    "either",
    "both",
    "neither",
    "not_both",
    "not",
    "other_than",
    "but_not",
    "but_not_both",
    "q0",
    "q1",
    "qall",
    "count",
)
_UNION_INSIDE = ("other_than", "but_not", "neither", "q0")


@dataclass(frozen=True)
class Grammar:
    """Reads marks whose risks, thresholds and item groups are already operands (see `reduce`)."""

    text: str

    def clause(self, marks: Sequence[Mark]) -> Condition:
        """Read one clause: what stands before and after its main verb, each with its exceptions and
        conditions.
        """
        plain = without_ignored(without_asides(marks, self.clause))
        pieces: list[list[Mark]] = [[]]
        for mark in described(plain, self.text):
            if mark.kind in ("main", "disapply"):
                pieces.append([])
            else:
                pieces[-1].append(mark)
        result: Condition = TRUE
        before: list[Mark] = []
        for piece in pieces:
            if any(map(carries, piece)):
                condition = self._exceptions(trim(piece))
                result = anyof(result, condition) if _ends_in_or(before) else every(result, condition)
            before = piece or before
        return result

    def _exceptions(self, marks: Sequence[Mark]) -> Condition:
        marks = _without_repeated(marks)
        first = next((at for at, mark in enumerate(marks) if mark.kind in LOOSE), None)
        if first is None:
            return self._joined(marks)
        negative = marks[first].kind == "unless"
        if any(map(carries, marks[:first])):
            right = self._exceptions(trim(marks[first + 1 :]))
            return every(self._joined(trim(marks[:first])), negate(right) if negative else right)
        comma = next(
            (
                at
                for at in range(first + 1, len(marks))
                if marks[at].kind == "comma" and _starts_main(marks, at)
            ),
            None,
        )
        condition = self._exceptions(trim(marks[first + 1 : comma]))
        main = TRUE if comma is None else self._exceptions(trim(marks[comma + 1 :]))
        return every(negate(condition) if negative else condition, main)

    def _joined(self, marks: Sequence[Mark], predicate: bool = False) -> Condition:
        """Read operands joined by and, or, commas, `that`, and the prefixed forms either, both, neither, not,
        other than, none of.
        """
        marks = self._prefixed(list(trim(marks)))
        found = separators(marks, predicate)
        if not found:
            return every(*(self._operand(mark) for mark in marks if carries(mark)))
        loosest = max(separator.weight for separator in found)
        chosen = [separator for separator in found if separator.weight == loosest]
        parts, start = [], 0
        for separator in chosen:
            parts.append(marks[start : separator.start])
            start = separator.end
        parts.append(marks[start:])
        conditions = [self._joined(part, predicate) for part in parts if any(map(carries, part))]
        return anyof(*conditions) if chosen[0].op == "or" else every(*conditions)

    def _prefixed(self, marks: list[Mark]) -> list[Mark]:
        """Turn either …, both …, neither …, not …, other than … and none of … into operands, the last first
        so that they nest.
        """
        at = len(marks) - 1
        while at >= 0:
            kind = marks[at].kind
            if kind in _PREFIXES:
                end, condition = self._prefix(marks, at)
                if condition is None:
                    del marks[at]
                else:
                    start = 0 if kind == "but_not_both" else at
                    whole = Mark(
                        "operand", marks[start].start, marks[max(at, end - 1)].end, condition=condition
                    )
                    glue = (
                        [Mark(_glue(marks, at, end), whole.start, whole.end)]
                        if kind in ("other_than", "but_not")
                        else []
                    )
                    marks[start:end] = [*glue, whole]
                    at = start
            at -= 1
        return marks

    def _prefix(self, marks: list[Mark], at: int) -> tuple[int, Condition | None]:
        """Return where a prefixed form ends and what it means, None when nothing it could govern follows."""
        kind = marks[at].kind
        if kind == "but_not_both":
            return at + 1, self._not_both(marks[:at])
        if kind in ("either", "both", "not_both"):
            end = pair_end(marks, at, "or" if kind == "either" else "and")
            inner = self._joined(marks[at + 1 : end], predicate=kind != "either")
            return end, negate(inner) if kind == "not_both" else inner
        end = neither_end(marks, at) if kind == "neither" else list_end(marks, at)
        inner_marks = marks[at + 1 : end]
        operands = [self._operand(mark) for mark in inner_marks if carries(mark)]
        if kind in ("q1", "qall", "count"):
            listed = operands and carries(
                next(mark for mark in inner_marks if mark.kind not in ("each", "verb"))
            )
            if listed and len(operands) >= marks[at].number:
                return end, _counted(marks[at], operands)
            return at + 1, self._operand(marks[at]) if kind == "count" else None
        if not operands:
            return at + 1, None
        if kind in _UNION_INSIDE:
            inner_marks = _as_union(inner_marks)
        return end, negate(self._joined(inner_marks))

    def _not_both(self, marks: Sequence[Mark]) -> Condition:
        """Read `A or B, but not both`."""
        operands = [self._operand(mark) for mark in marks if carries(mark)]
        if len(operands) == 1 and isinstance(operands[0], AnyOf):
            operands = list(operands[0].parts)
        return every(self._joined(marks), negate(every(*operands)))

    def _operand(self, mark: Mark) -> Condition:
        if mark.condition is not None:
            return mark.condition
        return Unread(words=self.text[mark.start : mark.end], span=Span(start=mark.start, end=mark.end))


def _as_union(marks: Sequence[Mark]) -> list[Mark]:
    """Read `other than A and B` as either of them; an `and` that goes on with a verb joins what is said of
    one class (`except services that are A and have B`).
    """
    found = []
    for at, mark in enumerate(marks):
        goes_on = mark.kind == "and" and at + 1 < len(marks) and marks[at + 1].kind == "verb"
        found.append(replace(mark, kind="or") if mark.kind in ("and", "nor") and not goes_on else mark)
    return found


def _glue(marks: Sequence[Mark], at: int, end: int) -> str:
    """Say how an exception is joined: set off by a comma at the end, to the whole list before it (`A, B or C,
    other than D`), else to what stands right before it.
    """
    set_off = at > 0 and marks[at - 1].kind == "comma" and end >= len(marks)
    return "whole_and" if set_off else "tight_and"


def _counted(mark: Mark, operands: Sequence[Condition]) -> Condition:
    if mark.kind == "qall":
        return every(*operands)
    if mark.name == "exact":
        return exactly(mark.number, operands)
    return at_least(mark.number or 1, operands)


def _ends_in_or(marks: Sequence[Mark]) -> bool:
    return bool(marks) and marks[-1].kind == "or"


def _without_repeated(marks: Sequence[Mark]) -> list[Mark]:
    """Drop an `if` or `unless` that only repeats the one it is joined to (`if A, or if B`)."""
    kept: list[Mark] = []
    for mark in marks:
        if mark.kind in LOOSE and kept and kept[-1].kind in JOINS and any(one.kind in LOOSE for one in kept):
            continue
        kept.append(mark)
    return kept


def _starts_main(marks: Sequence[Mark], comma: int) -> bool:
    """Say whether the main clause can begin after this comma: something must stand on its left, and no list
    goes on over it.
    """
    rest = marks[comma + 1 :]
    if not any(map(carries, marks[:comma])) or (rest and rest[0].kind in JOINS):
        return False
    following = next((mark for mark in rest if not carries(mark)), None)
    return following is None or following.kind not in JOINS
