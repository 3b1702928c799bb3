"""Parse a source into a Document: sections, measures, provisions, index, table of harms, definitions; and
account for every character.
"""

import hashlib
import re
from collections.abc import Sequence
from itertools import islice, takewhile
from pathlib import Path

from analyser.model.base import Basis
from analyser.model.text import (
    Definition,
    Document,
    HarmRow,
    IndexRow,
    Note,
    Provision,
    Span,
)
from analyser.parsing.account import account
from analyser.parsing.beside import footnotes_of, front_matter, furniture_of
from analyser.parsing.measures import OpenMeasure, block_at, closed, completed, refuse_twice
from analyser.parsing.numbering import Numbering, Start
from analyser.parsing.tables import read_table
from analyser.parsing.tree import Reading, build_provision
from analyser.reading.source import Block, BlockKind, Media, Source

_APPLICATION = re.compile(r"^(?:[\d.]+\s+)?application\b", re.IGNORECASE)
_RECOMMENDATION = re.compile(r"^(?:[\d.]+\s+)?recommendations?\b", re.IGNORECASE)
_DEFINES = re.compile(
    r"^(?:an?\s+|the\s+)?[\"“']?(?P<term>[^.;:]{2,90}?)[\"”']?,?\s+"
    r"(?:means|is defined as|has the meaning)\s+",
    re.IGNORECASE,
)
_PART = re.compile(r"^(?:section|part|chapter|table|annex|schedule)\b", re.IGNORECASE)
_APPLIES = re.compile(r"\bappl(?:y|ies|icable)\b", re.IGNORECASE)
# A heading that a reader took for a paragraph is short and is no sentence.
_LONGEST_HEADING = 250
_MOST_WARNINGS = 20
_BESIDE = (BlockKind.FOOTNOTE, BlockKind.FURNITURE)


def load(path: Path, numbering: Numbering, prefix: str, shown_as: str | None = None) -> Document:
    """Read and parse a file of a code, of whatever kind; raises InputError with cause, place and fix."""
    from analyser.reading.open import read

    return parse(read(path, shown_as or str(path)), numbering, prefix)


def parse(source: Source, numbering: Numbering, prefix: str, basis: Basis | None = None) -> Document:
    """Return the Document of a source; `prefix` begins every id (`icu`).

    `basis` is how numbers and words are known where no mark says it: unknown for a restatement in Markdown,
    quoted for every other file, since it says them itself. Raises InputError for a measure or paragraph that
    stands twice in Markdown; in any other file the second of two paragraphs is left unplaced, with a warning.
    """
    return _Parser(source, numbering, basis).document(prefix)


