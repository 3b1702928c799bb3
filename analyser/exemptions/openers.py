"""Where clauses that limit a duty open and end: exceptions, conditions, relative clauses, waivers."""

import re
from dataclasses import dataclass

from analyser.duties.sentences import split_sentences, trim
from analyser.model.text import Span
from analyser.rulebook.rules import Opener

_CASE = r"(?:cases?|circumstances|situations?|instances|occasions|events?)"
_FAR = (
    r"(?:(?:so|as)\s+far\s+as|in\s*so\s*far\s+as|to\s+(?:the|such)\s+(?:(?:full|fullest|maximum|"
    r"greatest|least)\s+)?(?:extent|degree)|only\s+so\s+far\s+as)"
)
_WHEN = rf"(?:where(?:ver)?|when(?:ever)?|if|while|{_FAR})"
_EXCEPTION = (
    r"unless(?:\s+(?:(?:and|or)\s+)?until)?|except(?:ing|ed)?(?:\s+only)?|(?:save\s+and\s+)?excepting|"
    r"otherwise\s+than|"
    rf"save(?:\s+and\s+except)?(?:\s+only)?\s+(?:{_WHEN}|that|for|as|in|on|with|by|at|during|of|under|"
    rf"insofar)|saving\s+(?:where|that|for)|"
    rf"(?:(?:but|though|although|albeit|and)\s+)?(?:even\s+then\s+)?not(?:\s+even)?\s+{_WHEN}|"
    rf"even\s+then\s+not|"
    r"with\s+(?:the\s+)?(?:sole\s+|only\s+|single\s+)?exceptions?\s+(?:of|that)"
)
_THING = (
    r"(?=\s+(?:an?|the|any|those|such|one|where|when|if|by|for|in|on|at|to|with|from|under|of|as|all|each)\b)"
)
_EXCLUSION = (
    r"other\s+than|apart\s+from|aside\s+from|excluding|exclusive\s+of|not\s+(?:including|counting)|"
    r"leaving\s+(?:aside|out(?:\s+of\s+account)?)|"
    rf"barring|bar{_THING}|short\s+of|less(?=\s+(?:any|the|such|those)\b)|minus(?=\s+(?:any|the)\b)|"
    rf"disregarding|to\s+the\s+exclusion\s+of|but\s+for(?=\s+(?:those|any|the)\b)|"
    r"(?:though|although|albeit|but)\s+not(?!\s+(?:only|limited|less|later|before|until|more|exceeding|"
    r"necessarily|merely|solely|just|fewer|earlier|be|to|restricted|confined|longer|without)\b)|"
    r""
    r"with\s+the\s+exclusion\s+of|without\s+prejudice\s+to"
)
_PROVISO = (
    r"(?:provided|providing)(?:\s+(?:always|only|however))?,?\s+that|(?<=, )provided(?=\s+(?:it|the|"
    r"they|no|there|this|these|such|an?)\b)|on\s+(?:the\s+)?condition\s+that|"
    r"with\s+the\s+proviso\s+that|(?<!for )(?:so|as)\s+long\s+as|on\s+the\s+(?:basis|understanding)\s+that"
)
_CONDITION = (
    rf"in\s+(?:any\s+|all\s+|those\s+|the\s+|such\s+|exceptional\s+)?{_CASE}\s+(?:where|in\s+which|"
    rf"when|that|of)|where(?:ver)?|when(?:ever)?|if"
)
_EVENT = r"once|as\s+soon\s+as|after|upon|(?:but\s+)?not\s+until|until|on(?=\s+\w+ing\b)"
_RELATIVE = r"(?:(?:to|of|by|from|in|on|about|with|for|under|over)\s+(?:which|whom)|that|which|who(?:m|se)?)"
_ABSOLUTE = (
    r"(?:[\w'’-]+\s+){1,3}?(?:permitting|allowing|being\s+(?:left\s+out(?:\s+of\s+account)?|excluded|"
    r"excepted|exempt\w*|disregarded|left\s+aside)|excepted|excluded)(?=\s*(?:[,.;]|$))"
)
_OPENS = re.compile(
    rf"(?<![\w-])(?:(?P<exception>{_EXCEPTION})|(?P<exclusion>{_EXCLUSION})|"
    rf"(?P<subject>subject(?:\s+always)?\s+to)|(?P<proviso>{_PROVISO})|(?P<extent>{_FAR}(?:\s+(?:that|"
    rf"to\s+which))?)|"
    rf"(?P<only>only\s+(?:{_WHEN}|after|once))|(?P<condition>{_CONDITION})|(?P<event>{_EVENT})|"
    rf"(?P<relative>{_RELATIVE})|(?P<having>(?:with|of|having|"
    rf"employing)(?=\s+[^,;.]{{0,40}}\b(?:\w+\s+or\s+(?:fewer|less|more)|(?:fewer|less|more)\s+than|"
    rf"over|under|above|below|at\s+least)\b)))(?![\w-])",
    re.IGNORECASE,
)
_ABSOLUTES = re.compile(rf"(?:(?<=[,;]\s)|(?<=\band,\s)|(?<=\bor,\s)|^){_ABSOLUTE}", re.IGNORECASE)
_WAIVES = re.compile(
    r"\b(?P<not>not\s+|never\s+|nor\s+(?:is|are)\s+\w+\s+\w+\s+)?"
    r"(?:(?:does|do|shall|will|is|are)\s+not\s+(?:appl(?:y|icable)|extend|cover|reach|concern|bind|"
    r"affect)|(?:has|have)\s+no\s+application|ceases?\s+to\s+apply|"
    r"(?:falls?|stands?|lies?|(?:is|are|remains?)(?:\s+(?:placed|left))?)\s+(?:wholly\s+|entirely\s+|"
    r"altogether\s+)?outside|"
    r"(?:is|are|shall\s+be|stands?|will\s+be)\s+(?:also\s+|hereby\s+|wholly\s+|"
    r"likewise\s+)?(?:exempt(?:ed)?|excused|released|relieved|excepted|excluded|disapplied|dispensed|"
    r"discharged|absolved|spared|left\s+out(?:\s+of)?|free(?:d)?\s+(?:of|from)|"
    r"without\s+prejudice\s+to|not\s+(?:subject\s+to|bound\s+by|caught\s+by|covered\s+by|"
    r"affected\s+by))|"
    r"takes?\s+effect\s+only|(?:has|have|is\s+(?:given|allowed)|are\s+(?:given|"
    r"allowed))\s+[^,.;]{1,30}['’]?s?\s+grace)\b",
    re.IGNORECASE,
)
_NEGATED_WAIVER = re.compile(r"\s*(?:nor|no|never|neither|nobody|none|nothing)\b", re.IGNORECASE)
_COMPLETES = re.compile(
    r"\b(?:ensur\w*|mak\w*\s+(?:sure|certain|clear|known)|see\w*(?:\s+to\s+it)?|provid\w*|stat\w*|"
    r"sa(?:y|ys|id)|show\w*|confirm\w*|verif\w*|check\w*|requir\w*|satisf\w*(?:\s+(?:itself|"
    r"themselves))?|"
    r"so|such|fact|extent|tell\w*|told|inform\w*|notif\w*|explain\w*|record\w*|specif\w*|guarante\w*|"
    r"demonstrat\w*|evidence|understood|recommended|aware|believ\w*|suspect\w*|"
    r"consider\w*|conclud\w*|determin\w*|decid\w*|know\w*|sure|certain|clear|likely|sign|view|ground|"
    r"basis|condition|effect|and|,)\s*$",
    re.IGNORECASE,
)
_TELLS = re.compile(
    r"\b(?:stat\w*|record\w*|specif\w*|sa(?:y|ys|id)|expla?in\w*|determin\w*|decid\w*|know\w*|show\w*|"
    r"indicat\w*|identif\w*|set(?:s|ting)?\s+out|describ\w*|"
    r"consider\w*|assess\w*|check\w*|see|ask\w*|establish\w*|clear|report(?:s|ing)?|(?:policy|guidance|"
    r"rules|criteria|on|of|about|as\s+to|how|why|and|or)\s+(?:how|why|when|on|of|about|"
    r"as\s+to))(?:\s+and|\s+or|,)?\s*$"
    r"|\b(?:regardless|irrespective|whatever|matter)\s+(?:of\s+)?$|\b(?:of|on|about|how|why|and)\s*$|"
    r"\beven(?:\s+\w+)?\s*$",
    re.IGNORECASE,
)
_VERBAL = re.compile(
    r"\s*(?:has|have|had|is|are|was|were|would|will|does|do|did|that|which|cannot|can|could|enters?|"
    r"begins?)\b",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"(?:\s+(?:and|but|or|yet))?(?:\s+(?:it|they|the\s+provider))?\s+(?:should|must|shall|may|ought|"
    r"need\s+not|(?:is|are)\s+(?:required|recommended|obliged|excused|exempt|to\b))",
    re.IGNORECASE,
)
REOPENS = re.compile(
    r"(?:,?\s+(?:and|or|but))?,?\s+(?:unless|except|save\s+(?:where|that|for|to|in|if|when))\b", re.IGNORECASE
)
_JOINS = re.compile(r"[\s,;:–—-]+(?:and|or|but)?[\s,;:–—-]*$")
_MARK = re.compile(r"[,;:—–]|\.(?=\s|$)|\n|\)")


