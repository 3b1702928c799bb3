"""What pages carry for themselves: running headers and footers, page numbers, lists of contents."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from analyser.reading.pdf.layout import Line, Page, lines_of

# So many lines at the head and at the foot can be furniture.
_DEEPEST = 4
_SAME_PLACE = 2.5  # points
# Words that only repeat are furniture so near the page's edge: this share of its height, or these points.
_MARGIN, _LEAST_MARGIN = 0.13, 50.0
_ROMAN = r"(?=[ivxlcdm])c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
_PAGE_NUMBER = re.compile(
    rf"^[\s\-–—|\[(·•.]*(?P<word>page|p\.|pg\.?)?\s*(?P<number>\d{{1,4}}|{_ROMAN})\s*(?:(?P<of>of|/)\s*\d{{1,4}})?[\s\-–—|\])·•.]*$",
    re.IGNORECASE,
)
_VARIES = re.compile(rf"\d+|\b{_ROMAN}\b", re.IGNORECASE)
_LEADERS = re.compile(
    r"(?:\.\s?){4,}\s*[\divxlcdm]*\s*$|(?:…\s?){2,}\s*[\divxlcdm]*\s*$|_{5,}\s*[\divxlcdm]+\s*$"
)
_CONTENTS = re.compile(r"^(?:table of )?contents(?: page)?$", re.IGNORECASE)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
# An entry of a list of contents runs over at most so many lines.
_ENTRY_LINES = 4


@dataclass(frozen=True, slots=True)
class Furnished:
    """Words of a page's own, with the page (from 1)."""

    page: int
    text: str


def take_furniture(pages: Sequence[Page]) -> list[Furnished]:
    """Take the running headers, footers and page numbers out of the pages' pieces and return them.

    A line at the head or foot is furniture if it repeats at its place, numbers apart, over most pages or
    most odd or even ones; if it is the page's number; or if such lines stand apart at one place and carry
    words that come again, as the title of a section does.
    """
    rows = {page.number: lines_of(page.pieces, page.number) for page in pages if page.pieces}
    said = Counter(line.text for own in rows.values() for line in own)
    found: list[Furnished] = []
    for at_foot in (False, True):
        for _ in range(_DEEPEST):
            taken = _outermost(pages, rows, at_foot, said)
            if not taken:
                break
            for page, line in taken:
                found.append(Furnished(page.number, line.text))
                rows[page.number].remove(line)
                gone = set(map(id, line.pieces))
                page.pieces = [piece for piece in page.pieces if id(piece) not in gone]
    return sorted(found, key=lambda one: one.page)


def _outermost(
    pages: Sequence[Page], rows: dict[int, list[Line]], at_foot: bool, said: Counter[str]
) -> list[tuple[Page, Line]]:
    """Return the first (or last) line of each page where that is furniture."""
    edge = [(page, rows[page.number][-1 if at_foot else 0]) for page in pages if rows.get(page.number)]
    places = {page.number: page.height - line.y if at_foot else line.y for page, line in edge}
    chosen = _page_numbers(edge, rows, at_foot)
    groups: dict[str, list[tuple[Page, Line]]] = defaultdict(list)
    for page, line in edge:
        in_margin = places[page.number] < max(_LEAST_MARGIN, _MARGIN * page.height)
        if in_margin and not line.first_mark:  # a footnote, "1 Ibid."
            groups[_VARIES.sub("#", line.text)].append((page, line))
    total = len(pages)
    for own in groups.values():
        odd = sum(page.number % 2 for page, _ in own)
        of_odd, of_even = (total + 1) // 2, total // 2
        enough = (
            len(own) >= max(2, 0.5 * (total - 1))
            or odd >= max(3, 0.7 * of_odd)
            or len(own) - odd >= max(3, 0.7 * of_even)
        )
        if enough:
            here = _at_one_place({page.number: places[page.number] for page, _ in own})
            chosen |= {
                page.number
                for page, line in own
                if page.number in here and not _is_head_of_table(line) and len(rows[page.number]) > 1
            }
    if not at_foot:
        chosen |= _set_apart(edge, rows, places, said)
    return [(page, line) for page, line in edge if page.number in chosen]


