"""Plain text: paragraphs, items, pages and tables by nothing but lines and spaces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyser.errors import InputError
from analyser.reading.source import Source
from analyser.reading.text import parse_text
from tests.reading.shown import assert_sound, body, shown


def read(words: str) -> Source:
    source = parse_text(words, "a.txt")
    assert_sound(source)
    return source


@pytest.mark.parametrize(
    ("words", "blocks"),
    [
        ("C1.1 One\ntwo.\n\nC1.2 Three.", ["text C1.1 One two.", "text C1.2 Three."]),
        ("C1.1 One:\n(a) two; or\n(b) three.", ["text C1.1 One:", "item- (a) two; or", "item- (b) three."]),
        ("C1.1 One:\n\n(a) two;\n\n(b) three.", ["text C1.1 One:", "item- (a) two;", "item- (b) three."]),
        ("C1.1 One.\nC1.2 Two.", ["text C1.1 One.", "text C1.2 Two."]),
        ("C1.1\n\nOne.", ["text C1.1 One."]),
        ("C1.1\tOne.", ["text C1.1 One."]),
        ("(a)\tOne.", ["item- (a) One."]),
        ("C1.1 One:\n- two\n- three", ["text C1.1 One:", "item- two", "item- three"]),
        ("ICU C1 A title\n\nC1.1 One.", ["heading6 ICU C1 A title", "text C1.1 One."]),
        ("A title\n=======\n\nSub\n---\n\nC1.1 One.", ["heading1 A title", "heading2 Sub", "text C1.1 One."]),
        ("Application\n\nnot a title", ["heading6 Application", "text not a title"]),
        ("A sentence.\n\nAnd: this;", ["text A sentence.", "text And: this;"]),
        ("C1.1 One\r\ntwo.\r\n", ["text C1.1 One two."]),
        ("C1.1 A:\n(a) b,\n\nunless c.", ["text C1.1 A:", "item- (a) b,", "text unless c."]),
    ],
)
def test_blocks_by_lines(words: str, blocks: list[str]) -> None:
    assert body(read(words)) == blocks


def test_a_label_where_a_sentence_was_wrapped_begins_nothing() -> None:
    words = (
        "C1.1 This measure applies to what is described in paragraph\n(c) of the list, and to nothing else.\n"
    )
    assert body(read(words)) == [f"text {' '.join(words.split())}"]


def test_a_long_list_without_stops_is_items_by_their_sequence() -> None:
    words = "C1.1 All of:\n" + "".join(
        f"({letter}) a thing that is told at some length\n" for letter in "abcdef"
    )
    assert [line.split()[1] for line in body(read(words))[1:]] == [f"({letter})" for letter in "abcdef"]


def test_a_number_where_a_sentence_was_wrapped_begins_nothing() -> None:
    words = (
        "C1.2 The provider should do everything that it has to do under\nC1.1 and all that follows from it.\n"
    )
    assert body(read(words)) == [f"text {' '.join(words.split())}"]


def test_indents_show_the_depth_where_they_agree_with_the_labels() -> None:
    words = "C1.1 A:\n  (a) b:\n     (i) c;\n     (ii) d;\n  (b) e.\n"
    assert body(read(words))[1:] == ["item1 (a) b:", "item2 (i) c;", "item2 (ii) d;", "item1 (b) e."]


def test_indents_that_jump_about_show_none() -> None:
    words = "C1.1 A:\n  (a) b;\n     (b) c;\n (c) d.\n"
    assert body(read(words))[1:] == ["item- (a) b;", "item- (b) c;", "item- (c) d."]


@pytest.mark.parametrize(
    ("words", "joined"),
    [
        ("C1.1 A file-\nsharing service.", "text C1.1 A file-sharing service."),
        ("C1.1 Of moder-\nation and moderation.", "text C1.1 Of moderation and moderation."),
        ("C1.1 Of re-\nport, report and re-port.", "text C1.1 Of re-port, report and re-port."),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_goes_only_where_the_text_has_the_word(words: str, joined: str) -> None:
    assert body(read(words)) == [joined]


PAGES = (
    "Code\n\nC1.1 One goes\n\n- 1 -\fCode\n\non.\n\nC1.2 Two.\n\n- 2 -\f\fCode\n\nC1.3 Three.\n\n- 4 -\n\f"
)


def test_form_feeds_are_pages_and_what_they_repeat_is_furniture() -> None:
    source = read(PAGES)
    assert body(source) == ["text C1.1 One goes on.", "text C1.2 Two.", "text C1.3 Three."]
    assert shown(source)[3:] == [
        f"furniture {line}" for line in ("Code", "- 1 -", "Code", "- 2 -", "Code", "- 4 -")
    ]
    assert source.pages == 4
    assert source.empty_pages == (3,)
    assert [block.page for block in source.blocks] == [1, 2, 4, 1, 1, 2, 2, 4, 4]
    assert read("C1.1 One.").pages is None


def test_lines_with_as_many_tabs_are_a_table() -> None:
    source = read(
        "Index\nMeasure\tTitle\tApplication\nICU C1\tOne\teach\nICU C2\tTwo\t\n\tThree\tall\n\nC1.1 Words."
    )
    assert body(source) == [
        "heading6 Index",
        "row Measure | Title | Application",
        "row ICU C1 | One | each",
        "row ICU C2 | Two | ",
        "row  | Three | all",
        "text C1.1 Words.",
    ]


def test_a_block_knows_its_line() -> None:
    assert [block.line for block in read("\n\nC1.1 One\ntwo:\n(a) b;\n\n(b) c.\fD\n").blocks] == [3, 5, 7, 7]


def test_empty_text_is_refused() -> None:
    with pytest.raises(InputError, match="holds no text"):
        parse_text(" \n\f\n", "a.txt")


LINES = st.lists(
    st.sampled_from(
        ["", "C1.1", "C1.1 words that", "(a) words;", "   (i) words", "words", "- words", "A\twords",
         "\twords", "\f", "Words", "words-", "=====", "  words and", "(b)"]
    ),
    max_size=30,
)  # fmt: skip


@given(LINES)
def test_any_lines_keep_every_letter(lines: list[str]) -> None:
    words = "\n".join(lines)
    try:
        source = read(words)
    except InputError as problem:
        assert "holds no text" in problem.cause  # noqa: PT017
        return
    kept = sorted(letter for letter in source.text if letter.isalnum())
    assert kept == sorted(letter for letter in words if letter.isalnum())
