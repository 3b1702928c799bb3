"""What a text itself says its measures became: the marks `final="ICU C1"` at a measure's heading, in effect a
table of destinations.
"""

from analyser.model.base import Basis
from analyser.model.text import Document
from analyser.parsing.tree import read_basis
from analyser.reading.source import BlockKind, Source

Destinations = dict[str, tuple[tuple[str, Basis], ...]]


def destinations(source: Source, document: Document) -> Destinations:
    """Return for each measure of a document the measures it is said to have become, and how that is known.

    Example: `{"4A": (("ICU C1", Basis.RECALL_HIGH), ("ICU C2", Basis.RECALL_HIGH))}`.
    """
    names = {
        document.text[measure.span.start : measure.title_span.end]: measure.id
        for measure in document.measures
    }
    found: Destinations = {}
    for block in source.blocks:
        words = block.span.of(source.text)
        if block.kind is not BlockKind.HEADING or words not in names:
            continue
        said = [
            (target, read_basis(mark.get("final_basis") or Basis.UNKNOWN, mark.line, source.path))
            for mark in block.attributes
            if (target := mark.get("final"))
        ]
        if said:
            found[names[words]] = tuple(said)
    return found
