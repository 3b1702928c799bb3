"""A code typeset as a publisher's file and read back says what its Markdown says."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from analyser import library
from analyser.analysis import Analysis
from analyser.analysis import study as judge
from analyser.coverage.study import Study
from analyser.model.text import Document
from analyser.reading.markdown import parse_markdown
from analyser.reading.source import BlockKind, Media, Source
from analyser.rulebook import Rulebook
from tests.typeset import docx, html, pdf, same
from tests.typeset.content import Content, Kind, content, read_content
from tests.typeset.layout import LAYOUTS, Layout, random_layout
from tests.typeset.repeated import repeated

# Layouts drawn by chance that a reader has to look at twice: two and three columns, rows split over them,
# tables without rules, headings of two lines, pages on their side, words broken at the line's end.
SEEDS = (4, 6, 9, 10, 11, 12, 13, 20, 25, 26, 34, 36)
# What a file prints besides its document and what belongs to its pages: the line below the title.
BESIDE = {pdf.TITLE_PAGE, docx.SUBTITLE}

Made = Callable[[Content], bytes]


def _pdf(layout: Layout) -> tuple[str, int, Made]:
    return f"{layout.name}.pdf", layout.footnotes_every, lambda made: pdf.typeset(made, layout)


def _web(web: html.Web) -> tuple[str, int, Made]:
    return f"{web.name}.html", web.footnotes_every, lambda made: html.typeset(made, web)


def _word(word: docx.Word) -> tuple[str, int, Made]:
    return f"{word.name}.docx", word.footnotes_every, lambda made: docx.typeset(made, word)


PRINTS = (*map(_pdf, LAYOUTS), *map(_web, html.VARIANTS), *map(_word, docx.VARIANTS))
CHANCE = tuple(_pdf(random_layout(seed)) for seed in SEEDS)
# One of each kind of file, for what is slow to judge.
JUDGED = ("ofcom.pdf", "govuk.html", "computed.docx")


class Print:
    """A typeset file, read back."""

    def __init__(self, name: str, made: Content, source: Source, document: Document) -> None:
        self.name = name
        self.made = made
        self.source = source
        self.document = document


@pytest.fixture(scope="module")
def printed(code_markdown: str, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Print]:
    """Typeset the built-in code as the file of a name, read it back, and keep it for the other tests."""
    folder = tmp_path_factory.mktemp("prints")
    kept: dict[str, Print] = {}

    def read(name: str) -> Print:
        if name not in kept:
            every, typeset = next((every, make) for one, every, make in (*PRINTS, *CHANCE) if one == name)
            made = content(parse_markdown(code_markdown, "code.md"), every)
            path: Path = folder / name
            path.write_bytes(typeset(made))
            kept[name] = Print(name, made, *same.read_document(path))
        return kept[name]

    return read


@pytest.fixture(scope="module")
def expected(code_markdown: str) -> Document:
    """The tree that every file must give."""
    return same.document_of_markdown(code_markdown)


@pytest.fixture(scope="module")
def expected_study(expected: Document, analysis: Analysis, rules: Rulebook) -> Study:
    """What is read from that tree."""
    return judge(expected, analysis.revision, rules)


@pytest.fixture(scope="module")
def expected_gaps(code_markdown: str, analysis: Analysis, rules: Rulebook) -> list[object]:
    """The gaps of a tree whose words are the publisher's own, as those of a typeset file are."""
    document = same.document_of_markdown(code_markdown, media=Media.TEXT)
    assert document.exact
    return list(_gaps(document, analysis, rules))


def _gaps(document: Document, analysis: Analysis, rules: Rulebook) -> Iterator[object]:
    judged = Analysis(document, analysis.revision, rules)
    for item in judged.ranked_gaps(include_all=True):
        yield item.row.model_dump(exclude={"basis", "basis_detail"})


ALL = [name for name, _, _ in PRINTS]
DRAWN = [name for name, _, _ in CHANCE]


@pytest.mark.parametrize("name", [*ALL, *DRAWN])
def test_the_tree_is_that_of_the_markdown(
    name: str, printed: Callable[[str], Print], expected: Document
) -> None:
    document = printed(name).document
    assert same.differences(expected, document) == []
    # Of tracked changes the reader tells; there is nothing else to warn of.
    assert ["tracked changes" in warning for warning in document.warnings] == [True] * name.startswith(
        "tracked"
    )


@pytest.mark.parametrize("name", [*ALL, *DRAWN])
def test_all_that_is_printed_has_its_place(name: str, printed: Callable[[str], Print]) -> None:
    document = printed(name).document
    assert set(same.unplaced_words(document)) <= BESIDE
    lost = sum(len(words.replace(" ", "")) for words in same.unplaced_words(document))
    whole = sum(not character.isspace() for character in document.text)
    assert document.placed == pytest.approx(1 - lost / whole, abs=1e-6)


