"""Rows of gaps: who is left, why, what stands beside, and what would close it; ordered by seriousness."""

from collections.abc import Collection, Sequence

from analyser.coverage.beside import EVIDENCED, NOT_KNOWN, Beside
from analyser.coverage.closing import Change
from analyser.coverage.gaps import Gap
from analyser.coverage.study import Study
from analyser.model.base import Basis, Invocable, Nature, State, weakest
from analyser.model.exemption import Exemption
from analyser.reporting.labels import Labels, listed, when_words
from analyser.reporting.report_model import RankedGap
from analyser.reporting.rows import Cause, Closure, GapRow, When
from analyser.reporting.wording import wording
from analyser.tables.order import parts_of, place, reason
from analyser.tables.words import cut_words, expected_words, who


def is_leading(row: GapRow) -> bool:
    """Say whether a row stands in the default list: a gap not low by design, where no measure exists linked
    to the service by a source, and no expectation that unseen text may meet."""
    unlinked = row.state == State.NO_MEASURE and row.relevance == NOT_KNOWN
    unseen = row.state == State.UNKNOWN and bool(row.expectation)
    return not (row.by_design or unlinked or unseen)


def gap_rows(
    study: Study, gaps: Sequence[Gap], beside: Beside, labels: Labels, subject: str = ""
) -> tuple[RankedGap, ...]:
    """Return the rows of all gaps, the most serious first, and after them what is low by design; `subject`
    names the one service judged."""
    return in_order(study, [_row(study, gap, beside, labels, subject) for gap in gaps])


def in_order(study: Study, rows: Sequence[GapRow], last: Collection[str] = ()) -> tuple[RankedGap, ...]:
    """Return rows of gaps, the most serious first, each with the reason of its place; those whose ids are in
    `last` follow the others, and what is low by design follows all.
    """
    weighed = [(row, parts_of(study, row)) for row in rows]
    weighed.sort(key=lambda item: place(study, item[0], sum(part.points for part in item[1]), last))
    return tuple(RankedGap(row=row, order_reason=reason(parts)) for row, parts in weighed)


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
        causes=tuple(_cause(cause, finding.sufficient) for cause in causes),
        partly_held_by=_held(study, gap),
        by_design=finding.by_design,
        relevance=finding.relevance or _relevance(gap, beside),
        expectation=finding.expectation,
        basis=weakest(basis for _, basis in known),
        basis_detail=tuple(f"{name}: {basis}" for name, basis in known),
        statute_backstop=()
        if finding.by_design or finding.state is State.UNKNOWN or _is_apart(gap)
        else beside.backstops(finding.state, causes, gap.harms, gap.functions),
        evidence=() if finding.by_design else beside.evidence(gap.services, gap.harms),
        what_would_close=tuple(_closure(study, change, gap, labels) for change in finding.changes),
    )


def _is_apart(gap: Gap) -> bool:
    """Say whether the row is an expected protection beside a cell that another duty serves."""
    return bool(gap.finding.expectation) and any(change.how == "protection" for change in gap.finding.changes)


def _held(study: Study, gap: Gap) -> tuple[str, ...]:
    """Name the paragraphs whose duties hold a part, and say where they do so in some of the cases only."""
    held: dict[str, bool] = {}
    for duty, everywhere in gap.finding.partly_held_by:
        place = study.duty_by_id[duty].provision
        held[place] = held.get(place, False) or everywhere
    return tuple(
        place if everywhere else f"{place} (only where it applies)" for place, everywhere in held.items()
    )


def _who(study: Study, gap: Gap, labels: Labels, subject: str) -> str:
    """Say whom the gap leaves; of an expected protection, that no duty gives it and what serves the
    function.
    """
    finding = gap.finding
    whom = who(gap.services, finding.when, labels, subject)
    entries = [entry for entry in study.rulebook.expectations if entry.id in finding.expectation.split("; ")]
    if finding.state is State.UNKNOWN and not entries:
        why = "facts are left open" if subject else "measures of this text have not been seen"
        return f"not known, as {why}; it would be a gap for {whom}"
    if not entries:
        return whom
    named = expected_words(finding.expectation, study)
    said = f"{whom}: no duty in the text held gives {named}"
    if _is_apart(gap) and finding.partly_held_by:
        measures = listed(dict.fromkeys(study.duty_by_id[duty].measure for duty, _ in finding.partly_held_by))
        said += f" ({listed(labels.function(item) for item in gap.functions)} as such: {measures})"
    if finding.state is State.UNKNOWN:
        said += "; paragraphs that could hold it have not been seen"
    return "; ".join([said, *(f"since then: {entry.since}" for entry in entries if entry.since)])


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


def _cause(cause: Exemption, sufficient: Sequence[str]) -> Cause:
    return Cause(
        kinds=tuple(dict.fromkeys(literal.kind.value for literal in cause.limbs)) or (cause.kind.value,),
        measure=cause.measure,
        provision=cause.provision,
        quote=cause.quote,
        rule=cause.rule,
        effect=cause.effect,
        exemption=cause.id,
        sufficient=cause.id in sufficient,
    )


def _closure(study: Study, change: Change, gap: Gap, labels: Labels) -> Closure:
    return Closure(
        change=_change_words(study, change, gap, labels),
        lever=change.lever,
        closes=_extent(change.closes, labels, whole=change.left is None),
        left_open="" if change.left is None else _extent(change.left, labels, whole=change.closes is None),
        barred_by=change.barred_by,
    )


def _extent(when: When | None, labels: Labels, *, whole: bool) -> str:
    """Say how much of a gap a condition covers: nothing, the whole gap, or where."""
    if when is None:
        return "nothing"
    condition = when_words(when, labels)
    return "the whole gap" if whole or not condition else f"where {condition}"


def _change_words(study: Study, change: Change, gap: Gap, labels: Labels) -> str:
    causes = [study.by_id[cause] for cause in change.causes]
    places = listed(cause.provision for cause in causes)
    deeds = listed(label.deed for label in study.rulebook.function_labels if label.key in gap.functions)
    match change.how:
        case "measure":
            return f"add a measure that has services at medium or high risk of it {deeds}"
        case "protection":
            return f"add a measure that gives {expected_words(gap.finding.expectation, study)}"
        case "fallback":
            return f"add a fallback duty for a service that claims the exception at {places}"
        case "statute":
            return (
                f"have the Act itself require that services {deeds}, privately communicated content included"
            )
        case "notice":
            return (
                "give a provider a notice under the Act (a power that the regulator may use; it reaches only "
                f"the provider to whom it is given), so that it {_singular(deeds)}"
            )
    return "; and ".join(_removal(study, cause, labels) for cause in causes)


def _singular(deeds: str) -> str:
    """Put the first verb of a deed into the third person: "find it" becomes "finds it"."""
    verb, _, rest = deeds.partition(" ")
    return f"{verb}s {rest}"


def _removal(study: Study, cause: Exemption, labels: Labels) -> str:
    if cause.limbs:
        limbs = cut_words(cause, labels, study.revision.counting)
        return f"let {cause.measure} apply to these services too: {limbs}"
    return f"strike the words at {cause.provision}: {wording(cause.quote, cause.basis)}"
