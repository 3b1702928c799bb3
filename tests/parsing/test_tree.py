"""From Markdown to the tree: every character has its place, items stand under their paragraph, tails govern
all items.
"""

import hashlib
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyser import library
from analyser.catalogue import read_document
from analyser.errors import InputError
from analyser.model.base import Basis
from analyser.model.text import Document, Provision, Span
from analyser.parsing.document import parse
from analyser.parsing.numbering import Numbering
from analyser.reading.markdown import parse_markdown, read_markdown


def tree_of(markdown: str) -> Document:
    return parse(parse_markdown(markdown, "a.md"), Numbering(prefix="ICU"), "icu")


def paragraph(body: str) -> tuple[Document, Provision]:
    """Read one paragraph, Z1.1, of a measure's application."""
    document = tree_of(f"## ICU Z1 A measure\n\n### Application\n\nZ1.1 {body}")
    return document, document.measures[0].application[0]


def shape(document: Document, provision: Provision) -> dict[str, str]:
    """Return number and own words of a provision and of all its items."""
    return {part.number: part.lead.of(document.text) for part in provision.walk()}


def own_spans(provision: Provision) -> Iterator[Span]:
    for part in provision.walk():
        yield part.lead
        if part.tail:
            yield part.tail


def test_items_stand_under_their_paragraph_by_the_dashes() -> None:
    document, provision = paragraph(
        "A service that:\n- (a) is large and:\n  - (i) sings; or\n  - (ii) sells; or\n- (b) is small."
    )
    assert shape(document, provision) == {
        "Z1.1": "A service that:",
        "Z1.1(a)": "is large and:",
        "Z1.1(a)(i)": "sings; or",
        "Z1.1(a)(ii)": "sells; or",
        "Z1.1(b)": "is small.",
    }
    assert provision.tail is None


def test_items_without_dashes_are_told_apart_by_their_sequence() -> None:
    document, provision = paragraph(
        "A service that:\n(a) is large and:\n(i) sings; or\n(ii) sells; or\n(b) is small."
    )
    assert [part.number for part in provision.walk()] == [
        "Z1.1",
        "Z1.1(a)",
        "Z1.1(a)(i)",
        "Z1.1(a)(ii)",
        "Z1.1(b)",
    ]
    assert document.placed == 1.0


def test_items_without_labels_are_numbered_in_order() -> None:
    _, provision = paragraph("All of these:\n- one\n- two")
    assert [item.number for item in provision.items] == ["Z1.1(1)", "Z1.1(2)"]


def test_words_after_the_items_are_the_tail_of_the_paragraph() -> None:
    document, provision = paragraph("A service that is:\n- (a) large, or\n- (b) old,\n\nother than a forum.")
    assert provision.tail is not None
    assert provision.tail.of(document.text) == "other than a forum."
    assert provision.span.holds(provision.tail)
    assert document.placed == 1.0


def test_a_paragraph_that_begins_with_a_label_begins_with_an_item() -> None:
    document, provision = paragraph(
        "(1) This Part applies to forums.\n(2) It does not apply to Category 1 services."
    )
    assert shape(document, provision) == {
        "Z1.1": "",
        "Z1.1(1)": "This Part applies to forums.",
        "Z1.1(2)": "It does not apply to Category 1 services.",
    }


def test_a_label_brought_to_the_line_start_by_wrapping_opens_no_item() -> None:
    document, provision = paragraph("A platform that: (a) is old; (b) is large; or\n(c) sings.")
    assert not provision.items
    assert provision.lead.of(document.text) == "A platform that: (a) is old; (b) is large; or\n(c) sings."


def test_a_cross_reference_in_an_item_does_not_swallow_the_next_item() -> None:
    _, provision = paragraph(
        "(1) Subject to paragraph (2), this applies.\n(2) It has an end.\n(3) Paragraph (2) ends."
    )
    assert [item.number for item in provision.items] == ["Z1.1(1)", "Z1.1(2)", "Z1.1(3)"]


