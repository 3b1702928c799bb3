"""Gaps that opened and closed: every cell of both texts judged on one common frame, and the gap sets
subtracted.

A gap is said to have opened or closed only where a duty that is held on the other side told so, never because
a paragraph was not seen.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from analyser.compare.applications import impossible
from analyser.compare.units import is_recalled
from analyser.coverage.cells import Group, Judgement, judge
from analyser.coverage.duty_states import Bound, masks_of
from analyser.coverage.frame import Frame, Setting, Value
from analyser.coverage.gaps import rectangles
from analyser.coverage.settings import AnySetting
from analyser.coverage.study import Study
from analyser.coverage.survey import Question, Surveyor
from analyser.coverage.whens import when_of
from analyser.model.base import Basis, Function, State, weakest
from analyser.reporting.compare_rows import GapMove
from analyser.reporting.rows import When

_HELD = (State.COVERED, State.WEAKENED)


@dataclass(frozen=True)
class Side:
    """One text, read, and what of it is not to be compared.

    `unseen` are the duties whose paragraph has no counterpart that was seen; `new` the qualifiers that only
    this side has in a paragraph both have; `partly` the measures of which a paragraph was not seen.
    """

    study: Study
    unseen: frozenset[str]
    new: frozenset[str]
    partly: frozenset[str]


@dataclass(frozen=True)
class Move:
    """A rectangle of cells that moved, and the measure (on the side `held`) whose words moved it."""

    opened: bool
    measure: str
    on_later: bool
    row: GapMove


@dataclass(frozen=True)
class Moves:
    """Every move, the number of cells in which a gap opened or closed, and of those that could not be
    compared.
    """

    moves: tuple[Move, ...]
    opened: int
    closed: int
    not_compared: int


@dataclass(frozen=True)
class _Piece:
    """What the cells of a rectangle share."""

    opened: bool
    measure: str
    on_later: bool
    when: When
    before: State
    after: State
    stays: When | None
    causes: tuple[str, ...]
    certain: bool
    basis: Basis


@dataclass
class _Found:
    pieces: list[_Piece] = field(default_factory=list)
    opened: bool = False
    closed: bool = False
    not_compared: bool = False


def compare_cells(before: Side, after: Side, settings: Mapping[str, Setting]) -> Moves:
    """Judge every cell of both sides, which must list the same kinds of harm, and return what moved."""
    judge_of = _Judge(before, after)
    harms = before.study.revision.harms
    places: dict[_Piece, list[tuple[str, str, Function]]] = defaultdict(list)
    counts: Counter[str] = Counter()
    for service, setting in settings.items():
        for harm in harms:
            for function in Function:
                found = judge_of.cell(setting, harm, function)
                for piece in found.pieces:
                    places[piece].append((service, harm, function))
                if harm in before.study.leaves:
                    counts.update(
                        name for name in ("opened", "closed", "not_compared") if getattr(found, name)
                    )
    moves = [
        Move(piece.opened, piece.measure, piece.on_later, _row(piece, services, list_of_harms, functions))
        for piece, cells in places.items()
        for services, list_of_harms, functions in rectangles(cells, harms)
    ]
    return Moves(tuple(sorted(moves, key=_order)), counts["opened"], counts["closed"], counts["not_compared"])


def _row(
    piece: _Piece, services: tuple[str, ...], harms: tuple[str, ...], functions: tuple[Function, ...]
) -> GapMove:
    return GapMove(
        services=services,
        harms=harms,
        functions=tuple(function.value for function in functions),
        when=piece.when,
        before=piece.before,
        after=piece.after,
        stays=piece.stays,
        causes=piece.causes,
        certain=piece.certain,
        basis=piece.basis,
    )


def _order(move: Move) -> tuple[object, ...]:
    return (
        move.measure,
        move.opened,
        move.row.functions,
        move.row.harms,
        move.row.services,
        move.row.model_dump_json(),
    )


class _Judge:
    """Judges a cell on both sides, remembering cells that ask the same of the same kind of service."""

    def __init__(self, before: Side, after: Side) -> None:
        self.sides = (before, after)
        self._surveyors = (Surveyor(before.study), Surveyor(after.study))
        self._alike: dict[object, bool] = {}
        self._facts: dict[object, tuple[tuple[str, tuple[Value, ...]], ...]] = {}
        self._known: dict[object, _Found] = {}

    def cell(self, setting: Setting, harm: str, function: Function) -> _Found:
        """Return what moved in one cell."""
        questions = tuple(surveyor.question(harm, function) for surveyor in self._surveyors)
        key = (questions[0].key, questions[1].key)
        if key not in self._alike:
            self._alike[key] = _asks(questions[0]) == _asks(questions[1])
        if self._alike[key]:
            return _Found()
        own = next((question.own for question in questions if question.own.harm), questions[0].own)
        conditions = (*questions[0].conditions, *questions[1].conditions)
        if key not in self._facts:
            bare = Frame(conditions, own, AnySetting())
            self._facts[key] = tuple(
                (f"risk.{own.harm}" if dimension.fact == "risk" else dimension.fact, dimension.values)
                for dimension in bare.dimensions
                if not dimension.harms
            )
        known = (key, tuple(setting.allowed(fact, values) for fact, values in self._facts[key]))
        if known not in self._known:
            self._known[known] = self._settle(questions, Frame(conditions, own, setting))
        return self._known[known]

    def _settle(self, questions: tuple[Question, ...], frame: Frame) -> _Found:
        frame.possible &= ~impossible(frame, self.sides[0].study.rulebook)
        judged = tuple(judge(question.bounds, frame, question.needs) for question in questions)
        stays = _gaps(judged[0]) & _gaps(judged[1])
        said = when_of(frame, stays) if stays else None
        touched = any(
            bound.duty.measure in side.partly
            for side, question in zip(self.sides, questions, strict=True)
            for bound in question.bounds
        )
        found = _Found()
        for first in judged[0].groups:
            for second in judged[1].groups:
                where = first.mask & second.mask
                if where:
                    self._step(found, frame, questions, first, second, where, said, touched)
        return found

    def _step(
        self,
        found: _Found,
        frame: Frame,
        questions: tuple[Question, ...],
        first: Group,
        second: Group,
        where: int,
        stays: When | None,
        touched: bool,
    ) -> None:
        """Add what the scenarios tell that are in one group on each side."""
        for opened, other, gap, at in ((True, first, second, 1), (False, second, first, 0)):
            # `at` is the side that has the gap; the other side held the cell, or its application was not
            # seen.
            if not gap.is_gap or other.is_gap or other.by_design or other.state is State.NOT_APPLICABLE:
                continue
            holder = self.sides[1 - at]
            if other.state in _HELD:
                held = list(_holders(questions[1 - at].bounds, frame, where))
                doubt = 0
                for bound, mask in held:
                    doubt |= mask if bound.duty.id in holder.unseen else 0
                found.not_compared = found.not_compared or bool(where & doubt)
                for measure in dict.fromkeys(bound.duty.measure for bound, _ in held):
                    own = [(bound, mask & ~doubt) for bound, mask in held if bound.duty.measure == measure]
                    self._add(
                        found, frame, opened, measure, at == 0, own, first, second, gap, at, stays, touched
                    )
            else:
                causes = [cause for cause in gap.causes if cause in self.sides[at].new]
                found.not_compared = found.not_compared or not causes
                for measure in dict.fromkeys(self.sides[at].study.by_id[cause].measure for cause in causes):
                    bounds = [
                        (bound, where) for bound in questions[at].bounds if bound.duty.measure == measure
                    ]
                    self._add(
                        found, frame, opened, measure, at == 1, bounds, first, second, gap, at, stays, True
                    )

    def _add(
        self,
        found: _Found,
        frame: Frame,
        opened: bool,
        measure: str,
        on_later: bool,
        told: Sequence[tuple[Bound, int]],
        first: Group,
        second: Group,
        gap: Group,
        at: int,
        stays: When | None,
        touched: bool,
    ) -> None:
        mask = 0
        for _, part in told:
            mask |= part
        if not mask:
            return
        study = self.sides[at].study
        bases = [bound.duty.basis for bound, part in told if part]
        bases += [study.by_id[cause].basis for cause in gap.causes]
        holding = self.sides[1 if on_later else 0].study
        bases.append(holding.applications[measure].basis)
        basis = weakest(bases)
        found.opened, found.closed = found.opened or opened, found.closed or not opened
        found.pieces.append(
            _Piece(
                opened=opened,
                measure=measure,
                on_later=on_later,
                when=when_of(frame, mask),
                before=first.state,
                after=second.state,
                stays=stays,
                causes=gap.causes,
                certain=not touched and not is_recalled(basis),
                basis=basis,
            )
        )


def _gaps(judgement: Judgement) -> int:
    mask = 0
    for group in judgement.groups:
        mask |= group.mask if group.is_gap else 0
    return mask


def _holders(bounds: Sequence[Bound], frame: Frame, where: int) -> Iterator[tuple[Bound, int]]:
    """Yield the duties that hold some of the scenarios, with those they hold."""
    for bound in bounds:
        masks = masks_of(bound, frame)
        held = (masks.binding | masks.softened) & where
        if held:
            yield bound, held


def _asks(question: Question) -> tuple[object, ...]:
    """Return all that decides a cell, without names and places: two texts that ask the same have the same
    gaps in it.
    """
    duties = sorted(repr(_bound(bound)) for bound in question.bounds)
    return (tuple(duties), question.own.harm, tuple(str(need) for need in question.needs))


def _bound(bound: Bound) -> tuple[object, ...]:
    cuts = [
        (
            cut.kind,
            cut.nature,
            cut.effect,
            cut.level,
            _bare(cut.reaches_only),
            tuple((one.feature, one.answer) for one in cut.invocable_by),
        )
        for cut in bound.cuts
    ]
    return (
        bound.breadth,
        _bare(bound.application),
        sorted(map(repr, cuts)),
        sorted(repr(_bare(limb.holds)) for limb in bound.limbs),
    )


def _bare(condition: object) -> object:
    """Return a condition without its places in the text."""
    from pydantic import BaseModel

    return _without_spans(condition.model_dump()) if isinstance(condition, BaseModel) else condition


def _without_spans(value: object) -> object:
    if isinstance(value, dict):
        return tuple((key, _without_spans(inner)) for key, inner in value.items() if key != "span")
    if isinstance(value, list | tuple):
        return tuple(_without_spans(inner) for inner in value)
    return value
