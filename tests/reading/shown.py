"""Print a source as lines, one a block, so that a test reads like the page it is about."""

from analyser.reading.source import BlockKind, Source


def shown(source: Source) -> list[str]:
    """Return each block as `kind words`, headings and items with their depth (`item2`, `item-` for none)."""
    lines = []
    for block in source.blocks:
        depth = block.depth if block.depth is not None else "-" if block.kind is BlockKind.ITEM else ""
        words = " | ".join(cell.of(source.text) for cell in block.cells) or block.span.of(source.text)
        lines.append(f"{block.kind.value}{depth} {words}")
    return lines


def body(source: Source) -> list[str]:
    """Return the blocks without footnotes and furniture."""
    return [line for line in shown(source) if not line.startswith(("footnote", "furniture"))]


def marks(source: Source) -> list[str]:
    """Return each footnote's mark after the words before it: `service[1]`."""
    return [f"{source.text[: one.at].split()[-1]}[{one.label}]" for one in source.marks]


def assert_sound(source: Source) -> None:
    """Check what holds of every source: blocks in order, exact spans, all words in one, no layout left."""
    at = 0
    for block in source.blocks:
        assert source.text[at : block.span.start].strip("\n") == ""
        words = block.span.of(source.text)
        assert words == words.strip(" \n")
        assert "\n" not in words
        assert "  " not in words
        if block.cells:
            assert "\t".join(cell.of(source.text) for cell in block.cells) == words
        at = block.span.end
    assert source.text[at:] == "\n"
    assert all(0 <= mark.at <= len(source.text) for mark in source.marks)
    assert not set(source.text) & set("\u00a0\u00ad\u200b\ufeff\x00")
