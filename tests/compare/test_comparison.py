"""What a comparison tells of small texts: changes, reach, ways out, gaps; and what it must not tell."""

import pytest
from hypothesis import given as given_by
from hypothesis import settings
from hypothesis import strategies as st

from analyser.model.text import Document
from analyser.reporting.compare_rows import CompareRow

from .texts import EVERYONE, comparable, compared, document, given, measure, mirrored

Drawn = tuple[str, list[str], str]

REVIEW = "The provider should have systems designed to review suspected illegal content."
REMOVE = "The provider should have systems designed to take down illegal content swiftly."
ESCAPE = REMOVE.removesuffix(".") + ", unless it is not technically feasible."
DETECT = "The provider should use keyword detection to detect content that amounts to fraud."
BLOCK = "The provider should let users block accounts."
LARGE = "This measure applies to a provider in respect of each large service it provides."
RISKY = (
    "This measure applies to a provider in respect of each service it provides that is a large service "
    "or is at high risk of fraud."
)
MODERATION = measure("A1", "Review of content", REVIEW)


def rows_of(before: Document, after: Document) -> dict[tuple[str, str], CompareRow]:
    return {(row.from_, row.to): row for row in compared(before, after).rows}


def test_a_text_beside_itself_shows_no_change() -> None:
    text = document(MODERATION, measure("A2", "Take down", ESCAPE, applies=RISKY))
    found = compared(text, text)
    assert {row.change for row in found.rows} == {"unchanged"}
    assert not any(row.tells for row in found.rows)
    assert all(row.certain for row in found.rows)
    assert found.headline == "No change from 2025-01-01 to 2025-01-01."
    assert found.headlines == ()


def test_an_exception_put_in_opens_a_way_out_and_the_gaps_behind_it() -> None:
    before = document(MODERATION, measure("A2", "Take down", REMOVE))
    after = document(MODERATION, measure("A2", "Take down", ESCAPE), date="2025-06-01")
    found = compared(before, after)
    rows = {(row.from_, row.to): row for row in found.rows}
    words, whole = rows["EX A2.2", "EX A2.2"], rows["EX A2", "EX A2"]
    assert (words.change, words.match_basis, words.certain) == ("amended", "number", True)
    assert words.redline.endswith("swiftly{+, unless it is not technically feasible+}.")
    assert [(one.kind, one.effect) for one in words.qualifiers.added] == [("feasibility", "lifts")]
    assert not words.qualifiers.removed
    assert whole.application == "same"
    opened = [move for move in whole.gaps.opened if "messaging" in move.services]
    assert opened
    assert {(move.before, move.after) for move in opened} == {("covered", "escapable")}
    assert all(move.functions == ("take_down",) and move.certain for move in opened)
    assert [term.fact for case in opened[0].when.any_of for term in case.all_of] == ["end_to_end_encrypted"]
    assert not whole.gaps.closed
    assert found.headline == "From 2025-01-01 to 2025-06-01: a way out on feasibility is opened at EX A2.2."


def test_an_exception_struck_out_closes_them_again() -> None:
    before = document(MODERATION, measure("A2", "Take down", ESCAPE))
    after = document(MODERATION, measure("A2", "Take down", REMOVE), date="2025-06-01")
    row = rows_of(before, after)["EX A2", "EX A2"]
    assert row.gaps.closed
    assert not row.gaps.opened
    assert "a way out on feasibility is closed at EX A2.2" in compared(before, after).headline


@pytest.mark.parametrize(
    ("before", "after", "change", "gained", "lost"),
    [
        (LARGE, LARGE, "same", None, None),
        (LARGE, RISKY, "wider", "not large and high risk of fraud and financial offences", None),
        (RISKY, LARGE, "narrower", None, "not large and high risk of fraud and financial offences"),
        # The same services in other words.
        (
            LARGE,
            "This measure applies to a provider in respect of each service it provides that has more than "
            "7,000,000 monthly active United Kingdom users.",
            "same",
            None,
            None,
        ),
    ],
)
def test_the_change_in_whom_a_measure_reaches_is_settled_by_enumeration(
    before: str, after: str, change: str, gained: str | None, lost: str | None
) -> None:
    old = document(MODERATION, measure("A2", "Fraud", DETECT, applies=before))
    new = document(MODERATION, measure("A2", "Fraud", DETECT, applies=after), date="2025-06-01")
    found = compared(old, new)
    row = next(row for row in found.rows if row.to == "EX A2")
    assert row.application == change
    told = found.extra["applications"]
    assert isinstance(told, list)
    assert [one["gained_words"] or None for one in told] == ([gained] if change != "same" else [])
    assert [one["lost_words"] or None for one in told] == ([lost] if change != "same" else [])


def test_an_added_measure_closes_gaps_and_says_for_whom_they_stay() -> None:
    before = document(MODERATION)
    after = document(MODERATION, measure("A2", "Fraud", DETECT, applies=LARGE), date="2025-06-01")
    row = rows_of(before, after)["", "EX A2"]
    assert (row.change, row.certain) == ("added", True)
    (move,) = [move for move in row.gaps.closed if "social_media" in move.services]
    assert (move.harms, move.functions, move.before) == (("fraud",), ("detect",), "no_measure")
    assert move.stays is not None
    assert [(term.fact, term.value) for case in move.when.any_of for term in case.all_of] == [
        ("size", "large")
    ]
    assert [(term.fact, term.op) for case in move.stays.any_of for term in case.all_of] == [("size", "in")]


