"""What holds for every PDF: each printed character is in one block or a mark; same in, same out."""

from collections import Counter
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest

from analyser.reading.canonical import clean
from analyser.reading.pdf import read_pdf
from analyser.reading.source import BlockKind, Source
from tests.typeset.content import read_content
from tests.typeset.layout import LAYOUTS, random_layout
from tests.typeset.pdf import typeset
from tests.typeset.samples import CODE

MADE = [*LAYOUTS, *(random_layout(seed) for seed in (3, 12, 24, 36, 124))]


@pytest.fixture(scope="module", params=MADE, ids=lambda layout: layout.name)
def printed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Source]:
    """Return a typeset file of the built-in code and what the reader makes of it."""
    layout = request.param
    path = tmp_path_factory.mktemp("pdf") / f"{layout.name}.pdf"
    path.write_bytes(typeset(read_content(CODE, layout.footnotes_every), layout))
    return path, read_pdf(path, path.name)


def in_file(path: Path) -> Counter[str]:
    """Return every printed character of a file as pdfium gives them, hyphens apart."""
    document = pypdfium2.PdfDocument(path)
    try:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()
    return Counter("".join(clean(text.replace("\ufffe", "").replace("-", "")).split()))


def test_every_printed_character_is_in_one_block_or_a_mark(printed: tuple[Path, Source]) -> None:
    path, source = printed
    held = "".join(block.span.of(source.text) for block in source.blocks)
    held += "".join(mark.label for mark in source.marks)
    assert Counter("".join(held.replace("-", "").split())) == in_file(path)


def test_blocks_do_not_overlap_and_leave_only_space(printed: tuple[Path, Source]) -> None:
    _, source = printed
    end = 0
    for block in source.blocks:
        assert not source.text[end : block.span.start].strip()
        assert block.span.start >= end
        end = block.span.end
    assert source.text[end:] == "\n"


def test_cells_and_marks_lie_in_their_blocks(printed: tuple[Path, Source]) -> None:
    _, source = printed
    for block in source.blocks:
        assert all(block.span.holds(cell) for cell in block.cells)
        if block.kind is BlockKind.ROW:
            words = "\t".join(cell.of(source.text) for cell in block.cells)
            assert words == block.span.of(source.text)
    assert all(0 < mark.at <= len(source.text) for mark in source.marks)


def test_the_same_bytes_give_the_same_source(printed: tuple[Path, Source]) -> None:
    path, source = printed
    assert read_pdf(path, path.name) == source


def test_every_block_has_its_page(printed: tuple[Path, Source]) -> None:
    _, source = printed
    assert source.pages
    assert all(block.page and 1 <= block.page <= source.pages for block in source.blocks)
