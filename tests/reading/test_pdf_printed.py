"""What browsers print and publishers set: marks of notes, bullets that are shapes, headings at page heads."""

from pathlib import Path
from typing import Any

import pytest

from analyser.reading.source import BlockKind
from tests.reading.pdf_pages import PAGE, At, Draw, lines, read_pages, rule, shown

LONG = "The provider should ensure that each of the words of this line goes on to"


def filler(y: float, count: int = 4) -> list[Draw]:
    """Return lines of ordinary prose."""
    return lines(40, y, *(f"{LONG} {number}" for number in "abcdefghijklmnop"[:count]))


def dot(x: float, y: float, filled: int = 1) -> Draw:
    """Return a disc as browsers draw it before an item whose baseline is at `y`."""

    def draw(canvas: Any) -> None:
        canvas.circle(x, PAGE[1] - y + 3, 1.6, stroke=1 - filled, fill=filled)

    return draw


def test_a_raised_figure_without_a_footnote_is_a_mark_and_hides_no_word(tmp_path: Path) -> None:
    page = [
        *filler(60), At(40, 130, "C9.1 It is not technically feasible"),
        At(182, 130, "1", 7, rise=4), At(186, 130, ", or so."),
    ]  # fmt: skip
    source = read_pages(tmp_path, page)
    assert shown(source)[-1] == "C9.1 It is not technically feasible, or so."
    assert [(mark.label, source.text[: mark.at][-8:]) for mark in source.marks] == [("1", "feasible")]


def test_a_raised_figure_after_a_unit_or_a_figure_is_no_mark(tmp_path: Path) -> None:
    page = [
        *filler(60), At(40, 130, "A room of 50 m"), At(104, 130, "2", 6, rise=4), At(110, 130, "is large."),
        At(40, 160, "There are 10"), At(92, 160, "6", 6, rise=4), At(99, 160, "users."),
    ]  # fmt: skip
    source = read_pages(tmp_path, page)
    assert not source.marks
    assert "2" in shown(source)[-2]
    assert "6" in shown(source)[-1]


def test_notes_listed_at_the_end_are_footnotes(tmp_path: Path) -> None:
    first = [*filler(60), At(40, 130, "C9.1 It is feasible"), At(114, 130, "1", 6, rise=4), At(118, 130, ".")]
    second = [
        *filler(60), At(50, 130, "1. See section 231 of the Act, where"), At(62, 142, "it is defined."),
        At(40, 170, "Copyright of the regulator."),
    ]  # fmt: skip
    source = read_pages(tmp_path, first, second)
    assert shown(source, BlockKind.FOOTNOTE) == ["1 See section 231 of the Act, where it is defined."]
    assert shown(source)[-1] == "Copyright of the regulator."


def test_a_numbered_list_that_goes_on_is_no_list_of_notes(tmp_path: Path) -> None:
    page = [
        *filler(60), At(40, 130, "C9.1 It is feasible"), At(114, 130, "1", 6, rise=4), At(118, 130, "."),
        At(40, 160, "1. The first thing."), At(40, 180, "2. The second thing."),
    ]  # fmt: skip
    source = read_pages(tmp_path, page)
    assert not shown(source, BlockKind.FOOTNOTE)
    assert shown(source)[-2:] == ["1. The first thing.", "2. The second thing."]


def test_figures_glued_to_words_are_marks_of_the_notes_that_a_heading_says_follow(tmp_path: Path) -> None:
    page = [
        *filler(60), At(40, 130, "C9.1 It is feasible1 on Web3 and safe2."),
        At(40, 160, "Endnotes", bold=True), At(40, 180, "1 See section 9."), At(40, 192, "2 See section 10."),
    ]  # fmt: skip
    source = read_pages(tmp_path, page)
    assert "C9.1 It is feasible on Web3 and safe." in shown(source)
    assert shown(source, BlockKind.FOOTNOTE) == ["1 See section 9.", "2 See section 10."]
    assert [mark.label for mark in source.marks] == ["1", "2"]


def test_notes_as_large_as_the_body_below_a_rule_over_the_whole_page(tmp_path: Path) -> None:
    page = [
        *filler(60), At(40, 130, "C9.1 It is feasible"), At(114, 130, "1", 6, rise=4), At(118, 130, "."),
        rule(40, 150, 360, 150), At(40, 170, "1", 6, rise=4), At(45, 170, "See section 9."),
    ]  # fmt: skip
    source = read_pages(tmp_path, page)
    assert shown(source, BlockKind.FOOTNOTE) == ["1 See section 9."]


