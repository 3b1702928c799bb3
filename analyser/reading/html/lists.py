"""The labels of a list's items as a browser counts them, and the depth its layout shows."""

import re
from typing import TYPE_CHECKING

from analyser.reading.canonical import clean
from analyser.reading.html.signs import beginning
from analyser.reading.labels import are_one_sequence, label_at, numeral

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TYPES = {"1": "decimal", "a": "lower-letter", "A": "upper-letter", "i": "lower-roman", "I": "upper-roman"}
_STYLES = {
    "decimal": "decimal",
    "lower-alpha": "lower-letter",
    "lower-latin": "lower-letter",
    "upper-alpha": "upper-letter",
    "upper-latin": "upper-letter",
    "lower-roman": "lower-roman",
    "upper-roman": "upper-roman",
}
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z -]+)", re.IGNORECASE)
# As browsers do: a larger start is no number of a list.
_MAX_PLACE = 2**31


def computed_labels(items: "HtmlElement", elements: "list[HtmlElement]") -> list[str]:
    """Return the label, in brackets, that a browser prints before each item, empty where it prints none.

    Attributes type, start, value and reversed count, and list-style in the element's own style; typed labels
    are none of it.
    """
    if items.tag != "ol":
        return [""] * len(elements)
    down = items.get("reversed") is not None
    place = _number(items.get("start"), len(elements) if down else 1)
    labels = []
    for element in elements:
        place = _number(element.get("value"), place)
        style = _style(element) or _style(items) or "decimal"
        labels.append("" if style == "none" else f"({numeral(style, place)})")
        place += -1 if down else 1
    return labels


def shows_depth(elements: "list[HtmlElement]") -> bool:
    """Say whether a list is one level: no labels are typed in it, or those typed are one sequence.

    Some sites set items of every level flat in one list; the labels alone then tell their levels.
    """
    typed = [label_at(clean(beginning(element, 200)[:200]).strip(), in_list=True)[0] for element in elements]
    labels = [label for label in typed if label]
    return not labels or (len(labels) == len(typed) and are_one_sequence(labels))


def _style(element: "HtmlElement") -> str:
    declared = _STYLE.search(element.get("style") or "")
    for word in declared[1].lower().split() if declared else ():
        if word in _STYLES or word == "none":
            return _STYLES.get(word, word)
    return _TYPES.get(element.get("type") or "", "")


def _number(words: str | None, otherwise: int) -> int:
    found = re.match(r"\s*([+-]?\d{1,10})", words or "")
    return int(found[1]) if found and abs(int(found[1])) < _MAX_PLACE else otherwise