def test_a_paragraph_that_was_not_seen_is_never_removed() -> None:
    whole = measure("A2", "Users", BLOCK, DETECT)
    part = measure("A2", "Users", BLOCK, complete=False)
    unseen = part.replace(BLOCK, "[not seen]")
    row = rows_of(document(MODERATION, whole), document(MODERATION, part, date="2025-06-01"))["EX A2.3", ""]
    assert (row.change, row.certain, row.redline) == ("not_comparable", False, "")
    rows = rows_of(document(MODERATION, whole), document(MODERATION, unseen, date="2025-06-01"))
    assert {row.change for row in rows.values()} <= {"unchanged", "not_comparable"}
    assert not any(row.gaps.opened for row in rows.values())
    complete = measure("A2", "Users", BLOCK)
    row = rows_of(document(MODERATION, whole), document(MODERATION, complete, date="2025-06-01"))[
        "EX A2.3", ""
    ]
    assert (row.change, row.certain) == ("removed", True)


def test_what_is_only_recalled_is_not_certain_and_the_headline_says_so() -> None:
    before = document(MODERATION, measure("A2", "Take down", REMOVE))
    recalled = measure("A2", "Take down", ESCAPE).replace("text=quoted", "text=recall-high")
    found = compared(before, document(MODERATION, recalled, date="2025-06-01"))
    row = next(row for row in found.rows if row.to == "EX A2.2")
    assert (row.change, row.certain, row.basis) == ("amended", False, "recall-high")
    assert found.headline.startswith("From 2025-01-01 to 2025-06-01, as recalled: ")
    assert all(not move.certain for row in found.rows for move in row.gaps.opened)


def test_a_text_without_marks_is_taken_as_given() -> None:
    bare = "## EX A1 Review\n\n### Application\nA1.1 {applies}\n\n### Recommendation\nA1.2 {words}\n\n"
    before = document(bare.format(applies=LARGE, words=REMOVE))
    after = document(bare.format(applies=LARGE, words=ESCAPE), date="2025-06-01")
    assert all(row.certain for row in compared(before, after).rows)


CASES = {
    "way out": (
        [MODERATION, measure("A2", "Take down", REMOVE)],
        [MODERATION, measure("A2", "Take down", ESCAPE)],
    ),
    "reach": (
        [MODERATION, measure("A2", "Fraud", DETECT, applies=LARGE)],
        [MODERATION, measure("A2", "Fraud", DETECT, applies=RISKY)],
    ),
    "added and moved": (
        [MODERATION, measure("A2", "Users", BLOCK, DETECT)],
        [
            measure("B1", "Review of content", REVIEW, DETECT),
            measure("B2", "Users", BLOCK),
            measure("B3", "Fraud", ESCAPE),
        ],
    ),
    "split": (
        [measure("A1", "Moderation", REVIEW, REMOVE), measure("A2", "Users", BLOCK)],
        [measure("A1", "Review", REVIEW), measure("A2", "Take down", ESCAPE), measure("A3", "Users", BLOCK)],
    ),
    "unseen": (
        [MODERATION, measure("A2", "Users", "[not seen]")],
        [MODERATION, measure("A2", "Users", ESCAPE)],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_comparison_the_other_way_round_is_the_mirror(case: str) -> None:
    before, after = CASES[case]
    one, other = document(*before), document(*after, date="2025-06-01")
    there, back = compared(one, other), compared(other, one)
    assert sorted(comparable(mirrored(row)) for row in there.rows) == sorted(map(comparable, back.rows))


MEASURES = st.builds(
    lambda title, words, applies: (title, words, applies),
    st.sampled_from(["Review of content", "Take down", "Fraud", "Users"]),
    st.lists(st.sampled_from([REVIEW, REMOVE, ESCAPE, DETECT, BLOCK, "[not seen]"]), min_size=1, max_size=3),
    st.sampled_from([EVERYONE, LARGE, RISKY, "[not seen]"]),
)
TEXTS = st.lists(MEASURES, min_size=1, max_size=3)


@given_by(TEXTS, TEXTS)
@settings(max_examples=12, deadline=None)
def test_any_two_texts_mirror_each_other(before: list[Drawn], after: list[Drawn]) -> None:
    one, other = written(before, "2025-01-01"), written(after, "2025-06-01")
    there, back = compared(one, other), compared(other, one)
    assert sorted(comparable(mirrored(row)) for row in there.rows) == sorted(map(comparable, back.rows))
    assert not any(row.tells for row in compared(one, one).rows)


def written(drawn: list[Drawn], date: str) -> Document:
    return document(
        *(
            measure(f"A{place}", title, *words, applies=applies, complete=place % 2 == 1)
            for place, (title, words, applies) in enumerate(drawn, 1)
        ),
        date=date,
    )


def test_kinds_of_harm_of_one_side_only_are_told_and_left_out() -> None:
    from dataclasses import replace

    from analyser.compare.comparison import compare

    text = document(MODERATION, measure("A2", "Take down", REMOVE))
    fewer = given(text)
    revision = fewer.analysis.revision
    harms = tuple(harm for harm in revision.harms if harm != "hate")
    fewer.analysis.revision = replace(revision, harms=harms, counting=revision.counting - {"hate"})
    found = compare(fewer, given(text))
    assert found.extra["kinds_of_harm"] == {"only_from": [], "only_to": ["hate"]}
    assert not any(row.gaps for row in found.rows)
