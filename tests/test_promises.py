"""What the project said it would show, point by point, on the built-in code."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from analyser import library
from analyser.analysis import Analysis
from analyser.coverage.study import Study
from analyser.model.base import State, Truth
from analyser.model.exemption import Exemption
from analyser.profiles import read as read_profile
from analyser.reporting.markdown_report import render_markdown
from analyser.reporting.rows import CheckRow, ExemptionRow, GapRow
from analyser.rulebook import Rulebook


@pytest.fixture(scope="module")
def exemptions(analysis: Analysis) -> tuple[ExemptionRow, ...]:
    return analysis.exemption_rows()


@pytest.fixture(scope="module")
def gaps(analysis: Analysis) -> tuple[GapRow, ...]:
    """The rows of `codegap gaps` without --all."""
    return analysis.gap_rows()


def of(rows: Iterable[ExemptionRow], measure: str, kind: str = "", nature: str = "") -> list[ExemptionRow]:
    return [
        row
        for row in rows
        if row.measure == measure and kind in ("", row.kind) and nature in ("", row.nature)
    ]


# --- exemptions ---


def test_takedown_leaves_encrypted_messages_and_files_without_takedown_of_abuse_images(
    exemptions: tuple[ExemptionRow, ...],
) -> None:
    (row,) = of(exemptions, "ICU C2", "feasibility")
    assert "technically feasible" in row.quote
    assert set(row.services) == {"messaging", "file_sharing"}
    assert {"csea", "image_based_csam", "intimate_image_abuse"} <= set(row.harms)
    assert row.functions == ("take_down",)
    claims = {answer.feature: answer for answer in row.invocable_by}
    assert claims["end_to_end_encrypted"].answer == "yes"
    assert "charities" in claims["end_to_end_encrypted"].argued_by
    assert "Internet Watch Foundation" in claims["end_to_end_encrypted"].argued_by
    assert claims["peer_to_peer"].answer == "arguable"
    assert claims["provider_can_read_content"].answer == "no"


@pytest.mark.parametrize(("measure", "harm"), [("ICU C9", "image_based_csam"), ("ICU C10", "csam_urls")])
def test_detection_of_abuse_material_is_for_public_content_only(
    exemptions: tuple[ExemptionRow, ...], study: Study, measure: str, harm: str
) -> None:
    rows = of(exemptions, measure, "channel_carve_out")
    assert rows
    for row in rows:
        reach = study.by_id[row.id].reaches_only
        assert (row.quote, row.effect) == ("communicated publicly", "narrows")
        assert reach is not None
        assert (reach.fact, reach.value) == ("channel", "public")  # type: ignore[union-attr]
    assert harm in {harm for row in rows for harm in row.harms}
    assert {row.kind for row in of(exemptions, measure, nature="application")} >= {
        "size_threshold",
        "risk_threshold",
    }


@pytest.mark.parametrize("measure", ["ICU F1", "ICU F2"])
def test_child_defaults_rest_on_existing_means_of_telling_age(
    exemptions: tuple[ExemptionRow, ...], measure: str
) -> None:
    (row,) = of(exemptions, measure, "age_precondition", "application")
    assert row.limbs == ("no means of determining age",)
    assert "existing means" in row.quote


@pytest.mark.parametrize("measure", ["ICU J1", "ICU J2", "ICU J3", "ICU A1", "ICU A4", "ICU D14"])
def test_size_is_among_the_limbs(exemptions: tuple[ExemptionRow, ...], measure: str) -> None:
    assert ("not large",) in [row.limbs for row in of(exemptions, measure, "size_threshold", "application")]


NEITHER = ["A3", "A5", "A6", "A7", "C3", "C4", "C5", "C6", "C7", "C8", "D8"]


@pytest.mark.parametrize("name", NEITHER)
def test_services_neither_large_nor_multi_risk_are_left_out(
    exemptions: tuple[ExemptionRow, ...], name: str
) -> None:
    (row,) = of(exemptions, f"ICU {name}", nature="application")
    assert row.limbs == ("not large", "fewer than two kinds of illegal harm at medium or high risk")
    assert bool(row.compensated_by) is (name == "D8")


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        ("ICU C1", "reason to suspect"),
        ("ICU C2", "of which it is aware"),
        ("ICU H1", "when the provider becomes aware"),
    ],
)
def test_knowledge_conditions_are_triggers(
    exemptions: tuple[ExemptionRow, ...], measure: str, words: str
) -> None:
    rows = [row for row in of(exemptions, measure, "knowledge_condition") if row.quote == words]
    assert rows
    assert {(row.nature, row.leaves) for row in rows} == {("trigger", ())}


def test_disregarding_manifestly_unfounded_complaints_is_a_permission_that_relieves_other_duties(
    exemptions: tuple[ExemptionRow, ...], study: Study
) -> None:
    (row,) = [row for row in of(exemptions, "ICU D13", nature="permission") if "unfounded" in row.quote]
    relieved = {study.duty_by_id[duty].measure for duty in study.by_id[row.id].duties}
    assert relieved
    assert "ICU D13" not in relieved, "the relieved duties are others, found by the words of the permission"
    assert "ICU D7" in relieved, "complaints about suspected illegal content are among the complaints"
    assert row.leaves == ()


def test_vague_time_is_minor(study: Study) -> None:
    found: dict[str, set[str]] = {}
    for one in study.exemptions:
        if one.quote in ("swiftly", "promptly"):
            found.setdefault(one.quote, set()).add(one.level)
    assert found == {"swiftly": {"minor"}, "promptly": {"minor"}}


def test_every_exemption_has_words_a_place_a_rule_and_a_meaning(
    exemptions: tuple[ExemptionRow, ...], rules: Rulebook
) -> None:
    known = {rule.id for rule in rules.qualifiers} | {"application"}
    for row in exemptions:
        assert row.quote
        assert row.provision.startswith(f"{row.measure}."), row
        assert row.rule in known
        assert row.basis_detail


# --- gaps ---


def states_of(analysis: Analysis, harm: str, function: str) -> set[State]:
    return {
        group.state
        for cell in analysis.cells
        if (cell.harm, cell.function) == (harm, function)
        for group in cell.judgement.groups
    }


NO_DETECTION = {
    "grooming": "grooming-detection",
    "terrorism": "terrorism-image-hash-matching",
    "fraud": "fraud-detection",
    "suicide_and_self_harm": "suicide-detection",
    "hate": "hate-detection",
    "intimate_image_abuse": "intimate-image-hash-matching",
}


@pytest.mark.parametrize("harm", NO_DETECTION)
def test_no_measure_has_anyone_look_for_it_where_it_matters(
    analysis: Analysis, gaps: tuple[GapRow, ...], harm: str
) -> None:
    assert states_of(analysis, harm, "detect") <= {State.NO_MEASURE, State.NOT_APPLICABLE}
    rows = [row for row in gaps if harm in row.harms and row.functions == ("detect",)]
    assert rows
    for row in rows:
        assert (row.state, row.causes, row.relevance) == ("no_measure", (), "evidenced")
        assert NO_DETECTION[harm] in row.expectation.split("; ")


def test_nothing_looks_for_controlling_behaviour_and_nothing_keeps_adults_places_from_view(
    analysis: Analysis, gaps: tuple[GapRow, ...]
) -> None:
    harm = "controlling_or_coercive_behaviour"
    assert states_of(analysis, harm, "detect") == {State.NO_MEASURE}
    (row,) = [row for row in gaps if row.harms == (harm,) and "location-protection" in row.expectation]
    assert (row.state, row.functions) == ("no_measure", ("prevent",))


@pytest.mark.parametrize(
    ("expectation", "function"),
    [
        ("livestream-moderators", "review"),
        ("livestream-imminent-harm-reporting", "report_and_complain"),
        ("child-livestream-interaction-limits", "prevent"),
    ],
)
def test_nothing_is_specific_to_livestreaming(
    analysis: Analysis, gaps: tuple[GapRow, ...], rules: Rulebook, expectation: str, function: str
) -> None:
    """Review and reports are covered, so an expectation says it, for services that can have livestreams."""
    rows = [row for row in gaps if expectation in row.expectation.split("; ")]
    assert rows
    for row in rows:
        assert (row.state, row.functions) == ("no_measure", (function,))
        for service in row.services:
            entry = rules.service(service)
            assert entry is not None
            assert entry.facts["livestreaming"] is not False
    assert "livestreaming" in {service for row in rows for service in row.services}


def test_accounts_are_removed_only_for_proscribed_organisations(
    analysis: Analysis, study: Study, gaps: tuple[GapRow, ...]
) -> None:
    assert {duty.measure for duty in study.duties if "account_action" in duty.functions} == {"ICU H1"}
    assert states_of(analysis, "terrorism", "account_action") <= {State.WEAKENED, State.NOT_APPLICABLE}
    without = {harm for row in gaps if row.functions == ("account_action",) for harm in row.harms}
    assert {"image_based_csam", "grooming", "fraud", "hate", "csea"} <= without
    asked = {name for row in gaps if "image_based_csam" in row.harms for name in row.expectation.split("; ")}
    assert {"csam-sharer-account-action", "user-sanctions-policy"} <= asked


def test_the_three_states_of_a_gap_are_told_apart(gaps: tuple[GapRow, ...]) -> None:
    assert {row.state for row in gaps} == {"escapable", "out_of_scope", "no_measure"}
    for row in gaps:
        assert bool(row.causes) is (row.state != "no_measure"), row.id


def test_gaps_without_a_known_link_are_left_to_the_flag_all_and_counted_all_the_same(
    analysis: Analysis, gaps: tuple[GapRow, ...]
) -> None:
    assert {row.relevance for row in gaps if row.state == "no_measure"} == {"evidenced"}
    apart = {row.relevance for row in (item.row for item in analysis.ranked_gaps(include_all=True))}
    assert apart == {"evidenced", "not_known"}
    no_measure = sum(row.state == "no_measure" and row.harm != "csea" for row in analysis.matrix_rows())
    assert analysis.report().totals["no_measure"] == no_measure


def test_the_headlines_lead_with_takedown_in_encrypted_messages_and_claim_nothing_arguable(
    analysis: Analysis, gaps: tuple[GapRow, ...]
) -> None:
    report = analysis.report()
    first = report.headlines[0]
    assert "could claim the exception at ICU C2.2" in first.sentence
    assert "end-to-end encrypted" in first.sentence
    assert "wording as recalled" in first.sentence, "words not seen quoted are not put in quotation marks"
    by_id = {row.id: row for row in gaps}
    for headline in report.headlines:
        rows = [by_id[gap] for gap in headline.gap_ids]
        assert rows
        assert {row.strength for row in rows} == {"yes"}
        assert not [row for row in rows if row.by_design]


# --- check ---


@pytest.fixture
def check(analysis: Analysis, rules: Rulebook, tmp_path: Path) -> Callable[[str], dict[str, CheckRow]]:
    def answer(text: str) -> dict[str, CheckRow]:
        path = tmp_path / "profile.yaml"
        path.write_text(text, encoding="utf-8")
        return {row.measure: row for row in analysis.check_rows(read_profile(path, rules))}

    return answer


SMALL_AND_LOW = """
name: A small forum
service: user-to-user
service_types: [forum]
uk_monthly_users: 1200
category: []
risk: {others: low}
likely_accessed_by_children: false
age_determination: none
functionalities: {content_recommender: false, recommender_testing: false, images_or_video: true}
"""


def test_fourteen_measures_apply_to_a_small_service_at_low_risk(
    check: Callable[[str], dict[str, CheckRow]],
) -> None:
    """The regulator's own tool lists these fourteen."""
    rows = check(SMALL_AND_LOW)
    assert len(rows) == 41
    applying = {measure for measure, row in rows.items() if row.applies == "yes"}
    assert applying == {
        f"ICU {name}"
        for name in ("A2", "C1", "C2", "D1", "D2", "D7", "D9", "D10", "D11", "D12", "D13", "G1", "G3", "H1")
    }
    assert all(row.because for row in rows.values())


