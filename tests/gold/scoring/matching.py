"""How labels and findings answer to each other (GUIDE.md, sections 3 to 7)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analyser.model.base import Effect, Kind, Level, Nature
from analyser.model.duty import Duty
from analyser.model.exemption import Exemption
from analyser.model.text import Span

from ..format import DutyLabel, QualifierLabel
from .units import Unit

_WORD = re.compile(r"[\w’'-]+")
_ARTICLES = frozenset({"a", "an", "the"})
_ENDING = re.compile(r"(?:ies|ied|ing|ed|es|s|e|y)$")
_TIMES = frozenset({Kind.VAGUE_STANDARD, Kind.TEMPORAL})


@dataclass(frozen=True)
class Answered:
    """The duties and qualifiers of a unit, each label with the finding that answers to it, or None."""

    duties: tuple[tuple[DutyLabel, Duty | None], ...]
    other_duties: tuple[Duty, ...]
    qualifiers: tuple[tuple[QualifierLabel, Exemption | None], ...]
    other_qualifiers: tuple[Exemption, ...]


def answer(unit: Unit) -> Answered:
    """Tie each label to at most one finding, and each finding to at most one label."""
    duties = _duties(unit)
    qualifiers = _qualifiers(unit)
    taken = {duty.id for _, duty in duties if duty}
    used = {one.id for _, one in qualifiers if one}
    return Answered(
        duties=duties,
        other_duties=tuple(duty for duty in unit.duties if duty.id not in taken),
        qualifiers=qualifiers,
        other_qualifiers=tuple(one for one in unit.qualifiers if one.id not in used),
    )


def _duties(unit: Unit) -> tuple[tuple[DutyLabel, Duty | None], ...]:
    """A duty answers to the label whose words stand in it; the shortest first, one to one."""
    anchors = {label.id: unit.span(label.words, label.in_, label.nth) for label in unit.labels.duties}
    pairs = sorted(
        (duty.span.end - duty.span.start, duty.span.start, label.id, duty.id)
        for label in unit.labels.duties
        for duty in unit.duties
        if _holds(duty, anchors[label.id])
    )
    by_label: dict[str, str] = {}
    for _, _, label_id, duty_id in pairs:
        if label_id not in by_label and duty_id not in by_label.values():
            by_label[label_id] = duty_id
    by_id = {duty.id: duty for duty in unit.duties}
    return tuple((label, by_id.get(by_label.get(label.id, ""))) for label in unit.labels.duties)


def _holds(duty: Duty, anchor: Span) -> bool:
    return duty.span.holds(anchor)


def _qualifiers(unit: Unit) -> tuple[tuple[QualifierLabel, Exemption | None], ...]:
    """A finding answers to a label when they share half of the shorter one's words; the same kind first."""
    text = unit.text.document.text
    scored: list[tuple[int, float, int, str, str]] = []
    for label in unit.labels.qualifiers:
        at = unit.span(label.quote, label.in_, label.nth)
        for one in unit.qualifiers:
            share = shared(text, at, one.span)
            if share >= 0.5:
                same = 0 if kind_right(label, one) else 1
                scored.append((same, -share, one.span.start, label.id, one.id))
    by_label: dict[str, str] = {}
    for _, _, _, label_id, one_id in sorted(scored):
        if label_id not in by_label and one_id not in by_label.values():
            by_label[label_id] = one_id
    by_id = {one.id: one for one in unit.qualifiers}
    return tuple((label, by_id.get(by_label.get(label.id, ""))) for label in unit.labels.qualifiers)


def shared(text: str, first: Span, second: Span) -> float:
    """Return the share (0 to 1) of the shorter stretch's words that lie in both."""
    start, end = max(first.start, second.start), min(first.end, second.end)
    if start >= end:
        return 0.0
    both = len(_WORD.findall(text[start:end]))
    shorter = min(len(_WORD.findall(span.of(text))) for span in (first, second))
    return both / shorter if shorter else 0.0


def kind_right(label: QualifierLabel, one: Exemption) -> bool:
    """Say whether the kind is the label's, or another that the guide or the label allows."""
    return one.kind in (label.kind, *label.allow.kind) or {one.kind, label.kind} == _TIMES


def nature_right(label: QualifierLabel, one: Exemption) -> bool:
    """Say whether the nature is one the label allows."""
    return one.nature in (label.nature, *label.allow.nature)


def effect_right(label: QualifierLabel, one: Exemption) -> bool:
    """Say whether the effect is one the label allows."""
    return one.effect in (label.effect, *label.allow.effect)


def level_right(label: QualifierLabel, one: Exemption) -> bool:
    """Say whether the level is one the label allows."""
    return one.level in (label.level, *label.allow.level)


def precise_right(label: QualifierLabel, one: Exemption) -> bool:
    """Say whether the finding names the place that makes the term precise, or none where there is none."""
    return one.made_precise_by.partition(":")[0].split(" ")[-1] == label.made_precise_by


def is_way_out(one: Exemption) -> bool:
    """Say whether a finding lets a provider off for good (GUIDE.md, `way_out`)."""
    return (
        one.level is Level.MATERIAL
        and one.effect in (Effect.LIFTS, Effect.NARROWS)
        and one.nature is not Nature.TRIGGER
        and bool(one.duties)
    )


def fields_right(label: DutyLabel, duty: Duty) -> dict[str, bool]:
    """Judge each field of a duty as the guide says."""
    return {
        "bearer": _bearer(label.bearer, duty.bearer),
        "force": (duty.force.value == "permitted") is (label.force == "permitted"),
        "modality": duty.modality.lower() == label.modality.lower(),
        "negated": duty.negated is label.negated,
        "action": _action(label.action, duty.action),
        "object": _object(label.object, duty.object),
        "timing": _timing(label.timing, duty.timing),
        "conditions": _conditions(label.conditions, duty.conditions),
    }


def words(text: str) -> list[str]:
    """Return the words of a text in small letters."""
    return [word.lower() for word in _WORD.findall(text)]


def _stems(text: str) -> list[str]:
    return [_ENDING.sub("", word) or word for word in words(text) if word not in _ARTICLES]


def _bearer(label: str, found: str) -> bool:
    expected, given = set(_stems(label)), set(_stems(found))
    if not expected or not given:
        return not expected and not given
    both = len(expected & given)
    return both * 2 >= len(expected) and both * 2 >= len(given)


def _action(label: str, found: str) -> bool:
    expected, given = _stems(label), _stems(found)
    return set(expected) <= set(given) and len(given) <= len(expected) + 6


def _object(label: str, found: str) -> bool:
    expected, given = set(_stems(label)), set(_stems(found))
    return len(expected & given) * 4 >= len(expected) * 3


def _timing(label: Sequence[str], found: str) -> bool:
    given = [one for one in found.split("; ") if one]
    expected = [one.lower() for one in label]
    return len(given) == len(expected) and all(
        any(want in one.lower() or one.lower() in want for one in given) for want in expected
    )


def _conditions(label: Sequence[str], found: Sequence[str]) -> bool:
    expected, given = set(_stems(" ".join(label))), set(_stems(" ".join(found)))
    if not expected:
        return not given
    each = all(len(set(_stems(one)) & given) * 2 >= len(set(_stems(one))) for one in label)
    return each and len(expected & given) * 2 >= len(given)
