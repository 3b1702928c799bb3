"""Whether parts of one kind of harm count as several kinds where a condition counts kinds: not known.

Rows 2B and 2C of Table C are parts of row 2. Whether ICU E1 counts them as two of its listed kinds has not
been seen, so a count that is reached only by taking them as two is neither reached nor missed.
"""

from collections.abc import Iterator

from analyser.logic.evaluate import evaluate
from analyser.model.base import Truth
from analyser.model.logic import All, AnyOf, AtLeast, Atom, Condition, Not, Term
from analyser.profiles.facts import ProfileFacts
from analyser.profiles.words import Words
from analyser.reporting.labels import listed


def judged(condition: Condition, facts: ProfileFacts) -> Truth:
    """Return whether a condition holds for a profile, unknown where that turns on parts of one kind counting
    as several.
    """
    apart = evaluate(condition, facts.judge_atom)
    return apart if evaluate(_as_one(condition, facts), facts.judge_atom) is apart else Truth.UNKNOWN


def not_known_to_count(condition: Condition, facts: ProfileFacts, words: Words) -> str:
    """Return what is not known where only that leaves the condition open, `` otherwise.

    Example: "not known: whether high risk of image-based CSAM and high risk of CSAM URLs count as two kinds".
    """
    if evaluate(condition, facts.judge_atom) is evaluate(_as_one(condition, facts), facts.judge_atom):
        return ""
    rated = [
        atom for parts in _counted(condition, facts) for atom in parts if facts.judge_atom(atom) is Truth.YES
    ]
    said = [
        words(Atom(fact=atom.fact, op="=", value=facts.value_of(atom.fact) or atom.value)) for atom in rated
    ]
    return f"not known: whether {listed(dict.fromkeys(said))} count as more than one kind"


def _as_one(condition: Condition, facts: ProfileFacts) -> Condition:
    """Return the condition with the parts of one kind counted as one."""
    match condition:
        case Term(meaning=part):
            return _as_one(part, facts)
        case Not(part=part):
            return Not(part=_as_one(part, facts))
        case All(parts=parts):
            return All(parts=tuple(_as_one(part, facts) for part in parts))
        case AnyOf(parts=parts):
            return AnyOf(parts=tuple(_as_one(part, facts) for part in parts))
        case AtLeast(count=count, parts=parts):
            groups = _groups(parts, facts)
            alone = [_as_one(part, facts) for part in parts if not any(part in group for group in groups)]
            return AtLeast(count=count, parts=(*alone, *(AnyOf(parts=group) for group in groups)))
        case _:
            return condition


def _counted(condition: Condition, facts: ProfileFacts) -> Iterator[tuple[Atom, ...]]:
    """Yield the groups of risks of parts of one kind that a condition counts."""
    match condition:
        case Term(meaning=part) | Not(part=part):
            yield from _counted(part, facts)
        case AtLeast(parts=parts):
            yield from _groups(parts, facts)
        case All(parts=parts) | AnyOf(parts=parts):
            for part in parts:
                yield from _counted(part, facts)


def _groups(parts: tuple[Condition, ...], facts: ProfileFacts) -> list[tuple[Atom, ...]]:
    """Return the comparisons of risk of two or more parts of the same kind among the parts of a count."""
    rated = [part for part in parts if isinstance(part, Atom) and part.fact.startswith("risk.")]
    found = [
        tuple(atom for atom in rated if atom.fact.removeprefix("risk.") in kinds)
        for kinds in facts.sub_kinds.values()
    ]
    return [group for group in found if len(group) > 1]
