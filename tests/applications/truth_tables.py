"""Whole truth tables of conditions, and a small prefix notation to write conditions in by hand.

A table is one integer with a bit for each point of the space of facts. The values of a fact that no
comparison in the conditions tells apart are one point, so that two equal tables are two equal conditions, not
a sample.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analyser.logic.evaluate import atoms
from analyser.model.logic import All, AnyOf, AtLeast, Atom, Comparison, Condition, Not, Term, Unread
from analyser.profiles.facts import compare
from analyser.profiles.model import AGES, RISKS

_COMPARISONS: dict[str, Comparison] = {"=": "=", ">": ">", ">=": ">=", "<": "<", "<=": "<="}


@dataclass(frozen=True)
class Space:
    """The facts that conditions name: for each its distinguishable values, and the step of its values among
    the points.
    """

    values: dict[str, tuple[int | str | bool, ...]]
    steps: dict[str, int]
    size: int

    @classmethod
    def of(cls, *conditions: Condition) -> "Space":
        """Return the space of every fact that the conditions name."""
        named: dict[str, list[Atom]] = {}
        for condition in conditions:
            for atom in atoms(condition):
                named.setdefault(atom.fact, []).append(atom)
        values: dict[str, tuple[int | str | bool, ...]] = {}
        steps: dict[str, int] = {}
        size = 1
        for fact in sorted(named):
            told_apart: dict[tuple[bool, ...], int | str | bool] = {}
            for value in _values(fact, named[fact]):
                told_apart.setdefault(tuple(compare(value, atom) for atom in named[fact]), value)
            values[fact] = tuple(told_apart.values())
            steps[fact] = size
            size *= len(values[fact])
        return cls(values, steps, size)

    def table(self, condition: Condition) -> int:
        """Return the truth table of a condition."""
        match condition:
            case Atom(fact=fact):
                return self._of_atom(fact, [compare(value, condition) for value in self.values[fact]])
            case Term(meaning=part):
                return self.table(part)
            case Not(part=part):
                return ~self.table(part) & ((1 << self.size) - 1)
            case All(parts=parts):
                return self._at_least(len(parts), parts)
            case AnyOf(parts=parts):
                return self._at_least(1, parts)
            case AtLeast(count=count, parts=parts):
                return self._at_least(count, parts)
            case Unread(words=words):
                raise AssertionError(f"not read: {words!r}")

    def point(self, table: int) -> dict[str, int | str | bool]:
        """Return the facts of the first point of a table, to show where two conditions part."""
        place = (table & -table).bit_length() - 1
        return {fact: values[place // self.steps[fact] % len(values)] for fact, values in self.values.items()}

    def _of_atom(self, fact: str, holds: Sequence[bool]) -> int:
        step = self.steps[fact]
        period = sum(((1 << step) - 1) << (step * place) for place, true in enumerate(holds) if true)
        width, table = step * len(holds), period
        while width < self.size:
            table |= table << width
            width *= 2
        return table & ((1 << self.size) - 1)

    def _at_least(self, count: int, parts: Sequence[Condition]) -> int:
        reached = [(1 << self.size) - 1] + [0] * count
        for part in parts:
            table = self.table(part)
            for number in range(count, 0, -1):
                reached[number] |= reached[number - 1] & table
        return reached[count]


def _values(fact: str, named: Iterable[Atom]) -> Iterable[int | str | bool]:
    if fact.startswith("risk."):
        return RISKS
    if fact == "age_determination":
        return AGES
    if fact == "uk_monthly_users":
        bounds = {int(atom.value) for atom in named}
        return sorted({near for bound in bounds for near in (bound - 1, bound, bound + 1)})
    return (False, True)


def difference(read: Condition, expected: Condition) -> str:
    """Return where two conditions part, empty when they are equal everywhere."""
    space = Space.of(read, expected)
    apart = space.table(read) ^ space.table(expected)
    if not apart:
        return ""
    kept = space.table(read) & (apart & -apart)
    return f"read as {'yes' if kept else 'no'} for {space.point(apart)}"


def leaves(condition: Condition) -> Iterator[Atom | Term]:
    """Yield the atoms and terms of a condition as its own words name them, terms not opened."""
    match condition:
        case Atom() | Term():
            yield condition
        case Not(part=part):
            yield from leaves(part)
        case All(parts=parts) | AnyOf(parts=parts) | AtLeast(parts=parts):
            for part in parts:
                yield from leaves(part)


def implies(narrow: Condition, wide: Condition) -> bool:
    """Say whether the wider condition holds wherever the narrower does."""
    space = Space.of(narrow, wide)
    return not space.table(narrow) & ~space.table(wide)


def written(words: str, names: dict[str, str], kinds: Sequence[str]) -> Condition:
    """Read the prefix notation: `(and large (>= risk.fraud medium))`.

    Forms: `true`, `(and …)`, `(or …)`, `(not …)`, `(2 of …)`, `(>= fact value)`; a bare word is a name of
    `names` or a fact that is true; `any-kind` stands for every kind at medium or high risk, as operands.
    """
    tokens = re.findall(r"[()]|[^\s()]+", words)
    parsed, rest = _form(tokens, names, kinds)
    assert not rest, f"left over: {rest}"
    (condition,) = parsed
    return condition


def _form(
    tokens: list[str], names: dict[str, str], kinds: Sequence[str]
) -> tuple[list[Condition], list[str]]:
    first, rest = tokens[0], tokens[1:]
    if first != "(":
        return _word(first, names, kinds), rest
    head, rest = rest[0], rest[1:]
    if head in _COMPARISONS:
        fact, value, rest = rest[0], rest[1], rest[3:]
        return [Atom(fact=fact, op=_COMPARISONS[head], value=int(value) if value.isdigit() else value)], rest
    if head.isdigit():
        assert rest[0] == "of"
        rest = rest[1:]
    parts: list[Condition] = []
    while rest[0] != ")":
        found, rest = _form(rest, names, kinds)
        parts += found
    made: dict[str, Condition] = {"and": All(parts=tuple(parts)), "or": AnyOf(parts=tuple(parts))}
    if head.isdigit():
        made[head] = AtLeast(count=int(head), parts=tuple(parts))
    if head == "not":
        (part,) = parts
        made[head] = Not(part=part)
    return [made[head]], rest[1:]


def _word(word: str, names: dict[str, str], kinds: Sequence[str]) -> list[Condition]:
    if word == "true":
        return [All(parts=())]
    if word == "any-kind":
        return [Atom(fact=f"risk.{kind}", op=">=", value="medium") for kind in kinds]
    if word in names:
        return [written(names[word], names, kinds)]
    return [Atom(fact=word, op="=", value=True)]
