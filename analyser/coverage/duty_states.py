"""The state of one duty over the scenarios of a frame: binding, softened, escapable, excluded or unknown,
with the reasons of each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from analyser.coverage.frame import Frame
from analyser.exemptions.features import feature_atom
from analyser.model.base import Breadth, Effect, Invocable, Level, Nature
from analyser.model.duty import Duty
from analyser.model.exemption import Exemption
from analyser.model.logic import Condition


@dataclass(frozen=True)
class Bound:
    """A duty as it serves one cell: how broadly, to whom its measure applies, and what cuts it."""

    duty: Duty
    breadth: Breadth
    application: Condition
    limbs: tuple[Exemption, ...]
    cuts: tuple[Exemption, ...]

    def conditions(self) -> list[Condition]:
        """Return every condition that decides the duty's state."""
        found: list[Condition] = [
            self.application,
            *(limb.holds for limb in self.limbs if limb.holds is not None),
        ]
        for cut in self.cuts:
            if moves_scope(cut) and cut.reaches_only is not None:
                found.append(cut.reaches_only)
            elif is_way_out(cut):
                found.extend(
                    atom
                    for answer in cut.invocable_by
                    if _claims(answer.answer) and (atom := feature_atom(answer.feature))
                )
        return found


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
    """Return the states of a duty; exemptions whose ids are in `without` are read as struck out."""
    found = Masks()
    rest = frame.possible
    excluded = 0
    for limb in bound.limbs:
        if limb.id not in without and limb.holds is not None:
            where = frame.truths(limb.holds).yes & frame.possible
            found.reasons[limb.id] = where
            excluded |= where
    for cut in bound.cuts:
        if cut.id not in without and moves_scope(cut) and cut.reaches_only is not None:
            where = frame.possible & ~frame.truths(cut.reaches_only).may
            found.reasons[cut.id] = where
            excluded |= where
    found.excluded = excluded
    rest &= ~excluded
    application = frame.truths(bound.application)
    if not set(without) & {limb.id for limb in bound.limbs}:
        found.unknown = rest & application.may & ~application.yes
        rest &= ~found.unknown
    claims, arguable = _claimed(bound, frame, without, found)
    found.escapable = rest & claims
    found.arguable = rest & arguable & ~claims
    rest &= ~(claims | arguable)
    if any(softens(cut) and cut.id not in without for cut in bound.cuts):
        found.softened = rest
    else:
        found.binding = rest
    return found


def _claimed(bound: Bound, frame: Frame, without: Collection[str], found: Masks) -> tuple[int, int]:
    """Return where some way out could be claimed, and where that is arguable."""
    sure = arguable = 0
    for cut in bound.cuts:
        if cut.id in without or moves_scope(cut) or not is_way_out(cut):
            continue
        yes = maybe = 0
        for answer in cut.invocable_by:
            if not _claims(answer.answer):
                continue
            atom = feature_atom(answer.feature)
            where = frame.possible & (frame.truths(atom).yes if atom else frame.full)
            if answer.answer is Invocable.YES:
                yes |= where
            else:
                maybe |= where
        found.reasons[cut.id] = found.reasons.get(cut.id, 0) | yes | maybe
        sure, arguable = sure | yes, arguable | maybe
    return sure, arguable


def _claims(answer: Invocable) -> bool:
    return answer in (Invocable.YES, Invocable.ARGUABLE)


def relevant(bounds: Sequence[Bound]) -> tuple[Bound, ...]:
    """Return the duties that decide a cell: the whole ones, or the part ones where there is no whole one."""
    whole = tuple(bound for bound in bounds if bound.breadth is Breadth.WHOLE)
    return whole or tuple(bounds)
