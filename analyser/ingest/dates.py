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

# What may stand between such a word and its day: "Issued by the regulator on", "Date of issue:".
_ISSUED = re.compile(
    r"\b(?:issued|published|dated|date of (?:issue|publication)|publication date)\b"
    r"(?:(?:\s+by)(?:\s+[\w’']+){1,6}?)?\s*(?:[:,–—-]\s*)?(?:on\s+)?(?:the\s+)?"
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?",
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


def issued_in_text(words: str) -> tuple[str, ...]:
    """Return the days that some words call those of issue or publication, each once.

    >>> issued_in_text("Issued on 5 March 2029. In force from 1 June 2029.")
    ('2029-03-05',)
    """
    ends = [match.end() for match in _ISSUED.finditer(words)]
    hits = (match for end in ends for pattern in (_ISO, _WORDS) if (match := pattern.match(words, end)))
    return tuple(dict.fromkeys(day for match in hits if (day := _day(match))))


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
