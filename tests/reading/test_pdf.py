"""How a PDF becomes paragraphs: told from where the characters stand, whatever program set them."""

from pathlib import Path
from typing import Any

import pytest

from analyser.reading.source import BlockKind, Media
from tests.reading.pdf_pages import At, Draw, lines, read_pages, rule, shown

LONG = "The provider should ensure that each of the words of this line goes on to"


def filler(y: float, count: int = 12, x: float = 40) -> list[Draw]:
    """Return lines of ordinary prose, so that a page has a body to measure."""
    return lines(x, y, *(f"{LONG} {number}" for number in "abcdefghijklmnop"[:count]))


def test_a_paragraph_over_lines_is_one_block_with_single_spaces(tmp_path: Path) -> None:
    source = read_pages(tmp_path, lines(40, 60, LONG, "the second  line of it.", leading=12))
    assert shown(source) == [f"{LONG} the second line of it."]
    assert source.media is Media.PDF
    assert source.pages == 1
    assert len(source.file_sha256) == 64


def test_a_number_in_the_margin_goes_before_its_words(tmp_path: Path) -> None:
    page = [
        At(40, 60, "C9.1"),
        *lines(80, 60, "This measure applies to a provider in respect of each", "service."),
        At(40, 96, "C9.2"), *lines(80, 96, "The provider should do it."),
    ]  # fmt: skip
    assert shown(read_pages(tmp_path, page)) == [
        "C9.1 This measure applies to a provider in respect of each service.",
        "C9.2 The provider should do it.",
    ]


def test_items_keep_their_labels_and_a_flush_line_after_them_is_a_block_of_its_own(tmp_path: Path) -> None:
    page = [
        *lines(40, 60, "C9.1 This measure applies to a provider that:"),
        At(60, 80, "(a)"), At(80, 80, "is large; or"),
        At(60, 100, "(b)"), At(80, 100, "is small,"),
        *lines(40, 120, "in each case at high risk."),
    ]  # fmt: skip
    source = read_pages(tmp_path, page)
    assert [block.kind for block in source.blocks] == [
        BlockKind.TEXT, BlockKind.ITEM, BlockKind.ITEM, BlockKind.TEXT,
    ]  # fmt: skip
    assert shown(source)[1:] == ["(a) is large; or", "(b) is small,", "in each case at high risk."]


def test_a_paragraph_broken_by_a_page_is_one_block_on_the_page_where_it_begins(tmp_path: Path) -> None:
    first = [*filler(60, 3), At(40, 120, "C9.1 The provider should do what these words say and then")]
    second = [*lines(40, 60, "what stands on the next page."), *filler(90, 3)]
    source = read_pages(tmp_path, first, second)
    block = next(block for block in source.blocks if block.span.of(source.text).startswith("C9.1"))
    assert block.span.of(source.text).endswith("say and then what stands on the next page.")
    assert block.page == 1


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [f"left column line {number} runs on" for number in range(14)]
    right = [f"right column line {number} runs on" for number in range(14)]
    heading = At(40, 40, "A heading that is set over both of the columns of it", 14, bold=True)
    page = [heading, *lines(40, 80, *left), *lines(212, 80, *right)]
    text = read_pages(tmp_path, page).text
    assert text.index("A heading") < text.index("left column line 13") < text.index("right column line 0")


def test_words_drawn_one_by_one_in_any_order_are_read_by_their_place(tmp_path: Path) -> None:
    words = [(40, "The"), (58, "provider"), (98, "should"), (130, "act.")]
    source = read_pages(tmp_path, [At(x, 60, word) for x, word in reversed(words)])
    assert shown(source) == ["The provider should act."]


def test_running_header_footer_and_page_number_are_furniture(tmp_path: Path) -> None:
    pages = [
        [At(40, 25, "A code of practice"), *filler(70, 6), At(300, 480, f"Page {number} of 4")]
        for number in range(1, 5)
    ]
    source = read_pages(tmp_path, *pages)
    assert shown(source, BlockKind.FURNITURE) == [
        line for number in range(1, 5) for line in ("A code of practice", f"Page {number} of 4")
    ]
    assert "Page" not in " ".join(shown(source))


