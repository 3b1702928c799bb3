"""Fill the report: headline findings, tables in their order, totals that partition, method, limits, basis,
versions."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from analyser import __version__
from analyser.applications.reconcile import Verdict, reconcile
from analyser.coverage.beside import Beside
from analyser.coverage.gaps import rectangles
from analyser.coverage.study import Study
from analyser.model.base import Basis, Function, Invocable, State
from analyser.reporting.context import SourceRef
from analyser.reporting.labels import Labels, basis_of, listed
from analyser.reporting.report_model import Headline, Partition, RankedGap, Report
from analyser.reporting.rows import (
    DutyRow,
    EvidenceLine,
    ExemptionRow,
    GapRow,
    InputFile,
    MatrixRow,
    RulesUsed,
)
from analyser.reporting.wording import wording
from analyser.tables.words import cut_words, who

_HEADLINES = 6
_TOO_WEAK = (Basis.RECALL_LOW, Basis.UNKNOWN)


def report_of(
    study: Study,
    ranked: Sequence[RankedGap],
    exemptions: Sequence[ExemptionRow],
    matrix: Sequence[MatrixRow],
    duties: Sequence[DutyRow],
    beside: Beside,
    labels: Labels,
    inputs: tuple[InputFile, ...],
    rules: RulesUsed,
    options: Mapping[str, object],
) -> Report:
    """Return the report of a study; `ranked` are the gaps in their order, the most serious first."""
    totals = count_cells(study.leaves, matrix)
    leaf_cells = sum(1 for row in matrix if row.harm in study.leaves)
    revision = study.revision
    return Report(
        title=f"Gaps in {revision.title}",
        code_title=revision.title,
        code=revision.code,
        revision=revision.date,
        status=f"{revision.status}{f', in force from {revision.in_force}' if revision.in_force else ''}"
        + (f". {revision.notice}" if revision.notice else ""),
        issuer=revision.issuer,
        inputs=inputs,
        rules=rules,
        options=dict(options),
        headlines=headlines(study, ranked, matrix, beside, labels),
        exemptions=tuple(exemptions),
        gaps=tuple(ranked),
        order_text=_order_text(study),
        matrix=tuple(matrix),
        totals=totals,
        partition=Partition(cells=leaf_cells, counted=sum(totals.values())),
        totals_text="Cells of service type, leaf kind of harm and function, each counted once by its worst "
        "state at medium or high risk. "
        "Types of service overlap, so these count cells, not services. CSEA as a whole is shown in the "
        "matrix and not counted again.",
        duties=tuple(duties),
        method=_method(study),
        limits=_limits(study),
        basis_legend=basis_of(labels),
        sources=_sources(study, ranked, exemptions),
        versions=(("codegap", __version__), ("rules", rules.sha256[:16])),
    )


def count_cells(leaves: Sequence[str], matrix: Sequence[MatrixRow]) -> dict[str, int]:
    """Return the number of leaf cells in each state; together they are every leaf cell."""
    totals = {state.value: 0 for state in State}
    for row in matrix:
        if row.harm in leaves:
            totals[row.state] += 1
    return {state: count for state, count in totals.items() if count}


def headlines(
    study: Study, ranked: Sequence[RankedGap], matrix: Sequence[MatrixRow], beside: Beside, labels: Labels
) -> tuple[Headline, ...]:
    """Return the leading findings: one a measure and state (where no measure exists, one a function), the
    most serious first.

    Gaps with several causes (striking one closes nothing), claims that are only arguable, what rests on faint
    recall, cells that are low by design, harms that no source links, and expected protections beside a duty
    that holds the cell never lead.
    """
    open_cells = {(row.service, row.harm, row.function) for row in matrix if row.state == State.NO_MEASURE}
    families: dict[tuple[object, ...], list[GapRow]] = defaultdict(list)
    for item in ranked:
        row = item.row
        if row.by_design or row.strength != Invocable.YES or row.basis in _TOO_WEAK:
            continue
        if len(row.causes) == 1:
            families[row.state, tuple(cause.exemption for cause in row.causes)].append(row)
        elif not row.causes and (row.services[0], row.harms[0], row.functions[0]) in open_cells:
            families[row.state, row.functions].append(row)
    found: list[Headline] = []
    told: set[tuple[str, ...]] = set()
    for rows in families.values():
        cause = study.by_id[rows[0].causes[0].exemption] if rows[0].causes else None
        key = (rows[0].state, *((cause.measure, cause.kind.value) if cause else rows[0].functions))
        if key not in told:
            told.add(key)
            found.append(_headline(study, rows, beside, labels))
        if len(found) == _HEADLINES:
            break
    return tuple(found)


def _headline(study: Study, rows: Sequence[GapRow], beside: Beside, labels: Labels) -> Headline:
    """Say the widest rectangle of cells that share the leading row's condition, and no more."""
    lead = rows[0]
    same = [row for row in rows if row.when == lead.when]
    cells = [
        (service, harm, Function(function))
        for row in same
        for service in row.services
        for harm in row.harms
        for function in row.functions
    ]
    boxes = list(rectangles(cells, study.revision.harms))
    services, harms, functions = max(
        boxes, key=lambda box: len(box[0]) * len(box[1]) * (lead.harms[0] in box[1])
    )
    deeds = listed(label.deed for label in study.rulebook.function_labels if label.key in functions)
    whom, of = who(services, lead.when, labels), _harms(study, harms, lead, labels)
    words, provision, basis = "", "", lead.basis
    if not lead.causes:
        sentence = (
            f"For {of}, no measure of the code recommends that {_some(study, services, labels)} {deeds}."
        )
    else:
        cause = study.by_id[lead.causes[0].exemption]
        words, provision, basis = cause.quote, cause.provision, cause.basis.value
        if lead.state == State.ESCAPABLE:
            sentence = (
                f"{_capital(whom)}, could claim the exception at {provision} ({wording(words, basis)}); "
                f"no other duty of the code then recommends in full that they {deeds}: "
                f"{of}.{_rest(study, same)}"
            )
        else:
            reasons = listed(_reason(study, row_cause.exemption, labels) for row_cause in lead.causes)
            sentence = f"For {of}, no measure recommends that {whom}, {deeds}: {reasons}."
    beside_it = ""
    figure = _figure(study, beside, services, harms)
    if figure is not None:
        beside_it = f"Beside it ({figure.relation} evidence): {figure.statement}"
    return Headline(
        sentence=sentence,
        beside=beside_it,
        gap_ids=tuple(row.id for row in same),
        basis=basis,
        words=words,
        provision=provision,
        row_basis=lead.basis,
    )


