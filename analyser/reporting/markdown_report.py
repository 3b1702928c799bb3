"""The report as Markdown, for a repository or a paste into a document."""

from collections.abc import Iterable

from analyser.reporting.envelope import TOOL
from analyser.reporting.html_report import GAPS_IN_FULL, basis_lines, totals
from analyser.reporting.labels import Labels
from analyser.reporting.markdown_format import escape, grid_table, letters_line, markdown_table
from analyser.reporting.matrix_grid import grids
from analyser.reporting.phrases import LeftOpen, Names, sentence_case
from analyser.reporting.report_model import Report
from analyser.reporting.report_view import ReportReader
from analyser.reporting.views import ClaimView, ExemptionView, FigureView, GapView, Reference
from analyser.reporting.wording import Wording


def render_markdown(report: Report, labels: Labels) -> str:
    """Return the report as Markdown with the same parts, in the same order, as the HTML report."""
    reader = ReportReader(report, labels)
    parts: list[str] = [f"# {escape(report.title)}", _facts(report), "## Headline findings"]
    for number, headline in enumerate(reader.headlines(), 1):
        place = f"{escape(headline.provision)}: {_words(headline.words)}. " if headline.words.words else ""
        named = ", ".join(gap.name for gap in headline.gaps)
        more = f" and {headline.more_gaps} more" if headline.more_gaps else ""
        gaps = f" See {named}{more}." if named else ""
        beside = f"\n   {escape(headline.beside)}" if headline.beside else ""
        parts.append(
            f"{number}. {escape(headline.sentence)}{beside}\n   {place}(basis: {headline.basis}).{gaps}"
        )
    if not report.headlines:
        parts.append(reader.none_leads())
    counts = [[total.letter, total.name, total.means, total.count] for total in totals(report, labels)]
    counts.append(
        ["", "All cells", "each counted once" if report.partition.holds else "the totals do not add up", ""]
    )
    counts[-1][3] = f"{report.partition.cells:,}"
    parts.append(markdown_table(["Letter", "State", "Meaning", "Cells"], counts))
    if report.totals_text:
        parts.append(escape(report.totals_text))
    parts += ["## Exemptions", _exemptions(reader.exemptions()), "## Matrix", letters_line(labels)]
    for grid in grids(report.matrix):
        parts += [f"### {escape(sentence_case(labels.function(grid.function)))}", grid_table(grid, labels)]
    parts += ["## Gaps, the most serious first", escape(report.order_text)]
    ranked = reader.gaps()
    parts += [_gap(gap) for gap in ranked[:GAPS_IN_FULL]]
    if ranked[GAPS_IN_FULL:]:
        parts += ["### The remaining gaps", _gap_lines(ranked[GAPS_IN_FULL:])]
    parts += _decisions(report)
    parts += ["## Method", *map(escape, report.method), "## Limits", *map(escape, report.limits)]
    parts += ["## How things are known", markdown_table(["Basis", "Meaning"], basis_lines(report, labels))]
    if reader.figures():
        parts += ["### Figures beside the gaps", _figures(reader.figures())]
    if report.sources:
        sources = ([source.id, source.what, source.url] for source in report.sources)
        parts += ["### Sources", markdown_table(["Id", "What", "Address"], sources)]
    parts += ["## Versions", _versions(report)]
    return "\n\n".join(parts) + "\n"


def _facts(report: Report) -> str:
    facts = (
        ("Code", report.code_title),
        ("Revision", report.revision),
        ("Status", report.status),
        ("Issued by", report.issuer),
    )
    return "\n".join(f"- {name}: {escape(value)}" for name, value in facts)


def _exemptions(rows: Iterable[ExemptionView]) -> str:
    lines = [
        [
            row.provision,
            f"{row.words}",
            f"{row.kind}: {row.effect}",
            "; ".join(_claim(claim) for claim in row.claims) or "not known",
            "; ".join(_left(left) for left in row.leaves) or "nothing by itself",
            row.basis,
            f"{row.id} {row.decision.verdict} {row.decision.says}." if row.decision else row.id,
        ]
        for row in rows
    ]
    header = [
        "Place",
        "Words",
        "Kind and effect",
        "Who could claim it, and who says so",
        "What it leaves uncovered, and when",
        "Basis",
        "Id",
    ]
    return markdown_table(header, lines) if lines else "None in the text held."


def _decisions(report: Report) -> list[str]:
    """Return what reviewers decided as a whole, where a file of decisions is in use."""
    if report.decisions is None:
        return []
    header = ["Status", "Decision", "Finding", "Finding here", "Words then", "Words now", "Why"]
    lines = [
        [
            row.status,
            f"{row.verdict} by {row.reviewer}, {row.date}: {row.reason}",
            row.finding,
            row.now,
            row.words_then,
            row.words_now,
            row.why,
        ]
        for row in report.decisions.open
    ]
    table = [markdown_table(header, lines)] if lines else []
    return ["## Decisions by reviewers", *map(escape, report.decisions.lines), *table]


