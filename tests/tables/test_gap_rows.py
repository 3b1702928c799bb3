"""The rows of gaps: exactly the gap cells, ids that resolve, sentences that claim no more than their row."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import pytest

from analyser.analysis import Analysis
from analyser.coverage.frame import Frame
from analyser.coverage.study import Study
from analyser.coverage.survey import Cell
from analyser.coverage.whens import expand, fact_name, when_of
from analyser.model.base import Breadth, Function, Nature, State
from analyser.model.duty import Duty
from analyser.reporting.rows import Backstop, GapRow
from analyser.rulebook import Rulebook

SOMEWHERE = " (only where it applies)"
CSEA_KINDS = {"csea", "grooming", "image_based_csam", "csam_urls"}


@pytest.fixture(scope="module")
def every_row(analysis: Analysis) -> tuple[GapRow, ...]:
    """Every row, those of `--all` and those low by design included."""
    return tuple(item.row for item in analysis.ranked_gaps(include_all=True))


@pytest.fixture(scope="module")
def cells(analysis: Analysis) -> dict[tuple[str, str, str], Cell]:
    return {(cell.service, cell.harm, cell.function.value): cell for cell in analysis.cells}


def places(row: GapRow) -> Iterator[tuple[str, str, str]]:
    for service in row.services:
        for harm in row.harms:
            for function in row.functions:
                yield service, harm, function


def beside_a_held_cell(row: GapRow, cells: dict[tuple[str, str, str], Cell]) -> bool:
    """Say whether a row names an expected protection that is missing where some other duty stands."""
    states = {group.state for place in places(row) for group in cells[place].judgement.groups}
    return bool(row.expectation) and State.NO_MEASURE not in states


# --- rows and cells ---


class Entry(NamedTuple):
    """A gap group of one cell: what a row must give back, once."""

    place: tuple[str, str, str]
    state: str
    causes: tuple[str, ...]
    by_design: str
    scenarios: int


def told_by_its_parts(study: Study, cell: Cell) -> bool:
    """A kind has no cell of its own where every duty is for a part: each part's row says it exactly."""
    parts = [harm for harm in study.rulebook.harms if harm.parent == cell.harm]
    breadths = {
        reach.breadth
        for duty in study.duties
        for reach in duty.reaches
        if (reach.function, reach.harm) == (cell.function, cell.harm)
    }
    return bool(parts) and breadths == {Breadth.PART}


def test_expanding_the_rows_gives_exactly_the_gap_cells_each_once(
    study: Study, every_row: tuple[GapRow, ...], cells: dict[tuple[str, str, str], Cell]
) -> None:
    wanted = Counter(
        Entry(
            place,
            group.state.value,
            tuple(sorted(group.causes)),
            "own_risk_low" if group.by_design else "",
            group.mask,
        )
        for place, cell in cells.items()
        if not told_by_its_parts(study, cell)
        for group in cell.judgement.groups
        if group.state in (State.ESCAPABLE, State.OUT_OF_SCOPE, State.NO_MEASURE)
    )
    found = Counter(
        Entry(
            place,
            row.state,
            tuple(sorted(cause.exemption for cause in row.causes)),
            row.by_design,
            expand(row.when, cells[place].judgement.frame),
        )
        for row in every_row
        if not beside_a_held_cell(row, cells)
        for place in places(row)
    )
    assert len(wanted) > 1000
    assert found == wanted
    assert set(found.values()) == {1}


def test_only_the_kind_csea_is_ever_told_by_its_parts(
    study: Study, every_row: tuple[GapRow, ...], cells: dict[tuple[str, str, str], Cell]
) -> None:
    left_out = {place for place, cell in cells.items() if told_by_its_parts(study, cell)}
    assert {harm for _, harm, _ in left_out} == {"csea"}
    assert {function for _, _, function in left_out} == {"prevent", "detect", "user_control", "support"}
    assert not left_out & {place for row in every_row for place in places(row)}


def test_re_expanding_a_condition_gives_its_scenarios(cells: dict[tuple[str, str, str], Cell]) -> None:
    for cell in {id(cell.judgement): cell for cell in cells.values()}.values():
        frame = cell.judgement.frame
        for group in cell.judgement.groups:
            assert expand(when_of(frame, group.mask), frame) == group.mask, cell


