"""Judge one cell in one setting: the best whole duty decides, part duties never lift it above weakened
(design, section 8)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from analyser.coverage.duty_states import Bound, Masks, masks_of, relevant
from analyser.coverage.frame import Frame
from analyser.model.base import GAP_STATES, Breadth, Invocable, State
from analyser.model.logic import Atom, Condition

_WORST_FIRST = (
    State.NO_MEASURE,
    State.OUT_OF_SCOPE,
    State.ESCAPABLE,
    State.UNKNOWN,
    State.WEAKENED,
    State.COVERED,
    State.NOT_APPLICABLE,
)


@dataclass(frozen=True)
class Group:
    """The scenarios of a cell that share a state and a set of causes (ids of exemptions).

    For a profile that leaves facts open, an unknown group keeps in `open_at` the scenarios in which it would
    be a gap.
    """

    state: State
    strength: Invocable | None
    causes: tuple[str, ...]
    by_design: bool
    mask: int
    open_at: int = 0

    @property
    def is_gap(self) -> bool:
        """Say whether the scenarios are a gap: nothing binds, and not because the harm itself is low
        there."""
        return self.state in GAP_STATES and not self.by_design


@dataclass(frozen=True)
class Judgement:
    """A cell judged: its frame and groups (they partition the possible scenarios), the duties that hold
    it, and where part duties do."""

    frame: Frame
    groups: tuple[Group, ...]
    held_by: tuple[str, ...]
    parts: tuple[tuple[str, int], ...]

    @property
    def partly_held_by(self) -> tuple[str, ...]:
        """The part duties that bind in some scenario."""
        return tuple(duty for duty, _ in self.parts)

    def parts_within(self, mask: int) -> tuple[tuple[str, bool], ...]:
        """Return the part duties that bind in some of the scenarios of `mask`, and whether in all of them."""
        return tuple((duty, not mask & ~where) for duty, where in self.parts if where & mask)

    def at_risk(self) -> int:
        """Return the scenarios in which the harm is rated medium or high (all where its rating decides
        nothing)."""
        return at_risk(self.frame)

    def worst(self) -> tuple[State, int, bool]:
        """Return the worst state reachable at medium or high risk, where, and whether every such scenario
        has it."""
        here = self.at_risk() & self.frame.possible
        arising = here & ~_union(group.mask for group in self.groups if group.state is State.NOT_APPLICABLE)
        if not arising:
            return State.NOT_APPLICABLE, here, True
        for state in _WORST_FIRST:
            where = arising & _union(group.mask for group in self.groups if group.state is state)
            if where:
                return state, where, where == arising
        raise AssertionError("the groups of a cell cover every possible scenario")


def settle_unknown(judgement: Judgement, given: Collection[str]) -> Judgement:
    """Resolve what a profile leaves open: where the states differ with a fact it does not give, the state is
    unknown.

    `given` names the dimensions that the profile itself lets vary (`channel` for a service with public and
    private content): the cell is judged once for each of their values.
    """
    frame = judgement.frame
    groups: list[Group] = []
    for region in _regions(frame, given):
        inside = [group for group in judgement.groups if group.mask & region]
        if len({(group.state, group.by_design) for group in inside}) <= 1:
            groups.extend(replace(group, mask=group.mask & region) for group in inside)
            continue
        where = _union(group.mask & region for group in inside if group.is_gap)
        causes = tuple(sorted({cause for group in inside if group.is_gap for cause in group.causes}))
        groups.append(Group(State.UNKNOWN, None, causes, False, region & frame.possible, open_at=where))
    return replace(judgement, groups=tuple(groups))


def leave_open(judgement: Judgement) -> Judgement:
    """Make every gap unknown: measures of the text have not been seen, and one of them may hold the cell."""
    groups = tuple(
        replace(group, state=State.UNKNOWN, strength=None, open_at=group.mask) if group.is_gap else group
        for group in judgement.groups
    )
    return replace(judgement, groups=groups)


def _regions(frame: Frame, given: Collection[str]) -> list[int]:
    """Return the parts of the space told apart by the dimensions that are given."""
    regions = [frame.possible]
    for axis, dimension in enumerate(frame.dimensions):
        if dimension.fact in given:
            pieces = [frame.points(axis, (place,)) for place in range(len(dimension.values))]
            regions = [region & piece for region in regions for piece in pieces]
    return [region for region in regions if region]


def at_risk(frame: Frame) -> int:
    """Return the scenarios of a frame in which the cell's own harm is rated medium or high."""
    if not any(dimension.fact == "risk" for dimension in frame.dimensions):
        return frame.full
    return frame.truths(_rated(frame.own.harm)).yes


@lru_cache(maxsize=256)
def _rated(harm: str) -> Atom:
    return Atom(fact=f"risk.{harm}", op=">=", value="medium")


