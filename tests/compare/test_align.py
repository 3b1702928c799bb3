"""Alignment: by number, exact text and likeness; moved, split and merged followed; unseen text never lost."""

import pytest
from hypothesis import given as given_by
from hypothesis import settings
from hypothesis import strategies as st

from analyser.compare.align import Alignment, align
from analyser.compare.units import text_of
from analyser.model.text import Document

from .renumbered import renumbered, score
from .texts import document, measure

REVIEW = "The provider should have systems designed to review suspected illegal content and to judge it."
REMOVE = "The provider should have systems designed to take down illegal content swiftly once it knows of it."
TRAIN = "The provider should train its moderators in the law on terrorism and record who took part."
BLOCK = "The provider should let users block accounts and mute conversations in a few steps."


def aligned(before: Document, after: Document) -> Alignment:
    return align(text_of(before), text_of(after))


def pairs(found: Alignment) -> dict[str, tuple[str, str]]:
    return {" + ".join(match.before): (" + ".join(match.after), match.basis) for match in found.units}


def measures(found: Alignment) -> set[tuple[str, str, str]]:
    return {(" + ".join(match.before), " + ".join(match.after), match.basis) for match in found.measures}


def test_a_number_that_the_words_bear_out_is_trusted() -> None:
    before = document(measure("A1", "Review", REVIEW), measure("A2", "Training", TRAIN))
    after = document(
        measure("A1", "Review", REVIEW.replace("judge", "assess")), measure("A2", "Training", TRAIN)
    )
    assert pairs(aligned(before, after))["EX A1.2"] == ("EX A1.2", "number")


def test_a_number_used_again_for_other_words_is_not() -> None:
    before = document(measure("A1", "Review", REVIEW), measure("A2", "Training", TRAIN))
    after = document(measure("A1", "Training", TRAIN), measure("A2", "Review", REVIEW))
    assert measures(aligned(before, after)) == {
        ("EX A1", "EX A2", "exact text"),
        ("EX A2", "EX A1", "exact text"),
    }


def test_a_paragraph_put_in_between_moves_the_numbers_of_the_others() -> None:
    before = document(measure("A1", "Moderation", REVIEW, REMOVE))
    after = document(measure("A1", "Moderation", REVIEW, TRAIN, REMOVE))
    assert pairs(aligned(before, after))["EX A1.3"] == ("EX A1.4", "exact text")
    assert pairs(aligned(before, after))[""] == ("EX A1.3", "")


def test_a_paragraph_is_followed_into_another_measure() -> None:
    before = document(measure("A1", "Review", REVIEW, TRAIN), measure("A2", "Blocking", BLOCK))
    after = document(measure("A1", "Review", REVIEW), measure("A2", "Blocking", BLOCK, TRAIN))
    assert pairs(aligned(before, after))["EX A1.3"] == ("EX A2.3", "exact text")


def test_a_measure_is_followed_into_its_two_parts() -> None:
    before = document(measure("A1", "Moderation", REVIEW, REMOVE), measure("A2", "Blocking", BLOCK))
    after = document(
        measure("A1", "Review", REVIEW), measure("A2", "Take down", REMOVE), measure("A3", "Blocking", BLOCK)
    )
    found = aligned(before, after)
    assert ("EX A1", "EX A1 + EX A2", "split") in measures(found)
    assert pairs(found)["EX A1.1"] == ("EX A1.1 + EX A2.1", "split")
    assert ("EX A1 + EX A2", "EX A1", "merged") in measures(aligned(after, before))


def test_a_paragraph_is_followed_into_its_two_parts() -> None:
    before = document(measure("A1", "Moderation", f"{REVIEW} {TRAIN}"), measure("A2", "Blocking", BLOCK))
    after = document(measure("A1", "Moderation", REVIEW, TRAIN), measure("A2", "Blocking", BLOCK))
    assert pairs(aligned(before, after))["EX A1.2"] == ("EX A1.2 + EX A1.3", "split")
    assert pairs(aligned(after, before))["EX A1.2 + EX A1.3"] == ("EX A1.2", "merged")


def test_every_measure_and_paragraph_is_in_exactly_one_match() -> None:
    test_set = renumbered(7)
    before, after = text_of(test_set.before), text_of(test_set.after)
    found = align(before, after)
    assert sorted(name for match in found.units for name in match.before) == sorted(
        unit.id for unit in before.units
    )
    assert sorted(name for match in found.units for name in match.after) == sorted(
        unit.id for unit in after.units
    )
    assert sorted(name for match in found.measures for name in match.after) == sorted(
        one.id for one in after.measures
    )


@pytest.mark.parametrize("seed", range(5))
def test_a_fully_renumbered_and_reworded_text_aligns(seed: int) -> None:
    test_set = renumbered(seed)
    assert len(test_set.pairs) == 300
    found = aligned(test_set.before, test_set.after)
    assert score(found, test_set) >= 0.95


@given_by(st.integers(0, 10_000))
@settings(max_examples=5, deadline=None)
def test_the_order_of_the_two_texts_makes_no_difference(seed: int) -> None:
    test_set = renumbered(seed)
    there, back = aligned(test_set.before, test_set.after), aligned(test_set.after, test_set.before)
    assert {match.turned() for match in there.units} == set(back.units)
    assert {match.turned() for match in there.measures} == set(back.measures)
