"""Decisions beside findings: rows, the order of gaps, headlines and counts. What was found stays as it is."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from analyser.analysis import Analysis
from analyser.decisions.model import Verdict
from analyser.decisions.settle import Settled, Settlement
from analyser.decisions.tell import decision_row
from analyser.model.base import Invocable, Level
from analyser.reporting.decision_rows import (
    Decided,
    DecidedExemptionRow,
    DecidedGapRow,
    DecisionSummary,
    Grade,
)
from analyser.reporting.report_model import Headline, RankedGap, Report
from analyser.reporting.rows import ExemptionRow, GapRow
from analyser.tables.gaps import in_order, is_leading
from analyser.tables.headlines import Tables, headlines

NOT_JUDGED_AGAIN = (
    "A decision changes nothing that was found: cells are counted, and gaps judged, as the engine found "
    "them; a re-grade moves a gap in the order, and what was rejected leads no headline."
)


def decided_of(settlement: Settlement, finding: str) -> Decided | None:
    """Return what was decided on a finding, None when nothing was."""
    one = settlement.on.get(finding)
    return told(settlement, one) if one else None


def told(settlement: Settlement, one: Settled) -> Decided:
    """Return a settled decision as rows carry it."""
    decision = one.decision
    found = settlement.findings.grades(one.finding)
    return Decided(
        verdict=decision.verdict,
        grades=tuple(
            Grade(name=name, found=found.get(name, ""), decided=value) for name, value in decision.to.items()
        ),
        reviewer=decision.reviewer,
        date=decision.date,
        reason=decision.reason,
        status=one.status,
        why=one.why,
        finding=decision.finding,
        then=one.then,
        now=one.now,
    )


def decide_exemptions(
    rows: Iterable[ExemptionRow], settlement: Settlement
) -> tuple[DecidedExemptionRow, ...]:
    """Return the rows, each with what was decided on it."""
    return tuple(
        DecidedExemptionRow.model_construct(
            **{field: getattr(row, field) for field in ExemptionRow.model_fields},
            decision=decided_of(settlement, row.id),
        )
        for row in rows
    )


def decide_gaps(
    analysis: Analysis, settlement: Settlement, include_all: bool | None = None
) -> tuple[RankedGap, ...]:
    """Return the gaps in their order by the grades that reviewers gave, each with what was decided on it;
    rejected ones, and ones all of whose causes were rejected, follow the others.
    """
    every = analysis.ranked_gaps(include_all=True)
    found = {item.row.id: item for item in every}
    graded = [_graded(item.row, settlement) for item in every]
    if not settlement.in_force:
        ranked = every
    else:
        last = {row.id for row in graded if _is_out(row, settlement)}
        ranked = in_order(analysis.study, graded, last)
    wanted = analysis.include_all if include_all is None else include_all
    return tuple(
        RankedGap.model_construct(
            row=_with_decision(found[item.row.id].row, settlement), order_reason=item.order_reason
        )
        for item in ranked
        if wanted or is_leading(item.row) or is_leading(found[item.row.id].row)
    )


def decide_report(report: Report, analysis: Analysis, settlement: Settlement) -> Report:
    """Return a report with decisions beside its findings, and headlines that no rejected finding leads."""
    gaps = decide_gaps(analysis, settlement)
    exemptions = decide_exemptions(report.exemptions, settlement)
    leading = [
        RankedGap.model_construct(row=row, order_reason=item.order_reason)
        for item in gaps
        if _may_lead(item.row, settlement)
        for row in (_graded(item.row, settlement),)
    ]
    tables = Tables(leading, report.exemptions, report.matrix)
    lines = headlines(analysis.study, tables, analysis.beside, analysis.labels())
    return report.model_copy(
        update={
            "gaps": gaps,
            "exemptions": exemptions,
            "headlines": tuple(_with_reviews(line, gaps, settlement) for line in lines),
            "decisions": summary(settlement, exemptions, [item.row for item in gaps]),
            "totals_text": f"{report.totals_text} {NOT_JUDGED_AGAIN}".strip(),
        }
    )


def summary(
    settlement: Settlement, exemptions: Sequence[ExemptionRow], gaps: Sequence[GapRow]
) -> DecisionSummary:
    """Return what a report says of the decisions."""
    lines = [f"{settlement.counted}.", *count_lines(settlement, "Exemptions", exemptions)]
    lines += [*count_lines(settlement, "Gaps", gaps), NOT_JUDGED_AGAIN]
    needing = [one for one in settlement.settled if one.status in ("reopened", "stale")]
    return DecisionSummary(lines=tuple(lines), open=tuple(decision_row(one, settlement) for one in needing))


def counts(settlement: Settlement, ids: Sequence[str]) -> dict[str, int]:
    """Count findings by what was decided on them, each exactly once: together they are all of them."""
    found = Counter(_class(settlement, finding) for finding in ids)
    names = ("accepted", "rejected", "regraded", "noted", "reopened", "undecided")
    return {"findings": len(ids), **{name: found[name] for name in names}}


def count_lines(settlement: Settlement, title: str, rows: Sequence[ExemptionRow | GapRow]) -> tuple[str, ...]:
    """Say in a sentence how many of some findings were rejected, re-graded and so on."""
    found = counts(settlement, [row.id for row in rows])
    parts = [f"{found[name]} {words}" for name, words in _COUNTED.items() if found[name]]
    resting = sum(bool(row.rests_on_rejected) for row in rows if isinstance(row, DecidedGapRow))
    rest = f" {resting} of them rest on a finding that a reviewer rejected." if resting else ""
    return (f"{title}: {', '.join(parts) or 'none'}.{rest}",)


_COUNTED = {
    "rejected": "rejected by reviewers",
    "regraded": "re-graded",
    "accepted": "accepted",
    "noted": "noted",
    "reopened": "to be decided again",
    "undecided": "without a decision",
}
_CLASSES = {
    Verdict.ACCEPT: "accepted",
    Verdict.REJECT: "rejected",
    Verdict.RE_GRADE: "regraded",
    Verdict.NOTE: "noted",
}


def _class(settlement: Settlement, finding: str) -> str:
    one = settlement.on.get(finding)
    if one is None:
        return "undecided"
    return _CLASSES[one.decision.verdict] if finding in settlement.in_force else "reopened"


def _with_decision(row: GapRow, settlement: Settlement) -> DecidedGapRow:
    return DecidedGapRow.model_construct(
        **{field: getattr(row, field) for field in GapRow.model_fields},
        decision=decided_of(settlement, row.id),
        rests_on_rejected=_rejected_causes(row, settlement),
    )


def _rejected_causes(row: GapRow, settlement: Settlement) -> tuple[str, ...]:
    causes = dict.fromkeys(cause.exemption for cause in row.causes)
    return tuple(cause for cause in causes if cause in settlement.rejected)


def _is_out(row: GapRow, settlement: Settlement) -> bool:
    causes = {cause.exemption for cause in row.causes}
    return row.id in settlement.rejected or bool(causes and causes <= settlement.rejected)


def _may_lead(row: GapRow, settlement: Settlement) -> bool:
    """Say whether a gap, as it was found, may lead a headline: not rejected, on no rejected words, nor on
    words that a reviewer graded as moving no state. A grade takes a headline away and never makes one.
    """
    if row.strength != Invocable.YES or not is_leading(row):
        return False
    minor = any(
        one.decision.to.get("level") == Level.MINOR
        for cause in row.causes
        if (one := settlement.in_force.get(cause.exemption))
    )
    return not (minor or row.id in settlement.rejected or _rejected_causes(row, settlement))


def _graded(row: GapRow, settlement: Settlement) -> GapRow:
    """Return a gap as reviewers graded it and the exemptions it rests on."""
    update: dict[str, object] = {}
    causes = []
    for cause in row.causes:
        to = _grades(settlement, cause.exemption)
        changed = {"effect": to["effect"]} if "effect" in to else {}
        causes.append(
            cause.model_copy(update={**changed, **({"kinds": (to["kind"],)} if "kind" in to else {})})
        )
        if to.get("strength") == Invocable.ARGUABLE or ("strength" in to and len(row.causes) == 1):
            update["strength"] = to["strength"]
    update |= _grades(settlement, row.id)
    return row.model_copy(update={**update, "causes": tuple(causes)})


def _grades(settlement: Settlement, finding: str) -> dict[str, str]:
    one = settlement.in_force.get(finding)
    return dict(one.decision.to) if one else {}


def _with_reviews(line: Headline, gaps: Sequence[RankedGap], settlement: Settlement) -> Headline:
    """Say in a headline how many gaps of the same words or function reviewers rejected."""
    held = {item.row.id: item.row for item in gaps}
    own = [held[name] for name in line.gap_ids if name in held]
    like: Callable[[GapRow], object] = (
        (lambda row: tuple(cause.measure for cause in row.causes))
        if any(row.causes for row in own)
        else (lambda row: (row.state, row.functions[:1], bool(row.causes)))
    )
    kinds = {like(row) for row in own}
    rejected = sum(1 for row in held.values() if row.id in settlement.rejected and like(row) in kinds)
    if not rejected:
        return line
    said = "1 gap like it" if rejected == 1 else f"{rejected} gaps like it"
    return line.model_copy(update={"sentence": f"{line.sentence} Reviewers rejected {said}."})
