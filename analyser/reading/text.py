"""Read plain text: paragraphs between empty lines, wrapped lines, items by their labels, pages."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median_high

from analyser.reading.canonical import Draft, Words, clean, make_source
from analyser.reading.flow import Flow, continued, is_title
from analyser.reading.labels import are_one_sequence, label_at, number_at, readings, stands_alone
from analyser.reading.open import decode, read_bytes, refuse_long, sha256
from analyser.reading.source import BlockKind, Media, Source

_BULLET = re.compile(r"[-*•●▪◦·–]\s+(?=\S)")
_UNDERLINE = re.compile(r"(={3,}|-{3,}|~{3,}|_{3,}|\*{3,})$")
_ENDS = re.compile(r"(?:[.;:,?!—–-]|\b(?:and|or|but|nor))[)”’\"']*$")
_SENTENCE_ENDS = re.compile(r"[.:;?!][)”’\"']*$")
_FIGURES = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_HYPHENATED = re.compile(r"([^\W\d_]+)-$")
# How many lines from the top and the bottom of a page its header and footer can be.
_EDGE = 2
# A line shorter than this part of the usual width was ended on purpose, not wrapped.
_SHORT = 0.7
_TAB = 8


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the file with words in it: its place from 1, page from 1, indent in columns and words."""

    place: int
    page: int | None
    indent: int
    words: str
    raw: str


@dataclass(slots=True)
class _Begun:
    """An item or paragraph of a run, with how far from the left it began."""

    draft: Draft
    indent: int


def read_text(path: Path, shown_as: str) -> Source:
    """Return the canonical text and blocks of a plain text file; raises InputError when it cannot be read."""
    raw = read_bytes(path, shown_as)
    refuse_long(raw, shown_as)
    return parse_text(decode(raw, shown_as), shown_as).model_copy(update={"file_sha256": sha256(raw)})


def parse_text(words: str, shown_as: str) -> Source:
    """Return the canonical text and blocks of plain text already in memory.

    Form feeds end pages. A line that the pages repeat at their tops or bottoms is furniture.

    >>> source = parse_text("X1.1 A service\\n     that:\\n\\n  (a) is large.\\n", "x.txt")
    >>> [block.span.of(source.text) for block in source.blocks]
    ['X1.1 A service that:', '(a) is large.']
    """
    flow = Flow(shown_as)
    chunks, pages, empty = _chunks(words, flow)
    usual = _usual_width(chunks)
    known = Counter(word.lower() for word in _WORD.findall(words))
    reader = _Reader(flow, known)
    for chunk in (part for one in chunks for part in _tables_apart(one)):
        if _is_table(chunk):
            reader.table(chunk)
            continue
        for group in _parted(chunk, usual):
            reader.take(group, is_whole=len(group) == len(chunk))
    reader.close()
    return make_source(shown_as, Media.TEXT, flow.drafts, pages=pages, empty_pages=empty)