def test_marks_at_the_margin_speak_of_the_paragraph_and_indented_ones_of_their_item() -> None:
    document = tree_of(
        "## ICU Z1 A measure\n{: title=quoted}\n\n### Application\n\nZ1.1 A service that:\n"
        "- (a) is large;\n  {: text=quoted}\n"
        '  {: phrase="large" basis=official}\n- (b) is old.\n{: number=secondary text=recall-high}\n'
    )
    provision = document.measures[0].application[0]
    first, second = provision.items
    assert (provision.number_basis, provision.text_basis) == (Basis.SECONDARY, Basis.RECALL_HIGH)
    assert (first.number_basis, first.text_basis) == (Basis.SECONDARY, Basis.QUOTED)
    assert [(one.phrase, one.basis) for one in first.phrases] == [("large", Basis.OFFICIAL)]
    assert (second.text_basis, second.phrases) == (Basis.RECALL_HIGH, ())


BROKEN = [
    pytest.param(
        "## ICU Z1 A\n\nZ1.1 One.\n\nZ1.1 Two.\n", "line 5", "Z1.1 stands twice", id="paragraph twice"
    ),
    pytest.param(
        "---\ncode: x\n---\n## ICU Z1 A\n\n## ICU Z1 B\n", "line 6", "ICU Z1 stands twice", id="measure twice"
    ),
    pytest.param(
        "## ICU Z1 A\n\nZ1.1 X:\n- (a) one\n- (a) two\n", "line 5", "Z1.1(a) stands twice", id="item twice"
    ),
    pytest.param(
        "## ICU Z1 A\n\nZ1.1 One.\n{: text=certain}\n", "line 4", "'certain' is not a basis", id="basis"
    ),
    pytest.param(
        "## ICU Z1 A\n\nZ1.1 One.\n{: text quoted!}\n", "line 4", "cannot be read", id="attribute line"
    ),
    pytest.param("{: text=quoted}\n", "line 1", "before any text", id="attribute without text"),
    pytest.param("---\ncode: x\n", "line 1", "not closed", id="front matter open"),
    pytest.param("---\ncode: x\nwords\n---\n", "line 3", "not `key: value`", id="front matter"),
    pytest.param("", "line 1", "holds no text", id="empty"),
    pytest.param("\n \n", "line 2", "holds no text", id="blank"),
    pytest.param("Words\n\x00", "line 2", "NUL", id="NUL"),
]


@pytest.mark.parametrize(("markdown", "line", "cause"), BROKEN)
def test_a_broken_text_is_refused_with_file_and_line(markdown: str, line: str, cause: str) -> None:
    with pytest.raises(InputError) as caught:
        tree_of(markdown)
    assert cause in caught.value.cause
    assert caught.value.place == f"a.md, {line}"
    assert caught.value.fix


