"""From a paragraph and its items to its norms; what is no norm is kept as an explanation, never dropped."""

import re
from collections.abc import Iterator

from analyser.duties.modals import ADVERB, MODAL, find_modal
from analyser.duties.sentences import split_sentences, trim
from analyser.model.base import Basis, Frozen, weakest
from analyser.model.text import Provision, Span

_SECOND_CLAUSE = re.compile(
    r";\s+(?:(?:and|but|or)\s+)?(?=\w)"
    r"|,\s+(?:but|and|although|though|yet)\s+(?=(?:the|an?|it|they|each|any|no|neither|providers?)\b)"
    rf"|\s*,?\s+(?:and|but|or|nor|yet|though)\s+(?=(?:{ADVERB}\s+)?(?:may|need\s+not|should|must|shall|"
    rf"ought)\b)"
    r"|\s*,?\s+(?:and|but|or|yet)(?=,\s+[^,;:.]{3,120},\s+(?:may|need\s+not|should|must|shall|ought)\b)",
    re.IGNORECASE,
)
_BORROWS = re.compile(rf"\W*(?:[^,;:.]{{3,120}},\s+)?(?:{ADVERB}\s+)?(?P<modal>{MODAL})", re.IGNORECASE)
# After these words the items complete the sentence, so that an item with a modal of its own is still no
# statement of its own.
_COMPLETED_BY_ITEMS = re.compile(
    r"\b(?:that|so that|which|whether|how|if|where|when|whose|who|of|to|by|for|with|"
    r"including|covering)\s*:?\s*$",
    re.IGNORECASE,
)
_JOINS = re.compile(r"\W*(?:and|but|or|nor)\b\s*", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"^\W*\[[^\]]*\]\W*$")


class Statement(Frozen):
    """One norm before its words are read: where it stands and the spans whose words it carries.

    `sentence` holds the bearer and the modal; `bearer_from` a sentence that lends its bearer (`..., but need
    not publish them`).
    `items` are the provisions that complete the sentence; `tail` governs them all.
    """

    provision: Provision
    span: Span
    sentence: Span
    lead_in: Span | None = None
    bearer_from: Span | None = None
    items: tuple[Provision, ...] = ()
    tail: Span | None = None
    basis: Basis = Basis.UNKNOWN

    @property
    def scope(self) -> tuple[Span, ...]:
        """The spans whose words the statement carries, in the order of the text."""
        spans = [span for span in (self.lead_in, self.sentence, self.tail) if span]
        for item in self.items:
            spans.extend(span for part in item.walk() for span in (part.lead, part.tail) if span)
        return tuple(sorted(spans, key=lambda span: (span.start, span.end)))


class Explanation(Frozen):
    """Words of a recommendation that lay down no norm: a definition, an explanation, an example."""

    span: Span
    provision: str
    measure: str = ""


def read_statements(paragraph: Provision, text: str) -> tuple[tuple[Statement, ...], tuple[Explanation, ...]]:
    """Return the norms and the explanations of a paragraph, each in the order of the text.

    A lead-in with its items is one statement; an item (or a later sentence of one) with a bearer and a modal
    of its own is another.
    """
    statements: list[Statement] = []
    explanations: list[Explanation] = []
    for found in _read(paragraph, text, None):
        if isinstance(found, Statement):
            statements.append(found)
        else:
            explanations.append(found)
    statements.sort(key=lambda one: (one.sentence.start, one.sentence.end))
    explanations.sort(key=lambda one: (one.span.start, one.span.end))
    return tuple(statements), tuple(explanations)


def _read(provision: Provision, text: str, lead_in: Span | None) -> Iterator[Statement | Explanation]:
    sentences = list(split_sentences(text, provision.lead))
    chapeau = sentences.pop() if provision.items and sentences else None
    for sentence in sentences:
        yield from _sentence(provision, text, sentence, lead_in)
    tail, after = _tail(provision, text)
    if chapeau is not None:
        yield from _with_items(provision, text, chapeau, tail, lead_in)
    elif provision.items:
        for item in provision.items:
            yield from _read(item, text, lead_in)
    for sentence in after:
        yield from _sentence(provision, text, sentence, None)


def _with_items(
    provision: Provision, text: str, chapeau: Span, tail: Span | None, lead_in: Span | None
) -> Iterator[Statement | Explanation]:
    """Read a lead-in and its items: one norm, or as many as there are items with a norm of their own."""
    words = chapeau.of(text)
    governs = find_modal(words) is not None
    completed = bool(_COMPLETED_BY_ITEMS.search(words))
    own = [] if completed else [item for item in provision.items if _is_norm(item, text)]
    carried = tuple(item for item in provision.items if item not in own)
    if governs:
        *before, last = _clauses(text, chapeau)
        for clause, lender in before:
            yield _statement(provision, text, clause, lead_in=lead_in, bearer_from=lender)
        clause, lender = last
        own_tail = (
            tail
            if tail and _JOINS.match(tail.of(text)) and borrowed_modal(_after_joint(tail.of(text)))
            else None
        )
        yield _statement(provision, text, clause, carried, None if own_tail else tail, lead_in, lender)
        if own_tail:
            joint = _JOINS.match(own_tail.of(text))
            start = own_tail.start + (joint.end() if joint else 0)
            yield _statement(
                provision, text, Span(start=start, end=own_tail.end), bearer_from=lender or clause
            )
        for item in carried:
            yield from _later_sentences(item, text)
        for item in own:
            yield from _read(item, text, None)
    elif own:
        yield from (Explanation(span=part.span, provision=part.number) for part in carried)
        for item in own:
            yield from _read(item, text, chapeau)
    else:
        yield Explanation(
            span=trim(text, Span(start=chapeau.start, end=_end(provision))), provision=provision.number
        )


