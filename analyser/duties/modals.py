"""Find the words that make a sentence a norm (should, must, may, need not ...) and whose duty it is."""

import re
from dataclasses import dataclass

from analyser.duties.bearers import end_of_subject, is_agent
from analyser.duties.verbs import is_participle
from analyser.model.base import Force

# Adverbs and short asides between the words of a modal, or between a modal and its verb.
ADVERB = (
    r"(?:(?!(?:ap|com|sup|re|im|multi)ply\b|rely\b|only\b)\w+ly|also|therefore|instead|still|then|always|"
    r"never(?=\s+be)|further|first|again|nonetheless|"
    r"nevertheless|thereafter|thereupon|likewise|moreover|however|too|thus|hence|forthwith|straight\s?away|"
    r"at\s+once|at\s+all\s+times|"
    r"in\s+addition|in\s+any\s+(?:event|case)|at\s+least|as\s+a\s+rule|in\s+turn|of\s+course|ever|both|"
    r"either|even)"
)
_BETWEEN = rf"(?:\s+{ADVERB}){{0,2}}"
_MODAL = re.compile(
    r"\b(?:"
    rf"(?:should|must|shall|may)(?:n[’']t|{_BETWEEN}\s+only(?:\s+not)?|{_BETWEEN}\s+not\b(?!\s+(?:only|"
    rf"merely|just)\b))?(?:\s+(?:also|therefore|instead|still|nonetheless|nevertheless|likewise|accordingly|"
    rf"thus))?|"
    rf"ought(?:n[’']t)?(?:{_BETWEEN}|\s*,[^,;:.]{{3,80}},)(?:\s+not)?{_BETWEEN}\s+to|"
    r"need\s+(?:not|only)|needn[’']t|"
    r"(?:is|are)\s+(?:\w+ly\s+|also\s+|then\s+)?(?:not\s+)?(?:\w+ly\s+)?"
    r"(?:required|expected|obliged|obligated|bound|recommended|advised|encouraged|permitted|allowed|"
    r"entitled|free|at\s+liberty)(?:\s+\w+ly|\s*,[^,;:.]{3,80},)?\s+to|"
    r"(?:is|are)\s+under\s+an?\s+(?:\w+\s+)?(?:duty|obligation)\s+to|"
    r"(?:is|are)\s+(?:\w+ly\s+|also\s+|then\s+)?(?:not\s+)?to(?=\s+[a-z]+)|"
    r"(?:has|have)\s+(?:an?\s+(?:duty|obligation)\s+)?to(?=\s+[a-z]+)|needs?\s+to(?=\s+[a-z]+)|"
    r"do(?:es)?\s+not\s+(?:have|need)\s+to|no\s+longer\s+(?:has|have)\s+to|"
    r"(?:it\s+is\s+(?:\w+ly\s+)?(?:recommended|expected|advisable|desirable)|we\s+(?:recommend|expect)|"
    r"\w+\s+(?:recommends|expects))"
    r"\s+that"
    r")(?![\w’'])",
    re.IGNORECASE,
)
MODAL = (
    rf"(?:should|must|shall|may|ought|need(?=\s+(?:not|only)))(?:{_BETWEEN}\s+(?:not|only))"
    rf"*(?:\s+to(?=\s+[a-z]))?\b"
)
# A norm that opens with what denies it, so that its bearer follows: `Nor may a provider`.
_INVERTED = re.compile(
    r"(?:^|[,;:]\s*(?:and\s+|but\s+)?)(?P<denied>nor|neither|never|(?:in|under|at|on)\s+no\s+\w+)\s+"
    r"(?P<modal>should|must|shall|may|need|ought)\s+(?P<bearer>(?:(?:the|an?|any|its|each)\s+)"
    r"?(?:[\w’'-]+\s+){0,3}?[\w’'-]+)\b",
    re.IGNORECASE,
)
_PERMITS = re.compile(
    r"^(?:may(?!\b.*\bonly)|need(?=n|\s+not|\s+only)|nor need)\b|^needn|\b(?:permitted|allowed|entitled|"
    r"free|at liberty)\b"
    r"|\bnot (?:\w+ )?(?:required|obliged|obligated|bound|expected)\b|not (?:have|need) to|no longer ha",
    re.IGNORECASE,
)
_FORBIDS_THOUGH_PERMISSIVE = re.compile(
    r"^may (?:[\w ]+ )?not\b|\bnot (?:\w+ )?(?:permitted|allowed|entitled|free|at liberty)\b", re.IGNORECASE
)
_WEAK = re.compile(r"^(?:may|needs?\s+to|(?:is|are) (?:\w+ )?(?:not )?to|(?:has|have) to)\b", re.IGNORECASE)
_RECOMMENDS = re.compile(r"^it\s+is\b|^(?:we|\w+)\s+(?:recommend|expect)s?(?:\s+that)?$", re.IGNORECASE)
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
    inverted: bool = False

    @property
    def negated(self) -> bool:
        """Say whether the modal forbids or frees, e.g. `should not`, `need not`, `is not required to`."""
        return self.inverted or bool(re.search(r"\bnot\b|n[’']t\b|no longer", self.words, re.IGNORECASE))

    @property
    def said(self) -> str:
        """The modal in small letters, without the adverbs between its words."""
        plain = " ".join(self.words.lower().split()).replace("n't", " not").replace("n’t", " not")
        if _RECOMMENDS.search(plain):
            return re.sub(r"^it\s+| that$|^(?!we\b|it\b)\w+\s+(?=recommends|expects)", "", plain)
        plain = re.sub(r"\s*,.*,\s*", " ", plain)
        return re.sub(rf"\s+{ADVERB}(?=\s|$)", "", plain)

    def force(self, statutory: bool, forbids: bool = False) -> Force:
        """Return the force: a permission, and else what the document itself is (recommended in a code).

        `forbids` says that the words around it turn a permission into a prohibition (`no provider may`).
        """
        plain = " ".join(self.words.split())
        if (
            _PERMITS.search(plain)
            and not _FORBIDS_THOUGH_PERMISSIVE.search(plain)
            and not forbids
            and not (self.inverted and plain.lower() == "may")
        ):
            return Force.PERMITTED
        return Force.STATUTORY if statutory else Force.RECOMMENDED


