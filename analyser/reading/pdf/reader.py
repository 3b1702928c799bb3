"""Read a PDF: its characters, their lines in reading order, and the blocks those make."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from analyser.errors import InputError
from analyser.reading.canonical import Draft, Words, make_source
from analyser.reading.pdf.blocks import BlockReader
from analyser.reading.pdf.characters import CharacterReader
from analyser.reading.pdf.footnotes import take_footnotes
from analyser.reading.pdf.furniture import Furnished, take_contents, take_furniture
from analyser.reading.pdf.handles import opened, page_of
from analyser.reading.pdf.hyphens import Hyphens
from analyser.reading.pdf.layout import Line, Page, joined
from analyser.reading.pdf.lines import body_size, grids, in_order
from analyser.reading.pdf.packed import check_packed
from analyser.reading.pdf.setting import measures
from analyser.reading.pdf.tables import Row, TableReader
from analyser.reading.pdf.wording import Wording
from analyser.reading.source import BlockKind, Media, Source

# As much of hidden words is said in a warning; all of them stand in the furniture.
_SAID = 120
_NAMED_PAGES = 12


def read_pdf(path: Path, shown_as: str) -> Source:
    """Return the canonical text and blocks of a PDF.

    A paragraph is one block whatever columns and pages it runs over; marks of footnotes are taken out of it.
    Words that nobody sees on the page (invisible, white, tiny, outside it) are told in `warnings` and stand
    in the furniture. Raises InputError for a file that is no PDF, is damaged or encrypted, is a scan without
    words, or is larger than any code.
    """
    from analyser.reading.open import read_bytes, sha256

    raw = read_bytes(path, shown_as)
    damaged = check_packed(raw, shown_as)
    pages, unread = _pages(raw, shown_as)
    empty = tuple(page.number for page in pages if not page.pieces and not page.aside)
    if len(empty) == len(pages):
        raise _without_words(pages, shown_as, damaged)
    reader, furniture = _blocks(pages)
    drafts = reader.flow.drafts
    drafts += [
        Draft(BlockKind.FURNITURE, _words(one.text), page=one.page)
        for one in sorted(furniture, key=lambda one: one.page)
    ]
    return make_source(
        shown_as,
        Media.PDF,
        drafts,
        file_sha256=sha256(raw),
        pages=len(pages),
        empty_pages=empty,
        warnings=[*_damage(damaged), *_warnings(pages, empty, unread)],
    )


def _pages(raw: bytes, shown_as: str) -> tuple[list[Page], list[int]]:
    """Return every page, and the numbers of those that cannot be read (as empty pages)."""
    pages: list[Page] = []
    unread: list[int] = []
    with opened(raw, shown_as) as (document, count):
        reader = CharacterReader(shown_as)
        for number in range(1, count + 1):
            with page_of(document, number - 1) as handles:
                if handles:
                    pages.append(reader.read(*handles, number))
                else:
                    pages.append(Page(number, 595, 842))
                    unread.append(number)
    return pages, unread


def _blocks(pages: Sequence[Page]) -> tuple[BlockReader, list[Furnished]]:
    """Return the blocks of the body with the footnotes, and what the pages carry for themselves."""
    furniture = take_furniture(pages)
    body = body_size(pages)
    columns = grids(pages)
    lines: list[Line] = []
    for page in pages:
        if page.number in columns:
            lines += in_order(page, columns[page.number], body)
    lines, contents = take_contents(lines)
    lines, notes = take_footnotes(lines, pages, body)
    parts, heads = TableReader(pages).read(lines)
    set_lines = [part for part in parts if isinstance(part, Line)]
    wording = Wording(Hyphens(_texts(parts)), notes)
    reader = BlockReader(measures(set_lines, body), wording)
    reader.read(parts)
    for note in notes.notes:
        words = wording.words(note.lines, note.page)
        reader.flow.apart(BlockKind.FOOTNOTE, words.prefixed(note.label), 1, note.page)
    aside = [Furnished(page.number, words) for page in pages for words in page.aside]
    hidden = [Furnished(page.number, one.text) for page in pages for one in page.hidden]
    return reader, [*furniture, *contents, *heads, *aside, *hidden]


def _texts(parts: Sequence[Line | Row]) -> list[str]:
    texts: list[str] = []
    for part in parts:
        if isinstance(part, Line):
            texts.append(part.text)
        else:
            texts += [joined(line) for cell in part.cells for line in cell]
    return texts


def _words(text: str) -> Words:
    return Words.of([text.replace("\ufffe", "-").replace("\x02", "-")])


def _without_words(pages: Sequence[Page], shown_as: str, damaged: int) -> InputError:
    if damaged:
        return InputError(
            f"The PDF {shown_as} is damaged: none of its words can be unpacked",
            fix="Download or save the document again.",
        )
    hidden = [page.number for page in pages if page.hidden]
    if hidden:
        return InputError(
            f"Nothing in {shown_as} can be seen: its words are invisible, white, tiny or outside the page",
            place=f"{shown_as}, page {hidden[0]}",
            fix="Ask for the document as it was published.",
        )
    if not any(page.pictured for page in pages):
        return InputError(
            f"The PDF {shown_as} has no words on any of its pages ({len(pages)}), and no pictures of pages",
            fix="Give the document itself; text recognition (OCR) can add words that are drawn as shapes.",
        )
    return InputError(
        f"The PDF {shown_as} has no words on any of its pages ({len(pages)}): it is a scan",
        fix="Let a text recognition (OCR) program add the words to it, and give the file that it makes.",
    )


def _damage(parts: int) -> list[str]:
    if not parts:
        return []
    return [f"The file is damaged: {parts} of its parts cannot be unpacked, so words can be missing."]


def _warnings(pages: Sequence[Page], empty: Sequence[int], unread: Sequence[int]) -> list[str]:
    said: list[str] = []
    if unread:
        said.append(f"{_named(unread)} cannot be read: the file is damaged there.")
    blank = [number for number in empty if number not in unread]
    if blank:
        said.append(f"{_named(blank)} without words: blank, or a picture whose words are not in the file.")
    overlaid = [page.number for page in pages if page.overlaid]
    if overlaid:
        said.append(
            f"{_named(overlaid)}: the words are an invisible layer over a picture, as text recognition (OCR) "
            "makes it, and can differ from what is seen."
        )
    unmapped = [page.number for page in pages if page.unmapped]
    if unmapped:
        count = sum(page.unmapped for page in pages)
        said.append(
            f"{_named(unmapped)}: {count} characters of a font that does not say which letters they are."
        )
    by_reason: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for page in pages:
        for one in page.hidden:
            by_reason[one.why].append((page.number, one.text))
    for why, found in by_reason.items():
        words = " … ".join(" ".join(text.split()) for _, text in found)
        shown = words if len(words) <= _SAID else words[:_SAID].rsplit(" ", 1)[0] + " …"
        said.append(
            f"{_named([number for number, _ in found])}: words that nobody sees there ({why}), kept apart "
            f"from the text: “{shown}”"
        )
    return said


def _named(numbers: Sequence[int]) -> str:
    """Return pages by number, e.g. `Pages 2, 3 and 7`."""
    shown = [str(number) for number in numbers[:_NAMED_PAGES]]
    if len(numbers) > _NAMED_PAGES:
        return f"Pages {', '.join(shown)} and {len(numbers) - _NAMED_PAGES} more"
    if len(shown) == 1:
        return f"Page {shown[0]}"
    return f"Pages {', '.join(shown[:-1])} and {shown[-1]}"
