"""The words of a paragraph as Word shows them: changes accepted, results of fields, marks of notes."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analyser.reading.canonical import Note, Piece, is_raised_mark
from analyser.reading.docx.names import ALTERNATE, CHOICE, FALLBACK, MATH_TEXT, child, is_on, number, value, w
from analyser.reading.docx.styles import Styles
from analyser.reading.flow import BREAK
from analyser.reading.labels import numeral

if TYPE_CHECKING:
    from lxml import etree

_GONE = frozenset({w("del"), w("moveFrom")})
_CAME = frozenset({w("ins"), w("moveTo")})
_NOTES = {w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes"}
_PICTURES = frozenset({w("drawing"), w("pict"), w("object")})
# Letters of the font Symbol that texts use; other symbols have no letter that could be known.
_SYMBOLS = {
    0xB7: "•",
    0xA3: "≤",
    0xB3: "≥",
    0xB1: "±",
    0xB4: "×",
    0xB8: "÷",
    0xB9: "≠",
    0xA7: "▪",
    0xD8: "➢",
    0xAE: "→",
}
_PRIVATE = range(0xE000, 0xF900)
_SKIPPED = frozenset(
    w(name)
    for name in (
        *("pPr", "rPr", "sdtPr", "rt", "delText", "instrText", "delInstrText", "proofErr"),
        *("commentReference", "annotationRef", "footnoteRef", "endnoteRef", "bookmarkStart", "bookmarkEnd"),
    )
)


@dataclass
class Story:
    """What goes on from paragraph to paragraph: open fields, notes seen, and what is counted to be told."""

    styles: Styles
    told: Counter[str] = field(default_factory=Counter)
    notes: dict[str, dict[str, str]] = field(default_factory=lambda: {"footnotes": {}, "endnotes": {}})
    fields: list[str] = field(default_factory=list)

    @property
    def in_contents(self) -> bool:
        """Say whether a table of contents is open."""
        return any(one.removeprefix("=").split()[:1] == ["TOC"] for one in self.fields)

    def note_label(self, kind: str, name: str) -> str:
        """Return the label of a note as Word counts them through a document: 1, 2 ... and i, ii ..."""
        known = self.notes[kind]
        if name not in known:
            place = sum(bool(label) for label in known.values()) + 1
            known[name] = numeral("lower-roman" if kind == "endnotes" else "decimal", place, doubled=True)
        return known[name]


@dataclass(slots=True)
class Run:
    """The words of one paragraph: what is shown, what is hidden, and the text boxes anchored in it."""

    pieces: list[Piece] = field(default_factory=list)
    hidden: list[Piece] = field(default_factory=list)
    boxes: "list[etree._Element]" = field(default_factory=list)
    is_bold: bool = True


def read_runs(paragraph: "etree._Element", story: Story, hidden: bool = False, bold: bool = False) -> Run:
    """Return the words of a paragraph; `hidden` and `bold` are what its style says of them."""
    run = Run()
    _children(paragraph, story, run, hidden, bold)
    return run


def _children(element: "etree._Element", story: Story, run: Run, hidden: bool, bold: bool) -> None:
    for one in element:
        tag = one.tag
        if tag == w("r"):
            _run(one, story, run, hidden, bold)
        elif tag in _GONE:
            story.told["deletions"] += 1
        elif tag in _CAME:
            story.told["insertions"] += 1
            _children(one, story, run, hidden, bold)
        elif tag == w("hyperlink") and (label := _linked_mark(one)):
            (run.hidden if hidden else run.pieces).append(Note(label))
        elif tag == ALTERNATE:
            _children(chosen(one), story, run, hidden, bold)
        elif tag == MATH_TEXT:
            run.pieces.append(one.text or "")
        elif tag not in _SKIPPED:
            _children(one, story, run, hidden, bold)


def _run(element: "etree._Element", story: Story, run: Run, hidden: bool, bold: bool) -> None:
    """Take one run: its words go to what is shown or, where they are hidden, apart."""
    properties = child(element, "rPr")
    if properties is not None:
        style = story.styles.get(value(properties, "rStyle"))
        own_hidden, own_bold = is_on(properties, "vanish"), is_on(properties, "b")
        hidden = own_hidden if own_hidden is not None else hidden or style.is_hidden
        bold = own_bold if own_bold is not None else bold or style.is_bold
    into = run.hidden if hidden else run.pieces
    if _is_raised(properties) and len(element) <= 2:
        raised = "".join(one.text or "" for one in element.iterchildren(w("t")))
        if is_raised_mark(raised, into):
            into.append(Note(raised.strip()))
            return
    _content(element, story, run, into, bold)


def _content(element: "etree._Element", story: Story, run: Run, into: list[Piece], bold: bool) -> None:
    mark_is_typed = False
    for one in element:
        tag = one.tag
        if tag == w("fldChar"):
            _field(one, story)
        elif tag == w("instrText"):
            if story.fields and not story.fields[-1].startswith("="):
                story.fields[-1] += one.text or ""
        elif any(not name.startswith("=") for name in story.fields):
            run.hidden += [one.text or ""] if tag == w("t") else []
        elif tag == w("t"):
            words = one.text or ""
            if mark_is_typed:
                into.append(Note(words.strip()))
                mark_is_typed = False
                continue
            into.append(_known(words, story))
            if into is run.pieces and words.strip():
                run.is_bold = run.is_bold and bold
        elif tag in (w("tab"), w("ptab")):
            into.append(" ")
        elif tag in (w("br"), w("cr")):
            into.append(BREAK)
        elif tag == w("noBreakHyphen"):
            into.append("-")
        elif tag == w("sym"):
            into.append(_symbol(one, story))
        elif tag in _NOTES:
            mark_is_typed = is_on_attribute(one.get(w("customMarkFollows")))
            label = story.note_label(_NOTES[tag], one.get(w("id")) or "") if not mark_is_typed else ""
            if label:
                into.append(Note(label))
            else:
                story.notes[_NOTES[tag]].setdefault(one.get(w("id")) or "", "")
        elif tag in _PICTURES:
            boxes = list(outer_boxes(one))
            run.boxes += boxes
            story.told["pictures"] += not boxes
            story.told["embedded"] += tag == w("object")
        elif tag == ALTERNATE:
            _content(chosen(one), story, run, into, bold)
        elif tag in (w("ruby"), w("rubyBase")):
            _children(one, story, run, into is run.hidden, bold)


def _linked_mark(link: "etree._Element") -> str:
    """Return the label of a raised link into the document, as conversions make of footnotes' marks."""
    words = "".join(one.text or "" for one in link.iter(w("t"))).strip()
    if not link.get(w("anchor")) or not re.fullmatch(r"\d{1,3}", words):
        return ""
    return words if all(_is_raised(child(run, "rPr")) for run in link.iter(w("r"))) else ""


