"""Writes the numbering of a Word file: lists that Word counts, of which the file holds only the pattern."""

from dataclasses import dataclass, field
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn


@dataclass
class Numbers:
    """The numbering part: one list a measure (`C9.%1`), or, with `outline`, one a letter whose first level
    counts the headings (`ICU C%1`) and whose second the paragraphs (`C%1.%2`).

    Where a number is skipped, a further instance of the list starts at the one that stands there: Word counts
    on from it in all instances of the list.
    """

    element: Any
    outline: bool = False
    lists: dict[str, int] = field(default_factory=dict)
    instances: dict[str, int] = field(default_factory=dict)
    counters: dict[tuple[str, int], int] = field(default_factory=dict)

    def heading(self, prefix: str, letter: str, number: int) -> tuple[int, int]:
        """Return the instance and level by which Word counts a measure's heading to this number."""
        key = f"{letter}%1."
        self._list(key, [(f"{prefix}{letter}%1", "decimal"), (f"{letter}%1.%2", "decimal")])
        return self._next(key, 0, number), 0

    def paragraph(self, owner: str, letters: str, number: int) -> tuple[int, int]:
        """Return the instance and level by which Word counts a paragraph to this number, e.g. `C9` and 2;
        `letters` stand before the number (`u`)."""
        letter, level = owner.rstrip("0123456789"), 0
        key = f"{owner}.{letters}"
        if self.outline and letter and not letters and f"{letter}%1." in self.lists:
            key, level = f"{letter}%1.", 1
        else:
            self._list(key, [(f"{owner}.{letters}%1", "decimal")])
        return self._next(key, level, number), level

    def _next(self, key: str, level: int, number: int) -> int:
        """Count on, by a new instance where the number is not the next."""
        if key not in self.instances:
            self.instances[key] = self._instance(key, level, 1)
        skips = self.counters.get((key, level), 0) + 1 != number
        self.counters[key, level] = number
        for below in range(level + 1, 6):
            self.counters.pop((key, below), None)
        return self._instance(key, level, number) if skips else self.instances[key]

    def _list(self, key: str, levels: list[tuple[str, str]]) -> None:
        """Add the pattern of a list, with (a), (i) and (A) below its numbers."""
        if key in self.lists:
            return
        self.lists[key] = 100 + len(self.lists)
        count = len(levels)
        items = ("lowerLetter", "lowerRoman", "upperLetter")
        patterns = [*levels, *((f"(%{count + place + 1})", kind) for place, kind in enumerate(items))]
        inner = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{pattern}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{720 + 560 * level}" w:hanging="{560 + 160 * (level < count)}"/></w:pPr>'
            "</w:lvl>"
            for level, (pattern, kind) in enumerate(patterns)
        )
        made = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{self.lists[key]}">'
            f'<w:multiLevelType w:val="multilevel"/>{inner}</w:abstractNum>'
        )
        first = self.element.find(qn("w:num"))
        if first is None:
            self.element.append(made)
        else:
            first.addprevious(made)

    def _instance(self, key: str, level: int, start: int) -> int:
        at = 500 + len(self.element.findall(qn("w:num")))
        over = (
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
            if start > 1
            else ""
        )
        self.element.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{at}">'
                f'<w:abstractNumId w:val="{self.lists[key]}"/>{over}</w:num>'
            )
        )
        return at


def numbered(paragraph: Any, instance: int, level: int) -> None:
    """Let Word count a paragraph."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = instance
