"""Change the words of the code, and exactly what rests on them changes."""

from collections.abc import Callable

import pytest

from analyser.analysis import Analysis
from analyser.coverage.study import Study
from analyser.model.base import Nature
from analyser.model.logic import Condition
from analyser.reporting.rows import GapRow

AnalyseText = Callable[[str], Analysis]

FEASIBILITY = ", unless it is currently not technically feasible"


def mutated(markdown: str, *changes: tuple[str, str]) -> str:
    """Return the Markdown with each text replaced where it stands; it must stand there."""
    for before, after in changes:
        assert before in markdown, before
        markdown = markdown.replace(before, after)
    return markdown


def paragraph(markdown: str, number: str) -> str:
    """Return the lines of one numbered paragraph, its items and its attributes."""
    start = markdown.index(f"\n{number} ") + 1
    return markdown[start : markdown.index("\n\n", start)]


def applications(study: Study) -> dict[str, Condition]:
    """Return the applications without the places of their words."""
    return {measure: bare(found.condition) for measure, found in study.applications.items()}


def bare(condition: Condition) -> Condition:
    """Return a condition without the places of its words."""
    changes: dict[str, object] = {"span": None} if "span" in type(condition).model_fields else {}
    for name in ("part", "meaning"):
        if hasattr(condition, name):
            changes[name] = bare(getattr(condition, name))
    if hasattr(condition, "parts"):
        changes["parts"] = tuple(bare(part) for part in condition.parts)
    return condition.model_copy(update=changes)


def limbs(study: Study, measure: str) -> list[list[tuple[str, tuple[str | bool, ...]]]]:
    return sorted(
        sorted((literal.fact, literal.values) for literal in one.limbs)
        for one in study.limbs.get(measure, ())
    )


def all_limbs(study: Study) -> dict[str, list[list[tuple[str, tuple[str | bool, ...]]]]]:
    return {measure.id: limbs(study, measure.id) for measure in study.document.measures}


def words(study: Study) -> set[tuple[str, str, str, str]]:
    """Return the qualifiers by place and content."""
    return {
        (one.provision, one.kind.value, one.nature.value, one.quote)
        for one in study.exemptions
        if one.nature is not Nature.APPLICATION
    }


def content(row: GapRow) -> str:
    """Return everything a gap row says, but for its id."""
    return row.model_copy(update={"id": ""}).model_dump_json()


# --- the words on feasibility ---


@pytest.fixture(scope="module")
def without_feasibility(code_markdown: str, analyse_text: AnalyseText) -> Analysis:
    return analyse_text(mutated(code_markdown, (FEASIBILITY, "")))


def test_without_the_words_on_feasibility_takedown_cannot_be_escaped(
    analysis: Analysis, without_feasibility: Analysis
) -> None:
    before = [item.row for item in analysis.ranked_gaps(include_all=True)]
    after = [item.row for item in without_feasibility.ranked_gaps(include_all=True)]
    gone = [row for row in before if any("feasibility" in cause.kinds for cause in row.causes)]
    assert gone
    assert {(row.state, row.functions) for row in gone} == {("escapable", ("take_down",))}
    assert not [row for row in after if row.state == "escapable"]
    assert sorted(content(row) for row in before if row not in gone) == sorted(map(content, after))


def test_without_the_words_on_feasibility_only_their_exemption_goes(
    study: Study, without_feasibility: Analysis
) -> None:
    after = without_feasibility.study
    (gone,) = words(study) - words(after)
    assert gone[:3] == ("ICU C2.2", "feasibility", "exception")
    assert not words(after) - words(study)
    assert applications(after) == applications(study)
    assert [(duty.id, duty.reaches) for duty in after.duties] == [
        (duty.id, duty.reaches) for duty in study.duties
    ]


def test_words_that_say_the_opposite_are_no_way_out(code_markdown: str, analyse_text: AnalyseText) -> None:
    changed = mutated(code_markdown, (FEASIBILITY, ", whether or not it is currently technically feasible"))
    study = analyse_text(changed).study
    assert not [one for one in study.exemptions if one.kind == "feasibility"]
    assert [one.quote for one in study.suppressed if one.kind == "feasibility"], (
        "the candidate is kept in the trace"
    )


# --- the limit to public content ---


@pytest.fixture(scope="module")
def public_and_private(code_markdown: str, analyse_text: AnalyseText) -> Analysis:
    return analyse_text(mutated(code_markdown, (" communicated publicly", "")))


