"""Read a finding aloud: the path from the words to the uncovered people, and the readings that were
rejected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analyser.coverage.study import Study
from analyser.errors import UsageError, nearest
from analyser.graph.build import path_to
from analyser.model.exemption import Exemption
from analyser.reporting.labels import Labels, listed, when_words
from analyser.reporting.rows import ExemptionRow, ExplainRow, GapRow, Rejected, Step
from analyser.reporting.wording import wording

if TYPE_CHECKING:
    from analyser.graph.build import Graph


class Explainer:
    """Explains duties, exemptions, gaps and provisions of one study."""

    def __init__(
        self,
        study: Study,
        graph: Graph,
        exemptions: Sequence[ExemptionRow],
        gaps: Sequence[GapRow],
        labels: Labels,
    ) -> None:
        self.study = study
        self.graph = graph
        self.exemptions = {row.id: row for row in exemptions}
        self.gaps = {row.id: row for row in gaps}
        self.labels = labels

    def explain(self, asked: str) -> tuple[ExplainRow, ...]:
        """Return the explanation of an id, a provision (`ICU C2.2`) or a measure; raises UsageError naming
        the nearest ids."""
        word = asked.strip()
        if word in self.gaps:
            return (self._gap(self.gaps[word]),)
        if word in self.exemptions:
            return (self._exemption(self.exemptions[word]),)
        if word in self.study.duty_by_id:
            return (self._duty(word),)
        rows = self._of_provision(word.upper().replace("/", " ") if " " in word else word)
        if rows:
            return rows
        known = [
            *self.gaps,
            *self.exemptions,
            *self.study.duty_by_id,
            *(measure.id for measure in self.study.document.measures),
        ]
        raise UsageError(
            f"there is no duty, exemption, gap, provision or measure `{asked}`", fix=nearest(asked, known)
        )

    def _of_provision(self, name: str) -> tuple[ExplainRow, ...]:
        duties = [duty.id for duty in self.study.duties if _matches(name, duty.provision, duty.measure)]
        ways_out = [row for row in self.exemptions.values() if _matches(name, row.provision, row.measure)]
        return (*(self._duty(duty) for duty in duties), *(self._exemption(row) for row in ways_out))

    def _duty(self, duty_id: str) -> ExplainRow:
        duty = self.study.duty_by_id[duty_id]
        application = self.study.applications[duty.measure]
        paragraph = next(item for item in self.study.document.measures if item.id == duty.measure)
        steps = [
            self._measure(duty.measure),
            Step(
                node=", ".join(application.provisions),
                kind="application",
                text="to whom the measure applies",
                quote=" ".join(item.span.of(self.study.document.text) for item in paragraph.application),
                basis=application.basis,
            ),
            Step(
                node=duty.id,
                kind="duty",
                text=" ".join(
                    (duty.bearer or "someone not named", duty.modality, duty.action, duty.object)
                ).strip(),
                quote=duty.quote,
                basis=duty.basis,
            ),
        ]
        for reach in {(reach.function, reach.rule): reach for reach in duty.reaches}.values():
            harms = [item.harm for item in duty.reaches if item.function is reach.function]
            steps.append(
                Step(
                    node=f"rule:{reach.rule}",
                    kind="function",
                    text=f"serves {self.labels.function(reach.function)} ({reach.breadth}) "
                    f"for {self._harms(harms)}",
                    quote="",
                    basis="",
                )
            )
        steps += [
            self._cut(row) for row in self.exemptions.values() if duty_id in self.study.by_id[row.id].duties
        ]
        return ExplainRow(id=duty_id, steps=tuple(steps), rejected=self._rejected(duty.measure))

    def _exemption(self, row: ExemptionRow) -> ExplainRow:
        exemption = self.study.by_id[row.id]
        steps = [*self._path("", row.id), *self._rule(exemption), *self._claims(row)]
        for entry in row.leaves:
            condition = when_words(entry.when, self.labels)
            steps.append(
                Step(
                    node=row.id,
                    kind="leaves",
                    text=f"leaves {listed(self.labels.services_of(item) for item in entry.services)}"
                    f"{f' ({condition})' if condition else ''} {self.labels.state(entry.state)} for "
                    f"{listed(self.labels.function(item) for item in entry.functions)}: "
                    f"{self._harms(entry.harms)}",
                    quote="",
                    basis=row.basis,
                )
            )
        if not row.leaves:
            steps.append(
                Step(node=row.id, kind="leaves", text=self._why_nothing(row), quote="", basis=row.basis)
            )
        return ExplainRow(id=row.id, steps=tuple(steps), rejected=self._rejected(row.measure))

    def _gap(self, row: GapRow) -> ExplainRow:
        steps: list[Step] = []
        for cause in row.causes:
            steps += self._path("", cause.exemption)
            steps += self._rule(self.study.by_id[cause.exemption])
            steps += self._claims(self.exemptions[cause.exemption])
        if not row.causes:
            text = "no duty of the text held serves this function for these harms"
            steps.append(
                Step(
                    node=f"revision:{self.study.document.key}",
                    kind="revision",
                    text=text,
                    quote="",
                    basis=row.basis,
                )
            )
        functions = listed(self.labels.function(item) for item in row.functions)
        steps.append(
            Step(
                node=row.id,
                kind="gap",
                text=f"{row.who}: {self.labels.state(row.state)} for {functions} of {self._harms(row.harms)}",
                quote="",
                basis=row.basis,
            )
        )
        steps += [
            Step(node=line, kind="partly held by", text=line, quote="", basis="")
            for line in row.partly_held_by
        ]
        steps += [
            Step(
                node=f"statute:{item.provision}",
                kind="statute",
                text=f"{item.provision} {item.after_safe_harbour}"
                f"{f' from {item.in_force_from}' if item.in_force_from else ''}: {item.why}",
                quote="",
                basis=item.basis,
            )
            for item in row.statute_backstop
        ]
        steps += [
            Step(
                node=f"evidence:{item.id}",
                kind=f"evidence ({item.relation})",
                text=item.statement,
                quote="",
                basis="",
            )
            for item in row.evidence
        ]
        steps += [
            Step(
                node=row.id,
                kind=f"would close it ({item.lever})",
                text=f"{item.change}: closes {item.closes}",
                quote="",
                basis="",
            )
            for item in row.what_would_close
        ]
        measures = {cause.measure for cause in row.causes}
        return ExplainRow(
            id=row.id,
            steps=tuple(steps),
            rejected=tuple(item for name in sorted(measures) for item in self._rejected(name)),
        )

    def _path(self, gap: str, exemption: str) -> list[Step]:
        """Turn the path through the graph into steps."""
        steps = []
        for node in path_to(self.graph, gap, exemption):
            data = self.graph.nodes[node]
            if data["type"] == "revision":
                continue
            if data["type"] == "measure":
                steps.append(self._measure(node))
            elif data["type"] == "duty":
                duty = self.study.duty_by_id[node]
                steps.append(
                    Step(
                        node=node,
                        kind="duty",
                        text="the duty that stands there",
                        quote=duty.quote,
                        basis=duty.basis,
                    )
                )
            elif data["type"] == "exemption":
                steps.append(self._cut(self.exemptions[node]))
            elif data["type"] == "provision":
                steps.append(
                    Step(node=node, kind="provision", text="the paragraph", quote=data["text"], basis="")
                )
        return steps

    def _measure(self, name: str) -> Step:
        measure = self.study.document.measure(name)
        assert measure is not None
        return Step(node=name, kind="measure", text=measure.title, quote="", basis=measure.title_basis)

    def _cut(self, row: ExemptionRow) -> Step:
        limbs = f": {listed(row.limbs)}" if row.limbs else ""
        return Step(
            node=row.id,
            kind="exemption",
            text=f"{self.labels.kind(row.kind)}, {row.nature}, {row.effect} ({row.level}){limbs}; "
            f"{wording(row.quote, self.study.by_id[row.id].basis)}",
            quote=row.quote,
            basis=self.study.by_id[row.id].basis,
        )

    def _rule(self, exemption: Exemption) -> list[Step]:
        rule = next((item for item in self.study.rulebook.qualifiers if item.id == exemption.rule), None)
        if rule is None:
            text = "a limb of the application fails: found by going through every combination of its facts"
            return [Step(node=f"rule:{exemption.rule}", kind="rule", text=text, quote="", basis="")]
        return [
            Step(
                node=f"rule:{rule.id}", kind="rule", text=" ".join(rule.rationale.split()), quote="", basis=""
            )
        ]

    def _claims(self, row: ExemptionRow) -> list[Step]:
        return [
            Step(
                node=f"feature:{item.feature}",
                kind=f"who could claim it: {item.answer}",
                text=f"{self.labels.feature(item.feature)}: {item.why}"
                + (f" (argued by {item.argued_by})" if item.argued_by else ""),
                quote="",
                basis=item.basis,
            )
            for item in row.invocable_by
        ]

    def _why_nothing(self, row: ExemptionRow) -> str:
        if row.compensated_by:
            return f"leaves nothing: {listed(row.compensated_by)} asks the same of those it leaves out"
        exemption = self.study.by_id[row.id]
        if exemption.nature == "trigger":
            return "a trigger: the duty starts with it, so the state of no cell changes"
        if exemption.level == "minor" or exemption.effect == "softens":
            return "leaves no cell open: the duty stays, its standard less certain"
        return (
            "leaves no cell open: another duty serves the function for these harms, or it serves only a part"
        )

    def _harms(self, harms: Sequence[str]) -> str:
        if set(self.study.leaves) <= set(harms):
            return "every kind of illegal harm"
        return listed(self.labels.harm(harm) for harm in harms)

    def _rejected(self, measure: str) -> tuple[Rejected, ...]:
        return tuple(
            Rejected(rule=item.rule, quote=item.quote, why=item.why)
            for item in self.study.suppressed
            if item.measure == measure
        )


def _matches(name: str, provision: str, measure: str) -> bool:
    return name.lower() in (provision.lower(), measure.lower()) or provision.lower().startswith(
        f"{name.lower()}("
    )
