"""Fill the report: headline findings, tables in their order, totals that partition, method, limits, basis,
versions."""

from collections import Counter
from collections.abc import Mapping, Sequence

from analyser import __version__
from analyser.applications.reconcile import Verdict, reconcile
from analyser.coverage.beside import Beside
from analyser.coverage.study import Study
from analyser.model.base import State
from analyser.reporting.context import SourceRef
from analyser.reporting.labels import Labels, basis_of, listed
from analyser.reporting.report_model import Partition, RankedGap, Report
from analyser.reporting.rows import (
    DutyRow,
    ExemptionRow,
    GapRow,
    InputFile,
    MatrixRow,
    RulesUsed,
)
from analyser.tables.headlines import Tables, headlines
from analyser.tables.order import firmness, firmness_words


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
        headlines=headlines(study, Tables(ranked, exemptions, matrix), beside, labels),
        exemptions=tuple(exemptions),
        gaps=tuple(ranked),
        order_text=_order_text(study, [item.row for item in ranked]),
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


def _order_text(study: Study, rows: Sequence[GapRow]) -> str:
    heavy = ", ".join(f"{weight.id} {weight.value:+g}" for weight in study.rulebook.weights)
    firm = firmness_words(firmness(study, rows))
    return (
        "Gaps stand in order of seriousness: the sum of the points of rules/weights.yaml (state, severity "
        "of the gravest harm, function, breadth, evidence, link), each with its reason there; equal sums "
        "follow the order of functions and harms. The points are the project's own judgement and can be "
        f"changed. They are: {heavy}. {firm}"
    ).rstrip()


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
    restated = (
        "The text is restated in the project's own words from published sources; it is not the official "
        "text. Words stand in quotation marks only "
        "where they were seen quoted."
    )
    given = (
        "The words are those of the file given, as they were read from it; that it is the official text was "
        "checked only where its words are marked official."
    )
    return (
        given if study.document.exact else restated,
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
