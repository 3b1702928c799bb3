"""Two amendments over the same words or number: the second is listed as a conflict, whichever comes first."""

import pytest

from analyser.amending.model import Applied, Why

from .conftest import amended, outline, tree

NEW = "### ICU C14 {}\n\n#### Application\nC14.1 Words."
PAIRS = [
    ("In ICU C2.2, for “swiftly” substitute “at once”", "In ICU C2.2, for “swiftly” substitute “soon”"),
    ("In ICU C2.2, for “content swiftly” substitute “it”", "In ICU C2.2, for “swiftly” substitute “soon”"),
    ("In ICU C2.2, omit “swiftly”", "In ICU C2, after “swiftly” insert “and well”"),
    ("In ICU C2.2, after “swiftly” insert “and well”", "In ICU C2.2, after “swiftly” insert “and safely”"),
    ("In ICU C2.2, for “swiftly” substitute “soon”", "Omit ICU C2.2"),
    ("In ICU C9.1(b), for “large” substitute “big”", "Omit ICU C9.1"),
    (
        "In ICU C9.1, for “700,000” substitute “70,000”",
        "For ICU C9.1(a), substitute\n- (a) is any service; or",
    ),
    ("Omit ICU C2.3", "For ICU C2.3, substitute\nC2.3 Words."),
    ("Omit ICU C2.3", "Omit ICU C2"),
    ("Omit ICU C9", "In ICU C9.2, omit “publicly”"),
    ("Omit ICU C9", "Renumber ICU C9 as ICU C11"),
    ("Omit ICU C9.1(b)", "For ICU C9.1, substitute\nC9.1 Words."),
    ("For ICU C2.3, substitute\nC2.3 One.", "For ICU C2.3, substitute\nC2.3 Two."),
    ("For ICU C2.3, substitute\nC2.3 A record.", "In ICU C2.3, for “a record” substitute “records”"),
    ("At the end of ICU C2, insert\nC2.4 One.", "At the end of ICU C2, insert\nC2.4 Two."),
    ("After ICU C9.1(a), insert\n- (aa) one; or", "After ICU C9.1(a), insert\n- (aa) two; or"),
    (f"After ICU C10, insert\n{NEW.format('One')}", f"Before ICU D1, insert\n{NEW.format('Two')}"),
    (f"After ICU C10, insert\n{NEW.format('One')}", "Renumber ICU D1 as ICU C14"),
    ("Renumber ICU D1 as ICU D2", "Renumber ICU D1 as ICU D3"),
    ("Renumber ICU D1 as ICU D3", "Renumber ICU C9 as ICU D3"),
    (
        "In section 3, in the appropriate place, insert\n| ICU C14 | One | each service |",
        "In section 3, in the appropriate place, insert\n| ICU C14 | Two | each service |",
    ),
    ("Omit the entry for ICU C9", "For the entry for ICU C9, substitute\n| ICU C9 | Two | each service |"),
    ("Omit the definition of “large service”", "In the definition of “large service”, omit “active”"),
]
TITLES = [f"{first.split(chr(10))[0]} / {second.split(chr(10))[0]}" for first, second in PAIRS]


def _listed(applied: Applied, first: str) -> None:
    (refused,) = applied.not_applied
    assert refused.why is Why.CONFLICT
    assert refused.conflicts_with.startswith("amendment 1 of ")
    words = first.split("\n")[0]
    assert refused.reason.startswith(f"it is in conflict with {refused.conflicts_with} ({words}), which ")


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=TITLES)
def test_two_amendments_of_one_instrument_in_conflict(one: str, other: str) -> None:
    for first, second in ((one, other), (other, one)):
        applied = amended(first, second)
        _listed(applied, first)
        assert outline(applied.source) == outline(amended(first).source)


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=TITLES)
def test_two_instruments_drafted_upon_one_text_in_conflict(one: str, other: str) -> None:
    for first, second in ((one, other), (other, one)):
        before = amended(first)
        applied = amended(second, base=before.source, revision="2026-02-02", earlier=before.done)
        _listed(applied, first)
        assert applied.not_applied[0].amendment.name == "amendment 1 of 2026-02-02"
        assert applied.source.text == before.source.text


@pytest.mark.parametrize(
    ("first", "second", "then"),
    [
        (
            "In ICU C2.2, for “swiftly” substitute “soon”",
            "In ICU C2.2, for “soon” substitute “at once”",
            "at once",
        ),
        ("For ICU C2.2, substitute\nC2.2 One.", "For ICU C2.2, substitute\nC2.2 Two at once.", "at once"),
        (
            "In ICU C2.2, for “swiftly” substitute “soon”",
            "For ICU C2.2, substitute\nC2.2 It is at once.",
            "at once",
        ),
    ],
)
def test_an_instrument_drafted_upon_the_amended_text_may_change_it_again(
    first: str, second: str, then: str
) -> None:
    before = amended(first)
    applied = amended(second, base=before.source, revision="2026-02-02")
    assert applied.not_applied == ()
    assert then in outline(applied.source)["C2.2"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("In ICU C2.2, for “swiftly” substitute “soon”", "In ICU C2.2, omit “currently”"),
        ("In ICU C9.1(a)(i), omit “monthly”", "Omit ICU C9.1(b)"),
        ("Omit ICU C2.3", "In ICU C2.2, omit “currently”"),
        ("At the end of ICU C2, insert\nC2.4 One.", "At the end of ICU C2, insert\nC2.5 Two."),
        ("Renumber ICU D1 as ICU D2", f"After ICU C10, insert\n{NEW.format('One')}"),
        ("In ICU D1, omit “The provider should enable”", "Renumber ICU D1 as ICU D2"),
    ],
)
def test_amendments_of_other_words_are_in_no_conflict(one: str, other: str) -> None:
    applied = amended(one, other)
    assert [refused.sentence for refused in applied.not_applied] == []
    assert tree(applied.source).placed == 1.0


def test_a_conflict_says_what_stands_in_the_way() -> None:
    said = amended(
        "Renumber ICU D1 as ICU D2", "In ICU D1.2, omit “enable”", "Omit ICU C2.3", "Omit ICU C2.3"
    )
    assert [refused.sentence for refused in said.not_applied] == [
        "amendment 2 of 2026-01-01 (In ICU D1.2, omit “enable”) is not applied: it is in conflict with "
        "amendment 1 "
        "of 2026-01-01 (Renumber ICU D1 as ICU D2), which has renumbered D1.2",
        "amendment 4 of 2026-01-01 (Omit ICU C2.3) is not applied: it is in conflict with amendment 3 "
        "of 2026-01-01 "
        "(Omit ICU C2.3), which has omitted C2.3",
    ]
