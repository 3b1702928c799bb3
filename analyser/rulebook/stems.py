"""The words that name a ground, as a pattern: the language of cues, with `abl*` for any word that so begins.

>>> bool(pattern(("{|un}abl* to",)).search("unless it is unable to do so"))
True
"""

import re
from collections.abc import Sequence
from functools import lru_cache

_GAP = r"(?:[\s,]+[\w'’-]+){0,12}?[\s,]+"
_PIECE = re.compile(r"\s*\.\.\.\s*|\s+|[{}\[\]|*]|[^\s{}\[\]|*.]+|\.")
_SPACE = r"(?:\s+|(?<=\s)|(?=\W|$))"
_WRITTEN = {"{": "(?:", "[": "(?:", "|": "|", "}": ")", "]": ")?", "*": r"[\w'’-]*"}


@lru_cache(maxsize=1024)
def pattern(phrases: Sequence[str]) -> re.Pattern[str]:
    """Return one pattern for several phrases; ValueError for one whose brackets do not close."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_one, phrases))})(?!\w)", re.IGNORECASE)


def _one(phrase: str) -> str:
    for opening, closing in ("{}", "[]"):
        if phrase.count(opening) != phrase.count(closing):
            raise ValueError(f"the brackets of `{phrase}` do not close")
    return "".join(_written(piece) for piece in _PIECE.findall(phrase.strip()))


def _written(piece: str) -> str:
    if piece in _WRITTEN:
        return _WRITTEN[piece]
    if piece.strip() == "...":
        return _GAP
    if piece.isspace():
        return _SPACE
    return re.escape(piece).replace("'", "['’]")