def test_no_two_facts_of_a_grid_are_printed_under_one_name(cells: dict[tuple[str, str, str], Cell]) -> None:
    """Else a condition could not be read back."""
    for cell in {id(cell.judgement): cell for cell in cells.values()}.values():
        frame = cell.judgement.frame
        used = {
            term.fact
            for group in cell.judgement.groups
            for case in when_of(frame, group.mask).any_of
            for term in case.all_of
        }
        names = Counter(fact_name(frame, dimension) for dimension in frame.dimensions)
        assert {name for name in used if names[name] > 1} == set(), (cell.service, cell.harm, cell.function)


def test_rows_share_no_scenario_with_a_cell_that_is_covered(
    every_row: tuple[GapRow, ...], cells: dict[tuple[str, str, str], Cell]
) -> None:
    for row in every_row:
        if beside_a_held_cell(row, cells):
            continue
        for place in places(row):
            judgement = cells[place].judgement
            held = sum(
                group.mask for group in judgement.groups if group.state in (State.COVERED, State.WEAKENED)
            )
            assert not expand(row.when, judgement.frame) & held, (row.id, place)


def test_a_row_on_a_held_cell_says_which_protection_is_missing(
    every_row: tuple[GapRow, ...], cells: dict[tuple[str, str, str], Cell], rules: Rulebook
) -> None:
    names = {entry.id: entry.name for entry in rules.expectations}
    beside = [row for row in every_row if beside_a_held_cell(row, cells)]
    assert beside
    for row in beside:
        assert row.state in ("no_measure", "unknown")
        assert row.causes == ()
        assert f"no duty in the text held gives {names[row.expectation]}" in row.who
        assert ("have not been seen" in row.who) is (row.state == "unknown")


def test_totals_partition_the_leaf_cells(analysis: Analysis, study: Study) -> None:
    report = analysis.report()
    leaves = [harm for harm in study.revision.harms if harm != "csea"]
    assert report.partition.cells == len(analysis.settings) * len(leaves) * len(Function)
    assert report.partition.holds
    assert sum(report.totals.values()) == report.partition.cells
    matrix = Counter(row.state for row in analysis.matrix_rows() if row.harm != "csea")
    assert report.totals == dict(matrix)


def test_the_letter_of_a_cell_is_its_worst_state_at_medium_or_high_risk(
    analysis: Analysis, cells: dict[tuple[str, str, str], Cell]
) -> None:
    seriousness = [
        "not_applicable",
        "covered",
        "weakened",
        "unknown",
        "escapable",
        "out_of_scope",
        "no_measure",
    ]
    for row in analysis.matrix_rows():
        groups = [
            group
            for group in cells[row.service, row.harm, row.function].judgement.groups
            if not group.by_design
        ]
        worst = max(groups, key=lambda group: seriousness.index(group.state.value), default=None)
        if worst is not None:
            assert row.state == worst.state.value
        assert row.letter == "-" or row.letter.isupper() is row.all_scenarios


# --- ids, names, sentences ---


def test_every_id_of_every_row_resolves(
    analysis: Analysis, study: Study, rules: Rulebook, every_row: tuple[GapRow, ...]
) -> None:
    exemptions = {row.id: row for row in analysis.exemption_rows()}
    provisions = {duty.provision for duty in study.duties}
    evidence = {entry.id: entry for entry in rules.evidence}
    sources = {source.id for source in rules.sources}
    assert len({row.id for row in every_row}) == len(every_row)
    for row in every_row:
        assert set(row.services) <= set(analysis.settings)
        assert set(row.harms) <= set(study.revision.harms)
        assert set(row.functions) <= set(Function)
        for cause in row.causes:
            exemption = exemptions[cause.exemption]
            assert (cause.measure, cause.provision, cause.quote) == (
                exemption.measure,
                exemption.provision,
                exemption.quote,
            )
        assert {held.removesuffix(SOMEWHERE) for held in row.partly_held_by} <= provisions
        assert all(line.id in evidence and evidence[line.id].publishable for line in row.evidence)
        assert all(set(line.source) <= sources for line in row.evidence)
        assert {item.provision for item in row.statute_backstop} <= {entry.id for entry in rules.statute}
        named = set(row.expectation.split("; ")) - {""}
        assert named <= {entry.id for entry in rules.expectations}
    for exemption in exemptions.values():
        assert set(exemption.compensated_by) <= set(study.duty_by_id)
        assert all(set(answer.source) <= sources for answer in exemption.invocable_by)


