"""What would close a gap: strike words, widen an application, add a duty; each change is confirmed by
judging the cell again."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from analyser.coverage.cells import Group, Judgement, judge
from analyser.coverage.duty_states import Bound, is_way_out, moves_scope
from analyser.coverage.frame import Frame, Setting
from analyser.coverage.study import Study
from analyser.coverage.survey import Surveyor
from analyser.coverage.whens import when_of
from analyser.model.base import Breadth, Effect, Force, Function, Kind, Level, Nature
from analyser.model.duty import Duty
from analyser.model.exemption import Exemption
from analyser.model.logic import TRUE, Atom
from analyser.model.text import Span
from analyser.reporting.rows import When


@dataclass(frozen=True)
class Change:
    """One change and what it does: `how` is strike, widen, reach, fallback or measure; `left` is None when
    nothing stays open."""

    how: str
    causes: tuple[str, ...]
    levers: tuple[tuple[str, str], ...]
    closes: When
    left: When | None


_CODE = (("code", ""),)


class Closer:
    """Finds the changes that close the gap groups of a study's cells."""

    def __init__(self, study: Study, surveyor: Surveyor) -> None:
        self.study = study
        self.surveyor = surveyor

    def changes(
        self, setting: Setting, harm: str, function: Function, judgement: Judgement, group: Group
    ) -> tuple[Change, ...]:
        """Return the changes that close a gap group: each cause by itself, else the fewest that do
        together, then a new duty."""
        found: list[Change] = []
        for number in range(1, len(group.causes) + 1):
            together = [
                self._without(setting, harm, function, judgement, group, causes)
                for causes in combinations(group.causes, number)
            ]
            closing = [
                change for change in together if change is not None and (number == 1 or change.left is None)
            ]
            found.extend(closing)
            if any(change.left is None for change in closing):
                break
        if not group.causes or any(is_way_out(self.study.by_id[cause]) for cause in group.causes):
            found.append(self._added(setting, harm, function, judgement, group))
        return tuple(found)

    def _without(
        self,
        setting: Setting,
        harm: str,
        function: Function,
        judgement: Judgement,
        group: Group,
        causes: tuple[str, ...],
    ) -> Change | None:
        """Judge the cell again with the causes struck out; None when that closes nothing."""
        frame = judgement.frame
        again = self.surveyor.judge(setting, harm, function, without=causes)
        still = 0
        for other in again.groups:
            if other.is_gap or other.by_design:
                still |= other.mask
        closed = group.mask & ~still
        if not closed:
            return None
        exemptions = [self.study.by_id[cause] for cause in causes]
        return Change(
            how=_how(exemptions),
            causes=causes,
            levers=self._levers(exemptions, function, harm),
            closes=when_of(frame, closed),
            left=when_of(frame, group.mask & still) if group.mask & still else None,
        )

    def _added(
        self, setting: Setting, harm: str, function: Function, judgement: Judgement, group: Group
    ) -> Change:
        """Add a duty that binds every service and judge again; one that rests on proactive technology can
        reach public content only."""
        barred = self._bar(function) is not None
        question = self.surveyor.question(harm, function)
        added = Bound(_new_duty(function, harm), Breadth.WHOLE, TRUE, (), (_public_only(),) if barred else ())
        bounds: Sequence[Bound] = (*question.bounds, added)
        conditions = [condition for bound in bounds for condition in bound.conditions()]
        frame = Frame([*conditions, *question.needs], self.study.own(harm), setting)
        again = judge(bounds, frame, question.needs)
        still = 0
        for other in again.groups:
            if other.is_gap:
                still |= other.mask
        return Change(
            how="fallback" if group.causes else "measure",
            causes=group.causes,
            levers=_CODE,
            closes=when_of(frame, frame.possible & ~still),
            left=when_of(frame, still) if still else None,
        )

    def _levers(
        self, causes: Sequence[Exemption], function: Function, harm: str
    ) -> tuple[tuple[str, str], ...]:
        """Return (lever, what bars the code) for a change: the code, unless the statute keeps it from
        private content."""
        bar = self._bar(function)
        if bar and any(cause.kind is Kind.CHANNEL_CARVE_OUT for cause in causes):
            return (("act", bar), *((("notice", bar),) if self._notice(function, harm) else ()))
        return _CODE

    def _bar(self, function: Function) -> str | None:
        """Return the provision that bars a code from recommending what serves this function for private
        content, if any."""
        return next(
            (
                provision.id
                for provision in self.study.rulebook.statute
                if provision.character == "bar"
                and provision.bars is not None
                and provision.bars.channel == "private"
                and function in provision.functions
            ),
            None,
        )

    def _notice(self, function: Function, harm: str) -> bool:
        """Say whether a power of the regulator reaches private content for this harm."""
        return any(
            provision.character == "power"
            and function in provision.functions
            and harm in provision.reaches_private
            for provision in self.study.rulebook.statute
        )


def _how(causes: Sequence[Exemption]) -> str:
    if all(cause.nature is Nature.APPLICATION for cause in causes):
        return "widen"
    return "reach" if all(moves_scope(cause) for cause in causes) else "strike"


def _new_duty(function: Function, harm: str) -> Duty:
    return Duty(
        id="added",
        measure="added",
        provision="added",
        span=Span(start=0, end=0),
        quote="",
        scope=(),
        bearer="the provider",
        force=Force.RECOMMENDED,
        modality="should",
        action=function,
        object=harm,
    )


def _public_only() -> Exemption:
    from analyser.model.base import Basis

    return Exemption(
        id="added#channel",
        measure="added",
        provision="added",
        span=Span(start=0, end=0),
        quote="",
        kind=Kind.CHANNEL_CARVE_OUT,
        nature=Nature.LIMIT,
        effect=Effect.NARROWS,
        level=Level.MATERIAL,
        rule="added",
        duties=("added",),
        reaches_only=Atom(fact="channel", op="=", value="public"),
        basis=Basis.OFFICIAL,
    )
