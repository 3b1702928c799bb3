"""What would close a gap: every change confirmed by a plain reading of the design with the change made."""

from collections.abc import Iterator

import pytest

from analyser.analysis import Analysis
from analyser.coverage.closing import Change
from analyser.coverage.gaps import Finding
from analyser.coverage.study import Study
from analyser.coverage.survey import Cell
from analyser.coverage.whens import expand
from analyser.model.base import Nature
from analyser.reporting.rows import When, WhenTerm
from tests.coverage.reference import Reference, scenarios

Place = tuple[Finding, Cell]


@pytest.fixture(scope="module")
def open_cells(analysis: Analysis) -> list[Place]:
    """One cell for each different finding and judgement."""
    by_place = {(cell.service, cell.harm, cell.function): cell for cell in analysis.cells}
    found: dict[tuple[Finding, int], Place] = {}
    for gap in analysis.gaps:
        if {change.how for change in gap.finding.changes} <= {"protection"}:
            continue  # low by design, open facts of a profile, or a missing protection beside a held cell
        for service in gap.services:
            for harm in gap.harms:
                for function in gap.functions:
                    cell = by_place[service, harm, function]
                    found[gap.finding, id(cell.judgement)] = (gap.finding, cell)
    return list(found.values())


def struck(places: list[Place]) -> Iterator[tuple[Finding, Cell, Change, When]]:
    """Yield the changes of words that the code itself can make, with what they close."""
    for finding, cell in places:
        for change in finding.changes:
            if change.how in ("strike", "widen", "reach") and not change.barred_by:
                assert change.closes is not None
                yield finding, cell, change, change.closes


def test_striking_the_words_closes_exactly_the_scenarios_that_the_row_says(
    study: Study, open_cells: list[Place]
) -> None:
    reference = Reference(study)
    looked_at = 0
    for finding, cell, change, closing in struck(open_cells):
        frame = cell.judgement.frame
        gap, closes = expand(finding.when, frame), expand(closing, frame)
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
    for finding, cell, change, _ in struck(open_cells):
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
    for _, _, change, _ in struck(open_cells):
        natures = {study.by_id[cause].nature is Nature.APPLICATION for cause in change.causes}
        assert (change.how == "widen") is (natures == {True}), change


def channel(value: str) -> WhenTerm:
    return WhenTerm(fact="channel", op="=", value=value)


def terms(when: When | None) -> set[WhenTerm]:
    return {term for case in when.any_of for term in case.all_of} if when is not None else set()


def test_the_code_may_not_strike_its_limit_to_public_content(study: Study, open_cells: list[Place]) -> None:
    """Sch. 4 para 13(4): such a change is listed with what bars it and closes nothing; the Act could."""
    looked_at = 0
    for finding, cell in open_cells:
        carved = [cause for cause in finding.causes if study.by_id[cause].kind == "channel_carve_out"]
        barred = [change for change in finding.changes if change.barred_by and change.how != "measure"]
        assert [cause for change in barred for cause in change.causes] == carved
        for change in barred:
            looked_at += 1
            assert (change.lever, change.barred_by) == ("code", "Sch.4 para 13(4)")
            assert change.closes is None
            assert change.left is not None
            assert expand(change.left, cell.judgement.frame) == expand(finding.when, cell.judgement.frame)
        if barred:
            assert {"statute"} <= {change.how for change in finding.changes} <= {"reach", "statute", "notice"}
    assert looked_at


def test_a_new_measure_closes_what_has_none_but_detection_on_public_channels_only(
    study: Study, open_cells: list[Place]
) -> None:
    """A code may not recommend proactive technology for private content."""
    for finding, cell in open_cells:
        if finding.causes:
            continue
        measure, *others = finding.changes
        service = study.rulebook.service(cell.service)
        assert service is not None
        assert (measure.how, measure.lever) == ("measure", "code")
        if cell.function == "detect" and "private" in service.channels:
            assert measure.barred_by == "Sch.4 para 13(4)"
            assert channel("private") in terms(measure.left)
            assert channel("public") in terms(measure.closes)
            assert [change.lever for change in others][:1] == ["act"]
        else:
            assert (measure.left, measure.barred_by, others) == (None, "", [])


def test_a_notice_reaches_private_content_for_csea_and_terrorism_content_in_public_only(
    open_cells: list[Place],
) -> None:
    """s.121."""
    for _, cell in open_cells:
        assert cell.function == "detect" or not notices(open_cells, cell)
    reached = {cell.harm: notices(open_cells, cell) for _, cell in open_cells if cell.function == "detect"}
    for harm, found in reached.items():
        if harm in ("grooming", "image_based_csam", "csam_urls"):
            assert {change.left for change in found} == {None}, harm
        elif harm == "terrorism":
            assert found
            assert all(channel("private") in terms(change.left) for change in found)
        else:
            assert found == [], harm


def notices(places: list[Place], cell: Cell) -> list[Change]:
    """Return the notices that would close cells of the same harm and function."""
    return [
        change
        for finding, other in places
        if (other.harm, other.function) == (cell.harm, cell.function)
        for change in finding.changes
        if change.lever == "notice"
    ]


def test_takedown_that_can_be_escaped_is_closed_by_striking_the_words_or_by_a_fallback(
    open_cells: list[Place],
) -> None:
    found = [finding for finding, _ in open_cells if finding.state == "escapable"]
    assert found
    for finding in found:
        told = [(change.how, change.lever, change.left, change.barred_by) for change in finding.changes]
        assert told == [("strike", "code", None, ""), ("fallback", "code", None, "")]


def test_a_cause_is_sufficient_where_it_leaves_the_whole_row_open_by_itself(
    study: Study, open_cells: list[Place]
) -> None:
    reference = Reference(study)
    said = set()
    for finding, cell in open_cells:
        frame = cell.judgement.frame
        gap = expand(finding.when, frame)
        for cause in finding.causes:
            others = [other for other in finding.causes if other != cause]
            still = all(
                after.is_gap or after.by_design
                for bit, service in scenarios(frame)
                if gap & bit
                for after in [reference.verdict(cell, service, without=others)]
            )
            assert still is (cause in finding.sufficient) or not others, (cell, finding.causes, cause)
            said.add(still)
    assert True in said
