"""The parts of a norm by rules of grammar: what is to be done, to what, on what conditions, how soon."""

import re
from dataclasses import dataclass

from analyser.duties.bearers import agent_after_by
from analyser.duties.clauses import condition_spans
from analyser.duties.modals import ADVERB
from analyser.duties.sentences import tidy
from analyser.duties.times import cut_time, time_spans
from analyser.duties.verbs import PARTICIPLE, caused, joined_verbs, what_is_to_be

_PARTICLES = "down|up|out|off|on|over|back|away|into|with|for"
_ADVERB = rf"(?:{ADVERB}|only)"
_WORD = r"(?!(?:the|an?|its|their|each|any|all|that|it|them|him|her|this|those|these|such)\b)[\w’'-]+"
_VERB = rf"(?:{_ADVERB}\s+)*{_WORD}(?:\s+(?:{_PARTICLES})\b)?"
_VERBS = rf"{_VERB}(?:(?:\s*,\s*{_VERB}){{0,3}}\s*,?\s+(?:and|or|and/or)\s+{_VERB})?"
# Verbs that say little without what follows them: their action runs on to what they govern.
_LIGHT = (
    rf"have\s+(?:due\s+|particular\s+)?regard(?:\s+(?:to|for))?|take\s+(?:into\s+account|account\s+of)|"
    rf"give\s+effect\s+to|make\s+(?:sure|certain)|put\s+in\s+place|"
    rf"take\s+(?:all\s+)?(?:[\w-]+\s+)?(?:steps|measures|action)(?:\s+to\s+{_VERBS})?"
)
_GROUP = re.compile(
    rf"\s*,?\s*(?P<verbs>(?:{_ADVERB}\s+)*(?:{_LIGHT})|{_VERBS}(?:\s+to\s+{_VERBS})?)", re.IGNORECASE
)
_PASSIVE = re.compile(
    rf"\s*(?P<verbs>(?:{_ADVERB}\s+)*be\s+(?:{_ADVERB}\s+)*"
    rf"{PARTICIPLE}"
    rf"(?:\s+(?:{_PARTICLES}|aside|apart|apparent|available|known|public|clear|accessible|subject|aware|"
    rf"good)\b)?(?:\s+(?:and|or)\s+\w+ed\b)?(?:\s+to\s+{_VERBS})?)(?:\s+by\s+(?P<agent>[^,.;:()]+))?",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(
    rf"\s*(?P<verbs>(?:{_ADVERB}\s+)*be\s+(?:{_ADVERB}\s+)*(?:(?:able|accountable|responsible|capable|"
    rf"available|clear|answerable|liable|ready|careful|"
    rf"\w+ful|\w+ible|\w+able|\w+ious|\w+ive|\w+ent|aware|alert|open|free|present|subject|in\s+place)"
    rf"\b(?!\s+[a-z]+s?\s+of\b))(?:\s+to\s+{_VERBS})?)",
    re.IGNORECASE,
)
# After these, `that` opens what is to be the case; after others (`review that balance`) it points at a thing.
_MAKES_SURE = re.compile(
    r"\b(?:ensur|mak|secur|check|confirm|verif|provid|requir|demonstrat|show|specif|stat|say|satisf|"
    r"guarante|see)\w*(?:\s+(?:sure|certain|to\s+it))?$",
    re.IGNORECASE,
)
_THAT = re.compile(r"\s*,?\s*that\b", re.IGNORECASE)
# What a duty to have a thing is for: `have systems and processes designed to take down`.
_PURPOSE = re.compile(
    rf"[^.;:]{{0,90}}?\b(?:designed|intended|configured|sufficient)\s+(?:so\s+as\s+)?to\s+{_VERBS}"
    r"|[^,.;:]{0,60}?\b(?:systems?|process(?:es)?|procedures?|arrangements?|measures?|functions?|tools?)"
    r"\s+(?:in\s+place\s+)?"
    rf"(?:to|(?:that|which)\s+allows?\s+for)\s+{_VERBS}",
    re.IGNORECASE,
)
_HOLDS = re.compile(
    r"\b(?:have|put|establish|set|maintain|operate|use|adopt|implement|keep|provide|create|develop)\b",
    re.IGNORECASE,
)
_ANOTHER_MODAL = re.compile(r"\s+(?:and|but|or)\s+(?:should|must|shall|may|need\s+not)\b", re.IGNORECASE)
# What stands between a modal and its verb: `should, having regard to its size, review`.
_ATTENDANT = re.compile(
    rf"^\s*(?:,|(?=(?:by\s+(?:written\s+|public\s+)?(?:notice|order|regulations?|rules?|agreement|contract|"
    rf"resolution)|in\s+(?:respect|relation)|with\s+(?:respect|regard)|prior\s+to)\b))\s*(?:and\s+)?"
    rf"(?:by\s+(?:written\s+|public\s+)?(?:notice|order|regulations?|rules?|agreement|contract|resolution)"
    rf"\s+(?=[a-z])|(?:{ADVERB}|accordingly|in\s+consequence|as\s+a\s+result)\s*,|"
    r"(?:having|taking|using|acting|instead|in|with|within|for|by|at|on|upon|under|prior|as|before|after|without|"
    r"throughout|during|from|through|via|following|"
    r"pursuant|according|together|alongside|among|across|wherever|to)\b(?:\([^)]*\)|[^,:;()])*(?:,\s*|(?=:)|"
    r"$))\s*",
    re.IGNORECASE,
)
_TAKES_STEPS = re.compile(
    r"\b(?:take|taking|adopt|put)\b.*\b(steps|measures|action|care|precautions)$", re.IGNORECASE
)
_SO_THAT = re.compile(
    r"\s*,?\s*(?:so\s+that|such\s+that|to\s+(?:ensure|make\s+sure)\s+that|that)\b", re.IGNORECASE
)
# Verbs whose noun says what is done: `make contact`, `pay due regard`, `give notice`.
_MAKES = re.compile(r"^\s*(?:\w+ly\s+)*(?:make|pay|give|take|have|be)$", re.IGNORECASE)
_ENDEAVOURS = re.compile(
    r"\s*(?:\w+ly\s+)*(?:use|make|take|exercise|exert|do|undertake|deploy|apply)"
    r"\s+[^,.;:]{0,40}?\b(?:endeavours?|efforts?|utmost|best|diligence|steps|measures|action|care|"
    r"precautions)"
    r"\s+(?:so\s+as\s+)?to\s+(?:\w+ly\s+)?(?P<verb>(?!(?:the|an?|its|their|any|be|ensure)\b)"
    r"[a-z]+(?:\s+(?:down|up|out|off|over|back|away)\b)?)",
    re.IGNORECASE,
)
_LIGHT_NOUN = re.compile(
    r"\s+(?:(?:due|particular|special|proper|full|appropriate|reasonable|adequate|prompt|early)\s+)*"
    r"(contact|regard|attention|heed|notice|account|care|use|provision|available|good|known|public|apparent|"
    r"effect|consideration|priority|prominence|part|note|steps|action)\b",
    re.IGNORECASE,
)
# A thing left out between commas, after which the clause runs on: `staff, other than volunteers, with`.
_LEAVES_OUT = re.compile(
    r"(?:other\s+than|apart\s+from|aside\s+from|except(?:ing)?|excluding|save|barring|though\s+not|"
    r"but\s+not)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^\s*(?:\(\w{1,4}\)|[•–-])\s*")


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of what follows a modal.

    `passive` says that the subject is acted upon, `agent` by whom; `complement` that the object is itself
    what is to be the case (`ensure that content is taken down`); `further` are the verbs beyond the first;
    `state` that the subject is to be something (`be clear`).
    """

    action: str
    object: str
    passive: bool = False
    agent: str = ""
    complement: bool = False
    further: tuple[str, ...] = ()
    state: bool = False


def read_parts(predicate: str) -> Parts:
    """Split what follows a modal into action and object, conditions left out.

    >>> read_parts("have systems designed to take down swiftly the illegal content, if it can.").action
    'have systems designed to take down'
    """
    body = " " + without_asides(main_clause(predicate)).lstrip()
    whole = " " + without_asides(without_conditions(predicate)).lstrip()
    for pattern in (_PASSIVE, _ADJECTIVE):
        match = pattern.match(body)
        if match:
            passive = pattern is _PASSIVE
            rest = body[match.end() :]
            agent = _agent(match["agent"] or "", rest) if passive else ""
            done = tuple(joined_verbs(whole[match.end("verbs") :], passive))
            thing = _object(rest)
            return Parts(
                _without_time(match["verbs"]), thing, passive, agent, further=done, state=not passive
            )
    match = _GROUP.match(body)
    if match is None:
        return Parts("", tidy(body))
    end = match.end()
    that = _THAT.match(body, end) if _MAKES_SURE.search(match["verbs"]) else None
    if that:
        action, clause = _without_time(body[: that.end()]), body[that.end() :]
        return Parts(action, _object(clause), complement=True, further=tuple(what_is_to_be(clause)))
    if _HOLDS.search(match["verbs"]):
        purpose = _PURPOSE.match(body, end)
        end = purpose.end() if purpose else end
    rest = body[end:]
    so_that = _SO_THAT.match(rest) if _TAKES_STEPS.search(match["verbs"]) else None
    endeavours = _ENDEAVOURS.match(whole)
    if endeavours:
        further = [endeavours["verb"], *joined_verbs(whole[endeavours.end() :], passive=False)]
    elif so_that:
        further = what_is_to_be(rest[so_that.end() :])
    else:
        further = [
            *caused(tidy(match["verbs"]), whole[match.end() :]),
            *_refrained(rest),
            *joined_verbs(whole[match.end() :], passive=False),
        ]
    thing = _object(rest)
    if so_that:
        thing = f"{_TAKES_STEPS.search(match['verbs'])[1]} {thing}"  # type: ignore[index]
    state = bool(re.match(rf"\s*(?:{_ADVERB}\s+)*be\b", body))
    noun = _LIGHT_NOUN.match(body[match.end("verbs") :]) if _MAKES.search(match["verbs"]) else None
    said = _without_time(body[:end]) + (f" {noun[1]}" if noun else "")
    return Parts(said, thing, further=tuple(further), state=state)


def without_asides(words: str) -> str:
    """Return what follows a modal without what stands between commas before its verb."""
    shorter = _ATTENDANT.sub("", words)
    while shorter != words:
        words, shorter = shorter, _ATTENDANT.sub("", shorter)
    return words


def _agent(close: str, rest: str) -> str:
    """Return who is to do what a passive says: after `by`, at once or later in its clause."""
    found = agent_after_by(close, close=True) if close else ""
    for later in re.finditer(r"\bby\s+([^;:]+)", rest):
        found = (
            found
            or agent_after_by(later[1], close=False)
            or (agent_after_by(later[1], close=True) if re.match(r"an?\s", later[1]) else "")
        )
    return found


def _refrained(rest: str) -> list[str]:
    match = re.match(r"\s+(?:from\s+)?(\w+ing)\b", rest)
    return [match[1]] if match and rest.lstrip().startswith("from") else []


def without_label(words: str) -> str:
    """Return an item's words without `(a)` before them."""
    return _LABEL.sub("", words)


def main_clause(predicate: str) -> str:
    """Return what follows a modal without its conditions, up to a colon, a semicolon or a second modal."""
    mark = re.search(r"[;:]|[.!?]\s*$", predicate)
    body = predicate[: mark.start()] if mark else predicate
    second = _ANOTHER_MODAL.search(body)
    body = body[: second.start()] if second else body
    kept, position = "", 0
    for start, end in condition_spans(body):
        kept += re.sub(r"\W*$", " ", body[position:start])
        position = end + (1 if end < len(body) and body[end] in ",)" else 0)
        if not _is_open(kept) and not (_LEAVES_OUT.match(body, start) and body[end : end + 1] == ","):
            return kept
    return kept + body[position:]


def without_conditions(predicate: str) -> str:
    """Return what follows a modal up to a colon or semicolon, without any of its conditions."""
    mark = re.search(r"[;:]|[.!?]\s*$", predicate)
    body = predicate[: mark.start()] if mark else predicate
    kept, position = "", 0
    for start, end in condition_spans(body):
        kept += re.sub(r"\W*$", " ", body[position:start])
        position = end + (1 if end < len(body) and body[end] in ",)" else 0)
    return kept + body[position:].lstrip()


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
    for start, end in time_spans(plain):
        at_end = end == len(plain) or plain[start:end].lower().startswith(("within", "inside"))
        if at_end and start:
            plain = tidy(plain[:start])
            break
        if not start:
            plain = tidy(plain[end:])
            break
    return tidy(re.sub(r",?\s+(?:and|or|but)(?:\s+(?:after that|thereafter))?$", "", plain))


def _without_time(words: str) -> str:
    """Return words without the words of time in them."""
    return tidy(cut_time(words))
