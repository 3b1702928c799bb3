"""What stands between two conditions and how loosely it joins them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from analyser.applications.marks import JOINS, LOOSE, Mark, carries, is_predicate, names_service

# By the pause before the connective: none, a comma, a semicolon.
_OR, _AND, _UNION = (2.0, 4.0, 6.0), (1.0, 3.0, 5.0), (2.6, 4.6, 6.6)
_RELATIVE, _TIGHT, _OF_PREDICATE, _SIDE_BY_SIDE = 2.5, 0.7, 0.6, 0.5
_NEXT_VERB, _WHOLE = 2.3, 9.0


@dataclass
class Separator:
    """The marks from `start` to `end` join what stands around them; the greater `weight`, the looser."""

    start: int
    end: int
    weight: float
    op: str
    relative: bool = False
    spoken: bool = False


def separators(marks: Sequence[Mark], predicate: bool = False) -> list[Separator]:
    """Return the connectives between operands; within a `predicate` classes of services are conditions, not
    addressees.
    """
    places = [at for at, mark in enumerate(marks) if carries(mark)]
    found = [_separator(marks, left, right, predicate) for left, right in pairwise(places)]
    for at in range(len(found) - 1, -1, -1):
        if found[at].op == "list":
            _settle_list(found, at)
    _settle_relatives(found)
    return found


def _separator(marks: Sequence[Mark], left: int, right: int, predicate: bool) -> Separator:
    between = marks[left + 1 : right]
    kinds = [mark.kind for mark in between]
    pause = 2 if "semicolon" in kinds else 1 if "comma" in kinds else 0
    relative = "that" in kinds and "noun" not in kinds
    found = Separator(left + 1, right, _SIDE_BY_SIDE, "and", relative)
    join = next((kind for kind in kinds if kind in JOINS), "")
    if join:
        joined = left + 2 + kinds.index(join)
        union = not predicate and names_service(marks, joined) and _addresses(marks, left)
        found.op = "or" if union or "or" in kinds or "nor" in kinds else "and"
        found.weight = (_UNION if union else _OR if found.op == "or" else _AND)[pause]
        if found.op == "and" and not pause and _next_verb(marks, joined):
            found.weight = _NEXT_VERB
        found.spoken = True
    elif "whole_and" in kinds:
        found.weight = _WHOLE
    elif "tight_and" in kinds:
        found.weight = _TIGHT
    elif pause:
        found.op = "list"
    elif relative:
        found.weight = _OF_PREDICATE if is_predicate(marks, left) else _RELATIVE
    return found


def _next_verb(marks: Sequence[Mark], joined: int) -> bool:
    """Say whether an `and` goes on with a new verb after alternatives of the last one (`is A or B and has
    C`); then it joins the verbs, unless these have alternatives too.
    """
    if joined >= len(marks) or marks[joined].kind != "verb":
        return False
    left = marks[: joined - 1]
    ors = [at for at, mark in enumerate(left) if mark.kind == "or"]
    verbs = [at for at, mark in enumerate(left) if mark.kind in ("verb", "that")]
    return bool(ors and verbs) and all(at > verbs[-1] and left[at + 1].kind != "verb" for at in ors)


def _addresses(marks: Sequence[Mark], left: int) -> bool:
    """Say whether what stands left of a connective names whom the text binds, not what is said of them."""
    named = [
        at
        for at in range(left + 1)
        if marks[at].heads or (marks[at].kind == "noun" and marks[at].name != "definite")
    ]
    since = max((at for at in range(left + 1) if marks[at].kind in ("that", *LOOSE)), default=-1)
    return bool(named) and not any(is_predicate(marks, at) for at in named if at > since)


def _settle_list(found: list[Separator], at: int) -> None:
    """Give a bare comma or semicolon the sense of the connective that closes its list (`A, B or C`), else
    `and`.
    """
    own = found[at]
    after = next((later for later in found[at + 1 :] if later.spoken), None)
    if own.relative and (after is None or not after.relative):
        own.op, own.weight = "and", _RELATIVE
    elif after:
        own.op, own.weight = after.op, after.weight
    else:
        own.op, own.weight = "and", _AND[1]
    own.spoken = own.relative and bool(after)


def _settle_relatives(found: list[Separator]) -> None:
    """Let a relative clause take in the ones joined to it (`a forum which is A, or which does B`)."""
    for at, own in enumerate(found):
        if own.relative and not own.spoken:
            joined = [later.weight for later in found[at + 1 :] if later.relative and later.spoken]
            own.weight = max([own.weight, *(weight + 0.1 for weight in joined)])
