"""Put conditions together: flattened, without parts that say nothing, and each thing said once."""

from collections.abc import Hashable, Iterable, Sequence

from analyser.model.logic import FALSE, TRUE, All, AnyOf, AtLeast, Atom, Condition, Not, Term, Unread


def every(*parts: Condition) -> Condition:
    """Return the conjunction, flattened, without parts that are always true and without repeats.

    >>> every(TRUE, Atom(fact="channel", op="=", value="public")).node
    'atom'
    """
    flat = _once(inner for part in parts for inner in (part.parts if isinstance(part, All) else (part,)))
    return flat[0] if len(flat) == 1 else All(parts=tuple(flat))


def anyof(*parts: Condition) -> Condition:
    """Return the disjunction, flattened, without parts that are never true and without repeats."""
    flat = _once(inner for part in parts for inner in (part.parts if isinstance(part, AnyOf) else (part,)))
    return flat[0] if len(flat) == 1 else AnyOf(parts=tuple(flat))


def negate(part: Condition) -> Condition:
    """Return the negation, without a double `not`."""
    if isinstance(part, Not):
        return part.part
    if part == TRUE:
        return FALSE
    return TRUE if part == FALSE else Not(part=part)


def at_least(count: int, parts: Sequence[Condition]) -> Condition:
    """Return "at least `count` of": an `any` for one, an `all` for every part, never true for more than there
    are.
    """
    if count <= 1:
        return anyof(*parts)
    if count > len(parts):
        return FALSE
    return every(*parts) if count == len(parts) else AtLeast(count=count, parts=tuple(parts))


def exactly(count: int, parts: Sequence[Condition]) -> Condition:
    """Return "`count` of them and no more"."""
    return every(at_least(count, parts), negate(at_least(count + 1, parts)))


def key_of(condition: Condition) -> Hashable:
    """Return what a condition says, leaving aside where its words stand."""
    match condition:
        case Atom(fact=fact, op=op, value=value):
            return ("atom", fact, op, type(value), value)
        case Term(name=name):
            return ("term", name)
        case Unread(words=words):
            return ("unread", words)
        case Not(part=part):
            return ("not", key_of(part))
        case AtLeast(count=count, parts=parts):
            return ("at_least", count, tuple(map(key_of, parts)))
        case All(parts=parts) | AnyOf(parts=parts):
            return (condition.node, frozenset(map(key_of, parts)))


def _once(parts: Iterable[Condition]) -> list[Condition]:
    """Keep the first of several parts that say the same."""
    found: dict[Hashable, Condition] = {}
    for part in parts:
        found.setdefault(key_of(part), part)
    return list(found.values())
