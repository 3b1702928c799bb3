"""Parse a source into a Document: sections, measures, provisions, index, table of harms, definitions; and
account for every character.
"""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from analyser.errors import InputError
from analyser.model.base import Basis
from analyser.model.text import Definition, Document, HarmRow, IndexRow, Measure, Note, Provision, Span
from analyser.parsing.numbering import Numbering, item_label
from analyser.parsing.tree import build_provision, read_basis
from analyser.reading.source import Attribute, Block, BlockKind, Source

_APPLICATION = re.compile(r"^application\b", re.IGNORECASE)
_RECOMMENDATION = re.compile(r"^recommendations?\b", re.IGNORECASE)
_DEFINES = re.compile(
    r"^(?:an?\s+|the\s+)?[\"“']?(?P<term>[^.;:]{2,90}?)[\"”']?,?\s+"
    r"(?:means|is defined as|has the meaning)\s+",
    re.IGNORECASE,
)
_PART = re.compile(r"^(?:section|part|chapter|table|annex|schedule)\b", re.IGNORECASE)


@dataclass
class _OpenMeasure:
    id: str
    number: str
    title: str
    start: int
    end: int
    title_span: Span
    line: int
    marks: list[Attribute]
    application: list[Provision] = field(default_factory=list)
    recommendation: list[Provision] = field(default_factory=list)
    in_application: bool = False
    sections_seen: bool = False


@dataclass
class _Tree:
    measures: list[_OpenMeasure] = field(default_factory=list)
    sections: list[Provision] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)
    index: list[IndexRow] = field(default_factory=list)
    harm_rows: list[HarmRow] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    headings: list[Span] = field(default_factory=list)


def load(path: Path, numbering: Numbering, prefix: str, shown_as: str | None = None) -> Document:
    """Read and parse a Markdown code file; raises InputError naming cause, file, line and fix."""
    from analyser.reading.markdown import read_markdown

    return parse(read_markdown(path, shown_as or str(path)), numbering, prefix)


def parse(source: Source, numbering: Numbering, prefix: str) -> Document:
    """Return the Document of a source; `prefix` begins every id (`icu`). Raises InputError for a measure or
    paragraph given twice.
    """
    tree = _Tree()
    current: _OpenMeasure | None = None
    blocks = list(source.blocks)
    position = 0
    title = source.get("title") or ""
    while position < len(blocks):
        block = blocks[position]
        words = block.span.of(source.text)
        if block.kind is BlockKind.HEADING:
            title = title or words
            current = _heading(tree, current, block, words, numbering)
            position += 1
        elif block.kind is BlockKind.NOTE:
            tree.notes.append(Note(span=block.span, measure=current.id if current else None))
            position += 1
        elif block.kind is BlockKind.ROW:
            position += _table(tree, blocks[position:], source)
        else:
            position += _paragraph(tree, current, blocks[position:], source, numbering)
        if current:
            current.end = max(current.end, blocks[position - 1].span.end)
    measures = tuple(_measure(item, source.path) for item in tree.measures)
    _refuse_twice(source, measures)
    unplaced, placed = _account(source, tree, measures)
    return Document(
        code=source.get("code") or prefix,
        prefix=prefix,
        revision=source.get("revision") or "",
        title=title,
        path=source.path,
        text=source.text,
        sha256=hashlib.sha256(source.text.encode()).hexdigest(),
        measures=measures,
        sections=tuple(tree.sections),
        definitions=tuple(tree.definitions),
        index=tuple(tree.index),
        harm_rows=tuple(tree.harm_rows),
        notes=tuple(tree.notes),
        headings=tuple(tree.headings),
        unplaced=unplaced,
        placed=placed,
    )


def _heading(
    tree: _Tree, current: _OpenMeasure | None, block: Block, words: str, numbering: Numbering
) -> _OpenMeasure | None:
    """Open a measure or a section at a heading; a part heading inside a measure (`Application`) keeps it
    open.
    """
    tree.headings.append(block.span)
    opened = numbering.heading(words)
    if opened:
        number, title = opened
        start = block.span.end - len(title)
        measure = _OpenMeasure(
            id=numbering.measure_id(number),
            number=number,
            title=title,
            start=block.span.start,
            end=block.span.end,
            title_span=Span(start=start, end=block.span.end),
            line=block.line,
            marks=list(block.attributes),
        )
        tree.measures.append(measure)
        return measure
    if current and _APPLICATION.match(words):
        current.in_application, current.sections_seen = True, True
        return current
    if current and _RECOMMENDATION.match(words):
        current.in_application, current.sections_seen = False, True
        return current
    if current and not _PART.match(words) and (block.depth or 6) >= 3:
        return current
    return None


def _paragraph(
    tree: _Tree, current: _OpenMeasure | None, blocks: Sequence[Block], source: Source, numbering: Numbering
) -> int:
    """Place a numbered paragraph with its items and tails; return how many blocks it took (an unnumbered one
    stays unplaced).
    """
    words = blocks[0].span.of(source.text)
    start = numbering.paragraph_start(words)
    if not start:
        return 1
    taken = _blocks_of(blocks, source, numbering, bool(item_label(words[start.end() :])))
    provision = build_provision(
        start["number"], blocks[0].span.start + start.end(), blocks[:taken], source.text, source.path
    )
    if current and start["owner"] == current.number:
        first_of_unsectioned = not current.sections_seen and not current.application
        (
            current.application if current.in_application or first_of_unsectioned else current.recommendation
        ).append(provision)
    else:
        tree.sections.append(provision)
        defined = _DEFINES.match(provision.lead.of(source.text))
        if defined:
            meaning = Span(start=provision.lead.start + defined.end(), end=provision.span.end)
            tree.definitions.append(
                Definition(term=defined["term"].strip(), provision=provision, meaning=meaning)
            )
    return taken