class _Parser:
    """The blocks of one source, taken in their order."""

    def __init__(self, source: Source, numbering: Numbering, basis: Basis | None) -> None:
        self.source = source
        self.numbering = numbering
        self.exact = source.media is not Media.MARKDOWN
        self.basis = basis or (Basis.QUOTED if self.exact else Basis.UNKNOWN)
        self.reading = Reading(source.text, source.path, numbering, self.basis, self.exact)
        self.measures: list[OpenMeasure] = []
        self.opened: dict[str, OpenMeasure] = {}
        self.current: OpenMeasure | None = None
        self.sections: list[Provision] = []
        self.definitions: list[Definition] = []
        self.index: list[IndexRow] = []
        self.harm_rows: list[HarmRow] = []
        self.notes: list[Note] = []
        self.headings: list[Span] = []
        self.title = source.get("title") or ""
        self.places: dict[str, int] = {}
        self.warnings = list(source.warnings)

    def document(self, prefix: str) -> Document:
        source = self.source
        front = front_matter(source, self.numbering) if self.exact else ()
        self._take_all(set(front))
        measures = [
            closed(item, self.basis, self.exact, source.path) for item in self.measures if not item.dropped
        ]
        if not self.exact:
            refuse_twice(source, measures)
        footnotes, furniture = footnotes_of(source), furniture_of(source)
        nodes = [
            *self.headings,
            *(note.span for note in self.notes),
            *(row.span for row in self.index),
            *(row.span for row in self.harm_rows),
            *(provision.span for provision in self.sections),
            *(one.span for measure in measures for one in (*measure.application, *measure.recommendation)),
            *(note.span for note in footnotes),
            *(piece.span for piece in furniture),
            *front,
        ]
        unplaced, placed = account(source, nodes)
        if self.exact:
            loose = [span.start for span in unplaced]
            measures = [completed(measure, loose) for measure in measures]
        return Document(
            code=source.get("code") or prefix,
            prefix=prefix,
            revision=source.get("revision") or "",
            title=self.title,
            path=source.path,
            text=source.text,
            sha256=hashlib.sha256(source.text.encode()).hexdigest(),
            measures=tuple(measures),
            sections=tuple(self.sections),
            definitions=tuple(self.definitions),
            index=tuple(self.index),
            harm_rows=tuple(self.harm_rows),
            notes=tuple(self.notes),
            headings=tuple(self.headings),
            front_matter=front,
            footnotes=footnotes,
            furniture=furniture,
            unplaced=unplaced,
            placed=placed,
            media=source.media.value,
            file_sha256=source.file_sha256,
            pages=source.pages,
            empty_pages=source.empty_pages,
            warnings=_first(self.warnings),
            exact=self.exact,
        )

    def _take_all(self, front: set[Span]) -> None:
        blocks = [
            block for block in self.source.blocks if block.kind not in _BESIDE and block.span not in front
        ]
        position = 0
        while position < len(blocks):
            block = blocks[position]
            words = block.span.of(self.source.text)
            if block.kind is BlockKind.HEADING or self._is_heading(block, words):
                self.title = self.title or words
                self._heading(block, words)
                position += 1
            elif block.kind is BlockKind.NOTE:
                self.notes.append(Note(span=block.span, measure=self.current.id if self.current else None))
                position += 1
            elif block.kind is BlockKind.ROW:
                position += self._table(blocks, position)
            else:
                position += self._paragraph(blocks, position)
            if self.current and self.current is self.measures[-1]:
                self.current.end = max(self.current.end, blocks[position - 1].span.end)

    def _is_heading(self, block: Block, words: str) -> bool:
        """Say whether a line that does not look like a heading opens a measure, by the prefix of the code."""
        if not self.exact or block.kind is not BlockKind.TEXT or not self.numbering.prefix:
            return False
        if len(words) > _LONGEST_HEADING or words[-1] in ".;:":
            return False
        return self.numbering.heading(words) is not None and not self.numbering.start(words)

    def _heading(self, block: Block, words: str) -> None:
        """Open a measure or a section at a heading; a part heading inside a measure (`Application`) keeps it
        open.
        """
        self.headings.append(block.span)
        opened = self.numbering.heading(words)
        bare = self.numbering.bare_heading(words) if self.exact and not opened else None
        current = self.current
        if opened:
            number, title = opened
            self._open(block, number, Span(start=block.span.end - len(title), end=block.span.end), title)
        elif bare:
            self._open(block, bare, block.span, "")
        elif current and _APPLICATION.match(words):
            current.in_application, current.sections_seen = True, True
        elif current and _RECOMMENDATION.match(words):
            current.in_application, current.sections_seen = False, True
        elif current and current.untitled and not current.has_paragraphs:
            current.title, current.title_span, current.untitled = words, block.span, False
        elif not current or not self._stands_in(current, block, words):
            self.current = None

    def _open(self, block: Block, number: str, title_span: Span, title: str) -> None:
        """Open a measure; of two headings of one (say, in a list of contents) the one with text counts."""
        earlier = self.opened.get(number) if self.exact else None
        if earlier and earlier.has_paragraphs:
            if earlier is not self.measures[-1]:
                self.warnings.append(f"{earlier.id} has two headings; what stands below them is read as one")
            self.current = earlier
            return
        if earlier:
            earlier.dropped = True
        self.current = self.opened[number] = OpenMeasure(
            id=self.numbering.measure_id(number),
            number=number,
            title=title,
            start=block.span.start,
            end=block.span.end,
            title_span=title_span,
            block=block,
            marks=list(block.attributes),
            untitled=not title,
        )
        self.measures.append(self.current)

    def _stands_in(self, current: OpenMeasure, block: Block, words: str) -> bool:
        """Say whether a heading stands in the open measure: in Markdown by its own depth, else below the
        measure's.
        """
        if _PART.match(words):
            return False
        above = current.block.depth if self.exact and current.block.kind is BlockKind.HEADING else 2
        return (block.depth or 6) > (above or 2)

    def _paragraph(self, blocks: Sequence[Block], at: int) -> int:
        """Place a numbered paragraph with its items and tails; return how many blocks it took (an unnumbered
        one stays unplaced).
        """
        first = blocks[at]
        words = first.span.of(self.source.text)
        start = self._start(first, words)
        if not start:
            return 1
        self._reopen(start.owner)
        current = self.current
        taken = self._blocks_of(blocks, at, start, bool(self.numbering.item(words[start.end :])))
        provision = build_provision(
            start.number, first.span.start + start.end, blocks[at : at + taken], self.reading
        )
        if self.exact and start.number in self.places:
            self.warnings.append(
                f"{start.number} stands twice ({self._where(self.places[start.number])} and "
                f"{self._where(first.span.start)}); the second is not read as a paragraph"
            )
            return taken
        self.places[start.number] = first.span.start
        if current and start.owner == current.number:
            in_application = current.in_application or self._is_application(current, provision)
            (current.application if in_application else current.recommendation).append(provision)
        else:
            self.sections.append(provision)
            self._define(provision)
        return taken

    def _start(self, block: Block, words: str) -> Start | None:
        """Return how a paragraph begins; one without a number is counted where the numbering says so."""
        current = self.current
        start = self.numbering.start(words, current.number if current else None)
        if start or not self.numbering.unnumbered or not current or block.kind is not BlockKind.TEXT:
            return start
        current.unnumbered += 1
        return Start(f"{current.number}.u{current.unnumbered}", current.number, 0)

    def _reopen(self, owner: str) -> None:
        """Go back to the last measure where a paragraph says that it belongs to it, past a stray heading."""
        last = self.measures[-1] if self.measures else None
        if self.exact and last and self.current is None and owner == last.number:
            self.current = last

    def _is_application(self, current: OpenMeasure, provision: Provision) -> bool:
        """Say whether a measure without part headings begins with this paragraph as its application."""
        if current.sections_seen or current.application or (self.exact and current.recommendation):
            return False
        return not self.exact or bool(_APPLIES.search(provision.span.of(self.source.text)))

    def _define(self, provision: Provision) -> None:
        if defined := _DEFINES.match(provision.lead.of(self.source.text)):
            meaning = Span(start=provision.lead.start + defined.end(), end=provision.span.end)
            term = defined["term"].strip()
            self.definitions.append(Definition(term=term, provision=provision, meaning=meaning))

    def _blocks_of(self, blocks: Sequence[Block], at: int, start: Start, labelled: bool) -> int:
        """Return how many blocks a paragraph has: itself, its items, then unnumbered words (its tail).

        `labelled` says that its own words are an item already. Items after a tail belong to nobody we could
        name.
        """
        items, tail = labelled, False
        owner = self.current.number if self.current else None
        for place, block in enumerate(islice(blocks, at + 1, None), start=1):
            words = block.span.of(self.source.text)
            text = block.kind is BlockKind.TEXT
            if not text and block.kind is not BlockKind.ITEM:
                return place
            begins = self.numbering.start(words, owner)
            below = self.exact and begins is not None and begins.number.startswith(f"{start.number}.")
            if begins and not below and (text or (self.exact and begins.owner == start.owner)):
                return place
            label = below or self.numbering.item(words)
            if (label or not text) and not tail:
                items = True
            elif (
                text
                and items
                and not label
                and not self.numbering.unnumbered
                and not self._is_heading(block, words)
            ):
                tail = True
            else:
                return place
        return len(blocks) - at

    def _table(self, blocks: Sequence[Block], at: int) -> int:
        """Place a table: the index of measures or the table of kinds of harm."""
        rows = list(takewhile(lambda block: block.kind is BlockKind.ROW, islice(blocks, at, None)))
        found = read_table(rows, self.source, self.numbering, self.basis)
        self.headings += found.heads
        self.index += found.index
        self.harm_rows += found.harms
        return found.taken

    def _where(self, place: int) -> str:
        block = block_at(self.source, place)
        return f"page {block.page}" if block.page else f"line {block.line}"


def _first(warnings: Sequence[str]) -> tuple[str, ...]:
    """Return the first warnings, and how many more there are."""
    more = len(warnings) - _MOST_WARNINGS
    told = tuple(warnings[:_MOST_WARNINGS])
    return (*told, f"there are {more:,} more warnings of this kind") if more > 0 else told