def test_without_the_limit_to_public_content_the_channel_makes_no_difference_to_detection(
    analysis: Analysis, public_and_private: Analysis
) -> None:
    def channels(judged: Analysis) -> set[tuple[str, str]]:
        return {
            (row.functions[0], harm)
            for row in judged.gap_rows()
            for harm in row.harms
            if any("channel_carve_out" in cause.kinds for cause in row.causes)
        }

    assert channels(analysis) == {("detect", "image_based_csam"), ("detect", "csam_urls")}
    assert channels(public_and_private) == set()
    for row in public_and_private.gap_rows():
        if row.harms == ("image_based_csam",) and row.functions == ("detect",):
            assert "channel" not in {term.fact for case in row.when.any_of for term in case.all_of}


def test_the_limit_to_public_content_is_no_part_of_the_application(
    study: Study, public_and_private: Analysis
) -> None:
    """It changes what the measure reaches, never whether it applies."""
    assert applications(public_and_private.study) == applications(study)
    assert all_limbs(public_and_private.study) == all_limbs(study)


# --- applications ---


def study_with(analyse_text: AnalyseText, markdown: str, number: str, before: str, after: str) -> Study:
    """Judge the code with words replaced in one paragraph."""
    old = paragraph(markdown, number)
    assert before in old, old
    return analyse_text(mutated(markdown, (old, old.replace(before, after)))).study


NOT_LARGE = ("size", ("under_700k", "700k_to_7m"))
NO_MULTI_RISK = ("0", "1")


def test_without_its_limb_on_size_a_measure_for_large_or_multi_risk_services_leaves_out_every_other(
    code_markdown: str, analyse_text: AnalyseText, study: Study
) -> None:
    changed = study_with(
        analyse_text, code_markdown, "A5.1", "a large service or a multi-risk service", "a multi-risk service"
    )
    ((only,),) = limbs(changed, "ICU A5")
    assert only[1] == NO_MULTI_RISK
    same = {name: found for name, found in all_limbs(study).items() if name != "ICU A5"}
    assert {name: found for name, found in all_limbs(changed).items() if name != "ICU A5"} == same
    assert words(changed) == words(study)


def test_without_its_limb_on_risk_it_leaves_out_all_that_are_not_large(
    code_markdown: str, analyse_text: AnalyseText
) -> None:
    changed = study_with(
        analyse_text, code_markdown, "A5.1", "a large service or a multi-risk service", "a large service"
    )
    assert limbs(changed, "ICU A5") == [[NOT_LARGE]]


def test_and_in_place_of_or_makes_each_limb_enough(code_markdown: str, analyse_text: AnalyseText) -> None:
    changed = study_with(
        analyse_text, code_markdown, "A3.1", "(a) a large service; or", "(a) a large service; and"
    )
    assert sorted(len(one) for one in limbs(changed, "ICU A3")) == [1, 1]
    assert [NOT_LARGE] in limbs(changed, "ICU A3")


def test_a_higher_threshold_moves_the_limb_and_no_other(
    code_markdown: str, analyse_text: AnalyseText, study: Study
) -> None:
    changed = study_with(analyse_text, code_markdown, "C9.1", "more than 700,000", "more than 2,000,000")
    moved = ("size", ("under_700k", "700001_to_2000000"))
    (high,) = (one for one in limbs(changed, "ICU C9") if ("risk.image_based_csam", ("high",)) in one)
    assert moved in high
    assert limbs(changed, "ICU C10") == limbs(study, "ICU C10")


def test_without_the_measure_for_the_others_appeals_are_left_open(
    code_markdown: str, analyse_text: AnalyseText
) -> None:
    """D9 makes up for what D8 leaves out; take D9 out and nothing does."""
    start = code_markdown.index("## ICU D9 ")
    end = code_markdown.index("## ICU D10 ")
    rest = code_markdown[:start] + code_markdown[end:]
    row = next(line for line in code_markdown.splitlines() if line.startswith("| ICU D9 "))
    judged = analyse_text(rest.replace(row + "\n", ""))
    (exemption,) = (
        one for one in judged.exemption_rows() if one.measure == "ICU D8" and one.nature == "application"
    )
    assert exemption.compensated_by == ()


def test_a_second_duty_without_the_exception_covers_what_the_first_leaves(
    code_markdown: str, analyse_text: AnalyseText
) -> None:
    """The best duty decides: a fallback that nothing excuses closes the gap."""
    addition = "C2.9 The provider should take down illegal content by any other means that it has.\n\n"
    start = code_markdown.index("## ICU C3 ")
    judged = analyse_text(code_markdown[:start] + addition + code_markdown[start:])
    assert [duty.provision for duty in judged.study.duties if "take_down" in duty.functions][:2] == [
        "ICU C2.2",
        "ICU C2.9",
    ]
    assert not [row for row in judged.gap_rows() if row.state == "escapable"]
    (feasibility,) = (row for row in judged.exemption_rows() if row.kind == "feasibility")
    assert feasibility.leaves == ()
