"""From a statement to the words of its duty: bearer, modality, force, action, object, conditions, timing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analyser.duties.bearers import PRONOUN, Subject, named, owes, plain, stands_for
from analyser.duties.clauses import condition_spans, read_conditions
from analyser.duties.grammar import Parts, read_parts, without_asides, without_conditions, without_label
from analyser.duties.modals import ADVERB, Modal, find_modal
from analyser.duties.sentences import normalise, tidy
from analyser.duties.statements import Statement, borrowed_modal
from analyser.duties.times import read_timing
from analyser.duties.verbs import is_verb, what_is_to_be
from analyser.model.base import Force
from analyser.model.text import Provision, Span

_NONE = re.compile(r"\s*(?:no|neither|nor|none|nobody|no-one)\b", re.IGNORECASE)  # `no provider may` forbids
_SECURES = re.compile(
    r"^\W*(?:\w+ly\s+)*(?:(?:ensur|secur|procur|guarante|arrang|see)\w*|make\s+(?:sure|certain)|(?:take|"
    r"adopt|put)\b[^:]{0,60}?\b(?:steps|measures|action|care)\b)",
    re.IGNORECASE,
)
_EITHER = re.compile(r"\W+(?:and\s+)?(?:should\s+)?(?:either|both)\s*:?\s*$", re.IGNORECASE)
# A lead-in that leaves the verb to its items: `The provider should:` or `should either:`.
_LEAVES_TO_ITEMS = re.compile(
    rf"(?:{ADVERB}|do\s+(?:all|each|both|one\s+or\s+more|either)?\s*(?:of\s+)?the\s+following(?:\s+\w+)?|"
    rf"and|should|all|each|one|any)"
    rf"(?:\W+(?:{ADVERB}|and|should|of|the\s+following))*",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"\b(?:given|offered|sent|shown|granted|afforded|allowed|paid|handed|issued|denied|refused|lent|taught)$",
    re.IGNORECASE,
)
_POSSIBLE = re.compile(
    r"\s*(?:not\s+)?be\s+(?:\w+ly\s+)?(?:possible|easy|simple|clear|apparent|evident|plain|open|as\s+\w+|"
    r"impossible|no\s+\w+er)\b",
    re.IGNORECASE,
)
_THAT_WHICH = re.compile(r"\b(?:why|that|how|whether|what)\b", re.IGNORECASE)
_OBJECT_IN_ITEMS = re.compile(
    r"(?:^|\b(?:so that|that|to|for|of|are|is|it|including|regard to|covering|with|at least))$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class DutyWords:
    """What is read from one statement; `deed` and `whole` are its words as function rules compare them.

    `deed` is the action, with what is to be the case where the action only makes sure of it; `whole` is the
    statement with its items.
    """

    bearer: str
    modality: str
    negated: bool
    force: Force
    action: str
    object: str
    conditions: tuple[str, ...]
    timing: str
    deed: str
    whole: str
    subject: Subject | None = None


def read_words(
    statement: Statement, text: str, statutory: bool = False, earlier: Sequence[Subject] = ()
) -> DutyWords:
    """Read the words of a statement; `earlier` are the subjects of the measure's statements before it.

    A passive without `by` has no bearer, and what it acts upon is its object; nor has a thing that is to be
    or to show something.
    """
    sentence = statement.sentence.of(text)
    modal = _modal(statement, sentence, text)
    predicate = sentence[modal.end :]
    items = [_item(item, text) for item in statement.items]
    either = _EITHER.search(predicate) if items else None
    leaves = bool(items) and (either is not None or _leaves_to_items(predicate))
    parts = read_parts(predicate[: either.start()] if either else "" if leaves else predicate)
    complement = parts.complement
    action, thing, further = parts.action, parts.object, list(parts.further)
    if leaves:
        inner = [read_parts(item) for item in items]
        action = "; ".join(dict.fromkeys(part.action for part in (parts, *inner) if part.action))
        thing = "; ".join(dict.fromkeys(part.object for part in (parts, *inner) if part.object))
        complement = any(part.complement for part in inner)
        further = [*further, *(verb for part in inner for verb in part.further)]
    elif items:
        further += _verbs_of_items(predicate, items)
        if _OBJECT_IN_ITEMS.search(thing):
            thing = tidy(f"{thing} {'; '.join(items)}")
    whole = " ".join(span.of(text) for span in statement.scope)
    subject = _subject(statement, sentence, modal, predicate, parts, text, earlier)
    bearer = _bearer(parts, subject)
    none_may = bool(_NONE.match(sentence[slice(*modal.bearer)]))
    acted_upon = parts.passive or (parts.state and not bearer)
    return DutyWords(
        bearer=bearer,
        modality=modal.said,
        negated=modal.negated or none_may,
        force=modal.force(statutory, forbids=none_may),
        action=_with_further(action, further),
        object=_thing(subject, thing, parts) if acted_upon else thing,
        conditions=_all_conditions(statement, sentence, modal, text, leaves),
        timing=_timing(statement, modal, text, leaves),
        deed=normalise(f"{action} ; {thing}" if complement else action),
        whole=normalise(whole),
        subject=subject,
    )


def _with_further(action: str, further: list[str]) -> str:
    """Return an action with the verbs beyond its first, each once, at most five."""
    said = action.lower().split()
    more = [verb for verb in dict.fromkeys(further) if verb.lower() not in said]
    return "; ".join(part for part in (action, *more[:5]) if part)


def _leaves_to_items(predicate: str) -> bool:
    """Say whether a lead-in has no verb of its own: `should, in respect of each berth:`."""
    bare = without_asides(without_conditions(predicate)).strip(" ,:;.")
    return not bare or _LEAVES_TO_ITEMS.fullmatch(bare) is not None


def _without_opener(item: str) -> str:
    """Return an item without a condition that opens it: `where it can, logs` is `logs`."""
    spans = condition_spans(item)
    return item[spans[0][1] :].lstrip(" ,") if spans and spans[0][0] == 0 else item


def _verbs_of_items(predicate: str, items: list[str]) -> list[str]:
    """Return the verbs of items that complete a clause: `ensure that:` its verbs, `take steps to:` theirs."""
    be = re.search(r"\bthat\b[^:]*\b(is|are|it|they)\s*:?\s*$", predicate)
    if be and _SECURES.search(predicate):
        return [verb for item in items for verb in what_is_to_be(f"{be[1]} {_without_opener(item)}")]
    opened = re.search(r"\b(that|to|by)(?:\s+(?:it|they|the\s+\w+))?\s*:?\s*$", predicate)
    if opened is None:
        return []
    if opened[1] == "to" and all(is_verb(item.split()[0]) for item in items if item.split()):
        return [re.sub(rf"^(?:{ADVERB}\s+)+", "", item).split()[0] for item in items if item]
    if opened[1] == "that" and _SECURES.search(predicate):
        return [verb for item in items for verb in what_is_to_be(item)[:1]]
    return []


def _modal(statement: Statement, sentence: str, text: str) -> Modal:
    """Return the modal of the sentence, or the one that a clause with a borrowed bearer begins with."""
    if statement.bearer_from is None:
        found = find_modal(sentence)
        if found is not None:
            return found
    match = borrowed_modal(sentence)
    return (
        Modal(match.start("modal"), match.end("modal"), match["modal"], (0, 0))
        if match
        else Modal(0, 0, "", (0, 0))
    )


def _subject(
    statement: Statement,
    sentence: str,
    modal: Modal,
    predicate: str,
    parts: Parts,
    text: str,
    earlier: Sequence[Subject],
) -> Subject | None:
    """Return who or what stands before the modal, or after it in a turned sentence; None if no one."""
    words = sentence[slice(*modal.bearer)]
    before = sentence[: modal.bearer[0]]
    if statement.bearer_from is not None:
        lender = statement.bearer_from.of(text)
        lent = find_modal(lender)
        words = lender[slice(*lent.bearer)] if lent else ""
        before = lender[: lent.bearer[0]] if lent else ""
    said = plain(words)
    if not said:
        return None
    if PRONOUN.match(said):
        lead_in = statement.lead_in.of(text) + " " if statement.lead_in else ""
        meant = stands_for(said, lead_in + before, earlier)
        if said.lower() == "it" and _POSSIBLE.match(predicate):
            return None
        expletive = said.lower() == "it" and _THAT_WHICH.search(parts.object)
        return None if parts.passive and expletive else (meant or Subject(said, True))
    found = plain(named(words))
    return Subject(found, owes(words, "" if parts.passive else predicate), parts.passive)


def _bearer(parts: Parts, subject: Subject | None) -> str:
    if parts.passive:
        return plain(parts.agent)
    return subject.words if subject and subject.owes else ""


def _thing(subject: Subject | None, rest: str, parts: Parts) -> str:
    """Return what a passive acts upon: its subject, or what follows its verb if that is what is given, or if
    the sentence names no subject."""
    given = _GIVEN.search(parts.action) and re.match(
        r"(?!(?:in|on|at|by|to|for|of|with|from|through|via|per|over|within|under|without|before|after|only|"
        r"as|so|out|and|or|not|why|how|what|whether|that|when|where|free)\b|\w+ly\b)\w",
        rest,
        re.IGNORECASE,
    )
    if subject is None:
        said = _THAT_WHICH.search(rest)
        return rest[said.start() :] if said else rest
    return rest if given else subject.words


def _timing(statement: Statement, modal: Modal, text: str, leaves: bool) -> str:
    """Return the words of time of the statement, those of its conditions left out."""
    ends_open = False
    found: list[str] = []
    for place, span in enumerate(statement.scope):
        words = span.of(text)
        own = span == statement.sentence
        besides = condition_spans(words, modal.bearer[0] if own else 0)
        if span == statement.lead_in or not (ends_open and place):
            found.append(read_timing(words, besides))
        ends_open = ends_open or bool(
            own
            and statement.items
            and besides
            and not leaves
            and tidy(words[besides[-1][0] :]) == tidy(words[slice(*besides[-1])])
        )
    return "; ".join(dict.fromkeys(part for one in found for part in one.split("; ") if part))


def _all_conditions(
    statement: Statement, sentence: str, modal: Modal, text: str, leaves: bool
) -> tuple[str, ...]:
    """Return the conditions of the lead-in, the sentence, the items (each with its label) and the tail."""
    found: list[str] = []
    if statement.lead_in:
        found.extend(read_conditions(statement.lead_in.of(text)))
    own = read_conditions(sentence, modal.bearer[0])
    if statement.items and own and not leaves and tidy(sentence).endswith(own[-1]):
        own = (*own[:-1], f"{own[-1]} {'; '.join(_item(item, text) for item in statement.items)}")
    found.extend(own)
    for item in statement.items:
        for part in item.walk():
            found.extend(f"{part.label} {condition}" for condition in read_conditions(part.lead.of(text)))
    if statement.tail:
        found.extend(read_conditions(statement.tail.of(text)))
    return tuple(found)


def _item(item: Provision, text: str) -> str:
    """Return an item's own words and those of the items below it, without labels and joining words."""
    spans: list[Span] = [span for part in item.walk() for span in (part.lead, part.tail) if span]
    words = (re.sub(r"[;,]?\s*(?:and|or)?\s*$", "", span.of(text)) for span in spans)
    return tidy(without_label(" ".join(words)))