def _decided(gap: GapView) -> list[str]:
    lines = [f"**{escape(gap.decision.verdict)}** {escape(gap.decision.says)}."] if gap.decision else []
    if gap.rests_on:
        names = "; ".join(reference.name for reference in gap.rests_on)
        lines.append(f"**{gap.rests_says}:** {escape(names)}.")
    return lines


def _gap(gap: GapView) -> str:
    lines = [f"**{gap.state_name}.** {escape(gap.who)}.", *_decided(gap)]
    if gap.harms.full:
        lines.append(f"Harms: {escape(gap.harms.full)}.")
    for cause in gap.causes:
        mark = ", sufficient by itself" if cause.sufficient else ""
        where = f" {escape(cause.place)}" if cause.place else ""
        lines.append(
            f"Because of {_words(cause.words)}{where} ({escape(cause.kinds)}: {escape(cause.effect)}{mark})."
        )
    lines += [f"People expect: {escape(gap.expectation)}."] if gap.expectation else []
    lines += [f"Partly held by: {escape(gap.partly_held_by)}."] if gap.partly_held_by else []
    lines.append(f"Why it stands here: {escape(gap.order_reason)}")
    lines += [
        f"Act, {escape(line.provision)}: {escape(line.says)} ({escape(line.force)}). "
        f"After the safe harbour: {escape(line.standing)}."
        for line in gap.statute
    ]
    lines += [f"Evidence: {escape(line.statement)} It is {line.relation}." for line in gap.evidence]
    if gap.more_evidence:
        lines.append(
            f"More evidence: {escape('; '.join(reference.name for reference in gap.more_evidence))}."
        )
    for closure in gap.closures:
        left = f"; leaves open {escape(closure.left_open)}" if closure.left_open else ""
        barred = f"; barred: {escape(closure.barred_by)}" if closure.barred_by else ""
        lines.append(
            f"Would close it: {escape(closure.change)}, by {closure.lever}; "
            f"closes {escape(closure.closes)}{left}{barred}."
        )
    lines.append(f"Basis: {gap.basis}. Id: {escape(gap.id)}")
    body = "\n".join(f"- {line}" for line in lines)
    return f"### {gap.number}. {escape(gap.title)}\n\n{body}"


def _gap_lines(gaps: Iterable[GapView]) -> str:
    lines = [
        [
            str(gap.number),
            gap.state_name,
            f"{gap.title}{f': {gap.harms.full}' if gap.harms.full else ''}",
            f"{gap.services.short}{f', when: {gap.condition.short}' if gap.condition.short else ''}",
            "; ".join(f"{cause.place} {cause.words}" for cause in gap.causes),
            gap.basis,
            " ".join(
                [
                    gap.id,
                    *([f"{gap.decision.verdict} {gap.decision.says}."] if gap.decision else []),
                    *([f"{gap.rests_says}."] if gap.rests_on else []),
                ]
            ),
        ]
        for gap in gaps
    ]
    header = [
        "No.",
        "State",
        "What is missing, for which harms",
        "On which services",
        "Because of",
        "Basis",
        "Id",
    ]
    return markdown_table(header, lines)


def _figures(figures: Iterable[FigureView]) -> str:
    lines = [
        [
            figure.statement,
            figure.base,
            ". ".join(figure.caveats),
            "; ".join(source.name for source in figure.sources),
        ]
        for figure in figures
    ]
    return markdown_table(["Figure", "Base", "What it does not say", "Source"], lines)


def _versions(report: Report) -> str:
    lines = [
        (TOOL.name, TOOL.version),
        *((file.path, f"sha256 {file.sha256}") for file in report.inputs),
        (f"rules {report.rules.pack}", f"{report.rules.version}, sha256 {report.rules.sha256}"),
        *report.versions,
    ]
    return "\n".join(f"- {escape(name)}: {escape(value)}" for name, value in lines)


def _words(words: Wording) -> str:
    held = f"*{escape(words.words)}*" if words.recalled else escape(words.words)
    return f"{words.before}{held}{words.after}"


def _claim(claim: ClaimView) -> str:
    argued = f", argued by {claim.argued_by}" if claim.argued_by else ""
    subject = f"{claim.feature} " if claim.feature else ""
    return f"{subject}{claim.says}{argued}{_sources(claim.sources)} (basis: {claim.basis})"


def _sources(sources: tuple[Reference, ...]) -> str:
    return f" [{', '.join(source.name for source in sources)}]" if sources else ""


def _left(left: LeftOpen) -> str:
    when = f", when: {left.when.short}" if left.when.short else ""
    return f"{left.state_name}: {left.functions} for {_named(left.harms)} on {_named(left.services)}{when}"


def _named(names: Names) -> str:
    return f"{names.short} ({names.full})" if names.full else names.short
