"""Repeats a code under fresh measure numbers until it is as long as wanted."""

import re

_HEADING = re.compile(r"(?m)^## ICU ([A-Z]\d+) (.*)$")
_ROW = re.compile(r"(?m)^\| ICU [A-Z]\d+ \|.*\n")
_NUMBER = re.compile(r"\b([A-Z]\d{1,2})(?![\d\w])")
_LETTERS = "KLMNPQRSTUVWXYZ"


def repeated(markdown: str, times: int) -> str:
    """Return a code whose measures stand `times` over, each time under numbers that no other has.

    Cross references and the rows of the index are renumbered with them; sections and definitions stand once.
    ValueError where there are more measures than numbers.
    """
    starts = [match.start() for match in _HEADING.finditer(markdown)]
    end = markdown.index("\n## Section 5", starts[-1]) + 1
    head, measures, rest = markdown[: starts[0]], markdown[starts[0] : end], markdown[end:]
    rows = "".join(_ROW.findall(head))
    old = [match[1] for match in _HEADING.finditer(markdown)]
    fresh = (f"{letter}{number}" for letter in _LETTERS for number in range(1, 100))
    all_rows, all_measures = rows, measures
    for _ in range(times - 1):
        new = {name: next(fresh, "") for name in old}
        if not all(new.values()):
            raise ValueError(f"There are not enough numbers for {times} times {len(old)} measures.")
        all_rows += _renumbered(rows, new)
        all_measures += _renumbered(measures, new)
    return head.replace(rows, all_rows) + all_measures + rest


def _renumbered(words: str, new: dict[str, str]) -> str:
    return _NUMBER.sub(lambda match: new.get(match[1], match[1]), words)
