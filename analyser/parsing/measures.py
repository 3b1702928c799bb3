"""A measure while it is being read, and as it is then: complete or not, its numbers each its own."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from analyser.errors import InputError
from analyser.model.base import Basis
from analyser.model.text import Measure, Provision, Span
from analyser.parsing.gaps import paragraph_gaps
from analyser.parsing.tree import read_basis
from analyser.reading.source import Attribute, Block, Source


@dataclass
class OpenMeasure:
    """A measure to which paragraphs are still being added."""

    id: str
    number: str
    title: str
    start: int
    end: int
    title_span: Span
    block: Block
    marks: list[Attribute]
    application: list[Provision] = field(default_factory=list)
    recommendation: list[Provision] = field(default_factory=list)
    in_application: bool = False
    sections_seen: bool = False
    untitled: bool = False

    dropped: bool = False
    unnumbered: int = 0

    @property
    def has_paragraphs(self) -> bool:
        """Say whether any paragraph was read yet."""
        return bool(self.application or self.recommendation)


def closed(item: OpenMeasure, known: Basis, exact: bool, path: str) -> Measure:
    """Return the measure that was read; `known` is how the title of an `exact` file is known."""

    def mark(key: str) -> str | None:
        return next((value for attribute in item.marks if (value := attribute.get(key)) is not None), None)

    def basis(key: str) -> Basis:
        value = mark(key)
        return read_basis(value, item.block.line, path) if value else Basis.UNKNOWN

    return Measure(
        id=item.id,
        number=item.number,
        title=item.title,
        span=Span(start=item.start, end=item.end),
        title_span=item.title_span,
        application=tuple(item.application),
        recommendation=tuple(item.recommendation),
        title_basis=known if exact else basis("title"),
        text_complete=mark("text_complete") == "true",
        codes=tuple((mark("codes") or "").split()),
        codes_basis=basis("codes_basis"),
        duties=mark("duties") or "",
        duties_basis=basis("duties_basis"),
    )


def completed(measure: Measure, loose: Sequence[int]) -> Measure:
    """Say that all of a measure is held: its numbers leave no paragraph out, and no words of it are loose
    (`loose` are the places, in order, where words without a node begin).
    """
    first = bisect_left(loose, measure.span.start)
    is_loose = first < len(loose) and loose[first] < measure.span.end
    whole = bool(measure.application or measure.recommendation) and not paragraph_gaps(measure)
    return measure.model_copy(update={"text_complete": whole and not is_loose})


def refuse_twice(source: Source, measures: Sequence[Measure]) -> None:
    """Raise InputError when a measure or a provision number stands twice."""
    seen: dict[str, int] = {}
    for number, place in _numbers(measures):
        if number in seen:
            raise InputError(
                f"{number} stands twice in the text",
                place=f"{source.path}, line {block_at(source, place).line}",
                fix="Give every measure and paragraph a number of its own.",
            )
        seen[number] = place


def block_at(source: Source, place: int) -> Block:
    """Return the block of the source in which a place of the text stands."""
    at = bisect_right(source.blocks, place, key=lambda block: block.span.start)
    return source.blocks[max(0, at - 1)]


def _numbers(measures: Sequence[Measure]) -> Iterator[tuple[str, int]]:
    for measure in measures:
        yield measure.id, measure.span.start
        for provision in measure.provisions():
            yield provision.number, provision.span.start
