"""Numbers that a text leaves out: between paragraphs, between items at every level, between measures."""

import pytest

from analyser.parsing.gaps import numbering_gaps
from analyser.parsing.numbering import Numbering
from analyser.reading.canonical import Draft

from .sources import ICU, heading, item, read, text


def gaps(*drafts: Draft, numbering: Numbering = ICU) -> list[tuple[str, str, str, str]]:
    found = numbering_gaps(read(*drafts, numbering=numbering))
    return [(one.kind, one.place, " ".join(one.missing), one.after) for one in found]


def paragraphs(*numbers: str) -> list[Draft]:
    return [heading("ICU C2 T"), *(text(f"{number} Act.") for number in numbers)]


@pytest.mark.parametrize(
    ("numbers", "missing", "after"),
    [
        ("C2.1 C2.3", "C2.2", "C2.1"),
        ("C2.2 C2.3", "C2.1", ""),
        ("C2.1 C2.5", "C2.2 C2.3 C2.4", "C2.1"),
        ("C2.1 C2.2A C2.4", "C2.3", "C2.2A"),
    ],
)
def test_a_paragraph_that_is_left_out_is_told(numbers: str, missing: str, after: str) -> None:
    assert gaps(*paragraphs(*numbers.split())) == [("paragraph", "ICU C2", missing, after)]


@pytest.mark.parametrize("numbers", ["C2.1 C2.2 C2.3", "C2.1 C2.2 C2.2A C2.3", "C2.1 C2.u1 C2.2", "C2.u1"])
def test_numbers_that_follow_leave_nothing_out(numbers: str) -> None:
    assert gaps(*paragraphs(*numbers.split())) == []


ITEMS = [
    ("a c", "C2.1", "C2.1(b)", "C2.1(a)"),
    ("b c", "C2.1", "C2.1(a)", ""),
    ("a i iii b", "C2.1(a)", "C2.1(a)(ii)", "C2.1(a)(i)"),
    ("1 2 4", "C2.1", "C2.1(3)", "C2.1(2)"),
]


@pytest.mark.parametrize(("labels", "place", "missing", "after"), ITEMS)
def test_an_item_that_is_left_out_is_told(labels: str, place: str, missing: str, after: str) -> None:
    items = [item(f"({label}) x") for label in labels.split()]
    assert gaps(heading("ICU C2 T"), text("C2.1 Each:"), *items) == [("item", place, missing, after)]


@pytest.mark.parametrize("labels", ["a b c", "a i ii b", "h i j", "a A B b", "y z aa bb"])
def test_items_that_follow_leave_nothing_out(labels: str) -> None:
    first = labels.split()[0]
    items = [item(f"({label}) x") for label in labels.split()]
    found = gaps(heading("ICU C2 T"), text("C2.1 Each:"), *items)
    assert [one for one in found if one[3]] == []
    assert bool(found) is (first not in "aA")


def test_a_measure_that_is_left_out_is_a_remark() -> None:
    bodies = [(heading(f"ICU {number} T"), text(f"{number}.1 Act.")) for number in ("C1", "C3", "D2")]
    assert gaps(*(one for body in bodies for one in body)) == [("measure", "", "C2", "C1")]


def test_paragraphs_numbered_through_an_annex_need_not_begin_at_one() -> None:
    annex = Numbering(prefix="", measure=r"\d{1,2}[A-Z]", alone=r"A\d{1,2}\.\d{1,3}")
    drafts = [heading("4A T"), text("A4.23 Act."), text("A4.25 Act."), heading("4B T"), text("A4.26 Act.")]
    assert gaps(*drafts, numbering=annex) == [("paragraph", "4A", "A4.24", "A4.23")]


def test_bracketed_numbers_are_counted_too() -> None:
    article = Numbering(prefix="Article", measure=r"\d{1,3}", label=r"(?P<part>\d{1,2})\.")
    drafts = [heading("Article 5 T"), text("1. Act."), text("3. Act.")]
    assert gaps(*drafts, numbering=article) == [("paragraph", "Article 5", "5(2)", "5(1)")]
