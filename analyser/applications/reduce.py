"""Turn risks, thresholds and item groups among the marks into operands, before the grammar reads the connectives."""

from collections.abc import Callable, Sequence

from analyser.applications.grammar import anyof, at_least, every, negate
from analyser.applications.lexer import Mark
from analyser.applications.vocabulary import Vocabulary
from analyser.model.logic import Atom, Condition
from analyser.model.text import Span

Levels = tuple[str, ...]
Object = Callable[[Levels], Condition]
Group = Callable[[Levels, str, int], Condition]
_QUANTIFIERS = ("q0", "q1", "qall", "count", "either", "both", "neither")


def risk_condition(harm: str, levels: Levels, scale: Levels, span: Span) -> Condition:
    """Return the condition that the risk of a harm lies at one of `levels`, as one comparison where they are one end of the scale.

    >>> risk_condition("fraud", ("medium", "high"), ("negligible", "low", "medium", "high"), Span(start=0, end=1)).op
    '>='
    """
    fact = f"risk.{harm}"
    if levels and levels == scale[scale.index(levels[0]) :]:
        return Atom(fact=fact, op=">=", value=levels[0], span=span)
    if len(levels) > 1 and levels == scale[: len(levels)]:
        return Atom(fact=fact, op="<=", value=levels[-1], span=span)
    return anyof(*(Atom(fact=fact, op="=", value=level, span=span) for level in levels))


