"""The report as it is read: every sentence, label and reference made before a template sees it."""

from collections.abc import Mapping
from urllib.parse import quote

from analyser.reporting.context import SourceRef
from analyser.reporting.decision_rows import Decided, decided_words, short_words
from analyser.reporting.labels import Labels, listed, plain
from analyser.reporting.phrases import condition_names, harm_names, left_open, sentence_case, service_names
from analyser.reporting.report_model import Headline, RankedGap, Report
from analyser.reporting.rows import Backstop, Cause, Closure, EvidenceLine, ExemptionRow, GapRow, InvocableBy
from analyser.reporting.views import (
    CauseView,
    ClaimView,
    ClosureView,
    DecisionView,
    EvidenceView,
    ExemptionView,
    FigureView,
    GapView,
    HeadlineView,
    Reference,
    StatuteView,
)
from analyser.reporting.wording import place_words, wording, words_basis

_REFERENCES = 5
_FIGURES_TOLD = 3
_APPLICATION = "application"
_EFFECTS = {
    "lifts": "the duty falls away",
    "narrows": "the duty falls away for a part",
    "softens": "the duty stays, its standard is left open",
}
_MINOR_EFFECTS = {
    "lifts": "noted; it cuts no duty",
    "narrows": "noted; what the duty is about is told more exactly",
    "softens": "noted; the duty stays, its standard is less certain",
}
_ANSWERS = {
    "yes": "could claim it",
    "arguable": "could argue that it applies",
    "no": "could not claim it",
    "unknown": "not known whether it could claim it",
}
_RELEVANCE = {
    "evidenced": "A risk profile or evidence links this harm to such services.",
    "not_known": "Whether this harm arises on such services is not known: the published lists are partial.",
}
_SAFE_HARBOUR = {
    "displaced": "displaced for a provider that follows the measure",
    "arguable": "whether it is displaced is arguable",
    "stands": "stands by itself",
}


