"""Check the labels of a gold document against its text and against each other (GUIDE.md)."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from analyser.errors import InputError
from analyser.logic.evaluate import evaluate
from analyser.model.base import Effect, Kind, Level, Nature, Truth
from analyser.model.logic import TRUE, Condition
from analyser.profiles.facts import ProfileFacts

from .format import (
    DutyLabel,
    GoldDocument,
    GoldParagraph,
    ProfileLabel,
    QualifierLabel,
    Step,
    Text,
    TrapLabel,
    text_of,
)
from .notation import FUNCTIONALITIES, HARMS, PARTS_OF, TYPES, NotationError, read_condition

Problem = tuple[tuple[Step, ...], str]
_WORD = re.compile(r"[\w’'-]+")
_PERMITS = re.compile(
    r"^(?:may(?! (?:only|not))|need)\b|permitted|entitled|allowed|not (?:required|obliged)|not have to"
)
_PART_OF = {
    "definition": lambda place: place[:1].isdigit(),
    "heading": lambda place: place == "title",
    "note": lambda place: place == "note",
}


def problems(document: GoldDocument, path: Path) -> list[Problem]:
    """Return what is wrong, each with the steps to its place in the file; [] when nothing is."""
    found: list[Problem] = []
    if document.split != "example":
        if document.document != path.stem:
            found.append(
                (("document",), f"`document` is `{document.document}`, but the file is `{path.stem}`")
            )
        if path.parent.name in ("seen", "sealed") and document.split != path.parent.name:
            found.append(
                (("split",), f"`split` is `{document.split}`, but the folder is `{path.parent.name}`")
            )
    seen: Counter[str] = Counter()
    for number, paragraph in enumerate(document.paragraphs):
        here: tuple[Step, ...] = ("paragraphs", number)
        seen[paragraph.id] += 1
        if seen[paragraph.id] > 1:
            found.append(((*here, "id"), f"the paragraph id `{paragraph.id}` is used twice"))
        try:
            text = text_of(paragraph)
        except InputError as problem:
            found.append((here, f"`{paragraph.id}`: {problem}"))
            continue
        checked = _Paragraph(paragraph, text).problems()
        found += [((*here, "labels", *steps), f"`{paragraph.id}`: {cause}") for steps, cause in checked]
    return found


class _Paragraph:
    """One paragraph's labels against its text."""

    def __init__(self, paragraph: GoldParagraph, text: Text) -> None:
        self.labels = paragraph.labels
        self.text = text
        measure = text.document.measures[0]
        self.application = {part.number for one in measure.application for part in one.walk()}
        self.recommendation = {part.number for one in measure.recommendation for part in one.walk()}
        self.duties = {duty.id for duty in self.labels.duties}
        self.qualifiers = {one.id for one in self.labels.qualifiers}

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong, in no order."""
        yield from self._ids()
        anchors: dict[tuple[int, int], str] = {}
        for number, duty in enumerate(self.labels.duties):
            for step, cause in self._duty(duty, anchors):
                yield ("duties", number, step), f"{duty.id}: {cause}"
        for number, one in enumerate(self.labels.qualifiers):
            for step, cause in self._qualifier(one):
                yield ("qualifiers", number, step), f"{one.id}: {cause}"
        for number, trap in enumerate(self.labels.not_a_qualifier):
            for step, cause in self._trap(trap):
                yield ("not_a_qualifier", number, step), f"{trap.id}: {cause}"
        yield from self._overlaps()
        yield from self._judged()

    def _ids(self) -> Iterator[Problem]:
        seen: set[str] = set()
        for field in ("duties", "qualifiers", "not_a_qualifier"):
            for number, label in enumerate(getattr(self.labels, field)):
                if label.id in seen:
                    yield (field, number, "id"), f"the id `{label.id}` is used twice"
                seen.add(label.id)

    def _place(
        self, label: DutyLabel | QualifierLabel | TrapLabel, field: str
    ) -> tuple[str, tuple[int, int]] | str:
        """Return the place and the span of a label's words, or what is wrong with them."""
        try:
            place, span = self.text.find(getattr(label, field), label.in_, label.nth)
        except LookupError as problem:
            return str(problem.args[0])
        return place, (span.start, span.end)

    def _duty(self, duty: DutyLabel, anchors: dict[tuple[int, int], str]) -> Iterator[tuple[str, str]]:
        found = self._place(duty, "words")
        if isinstance(found, str):
            yield "words", found
            return
        place, span = found
        if place not in self.recommendation:
            yield "words", f"stands in {place}; only a recommendation holds duties"
        if span in anchors:
            yield "words", f"the same words are those of {anchors[span]}"
        anchors[span] = duty.id
        words, modal = _words(duty.words), _words(duty.modality)
        if not modal or not _in_order(modal, words):
            yield "words", f"does not hold the modal `{duty.modality}`"
        if (duty.force == "permitted") is not bool(_PERMITS.search(duty.modality)):
            yield "force", f"`{duty.force}` does not go with `{duty.modality}`"
        if re.search(r"\bnot\b", duty.modality) and not duty.negated:
            yield "negated", f"`{duty.modality}` is negated: write `negated: true`"
        everything = set(_words(self.text.document.text))
        for field in ("bearer", "object"):
            strange = [word for word in _words(getattr(duty, field)) if word not in everything]
            if strange:
                yield field, f"`{strange[0]}` is no word of the text"
        for field in ("timing", "conditions"):
            for quote in getattr(duty, field):
                if not any(quote in span.of(self.text.document.text) for _, span in self.text.places):
                    yield field, f"the words `{quote}` do not stand in any one place of the text"

    def _qualifier(self, one: QualifierLabel) -> Iterator[tuple[str, str]]:
        found = self._place(one, "quote")
        if isinstance(found, str):
            yield "quote", found
        elif found[0] not in self.recommendation:
            yield "quote", f"stands in {found[0]}; qualifiers are labelled in recommendations only"
        if one.quote[-1:] in ",.;:" or (re.match(r"(?:and|or|but)\s", one.quote) and not _may_join(one)):
            yield "quote", "begins with a joining word or ends with a mark (Borders, rule 5)"
        for duty in one.governs:
            if duty not in self.duties:
                yield "governs", f"there is no duty `{duty}`"
        if one.excepts and (one.excepts not in self.qualifiers or one.excepts == one.id):
            yield "excepts", f"there is no other qualifier `{one.excepts}`"
        if bool(one.governs) is bool(one.excepts):
            yield (
                "governs",
                "names the duties cut; it is empty for an exception to an exception, and only there",
            )
        if one.made_precise_by and one.made_precise_by not in self.text.names():
            yield "made_precise_by", f"there is no place `{one.made_precise_by}`"
        if one.part and not any(one.part in span.of(self.text.document.text) for _, span in self.text.places):
            yield "part", f"the words `{one.part}` do not stand in any one place of the text"
        yield from _consistent(one)

    def _trap(self, trap: TrapLabel) -> Iterator[tuple[str, str]]:
        found = self._place(trap, "quote")
        if isinstance(found, str):
            yield "quote", found
            return
        place, _ = found
        fits = place in self.application if trap.why == "application" else True
        if trap.why == "definition" and place in self.recommendation:
            fits = True  # the term that is itself explained there
        elif trap.why in _PART_OF:
            fits = _PART_OF[trap.why](place)
        if not fits:
            yield "why", f"`{trap.why}`, but the words stand in {place}"

    def _overlaps(self) -> Iterator[Problem]:
        """Yield each trap that a qualifier overlaps, and each qualifier labelled twice under one kind."""
        spans: list[tuple[int, int, Kind]] = []
        for number, one in enumerate(self.labels.qualifiers):
            found = self._place(one, "quote")
            if not isinstance(found, str):
                if (*found[1], one.kind) in spans:
                    yield (
                        ("qualifiers", number, "quote"),
                        f"{one.id}: the same words have a label of this kind",
                    )
                spans.append((*found[1], one.kind))
        for number, trap in enumerate(self.labels.not_a_qualifier):
            found = self._place(trap, "quote")
            if not isinstance(found, str):
                start, end = found[1]
                same = [kind for first, last, kind in spans if start < last and first < end]
                if trap.looks_like in same:
                    yield (
                        ("not_a_qualifier", number, "quote"),
                        f"{trap.id}: a qualifier of this kind overlaps it",
                    )

    def _judged(self) -> Iterator[Problem]:
        condition: Condition = TRUE
        if bool(self.labels.application) is not bool(self.application):
            what = "has no label" if self.application else "has no paragraph M1.1 of its own to be about"
            yield ("application",), f"the application {what}"
        if self.labels.application:
            try:
                condition = read_condition(self.labels.application)
            except NotationError as problem:
                yield ("application",), f"the condition {problem}"
                return
        for number, row in enumerate(self.labels.profiles):
            for step, cause in self._row(row, condition):
                yield ("profiles", number, step), cause

    def _row(self, row: ProfileLabel, condition: Condition) -> Iterator[tuple[str, str]]:
        if row.given.content_visibility == "both":
            yield "given", "`content_visibility` must be public or private: a row is one case"
            return
        channel = row.given.content_visibility
        judged = evaluate(condition, ProfileFacts(row.given, PARTS_OF, channel).judge_atom)
        if judged != row.applies:
            yield "applies", f"`applies` is {row.applies}, but the condition is {judged} for these facts"
        needed = {Truth.NO: "excluded", Truth.UNKNOWN: "unknown"}.get(judged)
        for duty, state in row.binds.items():
            if duty not in self.duties:
                yield "binds", f"there is no duty `{duty}`"
            elif needed and state != needed:
                yield "binds", f"{duty} is `{state}`, but where `applies` is {judged} a duty is {needed}"
        for field, known in (
            ("risk", (*HARMS, "others")),
            ("functionalities", FUNCTIONALITIES),
            ("service_types", TYPES),
        ):
            for key in getattr(row.given, field) or ():
                if key not in known:
                    yield "given", f"`{field}` knows no `{key}`"


