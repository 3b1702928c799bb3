"""The parts of a norm by rules of grammar: what is to be done, to what, on what conditions, how soon."""

import re
from dataclasses import dataclass

from analyser.duties.sentences import tidy

_PARTICLES = "down|up|out|off|on|over|back|away|into|with|for"
_NO_ADVERB = r"(?!(?:ap|com|sup|re|im|multi)ply\b|rely\b)"
_ADVERB = rf"(?:{_NO_ADVERB}\w+ly|also|then|only|always|still|instead|further|first|at\s+least)"
_NUMBER = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty-four|forty-eight)"
_PERIOD = r"(?:minute|hour|day|week|month|quarter|year)s?"
_SOON = r"as\s+soon\s+as(?:\s+is)?(?:\s+reasonably)?\s+(?:practicable|possible)(?:\s+after)?"
_TIMING = re.compile(
    r"\b(?:"
    r"(?:as\s+)?(?:swiftly|promptly|quickly)(?:\s+as\s+(?:reasonably\s+)?(?:possible|practicable))?|"
    rf"before,?\s+or\s+{_SOON}|{_SOON}|immediately|expeditiously|without\s+(?:undue\s+|unreasonable\s+)?delay|"
    rf"within\s+(?:an?\s+|the\s+|{_NUMBER}\s+)[^,.;:()]{{0,40}}?(?:times?|timeframes?|periods?|{_PERIOD})|within\s+(?:[\w-]+\s+){{0,2}}(?:timeframes?|periods?)|"
    rf"(?:at\s+least|no\s+less\s+(?:often|frequently)\s+than)\s+(?:(?:once\s+)?(?:every|each|an?|per)\s+(?:\w+\s+)?{_PERIOD}|once\b|annually|monthly|yearly|quarterly|weekly)|"
    rf"every\s+(?:{_NUMBER}\s+)?{_PERIOD}|"
    r"annual(?:ly)?|yearly|quarterly|monthly|regular(?:ly)?|periodic(?:ally)?|on\s+(?:an\s+ongoing|a\s+continuing|a\s+regular)\s+basis|continuously|timely"
    r")\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"(?<![\w-])(?<!\bas\s)(?<!\beven\s)(?:"
    r"before,?\s+or\s+as\s+soon\s+as[^,;.]{0,30}?\bafter\b|"
    r"where(?:ver)?|if|when(?:ever)?|unless|until|except(?:\s+(?:where|when|if|that|for|to|in))?|save\s+(?:where|that|for)|subject\s+to|"
    r"provided(?:\s+that)?(?=\s+(?:that|the|it|they|this)\b)|providing\s+that|on\s+condition\s+that|so\s+(?:far|long)\s+as|in\s+so\s+far\s+as|"
    r"insofar\s+as|as\s+long\s+as|to\s+the\s+extent(?:\s+that)?|only\s+(?:if|where|when)|before|after(?!\s+that\b)|once(?=\s+(?:it|the|a|an|they)\b)|"
    r"of\s+which\s+(?:it|they|the\s+\w+)\s+(?:is|are|has|have|becomes?)|regardless\s+of|whether\s+or\s+not|in\s+the\s+event\s+(?:that|of)"
    r")(?![\w-])",
    re.IGNORECASE,
)
_WORD = r"(?!(?:the|an?|its|their|each|any|all|that)\b)[\w’'-]+"
_VERB = rf"(?:{_ADVERB}\s+)*{_WORD}(?:\s+(?:{_PARTICLES})\b)?"
_VERBS = rf"{_VERB}(?:(?:\s*,\s*{_VERB}){{0,3}}\s*,?\s+(?:and|or|and/or)\s+{_VERB})?"
# Verbs that say little without what follows them: their action runs on to what they govern.
_LIGHT = (
    rf"have\s+(?:due\s+|particular\s+)?regard(?:\s+(?:to|for))?|take\s+(?:into\s+account|account\s+of)|give\s+effect\s+to|make\s+(?:sure|certain)|put\s+in\s+place|"
    rf"take\s+(?:all\s+)?(?:[\w-]+\s+)?(?:steps|measures|action)(?:\s+to\s+{_VERBS})?"
)
_GROUP = re.compile(
    rf"\s*,?\s*(?P<verbs>(?:{_ADVERB}\s+)*(?:{_LIGHT})|{_VERBS}(?:\s+to\s+{_VERBS})?)", re.IGNORECASE
)
_PASSIVE = re.compile(
    rf"\s*(?P<verbs>(?:{_ADVERB}\s+)*be\s+(?:{_ADVERB}\s+)*"
    r"(?:\w+ed|\w+(?:ept|ought|aught)|taken|made|given|set|put|held|told|shown|done|found|built|sent|met|known|seen|written|drawn|undone|"
    r"withdrawn|hidden|laid|left|led|read|cut|brought|overseen|borne|begun|chosen|dealt|paid|lost|heard|sold|understood|"
    r"drawn|thrown|driven|spent)"
    rf"(?:\s+(?:{_PARTICLES})\b)?(?:\s+(?:and|or)\s+\w+ed\b)?(?:\s+to\s+{_VERBS})?)(?:\s+by\s+(?P<agent>[^,.;:()]+))?",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(
    rf"\s*(?P<verbs>be\s+(?:able|accountable|responsible|capable|available|clear)\b(?:\s+to\s+{_VERBS})?)",
    re.IGNORECASE,
)
# After these, `that` opens what is to be the case; after others (`review that balance`) it points at a thing.
_MAKES_SURE = re.compile(
    r"\b(?:ensur|mak|secur|check|confirm|verif|provid|requir|demonstrat|show|specif|stat|say|satisf|guarante|see)\w*(?:\s+(?:sure|certain|to\s+it))?$",
    re.IGNORECASE,
)
_THAT = re.compile(r"\s*,?\s*that\b", re.IGNORECASE)
# What a duty to have a thing is for: `have systems and processes designed to take down`.
_PURPOSE = re.compile(
    rf"[^.;:]{{0,90}}?\b(?:designed|intended|configured|sufficient)\s+(?:so\s+as\s+)?to\s+{_VERBS}"
    r"|[^,.;:]{0,60}?\b(?:systems?|process(?:es)?|procedures?|arrangements?|measures?|functions?|tools?)\s+(?:in\s+place\s+)?"
    rf"(?:to|(?:that|which)\s+allows?\s+for)\s+{_VERBS}",
    re.IGNORECASE,
)
_HOLDS = re.compile(
    r"\b(?:have|put|establish|set|maintain|operate|use|adopt|implement|keep|provide|create|develop)\b",
    re.IGNORECASE,
)
_ANOTHER_MODAL = re.compile(r"\s+(?:and|but|or)\s+(?:should|must|shall|may|need\s+not)\b", re.IGNORECASE)
# What stands between a modal and its verb: `should, having regard to its size, review`.
_ATTENDANT = re.compile(r"^\s*,?\s*(?:and\s+)?(?:having|taking|using|acting)\b[^,]*,\s*", re.IGNORECASE)
_LABEL = re.compile(r"^\s*(?:\(\w{1,4}\)|[•–-])\s*")


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of what follows a modal.

    `passive` says that the subject is acted upon, `agent` by whom; `complement` that the object is itself
    what is to be the case (`ensure that content is taken down`).
    """

    action: str
    object: str
    passive: bool = False
    agent: str = ""
    complement: bool = False


def read_parts(predicate: str) -> Parts:
    """Split what follows a modal into action and object, conditions left out.

    >>> read_parts("have systems designed to take down swiftly the illegal content, if it can.").action
    'have systems designed to take down'
    """
    body = _ATTENDANT.sub("", _main_clause(predicate))
    for pattern in (_PASSIVE, _ADJECTIVE):
        match = pattern.match(body)
        if match:
            agent = _without_time(match["agent"] or "") if pattern is _PASSIVE else ""
            return Parts(
                _without_time(match["verbs"]), _object(body[match.end() :]), pattern is _PASSIVE, agent
            )
    match = _GROUP.match(body)
    if match is None:
        return Parts("", tidy(body))
    end = match.end()
    that = _THAT.match(body, end) if _MAKES_SURE.search(match["verbs"]) else None
    if that:
        return Parts(_without_time(body[: that.end()]), _object(body[that.end() :]), complement=True)
    if _HOLDS.search(match["verbs"]):
        purpose = _PURPOSE.match(body, end)
        end = purpose.end() if purpose else end
    return Parts(_without_time(body[:end]), _object(body[end:]))


def read_conditions(words: str, main_from: int = 0) -> tuple[str, ...]:
    """Return the clauses of condition, time and exception of a statement, in order.

    `main_from` is where its main clause begins.

    >>> read_conditions("Where content is reported, the provider should review it, unless it is gone.", 27)
    ('Where content is reported', 'unless it is gone')
    """
    found = [words[start:end] for start, end in _conditions(words, main_from)]
    return tuple(condition for condition in map(tidy, found) if len(condition.split()) > 1)


def read_timing(words: str) -> str:
    """Return the words that say how soon or how often, joined by semicolons, each once.

    >>> read_timing("The provider should review the list promptly and at least every six months.")
    'promptly; at least every six months'
    """
    found = (" ".join(match[0].split()) for match in _TIMING.finditer(words))
    return "; ".join(dict.fromkeys(found))


def without_label(words: str) -> str:
    """Return an item's words without `(a)` before them."""
    return _LABEL.sub("", words)


def _conditions(words: str, main_from: int = 0) -> list[tuple[int, int]]:
    """Return where the conditions stand; one that opens the sentence runs up to the main clause."""
    found: list[tuple[int, int]] = []
    lead = _CONDITION.match(words)
    position = 0
    if lead and main_from:
        found.append((0, main_from))
        position = main_from
    starts = [match.start() for match in _CONDITION.finditer(words, position)]
    for place, start in enumerate(starts):
        limit = starts[place + 1] if place + 1 < len(starts) else len(words)
        if found and start < found[-1][1]:
            continue
        found.append((start, _end_of_condition(words, start, limit)))
    return found


def _end_of_condition(words: str, start: int, limit: int) -> int:
    """Return where a condition ends: at the bracket or comma that closes it, or at the next condition."""
    before = words[:start].rstrip()
    set_off = not before or before[-1] in ".,;:(–—"
    depth = 0
    for place in range(start, limit):
        char = words[place]
        depth += (char == "(") - (char == ")")
        if depth < 0 or char in ";:" or (char == "." and re.match(r"\.\s*$|\.\s+[A-Z]", words[place:])):
            return place
        said = words[start:place].split()
        if (
            char == ","
            and depth == 0
            and set_off
            and len(said) > 1
            and said[-1].lower() not in ("is", "are", "it", "has", "or", "and")
        ):
            return place
    return limit


def _main_clause(predicate: str) -> str:
    """Return what follows a modal without its conditions, up to a colon, a semicolon or a second modal."""
    mark = re.search(r"[;:]|[.!?]\s*$", predicate)
    body = predicate[: mark.start()] if mark else predicate
    second = _ANOTHER_MODAL.search(body)
    body = body[: second.start()] if second else body
    kept, position = "", 0
    for start, end in _conditions(body):
        kept += re.sub(r"\W*$", " ", body[position:start])
        position = end + (1 if end < len(body) and body[end] in ",)" else 0)
        if not _is_open(kept):
            return kept
    return kept + body[position:]


def _is_open(words: str) -> bool:
    """Say whether a clause broken off by a condition still lacks its verb or its object."""
    after_that = re.split(r"\bthat\b", words)
    if len(after_that) > 1:
        return not re.search(r"\b(?:is|are|was|were|has|have|can|cannot|do|does|may|will)\b", after_that[-1])
    return (
        not words.strip()
        or re.fullmatch(rf"{_GROUP.pattern}(?:\s+{_ADVERB})*\s*", words, re.IGNORECASE) is not None
    )


def _object(words: str) -> str:
    plain = re.sub(rf"^\s*,?\s*(?:{_ADVERB}\s+)+", "", words, flags=re.IGNORECASE)
    plain = tidy(plain)
    for match in _TIMING.finditer(plain):
        at_end = match.end() == len(plain) or match[0].lower().startswith("within")
        if at_end and match.start():
            plain = tidy(plain[: match.start()])
    return tidy(re.sub(r",?\s+(?:and|or|but)(?:\s+(?:after that|thereafter))?$", "", plain))


def _without_time(words: str) -> str:
    """Return words without the words of time in them."""
    return tidy(_TIMING.sub("", words))