def test_an_unknown_fact_gives_unknown_not_no(check: Callable[[str], dict[str, CheckRow]]) -> None:
    rows = check("name: Unknown\nservice: user-to-user\nservice_types: [messaging]\n")
    assert len(rows) == 41
    said = {measure: row.applies for measure, row in rows.items()}
    assert {
        said[f"ICU {name}"] for name in ("A1", "A3", "C9", "C10", "D3", "D8", "D9", "D14", "F1", "J1")
    } == {"unknown"}
    assert said["ICU C2"] == "yes"
    assert all(row.because for row in rows.values() if row.applies == "unknown")


@pytest.mark.parametrize(
    ("risk", "said"),
    [
        ("{csea: medium, others: low}", "no"),
        ("{grooming: high, image_based_csam: high, csam_urls: high, others: low}", "no"),  # CSEA counts once
        ("{grooming: medium, hate: medium, others: low}", "yes"),
        ("{fraud: high, hate: high, others: low}", "yes"),
        ("{other_illegal_content: high, hate: high, others: low}", "no"),  # never counts
        ("{hate: medium}", "unknown"),
    ],
)
def test_multi_risk_counts_kinds_of_the_revision_csea_once(
    check: Callable[[str], dict[str, CheckRow]], risk: str, said: str
) -> None:
    forum = "name: A forum\nservice: user-to-user\nservice_types: [forum]\nuk_monthly_users: 5000\n"
    assert check(f"{forum}risk: {risk}\n")["ICU A3"].applies == said


