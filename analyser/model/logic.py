"""Conditions over service facts: a small boolean tree, kept as plain values."""

from functools import lru_cache
from typing import Annotated, Literal

from pydantic import Field

from analyser.model.base import Frozen
from analyser.model.text import Span

Comparison = Literal["=", "!=", ">", ">=", "<", "<="]


class Atom(Frozen):
    """One comparison of one fact, e.g. `risk.grooming >= medium` or `uk_monthly_users > 7000000`.

    Facts: `uk_monthly_users` (int) · `risk.<harm>` (negligible, low, medium, high) · `age_determination`
    (none, existing, highly_effective) · `channel` (public, private) · `service_type.<type>`,
    `functionality.<key>`, `category.<n>`, `search_type.<type>`, `regime.<regime>` and the plain yes/no facts
    of a profile (value True).
    """

    node: Literal["atom"] = "atom"
    fact: str
    op: Comparison
    value: int | str | bool
    span: Span | None = None


class All(Frozen):
    """True when every part is true (true when there is none)."""

    node: Literal["all"] = "all"
    parts: tuple["Condition", ...]


class AnyOf(Frozen):
    """True when at least one part is true (false when there is none)."""

    node: Literal["any"] = "any"
    parts: tuple["Condition", ...]


class Not(Frozen):
    """True when the part is false."""

    node: Literal["not"] = "not"
    part: "Condition"


class AtLeast(Frozen):
    """True when at least `count` of the parts are true."""

    node: Literal["at_least"] = "at_least"
    count: int
    parts: tuple["Condition", ...]


class Term(Frozen):
    """A defined term standing for its meaning, e.g. `multi-risk service`; it is true exactly when the
    meaning is."""

    node: Literal["term"] = "term"
    name: str
    meaning: "Condition"
    span: Span | None = None


class Unread(Frozen):
    """Words that the reader of conditions could not read; never true, never false."""

    node: Literal["unread"] = "unread"
    words: str
    span: Span | None = None


Condition = Annotated[All | AnyOf | Not | AtLeast | Term | Atom | Unread, Field(discriminator="node")]

TRUE = All(parts=())
FALSE = AnyOf(parts=())

for _model in (All, AnyOf, Not, AtLeast, Term):
    _model.model_rebuild()


def meaning(condition: Condition) -> Condition:
    """Return a condition without the places of its words, as one object for all that say the same.

    Where two conditions give the same object, what is worked out for one holds for the other.

    >>> first = Atom(fact="channel", op="=", value="public", span=Span(start=0, end=6))
    >>> meaning(first) is meaning(Atom(fact="channel", op="=", value="public", span=Span(start=9, end=15)))
    True
    """
    match condition:
        case Atom(span=Span()) | Unread(span=Span()):
            return _one(condition.model_copy(update={"span": None}))
        case Term(name=name, meaning=part):
            return _one(Term(name=name, meaning=meaning(part)))
        case Not(part=part):
            return _one(Not(part=meaning(part)))
        case All(parts=parts):
            return _one(All(parts=tuple(map(meaning, parts))))
        case AnyOf(parts=parts):
            return _one(AnyOf(parts=tuple(map(meaning, parts))))
        case AtLeast(count=count, parts=parts):
            return _one(AtLeast(count=count, parts=tuple(map(meaning, parts))))
    return _one(condition)


@lru_cache(maxsize=8192, typed=True)
def _one(condition: Condition) -> Condition:
    """Return the first condition seen of all that are equal."""
    return condition