def test_no_kind_that_came_later_counts_in_this_revision(every_row: tuple[GapRow, ...], study: Study) -> None:
    assert "cyberflashing" not in study.revision.harms
    assert not any("cyberflashing" in row.harms for row in every_row)
    assert all("yberflash" not in row.who for row in every_row)


def test_a_sentence_names_the_services_of_its_row_and_no_others(
    analysis: Analysis, every_row: tuple[GapRow, ...]
) -> None:
    plurals = {service: analysis.labels().services_of(service) for service in analysis.settings}
    assert not any(one != two and one in two for one in plurals.values() for two in plurals.values())
    for row in every_row:
        named = {service for service, plural in plurals.items() if plural in row.who}
        assert named == set(row.services), row.who


def test_a_sentence_says_whatever_only_of_what_its_condition_leaves_open(
    every_row: tuple[GapRow, ...],
) -> None:
    words = {"size": "size", "risk level": "risk", "channel": "channel"}
    for row in every_row:
        tail = re.search(r"whatever their ([^;]*)", row.who)
        free = {fact for word, fact in words.items() if tail and re.search(rf"\b{word}\b", tail.group(1))}
        named = {term.fact for case in row.when.any_of for term in case.all_of}
        assert not free & named, row.who


def test_rows_stand_in_the_order_of_their_points(analysis: Analysis) -> None:
    points = [float(item.order_reason.split(" points")[0]) for item in analysis.ranked_gaps()]
    assert points == sorted(points, reverse=True)


def test_a_duty_is_said_to_hold_a_part_only_where_it_binds_within_the_row(
    study: Study, every_row: tuple[GapRow, ...], cells: dict[tuple[str, str, str], Cell]
) -> None:
    """Safety defaults hold nothing for a service to which they do not apply."""
    for row in every_row:
        if beside_a_held_cell(row, cells):
            continue
        for held in row.partly_held_by:
            duties = [duty for duty in study.duties if duty.provision == held.removesuffix(SOMEWHERE)]
            for place in places(row):
                frame = cells[place].judgement.frame
                here = expand(row.when, frame)
                binding = [here & ~out_of_duty(study, duty, frame) for duty in duties]
                assert any(binding), (row.id, held, place)
                assert (here in binding) is not held.endswith(SOMEWHERE), (row.id, held, place)


def out_of_duty(study: Study, duty: Duty, frame: Frame) -> int:
    """Return the scenarios that a duty does not reach: by its measure's application, or by its own words."""
    out = 0
    for one in study.exemptions:
        if duty.id not in one.duties:
            continue
        if one.holds is not None:
            out |= frame.truths(one.holds).yes
        elif one.reaches_only is not None and one.level == "material":
            out |= frame.full & ~frame.truths(one.reaches_only).may
    return out


# --- the statute beside the code ---


def backstops(rows: tuple[GapRow, ...]) -> Iterator[tuple[GapRow, Backstop]]:
    for row in rows:
        for item in row.statute_backstop:
            yield row, item


def test_the_statute_stands_beside_the_harms_of_the_row_and_no_others(every_row: tuple[GapRow, ...]) -> None:
    for row, item in backstops(every_row):
        assert item.harms
        assert set(item.harms) <= set(row.harms), (row.id, item.provision)


def test_the_duty_on_intimate_images_stands_from_its_own_date_for_its_own_harm(
    every_row: tuple[GapRow, ...],
) -> None:
    found = [(row, item) for row, item in backstops(every_row) if item.provision == "s.10(3A)"]
    assert found
    for row, item in found:
        assert "take_down" in row.functions
        assert item.harms == ("intimate_image_abuse",)
        assert item.in_force_from == "2026-06-29"
        assert item.in_force_at_revision is False
        assert item.after_safe_harbour == "stands"
    beside = {row.id for row, _ in found}
    gap = [row for row in every_row if row.state != "unknown" and not row.by_design]
    for row in gap:
        concerned = "intimate_image_abuse" in row.harms and "take_down" in row.functions
        assert (row.id in beside) is concerned, row.id


