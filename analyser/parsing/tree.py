"""Build provisions from blocks: a numbered paragraph, its items by label and sequence, and the tail after the last item."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from analyser.errors import InputError
from analyser.model.base import Basis
from analyser.model.text import PhraseBasis, Provision, Span
from analyser.parsing.numbering import item_label, levels
from analyser.reading.source import Attribute, Block, BlockKind


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
    tail: Span | None = None


def build_provision(number: str, lead_start: int, blocks: Sequence[Block], text: str, path: str) -> Provision:
    """Return the provision that `blocks` make: the first is the numbered paragraph, the rest its items and tails.

    `lead_start` is where the paragraph's own words begin, after its number. Raises InputError for a basis that is not known.
    """
    first = blocks[0]
    root = _Node(number, number, first.span.start, first.span.end, Span(start=lead_start, end=first.span.end), 0, first)
    depths = _depths(blocks[1:], text)
    open_nodes = [root]
    for block, depth in zip(blocks[1:], depths, strict=True):
        if depth is None:
            _add_tail(open_nodes, block)
            continue
        while open_nodes[-1].depth >= depth:
            open_nodes.pop()
        parent = open_nodes[-1]
        match = item_label(block.span.of(text))
        label = match["label"] if match else str(len(parent.items) + 1)
        start = block.span.start + (match.end() if match else 0)
        node = _Node(
            f"{parent.number}({label})", f"({label})", block.span.start, block.span.end, Span(start=start, end=block.span.end), depth, block
        )
        parent.items.append(node)
        open_nodes.append(node)
    margin = [mark for block in blocks for mark in block.attributes if not mark.indent]
    return _freeze(root, margin, path, Basis.UNKNOWN, Basis.UNKNOWN)


def _depths(blocks: Sequence[Block], text: str) -> list[int | None]:
    """Return each block's item depth: as the layout shows it, else by the sequence of labels; None for a tail."""
    labels = [item_label(block.span.of(text)) for block in blocks]
    if all(block.depth is not None for block in blocks if block.kind is BlockKind.ITEM):
        return [block.depth if block.kind is BlockKind.ITEM else None for block in blocks]
    by_sequence = iter(levels([match["label"] for match in labels if match]))
    return [next(by_sequence) if match else None for match in labels]


def _add_tail(open_nodes: list[_Node], block: Block) -> None:
    """Give unnumbered words after items to the paragraph as its tail (they govern all its items)."""
    root = open_nodes[0]
    del open_nodes[1:]
    root.tail = Span(start=root.tail.start if root.tail else block.span.start, end=block.span.end)
    root.end = block.span.end


def _freeze(node: _Node, marks: Sequence[Attribute], path: str, number_basis: Basis, text_basis: Basis) -> Provision:
    number_basis = _basis(marks, "number", number_basis, path)
    text_basis = _basis(marks, "text", text_basis, path)
    items = tuple(
        _freeze(item, [mark for mark in item.block.attributes if mark.indent], path, number_basis, text_basis) for item in node.items
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
        phrases=_phrases(marks, path),
        page=node.block.page,
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
            f"{value!r} is not a basis", place=f"{path}, line {line}", fix=f"Write one of {', '.join(basis.value for basis in Basis)}."
        ) from problem


def _phrases(marks: Sequence[Attribute], path: str) -> tuple[PhraseBasis, ...]:
    found = []
    for mark in marks:
        phrase, basis = mark.get("phrase"), mark.get("basis")
        if phrase is not None:
            found.append(PhraseBasis(phrase=phrase, basis=read_basis(basis or "unknown", mark.line, path)))
    return tuple(found)
