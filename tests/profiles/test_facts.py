"""What a profile says of the facts conditions ask about: tables of yes, no and unknown."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyser import library
from analyser.logic.evaluate import evaluate
from analyser.model.base import Truth
from analyser.model.logic import AtLeast, Atom, Comparison
from analyser.profiles import Profile, ProfileFacts
from analyser.profiles.facts import Raised, compare
from analyser.profiles.model import RISKS, size_of

RULEBOOK = library.rulebook()
YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN

JUDGED: list[tuple[dict[str, Any], str, Comparison, bool | int | str, Truth]] = [
    # Numbers of users: known, or somewhere in a band.
    ({"uk_monthly_users": 7_000_000}, "uk_monthly_users", ">", 7_000_000, NO),
    ({"uk_monthly_users": 7_000_001}, "uk_monthly_users", ">", 7_000_000, YES),
    ({"size": "large"}, "uk_monthly_users", ">", 7_000_000, YES),
    ({"size": "large"}, "uk_monthly_users", ">", 8_000_000, UNKNOWN),
    ({"size": "large"}, "uk_monthly_users", "<=", 7_000_000, NO),
    ({"size": "700k_to_7m"}, "uk_monthly_users", ">", 700_000, YES),
    ({"size": "700k_to_7m"}, "uk_monthly_users", ">", 7_000_000, NO),
    ({"size": "700k_to_7m"}, "uk_monthly_users", ">=", 1_000_000, UNKNOWN),
    ({"size": "700k_to_7m"}, "uk_monthly_users", "!=", 900_000, UNKNOWN),
    ({"size": "under_700k"}, "uk_monthly_users", "<=", 700_000, YES),
    ({"size": "under_700k"}, "uk_monthly_users", ">=", 700_000, UNKNOWN),
    ({}, "uk_monthly_users", ">", 7_000_000, UNKNOWN),
    ({"uk_monthly_users": 700_000}, "size", "=", "under_700k", YES),
    ({"size": "large"}, "size", "=", "under_700k", NO),
    # Risk: named, by `others`, or unknown.
    ({"risk": {"fraud": "medium"}}, "risk.fraud", ">=", "medium", YES),
    ({"risk": {"fraud": "medium"}}, "risk.fraud", ">=", "high", NO),
    ({"risk": {"fraud": "medium"}}, "risk.hate", ">=", "medium", UNKNOWN),
    ({"risk": {"fraud": "high", "others": "low"}}, "risk.hate", ">=", "medium", NO),
    ({"risk": {"others": "negligible"}}, "risk.cyberflashing", "<=", "low", YES),
    # A kind named with nothing is unknown, whatever the others are.
    ({"risk": {"hate": None, "others": "low"}}, "risk.hate", ">=", "medium", UNKNOWN),
    # CSEA is at least as high as the highest of its sub kinds, known or not.
    ({"risk": {"csea": "low", "grooming": "high"}}, "risk.csea", "=", "high", YES),
    ({"risk": {"csea": "high", "grooming": "low"}}, "risk.csea", "=", "high", YES),
    ({"risk": {"grooming": "medium"}}, "risk.csea", ">=", "medium", YES),
    ({"risk": {"grooming": "medium"}}, "risk.csea", ">=", "high", UNKNOWN),
    ({"risk": {"grooming": "high"}}, "risk.csea", "=", "high", YES),
    ({"risk": {"csea": "high"}}, "risk.grooming", ">=", "medium", UNKNOWN),
    ({"risk": {"csea": "low"}}, "risk.csea", ">=", "medium", NO),
    # Age: the better means imply the lesser.
    ({"age_determination": "highly_effective"}, "age_determination", ">=", "existing", YES),
    ({"age_determination": "existing"}, "age_determination", ">=", "highly_effective", NO),
    ({"age_determination": "none"}, "age_determination", ">=", "existing", NO),
    ({}, "age_determination", ">=", "existing", UNKNOWN),
    ({}, "age_determination", ">=", "none", YES),
    # Lists are complete where they are given.
    ({"service_types": ["messaging"]}, "service_type.messaging", "=", True, YES),
    ({"service_types": ["messaging"]}, "service_type.forum", "=", True, NO),
    ({}, "service_type.forum", "=", True, UNKNOWN),
    ({"category": []}, "category.1", "=", True, NO),
    ({"category": [1, "2B"]}, "category.2b", "=", True, YES),
    ({}, "category.1", "=", True, UNKNOWN),
    # Functionalities and plain facts are known one by one.
    ({"functionalities": {"comments": False}}, "functionality.comments", "=", True, NO),
    ({"functionalities": {"comments": False}}, "functionality.posts", "=", True, UNKNOWN),
    ({"end_to_end_encrypted": True}, "end_to_end_encrypted", "=", True, YES),
    ({"end_to_end_encrypted": True}, "end_to_end_encrypted", "=", False, NO),
    ({"end_to_end_encrypted": True}, "end_to_end_encrypted", "!=", True, NO),
    ({}, "end_to_end_encrypted", "=", True, UNKNOWN),
    # Encryption says nothing of the channel, nor the channel of encryption.
    ({"end_to_end_encrypted": True}, "channel", "=", "private", UNKNOWN),
    ({"content_visibility": "private"}, "end_to_end_encrypted", "=", True, UNKNOWN),
    ({"content_visibility": "private"}, "channel", "=", "private", YES),
    ({"content_visibility": "both"}, "channel", "=", "private", UNKNOWN),
    ({"service": "search"}, "regime.user-to-user", "=", True, NO),
    ({"service": "user-to-user"}, "search_type.general", "=", True, NO),
    ({"service": "search", "search_type": "vertical"}, "search_type.general", "=", True, NO),
    ({}, "no_such_fact", "=", True, UNKNOWN),
]


@pytest.mark.parametrize(("given_", "fact", "op", "value", "truth"), JUDGED)
def test_a_comparison_is_judged_in_three_values(
    given_: dict[str, Any], fact: str, op: Comparison, value: bool | int | str, truth: Truth
) -> None:
    facts = ProfileFacts.of(Profile.model_validate(given_), RULEBOOK)
    assert facts.judge_atom(Atom(fact=fact, op=op, value=value)) is truth


KINDS = ("terrorism", "csea", "hate", "fraud")
MULTI_RISK = AtLeast(
    count=2, parts=tuple(Atom(fact=f"risk.{kind}", op=">=", value="medium") for kind in KINDS)
)


@pytest.mark.parametrize(
    ("risk", "truth"),
    [
        # Two known kinds are enough, whatever the others are.
        ({"terrorism": "medium", "fraud": "high"}, YES),
        # No only when fewer than two remain possible.
        ({"terrorism": "high", "csea": "low", "hate": "low", "fraud": "negligible"}, NO),
        ({"terrorism": "low", "csea": "low", "hate": "low"}, NO),
        ({"terrorism": "low", "csea": "low"}, UNKNOWN),
        ({"terrorism": "high", "others": "low"}, NO),
        ({}, UNKNOWN),
        # CSEA counts once, by its sub kinds; grooming and CSAM are not two kinds.
        ({"grooming": "high", "image_based_csam": "high", "others": "low"}, NO),
        ({"grooming": "high", "fraud": "medium", "others": "low"}, YES),
    ],
)
def test_multi_risk_is_yes_with_two_known_kinds_and_no_when_two_are_impossible(
    risk: dict[str, str], truth: Truth
) -> None:
    facts = ProfileFacts.of(Profile.model_validate({"risk": risk}), RULEBOOK)
    assert evaluate(MULTI_RISK, facts.judge_atom) is truth


def test_a_raised_rating_is_said() -> None:
    profile = Profile.model_validate({"risk": {"csea": "low", "grooming": "high"}})
    facts = ProfileFacts.of(profile, RULEBOOK)
    assert facts.raised() == (Raised(kind="csea", given="low", taken="high", by="grooming"),)
    csea = Atom(fact="risk.csea", op=">=", value="medium")
    assert (facts.judge_atom(csea), facts.unraised("csea").judge_atom(csea)) == (YES, NO)
    assert ProfileFacts.of(Profile.model_validate({"risk": {"grooming": "high"}}), RULEBOOK).raised() == ()


def test_both_channels_are_judged_in_turn() -> None:
    both = Profile(content_visibility="both")
    public = Atom(fact="channel", op="=", value="public")
    assert both.channels() == ("public", "private")
    assert [ProfileFacts.of(both, RULEBOOK, channel).judge_atom(public) for channel in both.channels()] == [
        YES,
        NO,
    ]
    assert Profile().channels() == ()


def test_the_limits_of_the_size_bands() -> None:
    assert [size_of(users) for users in (0, 700_000, 700_001, 7_000_000, 7_000_001)] == [
        "under_700k",
        "under_700k",
        "700k_to_7m",
        "700k_to_7m",
        "large",
    ]


OPERATORS: tuple[Comparison, ...] = ("=", "!=", ">", ">=", "<", "<=")


@given(
    st.sampled_from(["under_700k", "700k_to_7m", "large"]),
    st.sampled_from(OPERATORS),
    st.integers(-1, 8_000_000),
)
def test_a_band_is_judged_as_its_members_are(size: str, op: Comparison, bound: int) -> None:
    """A band is yes (no) exactly when the comparison holds for all (none) of its numbers: ends and neighbours
    show it.
    """
    facts = ProfileFacts.of(Profile.model_validate({"size": size}), RULEBOOK)
    low, high = {"under_700k": (0, 700_000), "700k_to_7m": (700_001, 7_000_000), "large": (7_000_001, 10**9)}[
        size
    ]
    atom = Atom(fact="uk_monthly_users", op=op, value=bound)
    members = [
        number
        for number in (low, low + 1, bound - 1, bound, bound + 1, high - 1, high)
        if low <= number <= high
    ]
    answers = {compare(number, atom) for number in members}
    assert facts.judge_atom(atom) is (UNKNOWN if len(answers) == 2 else YES if answers.pop() else NO)


@given(st.dictionaries(st.sampled_from(["grooming", "csea", "fraud", "others"]), st.sampled_from(RISKS)))
def test_more_knowledge_never_turns_yes_into_no(risk: dict[str, str]) -> None:
    """A rating made known settles what was unknown; it never overturns an answer for another kind that is
    named.
    """
    atom = Atom(fact="risk.fraud", op=">=", value="medium")
    before = ProfileFacts.of(Profile.model_validate({"risk": risk}), RULEBOOK).judge_atom(atom)
    after = ProfileFacts.of(Profile.model_validate({"risk": {**risk, "hate": "high"}}), RULEBOOK).judge_atom(
        atom
    )
    assert before is after
