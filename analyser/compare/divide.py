"""Find measures that were split or merged: one whose paragraphs, or whose words, are held by two of the other
side.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analyser.compare.similarity import Likeness
from analyser.compare.units import Part, Text, Whole

HELD = 0.6  # so much of the words of a part stands in the whole
GAIN = 0.15  # and so much of the words of the whole stands in this part alone
_MOST = 0.5


@dataclass(frozen=True)
class Division:
    """Measures (ids) of which one side has one and the other several; `basis` is split or merged."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    basis: str


def stated(before: Text, after: Text) -> tuple[dict[str, str], list[Division]]:
    """Return what the texts themselves say became of their measures: pairs of ids, and what they say was
    split or merged.
    """
    said = {(one, target) for one, targets in before.destinations.items() for target, _ in targets}
    said |= {(target, one) for one, targets in after.destinations.items() for target, _ in targets}
    known = sorted((one, other) for one, other in said if one in before.by_id and other in after.by_id)
    pairs: dict[str, str] = {}
    divisions: dict[tuple[str, str], Division] = {}
    for one, other in known:
        parts = tuple(target for source, target in known if source == one)
        wholes = tuple(source for source, target in known if target == other)
        if len(parts) > 1:
            divisions["split", one] = Division((one,), parts, "split")
        elif len(wholes) > 1:
            divisions["merged", other] = Division(wholes, (other,), "merged")
        else:
            pairs[one] = other
    return pairs, list(divisions.values())


def divide(
    before: Text,
    after: Text,
    likeness: Likeness,
    measures: Mapping[int, int],
    units: Mapping[int, int],
    known: Sequence[Division] = (),
) -> list[Division]:
    """Return the splits and merges of measures that an alignment one to one leaves over.

    `measures` and `units` pair places of the two sides; `known` are divisions found already; each measure is
    in at most one division.
    """
    back = {column: row for row, column in units.items()}
    left = {before.by_id[name].place for one in known for name in one.before}
    right = {after.by_id[name].place for one in known for name in one.after}
    split = _parts(before, after, likeness, measures, back, right)
    found = [
        Division((before.measures[row].id,), _ids(after, parts), "split") for row, parts in split.items()
    ]
    turned = {column: row for row, column in measures.items() if row not in split}
    merged = _parts(after, before, likeness, turned, units, left | set(split))
    found += [
        Division(_ids(before, parts), (after.measures[column].id,), "merged")
        for column, parts in merged.items()
    ]
    return found


def _ids(side: Text, places: Sequence[int]) -> tuple[str, ...]:
    return tuple(side.measures[place].id for place in sorted(places))


def _parts(
    wholes: Text,
    parts: Text,
    likeness: Likeness,
    pairs: Mapping[int, int],
    came_from: Mapping[int, int],
    settled: set[int],
) -> dict[int, list[int]]:
    """Return the measures of one side that have several counterparts, with the places of all of them.

    `pairs` gives each whole its one counterpart so far, `came_from` each paragraph of the parts the paragraph
    it was paired with.
    """
    taken = set(pairs.values()) | settled
    found: dict[int, list[int]] = {}
    for place, part in enumerate(parts.measures):
        if place in taken or not part.seen:
            continue
        row = _by_paragraphs(part, wholes, parts, pairs, came_from)
        if row is None:
            row = _by_words(place, part, wholes, parts, likeness, pairs)
        if row is not None:
            found.setdefault(row, [pairs[row]]).append(place)
    return found


def _by_paragraphs(
    part: Whole, wholes: Text, parts: Text, pairs: Mapping[int, int], came_from: Mapping[int, int]
) -> int | None:
    """Return the measure from which most paragraphs of the part came."""
    own = [unit for unit in part.units if unit.part is Part.RECOMMENDATION and unit.seen]
    origins = [
        wholes.units[came_from[unit.place]].measure
        for unit in own
        if unit.place in came_from and unit.place < len(parts.units)
    ]
    counts = {origin: origins.count(origin) for origin in dict.fromkeys(origins) if origin}
    if not counts:
        return None
    origin = max(counts, key=lambda name: counts[name])
    row = next(place for place, whole in enumerate(wholes.measures) if whole.id == origin)
    return row if row in pairs and counts[origin] > _MOST * len(own) else None


def _by_words(
    place: int, part: Whole, wholes: Text, parts: Text, likeness: Likeness, pairs: Mapping[int, int]
) -> int | None:
    """Return the measure whose words the part holds beside its counterpart, which must be a neighbour of the
    part.
    """
    best: tuple[float, int] | None = None
    for row, column in pairs.items():
        whole, counterpart = wholes.measures[row], parts.measures[column]
        if abs(column - place) != 1 or not (whole.seen and counterpart.seen):
            continue
        share = likeness.held(part.recommended, [whole.recommended])
        gain = likeness.held(whole.recommended, [part.recommended, counterpart.recommended]) - likeness.held(
            whole.recommended, [counterpart.recommended]
        )
        if share >= HELD and gain >= GAIN and (best is None or share > best[0]):
            best = (share, row)
    return best[1] if best else None
