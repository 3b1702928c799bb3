"""The tables of a code: its index of measures and its table of kinds of harm, told by their columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from analyser.model.base import Basis
from analyser.model.text import HarmRow, IndexRow, Span
from analyser.parsing.numbering import Numbering
from analyser.parsing.tree import read_basis
from analyser.reading.source import Block, Media, Source

_FOR_WHOM = re.compile(r"\b(?:appl\w+|who|services?|scope|relevant)\b", re.IGNORECASE)


@dataclass(slots=True)
class Table:
    """What a table gave: how many blocks it takes, its heads, and its rows as far as they are known."""

    taken: int
    heads: list[Span] = field(default_factory=list)
    index: list[IndexRow] = field(default_factory=list)
    harms: list[HarmRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Columns:
    measure: int
    title: int | None
    application: int | None


def read_table(rows: Sequence[Block], source: Source, numbering: Numbering, known: Basis) -> Table:
    """Return the table that some rows make, the first of them its head.

    An index has columns named measure and application, or a column that holds measures of this numbering; a
    table of kinds of harm has a first column named row. Of any other table only the head has a place. `known`
    is how the rows are known where no mark says it.
    """
    lines = [[cell.of(source.text).strip() for cell in row.cells] for row in rows]
    header = [cell.lower() for cell in lines[0]]
    found = Table(taken=len(rows), heads=[rows[0].span])
    columns = _index_columns(header, [line for line in lines if line != lines[0]], numbering)
    basis = _table_basis(rows, source.path, known)
    for row, line in zip(rows[1:], lines[1:], strict=True):
        if source.media is not Media.MARKDOWN and line == lines[0]:
            found.heads.append(row.span)  # the head again, on the next page
        elif columns and found.index and _goes_on(line, columns, source):
            found.index[-1] = _joined(found.index[-1], line, columns, row.span)
        elif columns:
            found.index.append(
                IndexRow(
                    measure=_named(_cell(line, columns.measure), numbering),
                    title=_cell(line, columns.title),
                    application=_cell(line, columns.application),
                    span=row.span,
                    basis=_row_basis(row, source.path) or basis,
                )
            )
        elif header and header[0] == "row" and len(header) > 1:
            found.harms.append(HarmRow(row=_cell(line, 0), kind=_cell(line, 1), span=row.span))
    return found


def _goes_on(line: Sequence[str], columns: _Columns, source: Source) -> bool:
    """Say whether a row goes on with the one before it, which a page or column broke in two."""
    return source.media is not Media.MARKDOWN and not _cell(line, columns.measure)


def _joined(row: IndexRow, line: Sequence[str], columns: _Columns, span: Span) -> IndexRow:
    return row.model_copy(
        update={
            "title": f"{row.title} {_cell(line, columns.title)}".strip(),
            "application": f"{row.application} {_cell(line, columns.application)}".strip(),
            "span": Span(start=row.span.start, end=span.end),
        }
    )


def _cell(line: Sequence[str], place: int | None) -> str:
    return line[place] if place is not None and place < len(line) else ""


def _index_columns(
    header: Sequence[str], lines: Sequence[Sequence[str]], numbering: Numbering
) -> _Columns | None:
    """Return the columns of an index of measures, None where the table is none."""
    if "measure" in header and "application" in header:
        title = header.index("title") if "title" in header else None
        return _Columns(header.index("measure"), title, header.index("application"))
    for place in range(len(header)):
        filled = [cell for line in lines if (cell := _cell(line, place))]
        named = sum(_is_measure(cell, numbering) for cell in filled)
        if named and named * 2 > len(filled):
            rest = [at for at in range(len(header)) if at != place]
            for_whom = next((at for at in rest if _FOR_WHOM.search(header[at])), None)
            if for_whom is None and len(rest) > 1:
                for_whom = rest[-1]
            return _Columns(place, next((at for at in rest if at != for_whom), None), for_whom)
    return None


def _is_measure(cell: str, numbering: Numbering) -> bool:
    return bool(numbering.prefix) and numbering.bare_heading(cell) is not None


def _named(cell: str, numbering: Numbering) -> str:
    """Return the name of a measure in the index as its heading gives it."""
    number = numbering.bare_heading(cell)
    return numbering.measure_id(number) if number else cell


def _table_basis(rows: Sequence[Block], path: str, known: Basis) -> Basis:
    """Return how a table is known: as its own mark says (`{: table text=...}`), else as the first mark."""
    marks = [mark for row in rows for mark in row.attributes if mark.get("text")]
    marks.sort(key=lambda mark: mark.get("table") is None)
    return next((read_basis(mark.get("text") or "", mark.line, path) for mark in marks), known)


def _row_basis(row: Block, path: str) -> Basis | None:
    """Return how one row is known where it says so itself (`{: text=...}`)."""
    marks = (mark for mark in row.attributes if mark.get("table") is None)
    return next((read_basis(value, mark.line, path) for mark in marks if (value := mark.get("text"))), None)
