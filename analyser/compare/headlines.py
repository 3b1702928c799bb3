"""What changed, in sentences: ways out opened and closed, measures removed and added, applications that reach
other services.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analyser.compare.applications import DIFFERENT, NARROWER, SAME, WIDER
from analyser.compare.cells import Moves
from analyser.compare.rows import ADDED, NOT_COMPARABLE, REMOVED, UNCHANGED, Compared, Reading
from analyser.model.base import Effect, Level, Nature
from analyser.reporting.compare_rows import GapMove, Qualifier
from analyser.reporting.labels import Labels, listed, when_words
from analyser.reporting.phrases import harm_names, sentence_case, service_names
from analyser.reporting.wording import place_words, wording

_NAMED = 3
_HARMS_IN_FULL = 6


@dataclass(frozen=True)
class Told:
    """A whole comparison, as headlines are made from it."""

    before: str
    after: str
    entries: tuple[Compared, ...]
    moves: Moves
    services: frozenset[str]
    earlier: Reading
    later: Reading
    labels: Labels


@dataclass(frozen=True)
class _Clause:
    """One finding: in short, as sentences (the first says it, the others what follows for whom), and with
    what reserve.
    """

    short: str
    sentences: tuple[str, ...]
    hedge: str

    def lines(self) -> Iterator[str]:
        """Yield the sentences as they are printed."""
        reserve = f" ({self.hedge})" if self.hedge else ""
        for sentence in self.sentences:
            yield f"{sentence_case(sentence)}{reserve}."


def headline(told: Told) -> str:
    """Return the whole comparison in one sentence; where any of it rests on recall it says so.

    E.g. "From 2023-11-09 to 2025-02-24, as recalled: a way out on feasibility is opened at ICU C2.2; 4I is
    removed."
    """
    groups = _clauses(told)
    shorts = [short for name, clauses in groups.items() for short in _shorts(name, clauses)]
    if shorts:
        hedges = [clause.hedge for clauses in groups.values() for clause in clauses]
        reserve = (
            ", as recalled" if _RECALLED in hedges else ", as far as both were seen" if any(hedges) else ""
        )
        return f"From {told.before} to {told.after}{reserve}: {'; '.join(shorts)}."
    changes = {entry.row.change for entry in told.entries}
    if changes <= {UNCHANGED}:
        return f"No change from {told.before} to {told.after}."
    if changes <= {UNCHANGED, NOT_COMPARABLE}:
        return f"No change was found from {told.before} to {told.after} in what was seen of both."
    return (
        f"From {told.before} to {told.after} the words changed, and nothing in them lets services out or in."
    )


def headlines(told: Told) -> tuple[str, ...]:
    """Return every finding as a sentence, the gravest kinds first, each kind in the order of the text."""
    return tuple(line for clauses in _clauses(told).values() for clause in clauses for line in clause.lines())


_RECALLED = "as recalled"


def _clauses(told: Told) -> dict[str, list[_Clause]]:
    return {
        "opened": list(_ways_out(told, opened=True)),
        "removed": list(_measures(told, REMOVED)),
        "narrower": list(_applications(told, NARROWER)),
        "other": list(_applications(told, DIFFERENT)),
        "gaps opened": list(_gaps(told, opened=True)),
        "closed": list(_ways_out(told, opened=False)),
        "added": list(_measures(told, ADDED)),
        "wider": list(_applications(told, WIDER)),
        "gaps closed": list(_gaps(told, opened=False)),
    }


def _shorts(name: str, clauses: Sequence[_Clause]) -> list[str]:
    """Return the findings of one kind in short, many of them counted."""
    if len(clauses) <= _NAMED:
        return [clause.short for clause in clauses]
    counted = {
        "opened": "ways out are opened",
        "removed": "measures are removed",
        "narrower": "measures reach fewer services",
        "other": "measures reach other services",
        "closed": "ways out are closed",
        "added": "measures are added",
        "wider": "measures reach more services",
        "gaps opened": "measures open gaps by other words",
        "gaps closed": "measures close gaps by other words",
    }
    return [f"{len(clauses)} {counted[name]}"]


def _ways_out(told: Told, *, opened: bool) -> Iterator[_Clause]:
    """Yield the exceptions that paragraphs of both texts gained or lost, with the gaps that moved."""
    for entry in told.entries:
        if entry.is_measure or entry.row.change in (ADDED, REMOVED, NOT_COMPARABLE):
            continue
        for cut in entry.row.qualifiers.added if opened else entry.row.qualifiers.removed:
            if not _is_way_out(cut):
                continue
            kind = told.labels.kind(cut.kind)
            verb = "opened" if opened else "closed"
            place = place_words(cut.provision)
            at = f"{place} (was {entry.row.from_})" if opened and entry.row.from_ != entry.row.to else place
            moved = [move for move in _moves(told, opened) if cut.id in move.causes]
            yield _Clause(
                f"a way out on {kind} is {verb} at {place}",
                (
                    f"a way out on {kind} is {verb} at {at}: {wording(cut.quote, cut.basis)}",
                    *_moved(told, f"{place} {'opens' if opened else 'closes'} a gap", moved, opened),
                ),
                _hedge(told, entry),
            )


def _measures(told: Told, change: str) -> Iterator[_Clause]:
    for entry in told.entries:
        if not entry.is_measure or entry.row.change != change:
            continue
        side, name = (told.later, entry.row.to) if change == ADDED else (told.earlier, entry.row.from_)
        title = side.text.by_id[name].title
        titled = f"{name} ({title})" if title else name
        gaps = entry.row.gaps.closed if change == ADDED else entry.row.gaps.opened
        by = f"{name} closes a gap" if change == ADDED else f"without {name} a gap opens"
        yield _Clause(
            f"{name} is {change}",
            (f"{titled} is {change}", *_moved(told, by, gaps, change == REMOVED)),
            _hedge(told, entry),
        )


def _applications(told: Told, change: str) -> Iterator[_Clause]:
    said = {WIDER: "more", NARROWER: "fewer"}.get(change, "other")
    for entry in told.entries:
        if entry.application is None or entry.application.change != change:
            continue
        name = entry.row.to if entry.row.to == entry.row.from_ else f"{entry.row.to} (was {entry.row.from_})"
        parts = []
        if entry.application.gained is not None:
            parts.append(
                f"now also where {when_words(entry.application.gained, told.labels) or 'no condition is met'}"
            )
        if entry.application.lost is not None:
            parts.append(
                f"no longer where {when_words(entry.application.lost, told.labels) or 'no condition is met'}"
            )
        reserve = "" if entry.application.settled else "; the rest of its conditions was not seen on one side"
        yield _Clause(
            f"{entry.row.to} reaches {said} services",
            (f"{name} reaches {said} services: {listed(parts)}{reserve}", *_other_moves(told, entry)),
            _hedge(told, entry),
        )


def _gaps(told: Told, *, opened: bool) -> Iterator[_Clause]:
    """Yield the gaps that moved by other words of a measure than those told already."""
    for entry in told.entries:
        known = entry.row.change in (ADDED, REMOVED) or (
            entry.application and entry.application.change not in ("", SAME)
        )
        if not entry.is_measure or known:
            continue
        lines = tuple(_other_moves(told, entry, opened))
        if lines:
            place = entry.row.to or entry.row.from_
            yield _Clause(f"gaps {'open' if opened else 'close'} at {place}", lines, _hedge(told, entry))


def _other_moves(told: Told, entry: Compared, only: bool | None = None) -> Iterator[str]:
    """Say which gaps a measure opened and closed, but for those behind a way out that is told by itself."""
    named = {cut.id for one in told.entries for cut in _named_ways_out(one)}
    place = entry.row.to or entry.row.from_
    for opened, moves in ((True, entry.row.gaps.opened), (False, entry.row.gaps.closed)):
        if only in (None, opened):
            left = [move for move in moves if not named & set(move.causes)]
            yield from _moved(told, f"{place} {'opens' if opened else 'closes'} a gap", left, opened)


def _named_ways_out(entry: Compared) -> list[Qualifier]:
    """Return the ways out that a paragraph of both texts gained or lost."""
    if entry.is_measure or entry.row.change in (ADDED, REMOVED, NOT_COMPARABLE):
        return []
    return [cut for cut in (*entry.row.qualifiers.added, *entry.row.qualifiers.removed) if _is_way_out(cut)]


def _moved(told: Told, by: str, moves: Sequence[GapMove], opened: bool) -> Iterator[str]:
    """Say which cells moved, those of most services first, and where the gap stays."""
    for move in sorted(moves, key=lambda one: -len(one.services) * len(one.harms)):
        condition = when_words(move.when, told.labels)
        functions = listed(told.labels.function(key) for key in move.functions)
        harms, services = harm_names(move.harms, told.labels), service_names(move.services, told.labels)
        whom = (
            "every type of service"
            if set(move.services) == told.services
            else services.full or services.short
        )
        what = harms.full if harms.full and len(move.harms) <= _HARMS_IN_FULL else harms.short
        stays = when_words(move.stays, told.labels) if move.stays is not None else ""
        where = f", where {condition}" if condition else ""
        rest = "" if opened or move.stays is None else f". The gap stays{f' where {stays}' if stays else ''}"
        yield f"{by}: {functions} for {what} on {whom}{where}{rest}"


def _moves(told: Told, opened: bool) -> list[GapMove]:
    return [move.row for move in told.moves.moves if move.opened is opened]


def _is_way_out(cut: Qualifier) -> bool:
    return (
        cut.nature in (Nature.EXCEPTION, Nature.PERMISSION)
        and cut.effect == Effect.LIFTS
        and cut.level == Level.MATERIAL
    )


def _hedge(told: Told, entry: Compared) -> str:
    """Say with what reserve a finding is told: some words as recalled, or not all seen."""
    if entry.row.certain:
        return ""
    names = (
        (set(entry.measures[0]), set(entry.measures[1]))
        if entry.is_measure
        else (set(entry.match.before), set(entry.match.after))
    )
    units = [
        unit
        for reading, held in zip((told.earlier, told.later), names, strict=True)
        for unit in reading.text.units
        if (unit.measure if entry.is_measure else unit.id) in held
    ]
    if entry.is_measure and entry.row.change in (ADDED, REMOVED):
        other = told.later if entry.row.change == REMOVED else told.earlier
        units += [] if other.text.listed else other.text.units
    return _RECALLED if any(unit.recalled for unit in units) else "as far as both were seen"
