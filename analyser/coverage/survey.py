"""Judge every cell of a code in every setting, once for each different question (cells that ask the same
are judged together)."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from analyser.coverage.cells import Judgement, judge, leave_open, left_open, settle_unknown
from analyser.coverage.duty_states import Bound
from analyser.coverage.frame import Frame, Setting
from analyser.coverage.named import Own
from analyser.coverage.settings import AnySetting
from analyser.coverage.study import Study
from analyser.logic.evaluate import atoms
from analyser.model.base import Function
from analyser.model.logic import Atom, Condition


@dataclass(frozen=True)
class Cell:
    """One (service, harm, function) with its judgement."""

    service: str
    harm: str
    function: Function
    judgement: Judgement


@dataclass(frozen=True)
class Question:
    """What a cell asks whatever the setting: its duties, what they name, and the part its harm plays in
    them."""

    bounds: tuple[Bound, ...]
    needs: tuple[Condition, ...]
    conditions: tuple[Condition, ...]
    own: Own
    facts: tuple[tuple[str, tuple[str | bool, ...]], ...]
    key: int


@dataclass
class Surveyor:
    """Judges cells, remembering each question by its duties, the part the harm plays in them, and the
    facts of the setting."""

    study: Study
    _questions: dict[tuple[str, Function], Question] = field(default_factory=dict)
    _asked: dict[object, int] = field(default_factory=dict)
    _facts: dict[int, tuple[tuple[str, tuple[str | bool, ...]], ...]] = field(default_factory=dict)
    _frames: dict[object, Frame] = field(default_factory=dict)
    # By cell, then (the frames live as long as this) by the identity of the frame and what is struck out.
    _framed: dict[tuple[str, Function, str], Frame] = field(default_factory=dict)
    _judged: dict[tuple[int, frozenset[str]], Judgement] = field(default_factory=dict)
    _left: dict[tuple[int, frozenset[str]], tuple[int, int]] = field(default_factory=dict)

    def cells(self, settings: Iterable[tuple[str, Setting]]) -> Iterator[Cell]:
        """Yield every cell of every setting, in the order of the contract's keys."""
        for service, setting in settings:
            for harm in self.study.revision.harms:
                for function in Function:
                    judgement = self.judge(setting, harm, function)
                    given = setting.given()
                    if given is not None:
                        judgement = settle_unknown(judgement, given)
                    if self.study.unseen:
                        judgement = leave_open(judgement)
                    yield Cell(service, harm, function, judgement)

    def judge(
        self, setting: Setting, harm: str, function: Function, without: Collection[str] = ()
    ) -> Judgement:
        """Return the judgement of one cell, with some exemptions read as struck out."""
        frame = self.frame(setting, harm, function)
        key = (id(frame), frozenset(without))
        if key not in self._judged:
            question = self.question(harm, function)
            self._judged[key] = judge(question.bounds, frame, question.needs, without)
        return self._judged[key]

    def left(
        self, setting: Setting, harm: str, function: Function, without: Collection[str]
    ) -> tuple[int, int]:
        """Return where a cell is a gap, and where it is open by design, with some exemptions read as struck
        out."""
        frame = self.frame(setting, harm, function)
        key = (id(frame), frozenset(without))
        if key not in self._left:
            question = self.question(harm, function)
            self._left[key] = left_open(frame, question.bounds, question.needs, without)
        return self._left[key]

    def frame(self, setting: Setting, harm: str, function: Function) -> Frame:
        """Return the scenarios of a cell; cells that ask the same of the same scenarios share the frame."""
        cell = (harm, function, setting.key)
        if cell not in self._framed:
            question = self.question(harm, function)
            key = (
                question.key,
                tuple(setting.allowed(fact, values) for fact, values in question.facts),
                None if setting.others(frozenset(), "medium") is None else (setting.key, question.own.harm),
            )
            if key not in self._frames:
                frame = Frame(question.conditions, question.own, setting)
                frame.possible &= ~self._impossible(frame)
                self._frames[key] = frame
            self._framed[cell] = self._frames[key]
        return self._framed[cell]

    def question(self, harm: str, function: Function) -> Question:
        """Return what a cell asks; cells whose duties name the same facts in the same way share the key."""
        if (harm, function) not in self._questions:
            bounds = self.study.bounds(function, harm)
            needs = tuple(self.study.needs(harm, function))
            conditions = (*(condition for bound in bounds for condition in bound.conditions), *needs)
            own = self._own(harm, conditions)
            asked = (
                tuple((bound.duty.id, bound.breadth) for bound in bounds),
                own.harm,
                tuple(str(need) for need in needs),
            )
            key = self._asked.setdefault(asked, len(self._asked))
            if key not in self._facts:
                bare = Frame(conditions, own, AnySetting())
                self._facts[key] = tuple(
                    (f"risk.{own.harm}" if dimension.fact == "risk" else dimension.fact, dimension.values)
                    for dimension in bare.dimensions
                    if not dimension.harms
                )
            self._questions[harm, function] = Question(bounds, needs, conditions, own, self._facts[key], key)
        return self._questions[harm, function]

    def _own(self, harm: str, conditions: Iterable[Condition]) -> Own:
        """Return the cell's harm if any condition turns on its risk (or on its kind's or its parts'), else
        a harm of no name."""
        own = self.study.own(harm)
        if _risks(conditions) & {harm, own.parent, *own.sub_kinds.get(harm, ())}:
            return own
        return Own(harm="", parent=None, sub_kinds=own.sub_kinds, counting=own.counting)

    def _impossible(self, frame: Frame) -> int:
        """Return the scenarios that rules/constraints.yaml rules out, as far as the frame names their
        facts."""
        mask = 0
        for entry in self.study.rulebook.constraints.impossible:
            inner = frame.full
            for test in entry.all_of:
                inner &= frame.truths(Atom(fact=test.fact, op=test.op, value=test.value)).yes
            mask |= inner
        return mask


def _risks(conditions: Iterable[Condition]) -> set[str | None]:
    return {
        atom.fact.removeprefix("risk.")
        for condition in {id(one): one for one in conditions}.values()
        for atom in atoms(condition)
        if atom.fact.startswith("risk.")
    }
