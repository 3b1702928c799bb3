"""The words of failing limbs: the whole of what is said, and known as these words are."""

import pytest

from analyser import library
from analyser.analysis import analyse
from analyser.model.base import Basis
from analyser.model.exemption import Exemption

CODE = analyse(library.resolve("2025-02-24"), library.rulebook()).study
LIMBS: dict[str, Exemption] = {
    one.id.rpartition("/")[2]: one for one in CODE.exemptions if one.rule == "application"
}


@pytest.mark.parametrize(
    ("limb", "quote", "basis"),
    [
        # A monetised scheme is in the words too.
        (
            "J3.1#functionality_precondition-1",
            "operates a notable user labelling scheme or a monetised labelling scheme",
            "secondary",
        ),
        # The level of risk is said with the kind.
        ("D14.1#risk_threshold-1", "at medium or high risk of fraud and financial offences", "secondary"),
        (
            "J3.1#risk_threshold-1",
            "is at medium or high risk of fraud and financial offences or of foreign interference",
            "recall-high",
        ),
        # "Large" is reported for the user controls, the rest of their conditions is recalled.
        ("J1.1#size_threshold-1", "large service", "secondary"),
        ("J2.1#size_threshold-1", "large service", "secondary"),
        ("J3.1#size_threshold-1", "large service", "secondary"),
        ("J1.1#functionality_precondition-1", "has user profiles", "recall-medium"),
        # The images of the lead-in are recalled, the sizes and levels are not.
        (
            "C9.1#functionality_precondition-1",
            "enables images or videos to be generated, uploaded or shared",
            "recall-medium",
        ),
        ("F1.1#age_precondition-1", "has existing means of determining the age of users", "secondary"),
        # Seen quoted as a paragraph and restated here, so no quotation marks.
        (
            "D4.1#size_threshold-1",
            "large service or is at medium or high risk of any kind of illegal harm",
            "secondary",
        ),
        ("D9.1#size_threshold-1", "large service", "secondary"),
        ("A3.1#size_threshold-1", "(a) a large service; or\n(b) a multi-risk service.", "secondary"),
    ],
)
def test_a_limb_has_its_own_words_and_basis(limb: str, quote: str, basis: str) -> None:
    one = LIMBS[limb]
    assert (one.quote, one.basis) == (quote, basis)
    assert {answer.basis for answer in one.invocable_by} == {one.basis}


def test_the_sizes_of_hash_matching_are_known_better_than_its_lead_in() -> None:
    for limb in ("C9.1#risk_threshold-1", "C9.1#size_threshold-1", "C9.1#size_threshold-2"):
        one = LIMBS[limb]
        assert one.quote.startswith("(a) is at high risk of image-based CSAM and:")
        assert one.basis is Basis.SECONDARY
    assert CODE.applications["ICU C9"].basis is Basis.RECALL_MEDIUM


def test_quotes_of_limbs_are_the_words_at_their_spans() -> None:
    assert LIMBS
    assert all(one.span.of(CODE.document.text) == one.quote for one in LIMBS.values())
    assert all(one.basis is not Basis.QUOTED for one in LIMBS.values())
