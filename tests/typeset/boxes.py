"""Sets pieces as boxes: one line, or one line of a table's row, with what is drawn in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .content import Content, Kind, Note, Piece
from .layout import Layout
from .lines import Line, Run, Word, break_lines, face, joined, space_of, width_of


@dataclass(frozen=True)
class Words:
    """Runs drawn one after another from `x`; `base` is that of the line below the box's top, `gap` what is
    added to each space to fill the line."""

    x: float
    base: float
    line: tuple[Word, ...]
    gap: float = 0


@dataclass(frozen=True)
class Rule:
    """A thin line from one place to another, both (x, below the box's top)."""

    start: tuple[float, float]
    end: tuple[float, float]
    thick: float = 0.5


@dataclass(frozen=True)
class Shade:
    """A grey ground behind the whole box."""

    width: float


Drawn = Words | Rule | Shade


@dataclass(frozen=True)
class Box:
    """A line of the page: its height, what is drawn in it, the footnotes its words have.

    `keep` holds it together with the next one; `head` are the boxes to repeat where its table goes on;
    `entry` is what the contents list says of it.
    """

    height: float
    drawn: tuple[Drawn, ...] = ()
    notes: tuple[Note, ...] = ()
    keep: bool = False
    head: tuple["Box", ...] = ()
    blank: bool = False
    entry: str = ""
    level: int = 0


class Setter:
    """Sets the pieces of a document in columns of one width."""

    def __init__(self, layout: Layout, width: float) -> None:
        self.layout = layout
        self.width = width
        self.plain = face(layout.font)
        self.bold = face(layout.font, bold=True)
        self.labels_hang = layout.hanging_labels
        self.joins = layout.ligatures and layout.font == "Vera"

    def boxes(self, made: Content) -> Iterator[Box]:
        """Yield the boxes of all pieces but the title, which stands on a page of its own if there is one."""
        labels = {piece.label for piece in made.pieces if piece.kind is Kind.ITEM}
        widest = max((Run(label, self.plain, self.layout.size).width for label in labels), default=0.0)
        self.labels_hang = self.layout.hanging_labels and widest < self.layout.indent - 2
        for place, piece in enumerate(made.pieces):
            if piece.kind is Kind.TITLE and self.layout.title_page:
                continue
            last = place + 1 == len(made.pieces)
            if piece.kind is Kind.TABLE:
                yield from self._table(piece)
            elif piece.kind in (Kind.PARAGRAPH, Kind.ITEM, Kind.TAIL):
                yield from self._paragraph(piece)
            else:
                yield from self._heading(piece, last)
            yield Box(self.layout.paragraph_gap, blank=True)

    def _words(self, words: str, font: str, size: float) -> list[Word]:
        return [(Run(joined(word) if self.joins else word, font, size),) for word in words.split()]

    def _marked(self, piece: Piece) -> tuple[list[Word], list[tuple[int, Note]]]:
        """Return the words of a piece, bold where it says so, with the marks of footnotes glued to them."""
        size = self.layout.size
        made: list[Word] = []
        marked: list[tuple[int, Note]] = []
        place = 0
        for word in piece.words.split():
            place = piece.words.index(word, place)
            font = self.bold if place < piece.bold else self.plain
            end = place + len(word)
            runs: Word = (Run(joined(word) if self.joins else word, font, size),)
            for note in piece.notes:
                if note.at == end:
                    runs += (Run(str(note.number), self.plain, size * 0.62, size * 0.36),)
                    marked.append((len(made), note))
            made.append(runs)
            place = end
        return made, marked

    def _heading(self, piece: Piece, last: bool) -> Iterator[Box]:
        rank = {Kind.TITLE: 0, Kind.SECTION: 0, Kind.MEASURE: 1, Kind.SUB: 2}[piece.kind]
        size = self.layout.size * self.layout.headings[rank]
        yield Box(self.layout.paragraph_gap * (2 - rank * 0.5), blank=True)
        number = piece.words[: piece.number].strip() if self.layout.hanging_headings else ""
        label: Word | None = (Run(number, self.bold, size),) if number else None
        left = max(self.layout.number_width, width_of(label) + size) if label else 0.0
        words = piece.words[piece.number :] if number else piece.words
        lines = break_lines(self._words(words, self.bold, size), self.width - left)
        for place, line in enumerate(lines):
            first = place == 0 and rank < 2
            drawn: tuple[Drawn, ...] = (Words(left, size, tuple(line)),)
            if label and place == 0:
                drawn = (Words(0, size, (label,)), *drawn)
            yield Box(
                size * 1.25,
                drawn,
                keep=not last and (self.layout.keep_headings or place + 1 < len(lines)),
                entry=piece.words if first else "",
                level=rank,
            )

    def _paragraph(self, piece: Piece) -> Iterator[Box]:
        """Yield the lines of a paragraph or an item, its number or label hanging or before the first word."""
        layout, size = self.layout, self.layout.size
        margin = layout.number_width if layout.numbers == "hanging" else 0.0
        words, marked = self._marked(piece)
        left = margin + layout.indent * piece.depth if piece.kind is Kind.ITEM else margin
        label: Word | None = (Run(piece.label, self.plain, size),) if piece.label else None
        at = 0.0 if piece.kind is Kind.PARAGRAPH else left - layout.indent
        wide = label is not None and width_of(label) > left - at - 2
        hangs = not wide and (piece.kind is Kind.PARAGRAPH or self.labels_hang)
        if label and not hangs:
            words.insert(0, label)
            marked = [(place + 1, note) for place, note in marked]
            left = at if piece.kind is Kind.PARAGRAPH else left
        lines = break_lines(words, self.width - left, layout.hyphenate)
        notes = _notes_of(lines, marked)
        for place, line in enumerate(lines):
            drawn: tuple[Drawn, ...] = (self._filled(left, line, place + 1 == len(lines), left),)
            if label and hangs and place == 0:
                drawn = (Words(at, size, (label,)), *drawn)
            yield Box(size * layout.leading, drawn, tuple(notes[place]))

    def _filled(self, x: float, line: Line, last: bool, left: float) -> Words:
        """Return a line, stretched to the width of the column if it is justified and goes on."""
        gap = 0.0
        if self.layout.justify and not last and len(line) > 1:
            used = sum(width_of(word) for word in line) + sum(space_of(word) for word in line[1:])
            gap = max(0.0, (self.width - left - used) / (len(line) - 1))
        return Words(x, self.layout.size, tuple(line), gap)

    def _table(self, piece: Piece) -> Iterator[Box]:
        """Yield a table's lines: every row one box, or one box a line where rows may be split."""
        shares = self.layout.table_shares
        columns = len(piece.rows[0])
        if len(shares) != columns:
            shares = (0.2, 0.8) if columns == 2 else (1 / columns,) * columns
        head = tuple(self._row(piece.rows[0], shares, first=True))
        repeated = tuple(replace(box, keep=True) for box in head) if self.layout.repeat_head else ()
        yield from (replace(box, keep=True) for box in head)
        for place, row in enumerate(piece.rows[1:]):
            for box in self._row(row, shares, shaded=place % 2 == 1):
                yield replace(box, head=repeated)

    def _row(
        self, cells: Sequence[str], shares: Sequence[float], first: bool = False, shaded: bool = False
    ) -> Iterator[Box]:
        layout, size = self.layout, self.layout.size * 0.92
        font = self.bold if first else self.plain
        edges = [self.width * sum(shares[:place]) for place in range(len(shares) + 1)]
        pad = 4.0
        wrapped = [
            break_lines(self._words(cell, font, size), edges[place + 1] - edges[place] - 2 * pad)
            for place, cell in enumerate(cells)
        ]
        count = max(1, *(len(lines) for lines in wrapped))
        step = size * 1.2
        for at in range(count):
            top, bottom = (pad if at == 0 else 0), (pad if at + 1 == count else 0)
            height = step + top + bottom
            drawn: list[Drawn] = [
                Words(edges[place] + pad, top + size * 0.95, tuple(lines[at]))
                for place, lines in enumerate(wrapped)
                if at < len(lines) and lines[at]
            ]
            if layout.table_rules == "grid":
                drawn += [Rule((x, 0), (x, height)) for x in edges]
            if layout.table_rules == "grid" or (layout.table_rules == "rows" and first):
                drawn += [Rule((0, 0), (self.width, 0))] if at == 0 else []
            if layout.table_rules in ("grid", "rows"):
                drawn += [Rule((0, height), (self.width, height))] if at + 1 == count else []
            if layout.table_rules == "shaded" and (first or shaded):
                drawn.insert(0, Shade(self.width))
            yield Box(height, tuple(drawn), keep=at + 1 < count and not layout.split_rows)

    def note(self, note: Note) -> list[Box]:
        """Return the lines of a footnote, its mark raised before it."""
        size = self.layout.size * 0.78
        mark: Word = (Run(str(note.number), self.plain, size * 0.7, size * 0.3),)
        lines = break_lines([mark, *self._words(note.words, self.plain, size)], self.width)
        return [Box(size * 1.2, (Words(0, size, tuple(line)),)) for line in lines]


def _notes_of(lines: Sequence[Line], marked: Sequence[tuple[int, Note]]) -> list[list[Note]]:
    """Return the footnotes of each line: a mark stands where the run with its number is."""
    numbers = {str(note.number): note for _, note in marked}
    return [
        [numbers[run.words] for word in line for run in word if run.rise and run.words in numbers]
        for line in lines
    ]