@pytest.mark.parametrize("pattern", ["{}", "- {} -", "Page {}", "{}/5"])
def test_page_numbers_in_many_forms(tmp_path: Path, pattern: str) -> None:
    pages = [[*filler(70, 6), At(190, 480, pattern.format(number))] for number in range(1, 6)]
    assert len(shown(read_pages(tmp_path, *pages), BlockKind.FURNITURE)) == 5


def test_roman_page_numbers_before_the_others(tmp_path: Path) -> None:
    pages = [[*filler(70, 6), At(190, 480, name)] for name in ("i", "ii", "iii", "1", "2", "3")]
    assert shown(read_pages(tmp_path, *pages), BlockKind.FURNITURE) == ["i", "ii", "iii", "1", "2", "3"]


def test_headers_that_differ_on_odd_and_even_pages_are_furniture(tmp_path: Path) -> None:
    pages = [
        [At(40, 25, "The title" if number % 2 else "The regulator"), *filler(70, 6)] for number in range(1, 9)
    ]
    assert len(shown(read_pages(tmp_path, *pages), BlockKind.FURNITURE)) == 8


def test_a_header_with_the_title_of_the_section_is_furniture(tmp_path: Path) -> None:
    names = ["Scope", "Scope", "Scope", "Duties", "Duties", "Duties", "Terms", "Terms"]
    pages = [[At(40, 25, name, 8), *filler(70, 6)] for name in names]
    assert shown(read_pages(tmp_path, *pages), BlockKind.FURNITURE) == names


def test_a_list_of_contents_with_leaders_is_furniture(tmp_path: Path) -> None:
    contents = [At(40, 60, "Contents", 14, bold=True)] + [
        At(40, 90 + 12 * number, f"Section {number} Words{'.' * 60}{number + 2}") for number in range(6)
    ]
    source = read_pages(tmp_path, contents, filler(60, 4))
    assert len(shown(source, BlockKind.FURNITURE)) == 7
    assert "Contents" not in " ".join(shown(source))


def test_a_raised_figure_is_a_mark_and_the_small_words_at_the_foot_its_footnote(tmp_path: Path) -> None:
    page = [
        *filler(60, 4), At(40, 130, "The provider"), At(93, 130, "1", 6, rise=4), At(99, 130, "should act."),
        rule(40, 440, 140, 440), At(40, 455, "1", 5, rise=3), At(45, 455, "See the guidance.", 8),
    ]  # fmt: skip
    source = read_pages(tmp_path, page)
    assert shown(source)[-1] == "The provider should act."
    assert shown(source, BlockKind.FOOTNOTE) == ["1 See the guidance."]
    (mark,) = source.marks
    assert mark.label == "1"
    assert source.text[: mark.at].endswith("The provider")


def test_figures_glued_to_a_word_are_a_mark_where_the_page_has_that_footnote(tmp_path: Path) -> None:
    page = [
        *filler(60, 4), At(40, 130, "Words about content12 and about Web2 too."),
        rule(40, 440, 140, 440), At(40, 455, "12 See the guidance.", 8),
    ]  # fmt: skip
    source = read_pages(tmp_path, page)
    assert shown(source)[-1] == "Words about content and about Web2 too."
    assert [mark.label for mark in source.marks] == ["12"]


def test_a_footnote_that_goes_on_over_the_page_is_one(tmp_path: Path) -> None:
    first = [
        *filler(60, 4), At(40, 130, "The provider"), At(93, 130, "1", 6, rise=4), At(99, 130, "should act."),
        rule(40, 440, 140, 440), At(40, 455, "1", 5, rise=3), At(45, 455, "See the guidance of the", 8),
    ]  # fmt: skip
    second = [*filler(60, 6), rule(40, 440, 140, 440), At(40, 455, "regulator.", 8)]
    source = read_pages(tmp_path, first, second)
    assert shown(source, BlockKind.FOOTNOTE) == ["1 See the guidance of the regulator."]


GRID = [rule(40, y, 360, y) for y in (90, 110, 145, 165)] + [rule(x, 90, x, 165) for x in (40, 120, 360)]
CELLS = [
    At(45, 103, "Measure", bold=True), At(125, 103, "Application", bold=True),
    At(45, 125, "ICU A1"), At(125, 125, "each large service that has very many words and"),
    At(125, 137, "goes on"),
    At(45, 158, "ICU A2"),
]  # fmt: skip


