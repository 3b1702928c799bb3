"""Rows of gaps: who is left, why, what stands beside, and what would close it; ordered by seriousness."""

from collections.abc import Sequence

from analyser.coverage.beside import EVIDENCED, NOT_KNOWN, Beside
from analyser.coverage.closing import Change
from analyser.coverage.gaps import Gap
from analyser.coverage.study import Study
from analyser.model.base import Basis, Function, Invocable, Nature, State, weakest
from analyser.model.exemption import Exemption
from analyser.reporting.labels import Labels, listed, when_words
from analyser.reporting.report_model import RankedGap
from analyser.reporting.rows import Cause, Closure, GapRow
from analyser.reporting.wording import wording
from analyser.tables.words import cut_words, expected_words, who


def is_leading(row: GapRow) -> bool:
    """Say whether a row stands in the default list: not low by design, and where no measure exists linked
    to the service by a source."""
    return not row.by_design and not (row.state == State.NO_MEASURE and row.relevance == NOT_KNOWN)


def gap_rows(
    study: Study, gaps: Sequence[Gap], beside: Beside, labels: Labels, subject: str = ""
) -> tuple[RankedGap, ...]:
    """Return the rows of all gaps, the most serious first, and after them what is low by design; `subject`
    names the one service judged."""
    rows = [_row(study, gap, beside, labels, subject) for gap in gaps]
    ranked = [_ranked(study, row) for row in rows]
    harms, functions = list(study.revision.harms), [function.value for function in Function]
    ranked.sort(
        key=lambda item: (
            bool(item[1].row.by_design),
            -item[0],
            len(item[1].row.causes),
            functions.index(item[1].row.functions[0]),
            harms.index(item[1].row.harms[0]),
            item[1].row.id,
        )
    )
    return tuple(row for _, row in ranked)


def _row(study: Study, gap: Gap, beside: Beside, labels: Labels, subject: str) -> GapRow:
    finding = gap.finding
    causes = [study.by_id[cause] for cause in finding.causes]
    known = _known(study, gap, causes, beside)
    return GapRow(
        id=gap.id,
        code=study.revision.code,
        revision=study.revision.date,
        state=finding.state,
        strength=finding.strength.value,
        services=gap.services,
        harms=gap.harms,
        functions=tuple(function.value for function in gap.functions),
        when=finding.when,
        who=_who(study, gap, labels, subject),
        causes=tuple(_cause(study, cause, causes, finding.changes, labels) for cause in causes),
        partly_held_by=tuple(
            dict.fromkeys(study.duty_by_id[duty].provision for duty in finding.partly_held_by)
        ),
        by_design=finding.by_design,
        relevance=finding.relevance or _relevance(gap, beside),
        expectation=finding.expectation,
        basis=weakest(basis for _, basis in known),
        basis_detail=tuple(f"{name}: {basis}" for name, basis in known),
        statute_backstop=()
        if finding.by_design
        else beside.backstops(finding.state, causes, gap.harms, gap.functions),
        evidence=() if finding.by_design else beside.evidence(gap.services, gap.harms),
        what_would_close=tuple(
            closure for change in finding.changes for closure in _closures(study, change, gap, labels)
        ),
    )


def _who(study: Study, gap: Gap, labels: Labels, subject: str) -> str:
    """Say whom the gap leaves; of an expected protection, that no duty gives it (other duties may serve
    the function)."""
    whom = who(gap.services, gap.finding.when, labels, subject)
    if gap.finding.state is State.UNKNOWN:
        return f"not known, as facts are left open; it would be a gap for {whom}"
    expected = expected_words(gap.finding.expectation, study)
    return f"{whom}; no duty gives: {expected}" if expected else whom


def _relevance(gap: Gap, beside: Beside) -> str:
    """Say evidenced only where every cell of the row is."""
    every = all(
        beside.relevance(service, harm) == EVIDENCED for service in gap.services for harm in gap.harms
    )
    return EVIDENCED if every else NOT_KNOWN


