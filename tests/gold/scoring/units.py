"""What is scored: a paragraph of a gold document, or a measure of a built-in code, with its labels and what
the engine reads in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from analyser import library
from analyser.analysis import analyse, study
from analyser.coverage.study import Revision, Study
from analyser.errors import InputError
from analyser.model.base import Frozen, Level, Nature
from analyser.model.duty import Duty
from analyser.model.exemption import Exemption
from analyser.model.text import Span
from analyser.rulebook import located_yaml
from analyser.rulebook.models import Rulebook
from analyser.rulebook.validation import validate

from ..format import MEASURE, PREFIX, Labels, Text, load, places_of, text_of
from ..notation import HARMS, KINDS

Part = Literal["codes", "seen", "sealed"]
GOLD = Path(__file__).resolve().parents[1]


class CodeMeasure(Frozen):
    """The labels of one measure of a built-in code; places are its own paragraph numbers (`C2.2(a)`)."""

    measure: str
    labels: Labels
    note: str = ""


class CodeLabels(Frozen):
    """A file of tests/gold/codes: the labels of a text of the library."""

    code: str
    revision: str
    drafted_by: str
    note: str = ""
    measures: tuple[CodeMeasure, ...]


@dataclass(frozen=True)
class Unit:
    """A piece of text with its labels, and what the engine finds in it."""

    name: str
    measure: str
    labels: Labels
    text: Text
    study: Study

    @property
    def duties(self) -> tuple[Duty, ...]:
        """The duties that the engine reads in the measure."""
        return tuple(duty for duty in self.study.duties if duty.measure == self.measure)

    @property
    def qualifiers(self) -> tuple[Exemption, ...]:
        """The qualifiers that the engine reads in the recommendation, without those that only say again that
        a permission is one: the guide gives those no label (borderline case 23).
        """
        permitted = {duty.id for duty in self.duties if duty.force.value == "permitted"}
        return tuple(
            one
            for one in self.study.exemptions
            if one.measure == self.measure
            and one.nature is not Nature.APPLICATION
            and not (
                one.nature is Nature.PERMISSION
                and one.level is Level.MINOR
                and set(one.duties) <= permitted
                and not one.targets
            )
        )

    def span(self, quote: str, place: str, nth: int | None) -> Span:
        """Return where a label's words stand."""
        return self.text.find(quote, place, nth)[1]


def units(part: Part, rulebook: Rulebook) -> Iterator[Unit]:
    """Yield what is labelled in a part of the gold set, in the order of its files."""
    for path in sorted((GOLD / part).glob("*.yaml")):
        yield from _of_code(path, rulebook) if part == "codes" else _of_document(path, rulebook)


def paths(part: Part) -> list[Path]:
    """Return the files of a part."""
    return sorted((GOLD / part).glob("*.yaml"))


def _of_document(path: Path, rulebook: Rulebook) -> Iterator[Unit]:
    gold = load(path)
    for paragraph in gold.paragraphs:
        text = text_of(paragraph)
        read = study(text.document, revision(), rulebook)
        yield Unit(f"{gold.document}/{paragraph.id}", f"{PREFIX} {MEASURE}", paragraph.labels, text, read)


def _of_code(path: Path, rulebook: Rulebook) -> Iterator[Unit]:
    gold = load_code(path)
    read = analyse(library.resolve(f"{gold.code}@{gold.revision}"), rulebook).study
    for one in gold.measures:
        measure = read.document.measure(one.measure)
        if measure is None:
            raise InputError(f"there is no measure `{one.measure}` in {gold.code}@{gold.revision}")
        text = Text(read.document, places_of(read.document, measure))
        yield Unit(f"{gold.revision}/{one.measure}", one.measure, one.labels, text, read)


def load_code(path: Path) -> CodeLabels:
    """Return the labels of a built-in code; InputError names file and line of what does not fit."""
    data = located_yaml.read(path, str(path), InputError)
    return validate(CodeLabels, data, str(path), InputError, what="gold document")


def revision() -> Revision:
    """Return the revision that gold paragraphs belong to: of no date, with every kind of harm."""
    return Revision(
        code="gold",
        date="",
        title="",
        issuer="",
        status="",
        in_force="",
        regime="user-to-user",
        harms=HARMS,
        counting=frozenset(KINDS),
    )