def test_an_open_fact_makes_a_cell_unknown_and_names_whom_it_would_leave(
    analysis: Analysis, rules: Rulebook, tmp_path: Path
) -> None:
    def takedown(extra: str) -> tuple[set[str], list[GapRow]]:
        path = tmp_path / "profile.yaml"
        path.write_text(
            "name: A messenger\nservice: user-to-user\nservice_types: [messaging]\npeer_to_peer: false\n"
            + extra,
            encoding="utf-8",
        )
        judged = Analysis(analysis.document, analysis.revision, rules, read_profile(path, rules))
        cells = [cell for cell in judged.cells if (cell.harm, cell.function) == ("grooming", "take_down")]
        rows = [
            row
            for row in judged.gap_rows()
            if "take_down" in row.functions and "grooming" in row.harms and row.causes
        ]
        return {group.state.value for cell in cells for group in cell.judgement.groups}, rows

    assert takedown("end_to_end_encrypted: true\n")[0] == {"escapable"}
    assert takedown("end_to_end_encrypted: false\n") == ({"covered"}, [])
    states, rows = takedown("")
    assert states == {"unknown"}
    assert [row.state for row in rows] == ["unknown"]
    assert all("A messenger" in row.who and "end-to-end encrypted" in row.who for row in rows)


def test_the_open_social_network_of_the_archetypes_has_takedown_covered(
    analysis: Analysis, rules: Rulebook
) -> None:
    profile = read_profile(library.rules_dir() / "archetypes" / "open-social-network.yaml", rules)
    judged = Analysis(analysis.document, analysis.revision, rules, profile)
    takedown = [cell for cell in judged.cells if cell.function == "take_down"]
    assert {group.state for cell in takedown for group in cell.judgement.groups} == {State.COVERED}
    row = next(row for row in analysis.check_rows(profile) if row.measure == "ICU C2")
    assert (row.applies, row.bites) == (Truth.YES, "yes")
    assert {item.invocable for item in row.exemptions if "feasibility" in item.id} == {"no"}


# --- the text ---


def test_words_and_spans_agree_everywhere(study: Study) -> None:
    text = study.document.text
    assert study.document.unplaced == ()
    for duty in study.duties:
        assert duty.span.of(text) == duty.quote
    found: list[Exemption] = list(study.exemptions)
    assert all(one.span.of(text) == one.quote for one in found)


def test_no_quotation_marks_stand_round_words_that_were_not_seen_quoted(analysis: Analysis) -> None:
    found = analysis.study.exemptions
    seen = {one.quote for one in found if one.basis in ("official", "quoted")}
    unseen = {one.quote for one in found} - seen
    report = render_markdown(analysis.report(), analysis.labels())
    assert any(f"“{words}”" in report for words in seen)
    assert [words for words in unseen if f"“{words}”" in report] == []