class ReportReader:
    """Turns the rows of one report into what is read; holds the words for keys and what rows refer to."""

    def __init__(self, report: Report, labels: Labels) -> None:
        self.labels = labels
        self._report = report
        self._sources: Mapping[str, SourceRef] = {source.id: source for source in report.sources}
        self._exemptions = {row.id: row for row in report.exemptions}
        self._gap_numbers = {gap.row.id: number for number, gap in enumerate(report.gaps, 1)}

    def headlines(self) -> tuple[HeadlineView, ...]:
        """Return the headlines in the report's order."""
        return tuple(self._headline(headline) for headline in self._report.headlines)

    def none_leads(self) -> str:
        """Return the sentence that stands in place of headlines where there are none."""
        unknown = self._report.totals.get("unknown", 0)
        if unknown:
            cells = f"{unknown:,} of {self._report.partition.cells:,}"
            return f"No finding leads: the state of {cells} cells is not known from the text held."
        if self._report.gaps:
            return "No gap leads: each has several causes, is arguable or rests on faint recall."
        return "No gap was found in the text held."

    def exemptions(self) -> tuple[ExemptionView, ...]:
        """Return every exemption in the report's order."""
        return tuple(self._exemption(row) for row in self._report.exemptions)

    def gaps(self) -> tuple[GapView, ...]:
        """Return every gap in the report's order, numbered from 1."""
        return tuple(self._gap(gap) for gap in self._report.gaps)

    def figures(self) -> tuple[FigureView, ...]:
        """Return every figure beside a gap once, in the order in which the gaps name them."""
        lines = {line.id: line for gap in self._report.gaps for line in gap.row.evidence}
        return tuple(
            FigureView(
                anchor=_figure_anchor(line.id),
                id=line.id,
                statement=line.statement,
                base=", ".join(part for part in (line.base, line.period) if part),
                caveats=tuple(sentence_case(caveat).rstrip(".") for caveat in line.caveats),
                sources=self._references(line.source),
            )
            for line in lines.values()
        )

    def _headline(self, headline: Headline) -> HeadlineView:
        gaps = tuple(
            Reference(name=f"gap {self._gap_numbers[gap_id]}", href=_to(gap_id))
            for gap_id in headline.gap_ids
            if gap_id in self._gap_numbers
        )
        return HeadlineView(
            sentence=headline.sentence,
            words=wording(headline.words, headline.basis),
            provision=place_words(headline.provision),
            basis=headline.row_basis or headline.basis,
            gaps=gaps[:_REFERENCES],
            more_gaps=len(gaps[_REFERENCES:]),
            beside=headline.beside,
        )

    def _exemption(self, row: ExemptionRow) -> ExemptionView:
        kind = self.labels.kinds.get(row.kind)
        return ExemptionView(
            anchor=_anchor(row.id),
            id=row.id,
            words=wording(row.quote, words_basis(row.basis, row.basis_detail)),
            measure=row.measure,
            provision=place_words(row.provision),
            kind=sentence_case(self.labels.kind(row.kind)),
            kind_means=kind.means if kind else "",
            effect=_effect(row.effect, row.level, row.nature),
            level=row.level,
            application=row.nature == "application",
            limbs=listed(row.limbs),
            claims=tuple(self._claim(claim) for claim in row.invocable_by),
            leaves=left_open(row.leaves, self.labels),
            compensated_by=listed(row.compensated_by),
            rule=row.rule,
            basis=row.basis,
            basis_detail="; ".join(row.basis_detail),
            decision=_decision(row),
        )

    def _claim(self, claim: InvocableBy) -> ClaimView:
        if claim.feature == _APPLICATION:
            return ClaimView(
                feature="",
                answer=claim.answer,
                says=sentence_case(claim.why).rstrip("."),
                why="",
                argued_by=claim.argued_by,
                sources=self._references(claim.source),
                basis=claim.basis,
            )
        return ClaimView(
            feature=sentence_case(self.labels.feature(claim.feature)),
            answer=claim.answer,
            says=_ANSWERS.get(claim.answer, claim.answer),
            why=sentence_case(claim.why).rstrip("."),
            argued_by=claim.argued_by,
            sources=self._references(claim.source),
            basis=claim.basis,
        )

    def _gap(self, gap: RankedGap) -> GapView:
        row = gap.row
        functions = listed(self.labels.function(key) for key in row.functions)
        harms = harm_names(row.harms, self.labels)
        rejected: tuple[str, ...] = getattr(row, "rests_on_rejected", ())
        resting_in_part = bool({cause.exemption for cause in row.causes} - set(rejected))
        return GapView(
            anchor=_anchor(row.id),
            id=row.id,
            number=self._gap_numbers[row.id],
            title=f"{sentence_case(functions)}: {harms.short}",
            state=row.state,
            state_name=sentence_case(self.labels.state(row.state)),
            strength="only arguable" if row.strength == "arguable" else "",
            functions=functions,
            harms=harms,
            services=service_names(row.services, self.labels),
            who=sentence_case(row.who).rstrip("."),
            condition=condition_names(row.when, self.labels),
            causes=tuple(self._cause(cause, row) for cause in row.causes),
            partly_held_by=listed(row.partly_held_by),
            by_design=plain(row.by_design),
            relevance=_RELEVANCE.get(row.relevance, plain(row.relevance)),
            expectation=row.expectation.replace("-", " "),
            statute=tuple(_statute(backstop) for backstop in row.statute_backstop),
            evidence=tuple(self._evidence(line) for line in row.evidence[:_FIGURES_TOLD]),
            more_evidence=tuple(self._evidence(line).told for line in row.evidence[_FIGURES_TOLD:]),
            closures=tuple(_closure(closure) for closure in row.what_would_close),
            order_reason=gap.order_reason,
            basis=row.basis,
            basis_detail="; ".join(row.basis_detail),
            decision=_decision(row),
            rests_on=tuple(
                Reference(name=name.rsplit("/", 1)[-1], href=_to(name) if name in self._exemptions else "")
                for name in rejected
            ),
            rests_says=f"Rests {'in part ' if resting_in_part else ''}on a finding that a reviewer rejected",
        )

    def _cause(self, cause: Cause, row: GapRow) -> CauseView:
        exemption = self._exemptions.get(cause.exemption)
        known = (
            words_basis(exemption.basis, exemption.basis_detail)
            if exemption is not None and exemption.quote == cause.quote
            else words_basis(row.basis, row.basis_detail)
        )
        return CauseView(
            words=wording(cause.quote, known),
            place=place_words(cause.provision or cause.measure),
            kinds=listed(self.labels.kind(kind) for kind in cause.kinds),
            effect=_EFFECTS.get(cause.effect, plain(cause.effect)),
            rule=cause.rule,
            sufficient=cause.sufficient,
            exemption=Reference(
                name=cause.exemption.rsplit("/", 1)[-1], href=_to(cause.exemption) if exemption else ""
            ),
        )

    def _evidence(self, line: EvidenceLine) -> EvidenceView:
        return EvidenceView(
            statement=line.statement,
            relation="about this harm on such services"
            if line.relation == "direct"
            else "about something near it",
            told=Reference(name=plain(line.id), href=f"#{quote(_figure_anchor(line.id), safe='/')}"),
        )

    def _references(self, ids: tuple[str, ...]) -> tuple[Reference, ...]:
        found = ((self._sources.get(source), source) for source in ids)
        return tuple(
            Reference(name=source.what, href=source.link) if source else Reference(name=name)
            for source, name in found
        )


