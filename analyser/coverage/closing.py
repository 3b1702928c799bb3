"""What would close a gap: strike words, widen an application, add a duty; each change is confirmed by
judging the cell again."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from analyser.coverage.cells import Group, Judgement, left_open
from analyser.coverage.duty_states import Bound, is_way_out, moves_scope
from analyser.coverage.frame import CHANNELS, Frame, Setting
from analyser.coverage.study import Study
from analyser.coverage.survey import Surveyor
from analyser.coverage.whens import when_of
from analyser.model.base import Breadth, Effect, Force, Function, Kind, Level, Nature
from analyser.model.duty import Duty
from analyser.model.exemption import Exemption
from analyser.model.logic import TRUE, Atom
from analyser.model.text import Span
from analyser.reporting.rows import When, WhenCase, WhenTerm


@dataclass(frozen=True)
class Change:
    """One change with the lever that makes it and what it closes (None: nothing) and leaves (None: nothing).

    `how` is strike, widen, reach, fallback, measure, protection, statute or notice; `barred_by` is what keeps
    the lever from closing more.
    """

    how: str
    causes: tuple[str, ...]
    lever: str
    closes: When | None
    left: When | None
    barred_by: str = ""


class Closer:
    """Finds the changes that close the gap groups of a study's cells."""

    def __init__(self, study: Study, surveyor: Surveyor) -> None:
        self.study = study
        self.surveyor = surveyor
        # Cells of one frame, harm and function that leave the same channels have the same changes.
        self._changes: dict[object, dict[tuple[int, tuple[str, ...]], tuple[Change, ...]]] = {}

    def changes(
        self, setting: Setting, harm: str, function: Function, judgement: Judgement, group: Group
    ) -> tuple[Change, ...]:
        """Return the changes that close a gap group: each cause by itself, else the fewest that do
        together, then a new duty."""
        channels = setting.allowed("channel", CHANNELS)
        key = (id(self.surveyor.frame(setting, harm, function)), harm, function, channels)
        known = self._changes.setdefault(key, {})
        if (group.mask, group.causes) not in known:
            known[group.mask, group.causes] = self._found(setting, harm, function, judgement, group)
        return known[group.mask, group.causes]

    def _found(
        self, setting: Setting, harm: str, function: Function, judgement: Judgement, group: Group
    ) -> tuple[Change, ...]:
        barred = self._barred(group, function)
        found: list[Change] = [
            Change("reach", (cause,), "code", None, when_of(judgement.frame, group.mask), bar)
            for cause, bar in barred.items()
        ]
        free = [cause for cause in group.causes if cause not in barred]
        for number in range(1, len(free) + 1):
            together = [
                self._without(setting, harm, function, judgement, group, causes)
                for causes in combinations(free, number)
            ]
            closing = [
                change for change in together if change is not None and (number == 1 or change.left is None)
            ]
            found.extend(closing)
            if any(change.left is None for change in closing):
                break
        if barred:
            found += self._by_statute(harm, function, tuple(barred), judgement, group)
        if not group.causes or any(is_way_out(self.study.by_id[cause]) for cause in group.causes):
            added = self._added(setting, harm, function, group)
            found.append(added)
            if added.barred_by:
                found += self._by_statute(harm, function, (), judgement, group)
        return tuple(found)

    def sufficient(
        self, setting: Setting, harm: str, function: Function, judgement: Judgement, group: Group
    ) -> tuple[str, ...]:
        """Return the causes that by themselves, every other one struck out, leave the whole group open."""
        if len(group.causes) == 1:
            return group.causes
        found = []
        for cause in group.causes:
            others = tuple(other for other in group.causes if other != cause)
            gap, by_design = self.surveyor.left(setting, harm, function, others)
            if not group.mask & ~(gap | by_design):
                found.append(cause)
        return tuple(found)

    def _barred(self, group: Group, function: Function) -> dict[str, str]:
        """Return the causes that a code may not remove, with the provision that keeps it from doing so."""
        bar = self._bar(function)
        kinds = {cause: self.study.by_id[cause].kind for cause in group.causes}
        return {cause: bar for cause, kind in kinds.items() if bar and kind is Kind.CHANNEL_CARVE_OUT}

    def _by_statute(
        self, harm: str, function: Function, causes: tuple[str, ...], judgement: Judgement, group: Group
    ) -> list[Change]:
        """Return what the Act itself, and a notice under it, could do: neither needs the code's words."""
        frame = judgement.frame
        whole = when_of(frame, group.mask)
        found = [Change("statute", causes, "act", whole, None)]
        for provision in self.study.rulebook.statute:
            if provision.character != "power" or function not in provision.functions:
                continue
            if harm in provision.reaches_private:
                found.append(Change("notice", causes, "notice", whole, None))
            elif harm in provision.harms and not causes:
                public, private = self._by_channel()
                found.append(Change("notice", causes, "notice", public, private))
        return found

    def _by_channel(self) -> tuple[When, When]:
        """Return the conditions of public and of private content."""
        public, private = (
            When(any_of=(WhenCase(all_of=(WhenTerm(fact="channel", op="=", value=value),)),))
            for value in ("public", "private")
        )
        return public, private

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
        gap, by_design = self.surveyor.left(setting, harm, function, causes)
        still = gap | by_design
        closed = group.mask & ~still
        if not closed:
            return None
        exemptions = [self.study.by_id[cause] for cause in causes]
        return Change(
            how=_how(exemptions),
            causes=causes,
            lever="code",
            closes=when_of(frame, closed),
            left=when_of(frame, group.mask & still) if group.mask & still else None,
        )

    def _added(self, setting: Setting, harm: str, function: Function, group: Group) -> Change:
        """Add a duty that binds every service and judge again; one that rests on proactive technology can
        reach public content only."""
        bar = self._bar(function)
        question = self.surveyor.question(harm, function)
        added = Bound(_new_duty(function, harm), Breadth.WHOLE, TRUE, (), (_public_only(),) if bar else ())
        bounds: Sequence[Bound] = (*question.bounds, added)
        conditions = [condition for bound in bounds for condition in bound.conditions]
        frame = Frame([*conditions, *question.needs], self.study.own(harm), setting)
        still, _ = left_open(frame, bounds, question.needs)
        return Change(
            how="fallback" if group.causes else "measure",
            causes=group.causes,
            lever="code",
            closes=when_of(frame, frame.possible & ~still) if frame.possible & ~still else None,
            left=when_of(frame, still) if still else None,
            barred_by=bar if bar and still else "",
        )

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