@pytest.mark.parametrize("filled", [0, 1])
def test_bullets_that_are_drawn_as_shapes_make_items(tmp_path: Path, filled: int) -> None:
    page = [
        *filler(60), At(40, 130, "C9.1 The provider should have regard to:"),
        dot(56, 146, filled), At(65, 146, "the severity of it;"),
        dot(56, 158, filled), At(65, 158, "where appropriate, views; and"),
        dot(56, 170, filled), At(65, 170, "whether it is public."),
        At(40, 190, "C9.2 The provider may rest."),
    ]  # fmt: skip
    source = read_pages(tmp_path, page)
    assert shown(source, BlockKind.ITEM) == [
        "the severity of it;", "where appropriate, views; and", "whether it is public.",
    ]  # fmt: skip
    assert shown(source)[-1] == "C9.2 The provider may rest."


def test_a_bullet_that_is_a_glyph_is_no_word_of_its_item(tmp_path: Path) -> None:
    page = [
        *filler(60), At(40, 130, "C9.1 The provider should have regard to:"),
        At(56, 146, "\u2022"), At(75, 146, "the severity of it; and"),
        At(56, 158, "\u2022"), At(75, 158, "whether it is public."),
    ]  # fmt: skip
    assert shown(read_pages(tmp_path, page), BlockKind.ITEM) == [
        "the severity of it; and", "whether it is public.",
    ]  # fmt: skip


def test_an_indented_list_without_bullets_after_a_colon_makes_items(tmp_path: Path) -> None:
    page = [
        *filler(60), *lines(40, 130, "C9.1 The provider should act, having regard to:"),
        *lines(60, 142, "the severity of it;", "where appropriate, views; and", "whether it is public."),
        *lines(40, 190, "C9.2 The provider may rest."),
    ]  # fmt: skip
    source = read_pages(tmp_path, page)
    assert shown(source, BlockKind.ITEM) == [
        "the severity of it;", "where appropriate, views; and", "whether it is public.",
    ]  # fmt: skip


def test_semicolons_in_an_indented_paragraph_that_runs_on_make_no_items(tmp_path: Path) -> None:
    page = [
        *filler(60), *lines(40, 130, "C9.1 The provider should do what follows here:"),
        *lines(60, 142, f"{LONG};", "and more."),
    ]  # fmt: skip
    source = read_pages(tmp_path, page)
    assert not shown(source, BlockKind.ITEM)


def test_a_shape_among_words_is_no_bullet(tmp_path: Path) -> None:
    page = [*filler(60), At(40, 130, "Press the sign"), dot(104, 130), At(110, 130, "to go on.")]
    source = read_pages(tmp_path, page)
    assert not shown(source, BlockKind.ITEM)
    assert shown(source)[-1] == "Press the sign to go on."


@pytest.mark.parametrize("titled", [False, True])
def test_headings_at_page_heads_that_count_up_are_no_running_headers(tmp_path: Path, titled: bool) -> None:
    pages = [
        [At(40, 40, f"Principle {n}{': Taking down' * titled}", 16), *filler(70), At(190, 480, str(n))]
        for n in range(1, 6)
    ]
    source = read_pages(tmp_path, *pages)
    assert shown(source, BlockKind.HEADING) == [
        f"Principle {n}{': Taking down' * titled}" for n in range(1, 6)
    ]
    assert shown(source, BlockKind.FURNITURE) == ["1", "2", "3", "4", "5"]


def test_numbered_paragraphs_alike_at_page_heads_are_no_running_headers(tmp_path: Path) -> None:
    pages = [[At(40, 30, f"1.{n} The provider should act at once."), *filler(70)] for n in range(1, 9)]
    source = read_pages(tmp_path, *pages)
    assert not shown(source, BlockKind.FURNITURE)
    assert [words for words in shown(source) if words.startswith("1.")] == [
        f"1.{n} The provider should act at once." for n in range(1, 9)
    ]


@pytest.mark.parametrize(
    "header", ["Section 3: Scope", "Section 3: Scope | {}", "Example {}", "Version 1.0 Page {}"]
)
def test_a_running_header_with_a_number_that_repeats_is_furniture(tmp_path: Path, header: str) -> None:
    pages = [[At(40, 25, header.format(n)), *filler(70)] for n in range(7, 13)]
    source = read_pages(tmp_path, *pages)
    assert shown(source, BlockKind.FURNITURE) == [header.format(n) for n in range(7, 13)]


def test_the_running_header_of_a_section_of_one_page_is_furniture(tmp_path: Path) -> None:
    pages = [
        [
            At(40, 25, f"Part {n}: Scope {n + 10}", 8),
            At(40, 60, f"Part {n}: Scope", 14, bold=True),
            *filler(80),
        ]
        for n in range(1, 5)
    ]
    source = read_pages(tmp_path, *pages)
    assert shown(source, BlockKind.FURNITURE) == [f"Part {n}: Scope {n + 10}" for n in range(1, 5)]
    assert shown(source, BlockKind.HEADING) == [f"Part {n}: Scope" for n in range(1, 5)]