def _at_one_place(places: dict[int, float]) -> set[int]:
    """Return the pages on which a line stands where it does on most; none where it has no such place."""
    middle = sorted(places.values())[len(places) // 2]
    near = {page for page, place in places.items() if abs(place - middle) < _SAME_PLACE}
    return near if len(near) >= 0.7 * len(places) else set()


def _is_head_of_table(line: Line) -> bool:
    return line.bold and len(line.segments(0.42 * line.size)) > 1 and not _VARIES.search(line.text)


def _page_numbers(edge: list[tuple[Page, Line]], rows: dict[int, list[Line]], at_foot: bool) -> set[int]:
    """Return the pages whose outermost line is their number, counting as the pages do."""
    offsets: dict[int, list[int]] = defaultdict(list)
    sure: set[int] = set()
    for page, line in edge:
        match = _PAGE_NUMBER.match(line.text.strip())
        if not match:
            continue
        own = rows[page.number]
        if len(own) > 1:
            inner = own[-2 if at_foot else 1]
            if abs(line.y - inner.y) < 1.25 * max(line.size, 1.0):
                continue
        if match["word"] or match["of"]:
            sure.add(page.number)
        number = match["number"].lower()
        offsets[(int(number) if number.isdigit() else _roman(number)) - page.number].append(page.number)
    for own_pages in offsets.values():
        if len(own_pages) >= 2 or len(edge) == 1 or any(len(rest) >= 3 for rest in offsets.values()):
            sure |= set(own_pages)
    return sure


def _roman(words: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in words]
    return sum(-own if own < after else own for own, after in zip(values, [*values[1:], 0], strict=True))


def _set_apart(
    edge: list[tuple[Page, Line]], rows: dict[int, list[Line]], places: dict[int, float], said: Counter[str]
) -> set[int]:
    """Return the pages whose first line stands apart, as on most pages, with words that come again."""
    groups: dict[tuple[int, float, bool], list[tuple[Page, Line]]] = defaultdict(list)
    for page, line in edge:
        groups[round(places[page.number] / _SAME_PLACE), round(line.size, 1), line.bold].append((page, line))
    own = max(groups.values(), key=len, default=[])
    if len(own) < max(3, 0.5 * (len(edge) - 1)):
        return set()
    apart = sum(
        len(rows[page.number]) > 1
        and rows[page.number][1].y - line.y > 1.6 * max(line.size, rows[page.number][1].size)
        for page, line in own
    )
    again = [(page, line) for page, line in own if said[line.text] > 1]
    if apart < 0.85 * len(own) or len(again) < 0.6 * len(own):
        return set()
    return {page.number for page, line in own if not _is_head_of_table(line)}


def take_contents(lines: Sequence[Line]) -> tuple[list[Line], list[Furnished]]:
    """Part the lines of lists of contents, told by leaders to page numbers, from all others."""
    led = [place for place, line in enumerate(lines) if _is_led(line.text)]
    taken: set[int] = set()
    for before, place in zip([None, *led], led, strict=False):
        taken.add(place)
        start = place
        if before is not None and place - before <= _ENTRY_LINES:
            start = before + 1
        else:
            while start > 0 and place - start < _ENTRY_LINES and _goes_on(lines[start - 1], lines[start]):
                start -= 1
            for heading in range(max(0, start - 3), start):
                if _CONTENTS.match(lines[heading].text.strip()):
                    taken |= set(range(heading, start))
        taken |= set(range(start, place))
    if len(led) < 2:
        return list(lines), []
    kept = [line for place, line in enumerate(lines) if place not in taken]
    return kept, [Furnished(lines[place].page, lines[place].text) for place in sorted(taken)]


def _is_led(words: str) -> bool:
    """Say whether words end in leaders, with or without a page's number."""
    return (words.count(".") >= 4 or "…" in words or "__" in words) and bool(_LEADERS.search(words))


def _goes_on(above: Line, below: Line) -> bool:
    """Say whether a line is the first of an entry that runs over two."""
    near = below.gap is not None and below.gap < 1.5 * below.size
    return near and abs(above.size - below.size) < 0.3 and above.bold == below.bold
