"""Which measures apply to one service, what they reach there, and what it could claim: the built-in code,
read whole.
"""

from functools import cache
from typing import Any

import pytest

from analyser import library
from analyser.analysis import Analysis, analyse
from analyser.profiles import Profile, read_archetypes
from analyser.reporting.rows import CheckRow

RULEBOOK = library.rulebook()
ARCHETYPES = read_archetypes(library.rules_dir(), RULEBOOK)


@cache
def _analysis() -> Analysis:
    return analyse(library.resolve("2025-02-24"), RULEBOOK)


def check(profile: Profile) -> dict[str, CheckRow]:
    """Judge the built-in code for a profile; rows by measure."""
    return {row.measure: row for row in _analysis().check_rows(profile)}


def profile(**given: Any) -> Profile:
    return Profile.model_validate({"service": "user-to-user", **given})


def test_a_service_of_the_other_regime_has_no_measure_of_this_code() -> None:
    rows = check(ARCHETYPES["general-search-large"])
    assert {(row.applies, row.because, row.bites) for row in rows.values()} == {
        ("no", ("not a user-to-user service",), "no")
    }
    assert len(rows) == 41


@pytest.mark.parametrize(
    ("archetype", "measure", "applies", "because", "bites"),
    [
        # Hash matching applies to the large encrypted service and reaches nothing there: its words are public
        # content only.
        ("e2ee-messaging-large", "ICU C9", "yes", "high risk of image-based CSAM", "no"),
        ("e2ee-messaging-large", "ICU C2", "yes", "the measure applies to each service", "yes"),
        ("e2ee-messaging-large", "ICU D9", "no", "a large service", "no"),
        ("group-chat-communities", "ICU C9", "yes", "images or videos can be shared", "part"),
        ("file-sharing-host", "ICU C9", "yes", "a file-storage and file-sharing service", "part"),
        ("niche-forum-one-high-risk", "ICU C3", "no", "not a multi-risk service", "no"),
        ("niche-forum-one-high-risk", "ICU D9", "yes", "not a large service", "yes"),
        ("niche-forum-one-high-risk", "ICU G2", "no", "not a Category 1 service", "no"),
        # The category of the large service is not known, and so is what turns on it.
        ("e2ee-messaging-large", "ICU G2", "unknown", "not known: a Category 1 service", "unknown"),
    ],
)
def test_a_measure_is_judged_with_its_reason(
    archetype: str, measure: str, applies: str, because: str, bites: str
) -> None:
    row = check(ARCHETYPES[archetype])[measure]
    assert (row.applies, row.bites) == (applies, bites)
    assert because in row.because


def test_what_a_restriction_cuts_off_is_said() -> None:
    both = check(ARCHETYPES["group-chat-communities"])["ICU C9"]
    assert (
        both.reach == "ICU C9.2 does not reach content communicated privately (words: communicated publicly)"
    )
    private = check(ARCHETYPES["e2ee-messaging-large"])["ICU C9"]
    assert private.reach == "ICU C9.2 does not reach this service (words: communicated publicly)"