def _rest(study: Study, rows: Sequence[GapRow]) -> str:
    """Say which measures still hold a part."""
    held = {name for row in rows for name in row.partly_held_by}
    measures = [
        measure.id
        for measure in study.document.measures
        if any(f"{name}.".startswith(f"{measure.id}.") for name in held)
    ]
    return f" A part is still held by {listed(measures)}." if measures else ""


def _reason(study: Study, exemption_id: str, labels: Labels) -> str:
    cause = study.by_id[exemption_id]
    if cause.limbs:
        return f"{cause.measure} does not apply ({cut_words(cause, labels, study.revision.counting)})"
    return f"{cause.provision} is limited by its words: {wording(cause.quote, cause.basis)}"


def _figure(
    study: Study, beside: Beside, services: Sequence[str], harms: Sequence[str]
) -> EvidenceLine | None:
    """Return the published number that lies nearest: about these services by name, with a stated base, the
    first of the rules."""
    named = {entry.id for entry in study.rulebook.evidence if set(entry.services) & set(services)}
    lines = [
        line
        for line in beside.evidence(services, harms)
        if line.base and any(letter.isdigit() for letter in line.figure)
    ]
    return min(lines, key=lambda line: line.id not in named, default=None)


def _some(study: Study, services: Sequence[str], labels: Labels) -> str:
    """Name the services, or how many of the types there are."""
    every = [service.key for service in study.rulebook.services if service.regime == study.revision.regime]
    if len(services) == len(every):
        return "any type of service"
    if len(services) <= 4:
        return listed(labels.services_of(service) for service in services)
    named = listed(labels.services_of(service) for service in services)
    return f"{len(services)} of the {len(every)} types of service ({named})"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _harms(study: Study, harms: Sequence[str], lead: GapRow, labels: Labels) -> str:
    """Name the harms, the gravest by name even where there are many."""
    if len(harms) <= 4:
        return listed(labels.harm(harm) for harm in harms)
    gravest = sorted(
        harms, key=lambda harm: -(entry.severity if (entry := study.rulebook.harm(harm)) else 0)
    )[:4]
    named = listed(labels.harm(harm) for harm in study.revision.harms if harm in gravest)
    every = set(study.leaves) <= set(harms)
    return (
        f"every kind of illegal harm, {named} among them"
        if every
        else f"{len(harms)} kinds of illegal harm, {named} among them"
    )


