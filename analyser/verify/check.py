"""Check our restatement of a revision against an official file: every disagreement is a row with both
sides.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from analyser.catalogue import numbering_of
from analyser.ingest.kept import read
from analyser.parsing import document as parsing
from analyser.reporting.labels import Labels
from analyser.reporting.verify_rows import DISAGREEMENTS, VerifyRow
from analyser.verify.lists import date_rows, definition_rows, harm_rows, measure_rows
from analyser.verify.logic import application_rows, index_rows
from analyser.verify.numbers import number_rows
from analyser.verify.pairs import Pair, pair_paragraphs
from analyser.verify.phrases import phrase_rows
from analyser.verify.sides import Side, Sides, open_sides

if TYPE_CHECKING:
    from analyser.library import RevisionRef
    from analyser.rulebook.models import Rulebook


@dataclass(frozen=True)
class Checked:
    """A restatement checked against a file: the rows in the order of our text, and both sides as read."""

    rows: tuple[VerifyRow, ...]
    ours: Side
    official: Side
    labels: Labels
    measures: tuple[str, ...]
    only_instrument: str = ""

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each verdict."""
        found = Counter(row.verdict for row in self.rows)
        order = ("agree", *DISAGREEMENTS, "not_comparable")
        return {verdict: found[verdict] for verdict in order}

    @property
    def headline(self) -> str:
        """What came of it in one sentence."""
        counts = self.counts
        told = sum(counts[verdict] for verdict in DISAGREEMENTS)
        parts = [
            f"{counts['disagree']} said otherwise",
            f"{counts['only_ours']} only in ours",
            f"{counts['only_official']} only in the official file",
        ]
        return (
            f"Of {len(self.rows):,} things looked at, {counts['agree']:,} agree and {told:,} do not "
            f"({', '.join(parts)}); {counts['not_comparable']:,} cannot be compared."
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know of the official file as it was read."""
        document = self.official.document
        found = []
        if self.only_instrument:
            found.append(
                "The file holds an amending instrument and not the text with it applied, so only what "
                f"{self.only_instrument} holds was compared."
            )
        if document.unplaced:
            found.append(
                f"{document.placed:.1%} of the official file found a place in its structure; what stands "
                "in the "
                f"{len(document.unplaced):,} other pieces was not compared (`codegap ingest` lists them)."
            )
        return (*found, *document.warnings)


def check(ref: "RevisionRef", path: Path, shown: str, rulebook: "Rulebook") -> Checked:
    """Compare our text of a revision with an official file (PDF, HTML, Word, text or Markdown).

    Our words restate, so wording alone is no disagreement: numbers, titles, to whom measures apply, the short
    phrases, what the rules find, the index, terms, kinds of harm and dates are. Raises InputError when a file
    cannot be read or holds no measure of the code's numbering.
    """
    sides = open_sides(ref, path, shown, rulebook)
    own = _of_instrument(ref, sides)
    names = [measure.id for side in (sides.ours, sides.official) for measure in side.document.measures]
    if own:
        rows = [*_measures(sides, own), *(row for row in index_rows(sides) if row.measure in own)]
        rows += date_rows(sides.official, ref.entry)
        shown = ref.instruments[-1].shown
        return Checked(tuple(rows), sides.ours, sides.official, sides.labels, own, shown)
    rows = [*_measures(sides, tuple(dict.fromkeys(names))), *_sections(sides), *index_rows(sides)]
    rows += [*definition_rows(sides), *harm_rows(sides), *date_rows(sides.official, ref.entry)]
    ours = tuple(measure.id for measure in sides.ours.document.measures)
    return Checked(tuple(rows), sides.ours, sides.official, sides.labels, ours)


def _of_instrument(ref: "RevisionRef", sides: Sides) -> tuple[str, ...]:
    """Return the measures that an amending instrument itself holds, where the official file has hardly any
    others; nothing where it is the text with the instrument applied, or there is no instrument.
    """
    if not ref.instruments:
        return ()
    last = ref.instruments[-1]
    source = read(last.path, last.shown)
    document = parsing.parse(source, numbering_of(ref), sides.ours.document.prefix)
    own = tuple(measure.id for measure in document.measures if sides.ours.measure(measure.id))
    ours = [measure.id for measure in sides.ours.document.measures if measure.id not in own]
    there = [name for name in ours if sides.official.measure(name) is not None]
    alone = any(sides.official.measure(name) is not None for name in own) and len(there) * 2 < len(ours)
    return own if alone else ()


def _measures(sides: Sides, names: Iterable[str]) -> Iterator[VerifyRow]:
    for name in names:
        yield from measure_rows(sides, name)
        ours, official = sides.ours.measure(name), sides.official.measure(name)
        if ours is not None and official is not None:
            pairs = pair_paragraphs(
                sides, ours, sides.ours.paragraphs(ours), sides.official.paragraphs(official)
            )
            yield from number_rows(sides, pairs)
            yield from application_rows(sides, ours, official)
            yield from phrase_rows(sides, pairs)


def _sections(sides: Sides) -> Iterator[VerifyRow]:
    """Yield the rows of what stands outside the measures: numbers of paragraphs, and phrases kept of them."""
    pairs: list[Pair] = pair_paragraphs(
        sides, None, sides.ours.paragraphs(None), sides.official.paragraphs(None)
    )
    yield from number_rows(sides, pairs)
    yield from phrase_rows(sides, pairs)
