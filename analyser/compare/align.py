"""Align two texts: by number where the numbers are borne out by the words, then exact text, then likeness
with an assignment step.

Splits and merges are followed afterwards: a piece whose words are held by two neighbours of the other side.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from analyser.compare.assignment import Pair, assign
from analyser.compare.divide import GAIN, HELD, Division, divide, stated
from analyser.compare.similarity import Likeness, plain
from analyser.compare.units import Part, Text, Unit, Whole

# Below these two wordings have no more in common than any two of a code: within one measure, and anywhere in
# it.
_FLOOR = 0.3
_FLOOR_ELSEWHERE = 0.5
_FLOOR_OF_MEASURES = 0.4
_BY_NUMBER = 0.25
_SAME_MEASURE = 0.15
_OF_TITLE = 0.4
_NEAREST = 8
_BORNE_OUT = 0.5


@dataclass(frozen=True)
class Match:
    """What of one side became what of the other (ids); one side is empty for what has no counterpart.

    `basis`: number, stated (one of the texts says so), exact text, similarity 0.87, split, merged,
    same measure (its words were not seen on one side); empty for what has no counterpart.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    basis: str = ""

    def turned(self) -> "Match":
        """Return the match as seen from the other side."""
        basis = {"split": "merged", "merged": "split"}.get(self.basis, self.basis)
        return Match(self.after, self.before, basis)


@dataclass(frozen=True)
class Alignment:
    """Every measure and every paragraph of both sides, each in exactly one match, in the order of the later
    text.
    """

    measures: tuple[Match, ...]
    units: tuple[Match, ...]


def align(before: Text, after: Text) -> Alignment:
    """Align two texts; `align(b, a)` is the mirror of `align(a, b)`.

    Example: `align(text_of(draft), text_of(final)).measures` holds `Match(("4A",), ("ICU C1", "ICU C2"),
    "split")`.
    """
    # Worked out in one direction only, so that the order in which two texts are given never decides a tie.
    if before.key > after.key:
        turned = align(after, before)
        measures = [match.turned() for match in turned.measures]
        units = [match.turned() for match in turned.units]
    else:
        measures, units = _Aligner(before, after).run()
    return Alignment(
        _in_order(measures, [one.id for one in before.measures], [one.id for one in after.measures]),
        _in_order(units, [one.id for one in before.units], [one.id for one in after.units]),
    )


def same_words(one: str, other: str) -> bool:
    """Say whether two wordings differ in nothing but spaces, capitals and points."""
    return plain(one) == plain(other)


