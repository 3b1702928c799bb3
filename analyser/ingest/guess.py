"""Guess how a document is numbered: the scheme that reads most of its headings and paragraphs."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from analyser.ingest.schemes import schemes
from analyser.model.base import Frozen
from analyser.parsing.numbering import Numbering
from analyser.reading.source import BlockKind, Source

# What looks numbered, by whatever scheme: the measure of how much of it a scheme explains.
_NUMBERED = re.compile(r"^(?:[A-Za-z]{2,14}\s+)?(?:[A-Z]{0,2}\d|[IVX]+\.|\(\d)")
_FIGURE = re.compile(r"\d|[IVX]\b")
_FEWEST = 2
_NEAR = 30
_LONGEST = 300
# A consultation of a thousand pages has about so many; more would tell nothing new.
_ENOUGH = 20_000


class Fit(Frozen):
    """How well a numbering fits a document: its measures, and the paragraphs that stand in them."""

    measures: int
    paragraphs: int

    @property
    def explained(self) -> int:
        """How many headings and paragraphs it explains."""
        return self.measures + self.paragraphs


class Guess(Frozen):
    """A numbering scheme with how well it fits; `score` is the share (0 to 1) of what looks numbered."""

    scheme: str
    numbering: Numbering
    fit: Fit
    score: float


class Opening(NamedTuple):
    """How a block begins, as far as numbers go; `is_heading` as its layout shows it, `ends` its last sign."""

    words: str
    is_heading: bool
    is_item: bool
    ends: str


def openings_of(source: Source) -> tuple[Opening, ...]:
    """Return the headings of a document, and every paragraph and item with a figure near its beginning."""
    found = []
    for block in source.blocks:
        if block.kind not in (BlockKind.HEADING, BlockKind.TEXT, BlockKind.ITEM):
            continue
        words = block.span.of(source.text)
        is_heading = block.kind is BlockKind.HEADING
        if is_heading or _FIGURE.search(words[:_NEAR]):
            found.append(Opening(words[:_LONGEST], is_heading, block.kind is BlockKind.ITEM, words[-1:]))
        if len(found) == _ENOUGH:
            break
    return tuple(found)


def fit_of(openings: Sequence[Opening], numbering: Numbering) -> Fit:
    """Return how well a numbering fits: measures that have paragraphs, and those paragraphs.

    Where no paragraph has a number, the measures alone count.
    """
    opened: set[str] = set()
    filled: set[str] = set()
    seen: set[str] = set()
    current: str | None = None
    for opening in openings:
        start = None if opening.is_heading else numbering.start(opening.words, current)
        if start:
            if current and start.owner == current and start.number not in seen:
                seen.add(start.number)
                filled.add(current)
            continue
        looks_so = numbering.prefix and not opening.is_item and opening.ends not in (".", ";", ":")
        if opening.is_heading or looks_so:
            number = (numbering.heading(opening.words) or ("",))[0]
            number = number or (numbering.bare_heading(opening.words) or "" if opening.is_heading else "")
            if number:
                current = number
                opened.add(number)
    return Fit(measures=len(filled) or len(opened), paragraphs=len(seen))


def guesses(source: Source, folder: Path) -> tuple[Guess, ...]:
    """Return the schemes that fit a document at all, the best first, else in the order of the file.

    A scheme fits that gives two measures with paragraphs, or one with two; without any numbered paragraph
    only a scheme that may be unnumbered does.
    """
    openings = openings_of(source)
    looks = looks_numbered(openings)
    found: list[Guess] = []
    for scheme in schemes(folder):
        best: Guess | None = None
        for numbering in scheme.numberings(source):
            fit = fit_of(openings, numbering)
            if not fit.paragraphs:
                if not scheme.may_be_unnumbered or fit.measures < _FEWEST or not numbering.prefix:
                    continue
                numbering = numbering.model_copy(update={"unnumbered": True})
            if fit.measures < _FEWEST and fit.paragraphs < _FEWEST:
                continue
            score = round(min(1.0, fit.explained / max(1, looks)), 2)
            one = Guess(scheme=scheme.key, numbering=numbering, fit=fit, score=score)
            if best is None or fit.explained > best.fit.explained:
                best = one
        if best:
            found.append(best)
    return tuple(sorted(found, key=lambda one: -one.fit.explained))


def looks_numbered(openings: Sequence[Opening]) -> int:
    """Return how many headings and paragraphs look numbered, by whatever scheme."""
    return sum(_NUMBERED.match(opening.words) is not None for opening in openings)