class _Reader:
    """Gives each group of lines its block, and tells the depth of items by their indents."""

    def __init__(self, flow: Flow, known: Counter[str]) -> None:
        self.flow = flow
        self.known = known
        self.run: list[_Begun] = []
        self.page: int | None = None

    def table(self, lines: Sequence[_Line]) -> None:
        """Take lines as the rows of a table, their cells between tabs."""
        self.close()
        for line in lines:
            self.flow.row([Words.of([cell]) for cell in line.raw.split("\t")], line.place, line.page)

    def take(self, lines: Sequence[_Line], is_whole: bool) -> None:
        """Take one paragraph, item or heading; `is_whole` says that nothing stands directly around it."""
        first = lines[0]
        new_page = first.page != self.page
        self.page = lines[-1].page
        underlined = len(lines) > 1 and _UNDERLINE.match(lines[-1].words)
        words = self._joined(lines[:-1] if underlined else lines)
        if underlined:
            self.close()
            self.flow.heading(words, first.place, 1 if underlined[0][0] == "=" else 2, first.page)
            return
        if not words.text or _UNDERLINE.match(words.text):
            self.flow.apart(BlockKind.FURNITURE, words, first.place, first.page)
            return
        bullet = _BULLET.match(words.text)
        last = self.flow.last
        if new_page and last and not bullet and _goes_on(last, words.text):
            continued(last, words)
            return
        if is_whole and not bullet and len(lines) <= 2 and not self.flow.is_waiting and is_title(words.text):
            self.close()
            self.flow.heading(words, first.place, 6, first.page)
            return
        if number_at(words.text):
            self._tell_depths()
        draft = self.flow.words(
            words.without(bullet.end()) if bullet else words,
            first.place,
            is_item=bool(bullet),
            page=first.page,
        )
        if draft is not None and draft.kind is BlockKind.ITEM:
            self.run.append(_Begun(draft, first.indent))

    def close(self) -> None:
        """Settle what waits and tell the depths of the last items."""
        self._tell_depths()
        self.flow.settle()

    def _joined(self, lines: Sequence[_Line]) -> Words:
        """Return wrapped lines as one run; a hyphen at a line's end goes where the text has the word without.

        Where it does not, or has the word with its hyphen, the hyphen stays.
        """
        parts: list[str] = []
        for line in lines:
            before = _HYPHENATED.search(parts[-1][-80:]) if parts and parts[-1].endswith("-") else None
            after = _WORD.match(line.words)
            if before and after and after[0][0].islower():
                whole, hyphened = f"{before[1]}{after[0]}".lower(), f"{before[1]}-{after[0]}".lower()
                if self.known[whole] and not self.known[hyphened]:
                    parts[-1] = parts[-1][:-1]
            elif parts:
                parts.append(" ")
            parts.append(line.words)
        return Words.of(["".join(parts)])

    def _tell_depths(self) -> None:
        """Give items the depths of their indents where those agree with their labels."""
        run, self.run = self.run, []
        indents = sorted({one.indent for one in run})
        depths = [indents.index(one.indent) + 1 for one in run]
        labels = [label_at(one.draft.words.text)[0] for one in run]
        if len(indents) > 1 and _agree(depths, labels):
            for one, depth in zip(run, depths, strict=True):
                one.draft.depth = depth


def _agree(depths: Sequence[int], labels: Sequence[str]) -> bool:
    """Say whether indents are levels: one step in at a time, and the labels of each list one sequence."""
    open_lists: list[list[str]] = []
    finished: list[list[str]] = []
    for depth, label in zip(depths, labels, strict=True):
        if depth > len(open_lists) + 1:
            return False
        finished += open_lists[depth:]
        del open_lists[depth:]
        if depth > len(open_lists):
            open_lists.append([])
        open_lists[depth - 1].append(label)
    for labels_of_list in (*finished, *open_lists):
        typed = [label for label in labels_of_list if label]
        if typed and (len(typed) < len(labels_of_list) or not are_one_sequence(typed)):
            return False
    return True


def _chunks(words: str, flow: Flow) -> tuple[list[list[_Line]], int | None, tuple[int, ...]]:
    """Return the lines between empty ones, how many pages there are and which have no words.

    Headers and footers go to the flow at once; without form feeds there are no pages.
    """
    sides = words.replace("\r\n", "\n").replace("\r", "\n").split("\f")
    if len(sides) > 1 and not sides[-1].strip():
        sides.pop()
    paged = len(sides) > 1
    lines: list[list[_Line | None]] = []
    place = 0
    for page, side in enumerate(sides, start=1):
        lines.append([])
        for raw in side.split("\n"):
            place += 1
            shown = clean(raw).strip()
            indent = len(raw.expandtabs(_TAB)) - len(raw.expandtabs(_TAB).lstrip())
            lines[-1].append(
                _Line(place, page if paged else None, indent, shown, raw.strip(" ")) if shown else None
            )
        place -= page < len(sides)
    repeated = _repeated(lines) if paged else frozenset()
    chunks: list[list[_Line]] = [[]]
    for one in lines:
        edge = _edges(one)
        for line in one:
            if line is None:
                chunks.append([])
            elif line.place in edge and _pattern(line.words) in repeated:
                flow.apart(BlockKind.FURNITURE, Words.of([line.words]), line.place, line.page)
            else:
                chunks[-1].append(line)
        if paged:
            chunks.append([])
    empty = tuple(page for page, one in enumerate(lines, start=1) if paged and not any(one))
    return [chunk for chunk in chunks if chunk], len(sides) if paged else None, empty


