"""Split the words of a provision into sentences and clauses, with exact offsets into the canonical text."""

import re

from analyser.model.text import Span

# A full stop after one of these does not end a sentence: `s. 10`, `e.g. a URL`, `para. 4`.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[“\"])(?:ss?|paras?|sch|pts?|arts?|regs?|cls?|chs?|pp?|nos?|vols?|e\.g|i\.e|cf|viz|vs?|"
    r"approx|incl|mr|mrs|ms|dr|st|[a-z]|(?:[a-z]\.)+[a-z])$",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?][\"”’')\]]*(?=\s+[\"“‘'(\[]*[A-Z])")
_WORD = re.compile(r"\w+(?:[-’'/]\w+)*|[^\w\s]")


def split_sentences(text: str, within: Span) -> tuple[Span, ...]:
    """Return the sentences of a range of the text, trimmed, in order; together they hold every word of it.

    >>> text = "A provider must act (see s. 10). It may wait."
    >>> [span.of(text) for span in split_sentences(text, Span(start=0, end=len(text)))]
    ['A provider must act (see s. 10).', 'It may wait.']
    """
    found: list[Span] = []
    start = within.start
    for mark in _END.finditer(text, within.start, within.end):
        before = text[start : mark.start()]
        if text[mark.start()] == "." and _ABBREVIATION.search(before):
            continue
        if before.count("(") > before.count(")") + text[mark.start() : mark.end()].count(")"):
            continue
        found.append(trim(text, Span(start=start, end=mark.end())))
        start = mark.end()
    found.append(trim(text, Span(start=start, end=within.end)))
    return tuple(span for span in found if span.end > span.start)


def trim(text: str, span: Span) -> Span:
    """Return the span without the white space at its ends."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start=start, end=max(start, span.start + len(words.rstrip())))


def tidy(words: str) -> str:
    """Return words with single spaces and without the marks that join them to what stands beside them.

    >>> tidy(", unless it is not\\n feasible;")
    'unless it is not feasible'
    """
    return " ".join(words.split()).strip(" ,;:–—").removesuffix(".").strip(" ,;:–—")


def normalise(words: str) -> str:
    """Return words as phrases are compared: lower case, no commas or brackets, a space at each end.

    Full stops, semicolons and colons stay, so that no phrase is found across two clauses.

    >>> normalise("Illegal content, and the proxy;")
    ' illegal content and the proxy ; '
    """
    plain = words.lower().replace("’", "'")
    kept = (word for word in _WORD.findall(plain) if word[0].isalnum() or word[0] == "_" or word in ".;:")
    return f" {' '.join(kept)} "
