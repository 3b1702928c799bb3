"""Which duties a qualifier governs: those that hold its words, use its term, or may be set aside by it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from analyser.exemptions.openers import waives
from analyser.exemptions.permissions import in_named
from analyser.exemptions.places import Place
from analyser.exemptions.polarity import Clause, leading
from analyser.exemptions.settle import Candidate
from analyser.exemptions.tokens import Match
from analyser.model.base import Breadth, Force, Kind, Nature
from analyser.model.duty import Duty
from analyser.rulebook.cues import expand_all

_EXPLAINS = re.compile(r"(?P<term>[^,;:.]{2,60}?)\s+(?P<verb>means|is|are)\s", re.IGNORECASE)
_BEFORE_TERM = re.compile(r"[^.;:]{0,60}?,\s+")
_LIMITS_DUTIES = re.compile(
    r"\b(?:does|do|shall) not apply\b|\bappl(?:y|ies) only\b|\bonly appl(?:y|ies)\b", re.IGNORECASE
)
_TAKES_UP = re.compile(
    r"\b(?:content|material|images?|videos?|messages?|items?|posts?|offers?|listings?|matter)\s+(?:so\s+|(?:which|that)\s+(?:the|its|that)\s+\w+\s+(?:has|have)\s+)?(?:detected|identified|matched|flagged|found)\b"
    r"|\b(?:detected|matched|matching)\s+(?:content|material|images?|videos?|messages?|items?|posts?)\b",
    re.IGNORECASE,
)
_OF_CONTENT = (Kind.CHANNEL_CARVE_OUT, Kind.CONTENT_CARVE_OUT)
_OF_A_DUTY = re.compile(
    r"\b(?:paragraphs?|dut(?:y|ies)|obligations?|requirements?|measures?|rules?|recommendations?|this|it|article|section)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\bthis (?:measure|recommendation|chapter|section)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:an?|the|in this \w+)\s+", re.IGNORECASE)
_WORD = re.compile(r"[\w'’-]+")
_ENDING = re.compile(r"(?:ing|ed|es|(?<!s)s|e)$")
_SMALL = frozenset(
    {"the", "a", "an", "any", "each", "every", "all", "this", "that", "these", "those", "its", "their"}
    | {"of", "for", "to", "on", "in", "with", "by", "from", "and", "or", "are", "is", "under"}
)
_ADVERBS = frozenset({"also", "then", "therefore", "itself", "be", "to"})


@dataclass(frozen=True, slots=True)
class Governed:
    """The duties a qualifier governs; not `firm` when its words only explain and so cannot cut a duty.

    `explains` is the term whose explanation holds the words.
    """

    duties: tuple[Duty, ...]
    firm: bool = True
    item: str = ""
    note: str = ""
    explains: str = ""


def governed(text: str, candidate: Candidate, duties: Sequence[Duty]) -> Governed:
    """Return the duties that words of a recommendation govern; `duties` are those of its measure.

    A cue in a lead-in or a tail governs every duty that carries it; one in an item governs that item (`item`
    is its number), unless it completes an exception begun in the lead-in. A limit of content or channel goes
    on to later duties that take up what was detected, and one that a fact decides to those that only support
    the duty it limits (the set of hashes, the setting of the technology), which reach nothing without it.
    """
    match, place, clause, rule = candidate.match, candidate.place, candidate.clause, candidate.rule
    holding = _norms_first([duty for duty in duties if _carries(duty, match)])
    if candidate.opened is not None and candidate.opened.opens == "waiver":
        reach = _waived(text, match, place, clause, duties)
    elif not holding:
        reach = _explained(text, match, place, clause, duties)
    elif rule.scope == "measure":
        norms = tuple(duty for duty in duties if duty.force is not Force.PERMITTED)
        reach = Governed(norms or tuple(holding))
    else:
        if leading(text, clause):
            start, end = clause.sentence.start, clause.sentence.end
            holding += [duty for duty in duties if duty not in holding and start <= duty.span.start < end]
        elif _closes(text, candidate):
            start = max(clause.part.start, place.span.start)
            holding += [
                duty for duty in duties if duty not in holding and start <= duty.span.start < match.start
            ]
        holding = _norms_first(holding)
        above = candidate.support is not None and candidate.support.above
        inner = place.innermost
        item = "" if above or place.is_tail or inner is None else inner.number
        reach = Governed(tuple(holding), item=item if any(item in duty.items for duty in holding) else "")
    if rule.kind in _OF_CONTENT and reach.firm and (rule.nature is Nature.LIMIT or rule.reaches_only):
        later = [duty for duty in duties if duty.span.start > match.end and duty not in reach.duties]
        taken_up = tuple(
            duty
            for duty in later
            if _TAKES_UP.search(duty.quote) or (rule.reaches_only and _only_supports(duty, reach.duties))
        )
        if taken_up and any(not _TAKES_UP.search(duty.quote) for duty in reach.duties):
            note = "goes on to what is done with the content detected and to what only supports the analysis"
            notes = "; ".join(part for part in (reach.note, note) if part)
            return Governed((*reach.duties, *taken_up), reach.firm, reach.item, notes, reach.explains)
    return reach


def _norms_first(duties: list[Duty]) -> list[Duty]:
    """Return the duties that ask for something, all where none does: a permission gives nothing to cut."""
    return [duty for duty in duties if duty.force is not Force.PERMITTED] or duties


def _closes(text: str, candidate: Candidate) -> bool:
    """Say whether a clause ends its sentence after a comma, and so is said of all that stands before it."""
    if candidate.opened is None or candidate.opened.opens not in (
        "exception",
        "proviso",
        "extent",
        "subject",
    ):
        return False
    before = text[candidate.clause.part.start : candidate.match.start].rstrip()
    after = text[candidate.match.end : candidate.clause.part.end].strip(" .;,)")
    return before.endswith(",") and not after


def _waived(text: str, match: Match, place: Place, clause: Clause, duties: Sequence[Duty]) -> Governed:
    """Return the duties that a sentence takes something out of: those it names, else its paragraph's, else
    the last before it.
    """
    norms = [duty for duty in duties if duty.force is not Force.PERMITTED]
    named = in_named(text, clause.sentence, norms)
    paragraph = place.chain[0].number if place.chain else ""
    own = [duty for duty in norms if _number(duty) == paragraph]
    before = [duty for duty in norms if duty.span.start < match.start]
    last = [duty for duty in before if _number(duty) == _number(before[-1])] if before else []
    measure = norms if _WHOLE.search(clause.sentence.of(text)) else []
    return Governed(tuple(named or measure or own or last or norms))


def _only_supports(duty: Duty, limited: Sequence[Duty]) -> bool:
    """Say whether a duty serves, in part only, nothing but what a limited duty serves wholly."""
    whole = {reach.function for one in limited for reach in one.reaches if reach.breadth is Breadth.WHOLE}
    parts = all(reach.breadth is Breadth.PART for reach in duty.reaches)
    return bool(duty.reaches) and parts and set(duty.functions) <= whole


def _carries(duty: Duty, match: Match) -> bool:
    return any(match.overlaps(span.start, span.end) for span in duty.scope)


def defines(text: str, match: Match, clause: Clause, duties: Sequence[Duty]) -> bool:
    """Say whether the match lies in the term that its sentence explains, as in `Relevant content means ...`.

    With `is` or `are` only where a duty uses the term: `Private content is outside` explains nothing.
    """
    found = _explanation(text, clause)
    if found is None or match.end > found.end("term") or any(_carries(duty, match) for duty in duties):
        return False
    return found["verb"].lower() == "means" or bool(_using(duties, _bare(found["term"])))


def _explained(text: str, match: Match, place: Place, clause: Clause, duties: Sequence[Duty]) -> Governed:
    """Return the duties that an explanation speaks of: those that use its term, those it names, else all."""
    norms = tuple(duty for duty in duties if duty.force is not Force.PERMITTED)
    explanation = _explanation(text, clause)
    term = _bare(explanation["term"]) if explanation else ""
    using = _using(duties, term)
    if using:
        note = f"stands in the explanation of {term}, which the duty uses"
        return Governed(using, note=note, explains=term)
    if waives(text, clause.sentence) and _OF_A_DUTY.search(clause.sentence.of(text)):
        return _waived(text, match, place, clause, duties)
    sentence = clause.sentence.of(text)
    if _LIMITS_DUTIES.search(sentence):
        paragraph = place.chain[0].number if place.chain else ""
        named = tuple(duty for duty in norms if re.search(rf"\b{re.escape(_number(duty))}\b", sentence))
        own = tuple(duty for duty in norms if _number(duty) == paragraph)
        before = [duty for duty in norms if duty.span.start < match.start]
        last = tuple(duty for duty in before if _number(duty) == _number(before[-1])) if before else ()
        return Governed(named or own or last or norms)
    return Governed(
        norms,
        firm=False,
        note="stands in an explanation and not in a norm, so it is not counted as cutting the duty",
    )


def _explanation(text: str, clause: Clause) -> re.Match[str] | None:
    """Match a sentence that explains a term, with or without words before it (`In this Code, X means`)."""
    start, end = clause.sentence.start, clause.sentence.end
    before = _BEFORE_TERM.match(text, start, end)
    return _EXPLAINS.match(text, start, end) or (_EXPLAINS.match(text, before.end(), end) if before else None)


def _bare(term: str) -> str:
    return _ARTICLE.sub("", term.strip()).lower()


def _using(duties: Sequence[Duty], term: str) -> tuple[Duty, ...]:
    """Return the norms that use a term, in the singular or the plural."""
    if not term:
        return ()
    words = re.compile(rf"\b{re.escape(term)}", re.IGNORECASE)
    return tuple(duty for duty in duties if duty.force is not Force.PERMITTED and words.search(duty.quote))


def _number(duty: Duty) -> str:
    return duty.provision.rpartition(" ")[2]


def relieved(
    text: str,
    match: Match,
    targets: Sequence[str] | None,
    measure: Sequence[Duty],
    all_duties: Sequence[Duty],
) -> tuple[tuple[Duty, ...], tuple[str, ...]]:
    """Return the duties that a permission relieves and the words by which they were found.

    The rule's own `targets` (a verb, then words of its object) are sought in the whole document. A rule
    without any takes the verb after the cue (`need not publish`) and seeks it in the same measure. No duty
    found: what is relieved is not known.
    """
    if targets is not None:
        phrases = expand_all(tuple(targets))
        found = [(phrase, duty) for phrase in phrases for duty in all_duties if _asks_for(duty, phrase)]
        words = tuple(dict.fromkeys(phrase for phrase, _ in found)) or phrases
    else:
        verb, thing = _act(text, match.end)
        words = (" ".join((verb, *thing)),) if verb else ()
        found = [
            (verb, duty)
            for duty in measure
            if verb and any(_asks_for(duty, f"{verb} {word}") for word in thing)
        ]
    ids = {duty.id for _, duty in found}
    return tuple(duty for duty in all_duties if duty.id in ids), words


def _act(text: str, start: int) -> tuple[str, tuple[str, ...]]:
    """Return the verb after a permission and the words of its object (`publish`, (`policies`,))."""
    rest = [
        word for word in _words(re.split(r"[.,;:()]", text[start : start + 80])[0]) if word not in _ADVERBS
    ]
    return (rest[0], tuple(word for word in rest[1:] if word not in _SMALL)) if rest else ("", ())


def _asks_for(duty: Duty, phrase: str) -> bool:
    """Say whether a duty asks for an act: its action holds the verb, its own words hold the rest."""
    if duty.force is Force.PERMITTED or duty.negated:
        return False
    verb, *rest = _stems(phrase)
    action = _stems(duty.action)
    if verb not in action:
        return False
    own = _stems(duty.object)
    return all(word in action or word in own for word in rest)


def _words(words: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(words)]


@lru_cache(maxsize=4096)
def _stems(words: str) -> tuple[str, ...]:
    """Return the words of a phrase, each without its ending, in their order."""
    return tuple(_ENDING.sub("", word) if len(word) > 3 else word for word in _words(words))
