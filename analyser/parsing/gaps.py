"""Where the numbers of a text leave one out: paragraphs, items and measures that a reader would expect."""

import re
from collections.abc import Iterable, Sequence

from analyser.model.base import Frozen
from analyser.model.text import Document, Measure, Provision
from analyser.parsing.numbering import styles
from analyser.parsing.tree import UNNUMBERED

_LAST = re.compile(r"^(?P<stem>.*?)(?P<count>\d+)(?P<letter>[A-Z]?)\)?$")
_MOST = 20


class NumberingGap(Frozen):
    """Numbers that are not there between two that are.

    `kind` is paragraph, item or measure; `place` the measure or paragraph in which they are missing, `after`
    the last number before them (empty where the first is missing). A missing measure is a remark only: codes
    leave numbers out.
    """

    kind: str
    place: str
    missing: tuple[str, ...]
    after: str


def numbering_gaps(document: Document) -> tuple[NumberingGap, ...]:
    """Return every gap in the numbers of a document, in the order of the text."""
    found: list[NumberingGap] = []
    for measure in document.measures:
        found += paragraph_gaps(measure)
        for paragraph in (*measure.application, *measure.recommendation):
            found += _item_gaps(paragraph)
    for section in document.sections:
        found += _item_gaps(section)
    return (*found, *_measure_gaps(document.measures))


def paragraph_gaps(measure: Measure) -> list[NumberingGap]:
    """Return the paragraphs that a measure's own numbers leave out: C2.2 between C2.1 and C2.3."""
    numbers = [one.number for one in (*measure.application, *measure.recommendation)]
    known = [match for one in numbers if not UNNUMBERED.search(one) and (match := _LAST.match(one))]
    stems = {match["stem"] for match in known}
    if len(stems) > 1:
        return []
    # Only a number that goes on from the measure's own begins at 1: A4.23 stands in a run of its own.
    first = 0 if known and known[0]["stem"].startswith(measure.number) else None
    return _between("paragraph", measure.id, known, first)


def _measure_gaps(measures: Sequence[Measure]) -> list[NumberingGap]:
    """Return the measures left out between two of one letter, each letter counted for itself."""
    runs: dict[str, list[re.Match[str]]] = {}
    for measure in measures:
        if match := _LAST.match(measure.number):
            runs.setdefault(match["stem"], []).append(match)
    return [gap for run in runs.values() for gap in _between("measure", "", run, None)]


def _between(kind: str, place: str, run: Iterable[re.Match[str]], last: int | None) -> list[NumberingGap]:
    found, after = [], ""
    for match in sorted(run, key=lambda one: (int(one["count"]), one["letter"])):
        here = int(match["count"])
        if last is not None and last + 1 < here:
            closing = ")" if match[0].endswith(")") else ""
            missing = [f"{match['stem']}{count}{closing}" for count in range(last + 1, here)]
            found.append(NumberingGap(kind=kind, place=place, missing=tuple(missing[:_MOST]), after=after))
        last, after = here, match[0]
    return found


def _item_gaps(provision: Provision) -> list[NumberingGap]:
    """Return the items that the labels of one list leave out, at every level."""
    found: list[NumberingGap] = []
    style, last, after = "", 0, ""
    for item in provision.items:
        label = item.number.rpartition("(")[2].rstrip(")") if item.number.endswith(")") else ""
        readings = dict(styles(label))
        if style not in readings:
            # A list that begins anew, or a label of no known kind.
            first = [name for name, count in readings.items() if count == 1]
            style, last = (first or list(readings) or [""])[0], 0
        here = readings.get(style, 0)
        if here > last + 1:
            missing = [_label(style, count) for count in range(last + 1, here)]
            found.append(
                NumberingGap(
                    kind="item",
                    place=provision.number,
                    missing=tuple(f"{provision.number}({one})" for one in missing[:_MOST]),
                    after=after,
                )
            )
        last, after = here, item.number
        found += _item_gaps(item)
    return found


def _label(style: str, count: int) -> str:
    """Return the label of a place in a list: `lower-letter` 2 is b, `lower-roman` 4 is iv.

    >>> _label("lower-roman", 4), _label("upper-letter", 27), _label("number", 3)
    ('iv', 'AA', '3')
    """
    if style == "number":
        return str(count)
    if style.endswith("roman"):
        label = ""
        for value, sign in ((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
            label += sign * (count // value)
            count %= value
    else:
        label = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
    return label.upper() if style.startswith("upper") else label
