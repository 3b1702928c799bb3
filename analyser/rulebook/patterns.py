"""Regular expressions that people write into data (numbering patterns): refused when they could run for ever.

The check is stated and looks at the pattern alone, before it is ever run. A pattern is refused when
- it is longer than `LENGTH` characters,
- what it repeats without an end may itself match in several ways (`(a+)+`, `(ab|a)*`, `(\\d[A-Z]?)*`),
- it repeats without an end more than `ENDLESS` times (`.*x.*y.*z`),
- its repeats that have an end, its options and its alternatives make more than `WAYS` ways to match, or
- it refers back to what it matched, or looks ahead or behind.
What is left takes at most `WAYS` times the third power of the length of a heading.
"""

import re
from collections.abc import Iterable, Iterator
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

from analyser.errors import CodegapError
from analyser.rulebook.located_yaml import LocatedMap

LENGTH = 200
ENDLESS = 2
WAYS = 10_000
_REPEATS = (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT)
_NUMBERING = ("measure", "paragraph")


class _RefusedError(Exception):
    """Why a pattern may not be used."""


def refusal(pattern: str) -> str:
    """Return why a pattern may not be used, empty when it may (one that is not well formed is not judged).

    >>> refusal("(a+)+")
    'what it repeats without an end may match in several ways'
    """
    if len(pattern) > LENGTH:
        return f"it is longer than {LENGTH} characters"
    try:
        ways, endless = _ways(parser.parse(pattern))
    except re.error:
        return ""
    except (RecursionError, OverflowError):
        return "it is nested or repeated too deeply"
    except _RefusedError as problem:
        return str(problem)
    if endless > ENDLESS:
        return f"it repeats without an end more than {ENDLESS} times"
    return f"it may match in more than {WAYS:,} ways" if ways > WAYS else ""


def check_numbering(data: Any, shown: str, error: type[CodegapError]) -> None:
    """Raise `error` for the first numbering pattern of a code.yaml, or of a file beside a text, that could
    run for ever, with the line at which it stands.
    """
    for owner, numbering in _numberings(data):
        for key in _NUMBERING:
            pattern = numbering.get(key)
            why = refusal(pattern) if isinstance(pattern, str) else ""
            if isinstance(pattern, str) and why:
                whose = f"`{owner}`: " if owner else ""
                raise error(
                    f"{whose}`{pattern[:60]}` is not allowed as a pattern for numbering a {key}: {why}",
                    place=f"{shown}, line {numbering.key_lines[key]}",
                    fix="Say how often a thing may stand, e.g. `\\d{1,3}(?:\\.\\d{1,3}){0,4}`.",
                )


def _numberings(data: Any) -> Iterator[tuple[str, LocatedMap]]:
    if not isinstance(data, dict):
        return
    if isinstance(data.get("numbering"), LocatedMap):
        yield "", data["numbering"]
    revisions = data.get("revisions")
    for entry in revisions if isinstance(revisions, list) else ():
        if isinstance(entry, dict) and isinstance(entry.get("numbering"), LocatedMap):
            yield str(entry.get("revision", "")), entry["numbering"]


def _ways(tree: Iterable[Any]) -> tuple[int, int]:
    """Return in how many ways the bounded parts of a pattern may match (never more than one above `WAYS`),
    and how many repeats without an end it has.
    """
    ways, endless = 1, 0
    for kind, argument in tree:
        own, more = 1, 0
        if kind in (code.GROUPREF, code.GROUPREF_EXISTS):
            raise _RefusedError("it refers back to what it matched")
        if kind in (code.ASSERT, code.ASSERT_NOT):
            raise _RefusedError("it looks ahead or behind")
        if kind in _REPEATS:
            own, more = _repeated(*argument)
        elif kind is code.SUBPATTERN:
            own, more = _ways(argument[3])
        elif kind is code.ATOMIC_GROUP:
            own, more = _ways(argument)
        elif kind is code.BRANCH:
            found = [_ways(branch) for branch in argument[1]]
            own, more = sum(one for one, _ in found), sum(one for _, one in found)
        ways, endless = min(ways * own, WAYS + 1), endless + more
    return ways, endless


def _repeated(least: int, most: Any, inner: Iterable[Any]) -> tuple[int, int]:
    ways, endless = _ways(inner)
    if most is code.MAXREPEAT:
        if ways > 1 or endless:
            raise _RefusedError("what it repeats without an end may match in several ways")
        return 1, 1
    if endless and most > 1:
        raise _RefusedError("what it repeats without an end is itself repeated")
    total, power = 0, ways**least if least <= WAYS.bit_length() or ways == 1 else WAYS + 1
    for _ in range(least, most + 1):
        total += power
        power = min(power * ways, WAYS + 1)
        if total > WAYS:
            break
    return min(total, WAYS + 1), endless
