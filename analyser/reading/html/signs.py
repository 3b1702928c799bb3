"""What the elements of a web page are: text, furniture of the site, hidden, struck out, footnotes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

NO_TEXT = frozenset({"script", "style", "template", "head", "noembed", "noframes"})
# fmt: off
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol",
    "optgroup", "option", "p", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot",
    "th", "thead", "tr", "ul",
})
# fmt: on
BOLD = frozenset({"b", "strong"})
# fmt: off
_FURNITURE_TAGS = frozenset({
    "aside", "button", "canvas", "datalist", "dialog", "footer", "iframe", "nav", "noscript", "object",
    "option", "search", "select", "svg", "textarea",
})
_FURNITURE_ROLES = frozenset({
    "alert", "alertdialog", "banner", "button", "complementary", "contentinfo", "dialog", "doc-toc",
    "form", "navigation", "search", "toolbar",
})
# fmt: on
# Class names and ids of what surrounds the text, whole or after a prefix (`govuk-breadcrumbs`).
_FURNITURE_NAMES = re.compile(
    r"(?:^|\s)(?:toc|cookies?|pagination|(?:[\w-]*[_-])?(?:cookie-?(?:banner|consent|notice)|breadcrumbs?|skip-?link|"
    r"table-of-contents|contents-list|site-(?:header|footer)|share-(?:links|buttons)))(?:$|\s)",
    re.IGNORECASE,
)
_UNSEEN_NAMES = re.compile(
    r"(?:^|\s)(?:[\w-]*visually-hidden|sr-only|screen-reader-text)(?:$|\s)", re.IGNORECASE
)
_UNSEEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|list-item|flex|table(?:-row)?)\b", re.IGNORECASE)
_BACK = frozenset({"↩", "↩︎", "↑", "^", "⏎", "back"})
# A footnote's label: a number, a letter or two, a small roman number or a sign.
_NOTE_WORDS = re.compile(
    r"^[\[(]?\s*(?:(?:foot|end)?note\s*)?(?P<label>\d{1,4}|[a-zA-Z]{1,2}|[ivxl]{3,6}|[*†‡§]{1,4})\s*[\])]?$",
    re.IGNORECASE,
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CLIMBS = frozenset({"a", "span", "sup", "b", "strong", "em", "i", "small"})


class Sign(Enum):
    """What an element is, where it is not simply text."""

    NO_TEXT = auto()
    FURNITURE = auto()
    HIDDEN = auto()
    STRUCK = auto()
    NOTE_MARK = auto()
    FOOTNOTE = auto()


@dataclass
class Signs:
    """The elements of one page that its links and its layout tell apart."""

    roots: tuple["HtmlElement", ...]
    note_marks: dict["HtmlElement", list[str]] = field(default_factory=dict)
    footnotes: dict["HtmlElement", str] = field(default_factory=dict)

    def of(self, element: "HtmlElement") -> Sign | None:
        """Return what an element is, or None for text."""
        tag = element.tag
        if not isinstance(tag, str) or tag in NO_TEXT:
            return Sign.NO_TEXT
        if element in self.note_marks:
            return Sign.NOTE_MARK
        if element in self.footnotes:
            return Sign.FOOTNOTE
        if is_hidden(element):
            return Sign.HIDDEN
        if tag in ("del", "s", "strike"):
            return Sign.STRUCK
        return Sign.FURNITURE if element not in self.roots and _is_furniture(element) else None


def signs_of(page: "HtmlElement") -> Signs:
    """Return where the text of a page is, its footnotes and their marks."""
    signs = Signs(_roots(page))
    labels: dict[str, str] = {}
    for link in page.iter("a"):
        label = _mark_label(link)
        if not label:
            continue
        holder = link
        above = link.getparent()
        if above is not None and above.tag == "sup":
            rest = re.sub(r"[\s,;\[\]()]", "", words_in(above))
            if rest == "".join(re.sub(r"[\s\[\]()]", "", words_in(one)) for one in above.iter("a")):
                holder = above
        signs.note_marks.setdefault(holder, []).append(label)
        labels.setdefault((link.get("href") or "").partition("#")[2], label)
    for element in page.iter():
        named = element.get("id") or (element.get("name") if element.tag == "a" else None)
        if named in labels and (body := _note_body(element)) is not None:
            signs.footnotes.setdefault(body, labels[named])
        elif element.get("role") in ("doc-endnote", "doc-footnote"):
            signs.footnotes.setdefault(element, "")
    return signs


def words_in(element: "HtmlElement") -> str:
    """Return all the words in an element as they stand in the file."""
    return "".join(element.itertext())


def beginning(element: "HtmlElement", length: int) -> str:
    """Return at least the first `length` characters of the words in an element, if it has so many."""
    words = ""
    for part in element.itertext():
        words += part
        if len(words) >= length:
            break
    return words


def is_block(element: "HtmlElement") -> bool:
    """Say whether an element begins on a line of its own."""
    return element.tag in BLOCKS or bool(_BLOCK_STYLE.search(element.get("style") or ""))


def is_bold(element: "HtmlElement") -> bool:
    """Say whether an element sets its words in bold."""
    return element.tag in BOLD or bool(_BOLD_STYLE.search(element.get("style") or ""))


def is_hidden(element: "HtmlElement") -> bool:
    """Say whether a browser does not show an element, or shows it to the eye alone.

    What is only folded up until it is sought (`hidden=until-found`) is text.
    """
    hidden = element.get("hidden")
    return (
        (hidden is not None and hidden.lower() != "until-found")
        or element.get("aria-hidden") == "true"
        or bool(_UNSEEN_STYLE.search(element.get("style") or ""))
        or bool(_UNSEEN_NAMES.search(element.get("class") or ""))
    )


def is_back(link: "HtmlElement") -> bool:
    """Say whether a link leads from a footnote back to its mark."""
    if link.get("role") == "doc-backlink" or re.search(
        r"reversefootnote|footnote-back", link.get("class") or ""
    ):
        return True
    return "#" in (link.get("href") or "") and beginning(link, 40).strip().lower() in _BACK


def _is_furniture(element: "HtmlElement") -> bool:
    if element.tag in _FURNITURE_TAGS or element.get("role") in _FURNITURE_ROLES:
        return True
    if element.tag == "header":
        return next(element.iter(*_HEADINGS), None) is None
    if element.tag in ("ol", "ul") and _is_contents(element):
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return bool(_FURNITURE_NAMES.search(names)) and next(element.iter("h1"), None) is None


def _is_contents(element: "HtmlElement") -> bool:
    """Say whether a list is one of contents: three or more links into the page and no other words.

    A list deep in others is what the outer ones are.
    """
    if sum(1 for _ in element.iterancestors("ol", "ul")) > 1:
        return False
    links = [link for link in element.iter("a") if (link.get("href") or "").startswith("#")]
    if len(links) < 3:
        return False
    words = "".join(words_in(element).split())
    return words == "".join("".join(words_in(link).split()) for link in links)


def _roots(page: "HtmlElement") -> tuple["HtmlElement", ...]:
    """Return the elements that hold the text: `main`, else the one article, else all of the body."""
    for path in (
        "//main | //*[@role='main']",
        "//article",
        "//*[contains(concat(' ', normalize-space(@class), ' '), ' govspeak ')]",
    ):
        found = [one for one in page.xpath(path) if not is_hidden(one) and words_in(one).strip()]
        outermost = [one for one in found if not any(above in found for above in one.iterancestors())]
        if len(outermost) == 1:
            return tuple(outermost)
    return tuple(page.iter("body")) or (page,)


def _mark_label(link: "HtmlElement") -> str:
    """Return the label of a footnote's mark, or an empty string when a link is none."""
    target = (link.get("href") or "").partition("#")[2]
    if not target or is_back(link):
        return ""
    above = link.getparent()
    raised = any(
        one.tag == "sup" for one in (link, *link.iterdescendants(), *([above] if above is not None else ()))
    )
    named = link.get("role") == "doc-noteref" or link.get("rel") == "footnote"
    named = named or bool(re.search(r"(?:^|\s)footnote(?:-ref)?(?:$|\s)", link.get("class") or ""))
    words = _NOTE_WORDS.match(beginning(link, 80).strip())
    return words["label"] if words and (raised or named or "note" in words[0].lower()) else ""


def _note_body(element: "HtmlElement") -> "HtmlElement | None":
    """Return the block that a footnote's mark leads to, or None when that is a heading or most of a page."""
    for one in (element, *element.iterancestors()):
        if one.tag in _CLIMBS:
            continue
        if one.tag in ("p", "li", "div", "dd", "td", "aside", "section") and not _holds_marks(one):
            return one
        return None
    return None


def _holds_marks(element: "HtmlElement") -> bool:
    links: Iterator[HtmlElement] = element.iter("a")
    return any(_mark_label(link) for link in links)
