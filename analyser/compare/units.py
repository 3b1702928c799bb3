"""The pieces of a text that are compared: its measures and their numbered paragraphs, each with what is known
of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property

from analyser.compare.destinations import Destinations
from analyser.model.base import Basis, weakest
from analyser.model.text import Document, Measure, Provision, Span

_NOT_SEEN = re.compile(r"not seen", re.IGNORECASE)
_ONLY_NOT_SEEN = re.compile(r"^\[?not seen\]?\.?$", re.IGNORECASE)
_BRACKETED = re.compile(r"\[[^\[\]]*not seen[^\[\]]*\]", re.IGNORECASE)
_RECALLED = (Basis.RECALL_HIGH, Basis.RECALL_MEDIUM, Basis.RECALL_LOW)


class Part(StrEnum):
    """Where a paragraph stands: in a measure's application or recommendation, or outside the measures."""

    APPLICATION = "application"
    RECOMMENDATION = "recommendation"
    SECTION = "section"


@dataclass(frozen=True)
class Unit:
    """One numbered paragraph with its items, named as outputs name it (`ICU C2.2`).

    `numbered` says that the number is the official one, `seen` that its words are held, `whole` that all of
    them are (no item of it says
    `[not seen]`), `sure` that all of them rest on more than recall, `recalled` that some rest on recall.
    `term` is the term that it defines.
    """

    id: str
    measure: str
    part: Part
    place: int
    text: str
    basis: Basis
    numbered: bool
    seen: bool
    whole: bool
    sure: bool
    recalled: bool
    span: Span
    term: str = ""


@dataclass(frozen=True)
class Whole:
    """One measure: its title (empty where it was not seen) and its paragraphs; `complete` says that every
    paragraph of it is held.
    """

    id: str
    place: int
    title: str
    title_basis: Basis
    complete: bool
    sure: bool
    units: tuple[Unit, ...]

    @property
    def seen(self) -> bool:
        """Say whether the words of any of its recommendations are held."""
        return any(unit.seen for unit in self.units if unit.part is Part.RECOMMENDATION)

    @property
    def partly(self) -> bool:
        """Say whether some of its words are known not to have been seen."""
        return not all(unit.whole for unit in self.units)

    @cached_property
    def words(self) -> str:
        """The words held of its paragraphs."""
        return "\n".join(unit.text for unit in self.units if unit.seen)

    @cached_property
    def recommended(self) -> str:
        """The title and the words held of its recommendations, without those that say to whom it applies."""
        held = (unit.text for unit in self.units if unit.seen and unit.part is Part.RECOMMENDATION)
        return "\n".join((self.title, *held))

    @property
    def basis(self) -> Basis:
        """How the title and the paragraphs are known: the weakest of them."""
        return weakest([self.title_basis, *(unit.basis for unit in self.units)])


@dataclass(frozen=True)
class Text:
    """One side of a comparison: its measures and, in the order of the text, every paragraph.

    `listed` says that its list of measures is known by more than recall; `destinations` is what the text says
    its measures became.
    """

    document: Document
    measures: tuple[Whole, ...]
    units: tuple[Unit, ...]
    listed: bool
    destinations: Destinations = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        """What orders two texts whichever is given first."""
        return (self.document.revision, self.document.sha256)

    @cached_property
    def by_id(self) -> dict[str, Whole]:
        """Every measure by its id."""
        return {measure.id: measure for measure in self.measures}

    @cached_property
    def unit_by_id(self) -> dict[str, Unit]:
        """Every paragraph by its id."""
        return {unit.id: unit for unit in self.units}

    def unit_at(self, span: Span) -> Unit | None:
        """Return the paragraph that holds a range of the text, None for a range outside all."""
        return next((unit for unit in self.units if unit.span.holds(span)), None)


def text_of(document: Document, said: Destinations | None = None) -> Text:
    """Return a document as pieces to compare.

    A document without any marks of basis is taken as given: its words are what they are, and all of them.
    """
    given = _as_given(document)
    measures: list[Whole] = []
    units: list[Unit] = []
    for measure in document.measures:
        own = tuple(_units_of(document, measure, len(units), given))
        units.extend(own)
        measures.append(
            Whole(
                id=measure.id,
                place=len(measures),
                title="" if _NOT_SEEN.search(measure.title) else measure.title,
                title_basis=measure.title_basis,
                complete=given or measure.text_complete,
                sure=given or _is_sure(measure.title_basis),
                units=own,
            )
        )
    terms = {one.provision.span: one.term for one in document.definitions}
    units.extend(
        replace(
            _unit(document, provision, "", "", Part.SECTION, place, given), term=terms.get(provision.span, "")
        )
        for place, provision in enumerate(document.sections, len(units))
    )
    rows = [row.basis for row in document.index] or [measure.title_basis for measure in document.measures]
    return Text(document, tuple(measures), tuple(units), given or _is_sure(weakest(rows)), said or {})


def is_recalled(basis: Basis) -> bool:
    """Say whether a basis is recall alone."""
    return basis in _RECALLED


def _is_sure(basis: Basis) -> bool:
    return basis is not Basis.UNKNOWN and basis not in _RECALLED


def _as_given(document: Document) -> bool:
    """Say whether a document carries no marks of basis at all, as a file of one's own does."""
    paragraphs = (provision for measure in document.measures for provision in measure.provisions())
    bases = [measure.title_basis for measure in document.measures] + [one.text_basis for one in paragraphs]
    return all(basis is Basis.UNKNOWN for basis in bases)


def _units_of(document: Document, measure: Measure, place: int, given: bool) -> Iterator[Unit]:
    prefix = measure.id.removesuffix(measure.number)
    for part, paragraphs in (
        (Part.APPLICATION, measure.application),
        (Part.RECOMMENDATION, measure.recommendation),
    ):
        for provision in paragraphs:
            yield _unit(document, provision, measure.id, prefix, part, place, given)
            place += 1


def _unit(
    document: Document, provision: Provision, measure: str, prefix: str, part: Part, place: int, given: bool
) -> Unit:
    words = document.text[provision.lead.start : provision.span.end].strip()
    basis = weakest(inner.text_basis for inner in provision.walk())
    seen = bool(words) and not _ONLY_NOT_SEEN.match(words)
    return Unit(
        id=f"{prefix}{provision.number}",
        measure=measure,
        part=part,
        place=place,
        text=words,
        basis=basis,
        numbered=provision.number_known,
        seen=seen,
        whole=seen and not _BRACKETED.search(words),
        sure=given or _is_sure(basis),
        recalled=any(is_recalled(inner.text_basis) for inner in provision.walk()),
        span=provision.span,
    )
