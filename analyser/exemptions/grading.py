"""How a qualifier is known, what makes it precise, and which exception excepts another."""

import re
from collections.abc import Sequence

from analyser.exemptions.places import Place, Places
from analyser.exemptions.settle import Candidate
from analyser.exemptions.tokens import Match
from analyser.model.base import Basis, Effect, Nature, weakest
from analyser.model.text import Document, Span

_PARALLEL = re.compile(r"\b(?:or|and)\b,?\s*(?:\w+\s+){0,1}$", re.IGNORECASE)
_EXCEPT_WORD = re.compile(r"\b(?:unless|except|save|exclud\w+|other than)\b", re.IGNORECASE)


def basis_of(place: Place, quote: str) -> Basis:
    """Return how the words of a qualifier are known.

    The shortest phrase with a basis of its own that holds the words decides. Where only parts of the words
    have one, the weakest of the parts and of the provision's text decides; else the provision's text does.
    Phrases are sought from the innermost provision outwards.
    """
    inner = place.innermost
    if inner is None:
        return Basis.UNKNOWN
    words = quote.lower()
    for provision in reversed(place.chain):
        holding = [one for one in provision.phrases if words in one.phrase.lower()]
        if holding:
            shortest = min(len(one.phrase) for one in holding)
            return weakest(one.basis for one in holding if len(one.phrase) == shortest)
    parts = [
        one.basis for provision in place.chain for one in provision.phrases if one.phrase.lower() in words
    ]
    return weakest([*parts, inner.text_basis])


def made_precise(document: Document, places: Places, candidate: Candidate, precise: Sequence[Match]) -> str:
    """Return where a vague term is made exact, e.g. `ICU C9.u4: at least every six months`; `` when nowhere.

    Looked for are a definition of the very term, and the rule's `precise_when` words in the recommendation of
    the same measure, nearest first.
    """
    match, measure = candidate.match, candidate.place.measure
    quote = document.text[match.start : match.end].lower()
    for definition in document.definitions:
        if definition.term.lower() == quote:
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


def excepts(text: str, first: Candidate, second: Candidate) -> bool:
    """Say whether the second candidate is an exception to the first, itself one (`except ..., unless ...`).

    Both stand in one sentence and the second is opened by words of exception of its own; exceptions joined by
    `or` stand side by side.
    """
    if first.rule.nature is not Nature.EXCEPTION or first.rule.effect is Effect.SOFTENS:
        return False
    if first.clause.sentence != second.clause.sentence or first.match.end > second.match.start:
        return False
    between = second.match.start - first.match.end
    opening = text[first.match.end : second.match.end]
    word = _EXCEPT_WORD.search(opening)
    return word is not None and word.start() <= between and not _PARALLEL.search(opening[: word.start()])
