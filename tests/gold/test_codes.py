"""The labels of the built-in codes fit the texts they are about, and none that is due is missing."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from analyser import library
from analyser.catalogue import compose
from analyser.model.text import Document, Measure, Span

from .format import DutyLabel, QualifierLabel, Text, TrapLabel, places_of
from .notation import read_condition
from .scoring.units import GOLD, CodeLabels, CodeMeasure, load_code

FILES = sorted((GOLD / "codes").glob("*.yaml"))
NOT_SEEN = "[not seen"


@lru_cache
def document_of(code: str, revision: str) -> Document:
    """Return the text that a file labels: of amendments, the text they amend with them applied."""
    return compose(library.resolve(f"{code}@{revision}")).document


def pairs(path: Path) -> Iterator[tuple[CodeMeasure, Text]]:
    """Yield the labels of each measure of a file, with the places in which they may stand."""
    gold = load_code(path)
    document = document_of(gold.code, gold.revision)
    for one in gold.measures:
        measure = document.measure(one.measure)
        assert measure, f"{path.name}: there is no measure {one.measure}"
        yield one, Text(document, places_of(document, measure))


def wording(gold: CodeLabels, name: str) -> tuple[str, ...]:
    """Return the words of a measure, part by part; empty where the revision has no such measure."""
    document = document_of(gold.code, gold.revision)
    measure = document.measure(name)
    return tuple(span.of(document.text) for span in leads(measure)) if measure else ()


def leads(measure: Measure) -> Iterator[Span]:
    """Yield the spans of a measure's own words."""
    for provision in (*measure.application, *measure.recommendation):
        for part in provision.walk():
            yield part.lead
            if part.tail:
                yield part.tail


def seen(document: Document, measure: Measure) -> bool:
    """Say whether any words of the recommendation have been seen."""
    parts = (part for one in measure.recommendation for part in one.walk())
    return any(not part.lead.of(document.text).startswith(NOT_SEEN) for part in parts)


def labels_of(one: CodeMeasure) -> Iterator[tuple[str, DutyLabel | QualifierLabel | TrapLabel]]:
    """Yield each label that quotes the text, with its quotation."""
    for duty in one.labels.duties:
        yield duty.words, duty
    for qualifier in one.labels.qualifiers:
        yield qualifier.quote, qualifier
    for trap in one.labels.not_a_qualifier:
        yield trap.quote, trap


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_measure_seen_is_labelled_here_or_where_its_words_are_the_same(path: Path) -> None:
    gold = load_code(path)
    document = document_of(gold.code, gold.revision)
    others = [other for other in map(load_code, FILES) if other.code == gold.code]
    missing = [
        measure.id
        for measure in document.measures
        if seen(document, measure)
        and not any(
            measure.id in {one.measure for one in other.measures}
            and wording(other, measure.id) == wording(gold, measure.id)
            for other in others
        )
    ]
    assert not missing, f"{path.name}: no labels for {', '.join(missing)}"
    names = [one.measure for one in gold.measures]
    assert len(names) == len(set(names)), f"{path.name}: a measure is labelled twice"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_quote_stands_in_its_text(path: Path) -> None:
    wrong = []
    for one, text in pairs(path):
        for quote, label in labels_of(one):
            try:
                place, _ = text.find(quote, label.in_, label.nth)
            except LookupError as problem:
                wrong.append(f"{one.measure} {label.id}: {problem.args[0]}")
                continue
            spans = [span.of(text.document.text) for name, span in text.places if name == place]
            if any(words.startswith(NOT_SEEN) for words in spans):
                wrong.append(f"{one.measure} {label.id}: {place} has not been seen")
        said = [span.of(text.document.text) for _, span in text.places]
        for duty in one.labels.duties:
            wrong += [
                f"{one.measure} {duty.id}: `{words}` stands in no one place"
                for words in (*duty.timing, *duty.conditions)
                if not any(words in part for part in said)
            ]
    assert not wrong, "\n".join([path.name, *wrong])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_labels_name_duties_places_and_conditions_that_are_there(path: Path) -> None:
    wrong = []
    for one, text in pairs(path):
        duties = {duty.id for duty in one.labels.duties}
        for label in one.labels.qualifiers:
            wrong += [
                f"{one.measure} {label.id}: no duty {key}" for key in label.governs if key not in duties
            ]
            if label.made_precise_by and label.made_precise_by not in text.names():
                wrong.append(f"{one.measure} {label.id}: no place {label.made_precise_by}")
            out = label.effect != "softens" and label.level == "material" and not label.excepts
            if (label.way_out == "yes") is not (out and label.nature != "trigger"):
                wrong.append(f"{one.measure} {label.id}: way_out is {label.way_out}")
        if one.labels.application:
            read_condition(one.labels.application)
        else:
            wrong.append(f"{one.measure}: the application has no label")
    assert not wrong, "\n".join([path.name, *wrong])
