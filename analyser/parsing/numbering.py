"""How a code numbers its measures, paragraphs and items; a scheme is data: numbering.yaml, code.yaml."""

import re
from functools import lru_cache
from typing import NamedTuple

from analyser.model.base import Frozen

_ITEM_LABEL = re.compile(r"^\((?P<label>[a-z]{1,4}|[A-Z]{1,3}|\d{1,2})\)\s+")
_ROMAN = re.compile(r"^(?=[ivxl])(xl|l?x{0,3})(ix|iv|v?i{0,3})$")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}
_LABELS = {"a": "[a-z]{1,2}|[ivxl]{1,5}", "A": "[A-Z]{1,2}|[IVXL]{1,5}", "1": r"\d{1,2}"}
# No list of a code is nested deeper; labels that would be are no list.
DEEPEST = 12
_BULLETS = "•‣▪◦●○·*–—-"


class Start(NamedTuple):
    """The beginning of a numbered paragraph: its number, whose it is, and where its own words begin."""

    number: str
    owner: str
    end: int


class Numbering(Frozen):
    """A numbering scheme: how a measure's heading, a paragraph and an item begin.

    `prefix` stands before a measure's number in headings (`ICU`), `measure` and `paragraph` are regular
    expressions for the measure's own number (`C9`) and for the part after the point (`1`, `u1`). Paragraphs
    of the open measure may have a number that stands for itself (`alone`: `A4.23`), or only their own mark
    (`label`, with a group `part`: `(1)` or `1.`), which `joined` sets behind the measure's number: `5(1)`.
    `unnumbered` counts paragraphs without a number (`5.u1`, never matched by number); `items` shows the
    labels of items by examples (`(a)`, `a)`, `i.`, `•`), the round ones if there are none.
    """

    prefix: str
    measure: str = r"[A-Z]{1,2}\d{1,3}[A-Z]?"
    paragraph: str = r"\d{1,3}[A-Z]?|u\d{1,3}"
    alone: str = ""
    label: str = ""
    joined: str = "({part})"
    unnumbered: bool = False
    items: tuple[str, ...] = ()

    def heading(self, words: str) -> tuple[str, str] | None:
        """Return (number, title) when a heading opens a measure, e.g. `ICU C2 Having ...` gives `("C2",
        "Having ...")`.
        """
        match = _pattern(
            rf"^{self._before}(?P<number>{self.measure})(?:[.:]|\s*[–—-](?=\s))?\s+(?P<title>\S.*)$"
        ).match(words)
        return (match["number"], match["title"]) if match else None

    def bare_heading(self, words: str) -> str | None:
        """Return the number of a measure whose heading holds nothing else; its title is the next heading.

        A heading that is only a figure opens nothing.
        """
        match = _pattern(rf"^{self._before}(?P<number>{self.measure})[.:]?$").match(words)
        return match["number"] if match and (self.prefix or not match["number"].isdigit()) else None

    def measure_id(self, number: str) -> str:
        """Return the measure's full name, e.g. `ICU C2`."""
        return f"{self.prefix} {number}" if self.prefix else number

    def paragraph_start(self, words: str) -> re.Match[str] | None:
        """Match a numbered paragraph's beginning; groups `number` (`C9.1`) and `owner` (`C9`)."""
        return _pattern(
            rf"^(?P<number>(?P<owner>{self.measure}|\d{{1,2}})\.(?:{self.paragraph}))[.:]?\s+"
        ).match(words)

    def start(self, words: str, open_measure: str | None = None) -> Start | None:
        """Return how a paragraph begins, `open_measure` being the number of the measure it stands in.

        >>> Numbering(prefix="Article", measure=r"\\d+", label=r"(?P<part>\\d+)\\.").start("1. Words", "5")
        Start(number='5(1)', owner='5', end=3)
        """
        if match := self.paragraph_start(words):
            return Start(match["number"], match["owner"], match.end())
        if self.alone and (match := _pattern(rf"^(?P<number>{self.alone})[.:]?\s+").match(words)):
            return Start(match["number"], open_measure or "", match.end())
        if self.label and open_measure and (match := _pattern(rf"^{self.label}\s+").match(words)):
            return Start(open_measure + self.joined.format(part=match["part"]), open_measure, match.end())
        return None

    def item(self, words: str) -> re.Match[str] | None:
        """Match an item's label at the beginning of a line; group `label` (empty for a bullet)."""
        match = _ITEM_LABEL.match(words)
        return match or (_item_forms(self.items).match(words) if self.items else None)

    @property
    def _before(self) -> str:
        return rf"(?i:{re.escape(self.prefix)})\s+" if self.prefix else ""