def find_modal(sentence: str) -> Modal | None:
    """Return the modal of the main clause, or None when the sentence is no norm.

    >>> found = find_modal("Where content may be illegal, the provider should review it.")
    >>> found.words, "Where content may be illegal, the provider should review it."[slice(*found.bearer)]
    ('should', 'the provider')
    """
    found = [match for match in _MODAL.finditer(sentence) if not _DEFINES.search(sentence[: match.start()])]
    inverted = _INVERTED.search(sentence)
    if inverted and not any(match.start() < inverted.start("modal") for match in found):
        start, end = inverted.start("bearer"), end_of_subject(sentence, inverted.start("bearer"))
        return Modal(inverted.start("modal"), end, inverted["modal"], (start, end), inverted=True)
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
        if char in ",;:–—" and depth <= 0 and not sentence[place + 1 : place + 2].isdigit():
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
    if re.match(r"\s*nothing\b", subject, re.IGNORECASE):
        return True
    if re.search(r"\b(?:is|are) (?:\w+ )?(?:not )?to$", modal):
        return bool(_PURPOSES.search(subject))
    if re.search(r"\b(?:is|are) (?:\w+ )?(?:expected|bound|free) to$", modal) and re.match(
        r"it\b|there\b", subject.strip(), re.I
    ):
        return True
    if re.fullmatch(r"(?:needs?|has|have) to", modal):
        return not is_agent(subject) and not re.match(r"\s+be\b", sentence[match.end() :])
    if not modal.startswith("may") or "not" in modal or "only" in modal:
        return False
    after = _lower_words(re.sub(rf"^\s*(?:{ADVERB}\s+)*", "", sentence[match.end() :], flags=re.IGNORECASE))
    if not after:
        return False
    if after[0] == "be" and len(after) > 1:
        rest = [word for word in after[1:] if not word.endswith("ly")] or after[1:]
        done = is_participle(rest[0])
        return rest[0] in _BEFALLS or (not done and not is_agent(subject))
    return after[0] in _HAPPENS or (after[0] in _STATES and not is_agent(subject))


_BEFALLS = _set(
    "harmed affected exposed caused increased reduced found seen misled distressed offended tempted "
    "discouraged deterred confused"
    " damaged hurt impaired compromised missed lost known associated linked needed required expected upset "
    "targeted exploited surprised"
    " interested concerned inclined involved located tired forced made"
) - {"made", "required", "needed", "located"}
_HAPPENS = _set(
    "tire feel suffer experience become seem lead cause result arise differ vary fail know believe prove "
    "happen fall lose die find"
    " encounter struggle grow rise appear recur exist think"
)


_AFTER_THAT = re.compile(
    r"\s*(?P<actor>(?:(?:the|an?|each|every|any|all|both|its|no)\s+)?(?:[\w’'-]+\s+){0,7}?[\w’'-]+)"
    r"(?P<verb>\s+(?:should|must|shall|will)\b|\s+(?=(?:not\s+)?be\s+\w))",
    re.IGNORECASE,
)


def _recommended_that(sentence: str, match: re.Match[str]) -> Modal:
    """Read `it is recommended that providers publish ...`: the bearer follows the words that recommend."""
    subject = _AFTER_THAT.match(sentence, match.end())
    if subject:
        end = subject.end() if subject["verb"].strip() else subject.end("actor")
        return Modal(match.start(), end, match[0].rsplit(None, 1)[0], subject.span("actor"))
    for end in (found.end() for found in re.finditer(r"[\w’'-]+", sentence[match.end() :][:60])):
        actor = sentence[match.end() : match.end() + end]
        if is_agent(actor) and not re.search(r"\b(?:of|for|in|with)\s+\w+$", actor):
            of = re.match(r"\s+(?:of|for)\s+(?:[\w’'-]+\s+)??[\w’'-]+", sentence[match.end() + end :])
            stop = match.end() + end + (of.end() if of else 0)
            return Modal(match.start(), stop, match[0].rsplit(None, 1)[0], (match.end(), stop))
    return Modal(match.start(), match.end(), match[0], (match.end(), match.end()))


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