def _later_sentences(item: Provision, text: str) -> Iterator[Statement | Explanation]:
    """Yield the norms in an item's sentences after its first, which completes the lead-in."""
    for sentence in split_sentences(text, item.lead)[1:]:
        if find_modal(sentence.of(text)) is not None:
            yield from _sentence(item, text, sentence, None)
    for inner in item.items:
        yield from _later_sentences(inner, text)


def _sentence(
    provision: Provision, text: str, sentence: Span, lead_in: Span | None
) -> Iterator[Statement | Explanation]:
    if find_modal(sentence.of(text)) is None:
        yield Explanation(span=sentence, provision=provision.number)
        return
    for clause, lender in _clauses(text, sentence):
        yield _statement(provision, text, clause, lead_in=lead_in, bearer_from=lender)


def _clauses(text: str, sentence: Span) -> list[tuple[Span, Span | None]]:
    """Split a sentence into its independent norms.

    The second of a pair is the clause that lends its bearer, else None.
    """
    found: list[tuple[Span, Span | None]] = []
    start = sentence.start
    lender: Span | None = None
    for mark in _SECOND_CLAUSE.finditer(text, sentence.start, sentence.end):
        left, right = text[start : mark.start()], text[mark.end() : sentence.end]
        shares_bearer = bool(borrowed_modal(right))
        modal = None if shares_bearer else find_modal(right)
        begins_with_subject = (
            modal is not None
            and modal.bearer[0] == 0
            and modal.bearer[1] > 0
            and modal.start - modal.bearer[1] <= 2
        )
        if (
            left.count("(") > left.count(")")
            or find_modal(left) is None
            or not (shares_bearer or begins_with_subject or (modal is not None and text[mark.start()] == ";"))
            or (shares_bearer and _in_relative_clause(left))
        ):
            continue
        clause = trim(text, Span(start=start, end=mark.start()))
        found.append((clause, lender))
        lender = (lender or clause) if shares_bearer else None
        start = mark.end()
    found.append((trim(text, Span(start=start, end=sentence.end)), lender))
    return found


def borrowed_modal(words: str) -> re.Match[str] | None:
    """Return the modal of a clause that begins with it: `need not publish`, `, if asked, must publish`."""
    match = _BORROWS.match(words)
    return match if match and (match.start("modal") <= 12 or words.lstrip().startswith(",")) else None


def _after_joint(words: str) -> str:
    return _JOINS.sub("", words, count=1)


def _in_relative_clause(left: str) -> bool:
    """Say whether the last modal of a clause lies in a relative clause that a further modal would join."""
    modal = find_modal(left)
    return bool(
        modal
        and re.search(
            r"\b(?:that|which|who|whom)\s+(?:[\w’'-]+\s+){0,4}?(?:may|should|must|shall|can)\s+[^,;]*$",
            left[modal.end :],
            re.IGNORECASE,
        )
    )


def _is_norm(item: Provision, text: str) -> bool:
    """Say whether an item is a full statement: its first sentence has its own bearer and modal."""
    first = next(iter(split_sentences(text, item.lead)), None)
    if first is None:
        return False
    modal = find_modal(first.of(text))
    return modal is not None and modal.bearer[1] > modal.bearer[0]


def _tail(provision: Provision, text: str) -> tuple[Span | None, list[Span]]:
    """Return the part of the tail that completes the items, and the sentences that stand alone."""
    if provision.tail is None:
        return None, []
    sentences = list(split_sentences(text, provision.tail))
    if sentences and not re.match(r"[\"“‘'(]*[A-Z]", sentences[0].of(text)):
        return sentences[0], sentences[1:]
    return None, sentences


def _statement(
    provision: Provision,
    text: str,
    sentence: Span,
    items: tuple[Provision, ...] = (),
    tail: Span | None = None,
    lead_in: Span | None = None,
    bearer_from: Span | None = None,
) -> Statement:
    known = tuple(item for item in items if not _PLACEHOLDER.match(item.lead.of(text)))
    bases = [provision.text_basis, *(part.text_basis for item in known for part in item.walk())]
    ends = [sentence.end, *(item.span.end for item in items), *([tail.end] if tail else [])]
    return Statement(
        provision=provision,
        span=trim(text, Span(start=sentence.start, end=max(ends))),
        sentence=sentence,
        lead_in=lead_in,
        bearer_from=bearer_from,
        items=known,
        tail=tail,
        basis=weakest(bases),
    )


def _end(provision: Provision) -> int:
    return max([provision.lead.end, *(item.span.end for item in provision.items)])