def _known(study: Study, gap: Gap, causes: Sequence[Exemption], beside: Beside) -> list[tuple[str, Basis]]:
    """Return how each step of the path is known, once each."""
    found: dict[str, Basis] = {}
    for cause in causes:
        found[f"{cause.provision} words"] = cause.basis
        if cause.nature is not Nature.APPLICATION:
            for duty in cause.duties:
                if duty in study.duty_by_id and set(study.duty_by_id[duty].functions) & set(gap.functions):
                    found[f"{study.duty_by_id[duty].provision} duty"] = study.duty_by_id[duty].basis
            for answer in cause.invocable_by:
                if answer.answer is Invocable.YES and gap.finding.strength is Invocable.YES:
                    found[f"claim by {answer.feature}"] = answer.basis
        elif any(literal.fact.startswith(("functionality.", "service_type.")) for literal in cause.limbs):
            found["typical facts of the service type"] = study.rulebook.services_basis
    if gap.finding.state is State.NO_MEASURE:
        found["list of measures"] = weakest(row.basis for row in study.document.index)
        if gap.finding.relevance == EVIDENCED:
            found["link of service and harm"] = beside.link_basis(gap.services, gap.harms)
        for entry in study.rulebook.expectations:
            if entry.id in gap.finding.expectation.split("; "):
                found[f"expectation {entry.id}"] = entry.basis
    if gap.finding.by_design and not found:
        found["applications of the measures"] = weakest(
            application.basis for application in study.applications.values()
        )
    return list(found.items())


def _cause(
    study: Study, cause: Exemption, all_causes: Sequence[Exemption], changes: Sequence[Change], labels: Labels
) -> Cause:
    return Cause(
        kinds=tuple(dict.fromkeys(literal.kind.value for literal in cause.limbs)) or (cause.kind.value,),
        measure=cause.measure,
        provision=cause.provision,
        quote=cause.quote,
        rule=cause.rule,
        effect=cause.effect,
        exemption=cause.id,
        sufficient=True,
    )


def _closures(study: Study, change: Change, gap: Gap, labels: Labels) -> list[Closure]:
    causes = [study.by_id[cause] for cause in change.causes]
    closes = when_words(change.closes, labels)
    left = when_words(change.left, labels) if change.left is not None else ""
    return [
        Closure(
            change=_change_words(study, change, causes, gap, labels, lever),
            lever=lever,
            closes=(f"where {closes}" if closes else "the whole gap")
            if change.left is not None
            else "the whole gap",
            left_open=f"where {left}" if left else "",
            barred_by=bar,
        )
        for lever, bar in change.levers
    ]


def _change_words(
    study: Study, change: Change, causes: Sequence[Exemption], gap: Gap, labels: Labels, lever: str
) -> str:
    functions = listed(labels.function(function) for function in gap.functions)
    if change.how == "measure":
        return f"add a measure that serves to {functions} and binds every service"
    if change.how == "fallback":
        places = listed(cause.provision for cause in causes)
        return f"add a fallback duty for a service that claims the exception at {places}"
    parts = []
    for cause in causes:
        if cause.limbs:
            parts.append(
                f"let {cause.measure} apply to these services too: "
                f"{cut_words(cause, labels, study.revision.counting)}"
            )
        elif cause.reaches_only is not None and lever != "code":
            verb = (
                "require by amendment of the Act" if lever == "act" else "require by a notice under the Act"
            )
            parts.append(
                f"{verb} what {cause.provision} asks, without the limit {wording(cause.quote, cause.basis)}"
            )
        else:
            parts.append(f"strike the words at {cause.provision}: {wording(cause.quote, cause.basis)}")
    return "; and ".join(parts)


def _ranked(study: Study, row: GapRow) -> tuple[float, RankedGap]:
    """Return a row's points and the reason of its place, from rules/weights.yaml."""
    weigh = study.rulebook.weight
    kinds = [entry for harm in row.harms if (entry := study.rulebook.harm(harm))]
    gravest = max(kinds, key=lambda entry: entry.severity)
    function = max(row.functions, key=lambda key: weigh(f"function.{key}"))
    parts = [
        (row.state.replace("_", " "), weigh(f"state.{row.state}")),
        (f"severity of {gravest.name_on(row.revision)}", weigh("severity", 1.0) * gravest.severity),
        (f"function {function.replace('_', ' ')}", weigh(f"function.{function}")),
    ]
    reached = [
        (kind, weigh(f"cause.{kind}"))
        for cause in row.causes
        for kind in cause.kinds
        if weigh(f"cause.{kind}")
    ]
    if reached:
        kind, points = max(reached, key=lambda item: item[1])
        parts.append((f"turns on {kind.replace('_', ' ')}", points))
    if row.strength == Invocable.ARGUABLE:
        parts.append(("only arguable", weigh("strength.arguable")))
    relations = {line.relation for line in row.evidence}
    if relations:
        best = "direct" if "direct" in relations else "proxy"
        parts.append((f"{best} evidence", weigh(f"evidence.{best}")))
    if row.relevance == EVIDENCED:
        parts.append(("linked by a source", weigh("relevance.evidenced")))
    if row.expectation:
        parts.append(("asked for by a named body", weigh("expectation")))
    total = sum(points for _, points in parts)
    said = ", ".join(f"{name} {points:+g}" for name, points in parts if points)
    return total, RankedGap(row=row, order_reason=f"{total:g} points: {said}")
