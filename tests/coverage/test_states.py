"""The state of every cell in its scenarios: against a plain reading of the design, and by its contrasts."""

from collections.abc import Callable, Iterable

import pytest

from analyser.analysis import Analysis
from analyser.coverage.cells import Group
from analyser.coverage.duty_states import is_way_out, moves_scope, softens
from analyser.coverage.study import Study
from analyser.coverage.survey import Cell
from analyser.model.base import Breadth, Effect, Function, Invocable, Level, Nature, State
from analyser.model.logic import All, Atom, Condition, Not
from tests.coverage.reference import Reference, scenarios

CellOf = Callable[[str, str, str], Cell]


def different(cells: Iterable[Cell]) -> list[Cell]:
    """Return one cell for each judgement: cells that ask the same question share it."""
    return list({id(one.judgement): one for one in cells}.values())


def group_at(cell: Cell, bit: int) -> Group:
    (group,) = (group for group in cell.judgement.groups if group.mask & bit)
    return group


def test_every_cell_has_the_state_that_the_design_gives_it(analysis: Analysis) -> None:
    reference = Reference(analysis.study)
    looked_at = 0
    for cell in different(analysis.cells):
        for bit, service in scenarios(cell.judgement.frame, most=30):
            wanted, group = reference.verdict(cell, service), group_at(cell, bit)
            place = (cell.service, cell.harm, cell.function, dict(service))
            assert (group.state, group.by_design) == (wanted.state, wanted.by_design), place
            assert frozenset(group.causes) == wanted.causes, place
            assert group.strength == wanted.strength, place
            looked_at += 1
    assert looked_at > 4000


def test_the_groups_of_a_cell_are_its_possible_scenarios_each_once(analysis: Analysis) -> None:
    for cell in different(analysis.cells):
        total = 0
        for group in cell.judgement.groups:
            assert group.mask, "no group is empty"
            assert not total & group.mask
            total |= group.mask
        assert total == cell.judgement.frame.possible


# --- the contrasts of the worked path (design, section 10) ---


def size(name: str) -> Condition:
    bounds = {"under_700k": (None, 700_000), "700k_to_7m": (700_000, 7_000_000), "large": (7_000_000, None)}
    low, high = bounds[name]
    parts: list[Condition] = []
    if low is not None:
        parts.append(Atom(fact="uk_monthly_users", op=">", value=low))
    if high is not None:
        parts.append(Atom(fact="uk_monthly_users", op="<=", value=high))
    return All(parts=tuple(parts))


def risk(harm: str, level: str) -> Condition:
    return Atom(fact=f"risk.{harm}", op="=", value=level)


def at_risk(harm: str) -> Condition:
    return Atom(fact=f"risk.{harm}", op=">=", value="medium")


ENCRYPTED = Atom(fact="end_to_end_encrypted", op="=", value=True)
PUBLIC = Atom(fact="channel", op="=", value="public")
PRIVATE = Atom(fact="channel", op="=", value="private")
IMAGES = Atom(fact="functionality.images_or_video", op="=", value=True)


def where(cell: Cell, *conditions: Condition) -> int:
    """Return the possible scenarios of a cell in which all conditions hold."""
    frame = cell.judgement.frame
    truths = frame.truths(All(parts=conditions))
    assert truths.yes == truths.may, "the cell tells these scenarios apart"
    return truths.yes & frame.possible


def states(cell: Cell, *conditions: Condition) -> set[tuple[str, frozenset[str]]]:
    """Return the states and causes (short ids) that a cell has where all conditions hold."""
    here = where(cell, *conditions)
    assert here, "there is such a scenario"
    return {
        (group.state.value, frozenset(cause.rpartition("/")[2] for cause in group.causes))
        for group in cell.judgement.groups
        if group.mask & here
    }


def test_takedown_of_abuse_images_in_messages_can_be_escaped_only_where_they_are_encrypted(
    cell: CellOf,
) -> None:
    takedown = cell("messaging", "image_based_csam", "take_down")
    assert states(takedown, ENCRYPTED) == {("escapable", frozenset({"C2.2#feasibility-1"}))}
    assert {group.strength for group in takedown.judgement.groups if group.is_gap} == {Invocable.YES}
    assert states(takedown, Not(part=ENCRYPTED)) == {("covered", frozenset())}
    assert where(takedown, ENCRYPTED) == sum(
        group.mask for group in takedown.judgement.groups if group.is_gap
    )


