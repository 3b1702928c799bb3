"""Walk through the paragraphs and tables of a Word document in order and collect its blocks."""

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analyser.reading.canonical import MAX_BLOCKS, Draft, Piece, Words, run_on
from analyser.reading.docx.names import ALTERNATE, child, is_on, number, value, w
from analyser.reading.docx.numbering import Label, Numbering
from analyser.reading.docx.runs import Run, Story, chosen, read_runs
from analyser.reading.docx.styles import Style, Styles, heading_of, left_indent
from analyser.reading.docx.tables import cells_of, is_layout, rows_of
from analyser.reading.flow import Flow, is_title, parts_at_breaks
from analyser.reading.labels import label_at, number_at, stands_alone
from analyser.reading.source import BlockKind

if TYPE_CHECKING:
    from lxml import etree

_THROUGH = frozenset({w("customXml"), w("ins"), w("moveTo"), w("smartTag"), w("sdtContent")})
_GONE = frozenset({w("del"), w("moveFrom")})
_APART = frozenset({BlockKind.FOOTNOTE, BlockKind.FURNITURE})
_LAST_BRACKETS = re.compile(r"\([^()]{1,8}\)$")
_CONTENTS = "table of contents"


@dataclass(slots=True)
class _Listed:
    """An item of a list, to be judged with its neighbours; `doubled` is a label beside a typed one."""

    draft: Draft
    label: Label
    indent: int | None
    doubled: str = ""


