"""Evaluate a condition in three values, and name the atoms that decided it."""

from collections.abc import Callable, Iterator

from analyser.model.base import Truth
from analyser.model.logic import All, AnyOf, AtLeast, Atom, Condition, Not, Term, Unread

Judge = Callable[[Atom], Truth]

_NEGATED = {Truth.YES: Truth.NO, Truth.NO: Truth.YES, Truth.UNKNOWN: Truth.UNKNOWN}


def evaluate(condition: Condition, judge: Judge) -> Truth:
    """Return yes, no or unknown by Kleene's logic, asking `judge` for each atom.

    >>> evaluate(Not(part=Atom(fact="channel", op="=", value="public")), lambda atom: Truth.UNKNOWN)
    <Truth.UNKNOWN: 'unknown'>
    """
    match condition:
        case Atom():
            return judge(condition)
        case Term(meaning=meaning):
            return evaluate(meaning, judge)
        case Unread():
            return Truth.UNKNOWN
        case Not(part=part):
            return _NEGATED[evaluate(part, judge)]
        case All(parts=parts):
            return _counted(parts, len(parts), judge)
        case AnyOf(parts=parts):
            return _counted(parts, 1, judge)
        case AtLeast(count=count, parts=parts):
            return _counted(parts, count, judge)


def _counted(parts: tuple[Condition, ...], needed: int, judge: Judge) -> Truth:
    """Say whether at least `needed` parts are true, counting an unknown part both ways."""
    sure = possible = 0
    for part in parts:
        truth = evaluate(part, judge)
        sure += truth is Truth.YES
        possible += truth is not Truth.NO
    if sure >= needed:
        return Truth.YES
    return Truth.UNKNOWN if possible >= needed else Truth.NO


def atoms(condition: Condition) -> Iterator[Atom]:
    """Yield every atom of a condition in its order, defined terms opened."""
    match condition:
        case Atom():
            yield condition
        case Term(meaning=part) | Not(part=part):
            yield from atoms(part)
        case All(parts=parts) | AnyOf(parts=parts) | AtLeast(parts=parts):
            for part in parts:
                yield from atoms(part)


def unread(condition: Condition) -> Iterator[Unread]:
    """Yield every run of words of a condition that could not be read."""
    match condition:
        case Unread():
            yield condition
        case Term(meaning=part) | Not(part=part):
            yield from unread(part)
        case All(parts=parts) | AnyOf(parts=parts) | AtLeast(parts=parts):
            for part in parts:
                yield from unread(part)


def deciding(condition: Condition, judge: Judge) -> tuple[Condition, ...]:
    """Return the atoms and terms that decide the value: those that are enough for it by themselves, in order.

    For `large or multi-risk` at a large service this is `large`; where the value is unknown, the unknown
    leaves are returned.
    """
    truth = evaluate(condition, judge)
    leaves = list(_deciding(condition, judge, truth))
    seen: list[Condition] = []
    for leaf in leaves:
        if leaf not in seen:
            seen.append(leaf)
    return tuple(seen)


def _deciding(condition: Condition, judge: Judge, truth: Truth) -> Iterator[Condition]:
    match condition:
        case Atom() | Term() | Unread():
            yield condition
        case Not(part=part):
            yield from _deciding(part, judge, _NEGATED[truth])
        case All(parts=parts) | AnyOf(parts=parts) | AtLeast(parts=parts):
            matching = [part for part in parts if evaluate(part, judge) is truth]
            if isinstance(condition, AnyOf) and truth is Truth.YES:
                matching = matching[:1]
            if isinstance(condition, AtLeast) and truth is Truth.YES:
                matching = matching[: condition.count]
            for part in matching:
                yield from _deciding(part, judge, truth)
