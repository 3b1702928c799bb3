"""Compare two texts: in words, in whom their measures reach, in their ways out, and in their gaps."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from analyser.analysis import Analysis, analyse, study
from analyser.compare.align import align
from analyser.compare.cells import Move, Moves, Side, compare_cells
from analyser.compare.destinations import Destinations, destinations
from analyser.compare.headlines import Told, headline, headlines
from analyser.compare.labels import labels_of_both
from analyser.compare.rows import ADDED, NOT_COMPARABLE, REMOVED, Compared, Reading, Teller
from analyser.compare.units import text_of
from analyser.coverage.study import Revision, Study
from analyser.reporting.compare_rows import CompareRow, GapChanges
from analyser.reporting.labels import Labels, listed, when_words
from analyser.rulebook.models import Rulebook
from analyser.tables.reading import unplaced_of
from analyser.tables.words import cut_words

if TYPE_CHECKING:
    from analyser.library import RevisionRef


@dataclass(frozen=True)
class Given:
    """One side as it was given: the analysis of its text, how headlines call it, and what the text says its
    measures became.
    """

    analysis: Analysis
    name: str
    destinations: Destinations


@dataclass(frozen=True)
class Comparison:
    """Two texts compared: a row for every measure, then for its paragraphs, and what is said of the whole."""

    rows: tuple[CompareRow, ...]
    measures: tuple[tuple[str, ...], ...]
    headline: str
    headlines: tuple[str, ...]
    extra: dict[str, object]
    labels: Labels

    def concerning(self, names: Sequence[str]) -> tuple[CompareRow, ...]:
        """Return the rows of some measures and of their paragraphs, on either side."""
        return tuple(row for row, own in zip(self.rows, self.measures, strict=True) if set(own) & set(names))


def given_of(ref: "RevisionRef", rulebook: Rulebook, name: str) -> Given:
    """Read one side, with what its own marks say its measures became. Raises InputError when the text cannot
    be read.
    """
    analysis = analyse(ref, rulebook)
    said = destinations(analysis.composed.source, analysis.document) if analysis.composed else {}
    return Given(analysis, name, said)


def compare(before: Given, after: Given, *, derived: bool = False) -> Comparison:
    """Compare two texts; `derived` says that the one was made from the other by amendments, so that nothing
    but these differs.

    Kinds of harm that only one of the texts lists are told once and left out of the rest, so that what rows
    tell rests on words of measures.
    """
    one, other = before.analysis, after.analysis
    both = _common(one.revision, other.revision)
    studies = tuple(_study(analysis, both) for analysis in (one, other))
    labels = labels_of_both(one, other, studies)
    readings = tuple(
        Reading(
            text_of(given.analysis.document, given.destinations),
            found,
            lambda cut: cut_words(cut, labels, both.counting),
        )
        for given, found in zip((before, after), studies, strict=True)
    )
    alignment = align(readings[0].text, readings[1].text)
    teller = Teller(readings[0], readings[1], alignment, derived=derived)
    units = teller.units()
    measures = teller.measures(units)
    moves = Moves((), 0, 0, 0)
    same_regime = one.revision.regime == other.revision.regime
    if same_regime and not teller.same_text:
        sides = tuple(_side(reading, units, place) for place, reading in enumerate(readings))
        moves = compare_cells(sides[0], sides[1], one.settings)
    measures = [_with_moves(entry, moves.moves) for entry in measures]
    ordered = _in_order(measures, units)
    told = Told(
        before.name,
        after.name,
        tuple(ordered),
        moves,
        frozenset(one.settings),
        readings[0],
        readings[1],
        labels,
    )
    lines = headlines(told)
    rows = tuple(entry.row for entry in ordered)
    return Comparison(
        rows=rows,
        measures=tuple((*entry.measures[0], *entry.measures[1]) for entry in ordered),
        headline=headline(told),
        headlines=lines,
        extra=_extra(one, other, rows, ordered, moves, labels, same_regime, headline(told), lines),
        labels=labels,
    )


def _common(one: Revision, other: Revision) -> Revision:
    """Return the earlier revision with the kinds of harm that both list."""
    harms = tuple(harm for harm in one.harms if harm in other.harms)
    return replace(one, harms=harms, counting=frozenset(one.counting & other.counting))


def _study(analysis: Analysis, both: Revision) -> Study:
    """Return a text as read for the kinds of harm of both sides."""
    own = analysis.revision
    if set(own.harms) == set(both.harms) and own.counting == both.counting:
        return analysis.study
    narrowed = replace(own, harms=both.harms, counting=both.counting)
    return study(analysis.document, narrowed, analysis.rulebook)


def _side(reading: Reading, units: Sequence[Compared], place: int) -> Side:
    """Return what of one side is not to be compared, and which qualifiers only it has."""
    lost = {
        name
        for entry in units
        if entry.row.change == NOT_COMPARABLE
        for name in (entry.match.before, entry.match.after)[place]
    }
    new = {
        cut.id
        for entry in units
        if entry.row.change not in (ADDED, REMOVED)
        for cut in (entry.row.qualifiers.removed, entry.row.qualifiers.added)[place]
    }
    unseen = set()
    for duty in reading.study.duties:
        unit = reading.text.unit_at(duty.span)
        if unit is not None and unit.id in lost:
            unseen.add(duty.id)
    partly = {measure.id for measure in reading.text.measures if measure.partly}
    return Side(reading.study, frozenset(unseen), frozenset(new), frozenset(partly))


def _with_moves(entry: Compared, moves: Sequence[Move]) -> Compared:
    """Give a measure's row the gaps that its words opened or closed."""
    own = [move for move in moves if move.measure in entry.measures[1 if move.on_later else 0]]
    if not own:
        return entry
    gaps = GapChanges(
        opened=tuple(move.row for move in own if move.opened),
        closed=tuple(move.row for move in own if not move.opened),
    )
    return replace(entry, row=entry.row.model_copy(update={"gaps": gaps}))


