"""Permissions that undo a duty: `may disregard`, `need not`, `may instead`; and the duties they relieve."""

import re
from collections.abc import Sequence

from analyser.duties.sentences import split_sentences
from analyser.exemptions.openers import REOPENS, Clause
from analyser.model.base import Force
from analyser.model.duty import Duty
from analyser.model.text import Span

_REFUSES = (
    r"disregard\w*|ignor\w+|refus\w+|reject\w*|dismiss\w*|declin\w+|refrain\w*|abstain\w*|omit\w*|"
    r"forgo\w*|forego\w*|waiv\w+|skip\w*|dispens\w+|desist\w*|"
    r"set\s+aside|leav\w+\s+(?:out|undone|aside|unanswered|unread)|left\s+(?:out|undone|aside|"
    r"unanswered)|turn\w*\s+(?:away|down)|pass(?:ed)?\s+over|discount\w*|"
    r"choos\w+\s+not|elect\w*\s+not|decid\w+\s+not|opt\s+(?:out|not)|do(?:ne)?\s+without|exempt\w*|"
    r"excus\w+|overlook\w*|postpon\w+|defer\w*|delay\w*|extend\w*|"
    r"suspend\w*|withh[eo]ld\w*|cease|discontinu\w+|limit\w*|confin\w+|restrict\w*|close"
)
_NOT_ASKED = (
    r"need\s+not|needn['’]t|(?:do|does)\s+not\s+(?:need|have)\s+to|(?:is|are|shall|"
    r"will)\s+(?:be\s+)?not\s+(?:be\s+)?(?:required|obliged|expected|bound|compelled|asked)\s+to|"
    r"(?:is|are)\s+under\s+no\s+(?:duty|obligation)\s+to|(?:has|have)\s+no\s+(?:duty|obligation|"
    r"need)\s+to|(?:is|are)\s+(?:excused|released|relieved|exempt(?:ed)?)\s+from\s+\w+ing"
)
_MAY = r"(?:may|can|(?:is|are|shall\s+be)\s+(?:entitled|permitted|allowed|free|at\s+liberty)\s+to)"
_PERMITS = re.compile(
    rf"\b(?:(?P<no>{_NOT_ASKED})(?:\s+(?:\w+ly\s+|also\s+|then\s+)?(?:be\s+)?(?P<act>\w+))?|"
    rf"{_MAY}(?:,\s+(?:however|nonetheless|nevertheless),)?\s+(?:(?:also|however|then|nonetheless|"
    rf"nevertheless|instead|\w+ly)\s+)*(?:be\s+)?(?:\w+ly\s+)?(?:{_REFUSES})(?!\w))",
    re.IGNORECASE,
)
_INSTEAD = re.compile(
    rf"\b{_MAY}(?:\s+|,\s*)(?:alternatively\b|instead\b|in\s+the\s+alternative\b|"
    rf"(?=[^.;:]{{0,90}}\b(?:instead(?!\s+of\s+\w+ing\s+users)|in\s+place\s+of|in\s+lieu|rather\s+than|"
    rf"as\s+an\s+alternative|in\s+substitution)\b)|"
    r"(?=(?:\w+\s+)?be\s+(?:replaced|substituted|met|satisfied|discharged|fulfilled)\s+(?:by|with|"
    r"through))|(?=(?:meet|satisfy|discharge|fulfil|comply\s+with|perform)\s+(?:this|the|that|its|"
    r"those|any|paragraph)\b))"
    r"[\s,]*(?:be\s+)?\w+",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"(?:where(?:ver)?|when(?:ever)?|if|in\s+(?:any\s+)?cases?)\b[^,;.]*,\s+(?:[\w'’-]+\s+){1,4}$",
    re.IGNORECASE,
)
_DEROGATES = re.compile(r"\b(?:derogat\w+|notwithstanding|despite|by way of exception)\b", re.IGNORECASE)
_IN_LIEU = re.compile(
    r"(?:in\s+(?:lieu|place)\s+of|instead\s+of|rather\s+than|as\s+an\s+alternative\s+to|alternatively)\b",
    re.IGNORECASE,
)
_BARE = re.compile(rf"\b{_MAY}\s+(?!not\b|only\b)(?:be\s+)?\w+", re.IGNORECASE)
_SO = re.compile(
    r"\s*(?:do\s+(?:so|this|that|either|both)|act\b|comply\b|follow\b|meet\s+(?:this|the)\s+(?:duty|"
    r"requirement)|take\s+(?:this|that)\s+step)",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\b(?:[A-Z]{1,4}\s?)?\d+\.\w+(?:\.\w+)*")
_TO = re.compile(r"\s+(?:to|through|[–-])\s+(?:paragraph\s+)?$", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z][\w'’-]+")
_NOTHING = frozenset(
    [
        "the",
        "a",
        "an",
        "any",
        "each",
        "every",
        "all",
        "this",
        "that",
        "these",
        "those",
        "its",
        "their",
        "his",
        "her",
        "it",
        "they",
        "them",
        "of",
        "for",
        "to",
        "on",
        "in",
        "with",
        "by",
        "from",
        "and",
        "or",
        "are",
        "is",
        "be",
        "been",
        "was",
        "were",
        "under",
        "at",
        "as",
        "may",
        "need",
        "not",
        "must",
        "should",
        "shall",
        "where",
        "when",
        "which",
        "who",
        "whom",
        "whose",
        "if",
        "unless",
        "however",
        "than",
        "within",
        "such",
        "provider",
        "providers",
        "service",
        "services",
        "does",
        "do",
        "has",
        "have",
        "had",
        "no",
        "so",
        "only",
        "also",
        "then",
        "required",
        "obliged",
        "instead",
        "place",
        "lieu",
        "rather",
        "licensee",
        "licensees",
        "operator",
        "operators",
        "code",
        "measure",
        "paragraph",
    ]
)
_PUTS_IN_PLACE = re.compile(
    r"\b(?:instead|in place|in lieu|rather|alternative\w*|replaced|substitut\w+)\b", re.IGNORECASE
)
_LIGHT = frozenset(
    word[:5]
    for word in (
        "make",
        "give",
        "carry",
        "hold",
        "take",
        "undertake",
        "conduct",
        "provide",
        "perform",
        "engage",
    )
)
_KEPT = 5


def permissions(text: str, span: Span) -> tuple[Clause, ...]:
    """Return the words of a place that let someone off an act or allow another in its place.

    Its ground may stand anywhere in its sentence: in who may, in what is let go, in the case in which.
    """
    found: list[Clause] = []
    for sentence in split_sentences(text, span):
        for match in _INSTEAD.finditer(text, sentence.start, sentence.end):
            until = _until(text, match.end(), sentence)
            opening = _CONDITION.match(text, sentence.start, match.start())
            found.append(
                Clause(
                    sentence.start if opening else match.start(),
                    match.end(),
                    sentence.start,
                    until,
                    "instead",
                )
            )
        lieu = _IN_LIEU.match(text, sentence.start, sentence.end)
        found.extend(
            Clause(sentence.start, match.end(), sentence.start, match.end(), "instead")
            for match in (_BARE.finditer(text, lieu.end(), sentence.end) if lieu else ())
        )
        derogates = _DEROGATES.search(text, sentence.start, sentence.end)
        for match in _BARE.finditer(text, derogates.end(), sentence.end) if derogates else ():
            until = _until(text, match.end(), sentence)
            found.append(Clause(match.start(), match.end(), sentence.start, until, "permission"))
        for match in _PERMITS.finditer(text, sentence.start, sentence.end):
            if not any(one.start < match.end() and match.start() < one.end for one in found):
                until = _until(text, match.end(), sentence)
                found.append(Clause(match.start(), match.end(), sentence.start, until, "permission"))
    return tuple(found)


def _until(text: str, start: int, sentence: Span) -> int:
    again = REOPENS.search(text, start, sentence.end)
    return again.start() if again else sentence.end


def undone(text: str, sentence: Span, start: int, end: int, duties: Sequence[Duty]) -> tuple[Duty, ...]:
    """Return the duties that a permission `text[start:end]` undoes, among those of its measure.

    They are those of the paragraphs that its sentence names, else the one whose act and object its words
    share most; `do so` takes up the duty before. None found: nothing asks for what is permitted.
    """
    norms = [duty for duty in duties if duty.force is not Force.PERMITTED]
    named = in_named(text, sentence, norms)
    before = [duty for duty in norms if duty.span.start < start]
    phrase = text[start:end].lower()
    tail = text[end : sentence.end]
    refusal = not re.match(_NOT_ASKED, phrase, re.IGNORECASE)
    last = re.search(r"(?:do|act|comply|follow|meet|take)$", phrase)
    if last and _SO.match(text, start + last.start()):
        own = [duty for duty in before if sentence.start <= duty.span.start]
        return tuple(named or own[-1:] or [duty for duty in before if not duty.negated][-1:])
    here = next((duty.provision for duty in duties if sentence.start <= duty.span.start < sentence.end), "")
    words = _stems(text[sentence.start : sentence.end])
    verb = (
        _stems(re.sub(rf"^(?:{_NOT_ASKED})\s*", "", phrase, flags=re.IGNORECASE))
        if not refusal
        else _stems(tail[:40])[:1]
    )
    if verb and verb[0] in _LIGHT:
        verb += _stems(tail[:60])
    both = bool(re.match(r"\s*(?:to|from)\b", tail) or re.search(r"\bto\b", phrase))
    if verb and verb[0] in _LIGHT:
        verb += _stems(tail[:60])
    scored: list[tuple[float, Duty]] = []
    for duty in named or norms:
        action, things = set(_stems(duty.action)), set(_stems(f"{duty.object} {duty.bearer}"))
        acts = bool(action & set(words if refusal else verb))
        shared = float(len(things & set(words)) + (2 if acts else 0))
        if refusal and both and acts and things and not things & set(words):
            continue
        shared += bool(shared) * (duty.provision == here) / 2
        asked = acts and (shared > 2 or not things or not _stems(tail[:40]))
        if named or (shared if refusal else asked):
            scored.append((shared, duty))
    if named and not any(score for score, _ in scored):
        return tuple(duty for _, duty in scored)
    if not scored and refusal and _PUTS_IN_PLACE.search(text[start : sentence.end]):
        return tuple(before[-1:])
    best = max((score for score, _ in scored), default=0)
    return tuple(duty for score, duty in scored if score == best)


def in_named(text: str, sentence: Span, duties: Sequence[Duty]) -> list[Duty]:
    """Return the duties of the paragraphs that a sentence names, `M1.1 to M1.4` with those between."""
    names = [(one[0], one.start()) for one in _NAMED.finditer(text, sentence.start, sentence.end)]
    own = text.rfind("\n", 0, sentence.start) + 1
    found: list[Duty] = []
    for number, (name, at) in enumerate(names):
        if at <= own:
            continue
        ranged = number + 1 < len(names) and _TO.search(text[at : names[number + 1][1]])
        first, last = _order(name), _order(names[number + 1][0] if ranged else name)
        for duty in duties:
            place = _order(re.sub(r"\(.*", "", duty.provision.rpartition(" ")[2]))
            if duty not in found and first <= place <= last and place[0] == first[0]:
                found.append(duty)
    return found


def _order(number: str) -> tuple[str, ...]:
    parts = re.split(r"[.\s]", number.strip())
    return tuple(part.zfill(4) if part.isdigit() else part.lower() for part in parts)


def _stems(words: str) -> list[str]:
    """Return the first letters of the words that carry sense, so `appointment` answers to `appoint`."""
    return [word.lower()[:_KEPT] for word in _WORD.findall(words) if word.lower() not in _NOTHING]
