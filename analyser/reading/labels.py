"""The labels of items and numbers of paragraphs: as a list computes them and as they are typed."""

import re

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMANS = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
# A label between brackets: (a), (aa), (iv), (A), (12).
_LABEL = r"[a-z]{1,2}|[ivxl]{3,6}|[A-Z]{1,2}|[IVXL]{3,6}|\d{1,2}"
_TYPED = re.compile(rf"\((?P<label>{_LABEL})\)(?=\s|$)")
# The same with one bracket, and, in lists alone, with a point: “a.” begins many a sentence elsewhere.
_HALF_TYPED = re.compile(rf"(?P<label>{_LABEL})\)(?=\s|$)")
_POINTED = re.compile(r"(?P<label>[a-zA-Z]|[ivxl]{1,6}|[IVXL]{1,6}|\d{1,2})\.(?=\s|$)")
# A paragraph's number: letters or figures, a point, figures (C9.1, 5.6, 1.2.3, A10.12A).
_NUMBER = re.compile(r"(?:[A-Z]{1,4}\d{0,3}|\d{1,3})(?:\.[a-z]?\d{1,3}[A-Z]{0,2})+(?=[.:]?(?:\s|$))")


def numeral(style: str, place: int, doubled: bool = False) -> str:
    """Return a number as a list of some style counts (`decimal`, `lower-letter`, `upper-roman` ...).

    After z, letters go on as aa, bb, cc where `doubled` (a word processor), else as aa, ab, ac (a browser).

    >>> numeral("lower-letter", 2), numeral("lower-roman", 4), numeral("lower-letter", 28, doubled=True)
    ('b', 'iv', 'bb')
    """
    if style.endswith("letter") and 0 < place <= 26 * 26:
        words = _letters(place, doubled)
    elif style.endswith("roman") and 0 < place < 4000:
        words = _roman(place)
    else:
        words = str(place)
    return words.upper() if style.startswith("upper") else words


def number_at(words: str) -> str:
    """Return the paragraph's number at the beginning of words, or an empty string.

    >>> number_at("C9.1 This measure"), number_at("2025.")
    ('C9.1', '')
    """
    found = _NUMBER.match(words)
    return found[0] if found else ""


def label_at(words: str, in_list: bool = False) -> tuple[str, int]:
    """Return the label typed at the beginning of words, in brackets, and how many characters it takes.

    >>> label_at("(a) is large"), label_at("b) is small"), label_at("c. is new"), label_at("c. is new", True)
    (('(a)', 3), ('(b)', 2), ('', 0), ('(c)', 2))
    """
    found = _TYPED.match(words) or _HALF_TYPED.match(words) or (_POINTED.match(words) if in_list else None)
    return (f"({found['label']})", found.end()) if found else ("", 0)


def stands_alone(words: str, in_list: bool = False) -> str:
    """Return the number or label that words are and nothing else, or an empty string.

    >>> stands_alone("C2.2"), stands_alone("(a)"), stands_alone("C2.2 (a)"), stands_alone("a word")
    ('C2.2', '(a)', 'C2.2 (a)', '')
    """
    number = number_at(words)
    rest = words[len(number) :].lstrip(".: ") if number else words
    label, length = label_at(rest, in_list)
    if rest[length:].strip() or not (number or label):
        return ""
    return f"{number} {label}".strip()


def are_one_sequence(labels: list[str]) -> bool:
    """Say whether each label follows the one before in one style of counting.

    >>> are_one_sequence(["(a)", "(b)"]), are_one_sequence(["(a)", "(i)"])
    (True, False)
    """
    read = [readings(label) for label in labels]
    return any(
        all((style, place + step) in after for step, after in enumerate(read))
        for style, place in (read[0] if read else ())
    )


def readings(label: str) -> set[tuple[str, int]]:
    """Return every way to read a label as a style of counting and a place in it.

    >>> sorted(readings("(i)"))
    [('lower-letter', 9), ('lower-roman', 1)]
    """
    label = label.strip("()")
    if label.isdigit():
        return {("decimal", int(label))}
    case, small = ("upper" if label.isupper() else "lower"), label.lower()
    found: set[tuple[str, int]] = set()
    if len(set(small)) == 1 and len(small) < 3:
        found.add((f"{case}-letter", (len(small) - 1) * 26 + _LETTERS.index(small[0]) + 1))
    if set(small) <= set(_ROMAN_VALUES):
        values = [_ROMAN_VALUES[letter] for letter in small]
        place = sum(
            -value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True)
        )
        if _roman(place) == small:
            found.add((f"{case}-roman", place))
    return found


def _letters(place: int, doubled: bool) -> str:
    times, letter = divmod(place - 1, 26)
    if doubled or not times:
        return _LETTERS[letter] * (times + 1)
    return _LETTERS[times - 1] + _LETTERS[letter]


def _roman(place: int) -> str:
    parts = []
    for value, letters in _ROMANS:
        times, place = divmod(place, value)
        parts.append(letters * times)
    return "".join(parts)
