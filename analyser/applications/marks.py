"""Marks: what the words of a condition are to the grammar (an operand, a connective, a quantity, a place in
the sentence).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analyser.model.logic import Condition
from analyser.model.text import Span

JOINS = ("and", "or", "nor")
LOOSE = ("unless", "provided", "if")
QUANTIFIERS = ("q0", "q1", "qall", "count", "either", "both", "neither")
DANGLING = (*JOINS, "comma", "semicolon", "stop")
_CARRYING = frozenset({"operand", "unread", "harm", "levels", "threshold", "kinds", "kinds_open"})


@dataclass(frozen=True)
class Mark:
    """One mark: `kind` says what it is, `condition` what an operand means, `value` the levels of a risk,
    `number` a count or a label.

    `heads` says that the words end in a noun for a service (`a dating service`, `marketplaces`), so that they
    can name whom a text binds.
    """

    kind: str
    start: int
    end: int
    condition: Condition | None = None
    name: str = ""
    value: tuple[str, ...] = ()
    number: int = 0
    heads: bool = False

    @property
    def span(self) -> Span:
        """The place of the words."""
        return Span(start=self.start, end=self.end)


@dataclass(frozen=True)
class Want:
    """What a lead-in asks of its items: risk levels still open, how they are joined, how many must hold, and
    whether they are predicates.
    """

    levels: tuple[str, ...] = ()
    join: str = ""
    count: int = 0
    exact: bool = False
    predicate: bool = False


Group = Callable[[Want], Condition]


def carries(mark: Mark) -> bool:
    """Say whether a mark carries a condition, read or unread."""
    return mark.kind in _CARRYING


def split_at(marks: Sequence[Mark], *kinds: str) -> list[list[Mark]]:
    """Return the runs between the marks of some kinds, which are left out."""
    parts: list[list[Mark]] = [[]]
    for mark in marks:
        if mark.kind in kinds:
            parts.append([])
        else:
            parts[-1].append(mark)
    return [part for part in parts if part]


def trim(marks: Sequence[Mark]) -> list[Mark]:
    """Drop connectives, commas and relative words that dangle at either end."""
    trimmed = list(marks)
    while trimmed and trimmed[-1].kind in (*DANGLING, "that", "verb", "each"):
        trimmed.pop()
    while trimmed and trimmed[0].kind in ("and", "or", "comma", "semicolon", "that", "stop"):
        trimmed.pop(0)
    return trimmed


def names_service(marks: Sequence[Mark], at: int = 0) -> bool:
    """Say whether the words from a place on begin by naming a class of services (`a marketplace`, `each large
    service`, `those services`).
    """
    while at < len(marks) and marks[at].kind in ("each", "case", "label"):
        at += 1
    while (
        at + 1 < len(marks)
        and marks[at].kind == "operand"
        and not marks[at].heads
        and marks[at + 1].kind in ("operand", "noun", "comma")
    ):
        at += 1
        if marks[at].kind == "comma":
            return False
    if at >= len(marks):
        return False
    return (
        marks[at].heads
        if marks[at].kind == "operand"
        else marks[at].kind == "noun" and marks[at].name != "definite"
    )


def is_predicate(marks: Sequence[Mark], at: int) -> bool:
    """Say whether what stands at a place is said of a service already named (`that is: …`, `which is both
    …`).
    """
    at -= 1
    while at >= 0 and marks[at].kind in ("each", "comma", *QUANTIFIERS, "not", "kinds_open"):
        at -= 1
    return at >= 0 and marks[at].kind == "verb" and marks[at].name == "be"