def _blocks_of(blocks: Sequence[Block], source: Source, numbering: Numbering, labelled: bool) -> int:
    """Return how many blocks a paragraph has: itself, its items, then unnumbered words (its tail).

    `labelled` says that its own words are an item already. Items after a tail belong to nobody we could name.
    """
    items, tail = labelled, False
    for place, block in enumerate(blocks[1:], start=1):
        words = block.span.of(source.text)
        text = block.kind is BlockKind.TEXT
        if (block.kind is BlockKind.ITEM or (text and item_label(words))) and not tail:
            items = True
        elif text and items and not item_label(words) and not numbering.paragraph_start(words):
            tail = True
        else:
            return place
    return len(blocks)


def _table(tree: _Tree, blocks: Sequence[Block], source: Source) -> int:
    """Place a table: the index of measures or the table of kinds of harm, told apart by their column
    headings.
    """
    rows = []
    for block in blocks:
        if block.kind is not BlockKind.ROW:
            break
        rows.append(block)
    header = [cell.of(source.text).strip().lower() for cell in rows[0].cells]
    tree.headings.append(rows[0].span)
    basis = _table_basis(rows, source.path)
    for row in rows[1:]:
        cells = [cell.of(source.text).strip() for cell in row.cells] + [""] * 3
        if "measure" in header and "application" in header:
            tree.index.append(
                IndexRow(
                    measure=cells[header.index("measure")],
                    title=cells[header.index("title")] if "title" in header else "",
                    application=cells[header.index("application")],
                    span=row.span,
                    basis=_row_basis(row, source.path) or basis,
                )
            )
        elif header and header[0] == "row" and len(header) > 1:
            tree.harm_rows.append(HarmRow(row=cells[0], kind=cells[1], span=row.span))
    return len(rows)


def _table_basis(rows: Sequence[Block], path: str) -> Basis:
    """Return how a table is known: as its own mark says (`{: table text=...}`), else as the first mark."""
    marks = [mark for row in rows for mark in row.attributes if mark.get("text")]
    marks.sort(key=lambda mark: mark.get("table") is None)
    return next((read_basis(mark.get("text") or "", mark.line, path) for mark in marks), Basis.UNKNOWN)


def _row_basis(row: Block, path: str) -> Basis | None:
    """Return how one row is known where it says so itself (`{: text=...}`)."""
    marks = (mark for mark in row.attributes if mark.get("table") is None)
    return next((read_basis(value, mark.line, path) for mark in marks if (value := mark.get("text"))), None)


def _measure(item: _OpenMeasure, path: str) -> Measure:
    def mark(key: str) -> str | None:
        return next((value for attribute in item.marks if (value := attribute.get(key)) is not None), None)

    def basis(key: str) -> Basis:
        value = mark(key)
        return read_basis(value, item.line, path) if value else Basis.UNKNOWN

    return Measure(
        id=item.id,
        number=item.number,
        title=item.title,
        span=Span(start=item.start, end=item.end),
        title_span=item.title_span,
        application=tuple(item.application),
        recommendation=tuple(item.recommendation),
        title_basis=basis("title"),
        text_complete=mark("text_complete") == "true",
        codes=tuple((mark("codes") or "").split()),
        codes_basis=basis("codes_basis"),
        duties=mark("duties") or "",
        duties_basis=basis("duties_basis"),
    )


def _refuse_twice(source: Source, measures: Sequence[Measure]) -> None:
    """Raise InputError when a measure or a provision number stands twice."""
    seen: dict[str, int] = {}
    for number, place in _numbers(measures):
        if number in seen:
            raise InputError(
                f"{number} stands twice in the text",
                place=f"{source.path}, line {_line(source, place)}",
                fix="Give every measure and paragraph a number of its own.",
            )
        seen[number] = place


def _line(source: Source, place: int) -> int:
    """Return the line of the source file in which a place of the text stands (that of its block)."""
    at = bisect_right(source.blocks, place, key=lambda block: block.span.start)
    return source.blocks[max(0, at - 1)].line


def _numbers(measures: Sequence[Measure]) -> Iterator[tuple[str, int]]:
    for measure in measures:
        yield measure.id, measure.span.start
        for provision in measure.provisions():
            yield provision.number, provision.span.start


def _account(source: Source, tree: _Tree, measures: Sequence[Measure]) -> tuple[tuple[Span, ...], float]:
    """Return the blocks that no node holds, and the share (0 to 1) of printed characters that some node
    holds.
    """
    nodes = [
        *tree.headings,
        *(note.span for note in tree.notes),
        *(row.span for row in tree.index),
        *(row.span for row in tree.harm_rows),
    ]
    nodes += [provision.span for provision in tree.sections]
    nodes += [
        provision.span
        for measure in measures
        for provision in (*measure.application, *measure.recommendation)
    ]
    nodes.sort(key=lambda span: span.start)
    unplaced = tuple(
        block.span
        for block in source.blocks
        if block.span.of(source.text).strip()
        and not any(node.holds(block.span) for node in _near(nodes, block.span))
    )
    printed = sum(not character.isspace() for character in source.text)
    lost = sum(not character.isspace() for span in unplaced for character in span.of(source.text))
    return unplaced, 1.0 if not printed else round(1 - lost / printed, 6)


def _near(nodes: Sequence[Span], span: Span) -> Iterator[Span]:
    place = bisect_right(nodes, span.start, key=lambda node: node.start)
    return iter(nodes[max(0, place - 1) : place])
