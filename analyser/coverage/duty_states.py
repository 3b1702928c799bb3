"""The state of one duty over the scenarios of a frame: binding, softened, escapable, excluded or unknown,
with the reasons of each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from analyser.coverage.frame import Frame
from analyser.exemptions.features import feature_atom
from analyser.model.base import Breadth, Effect, Invocable, Level, Nature
from analyser.model.duty import Duty
from analyser.model.exemption import Exemption
from analyser.model.logic import Atom, Condition

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Bound:
    """A duty as it serves one cell: how broadly, to whom its measure applies, and what cuts it."""

    duty: Duty
    breadth: Breadth
    application: Condition
    limbs: tuple[Exemption, ...]
    cuts: tuple[Exemption, ...]

    @cached_property
    def ways_out(self) -> frozenset[str]:
        """The ids of everything that cuts the duty."""
        return frozenset(one.id for one in (*self.limbs, *self.cuts))

    @cached_property
    def reached(self) -> tuple[tuple[str, Condition], ...]:
        """The cuts that take services or content out of scope, each with what it leaves in."""
        return tuple(
            (cut.id, cut.reaches_only)
            for cut in self.cuts
            if moves_scope(cut) and cut.reaches_only is not None
        )

    @cached_property
    def claims(self) -> tuple[tuple[str, tuple[tuple[bool, Atom | None], ...]], ...]:
        """The ways out, each with the features that let a service claim it: surely or arguably, and what
        says it has the feature (None: every service has it)."""
        return tuple(
            (
                cut.id,
                tuple(
                    (one.answer is Invocable.YES, feature_atom(one.feature))
                    for one in cut.invocable_by
                    if one.answer in (Invocable.YES, Invocable.ARGUABLE)
                ),
            )
            for cut in self.cuts
            if is_way_out(cut) and not moves_scope(cut)
        )

    @cached_property
    def softened_by(self) -> tuple[str, ...]:
        """The cuts that leave the standard open."""
        return tuple(cut.id for cut in self.cuts if softens(cut))

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition that decides the duty's state."""
        return (
            self.application,
            *(limb.holds for limb in self.limbs if limb.holds is not None),
            *(condition for _, condition in self.reached),
            *(atom for _, answers in self.claims for _, atom in answers if atom is not None),
        )


@dataclass
class Masks:
    """Where a duty is in each state (disjoint, together every possible scenario), and where each exemption
    is a reason."""

    binding: int = 0
    softened: int = 0
    arguable: int = 0
    escapable: int = 0
    excluded: int = 0
    unknown: int = 0
    reasons: dict[str, int] = field(default_factory=dict)


def moves_scope(exemption: Exemption) -> bool:
    """Say whether an exemption takes a known part of services or content out of its duty."""
    return (
        exemption.reaches_only is not None
        and exemption.level is Level.MATERIAL
        and exemption.nature not in (Nature.TRIGGER, Nature.PERMISSION)
    )


def is_way_out(exemption: Exemption) -> bool:
    """Say whether an exemption lets a service out of the whole duty on a claim of its own."""
    return exemption.effect is Effect.LIFTS and exemption.nature in (Nature.EXCEPTION, Nature.LIMIT)


def softens(exemption: Exemption) -> bool:
    """Say whether an exemption leaves the standard of its duty open to a degree that moves the state of a
    cell."""
    return (
        exemption.effect is Effect.SOFTENS
        and exemption.level is Level.MATERIAL
        and exemption.nature not in (Nature.TRIGGER, Nature.PERMISSION)
    )


def masks_of(bound: Bound, frame: Frame, without: Collection[str] = ()) -> Masks:
    """Return the states of a duty; exemptions whose ids are in `without` are read as struck out.

    The frame keeps the answer, with the duty, so that its id stays its own.
    """
    struck = _NONE if bound.ways_out.isdisjoint(without) else bound.ways_out.intersection(without)
    key = (id(bound), struck)
    known = frame.masks.get(key)
    if known is None:
        known = frame.masks[key] = (bound, _masks_of(bound, frame, struck))
    return known[1]


def _masks_of(bound: Bound, frame: Frame, without: frozenset[str]) -> Masks:
    found = Masks()
    rest = frame.possible
    excluded = 0
    for limb in bound.limbs:
        if limb.id not in without and limb.holds is not None:
            where = frame.truths(limb.holds).yes & frame.possible
            found.reasons[limb.id] = where
            excluded |= where
    for cut, condition in bound.reached:
        if cut not in without:
            where = frame.possible & ~frame.truths(condition).may
            found.reasons[cut] = where
            excluded |= where
    found.excluded = excluded
    rest &= ~excluded
    application = frame.truths(bound.application)
    if not any(limb.id in without for limb in bound.limbs):
        found.unknown = rest & application.may & ~application.yes
        rest &= ~found.unknown
    claims, arguable = _claimed(bound, frame, without, found)
    found.escapable = rest & claims
    found.arguable = rest & arguable & ~claims
    rest &= ~(claims | arguable)
    if any(cut not in without for cut in bound.softened_by):
        found.softened = rest
    else:
        found.binding = rest
    return found


def _claimed(bound: Bound, frame: Frame, without: Collection[str], found: Masks) -> tuple[int, int]:
    """Return where some way out could be claimed, and where that is arguable."""
    sure = arguable = 0
    for cut, answers in bound.claims:
        if cut in without:
            continue
        yes = maybe = 0
        for surely, atom in answers:
            where = frame.possible & (frame.truths(atom).yes if atom else frame.full)
            if surely:
                yes |= where
            else:
                maybe |= where
        found.reasons[cut] = found.reasons.get(cut, 0) | yes | maybe
        sure, arguable = sure | yes, arguable | maybe
    return sure, arguable


def relevant(bounds: Sequence[Bound]) -> tuple[Bound, ...]:
    """Return the duties that decide a cell: the whole ones, or the part ones where there is no whole one."""
    whole = tuple(bound for bound in bounds if bound.breadth is Breadth.WHOLE)
    return whole or tuple(bounds)
