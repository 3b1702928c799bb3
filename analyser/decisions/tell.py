"""Decisions as rows of `codegap decisions list` and of what a report lists."""

from analyser.decisions.model import grade_words
from analyser.decisions.settle import Settled, Settlement
from analyser.reporting.decision_rows import DecisionRow


def decision_rows(settlement: Settlement) -> tuple[DecisionRow, ...]:
    """Return a row for every decision of the file, in its order."""
    return tuple(decision_row(one, settlement) for one in settlement.settled)


def decision_row(one: Settled, settlement: Settlement) -> DecisionRow:
    """Return one decision as it stands."""
    decision = one.decision
    return DecisionRow(
        status=one.status,
        finding=decision.finding,
        now=one.finding,
        verdict=decision.verdict,
        to=grade_words(decision.to),
        reviewer=decision.reviewer,
        date=decision.date,
        reason=decision.reason,
        revision=decision.revision,
        words_then=one.then,
        words_now=one.now,
        why=one.why,
        line=settlement.file.lines[one.number] if one.number < len(settlement.file.lines) else 0,
    )
