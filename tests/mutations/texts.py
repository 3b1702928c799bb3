"""The Markdown of the built-in code in its parts, and how words are cut from it or moved in it."""

import re
from dataclasses import dataclass

from analyser.model.exemption import Exemption
from analyser.model.text import Document

# Words that open a clause or a phrase that can be struck whole.
OPENERS = (
    "where|if|when|unless|except|other than|of which|who|which|that|so as to|so far as|as soon as|within|"
    "having regard to"
)
_OPENS = re.compile(rf"(?:{OPENERS})\b", re.IGNORECASE)
_OPENS_EARLIER = re.compile(
    r"\b(?:where|if|when|unless|of which|who|(?<!ensure )(?<!so )(?<!is one )that)\b", re.IGNORECASE
)
_FUNCTION_WORD = re.compile(r"\b(?:of|to|in|for|the|a|an|and|or|are|is|has|have|may|it|as|by|which|so)\b")
_HEADING = re.compile(r"(?m)^## ICU (\w+) .*$")
_DEFINED = re.compile(r"(?m)^[\w.]+ \*\*(.+?)\*\* .*\n\n")
_DEFINITIONS = "## Section 5: Definitions\n\n"
_ATTRIBUTES = re.compile(r"(?m)^[ \t]*\{:.*\}\n")


@dataclass(frozen=True)
class Source:
    """A code as Markdown without its attribute lines (so that everything is known equally well), measure by
    measure."""

    head: str
    measures: dict[str, str]
    rest: str

    @classmethod
    def of(cls, markdown: str) -> "Source":
        """Split a code's Markdown; ids as in `ICU C2`."""
        bare = _ATTRIBUTES.sub("", markdown)
        starts = [(match.start(), f"ICU {match.group(1)}") for match in _HEADING.finditer(bare)]
        end = bare.index("\n## ", starts[-1][0] + 1) + 1
        ends = [start for start, _ in starts[1:]] + [end]
        blocks = {key: bare[start:stop] for (start, key), stop in zip(starts, ends, strict=True)}
        head = bare[: bare.index("\n## ")] + "\n\n"
        return cls(head, blocks, bare[end:])

    def text(self, *keys: str) -> str:
        """Return a code of these measures alone, with the definitions of the terms they use."""
        body = "".join(self.measures[key] for key in self.measures if key in keys)
        used = [
            paragraph.group(0)
            for paragraph in _DEFINED.finditer(self.rest)
            if paragraph.group(1).lower() in body.lower()
        ]
        return self.head + body + _DEFINITIONS + "".join(used)

    def whole(self, order: list[str] | None = None) -> str:
        """Return the code with its definitions, its measures in the given order."""
        keys = self.measures if order is None else order
        return self.head + "".join(self.measures[key] for key in keys) + self.rest


@dataclass(frozen=True)
class Cut:
    """A place of the Markdown to be struck, widened so that the rest still reads; `words` are those struck,
    without the commas about them."""

    start: int
    end: int
    words: str
    opener: str = ""
    capital: bool = False

    def struck(self, markdown: str) -> str:
        """Return the Markdown without the words."""
        before, rest = markdown[: self.start], markdown[self.end :]
        if self.capital:
            rest = rest[:1].upper() + rest[1:]
        if re.search(r"\ban $", before) and not re.match(r"[aeiou]", rest):
            before = before[:-2] + " "
        elif re.search(r"\ba $", before) and re.match(r"[aeiou]", rest):
            before = before[:-1] + "n "
        return before + rest

    def holds(self, start: int, end: int) -> bool:
        """Say whether a place lies within the cut."""
        return self.start <= start and end <= self.end

    def meets(self, start: int, end: int) -> bool:
        """Say whether a place and the cut have a character in common."""
        return self.start < end and start < self.end


def place(markdown: str, document: Document, exemption: Exemption) -> tuple[int, int]:
    """Return where the words of a finding stand in the Markdown."""
    measure = document.measure(exemption.measure)
    assert measure is not None
    paragraph = next(one for one in measure.recommendation if one.span.holds(exemption.span))
    before = document.text[paragraph.span.start : exemption.span.start]
    start = markdown.index(f"\n{paragraph.number} ")
    for _ in range(before.count(exemption.quote) + 1):
        start = markdown.index(exemption.quote, start + 1)
    return start, start + len(exemption.quote)


