"""Which duties words govern: through lead-in, tail, item, opening clause, explanation, permission."""

from collections.abc import Callable

import pytest

from analyser.exemptions import QualifierFindings
from analyser.model.exemption import Exemption
from analyser.model.text import Document

Read = Callable[[str], QualifierFindings]
ReadText = Callable[[str], tuple[Document, QualifierFindings]]


def _only(findings: QualifierFindings, kind: str) -> Exemption:
    (one,) = [one for one in findings.exemptions if one.kind == kind]
    return one


def _duties(one: Exemption) -> list[str]:
    return [duty.rpartition("/2025-01-01/")[2] for duty in one.duties]


def test_a_cue_in_the_lead_in_governs_every_item(read_recommendation: Read) -> None:
    one = _only(
        read_recommendation(
            "Z1.2 The provider should, unless it is not technically feasible, make sure that:\n"
            "- (a) the content is taken down; and\n- (b) the account is closed."
        ),
        "feasibility",
    )
    assert (_duties(one), one.provision, one.effect, one.note) == (["Z1.2/d1"], "ICU Z1.2", "lifts", "")


def test_a_cue_in_the_tail_governs_every_item(read_recommendation: Read) -> None:
    one = _only(
        read_recommendation(
            "Z1.2 The provider should:\n- (a) take down the content; and\n- (b) close the account,\n\n"
            "unless it is not technically feasible."
        ),
        "feasibility",
    )
    assert (_duties(one), one.provision, one.effect) == (["Z1.2/d1"], "ICU Z1.2", "lifts")


def test_a_cue_in_an_item_governs_that_item_and_so_only_narrows_the_duty(read_recommendation: Read) -> None:
    one = _only(
        read_recommendation(
            "Z1.2 The provider should:\n- (a) take down the content; and\n"
            "- (b) close the account, unless it is not technically feasible."
        ),
        "feasibility",
    )
    assert (_duties(one), one.provision, one.effect) == (["Z1.2/d1"], "ICU Z1.2(b)", "narrows")
    assert one.note == "governs item Z1.2(b) only"


def test_an_exception_begun_in_the_lead_in_governs_the_whole_through_its_item(
    read_recommendation: Read,
) -> None:
    findings = read_recommendation(
        "Z1.2 The provider should take down the content, unless:\n"
        "- (a) removal is currently technically infeasible; or\n- (b) a court orders otherwise."
    )
    one = _only(findings, "feasibility")
    assert (one.provision, one.effect, one.nature) == ("ICU Z1.2(a)", "lifts", "exception")


def test_an_opening_clause_governs_each_norm_of_its_sentence_and_no_other(read_recommendation: Read) -> None:
    one = _only(
        read_recommendation(
            "Z1.2 Where technically feasible, the provider should take down the content, and should tell "
            "the user. The provider should keep a record."
        ),
        "feasibility",
    )
    assert _duties(one) == ["Z1.2/d1", "Z1.2/d2"]


def test_words_of_one_sentence_do_not_reach_the_next(read_recommendation: Read) -> None:
    one = _only(
        read_recommendation(
            "Z1.2 The provider should take down the content, unless it is not technically feasible. "
            "The provider should review the complaint."
        ),
        "feasibility",
    )
    assert _duties(one) == ["Z1.2/d1"]


def test_a_sentence_that_disapplies_governs_its_paragraph(read_recommendation: Read) -> None:
    one = _only(
        read_recommendation(
            "Z1.2 The provider should review the content. This does not apply where it is not technically "
            "feasible.\n\nZ1.3 The provider should keep a record."
        ),
        "feasibility",
    )
    assert (_duties(one), one.level) == (["Z1.2/d1"], "material")


def test_a_sentence_that_disapplies_a_paragraph_by_number_governs_that_one(read_recommendation: Read) -> None:
    one = _only(
        read_recommendation(
            "Z1.2 The provider should review the content.\n\nZ1.3 The provider should keep a record.\n\n"
            "Z1.4 Paragraph Z1.2 does not apply where it is not technically feasible."
        ),
        "feasibility",
    )
    assert _duties(one) == ["Z1.2/d1"]


