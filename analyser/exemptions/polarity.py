"""The clause in which a cue stands, and whether the words around it make it a way out or the opposite."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analyser.duties.sentences import split_sentences
from analyser.exemptions.openers import Clause as Opened
from analyser.exemptions.places import Place
from analyser.exemptions.tokens import Match
from analyser.model.base import Kind
from analyser.model.text import Span

# Words that open an exception anywhere before the cue in its sentence; others must stand in its own clause.
_EXCEPTS = re.compile(
    r"\b(?:unless|except|save|exclud\w+|other than|subject to|does not apply|do not apply)\b", re.IGNORECASE
)
_OPENS_EXCEPTION = re.compile(r"(?:unless|except|save|with the exception)(?:\s+\w+){0,3}", re.IGNORECASE)
_CONDITION_OPENS = re.compile(
    r"\s*(?:where|wherever|when|whenever|if|as soon as|in (?:any |all |the )?(?:cases?|circumstances|"
    r"event)|given that|on condition|on \w+ing|unless|except|save|so far as|as far as|insofar as|"
    r"in so far as|"
    r"to the extent|once|upon|after|before|until|subject to|in the case of|in respect of|provided)\b",
    re.IGNORECASE,
)
# Words that concede a case and so hold the duty there too: `even where doing so is disproportionate`.
_CONCEDES = re.compile(
    r"\b(?:even\s+(?:if|where|when|though|in\s+cases?\s+where)|whether\s+or\s+not)\b", re.IGNORECASE
)
_EXCEPTING = re.compile(r"\b(?:unless|except|save)\b", re.IGNORECASE)
_OPENS_CASE = re.compile(r"\b(?:unless|except|save|where|when|if|so far|as far|extent)\b", re.IGNORECASE)
_ALL_THE_SAME = re.compile(
    r"\b(?:should|must|shall)\s+(?:still|nonetheless|nevertheless|all the same)\b", re.IGNORECASE
)
_ASKS = re.compile(
    r"\b(?:whether|what|how|why)\b(?!\s+or\s+not)(?:(?!\b(?:where|when|if|unless|except|save|far|"
    r"extent|should|must|shall)\b)[^,;.])*$",
    re.IGNORECASE,
)
_ILLUSTRATES = re.compile(
    r"(?:for example|for instance|by way of (?:example|illustration)|e\.g\.)", re.IGNORECASE
)
_MAY_INCLUDE = re.compile(
    r"\b(?:may|might|could|can)\s+(?:for example\s+|, for example,\s+)?(?:include|comprise|consist)\b",
    re.IGNORECASE,
)
_OTHER_NORM = re.compile(r"\b(?:should|must|shall|need not|required)\b", re.IGNORECASE)
_POINTS = re.compile(
    r"\s+(?:the\s+(?:provisions|requirements)\s+of\s+)?(?:(?:sub-?)?paragraphs?|points?|items?|"
    r"sections?|measures?|recommendations?)\s+\(?[A-Z]{0,4}\s?\d+[.(]",
    re.IGNORECASE,
)
_IMMATERIAL = re.compile(
    r"\b(?:(?:it|that|this)\s+(?:is|being|shall be)\s+(?:immaterial|irrelevant|of no (?:consequence|"
    r"moment|account|importance))|does not matter|matters not|no matter|makes no difference|"
    r"(?:is|are|shall be|being)\s+(?:no|not (?:an?|in itself an?))\s+(?:reason|excuse|ground|defence|"
    r"answer|justification|bar)|(?:does|do|shall) not (?:dispense|relieve|excuse|release|exempt|"
    r"absolve|discharge|free)|"
    r"nor (?:is|are) [^,.;]{1,40} (?:excused|released|relieved|exempt))\b[^,;.]*$",
    re.IGNORECASE,
)
_DISAPPLIES = re.compile(
    r"\b(?:(?:does|do|shall|will)\s+not\s+apply|need\s+not|disappl\w+|exempt\w*|excused|"
    r"not\s+(?:be\s+)?(?:required|obliged|expected))\b",
    re.IGNORECASE,
)
_OF_ABILITY = re.compile(
    r"feasib|possib|practicab|achievab|\bunable\b|\bable\b|\bcapab|\bincapab|\bcannot\b|\bcan\b|"
    r"permits?\b|allows?\b",
    re.IGNORECASE,
)
_IN_ITS_PLACE = re.compile(r"\binstead\b(?!\s+of)|\bor,?\s+(?:if|where|when)\b", re.IGNORECASE)
_NEGATIVE = re.compile(
    r"\b(?:not|cannot|never|unable|infeasible|unfeasible|impossible|impracticable|impractical|"
    r"unworkable|unachievable|incapable|inability)\b|n['’]t\b",
    re.IGNORECASE,
)
PSEUDO_CUE_REACH = 8  # words between a pseudo-cue such as `regardless of` and the cue that it takes back
_SENTENCE_PART = re.compile(r"[;:]")


@dataclass(frozen=True, slots=True)
class Clause:
    """The words around a cue: its sentence, its part between semicolons or colons, that between commas."""

    sentence: Span
    part: Span
    inner: Span


def clause_of(text: str, place: Place, match: Match) -> Clause:
    """Return the clause of a match within the words of its place."""
    sentences = split_sentences(text, place.span)
    sentence = next(
        (one for one in sentences if one.start <= match.start and match.end <= one.end), place.span
    )
    part = _between(text, sentence, match, _SENTENCE_PART)
    return Clause(sentence, part, _between(text, part, match, re.compile(",")))


def leading(text: str, clause: Clause) -> bool:
    """Say whether the cue stands in a condition that opens its sentence (`Where ..., it should`)."""
    opens = clause.inner.start - clause.sentence.start <= 1
    return (
        opens
        and bool(_CONDITION_OPENS.match(text, clause.sentence.start))
        and clause.inner.end < clause.sentence.end
    )


def lead_ins(text: str, place: Place) -> tuple[Span, ...]:
    """Return the last sentence of each lead-in above the place, innermost first: its items complete it."""
    above = place.chain[:-1] if not place.is_tail else ()
    return tuple(
        split_sentences(text, provision.lead)[-1]
        for provision in reversed(above)
        if provision.lead.of(text).strip()
    )


def pseudo_cue(text: str, match: Match, clause: Clause, against: Sequence[Match]) -> Match | None:
    """Return the pseudo-cue that takes a match back: over it, or a few words off in its clause."""
    for other in against:
        if other.overlaps(match.start, match.end):
            return other
        between = text[other.end : match.start] if other.end <= match.start else text[match.end : other.start]
        if _within(other, clause.inner) and len(between.split()) <= PSEUDO_CUE_REACH:
            return other
    return None


def concession(text: str, match: Match, clause: Clause) -> Span | None:
    """Return the words before a cue in its clause by which the duty holds in that case too (`even where`)."""
    found = [
        one for one in _CONCEDES.finditer(text, clause.inner.start, match.end) if one.start() < match.start
    ]
    if not found:
        return None
    between = text[found[-1].end() : max(found[-1].end(), match.start)]
    if len(between.split()) > PSEUDO_CUE_REACH or _EXCEPTS.search(between):
        return None
    return Span(start=found[-1].start(), end=found[-1].end())


def aside(text: str, sentence: Span, match: Match, kind: Kind, opened: Opened | None) -> str:
    """Return why words take nothing: an illustration, a pointer, a ground denied; `` where they may."""
    words = sentence.of(text)
    if _ILLUSTRATES.match(words) or (
        _MAY_INCLUDE.search(words) and not _OTHER_NORM.search(_MAY_INCLUDE.sub("", words))
    ):
        return "stands in an illustration"
    if opened is not None and opened.opens == "subject" and _POINTS.match(text, opened.inside):
        return "points to words of this text that are read where they stand"
    if opened is not None and opened.opens == "relative" and _ALL_THE_SAME.search(words):
        return "stands in a statement that holds the duty all the same"
    if (
        kind in (Kind.FEASIBILITY, Kind.PROPORTIONALITY)
        and opened is None
        and _ASKS.search(text[sentence.start : match.start])
    ):
        return "is what the duty is about"
    if _IMMATERIAL.search(text[sentence.start : match.start]):
        return "is said not to matter"
    return ""


def lets_off_the_able(text: str, match: Match, clause: Clause, opening: Span | None) -> bool:
    """Say whether words of ability name the case in which a thing can be done as the exception, or that in
    which it cannot as the condition: neither lets off who cannot.

    `unless it is technically feasible to restore` and `where removal is not feasible, the provider should
    restrict access` (a duty that begins there) are both such; `opening` is the word that opens the case.
    """
    if not _OF_ABILITY.search(text, match.start, match.end):
        return False
    start = clause.inner.start
    if opening and clause.part.start <= opening.start < match.start:
        start = min(start, opening.start)
    words = text[start : match.end]
    if opening and not clause.sentence.start <= opening.start < clause.sentence.end:
        words = f"{opening.of(text)} {words}"
    begins = [one.start() for one in _OPENS_CASE.finditer(words)]
    cannot = len(_NEGATIVE.findall(words, begins[-1] if begins else 0)) % 2 == 1
    if _EXCEPTING.search(words):
        return not cannot
    if cannot:
        sentence = clause.sentence.of(text)
        return not (_DISAPPLIES.search(sentence) or _IN_ITS_PLACE.search(sentence))
    return bool(_DISAPPLIES.search(text, clause.part.start, match.start))


def excepting(text: str, match: Match, clause: Clause) -> bool:
    """Say whether a cue stands after words of exception in its clause, or holds them."""
    return bool(_EXCEPTING.search(text, clause.inner.start, match.end))


@dataclass(frozen=True, slots=True)
class Support:
    """The words that make a cue a way out; `above`: in a lead-in, so that it governs the whole statement."""

    start: int
    end: int
    above: bool


def support(
    text: str, match: Match, clause: Clause, above: Sequence[Span], needed: Sequence[Match]
) -> Support | None:
    """Return the needed words: in the cue's clause, else an exception opened before it, else in a lead-in."""
    near = [one for one in needed if _within(one, clause.inner)]
    near += [
        one
        for one in needed
        if one.start < match.start and _within(one, clause.part) and _EXCEPTS.search(text, one.start, one.end)
    ]
    if near:
        best = min(near, key=lambda one: (abs(one.start - match.start), one.start, one.end))
        return Support(best.start, best.end, above=False)
    for lead in above:
        over = [one for one in needed if _within(one, lead)]
        if over:
            return Support(over[-1].start, over[-1].end, above=True)
    return None


def opens_exception(words: str) -> bool:
    """Say whether words only open an exception and name no ground (`unless`, `except where`)."""
    return bool(_OPENS_EXCEPTION.fullmatch(words))


def _within(match: Match, span: Span) -> bool:
    return span.start <= match.start and match.end <= span.end


def _between(text: str, within: Span, match: Match, mark: re.Pattern[str]) -> Span:
    """Return the stretch of `within` around a match up to the nearest marks that stand outside numbers."""
    start, end = within.start, within.end
    for found in mark.finditer(text, within.start, within.end):
        if (
            text[found.start() - 1 : found.start()].isdigit()
            and text[found.end() : found.end() + 1].isdigit()
        ):
            continue
        if found.end() <= match.start:
            start = found.end()
        elif found.start() >= match.end:
            end = found.start()
            break
    return Span(start=start, end=end)
