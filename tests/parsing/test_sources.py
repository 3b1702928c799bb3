"""Files that are no Markdown: their words are exact, nothing in them is lost, and no number that stands twice
is an error of ours to refuse.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyser.model.base import Basis
from analyser.parsing.document import parse
from analyser.parsing.numbering import Numbering
from analyser.reading.canonical import Draft
from analyser.reading.source import Media

from .sources import (
    ICU,
    footnote,
    furniture,
    heading,
    item,
    nodes_of,
    read,
    row,
    source_of,
    text,
    words_of,
)
from .test_tree import check_nodes

C2 = (heading("ICU C2 Taking down"), text("C2.1 This measure applies to each service."), text("C2.2 Act."))


def test_words_of_a_file_are_its_own_and_quoted() -> None:
    document = read(*C2)
    measure = document.measures[0]
    assert (document.exact, measure.title_basis) == (True, Basis.QUOTED)
    provision = measure.recommendation[0]
    assert (provision.number_basis, provision.text_basis, provision.exact) == (
        Basis.QUOTED,
        Basis.QUOTED,
        True,
    )


def test_the_official_file_is_official() -> None:
    document = parse(source_of(*C2), ICU, "icu", Basis.OFFICIAL)
    assert {one.text_basis for one in document.measures[0].provisions()} == {Basis.OFFICIAL}


def test_what_the_source_knows_of_its_file_is_kept() -> None:
    document = read(*C2)
    assert (document.media, document.pages, document.file_sha256) == ("pdf", 9, "0" * 64)


def test_provisions_know_the_page_on_which_they_start() -> None:
    document = read(
        C2[0], text("C2.1 This applies:", page=3), item("(a) here", page=3), item("(b) there", page=4)
    )
    assert [one.page for one in document.measures[0].provisions()] == [3, 3, 4]


def test_without_part_headings_the_paragraph_that_speaks_of_applying_is_the_application() -> None:
    document = read(*C2, heading("ICU C3 Policies"), text("C3.1 The provider should set a policy."))
    first, second = document.measures
    assert [one.number for one in first.application] == ["C2.1"]
    assert (second.application, [one.number for one in second.recommendation]) == ((), ["C3.1"])


def test_a_measure_is_complete_when_no_number_is_left_out_and_no_words_are_loose() -> None:
    whole, gap, loose = read(
        *C2,
        *(heading("ICU C3 With a gap"), text("C3.1 This applies."), text("C3.3 Act.")),
        *(heading("ICU C4 With loose words"), text("Loose."), text("C4.1 This applies.")),
    ).measures
    assert (whole.text_complete, gap.text_complete, loose.text_complete) == (True, False, False)


def test_title_page_words_are_front_matter_and_a_preamble_is_not() -> None:
    document = read(
        text("Published by the regulator"),
        heading("Codes of practice", depth=1),
        text("24 February 2025"),
        heading("Preamble"),
        text("These Codes are issued under the Act."),
        *C2,
    )
    assert words_of(document.front_matter, document) == ["Published by the regulator", "24 February 2025"]
    assert words_of(document.unplaced, document) == ["These Codes are issued under the Act."]
    assert 0.7 < document.placed < 1


@pytest.mark.parametrize(
    ("drafts", "why"),
    [
        ((text("Words", page=3),), "the third page is no title page"),
        ((text("word " * 201),), "so many words are no title page"),
        ((row("a", "b"), text("Words")), "a table ends it"),
        ((text("2.1 Numbered."), text("Words")), "a numbered paragraph ends it"),
    ],
)
def test_front_matter_ends(drafts: tuple[Draft, ...], why: str) -> None:
    document = read(heading("Codes", depth=1), *drafts, heading("Part"), *C2)
    assert document.front_matter == (), why
    assert document.unplaced, why


def test_footnotes_stand_beside_the_text_with_the_place_of_their_mark() -> None:
    document = read(
        C2[0],
        text("C2.1 This applies.", marks=[(10, "1")]),
        text("C2.2 Act soon.", page=2, marks=[(8, "1")]),
        footnote("1 See section 10."),
        footnote("1 Or sooner.", page=2),
        footnote("* Without a place.", page=2),
    )
    found = [(note.mark, note.page, note.at) for note in document.footnotes]
    first, second = (document.text.index(words) for words in ("This", "Act"))
    assert found == [("1", 1, first + 5), ("1", 2, second + 3), ("*", 2, None)]
    assert document.placed == 1.0


def test_furniture_stands_beside_the_text_with_its_pages() -> None:
    document = read(*C2, furniture("Page 1 of 2"), furniture("Page 2 of 2", page=2))
    assert [(piece.span.of(document.text), piece.page) for piece in document.furniture] == [
        ("Page 1 of 2", 1),
        ("Page 2 of 2", 2),
    ]
    assert document.placed == 1.0


def test_a_list_of_contents_opens_no_measure_twice() -> None:
    document = read(heading("Contents"), text("ICU C2 Taking down"), text("ICU C3 Policies"), *C2)
    assert [(one.id, len(list(one.provisions()))) for one in document.measures] == [
        ("ICU C3", 0),
        ("ICU C2", 2),
    ]
    assert document.placed == 1.0


def test_a_heading_that_says_go_on_goes_on() -> None:
    document = read(*C2, heading("ICU C2 Taking down (continued)", page=2), text("C2.3 Act again.", page=2))
    assert [one.number for one in document.measures[0].provisions()] == ["C2.1", "C2.2", "C2.3"]
    assert (len(document.measures), document.warnings) == (1, ())


def test_a_measure_with_two_headings_apart_is_read_as_one_and_told() -> None:
    document = read(*C2, heading("ICU C3 P"), text("C3.1 Act."), C2[0], text("C2.3 Act again."))
    assert [one.number for one in document.measures[0].provisions()] == ["C2.1", "C2.2", "C2.3"]
    assert document.warnings == ("ICU C2 has two headings; what stands below them is read as one",)


def test_a_number_that_stands_twice_is_told_and_the_second_has_no_place() -> None:
    document = read(*C2, text("C2.2 of this Code, as it says.", page=2))
    assert words_of(document.unplaced, document) == ["C2.2 of this Code, as it says."]
    assert document.warnings == (
        "C2.2 stands twice (page 1 and page 2); the second is not read as a paragraph",
    )


def test_a_label_that_a_list_has_twice_is_told_apart() -> None:
    document = read(C2[0], text("C2.1 Each of:"), item("(a) one", 1), item("(a) other", 1))
    assert [one.number for one in document.measures[0].provisions()] == ["C2.1", "C2.1(a)", "C2.1(a)[2]"]


def test_a_stray_heading_does_not_end_a_measure_whose_paragraphs_go_on() -> None:
    document = read(*C2, heading("Section of a page", depth=1), text("C2.3 Act again."))
    assert [one.number for one in document.measures[0].provisions()] == ["C2.1", "C2.2", "C2.3"]


def test_one_depth_for_labels_of_several_kinds_is_no_depth() -> None:
    document = read(
        C2[0], text("C2.1 Each of:"), *(item(f"({label}) x", 1) for label in ("a", "i", "ii", "b"))
    )
    numbers = [one.number for one in document.measures[0].provisions()]
    assert numbers == ["C2.1", "C2.1(a)", "C2.1(a)(i)", "C2.1(a)(ii)", "C2.1(b)"]


def test_no_list_is_nested_without_end() -> None:
    labels = [item("(a) x", depth) for depth in (*range(1, 2000), None)]
    document = read(C2[0], text("C2.1 Each of:"), *labels, *(item("(a) x") for _ in range(2000)))
    numbers = [one.number for one in document.measures[0].provisions()]
    assert max(number.count("(") for number in numbers) == 12
    assert document.placed == 1.0


def test_a_long_run_of_warnings_is_told_in_short() -> None:
    document = read(*C2, *(text("C2.2 Act.") for _ in range(50)))
    assert len(document.warnings) == 21
    assert document.warnings[-1] == "there are 30 more warnings of this kind"


def test_a_number_alone_takes_the_next_heading_as_its_title() -> None:
    numbering = Numbering(prefix="Article", measure=r"\d{1,3}", label=r"(?P<part>\d{1,2})\.")
    document = read(
        heading("Article 5"),
        heading("Duty to act", depth=3),
        text("1. Act."),
        text("2. Tell."),
        numbering=numbering,
    )
    measure = document.measures[0]
    assert (measure.id, measure.title) == ("Article 5", "Duty to act")
    assert measure.title_span.of(document.text) == "Duty to act"
    assert [one.number for one in measure.provisions()] == ["5(1)", "5(2)"]


INDEX = (
    row("Number", "Name", "Who it applies to"),
    row("ICU C2", "Taking down", "each"),
    row("", "", "service"),
    row("Number", "Name", "Who it applies to", page=2),
    row("ICU C3", "Policies", "large services", page=2),
)


def test_an_index_is_told_by_its_measures_and_goes_on_over_pages() -> None:
    document = read(*INDEX, *C2)
    found = [(one.measure, one.title, one.application) for one in document.index]
    assert found == [("ICU C2", "Taking down", "each service"), ("ICU C3", "Policies", "large services")]
    assert document.placed == 1.0


def test_rows_of_another_table_are_listed() -> None:
    document = read(*C2, row("Kind", "Time"), row("fraud", "two days"))
    assert words_of(document.unplaced, document) == ["fraud\ttwo days"]


DRAFTS = st.sampled_from(
    [
        *C2,
        *INDEX,
        heading("Codes", depth=1),
        heading("Application", depth=3),
        heading("Recommendation", depth=3),
        heading("ICU C3 Policies"),
        heading("ICU C4"),
        text("ICU C5 A heading that does not look like one"),
        text("C2.3 The provider should:"),
        text("C3.1 This applies to: (a) one; or"),
        text("C2.2 again"),
        text("2.3 Large service means a service."),
        text("Loose words.", page=7),
        text("(b) a label"),
        item("(a) one; and"),
        item("(i) either", 2),
        item("(ii) or"),
        item("• bullet", 1),
        item("C2.4 A paragraph set as an item."),
        row("Row", "Kind"),
        row("2", "CSEA"),
        row("alone"),
        footnote("1 See section 10."),
        furniture("Page 3"),
    ]
)
NUMBERINGS = st.sampled_from(
    [
        ICU,
        Numbering(prefix="ICU", unnumbered=True, items=("•", "a)")),
        Numbering(prefix="", measure=r"[A-Z]\d", alone=r"C\d\.\d", label=r"\((?P<part>[a-z])\)"),
    ]
)


@given(st.lists(DRAFTS, min_size=1, max_size=30), NUMBERINGS, st.sampled_from([Media.PDF, Media.TEXT]))
def test_every_character_lies_in_one_node_or_is_listed(
    drafts: list[Draft], numbering: Numbering, media: Media
) -> None:
    body = [heading("Codes of practice"), *drafts]
    document = read(*body, numbering=numbering, media=media)
    held = nodes_of(document)
    for place, character in enumerate(document.text):
        nodes = sum(span.start <= place < span.end for span in held)
        assert character.isspace() or nodes == 1, f"{character!r} at {place} lies in {nodes} nodes"
    for measure in document.measures:
        for provision in (*measure.application, *measure.recommendation):
            check_nodes(document, provision)
    assert (document.placed == 1.0) is not bool(document.unplaced)
    numbers = [one.number for measure in document.measures for one in measure.provisions()]
    assert len(numbers) == len(set(numbers))