def test_a_limit_in_an_explained_term_reaches_the_duties_that_use_the_term(read_recommendation: Read) -> None:
    one = _only(
        read_recommendation(
            "Z1.2 The provider should analyse relevant material.\n\n"
            "Z1.3 Relevant material means uploads communicated publicly.\n\n"
            "Z1.4 The provider should keep a record."
        ),
        "channel_carve_out",
    )
    assert (_duties(one), one.level) == (["Z1.2/d1"], "material")


def test_a_mere_explanation_cuts_no_duty(read_recommendation: Read) -> None:
    one = _only(
        read_recommendation(
            "Z1.2 The provider should close the account.\n\nZ1.3 Private records are outside the sample."
        ),
        "channel_carve_out",
    )
    assert (one.level, one.effect) == ("minor", "narrows")
    assert "so it is not counted as cutting the duty" in one.note


def test_a_limit_of_channel_goes_on_to_what_is_done_with_the_content_detected(
    read_recommendation: Read,
) -> None:
    one = _only(
        read_recommendation(
            "Z1.2 The provider should analyse images communicated publicly.\n\n"
            "Z1.3 The provider should take down content detected as unlawful.\n\n"
            "Z1.4 The provider should publish a policy."
        ),
        "channel_carve_out",
    )
    assert _duties(one) == ["Z1.2/d1", "Z1.3/d1"]


def test_an_exception_to_an_exception_is_its_own_node_and_restores_the_duty(
    read_recommendation: Read,
) -> None:
    findings = read_recommendation(
        "Z1.2 The provider should take down the content, unless it is not technically feasible, "
        "except where the content shows a child."
    )
    first, second = findings.exemptions
    assert (first.kind, first.excepted_by) == ("feasibility", (second.id,))
    assert (second.nature, second.duties) == ("exception", ())
    assert second.note == f"an exception to {first.id}: where it holds the duty is restored"


def test_two_exceptions_side_by_side_except_the_duty_and_not_each_other(read_recommendation: Read) -> None:
    findings = read_recommendation(
        "Z1.2 The provider should take down the content, unless it is not technically feasible, "
        "or unless it would be disproportionate."
    )
    assert [one.kind for one in findings.exemptions] == ["feasibility", "proportionality"]
    assert [one.excepted_by for one in findings.exemptions] == [(), ()]
    assert [_duties(one) for one in findings.exemptions] == [["Z1.2/d1"], ["Z1.2/d1"]]


def test_a_permission_relieves_the_duty_its_verb_and_object_name(read_recommendation: Read) -> None:
    findings = read_recommendation(
        "Z1.2 The provider should publish the policies. The provider should keep records.\n\n"
        "Z1.3 The provider need not publish policies that are under review."
    )
    one = _only(findings, "discretion")
    assert (_duties(one), one.level, one.nature) == (["Z1.2/d1"], "material", "permission")


def test_a_permission_whose_object_no_duty_names_cuts_nothing(read_recommendation: Read) -> None:
    one = _only(
        read_recommendation(
            "Z1.2 The provider should keep records.\n\nZ1.3 The provider may decide not to keep a diary."
        ),
        "discretion",
    )
    assert (one.duties, one.level) == ((), "minor")
    assert one.note == "what it relieves is not known from its words, so no duty is counted as cut"


def test_what_no_duty_asks_is_noted_and_is_no_way_out(read_recommendation: Read) -> None:
    findings = read_recommendation(
        "Z1.2 The provider should keep records.\n\nZ1.3 The provider need not keep a diary."
    )
    assert findings.exemptions == ()
    (noted,) = findings.noted
    assert (noted.quote, noted.kind) == ("need not", "discretion")
    assert noted.why.startswith("says what is not asked")
    assert noted in findings.suppressed


