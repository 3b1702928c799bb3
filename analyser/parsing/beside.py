"""What a source holds beside its body: the words of its title page, footnotes, the furniture of its pages."""

from collections import defaultdict

from analyser.model.text import Footnote, Furniture, Span
from analyser.parsing.numbering import Numbering
from analyser.reading.source import BlockKind, Mark, Source

# A title page and its back; more words than that are no front matter.
_FRONT_PAGES = 2
_FRONT_WORDS = 200
_LONGEST_MARK = 4


def front_matter(source: Source, numbering: Numbering) -> tuple[Span, ...]:
    """Return the words of the title page: before the first heading, and between it and the second.

    They end with the first measure, numbered paragraph or table, with the second page, or after 200 words; a
    preamble is not front matter, and stays to be listed.
    """
    found: list[Span] = []
    headings = words = 0
    body = [block for block in source.blocks if block.kind not in (BlockKind.FOOTNOTE, BlockKind.FURNITURE)]
    if not any(block.kind is BlockKind.HEADING for block in body):
        return ()
    for block in body:
        own = block.span.of(source.text)
        if block.kind is BlockKind.HEADING:
            headings += 1
            if headings == 2 or numbering.heading(own) or numbering.bare_heading(own):
                break
            continue
        if numbering.prefix and numbering.heading(own):
            break
        words += len(own.split())
        late = (block.page or 1) > _FRONT_PAGES or words > _FRONT_WORDS
        if block.kind not in (BlockKind.TEXT, BlockKind.ITEM) or late or numbering.start(own):
            break
        found.append(block.span)
    return tuple(found)


def footnotes_of(source: Source) -> tuple[Footnote, ...]:
    """Return the footnotes, each with its mark and where that stood: the first of its label not yet taken."""
    marks: dict[str, list[Mark]] = defaultdict(list)
    for mark in source.marks:
        marks[_plain(mark.label)].append(mark)
    found = []
    for block in source.blocks:
        if block.kind is not BlockKind.FOOTNOTE:
            continue
        first, _, _ = block.span.of(source.text).partition(" ")
        label = _plain(first)
        held = marks.get(label)
        known = held is not None or len(label) <= _LONGEST_MARK
        at = held.pop(0).at if held else None
        found.append(Footnote(mark=label if known else "", span=block.span, page=block.page, at=at))
    return tuple(found)


def furniture_of(source: Source) -> tuple[Furniture, ...]:
    """Return what the pages carry for themselves, each piece with its page."""
    return tuple(
        Furniture(span=block.span, page=block.page)
        for block in source.blocks
        if block.kind is BlockKind.FURNITURE
    )


def _plain(label: str) -> str:
    return label.strip("[]().:")
