"""Find the words that make a sentence a norm (should, must, may, need not ...) and whose duty it is."""

import re
from dataclasses import dataclass

from analyser.model.base import Force

_MODAL = re.compile(
    r"\b(?:"
    r"(?:should|must|shall|ought\s+to|may)(?:\s+(?:also|only|therefore|instead|still))?(?:\s+not)?|"
    r"need\s+(?:not|only)|"
    r"(?:is|are)\s+(?:also\s+)?(?:not\s+)?"
    r"(?:required|expected|obliged|recommended|advised|encouraged|permitted|allowed|entitled)\s+to|"
    r"(?:is|are)\s+(?:also\s+)?(?:not\s+)?to(?=\s+[a-z]+)|"
    r"(?:has|have)\s+(?:a\s+duty\s+)?to(?=\s+[a-z]+)|"
    r"does\s+not\s+have\s+to|do\s+not\s+have\s+to|"
    r"(?:it\s+is\s+(?:recommended|expected)|we\s+(?:recommend|expect)|\w+\s+(?:recommends|expects))"
    r"\s+that"
    r")\b",
    re.IGNORECASE,
)
_PERMITS = re.compile(
    r"^(?:may|need)\b|\b(?:permitted|allowed|entitled)\b|\bnot (?:\w+ )?(?:required|obliged|expected)\b"
    r"|not have to",
    re.IGNORECASE,
)
_FORBIDS_THOUGH_PERMISSIVE = re.compile(
    r"^may (?:\w+ )?not\b|\bnot (?:permitted|allowed|entitled)\b", re.IGNORECASE
)
_WEAK = re.compile(r"^(?:may|(?:is|are) (?:also )?(?:not )?to|(?:has|have) to)\b", re.IGNORECASE)
_RECOMMENDS_THAT = re.compile(r"\bthat$", re.IGNORECASE)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words that open a subordinate clause or an adverbial: what they open is not the bearer of the duty.
_OPENERS = _set(
    "where when if unless before after in as for to subject except while once until on at with within by"
    " under having during following insofar so provided notwithstanding without from upon wherever whenever"
    " because since although though whether accordingly however therefore additionally further furthermore"
    " moreover also separately equally similarly otherwise then thereafter and or but nor whilst should"
    " regardless irrespective only even including"
)
_RELATIVES = _set("that which who whom whose what how where when if whether why whereby")
_DETERMINERS = _set(
    "the a an any each every all both either no some such this these those its their his her it they we you"
    " he she that"
)
_FINITE = _set("is are was were has have had does do did can could may might will would should must shall")
_STATES = _set(
    "be come arise include have exist occur result apply depend vary help also contain take need relate mean"
)
_PURPOSES = re.compile(
    r"\b(?:purpose|aim|objective|object|intention|effect|aims|purposes|objectives|role|goal)\b", re.IGNORECASE
)
_DEFINES = re.compile(
    r"\b(?:means?|refers?\s+to|(?:is|are)\s+defined\s+as|has\s+the\s+meaning)\b", re.IGNORECASE
)
_WORDS = re.compile(r"[\w’'-]+")


@dataclass(frozen=True, slots=True)
class Modal:
    """A modal in a sentence: where it stands, its words, and where its bearer stands (start, end)."""

    start: int
    end: int
    words: str
    bearer: tuple[int, int]

    @property
    def negated(self) -> bool:
        """Say whether the modal forbids or frees, e.g. `should not`, `need not`, `is not required to`."""
        return bool(re.search(r"\bnot\b", self.words, re.IGNORECASE))

    def force(self, statutory: bool, forbids: bool = False) -> Force:
        """Return the force: a permission, and else what the document itself is (recommended in a code).

        `forbids` says that the words around it turn a permission into a prohibition (`no provider may`).
        """
        plain = " ".join(self.words.split())
        if _PERMITS.search(plain) and not _FORBIDS_THOUGH_PERMISSIVE.search(plain) and not forbids:
            return Force.PERMITTED
        return Force.STATUTORY if statutory else Force.RECOMMENDED


def find_modal(sentence: str) -> Modal | None:
    """Return the modal of the main clause, or None when the sentence is no norm.

    >>> found = find_modal("Where content may be illegal, the provider should review it.")
    >>> found.words, "Where content may be illegal, the provider should review it."[slice(*found.bearer)]
    ('should', 'the provider')
    """
    found = [match for match in _MODAL.finditer(sentence) if not _DEFINES.search(sentence[: match.start()])]
    for match in found:
        if _RECOMMENDS_THAT.search(match[0]):
            return _recommended_that(sentence, match)
        bearer = _bearer(sentence, match.start())
        if bearer is not None and not _is_remark(sentence, match, bearer):
            return Modal(match.start(), match.end(), match[0], bearer)
    return _buried(sentence, [match for match in found if not _WEAK.search(match[0])])


