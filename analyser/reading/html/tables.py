"""The rows of a table of a web page; a table that only sets numbers beside their words is none."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from analyser.reading.canonical import clean
from analyser.reading.html.signs import beginning
from analyser.reading.labels import stands_alone

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# A browser goes to 1,000 columns; a code's widest table has about ten.
MAX_COLUMNS = 60

_SECTIONS = ("thead", "tbody", "tfoot")
_INNER = frozenset({"table", "h1", "h2", "h3", "h4", "h5", "h6", "main", "article"})


def parts_of(table: "HtmlElement") -> "Iterator[HtmlElement]":
    """Yield what holds the cells of a table: its sections and rows, without those of tables inside it."""
    for child in table:
        if child.tag in _SECTIONS:
            yield child
    yield from rows_of(table)


def is_astray(element: "HtmlElement", holder: "HtmlElement") -> bool:
    """Say whether an element in a table, section or row is none of its parts, e.g. a caption."""
    if holder.tag == "tr":
        return element.tag not in ("td", "th")
    return element.tag != "tr" and (holder.tag != "table" or element.tag not in _SECTIONS)


def rows_of(table: "HtmlElement") -> "Iterator[HtmlElement]":
    """Yield the rows of a table, without those of tables inside it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in _SECTIONS:
            yield from (row for row in child if row.tag == "tr")


def cells_of(row: "HtmlElement") -> "list[HtmlElement]":
    """Return the cells of a row."""
    return [cell for cell in row if cell.tag in ("td", "th")]


def is_layout(table: "HtmlElement") -> bool:
    """Say whether a table only arranges text: numbers or labels in one column and their words beside them."""
    if table.get("role") in ("presentation", "none"):
        return True
    rows = list(rows_of(table))
    if any(one.tag in _INNER for row in rows for one in row.iterdescendants()):
        return True
    if any(child.tag in ("caption", "thead") for child in table):
        return False
    numbered = 0
    for row in rows:
        cells = cells_of(row)
        if any(cell.tag == "th" and cell.get("scope") != "row" for cell in cells) or len(cells) > 4:
            return False
        words = [clean(beginning(cell, 100)[:100]).strip() for cell in cells]
        first = next((one for one in words if one), "")
        if first and stands_alone(first):
            numbered += 1
        elif first and (not words or words[0]):
            return False
    return numbered > 0


class Grid:
    """Places the cells of a table's rows in its columns, where cells above reach down into a row."""

    def __init__(self) -> None:
        self._reaching: dict[int, int] = {}

    def place(self, row: "HtmlElement") -> "list[HtmlElement | None]":
        """Return what stands in each column of a row: a cell, or None where another spreads into it."""
        placed: list[HtmlElement | None] = []
        reaching: dict[int, int] = {}

        def reach() -> None:
            while (left := self._reaching.get(len(placed), 0)) > 0 and len(placed) < MAX_COLUMNS:
                reaching[len(placed)] = left - 1
                placed.append(None)

        for cell in cells_of(row):
            reach()
            down = span(cell.get("rowspan")) - 1
            for step in range(max(1, min(span(cell.get("colspan")), MAX_COLUMNS - len(placed)))):
                if down:
                    reaching[len(placed)] = down
                placed.append(None if step else cell)
        reach()
        self._reaching = reaching
        return placed


def span(words: str | None) -> int:
    """Return how many rows or columns a cell takes, at least 1.

    >>> span("3"), span(None), span("-2"), span("many")
    (3, 1, 1, 1)
    """
    found = re.match(r"\s*(\d{1,5})", words or "")
    return max(1, int(found[1])) if found else 1