class _Aligner:
    """Aligns measures, then paragraphs with the measures as a hint, then looks for splits and merges."""

    def __init__(self, before: Text, after: Text) -> None:
        self.before, self.after = before, after
        texts = [*(unit.text for side in (before, after) for unit in side.units)]
        texts += [
            text
            for side in (before, after)
            for one in side.measures
            for text in (one.title, one.words, one.recommended)
        ]
        self.likeness = Likeness(texts)
        self.stated: dict[str, str] = {}

    def run(self) -> tuple[list[Match], list[Match]]:
        self.stated, divisions = stated(self.before, self.after)
        measures = self._measures(divisions)
        units = self._units(self._joined(divisions, measures))
        found = divide(self.before, self.after, self.likeness, measures, units, divisions)
        if found:
            divisions = [*divisions, *found]
            units = self._units(self._joined(divisions, measures))
        return (
            self._matches_of_measures(measures, divisions),
            self._matches_of_units(units, self._joined(divisions, measures)),
        )

    def _joined(self, divisions: Sequence[Division], pairs: dict[int, int]) -> dict[str, set[str]]:
        """Return for each measure of the earlier side its counterparts, and for what stands outside the
        measures its like.
        """
        joined = {
            self.before.measures[row].id: {self.after.measures[column].id} for row, column in pairs.items()
        }
        for one in divisions:
            for name in one.before:
                joined[name] = joined.get(name, set()) | set(one.after)
        return {"": {""}, **joined}

    def _measures(self, divisions: Sequence[Division]) -> dict[int, int]:
        """Pair the measures one to one: what the texts state, then the rest by number and likeness."""
        rows, columns = self.before.measures, self.after.measures
        left = {name for one in divisions for name in one.before} | set(self.stated)
        right = {name for one in divisions for name in one.after} | set(self.stated.values())
        numbers = _same_ids([one.id for one in rows], [one.id for one in columns])
        pairs = {
            *self.likeness.nearest([one.title for one in rows], [one.title for one in columns], _NEAREST),
            *self.likeness.nearest([one.words for one in rows], [one.words for one in columns], _NEAREST),
            *numbers,
        }
        alike: dict[Pair, float] = {}
        for row, column in sorted(pairs):
            if rows[row].id not in left and columns[column].id not in right:
                score = self._alike(rows[row], columns[column])
                if score >= _FLOOR_OF_MEASURES or (row, column) in numbers:
                    alike[row, column] = score
        unseen = {(row, column) for row, column in numbers if not _can_be_told(rows[row], columns[column])}
        found = _settle(alike, numbers, {}, unseen)
        for one, other in self.stated.items():
            found[self.before.by_id[one].place] = self.after.by_id[other].place
        return found

    def _alike(self, one: Whole, other: Whole) -> float:
        titled, worded = bool(one.title and other.title), one.seen and other.seen
        title = self.likeness.of(one.title, other.title) if titled else 0.0
        words = self.likeness.of(one.words, other.words) if worded else 0.0
        return _OF_TITLE * title + (1 - _OF_TITLE) * words if titled and worded else max(title, words)

    def _units(self, joined: dict[str, set[str]]) -> dict[int, int]:
        rows, columns = self.before.units, self.after.units
        numbers = _same_ids(
            [unit.id if unit.numbered else "" for unit in rows],
            [unit.id if unit.numbered else "" for unit in columns],
        )
        places: dict[str, list[int]] = {}
        for column, unit in enumerate(columns):
            places.setdefault(unit.measure, []).append(column)
        pairs = set(
            self.likeness.nearest([unit.text for unit in rows], [unit.text for unit in columns], _NEAREST)
        )
        for row, unit in enumerate(rows):
            for measure in joined.get(unit.measure, ()):
                pairs.update((row, column) for column in places.get(measure, ()))
        alike: dict[Pair, float] = {}
        hints: dict[Pair, float] = {}
        for row, column in sorted(pairs | set(numbers)):
            one, other = rows[row], columns[column]
            together = other.measure in joined.get(one.measure, ())
            if not _may_be_one(one, other, together):
                continue
            score = self.likeness.of(one.text, other.text) if one.seen and other.seen else _unseen(one, other)
            if score < _FLOOR_ELSEWHERE and not together and (row, column) not in numbers:
                continue
            alike[row, column] = score
            hints[row, column] = (_SAME_MEASURE if together and one.measure else 0.0) + self._nearness(
                one, other
            )
        unseen = {(row, column) for row, column in numbers if not (rows[row].seen and columns[column].seen)}
        return _settle(alike, numbers, hints, unseen)

    def _nearness(self, one: Unit, other: Unit) -> float:
        """Prefer, among equals, what stands about where it stood."""
        first, second = one.place / len(self.before.units), other.place / len(self.after.units)
        return 0.02 * (1 - abs(first - second))

    def _basis(self, one: Unit, other: Unit) -> str:
        if one.numbered and other.numbered and one.id == other.id:
            return "number"
        if not (one.seen and other.seen):
            return "same measure"
        if same_words(one.text, other.text):
            return "exact text"
        return f"similarity {self.likeness.of(one.text, other.text):.2f}"

    def _matches_of_measures(self, pairs: dict[int, int], divisions: Sequence[Division]) -> list[Match]:
        rows, columns = self.before.measures, self.after.measures
        found = [Match(one.before, one.after, one.basis) for one in divisions]
        left = {name for one in found for name in one.before}
        right = {name for one in found for name in one.after}
        for row, column in pairs.items():
            one, other = rows[row], columns[column]
            if one.id in left or other.id in right:
                continue
            if one.id == other.id:
                basis = "number"
            elif self.stated.get(one.id) == other.id:
                basis = "stated"
            elif (
                one.seen
                and other.seen
                and same_words(one.title, other.title)
                and same_words(one.words, other.words)
            ):
                basis = "exact text"
            else:
                basis = f"similarity {self._alike(one, other):.2f}"
            found.append(Match((one.id,), (other.id,), basis))
            left.add(one.id)
            right.add(other.id)
        found += [Match((one.id,), ()) for one in rows if one.id not in left]
        found += [Match((), (one.id,)) for one in columns if one.id not in right]
        return found

    def _matches_of_units(self, pairs: dict[int, int], joined: dict[str, set[str]]) -> list[Match]:
        rows, columns = self.before.units, self.after.units
        groups: dict[int, list[int]] = {row: [column] for row, column in pairs.items()}
        merged: dict[int, list[int]] = {column: [row] for row, column in pairs.items()}
        for column, unit in enumerate(columns):
            if column not in merged:
                row = self._part_of(unit, columns, rows, groups, joined, turned=False)
                if row is not None:
                    groups[row].append(column)
        for row, unit in enumerate(rows):
            if row not in groups:
                undivided = {place: own for place, own in merged.items() if len(groups[own[0]]) == 1}
                at = self._part_of(unit, rows, columns, undivided, joined, turned=True)
                if at is not None:
                    merged[at].append(row)
        found: list[Match] = []
        left: set[int] = set()
        right: set[int] = set()
        for row, held in groups.items():
            owners = sorted(merged[held[0]])
            basis = "split" if len(held) > 1 else "merged" if len(owners) > 1 else ""
            found.append(
                Match(
                    tuple(rows[one].id for one in owners),
                    tuple(columns[one].id for one in sorted(held)),
                    basis or self._basis(rows[row], columns[held[0]]),
                )
            )
            left.update(owners)
            right.update(held)
        found += [Match((unit.id,), ()) for row, unit in enumerate(rows) if row not in left]
        found += [Match((), (unit.id,)) for column, unit in enumerate(columns) if column not in right]
        return found

    def _part_of(
        self,
        unit: Unit,
        own: Sequence[Unit],
        other: Sequence[Unit],
        groups: dict[int, list[int]],
        joined: dict[str, set[str]],
        *,
        turned: bool,
    ) -> int | None:
        """Return the paragraph of the other side that `unit` is a further part of, if one holds its words
        beside those it has already.
        """
        best: tuple[float, int] | None = None
        for place, held in groups.items():
            whole = other[place]
            measures = (unit.measure, whole.measure) if turned else (whole.measure, unit.measure)
            if (
                not (unit.seen and whole.seen)
                or unit.part is not whole.part
                or measures[1] not in joined.get(measures[0], ())
            ):
                continue
            parts = [own[one] for one in held]
            if unit.part is Part.APPLICATION:
                # Each part of a measure that was divided says anew to whom it applies.
                share = 1.0 if all(part.measure != unit.measure for part in parts) else 0.0
            else:
                share = self.likeness.held(unit.text, [whole.text])
                gain = self.likeness.held(
                    whole.text, [unit.text, *(part.text for part in parts)]
                ) - self.likeness.held(whole.text, [part.text for part in parts])
                share = share if share >= HELD and gain >= GAIN else 0.0
            if share and (best is None or share > best[0]):
                best = (share, place)
        return best[1] if best else None


