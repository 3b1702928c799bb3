"""Which paragraph of the official file each of our paragraphs is: by number, and where that is not known or
not borne out, by how alike they read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analyser.compare.assignment import assign
from analyser.model.text import Measure, Provision
from analyser.verify.sides import Sides

# Below this two paragraphs of one measure have no more in common than any two.
_FLOOR = 0.3
# A number is contradicted only by words that are the same but for little.
_MOVED = 0.6
# By how much other words of the official file must read more like ours before its number is doubted.
CLEARLY = 0.2
_SHOWN = 3


@dataclass(frozen=True)
class Pair:
    """One of our paragraphs, one of the official file's, or both: by `number`, by `likeness`, or alone.

    `likes` are the official paragraphs that read most like ours, best first, with how alike (0 to 1).
    """

    measure: Measure | None
    ours: Provision | None
    official: Provision | None
    by: str
    likes: tuple[tuple[str, float], ...] = ()


def pair_paragraphs(
    sides: Sides, measure: Measure | None, ours: Sequence[Provision], official: Sequence[Provision]
) -> list[Pair]:
    """Return every paragraph of both sides in exactly one pair, ours in their order, then those only
    official.

    Paragraphs with one number go together, unless other words of the official measure read clearly more like
    ours. What is left is paired by its words: one whose number is not known with the one that reads most
    like it, one whose number the official file lacks only where the words are the same but for little.
    """
    found, doubted = _by_number(sides, ours, official)
    taken = {id(other) for other in found.values()}
    left = [one for one in official if id(one) not in taken]
    found |= _by_words(sides, {row: one for row, one in enumerate(ours) if row not in found}, left, doubted)
    taken = {id(other) for other in found.values()}
    # What its number was doubted for may have gone to another that reads still more like it.
    for row, same in doubted.items():
        if row not in found and id(same) not in taken:
            found[row] = same
            taken.add(id(same))
    pairs = []
    for row, one in enumerate(ours):
        other = found.get(row)
        by = "" if other is None else "number" if _one_number(one, other) else "likeness"
        pairs.append(Pair(measure, one, other, by, () if by == "number" else _likes(sides, one, official)))
    return [*pairs, *(Pair(measure, None, one, "") for one in official if id(one) not in taken)]


def _by_number(
    sides: Sides, ours: Sequence[Provision], official: Sequence[Provision]
) -> tuple[dict[int, Provision], dict[int, Provision]]:
    """Return for the places of our paragraphs the official one with their number: those that hold, and those
    whose number other official words make doubtful.
    """
    by_number = {one.number: one for one in official if one.number_known}
    found: dict[int, Provision] = {}
    doubted: dict[int, Provision] = {}
    for row, one in enumerate(ours):
        same = by_number.get(one.number) if one.number_known else None
        if same is not None:
            moved = sides.ours.seen(one) and better(sides, one, same, official, CLEARLY) is not None
            (doubted if moved else found)[row] = same
    return found, doubted


def _by_words(
    sides: Sides, ours: Mapping[int, Provision], left: Sequence[Provision], doubted: Mapping[int, Provision]
) -> dict[int, Provision]:
    """Pair by their words what numbers have left over."""
    scores = {}
    for row, one in ours.items():
        if sides.ours.seen(one):
            for column, other in enumerate(left):
                score = alike(sides, one, other)
                known = one.number_known and other.number_known and row not in doubted
                if score >= (_MOVED if known else _FLOOR):
                    scores[row, column] = score
    return {row: left[column] for row, column in assign(scores).items()}


def _one_number(one: Provision, other: Provision) -> bool:
    return one.number_known and one.number == other.number


def better(
    sides: Sides, one: Provision, same: Provision, others: Sequence[Provision], by: float
) -> tuple[Provision, float, float] | None:
    """Return the official provision that reads more like ours than the one with its number does, by at least
    `by`, with both likenesses; None where the number is borne out as well as any.
    """
    own = alike(sides, one, same)
    scored = [(alike(sides, one, other), other) for other in others if other is not same]
    if not scored:
        return None
    score, best = max(scored, key=lambda item: item[0])
    return (best, score, own) if score >= _FLOOR and score >= own + by else None


def alike(sides: Sides, one: Provision, other: Provision) -> float:
    """Return how alike one of our provisions and an official one read, from 0 to 1."""
    return sides.likeness.of(sides.ours.whole(one), sides.official.whole(other))


def _likes(sides: Sides, one: Provision, official: Sequence[Provision]) -> tuple[tuple[str, float], ...]:
    if not sides.ours.seen(one):
        return ()
    scored = [(other.number, alike(sides, one, other)) for other in official]
    scored.sort(key=lambda item: -item[1])
    return tuple((number, score) for number, score in scored[:_SHOWN] if score >= _FLOOR)
