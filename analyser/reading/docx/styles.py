"""What a document's styles say: headings, numbering, hidden and bold words, each with what it inherits."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyser.reading.docx.names import child, is_on, number, value, w

if TYPE_CHECKING:
    from lxml import etree

_HEADING_NAME = re.compile(r"^heading ([1-9])$", re.IGNORECASE)
_CONTENTS_NAME = re.compile(
    r"^(?:toc \d|toc heading|table of (?:figures|authorities)|toa heading|index \d)$", re.IGNORECASE
)
# A style that goes back further is no style a person made.
_MAX_CHAIN = 30


@dataclass(frozen=True)
class Style:
    """A style with what it inherits; `heading` is 1 to 6, or 0 for body text; `level` is that of its list."""

    heading: int | None = None
    list_id: str | None = None
    level: int | None = None
    indent: int | None = None
    is_hidden: bool = False
    is_bold: bool = False
    is_contents: bool = False


_PLAIN = Style()


class Styles:
    """The styles of a document by their ids."""

    def __init__(self, root: "etree._Element | None") -> None:
        self._elements: dict[str, etree._Element] = {}
        self._known: dict[str, Style] = {}
        self._default = ""
        for element in () if root is None else root.iterchildren(w("style")):
            name = element.get(w("styleId")) or ""
            self._elements.setdefault(name, element)
            if element.get(w("type")) == "paragraph" and (element.get(w("default")) or "") in ("1", "true"):
                self._default = self._default or name

    def of_paragraph(self, name: str | None) -> Style:
        """Return a paragraph's style, the default one where none is named."""
        return self.get(name if name is not None else self._default)

    def get(self, name: str | None) -> Style:
        """Return a style by its id; one that nobody has defined says nothing."""
        if not name or name not in self._elements:
            return _PLAIN
        if name not in self._known:
            self._known[name] = self._resolve(name)
        return self._known[name]

    def list_of(self, name: str) -> str | None:
        """Return the id of the list that a numbering style stands for."""
        return self.get(name).list_id

    def _resolve(self, name: str) -> Style:
        """Return a style with what it inherits; a chain that is too long or bites its tail ends there."""
        chain: list[str] = []
        at: str | None = name
        while (
            at
            and at in self._elements
            and at not in self._known
            and at not in chain
            and len(chain) < _MAX_CHAIN
        ):
            chain.append(at)
            at = value(self._elements[at], "basedOn")
        found = self._known.get(at or "", _PLAIN)
        for one in reversed(chain):
            found = self._known[one] = _own(self._elements[one], found)
        return found


def _own(element: "etree._Element", base: Style) -> Style:
    """Return a style as it changes the one it is based on."""
    properties = child(element, "pPr")
    heading, indent = _heading(element), left_indent(properties)
    list_id, level = value(properties, "numPr", "numId"), number(value(properties, "numPr", "ilvl"))
    hidden, bold = is_on(element, "rPr", "vanish"), is_on(element, "rPr", "b")
    return Style(
        heading=base.heading if heading is None else heading,
        list_id=base.list_id if list_id is None else list_id,
        level=base.level if level is None and list_id is None else level,
        indent=base.indent if indent is None else indent,
        is_hidden=base.is_hidden if hidden is None else hidden,
        is_bold=base.is_bold if bold is None else bold,
        is_contents=base.is_contents or bool(_CONTENTS_NAME.match(value(element, "name") or "")),
    )


def heading_of(level: int | None) -> int | None:
    """Return the depth (1 to 6) of a heading at an outline level, 0 for body text, None for no level."""
    return None if level is None else min(level + 1, 6) if 0 <= level <= 8 else 0


def left_indent(properties: "etree._Element | None") -> int | None:
    """Return how far from the left a paragraph is set, in twentieths of a point, where it says so."""
    for side in ("left", "start"):
        found = number(value(properties, "ind", of=side))
        if found is not None:
            return found
    return None


def _heading(element: "etree._Element") -> int | None:
    """Return the heading depth a style gives itself: 0 for body text, None where it says nothing."""
    level = heading_of(number(value(element, "pPr", "outlineLvl")))
    name = value(element, "name") or ""
    named = _HEADING_NAME.match(name)
    if named:
        return min(int(named[1]), 6)
    return 1 if name.lower() == "title" else level
