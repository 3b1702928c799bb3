"""Rows that show what reviewers decided beside what was found; made only where decisions are in use."""

from analyser.model.base import Frozen
from analyser.reporting.compare_rows import CompareRow
from analyser.reporting.flat import sentence
from analyser.reporting.labels import Labels, plain
from analyser.reporting.rows import ExemptionRow, GapRow, Row

DECIDED = "decision"
_VERDICTS = {"accept": "accepted", "reject": "rejected", "re-grade": "re-graded", "note": "noted"}
REOPENED = "reopened"


class Grade(Frozen):
    """One grade as the engine gave it and as a reviewer did, e.g. strength: yes, arguable."""

    name: str
    found: str
    decided: str


class Decided(Frozen):
    """What a reviewer decided about a finding. `status` is valid, carried or reopened (then it is not in
    force: `then` are the words it was made on, `now` those that stand here); `finding` is the id it was made
    on, `grades` what a re-grade changes.
    """

    verdict: str
    grades: tuple[Grade, ...]
    reviewer: str
    date: str
    reason: str
    status: str
    why: str
    finding: str
    then: str
    now: str

    @property
    def open(self) -> bool:
        """Say whether the finding is to be decided again."""
        return self.status == REOPENED

    @property
    def style(self) -> str:
        """The verdict as a page marks it; a decision that is open is marked as that."""
        return REOPENED if self.open else self.verdict


class DecidedGapRow(GapRow):
    """A gap with what reviewers decided; `rests_on_rejected` are causes that a reviewer rejected (the gap was
    not judged again without them).
    """

    decision: Decided | None = None
    rests_on_rejected: tuple[str, ...] = ()


class DecidedExemptionRow(ExemptionRow):
    """An exemption with what reviewers decided."""

    decision: Decided | None = None


class DecidedCompareRow(CompareRow):
    """A row of a comparison with the decisions on findings of its paragraphs."""

    decisions: tuple[Decided, ...] = ()


class DecisionRow(Row):
    """One decision of a file as it stands on a text; `now` is the id of its finding there, `words_then` and
    `words_now` the words it was made on and those that stand there.
    """

    status: str
    finding: str
    now: str
    verdict: str
    to: str
    reviewer: str
    date: str
    reason: str
    revision: str
    words_then: str
    words_now: str
    why: str
    line: int


class DecisionSummary(Frozen):
    """What a report says of the decisions as a whole: sentences, and the decisions that need a look."""

    lines: tuple[str, ...]
    open: tuple[DecisionRow, ...]


def decided_words(decided: Decided) -> str:
    """Return a decision as a sentence without its point, e.g. "rejected by A. Reader, 2026-11-20: covered by
    C9".
    """
    who = f"by {decided.reviewer}{f', {decided.date}' if decided.date else ''}"
    reason = f": {decided.reason.rstrip('.')}" if decided.reason else ""
    said = f"{_VERDICTS.get(decided.verdict, plain(decided.verdict))} {who}"
    if decided.grades:
        said += f" ({'; '.join(_grade(grade) for grade in decided.grades)})"
    said += reason
    if decided.open:
        words = f". Words then: {decided.then or 'none'}. Words now: {decided.now or 'none'}"
        same = decided.then == decided.now
        return f"to be decided again, as {decided.why}: {said}{'' if same else words}"
    return f"{said} ({decided.why})" if decided.why else said


def short_words(decided: Decided) -> str:
    """Return the verdict alone: "rejected", "to be decided again"."""
    return "to be decided again" if decided.open else _VERDICTS.get(decided.verdict, decided.verdict)


def _grade(grade: Grade) -> str:
    found, decided = plain(grade.found), plain(grade.decided)
    return f"{grade.name}: found {found}, by the reviewer {decided}"


@sentence.register
def _(value: Decided, labels: Labels) -> str:
    return decided_words(value)


@sentence.register(type(None))
def _none(value: None, labels: Labels) -> str:
    return ""
