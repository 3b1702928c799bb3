"""From the pieces of pages to lines in reading order.

Columns are found over the whole document; then each page is read band by band, column by column.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from analyser.reading.pdf.layout import Line, Page, Piece, Rule, lines_of

_MOST_COLUMNS = 4
# A page is set in columns if at most this share of its lines crosses from one to the next.
_CROSSING = 0.35
# Columns are believed if this share of the pages has them; a page for itself has to be full of prose.
_PAGES = 0.45
_PROSE_LINES = 12
_TITLE, _SPARSE = 6, 12  # pieces
_SAMPLE = 60  # pages that tell the columns of all
_FULL = 0.88
_BANDS = 0.12  # of the lines


@dataclass(frozen=True, slots=True)
class Grid:
    """The columns of a page: where words are parted (`cuts`), and each column's left and right edge."""

    cuts: tuple[float, ...]
    edges: tuple[tuple[float, float], ...]

    @property
    def whole(self) -> tuple[float, float]:
        """Return the left and right edge of all columns together."""
        return self.edges[0][0], self.edges[-1][1]

    def column(self, piece: Piece) -> int:
        """Return the column a piece stands in, or -1 where it crosses from one to another."""
        first = last = 0
        near, far = piece.x0 + 2, piece.x1 - 2
        for cut in self.cuts:
            if near > cut:
                first += 1
            if far > cut:
                last += 1
        return first if first >= last else -1


