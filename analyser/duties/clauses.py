"""The clauses of condition, time and exception of a norm: where they open and where they end."""

import re
from functools import lru_cache

from analyser.duties.sentences import tidy
from analyser.duties.times import time_spans
from analyser.duties.verbs import is_verb


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_RECEIVED = (
    r"(?:receipt|receiving|becoming|being|learning|discovering|discovery|detecting|detection|identifying|"
    r"finding|noticing|"
    r"hearing|obtaining|request|demand|notice|notification|notifying|application|completion|completing|"
    r"closing|termination|expiry)"
)
_OPENER = (
    r"before,?\s+or\s+as\s+soon\s+as[^,;.]{0,30}?\bafter\b|"
    r"(?:unless\s+and\s+until|if\s+and\s+(?:only\s+if|when|to\s+the\s+extent)|as\s+and\s+when|(?:but\s+)"
    r"?(?:even\s+then\s+)?not\s+(?:where|if|when|until|unless|before)|"
    r"(?:but|and|though|although)\s+(?:even\s+then\s+)?not\s+(?:in|for|to|those|the|on|at)(?!\s+(?:only|"
    r"limited|be)\b)|even\s+then\s+not)|"
    r"(?:even\s+)?(?:where(?:ver)?|if|when(?:ever)?|though|although)|unless|until|"
    r"(?:except(?:ing)?|save(?!\s+(?:time|space|money|it|them|the|an?|their|its|copies|and|or)\b))"
    r"(?:\s+(?:where|when|if|that|for|to|in|on|as|with|insofar)\b)?|subject\s+to|"
    r"provided(?:\s+always)?(?:\s*,)?(?:\s+that)?(?=\s+(?:that|always|the|it|they|this|no|each|an?)\b)|"
    r"providing\s+that|on\s+(?:the\s+)?condition\s+that|"
    r"so\s+(?:far|long)\s+as|in\s+so\s+far\s+as|as\s+far\s+as|insofar\s+as|inasmuch\s+as|as\s+long\s+as|"
    r"to\s+the\s+(?:extent|degree)(?:\s+that)?|"
    r"only\s+(?:if|where|when|after|once)|before|prior\s+to|after(?!\s+(?:that|all)\b)|once(?!\s+an?\s+(?:day|week|month|quarter|year))(?=\s+(?:it|the|"
    r"a|an|they|that|this|its|their|\w+\s+(?:is|are|has|have))\b)|"
    r"of\s+which\s+(?:it|they|the\s+\w+)\s+(?:is|are|has|have|becomes?)|(?:ir)?regardless\s+of|"
    r"irrespective\s+of|notwithstanding(?!\s+(?:paragraphs?|sections?|articles?|rules?|clauses?|points?|"
    r"anything|any|the\s+(?:foregoing|above|previous|preceding))\b)|whether\s+or\s+not|no\s+matter|"
    r"in\s+(?:the\s+)?(?:event|case)s?\s+(?:that|of|where|in\s+which)|in\s+the\s+absence\s+of|"
    r"in\s+default\s+of|assuming|pending|failing|barring|absent|short\s+of|"
    r"other\s+than(?:\s+(?:where|if|when)\b)?|apart\s+from|aside\s+from|excluding|"
    r"with\s+the\s+exception\s+of|but\s+for|without\s+prejudice\s+to|"
    r"as\s+soon\s+as(?!\s+(?:is|it\s+is|reasonably|possible|practicable|feasible|it\s+can)\b)|"
    r"the\s+moment(?=\s+\w+)|"
    rf"however(?=\s+[\w-]+(?:\s+(?:it|they|the|its|a|an|long|short)\b|[.,;]|$))|be\s+(?:it|they)\s+ever|"
    rf"(?:up)?on\s+{_RECEIVED}"
)
_CONDITION = re.compile(rf"(?<![\w-])(?<!\bas\s)(?:{_OPENER})(?![\w-])", re.IGNORECASE)
# What opens a condition only at the head of a sentence, before its subject.
_LEADING = re.compile(
    rf"\s*(?:{_OPENER}|(?:up)?on\s+(?:the\s+|a\s+|an\s+|any\s+)?(?:[\w-]+\s+)?\w+|(?:with)"
    rf"?in\s+[\w’' ]+?\s+of\s+\w+ing|following|by\s+\w+ing)(?![\w-])",
    re.IGNORECASE,
)
# A clause without a verb of its own, between commas or at an end: `budget permitting`.
_ABSOLUTE = re.compile(
    r"(?:(?<=,)|(?<=,\sand)|(?<=,\sbut)|^(?=[^,;:.]+,))\s*(?:[\w’'-]+\s+){1,5}?(?:permitting|allowing|"
    r"excepted|excluded|aside|notwithstanding|being\s+(?:left\s+out|excluded|immaterial|excepted|"
    r"disregarded|ignored|irrelevant))\b[^,;:.]*(?=[,;:.]|$)",
    re.IGNORECASE,
)
# After words of saying or finding out, `if` and `when` open what is said, not a condition.
_SAYS = re.compile(
    r"\b(?:stat|record|show|explain|indicat|specif|determin|decid|establish|assess|know|not(?=e|ing)|"
    r"describ|say|consider|check|verif|ask|see|set\s+out|and)\w*"
    r"(?:\s*,)?\s+(?:(?:how|why|what|who|where|when|whether|if)\s*(?:,|and|or)?\s*){0,3}$",
    re.IGNORECASE,
)
_INDIRECT = re.compile(r"(?:where|if|when|whether\s+or\s+not|if\s+and\s+when)\b", re.IGNORECASE)
_LISTED = re.compile(r",\s*[\w-]+\s*(?:,\s*[\w-]+\s*)*,?\s+(?:or|and)\s", re.IGNORECASE)
_DETERMINERS = _set("the a an any each every all its their his her this that no some such")