def _in_order(measures: Sequence[Compared], units: Sequence[Compared]) -> list[Compared]:
    """Return each measure followed by its paragraphs, then what stands outside the measures."""
    ordered: list[Compared] = []
    placed: set[int] = set()
    for entry in measures:
        ordered.append(entry)
        for unit in units:
            if id(unit) not in placed and (
                set(unit.measures[1]) & set(entry.measures[1])
                or (not unit.measures[1] and set(unit.measures[0]) & set(entry.measures[0]))
            ):
                ordered.append(unit)
                placed.add(id(unit))
    return ordered + [unit for unit in units if id(unit) not in placed]


def _extra(
    one: Analysis,
    other: Analysis,
    rows: Sequence[CompareRow],
    entries: Sequence[Compared],
    moves: Moves,
    labels: Labels,
    same_regime: bool,
    line: str,
    lines: Sequence[str],
) -> dict[str, object]:
    """Return what stands beside the rows in an output."""
    counts = Counter(row.change for row in rows)
    only = (
        [harm for harm in one.revision.harms if harm not in other.revision.harms],
        [harm for harm in other.revision.harms if harm not in one.revision.harms],
    )
    notes = []
    if not same_regime:
        notes.append(
            "The texts are codes for different kinds of service: "
            "whom they apply to and their gaps were not compared."
        )
    if any(only):
        named = [
            f"{listed(labels.harm(key) for key in harms)} only in the {side}"
            for harms, side in zip(only, ("earlier", "later"), strict=True)
            if harms
        ]
        notes.append(
            "Kinds of harm that only one of the texts lists are left out of applications and gaps: "
            f"{'; '.join(named)}."
        )
    if moves.not_compared:
        notes.append(
            "Cells not compared, as they rest on paragraphs that were not seen on one side: "
            f"{moves.not_compared:,}."
        )
    if counts[NOT_COMPARABLE]:
        notes.append(
            "Measures and paragraphs not compared, as they were not seen on one side: "
            f"{counts[NOT_COMPARABLE]}."
        )
    for side, analysis in (("earlier", one), ("later", other)):
        lost = unplaced_of(analysis.document, analysis.page_of)
        if lost is not None:
            notes.append(
                f"Of the {side} text, {lost.short}: what seems added, removed or changed beside these words "
                "may be their doing, and is not certain."
            )
    return {
        "headline": line,
        "headlines": list(lines),
        "counts": {name: counts[name] for name in sorted(counts)},
        "cells": {"opened": moves.opened, "closed": moves.closed, "not_compared": moves.not_compared},
        "applications": [
            {
                "from": entry.row.from_,
                "to": entry.row.to,
                "application": entry.application.change,
                "settled": entry.application.settled,
                "gained": entry.application.gained.model_dump(mode="json")
                if entry.application.gained
                else None,
                "lost": entry.application.lost.model_dump(mode="json") if entry.application.lost else None,
                "gained_words": when_words(entry.application.gained, labels)
                if entry.application.gained
                else "",
                "lost_words": when_words(entry.application.lost, labels) if entry.application.lost else "",
                "basis": entry.application.basis.value,
            }
            for entry in entries
            if entry.application is not None and (entry.application.gained or entry.application.lost)
        ],
        "kinds_of_harm": {"only_from": only[0], "only_to": only[1]},
        "notes": notes,
    }


def changed(rows: Sequence[CompareRow]) -> tuple[CompareRow, ...]:
    """Return the rows that tell of a change; how many others cannot be compared stands in the notes."""
    return tuple(row for row in rows if row.tells)