def _edges(lines: Sequence[_Line | None]) -> set[int]:
    filled = [line.place for line in lines if line]
    return {*filled[:_EDGE], *filled[-_EDGE:]}


def _repeated(pages: Sequence[Sequence[_Line | None]]) -> frozenset[str]:
    """Return the patterns of lines that stand at the edge of at least half of the pages, and of two."""
    counted: Counter[str] = Counter()
    for lines in pages:
        edge = _edges(lines)
        counted.update({_pattern(line.words) for line in lines if line and line.place in edge})
    return frozenset(pattern for pattern, times in counted.items() if times >= max(2, len(pages) / 2))


def _pattern(words: str) -> str:
    """Return a line as it is on every page, whatever the page's number."""
    return _FIGURES.sub("#", words)


def _usual_width(chunks: Sequence[Sequence[_Line]]) -> int:
    """Return the width at which lines are wrapped, in columns: that of most lines with another below."""
    widths = [line.indent + len(line.words) for chunk in chunks for line in chunk[:-1]]
    return median_high(widths) if widths else 0


def _parted(lines: Sequence[_Line], usual: int) -> Iterator[list[_Line]]:
    """Part the lines between two empty ones at each line that begins a paragraph or an item.

    A number or label at the beginning of a line begins one unless the sentence was only wrapped there: the
    line before is full, ends in mid-sentence, and the label does not follow an earlier one.
    """
    group: list[_Line] = []
    expected: set[tuple[str, int]] = set()
    for line in lines:
        label = label_at(line.words)[0]
        begins = bool(label or number_at(line.words) or _BULLET.match(line.words))
        if group and begins:
            before = group[-1]
            is_short = before.indent + len(before.words) < usual * _SHORT
            follows = bool(label) and bool(readings(label) & expected)
            if is_short or follows or _ENDS.search(before.words) or stands_alone(before.words):
                yield group
                group = []
        group.append(line)
        if label and len(group) == 1:
            expected |= {(style, place + 1) for style, place in readings(label)}
    if group:
        yield group


def _tables_apart(lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Part the lines between two empty ones so that the rows of a table stand by themselves."""
    part: list[_Line] = []
    for line in lines:
        width = _columns(part[0]) if part else 0
        if part and _columns(line) != width and not (width > 1 and line.raw.count("\t") + 1 == width):
            yield part
            part = []
        part.append(line)
    if part:
        yield part


def _is_table(lines: Sequence[_Line]) -> bool:
    """Say whether lines are rows: two or more with as many tabs between their words."""
    return len(lines) > 1 and _columns(lines[0]) > 1


def _columns(line: _Line) -> int:
    """Return how many cells a line has, 1 for a line of words; a tab after a number makes none."""
    cells = line.raw.split("\t")
    first = clean(cells[0]).strip()
    return 1 if not first or stands_alone(first) or _BULLET.match(f"{first} -") else len(cells)


def _goes_on(last: Draft, words: str) -> bool:
    """Say whether words at the top of a page go on with the block at the bottom of the page before."""
    return (
        last.kind in (BlockKind.TEXT, BlockKind.ITEM)
        and not _SENTENCE_ENDS.search(last.words.text)
        and words[0].islower()
        and not label_at(words)[0]
    )