def read_conditions(words: str, main_from: int = 0) -> tuple[str, ...]:
    """Return the clauses of condition, time and exception of a statement, in order.

    `main_from` is where its main clause begins.

    >>> read_conditions("Where content is reported, the provider should review it, unless it is gone.", 27)
    ('Where content is reported', 'unless it is gone')
    """
    found = [words[start:end] for start, end in condition_spans(words, main_from)]
    return tuple(condition for condition in map(tidy, found) if len(condition.split()) > 1)


@lru_cache(maxsize=2048)
def condition_spans(words: str, main_from: int = 0) -> tuple[tuple[int, int], ...]:
    """Return where the conditions stand; one that opens the sentence runs up to the main clause."""
    found: list[tuple[int, int]] = []
    times = time_spans(words)
    position = 0
    if (main_from and _LEADING.match(words) and "," in words[:main_from]) or (
        main_from and _CONDITION.match(words)
    ):
        found.append((0, main_from))
        position = main_from
    starts = [
        match.start() for match in _CONDITION.finditer(words, position) if _is_opener(words, match, times)
    ]
    starts += [
        match.start() + len(match[0]) - len(match[0].lstrip())
        for match in _ABSOLUTE.finditer(words, position)
        if len(match[0].split()) > 1
    ]
    starts.sort()
    for place, start in enumerate(starts):
        limit = starts[place + 1] if place + 1 < len(starts) else len(words)
        if found and start < found[-1][1]:
            continue
        found.append((start, _end_of_condition(words, start, limit)))
    return tuple(found)


def _is_opener(words: str, match: re.Match[str], times: tuple[tuple[int, int], ...]) -> bool:
    """Say whether a match opens a condition: not words of time, nor what is to be said or found out."""
    if any(
        start < match.start() < end or (start == match.start() and end > match.end()) for start, end in times
    ):
        return re.match(r"before,?\s+or\b", match[0], re.IGNORECASE) is not None
    before = words[max(0, match.start() - 160) : match.start()]
    if _INDIRECT.match(match[0]):
        said = _SAYS.search(before)
        if said and (
            not said[0].lower().startswith("and") or re.search(r"(?:if|when|where)\s+and\s+$", before)
        ):
            return False
    if match[0].lower() in (
        "save",
        "though",
        "although",
        "absent",
        "pending",
        "failing",
        "assuming",
        "excluding",
    ):
        return (
            not before.strip()
            or before.rstrip()[-1] in ",;(–—"
            or match[0].lower() in ("excluding", "save", "pending")
        )
    return True


def _end_of_condition(words: str, start: int, limit: int) -> int:
    """Return where a condition ends: at the bracket or comma that closes it, or at the next condition."""
    before = words[:start].rstrip()
    set_off = not before or before[-1] in ".,;:(–—" or bool(re.search(r"[,;]\s*(?:and|but|or)$", before))
    depth = 0
    for place in range(start, limit):
        char = words[place]
        depth += (char == "(") - (char == ")")
        if depth < 0 or char in ";:" or (char == "." and re.match(r"\.\s*$|\.\s+[A-Z]", words[place:])):
            return place
        if char != "," or depth or not set_off or words[place + 1 : place + 2].isdigit():
            continue
        said = words[start:place].lower().split()
        broken_off = (
            len(said) <= 4 and len(said) > 1 and said[1] in _DETERMINERS and "," in words[place + 1 : limit]
        )
        in_list = len(said) > 2 and is_verb(said[-1]) and _LISTED.match(words, place) is not None
        opener = _CONDITION.match(words, start)
        if broken_off or in_list or (opener and opener.end() >= place):
            continue
        if len(said) > 1 and said[-1] not in ("is", "are", "it", "has", "or", "and", "as"):
            return place
    return limit