def test_bytes_that_are_no_text_are_refused_with_their_line(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("code") / "a.md"
    path.write_bytes(b"## ICU Z1 A\n\nZ1.1 caf\xe9\n")
    with pytest.raises(InputError) as caught:
        read_markdown(path, "a.md")
    assert caught.value.place == "a.md, line 3, byte 21"


def test_a_missing_file_is_refused_in_a_sentence(tmp_path_factory: pytest.TempPathFactory) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_markdown(tmp_path_factory.mktemp("code") / "none.md", "none.md")


def test_line_endings_and_a_byte_order_mark_change_nothing(tmp_path_factory: pytest.TempPathFactory) -> None:
    plain = "---\ncode: x\n---\n## ICU Z1 A\n\n### Application\n\nZ1.1 A service that:\n- (a) is large.\n"
    path = tmp_path_factory.mktemp("code") / "a.md"
    path.write_bytes(b"\xef\xbb\xbf" + plain.replace("\n", "\r\n").encode())
    read = parse(read_markdown(path, "a.md"), Numbering(prefix="ICU"), "icu")
    assert read.file_sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert read.model_copy(update={"file_sha256": ""}) == tree_of(plain)


def test_what_no_node_holds_is_listed() -> None:
    document = tree_of("Loose words.\n\n## ICU Z1 A\n\nZ1.1 Held.\n\nMore loose words.")
    assert [span.of(document.text) for span in document.unplaced] == ["Loose words.", "More loose words."]
    assert 0 < document.placed < 1


def test_the_built_in_code_is_placed_whole() -> None:
    document = read_document(library.resolve("2025-02-24"))
    assert (document.placed, document.unplaced) == (1.0, ())
    numbers = [measure.number for measure in document.measures]
    expected = [
        f"{letter}{place}"
        for letter, last in (("A", 7), ("C", 10), ("D", 14), ("E", 1))
        for place in range(1, last + 1)
    ]
    assert numbers == [*expected, "F1", "F2", "G1", "G2", "G3", "H1", "J1", "J2", "J3"]
    assert len(numbers) == 41
    assert all(measure.application and measure.recommendation for measure in document.measures)
    assert [row.measure for row in document.index] == [measure.id for measure in document.measures]


def test_no_two_nodes_of_the_built_in_code_share_a_character() -> None:
    document = read_document(library.resolve("2025-02-24"))
    for measure in document.measures:
        for provision in (*measure.application, *measure.recommendation):
            check_nodes(document, provision)


def check_nodes(document: Document, provision: Provision) -> None:
    """Check that the parts of a provision lie apart, in order and within it, and that labels stand where they
    are said to.
    """
    for part in provision.walk():
        assert part.span.holds(part.lead), part.number
        assert all(part.span.holds(item.span) for item in part.items), part.number
        assert part.tail is None or part.span.holds(part.tail)
        if part.label.startswith("(") and document.text[part.span.start] == "(":
            assert document.text.startswith(part.label, part.span.start)
    spans = sorted(own_spans(provision), key=lambda span: (span.start, span.end))
    for before, after in pairwise(spans):
        assert before.end <= after.start, f"two nodes share {document.text[after.start : before.end]!r}"


SOUP = """\
## ICU C1 A measure
## ICU C2 Another
# Section 4: Measures
### Application
### Recommendation
#### Aside
C1.1 This measure applies to each service that:
C1.2 The provider should have:
C1.u1 Words.
C2.1 A service.
2.3 Large service means a service.
- (a) is large; and
- (b) is at high risk of fraud.
  - (i) either
  - (ii) or
(a) lettered
(b) or (c)
(i) roman
(1) numbered (2) here
(2) second
C1.3 (1) first (a) x or
(A) capital
and which is old.
- no label
* star
> A note of ours.
{: number=quoted text=secondary}
  {: phrase="x y" basis=official}
| Measure | Title | Application |
|---|---|---|
| ICU C1 | A measure | each service |
| Row | Kind |
| 2 | CSEA |
**bold** words
---
é — “quoted”
"""
BITS = ["", " ", "\t", "\u2028", "\x0c", "|", "#", "-", "- ", "(", "{: }"]
LINES = st.sampled_from([*SOUP.splitlines(), *BITS])
LISTS = st.lists(LINES, max_size=30).map("\n".join)


def tree_or_refusal(markdown: str) -> Document | InputError:
    try:
        return tree_of(markdown)
    except InputError as refused:
        return refused


@given(LISTS)
def test_any_soup_of_lines_is_placed_or_listed_or_refused(markdown: str) -> None:
    document = tree_or_refusal(markdown)
    if isinstance(document, InputError):
        assert document.place.startswith("a.md, line ")
        return
    paragraphs = [*document.sections]
    for measure in document.measures:
        paragraphs += [*measure.application, *measure.recommendation]
    held = [*document.headings, *document.unplaced, *(provision.span for provision in paragraphs)]
    held += [note.span for note in document.notes]
    held += [row.span for row in document.index]
    held += [row.span for row in document.harm_rows]
    for place, character in enumerate(document.text):
        nodes = sum(span.start <= place < span.end for span in held)
        assert character.isspace() or nodes == 1, f"{character!r} at {place} lies in {nodes} nodes"
    for provision in paragraphs:
        check_nodes(document, provision)
    assert (document.placed == 1.0) is not bool(document.unplaced)


@given(st.text(max_size=400))
def test_any_text_is_read_or_refused_in_one_sentence(words: str) -> None:
    document = tree_or_refusal(words)
    if isinstance(document, InputError):
        assert "\n" not in document.cause
        assert document.fix
    else:
        assert 0.0 <= document.placed <= 1.0


@given(LISTS)
def test_reading_the_same_text_twice_gives_the_same_tree(markdown: str) -> None:
    first, second = tree_or_refusal(markdown), tree_or_refusal(markdown)
    assert str(first) == str(second)
