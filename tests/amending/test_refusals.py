"""What cannot be applied is listed with its reason, and the text stays as it was."""

import pytest

from analyser.amending.model import Why
from analyser.errors import InputError

from .conftest import BASE, ICU, amended, instrument, outline

TABLE = [
    ("Make it better", Why.UNREADABLE, "its instruction cannot be read"),
    ("Omit ICU C99", Why.NOT_THERE, "ICU C99 is not in the text"),
    ("Omit ICU C2.9", Why.NOT_THERE, "ICU C2.9 is not in the text"),
    ("Omit ICU C9.1(z)", Why.NOT_THERE, "ICU C9.1(z) is not in the text"),
    ("Omit the definition of “hash”", Why.NOT_THERE, "the definition of “hash” is not in the text"),
    ("Omit the entry for ICU C99", Why.NOT_THERE, "the entry for ICU C99 is not in the text"),
    ("Omit section 9", Why.NOT_THERE, "section 9 is not in the text"),
    ("Omit Table D", Why.NOT_THERE, "Table D is not in the text"),
    ("In ICU C2.2, omit “slowly”", Why.NOT_THERE, "the words “slowly” are not in ICU C2.2"),
    ("In ICU C2.2, omit “feasib”", Why.NOT_THERE, "the words “feasib” are not in ICU C2.2"),
    ("In ICU C2.2, omit “C2.2”", Why.NOT_THERE, "the words “C2.2” are not in ICU C2.2"),
    ("In ICU C9.1(a), omit “(i)”", Why.NOT_THERE, "the words “(i)” are not in ICU C9.1(a)"),
    ("In ICU C2.3, omit “record”", Why.TWICE, "the words “record” stand 2 times in ICU C2.3"),
    ("In ICU C9, omit “image-based CSAM”", Why.TWICE, "the words “image-based CSAM” stand 2 times in ICU C9"),
    (
        "In ICU D1.2, omit “The provider should enable complaints.”",
        Why.UNFIT,
        "nothing would be left of ICU D1.2; omit it as a whole",
    ),
    ("After ICU C10, insert", Why.UNFIT, "there is no text below it to put in"),
    ("After ICU C10, insert\n> Only a note.", Why.UNFIT, "there is no text below it to put in"),
    ("Omit ICU C10\nC10.3 Words.", Why.UNFIT, "text stands below it, and it says nothing of putting any in"),
    (
        "After ICU C10, insert\nC10.3 Words.",
        Why.UNFIT,
        "the text below it is a numbered paragraph, and a measure can stand there",
    ),
    (
        "After ICU C10.2, insert\n- (c) words.",
        Why.UNFIT,
        "the text below it is an item, and a numbered paragraph can stand there",
    ),
    (
        "After ICU C10.2, insert\nC10.3 Words.\n\n| a | b |",
        Why.UNFIT,
        "the text below it begins with a numbered paragraph and goes on with a row of a table",
    ),
    ("After ICU C10.2, insert\nD1.3 Words.", Why.UNFIT, "D1.3 is no paragraph of ICU C10"),
    (
        "For ICU C10.2, substitute\nC10.3 Words.",
        Why.UNFIT,
        "what is put for ICU C10.2 does not bear its number",
    ),
    (
        "For ICU D1, substitute\n### ICU D9 Words\n\n#### Application\nD9.1 Words.",
        Why.UNFIT,
        "what is put for ICU D1 does not bear its number",
    ),
    ("At the end of ICU C9, insert\nC9.2 Words.", Why.EXISTS, "C9.2 is in the text already"),
    ("At the end of ICU C9.1, insert\n- (b) words.", Why.EXISTS, "C9.1(b) is in the text already"),
    (
        "After ICU C10, insert\n### ICU C2 Again\n\n#### Application\nC2.1 Words.",
        Why.EXISTS,
        "ICU C2, C2.1 is in the text already",
    ),
    (
        "In section 3, in the appropriate place, insert\n| ICU C9 | Again | each service |",
        Why.EXISTS,
        "the entry for ICU C9 is in the text already",
    ),
    (
        "In section 5, in the appropriate place, insert\n5.9 **large service** means a big one.",
        Why.EXISTS,
        "the definition of “large service” is in the text already",
    ),
    ("Renumber ICU C9 as ICU C10", Why.EXISTS, "ICU C10 is in the text already"),
    ("Renumber ICU C9.1(a) as ICU C9.1(b)", Why.EXISTS, "C9.1(b) is in the text already"),
    ("Renumber ICU C9.2 as ICU C10.9", Why.UNFIT, "ICU C10.9 would lie in another place than ICU C9.2"),
    ("Renumber ICU C9 as ICU C9.7", Why.UNFIT, "ICU C9 cannot become ICU C9.7"),
    ("Renumber Table C as Table D", Why.UNFIT, "Table C has no number that can be changed"),
    (
        "In Table C, in the appropriate place, insert\n| 7 | Cyberflashing |",
        Why.UNFIT,
        "its appropriate place cannot be told: the numbers of the rows are not all known",
    ),
    (
        "In ICU C9, in the appropriate place, insert\nC9.u1 Words.",
        Why.UNFIT,
        "its appropriate place cannot be told: the number of C9.u1 is not known",
    ),
    ("At the end of ICU C2.2, insert\nMore words.", Why.UNFIT, "some of the text would find no place then"),
    ("At the end of section 5, insert\n| a | b |", Why.UNFIT, "section 5 has no table"),
    (
        "At the end of ICU C2, insert\nC2.4 Words.\n\nC2.4 Words.",
        Why.UNFIT,
        "ICU C2 could not be read then: C2.4 stands twice in the text",
    ),
    (
        "At the end of section 5, insert\n5.3 Words.\n\n5.3 Words.",
        Why.UNFIT,
        "5.3 would stand twice then",
    ),
    (
        "After ICU C10, insert\n### ICU C14 Words\n\n#### Application\nC14.1 Words.\n\nC14.1 Words.",
        Why.UNFIT,
        "the text below it cannot be read: C14.1 stands twice in the text",
    ),
]