@pytest.mark.parametrize(
    ("sentence", "words", "why"),
    [
        (
            "The provider should review the list at least every two years.",
            "at least every two years",
            "exact",
        ),
        ("The targets should cover at least the time taken.", "at least", "exact"),
        ("The systems should let users and affected persons complain.", "affected persons", "extends"),
    ],
)
def test_words_that_take_nothing_from_a_duty_are_noted_with_the_reason(
    sentence: str, words: str, why: str, read_recommendation: Read
) -> None:
    findings = read_recommendation(f"Z1.2 {sentence}")
    assert findings.exemptions == ()
    assert [one for one in findings.noted if words in one.quote and why in one.why]


@pytest.mark.parametrize(
    ("sentence", "lets_off"),
    [
        ("The provider must not take down content unless it is technically feasible to restore it.", False),
        ("The provider should act, except where it is technically feasible to wait.", False),
        ("Where removal is not technically feasible, the provider should restrict access.", False),
        ("The provider should act within a day or, if not practicable, within a week.", True),
        ("The provider must not leave content up, unless removal is not technically feasible.", True),
        ("The provider should act, except where it is not technically feasible.", True),
        ("The provider need not act where it is not technically feasible.", True),
        ("Where technically feasible, the provider should act.", True),
        ("The provider should act provided that it is technically feasible.", True),
    ],
)
def test_ability_lets_off_only_who_cannot(sentence: str, lets_off: bool, read_recommendation: Read) -> None:
    findings = read_recommendation(f"Z1.2 {sentence}")
    assert any(one.kind == "feasibility" for one in findings.exemptions) is lets_off
    asides = [one.why for one in findings.suppressed if one.kind == "feasibility"]
    assert lets_off or any(why.startswith("names the case in which the thing can be done") for why in asides)


def test_an_exception_to_a_prohibition_says_what_is_then_allowed(read_recommendation: Read) -> None:
    one = _only(
        read_recommendation("Z1.2 The provider must not remove the notice unless manifestly unfounded."),
        "content_carve_out",
    )
    assert one.note == "stands in a prohibition: where the words hold, what it forbids is allowed"


def test_a_prohibition_to_refuse_is_no_leave_to_refuse(read_recommendation: Read) -> None:
    findings = read_recommendation(
        "Z1.2 The provider may not disregard a complaint that is manifestly unfounded."
    )
    assert findings.exemptions == ()


def test_a_permission_to_refuse_is_read_before_the_word_that_opens_it(read_recommendation: Read) -> None:
    findings = read_recommendation(
        "Z1.2 The provider should consider each complaint.\n\n"
        "Z1.3 The provider may disregard complaints that are manifestly unfounded."
    )
    one = _only(findings, "discretion")
    assert (one.rule, one.level, _duties(one)) == ("discretion.permission_to_refuse", "material", ["Z1.2/d1"])
    assert [one.kind for one in findings.exemptions] == ["discretion"]


def test_private_content_saved_out_is_a_carve_out(read_recommendation: Read) -> None:
    one = _only(
        read_recommendation(
            "Z1.2 The provider should review the content, save where the content is private."
        ),
        "channel_carve_out",
    )
    assert (one.rule, one.quote) == ("channel_carve_out.private_left_out", "content is private")


def test_a_condition_that_is_one_of_several_in_the_application_is_not_repeated(read: ReadText) -> None:
    """Who meets the other condition has a duty that the explanation's words then cut."""
    for joined, level in (("or", "material"), ("and", "minor")):
        findings = read(
            "---\ncode: x\nrevision: 2025-01-01\n---\n# A code\n\n## ICU Z1 A measure\n\n### Application\n"
            "Z1.1 This measure applies to a provider in respect of each service it provides that:\n"
            f"- (a) is a large service; {joined}\n"
            "- (b) has existing means of determining the age of users.\n\n"
            "### Recommendation\nZ1.2 The provider should hide child accounts.\n\nZ1.3 Child account means "
            "an account that the provider's existing means of determining age indicate is a child's.\n"
        )[1]
        assert _only(findings, "age_precondition").level == level


