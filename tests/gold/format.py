"""The format of a gold document, its reader, and the check of its labels (GUIDE.md):
`python -m tests.gold.format FILE...`.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from analyser.errors import InputError
from analyser.model.base import Effect, Frozen, Kind, Level, Nature
from analyser.model.text import Document, Measure, Provision, Span
from analyser.parsing.document import parse
from analyser.parsing.numbering import Numbering
from analyser.profiles.model import Profile
from analyser.reading.markdown import parse_markdown
from analyser.rulebook import located_yaml
from analyser.rulebook.validation import validate

PREFIX = "GOLD"
MEASURE = "M1"
Binds = Literal["yes", "softened", "escapable", "excluded", "unknown"]
Reason = Literal[
    "taken_back",
    "definition",
    "heading",
    "note",
    "example",
    "application",
    "mention",
    "other_sense",
    "extends",
    "sharpens",
    "disclaims",
    "starts_a_duty",
    "pointer",
]
Step = int | str


class DutyLabel(Frozen):
    """One normative statement; `words` is an exact quote that holds its modal."""

    id: str
    words: str
    in_: str = Field("", alias="in")
    nth: int | None = Field(None, ge=1)
    bearer: str
    force: Literal["recommended", "required", "permitted"]
    modality: str
    negated: bool = False
    action: str
    object: str
    timing: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    note: str = ""


class Allowed(Frozen):
    """Other answers to accept where two careful lawyers could differ."""

    kind: tuple[Kind, ...] = ()
    nature: tuple[Nature, ...] = ()
    effect: tuple[Effect, ...] = ()
    level: tuple[Level, ...] = ()


class QualifierLabel(Frozen):
    """Words that take something from the duties in `governs`."""

    id: str
    quote: str
    in_: str = Field("", alias="in")
    nth: int | None = Field(None, ge=1)
    kind: Kind
    nature: Nature
    effect: Effect
    level: Level
    governs: tuple[str, ...] = ()
    part: str = ""
    excepts: str = ""
    made_precise_by: str = ""
    way_out: Literal["yes", "no"]
    allow: Allowed = Allowed()
    note: str = ""


class TrapLabel(Frozen):
    """Words that look like a qualifier and take nothing."""

    id: str
    quote: str
    in_: str = Field("", alias="in")
    nth: int | None = Field(None, ge=1)
    looks_like: Kind
    why: Reason
    note: str = ""


class ProfileLabel(Frozen):
    """For a service with these facts: whether the measure applies, and how each duty binds."""

    given: Profile
    applies: Literal["yes", "no", "unknown"]
    binds: dict[str, Binds] = Field(default_factory=dict)


class Labels(Frozen):
    """Everything labelled in one paragraph; `application` in the notation of notation.py."""

    application: str = ""
    duties: tuple[DutyLabel, ...] = ()
    qualifiers: tuple[QualifierLabel, ...] = ()
    not_a_qualifier: tuple[TrapLabel, ...] = ()
    profiles: tuple[ProfileLabel, ...] = ()


class GoldParagraph(Frozen):
    """A small text that stands alone, as lines of a code file, with its labels."""

    id: str
    title: str = "A measure"
    application: str = ""
    recommendation: str
    definitions: str = ""
    labels: Labels
    note: str = ""

    def markdown(self) -> str:
        """Return the text as a code file writes it: one measure, `GOLD M1`, and the definitions."""
        parts = [f"## {PREFIX} {MEASURE} {self.title}"]
        if self.application:
            parts.append(f"### Application\n\n{self.application.strip()}")
        parts.append(f"### Recommendation\n\n{self.recommendation.strip()}")
        if self.definitions:
            parts.append(f"## Section 9: Definitions\n\n{self.definitions.strip()}")
        return "\n\n".join(parts) + "\n"


class GoldDocument(Frozen):
    """A file of the gold set."""

    document: str
    style: str
    drafted_by: str
    split: Literal["seen", "sealed", "example"]
    note: str = ""
    paragraphs: tuple[GoldParagraph, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph's text parsed, with its places by their names (`M1.2(a)`, `title`)."""

    document: Document
    places: tuple[tuple[str, Span], ...]

    def find(self, quote: str, place: str = "", nth: int | None = None) -> tuple[str, Span]:
        """Return the place and the span of a quote; LookupError says why it is not to be had."""
        text = self.document.text
        if place and place not in {name for name, _ in self.places}:
            raise LookupError(f"there is no place `{place}`; known: {', '.join(self.names())}")
        exact = re.compile(rf"(?<!\w){re.escape(quote)}(?!\w)")
        found = [
            (name, Span(start=match.start(), end=match.end()))
            for name, span in self.places
            if place in ("", name)
            for match in exact.finditer(text, span.start, span.end)
        ]
        where = f"in {place}" if place else "in any one place of the text"
        if not quote.strip() or quote != quote.strip():
            raise LookupError(f"the quote `{quote}` is empty or has white space at its ends")
        if not found:
            raise LookupError(f"the words `{quote}` do not stand {where}")
        if nth is None and len(found) > 1:
            raise LookupError(f"the words `{quote}` stand {len(found)} times {where}: add `in` or `nth`")
        if nth is not None and nth > len(found):
            raise LookupError(f"the words `{quote}` stand only {len(found)} times {where}")
        return found[(nth or 1) - 1]

    def names(self) -> tuple[str, ...]:
        """Return the names of the places, each once, in the order of the text."""
        return tuple(dict.fromkeys(name for name, _ in self.places))