class Reducer:
    """Reads one run of marks; `groups` gives the condition of an item group by its place among the marks."""

    def __init__(self, vocabulary: Vocabulary, pending: Levels, groups: dict[int, Group], outer_unit: bool) -> None:
        self.vocabulary = vocabulary
        self.pending = pending
        self.groups = groups
        self.unit_known = outer_unit
        self.out: list[Mark] = []

    def run(self, marks: Sequence[Mark]) -> list[Mark]:
        """Return the marks with every risk, threshold and group as an operand."""
        self.unit_known = self.unit_known or any(mark.kind == "unit" for mark in marks)
        at = 0
        while at < len(marks):
            at = self._step(marks, at)
        return self.out

    def _step(self, marks: Sequence[Mark], at: int) -> int:
        mark = marks[at]
        if mark.kind == "levels":
            return self._risk(marks, at)
        if mark.kind == "risk":
            return self._risk_later(marks, at)
        if mark.kind == "threshold" and self.unit_known:
            atom = Atom(fact="uk_monthly_users", op=mark.name, value=mark.number, span=_span(mark, mark))  # type: ignore[arg-type]
            self._operand(mark, mark, atom)
            return at + 1
        if mark.kind == "unit":
            return at + 1
        if mark.kind in ("harm", "kinds") and self.pending:
            read = self._object(marks, at)
            if read:
                end, make = read
                self._operand(mark, marks[end - 1], make(self.pending))
                return end
        if mark.kind == "kinds_open":
            return self._counted_group(marks, at, mark.number, None)
        if mark.kind in _QUANTIFIERS and self._group_after(marks, at) is not None:
            return self._counted_group(marks, at, mark.number, mark.kind)
        if mark.kind == "group":
            self._operand(mark, mark, self.groups[mark.number](self.pending, "", 0), name="group")
            return at + 1
        if mark.kind in ("q0", "q1", "qall"):
            return at + 1
        if mark.kind == "harm":
            self.out.append(Mark("unread", mark.start, mark.end))
            return at + 1
        self.out.append(mark)
        return at + 1

    def _group_after(self, marks: Sequence[Mark], at: int) -> int | None:
        """Return the place of the group a quantity speaks of, if only fillers stand between (`both of the following conditions:`)."""
        for place in range(at + 1, len(marks)):
            if marks[place].kind == "group":
                return place
            if marks[place].kind not in (*_QUANTIFIERS, "verb", "each", "that", "comma", "kinds_open", "if"):
                return None
        return None

    def _counted_group(self, marks: Sequence[Mark], at: int, number: int, how: str | None) -> int:
        place = self._group_after(marks, at)
        if place is None:
            read = self._harms(marks, at + 1, number or 1) if how is None else None
            if read and self.pending:
                self._operand(marks[at], marks[read[0] - 1], read[1](self.pending))
                return read[0]
            self.out.append(Mark("unread", marks[at].start, marks[at].end))
            return at + 1
        inner = next((mark for mark in marks[at + 1 : place] if mark.kind in (*_QUANTIFIERS, "kinds_open")), None)
        if how in ("q0", "neither"):
            condition = negate(self.groups[marks[place].number](self.pending, "or", 1))
        elif how == "both" or how == "qall":
            condition = self.groups[marks[place].number](self.pending, "and", 0)
        else:
            count = number or (inner.number if inner else 0) or 1
            condition = self.groups[marks[place].number](self.pending, "or", count)
        self._operand(marks[at], marks[place], condition, name="group")
        return place + 1

    def _risk(self, marks: Sequence[Mark], at: int) -> int:
        """Read `LEVELS risk of OBJECT`."""
        levels = marks[at].value
        place = at + 1
        while place < len(marks) and marks[place].kind in ("risk", "verb", "each"):
            place += 1
        read = self._object(marks, place)
        if read is None:
            self.out.append(Mark("unread", marks[at].start, marks[max(at, place - 1)].end))
            return place
        end, make = read
        self._operand(marks[at], marks[end - 1], make(levels), name="group" if marks[end - 1].kind == "group" else "")
        return end

    def _risk_later(self, marks: Sequence[Mark], at: int) -> int:
        """Read `the risk of OBJECT is [assessed as] LEVELS`; a lone `risk` says nothing by itself."""
        place = at + 1
        read = self._object(marks, place)
        if read:
            end, make = read
            after = end
            while after < len(marks) and marks[after].kind in ("verb", "each", "unread", "that", "risk"):
                after += 1
            negative = after < len(marks) and marks[after].kind == "not"
            level_at = after + 1 if negative else after
            if level_at < len(marks) and marks[level_at].kind == "levels":
                condition = make(marks[level_at].value)
                self._operand(marks[at], marks[level_at], negate(condition) if negative else condition)
                return level_at + 1
        return at + 1

    def _object(self, marks: Sequence[Mark], at: int) -> tuple[int, Object] | None:
        """Read what the risk is of: harms in a list, any kind, or the items of a group."""
        if at >= len(marks):
            return None
        mark = marks[at]
        if mark.kind == "kinds":
            kinds = [(harm, mark) for harm in self.vocabulary.kinds]
            count = mark.number or len(kinds)
            return at + 1, lambda levels: at_least(count, [self._one(harm, levels, place) for harm, place in kinds])
        if mark.kind == "group":
            return at + 1, lambda levels: self.groups[mark.number](levels, "", 0)
        if mark.kind in ("kinds_open", "count", "q0", "q1", "qall", "either", "both", "neither"):
            return self._counted_object(marks, at)
        if mark.kind == "harm":
            return self._harms(marks, at, 0)
        return None

    def _counted_object(self, marks: Sequence[Mark], at: int) -> tuple[int, Object] | None:
        mark = marks[at]
        number = mark.number or (0 if mark.kind in ("qall", "both") else 1)
        place = at + 1
        while place < len(marks) and marks[place].kind in ("kinds_open", "q1", "count", "verb", "each", "comma", "that"):
            number = marks[place].number or number
            place += 1
        if place < len(marks) and marks[place].kind == "group":
            group = self.groups[marks[place].number]
            join, count = ("and", 0) if number == 0 else ("or", number)
            if mark.kind in ("q0", "neither"):
                return place + 1, lambda levels: negate(group(levels, "or", 1))
            return place + 1, lambda levels: group(levels, join, count)
        read = self._harms(marks, place, number)
        if read and mark.kind in ("q0", "neither"):
            end, make = read
            return end, lambda levels: negate(make(levels))
        return read

    def _harms(self, marks: Sequence[Mark], at: int, count: int) -> tuple[int, Object] | None:
        """Read a list of harms; `count` 0 takes the list's own `and` or `or`."""
        found: list[Mark] = []
        joins: list[str] = []
        place = at
        while place < len(marks) and marks[place].kind == "harm":
            found.append(marks[place])
            ahead = place + 1
            seen: list[str] = []
            while ahead < len(marks) and marks[ahead].kind in ("comma", "and", "or", "nor", "each", "risk", "either", "both"):
                seen.append(marks[ahead].kind)
                ahead += 1
            if ahead < len(marks) and marks[ahead].kind == "harm" and any(kind in ("comma", "and", "or", "nor") for kind in seen):
                joins += [kind for kind in seen if kind in ("and", "or", "nor")]
                place = ahead
            else:
                place += 1
                break
        if not found:
            return None
        end = place

        def make(levels: Levels) -> Condition:
            parts = [self._one(mark.name, levels, mark) for mark in found]
            if count:
                return at_least(count, parts)
            return every(*parts) if joins and joins[-1] == "and" else anyof(*parts)

        return end, make

    def _one(self, harm: str, levels: Levels, mark: Mark) -> Condition:
        return risk_condition(harm, levels, self.vocabulary.levels, _span(mark, mark))

    def _operand(self, first: Mark, last: Mark, condition: Condition, name: str = "") -> None:
        self.out.append(Mark("operand", first.start, last.end, condition=condition, name=name))


def _span(first: Mark, last: Mark) -> Span:
    return Span(start=first.start, end=last.end)