@pytest.mark.parametrize("name", [*ALL, *DRAWN])
def test_every_character_is_in_one_block(name: str, printed: Callable[[str], Print]) -> None:
    source = printed(name).source
    at = 0
    for block in source.blocks:
        assert source.text[at : block.span.start].strip() == ""
        assert at <= block.span.start <= block.span.end
        at = block.span.end
    assert source.text[at:].strip() == ""


@pytest.mark.parametrize("name", [*ALL, *DRAWN])
def test_footnotes_are_set_apart_and_their_marks_leave_the_words(
    name: str, printed: Callable[[str], Print]
) -> None:
    one = printed(name)
    assert same.footnote_differences(one.made, one.source) == []


@pytest.mark.parametrize("name", [name for name in ALL if name.endswith(".pdf")])
def test_what_pages_carry_is_furniture(name: str, printed: Callable[[str], Print]) -> None:
    one = printed(name)
    furniture = [
        block.span.of(one.source.text) for block in one.source.blocks if block.kind is BlockKind.FURNITURE
    ]
    pages = one.source.pages or 0
    assert pages > 5
    assert furniture.count(one.made.title) == pages - 1
    wanted = next(layout.page_numbers for layout in LAYOUTS if f"{layout.name}.pdf" == name)
    assert {wanted.format(n=page, m=pages) for page in range(2, pages + 1)} <= set(furniture)


@pytest.mark.parametrize("name", ALL)
def test_what_is_read_from_the_tree_is_the_same(
    name: str,
    printed: Callable[[str], Print],
    expected_study: Study,
    analysis: Analysis,
    rules: Rulebook,
) -> None:
    found = judge(printed(name).document, analysis.revision, rules)
    assert same.applications(found) == same.applications(expected_study)
    assert same.exemptions(found) == same.exemptions(expected_study)
    assert len(found.exemptions) > 100
    assert [duty.id for duty in found.duties] == [duty.id for duty in expected_study.duties]


@pytest.mark.parametrize("name", JUDGED)
def test_the_gaps_are_the_same(
    name: str,
    printed: Callable[[str], Print],
    expected_gaps: list[object],
    analysis: Analysis,
    rules: Rulebook,
) -> None:
    assert expected_gaps
    assert list(_gaps(printed(name).document, analysis, rules)) == expected_gaps


@pytest.mark.parametrize("name", JUDGED)
def test_another_code_reads_as_well(name: str, tmp_path: Path) -> None:
    ref = library.resolve("illegal-content-search@2025-02-24")
    every, typeset = next((every, make) for one, every, make in PRINTS if one == name)
    path = tmp_path / name
    path.write_bytes(typeset(read_content(ref.path, every)))
    wanted = same.document_of_markdown(ref.path.read_text(encoding="utf-8"), ref)
    assert len(wanted.measures) == 34
    assert same.differences(wanted, same.read_document(path, ref)[1]) == []


def test_a_changed_word_shows(code_markdown: str, expected: Document) -> None:
    """The comparison itself would notice a lost word, a moved item and a lost row."""
    for old, new in (
        ("unless it is currently not technically feasible", "unless it is not technically feasible"),
        ("  - (iv) direct messaging;", "- (iv) direct messaging;"),
        ("| 2B | Image-based CSAM |\n", ""),
        ("| ICU D7 | Appropriate", "| ICU D77 | Appropriate"),
    ):
        assert old in code_markdown
        changed = same.document_of_markdown(code_markdown.replace(old, new, 1))
        assert same.differences(expected, changed)


@pytest.mark.parametrize("name", [*ALL, *DRAWN[:3]])
def test_the_same_words_give_the_same_bytes(name: str, code_markdown: str) -> None:
    every, typeset = next((every, make) for one, every, make in (*PRINTS, *CHANCE) if one == name)
    made = content(parse_markdown(code_markdown, "code.md"), every)
    assert typeset(made) == typeset(made)


def test_a_repeated_code_has_numbers_of_its_own(code_markdown: str) -> None:
    made = content(parse_markdown(repeated(code_markdown, 4), "long.md"))
    headings = [piece.words.split()[1] for piece in made.pieces if piece.kind is Kind.MEASURE]
    assert len(headings) == len(set(headings)) == 4 * 41
    rows = [row[0] for piece in made.pieces for row in piece.rows if row[0].startswith("ICU ")]
    assert rows == [f"ICU {number}" for number in headings]
    labels = [piece.label for piece in made.pieces if piece.kind is Kind.PARAGRAPH]
    assert len(labels) == len(set(labels))