def text_of(paragraph: GoldParagraph, shown: str = "") -> Text:
    """Parse a paragraph's text; InputError when its lines are not those of a code file."""
    source = parse_markdown(paragraph.markdown(), shown or paragraph.id)
    document = parse(source, Numbering(prefix=PREFIX), PREFIX.lower())
    lost = [span.of(document.text) for span in document.unplaced]
    if lost or len(document.measures) != 1:
        raise InputError(
            f"these words find no place in the text: {'; '.join(lost) or paragraph.title}",
            fix="Number each paragraph M1.1, M1.2 and so on (definitions 9.1, 9.2).",
        )
    return Text(document, places_of(document, document.measures[0]))


def places_of(document: Document, measure: Measure) -> tuple[tuple[str, Span], ...]:
    """Return the places in which a measure's labels may stand, by name, in the order of the text."""
    places = [("title", measure.title_span)]
    for provision in (*measure.application, *measure.recommendation, *document.sections):
        places += list(_places(provision))
    places += [("note", note.span) for note in document.notes if note.measure in (None, measure.id)]
    return tuple(sorted(places, key=lambda one: one[1].start))


def _places(provision: Provision) -> Iterator[tuple[str, Span]]:
    for part in provision.walk():
        yield part.number, part.lead
        if part.tail:
            yield part.number, part.tail


def load(path: Path, shown: str = "") -> GoldDocument:
    """Return a gold document whose labels fit its text; InputError names the first that does not, with file
    and line."""
    from .check import problems

    name = shown or str(path)
    data = located_yaml.read(path, name, InputError)
    if data is None:
        raise InputError(f"the file `{name}` is empty", fix="tests/gold/example.yaml shows the format.")
    document = validate(GoldDocument, data, name, InputError, what="gold document")
    found = problems(document, path)
    if found:
        steps, cause = min(found, key=lambda one: located_yaml.line_of(data, one[0]))
        raise InputError(cause, place=f"{name}, line {located_yaml.line_of(data, steps)}")
    return document


def complaints(path: Path) -> list[str]:
    """Return everything wrong with a file, a line each, in the order of the file; [] when nothing is."""
    from .check import problems

    try:
        data: Any = located_yaml.read(path, str(path), InputError)
        document = validate(GoldDocument, data, str(path), InputError, what="gold document")
    except InputError as problem:
        return [str(problem)]
    found = [(located_yaml.line_of(data, steps), cause) for steps, cause in problems(document, path)]
    return [f"{cause} ({path}, line {line})" for line, cause in sorted(found)]


def main(arguments: list[str]) -> int:
    """Check the files named; print what is wrong, or what each holds. Exit 0 when all is well, else 3."""
    if not arguments:
        print("Usage: python -m tests.gold.format FILE...", file=sys.stderr)
        return 2
    status = 0
    for name in arguments:
        found = complaints(Path(name))
        for line in found:
            print(line, file=sys.stderr)
        if found:
            status = 3
            continue
        labels = [paragraph.labels for paragraph in load(Path(name)).paragraphs]
        print(
            f"{name}: {len(labels)} paragraphs, {sum(len(one.duties) for one in labels)} duties, "
            f"{sum(len(one.qualifiers) for one in labels)} qualifiers, "
            f"{sum(len(one.not_a_qualifier) for one in labels)} not qualifiers, "
            f"{sum(bool(one.application) for one in labels)} applications, "
            f"{sum(len(one.profiles) for one in labels)} profiles: all well"
        )
    return status


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