def test_a_vague_time_made_exact_in_the_same_measure_is_linked(read_recommendation: Read) -> None:
    findings = read_recommendation(
        "Z1.2 The provider should review the list regularly.\n\n"
        "Z1.3 The provider should review the list at least every six months."
    )
    one = next(one for one in findings.exemptions if one.rule == "temporal.regular")
    assert (one.made_precise_by, one.level) == ("ICU Z1.3: at least every six months", "minor")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("## ICU Z2 Swift removal where technically feasible\n", "stands in a title or heading"),
        ("> Unless it is not technically feasible.\n", "stands in a note of ours"),
        (
            "## Section 5: Definitions\n\n5.1 **reach** means what is done where technically feasible.\n",
            "in a definition",
        ),
        (
            "## Section 6: General\n\n6.1 The Code applies where technically feasible.\n",
            "outside the measures",
        ),
    ],
)
def test_words_that_stand_elsewhere_are_set_aside_with_the_reason(
    words: str, why: str, read_recommendation: Read
) -> None:
    findings = read_recommendation(f"Z1.2 The provider should act.\n\n{words}")
    assert [one for one in findings.exemptions if one.kind == "feasibility"] == []
    assert any(why in one.why for one in findings.suppressed if one.kind == "feasibility")


def test_application_words_are_read_as_logic(findings: QualifierFindings) -> None:
    here = [one for one in findings.suppressed if one.provision == "ICU C9.1(a)(i)"]
    assert here
    assert all(one.why == "read as application logic: it says to whom the measure applies" for one in here)


@pytest.mark.parametrize(
    ("sentence", "taken_back_by"),
    [
        ("The provider should act whether or not it is technically feasible.", "whether or not"),
        ("The provider should act even where not technically feasible.", "even where"),
        ("The provider should analyse what is communicated publicly or privately.", "publicly or privately"),
        ("The provider should act whether or not it is aware of the content.", "whether or not"),
        ("The provider should ensure that users are notified of the change.", "users are notified"),
        ("The provider should use highly effective age assurance.", "highly effective"),
        ("The provider should remove it even where doing so is disproportionate.", "even where"),
        ("The provider should act even if users find it appropriate to wait.", "even if"),
        ("Content not communicated publicly should also be analysed by the provider.", "not communicated"),
    ],
)
def test_a_pseudo_cue_takes_the_reading_back_and_leaves_a_trace(
    sentence: str, taken_back_by: str, read_recommendation: Read
) -> None:
    findings = read_recommendation(f"Z1.2 {sentence}")
    asides = [one.why for one in findings.suppressed if one.provision == "ICU Z1.2"]
    assert any(why.startswith("taken back by") and taken_back_by in why for why in asides)
    taken = {one.rule for one in findings.suppressed if "taken back" in one.why}
    assert not taken & {one.rule for one in findings.exemptions}


def test_the_longest_words_win_and_the_shorter_are_kept_in_the_trace(read_recommendation: Read) -> None:
    findings = read_recommendation("Z1.2 Where possible and appropriate, the provider should act.")
    assert [one.rule for one in findings.exemptions] == ["discretion.where_appropriate"]
    assert {one.quote for one in findings.suppressed if "its words are read with" in one.why} == {
        "Where possible",
        "appropriate",
    }


def test_words_that_only_open_another_exception_are_no_finding_of_their_own(
    read_recommendation: Read,
) -> None:
    one = _only(
        read_recommendation("Z1.2 The provider should not look at records unless there is explicit consent."),
        "audience_precondition",
    )
    assert one.quote == "unless there is explicit consent"


def test_curly_apostrophes_and_broken_lines_hide_nothing(read_recommendation: Read) -> None:
    findings = read_recommendation(
        "Z1.2 The provider should act, unless it is currently\nnot technically\nfeasible, "
        "in the provider’s discretion."
    )
    assert {one.kind for one in findings.exemptions} == {"feasibility", "discretion"}


def test_an_exception_that_merely_explains_lifts_nothing(read_recommendation: Read) -> None:
    one = _only(
        read_recommendation(
            "Z1.2 The provider should close the account.\n\n"
            "Z1.3 The steps in this measure are those taken where technically feasible."
        ),
        "feasibility",
    )
    assert (one.level, one.effect) == ("minor", "narrows")