def _is_raised(properties: "etree._Element | None") -> bool:
    return value(properties, "vertAlign") == "superscript" or (number(value(properties, "position")) or 0) > 0


def chosen(alternate: "etree._Element") -> "etree._Element":
    """Return the one version that is read of content given in several: the first, else the fallback."""
    found = alternate.find(CHOICE)
    if found is None:
        found = alternate.find(FALLBACK)
    return alternate if found is None else found


def outer_boxes(element: "etree._Element") -> "Iterator[etree._Element]":
    """Yield the contents of the text boxes in a drawing, each once; a box in a box is part of the outer."""
    for one in element:
        if one.tag == w("txbxContent"):
            yield one
        elif one.tag == ALTERNATE:
            yield from outer_boxes(chosen(one))
        else:
            yield from outer_boxes(one)


def is_on_attribute(words: str | None) -> bool:
    """Say whether an attribute that is a switch is on."""
    return (words or "0").lower() in ("1", "true", "on")


def _field(element: "etree._Element", story: Story) -> None:
    """Follow a field: its instruction is gathered, then its result (marked `=`) is open until its end."""
    kind = element.get(w("fldCharType"))
    if kind == "begin":
        story.fields.append("")
    elif kind == "separate" and story.fields:
        story.fields[-1] = "=" + story.fields[-1].strip()
    elif kind == "end" and story.fields:
        story.fields.pop()


def _known(words: str, story: Story) -> str:
    """Return words with letters of a symbol font, which no other font has, as those they show."""
    if not any(ord(letter) in _PRIVATE for letter in words):
        return words
    return "".join(_letter(ord(letter), story) if ord(letter) in _PRIVATE else letter for letter in words)


def _symbol(element: "etree._Element", story: Story) -> str:
    code = element.get(w("char")) or ""
    try:
        place = int(code, 16)
    except ValueError:
        place = 0
    if 0x20 <= place < 0xD800:
        return chr(place)
    return _letter(place, story)


def _letter(place: int, story: Story) -> str:
    known = _SYMBOLS.get(place & 0xFF)
    if known is None:
        story.told["symbols"] += 1
    return known or "□"