@dataclass
class Body:
    """Collects the blocks of a document; `line` counts its paragraphs."""

    styles: Styles
    numbering: Numbering
    story: Story
    flow: Flow = field(default_factory=Flow)
    line: int = 0
    in_cell: bool = False
    in_contents: bool = False
    _held: list[Piece] = field(default_factory=list)
    _run: list[_Listed] = field(default_factory=list)
    _base: Label | None = None

    def blocks(self, container: "etree._Element") -> None:
        """Take all paragraphs and tables of a container in order."""
        for element in container:
            self._block(element)
        if self._held:
            held, self._held = self._held, []
            self._emit(Run(pieces=held, is_bold=False), None, Style(), None)

    def close(self) -> None:
        """Settle what still waits and tell the depths of the last items."""
        self._tell_depths()
        self.flow.settle()

    def apart(self, container: "etree._Element") -> list[Draft]:
        """Return the blocks of a part of its own: a note, a header, a cell."""
        outer = self.flow, self._held, self._run, self._base, self.story.fields
        self.flow, self._held, self._run, self.story.fields = Flow(self.flow.shown_as), [], [], []
        self.blocks(container)
        self.close()
        drafts, base = self.flow.drafts, self._base
        self.flow, self._held, self._run, self._base, self.story.fields = outer
        self._base = base if self.in_cell else self._base
        return drafts

    def _block(self, element: "etree._Element") -> None:
        tag = element.tag
        if tag == w("p"):
            self._paragraph(element)
        elif tag == w("tbl"):
            self._table(element)
        elif tag == w("sdt"):
            gallery = value(element, "sdtPr", "docPartObj", "docPartGallery") or ""
            outer, self.in_contents = self.in_contents, self.in_contents or gallery.lower() == _CONTENTS
            for one in element.iterchildren(w("sdtContent")):
                self._through(one)
            self.in_contents = outer
        elif tag in _THROUGH:
            self._through(element)
        elif tag == ALTERNATE:
            self._through(chosen(element))
        elif tag in _GONE:
            self.story.told["deletions"] += 1

    def _through(self, element: "etree._Element") -> None:
        for one in element:
            self._block(one)

    def _paragraph(self, element: "etree._Element") -> None:
        """Take one paragraph; one whose end was deleted, or is hidden, goes on in the next."""
        self.line += 1
        self.flow.count(MAX_BLOCKS if self.line > MAX_BLOCKS else 0)
        properties = child(element, "pPr")
        name = value(properties, "pStyle")
        style = self.styles.of_paragraph(name)
        is_contents = self.in_contents or style.is_contents or self.story.in_contents
        run = read_runs(element, self.story, style.is_hidden, style.is_bold)
        is_contents = is_contents or self.story.in_contents
        mark = child(properties, "rPr")
        self.story.told["insertions"] += child(mark, "ins") is not None
        ends = self._ends(mark)
        shown = any(isinstance(piece, str) and piece.strip() for piece in run.pieces)
        hidden = Words.of(run.hidden)
        if hidden.text:
            self.story.told["hidden"] += 1
            self.flow.apart(BlockKind.FURNITURE, hidden, self.line)
        if not ends:
            self._held += run.pieces
            self._boxes(run)
            return
        run.pieces, self._held = [*self._held, *run.pieces], []
        shown = shown or any(isinstance(piece, str) and piece.strip() for piece in run.pieces)
        label = None if hidden.text and not shown else self._label(properties, name, style)
        if is_contents:
            words = Words.of(run.pieces)
            self.flow.apart(BlockKind.FURNITURE, words.prefixed(label.text) if label else words, self.line)
        else:
            self._emit(run, label, style, properties)
        self._boxes(run)

    def _ends(self, mark: "etree._Element | None") -> bool:
        """Say whether a paragraph ends at its mark; a mark that was deleted or is hidden ends none."""
        if child(mark, "del") is not None or child(mark, "moveFrom") is not None:
            self.story.told["deletions"] += 1
            return False
        return not is_on(mark, "specVanish")

    def _label(self, properties: "etree._Element | None", name: str | None, style: Style) -> Label | None:
        list_id = value(properties, "numPr", "numId")
        level = number(value(properties, "numPr", "ilvl"))
        if list_id is None and style.list_id is not None:
            list_id = style.list_id
            tied = self.numbering.level_of_style(list_id, name)
            level = level if level is not None else tied if tied is not None else style.level
        if list_id is None or list_id == "0":
            return None
        return self.numbering.next(list_id, level or 0)

    def _emit(self, run: Run, label: Label | None, style: Style, properties: "etree._Element | None") -> None:
        """Give a paragraph its block or blocks, with its computed label before its words."""
        own = heading_of(number(value(properties, "outlineLvl")))
        heading = style.heading if own is None else own
        for place, part in enumerate(parts_at_breaks(run.pieces) or [[]]):
            words = Words.of(part)
            printed = label.text.strip() if label and not place and not label.is_hidden else ""
            if not words.text and not self.in_cell:
                if printed and not label_is_bullet(label):
                    self.flow.apart(BlockKind.FURNITURE, Words(printed), self.line)
            elif heading and not self.in_cell and not place:
                self._tell_depths()
                self.flow.heading(words.prefixed(printed) if printed else words, self.line, heading)
            elif label and not place:
                indent = left_indent(properties)
                indent = indent if indent is not None else label.indent
                self._numbered(words, printed, label, indent if indent is not None else style.indent)
            elif run.is_bold and words.text and not self.in_cell and is_title(words.text):
                self._tell_depths()
                self.flow.heading(words, self.line, 6)
            else:
                if number_at(words.text):
                    self._tell_depths()
                self.flow.words(words, self.line)

    def _numbered(self, words: Words, printed: str, label: Label, indent: int | None) -> None:
        """Add a paragraph or item with the label that its list computes."""
        if label.is_bullet or not printed:
            item, before = label.is_bullet, ""
        elif number_at(printed) and stands_alone(printed) == number_at(printed):
            item, before = False, number_at(printed)
        elif brackets := _LAST_BRACKETS.search(printed):
            item, before = True, brackets[0]
        else:
            short, length = label_at(printed, in_list=True)
            item = bool(short) and length == len(printed)
            before = short if item else printed
        doubled = before if item and label_at(words.text)[0] else ""
        if before and not doubled and not number_at(words.text):
            words = words.prefixed(before)
        if not item:
            self._tell_depths()
            self._base = label
            self.flow.words(words, self.line)
            return
        base = self._base
        above = base.level if base and base.family == label.family and base.level < label.level else -1
        draft = self.flow.words(words, self.line, depth=label.level - above, is_item=True)
        if draft is not None and draft.kind is BlockKind.ITEM:
            self._run.append(_Listed(draft, label, indent, doubled))

    def _tell_depths(self) -> None:
        """Tell the depths of a run of items whose lists all claim to be the outermost, by their indents.

        Where the indents do not tell them apart either, labels are left to tell their levels themselves.
        Where every item of a list has a typed label, a conversion has left the computed ones beside them.
        """
        run, self._run = self._run, []
        families = {one.label.family for one in run}
        for family in families:
            listed = [one for one in run if one.label.family == family]
            if not all(one.doubled for one in listed):
                for one in listed:
                    one.draft.words = (
                        one.draft.words.prefixed(one.doubled) if one.doubled else one.draft.words
                    )
        if len(families) < 2 or any(one.label.level for one in run):
            return
        indents = sorted({one.indent for one in run if one.indent is not None})
        is_told = len(indents) > 1 and all(one.indent is not None for one in run)
        if is_told or not any(one.label.is_bullet for one in run):
            for one in run:
                one.draft.depth = (
                    indents.index(one.indent) + 1 if is_told and one.indent is not None else None
                )

    def _boxes(self, run: Run) -> None:
        for box in run.boxes:
            self.story.told["boxes"] += 1
            outer, self._held = self._held, []
            self.blocks(box)
            self._held = outer

    def _table(self, table: "etree._Element") -> None:
        """Take a table: as rows or, where it only sets numbers beside words or frames them, as its blocks."""
        rows: list[list[list[Draft]]] = []
        has_head, size = False, 0
        for row in rows_of(table, self.story):
            has_head = has_head or bool(is_on(row, "trPr", "tblHeader"))
            rows.append([[] if cell is None else self._cell(cell) for cell in cells_of(row)])
            size += len(rows[-1])
            self.flow.count(MAX_BLOCKS if size > MAX_BLOCKS else 0)
        if self.in_cell:
            self.story.told["nested"] += 1
        words = [[_words(cell) for cell in row] for row in rows]
        for drafts in (cell for row in rows for cell in row):
            self.flow.drafts += [draft for draft in drafts if draft.kind in _APART]
        if is_layout([[cell.text for cell in row] for row in words], has_head):
            for draft in (draft for row in rows for cell in row for draft in cell):
                self._again(draft)
            return
        self._tell_depths()
        for row_words in words:
            if self.in_contents or self.story.in_contents:
                self.flow.apart(BlockKind.FURNITURE, run_on(row_words), self.line)
            else:
                self.flow.row(row_words, self.line)

    def _cell(self, cell: "etree._Element") -> list[Draft]:
        """Return the blocks of a cell; a number computed in it is the one that items below count from."""
        outer, self.in_cell = self.in_cell, True
        drafts = self.apart(cell)
        self.in_cell = outer
        return drafts

    def _again(self, draft: Draft) -> None:
        """Add a block of a cell to the blocks around its table."""
        if draft.kind is BlockKind.HEADING:
            self.flow.heading(draft.words, draft.line, draft.depth or 6)
        elif draft.cells:
            self.flow.row(draft.cells, draft.line)
        elif draft.kind not in _APART:
            is_item = draft.kind is BlockKind.ITEM
            self.flow.words(draft.words, draft.line, depth=draft.depth, is_item=is_item)


def label_is_bullet(label: Label | None) -> bool:
    """Say whether a paragraph's label is a bullet or nothing."""
    return label is None or label.is_bullet


def _words(drafts: list[Draft]) -> Words:
    """Return the words of a cell as one run."""
    return run_on(
        run_on(draft.cells) if draft.cells else draft.words for draft in drafts if draft.kind not in _APART
    )