@dataclass(frozen=True, slots=True, order=True)
class Clause:
    """A clause `text[start:end]` that may limit a duty, what opens it, and where its ground stands,
    `text[inside:until]`.
    """

    start: int
    end: int
    inside: int
    until: int
    opens: Opener


def clauses(text: str, span: Span) -> tuple[Clause, ...]:
    """Return the clauses in the words of one place that open like a limit, in the order of the text.

    Example: `The provider must act, unless a court orders otherwise.` gives one, opened by an exception.
    """
    found: list[Clause] = []
    for sentence in split_sentences(text, span):
        waiver = _waiver(text, sentence)
        if waiver:
            found.append(waiver)
        for match in _OPENS.finditer(text, sentence.start, sentence.end):
            clause = _clause(text, sentence, match)
            if clause and clause.end > clause.inside:
                found.append(clause)
        for match in _ABSOLUTES.finditer(text, sentence.start, sentence.end):
            left_out = not match[0].lower().endswith(("permitting", "allowing"))
            found.append(
                Clause(
                    match.start(),
                    match.end(),
                    match.start(),
                    match.end(),
                    "exclusion" if left_out else "condition",
                )
            )
    return tuple(sorted(set(found)))


def _clause(text: str, sentence: Span, match: re.Match[str]) -> Clause | None:
    opens: Opener = match.lastgroup or "condition"  # type: ignore[assignment]
    before = text[sentence.start : match.start()]
    if _refused(opens, before, match[0].lower()):
        return None
    if opens in ("condition", "only") and re.search(
        r"\b(?:may|can)\s+(?:\w+\s+){0,3}?only\b[^,;.]*$",
        before + (" only" if opens == "only" else ""),
        re.IGNORECASE,
    ):
        opens = "exception"
    end = _end(text, match.end(), sentence, opens, leading=not before.strip())
    return Clause(match.start(), end, match.end(), end, opens)