def body_size(pages: Sequence[Page]) -> float:
    """Return the size of type that most characters have."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for piece in page.pieces:
            sizes[round(piece.size, 1)] += len(piece.text)
    return max(sizes, key=lambda size: (sizes[size], -size), default=10.0)


def grids(pages: Sequence[Page]) -> dict[int, Grid]:
    """Return the columns of each page that has words, by its number."""
    found: dict[int, Grid] = {}
    groups: dict[tuple[int, bool], list[Page]] = defaultdict(list)
    for page in pages:
        if page.pieces:
            groups[round(page.width / 4), page.number % 2 == 1].append(page)
    for (width, is_odd), own in groups.items():
        other = groups.get((width, not is_odd), [])
        same = not other or abs(_margins(own)[0] - _margins(other)[0]) < 3
        together = own + other if same else own
        shared = _grid(together)
        single = Grid((), (_margins(together),))
        for page in own:
            found[page.number] = shared or _alone(page) or single
    return found


def _margins(pages: Sequence[Page]) -> tuple[float, float]:
    lefts = sorted(min(piece.x0 for piece in page.pieces) for page in pages)
    rights = sorted(max(piece.x1 for piece in page.pieces) for page in pages)
    return lefts[len(lefts) // 10], rights[-1 - len(rights) // 20]


def _grid(pages: Sequence[Page]) -> Grid | None:
    """Return the columns that most of the pages have, or None for one column."""
    left, right = _margins(pages)
    sample = pages[:: 1 + len(pages) // _SAMPLE]
    for count in range(_MOST_COLUMNS, 1, -1):
        cuts = _cuts(sample, left, right, count)
        if not cuts:
            continue
        grid = _with_edges(sample, cuts, left, right)
        able = [page for page in sample if _says_something(page, grid)]
        if sum(_is_set_in(page, grid) for page in able) >= max(1, _PAGES * len(able)):
            return grid
    return None


def _alone(page: Page) -> Grid | None:
    """Return the columns of one page that is full of prose in columns, whatever the others have."""
    left, right = _margins([page])
    for count in (3, 2):
        cuts = _cuts([page], left, right, count)
        if not cuts:
            continue
        grid = _with_edges([page], cuts, left, right)
        if (
            _is_set_in(page, grid)
            and not _has_rows(page)
            and all(
                len(lines) >= _PROSE_LINES
                and sum(line.x1 - edge[0] > _FULL * (edge[1] - edge[0]) for line in lines) > 0.5 * len(lines)
                for lines, edge in zip(_by_column(page, grid), grid.edges, strict=True)
            )
        ):
            return grid
    return None


def _has_rows(page: Page) -> bool:
    """Say whether blank bands run across a page again and again, as between the rows of a table."""
    ys = [line.y for line in lines_of(page.pieces, page.number)]
    gaps = sorted(below - above for above, below in pairwise(ys))
    usual = gaps[len(gaps) // 2] if gaps else 0.0
    bands = sum(gap > 1.35 * usual for gap in gaps)
    return bands >= 4 and bands > _BANDS * len(gaps)


def _cuts(pages: Sequence[Page], left: float, right: float, count: int) -> tuple[float, ...]:
    """Return where the fewest pieces are crossed near each place that would part equal columns."""
    wide = right - left
    rows = sum(len({round(piece.y) for piece in page.pieces}) for page in pages)
    cuts: list[float] = []
    for at in range(1, count):
        middle, reach = left + wide * at / count, 0.04 * wide + 4
        first, last = int(middle - reach), int(middle + reach) + 1
        steps = [0] * (last - first + 2)
        for page in pages:
            for piece in page.pieces:
                if piece.x0 < last and piece.x1 > first:
                    start, end = max(0, int(piece.x0) + 1 - first), min(last, int(piece.x1)) - first
                    if start <= end:
                        steps[start] += 1
                        steps[end + 1] -= 1
        crossed = list(accumulate(steps))[:-1]
        fewest = min(crossed)
        if fewest > 0.6 * rows:
            return ()
        runs: list[list[int]] = []
        for x, number in enumerate(crossed, start=first):
            if number > fewest * 1.1 + 1:
                continue
            if runs and x == runs[-1][-1] + 1:
                runs[-1].append(x)
            else:
                runs.append([x])
        run = max(runs, key=len)
        if len(run) < 4:
            return ()
        cuts.append((run[0] + run[-1]) / 2)
    return tuple(cuts)


def _with_edges(pages: Sequence[Page], cuts: tuple[float, ...], left: float, right: float) -> Grid:
    rough = Grid(cuts, tuple(zip((left, *cuts), (*cuts, right), strict=True)))
    edges: list[tuple[float, float]] = []
    for column, (near, far) in enumerate(rough.edges):
        lefts, rights = [], []
        for page in pages:
            own = [piece for piece in page.pieces if rough.column(piece) == column]
            if own:
                lefts.append(min(piece.x0 for piece in own))
                rights.append(max(piece.x1 for piece in own))
        lefts.sort()
        rights.sort()
        edges.append((lefts[len(lefts) // 4], rights[-1 - len(rights) // 20]) if lefts else (near, far))
    return Grid(cuts, tuple(edges))


def _by_column(page: Page, grid: Grid) -> list[list[Line]]:
    return [
        lines_of([piece for piece in page.pieces if grid.column(piece) == column], page.number)
        for column in range(len(grid.edges))
    ]


def _is_set_in(page: Page, grid: Grid) -> bool:
    """Say whether the lines of a page keep to some columns, with words in at least two."""
    across = {round(piece.y) for piece in page.pieces if grid.column(piece) < 0}
    if len(across) > 2 * _CROSSING * len({round(piece.y) for piece in page.pieces}):
        return False
    rows = lines_of([piece for piece in page.pieces if not piece.raised], page.number)
    crossing = sum(any(grid.column(piece) < 0 for piece in row.pieces) for row in rows)
    sides = [
        sum(any(grid.column(piece) == at for piece in row.pieces) for row in rows)
        for at in range(len(grid.edges))
    ]
    if crossing > _CROSSING * len(rows) or sum(side >= 3 for side in sides) < min(2, len(sides)):
        return False
    return len(_crossing_rules(page, grid)) < 4


def _says_something(page: Page, grid: Grid) -> bool:
    """Say whether a page tells for or against columns: a title page or a half-filled last page does not."""
    columns = {grid.column(piece) for piece in page.pieces}
    return len(page.pieces) >= (_TITLE if -1 in columns else _SPARSE) and (-1 in columns or len(columns) > 1)


def _crossing_rules(page: Page, grid: Grid) -> list[Rule]:
    """Return the rules that run from one column into another among the words, as those of a table do."""
    ys = [piece.y for piece in page.pieces]
    if not ys:
        return []
    top, bottom = min(ys), max(ys)
    return sorted(
        (
            rule
            for rule in page.rules
            if rule.y0 == rule.y1
            and top < rule.y0 < bottom
            and any(rule.x0 < cut - 10 and rule.x1 > cut + 10 for cut in grid.cuts)
        ),
        key=lambda rule: rule.y0,
    )


def in_order(page: Page, grid: Grid, body: float) -> list[Line]:
    """Return the lines of a page in the order of reading, each with its column's edges and its gap."""
    if not grid.cuts:
        return _finished(lines_of(page.pieces, page.number), 0, grid.edges[0], None)
    across, rest = _across(page, grid, body)
    made: list[Line] = []
    above = float("-inf")
    lowest: float | None = None
    for line in [*across, None]:
        limit = line.y if line else float("inf")
        bottoms = []
        for column, edges in enumerate(grid.edges):
            own = [piece for piece in rest if above < piece.y <= limit and grid.column(piece) == column]
            lines = _finished(lines_of(own, page.number), column, edges, None if made and column else lowest)
            made += lines
            bottoms += [lines[-1].y] if lines else []
        if line:
            lowest = max(bottoms, default=lowest) if bottoms or lowest is not None else None
            made += _finished([line], -1, grid.whole, lowest)
            above, lowest = limit, line.y
    return made


