"""Write down in a Markdown file what agrees with an official one: `number=official`, `title=official`,
`logic=official`, the basis of a phrase, and `text=official` where the words are the very same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from analyser.model.base import Basis
from analyser.model.text import Document, Measure, Provision
from analyser.reading.source import Attribute, Block, BlockKind, Source
from analyser.reporting.verify_rows import VerifyRow
from analyser.verify.lines import Lines, holder, plain_mark
from analyser.verify.sides import Side, name_of

_OFFICIAL = str(Basis.OFFICIAL)


@dataclass(frozen=True)
class Agreed:
    """What agrees, by the names of outputs: numbers and same words (`ICU C2.2`), titles and logic (`ICU C2`),
    phrases with their place.
    """

    numbers: frozenset[str]
    words: frozenset[str]
    titles: frozenset[str]
    logic: frozenset[str]
    phrases: frozenset[tuple[str, str]]


def agreed(rows: Sequence[VerifyRow], ours: Side, official: Side) -> Agreed:
    """Return what of the rows may be written down: what stands under a number that is known, and agrees.

    A paragraph whose number is not known was matched by likeness: nothing is written of it.
    """
    told = [row for row in rows if row.verdict == "agree" and ".u" not in row.provision]
    numbers = frozenset(row.provision for row in told if row.what == "number")
    there = {name_of(measure, one): official.own(one) for measure, one in _provisions(official.document)}
    here = {name_of(measure, one): ours.own(one) for measure, one in _provisions(ours.document)}
    return Agreed(
        numbers=numbers,
        words=frozenset(name for name in numbers if here.get(name) and here[name] == there.get(name)),
        titles=frozenset(row.measure for row in told if row.what == "title" and _same(row)),
        logic=frozenset(row.measure for row in told if row.what == "application"),
        phrases=frozenset(
            (row.provision, row.ours)
            for row in told
            if row.what == "phrase"
            and not row.note
            and row.ours.lower() == row.official.lower()
            and row.provision.partition("(")[0] in _roots(numbers)
        ),
    )


def with_marks(text: str, source: Source, document: Document, found: Agreed) -> str:
    """Return the Markdown of a source with what agrees marked in it, every other character as it was.

    `document` is the tree of that very source. What is marked as official already is left as it is.
    """
    return _Marker(Lines.of(text), source, found).run(document)


class _Marker:
    """Goes through a document and edits the marks of its file."""

    def __init__(self, lines: Lines, source: Source, found: Agreed) -> None:
        self.lines = lines
        self.found = found
        self.blocks = list(source.blocks)
        self.following: dict[int, Block] = {one.span.start: other for one, other in pairwise(self.blocks)}

    def run(self, document: Document) -> str:
        for measure in document.measures:
            if measure.id in self.found.titles:
                block = self._block(measure.span.start)
                self._mark(block, list(block.attributes), {"title": _OFFICIAL}, 0)
            for paragraph in (*measure.application, *measure.recommendation):
                logic = paragraph in measure.application and measure.id in self.found.logic
                self._paragraph(measure, paragraph, logic)
        for paragraph in document.sections:
            self._paragraph(None, paragraph, False)
        return self.lines.text

    def _paragraph(self, measure: Measure | None, paragraph: Provision, logic: bool) -> None:
        blocks = [
            block
            for block in self.blocks
            if paragraph.span.start <= block.span.start < paragraph.span.end
            and block.kind in (BlockKind.TEXT, BlockKind.ITEM)
        ]
        if not blocks:
            return
        margin = [mark for block in blocks for mark in block.attributes if not mark.indent]
        name = name_of(measure, paragraph)
        same = all(name_of(measure, one) in self.found.words for one in paragraph.walk())
        wanted = {}
        if logic and paragraph.number_known:
            wanted["logic"] = _OFFICIAL
        if name in self.found.numbers:
            wanted["number"] = _OFFICIAL
        if same:
            wanted["text"] = _OFFICIAL
        self._mark(blocks[-1], margin, wanted, 0)
        self._phrases(measure, paragraph, margin)
        number = Basis.OFFICIAL if "number" in wanted else paragraph.number_basis
        words = Basis.OFFICIAL if same else paragraph.text_basis
        self._items(measure, paragraph, number, words)

    def _items(self, measure: Measure | None, above: Provision, number: Basis, words: Basis) -> None:
        """Mark the items below a provision, `number` and `words` being what they take from it unless they say
        otherwise themselves.
        """
        for item in above.items:
            block = self._block(item.span.start)
            marks = [mark for mark in block.attributes if mark.indent]
            name = name_of(measure, item)
            known = {
                "number": Basis.OFFICIAL if name in self.found.numbers else item.number_basis,
                "text": Basis.OFFICIAL
                if all(name_of(measure, one) in self.found.words for one in item.walk())
                else item.text_basis,
            }
            taken = {"number": number, "text": words}
            wanted = {
                key: str(basis)
                for key, basis in known.items()
                if basis is not taken[key] or holder(marks, key) is not None
            }
            self._mark(block, marks, wanted, self.lines.indent_of_words(block))
            self._phrases(measure, item, marks)
            self._items(measure, item, known["number"], known["text"])

    def _phrases(self, measure: Measure | None, provision: Provision, marks: Sequence[Attribute]) -> None:
        for mark in marks:
            phrase = mark.get("phrase")
            said = " ".join(phrase.split()) if phrase is not None else None
            if (
                (name_of(measure, provision), said) in self.found.phrases
                and mark.get("basis") != _OFFICIAL
                and any(one.phrase == phrase for one in provision.phrases)
            ):
                self.lines.set(mark.line, "basis", _OFFICIAL)

    def _mark(self, block: Block, marks: list[Attribute], wanted: dict[str, str], indent: int) -> None:
        """Give a paragraph, item or heading the marks wanted: in the line that has them, else in one it
        has.
        """
        missing = {}
        for key, value in wanted.items():
            mark = holder(marks, key)
            if mark is None:
                missing[key] = value
            elif mark.get(key) != value:
                self.lines.set(mark.line, key, value)
        if not missing:
            return
        line = plain_mark(marks)
        if line is not None:
            for key, value in reversed(missing.items()):
                self.lines.set(line.line, key, value)
            return
        # Before the phrases of the same paragraph or item, after those of the item above it.
        after = self.lines.last_of(block, self.following.get(block.span.start))
        if not indent and block.attributes:
            after = max([after, *(mark.line for mark in block.attributes if mark.indent)])
        self.lines.put(after, indent, missing)

    def _block(self, start: int) -> Block:
        return next(block for block in self.blocks if block.span.start <= start < block.span.end)


def _provisions(document: Document) -> list[tuple[Measure | None, Provision]]:
    found: list[tuple[Measure | None, Provision]] = []
    for measure in document.measures:
        found += [(measure, provision) for provision in measure.provisions()]
    found += [(None, inner) for provision in document.sections for inner in provision.walk()]
    return found


def _roots(numbers: frozenset[str]) -> frozenset[str]:
    return frozenset(name.partition("(")[0] for name in numbers)


def _same(row: VerifyRow) -> bool:
    return " ".join(row.ours.split()) == " ".join(row.official.split())
