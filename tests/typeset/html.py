"""Typesets a document as a web page like those of a government's publications, in markup of our own."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from random import Random

from analyser.parsing.numbering import alphabetic, item_label, roman

from .content import Content, Kind, Piece


@dataclass(frozen=True)
class Web:
    """How a page is marked up.

    `footnotes` is `named` (a link `[footnote 1]`), `raised` (`<sup>` with the number) or `none`; `labels` is
    `text` (in the words of the item), `type` (`<ol type="a">`), `style` (a list style in CSS) or `flat` (each
    item a `<p>` with its label). `numbers` is `text` or `span` (an element of its own). With `one_line` there
    is no space between elements; with `wrapped` the lines of the file end inside sentences, amid comments.
    """

    name: str
    footnotes: str = "named"
    footnotes_every: int = 9
    labels: str = "text"
    numbers: str = "text"
    head: str = "thead"  # thead, first row of th, first row of td
    furniture: bool = True
    contents: bool = True
    entities: bool = False
    one_line: bool = False
    wrapped: bool = False
    paragraphs_in_items: bool = False
    row_heads: bool = False
    sections: bool = False


GOVUK = Web("govuk")
RAISED = Web("raised", footnotes="raised", labels="type", numbers="span", head="th", sections=True)
STYLED = Web("styled", footnotes="raised", labels="style", entities=True, one_line=True)
PLAIN = Web(
    "plain",
    footnotes="none",
    footnotes_every=0,
    labels="flat",
    head="td",
    furniture=False,
    contents=False,
    wrapped=True,
)
VARIANTS = (GOVUK, RAISED, STYLED, PLAIN)

# What the page says for itself, outside the document.
COOKIES = "This test page has no cookies."
NAVIGATION = ("Home", "Publications", "About this test")
CREDIT = "All words below this line belong to the page."


def typeset(made: Content, web: Web) -> bytes:
    """Return a document as the bytes of a web page (UTF-8)."""
    lines = list(_page(made, web))
    if web.wrapped:
        lines = [_wrapped(line) if line.startswith("<p>") else line for line in lines]
    return ("" if web.one_line else "\n").join(lines).encode()


def random_web(seed: int) -> Web:
    """Return a page drawn by chance, the same for the same seed."""
    chance = Random(seed)
    footnotes = chance.choice(("named", "raised", "none"))
    return Web(
        name=f"seed-{seed}",
        footnotes=footnotes,
        footnotes_every=0 if footnotes == "none" else chance.choice((3, 5, 9)),
        labels=chance.choice(("text", "type", "style", "flat")),
        numbers=chance.choice(("text", "span")),
        head=chance.choice(("thead", "th", "td")),
        furniture=chance.random() < 0.7,
        contents=chance.random() < 0.6,
        entities=chance.random() < 0.5,
        one_line=chance.random() < 0.4,
        wrapped=chance.random() < 0.5,
        paragraphs_in_items=chance.random() < 0.4,
        row_heads=chance.random() < 0.4,
        sections=chance.random() < 0.5,
    )


def _wrapped(line: str) -> str:
    """Break a paragraph's line at every fifth space outside tags, and put a comment beside it."""
    parts = re.split(r"(<[^>]*>)", line)
    for at in range(0, len(parts), 2):
        words = parts[at].split(" ")
        parts[at] = "".join(
            word + ("" if place + 1 == len(words) else "\n   " if place % 5 == 4 else " ")
            for place, word in enumerate(words)
        )
    return "<!-- not words of the document -->" + "".join(parts)


def _page(made: Content, web: Web) -> Iterator[str]:
    yield "<!DOCTYPE html>"
    yield '<html lang="en"><head><meta charset="utf-8">'
    yield f"<title>{escape(made.title)} - Test publications</title>"
    yield "<style>body { font-family: sans-serif } .number { float: left }</style>"
    yield '<script>window.test = "not a word of the document";</script></head><body>'
    if web.furniture:
        yield f'<div class="cookie-banner" role="region" aria-label="cookies"><p>{COOKIES}</p></div>'
        yield '<a class="skip-link" href="#content">Skip to main content</a>'
        yield '<header role="banner"><div class="logo">Test publications</div>'
        links = "".join(f'<li><a href="#">{name}</a></li>' for name in NAVIGATION)
        yield f'<nav aria-label="Menu"><ul>{links}</ul></nav></header>'
    yield '<main id="content" role="main">'
    yield f'<h1 class="page-title">{_safe(made.title, web)}</h1>'
    if web.contents:
        yield '<nav class="contents-list" role="navigation" aria-label="Contents"><h2>Contents</h2><ol>'
        for place, piece in enumerate(made.pieces):
            if piece.kind is Kind.SECTION:
                yield f'<li><a href="#h{place}">{_safe(piece.words, web)}</a></li>'
        yield "</ol></nav>"
    yield '<div class="govspeak"><div class="body">'
    yield from _body(made, web)
    yield "</div>"
    if web.footnotes != "none" and made.footnotes:
        yield '<div class="footnotes" role="doc-endnotes"><ol>'
        for note in made.footnotes:
            back = f'<a href="#fnref:{note.number}" class="reversefootnote" role="doc-backlink">↩</a>'
            yield f'<li id="fn:{note.number}" role="doc-endnote"><p>{note.words} {back}</p></li>'
        yield "</ol></div>"
    yield "</div></main>"
    if web.furniture:
        yield f'<footer role="contentinfo"><p>{CREDIT}</p></footer>'
    yield "</body></html>"


