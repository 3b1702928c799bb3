"""Read application paragraphs, definitions and index rows into conditions."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analyser.applications.conditions import anyof, at_least, every, exactly
from analyser.applications.grammar import Grammar
from analyser.applications.items import Item, inline, read_items
from analyser.applications.lexer import Lexer
from analyser.applications.marks import DANGLING, Group, Mark, Want, names_service
from analyser.applications.reduce import Levels, Reducer
from analyser.applications.statements import Statement, fold, read_statements
from analyser.applications.vocabulary import Vocabulary, vocabulary
from analyser.logic.evaluate import atoms, unread
from analyser.model.base import Basis, Frozen, weakest
from analyser.model.logic import TRUE, Condition
from analyser.model.text import Document, Provision, Span
from analyser.rulebook.models import Rulebook

_LETTERED = re.compile(
    r"(?P<name>condition [A-Z]\d?) is (?:that|met (?:if|where|when)|satisfied (?:if|where|when))\b",
    re.IGNORECASE,
)


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
    """Return the application of every measure of a document, defined terms opened; `kinds` are the kinds that
    count.
    """
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
    """Return the vocabulary with the document's defined terms whose meaning reads as a condition; a term may
    use an earlier one.
    """
    terms: dict[str, Condition] = {}
    for definition in document.definitions:
        condition, _ = read_words(
            document.text, definition.meaning, words.with_terms(terms) if terms else words
        )
        if not any(True for _ in unread(condition)) and any(True for _ in atoms(condition)):
            terms[definition.term] = condition
    return words.with_terms(terms)


def index_conditions(
    document: Document, rulebook: Rulebook, kinds: Iterable[str]
) -> Mapping[str, tuple[Condition, bool] | None]:
    """Return what the code's own index says of each measure's application (None where its cell is blank)."""
    words = with_definitions(document, vocabulary(rulebook, kinds))
    found: dict[str, tuple[Condition, bool] | None] = {}
    for row in document.index:
        if not row.application:
            found[row.measure] = None
            continue
        start = document.text.rindex(row.application, row.span.start, row.span.end)
        found[row.measure] = read_words(
            document.text, Span(start=start, end=start + len(row.application)), words
        )
    return found


def read_words(text: str, span: Span, words: Vocabulary) -> tuple[Condition, bool]:
    """Return the condition of a run of words, its items set inline if it has any, and whether it points to
    further conditions.
    """
    item = inline(Item("", tuple(Lexer(words, text, span).marks()), span.start, span.end))
    return _Reader(text, words).paragraph(item, (), False)


def read_provision(provision: Provision, text: str, words: Vocabulary) -> tuple[Condition, bool]:
    """Return the condition of a paragraph with its items and tail, and whether it points to further
    conditions.

    Conditions called by letter (`condition A is that …`, in an item of their own) are read first and known by
    that name.
    """
    kept: list[Provision] = []
    for item in provision.items:
        lettered = _LETTERED.match(item.lead.of(text))
        if lettered:
            meaning = item.model_copy(
                update={"lead": Span(start=item.lead.start + lettered.end(), end=item.lead.end)}
            )
            condition, _ = _Reader(text, words).paragraph(read_items(meaning, text, words), (), False)
            words = words.with_terms({lettered["name"]: condition})
        else:
            kept.append(item)
    whole = provision.model_copy(update={"items": tuple(kept)})
    return _Reader(text, words).paragraph(read_items(whole, text, words), (), False)


@dataclass(frozen=True)
class _Reader:
    """Reads items: a lead-in with its items as one operand, and its tail."""

    text: str
    words: Vocabulary

    def paragraph(self, item: Item, pending: Levels, unit: bool) -> tuple[Condition, bool]:
        """Return the condition of an item and whether it points further; `pending` are risk levels that a
        lead-in left open for its items.

        `unit` says that the lead-in names what its items count (`monthly active UK users`).
        """
        statements = self.statements(item, pending, unit, item.number)
        return fold(statements), any(statement.further for statement in statements)

    def statements(self, item: Item, pending: Levels, unit: bool, number: int) -> list[Statement]:
        """Return the statements of a paragraph: those of its numbered sub-paragraphs in turn, or its own."""
        marks, tail = cut(item.marks)[0], list(item.tail)
        if item.holds_sub_paragraphs:
            found = [
                said for inner in item.items for said in self.statements(inner, pending, unit, inner.number)
            ]
            return [
                *self._own(marks, {}, pending, unit, number),
                *found,
                *self._own(cut(tail)[0], {}, pending, unit, number),
            ]
        unit = unit or any(mark.kind == "unit" for mark in marks)
        groups: dict[int, Group] = {}
        if item.items:
            groups[0] = self._group(item.items, unit)
            marks.append(Mark("group", item.items[0].start, item.items[-1].end))
            if self.text[: item.items[-1].end].rstrip().endswith("."):
                tail.insert(0, Mark("stop", item.items[-1].end, item.items[-1].end))
        else:
            marks = list(item.marks)
        return self._own(cut([*marks, *tail])[0], groups, pending, unit, number)

    def _own(
        self, marks: Sequence[Mark], groups: Mapping[int, Group], pending: Levels, unit: bool, number: int
    ) -> list[Statement]:
        reduced = Reducer(self.words, pending, groups, unit).run(marks)
        return read_statements(reduced, Grammar(self.text), number)

    def _group(self, items: Sequence[Item], unit: bool) -> Group:
        def build(want: Want) -> Condition:
            conditions = [self.paragraph(item, want.levels, unit)[0] for item in items]
            joins = [trailing(item) for item in items[:-1]]
            for place, item in enumerate(items[1:]):
                joins[place] = joins[place] or leading(item)
            if want.count:
                return exactly(want.count, conditions) if want.exact else at_least(want.count, conditions)
            together = want.join == "and" or "or" not in joins
            if together and not want.predicate and all(names_service(item.marks) for item in items):
                return anyof(*conditions)
            return every(*conditions) if want.join == "and" else combine(conditions, joins, bool(want.levels))

        return build


def cut(marks: Sequence[Mark]) -> tuple[list[Mark], str]:
    """Cut dangling connectives off the end; return the marks and the connective cut."""
    kept, found = list(marks), ""
    while kept and kept[-1].kind in DANGLING:
        kind = kept.pop().kind
        found = found or (kind if kind in ("and", "or", "nor") else "")
    return kept, found


def trailing(item: Item) -> str:
    """Return the connective at the very end of an item, which joins it (or the item it is the last of) to
    what follows.
    """
    if item.tail:
        return cut(item.tail)[1]
    return trailing(item.items[-1]) if item.items else cut(item.marks)[1]


def leading(item: Item) -> str:
    """Return the connective an item begins with."""
    return item.marks[0].kind if item.marks and item.marks[0].kind in ("and", "or") else ""


def combine(conditions: Sequence[Condition], joins: Sequence[str], harms: bool) -> Condition:
    """Join items by the words between them (and binds tighter than or); harms with no word between are
    alternatives.
    """
    spoken = ["or" if word == "nor" else word for word in joins if word]
    if not spoken:
        return anyof(*conditions) if harms else every(*conditions)
    resolved: list[str] = []
    for place, word in enumerate(joins):
        following = word or next((later for later in joins[place:] if later), spoken[-1])
        resolved.append("or" if following in ("or", "nor") else "and")
    runs: list[list[Condition]] = [[conditions[0]]]
    for word, condition in zip(resolved, conditions[1:], strict=True):
        if word == "or":
            runs.append([condition])
        else:
            runs[-1].append(condition)
    return anyof(*(every(*run) for run in runs))
