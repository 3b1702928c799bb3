"""The change in the application of a measure, settled by enumeration: to which services it now applies, and
to which no longer.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from analyser.applications.read import Application
from analyser.coverage.frame import Frame
from analyser.coverage.named import Own
from analyser.coverage.settings import AnySetting
from analyser.coverage.whens import when_of
from analyser.logic.evaluate import unread
from analyser.model.base import Basis, weakest
from analyser.model.logic import FALSE, AnyOf, Atom, Condition
from analyser.reporting.rows import When
from analyser.rulebook.models import Rulebook

WIDER, NARROWER, DIFFERENT, SAME = "wider", "narrower", "different", "same"


@dataclass(frozen=True)
class ApplicationChange:
    """How an application changed: `gained` and `lost` say for which services it surely did, None for none.

    `change` is empty where words that were not seen or not read leave nothing to be told for sure; `settled`
    is False where some of it is.
    """

    change: str
    gained: When | None
    lost: When | None
    settled: bool
    basis: Basis


def compare_applications(
    before: Sequence[Application], after: Sequence[Application], rulebook: Rulebook, own: Own
) -> ApplicationChange:
    """Compare to which services measures apply; the parts of a measure that was split are taken together.

    `own` holds the kinds of harm; its harm is not used. Example: with the floor of 70,000 users gone, C9 is
    wider, gained
    `size in (under 70,000), high risk of image-based CSAM, file-sharing`.
    """
    conditions = (_together(before), _together(after))
    frame = Frame(conditions, Own("", None, own.sub_kinds, own.counting), AnySetting())
    frame.possible &= ~impossible(frame, rulebook)
    old, new = (frame.truths(condition) for condition in conditions)
    gained = new.yes & ~old.may & frame.possible
    lost = old.yes & ~new.may & frame.possible
    settled = not (old.may & ~old.yes | new.may & ~new.yes) & frame.possible and not any(
        True for condition in conditions for _ in unread(condition)
    )
    match bool(gained), bool(lost):
        case True, True:
            change = DIFFERENT
        case True, False:
            change = WIDER
        case False, True:
            change = NARROWER
        case _:
            change = SAME if settled else ""
    return ApplicationChange(
        change=change,
        gained=when_of(frame, gained) if gained else None,
        lost=when_of(frame, lost) if lost else None,
        settled=settled,
        basis=weakest(one.basis for one in (*before, *after)),
    )


def impossible(frame: Frame, rulebook: Rulebook) -> int:
    """Return the scenarios of a frame that rules/constraints.yaml rules out."""
    mask = 0
    for entry in rulebook.constraints.impossible:
        inner = frame.full
        for test in entry.all_of:
            inner &= frame.truths(Atom(fact=test.fact, op=test.op, value=test.value)).yes
        mask |= inner
    return mask


def _together(applications: Sequence[Application]) -> Condition:
    if len(applications) == 1:
        return applications[0].condition
    return AnyOf(parts=tuple(one.condition for one in applications)) if applications else FALSE