def _refused(opens: str, before: str, words: str) -> bool:
    """Say whether what stands before an opener shows that it opens no limit."""
    if opens in ("condition", "only", "extent") and before.strip() and _TELLS.search(before):
        return not re.search(r",\s*(?:and|or),?\s*$", before)
    if words == "that":
        return bool(_COMPLETES.search(before)) or not before.strip()
    if opens == "subject":
        return bool(
            re.search(
                r"\b(?:is|are|be|been|being|was|were|made|not|content|remains?)\s*$", before, re.IGNORECASE
            )
        )
    if words == "other than":
        return bool(
            re.search(
                r"\b(?:someone|somebody|anyone|anybody|person|people|means|staff|moderators?|"
                r"individuals?|one|party|something)\s*$|\bby\s+[^,;]{0,40}$",
                before,
                re.IGNORECASE,
            )
        )
    return opens == "exclusion" and bool(
        re.search(r"\b(?:no|not|nothing|without|never)\s*$", before, re.IGNORECASE)
    )


def _end(text: str, start: int, sentence: Span, opens: str, leading: bool) -> int:
    """Return where a clause ends: at a mark, at the next exception or at a modal of the main clause.

    Two commas round an aside (`the regulator, acting alone, has agreed`) end nothing.
    """
    end = sentence.end
    position = start
    while True:
        mark = _MARK.search(text, position, sentence.end)
        if mark is None:
            break
        second = text.find(",", mark.end(), min(sentence.end, mark.end() + 60))
        if (
            mark[0] == ","
            and text[mark.start() - 1].isdigit()
            and text[mark.end() : mark.end() + 1].isdigit()
        ):
            position = mark.end()
            continue
        if mark[0] == "," and second > 0 and not text[start : mark.start()].strip():
            position = second + 1
            continue
        aside = mark[0] == "," and second > 0 and _VERBAL.match(text, second + 1)
        if aside and not (leading and _MODAL.search(text, mark.end(), second)):
            position = second + 1
            continue
        end = mark.start()
        break
    for pattern in (REOPENS, _MODAL) if opens != "exclusion" or leading else (REOPENS,):
        cut = pattern.search(text, start, end)
        if cut and not (pattern is _MODAL and _of_the_clause(text[start : cut.start()], opens, leading)):
            end = cut.start()
    words = text[start:end]
    return start + len(_JOINS.sub("", words)) if _JOINS.search(words) else end


def _of_the_clause(words: str, opens: str, leading: bool) -> bool:
    """Say whether a modal belongs to the clause itself (`where it must act by law`) and does not end it."""
    return opens not in ("relative", "having") and not leading and not re.search(r"\s(?:and|but)$", words)


def waives(text: str, sentence: Span) -> bool:
    """Say whether a sentence takes something out of a duty that stands elsewhere."""
    return _waiver(text, sentence) is not None


def _waiver(text: str, sentence: Span) -> Clause | None:
    """Return a sentence that takes something out of a duty (`X falls outside it`), None for others."""
    match = _WAIVES.search(text, sentence.start, sentence.end)
    if match is None:
        return None
    before = text[sentence.start : match.start()]
    breaks = [*re.finditer(r";\s+(?:and\s+|but\s+)?|,\s+(?:and|but)\s+", before)]
    start = sentence.start + (breaks[-1].end() if breaks else 0)
    if re.search(r"\b(?:should|must|shall|may|will)\b", text[start : match.start()]) or _NEGATED_WAIVER.match(
        text[start : match.start()]
    ):
        return None
    opening = re.match(
        r"\s*(?:(?:where|when|if|unless|but|even)\b|[^,]{0,40},\s*(?:where|if|when)\b)",
        text[start : match.start()],
        re.IGNORECASE,
    )
    if opening and "," not in text[start : match.start()]:
        return None
    own = trim(text, Span(start=start, end=sentence.end))
    end = _end(text, match.end(), sentence, "waiver", leading=False)
    end = max(end, match.end())
    return Clause(own.start, end, own.start, end, "waiver")
