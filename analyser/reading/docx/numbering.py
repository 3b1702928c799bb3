"""Number paragraphs as Word does: lists, their levels, where they start anew, and the label each prints."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analyser.reading.docx.names import is_on, number, value, w
from analyser.reading.docx.styles import Styles, left_indent
from analyser.reading.labels import numeral

if TYPE_CHECKING:
    from lxml import etree

_MAX_LEVEL = 8
# Words a level prints beside its numbers, such as “Article %1”.
_MAX_LABEL = 100
_FORMATS = {
    "decimal": "decimal",
    "lowerLetter": "lower-letter",
    "upperLetter": "upper-letter",
    "lowerRoman": "lower-roman",
    "upperRoman": "upper-roman",
}
_SILENT = frozenset({"none", "bullet"})
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class Level:
    """One level of a list: how it counts, what it prints and after which levels it starts anew."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    style: str | None = None
    restart: int | None = None
    is_legal: bool = False
    is_hidden: bool = False
    indent: int | None = None


@dataclass(frozen=True)
class Label:
    """The label a paragraph prints, empty for a bullet; `family` names the list that its level belongs to."""

    text: str
    family: str
    level: int
    is_bullet: bool
    indent: int | None = None
    is_hidden: bool = False


class Numbering:
    """The lists of a document, and how far each has counted."""

    def __init__(self, root: "etree._Element | None", styles: Styles) -> None:
        self._styles = styles
        self._families: dict[str, dict[int, Level]] = {}
        self._links: dict[str, str] = {}
        self._lists: dict[str, etree._Element] = {}
        self._levels: dict[str, tuple[str, dict[int, Level], dict[int, int]]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        for element in () if root is None else root.iterchildren(w("abstractNum")):
            name = element.get(w("abstractNumId")) or ""
            self._families[name] = _levels(element)
            linked = value(element, "numStyleLink")
            if linked:
                self._links[name] = linked
        for element in () if root is None else root.iterchildren(w("num")):
            self._lists.setdefault(element.get(w("numId")) or "", element)

    def level_of_style(self, list_id: str, style: str | None) -> int | None:
        """Return the level of a list that is tied to a paragraph style, or None."""
        _, levels, _ = self._list(list_id)
        return next((level for level, one in levels.items() if style and one.style == style), None)

    def next(self, list_id: str, level: int) -> Label | None:
        """Count one paragraph of a list and return its label; None when there is no such list."""
        level = max(0, min(level, _MAX_LEVEL))
        family, levels, starts = self._list(list_id)
        if level not in levels:
            return None
        counts = self._counts.setdefault(family, {})
        for place, start in starts.items():
            if place == level and (list_id, place) not in self._begun:
                self._begun.add((list_id, place))
                counts[place] = start - 1
        own = levels[level]
        counts[level] = counts[level] + 1 if level in counts else own.start
        for deeper in [place for place in counts if place > level]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart != 0 and (restart is None or level < restart):
                del counts[deeper]
        return Label(
            text=_PLACE.sub(lambda found: self._place(int(found[1]) - 1, own, levels, counts), own.text),
            family=family,
            level=level,
            is_bullet=own.format == "bullet",
            indent=own.indent,
            is_hidden=own.is_hidden,
        )

    def _place(self, place: int, own: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
        level = levels.get(place, Level())
        if level.format in _SILENT:
            return ""
        count = counts.get(place, level.start)
        if own.is_legal and level is not own:
            return str(count)
        if level.format == "decimalZero":
            return f"{count:02d}"
        if level.format == "ordinal":
            ending = "th" if 10 < count % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
            return f"{count}{ending}"
        return numeral(_FORMATS.get(level.format, "decimal"), count, doubled=True)

    def _list(self, list_id: str) -> tuple[str, dict[int, Level], dict[int, int]]:
        """Return the family of a list, its levels with its own changes, and its own starts."""
        if list_id not in self._levels:
            self._levels[list_id] = self._resolve(list_id)
        return self._levels[list_id]

    def _resolve(self, list_id: str) -> tuple[str, dict[int, Level], dict[int, int]]:
        element = self._lists.get(list_id)
        family = value(element, "abstractNumId") or ""
        for _ in range(_MAX_LEVEL):
            if family not in self._links:
                break
            linked = self._lists.get(self._styles.list_of(self._links[family]) or "")
            family = value(linked, "abstractNumId") or ""
        levels, starts = dict(self._families.get(family, {})), {}
        for override in () if element is None else element.iterchildren(w("lvlOverride")):
            place = number(override.get(w("ilvl")))
            if place is None:
                continue
            for own in override.iterchildren(w("lvl")):
                levels[place] = _level(own)
            start = number(value(override, "startOverride"))
            if start is not None:
                starts[place] = start
        return family, levels, starts


def _levels(element: "etree._Element") -> dict[int, Level]:
    found: dict[int, Level] = {}
    for level in element.iterchildren(w("lvl")):
        place = number(level.get(w("ilvl")))
        if place is not None and 0 <= place <= _MAX_LEVEL:
            found[place] = _level(level)
    return found


def _level(element: "etree._Element") -> Level:
    start = number(value(element, "start"))
    return Level(
        start=0 if start is None else start,
        format=value(element, "numFmt") or "decimal",
        text=(value(element, "lvlText") or "")[:_MAX_LABEL],
        style=value(element, "pStyle"),
        restart=number(value(element, "lvlRestart")),
        is_legal=bool(is_on(element, "isLgl")),
        is_hidden=bool(is_on(element, "rPr", "vanish")),
        indent=left_indent(element.find(w("pPr"))),
    )
