"""Typesets a document as a Word file: typed or computed numbers, tables, footnotes, tracked changes.

What python-docx has no words for (footnotes, numbering, changes) is written as the XML of the format.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise
from random import Random
from typing import Any

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from .content import Content, Kind, Note, Piece
from .docx_changes import Changes
from .docx_dress import Dress, contents
from .docx_numbers import Numbers, numbered

PINNED = (2020, 1, 1, 0, 0, 0)
_FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"


@dataclass(frozen=True)
class Word:
    """How a file is written.

    `numbers` is `typed` (characters, then a tab) or `computed` (Word counts; the file holds only the pattern)
    or `outline` (Word counts the headings of the measures as well);
    with `tracked` some words are marked as put in and others, which are not the document's, as taken out;
    with `odd_hyphens` hyphens and spaces come as Word's own elements and characters; `dressed` puts links,
    fields, bookmarks and content controls among the words.
    """

    name: str
    numbers: str = "typed"
    tracked: bool = False
    odd_hyphens: bool = False
    footnotes_every: int = 9
    contents: bool = True
    split_runs: bool = True
    dressed: bool = False


TYPED = Word("typed")
COMPUTED = Word("computed", numbers="computed", dressed=True)
OUTLINE = Word("outline", numbers="outline", footnotes_every=0, contents=False)
TRACKED = Word("tracked", tracked=True, odd_hyphens=True)
VARIANTS = (TYPED, COMPUTED, OUTLINE, TRACKED)

SUBTITLE = "Typeset for the tests"


def random_word(seed: int) -> Word:
    """Return a file drawn by chance, the same for the same seed."""
    chance = Random(seed)
    numbers = chance.choice(("typed", "computed", "outline"))
    return Word(
        name=f"seed-{seed}",
        numbers=numbers,
        tracked=numbers == "typed" and chance.random() < 0.5,
        odd_hyphens=chance.random() < 0.5,
        footnotes_every=chance.choice((0, 3, 5, 9)),
        contents=chance.random() < 0.5,
        split_runs=chance.random() < 0.5,
        dressed=chance.random() < 0.5,
    )


def typeset(made: Content, word: Word) -> bytes:
    """Return a document as the bytes of a Word file."""
    document = docx.Document()
    for name in ("toc 1", "footnote text"):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    _furniture(document, made)
    numbers = Numbers(document.part.numbering_part.element, outline=word.numbers == "outline")
    writer = _Writer(document, word, numbers)
    writer.title(made)
    for piece in made.pieces:
        writer.write(piece)
    if made.footnotes:
        _footnotes(document, made.footnotes)
    raw = BytesIO()
    document.save(raw)
    return _pinned(raw.getvalue())


class _Writer:
    """Writes pieces one after another."""

    def __init__(self, document: Any, word: Word, numbers: Numbers) -> None:
        self.document = document
        self.word = word
        self.numbers = numbers
        self.instance = 0
        self.level = 0
        self.seen: list[int] = [0] * 6
        self.changes = Changes()
        self.dress = Dress()

    def title(self, made: Content) -> None:
        """Write the title, what stands below it and the list of contents."""
        self.document.add_paragraph(made.title, style="Title")
        self.document.add_paragraph(SUBTITLE, style="Subtitle")
        if self.word.contents:
            listed = [self.document.add_paragraph("Contents", style="TOC Heading")._p]
            page = 3
            for piece in made.pieces:
                if piece.kind in (Kind.SECTION, Kind.MEASURE):
                    listed.append(self.document.add_paragraph(f"{piece.words}\t{page}", style="toc 1")._p)
                    page += piece.kind is Kind.MEASURE
            if self.word.dressed:
                contents(self.document.element.body, listed)

    def write(self, piece: Piece) -> None:
        """Write one piece."""
        if piece.kind is Kind.TABLE:
            self._table(piece)
        elif piece.kind in (Kind.SECTION, Kind.MEASURE, Kind.SUB):
            level = {Kind.SECTION: 1, Kind.MEASURE: 2, Kind.SUB: 3}[piece.kind]
            self._heading(piece, self.document.add_heading(level=level))
        elif piece.kind is not Kind.TITLE:
            self._paragraph(piece)

    def _heading(self, piece: Piece, paragraph: Any) -> None:
        """Write a heading; a measure's number is counted where the variant says so."""
        parts = re.match(r"(?P<prefix>.*?\b)(?P<letter>[A-Z])(?P<number>\d+) ", piece.words)
        if self.word.numbers == "outline" and piece.kind is Kind.MEASURE and parts:
            place = self.numbers.heading(parts["prefix"], parts["letter"], int(parts["number"]))
            numbered(paragraph, *place)
            piece = replace(piece, words=piece.words[parts.end() :])
        self._runs(paragraph, piece)

    def _paragraph(self, piece: Piece) -> None:
        paragraph = self.document.add_paragraph()
        counted = self.word.numbers != "typed" and self._count(piece, paragraph)
        if piece.label and not counted:
            depth = piece.depth
            paragraph.paragraph_format.left_indent = Pt(36 + 28 * depth)
            paragraph.paragraph_format.first_line_indent = Pt(-28 if depth else -36)
            paragraph.add_run(piece.label)
            paragraph.add_run("\t")
        self._runs(paragraph, piece)
        if self.word.tracked:
            self.changes.paragraph(paragraph)
        elif self.word.dressed:
            self.dress.paragraph(paragraph)

    def _count(self, piece: Piece, paragraph: Any) -> bool:
        """Let Word count the paragraph or item where its number is one that Word would come to."""
        if piece.kind is Kind.PARAGRAPH:
            owner, _, rest = piece.label.rpartition(".")
            letters = rest.rstrip("0123456789")
            if not rest[len(letters) :]:
                return False
            self.instance, self.level = self.numbers.paragraph(owner, letters, int(rest[len(letters) :]))
            self.seen = [0] * 6
            numbered(paragraph, self.instance, self.level)
            return True
        if piece.kind is not Kind.ITEM or not self.instance:
            return False
        depth = piece.depth
        expected = _label(depth, self.seen[depth] + 1)
        if piece.label != expected:
            return False
        self.seen[depth] += 1
        self.seen[depth + 1 :] = [0] * (5 - depth)
        numbered(paragraph, self.instance, self.level + depth)
        return True

    def _runs(self, paragraph: Any, piece: Piece) -> None:
        """Write the words of a piece as runs, as Word breaks them up: at marks, at changes, inside words."""
        cuts = {0, piece.bold, len(piece.words), *(note.at for note in piece.notes)}
        if self.word.split_runs and len(piece.words) > 30:
            cuts |= {17, 18, len(piece.words) * 2 // 3}
        ordered = sorted(cut for cut in cuts if cut <= len(piece.words))
        for start, end in pairwise(ordered):
            self._words(paragraph, piece.words[start:end], bold=end <= piece.bold)
            for note in piece.notes:
                if note.at == end:
                    run = paragraph.add_run()
                    run.font.superscript = True
                    reference = OxmlElement("w:footnoteReference")
                    reference.set(qn("w:id"), str(note.number + 1))
                    run._r.append(reference)

    def _words(self, paragraph: Any, words: str, bold: bool) -> None:
        run = paragraph.add_run()
        run.bold = bold or None
        for part, odd in _parts(words) if self.word.odd_hyphens else [(words, "")]:
            if odd:
                run._r.append(OxmlElement(odd))
            elif part:
                text = OxmlElement("w:t")
                text.text = part
                text.set(qn("xml:space"), "preserve")
                run._r.append(text)
        if self.word.tracked and " " in words.strip():
            self.changes.run(run)

    def _table(self, piece: Piece) -> None:
        table = self.document.add_table(rows=0, cols=len(piece.rows[0]), style="Table Grid")
        for place, cells in enumerate(piece.rows):
            row = table.add_row()
            for cell, words in zip(row.cells, cells, strict=True):
                cell.paragraphs[0].add_run(words).bold = place == 0 or None
            if place == 0:
                row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
            elif self.word.tracked and place % 7 == 0:
                self.changes.row(table.add_row())
        self.document.add_paragraph()


def _label(depth: int, place: int) -> str:
    """Return the label Word writes: (a) at depth 1, (i) at depth 2, (A) at depth 3.

    >>> _label(1, 3), _label(2, 4), _label(3, 1)
    ('(c)', '(iv)', '(A)')
    """
    romans = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
    if depth == 2:
        return f"({romans[place - 1]})" if place <= len(romans) else ""
    return f"({chr(ord('a' if depth == 1 else 'A') + place - 1)})"


def _parts(words: str) -> Iterator[tuple[str, str]]:
    """Yield words and Word's own elements: a hyphen that does not break, one that shows only at a line's end;
    a number keeps its noun by a space that does not break."""
    words = words.replace("700,000 ", "700,000\u00a0").replace("illegal", "il\u00adlegal")
    held = ""
    for place, character in enumerate(words):
        if character == "-" and place % 2:
            yield held, ""
            yield "", "w:noBreakHyphen"
            held = ""
        elif words.startswith("moderation", place):
            yield held, ""
            yield "", "w:softHyphen"
            held = character
        else:
            held += character
    yield held, ""


def _furniture(document: Any, made: Content) -> None:
    """Write the running header, and a footer whose numbers are fields."""
    section = document.sections[0]
    section.header.paragraphs[0].text = made.title
    footer = section.footer.paragraphs[0]
    footer.add_run("Page ")
    for name, shown in (("PAGE", "1"), ("NUMPAGES", "30")):
        simple = OxmlElement("w:fldSimple")
        simple.set(qn("w:instr"), f" {name} ")
        run = OxmlElement("w:r")
        text = OxmlElement("w:t")
        text.text = shown
        run.append(text)
        simple.append(run)
        footer._p.append(simple)
        if name == "PAGE":
            footer.add_run(" of ")


def _footnotes(document: Any, notes: tuple[Note, ...]) -> None:
    """Add the part with the footnotes; as in Word, the first two are the separators."""
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{at}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for at, kind in ((0, "separator"), (1, "continuationSeparator"))
    )
    inner = "".join(
        f'<w:footnote w:id="{note.number + 1}"><w:p><w:pPr><w:pStyle w:val="footnotetext"/></w:pPr>'
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {note.words}</w:t></w:r></w:p></w:footnote>'
        for note in notes
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    xml = f"{head}<w:footnotes {nsdecls('w')}>{separators}{inner}</w:footnotes>"
    part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _pinned(raw: bytes) -> bytes:
    """Return a zip file with the same members in the same order, all of one date."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            pinned = zipfile.ZipInfo(item.filename, PINNED)
            pinned.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(pinned, old.read(item.filename))
    return out.getvalue()
