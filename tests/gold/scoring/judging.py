"""Judge one unit at every level: duty, fields, cue, kind, attachment, application, cell."""

from collections import defaultdict
from dataclasses import dataclass, field

from analyser.coverage.duty_states import Bound, masks_of
from analyser.coverage.frame import Frame
from analyser.coverage.named import Own
from analyser.coverage.settings import ProfileSetting
from analyser.logic.evaluate import evaluate
from analyser.model.base import Breadth, Truth
from analyser.model.duty import Duty
from analyser.model.logic import All, AnyOf, AtLeast, Atom, Condition, Not, Term, Unread
from analyser.profiles.facts import ProfileFacts
from tests.applications.truth_tables import difference

from ..format import ProfileLabel
from ..notation import KINDS, PARTS_OF, read_condition
from .matching import (
    Answered,
    answer,
    effect_right,
    fields_right,
    is_way_out,
    kind_right,
    level_right,
    nature_right,
    precise_right,
    shared,
)
from .tally import Count
from .units import Unit

HIT, MISSED, FALSE = Count(hit=1), Count(missed=1), Count(false=1)
WRONG = Count(missed=1, false=1)


@dataclass
class Judged:
    """The counts of a unit by level, and what is wrong in it, in words."""

    counts: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    faults: list[str] = field(default_factory=list)

    def add(self, level: str, count: Count, fault: str = "") -> None:
        """Count one comparison, and note the fault unless it is a hit."""
        self.counts[level] += count
        if fault and count != HIT:
            self.faults.append(f"{level}: {fault}")


def judge(unit: Unit) -> Judged:
    """Return the counts of a unit."""
    judged = Judged()
    found = answer(unit)
    _duties(unit, found, judged)
    _qualifiers(unit, found, judged)
    _traps(unit, found, judged)
    if unit.labels.application:
        _application(unit, judged)
    by_label = {label.id: duty for label, duty in found.duties}
    for profile in unit.labels.profiles:
        _cell(unit, profile, by_label, judged)
    return judged


def _duties(unit: Unit, found: Answered, judged: Judged) -> None:
    for label, duty in found.duties:
        judged.add("duty", HIT if duty else MISSED, f"no duty for “{label.words}”")
        if duty is None:
            continue
        for name, right in fields_right(label, duty).items():
            said = f"{label.words}: {name} is {getattr(duty, name)!r}, labelled {getattr(label, name)!r}"
            judged.add(f"field {name}", HIT if right else WRONG, said)
            judged.add("fields", HIT if right else WRONG)
    for other in found.other_duties:
        judged.add("duty", FALSE, f"a duty without a label: “{other.quote[:80]}”")


def _qualifiers(unit: Unit, found: Answered, judged: Judged) -> None:
    duty_of = {label.id: duty for label, duty in found.duties}
    for label, one in found.qualifiers:
        if one is None:
            judged.add("cue", MISSED, f"missed {label.kind} “{label.quote}”")
            judged.add("kind", MISSED)
            judged.add(f"kind {label.kind}", MISSED)
            continue
        judged.add("cue", HIT)
        if kind_right(label, one):
            judged.add("kind", HIT)
            judged.add(f"kind {label.kind}", HIT)
        else:
            judged.add("kind", WRONG, f"“{label.quote}” is {one.kind} ({one.rule}), labelled {label.kind}")
            judged.add(f"kind {label.kind}", MISSED)
            judged.add(f"kind {one.kind}", FALSE)
        for name, right, said in (
            ("nature", nature_right(label, one), f"{one.nature}, labelled {label.nature}"),
            ("effect", effect_right(label, one), f"{one.effect}, labelled {label.effect}"),
            ("level", level_right(label, one), f"{one.level}, labelled {label.level}"),
            (
                "made precise",
                precise_right(label, one),
                f"by {one.made_precise_by!r}, labelled {label.made_precise_by!r}",
            ),
            ("way out", is_way_out(one) is (label.way_out == "yes"), f"labelled {label.way_out}"),
        ):
            judged.add(name, HIT if right else WRONG, f"“{label.quote}” ({one.rule}) is {said}")
        expected = {duty.id for key in label.governs if (duty := duty_of.get(key))}
        unseen = sum(1 for key in label.governs if duty_of.get(key) is None)
        given = set(one.duties)
        links = Count(len(expected & given), len(expected - given) + unseen, len(given - expected))
        judged.add(
            "attachment",
            links,
            ""
            if expected == given and not unseen
            else f"“{label.quote}” ({one.rule}) governs {sorted(given)}, labelled {sorted(expected)}"
            + (f" and {unseen} not found" if unseen else ""),
        )
    for other in found.other_qualifiers:
        judged.add("cue", FALSE, f"{other.kind} “{other.quote}” ({other.rule}) has no label")
        judged.add("kind", FALSE)
        judged.add(f"kind {other.kind}", FALSE)


