"""Read a code kept as Markdown: front matter, headings, numbered paragraphs, nested items, tables, notes,
attribute lines.

The canonical text is the source without its marks: no front matter, no `#`, no list dashes, no `**`, no `{:
...}` lines. Attribute lines say how a paragraph is known (codes/README.md) and travel with their block.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from analyser.errors import InputError
from analyser.model.text import Span
from analyser.reading.canonical import MAX_BLOCKS
from analyser.reading.open import decode, read_bytes, refuse_long, sha256
from analyser.reading.source import Attribute, Block, BlockKind, Source

_ATTRIBUTE = re.compile(r"^\s*\{:\s*(?P<body>.*?)\s*\}\s*$")
_PAIR = re.compile(r'([A-Za-z_]+)(?:=(?:"([^"]*)"|(\S+)))?')
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*$")
_ITEM = re.compile(r"^(\s*)[-*]\s+(.*?)\s*$")
_LABELLED = re.compile(r"^\s*\((?:[a-z]{1,4}|[A-Z]{1,3}|\d{1,2})\)\s+\S")
_RULE_ROW = re.compile(r"^\|[\s:|-]+\|\s*$")
_FRONT = re.compile(r"^([A-Za-z_]+):\s*(.*?)\s*$")


@dataclass
class _Draft:
    kind: BlockKind
    start: int
    end: int
    line: int
    depth: int | None = None
    cells: tuple[Span, ...] = ()
    attributes: list[Attribute] = field(default_factory=list)


class _Writer:
    """Collects canonical text and the blocks that point into it."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.drafts: list[_Draft] = []
        self.cells = 0

    def add(
        self, kind: BlockKind, words: str, line: int, depth: int | None = None, gap: str = "\n\n"
    ) -> _Draft:
        if self.drafts:
            self._push(gap)
        start = self.length
        self._push(words)
        draft = _Draft(kind, start, self.length, line, depth)
        self.drafts.append(draft)
        return draft

    def continue_last(self, words: str) -> None:
        self._push(" " + words)
        self.drafts[-1].end = self.length

    def _push(self, words: str) -> None:
        self.parts.append(words)
        self.length += len(words)


def read_markdown(path: Path, shown_as: str) -> Source:
    """Return the canonical text and blocks of a Markdown file; raises InputError when it cannot be read or is
    empty.
    """
    raw = read_bytes(path, shown_as)
    refuse_long(raw, shown_as)
    source = parse_markdown(decode(raw, shown_as), shown_as)
    return source.model_copy(update={"file_sha256": sha256(raw)})


def parse_markdown(words: str, shown_as: str) -> Source:
    """Return the canonical text and blocks of Markdown already in memory.

    >>> source = parse_markdown("## X 1 Title\\n\\nX1.1 Words.\\n{: text=quoted}\\n", "x.md")
    >>> [block.span.of(source.text) for block in source.blocks]
    ['X 1 Title', 'X1.1 Words.']
    """
    if "\x00" in words:
        raise InputError(
            f"The file {shown_as} is not text: it holds NUL bytes",
            place=f"{shown_as}, line {_line_of(words.index(chr(0)), words)}",
            fix="Give a Markdown file of a code.",
        )
    lines = words.removeprefix("\ufeff").splitlines()
    meta, first = _front_matter(lines, shown_as)
    out = _Writer()
    open_text = False
    for number, line in enumerate(lines[first:], start=first + 1):
        if not line.strip():
            open_text = False
            continue
        attribute = _ATTRIBUTE.match(line)
        if attribute:
            if not out.drafts:
                raise InputError(
                    "An attribute line stands before any text",
                    place=f"{shown_as}, line {number}",
                    fix="Put it after its paragraph.",
                )
            out.drafts[-1].attributes.append(
                _attribute(attribute["body"], number, len(line) - len(line.lstrip()), shown_as)
            )
            continue
        open_text = _take(out, line, number, open_text)
        if len(out.drafts) + out.cells > MAX_BLOCKS:
            raise InputError(
                f"The file {shown_as} has more than {MAX_BLOCKS:,} paragraphs, items and cells of tables",
                place=f"{shown_as}, line {number}",
                fix="Give one code of practice at a time.",
            )
    if not out.drafts:
        raise InputError(
            f"The file {shown_as} holds no text",
            place=f"{shown_as}, line {max(1, len(lines))}",
            fix="Give a Markdown file of a code; codes/README.md shows the format.",
        )
    return Source(
        path=shown_as,
        text="".join(out.parts) + "\n",
        blocks=tuple(
            Block(
                kind=draft.kind,
                span=Span(start=draft.start, end=draft.end),
                line=draft.line,
                depth=draft.depth,
                cells=draft.cells,
                attributes=tuple(draft.attributes),
            )
            for draft in out.drafts
        ),
        meta=meta,
    )