def _settle(
    alike: dict[Pair, float], numbers: Sequence[Pair], hints: dict[Pair, float], unseen: set[Pair]
) -> dict[int, int]:
    """Pair what is alike, equal numbers first where they are to be trusted; what is left with one number on
    both sides goes together. Of `unseen` pairs the words tell nothing.
    """
    trusted = _trusted(alike, numbers, unseen)
    scores = {}
    for pair, score in alike.items():
        bonus = _BY_NUMBER if trusted and pair in trusted else 0.0
        if score >= _FLOOR or bonus:
            scores[pair] = score + bonus + hints.get(pair, 0.0)
    found = assign(scores)
    taken = set(found.values())
    for row, column in sorted(trusted):
        if row not in found and column not in taken:
            found[row] = column
            taken.add(column)
    return found


def _trusted(alike: dict[Pair, float], numbers: Sequence[Pair], unseen: set[Pair]) -> set[Pair]:
    """Return the pairs of one number, unless most of those that can be read have words that do not bear it
    out: a renumbered text reuses numbers for other things.
    """
    read = [pair for pair in numbers if pair in alike and pair not in unseen]
    if sum(alike[pair] >= _BORNE_OUT for pair in read) * 2 < len(read):
        return set()
    return {pair for pair in numbers if pair in alike}


def _can_be_told(one: Whole, other: Whole) -> bool:
    """Say whether two measures have titles or words by which they can be told alike."""
    return bool(one.title and other.title) or (one.seen and other.seen)


def _may_be_one(one: Unit, other: Unit, together: bool) -> bool:
    """An application belongs to its measure and a definition to its term; other words may wander."""
    if one.term or other.term:
        return same_words(one.term, other.term)
    if Part.APPLICATION in (one.part, other.part):
        return one.part is other.part and together
    return True


def _unseen(one: Unit, other: Unit) -> float:
    """Return how well a paragraph nobody has seen fits: only by its number, or as the application of the same
    measure.
    """
    return _FLOOR if one.part is other.part is Part.APPLICATION or not (one.seen or other.seen) else 0.0


def _same_ids(rows: Sequence[str], columns: Sequence[str]) -> list[Pair]:
    places = {name: column for column, name in enumerate(columns) if name}
    return [(row, places[name]) for row, name in enumerate(rows) if name in places]


def _in_order(matches: Sequence[Match], before: Sequence[str], after: Sequence[str]) -> tuple[Match, ...]:
    """Order matches as the later text does; what is only in the earlier follows what it followed there."""
    later = {name: place for place, name in enumerate(after)}
    counterpart = {name: match.after[0] for match in matches if match.after for name in match.before}
    follows: dict[str, int] = {}
    place = -1
    for name in before:
        place = later[counterpart[name]] if name in counterpart else place
        follows[name] = place
    earlier = {name: place for place, name in enumerate(before)}

    def key(match: Match) -> tuple[int, int, int]:
        if match.after:
            return (later[match.after[0]], 0, 0)
        return (follows[match.before[0]], 1, earlier[match.before[0]])

    return tuple(sorted(matches, key=key))
