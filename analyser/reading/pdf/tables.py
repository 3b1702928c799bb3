"""Tables: cells by upright rules or by where their words begin, rows by rules or by the distance of lines.

A table goes on over columns and pages: its head set again is furniture, and a row broken there is joined.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from analyser.reading.labels import label_at
from analyser.reading.pdf.furniture import Furnished
from analyser.reading.pdf.layout import Line, Page, Piece, Rule, begins_with_number, joined

_NEAR = 2.5  # points: what stands so near is at the same place
_SPLIT = 0.42  # of the size: the least distance between cells
_LEAST_ROWS = 2
_OUTSIDE = 6.5  # points: a table can reach so far beyond its column
# Where most rows have a first cell, a row without one goes on with the row before.
_MOSTLY = 0.7
_BULLETS = frozenset("•▪◦➢✓–-·o")
# Lines of one cell are not further apart than this, times the size, unless the document's own tables are.
_CELL_LEADING = 1.32

Cells = list[list[Piece]]


@dataclass(slots=True)
class Row:
    """A row of a table: for each cell its lines, each a list of pieces; `page` is where it begins."""

    page: int
    cells: list[Cells]
    closed: bool = True

    def texts(self) -> tuple[str, ...]:
        """Return the words of each cell, its lines apart by a space."""
        return tuple(" ".join(joined(line) for line in cell) for cell in self.cells)


@dataclass(slots=True)
class _Table:
    """A table being read: where its cells begin, from the left edge of the column, and its lines by cell.

    `bounded` says that upright rules part the cells; `extent` is the reach of the rules between its rows.
    """

    starts: list[float]
    bounded: bool
    lines: list[tuple[Line, Cells]] = field(default_factory=list)
    extent: tuple[float, float] | None = None

    @property
    def head(self) -> Line:
        return self.lines[0][0]

    @property
    def last(self) -> Line:
        return self.lines[-1][0]


class TableReader:
    """Takes the lines of a document in order and gives lines and rows of tables."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._upright: dict[int, list[Rule]] = {}
        self._level: dict[int, list[Rule]] = {}
        for page in pages:
            self._upright[page.number] = [rule for rule in page.rules if rule.x0 == rule.x1]
            level = [rule for rule in page.rules if rule.y0 == rule.y1]
            self._level[page.number] = sorted(level, key=lambda rule: rule.y0)
        self._cell_leading = _CELL_LEADING

    def read(self, lines: Sequence[Line]) -> tuple[list[Line | Row], list[Furnished]]:
        """Return lines and rows in order, and the heads that are set again."""
        made: list[Line | Row] = []
        heads: list[Furnished] = []
        table: _Table | None = None
        for place, line in enumerate(lines):
            if table and not self._goes_on(table, lines, place):
                made += self._rows(table, heads)
                table = None
            table = table or self._opened(lines, place)
            if table:
                table.lines.append(
                    (line, self._cells(table, line) or [line.pieces, *([] for _ in table.starts[1:])])
                )
            else:
                made.append(line)
        return made + (self._rows(table, heads) if table else []), heads

    def _opened(self, lines: Sequence[Line], place: int) -> _Table | None:
        """Return a table that begins with a line, or None."""
        line = lines[place]
        if bounds := self._bounds(line):
            return _Table(bounds[:-1], True)
        groups = line.segments(_SPLIT * line.size)
        if len(groups) < 2 or line.first_mark or _begins_item(joined(groups[0])):
            return None
        table = _Table([group[0].x0 - line.left for group in groups], False, [(line, [])])
        under = self._rule_between(line, line.y, line.y + 2.2 * line.size)
        if under and not (under.x0 < line.x0 + 3 and under.x1 > line.x1 - 3):
            under = None  # the rule over footnotes
        if not (line.bold or len(groups) > 2 or under):
            return None
        rows, several, head = 0, False, [joined(group) for group in groups]
        for after in lines[place + 1 : place + 40]:
            cells = self._cells(table, after)
            if cells is not None and after.gap is None and [joined(cell) for cell in cells] == head:
                continue
            if cells is None or self._is_set_otherwise(table, after):
                break
            if cells[0] and _begins_item(joined(cells[0])):
                return None
            rows += 1
            several = several or sum(bool(cell) for cell in cells) > 1
            table.lines.append((after, cells))
        # A first column can be empty down to the last row; then its head has to stand well apart.
        apart = groups[1][0].x0 - groups[0][-1].x1 > 1.5 * line.size and line.bold and rows > _LEAST_ROWS
        if rows < _LEAST_ROWS or not (several or apart):
            return None
        return _Table(table.starts, False, [], (under.x0, under.x1) if under else None)

    def _goes_on(self, table: _Table, lines: Sequence[Line], place: int) -> bool:
        """Say whether a line is of the table that is open."""
        line = lines[place]
        bounds = self._bounds(line)
        if table.bounded:
            known = all(any(abs(x - start) < 2 * _NEAR for start in table.starts) for x in bounds[:-1])
            return bool(bounds) and (known or (line.gap is not None and self._touches(table.last, line)))
        cells = self._cells(table, line)
        if bounds or cells is None:
            return False
        if line.gap is None and self._is_head(table, cells):
            return True
        if self._is_set_otherwise(table, line):
            return False
        return not table.extent or self._is_enclosed(table, line) or self._ends_column(table, lines, place)

    def _bounds(self, line: Line) -> list[float]:
        """Return where upright rules cross the height of a line, from the left edge of its column; none where
        they do not make two cells at least.
        """
        upright = self._upright.get(line.page)
        if not upright:
            return []
        y = line.y - 0.3 * line.size
        xs: list[float] = []
        for x in sorted(rule.x0 for rule in upright if rule.y0 - 1 <= y <= rule.y1 + 1):
            if line.left - _OUTSIDE <= x <= line.right + _OUTSIDE and (not xs or x - xs[-1] > _NEAR):
                xs.append(x)
        if len(xs) < 3 or line.x0 < xs[0] - 2 or line.x1 > xs[-1] + 2:
            return []
        return [x - line.left for x in xs]

    def _cells(self, table: _Table, line: Line) -> Cells | None:
        """Return a line's pieces by cell, or None where they do not keep to the cells."""
        cells: Cells = [[] for _ in table.starts]
        column, end = -1, 0.0
        for piece in line.pieces:
            x = piece.x0 - line.left
            if table.bounded:
                cells[max(0, bisect_right(table.starts, x + 1.5) - 1)].append(piece)
                continue
            near = [at for at, start in enumerate(table.starts) if abs(x - start) <= _NEAR and at > column]
            if near:
                column = near[0]
            elif column < 0 or x - end > 1.2 * piece.size:
                return None
            cells[column].append(piece)
            end = piece.x1 - line.left
            if column + 1 < len(table.starts) and end > table.starts[column + 1] - 1:
                return None
        return cells

    def _is_set_otherwise(self, table: _Table, line: Line) -> bool:
        """Say whether a line that would fit is set so that it cannot be of the table."""
        only_head = all(one.bold == table.head.bold for one, _ in table.lines)
        last = table.last
        if only_head:
            return abs(line.size - last.size) > 0.13 * last.size
        return abs(line.size - last.size) > 0.06 * last.size or (line.bold and not last.bold)

    def _is_head(self, table: _Table, cells: Cells) -> bool:
        """Say whether cells begin with the words of the table's first line."""
        return [joined(cell) for cell in cells] == [joined(cell) for cell in table.lines[0][1]]

    def _touches(self, above: Line, below: Line) -> bool:
        """Say whether some upright rule or a level one between them holds two lines together."""
        if any(
            rule.y0 - 2 <= above.y and below.y - below.size <= rule.y1 for rule in self._upright[below.page]
        ):
            return True
        return self._rule_between(below, above.y, below.y - 0.5 * below.size) is not None

    def _rule_between(self, line: Line, top: float, bottom: float) -> Rule | None:
        """Return a rule of the column of a line between two heights, or None."""
        rules = self._level.get(line.page, [])
        for rule in rules[
            bisect_right(rules, top - 1, key=_height) : bisect_right(rules, bottom, key=_height)
        ]:
            if min(rule.x1, line.right + 9) - max(rule.x0, line.left - 9) > 0.12 * (line.right - line.left):
                return rule
        return None

    def _is_enclosed(self, table: _Table, line: Line) -> bool:
        """Say whether a rule of the table's own reach lies below a line, or its row goes on elsewhere."""
        assert table.extent
        reach = table.extent[0] - table.head.left, table.extent[1] - table.head.left
        for rule in self._level.get(line.page, []):
            x0, x1 = rule.x0 - line.left, rule.x1 - line.left
            if rule.y0 > line.y - 1 and abs(x0 - reach[0]) < 4 and abs(x1 - reach[1]) < 4:
                return True
        return line.gap is None or line.gap < 1.4 * line.size

    def _ends_column(self, table: _Table, lines: Sequence[Line], place: int) -> bool:
        """Say whether the rest of the column keeps to the cells: a row that goes on in the next one."""
        if lines[place].gap is None or not self._is_parted(table.last, lines[place]):
            return False
        for line in lines[place + 1 :]:
            if line.gap is None:
                return self._cells(table, line) is not None
            if self._cells(table, line) is None or self._is_set_otherwise(table, line):
                return False
        return False

    def _rows(self, table: _Table, heads: list[Furnished]) -> list[Line | Row]:
        """Return the rows of a table, broken ones joined; a head set again goes to `heads`."""
        groups: list[list[tuple[Line, Cells]]] = []
        ruled = self._is_ruled(table)
        for one, starts in zip(table.lines, self._starts(table, ruled), strict=True):
            if starts:
                groups.append([])
            groups[-1].append(one)
        mostly = sum(any(cells[0] for _, cells in group) for group in groups) >= _MOSTLY * len(groups)
        rows: list[Row] = []
        broken = False
        for group in groups:
            row = Row(
                group[0][0].page,
                [[cells[at] for _, cells in group if cells[at]] for at in range(len(table.starts))],
            )
            low = group[-1][0]
            row.closed = not ruled or self._rule_between(low, low.y, low.y + 2 * low.size + 10) is not None
            broken = broken or (bool(rows) and group[0][0].gap is None)
            if broken and row.texts() == rows[0].texts():
                heads.append(Furnished(row.page, "\t".join(row.texts())))
                continue
            if broken and len(rows) > 1 and _is_rest(rows[-1], row, mostly):
                for own, more in zip(rows[-1].cells, row.cells, strict=True):
                    own += more
                rows[-1].closed = row.closed
            else:
                rows.append(row)
            broken = False
        return list(rows)

    def _is_ruled(self, table: _Table) -> bool:
        """Say whether rules part some of the rows."""
        return any(self._is_parted(above, below) for (above, _), (below, _) in pairwise(table.lines))

    def _is_parted(self, above: Line, below: Line) -> bool:
        return below.gap is not None and bool(self._rule_between(below, above.y, below.y - 0.45 * below.size))

    def _starts(self, table: _Table, ruled: bool) -> list[bool]:
        """Say for each line of a table whether a row begins with it."""
        lines = table.lines
        pairs = list(pairwise(lines))
        if ruled:
            return [
                True,
                *(below.gap is None or self._is_parted(above, below) for (above, _), (below, _) in pairs),
            ]
        near = self._near(table)
        return [
            True,
            *(
                below.gap is None or (bool(cells[0]) if near is None else below.gap > near)
                for _, (below, cells) in pairs
            ),
        ]

    def _near(self, table: _Table) -> float | None:
        """Return how far apart lines of one row can be; None where a filled first cell begins a row."""
        gaps = sorted(line.gap for line, _ in table.lines[1:] if line.gap is not None)
        if not gaps:
            return None
        size, least = table.last.size, gaps[0]
        close = [
            cells
            for line, cells in table.lines[1:]
            if line.gap is not None and line.gap <= least + 0.15 * size
        ]
        two_distances = len(close) < len(gaps)
        if two_distances and sum(bool(cells[0]) for cells in close) <= 0.5 * len(close):
            self._cell_leading = max(_CELL_LEADING, least / size)
            return least + 0.15 * size
        return None if least <= 1.02 * self._cell_leading * size else 0.0


def _height(rule: Rule) -> float:
    return rule.y0


def _begins_item(words: str) -> bool:
    return bool(begins_with_number(words) or label_at(words)[0]) or words in _BULLETS


def _is_rest(before: Row, row: Row, mostly: bool) -> bool:
    """Say whether the first row after a break goes on with the last row before it."""
    if not before.closed:
        return True
    if row.cells[0]:
        return False
    if mostly:
        return True
    own = next((words for words in row.texts() if words), " ")
    return own[0].islower() or own[0] in "(,;"
