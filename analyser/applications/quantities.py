"""Read quantities at the beginning of a run of words: user numbers, counts of conditions, kinds of harm,
references to paragraphs.
"""

import re
from dataclasses import dataclass

_UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred"]
_NUMBERS = {word: number for number, word in enumerate(_UNITS, start=1)} | {
    word: 10 * place for place, word in enumerate(_TENS, start=2)
}
_SCALES = {"million": 1_000_000, "m": 1_000_000, "thousand": 1_000, "k": 1_000, "hundred": 100}
_FEW = "one|two|three|four|five|six|seven|eight|nine"
_WORDS = "|".join(_NUMBERS)
_LEAST = "at least|not fewer than|no fewer than|a minimum of"
_EXACT = ("exactly", "only", "just")

_COMPARISONS = {
    "=": "exactly",
    ">": "more than|over|exceeding|exceeds?|in excess of|greater than|above",
    ">=": f"{_LEAST}|no less than|not less than",
    "<": "fewer than|less than|under|below",
    "<=": "no more than|not more than|at most|up to|not exceeding|(?:does|do) not exceed|a maximum of",
}
_HOW = "|".join(f"(?:{words})" for words in _COMPARISONS.values())
_SCALED = (
    r"(?=(?:\s+hundred)?\s+(?:million|thousand)\b)"  # "seven" is a number of users only in "seven million"
)
_COMPARE = re.compile(
    rf"^(?:(?P<how>{_HOW})\s+)?"
    rf"(?P<number>\d[\d,]*(?:\.\d+)?|(?:{_WORDS}){_SCALED})"
    r"(?P<hundred>\s+hundred(?=\s+(?:million|thousand)\b))?"
    r"(?:\s*(?P<scale>million|thousand|m|k)\b)?"
    r"(?:\s+(?:or|and)\s+(?P<after>more|above|over|greater|fewer|less|below)\b(?!\s+than))?"
)
_BELOW = ("fewer", "less", "below", "under")
_AFTER = re.compile(
    r"^(?:or|and)\s+(?P<after>more|above|over|greater|upwards|fewer|less|below|under)\b(?!\s+than)"
)
_BETWEEN = re.compile(
    rf"^(?:between|from)\s+(?P<number>\d[\d,]*(?:\.\d+)?|(?:{_WORDS}))(?:\s*(?P<scale>million|thousand|m|k)\b)?\s+"
    rf"(?:and|to)\s+(?P<number_2>\d[\d,]*(?:\.\d+)?|(?:{_WORDS}))(?:\s*(?P<scale_2>million|thousand|m|k)\b)?"
)
_COUNTED = re.compile(
    rf"^(?:(?P<how>any|{_LEAST}|exactly|only|just)\s+)?(?P<n>{_FEW}|\d)(?:\s+or\s+more)?"
    r"(?P<only>\s+only)?\s+(?:of|different|kinds|types|separate|such)\b"
)
_KINDS = re.compile(
    rf"^(?:(?P<how>exactly|only|just|any|{_LEAST}|more than)\s+)?(?:the\s+)?"
    rf"(?P<q>(?:{_FEW}|\d)|any|a|some|each|every|all)?(?:\s+or\s+more)?\s*(?P<only>only\s+)?"
    r"(?P<of>of\s+the\s+)?(?P<following>following\s+)?(?:different\s+|separate\s+)?"
    r"(?:kinds?|types?|categor(?:y|ies))(?P<late>\s+only)?\s+of\s+"
    r"(?:illegal|priority)\s+(?:illegal\s+)?(?:harms?|content)"
    r"(?:\s+(?:in|listed in|set out in)\s+table\s+\w+)?"
)
_ROW = r"\d+\s?[a-z]?\b"
_NO_COUNT = re.compile(
    r"^,?\s*(?:not counting|excluding|leaving out|disregarding|other than)\s+rows?\s+"
    rf"{_ROW}(?:\s*(?:,|and|or|to)\s*(?:and\s+|or\s+)?{_ROW})*"
)


@dataclass(frozen=True)
class Found:
    """A quantity: how many words it took, what it is, its number; `name` is the comparison or `exact`."""

    taken: int
    kind: str
    name: str = ""
    number: int = 0


def threshold(rest: str) -> Found | None:
    """Read a number with its comparison.

    >>> threshold("more than 7 million monthly users")
    Found(taken=4, kind='threshold', name='>', number=7000000)
    >>> threshold("700,000 or fewer users").name
    '<='
    """
    match = _COMPARE.match(rest)
    if not match:
        return None
    words = match["number"].replace(",", "")
    number = float(_NUMBERS.get(words) or words)
    number *= (100 if match["hundred"] else 1) * _SCALES.get(match["scale"] or "", 1)
    how = match["how"] or ""
    name = next((operator for operator, words in _COMPARISONS.items() if re.fullmatch(words, how)), "")
    if match["after"]:
        name = "<=" if match["after"] in ("fewer", "less", "below") else ">="
    return Found(len(match.group().split()), "threshold", name, round(number))