def test_detection_in_private_messages_is_out_of_scope_by_the_words_on_the_channel(cell: CellOf) -> None:
    detect = cell("messaging", "image_based_csam", "detect")
    carve_out = "C9.2#channel_carve_out-1"
    assert states(detect, PRIVATE, size("large"), at_risk("image_based_csam")) == {
        ("out_of_scope", frozenset({carve_out}))
    }
    private = states(detect, PRIVATE, at_risk("image_based_csam"))
    assert {state for state, _ in private} == {"out_of_scope"}
    assert all(carve_out in causes for _, causes in private)


def test_detection_in_public_content_is_out_of_scope_only_for_the_two_sets_of_size_limbs(
    cell: CellOf,
) -> None:
    detect = cell("messaging", "image_based_csam", "detect")
    not_large_medium = {("out_of_scope", frozenset({"C9.1#size_threshold-1"}))}
    small_high = {("out_of_scope", frozenset({"C9.1#size_threshold-2"}))}
    assert (
        states(detect, PUBLIC, Not(part=size("large")), risk("image_based_csam", "medium"))
        == not_large_medium
    )
    assert states(detect, PUBLIC, size("under_700k"), risk("image_based_csam", "high")) == small_high
    covered: set[tuple[str, frozenset[str]]] = {("covered", frozenset())}
    assert states(detect, PUBLIC, size("700k_to_7m"), risk("image_based_csam", "high")) == covered
    assert states(detect, PUBLIC, size("large"), at_risk("image_based_csam")) == covered


def test_a_small_file_sharing_host_at_high_risk_is_within_hash_matching(cell: CellOf) -> None:
    detect = cell("file_sharing", "image_based_csam", "detect")
    assert states(detect, PUBLIC, size("under_700k"), risk("image_based_csam", "high")) == {
        ("covered", frozenset())
    }


def test_no_measure_has_anyone_look_for_grooming(cell: CellOf, analysis: Analysis) -> None:
    for service in analysis.settings:
        assert {group.state for group in cell(service, "grooming", "detect").judgement.groups} == {
            State.NO_MEASURE
        }


def test_everyone_can_report_and_complain(cell: CellOf, analysis: Analysis, study: Study) -> None:
    for service in analysis.settings:
        for harm in study.revision.harms:
            groups = cell(service, harm, "report_and_complain").judgement.groups
            assert {group.state for group in groups} == {State.COVERED}, (service, harm)


def test_takedown_on_an_open_social_network_is_covered_and_its_notes_stay_beside(
    cell: CellOf, study: Study
) -> None:
    for harm in study.revision.harms:
        judgement = cell("social_media", harm, "take_down").judgement
        assert {group.state for group in judgement.groups} - {State.NOT_APPLICABLE} == {State.COVERED}, harm
        assert [study.duty_by_id[duty].provision for duty in judgement.held_by] == ["ICU C2.2"]
    notes = [one for one in study.exemptions if one.provision == "ICU C2.2" and one.level == "minor"]
    assert {"swiftly", "of which it is aware"} <= {one.quote for one in notes}


def test_the_words_on_feasibility_leave_encrypted_messaging_and_file_sharing_for_every_harm(
    analysis: Analysis, study: Study
) -> None:
    (row,) = (row for row in analysis.exemption_rows() if row.kind == "feasibility")
    assert (row.provision, row.nature, row.effect) == ("ICU C2.2", "exception", "lifts")
    cells = [
        (service, harm, function)
        for entry in row.leaves
        for service in entry.services
        for harm in entry.harms
        for function in entry.functions
    ]
    assert len(cells) == len(set(cells))
    assert set(cells) == {
        (service, harm, "take_down")
        for service in ("messaging", "file_sharing")
        for harm in study.revision.harms
    }
    for entry in row.leaves:
        assert entry.state == "escapable"
        assert [[(term.fact, term.op, term.value) for term in case.all_of] for case in entry.when.any_of] == [
            [("end_to_end_encrypted", "=", True)]
        ]


# --- rules of the design, each by itself ---


def test_part_duties_never_lift_a_cell_above_weakened(analysis: Analysis, study: Study) -> None:
    parts_only = 0
    for cell in different(analysis.cells):
        breadths = {bound.breadth for bound in study.bounds(cell.function, cell.harm)}
        if breadths == {Breadth.PART}:
            parts_only += 1
            assert State.COVERED not in {group.state for group in cell.judgement.groups}, cell
    assert parts_only > 20


