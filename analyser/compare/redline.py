"""A redline: one wording against another, word by word."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_NOT_SEEN = re.compile(r"(\[not seen\])", re.IGNORECASE)
_TOKEN = re.compile(r"\[not seen\]| |[^\W_]+(?:['’\-.,/][^\W_]+)*|\S")
_MARKS = {"delete": ("[-", "-]"), "insert": ("{+", "+}")}
_LITERAL = re.compile(r"(\[-|-\]|\{\+|\+\}|\\)")


class Run(NamedTuple):
    """A stretch of words that both wordings have (`equal`), or only the earlier (`delete`) or the later
    (`insert`).
    """

    op: str
    text: str


def redline(before: str, after: str) -> tuple[Run, ...]:
    """Return the two wordings as runs, a deletion before the insertion that takes its place; spaces are
    evened out.

    What says `[not seen]` is neither deleted nor inserted: it stands as it is.

    >>> text_form(redline("swiftly take down it", "take down it swiftly"))
    '[-swiftly -]take down it{+ swiftly+}'
    """
    one, other = " ".join(before.split()), " ".join(after.split())
    # Compared in one direction only, so that the redline of (b, a) is exactly that of (a, b) turned round.
    turned = one > other
    pieces = _pieces(*((other, one) if turned else (one, other)))
    runs: list[Run] = []
    for first, second in pieces:
        if first == second:
            runs.append(Run("equal", first))
            continue
        names = ("insert", "delete") if turned else ("delete", "insert")
        (*heads, last), (*more, end) = _changed(names[0], first), _changed(names[1], second)
        runs += [*heads, *more, *sorted((last, end))]
    return tuple(_joined(runs))


def text_form(runs: Sequence[Run]) -> str:
    """Return runs as one line: `[-old-]{+new+}`; where the words themselves hold such a mark, a backslash
    stands before it.
    """
    return "".join(_marked(run) for run in runs)


def runs_of(text: str) -> tuple[Run, ...]:
    """Return the runs of a line that `text_form` made."""
    runs: list[Run] = []
    op, held = "equal", ""
    opening = {start: name for name, (start, _) in _MARKS.items()}
    place = 0
    while place < len(text):
        pair = text[place : place + 2]
        if text[place] == "\\":
            found = _LITERAL.match(text, place + 1)
            held += found[1] if found else ""
            place += 1 + (len(found[1]) if found else 0)
        elif op == "equal" and pair in opening:
            runs += [Run(op, held)] * bool(held)
            op, held, place = opening[pair], "", place + 2
        elif op != "equal" and pair == _MARKS[op][1]:
            runs.append(Run(op, held))
            op, held, place = "equal", "", place + 2
        else:
            held += text[place]
            place += 1
    return (*runs, *[Run(op, held)] * bool(held))


def _joined(runs: Sequence[Run]) -> list[Run]:
    """Join neighbours of one kind and leave out what is empty."""
    joined: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if joined and joined[-1].op == run.op:
            joined[-1] = Run(run.op, joined[-1].text + run.text)
        else:
            joined.append(run)
    return joined


def _changed(op: str, words: str) -> list[Run]:
    """Return words as deleted or inserted, but for those that stand for what was not seen; the last run may
    be empty.
    """
    return [Run("equal" if _NOT_SEEN.fullmatch(part) else op, part) for part in _NOT_SEEN.split(words)]


def _marked(run: Run) -> str:
    start, end = _MARKS.get(run.op, ("", ""))
    return f"{start}{_LITERAL.sub(lambda hit: chr(92) + hit[1], run.text)}{end}"


def _pieces(one: str, other: str) -> list[tuple[str, str]]:
    """Return the wordings as pairs of stretches, equal or in place of each other; a lone space between two
    changes goes with them.
    """
    first, second = _TOKEN.findall(one), _TOKEN.findall(other)
    pieces: list[tuple[str, str]] = []
    for _, low, high, start, end in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        pieces.append(("".join(first[low:high]), "".join(second[start:end])))
    joined: list[tuple[str, str]] = []
    for place, piece in enumerate(pieces):
        bridge = piece == (" ", " ") and 0 < place < len(pieces) - 1
        if joined and (bridge or piece[0] != piece[1]) and joined[-1][0] != joined[-1][1]:
            joined[-1] = (joined[-1][0] + piece[0], joined[-1][1] + piece[1])
        else:
            joined.append(piece)
    return joined
