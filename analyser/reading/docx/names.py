"""The names of Word's elements, and how to read their values."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
CHOICE, FALLBACK, ALTERNATE = f"{_MC}Choice", f"{_MC}Fallback", f"{_MC}AlternateContent"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_OFF = frozenset({"0", "false", "off", "none"})


def w(name: str) -> str:
    """Return the full name of a Word element or attribute, e.g. of `p`."""
    return _W + name


def child(element: "etree._Element | None", *names: str) -> "etree._Element | None":
    """Follow a path of child elements, e.g. `child(p, "pPr", "numPr")`; None where it ends early."""
    for name in names:
        if element is None:
            return None
        element = element.find(_W + name)
    return element


def value(element: "etree._Element | None", *path: str, of: str = "val") -> str | None:
    """Return an attribute, `w:val` if no other is named, of the element at a path of children, or None."""
    found = child(element, *path)
    return None if found is None else found.get(_W + of)


def number(words: str | None) -> int | None:
    """Return a whole number, or None for what is none or absurdly large."""
    if (
        words is None
        or not words.lstrip("+-").isascii()
        or not words.lstrip("+-").isdigit()
        or len(words) > 10
    ):
        return None
    return int(words)


def is_on(element: "etree._Element | None", *path: str) -> bool | None:
    """Return whether a switch such as `w:b` is on or off, or None where it is not given."""
    found = child(element, *path)
    if found is None:
        return None
    return (found.get(_W + "val") or "true").lower() not in _OFF
