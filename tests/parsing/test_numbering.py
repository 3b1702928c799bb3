"""Labels of items: which level each is on, told by the sequence they stand in."""

import pytest

from analyser.parsing.numbering import Numbering, alphabetic, label_of, levels, roman

ICU = Numbering(prefix="ICU")

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
    ("g h i ii", "1 1 2 2"),  # (i) is the first below (h)
    ("h i ii iii i j", "1 2 2 2 1 1"),  # and then the letter that follows (h)
    ("g h i ii iii iv v vi i", "1 1 2 2 2 2 2 2 1"),
    ("t u i ii iii iv v w", "1 1 2 2 2 2 1 1"),  # (v) goes on with (u), as (w) shows
    ("t u i ii iii iv v vi v w", "1 1 2 2 2 2 2 2 1 1"),
    ("w x y z aa bb cc", "1 1 1 1 1 1 1"),
    ("k l m", "1 1 1"),  # (l) is no fifty here
    ("a 1 2 i ii 3 b", "1 2 2 3 3 2 1"),
    ("A B I II C", "1 1 2 2 1"),
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


@pytest.mark.parametrize(
    ("words", "number", "title"),
    [
        ("ICU C2 Having a function", "C2", "Having a function"),
        ("ICU C2: Having a function", "C2", "Having a function"),
        ("ICU C2 – Having a function", "C2", "Having a function"),
        ("ICU C2. Having a function", "C2", "Having a function"),
        ("icu C2A Having a function", "C2A", "Having a function"),
    ],
)
def test_a_heading_may_set_its_title_off_in_several_ways(words: str, number: str, title: str) -> None:
    assert Numbering(prefix="ICU").heading(words) == (number, title)


@pytest.mark.parametrize(
    ("words", "number"),
    [("ICU C2", "C2"), ("ICU C2:", "C2"), ("ICU C2 Title", None), ("C2", None), ("ICU", None)],
)
def test_a_heading_may_hold_its_number_alone(words: str, number: str | None) -> None:
    assert Numbering(prefix="ICU").bare_heading(words) == number


def test_a_figure_alone_opens_nothing() -> None:
    assert Numbering(prefix="", measure=r"\d{1,3}").bare_heading("12") is None


ARTICLE = Numbering(prefix="Article", measure=r"\d{1,3}", label=r"(?P<part>\d{1,2})\.")
ANNEX = Numbering(prefix="", measure=r"\d{1,2}[A-Z]", alone=r"A\d{1,2}\.\d{1,3}")


@pytest.mark.parametrize(
    ("numbering", "words", "start"),
    [
        (ARTICLE, "1. Words", ("5(1)", "5", 3)),
        (ARTICLE, "1 Words", None),
        (ANNEX, "A4.23 Words", ("A4.23", "5", 6)),
        (ANNEX, "4A.2 Words", ("4A.2", "4A", 5)),
        (ICU, "C2.2A Words", ("C2.2A", "C2", 6)),
        (ICU, "2.3 Words", ("2.3", "2", 4)),
        (ICU, "C2.1", None),
    ],
)
def test_a_paragraph_may_begin_with_its_own_mark(
    numbering: Numbering, words: str, start: tuple[str, str, int] | None
) -> None:
    assert numbering.start(words, "5") == start


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("(a) x", "a"),
        ("a) x", "a"),
        ("iv. x", "iv"),
        ("• x", ""),
        ("– x", ""),
        ("Z. x", None),
        ("1. x", None),
        ("word) x", None),
    ],
)
def test_items_are_told_by_the_labels_that_a_scheme_shows(words: str, label: str | None) -> None:
    match = Numbering(prefix="", items=("a)", "i.", "•")).item(words)
    assert (label_of(match) if match else None) == label


def test_without_examples_only_round_labels_are_items() -> None:
    assert ICU.item("a) x") is None
    assert ICU.item("(a) x")
