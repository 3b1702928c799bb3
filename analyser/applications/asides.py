"""What stands beside the condition in a clause: brackets, `whether or not …`, and words that describe the
paragraph and not the service.
"""

from collections.abc import Callable, Sequence

from analyser.applications.conditions import every
from analyser.applications.marks import DANGLING, LOOSE, Mark, carries, trim
from analyser.model.logic import TRUE, Condition

_OF_SUBJECT = ("document", "reference", "unread", "that", "verb", "each", "comma", "subject_to")
Read = Callable[[Sequence[Mark]], Condition]
_ENDS_IGNORED = ("comma", "semicolon", "and", "ignore", "main", "disapply", *LOOSE)


def without_asides(marks: Sequence[Mark], read: Read) -> list[Mark]:
    """Return the marks with each bracket read as part of what it stands behind.

    `(including …)` adds nothing. `(other than …)`, `(unless …)` and a bracket that repeats belong to the
    operand before it. `(that is, …)` says what the words before it mean, so that these need not be known.
    """
    found = list(marks)
    while (close := next((at for at, mark in enumerate(found) if mark.kind == "close"), None)) is not None:
        opened = next((at for at in range(close, -1, -1) if found[at].kind == "open"), None)
        if opened is None:
            del found[close]
            continue
        before, inner, after = found[:opened], found[opened + 1 : close], found[close + 1 :]
        found = [*_with_aside(before, inner, read), *after]
    return [mark for mark in found if mark.kind != "open"]


def _with_aside(before: list[Mark], inner: list[Mark], read: Read) -> list[Mark]:
    if not any(map(carries, inner)) or inner[0].kind == "including":
        return before
    if opening := _says_meaning(inner):
        while before and before[-1].kind in ("unread", "noun"):
            before.pop()
        return [*before, Mark("operand", inner[0].start, inner[-1].end, condition=read(inner[opening:]))]
    condition = read(trim(inner))
    if before and before[-1].kind == "operand" and before[-1].condition is not None:
        last = before.pop()
        whole = every(last.condition or TRUE, condition)
        return [
            *before,
            Mark("operand", last.start, inner[-1].end, condition=whole, name=last.name, heads=last.heads),
        ]
    return [*before, Mark("operand", inner[0].start, inner[-1].end, condition=condition)]


def _says_meaning(inner: Sequence[Mark]) -> int:
    """Return how many marks of `that is, …` or `namely …` open a bracket, 0 when it opens otherwise."""
    kinds = [mark.kind for mark in inner[:3]]
    if kinds == ["that", "verb", "comma"]:
        return 3
    return 1 if kinds[:1] == ["namely"] else 0


def without_ignored(marks: Sequence[Mark]) -> list[Mark]:
    """Leave out what `whether or not …` and `regardless of …` introduce: it changes nothing."""
    kept: list[Mark] = []
    at = 0
    while at < len(marks):
        if marks[at].kind != "ignore":
            kept.append(marks[at])
            at += 1
            continue
        at += 1
        taken = False
        while at < len(marks):
            kind = marks[at].kind
            stops = kind in _ENDS_IGNORED or marks[at].name == "group"
            if stops and (taken or kind != "comma"):
                break
            if kind == "or" and at + 1 < len(marks) and marks[at + 1].kind in ("that", "verb"):
                break
            taken = True
            at += 1
    return kept


def described(marks: Sequence[Mark], text: str) -> list[Mark]:
    """Leave out words that describe the paragraph: `the lighter duties …`, `this paragraph, which allows a
    shorter record, applies …`.
    """
    following = [*marks[1:], None]
    kept = [mark for at, mark in enumerate(marks) if not _describes(mark, following[at], text)]
    main = next((at for at, mark in enumerate(kept) if mark.kind in ("main", "disapply")), None)
    subject = kept[:main] if main is not None else []
    named = next((at for at, mark in enumerate(subject) if mark.kind in ("document", "reference")), None)
    if named is None or any(mark.kind not in _OF_SUBJECT for mark in subject):
        return kept
    return [
        mark
        for at, mark in enumerate(kept)
        if not (mark.kind == "unread" and main is not None and named < at < main)
    ]


def _describes(mark: Mark, after: Mark | None, text: str) -> bool:
    """Say whether words nobody knows stand right before a word for the paragraph itself (`lighter duties`,
    not `designated under section 5`).
    """
    return (
        mark.kind == "unread"
        and after is not None
        and after.kind == "document"
        and text[mark.end : after.start].isspace()
    )


def with_empty_relatives(marks: Sequence[Mark]) -> list[Mark]:
    """Mark a relative clause that says nothing readable as unread (`a service that operates`)."""
    found: list[Mark] = []
    for at, mark in enumerate(marks):
        following = marks[at + 1 :] if mark.kind == "that" else ()
        fillers = next(
            (place for place, one in enumerate(following) if one.kind not in ("verb", "each", "noun")),
            len(following),
        )
        ends = fillers == len(following) or following[fillers].kind in (*DANGLING, "main", "disapply")
        if ends and any(one.kind == "verb" for one in following[:fillers]):
            mark = Mark("unread", mark.start, following[fillers - 1].end)
        found.append(mark)
    return found
