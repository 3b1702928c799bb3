"""Build provisions from blocks: a numbered paragraph, its items by label and sequence, and the tail after the
last item.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from analyser.errors import InputError
from analyser.model.base import Basis
from analyser.model.text import PhraseBasis, Provision, Span
from analyser.parsing.numbering import DEEPEST, Numbering, label_of, levels, styles
from analyser.reading.source import Attribute, Block, BlockKind

# The number of a paragraph that has none, or none that is known.
UNNUMBERED = re.compile(r"\.u\d+$")
_INLINE = re.compile(r"(?:^|[\s,;:])\(([a-z]{1,4}|[A-Z]{1,3}|\d{1,2})\)\s")


@dataclass
class _Node:
    number: str
    label: str
    start: int
    end: int
    lead: Span
    depth: int
    block: Block
    items: list["_Node"] = field(default_factory=list)
    numbers: dict[str, int] = field(default_factory=dict)
    tail: Span | None = None


@dataclass(frozen=True)
class _Row:
    """A block after the paragraph's own words: an item (by its layout or its label), a tail, or a wrapped
    line.
    """

    block: Block
    start: int
    lead_start: int
    label: str
    is_item: bool
    depth: int | None
    wrapped: bool = False
    number: str = ""


@dataclass(frozen=True)
class Reading:
    """What provisions are read from: the text, its file, the numbering, and how the words are known.

    With `exact` the file's words are the document's own: its marks are not ours, and a label that a list
    has twice is told apart (`C9.1(a)[2]`) rather than refused.
    """

    text: str
    path: str
    numbering: Numbering
    basis: Basis = Basis.UNKNOWN
    exact: bool = False


def build_provision(number: str, lead_start: int, blocks: Sequence[Block], reading: Reading) -> Provision:
    """Return the provision that `blocks` make: the first is the numbered paragraph, the rest its items and
    tails.

    `lead_start` is where the paragraph's own words begin, after its number; where they begin with a label
    (`C9.1 (1) …`) they are its first item. A line that begins with a label only because a sentence was
    wrapped there goes on with that sentence. Raises InputError for a basis that is not known.
    """
    first = blocks[0]
    root = _Node(
        number, number, first.span.start, first.span.end, Span(start=lead_start, end=first.span.end), 0, first
    )
    open_nodes = [root]
    rows = _rows(number, blocks, lead_start, reading)
    if rows and rows[0].start == lead_start:
        root.end = lead_start
        root.lead = Span(start=lead_start, end=lead_start)
    for row, depth in zip(rows, _depths(rows, reading.exact), strict=True):
        if row.wrapped:
            _go_on(open_nodes[-1], row)
        elif depth is None:
            _add_tail(open_nodes, row.block)
        else:
            _add_item(open_nodes, row, depth, reading.exact)
    margin = [mark for block in blocks for mark in block.attributes if not mark.indent]
    number_known = Basis.UNKNOWN if UNNUMBERED.search(number) else reading.basis
    return _freeze(root, margin, reading, number_known, reading.basis)


def _rows(number: str, blocks: Sequence[Block], lead_start: int, reading: Reading) -> list[_Row]:
    """Return what follows the paragraph's own words, a row a block; first the words themselves where they
    begin with a label.
    """
    rows: list[_Row] = []
    text, numbering = reading.text, reading.numbering
    first = numbering.item(text[lead_start : blocks[0].span.end])
    if first and any(place == 1 for _, place in styles(label_of(first))):
        depth = 1 if any(block.depth is not None for block in blocks[1:]) else None
        rows.append(_Row(blocks[0], lead_start, lead_start + first.end(), label_of(first), True, depth))
    spoken = text[lead_start : blocks[0].span.end]
    labels = [row.label for row in rows]
    for block in blocks[1:]:
        words = block.span.of(text)
        below = numbering.start(words)
        if below and below.number.startswith(f"{number}."):
            label, end = below.number.rpartition(".")[2], block.span.start + below.end
            rows.append(_Row(block, block.span.start, end, label, True, None, number=below.number))
            labels.append(label)
            spoken = words[below.end :]
            continue
        match = numbering.item(words)
        label = label_of(match) if match else ""
        wrapped = bool(label) and block.depth is None and _is_wrapped(label, labels, spoken)
        start = block.span.start + (match.end() if match else 0)
        rows.append(
            _Row(
                block,
                block.span.start,
                start,
                label,
                block.kind is BlockKind.ITEM or bool(match),
                block.depth,
                wrapped,
            )
        )
        if not wrapped:
            labels.append(label)
        spoken = spoken + words if wrapped else words[match.end() :] if match else words
    return rows


def _is_wrapped(label: str, labels: Sequence[str], spoken: str) -> bool:
    """Say whether a label at the start of a line goes on with a list set inline in the words before it (`(a)
    …; or` and `(b) …` on the next line).
    """
    follows = {(style, place - 1) for style, place in styles(label)}
    if any(place == 0 for _, place in follows) or any(follows & set(styles(earlier)) for earlier in labels):
        return False
    return any(follows & set(styles(inline)) for inline in _INLINE.findall(spoken))


def _depths(rows: Sequence[_Row], exact: bool) -> list[int | None]:
    """Return each row's item depth: as the layout shows it, else by the sequence of labels; None for a tail
    and for a wrapped line.

    The layout of an `exact` file that shows one depth for labels of several kinds shows none.
    """
    labelled = [row for row in rows if row.is_item and not row.wrapped and row.label]
    by_sequence = dict(zip(map(id, labelled), levels([row.label for row in labelled]), strict=True))
    deeper = {row.label for row in labelled if by_sequence[id(row)] > 1}
    outer = {row.label for row in labelled if by_sequence[id(row)] == 1}
    if exact and len({row.depth for row in labelled}) == 1 and deeper and not deeper & outer:
        return [by_sequence.get(id(row), 1) if row.is_item and not row.wrapped else None for row in rows]
    depths: list[int | None] = []
    for row in rows:
        is_item = row.is_item and not row.wrapped
        depths.append((row.depth or by_sequence.get(id(row), 1)) if is_item else None)
    return depths


def _add_item(open_nodes: list[_Node], row: _Row, depth: int, exact: bool) -> None:
    """Put an item under the last open node that is less deep."""
    depth = min(depth, DEEPEST)
    while open_nodes[-1].depth >= depth:
        open_nodes.pop()
    parent = open_nodes[-1]
    label = row.label or str(len(parent.items) + 1)
    end = row.block.span.end
    number = row.number or f"{parent.number}({label})"
    times = parent.numbers.get(number, 0) + 1
    parent.numbers[number] = times
    if exact and times > 1:
        number = f"{number}[{times}]"
    node = _Node(
        number,
        row.number or f"({label})",
        row.start,
        end,
        Span(start=row.lead_start, end=end),
        depth,
        row.block,
    )
    parent.items.append(node)
    open_nodes.append(node)


def _go_on(node: _Node, row: _Row) -> None:
    """Let a wrapped line go on with the words of the open node."""
    node.lead = Span(start=node.lead.start, end=row.block.span.end)
    node.end = row.block.span.end


def _add_tail(open_nodes: list[_Node], block: Block) -> None:
    """Give unnumbered words after items to the paragraph as its tail (they govern all its items)."""
    root = open_nodes[0]
    del open_nodes[1:]
    root.tail = Span(start=root.tail.start if root.tail else block.span.start, end=block.span.end)
    root.end = block.span.end


def _freeze(
    node: _Node, marks: Sequence[Attribute], reading: Reading, number_basis: Basis, text_basis: Basis
) -> Provision:
    number_basis = _basis(marks, "number", number_basis, reading.path)
    text_basis = _basis(marks, "text", text_basis, reading.path)
    items = tuple(
        _freeze(
            item, [mark for mark in item.block.attributes if mark.indent], reading, number_basis, text_basis
        )
        for item in node.items
    )
    return Provision(
        number=node.number,
        label=node.label,
        span=Span(start=node.start, end=max([node.end, *(item.span.end for item in items)])),
        lead=node.lead,
        items=items,
        tail=node.tail,
        number_basis=number_basis,
        text_basis=text_basis,
        phrases=_phrases(marks, reading.path),
        page=node.block.page,
        exact=reading.exact,
    )


def _basis(marks: Sequence[Attribute], key: str, fallback: Basis, path: str) -> Basis:
    for mark in marks:
        value = mark.get(key)
        if value is not None:
            return read_basis(value, mark.line, path)
    return fallback


def read_basis(value: str, line: int, path: str) -> Basis:
    """Return the basis a word names; raises InputError with the known words."""
    try:
        return Basis(value)
    except ValueError as problem:
        raise InputError(
            f"{value!r} is not a basis",
            place=f"{path}, line {line}",
            fix=f"Write one of {', '.join(basis.value for basis in Basis)}.",
        ) from problem


def _phrases(marks: Sequence[Attribute], path: str) -> tuple[PhraseBasis, ...]:
    found = []
    for mark in marks:
        phrase, basis = mark.get("phrase"), mark.get("basis")
        if phrase is not None:
            found.append(PhraseBasis(phrase=phrase, basis=read_basis(basis or "unknown", mark.line, path)))
    return tuple(found)
