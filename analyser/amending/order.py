"""Where a thing belongs among its like: measures and rows by number, definitions by term."""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

Key = tuple[tuple[int, int, str], ...]
T = TypeVar("T")


def by_number(number: str) -> Key:
    """Return a key by which numbers sort as people count them.

    >>> sorted(["C10", "C9", "C9A", "4A"], key=by_number)
    ['4A', 'C9', 'C9A', 'C10']
    """
    parts = re.findall(r"\d+|[A-Za-z]+", number)
    return tuple((0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts)


def by_term(term: str) -> Key:
    """Return a key by which terms sort alphabetically, capitals like small letters."""
    return ((1, 0, " ".join(re.findall(r"\w+", term.casefold()))),)


def following(new: Key, there: Sequence[T], key: Callable[[T], Key]) -> T | None:
    """Return the first of those there before which the new one belongs, None when it comes last."""
    return next((one for one in there if key(one) > new), None)
