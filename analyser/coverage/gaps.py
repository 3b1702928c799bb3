"""Collect the gap groups of every cell into rectangles of services, harms and functions that share state,
causes and condition."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analyser.coverage.beside import NOT_KNOWN, Beside
from analyser.coverage.closing import Change, Closer
from analyser.coverage.frame import Setting
from analyser.coverage.study import Study
from analyser.coverage.survey import Cell, Surveyor
from analyser.coverage.whens import when_of
from analyser.model.base import Breadth, Function, Invocable, State
from analyser.reporting.rows import When

OWN_RISK_LOW = "own_risk_low"


@dataclass(frozen=True)
class Finding:
    """What the cells of a gap row share."""

    state: State
    strength: Invocable
    causes: tuple[str, ...]
    when: When
    by_design: str
    relevance: str
    expectation: str
    partly_held_by: tuple[str, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Gap:
    """A rectangle of cells with what they share, and an id that says code, state, cells, condition and
    causes."""

    id: str
    finding: Finding
    services: tuple[str, ...]
    harms: tuple[str, ...]
    functions: tuple[Function, ...]


def collect(
    study: Study,
    surveyor: Surveyor,
    cells: Iterable[Cell],
    settings: dict[str, Setting],
    beside: Beside,
    expected: "Expected",
) -> tuple[Gap, ...]:
    """Return every gap of the cells as rectangles, in a fixed order; cells whose harm is low by design are
    kept apart (`by_design`)."""
    closer = Closer(study, surveyor)
    found: dict[Finding, list[tuple[str, str, Function]]] = defaultdict(list)
    for cell in cells:
        if told_by_parts(study, cell):
            continue
        for group in cell.judgement.groups:
            if not (group.is_gap or group.by_design or group.open_at):
                continue
            changes = (
                ()
                if group.by_design or group.open_at
                else closer.changes(settings[cell.service], cell.harm, cell.function, cell.judgement, group)
            )
            relevance = beside.relevance(cell.service, cell.harm) if group.state is State.NO_MEASURE else ""
            finding = Finding(
                state=group.state,
                strength=group.strength or Invocable.YES,
                causes=group.causes,
                when=when_of(cell.judgement.frame, group.open_at or group.mask),
                by_design=OWN_RISK_LOW if group.by_design else "",
                relevance=relevance,
                expectation=expected.of_cell(cell, group.state),
                partly_held_by=cell.judgement.parts_within(group.open_at or group.mask)
                if group.causes
                else (),
                changes=changes,
            )
            found[finding].append((cell.service, cell.harm, cell.function))
    for finding, places in expected.beside_cells():
        found[finding].extend(places)
    gaps = [
        Gap(_id(study, finding, services, harms, functions), finding, services, harms, functions)
        for finding, places in found.items()
        for services, harms, functions in rectangles(places, study.revision.harms)
    ]
    return tuple(sorted(gaps, key=lambda gap: gap.id))


def told_by_parts(study: Study, cell: Cell) -> bool:
    """Say whether a kind's cell rests on duties for its parts alone: then the rows of the parts say it,
    each exactly."""
    bounds = study.bounds(cell.function, cell.harm)
    return (
        bool(study.sub_kinds.get(cell.harm))
        and bool(bounds)
        and all(bound.breadth is Breadth.PART for bound in bounds)
    )


@dataclass
class Expected:
    """Named protections that people expect and no duty gives: tagged on the cells that say it, kept beside
    them where the cell cannot."""

    tags: dict[tuple[str, str, Function], tuple[str, ...]]
    apart: dict[tuple[str, str, Function], tuple[str, ...]]
    relevance: dict[tuple[str, str], str]

    def of_cell(self, cell: Cell, state: State) -> str:
        """Return the expectations that a no-measure cell leaves unmet."""
        if state is not State.NO_MEASURE:
            return ""
        return "; ".join(self.tags.get((cell.service, cell.harm, cell.function), ()))

    def beside_cells(self) -> Iterator[tuple[Finding, list[tuple[str, str, Function]]]]:
        """Yield the unmet expectations of cells that some other duty holds, as findings of their own."""
        for place, names in self.apart.items():
            for name in names:
                relevance = self.relevance.get(place[:2], NOT_KNOWN)
                yield (
                    Finding(State.NO_MEASURE, Invocable.YES, (), When(), "", relevance, name, (), ()),
                    [place],
                )


def expectations(study: Study, cells: Sequence[Cell], beside: Beside) -> Expected:
    """Return the expectations of rules/expectations.yaml that no duty of the text meets, placed on the
    cells they matter to."""
    states = {(cell.service, cell.harm, cell.function): cell.judgement.groups for cell in cells}
    services = list(dict.fromkeys(cell.service for cell in cells))
    tags: dict[tuple[str, str, Function], list[str]] = defaultdict(list)
    apart: dict[tuple[str, str, Function], list[str]] = defaultdict(list)
    relevance: dict[tuple[str, str], str] = {}
    for entry in study.rulebook.expectations:
        harms = [harm for harm in study.revision.harms if "all" in entry.harms or harm in entry.harms]
        if _met(study, entry.function, entry.satisfied_by):
            continue
        for service in services:
            if not _concerns(study, service, entry.services, entry.functionality):
                continue
            for harm in harms:
                if not entry.services and beside.relevance(service, harm) == NOT_KNOWN:
                    continue
                place = (service, harm, entry.function)
                groups = states.get(place, ())
                relevance[service, harm] = beside.relevance(service, harm)
                if groups and all(
                    group.state in (State.NO_MEASURE, State.NOT_APPLICABLE) for group in groups
                ):
                    tags[place].append(entry.id)
                elif groups:
                    apart[place].append(entry.id)
    return Expected(
        {place: tuple(names) for place, names in tags.items()},
        {place: tuple(names) for place, names in apart.items()},
        relevance,
    )


def _met(study: Study, function: Function, phrases: Sequence[str]) -> bool:
    from analyser.applications.vocabulary import split

    wanted = [split(phrase) for phrase in phrases]
    for duty in study.duties:
        if function in duty.functions:
            words = split(duty.quote)
            if any(_stands(phrase, words) for phrase in wanted):
                return True
    return False


def _stands(phrase: list[str], words: list[str]) -> bool:
    return any(words[at : at + len(phrase)] == phrase for at in range(len(words) - len(phrase) + 1))


def _concerns(study: Study, service: str, named: Sequence[str], functionality: str) -> bool:
    entry = study.rulebook.service(service)
    if entry is None or (named and service not in named):
        return False
    return not functionality or entry.facts.get(functionality) is not False


def rectangles(
    places: Iterable[tuple[str, str, Function]], harm_order: Sequence[str]
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], tuple[Function, ...]]]:
    """Split a set of cells into rectangles, each cell in exactly one, in a fixed order.

    Harms that are open on the same services for the same function go together, then functions with the same
    harms.
    """
    services_of: dict[tuple[str, Function], list[str]] = defaultdict(list)
    for service, harm, function in dict.fromkeys(places):
        services_of[harm, function].append(service)
    harms_of: dict[tuple[tuple[str, ...], Function], list[str]] = defaultdict(list)
    for (harm, function), services in services_of.items():
        harms_of[tuple(services), function].append(harm)
    functions_of: dict[tuple[tuple[str, ...], tuple[str, ...]], list[Function]] = defaultdict(list)
    for (services_key, function), harms in harms_of.items():
        functions_of[services_key, tuple(sorted(harms, key=harm_order.index))].append(function)
    order = list(Function)
    for (services_key, harms_key), functions in functions_of.items():
        yield services_key, harms_key, tuple(sorted(functions, key=order.index))


def _id(
    study: Study,
    finding: Finding,
    services: Sequence[str],
    harms: Sequence[str],
    functions: Sequence[Function],
) -> str:
    """Name a gap by code, state, cells, condition and causes, never by its place in a list."""
    causes = [cause.removeprefix(study.document.key + "/") for cause in finding.causes]
    parts = [
        study.revision.code,
        finding.state,
        *services,
        "|",
        *harms,
        "|",
        *functions,
        "|",
        finding.when.model_dump_json(),
        *causes,
    ]
    parts += [finding.by_design, finding.expectation]
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:10]
    return f"{study.document.key}/gap-{finding.state.value.replace('_', '-')}-{digest}"
