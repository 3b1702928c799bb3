"""Failing applications: for each measure, the minimal sets of limbs that leave a service out, found by
enumeration.

Where one harm's risk is among the limbs, the sets are told by its level (design, section 7): hash matching
gives {below medium}, {medium, not large}, {high, at most 700,000, not file-sharing}, {no images}.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from analyser.applications.read import Application
from analyser.coverage.frame import Dimension, Frame
from analyser.coverage.named import Own
from analyser.coverage.settings import AnySetting
from analyser.exemptions.limb_words import words_of
from analyser.logic.minimal import Rectangle, bits, primes, rank
from analyser.model.base import Basis, Effect, Invocable, Kind, Level, Nature
from analyser.model.duty import Duty
from analyser.model.exemption import Answer, Exemption, Literal
from analyser.model.logic import TRUE, All, AnyOf, AtLeast, Atom, Condition, Not, meaning
from analyser.model.text import Document, Measure
from analyser.rulebook.models import Rulebook

RULE = "application"
_KIND_ORDER = (
    Kind.CHANNEL_CARVE_OUT,
    Kind.AGE_PRECONDITION,
    Kind.CATEGORY_PRECONDITION,
    Kind.AUDIENCE_PRECONDITION,
    Kind.CONTENT_CARVE_OUT,
    Kind.SIZE_THRESHOLD,
    Kind.FUNCTIONALITY_PRECONDITION,
    Kind.RISK_THRESHOLD,
)


def find_limbs(
    document: Document,
    applications: Mapping[str, Application],
    duties: Sequence[Duty],
    rulebook: Rulebook,
    counting: frozenset[str],
) -> tuple[Exemption, ...]:
    """Return one exemption per minimal set of limbs for every measure whose application can fail, in the
    order of the text."""
    by_measure = {
        measure: tuple(duty.id for duty in group)
        for measure, group in groupby(duties, key=lambda duty: duty.measure)
    }
    found: list[Exemption] = []
    for measure in document.measures:
        application = applications[measure.id]
        if application.condition != TRUE and measure.application:
            found.extend(
                _of_measure(
                    document, measure, application, by_measure.get(measure.id, ()), rulebook, counting
                )
            )
    return tuple(found)


def _of_measure(
    document: Document,
    measure: Measure,
    application: Application,
    duties: tuple[str, ...],
    rulebook: Rulebook,
    counting: frozenset[str],
) -> Iterator[Exemption]:
    own = Own(harm="", parent=None, sub_kinds=_sub_kinds(rulebook), counting=counting)
    frame = Frame([application.condition], own, AnySetting())
    failing = frame.possible & ~frame.truths(application.condition).may
    paragraph = measure.application[0]
    counts: dict[Kind, int] = {}
    for rectangle in _by_level(frame, failing):
        literals = tuple(_literals(frame, rectangle, rulebook))
        kind = min((literal.kind for literal in literals), key=_KIND_ORDER.index)
        counts[kind] = counts.get(kind, 0) + 1
        words = words_of(document.text, measure, application, _facts(literals))
        yield Exemption(
            id=f"{document.key}/{paragraph.number}#{kind}-{counts[kind]}",
            measure=measure.id,
            provision=f"{measure.id.removesuffix(measure.number)}{paragraph.number}",
            span=words.span,
            quote=words.span.of(document.text),
            kind=kind,
            nature=Nature.APPLICATION,
            effect=Effect.LIFTS,
            level=Level.MATERIAL,
            rule=RULE,
            duties=duties,
            limbs=literals,
            holds=meaning(
                All(
                    parts=tuple(_condition(frame, axis, values) for axis, values in _limits(frame, rectangle))
                )
            ),
            invocable_by=(_answer(literals, paragraph.number, words.basis),),
            note="the rating is the provider's own"
            if any(item.kind is Kind.RISK_THRESHOLD for item in literals)
            else "",
            basis=words.basis,
        )


def _answer(literals: Sequence[Literal], paragraph: str, basis: Basis) -> Answer:
    """A service that a limb leaves out has no duty under the measure: that follows from the words alone."""
    rated = any(item.kind is Kind.RISK_THRESHOLD for item in literals)
    return Answer(
        feature="application",
        answer=Invocable.YES,
        why=f"the measure does not apply to such a service: it follows from the words of {paragraph}"
        + ("; the risk rating is the provider's own (s.9)" if rated else ""),
        basis=basis,
    )


def _facts(literals: Sequence[Literal]) -> frozenset[str]:
    """Return the facts, as conditions name them, that some limbs turn on."""
    risks = (f"risk.{harm}" for literal in literals for harm in literal.harms)
    named = ("uk_monthly_users" if literal.fact == "size" else literal.fact for literal in literals)
    return frozenset((*risks, *named))


def _by_level(frame: Frame, failing: int) -> list[Rectangle]:
    """Return the minimal failing rectangles, told by risk level where exactly one harm's risk is a
    dimension."""
    risks = [axis for axis, dimension in enumerate(frame.dimensions) if dimension.fact.startswith("risk.")]
    if len(risks) != 1:
        return _minimal(frame, failing)
    axis = risks[0]
    levels = range(frame.space.sizes[axis])
    whole = tuple(tuple(range(size)) for size in frame.space.sizes)
    found: dict[Rectangle, list[int]] = {}
    lost: list[int] = []
    for level in levels:
        at_level = frame.space.mask((*whole[:axis], (level,), *whole[axis + 1 :]))
        allowed = (failing | (frame.full & ~frame.possible)) & at_level
        if at_level & frame.possible & ~failing == 0:
            lost.append(level)
            continue
        for rectangle in primes(frame.space, failing & at_level, allowed):
            free = (*rectangle[:axis], whole[axis], *rectangle[axis + 1 :])
            found.setdefault(free, []).append(level)
    rectangles: list[Rectangle] = []
    if lost:
        rectangles.append((*whole[:axis], tuple(lost), *whole[axis + 1 :]))
    for free, at in found.items():
        limit = whole[axis] if len(at) + len(lost) == len(whole[axis]) else tuple(at)
        rectangles.append((*free[:axis], limit, *free[axis + 1 :]))
    return sorted(rectangles, key=lambda rectangle: rank(frame.space, rectangle))


def _minimal(frame: Frame, failing: int) -> list[Rectangle]:
    allowed = failing | (frame.full & ~frame.possible)
    return list(primes(frame.space, failing, allowed)) if any(True for _ in bits(failing)) else []


def _limits(frame: Frame, rectangle: Rectangle) -> list[tuple[int, tuple[int, ...]]]:
    return [(axis, values) for axis, values in enumerate(rectangle) if len(values) < frame.space.sizes[axis]]


def _literals(frame: Frame, rectangle: Rectangle, rulebook: Rulebook) -> Iterator[Literal]:
    for axis, values in _limits(frame, rectangle):
        dimension = frame.dimensions[axis]
        yield Literal(
            fact=dimension.fact,
            values=tuple(dimension.values[value] for value in values),
            kind=fact_kind(dimension, rulebook),
            harms=tuple(sorted(dimension.harms)),
        )


def fact_kind(dimension: Dimension, rulebook: Rulebook) -> Kind:
    """Return the kind of exemption that turns on a dimension's fact."""
    if dimension.harms or dimension.fact.startswith("risk"):
        return Kind.RISK_THRESHOLD
    if dimension.fact == "size":
        return Kind.SIZE_THRESHOLD
    words = rulebook.fact(dimension.fact)
    return words.kind if words else Kind.FUNCTIONALITY_PRECONDITION