def test_removing_accounts_of_proscribed_organisations_is_only_a_part_of_terrorism(cell: CellOf) -> None:
    accounts = cell("social_media", "terrorism", "account_action")
    assert {group.state for group in accounts.judgement.groups} == {State.WEAKENED}
    assert {group.state for group in cell("social_media", "fraud", "account_action").judgement.groups} == {
        State.NO_MEASURE
    }


def test_a_harm_rated_low_by_the_service_itself_is_out_of_scope_by_design_and_no_gap(
    analysis: Analysis, cell: CellOf
) -> None:
    detect = cell("messaging", "image_based_csam", "detect")
    low = where(detect, Not(part=at_risk("image_based_csam")))
    designed = sum(group.mask for group in detect.judgement.groups if group.by_design)
    assert designed == low
    assert not any(group.is_gap for group in detect.judgement.groups if group.by_design)
    for row in analysis.gap_rows():
        assert row.by_design == ""
    apart = [item.row for item in analysis.ranked_gaps(include_all=True) if item.row.by_design]
    assert {(row.by_design, row.state) for row in apart} == {("own_risk_low", "out_of_scope")}


def test_medium_risk_and_not_large_is_a_gap(cell: CellOf) -> None:
    control = cell("social_media", "hate", "user_control")
    here = where(control, Not(part=size("large")), at_risk("hate"))
    assert here
    assert all(group.is_gap for group in control.judgement.groups if group.mask & here)


def test_permissions_hold_no_cell_and_triggers_open_none(analysis: Analysis, study: Study) -> None:
    natures = {one.id: one.nature for one in study.exemptions}
    permitted = {duty.id for duty in study.duties if duty.force == "permitted"}
    assert permitted
    for cell in different(analysis.cells):
        judgement = cell.judgement
        assert not permitted & {*judgement.held_by, *judgement.partly_held_by}
        for group in judgement.groups:
            for cause in group.causes:
                assert natures[cause] not in (Nature.TRIGGER, Nature.PERMISSION), (cell, cause)


# nature, effect, level, whether the words say what is left -> what the exemption does to its duty
CUTS = [
    ("exception", "lifts", "material", False, "way out"),
    ("limit", "lifts", "material", False, "way out"),
    ("limit", "narrows", "material", True, "part gone"),
    ("limit", "narrows", "minor", True, "nothing"),
    ("limit", "narrows", "material", False, "nothing"),
    ("limit", "softens", "material", False, "softer"),
    ("limit", "softens", "minor", False, "nothing"),
    ("trigger", "narrows", "material", True, "nothing"),
    ("trigger", "softens", "material", False, "nothing"),
    ("permission", "lifts", "material", False, "nothing"),
    ("permission", "narrows", "material", True, "nothing"),
    ("permission", "softens", "material", False, "nothing"),
]


@pytest.mark.parametrize(("nature", "effect", "level", "says", "does"), CUTS)
def test_what_an_exemption_does_to_its_duty(
    study: Study, nature: str, effect: str, level: str, says: bool, does: str
) -> None:
    changes = {"nature": Nature(nature), "effect": Effect(effect), "level": Level(level)}
    one = study.exemptions[0].model_copy(update={**changes, "reaches_only": PUBLIC if says else None})
    done = {"way out": is_way_out(one), "part gone": moves_scope(one), "softer": softens(one)}
    assert [name for name, holds in done.items() if holds] == ([] if does == "nothing" else [does])


@pytest.mark.parametrize("function", ["review", "take_down", "report_and_complain"])
def test_a_knowledge_condition_changes_no_state(analysis: Analysis, function: str) -> None:
    """The Act has the same trigger: with every trigger struck out nothing changes."""
    study, surveyor = analysis.study, analysis.surveyor
    triggers = [one.id for one in study.exemptions if one.nature is Nature.TRIGGER]
    assert triggers
    for service in ("messaging", "social_media"):
        for harm in study.revision.harms:
            setting = analysis.settings[service]
            struck = surveyor.judge(setting, harm, Function(function), without=triggers)
            assert struck == surveyor.judge(setting, harm, Function(function))


def test_what_means_nothing_on_a_service_is_not_applicable(cell: CellOf) -> None:
    """There are no abuse images where none can be shared."""
    detect = cell("forum", "image_based_csam", "detect")
    assert states(detect, Not(part=IMAGES)) == {("not_applicable", frozenset())}
    assert "not_applicable" not in {state for state, _ in states(detect, IMAGES)}