def _line_of(place: int, words: str) -> int:
    return words.count("\n", 0, place) + 1


def _take(out: _Writer, line: str, number: int, open_text: bool) -> bool:
    """Add one line to the blocks and say whether a following plain line continues it."""
    if heading := _HEADING.match(line):
        out.add(BlockKind.HEADING, _plain(heading[2]), number, len(heading[1]))
        return False
    if line.startswith(">"):
        words = _plain(line[1:].strip())
        if open_text and out.drafts[-1].kind is BlockKind.NOTE:
            out.continue_last(words)
        elif words:
            out.add(BlockKind.NOTE, words, number)
        return True
    if line.startswith("|"):
        if not _RULE_ROW.match(line):
            _row(out, line, number)
        return False
    if item := _ITEM.match(line):
        out.add(BlockKind.ITEM, _plain(item[2]), number, len(item[1]) // 2 + 1, gap="\n")
        return True
    if _LABELLED.match(line) and out.drafts and out.drafts[-1].kind in (BlockKind.TEXT, BlockKind.ITEM):
        out.add(BlockKind.ITEM, _plain(line.strip()), number, gap="\n")
        return True
    if (
        open_text
        and out.drafts[-1].kind in (BlockKind.TEXT, BlockKind.ITEM)
        and not out.drafts[-1].attributes
    ):
        out.continue_last(_plain(line.strip()))
        return True
    out.add(BlockKind.TEXT, _plain(line.strip()), number)
    return True


def _row(out: _Writer, line: str, number: int) -> None:
    cells = [_plain(cell.strip()) for cell in line.strip().strip("|").split("|")]
    out.cells += len(cells)
    follows = bool(out.drafts) and out.drafts[-1].kind is BlockKind.ROW
    draft = out.add(BlockKind.ROW, "\t".join(cells), number, gap="\n" if follows else "\n\n")
    spans, start = [], draft.start
    for cell in cells:
        spans.append(Span(start=start, end=start + len(cell)))
        start += len(cell) + 1
    draft.cells = tuple(spans)


def _plain(words: str) -> str:
    return words.replace("**", "").replace("\\|", "|")


def _attribute(body: str, line: int, indent: int, shown_as: str) -> Attribute:
    rest = _PAIR.sub("", body).strip()
    if rest:
        raise InputError(
            f"An attribute line cannot be read: {rest!r}",
            place=f"{shown_as}, line {line}",
            fix='Write pairs such as number=quoted text=secondary or phrase="some words" basis=quoted.',
        )
    pairs = tuple(
        (match[1], match[2] if match[2] is not None else (match[3] or "")) for match in _PAIR.finditer(body)
    )
    return Attribute(values=pairs, line=line, indent=indent)


def _front_matter(lines: list[str], shown_as: str) -> tuple[tuple[tuple[str, str], ...], int]:
    if not lines or lines[0].strip() != "---":
        return (), 0
    pairs: list[tuple[str, str]] = []
    for number, line in enumerate(lines[1:], start=2):
        if line.strip() == "---":
            return tuple(pairs), number
        if line.strip():
            pair = _FRONT.match(line)
            if not pair:
                raise InputError(
                    f"The front matter has a line that is not `key: value`: {line.strip()!r}",
                    place=f"{shown_as}, line {number}",
                    fix="Write one `key: value` a line between the two --- lines.",
                )
            pairs.append((pair[1], pair[2].strip("'\"")))
    raise InputError(
        "The front matter is not closed",
        place=f"{shown_as}, line 1",
        fix="End it with a line of three dashes.",
    )
