"""Walk through a web page in reading order and collect its blocks."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analyser.reading.canonical import MAX_BLOCKS, Draft, Note, Piece, Words, is_raised_mark, run_on
from analyser.reading.flow import BREAK, Flow, continued, is_title, parts_at_breaks
from analyser.reading.html.lists import computed_labels, shows_depth
from analyser.reading.html.signs import Sign, Signs, is_back, is_block, is_bold, signs_of, words_in
from analyser.reading.html.tables import Grid, cells_of, is_astray, is_layout, parts_of, rows_of
from analyser.reading.labels import label_at, number_at, stands_alone
from analyser.reading.source import BlockKind

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_HEADING = re.compile(r"^h([1-6])$")


@dataclass
class _Item:
    """An open item of a list; `draft` is its block once its first words have been seen."""

    label: str
    depth: int | None
    draft: Draft | None = None
    is_paragraph: bool = False


@dataclass
class _Page:
    """What is gathered over the whole page, beside its blocks."""

    signs: Signs
    told: Counter[str] = field(default_factory=Counter)
    hidden: str = ""


def walk(root: "HtmlElement", shown_as: str) -> tuple[list[Draft], list[str]]:
    """Return the blocks of a page in reading order, and the sentences to be said about it."""
    page = _Page(signs_of(root))
    flow = Flow(shown_as)
    title = root.find(".//title")
    if title is not None:
        flow.apart(BlockKind.FURNITURE, Words.of([words_in(title)]), title.sourceline or 1)
    for body in root.iter("body"):
        walker = _Walker(page, flow, None if body in page.signs.roots else BlockKind.FURNITURE)
        walker.children(body)
        walker.flush()
    flow.settle()
    return flow.drafts, _warnings(page)


class _Walker:
    """Walks a part of the page; `apart` is what all its words are where they are not the text itself."""

    def __init__(self, page: _Page, flow: Flow, apart: BlockKind | None = None) -> None:
        self.page = page
        self.flow = flow
        self.apart = apart
        self.pieces: list[Piece] = []
        self.line = 0
        self.item: _Item | None = None
        self.depth: int | None = 0
        self.bold = 0
        self.all_bold = True

    def children(self, element: "HtmlElement") -> None:
        """Take the words and elements in an element, and the words after each of them."""
        self.text(element.text, element)
        for child in element:
            self.element(child)
            self.text(child.tail, child)

    def text(self, words: str | None, near: "HtmlElement") -> None:
        """Take words into the open block."""
        if not words:
            return
        if not words.isspace():
            self.line = self.line or near.sourceline or 1
            self.all_bold = self.all_bold and self.bold > 0
        self.pieces.append(words)

    def element(self, element: "HtmlElement") -> None:
        """Take one element, by what it is."""
        sign = self.page.signs.of(element)
        if sign is Sign.NO_TEXT or (
            self.apart is BlockKind.FOOTNOTE and element.tag == "a" and is_back(element)
        ):
            return
        if sign is Sign.NOTE_MARK:
            self.pieces += [Note(label) for label in self.page.signs.note_marks[element]]
        elif element in self.page.signs.roots and self.apart is BlockKind.FURNITURE:
            self._part(element, None)
        elif sign is Sign.FOOTNOTE:
            self._footnote(element)
        elif sign in (Sign.HIDDEN, Sign.STRUCK, Sign.FURNITURE) and self.apart is None:
            self._set_apart(element, sign)
        elif is_block(element):
            self._block(element)
        else:
            self._inline(element)

    def flush(self) -> None:
        """Close the open block."""
        pieces, line, all_bold = self.pieces, self.line, self.all_bold
        self.pieces, self.line, self.all_bold = [], 0, True
        for segment in parts_at_breaks(pieces):
            words = Words.of(segment)
            if not words.text:
                continue
            if self.apart:
                self.flow.apart(self.apart, words, line)
            elif self.item:
                self._item_words(self.item, words, line)
            elif all_bold and is_title(words.text):
                self.flow.heading(words, line, 6)
            else:
                self.flow.words(words, line)

    def _inline(self, element: "HtmlElement") -> None:
        if element.tag == "br":
            self.pieces.append(BREAK)
            return
        if element.tag == "img":
            self.page.told["pictures"] += self.apart is None
            return
        if element.tag == "sup" and is_raised_mark(words_in(element), self.pieces):
            self.pieces.append(Note(words_in(element).strip()))
            return
        bold = is_bold(element)
        self.bold += bold
        quote = element.tag == "q"
        self.pieces += ["“"] if quote else []
        self.children(element)
        self.pieces += ["”"] if quote else []
        self.bold -= bold
        if len(self.pieces) < 8 and stands_alone(Words.of(self.pieces).text, self.item is not None):
            self.pieces.append(" ")

    def _block(self, element: "HtmlElement") -> None:
        self.flush()
        tag = str(element.tag)
        heading = _HEADING.match(tag)
        if (heading or element.get("role") == "heading") and self.apart is None:
            self._heading(element, int(heading[1]) if heading else 2)
        elif tag in ("ol", "ul", "menu", "dir"):
            self._list(element)
        elif tag == "table":
            self._table(element)
        elif tag == "dt" and self.apart is None:
            self._term(element)
        elif tag == "pre":
            self.pieces += [part for line in _lines(words_in(element)) for part in (line, BREAK)]
            self.line = element.sourceline or 1
        else:
            bold = is_bold(element)
            self.bold += bold
            self.children(element)
            self.bold -= bold
        self.flush()

    def _heading(self, element: "HtmlElement", depth: int) -> None:
        level = element.get("aria-level") or ""
        words = self._inner(element)
        if words.text:
            self.flow.heading(
                words, element.sourceline or 1, int(level) if level in tuple("123456") else depth
            )
        self.item = None

    def _term(self, element: "HtmlElement") -> None:
        """Let a term that has a number wait for its meaning; any other is a paragraph."""
        words = self._inner(element)
        if number_at(words.text) or label_at(words.text)[0]:
            self.flow.wait(words, element.sourceline or 1)
        else:
            self.flow.words(words, element.sourceline or 1)

    def _list(self, items: "HtmlElement") -> None:
        elements = [child for child in items if child.tag == "li"]
        labels = dict(zip(elements, computed_labels(items, elements), strict=True))
        outer_item, outer_depth = self.item, self.depth
        starts_anew = outer_item is not None and outer_item.is_paragraph
        self.depth = 1 if starts_anew else None if outer_depth is None else outer_depth + 1
        if not shows_depth(elements):
            self.depth = None
        depth = self.depth
        self.text(items.text, items)
        for child in items:
            if child in labels and self.page.signs.of(child) is None:
                self.flush()
                self.item, self.depth = _Item(labels[child], depth), depth
                self.children(child)
                self.flush()
                self.item = outer_item
            else:
                self.element(child)
            self.text(child.tail, child)
        self.flush()
        self.item, self.depth = outer_item, outer_depth

    def _item_words(self, item: _Item, words: Words, line: int) -> None:
        """Give words to the open item: its first with its label, more of them after those."""
        if item.draft is not None:
            if self.flow.last is item.draft and not number_at(words.text) and not label_at(words.text)[0]:
                continued(item.draft, words)
            else:
                self.flow.words(words, line)
            return
        typed = number_at(words.text) or label_at(words.text, in_list=True)[0]
        if item.label and not typed and not self.flow.is_waiting:
            words = words.prefixed(item.label)
        item.label = ""
        item.draft = self.flow.words(words, line, depth=item.depth, is_item=True)
        item.is_paragraph = item.draft is not None and item.draft.kind is BlockKind.TEXT

    def _table(self, table: "HtmlElement") -> None:
        for holder in (table, *parts_of(table)):
            self._astray(holder)
        if is_layout(table):
            outer, self.item = self.item, None
            for row in rows_of(table):
                for cell in cells_of(row):
                    self.element(cell)
                    self.flush()
            self.item = outer
            return
        grid = Grid()
        for row in rows_of(table):
            sign = self.page.signs.of(row)
            if sign is not None:
                self.element(row)
                continue
            placed = grid.place(row)
            self.flow.count(len(placed) if len(placed) > MAX_BLOCKS else 0)
            cells = [Words() if cell is None else self._inner(cell) for cell in placed]
            if self.apart:
                self.flow.apart(self.apart, run_on(cells), row.sourceline or 1)
            else:
                self.flow.row(cells, row.sourceline or 1)

    def _astray(self, holder: "HtmlElement") -> None:
        """Take what stands in a table beside its cells: the caption, and what a broken page leaves there."""
        self.text(holder.text, holder)
        for child in holder:
            if is_astray(child, holder):
                self.element(child)
            self.text(child.tail, child)
        self.flush()

    def _inner(self, element: "HtmlElement") -> Words:
        """Return all the words of an element as one run; what is set apart in it keeps its own block."""
        inner = _Walker(self.page, Flow())
        inner.children(element)
        inner.flush()
        inner.flow.settle()
        parts = []
        for draft in inner.flow.drafts:
            if draft.kind in (BlockKind.FOOTNOTE, BlockKind.FURNITURE):
                self.flow.drafts.append(draft)
            else:
                parts.append(run_on(draft.cells) if draft.cells else draft.words)
        return run_on(parts)

    def _part(self, element: "HtmlElement", apart: BlockKind | None) -> None:
        """Walk an element whose words are of another sort than those around it."""
        if is_block(element):
            self.flush()
        inner = _Walker(self.page, self.flow, apart)
        inner.children(element)
        inner.flush()

    def _set_apart(self, element: "HtmlElement", sign: Sign) -> None:
        words = " ".join(words_in(element).split())
        if words and sign is not Sign.FURNITURE:
            self.page.told[sign.name] += 1
            self.page.hidden = self.page.hidden or (words if len(words) <= 60 else f"{words[:59]}…")
        self._part(element, BlockKind.FURNITURE)

    def _footnote(self, element: "HtmlElement") -> None:
        if is_block(element):
            self.flush()
        label = self.page.signs.footnotes[element]
        inner = _Walker(self.page, Flow(), BlockKind.FOOTNOTE)
        inner.children(element)
        inner.flush()
        notes = [draft for draft in inner.flow.drafts if draft.kind is BlockKind.FOOTNOTE]
        words = run_on([draft.words for draft in notes])
        if label and words.text and not re.match(rf"[\[(]?{re.escape(label)}(?!\w)", words.text):
            words = words.prefixed(label)
        self.flow.apart(BlockKind.FOOTNOTE, words, element.sourceline or 1)


def _lines(words: str) -> list[str]:
    return words.replace("\r\n", "\n").split("\n")


def _warnings(page: _Page) -> list[str]:
    told, found = page.told, []
    if told["HIDDEN"]:
        found.append(
            _plural(told["HIDDEN"], "piece of hidden text stands", "pieces of hidden text stand") + " apart"
        )
    if told["STRUCK"]:
        found.append(_plural(told["STRUCK"], "piece of text that is struck out stands",
                             "pieces of text that are struck out stand") + " apart")  # fmt: skip
    warnings = [f"{' and '.join(found)} from the text; the first is “{page.hidden}”."] if found else []
    if told["pictures"]:
        pictures = _plural(told["pictures"], "picture stands", "pictures stand")
        warnings.append(f"{pictures} in the text; words in a picture are not read.")
    return warnings


def _plural(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"
