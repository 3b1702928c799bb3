"""Where words stand: in which part of the document, which measure, and which innermost provision."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from analyser.model.text import Document, Measure, Provision, Span


class Part(StrEnum):
    """The part of a document in which words stand; only words of a recommendation can qualify a duty."""

    RECOMMENDATION = "recommendation"
    APPLICATION = "application"
    DEFINITION = "definition"
    SECTION = "section"
    HEADING = "heading"
    INDEX = "index"
    TABLE = "table"
    NOTE = "note"


WHY_NOT_HERE = {
    Part.APPLICATION: "read as application logic: it says to whom the measure applies",
    Part.DEFINITION: "stands in a definition",
    Part.SECTION: "stands outside the measures",
    Part.HEADING: "stands in a title or heading",
    Part.INDEX: "stands in the index of measures",
    Part.TABLE: "stands in a table",
    Part.NOTE: "stands in a note of ours, which is not text of the code",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of words that belongs together: a lead-in, an item or a tail, or a heading, row or note.

    `chain` holds the provisions from the paragraph down to the innermost one, () outside provisions.
    """

    span: Span
    part: Part
    measure: Measure | None = None
    chain: tuple[Provision, ...] = ()
    is_tail: bool = False

    @property
    def innermost(self) -> Provision | None:
        """The provision in which the words stand, None outside provisions."""
        return self.chain[-1] if self.chain else None

    @property
    def name(self) -> str:
        """The provision's full name, e.g. `ICU C2.2`; outside measures the bare number."""
        if not self.chain:
            return ""
        prefix = self.measure.id.removesuffix(self.measure.number) if self.measure else ""
        return f"{prefix}{self.chain[-1].number}"


class Places:
    """The places of a document, found by a range of its text."""

    def __init__(self, document: Document) -> None:
        self._places = sorted(_walk(document), key=lambda place: (place.span.start, place.span.end))
        self._starts = [place.span.start for place in self._places]

    def find(self, start: int, end: int) -> Place | None:
        """Return the place that holds a range, None when it lies across two places or in none."""
        index = bisect_right(self._starts, start) - 1
        place = self._places[index] if index >= 0 else None
        return place if place and place.span.start <= start and end <= place.span.end else None

    def of_measure(self, measure: Measure, part: Part = Part.RECOMMENDATION) -> tuple[Place, ...]:
        """Return the places of one part of a measure, in the order of the text."""
        return tuple(place for place in self._places if place.measure is measure and place.part is part)


def _walk(document: Document) -> Iterator[Place]:
    """Yield every place of a document; provisions give one for their own words and one for their tail."""
    defined = {definition.provision.number for definition in document.definitions}
    for provision in document.sections:
        yield from _words(
            provision, Part.DEFINITION if provision.number in defined else Part.SECTION, None, ()
        )
    for measure in document.measures:
        for provision in measure.application:
            yield from _words(provision, Part.APPLICATION, measure, ())
        for provision in measure.recommendation:
            yield from _words(provision, Part.RECOMMENDATION, measure, ())
    by_heading = [(measure.span, measure) for measure in document.measures]
    for heading in document.headings:
        yield Place(
            heading,
            Part.HEADING,
            next((measure for span, measure in by_heading if span.holds(heading)), None),
        )
    yield from (Place(row.span, Part.INDEX) for row in document.index)
    yield from (Place(row.span, Part.TABLE) for row in document.harm_rows)
    yield from (
        Place(note.span, Part.NOTE, document.measure(note.measure) if note.measure else None)
        for note in document.notes
    )


def _words(
    provision: Provision, part: Part, measure: Measure | None, above: tuple[Provision, ...]
) -> Iterator[Place]:
    chain = (*above, provision)
    yield Place(provision.lead, part, measure, chain)
    for item in provision.items:
        yield from _words(item, part, measure, chain)
    if provision.tail:
        yield Place(provision.tail, part, measure, chain, is_tail=True)