def _across(page: Page, grid: Grid, body: float) -> tuple[list[Line], list[Piece]]:
    """Part a page's lines that run across its columns from the pieces that stand in one."""
    rules = _crossing_rules(page, grid)
    first, last = (rules[0].y0, rules[-1].y0) if len(rules) >= 3 else (0.0, 0.0)
    across: list[Line] = []
    rest: list[Piece] = []
    rows = lines_of(page.pieces, page.number)
    by_column = [
        [piece.y for piece in page.pieces if grid.column(piece) == at] for at in range(len(grid.edges))
    ]
    for row in rows:
        crossing = any(grid.column(piece) < 0 for piece in row.pieces)
        over = _is_head_over_columns(row, grid, by_column, body)
        goes_on = bool(across) and not crossing and _goes_on_across(across[-1], row, grid, by_column)
        if crossing or first < row.y <= last or over or goes_on:
            across.append(row)
        else:
            rest += row.pieces
    return across, rest


def _is_head_over_columns(row: Line, grid: Grid, by_column: list[list[float]], body: float) -> bool:
    """Say whether a short heading stands between two bands of columns, with none of them beside it."""
    if row.size < 1.12 * body or any(grid.column(piece) != 0 for piece in row.pieces):
        return False
    near = 1.6 * row.size
    starts = []
    for place, ys in enumerate(by_column):
        above, below = [y for y in ys if y < row.y - 0.5], [y for y in ys if y > row.y + 0.5]
        if not above or not below or (place and (row.y - max(above) < near or min(below) - row.y < near)):
            return False
        starts.append(min(below))
    return max(starts) - min(starts) < 0.4 * row.size


def _goes_on_across(above: Line, row: Line, grid: Grid, by_column: list[list[float]]) -> bool:
    """Say whether a row is the short last line of words that run across the columns."""
    if any(grid.column(piece) != 0 for piece in row.pieces) or abs(row.size - above.size) > 0.05 * row.size:
        return False
    beside = any(abs(y - row.y) < 0.9 * row.size for ys in by_column[1:] for y in ys)
    return not beside and row.y - above.y < 1.6 * row.size and row.bold == above.bold


def _finished(lines: list[Line], column: int, edges: tuple[float, float], above: float | None) -> list[Line]:
    for line in lines:
        line.column = column
        line.left, line.right = edges
        line.gap = None if above is None else line.y - above
        above = line.y
    return lines
