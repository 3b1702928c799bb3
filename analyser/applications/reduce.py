"""Turn risks, thresholds and item groups among the marks into operands, before the grammar reads the
connectives.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from analyser.applications.conditions import anyof, at_least, every, exactly, negate
from analyser.applications.marks import QUANTIFIERS, Group, Mark, Want, is_predicate
from analyser.applications.vocabulary import Vocabulary
from analyser.model.logic import Atom, Comparison, Condition
from analyser.model.text import Span

Levels = tuple[str, ...]
Object = Callable[[Levels], Condition]
_COMPARISONS: dict[str, Comparison] = {"=": "=", ">": ">", ">=": ">=", "<": "<", "<=": "<="}
_BEFORE_GROUP = (
    *QUANTIFIERS,
    "verb",
    "each",
    "that",
    "comma",
    "kinds_open",
    "if",
    "main",
    "noun",
    "document",
    "reference",
)


def risk_condition(harm: str, levels: Levels, scale: Levels, span: Span) -> Condition:
    """Return the condition that the risk of a harm lies at one of `levels`, as one comparison where they are
    one end of the scale.

    >>> scale = ("negligible", "low", "medium", "high")
    >>> risk_condition("fraud", ("medium", "high"), scale, Span(start=0, end=1)).op
    '>='
    """
    fact = f"risk.{harm}"
    if levels and levels == scale[scale.index(levels[0]) :]:
        return Atom(fact=fact, op=">=", value=levels[0], span=span)
    if len(levels) > 1 and levels == scale[: len(levels)]:
        return Atom(fact=fact, op="<=", value=levels[-1], span=span)
    return anyof(*(Atom(fact=fact, op="=", value=level, span=span) for level in levels))


class Reducer:
    """Reads one run of marks; `groups` gives the condition of an item group by its number, `pending` the risk
    levels a lead-in left open.
    """

    def __init__(
        self, vocabulary: Vocabulary, pending: Levels, groups: Mapping[int, Group], outer_unit: bool
    ) -> None:
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
            atom = Atom(
                fact="uk_monthly_users", op=_COMPARISONS[mark.name], value=mark.number, span=mark.span
            )
            self._operand(mark, mark, atom)
            return at + 1
        if mark.kind == "unit":
            return at + 1
        if mark.kind in ("harm", "kinds") and self.pending and (read := self._object(marks, at)):
            end, make = read
            self._operand(mark, marks[end - 1], make(self.pending))
            return end
        if mark.kind == "reference" and mark.name and self._group_after(marks, at) is not None:
            return self._counted_group(
                [*marks[:at], replace(mark, kind="qall" if mark.name == "and" else "q1"), *marks[at + 1 :]],
                at,
            )
        if mark.kind == "kinds_open" or (
            mark.kind in QUANTIFIERS and self._group_after(marks, at) is not None
        ):
            return at + 1 if self._speaks_of_services(marks, at) else self._counted_group(marks, at)
        if mark.kind == "group":
            self._operand(
                mark,
                mark,
                self.groups[mark.number](Want(self.pending, predicate=is_predicate(marks, at))),
                name="group",
            )
            return at + 1
        if mark.kind == "harm":
            self.out.append(Mark("unread", mark.start, mark.end))
            return at + 1
        self.out.append(mark)
        return at + 1

    def _group_after(self, marks: Sequence[Mark], at: int) -> int | None:
        """Return the place of the group a quantity speaks of, if only fillers stand between (`both of the
        following conditions:`).
        """
        for place in range(at + 1, len(marks)):
            if marks[place].kind == "group":
                return place
            if marks[place].kind not in _BEFORE_GROUP:
                return None
        return None

    def _speaks_of_services(self, marks: Sequence[Mark], at: int) -> bool:
        """Say whether a quantity counts services, not the items (`each of its services that meets any of the
        following:`).
        """
        place = self._group_after(marks, at)
        if place is None:
            return False
        between = [mark.kind for mark in marks[at + 1 : place]]
        inner = next((after for after, kind in enumerate(between) if kind in QUANTIFIERS), None)
        return inner is not None and any(kind in ("noun", "that") for kind in between[:inner])

    def _counted_group(self, marks: Sequence[Mark], at: int) -> int:
        """Read `at least two of the following:`, `none of these:`, `both of the following conditions:` with
        their items.
        """
        mark = marks[at]
        place = self._group_after(marks, at)
        if place is None:
            read = self._harms(marks, at + 1, mark.number or 1)
            if read and self.pending:
                self._operand(mark, marks[read[0] - 1], read[1](self.pending))
                return read[0]
            self.out.append(Mark("unread", mark.start, mark.end))
            return at + 1
        group = self.groups[marks[place].number]
        predicate = is_predicate(marks, at)
        if mark.kind in ("q0", "neither"):
            condition = negate(group(Want(self.pending, "or", 1, predicate=predicate)))
        elif mark.kind in ("both", "qall"):
            condition = group(Want(self.pending, "and", predicate=predicate))
        else:
            counted = next((one for one in marks[at:place] if one.number), None)
            number, exact = (counted.number, counted.name == "exact") if counted else (1, False)
            condition = group(Want(self.pending, "or", number, exact, predicate))
        self._operand(mark, marks[place], condition, name="group")
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
        self._operand(
            marks[at], marks[end - 1], make(levels), name="group" if marks[end - 1].kind == "group" else ""
        )
        return end

    def _risk_later(self, marks: Sequence[Mark], at: int) -> int:
        """Read `the risk of OBJECT is [assessed as] LEVELS`; a lone `risk` says nothing by itself."""
        read = self._object(marks, at + 1)
        if read:
            end, make = read
            after = end
            while after < len(marks) and marks[after].kind in ("verb", "each", "that", "risk"):
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
            pick = exactly if mark.name == "exact" else at_least
            return at + 1, lambda levels: pick(
                mark.number or len(kinds), [self._one(harm, levels, place) for harm, place in kinds]
            )
        if mark.kind == "group":
            return at + 1, lambda levels: self.groups[mark.number](Want(levels))
        if mark.kind == "harm":
            return self._harms(marks, at, 0)
        if mark.kind == "kinds_open" or mark.kind in QUANTIFIERS:
            return self._counted_object(marks, at)
        return None

    def _counted_object(self, marks: Sequence[Mark], at: int) -> tuple[int, Object] | None:
        mark = marks[at]
        number = mark.number or (0 if mark.kind in ("qall", "both") else 1)
        exact = mark.name == "exact"
        place = at + 1
        while place < len(marks) and marks[place].kind in (
            "kinds_open",
            "q1",
            "count",
            "verb",
            "each",
            "comma",
            "that",
        ):
            number = marks[place].number or number
            exact = exact or marks[place].name == "exact"
            place += 1
        if place < len(marks) and marks[place].kind == "group":
            group = self.groups[marks[place].number]
            if mark.kind in ("q0", "neither"):
                return place + 1, lambda levels: negate(group(Want(levels, "or", 1)))
            return place + 1, lambda levels: group(Want(levels, "or" if number else "and", number, exact))
        read = self._harms(marks, place, number, exact)
        if read and mark.kind in ("q0", "neither"):
            end, make = read
            return end, lambda levels: negate(make(levels))
        return read

    def _harms(
        self, marks: Sequence[Mark], at: int, count: int, exact: bool = False
    ) -> tuple[int, Object] | None:
        """Read a list of harms; `count` 0 takes the list's own `and` or `or`."""
        found: list[Mark] = []
        joins: list[str] = []
        place = at
        while place < len(marks) and marks[place].kind == "harm":
            found.append(marks[place])
            ahead = place + 1
            seen: list[str] = []
            while ahead < len(marks) and marks[ahead].kind in (
                "comma",
                "and",
                "or",
                "nor",
                "each",
                "risk",
                "either",
                "both",
            ):
                seen.append(marks[ahead].kind)
                ahead += 1
            if (
                ahead < len(marks)
                and marks[ahead].kind == "harm"
                and any(kind in ("comma", "and", "or", "nor") for kind in seen)
            ):
                joins += [kind for kind in seen if kind in ("and", "or", "nor")]
                place = ahead
            else:
                place += 1
                break
        if not found:
            return None

        def make(levels: Levels) -> Condition:
            parts = [self._one(mark.name, levels, mark) for mark in found]
            if count:
                return exactly(count, parts) if exact else at_least(count, parts)
            return every(*parts) if joins and joins[-1] == "and" else anyof(*parts)

        return place, make

    def _one(self, harm: str, levels: Levels, mark: Mark) -> Condition:
        return risk_condition(harm, levels, self.vocabulary.levels, mark.span)

    def _operand(self, first: Mark, last: Mark, condition: Condition, name: str = "") -> None:
        self.out.append(Mark("operand", first.start, last.end, condition=condition, name=name))