def stretch(markdown: str, start: int) -> int:
    """Return where the line's words begin: after its number or the mark of its item."""
    line = markdown.rindex("\n", 0, start) + 1
    label = re.compile(r"(?:\s*- \(\w+\) |[A-Z]\d+\.\w+ )?").match(markdown, line)
    assert label is not None
    return label.end()


def sentence(markdown: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the sentence about a place, within its line and with its full stop."""
    first = stretch(markdown, start)
    line_end = markdown.index("\n", end)
    stops = [match.end() for match in re.finditer(r"(?<=[a-z)])\. (?=[A-Z])", markdown[first:line_end])]
    bounds = [first, *(first + stop for stop in stops), line_end]
    return (
        max(bound for bound in bounds[:-1] if bound <= start),
        min(bound for bound in bounds[1:] if bound >= end),
    )


def clause(markdown: str, start: int, end: int) -> Cut | None:
    """Return the clause that words open or stand in, up to its comma or stop; None where they are no
    clause."""
    first, last = sentence(markdown, start, end)
    left = start
    # The words of this stretch, back to the last comma, from the first word that opens a clause in it.
    back = max(markdown.rfind(", ", first, start) + 2, first)
    opened = _OPENS.match(markdown, start)
    if opened is None:
        earlier = _OPENS_EARLIER.search(markdown, back, start)
        delimited = start == back and markdown[end : end + 1] in ",.;"
        if earlier is not None and "should" not in markdown[earlier.start() : start]:
            left, opened = earlier.start(), earlier
        elif not delimited:
            return None
    stop = re.compile(r"[,;:.](?=\s|$)").search(markdown, end, last)
    right = stop.start() if stop else last
    words = markdown[left:right].rstrip()
    joined = re.compile(r"(?:and|or) $").search(markdown, first, left)
    if joined:
        left = joined.start()
    opener = opened.group(0).lower() if opened else ""
    if left == first and markdown[right] == ",":
        return Cut(left, right + 2, words, opener, capital=words[0].isupper())
    if left == first:
        return None
    if markdown[left - 2 : left] == ", ":
        both = markdown[right] == "," and not _OPENS.match(markdown, right + 2)
        return Cut(left - 2, right + both, words, opener)
    return Cut(left - 1, right, words, opener)


def words_alone(markdown: str, start: int, end: int) -> Cut | None:
    """Return the describing words of a quote: all but its noun, or its adverb; None where they cannot go."""
    quote = markdown[start:end]
    parts = quote.split()
    before = markdown[max(0, start - 8) : start]
    if _FUNCTION_WORD.search(quote.lower()) or (len(parts) > 1 and parts[-1].endswith("ed")):
        return None
    if len(parts) == 1:
        if re.search(r"(?:should|to) $", before) and not quote.endswith("ly"):
            return None
        gone = (start, end)
    elif parts[-1].endswith("ly"):
        gone = (end - len(parts[-1]), end)
    else:
        gone = (start, end - len(parts[-1]) - 1)
    words = markdown[gone[0] : gone[1]]
    if markdown[gone[1]] == " ":
        return Cut(gone[0], gone[1] + 1, words, capital=words[0].isupper())
    return Cut(gone[0] - 1, gone[1], words)


def cut(markdown: str, start: int, end: int) -> Cut | None:
    """Return how the words of a finding are struck, as a clause or as words; None where neither is
    English."""
    return clause(markdown, start, end) or words_alone(markdown, start, end)


def explained(markdown: str, quote: str) -> bool:
    """Say whether the text itself says what a quote means: then its words are a name, and name the same thing
    wherever they stand."""
    term = re.escape(quote.lower().removesuffix("s"))
    return re.search(rf"(?i)(?<![\w-]){term}s? (?:means|is one|are)\b", markdown) is not None


def whole_sentence(markdown: str, start: int, end: int) -> Cut:
    """Return the sentence about a place, or its whole paragraph or item where it has no other."""
    first, last = sentence(markdown, start, end)
    line, line_end = markdown.rindex("\n", 0, start) + 1, markdown.index("\n", end)
    words = markdown[first:last]
    if (first, last) != (stretch(markdown, start), line_end):
        return Cut(first, last, words)
    item = re.compile(r"( *)- .*\n(?:\1 +- .*\n)*").match(markdown, line)
    if item:
        return Cut(line, item.end(), item.group(0))
    block_end = markdown.index("\n\n", end)
    return Cut(line, block_end + 2, markdown[line:block_end])
