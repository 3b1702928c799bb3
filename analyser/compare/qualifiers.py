"""Qualifiers added, removed and changed between paragraphs that were aligned, and the limbs that leave
services out of a measure.
"""

from collections.abc import Callable, Sequence

from analyser.compare.assignment import assign
from analyser.compare.similarity import plain
from analyser.model.base import Nature
from analyser.model.exemption import Exemption
from analyser.reporting.compare_rows import ChangedQualifier, Qualifier, QualifierChanges

_ALIKE = 0.6


def compare_qualifiers(
    before: Sequence[Exemption], after: Sequence[Exemption], words: Callable[[Exemption], str]
) -> QualifierChanges:
    """Return what changed; a qualifier is changed when one of its kind in like words, or its words with
    another effect, is on both sides.

    `words` says an exemption in words: its quote, or the limbs of a failing application.
    """
    old, new = list(before), list(after)
    _take_away(old, new, words)
    found = _alike(old, new, words)
    return QualifierChanges(
        added=tuple(_row(one, words) for place, one in enumerate(new) if place not in found.values()),
        removed=tuple(_row(one, words) for place, one in enumerate(old) if place not in found),
        changed=tuple(
            ChangedQualifier(from_=_row(old[row], words), to=_row(new[column], words))
            for row, column in found.items()
        ),
    )


def pair_qualifiers(
    before: Sequence[Exemption], after: Sequence[Exemption], words: Callable[[Exemption], str]
) -> tuple[tuple[Exemption, Exemption, bool], ...]:
    """Return which qualifier became which, each with whether it is the same; what was added or removed is in
    no pair.
    """
    old, new = list(before), list(after)
    same = _take_away(old, new, words)
    found = _alike(old, new, words)
    return (
        *((one, other, True) for one, other in same),
        *((old[row], new[column], False) for row, column in found.items()),
    )


def _alike(
    old: Sequence[Exemption], new: Sequence[Exemption], words: Callable[[Exemption], str]
) -> dict[int, int]:
    """Return which of the one list goes with which of the other, by their places."""
    return assign(
        {
            (row, column): likeness
            for row, one in enumerate(old)
            for column, other in enumerate(new)
            if (likeness := _likeness(one, other, words)) >= _ALIKE
        }
    )


def _take_away(
    old: list[Exemption], new: list[Exemption], words: Callable[[Exemption], str]
) -> list[tuple[Exemption, Exemption]]:
    """Take away from both lists what is the same on both sides, and return it in pairs."""
    taken = []
    for one in list(old):
        same = next((other for other in new if _same(one, other, words)), None)
        if same is not None:
            old.remove(one)
            new.remove(same)
            taken.append((one, same))
    return taken


def _same(one: Exemption, other: Exemption, words: Callable[[Exemption], str]) -> bool:
    return (one.kind, one.nature, one.effect, one.level, plain(words(one))) == (
        other.kind,
        other.nature,
        other.effect,
        other.level,
        plain(words(other)),
    )


def _likeness(one: Exemption, other: Exemption, words: Callable[[Exemption], str]) -> float:
    """Say how alike two qualifiers are (0 to 1); limbs are the same or not, words of another kind only when
    they are the same words.
    """
    from rapidfuzz import fuzz

    first, second = plain(words(one)), plain(words(other))
    if first == second:
        return 1.0
    if one.kind is not other.kind or Nature.APPLICATION in (one.nature, other.nature):
        return 0.0
    # Both ways round and halved, since which text is given first must not matter.
    return (fuzz.token_sort_ratio(first, second) + fuzz.token_sort_ratio(second, first)) / 200


def _row(exemption: Exemption, words: Callable[[Exemption], str]) -> Qualifier:
    return Qualifier(
        id=exemption.id,
        provision=exemption.provision,
        kind=exemption.kind,
        nature=exemption.nature,
        effect=exemption.effect,
        level=exemption.level,
        quote=words(exemption),
        basis=exemption.basis,
    )