def between(rest: str) -> tuple[Found, Found] | None:
    """Read `between 700,000 and 7 million` as its two comparisons, both ends included.

    >>> [found.number for found in between("between 1 and 7 million users") or ()]
    [1000000, 7000000]
    """
    match = _BETWEEN.match(rest)
    if not match:
        return None
    scale = match["scale"] or (match["scale_2"] if "," not in match["number"] else None)
    low = _number(match["number"], scale)
    high = _number(match["number_2"], match["scale_2"])
    taken = len(match.group().split())
    return Found(taken, "threshold", ">=", low), Found(taken, "threshold", "<=", high)


def _number(words: str, scale: str | None) -> int:
    return round(float(_NUMBERS.get(words) or words.replace(",", "")) * _SCALES.get(scale or "", 1))


def said_after(rest: str) -> tuple[int, str] | None:
    """Read what compares a number after its unit: `or more`, `or fewer`; the words it takes and the sign."""
    match = _AFTER.match(rest)
    return (len(match.group().split()), "<=" if match["after"] in _BELOW else ">=") if match else None


def count(rest: str) -> Found | None:
    """Read how many of several things must hold: `at least two of`, `two or more of`, `exactly one of`."""
    match = _COUNTED.match(rest)
    if not match:
        return None
    exact = match["how"] in _EXACT or bool(match["only"])
    number = _NUMBERS.get(match["n"]) or int(match["n"])
    if number == 1 and not exact:
        return None
    return Found(len(match.group().split()), "count", "exact" if exact else "", number)


def kinds(rest: str) -> Found | None:
    """Read `any kind of illegal harm`, `two or more kinds of illegal harm`, `at least two of the following
    kinds of illegal harm`.

    The number is 0 for every kind. Kinds listed after the words (`the following`) are `kinds_open`.
    """
    match = _KINDS.match(rest)
    if not match:
        return None
    how, word = match["how"] or "", match["q"] or ""
    number = _NUMBERS.get(word) or (
        int(word) if word.isdigit() else 0 if word in ("each", "every", "all") else 1
    )
    if how == "more than":
        number += 1
    exact = how in _EXACT or bool(match["only"] or match["late"])
    kind = "kinds_open" if match["following"] or match["of"] else "kinds"
    return Found(len(match.group().split()), kind, "exact" if exact else "", number)


def uncounted(rest: str) -> Found | None:
    """Pass over "not counting rows 2A, 2B and 2C": sub rows never count (their parent's row does)."""
    match = _NO_COUNT.match(rest)
    return Found(len(match.group().split()), "noise") if match else None


def reference(words: list[str], at: int, documents: frozenset[str]) -> Found | None:
    """Read `paragraph 4`, `sub-paragraphs (1) and (2)`, `Rule 12`, `C9.1(a)`; the number is that of a
    bracketed sub-paragraph, else 0.

    `name` is the word between lettered items (`paragraph (a) or (b)`), which says how these are joined where
    they follow.

    >>> reference(["paragraph", "(", "2", ")", "binds"], 0, frozenset({"paragraph"}))
    Found(taken=4, kind='reference', name='', number=2)
    """
    named = words[at] in documents
    place = _designation(words, at + 1) if named else at + 1
    if place is None or not (named or re.fullmatch(r"[a-z]{1,2}\d{1,3}[a-z]?\.\w+", words[at])):
        return None
    while (
        place < len(words)
        and words[place] in (",", "and", "or", "to")
        and (more := _designation(words, place + 1))
    ):
        place = more
    while bracket := _bracketed(words, place):
        place = bracket
    taken = " ".join(words[at:place])
    sub = re.search(r"\( (\d{1,2}) \)", taken)
    lettered = re.search(r"\( [a-z]+ \) .*?\b(and|or) \( [a-z]+ \)", taken)
    return Found(place - at, "reference", lettered[1] if lettered else "", int(sub[1]) if sub else 0)


def _designation(words: list[str], at: int) -> int | None:
    """Return the place after a number, a letter with a number or a bracketed label, None if there is none."""
    if bracket := _bracketed(words, at):
        return bracket
    if at < len(words) and re.fullmatch(r"\d{1,3}[a-z]?(?:\.\w+)?|[a-z]{1,2}\d{1,3}(?:\.\w+)?", words[at]):
        return at + 1
    return None


def _bracketed(words: list[str], at: int) -> int | None:
    closed = at + 2 < len(words) and words[at] == "(" and words[at + 2] == ")" and len(words[at + 1]) <= 4
    return at + 3 if closed else None
