"""What there is to typeset: a code's own words as a flat list of pieces, and the test's own footnotes.

Our notes, the attribute lines, the front matter and the word "(restated)" of the title stay out: no publisher
prints them.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from analyser import library
from analyser.catalogue import numbering_of
from analyser.parsing.numbering import Numbering, item_label
from analyser.reading.markdown import parse_markdown
from analyser.reading.source import Block, BlockKind, Source

_RESTATED = re.compile(r"\s*\(restated\)$")
# Every fourth footnote is too long for one line of most pages.
_LONGER = (
    "It says nothing about the text; it is here to run on over a second line, as footnotes of publishers do."
)
_DEFINED = re.compile(r"^(?P<term>[^.;:]{2,90}?) means ")


class Kind(StrEnum):
    """What a piece is to a typesetter."""

    TITLE = "title"
    SECTION = "section"
    MEASURE = "measure"
    SUB = "sub"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TAIL = "tail"
    TABLE = "table"


@dataclass(frozen=True)
class Note:
    """A footnote: `at` is the place in the piece's words after which its mark is glued."""

    at: int
    number: int

    @property
    def words(self) -> str:
        """Return the text of the footnote, which is plainly the test's own."""
        words = f"Footnote {self.number} of the test document."
        return words if self.number % 4 else f"{words} {_LONGER}"


@dataclass(frozen=True)
class Piece:
    """A heading, a paragraph, an item or a table, without layout.

    `label` is the paragraph's number (`C9.1`) or the item's label (`(a)`), which `words` do not repeat;
    `depth` that of an item (from 1); `bold` how many characters at the beginning are set bold (a term that is
    defined); `number` how many characters of a measure's heading are its number; `rows` the cells of a table,
    its head first.
    """

    kind: Kind
    words: str = ""
    label: str = ""
    depth: int = 0
    bold: int = 0
    number: int = 0
    notes: tuple[Note, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Content:
    """A whole document to typeset; `footnotes` are those of all pieces in their order."""

    title: str
    pieces: tuple[Piece, ...]

    @property
    def footnotes(self) -> tuple[Note, ...]:
        """Return every footnote in the order of the text."""
        return tuple(note for piece in self.pieces for note in piece.notes)


def content(source: Source, footnotes_every: int = 0, numbering: Numbering | None = None) -> Content:
    """Return what there is to typeset of a source, with a footnote in every nth paragraph or item (0: none).

    >>> made = content(parse_markdown("# T (restated)\\n\\nX1.1 Words:\\n- (a) one.\\n", "x.md"))
    >>> [(piece.kind.value, piece.label, piece.words) for piece in made.pieces]
    [('title', '', 'T'), ('paragraph', 'X1.1', 'Words:'), ('item', '(a)', 'one.')]
    """
    numbering = numbering or numbering_of(library.resolve())
    pieces: list[Piece] = []
    rows: list[tuple[str, ...]] = []
    for block in source.blocks:
        if rows and block.kind is not BlockKind.ROW:
            pieces.append(Piece(Kind.TABLE, rows=tuple(rows)))
            rows = []
        if block.kind is BlockKind.ROW:
            rows.append(tuple(cell.of(source.text) for cell in block.cells))
        elif block.kind is not BlockKind.NOTE:
            pieces.append(_piece(block, block.span.of(source.text), numbering))
    if rows:
        pieces.append(Piece(Kind.TABLE, rows=tuple(rows)))
    title = next((piece.words for piece in pieces if piece.kind is Kind.TITLE), "")
    return Content(title=title, pieces=_noted(pieces, footnotes_every))


def read_content(path: Path, footnotes_every: int = 0) -> Content:
    """Return what there is to typeset of a Markdown file, numbered as its code is."""
    source = parse_markdown(path.read_text(encoding="utf-8"), str(path))
    return content(source, footnotes_every, numbering_of(library.resolve(str(path))))


def _piece(block: Block, words: str, numbering: Numbering) -> Piece:
    if block.kind is BlockKind.HEADING:
        if block.depth == 1:
            return Piece(Kind.TITLE, _RESTATED.sub("", words))
        if opened := numbering.heading(words):
            return Piece(Kind.MEASURE, words, number=len(words) - len(opened[1]))
        return Piece(Kind.SUB if (block.depth or 2) > 2 else Kind.SECTION, words)
    if block.kind is BlockKind.ITEM:
        label = item_label(words)
        rest = words[label.end() :] if label else words
        return Piece(Kind.ITEM, rest, f"({label['label']})" if label else "", block.depth or 1)
    number = numbering.paragraph_start(words)
    if not number:
        return Piece(Kind.TAIL, words)
    rest = words[number.end() :]
    term = _DEFINED.match(rest) if number["owner"].isdigit() else None
    return Piece(Kind.PARAGRAPH, rest, number["number"], bold=len(term["term"]) if term else 0)


def _noted(pieces: list[Piece], every: int) -> tuple[Piece, ...]:
    """Give every nth paragraph or item a footnote: its mark glued to a word, at the end of a sentence, after
    a comma or in the middle of a line, by turns."""
    if not every:
        return tuple(pieces)
    made: list[Piece] = []
    seen = number = 0
    for piece in pieces:
        if piece.kind in (Kind.PARAGRAPH, Kind.ITEM, Kind.TAIL) and piece.words:
            seen += 1
            if seen % every == 0:
                number += 1
                ends = [match.end() for match in re.finditer(r"\S+", piece.words)]
                turn = number % 3
                at = ends[-1] if turn == 0 else ends[len(ends) // 2] if turn == 1 else ends[len(ends) // 3]
                piece = replace(piece, notes=(Note(at, number),))
        made.append(piece)
    return tuple(made)
