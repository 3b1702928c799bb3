"""The small language of cues: `{a|b}` is one of them, `[x]` with or without it; a cue is a list of phrases.

>>> expand("[not] {feasible|possible}")
('feasible', 'possible', 'not feasible', 'not possible')
"""

from functools import lru_cache
from itertools import product

LIMIT = 5000


class CueError(ValueError):
    """A cue that is not well formed or means too many phrases; `str()` says why."""


@lru_cache(maxsize=8192)
def expand(cue: str) -> tuple[str, ...]:
    """Return every phrase a cue means, each once, in order; CueError when malformed or too wide."""
    phrases, rest = _sequence(cue, cue, closing="")
    if rest:
        raise CueError(f"the cue `{cue}` has a `{rest[0]}` too many")
    spaced = tuple(dict.fromkeys(" ".join(phrase.split()) for phrase in phrases))
    if not all(spaced):
        raise CueError(f"the cue `{cue}` would match nothing at all: not all of it may be optional")
    return spaced


def expand_all(cues: tuple[str, ...]) -> tuple[str, ...]:
    """Return every phrase that several cues mean, each once, in order."""
    return tuple(dict.fromkeys(phrase for cue in cues for phrase in expand(cue)))


def _sequence(text: str, cue: str, closing: str) -> tuple[list[str], str]:
    """Read up to a character of `closing` at this level; return the phrases and the rest."""
    phrases = [""]
    while text and text[0] not in closing:
        if text[0] == "{":
            choices, text = _choices(text[1:], cue, "}")
        elif text[0] == "[":
            inner, text = _choices(text[1:], cue, "]")
            choices = ["", *inner]
        elif text[0] in "}]":
            return phrases, text
        elif text[0] == "|":
            raise CueError(f"the cue `{cue}` has a `|` outside braces")
        else:
            end = next((place for place, char in enumerate(text) if char in "{}[]|"), len(text))
            choices, text = [text[:end]], text[end:]
        if len(phrases) * len(choices) > LIMIT:
            raise CueError(f"the cue `{cue}` means more than {LIMIT} phrases: split it")
        phrases = [before + after for before, after in product(phrases, choices)]
    return phrases, text


def _choices(text: str, cue: str, close: str) -> tuple[list[str], str]:
    """Read `a|b|c` up to the closing bracket; return the phrases and what stands after the bracket."""
    choices: list[str] = []
    while True:
        branch, text = _sequence(text, cue, "|" + close)
        choices.extend(branch)
        if not text:
            raise CueError(f"the cue `{cue}` lacks a `{close}`")
        if text[0] not in ("|", close):
            raise CueError(f"the cue `{cue}` has a `{text[0]}` where a `{close}` is due")
        if len(choices) > LIMIT:
            raise CueError(f"the cue `{cue}` means more than {LIMIT} phrases: split it")
        mark, text = text[0], text[1:]
        if mark == close:
            return choices, text