def _condition(frame: Frame, axis: int, values: tuple[int, ...]) -> Condition:
    """Return the condition that a dimension takes one of `values` (runs of neighbours become ranges)."""
    dimension = frame.dimensions[axis]
    runs = [
        [place for _, place in group]
        for _, group in groupby(enumerate(values), key=lambda item: item[0] - item[1])
    ]
    parts = tuple(_range(frame, dimension, run[0], run[-1]) for run in runs)
    return parts[0] if len(parts) == 1 else AnyOf(parts=parts)


def _range(frame: Frame, dimension: Dimension, first: int, last: int) -> Condition:
    top = len(dimension.values) - 1
    parts: list[Condition] = []
    if dimension.fact == "size":
        if first:
            parts.append(Atom(fact="uk_monthly_users", op=">", value=frame.bounds[first - 1]))
        if last < top:
            parts.append(Atom(fact="uk_monthly_users", op="<=", value=frame.bounds[last]))
    elif dimension.harms:
        atoms = tuple(
            Atom(fact=f"risk.{harm}", op=">=", value=dimension.level) for harm in sorted(dimension.harms)
        )
        if first:
            parts.append(AtLeast(count=first, parts=atoms))
        if last < top:
            parts.append(Not(part=AtLeast(count=last + 1, parts=atoms)))
    elif dimension.fact.startswith("risk."):
        scale = ("low", "medium", "high")
        if first:
            parts.append(Atom(fact=dimension.fact, op=">=", value=scale[first]))
        if last < top:
            parts.append(Atom(fact=dimension.fact, op="<=", value=scale[last]))
    elif dimension.fact == "age_determination":
        scale = ("none", "existing", "highly_effective")
        if first:
            parts.append(Atom(fact=dimension.fact, op=">=", value=scale[first]))
        if last < top:
            parts.append(Atom(fact=dimension.fact, op="<=", value=scale[last]))
    else:
        parts.append(Atom(fact=dimension.fact, op="=", value=dimension.values[first]))
    return parts[0] if len(parts) == 1 else All(parts=tuple(parts))


def _sub_kinds(rulebook: Rulebook) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for harm in rulebook.harms:
        if harm.parent:
            found[harm.parent] = (*found.get(harm.parent, ()), harm.key)
    return found