def judge(
    bounds: Sequence[Bound], frame: Frame, needs: Sequence[Condition], without: Collection[str] = ()
) -> Judgement:
    """Judge a cell whose duties are `bounds`; where one of `needs` is false the question does not arise.

    Exemptions whose ids are in `without` are read as struck out of the text.
    """
    idle = frame.possible & ~_intersection(frame, (frame.truths(need).may for need in needs))
    live = frame.possible & ~idle
    groups: list[Group] = []
    if idle:
        groups.append(Group(State.NOT_APPLICABLE, None, (), False, idle))
    if not bounds:
        if live:
            groups.append(Group(State.NO_MEASURE, None, (), False, live))
        return Judgement(frame, tuple(groups), (), ())
    deciding = relevant(bounds)
    masks = [masks_of(bound, frame, without) for bound in deciding]
    capped = deciding[0].breadth is Breadth.PART
    groups.extend(_partition(frame, live, deciding, masks, capped))
    parts = [bound for bound in bounds if bound.breadth is Breadth.PART]
    part_masks = masks if capped else [masks_of(bound, frame, without) for bound in parts]
    partly = tuple(
        (bound.duty.id, where)
        for bound, mask in zip(parts, part_masks, strict=True)
        if (where := (mask.binding | mask.softened) & live)
    )
    held = (
        ()
        if capped
        else tuple(bound.duty.id for bound, mask in zip(deciding, masks, strict=True) if mask.binding & live)
    )
    return Judgement(frame, tuple(groups), held, partly)


def left_open(
    frame: Frame, bounds: Sequence[Bound], needs: Sequence[Condition], without: Collection[str] = ()
) -> tuple[int, int]:
    """Return where `judge` finds a gap, and where it finds none but by design, without telling causes apart.

    This is what a change is judged by: of the groups of a cell only what they come to.
    """
    live = frame.possible & _intersection(frame, (frame.truths(need).may for need in needs))
    if not bounds:
        return live, 0
    masks = [masks_of(bound, frame, without) for bound in relevant(bounds)]
    left = live & ~_union(mask.binding | mask.softened | mask.unknown for mask in masks)
    low = left & ~_union(mask.arguable | mask.escapable for mask in masks) & ~at_risk(frame)
    return left & ~low, low


def _partition(
    frame: Frame, live: int, bounds: Sequence[Bound], masks: Sequence[Masks], capped: bool
) -> Iterable[Group]:
    """Split the live scenarios by the state of the best duty, then by the causes."""
    left = live
    binding = left & _union(mask.binding for mask in masks)
    left &= ~binding
    softened = left & _union(mask.softened for mask in masks)
    left &= ~softened
    unknown = left & _union(mask.unknown for mask in masks)
    left &= ~unknown
    arguable = left & _union(mask.arguable for mask in masks)
    left &= ~arguable
    escapable = left & _union(mask.escapable for mask in masks)
    left &= ~escapable
    covered, weakened = (0, binding | softened) if capped else (binding, softened)
    for state, where in ((State.COVERED, covered), (State.WEAKENED, weakened), (State.UNKNOWN, unknown)):
        if where:
            yield Group(state, None, (), False, where)
    yield from _by_cause(
        State.ESCAPABLE, Invocable.ARGUABLE, arguable, [(mask.arguable, mask) for mask in masks]
    )
    yield from _by_cause(
        State.ESCAPABLE, Invocable.YES, escapable, [(mask.escapable, mask) for mask in masks]
    )
    low = left & ~at_risk(frame)
    if low:
        yield Group(State.OUT_OF_SCOPE, None, (), True, low)
    yield from _by_cause(State.OUT_OF_SCOPE, None, left & ~low, [(mask.excluded, mask) for mask in masks])


def _by_cause(
    state: State, strength: Invocable | None, region: int, duties: Sequence[tuple[int, Masks]]
) -> Iterable[Group]:
    """Split a region by which exemptions are reasons in it."""
    reasons: dict[str, int] = {}
    for where, mask in duties:
        for exemption, reason in mask.reasons.items():
            reasons[exemption] = reasons.get(exemption, 0) | (reason & where & region)
    pieces: list[tuple[int, tuple[str, ...]]] = [(region, ())] if region else []
    for exemption, where in reasons.items():
        split: list[tuple[int, tuple[str, ...]]] = []
        for piece, causes in pieces:
            if piece & where:
                split.append((piece & where, (*causes, exemption)))
            if piece & ~where:
                split.append((piece & ~where, causes))
        pieces = split
    for piece, causes in pieces:
        yield Group(state, strength, tuple(sorted(causes)), False, piece)


def _union(masks: Iterable[int]) -> int:
    total = 0
    for mask in masks:
        total |= mask
    return total


def _intersection(frame: Frame, masks: Iterable[int]) -> int:
    total = frame.full
    for mask in masks:
        total &= mask
    return total
