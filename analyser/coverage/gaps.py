"""Collect the gap groups of every cell into rectangles of services, harms and functions that share state,
causes and condition."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analyser.coverage.beside import Beside
from analyser.coverage.closing import Change, Closer
from analyser.coverage.expected import Expected
from analyser.coverage.frame import Setting
from analyser.coverage.study import Study
from analyser.coverage.survey import Cell, Surveyor
from analyser.coverage.whens import when_of
from analyser.model.base import Breadth, Function, Invocable, State
from analyser.reporting.rows import When

OWN_RISK_LOW = "own_risk_low"


@dataclass(frozen=True)
class Finding:
    """What the cells of a gap row share.

    `partly_held_by` pairs a duty with whether it holds its part in every scenario of the row.
    """

    state: State
    strength: Invocable
    causes: tuple[str, ...]
    when: When
    by_design: str
    relevance: str
    expectation: str
    partly_held_by: tuple[tuple[str, bool], ...]
    sufficient: tuple[str, ...]
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
    expected: Expected,
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
            setting = settings[cell.service]
            sufficient = (
                closer.sufficient(setting, cell.harm, cell.function, cell.judgement, group)
                if group.is_gap and group.causes
                else ()
            )
            relevance = "" if group.by_design else beside.relevance(cell.service, cell.harm)
            where = group.open_at or group.mask
            finding = Finding(
                state=group.state,
                strength=group.strength or Invocable.YES,
                causes=group.causes,
                when=when_of(cell.judgement.frame, group.open_at or group.mask),
                by_design=OWN_RISK_LOW if group.by_design else "",
                relevance=relevance,
                expectation=expected.of_cell(cell, group.state),
                partly_held_by=cell.judgement.parts_within(where) if group.causes else (),
                sufficient=sufficient,
                changes=changes,
            )
            found[finding].append((cell.service, cell.harm, cell.function))
    for missing, places in expected.beside_cells():
        finding = Finding(
            state=State.NO_MEASURE if missing.certain and not study.unseen else State.UNKNOWN,
            strength=Invocable.YES,
            causes=(),
            when=missing.when,
            by_design="",
            relevance=missing.relevance,
            expectation=missing.name,
            partly_held_by=missing.held_by,
            sufficient=(),
            changes=(Change("protection", (), "code", When(), None),),
        )
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
