"""What every reader hands on: one canonical text and the blocks it is made of."""

from enum import StrEnum

from analyser.model.base import Frozen
from analyser.model.text import Span


class Media(StrEnum):
    """The kind of file a source was read from, told by its content and never by its name."""

    MARKDOWN = "markdown"
    TEXT = "text"
    HTML = "html"
    PDF = "pdf"
    DOCX = "docx"


class BlockKind(StrEnum):
    """What a block of the source is, as far as its layout shows.

    A `note` is a remark of ours; a `footnote` is words of the source set apart from its text; `furniture` is
    what a page repeats or carries for itself: running headers and footers, page numbers, the head of a table
    that goes on.
    """

    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    ROW = "row"
    NOTE = "note"
    FOOTNOTE = "footnote"
    FURNITURE = "furniture"


class Attribute(Frozen):
    """A line of marks beside a block, e.g. `number=quoted text=secondary`.

    `line` counts from 1 in the source file; a mark at the margin (`indent` 0) speaks of the whole paragraph,
    an indented one of its item.
    """

    values: tuple[tuple[str, str], ...]
    line: int
    indent: int = 0

    def get(self, key: str) -> str | None:
        """Return the value of a key, or None."""
        return next((value for name, value in self.values if name == key), None)


class Block(Frozen):
    """A run of canonical text: a heading, a paragraph, an item, a table row or a note of ours.

    `depth` is the heading level (1 to 6) or the list depth the layout shows (None where the source does not
    show it).
    """

    kind: BlockKind
    span: Span
    line: int
    depth: int | None = None
    cells: tuple[Span, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    page: int | None = None


class Mark(Frozen):
    """A footnote's mark that was taken out of the words: `at` is the place in the text where it stood."""

    at: int
    label: str


class Source(Frozen):
    """One source file, read: its canonical text, blocks in the order of the text, and its front matter.

    Paragraphs are whole in the text whatever page breaks run through them: the footnotes stand after the
    body, and the furniture of the pages after those, each with its page. `file_sha256` is that of the bytes;
    `empty_pages` those (from 1) on which there is no text; `warnings` are sentences a person should be told.
    """

    path: str
    text: str
    blocks: tuple[Block, ...]
    meta: tuple[tuple[str, str], ...] = ()
    media: Media = Media.MARKDOWN
    file_sha256: str = ""
    pages: int | None = None
    empty_pages: tuple[int, ...] = ()
    marks: tuple[Mark, ...] = ()
    warnings: tuple[str, ...] = ()

    def get(self, key: str) -> str | None:
        """Return a value of the front matter, or None."""
        return next((value for name, value in self.meta if name == key), None)
