"""The rows of exemptions: what each leaves open, as rectangles that add up to the judged cells."""

from collections import Counter, defaultdict

import pytest

from analyser.analysis import Analysis
from analyser.coverage.study import Study
from analyser.coverage.whens import expand
from analyser.model.base import Effect, Nature
from analyser.reporting.rows import ExemptionRow


@pytest.fixture(scope="module")
def rows(analysis: Analysis) -> tuple[ExemptionRow, ...]:
    return analysis.exemption_rows()


def test_what_an_exemption_leaves_is_where_it_is_a_reason_each_scenario_once(
    analysis: Analysis, rows: tuple[ExemptionRow, ...]
) -> None:
    cells = {(cell.service, cell.harm, cell.function.value): cell for cell in analysis.cells}
    wanted: dict[tuple[str, str, str, str, str], int] = defaultdict(int)
    for gap in analysis.gaps:
        if gap.finding.by_design:
            continue
        for service in gap.services:
            for harm in gap.harms:
                for asked in gap.functions:
                    frame = cells[service, harm, asked.value].judgement.frame
                    for cause in gap.finding.causes:
                        place = (cause, service, harm, asked.value, gap.finding.state.value)
                        wanted[place] |= expand(gap.finding.when, frame)
    found: dict[tuple[str, str, str, str, str], int] = {}
    for row in rows:
        for entry in row.leaves:
            for service in entry.services:
                for harm in entry.harms:
                    for function in entry.functions:
                        place = (row.id, service, harm, function, entry.state)
                        mask = expand(entry.when, cells[service, harm, function].judgement.frame)
                        assert not found.get(place, 0) & mask, f"{place} is said twice"
                        found[place] = found.get(place, 0) | mask
    assert found == wanted


def test_the_top_level_lists_are_the_union_of_what_is_left(rows: tuple[ExemptionRow, ...]) -> None:
    for row in rows:
        assert set(row.services) == {service for entry in row.leaves for service in entry.services}
        assert set(row.harms) == {harm for entry in row.leaves for harm in entry.harms}
        assert set(row.functions) == {function for entry in row.leaves for function in entry.functions}


def test_rows_stand_in_the_order_of_the_text_and_have_ids_of_their_own(
    study: Study, rows: tuple[ExemptionRow, ...]
) -> None:
    places = [study.by_id[row.id].span.start for row in rows]
    assert places == sorted(places)
    assert set(Counter(row.id for row in rows).values()) == {1}
    assert {row.id for row in rows} == set(study.by_id)


def test_words_are_printed_as_they_stand(study: Study, rows: tuple[ExemptionRow, ...]) -> None:
    for row in rows:
        assert study.by_id[row.id].span.of(study.document.text) == row.quote


def test_only_what_lifts_or_cuts_a_known_part_leaves_anyone(
    study: Study, rows: tuple[ExemptionRow, ...]
) -> None:
    for row in rows:
        if row.leaves:
            exemption = study.by_id[row.id]
            assert row.nature not in (Nature.TRIGGER, Nature.PERMISSION), row.id
            assert row.effect == Effect.LIFTS or exemption.reaches_only is not None, row.id
            assert row.level == "material", row.id


def test_yes_is_said_only_of_what_follows_from_the_words_or_is_argued_by_a_source(
    rows: tuple[ExemptionRow, ...],
) -> None:
    for row in rows:
        for answer in row.invocable_by:
            if answer.answer == "yes" and not (answer.argued_by and answer.source):
                # a limb of the application, or a limit that the words themselves draw
                assert row.nature == "application" or row.effect == "narrows", (row.id, answer.feature)


def test_the_limbs_of_an_application_are_said_in_words(rows: tuple[ExemptionRow, ...]) -> None:
    said = {row.id.rpartition("/")[2]: row.limbs for row in rows if row.limbs}
    assert said["A1.1#size_threshold-1"] == ("not large",)
    assert said["C9.1#size_threshold-1"] == ("not large", "medium risk of image-based CSAM")
    assert said["A3.1#size_threshold-1"] == (
        "not large",
        "fewer than two kinds of illegal harm at medium or high risk",
    )
    assert said["F1.1#age_precondition-1"] == ("no means of determining age",)
    assert {row.nature for row in rows if row.limbs} == {"application"}
