"""How a qualifier is known, what makes it precise, and which exception excepts another."""

import re
from collections.abc import Sequence

from analyser.exemptions.places import Part, Place, Places
from analyser.exemptions.settle import Candidate
from analyser.exemptions.tokens import Match
from analyser.model.base import Basis, Effect, Kind, Nature, weakest
from analyser.model.text import Document, Provision, Span

_PARALLEL = re.compile(r"\b(?:or|and)\b,?\s*(?:\w+\s+){0,1}$", re.IGNORECASE)
_ALTERNATIVE = re.compile(r"\bor\b", re.IGNORECASE)
_ENDS_IN_OR = re.compile(r"\bor[\s;,:]*$", re.IGNORECASE)
_ANOTHER_NORM = re.compile(r"\b(?:should|must|shall|may|need not)\b", re.IGNORECASE)
_EXCEPT_WORD = re.compile(r"\b(?:unless|except|save|exclud\w+|other than)\b", re.IGNORECASE)


def basis_of(place: Place, quote: str) -> Basis:
    """Return how the words of a qualifier are known.

    The shortest phrase with a basis of its own that holds the words decides. Where only parts of the words
    have one, the weakest of the parts and of the provision's text decides; else the provision's text does.
    Phrases are sought from the innermost provision outwards. A text that is `quoted` was seen quoted and is
    restated here, so words outside its declared phrases are ours and count as `secondary` at most: no
    quotation marks stand round them. Example: of ICU D2.2(c), `reasonably necessary steps` is quoted, `only
    reasonably necessary steps` is secondary. Words of a file that is read as it is are its own throughout.
    """
    return words_basis(place.chain, quote)


def words_basis(chain: Sequence[Provision], quote: str) -> Basis:
    """Return how words are known that stand in the last of a chain of provisions, the outermost first."""
    if not chain:
        return Basis.UNKNOWN
    words = quote.lower()
    for provision in reversed(chain):
        holding = [one for one in provision.phrases if words in one.phrase.lower()]
        if holding:
            shortest = min(len(one.phrase) for one in holding)
            return weakest(one.basis for one in holding if len(one.phrase) == shortest)
    parts = [one.basis for provision in chain for one in provision.phrases if one.phrase.lower() in words]
    text = chain[-1].text_basis
    restated = text is Basis.QUOTED and not chain[-1].exact
    return weakest([*parts, Basis.SECONDARY if restated else text])


def made_precise(document: Document, places: Places, candidate: Candidate, precise: Sequence[Match]) -> str:
    """Return where a vague term is made exact, e.g. `ICU C9.u4: at least every six months`; `` when nowhere.

    Looked for are a definition of the very term, and the rule's `precise_when` words in the recommendation of
    the same measure, nearest first.
    """
    match, measure = candidate.match, candidate.place.measure
    quote = document.text[match.start : match.end].lower()
    for definition in document.definitions:
        if definition.term.lower() in (quote, quote.removesuffix("s")):
            return f"{definition.provision.number}: {definition.term}"
    if measure is None:
        return ""
    spans = [(place.name, place.span) for place in places.of_measure(measure)]
    near: list[tuple[int, int, str]] = []
    for one in precise:
        name = next((name for name, span in spans if span.holds(Span(start=one.start, end=one.end))), None)
        if name and not one.overlaps(match.start, match.end):
            near.append(
                (
                    abs(one.start - match.start),
                    one.start - one.end,
                    f"{name}: {document.text[one.start : one.end]}",
                )
            )
    return min(near)[2] if near else ""


def repeated_from(text: str, places: Places, candidate: Candidate, cues: Sequence[Match]) -> str:
    """Return the place in the measure's application that the candidate's words repeat, `` for none.

    The condition must be one without which the measure does not apply: neither it nor an item it stands in is
    one of several alternatives. Example: the existing means of ICU F1.u1 repeat ICU F1.1(a).
    """
    if candidate.place.measure is None:
        return ""
    for place in places.of_measure(candidate.place.measure, Part.APPLICATION):
        here = any(place.span.start <= one.start and one.end <= place.span.end for one in cues)
        if here and not _ALTERNATIVE.search(place.span.of(text).rstrip(" ;,.").removesuffix(" and")):
            beside = [one for above in place.chain[:-1] for one in above.items]
            if not any(_ENDS_IN_OR.search(one.lead.of(text)) for one in beside):
                return place.name
    return ""


def _goes_back(text: str, first: Candidate, second: Candidate) -> bool:
    """Say whether a clause of exception goes back on an exception, a permission or a choice before it."""
    if second.opened is None or second.opened.opens not in ("exception", "exclusion"):
        return False
    between = text[first.match.end : second.match.start]
    words = text[second.match.start : second.match.end].lower()
    if _ANOTHER_NORM.search(between) or (_PARALLEL.search(between) and not words.startswith("even then")):
        return False
    if first.rule.kind is Kind.DISCRETION and words.startswith(("save that", "except that")):
        return True
    if first.rule.nature is Nature.PERMISSION:
        return True
    return first.rule.nature is Nature.EXCEPTION and first.rule.effect is not Effect.SOFTENS


def excepts(text: str, first: Candidate, second: Candidate) -> bool:
    """Say whether the second candidate is an exception to the first, itself one (`except ..., unless ...`).

    Both stand in one sentence and the second is opened by words of exception of its own; exceptions joined by
    `or` stand side by side.
    """
    if first.clause.sentence != second.clause.sentence or first.match.end > second.match.start:
        return False
    if second.opened is not None:
        return _goes_back(text, first, second)
    if first.rule.nature is not Nature.EXCEPTION or first.rule.effect is Effect.SOFTENS:
        return False
    between = second.match.start - first.match.end
    opening = text[first.match.end : second.match.end]
    word = _EXCEPT_WORD.search(opening)
    return word is not None and word.start() <= between and not _PARALLEL.search(opening[: word.start()])
