"""The words of a failing limb: where they stand in the application, and how they are known."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analyser.applications.read import Application
from analyser.exemptions.grading import words_basis
from analyser.logic.evaluate import atoms
from analyser.model.base import Basis, weakest
from analyser.model.logic import All, AnyOf, AtLeast, Atom, Condition, Not, Term
from analyser.model.text import Measure, Provision, Span

# The words of the level that a kind of harm is said with: `at medium or high risk of` fraud.
_LEVEL_BEFORE = re.compile(
    r"\b(?:at\s+(?:an?\s+)?)?(?:(?:negligible|low|medium|high)(?:\s*,\s*|\s+or\s+|\s+and\s+)?)+\s*risks?\s+(?:of|for)\s+$",
    re.IGNORECASE,
)
_JOIN_AT_END = re.compile(r"[\s;,.:]*(?:\b(?:and|or)\b)?[\s;,.:]*$", re.IGNORECASE)
_LEAD_SPEAKS = re.compile(r"\b(?:risks?|following)\b", re.IGNORECASE)
_LABEL = re.compile(r"\s*\([a-z0-9]+\)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LimbWords:
    """Where the words of a limb stand, and how they are known."""

    span: Span
    basis: Basis


def words_of(text: str, measure: Measure, application: Application, facts: frozenset[str]) -> LimbWords:
    """Return the words that name every fact of some limbs, and how these words are known.

    The words are one run, else the items that hold them; an item that speaks of these facts alone is taken
    whole. The basis is the weakest of the words that name the facts, each as known in the
    innermost item it stands in, not that of the whole paragraph: of ICU C9.1 the sizes are better known than
    the images of its lead-in.
    """
    named = [(fact, _with_level(text, measure, span)) for fact, span in _named(application.condition)]
    spans = sorted((span for fact, span in named if fact in facts), key=lambda span: (span.start, span.end))
    if not spans:
        return LimbWords(application.span, application.basis)
    run = Span(start=spans[0].start, end=max(span.end for span in spans))
    basis = weakest(words_basis(_chain(measure, span), span.of(text)) for span in spans)
    whole = _item(text, measure, run, [span for fact, span in named if fact not in facts])
    place = whole or (run if "\n" not in run.of(text) else _items(text, measure, run, application.span))
    if basis is Basis.QUOTED and words_basis(_chain(measure, place), place.of(text)) is not basis:
        basis = Basis.SECONDARY  # more words than were seen quoted: no quotation marks may stand round them
    return LimbWords(place, basis)


def _with_level(text: str, measure: Measure, span: Span) -> Span:
    """Return a kind of harm with the level of risk said right before it."""
    chain = _chain(measure, span)
    found = _LEVEL_BEFORE.search(text[chain[-1].lead.start : span.start]) if chain else None
    return Span(start=chain[-1].lead.start + found.start(), end=span.end) if found else span


def _item(text: str, measure: Measure, run: Span, others: list[Span]) -> Span | None:
    """Return the words of the item that holds a run, where no fact of other limbs is named in it."""
    chain = _chain(measure, run)
    if len(chain) < 2 or chain[-1].items or any(chain[-1].span.holds(other) for other in others):
        return None
    lead = chain[-1].lead
    label = _LABEL.match(text, lead.start, lead.end)
    start = label.end() if label else lead.start
    end = lead.start + len(_JOIN_AT_END.sub("", lead.of(text)))
    whole = Span(start=start, end=end)
    return whole if whole.holds(run) else None


def _items(text: str, measure: Measure, run: Span, otherwise: Span) -> Span:
    """Return the items of a paragraph, side by side, that hold a run; the whole paragraph or item where its
    lead-in says something of the limbs too (`at high risk of the following`)."""
    chain = _chain(measure, run)
    if not chain:
        return otherwise
    if len(chain) > 1 or _LEAD_SPEAKS.search(chain[0].lead.of(text)):
        return chain[-1].span
    held = [item.span for item in chain[-1].items if item.span.start < run.end and run.start < item.span.end]
    whole = Span(start=held[0].start, end=held[-1].end) if held else chain[-1].span
    return whole if whole.holds(run) and len(held) > 1 else chain[-1].span


def _chain(measure: Measure, span: Span) -> tuple[Provision, ...]:
    """Return the provisions that hold a span, from the paragraph down to the innermost."""
    chain: list[Provision] = []
    inside = measure.application
    while inside:
        found = next((item for item in inside if item.span.holds(span)), None)
        if found is None:
            break
        chain.append(found)
        inside = found.items
    return tuple(chain)


def _named(condition: Condition) -> Iterator[tuple[str, Span]]:
    """Yield every fact a condition names with the place of its words (a defined term's own place for the
    facts of its meaning)."""
    match condition:
        case Atom(fact=fact, span=Span() as span):
            yield fact, span
        case Term(span=Span() as span, meaning=meaning):
            yield from ((atom.fact, span) for atom in atoms(meaning))
        case Not(part=part):
            yield from _named(part)
        case All(parts=parts) | AnyOf(parts=parts) | AtLeast(parts=parts):
            for part in parts:
                yield from _named(part)
        case _:
            return
