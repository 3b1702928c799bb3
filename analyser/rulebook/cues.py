"""The small language of cues: `{a|b}` is one of them, `[x]` with or without it; a cue is a list of phrases.

>>> expand("[not] {feasible|possible}")
('feasible', 'possible', 'not feasible', 'not possible')

What a cue means is counted before any of it is written out, so that a cue of a few lines that means a
thousand million phrases is refused at once.
"""

from functools import lru_cache
from itertools import product

LIMIT = 5000
RULE_LIMIT = 20_000  # phrases of all cues of one rule
LENGTH = 2000  # characters of one cue
DEPTH = 12  # brackets within brackets
GAPS = 3  # ` ... ` in one phrase
GAP = "..."

_CLOSING = {"{": "}", "[": "]"}


class CueError(ValueError):
    """A cue that is not well formed or means too many phrases; `str()` says why."""


def count(cue: str) -> int:
    """Return how many phrases a cue means, those counted that it means twice, without writing any out.

    CueError when it is malformed, or longer or deeper than a cue may be; the number itself may be any.

    >>> count("{a|b|c|d} " * 30)
    1152921504606846976
    """
    if len(cue) > LENGTH:
        raise CueError(f"the cue `{cue[:40]}…` is longer than {LENGTH} characters: split it")
    # One frame a bracket that is open: how it closes, its alternatives so far, the phrases before it.
    frames: list[tuple[str, int, int]] = []
    phrases = 1
    for char in cue:
        if char in _CLOSING:
            if len(frames) == DEPTH:
                raise CueError(f"the cue `{cue[:60]}` has brackets more than {DEPTH} deep: split it")
            frames.append((_CLOSING[char], 1 if char == "[" else 0, phrases))
            phrases = 1
        elif char in "}]":
            if not frames:
                raise CueError(f"the cue `{cue}` has a `{char}` too many")
            close, others, before = frames.pop()
            if char != close:
                raise CueError(f"the cue `{cue}` has a `{char}` where a `{close}` is due")
            phrases = before * (others + phrases)
        elif char == "|":
            if not frames:
                raise CueError(f"the cue `{cue}` has a `|` outside braces")
            close, others, before = frames[-1]
            frames[-1] = (close, others + phrases, before)
            phrases = 1
    if frames:
        raise CueError(f"the cue `{cue}` lacks a `{frames[-1][0]}`")
    return phrases


@lru_cache(maxsize=32768)
def expand(cue: str) -> tuple[str, ...]:
    """Return every phrase a cue means, each once, in order; CueError when malformed or too wide."""
    if count(cue) > LIMIT:
        raise CueError(f"the cue `{cue}` means more than {LIMIT} phrases: split it")
    phrases, _ = _sequence(cue, closing="")
    spaced = tuple(dict.fromkeys(" ".join(phrase.split()) for phrase in phrases))
    if not all(spaced):
        raise CueError(f"the cue `{cue}` would match nothing at all: not all of it may be optional")
    if any(phrase.count(GAP) > GAPS for phrase in spaced):
        raise CueError(f"the cue `{cue}` has more than {GAPS} gaps (`{GAP}`) in one phrase: split it")
    return spaced


def expand_all(cues: tuple[str, ...]) -> tuple[str, ...]:
    """Return every phrase that several cues mean, each once, in order."""
    return tuple(dict.fromkeys(phrase for cue in cues for phrase in expand(cue)))


def _sequence(text: str, closing: str) -> tuple[list[str], str]:
    """Read up to a character of `closing` at this level; return the phrases and the rest."""
    phrases = [""]
    while text and text[0] not in closing:
        if text[0] in _CLOSING:
            choices, rest = _choices(text[1:], _CLOSING[text[0]])
            choices = ["", *choices] if text[0] == "[" else choices
            text = rest
        else:
            end = next((place for place, char in enumerate(text) if char in "{}[]|"), len(text))
            choices, text = [text[:end]], text[end:]
        phrases = [before + after for before, after in product(phrases, choices)]
    return phrases, text


def _choices(text: str, close: str) -> tuple[list[str], str]:
    """Read `a|b|c` up to the closing bracket; return the phrases and what stands after the bracket."""
    choices: list[str] = []
    while True:
        branch, text = _sequence(text, "|" + close)
        choices.extend(branch)
        mark, text = text[0], text[1:]
        if mark == close:
            return choices, text
