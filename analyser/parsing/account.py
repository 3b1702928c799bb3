"""Account for every printed character of a source: it lies in one node, or it is listed as unplaced."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from analyser.model.text import Span
from analyser.reading.source import Source


def account(source: Source, nodes: Iterable[Span]) -> tuple[tuple[Span, ...], float]:
    """Return what no node holds, a span a block, and the share (0 to 1) of printed characters that some node
    holds.

    >>> account(source, [heading, provision])[1]
    0.993
    """
    text = source.text
    held = sorted(nodes, key=lambda span: (span.start, span.end))
    starts = [block.span.start for block in source.blocks]
    unplaced: list[Span] = []
    at = 0
    for node in (*held, Span(start=len(text), end=len(text))):
        pieces = (_trimmed(piece, text) for piece in _pieces(at, node.start, starts))
        unplaced += [piece for piece in pieces if piece]
        at = max(at, node.end)
    count = sum(not character.isspace() for character in text)
    lost = sum(not character.isspace() for span in unplaced for character in span.of(text))
    return tuple(unplaced), 1.0 if not count else round(1 - lost / count, 6)


def _pieces(start: int, end: int, starts: Sequence[int]) -> Iterator[Span]:
    """Yield a stretch of text cut where blocks begin."""
    place = bisect_right(starts, start)
    while start < end:
        cut = min(end, starts[place]) if place < len(starts) else end
        if cut > start:
            yield Span(start=start, end=cut)
        start, place = cut, place + 1


def _trimmed(span: Span, text: str) -> Span | None:
    """Return a span without white space at its ends, None where nothing is left."""
    words = span.of(text)
    if not words.strip():
        return None
    start = span.start + len(words) - len(words.lstrip())
    return Span(start=start, end=start + len(words.strip()))