def _bearer(sentence: str, modal: int) -> tuple[int, int] | None:
    """Return where the subject before a modal stands, None when the modal lies in a subordinate clause."""
    segments = _segments(sentence, modal)
    first = _lower_words(sentence[slice(*segments[0])])
    if first and first[0] not in _OPENERS:
        inserted = any(_opens(sentence[slice(*segment)]) for segment in segments[1:])
        bearer = (segments[0][0], segments[-1][1])
        if inserted and not _lower_words(sentence[slice(*segments[-1])]):
            bearer = segments[0]  # `The provider, in relation to each service, should`
        elif inserted or (len(segments) > 1 and _FINITE & set(_lower_words(sentence[: segments[-1][0]]))):
            bearer = segments[-1]  # an earlier clause is complete: `Evidence is kept, and they should`
        return _strip(sentence, bearer) if _is_subject(_lower_words(sentence[slice(*bearer)])) else None
    for segment in reversed(segments[1:]):
        words = _lower_words(sentence[slice(*segment)])
        while words[:1] and words[0] in ("then", "also", "and", "but"):
            words = words[1:]
        if not words:
            continue
        if words[0] in _OPENERS:
            if segment is segments[-1]:
                return None
            continue
        return _strip(sentence, segment) if _is_subject(words) else None
    return None


def _segments(sentence: str, end: int) -> list[tuple[int, int]]:
    """Return the stretches between commas (outside brackets), semicolons and colons before a place."""
    found: list[tuple[int, int]] = []
    start = depth = 0
    for place, char in enumerate(sentence[:end]):
        depth += (char in "([") - (char in ")]")
        if char in ",;:–—" and depth <= 0:
            found.append((start, place))
            start = place + 1
    found.append((start, end))
    return found


def _opens(words: str) -> bool:
    plain = _lower_words(words)
    return not plain or plain[0] in _OPENERS - {"and", "or"}


def _is_subject(words: list[str]) -> bool:
    """Say whether words may be a subject: they leave no clause open (`content that users` is none)."""
    if not words or words[0] in _RELATIVES - {"that"}:
        return False
    if words[0] == "that" and len(words) <= 2:
        return len(words) == 1 or words[1] not in _DETERMINERS
    last = max((place for place, word in enumerate(words) if word in _RELATIVES and place), default=None)
    if last is None:
        return words[0] != "that"
    clause = words[last + 1 :]
    if any(word in _FINITE for word in clause):
        return True
    if len(clause) >= 2 and clause[0] not in _DETERMINERS:
        return True
    return len(clause) >= 4


def _is_remark(sentence: str, match: re.Match[str], bearer: tuple[int, int]) -> bool:
    """Say whether a weak modal only describes, e.g. `evidence may come from complaints`."""
    subject = sentence[slice(*bearer)]
    modal = " ".join(match[0].lower().split())
    if re.search(r"\b(?:is|are) (?:also )?(?:not )?to$", modal):
        return bool(_PURPOSES.search(subject))
    if not modal.startswith("may") or "not" in modal:
        return False
    after = _lower_words(sentence[match.end() :])
    return bool(after) and after[0] in _STATES and not is_agent(subject)


_AGENT = re.compile(
    r"\b(?:providers?|services?|firms?|compan(?:y|ies)|operators?|platforms?|bod(?:y|ies)|individuals?|persons?|"
    r"people|teams?|functions?|moderators?|"
    r"users?|complainants?|managers?|undertakings?|organisations?|organizations?|"
    r"signator(?:y|ies)|volunteers?|flaggers?|staff|boards?|committees?|"
    r"regulators?|it|they|you|we)\s*$",
    re.IGNORECASE,
)


def is_agent(subject: str) -> bool:
    """Say whether a subject is someone who can act: a provider, a person, a body, a team."""
    return bool(_AGENT.search(subject.partition(" of ")[0])) or bool(_AGENT.search(subject))


_ACTOR_AFTER_THAT = re.compile(
    r"\s*(?P<actor>(?:(?:the|an?|each|every|any|all|both)\s+)?(?:[\w’'-]+\s+){0,3}?"
    r"(?:providers?|services?|firms?|compan(?:y|ies)|operators?|platforms?|bod(?:y|ies)|individuals?|persons?|teams?|undertakings?|organisations?|"
    r"users?|moderators?|managers?|they|it))\b(?:\s+should\b)?",
    re.IGNORECASE,
)


def _recommended_that(sentence: str, match: re.Match[str]) -> Modal:
    """Read `it is recommended that providers publish ...`: the bearer follows the words that recommend."""
    actor = _ACTOR_AFTER_THAT.match(sentence, match.end())
    if actor is None:
        return Modal(match.start(), match.end(), match[0], (match.end(), match.end()))
    return Modal(match.start(), actor.end(), match[0].rsplit(None, 1)[0], actor.span("actor"))


def _buried(sentence: str, strong: list[re.Match[str]]) -> Modal | None:
    """Return the last strong modal of a sentence whose opening clause no comma ends: no duty is dropped."""
    first = _lower_words(sentence)[:1]
    if not strong or not first or first[0] not in _OPENERS:
        return None
    match = strong[-1]
    near = re.search(r"(?:\b(?:the|an?|each|every|any|all)\s+)?[\w’'-]+\s*$", sentence[: match.start()])
    bearer = _strip(sentence, near.span()) if near else (match.start(), match.start())
    return Modal(match.start(), match.end(), match[0], bearer)


def _lower_words(words: str) -> list[str]:
    return [word.lower() for word in _WORDS.findall(words)]


def _strip(sentence: str, place: tuple[int, int]) -> tuple[int, int]:
    """Return a stretch without space, and without a joining word before the subject."""
    start, end = place
    words = sentence[start:end]
    lead = re.match(r"\s*(?:(?:then|also|and|but)\s+)?", words, re.IGNORECASE)
    start += lead.end() if lead else 0
    return start, start + len(sentence[start:end].rstrip(" ,\n\t"))