@pytest.mark.parametrize(("amendment", "why", "reason"), TABLE, ids=[row[2] for row in TABLE])
def test_what_cannot_be_applied_is_listed_and_changes_nothing(amendment: str, why: Why, reason: str) -> None:
    applied = amended(amendment)
    (refused,) = applied.not_applied
    assert (refused.why, refused.reason) == (why, reason)
    words = amendment.partition("\n")[0]
    assert refused.sentence == f"amendment 1 of 2026-01-01 ({words}) is not applied: {reason}"
    assert applied.done == ()
    assert applied.source.text == BASE.text
    assert applied.source.blocks == BASE.blocks


def test_the_other_amendments_are_applied_all_the_same_and_what_was_to_be_put_in_is_kept() -> None:
    applied = amended(
        "After ICU C99, insert\n### ICU C14 Lost\n\n#### Application\nC14.1 Words.", "Omit ICU C2.3"
    )
    assert [one.amendment.label for one in applied.done] == ["2"]
    (refused,) = applied.not_applied
    assert [piece.words for piece in refused.amendment.payload] == [
        "ICU C14 Lost",
        "Application",
        "C14.1 Words.",
    ]
    assert "C2.3" not in outline(applied.source)


def test_an_instrument_of_another_code_is_refused() -> None:
    from analyser.amending.apply import apply

    other = instrument("Omit ICU C2").model_copy(update={"meta": (("code", "another-code"),)})
    with pytest.raises(InputError) as refused:
        apply(BASE, other, ICU)
    assert str(refused.value) == (
        "The instrument 2026-01-01.md amends another-code, not illegal-content-u2u "
        "(2026-01-01.md, front matter). Apply it to a text of its own code."
    )


def test_a_mark_that_is_none_is_refused_with_its_line_in_the_instrument() -> None:
    with pytest.raises(InputError) as refused:
        amended("For ICU C2.2, substitute\nC2.2 Words.\n{: number=quoted text=certain}")
    assert str(refused.value).startswith(
        "'certain' is not a basis (2026-01-01.md, line 14). Write one of official"
    )