TAKEDOWN = "icu/2025-02-24/C2.2#feasibility-1"


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ({"end_to_end_encrypted": True}, "yes"),
        (
            {"end_to_end_encrypted": False, "peer_to_peer": True, "provider_can_read_content": False},
            "arguable",
        ),
        ({"end_to_end_encrypted": False, "peer_to_peer": False, "provider_can_read_content": True}, "no"),
        ({"end_to_end_encrypted": False, "peer_to_peer": False}, "no"),
        # Where the design is not known, neither is whether it could be claimed.
        ({"peer_to_peer": False}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_who_could_claim_that_takedown_is_not_feasible(given: dict[str, bool], answer: str) -> None:
    claims = {claim.id: claim for claim in check(profile(**given))["ICU C2"].exemptions}
    assert claims[TAKEDOWN].invocable == answer
    assert claims[TAKEDOWN].why


def test_public_words_are_claimed_for_what_is_private() -> None:
    def claims(visibility: str) -> set[str]:
        row = check(
            profile(uk_monthly_users=8_000_000, content_visibility=visibility, risk={"csam_urls": "high"})
        )
        return {claim.invocable for claim in row["ICU C10"].exemptions}

    assert claims("private") == {"yes"}
    assert claims("public") == {"no"}
    assert claims("both") == {"yes"}


def test_a_vague_word_is_nothing_to_claim_and_a_failing_measure_has_nothing_to_claim() -> None:
    rows = check(ARCHETYPES["niche-forum-one-high-risk"])
    assert not [claim for row in rows.values() for claim in row.exemptions if "vague_standard" in claim.id]
    assert all(row.exemptions == () for row in rows.values() if row.applies == "no")


def test_a_raised_rating_is_among_the_reasons_only_where_it_decides() -> None:
    risk = {"csea": "low", "grooming": "high", "fraud": "high", "others": "low"}
    rows = check(profile(risk=risk, size="under_700k"))
    said = "high risk of CSEA, not low, as high risk of grooming (inference)"
    assert said in rows["ICU C3"].because
    for measure in ("ICU A1", "ICU C1", "ICU C10", "ICU F1", "ICU J1", "ICU J3"):
        assert said not in rows[measure].because
    large = check(profile(risk=risk, size="large"))
    assert said not in large["ICU C3"].because
    # Two kinds beside CSEA are enough without it.
    without = check(profile(risk={**risk, "hate": "medium"}, size="under_700k"))
    assert said not in without["ICU C3"].because


def test_a_sample_without_private_content_leaves_the_duty_whole() -> None:
    row = check(ARCHETYPES["e2ee-messaging-small"])["ICU H1"]
    assert (row.applies, row.bites, row.reach) == ("yes", "yes", "")
    assert {claim.invocable for claim in row.exemptions} == {"no"}


@pytest.mark.parametrize(
    ("measure", "given", "bites"),
    [
        ("ICU D11", {"proactive_technology": False}, "no"),
        ("ICU D11", {"proactive_technology": True}, "yes"),
        ("ICU D11", {}, "unknown"),
        ("ICU C8", {"volunteer_moderators": False}, "no"),
        ("ICU C8", {"volunteer_moderators": True}, "yes"),
        ("ICU C8", {}, "unknown"),
    ],
)
def test_a_trigger_that_never_arises_concerns_nobody_and_is_nothing_to_claim(
    measure: str, given: dict[str, bool], bites: str
) -> None:
    row = check(profile(size="large", **given))[measure]
    assert (row.applies, row.bites, row.exemptions) == ("yes", bites, ())
    assert ("does not concern this service" in row.reach) is (bites == "no")


@pytest.mark.parametrize(
    ("risk", "applies"),
    [
        ({"image_based_csam": "high", "csam_urls": "high", "others": "low"}, "unknown"),
        ({"image_based_csam": "high", "csam_urls": "medium", "hate": "medium", "others": "low"}, "yes"),
        ({"image_based_csam": "high", "others": "low"}, "no"),
        ({"hate": "high", "drugs": "medium", "others": "low"}, "yes"),
    ],
)
def test_whether_two_parts_of_one_kind_count_as_two_is_not_known(risk: dict[str, str], applies: str) -> None:
    row = check(
        profile(risk=risk, functionalities={"content_recommender": True, "recommender_testing": True})
    )["ICU E1"]
    assert row.applies == applies
    assert (row.bites == "unknown") is (applies == "unknown")
    said = (
        "not known: whether high risk of image-based CSAM and high risk of CSAM URLs "
        "count as more than one kind",
    )
    assert (row.because == said) is (applies == "unknown")


def test_every_archetype_is_judged_and_no_reason_shows_a_key() -> None:
    for archetype in ARCHETYPES.values():
        for row in check(archetype).values():
            assert row.because
            assert not [reason for reason in row.because if "_" in reason or "risk." in reason]
