"""Read application paragraphs, definitions and index rows into conditions."""

from collections.abc import Iterable, Mapping, Sequence

from analyser.applications.grammar import Grammar, anyof, at_least, every
from analyser.applications.lexer import Lexer, Mark
from analyser.applications.reduce import Group, Levels, Reducer
from analyser.applications.vocabulary import Vocabulary, vocabulary
from analyser.logic.evaluate import atoms, unread
from analyser.model.base import Basis, Frozen, weakest
from analyser.model.logic import TRUE, Condition
from analyser.model.text import Document, Provision, Span
from analyser.rulebook.models import Rulebook

_DANGLING = ("and", "or", "nor", "comma", "semicolon", "stop")


class Application(Frozen):
    """To which services a measure applies: the condition read from its words, and what could not be read."""

    measure: str
    condition: Condition
    provisions: tuple[str, ...]
    span: Span
    unread: tuple[str, ...]
    further: bool = False
    basis: Basis


def read_applications(document: Document, rulebook: Rulebook, kinds: Iterable[str]) -> dict[str, Application]:
    """Return the application of every measure of a document, defined terms opened; `kinds` are the kinds that count."""
    words = with_definitions(document, vocabulary(rulebook, kinds))
    found: dict[str, Application] = {}
    for measure in document.measures:
        readings = [read_provision(paragraph, document.text, words) for paragraph in measure.application]
        condition = every(*(reading for reading, _ in readings)) if readings else TRUE
        places = [paragraph.span for paragraph in measure.application] or [measure.span]
        found[measure.id] = Application(
            measure=measure.id,
            condition=condition,
            provisions=tuple(paragraph.number for paragraph in measure.application),
            span=Span(start=places[0].start, end=places[-1].end),
            unread=tuple(part.words for part in unread(condition)),
            further=any(further for _, further in readings),
            basis=weakest(item.text_basis for paragraph in measure.application for item in paragraph.walk()),
        )
    return found


def with_definitions(document: Document, words: Vocabulary) -> Vocabulary:
    """Return the vocabulary with the document's defined terms whose meaning reads as a condition; a term may use an earlier one."""
    terms: dict[str, Condition] = {}
    for definition in document.definitions:
        condition, _ = read_words(document.text, definition.meaning, words.with_terms(terms) if terms else words)
        if not any(True for _ in unread(condition)) and any(True for _ in atoms(condition)):
            terms[definition.term] = condition
    return words.with_terms(terms)


def read_words(text: str, span: Span, words: Vocabulary) -> tuple[Condition, bool]:
    """Return the condition of a run of words without items, and whether it points to further conditions."""
    marks = Reducer(words, (), {}, False).run(Lexer(words, text, span).marks())
    grammar = Grammar(text)
    return grammar.sentences(marks), grammar.further


def read_provision(provision: Provision, text: str, words: Vocabulary, pending: Levels = (), unit: bool = False) -> tuple[Condition, bool]:
    """Return the condition of a paragraph with its items and tail, and whether it points to further conditions.

    `pending` are risk levels that a lead-in left open for its items (`at high risk of: (a) grooming; or (b) fraud`).
    """
    condition, further, _ = _read(provision, text, words, pending, unit)
    return condition, further


def _read(provision: Provision, text: str, words: Vocabulary, pending: Levels, unit: bool) -> tuple[Condition, bool, str]:
    """Return condition, whether further conditions are pointed to, and the connective that trails the provision."""
    marks = Lexer(words, text, provision.lead).marks()
    trailing = ""
    groups: dict[int, Group] = {}
    unit = unit or any(mark.kind == "unit" for mark in marks)
    notes: list[bool] = []
    if provision.items:
        marks = _cut(marks)[0]
        last = provision.items[-1].span
        marks.append(Mark("group", provision.items[0].span.start, last.end, number=0))
        groups[0] = _group(provision.items, text, words, unit, notes)
        trailing = _trailing(provision.items[-1], text, words)
        if provision.tail:
            tail = Lexer(words, text, provision.tail).marks()
            marks += tail
            marks, trailing = _cut(marks)
    else:
        marks, trailing = _cut(marks)
    reduced = Reducer(words, pending, groups, unit).run(marks)
    grammar = Grammar(text)
    condition = grammar.sentences(reduced)
    return condition, grammar.further or any(notes), trailing


def _trailing(provision: Provision, text: str, words: Vocabulary) -> str:
    """Return the connective at the very end of a provision, which joins its parent to what follows."""
    if provision.tail:
        return _cut(Lexer(words, text, provision.tail).marks())[1]
    if provision.items:
        return _trailing(provision.items[-1], text, words)
    return _cut(Lexer(words, text, provision.lead).marks())[1]


def _cut(marks: Sequence[Mark]) -> tuple[list[Mark], str]:
    """Cut dangling connectives off the end; return the marks and the connective cut."""
    kept, trailing = list(marks), ""
    while kept and kept[-1].kind in _DANGLING:
        kind = kept.pop().kind
        trailing = trailing or (kind if kind in ("and", "or", "nor") else "")
    return kept, trailing


def _group(items: Sequence[Provision], text: str, words: Vocabulary, unit: bool, notes: list[bool]) -> Group:
    def build(pending: Levels, join: str, count: int) -> Condition:
        conditions: list[Condition] = []
        joins: list[str] = []
        for place, item in enumerate(items):
            condition, further, trailing = _read(item, text, words, pending, unit)
            notes.append(further)
            conditions.append(condition)
            leading = _leading(item, text, words)
            if place:
                joins[-1] = joins[-1] or leading
            joins.append(trailing)
        return _combine(conditions, [join_word for join_word in joins[:-1]], join, count, bool(pending))

    return build


def _leading(item: Provision, text: str, words: Vocabulary) -> str:
    marks = Lexer(words, text, item.lead).marks()
    return marks[0].kind if marks and marks[0].kind in ("and", "or") else ""


def _combine(conditions: Sequence[Condition], joins: Sequence[str], join: str, count: int, harms: bool) -> Condition:
    """Join items: by the lead-in's quantity if it has one, else by the words between the items (and binds tighter than or)."""
    if count:
        return at_least(count, conditions)
    if join == "and":
        return every(*conditions)
    spoken = [word if word != "nor" else "or" for word in joins if word]
    if not spoken:
        return anyof(*conditions) if harms and len(conditions) > 1 else every(*conditions)
    resolved: list[str] = []
    for place, word in enumerate(joins):
        following = next((later for later in joins[place:] if later), "")
        resolved.append(("or" if (word or following) in ("or", "nor") else "and") if (word or following) else spoken[-1])
    if "or" not in resolved:
        return every(*conditions)
    runs: list[list[Condition]] = [[conditions[0]]]
    for word, condition in zip(resolved, conditions[1:], strict=True):
        if word == "or":
            runs.append([condition])
        else:
            runs[-1].append(condition)
    return anyof(*(every(*run) for run in runs))


def index_conditions(document: Document, rulebook: Rulebook, kinds: Iterable[str]) -> Mapping[str, tuple[Condition, bool] | None]:
    """Return what the code's own index says of each measure's application (None where its cell is blank)."""
    words = with_definitions(document, vocabulary(rulebook, kinds))
    found: dict[str, tuple[Condition, bool] | None] = {}
    for row in document.index:
        if not row.application:
            found[row.measure] = None
            continue
        start = document.text.rindex(row.application, row.span.start, row.span.end)
        found[row.measure] = read_words(document.text, Span(start=start, end=start + len(row.application)), words)
    return found