def _body(made: Content, web: Web) -> Iterator[str]:
    place, open_section = 0, False
    pieces = made.pieces
    while place < len(pieces):
        piece = pieces[place]
        if piece.kind is Kind.ITEM:
            end = place
            while end < len(pieces) and pieces[end].kind is Kind.ITEM:
                end += 1
            yield from _list(pieces[place:end], web)
            place = end
            continue
        if piece.kind in (Kind.SECTION, Kind.MEASURE) and web.sections:
            yield ("</section>" if open_section else "") + "<section>"
            open_section = True
        if piece.kind is Kind.TABLE:
            yield from _table(piece, web)
        elif piece.kind is Kind.PARAGRAPH:
            yield _paragraph(piece, web)
        elif piece.kind is Kind.TAIL:
            yield f"<p>{_inline(piece, web)}</p>"
        elif piece.kind is not Kind.TITLE:
            level = {Kind.SECTION: 2, Kind.MEASURE: 3, Kind.SUB: 4}[piece.kind]
            yield f'<h{level} id="h{place}">{_safe(piece.words, web)}</h{level}>'
        place += 1
    if open_section:
        yield "</section>"


def _paragraph(piece: Piece, web: Web) -> str:
    words = _inline(piece, web)
    if web.numbers == "span":
        return f'<p><span class="number">{piece.label}</span> {words}</p>'
    return f"<p>{piece.label} {words}</p>"


def _list(items: Sequence[Piece], web: Web) -> Iterator[str]:
    """Yield a list with those that are nested in its items."""
    if web.labels == "flat":
        for item in items:
            yield f'<p class="level-{item.depth}">{item.label} {_inline(item, web)}</p>'
        return
    depth, place = items[0].depth, 0
    yield _opening(items[0], web)
    expected = 0
    while place < len(items):
        end = place + 1
        while end < len(items) and items[end].depth > depth:
            end += 1
        expected += 1
        value = _value(items[place])
        said = f' value="{value}"' if web.labels != "text" and value != expected else ""
        expected = value
        label = f"{items[place].label} " if web.labels == "text" and items[place].label else ""
        words = f"{label}{_inline(items[place], web)}"
        yield f"<li{said}><p>{words}</p>" if web.paragraphs_in_items else f"<li{said}>{words}"
        if end > place + 1:
            yield from _list(items[place + 1 : end], web)
        yield "</li>"
        place = end
    yield "</ol>"


def _opening(item: Piece, web: Web) -> str:
    """Return the tag of a list by the label of its first item."""
    label = item_label(f"{item.label} ")
    word = label["label"] if label else "1"
    kind = "1" if word.isdigit() else "i" if roman(word.lower()) == 1 else "a"
    kind = kind.upper() if word.isupper() else kind
    if web.labels == "type":
        return f'<ol type="{kind}">'
    if web.labels == "style":
        names = {
            "1": "decimal",
            "a": "lower-alpha",
            "i": "lower-roman",
            "A": "upper-alpha",
            "I": "upper-roman",
        }
        return f'<ol style="list-style-type: {names[kind]}">'
    return '<ol class="legislative-list">'


def _value(item: Piece) -> int:
    word = item.label.strip("()")
    if word.isdigit():
        return int(word)
    by_roman = roman(word.lower()) if item.depth > 1 else None
    return by_roman or alphabetic(word) or 1


def _table(piece: Piece, web: Web) -> Iterator[str]:
    head, *rows = piece.rows
    tag = "td" if web.head == "td" else "th"
    first = "<tr>" + "".join(f"<{tag}>{_safe(cell, web)}</{tag}>" for cell in head) + "</tr>"
    yield "<table>"
    yield f"<thead>{first}</thead><tbody>" if web.head == "thead" else f"<tbody>{first}"
    for row in rows:
        cells = [f"<td>{_safe(cell, web)}</td>" for cell in row]
        if web.row_heads:
            cells[0] = f'<th scope="row">{_safe(row[0], web)}</th>'
        yield "<tr>" + "".join(cells) + "</tr>"
    yield "</tbody></table>"


def _inline(piece: Piece, web: Web) -> str:
    """Return the words of a piece with its bold beginning and the marks of its footnotes."""
    cuts = sorted({0, piece.bold, *(note.at for note in piece.notes), len(piece.words)})
    made = ""
    for start, end in pairwise(cuts):
        words = _safe(piece.words[start:end], web)
        made += f"<strong>{words}</strong>" if end <= piece.bold else words
        made += "".join(_mark(note.number, web) for note in piece.notes if note.at == end)
    return made


def _mark(number: int, web: Web) -> str:
    if web.footnotes == "named":
        link = f'<a href="#fn:{number}" class="footnote" role="doc-noteref">[footnote {number}]</a>'
        return f'<sup id="fnref:{number}">{link}</sup>'
    if web.footnotes == "raised":
        return f'<sup><a href="#fn:{number}" id="fnref:{number}">{number}</a></sup>'
    return ""


def _safe(words: str, web: Web) -> str:
    words = escape(words, quote=False)
    if web.entities:
        words = words.replace("–", "&ndash;").replace("'", "&#39;")
        words = words.replace("700,000 ", "700,000&nbsp;").replace("moderation", "moder&shy;ation")
    return words
