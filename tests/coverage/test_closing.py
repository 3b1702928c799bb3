"""What would close a gap: every change confirmed by a plain reading of the design with the change made."""

from collections.abc import Iterator

import pytest
from reference import Reference, scenarios

from analyser.analysis import Analysis
from analyser.coverage.closing import Change
from analyser.coverage.gaps import Finding
from analyser.coverage.study import Study
from analyser.coverage.survey import Cell
from analyser.coverage.whens import expand
from analyser.model.base import Nature
from analyser.reporting.rows import When, WhenCase, WhenTerm

Place = tuple[Finding, Cell]


@pytest.fixture(scope="module")
def open_cells(analysis: Analysis) -> list[Place]:
    """One cell for each different finding and judgement."""
    by_place = {(cell.service, cell.harm, cell.function): cell for cell in analysis.cells}
    found: dict[tuple[Finding, int], Place] = {}
    for gap in analysis.gaps:
        if gap.finding.by_design or not gap.finding.changes:
            continue
        for service in gap.services:
            for harm in gap.harms:
                for function in gap.functions:
                    cell = by_place[service, harm, function]
                    found[gap.finding, id(cell.judgement)] = (gap.finding, cell)
    return list(found.values())


def struck(places: list[Place]) -> Iterator[tuple[Finding, Cell, Change]]:
    for finding, cell in places:
        for change in finding.changes:
            if change.how in ("strike", "widen", "reach"):
                yield finding, cell, change


def test_striking_the_words_closes_exactly_the_scenarios_that_the_row_says(
    study: Study, open_cells: list[Place]
) -> None:
    reference = Reference(study)
    looked_at = 0
    for finding, cell, change in struck(open_cells):
        frame = cell.judgement.frame
        gap, closes = expand(finding.when, frame), expand(change.closes, frame)
        left = expand(change.left, frame) if change.left is not None else 0
        assert (closes | left, closes & left) == (gap, 0)
        assert closes
        for bit, service in scenarios(frame):
            if gap & bit:
                after = reference.verdict(cell, service, without=change.causes)
                assert bool(closes & bit) is not (after.is_gap or after.by_design), (cell, change.causes)
                looked_at += 1
    assert looked_at > 1000


def test_no_cause_of_a_change_is_idle(study: Study, open_cells: list[Place]) -> None:
    """With any of its causes left in the text, a change closes less."""
    reference = Reference(study)
    for finding, cell, change in struck(open_cells):
        frame = cell.judgement.frame
        for kept in change.causes if len(change.causes) > 1 else ():
            fewer = [cause for cause in change.causes if cause != kept]
            assert any(
                reference.verdict(cell, service, without=fewer).is_gap
                for bit, service in scenarios(frame, most=10_000)
                if expand(finding.when, frame) & bit
            ), (cell, change.causes, kept)


def test_a_change_names_only_causes_of_its_row(open_cells: list[Place]) -> None:
    for finding, _ in open_cells:
        for change in finding.changes:
            assert set(change.causes) <= set(finding.causes)


def test_widening_is_said_of_applications_and_striking_of_words(
    study: Study, open_cells: list[Place]
) -> None:
    for _, _, change in struck(open_cells):
        natures = {study.by_id[cause].nature is Nature.APPLICATION for cause in change.causes}
        assert (change.how == "widen") is (natures == {True}), change


def channel(value: str) -> When:
    return When(any_of=(WhenCase(all_of=(WhenTerm(fact="channel", op="=", value=value),)),))


def test_a_new_measure_closes_what_has_none_but_detection_on_public_channels_only(
    analysis: Analysis, open_cells: list[Place]
) -> None:
    """A code may not recommend proactive technology for private content."""
    for finding, cell in open_cells:
        if finding.causes:
            continue
        (change,) = finding.changes
        assert change.how == "measure"
        service = analysis.study.rulebook.service(cell.service)
        assert service is not None
        if cell.function == "detect" and "private" in service.channels:
            left = change.left
            assert left is not None
            assert channel("private").any_of[0].all_of[0] in [
                term for case in left.any_of for term in case.all_of
            ]
            assert channel("public").any_of[0].all_of[0] in [
                term for case in change.closes.any_of for term in case.all_of
            ]
        else:
            assert change.left is None


def test_takedown_that_can_be_escaped_is_closed_by_striking_the_words_or_by_a_fallback(
    open_cells: list[Place],
) -> None:
    found = [finding for finding, _ in open_cells if finding.state == "escapable"]
    assert found
    for finding in found:
        assert [change.how for change in finding.changes] == ["strike", "fallback"]
        assert all(change.left is None for change in finding.changes)
        assert all(change.levers == (("code", ""),) for change in finding.changes)
