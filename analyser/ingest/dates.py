"""Which day a document is of: dates in the name of its file, and dates printed on its first page."""

import re
from datetime import date

_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH = "|".join(f"{month[:3]}(?:{month[3:]}|{'t' if month[:4] == 'sept' else ''})?" for month in _MONTHS)
_ISO = re.compile(r"(?<!\d)(?P<year>20\d\d)[-_.]?(?P<month>\d\d)[-_.]?(?P<day>\d\d)(?!\d)")
_WORDS = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[\s_-]*(?P<month>{_MONTH})[\s_,-]*(?P<year>20\d\d)(?!\d)",
    re.IGNORECASE,
)


def dates_in_name(name: str) -> tuple[str, ...]:
    """Return the days that the name of a file holds, as `2025-02-24`, each once.

    >>> dates_in_name("codes-9sep2026.pdf"), dates_in_name("2025-02-24.md")
    (('2026-09-09',), ('2025-02-24',))
    """
    return _found(name, (_ISO, _WORDS))


def dates_in_text(words: str) -> tuple[str, ...]:
    """Return the days printed in some words (`24 February 2025`, `2025-02-24`), each once, as they come.

    >>> dates_in_text("Issued 24 February 2025")
    ('2025-02-24',)
    """
    return _found(words, (_ISO, _WORDS))


def is_date(words: str) -> bool:
    """Say whether some words are a day, written `2025-02-24`."""
    try:
        return date.fromisoformat(words).isoformat() == words
    except ValueError:
        return False


def _found(words: str, patterns: tuple[re.Pattern[str], ...]) -> tuple[str, ...]:
    hits = sorted(
        (match for pattern in patterns for match in pattern.finditer(words)), key=lambda one: one.start()
    )
    days = [day for match in hits if (day := _day(match))]
    return tuple(dict.fromkeys(days))


def _day(match: re.Match[str]) -> str:
    month = match["month"]
    number = int(month) if month.isdigit() else _number(month)
    try:
        return date(int(match["year"]), number, int(match["day"])).isoformat()
    except ValueError:
        return ""


def _number(month: str) -> int:
    return next(place for place, name in enumerate(_MONTHS, 1) if name.startswith(month.lower()[:3]))
