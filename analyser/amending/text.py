"""A text while it is being amended: its pieces, its tree, and where in it a place lies."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from analyser.amending.model import CannotApply, Place, PlaceKind, Why
from analyser.amending.pieces import Piece, put_together, take_apart
from analyser.model.text import Document, Measure, Provision, Span
from analyser.parsing.document import parse
from analyser.parsing.numbering import Numbering, item_label
from analyser.reading.source import BlockKind, Source

_PART = re.compile(r"^(?P<kind>section|table)\s+(?P<name>\d{1,2}|[A-Z])\b", re.IGNORECASE)
_UNNUMBERED = (BlockKind.HEADING, BlockKind.NOTE, BlockKind.ROW)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a place lies: the pieces `first` to `last` (the last not included).

    `paragraph` are the pieces of the paragraph it belongs to or is; `shared` says that it begins on the line
    of
    its paragraph, and so cannot be taken out by itself.
    """

    place: Place
    first: int
    last: int
    key: str
    measure: Measure | None = None
    provision: Provision | None = None
    paragraph: tuple[int, int] | None = None
    shared: bool = False


@dataclass(frozen=True)
class Text:
    """A text as it stands between two amendments."""

    source: Source
    numbering: Numbering

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces of the text."""
        return take_apart(self.source)

    @cached_property
    def document(self) -> Document:
        """The tree of the text, as the ordinary parser reads it."""
        return parse(self.source, self.numbering, self.source.get("code") or "text")

    def with_pieces(self, pieces: tuple[Piece, ...]) -> "Text":
        """Return the text with other pieces."""
        return Text(put_together(pieces, self.source), self.numbering)

    @cached_property
    def numbers(self) -> Counter[str]:
        """Every measure, paragraph and item by its number, and how often it stands."""
        measures = self.document.measures
        return Counter(
            [
                *(measure.id for measure in measures),
                *(provision.number for measure in measures for provision in measure.provisions()),
                *(provision.number for section in self.document.sections for provision in section.walk()),
            ]
        )

    @cached_property
    def entries(self) -> dict[str, int]:
        """Each row of the index and of the table of harms by its name, and the piece it is."""
        rows = {entry_key(row.measure): row.span for row in self.document.index}
        rows |= {kind_key(row.kind): row.span for row in self.document.harm_rows}
        return {name: self.piece_at(span.start) for name, span in rows.items()}

    @cached_property
    def names(self) -> Counter[str]:
        """Every number, row, defined term, section and table by its name, and how often it stands."""
        headings = (piece for piece in self.pieces if piece.kind is BlockKind.HEADING)
        return self.numbers + Counter(
            [
                *self.entries,
                *(term_key(one.term) for one in self.document.definitions),
                *(key for piece in headings if (key := part_key(piece.words))),
            ]
        )

    def key_of(self, place: Place) -> str:
        """Return the name in `names` of what a place means."""
        match place.kind:
            case PlaceKind.MEASURE:
                return self.numbering.measure_id(place.name)
            case PlaceKind.ENTRY:
                return entry_key(self.numbering.measure_id(place.name))
            case PlaceKind.DEFINITION:
                return term_key(place.name)
            case PlaceKind.SECTION | PlaceKind.TABLE:
                return part_key(place.words)
            case _:
                return place.name

    def piece_at(self, start: int) -> int:
        """Return the piece in which a place of the text lies."""
        starts = [block.span.start for block in self.source.blocks]
        return max(0, bisect_left(starts, start + 1) - 1)

    def pieces_of(self, span: Span) -> tuple[int, int]:
        """Return the pieces that begin in a span: (first, the one after the last)."""
        starts = [block.span.start for block in self.source.blocks]
        return bisect_left(starts, span.start), bisect_left(starts, span.end)

    def section(self, heading: int) -> tuple[int, int]:
        """Return where the text directly under a heading ends, and where all that belongs to it ends."""
        depth = self.pieces[heading].depth or 1
        own = None
        for place in range(heading + 1, len(self.pieces)):
            piece = self.pieces[place]
            if piece.kind is BlockKind.HEADING:
                own = own or place
                if (piece.depth or 1) <= depth:
                    return own, place
        return own or len(self.pieces), len(self.pieces)

    def find(self, place: Place) -> Target:
        """Return where a place lies; CannotApply when it is not in the text, or is there twice."""
        found = list(self._find(place))
        if not found:
            raise CannotApply(Why.NOT_THERE, f"{place.words} is not in the text")
        if len(found) > 1:
            raise CannotApply(Why.TWICE, f"{place.words} stands {len(found)} times in the text")
        return found[0]

    def _find(self, place: Place) -> Iterator[Target]:
        match place.kind:
            case PlaceKind.MEASURE:
                for measure in self.document.measures:
                    if measure.number == place.name:
                        yield Target(place, *self.pieces_of(measure.span), measure.id, measure)
            case PlaceKind.PARAGRAPH | PlaceKind.ITEM:
                yield from self._provisions(place)
            case PlaceKind.DEFINITION:
                for one in self.document.definitions:
                    if one.term.casefold() == place.name.casefold():
                        yield self._paragraph(place, one.provision, None)
            case PlaceKind.ENTRY:
                for row in self.document.index:
                    if row.measure == self.numbering.measure_id(place.name):
                        yield Target(place, *self.pieces_of(row.span), entry_key(row.measure))
            case PlaceKind.SECTION | PlaceKind.TABLE:
                key = part_key(place.words)
                for at, piece in enumerate(self.pieces):
                    if piece.kind is BlockKind.HEADING and part_key(piece.words) == key:
                        yield Target(place, at, self.section(at)[1], key)

    def _provisions(self, place: Place) -> Iterator[Target]:
        for measure in self.document.measures:
            for root in (*measure.application, *measure.recommendation):
                yield from self._within(place, root, measure)
        for root in self.document.sections:
            yield from self._within(place, root, None)

    def _within(self, place: Place, root: Provision, measure: Measure | None) -> Iterator[Target]:
        for provision in root.walk():
            if provision.number == place.name:
                if provision is root:
                    yield self._paragraph(place, root, measure)
                else:
                    yield self._item(place, provision, root, measure)

    def _paragraph(self, place: Place, root: Provision, measure: Measure | None) -> Target:
        first, last = self.pieces_of(root.span)
        return Target(place, first, last, root.number, measure, root, (first, last))

    def _item(self, place: Place, item: Provision, root: Provision, measure: Measure | None) -> Target:
        first, last = self.pieces_of(item.span)
        at = self.piece_at(item.span.start)
        shared = self.source.blocks[at].span.start != item.span.start
        return Target(
            place,
            at if shared else first,
            last,
            item.number,
            measure,
            item,
            self.pieces_of(root.span),
            shared,
        )

    def regions(self, target: Target) -> Iterator[tuple[int, int, int]]:
        """Yield (piece, start, end) for the words of a place that an instruction can change: titles,
        sentences,
        cells, but no number, no label and no note of ours.
        """
        bound = target.provision.span if target.provision else None
        for at in range(target.first, target.last):
            piece, block = self.pieces[at], self.source.blocks[at]
            if piece.kind is BlockKind.NOTE:
                continue
            start, end = self._own_words(piece, at, target), len(piece.words)
            if bound:
                start = max(start, bound.start - block.span.start)
                end = min(end, bound.end - block.span.start)
            if start < end:
                yield at, start, end

    def _own_words(self, piece: Piece, at: int, target: Target) -> int:
        """Return where the words of a piece begin, after its number and label (at its end where it has none
        that an instruction can change).
        """
        if piece.kind is BlockKind.HEADING:
            titled = self.numbering.heading(piece.words)
            return len(piece.words) - len(titled[1]) if titled else len(piece.words)
        if piece.kind in _UNNUMBERED:
            return 0
        number = self.numbering.paragraph_start(piece.words)
        start = number.end() if number and piece.kind is BlockKind.TEXT else 0
        label = item_label(piece.words[start:])
        return start + (label.end() if label else 0)


def entry_key(measure: str) -> str:
    """Return the name of a row of the index, e.g. `the entry for ICU C9`."""
    return f"the entry for {measure}"


def kind_key(kind: str) -> str:
    """Return the name of a row of the table of harms."""
    return f"the row {kind}"


def lies_within(key: str, outer: str, numbering: Numbering) -> bool:
    """Say whether a number is another one or lies within it.

    >>> lies_within("C9.1(a)(i)", "C9.1(a)", numbering), lies_within("C9.2", "ICU C9", numbering)
    (True, True)
    """
    number = outer.removeprefix(f"{numbering.prefix} ") if numbering.prefix else outer
    return key in (outer, number) or key.startswith((f"{number}(", f"{number}."))


def term_key(term: str) -> str:
    """Return the name of a definition, e.g. `the definition of “large service”`."""
    return f"the definition of “{term.casefold()}”"


def part_key(words: str) -> str:
    """Return the name of a section or table from its heading, empty for any other heading.

    >>> part_key("Section 3: Index of recommended measures"), part_key("Application")
    ('section 3', '')
    """
    match = _PART.match(words)
    return f"{match['kind'].lower()} {match['name'].upper()}" if match else ""