@lru_cache(maxsize=512)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@lru_cache(maxsize=64)
def _item_forms(examples: tuple[str, ...]) -> re.Pattern[str]:
    """Return the pattern of the labels that examples show, beside the round ones: `a)`, `i.`, `•`."""
    forms = []
    for example in examples:
        core = example.strip("().")
        if example[:1] in _BULLETS:
            forms.append(f"[{re.escape(_BULLETS)}]")
        elif core and not example.startswith("("):
            kind = "1" if core[0].isdigit() else "A" if core[0].isupper() else "a"
            forms.append(f"(?P<label{len(forms)}>{_LABELS[kind]}){re.escape(example[len(core) :])}")
    return re.compile(rf"^(?:{'|'.join(forms) or '(?!)'})\s+")


def label_of(match: re.Match[str]) -> str:
    """Return the label that an item's beginning holds, without brackets or point; empty for a bullet."""
    return next((value for name, value in match.groupdict().items() if value), "")


def item_label(words: str) -> re.Match[str] | None:
    """Match an item's label at the beginning of a line, e.g. `(a) `; group `label` without brackets."""
    return _ITEM_LABEL.match(words)


def roman(label: str) -> int | None:
    """Return the value of a small roman number, or None.

    >>> roman("iv"), roman("b")
    (4, None)
    """
    if not label or not _ROMAN.match(label):
        return None
    values = [_ROMAN_VALUES[letter] for letter in label]
    return sum(
        -value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True)
    )


def alphabetic(label: str) -> int | None:
    """Return the place of a letter label in its sequence (a = 1, z = 26, aa = 27), or None.

    >>> alphabetic("b"), alphabetic("aa"), alphabetic("ii")
    (2, 27, 35)
    """
    if not label.isalpha() or len(set(label)) != 1:
        return None
    return (len(label) - 1) * 26 + ord(label[0].lower()) - ord("a") + 1


def styles(label: str) -> tuple[tuple[str, int], ...]:
    """Return every way to read a label as (style, place), e.g. `i` is alphabetic 9 and roman 1."""
    if label.isdigit():
        return (("number", int(label)),)
    case = "upper" if label.isupper() else "lower"
    readings = []
    if (place := roman(label.lower())) is not None:
        readings.append((f"{case}-roman", place))
    if (place := alphabetic(label)) is not None:
        readings.append((f"{case}-letter", place))
    return tuple(readings)


def levels(labels: list[str]) -> list[int]:
    """Return the depth (1 = outermost) of each item of a flat run of labels, told apart by sequence.

    >>> levels(["a", "i", "ii", "b"])
    [1, 2, 2, 1]
    >>> levels(["g", "h", "i", "j"])
    [1, 1, 1, 1]
    """
    stack: list[tuple[str, int]] = []
    depths: list[int] = []
    for position, label in enumerate(labels):
        readings = styles(label)
        following = styles(labels[position + 1]) if position + 1 < len(labels) else ()
        continued = [
            (depth, reading)
            for depth in range(len(stack), 0, -1)
            for reading in readings
            if stack[depth - 1] == (reading[0], reading[1] - 1)
        ]
        opened = [reading for reading in readings if reading[1] == 1 or not stack]
        prefers_open = (
            opened and continued and any((opened[0][0], opened[0][1] + 1) == after for after in following)
        )
        if prefers_open and any((continued[0][1][0], continued[0][1][1] + 1) == after for after in following):
            prefers_open = False
        if continued and not prefers_open:
            # Where two lists could go on (iv, v or u, v), the one that the next label goes on with.
            goes_on = (one for one in continued if (one[1][0], one[1][1] + 1) in following)
            depth, reading = next(goes_on, continued[0])
            stack[depth - 1 :] = [reading]
        else:
            reading = _opening(opened or list(readings) or [("other", 1)], following)
            if stack and (not opened or len(stack) == DEEPEST):
                stack[-1] = reading
            else:
                stack.append(reading)
        depths.append(len(stack))
    return depths


def _opening(readings: list[tuple[str, int]], following: tuple[tuple[str, int], ...]) -> tuple[str, int]:
    """Choose how to read a first label: as the next one continues it, else a letter before a roman number."""
    for reading in readings:
        if (reading[0], reading[1] + 1) in following:
            return reading
    return min(readings, key=lambda reading: (reading[1] != 1, "roman" in reading[0] and reading[1] != 1))
