"""What every reader hands on: one canonical text and the blocks it is made of."""

from enum import StrEnum

from analyser.model.base import Frozen
from analyser.model.text import Span


class BlockKind(StrEnum):
    """What a block of the source is, as far as its layout shows."""

    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"
    ROW = "row"
    NOTE = "note"


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


class Source(Frozen):
    """One source file, read: its canonical text, blocks in the order of the text, and its front matter."""

    path: str
    text: str
    blocks: tuple[Block, ...]
    meta: tuple[tuple[str, str], ...] = ()

    def get(self, key: str) -> str | None:
        """Return a value of the front matter, or None."""
        return next((value for name, value in self.meta if name == key), None)
