"""How far a prefixed form reaches: `either … or …`, `both … and …`, `neither … nor …`, `not …`, `other than
…`, `none of …`.
"""

from collections.abc import Sequence

from analyser.applications.marks import JOINS, Mark, carries


def pair_end(marks: Sequence[Mark], at: int, join: str) -> int:
    """Return where an either … or … (both … and …) ends: at the first other join after its own."""
    if at + 1 < len(marks) and marks[at + 1].kind == "operand" and marks[at + 1].name == "group":
        return at + 2
    other = "and" if join == "or" else "or"
    seen = False
    for place in range(at + 1, len(marks)):
        kind = marks[place].kind
        if kind == join:
            seen = True
        elif seen and (kind == other or kind in ("tight_and", "semicolon")):
            return place - 1 if marks[place - 1].kind == "comma" else place
        elif seen and kind == "comma" and not any(mark.kind == join for mark in marks[place:]):
            return place
    return len(marks)


def neither_end(marks: Sequence[Mark], at: int) -> int:
    """Return where a neither … nor … ends."""
    last = next((place for place in range(len(marks) - 1, at, -1) if marks[place].kind == "nor"), None)
    if last is None:
        return list_end(marks, at)
    return next(
        (
            place
            for place in range(last + 1, len(marks))
            if marks[place].kind in ("and", "semicolon", "comma")
            or (marks[place].kind == "that" and any(map(carries, marks[last:place])))
        ),
        len(marks),
    )


def list_end(marks: Sequence[Mark], at: int) -> int:
    """Return where the reach of a `not` or `other than` ends: over a list of things, not into the next
    predicate.
    """
    place = at + 1
    while (
        place < len(marks) and not carries(marks[place]) and marks[place].kind not in ("comma", "semicolon")
    ):
        place += 1
    place += 1
    clause = any(mark.kind == "that" for mark in marks[at + 1 : place])
    if place < len(marks) and marks[place].kind == "that" and marks[place - 1].heads:
        return _relative_end(marks, place)
    while place < len(marks):
        ahead = place
        while ahead < len(marks) and marks[ahead].kind in ("comma", *JOINS, "each"):
            ahead += 1
        joined = [mark.kind for mark in marks[place:ahead]]
        if (
            ahead < len(marks)
            and carries(marks[ahead])
            and joined
            and any(kind in (*JOINS, "comma") for kind in joined)
        ):
            if marks[ahead].name == "group" or not _list_goes_on(marks, place):
                break
            place = ahead + 1
        elif (
            clause
            and ahead < len(marks)
            and marks[ahead].kind == "verb"
            and any(kind in JOINS for kind in joined)
        ):
            place = ahead + 1
            while place < len(marks) and not carries(marks[place]):
                place += 1
            place += 1
        else:
            break
    return min(place, len(marks))


def _relative_end(marks: Sequence[Mark], at: int) -> int:
    """Return where a relative clause ends that belongs to the class of services before it (`but not large
    services that are …`).
    """
    for place in range(at, len(marks)):
        if marks[place].kind == "semicolon" or (
            marks[place].kind == "comma" and not _list_goes_on(marks, place)
        ):
            return place
        if marks[place].kind == "comma" and place + 1 < len(marks) and marks[place + 1].kind in JOINS:
            return place
    return len(marks)


def _list_goes_on(marks: Sequence[Mark], place: int) -> bool:
    """A bare comma goes on with the list only if a joining word still follows in it (`X, Y or Z`)."""
    if marks[place].kind != "comma" or (place + 1 < len(marks) and marks[place + 1].kind in JOINS):
        return True
    for mark in marks[place + 1 :]:
        if mark.kind in JOINS:
            return True
        if mark.kind in ("verb", "that", "not"):
            return False
    return False