def _order_text(study: Study) -> str:
    heavy = ", ".join(f"{weight.id} {weight.value:+g}" for weight in study.rulebook.weights)
    return (
        "Gaps stand in order of seriousness: the sum of the points of rules/weights.yaml (state, severity "
        "of the gravest harm, function, "
        "evidence, link), each with its reason there; equal sums follow the order of functions and harms. "
        "The points are the project's own "
        f"judgement and can be changed. They are: {heavy}."
    )


def _method(study: Study) -> tuple[str, ...]:
    return (
        _index_text(study),
        "The text was parsed into measures, paragraphs and items; each recommendation into duties; each "
        "application paragraph into a condition "
        "over facts of a service, settled by going through every combination of the facts it names.",
        f"{len(study.rulebook.qualifiers)} rules looked for words that limit a duty; every find keeps its "
        f"place in the text, and every candidate "
        "that was set aside is kept with the reason (codegap explain).",
        "For each type of service, harm and function the duties were judged in every combination of the "
        "facts that they name: size, the provider's "
        "own rating of the risk, channel, end-to-end encryption and so on. The best whole duty decides; "
        "duties that serve only a part never lift "
        "a cell above weakened. The number of combinations says nothing about how many services there are.",
        "A gap is a cell that nothing binding covers: a service could claim an exception (escapable), "
        "measures stop short of it (out of scope), or "
        "no measure exists. Where the harm is rated low or negligible on the service itself, being out of "
        "scope is by design and no gap.",
        "Every change said to close a gap was confirmed by judging the cell again with the change made.",
    )


def _index_text(study: Study) -> str:
    """Say how the code's own index of measures compares with the application paragraphs."""
    verdicts = reconcile(study.document, study.applications, study.rulebook, study.revision.counting)
    counts = Counter(item.verdict for item in verdicts)
    said = listed(f"{count} {verdict.value}" for verdict in Verdict if (count := counts[verdict]))
    odd = [
        f"{item.measure}: {item.why}"
        for item in verdicts
        if item.verdict in (Verdict.DIFFERENT, Verdict.UNREAD, Verdict.NO_ROW, Verdict.NO_BODY)
    ]
    return (
        f"The code's own index of measures was compared with the application paragraphs by going through "
        f"every combination of facts: {said} "
        "(implied: the index points to further conditions that the paragraph gives; blank: the cell is "
        "blank)." + (f" To be looked at: {'; '.join(odd)}." if odd else "")
    )


def _limits(study: Study) -> tuple[str, ...]:
    incomplete = sum(not measure.text_complete for measure in study.document.measures)
    unknown = sum(
        not provision.number_known
        for measure in study.document.measures
        for provision in measure.provisions()
    )
    return (
        "The text is restated in the project's own words from published sources; it is not the official "
        "text. Words stand in quotation marks only "
        "where they were seen quoted.",
        f"Of {len(study.document.measures)} measures, {incomplete} have paragraphs that were not seen: for "
        f"these a covered cell means covered as far "
        f"as the text is known, and no finding says that they hold no further exemption. {unknown} "
        f"paragraphs and items carry no official number.",
        "Recommended is not required: following the code is one way to comply (s.49), and other measures "
        "may be taken instead (s.23).",
        "The risk ratings that many measures turn on are the provider's own (s.9): where a gap turns on "
        "risk, the way out is self-assessed.",
        "What is typical of a type of service is the project's own reading (rules/services.yaml); a "
        "concrete service is judged by its own profile "
        "(codegap check). A service of another type with end-to-end encrypted messages is not in the rows "
        "by type: give it a profile.",
        "The lists that link harms to types of service are partial: no link found is shown as not known, "
        "never as not applicable.",
        "How the average behind the threshold of a large service is taken is not known; no spot count "
        "settles it.",
    )


def _sources(
    study: Study, ranked: Sequence[RankedGap], exemptions: Sequence[ExemptionRow]
) -> tuple[SourceRef, ...]:
    used = {source for item in ranked for line in item.row.evidence for source in line.source}
    used |= {source for row in exemptions for answer in row.invocable_by for source in answer.source}
    return tuple(
        SourceRef(id=source.id, what=source.what, url=source.url)
        for source in study.rulebook.sources
        if source.id in used
    )
