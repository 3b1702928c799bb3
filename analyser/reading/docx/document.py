"""Read a Word document's parts in order: body, notes, headers and footers; and say what was left alone."""

from pathlib import Path
from typing import TYPE_CHECKING

from analyser.reading.canonical import Draft, make_source, run_on
from analyser.reading.docx.body import Body
from analyser.reading.docx.names import w
from analyser.reading.docx.numbering import Numbering
from analyser.reading.docx.package import Package, open_package
from analyser.reading.docx.runs import Story
from analyser.reading.docx.styles import Styles
from analyser.reading.flow import Flow
from analyser.reading.open import read_bytes, sha256
from analyser.reading.source import BlockKind, Media, Source

if TYPE_CHECKING:
    from collections import Counter

    from lxml import etree

_NOTE_PARTS = (("footnotes", "footnote"), ("endnotes", "endnote"))
# Relationships whose targets hold content that is not opened, and how a person calls them.
_NOT_OPENED = {
    "attachedTemplate": "a template",
    "oleObject": "an embedded object",
    "package": "an embedded file",
    "vbaProject": "macros",
    "subDocument": "a document of its own",
    "frame": "a frame",
    "aFChunk": "a document set into it",
    "control": "a form control",
}
_TOLD = (
    (
        "comments",
        "comment is not part of the text and not read",
        "comments are not part of the text and not read",
    ),
    (
        "hidden",
        "piece of hidden text stands apart from the text",
        "pieces of hidden text stand apart from the text",
    ),
    (
        "boxes",
        "text box stands after the paragraph that holds it",
        "text boxes stand after the paragraphs that hold them",
    ),
    (
        "nested",
        "table inside a table is read as words of its cell",
        "tables inside tables are read as words of their cells",
    ),
    (
        "pictures",
        "picture stands in the text; words in a picture are not read",
        "pictures stand in the text; words in a picture are not read",
    ),
    (
        "symbols",
        "sign of a special font is not known and stands as □",
        "signs of special fonts are not known and stand as □",
    ),
)


def read_docx(path: Path, shown_as: str) -> Source:
    """Return the canonical text and blocks of a Word document; raises InputError when it cannot be read."""
    return parse_docx(read_bytes(path, shown_as), shown_as)


def parse_docx(raw: bytes, shown_as: str) -> Source:
    """Return the canonical text and blocks of the bytes of a Word document (.docx).

    Changes that Word tracks are taken as accepted. The line of a block is the place of its paragraph in the
    document, from 1. Raises InputError for a package that is damaged, too large or built to do harm.
    """
    package = open_package(raw, shown_as)
    main = package.main_part()
    root = package.root(main)
    body = None if root is None else root.find(w("body"))
    if body is None:
        raise package.damaged("the part with its text has no body")
    parts = {one.kind: one.target for one in reversed(package.relations(main)) if not one.external}
    styles = Styles(_part(package, parts, "styles"))
    story = Story(styles)
    reader = Body(styles, Numbering(_part(package, parts, "numbering"), styles), story, Flow(shown_as))
    reader.blocks(body)
    reader.close()
    drafts = reader.flow.drafts
    for part, tag in _NOTE_PARTS:
        drafts += _notes(_part(package, parts, part), tag, story.notes[part], reader)
    drafts += _around(package, main, reader)
    comments = _part(package, parts, "comments")
    story.told["comments"] = 0 if comments is None else sum(1 for _ in comments.iterchildren(w("comment")))
    return make_source(
        shown_as,
        Media.DOCX,
        drafts,
        file_sha256=sha256(raw),
        warnings=(*_warnings(story.told), *_left_alone(package, main)),
    )


def _part(package: Package, parts: dict[str, str], kind: str) -> "etree._Element | None":
    return package.root(parts[kind]) if kind in parts else None


def _notes(root: "etree._Element | None", tag: str, labels: dict[str, str], reader: Body) -> list[Draft]:
    """Return the notes of a part as footnotes, in the order of their marks, those without one at the end."""
    elements = {
        one.get(w("id")) or "": one
        for one in (() if root is None else root.iterchildren(w(tag)))
        if one.get(w("type")) in (None, "normal")
    }
    found = []
    for name in [
        *(name for name in labels if name in elements),
        *(one for one in elements if one not in labels),
    ]:
        drafts = reader.apart(elements[name])
        words = run_on(run_on(draft.cells) if draft.cells else draft.words for draft in drafts)
        if labels.get(name) and words.text:
            words = words.prefixed(labels[name])
        found.append(Draft(BlockKind.FOOTNOTE, words, drafts[0].line if drafts else 1))
    return found


def _around(package: Package, main: str, reader: Body) -> list[Draft]:
    """Return the words of all headers and footers as furniture."""
    found: list[Draft] = []
    targets = {one.target: None for one in package.relations(main) if one.kind in ("header", "footer")}
    for target in sorted(targets):
        root = package.root(target)
        for draft in [] if root is None else reader.apart(root):
            words = run_on(draft.cells) if draft.cells else draft.words
            found.append(Draft(BlockKind.FURNITURE, words, draft.line))
    return found


def _left_alone(package: Package, main: str) -> list[str]:
    """Return a warning that names what the package holds or points to and nobody opened."""
    held: list[str] = []
    links = 0
    for owner in ("", main, "word/settings.xml"):
        for one in package.relations(owner):
            if one.kind in _NOT_OPENED and _NOT_OPENED[one.kind] not in held:
                held.append(_NOT_OPENED[one.kind])
            elif one.external and one.kind == "image":
                links += 1
    if links:
        held.append("pictures kept elsewhere")
    if not held:
        return []
    listed = held[0] if len(held) == 1 else f"{', '.join(held[:-1])} and {held[-1]}"
    return [f"The document holds or points to {listed}; none of it was opened or read."]


def _warnings(told: "Counter[str]") -> list[str]:
    """Return the sentences to be said about what the document's text is and is not."""
    warnings = []
    if told["insertions"] or told["deletions"]:
        warnings.append(
            f"The document has tracked changes ({_plural(told['insertions'], 'insertion')}, "
            f"{_plural(told['deletions'], 'deletion')}); it is read as if all of them were accepted."
        )
    warnings += [
        f"1 {one}." if told[key] == 1 else f"{told[key]} {more}." for key, one, more in _TOLD if told[key]
    ]
    return warnings


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
