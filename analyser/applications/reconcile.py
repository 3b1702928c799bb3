"""Compare the code's own index of measures with the application paragraphs, settled by going through every
combination of facts.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from analyser.applications.read import Application, index_conditions
from analyser.coverage.frame import Frame
from analyser.coverage.named import Own
from analyser.coverage.settings import AnySetting
from analyser.logic.evaluate import unread
from analyser.model.base import Frozen
from analyser.model.text import Document
from analyser.rulebook.models import Rulebook


class Verdict(StrEnum):
    """What the index says of a measure beside its own paragraph."""

    SAME = "same"
    IMPLIED = "implied"
    BLANK = "blank"
    DIFFERENT = "different"
    UNREAD = "unread"
    NO_ROW = "no row"
    NO_BODY = "no body"


class Reconciled(Frozen):
    """One measure of the index or the body with the verdict and the words of the index."""

    measure: str
    verdict: Verdict
    index: str
    why: str


def reconcile(
    document: Document, applications: Mapping[str, Application], rulebook: Rulebook, kinds: Iterable[str]
) -> tuple[Reconciled, ...]:
    """Return one verdict a measure, in the order of the text, rows without a measure last.

    `implied`: the index points to further conditions, and every service that the body binds satisfies what it
    does say.
    """
    counting = frozenset(kinds)
    indexed = index_conditions(document, rulebook, sorted(counting))
    words = {row.measure: row.application for row in document.index}
    found = []
    for measure in document.measures:
        if measure.id not in indexed:
            found.append(
                Reconciled(
                    measure=measure.id, verdict=Verdict.NO_ROW, index="", why="the index has no row for it"
                )
            )
            continue
        verdict, why = _compare(applications[measure.id], indexed[measure.id], counting)
        found.append(Reconciled(measure=measure.id, verdict=verdict, index=words[measure.id], why=why))
    known = {measure.id for measure in document.measures}
    found += [
        Reconciled(
            measure=row.measure,
            verdict=Verdict.NO_BODY,
            index=row.application,
            why="the text has no such measure",
        )
        for row in document.index
        if row.measure not in known
    ]
    return tuple(found)


def _compare(application: Application, indexed: object, counting: frozenset[str]) -> tuple[Verdict, str]:
    if indexed is None:
        return Verdict.BLANK, "the cell of the index is blank"
    assert isinstance(indexed, tuple)
    condition, further = indexed
    if application.unread or any(True for _ in unread(condition)):
        return Verdict.UNREAD, "words of the index or of the paragraph could not be read"
    frame = Frame(
        [application.condition, condition],
        Own(harm="", parent=None, sub_kinds={}, counting=counting),
        AnySetting(),
    )
    body, index = (
        frame.truths(application.condition).yes & frame.possible,
        frame.truths(condition).yes & frame.possible,
    )
    if body == index:
        return Verdict.SAME, "index and paragraph bind the same services"
    if further and not body & ~index:
        return Verdict.IMPLIED, "the index points to further conditions, which the paragraph gives"
    wider = "wider" if not body & ~index else "narrower" if not index & ~body else "different"
    return Verdict.DIFFERENT, f"the index is {wider} than the paragraph"
