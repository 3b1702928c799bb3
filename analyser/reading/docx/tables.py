"""The rows and cells of a Word table, merged cells once, and whether it only sets text in columns."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from analyser.reading.docx.names import ALTERNATE, child, number, value, w
from analyser.reading.docx.runs import Story, chosen
from analyser.reading.labels import stands_alone

if TYPE_CHECKING:
    from lxml import etree

# Word itself stops at 63 columns.
MAX_COLUMNS = 63

_THROUGH = frozenset({w("sdt"), w("sdtContent"), w("customXml"), w("ins"), w("moveTo")})


def rows_of(table: "etree._Element", story: Story) -> "Iterator[etree._Element]":
    """Yield the rows of a table that stand once its tracked changes are accepted, and count those changes."""
    for element in _inside(table, w("tr")):
        properties = child(element, "trPr")
        story.told["insertions"] += child(properties, "ins") is not None
        if child(properties, "del") is not None:
            story.told["deletions"] += 1
        else:
            yield element


def cells_of(row: "etree._Element") -> "list[etree._Element | None]":
    """Return what stands in each column of a row: a cell, or None where another spreads into it."""
    cells: list[etree._Element | None] = []
    cells += [None] * _span(child(row, "trPr"), "gridBefore", 0)
    for cell in _inside(row, w("tc")):
        properties = child(cell, "tcPr")
        if child(properties, "cellDel") is not None:
            continue
        merged = child(properties, "vMerge")
        goes_on = merged is not None and value(properties, "vMerge") != "restart"
        cells.append(None if goes_on and not _has_words(cell) else cell)
        cells += [None] * (_span(properties, "gridSpan", 1) - 1)
    return cells[:MAX_COLUMNS]


def is_layout(rows: Sequence[Sequence[str]], has_head: bool) -> bool:
    """Say whether a table only arranges text: one column, or numbers and labels with their words beside them.

    >>> is_layout([["C1.1", "Words"], ["", "(a)", "words"]], has_head=False), is_layout([["A", "B"]], False)
    (True, False)
    """
    if has_head:
        return False
    if all(len(row) <= 1 for row in rows):
        return True
    numbered = 0
    for row in rows:
        first = next((words for words in row if words), "")
        if len(row) > 4 or (first and row[0] and not stands_alone(first)):
            return False
        numbered += bool(first and stands_alone(first))
    return numbered > 0


def _inside(element: "etree._Element", tag: str) -> "Iterator[etree._Element]":
    for one in element:
        if one.tag == tag:
            yield one
        elif one.tag in _THROUGH:
            yield from _inside(one, tag)
        elif one.tag == ALTERNATE:
            yield from _inside(chosen(one), tag)


def _span(properties: "etree._Element | None", name: str, otherwise: int) -> int:
    found = number(value(properties, name))
    return otherwise if found is None else max(otherwise, min(found, MAX_COLUMNS))


def _has_words(cell: "etree._Element") -> bool:
    return any((one.text or "").strip() for one in cell.iter(w("t")))
