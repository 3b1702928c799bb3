"""A source taken apart into pieces that carry their own words, and put together again around new ones."""

from collections.abc import Iterable, Sequence

from analyser.model.base import Basis, Frozen
from analyser.model.text import Span
from analyser.reading.source import Attribute, Block, BlockKind, Source

AMENDED_BY, AMENDMENT = "amended_by", "amendment"
_LINE, _PARAGRAPH = "\n", "\n\n"
_ITEM_INDENT = 2


class Piece(Frozen):
    """A block with its own words, so that it can stand elsewhere in a text.

    `gap` is what stood before it in its source, None for a piece that comes new into a text. The cells of a
    row
    are its words between tabs.
    """

    kind: BlockKind
    words: str
    line: int
    depth: int | None = None
    attributes: tuple[Attribute, ...] = ()
    page: int | None = None
    gap: str | None = None

    def mark(self, key: str) -> str | None:
        """Return the first value of a key among the marks, or None."""
        return next((value for mark in self.attributes if (value := mark.get(key)) is not None), None)

    def having(self, **values: str) -> "Piece":
        """Return the piece with a mark of its own that wins over those it has."""
        return self.model_copy(update={"attributes": (self._new(values), *self.attributes)})

    def amended(self, revision: str, label: str) -> "Piece":
        """Return the piece with the mark that an amendment put it there or changed it."""
        mark = self._new({AMENDED_BY: revision, AMENDMENT: label})
        return self.model_copy(update={"attributes": (*self.attributes, mark)})

    def amendments(self) -> tuple[tuple[str, str], ...]:
        """Return (revision, label) of each amendment that put the piece there or changed it."""
        return tuple(
            (revision, mark.get(AMENDMENT) or "")
            for mark in self.attributes
            if (revision := mark.get(AMENDED_BY)) is not None
        )

    def margin(self) -> tuple[Attribute, ...]:
        """Return the marks that speak of the whole paragraph, not of the piece."""
        return tuple(mark for mark in self.attributes if not mark.indent and mark.get(AMENDED_BY) is None)

    def _new(self, values: dict[str, str]) -> Attribute:
        indent = _ITEM_INDENT if self.kind is BlockKind.ITEM else 0
        return Attribute(values=tuple(values.items()), line=self.line, indent=indent)


def indented(mark: Attribute) -> Attribute:
    """Return a mark of a paragraph as a mark of an item."""
    return mark.model_copy(update={"indent": _ITEM_INDENT})


def default_basis(piece: Piece, number: Basis, text: Basis) -> Piece:
    """Return the piece saying how it is known, where it does not say so itself."""
    if piece.mark("text") is None:
        piece = piece.having(text=str(text))
    return piece if piece.mark("number") is not None else piece.having(number=str(number))


def take_apart(source: Source) -> tuple[Piece, ...]:
    """Return the pieces of a source in the order of its text."""
    pieces, end = [], 0
    for block in source.blocks:
        pieces.append(
            Piece(
                kind=block.kind,
                words=block.span.of(source.text),
                line=block.line,
                depth=block.depth,
                attributes=block.attributes,
                page=block.page,
                gap=source.text[end : block.span.start],
            )
        )
        end = block.span.end
    return tuple(pieces)


def put_together(pieces: Sequence[Piece], source: Source) -> Source:
    """Return a source of these pieces with the path and front matter of `source`.

    >>> put_together(take_apart(source), source) == source
    True
    """
    parts: list[str] = []
    blocks: list[Block] = []
    length = 0
    for place, piece in enumerate(pieces):
        gap = _gap(piece, pieces[place - 1] if place else None)
        start = length + len(gap)
        length = start + len(piece.words)
        parts += [gap, piece.words]
        blocks.append(
            Block(
                kind=piece.kind,
                span=Span(start=start, end=length),
                line=piece.line,
                depth=piece.depth,
                cells=_cells(piece.words, start) if piece.kind is BlockKind.ROW else (),
                attributes=piece.attributes,
                page=piece.page,
            )
        )
    text = "".join(parts) + _PARAGRAPH[:1]
    return source.model_copy(update={"text": text, "blocks": tuple(blocks)})


def words_of(pieces: Iterable[Piece]) -> str:
    """Return the words of some pieces, a line each."""
    return _LINE.join(piece.words for piece in pieces)


def _gap(piece: Piece, before: Piece | None) -> str:
    if before is None:
        return ""
    if piece.gap:
        return piece.gap
    follows = piece.kind is BlockKind.ROW and before.kind is BlockKind.ROW
    return _LINE if follows or piece.kind is BlockKind.ITEM else _PARAGRAPH


def _cells(words: str, start: int) -> tuple[Span, ...]:
    spans = []
    for cell in words.split("\t"):
        spans.append(Span(start=start, end=start + len(cell)))
        start += len(cell) + 1
    return tuple(spans)
