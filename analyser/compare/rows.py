"""Rows of a comparison: what became of each paragraph, and of each measure, with what is known of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from analyser.compare.align import Alignment, Match, same_words
from analyser.compare.applications import SAME, ApplicationChange, compare_applications
from analyser.compare.qualifiers import compare_qualifiers
from analyser.compare.redline import redline, text_form
from analyser.compare.units import Part, Text, Unit, Whole
from analyser.coverage.study import Study
from analyser.model.base import Nature, weakest
from analyser.model.exemption import Exemption
from analyser.reporting.compare_rows import CompareRow, GapChanges, QualifierChanges

ADDED, REMOVED, RENUMBERED, MOVED = "added", "removed", "renumbered", "moved"
SPLIT, MERGED, AMENDED, UNCHANGED, NOT_COMPARABLE = (
    "split",
    "merged",
    "amended",
    "unchanged",
    "not_comparable",
)
_NONE = QualifierChanges()


@dataclass(frozen=True)
class Reading:
    """One text as pieces and as it was read, with the words for its exemptions."""

    text: Text
    study: Study
    words: Callable[[Exemption], str]


@dataclass(frozen=True)
class Compared:
    """A match told as a row; `measures` are the ids of the measures of each side it belongs to."""

    match: Match
    row: CompareRow
    is_measure: bool
    measures: tuple[tuple[str, ...], tuple[str, ...]]
    application: ApplicationChange | None = None


class Teller:
    """Tells matches as rows.

    `derived` says that the one text was made from the other by amending it, so that what has no counterpart
    was added or removed for sure.
    """

    def __init__(self, before: Reading, after: Reading, alignment: Alignment, *, derived: bool) -> None:
        self.before, self.after = before, after
        self.alignment = alignment
        self.derived = derived
        self.same_text = before.text.document.text == after.text.document.text
        self._counterparts = (
            {name: match.after for match in alignment.measures for name in match.before},
            {name: match.before for match in alignment.measures for name in match.after},
        )
        self._cuts = tuple(_by_unit(reading) for reading in (before, after))
        self._leaky = (_leaky(before.text), _leaky(after.text))

    def units(self) -> list[Compared]:
        """Return a row for every match of paragraphs."""
        return [self._unit(match) for match in self.alignment.units]

    def measures(self, units: Sequence[Compared]) -> list[Compared]:
        """Return a row for every match of measures; `units` are the rows of the paragraphs."""
        by_measure: dict[str, list[Compared]] = {}
        for one in units:
            for side, names in zip("<>", one.measures, strict=True):
                for name in names:
                    by_measure.setdefault(side + name, []).append(one)
        return [self._measure(match, by_measure) for match in self.alignment.measures]

    def _unit(self, match: Match) -> Compared:
        old = [self.before.text.unit_by_id[name] for name in match.before]
        new = [self.after.text.unit_by_id[name] for name in match.after]
        change = self._change(match, old, new)
        told = change not in (NOT_COMPARABLE, UNCHANGED)
        seen = all(unit.seen for unit in (*old, *new))
        qualifiers = _NONE
        if change != NOT_COMPARABLE:
            qualifiers = compare_qualifiers(
                [cut for unit in old for cut in self._cuts[0].get(unit.id, ())],
                [cut for unit in new for cut in self._cuts[1].get(unit.id, ())],
                lambda cut: cut.quote,
            )
        certain = change != NOT_COMPARABLE and all(unit.sure and unit.whole for unit in (*old, *new))
        if change in (ADDED, REMOVED):
            certain = certain and (
                self.derived or (self.after if change == REMOVED else self.before).text.listed
            )
        certain = certain and (change == UNCHANGED or not self._beside_unplaced(old, new))
        row = CompareRow(
            change=change,
            certain=certain or self.same_text,
            from_=" + ".join(match.before),
            to=" + ".join(match.after),
            match_basis=match.basis,
            redline=text_form(redline(_joined(old), _joined(new))) if seen and told else "",
            application="",
            qualifiers=qualifiers,
            gaps=GapChanges(),
            basis=weakest(unit.basis for unit in (*old, *new)),
        )
        return Compared(match, row, False, (_measures_of(old), _measures_of(new)))

    def _leaks(self, match: Match) -> bool:
        """Say whether words without a place stand in one of the measures matched."""
        return bool(set(match.before) & self._leaky[0] or set(match.after) & self._leaky[1])

    def _beside_unplaced(self, old: Sequence[Unit], new: Sequence[Unit]) -> bool:
        """Say whether words without a place stand in a measure of these paragraphs, on either side, or, for
        what stands in no measure, anywhere."""
        for place, units in enumerate((old, new)):
            names = {unit.measure for unit in units}
            others = {other for name in names for other in self._counterparts[place].get(name, ())}
            if names & self._leaky[place] or others & self._leaky[1 - place]:
                return True
        outside = not all(unit.measure for unit in (*old, *new))
        return outside and bool(self._leaky[0] or self._leaky[1])

    def _change(self, match: Match, old: Sequence[Unit], new: Sequence[Unit]) -> str:
        if not (old and new):
            return self._alone(old, new)
        if not self.same_text and not all(unit.seen for unit in (*old, *new)):
            return NOT_COMPARABLE
        if match.basis in (SPLIT, MERGED):
            return match.basis
        one, other = old[0], new[0]
        if one.measure and other.measure not in self._counterparts[0].get(one.measure, ()):
            return MOVED
        if not same_words(one.text, other.text):
            return AMENDED
        renumbered = one.measure != other.measure or (one.numbered and other.numbered and one.id != other.id)
        return RENUMBERED if renumbered else UNCHANGED

    def _alone(self, old: Sequence[Unit], new: Sequence[Unit]) -> str:
        """Say what became of a paragraph without counterpart; one that may stand among those not seen is not
        comparable.
        """
        unit = (*old, *new)[0]
        told = REMOVED if old else ADDED
        if not unit.seen:
            return NOT_COMPARABLE
        if self.derived:
            return told
        other = self.after.text if old else self.before.text
        names = self._counterparts[0 if old else 1].get(unit.measure, ())
        if unit.part is Part.SECTION:
            complete = all(measure.complete for measure in other.measures)
        else:
            complete = all(other.by_id[name].complete for name in names)
        return told if complete else NOT_COMPARABLE

    def _measure(self, match: Match, by_measure: Mapping[str, list[Compared]]) -> Compared:
        old = [self.before.text.by_id[name] for name in match.before]
        new = [self.after.text.by_id[name] for name in match.after]
        inside = list(
            {
                id(one): one
                for key in (*("<" + name for name in match.before), *(">" + name for name in match.after))
                for one in by_measure.get(key, ())
            }.values()
        )
        change = self._change_of_measure(match, old, new, [one.row.change for one in inside])
        titled = all(one.title for one in (*old, *new))
        told = titled and (not (old and new) or not same_words(_titles(old), _titles(new)))
        application, qualifiers = self._application(match) if old and new else (None, _NONE)
        row = CompareRow(
            change=change,
            certain=self.same_text
            or (
                self._is_certain(change, (*old, *new), inside)
                and (change == UNCHANGED or not self._leaks(match))
            ),
            from_=" + ".join(match.before),
            to=" + ".join(match.after),
            match_basis=match.basis,
            redline=text_form(redline(_titles(old), _titles(new))) if told else "",
            application=application.change if application else "",
            qualifiers=qualifiers,
            gaps=GapChanges(),
            basis=weakest(one.basis for one in (*old, *new)),
        )
        return Compared(match, row, True, (match.before, match.after), application)

    def _change_of_measure(
        self, match: Match, old: Sequence[Whole], new: Sequence[Whole], inside: Sequence[str]
    ) -> str:
        if not old or not new:
            return ADDED if new else REMOVED
        if match.basis in (SPLIT, MERGED):
            return match.basis
        titled = bool(old[0].title and new[0].title)
        if set(inside) & {ADDED, REMOVED, MOVED, SPLIT, MERGED, AMENDED} or (
            titled and not same_words(old[0].title, new[0].title)
        ):
            return AMENDED
        if NOT_COMPARABLE in inside or not (titled or self.same_text):
            return NOT_COMPARABLE
        return RENUMBERED if old[0].id != new[0].id else UNCHANGED

    def _is_certain(self, change: str, wholes: Sequence[Whole], inside: Sequence[Compared]) -> bool:
        if change in (ADDED, REMOVED) and self._leaky[1 if change == REMOVED else 0]:
            return False
        if change in (ADDED, REMOVED):
            other = self.after.text if change == REMOVED else self.before.text
            known = wholes[0].sure and all(unit.sure for unit in wholes[0].units)
            return known and (self.derived or other.listed)
        if change == NOT_COMPARABLE or not all(one.sure for one in wholes):
            return False
        return all(one.row.certain for one in inside)

    def _application(self, match: Match) -> tuple[ApplicationChange | None, QualifierChanges]:
        old = [self.before.study.applications[name] for name in match.before]
        new = [self.after.study.applications[name] for name in match.after]
        if self.before.study.revision.regime != self.after.study.revision.regime:
            return None, _NONE
        if not _are_held(self.before.text, match.before) or not _are_held(self.after.text, match.after):
            return None, _NONE
        change = compare_applications(old, new, self.before.study.rulebook, self.before.study.own(""))
        if len(old) > 1 or len(new) > 1 or change.change == SAME:
            return change, _NONE
        limbs = compare_qualifiers(
            self.before.study.limbs.get(match.before[0], ()),
            self.after.study.limbs.get(match.after[0], ()),
            self.before.words,
        )
        if not change.settled:
            # Where one side is not whole, a limb is new or gone for sure only where services surely were lost
            # or gained by it.
            limbs = QualifierChanges(
                added=limbs.added if change.lost else (), removed=limbs.removed if change.gained else ()
            )
        return change, limbs


def _are_held(text: Text, names: Iterable[str]) -> bool:
    """Say whether of each measure some words are held that say to whom it applies."""
    return all(
        any(unit.seen for unit in text.by_id[name].units if unit.part is Part.APPLICATION)
        or not any(unit.part is Part.APPLICATION for unit in text.by_id[name].units)
        for name in names
    )


def _by_unit(reading: Reading) -> dict[str, list[Exemption]]:
    """Return the qualifiers of each paragraph, in the order of the text."""
    found: dict[str, list[Exemption]] = {}
    for cut in sorted(reading.study.exemptions, key=lambda one: (one.span.start, one.span.end, one.id)):
        if cut.nature is not Nature.APPLICATION:
            unit = reading.text.unit_at(cut.span)
            if unit is not None:
                found.setdefault(unit.id, []).append(cut)
    return found


def _measures_of(units: Sequence[Unit]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(unit.measure for unit in units if unit.measure))


def _joined(units: Sequence[Unit]) -> str:
    return " ".join(unit.text for unit in units)


def _titles(measures: Sequence[Whole]) -> str:
    return " + ".join(measure.title for measure in measures)


def _leaky(text: Text) -> frozenset[str]:
    """Return the measures in which words without a place stand; the empty name is for those outside all."""
    measures = text.document.measures
    return frozenset(
        next((one.id for one in reversed(measures) if one.span.start <= lost.start), "")
        for lost in text.document.unplaced
    )