def test_reporting_to_the_national_crime_agency_is_no_takedown(every_row: tuple[GapRow, ...]) -> None:
    assert not [row.id for row, item in backstops(every_row) if item.provision.startswith("s.66")]


def test_general_duties_are_displaced_by_words_inside_a_measure_and_arguable_where_none_applies(
    study: Study, every_row: tuple[GapRow, ...], rules: Rulebook
) -> None:
    general = {entry.id for entry in rules.statute if entry.character == "general"}
    said: dict[str, set[str]] = {"words": set(), "application": set(), "no_measure": set()}
    for row, item in backstops(every_row):
        if item.provision not in general:
            continue
        natures = {study.by_id[cause.exemption].nature for cause in row.causes}
        where = (
            "no_measure" if not row.causes else "application" if Nature.APPLICATION in natures else "words"
        )
        said[where].add(item.after_safe_harbour)
        assert ("s.49(1)" in item.why) is (item.after_safe_harbour == "displaced")
    assert said == {"words": {"displaced"}, "application": {"arguable"}, "no_measure": {"arguable"}}


def test_no_backstop_is_printed_beside_what_is_low_by_design(every_row: tuple[GapRow, ...]) -> None:
    assert not [row.id for row, _ in backstops(every_row) if row.by_design]


# --- what would close a gap ---


def carved_by_channel(rows: Iterable[GapRow]) -> list[GapRow]:
    """Return the rows of detection that the words on public content leave open."""
    return [
        row
        for row in rows
        if row.functions == ("detect",) and any("channel_carve_out" in cause.kinds for cause in row.causes)
    ]


def test_a_code_cannot_close_a_gap_in_private_detection(every_row: tuple[GapRow, ...]) -> None:
    """Sch. 4 para 13(4): the lever is the Act, or for the CSEA kinds a notice."""
    found = carved_by_channel(every_row)
    assert len(found) >= 8
    for row in found:
        assert set(row.harms) <= CSEA_KINDS
        by_lever = {closure.lever: closure for closure in row.what_would_close}
        assert set(by_lever) == {"code", "act", "notice"}
        for closure in row.what_would_close:
            if closure.lever == "code":
                assert (closure.closes, closure.barred_by) == ("nothing", "Sch.4 para 13(4)")
            else:
                assert (closure.closes, closure.barred_by) == ("the whole gap", "")


TERRORISM_IMAGES = """---
code: a-code
revision: 2025-02-24
statute: Online Safety Act 2023
---
# A code

## ICU A1 Hash matching of terrorism images

### Application
A1.1 This measure applies to a provider in respect of each large service it provides.

### Recommendation
A1.2 The provider should ensure that hash matching is used to analyse content communicated publicly,
so as to detect whether it is terrorism content.
"""


def test_a_notice_is_no_lever_for_private_content_beyond_csea(
    analyse_text: Callable[[str], Analysis],
) -> None:
    """s.121 reaches terrorism content on public channels only."""
    rows = carved_by_channel(analyse_text(TERRORISM_IMAGES).gap_rows())
    assert rows
    for row in rows:
        assert row.harms == ("terrorism",)
        assert {closure.lever for closure in row.what_would_close} == {"code", "act"}


def test_every_gap_says_what_would_close_it(
    every_row: tuple[GapRow, ...], cells: dict[tuple[str, str, str], Cell]
) -> None:
    for row in every_row:
        if row.by_design:
            assert row.what_would_close == ()
        elif beside_a_held_cell(row, cells):
            (only,) = row.what_would_close
            assert only.change.startswith("add a measure that gives ")
        else:
            assert row.what_would_close, row.id
        for closure in row.what_would_close:
            assert (closure.closes == "the whole gap") is (closure.left_open == "")
            assert (closure.closes == "nothing") is (closure.left_open == "the whole gap")
