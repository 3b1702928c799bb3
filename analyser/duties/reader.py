"""From a statement to the words of its duty: bearer, modality, force, action, object, conditions, timing."""

import re
from dataclasses import dataclass

from analyser.duties.grammar import Parts, read_conditions, read_parts, read_timing, without_label
from analyser.duties.modals import Modal, find_modal, is_agent
from analyser.duties.sentences import normalise, tidy
from analyser.duties.statements import Statement
from analyser.model.base import Force
from analyser.model.text import Provision, Span

_PRONOUN = re.compile(r"^(?:it|they|he or she|this|these|those)$", re.IGNORECASE)
_ARTICLE = re.compile(r"(?:the|an?|each|every|any|all|no)\s", re.IGNORECASE)
_NONE = re.compile(r"\s*(?:no|neither)\b", re.IGNORECASE)  # `no provider may` forbids
_ACTOR = re.compile(r"\b(?:the|an?|each|every|any)\s+(?:[\w’'-]+\s+){0,2}?[\w’'-]+(?=\s)", re.IGNORECASE)
# A lead-in that leaves the verb to its items: `The provider should:` or `should either:`.
_LEAVES_TO_ITEMS = re.compile(r"(?:^|\W+(?:and\s+)?(?:should\s+)?(?:either|both))\s*:?\s*$", re.IGNORECASE)
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


def read_words(statement: Statement, text: str, statutory: bool = False) -> DutyWords:
    """Read the words of a statement.

    A passive without `by` has no bearer, and what it acts upon is its object.
    """
    sentence = statement.sentence.of(text)
    modal = _modal(statement, sentence, text)
    predicate = sentence[modal.end :]
    items = [_item(item, text) for item in statement.items]
    leaves = _LEAVES_TO_ITEMS.search(predicate) if items else None
    parts = read_parts(predicate[: leaves.start()] if leaves else predicate)
    complement = parts.complement
    action, thing = parts.action, parts.object
    if leaves:
        inner = [read_parts(item) for item in items]
        action = "; ".join(dict.fromkeys(part.action for part in (parts, *inner) if part.action))
        thing = "; ".join(dict.fromkeys(part.object for part in (parts, *inner) if part.object))
        complement = any(part.complement for part in inner)
    elif items and _OBJECT_IN_ITEMS.search(thing):
        thing = tidy(f"{thing} {'; '.join(items)}")
    whole = " ".join(span.of(text) for span in statement.scope)
    bearer = _bearer(statement, sentence, modal, parts, text)
    none_may = bool(_NONE.match(sentence[slice(*modal.bearer)]))
    return DutyWords(
        bearer=bearer,
        modality=re.sub(r"\s+(?:also|therefore|instead|still)\b", "", " ".join(modal.words.split()).lower()),
        negated=modal.negated or none_may,
        force=modal.force(statutory, forbids=none_may),
        action=action,
        object=_subject(sentence, modal, thing) if parts.passive else thing,
        conditions=_all_conditions(statement, sentence, modal, text),
        timing=read_timing(whole),
        deed=normalise(f"{action} ; {thing}" if complement else action),
        whole=normalise(whole),
    )


def _modal(statement: Statement, sentence: str, text: str) -> Modal:
    """Return the modal of the sentence, or the one that a clause with a borrowed bearer begins with."""
    if statement.bearer_from is None:
        found = find_modal(sentence)
        if found is not None:
            return found
    match = re.match(
        r"\s*(?:may|need|should|must|shall)(?:\s+(?:also|only))?(?:\s+not)?\b", sentence, re.IGNORECASE
    )
    end = match.end() if match else 0
    return Modal(0, end, sentence[:end], (0, 0))


def _bearer(statement: Statement, sentence: str, modal: Modal, parts: Parts, text: str) -> str:
    if parts.passive:
        return _plain(parts.agent)
    if statement.bearer_from is not None:
        lender = statement.bearer_from.of(text)
        lent = find_modal(lender)
        return _plain(lender[slice(*lent.bearer)]) if lent else ""
    named = _plain(sentence[slice(*modal.bearer)])
    if _PRONOUN.match(named):
        before = (
            " ".join(span.of(text) for span in (statement.lead_in,) if span)
            + " "
            + sentence[: modal.bearer[0]]
        )
        actors = [match[0] for match in _ACTOR.finditer(before) if is_agent(match[0])]
        return _plain(actors[0]) if actors else named
    return named


def _plain(bearer: str) -> str:
    """Return a bearer as it stands inside a sentence: `The provider` is `the provider`."""
    words = tidy(bearer)
    return words[:1].lower() + words[1:] if _ARTICLE.match(words) else words


def _subject(sentence: str, modal: Modal, rest: str) -> str:
    """Return what a passive acts upon, or what follows its verb where the sentence names no subject."""
    return tidy(sentence[slice(*modal.bearer)]) or rest


def _all_conditions(statement: Statement, sentence: str, modal: Modal, text: str) -> tuple[str, ...]:
    """Return the conditions of the lead-in, the sentence, the items (each with its label) and the tail."""
    found: list[str] = []
    if statement.lead_in:
        found.extend(read_conditions(statement.lead_in.of(text)))
    own = read_conditions(sentence, modal.bearer[0])
    if statement.items and own and tidy(sentence).endswith(own[-1]):
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