def _traps(unit: Unit, found: Answered, judged: Judged) -> None:
    text = unit.text.document.text
    for trap in unit.labels.not_a_qualifier:
        at = unit.span(trap.quote, trap.in_, trap.nth)
        caught = [one for one in found.other_qualifiers if shared(text, at, one.span) >= 0.5]
        said = f"“{trap.quote}” ({trap.why}) was read as {caught[0].kind if caught else ''}"
        judged.add("traps", WRONG if caught else HIT, said)


def _application(unit: Unit, judged: Judged) -> None:
    read = unit.study.applications[unit.measure].condition
    apart = difference(_opaque(read), _opaque(read_condition(unit.labels.application)))
    judged.add("application", WRONG if apart else HIT, apart)


def _opaque(condition: Condition) -> Condition:
    """Return a condition in which words that no fact expresses are one fact of their own."""
    match condition:
        case Unread():
            return Atom(fact="words", op="=", value=True)
        case Term(meaning=meaning):
            return _opaque(meaning)
        case Not(part=part):
            return Not(part=_opaque(part))
        case All(parts=parts):
            return All(parts=tuple(map(_opaque, parts)))
        case AnyOf(parts=parts):
            return AnyOf(parts=tuple(map(_opaque, parts)))
        case AtLeast(count=count, parts=parts):
            return AtLeast(count=count, parts=tuple(map(_opaque, parts)))
        case _:
            return condition


def _cell(unit: Unit, label: ProfileLabel, duties: dict[str, Duty | None], judged: Judged) -> None:
    channels = label.given.channels()
    facts = ProfileFacts(label.given, PARTS_OF, channels[0] if len(channels) == 1 else None)
    applies = _TRUTHS[evaluate(unit.study.applications[unit.measure].condition, facts.judge_atom)]
    right = applies == label.applies
    judged.add(
        "cell", HIT if right else WRONG, f"applies is {applies}, labelled {label.applies}: {label.given}"
    )
    for key, expected in label.binds.items():
        duty = duties.get(key)
        state = _state(unit, duty, facts) if duty else "no duty"
        judged.add("cell", HIT if state == expected else WRONG, f"{key} binds {state}, labelled {expected}")


_TRUTHS = {Truth.YES: "yes", Truth.NO: "no", Truth.UNKNOWN: "unknown"}


def _state(unit: Unit, duty: Duty, facts: ProfileFacts) -> str:
    """Return how a duty binds a profile: the one state it is in, else unknown."""
    study = unit.study
    bound = Bound(
        duty=duty,
        breadth=Breadth.WHOLE,
        application=study.applications[unit.measure].condition,
        limbs=study.limbs.get(unit.measure, ()),
        cuts=tuple(one for one in unit.qualifiers if duty.id in one.duties),
    )
    own = Own(harm="", parent=None, sub_kinds=PARTS_OF, counting=frozenset(KINDS))
    frame = Frame(bound.conditions, own, ProfileSetting(facts))
    masks = masks_of(bound, frame)
    states = {
        "yes": masks.binding,
        "softened": masks.softened,
        "escapable": masks.escapable | masks.arguable,
        "excluded": masks.excluded,
        "unknown": masks.unknown,
    }
    found = [name for name, mask in states.items() if mask]
    return found[0] if len(found) == 1 else "unknown"