def _consistent(one: QualifierLabel) -> Iterator[tuple[str, str]]:
    """Yield where the answers of a qualifier contradict each other (GUIDE.md, section 4)."""
    if one.effect is Effect.LIFTS and one.level is Level.MINOR:
        yield "level", "what lifts is material"
    if one.kind is Kind.VAGUE_STANDARD and (one.effect, one.level) != (Effect.SOFTENS, Level.MINOR):
        yield "effect", "a vague standard softens and is minor"
    if one.nature is Nature.APPLICATION:
        yield "nature", "`application` is no nature of words in a recommendation"
    if one.nature is Nature.TRIGGER and (one.effect, one.level) != (Effect.NARROWS, Level.MINOR):
        yield "nature", "a trigger narrows and is minor"
    out = one.effect is not Effect.SOFTENS and one.level is Level.MATERIAL and not one.excepts
    if (one.way_out == "yes") is not out:
        yield "way_out", f"is {one.way_out}, but the words {one.effect} and are {one.level}"
    if any((one.allow.kind, one.allow.nature, one.allow.effect, one.allow.level)) and not one.note:
        yield "allow", "other answers are accepted without a reason in `note`"


def _may_join(one: QualifierLabel) -> bool:
    """Say whether a quote may begin with a joining word: `or an equivalent` is quoted from `or`."""
    return one.kind is Kind.ALTERNATIVE_COMPLIANCE


def _words(words: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(words)]


def _in_order(few: list[str], many: list[str]) -> bool:
    rest = iter(many)
    return all(word in rest for word in few)
