"""Labels of items: which level each is on, told by the sequence they stand in."""

import pytest

from analyser.parsing.numbering import Numbering, alphabetic, levels, roman

LEVELS = [
    ("a b c", "1 1 1"),
    ("a i ii b", "1 2 2 1"),
    ("g h i j", "1 1 1 1"),  # (i) is the ninth letter here
    ("g i ii h", "1 2 2 1"),
    ("a i A B ii b", "1 2 3 3 2 1"),
    ("a b i ii", "1 1 2 2"),
    ("1 2 a b 3", "1 1 2 2 1"),
    ("i ii iii iv v", "1 1 1 1 1"),
    ("u v w x", "1 1 1 1"),
    ("a i ii iii iv v b", "1 2 2 2 2 2 1"),
    ("y z aa bb", "1 1 1 1"),
]


@pytest.mark.parametrize(("labels", "expected"), LEVELS)
def test_levels_follow_the_sequence(labels: str, expected: str) -> None:
    assert levels(labels.split()) == [int(depth) for depth in expected.split()]


@pytest.mark.parametrize(
    ("label", "value"), [("i", 1), ("iv", 4), ("ix", 9), ("xl", 40), ("b", None), ("", None)]
)
def test_roman_numbers(label: str, value: int | None) -> None:
    assert roman(label) == value


@pytest.mark.parametrize(("label", "place"), [("a", 1), ("z", 26), ("aa", 27), ("ab", None), ("1", None)])
def test_letters(label: str, place: int | None) -> None:
    assert alphabetic(label) == place


def test_a_heading_opens_a_measure_only_with_the_prefix_of_the_code() -> None:
    numbering = Numbering(prefix="ICU")
    assert numbering.heading("ICU C2 Having a function") == ("C2", "Having a function")
    assert numbering.heading("ICS C2 Having a function") is None
    assert numbering.heading("Section 3: Index of measures") is None


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("C9.1 This", "C9.1"),
        ("C9.u1 Words", "C9.u1"),
        ("2.3 The Code", "2.3"),
        ("C9 This", None),
        ("(a) x", None),
    ],
)
def test_a_paragraph_begins_with_its_number(words: str, number: str | None) -> None:
    start = Numbering(prefix="ICU").paragraph_start(words)
    assert (start["number"] if start else None) == number