def test_a_ruled_table_has_rows_and_cells_also_empty_ones(tmp_path: Path) -> None:
    source = read_pages(tmp_path, [*filler(40, 2), *GRID, *CELLS])
    rows = [block for block in source.blocks if block.kind is BlockKind.ROW]
    assert [[cell.of(source.text) for cell in row.cells] for row in rows] == [
        ["Measure", "Application"],
        ["ICU A1", "each large service that has very many words and goes on"],
        ["ICU A2", ""],
    ]


def test_a_table_without_rules_is_told_by_where_its_words_begin(tmp_path: Path) -> None:
    source = read_pages(tmp_path, [*filler(40, 2), *CELLS, At(125, 158, "each service")])
    assert shown(source, BlockKind.ROW) == [
        "Measure\tApplication",
        "ICU A1\teach large service that has very many words and goes on",
        "ICU A2\teach service",
    ]


def test_the_head_of_a_table_set_again_is_furniture_and_a_broken_row_is_one(tmp_path: Path) -> None:
    first = [*filler(40, 2), *GRID[:3], *[rule(x, 90, x, 145) for x in (40, 120, 360)], *CELLS[:4]]
    second = [
        *[rule(40, y, 360, y) for y in (50, 70, 90, 110)], *[rule(x, 50, x, 110) for x in (40, 120, 360)],
        At(45, 63, "Measure", bold=True), At(125, 63, "Application", bold=True),
        At(125, 83, "goes on"), At(45, 103, "ICU A2"), At(125, 103, "each service"), *filler(140, 5),
    ]  # fmt: skip
    source = read_pages(tmp_path, first, second)
    assert shown(source, BlockKind.ROW) == [
        "Measure\tApplication",
        "ICU A1\teach large service that has very many words and goes on",
        "ICU A2\teach service",
    ]
    assert shown(source, BlockKind.FURNITURE) == ["Measure Application"]


def test_headings_by_size_and_weight_have_depths(tmp_path: Path) -> None:
    page = [
        At(40, 50, "A code of practice", 20, bold=True), At(40, 90, "ICU C2 Taking down", 14, bold=True),
        At(40, 112, "Recommendation", bold=True), *filler(130, 5),
    ]  # fmt: skip
    source = read_pages(tmp_path, page)
    headings = [block for block in source.blocks if block.kind is BlockKind.HEADING]
    assert [(block.depth, block.span.of(source.text)) for block in headings] == [
        (1, "A code of practice"), (2, "ICU C2 Taking down"), (3, "Recommendation"),
    ]  # fmt: skip


def test_a_heading_over_two_lines_is_one(tmp_path: Path) -> None:
    page = [
        *lines(40, 50, "A heading that goes on", "for two lines", size=16, leading=20, bold=True),
        *filler(110, 5),
    ]
    assert shown(read_pages(tmp_path, page), BlockKind.HEADING) == ["A heading that goes on for two lines"]


def test_a_line_that_begins_with_a_number_in_the_middle_of_a_sentence_goes_on_with_it(tmp_path: Path) -> None:
    prose = [
        "C9.1 The provider should do all that is asked of it here and in particular in",
        "C9.2 and in C9.3 of this code, whichever comes to pass the first of all of these.",
    ]
    page = [*filler(60, 6), *lines(40, 140, *prose), *lines(40, 172, "C9.4 The provider may rest.")]
    assert shown(read_pages(tmp_path, page))[1:] == [" ".join(prose), "C9.4 The provider may rest."]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_whose_words_run_sideways_is_turned(tmp_path: Path, turn: int) -> None:
    def sideways(canvas: Any) -> None:
        canvas.translate(200, 250)
        canvas.rotate(turn)
        canvas.setFont("Times-Roman", 10)
        canvas.drawString(-150, 20, "C9.1 The first line of words here")
        canvas.drawString(-150, 8, "and the second.")

    assert shown(read_pages(tmp_path, [sideways])) == ["C9.1 The first line of words here and the second."]


def test_nothing_depends_on_how_the_file_is_packed(tmp_path: Path) -> None:
    pages = [[At(40, 25, "A code"), *filler(70, 6), At(190, 480, str(number))] for number in range(1, 4)]
    packed = read_pages(tmp_path, *pages, pageCompression=1)
    plain = read_pages(tmp_path, *pages, pageCompression=0)
    assert packed.text == plain.text
    assert packed.blocks == plain.blocks