def _decision(row: ExemptionRow | GapRow) -> DecisionView | None:
    """Return what reviewers decided on a row, None where nothing was decided or no decisions are in use."""
    decided: Decided | None = getattr(row, "decision", None)
    if decided is None:
        return None
    verdict = short_words(decided)
    said = decided_words(decided).removeprefix(verdict).strip(" .")
    return DecisionView(verdict=sentence_case(verdict), style=decided.style, says=said)


def _effect(effect: str, level: str, nature: str) -> str:
    """Say what an exemption does; what is minor or a mere trigger takes nothing from the duty."""
    if nature == "trigger":
        return "the duty starts with it"
    return (_MINOR_EFFECTS if level == "minor" else _EFFECTS).get(effect, plain(effect))


def _statute(backstop: Backstop) -> StatuteView:
    standing = _SAFE_HARBOUR.get(backstop.after_safe_harbour, plain(backstop.after_safe_harbour))
    since = (
        f"in force from {backstop.in_force_from}"
        if backstop.in_force_from
        else "date of coming into force not known"
    )
    later = "" if backstop.in_force_at_revision or not backstop.in_force_from else ", after this revision"
    return StatuteView(
        provision=backstop.provision,
        says=backstop.says,
        force=f"{since}{later}",
        standing=f"{standing}: {backstop.why}" if backstop.why else standing,
        qualified_by=listed(backstop.qualified_by),
        basis=backstop.basis,
    )


def _closure(closure: Closure) -> ClosureView:
    return ClosureView(
        change=sentence_case(closure.change),
        lever=_LEVERS.get(closure.lever, plain(closure.lever)),
        closes=closure.closes,
        left_open=closure.left_open,
        barred_by=closure.barred_by,
    )


_LEVERS = {
    "code": "an amendment of the code",
    "act": "an amendment of the Act",
    "notice": "a notice under the Act",
}


def _anchor(row_id: str) -> str:
    """Return an id as the id of an element: anything but white space may stand in one."""
    return "-".join(row_id.split())


def _figure_anchor(figure_id: str) -> str:
    return f"figure-{_anchor(figure_id)}"


def _to(row_id: str) -> str:
    return f"#{quote(_anchor(row_id), safe='/')}"
