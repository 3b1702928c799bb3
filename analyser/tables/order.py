"""The order of gaps: the points of each from rules/weights.yaml, and how firm the order is when a weight
changes.
"""

from collections.abc import Collection, Mapping, Sequence

from analyser.coverage.beside import EVIDENCED
from analyser.coverage.study import Study
from analyser.model.base import Frozen, Function, Invocable
from analyser.reporting.rows import GapRow

TOP = 10
SHIFT = 0.5

Key = tuple[bool, bool, float, int, int, int, int, str]


class Part(Frozen):
    """One reason of a gap's place: the weight it rests on, its words, how often it counts, its points."""

    weight: str
    words: str
    times: float
    points: float


class Firmness(Frozen):
    """How many of the first gaps stay among the first when one weight is lowered, and raised, by half."""

    weight: str
    value: float
    reason: str
    kept_lowered: int
    kept_raised: int
    of: int
    first_stays: bool


def parts_of(study: Study, row: GapRow) -> tuple[Part, ...]:
    """Return why a row stands where it does; the points of its place are the sum of those of the parts.

    Where several functions or kinds of cause could count, the heaviest does.
    """
    weigh = study.rulebook.weight
    kinds = [entry for harm in row.harms if (entry := study.rulebook.harm(harm))]
    gravest = max(kinds, key=lambda entry: entry.severity)
    function = max(row.functions, key=lambda key: weigh(f"function.{key}"))
    found = [
        (f"state.{row.state}", row.state.replace("_", " "), 1.0),
        ("severity", f"severity of {gravest.name_on(row.revision)}", float(gravest.severity)),
        (f"function.{function}", f"function {function.replace('_', ' ')}", 1.0),
    ]
    reached = [kind for cause in row.causes for kind in cause.kinds if weigh(f"cause.{kind}")]
    if reached:
        kind = max(reached, key=lambda kind: weigh(f"cause.{kind}"))
        found.append((f"cause.{kind}", f"turns on {kind.replace('_', ' ')}", 1.0))
    if any(case.all_of == () for case in row.when.any_of):
        found.append(("breadth.always", "whatever the service's facts", 1.0))
    if row.strength == Invocable.ARGUABLE:
        found.append(("strength.arguable", "only arguable", 1.0))
    relations = {line.relation for line in row.evidence}
    if relations:
        best = "direct" if "direct" in relations else "proxy"
        found.append((f"evidence.{best}", f"{best} evidence", 1.0))
    if row.relevance == EVIDENCED:
        found.append(("relevance.evidenced", "linked by a source", 1.0))
    asked = row.expectation.split("; ")
    if any(entry.asked_by_body for entry in study.rulebook.expectations if entry.id in asked):
        found.append(("expectation", "asked for by a named body", 1.0))
    return tuple(
        Part(weight=weight, words=words, times=times, points=weigh(weight) * times)
        for weight, words, times in found
    )


def reason(parts: Sequence[Part]) -> str:
    """Return the reason of a place in words: `20 points: escapable +8, …`."""
    total = sum(part.points for part in parts)
    said = ", ".join(f"{part.words} {part.points:+g}" for part in parts if part.points)
    return f"{total:g} points: {said}"


def place(study: Study, row: GapRow, points: float, last: Collection[str] = ()) -> Key:
    """Return what a row is sorted by: what is low by design last, before it those whose ids are in `last`,
    then the points, then the contract's order of functions and harms.
    """
    harms, functions = list(study.revision.harms), [function.value for function in Function]
    return (
        bool(row.by_design),
        row.id in last,
        -points,
        len(row.causes),
        len(row.harms),
        functions.index(row.functions[0]),
        harms.index(row.harms[0]),
        row.id,
    )


def firmness(study: Study, rows: Sequence[GapRow]) -> tuple[Firmness, ...]:
    """Return, for each weight, how many of the first ten of `rows` stay among the first ten when it alone is
    changed by half either way.
    """
    values = {weight.id: weight.value for weight in study.rulebook.weights}
    apart = [_apart(study, row) for row in rows]
    first = _first(apart, values)
    found = []
    for weight in study.rulebook.weights:
        lowered, raised = (
            _first(apart, {**values, weight.id: weight.value * factor}) for factor in (1 - SHIFT, 1 + SHIFT)
        )
        found.append(
            Firmness(
                weight=weight.id,
                value=weight.value,
                reason=weight.reason,
                kept_lowered=len(set(first) & set(lowered)),
                kept_raised=len(set(first) & set(raised)),
                of=len(first),
                first_stays=first[:1] == lowered[:1] == raised[:1],
            )
        )
    return tuple(found)


def firmness_words(found: Sequence[Firmness]) -> str:
    """Return what the check says, in a sentence or two; empty where nothing was checked."""
    if not found or not found[0].of:
        return ""
    of = found[0].of
    worst = min(found, key=lambda one: min(one.kept_lowered, one.kept_raised))
    kept = min(worst.kept_lowered, worst.kept_raised)
    moved = [one.weight for one in found if not one.first_stays]
    head = (
        "The first gap stays first whichever weight is changed."
        if not moved
        else f"The first gap changes with {', '.join(moved)}."
    )
    stays = (
        f"all of the first {of} stay among the first {of}"
        if kept == of
        else f"at least {kept} of the first {of} stay among the first {of} (fewest: {worst.weight})"
    )
    return f"When any one weight is lowered or raised by half, {stays}. {head}"


def _first(
    rows: Sequence[tuple[Key, Sequence[Part], Sequence[Sequence[str]]]], values: Mapping[str, float]
) -> tuple[str, ...]:
    """Return the ids of the first rows under other weights; a row is given by its key, the parts that always
    count, and the groups of weights of which the heaviest counts.
    """
    keys = []
    for key, parts, groups in rows:
        points = sum(values.get(part.weight, 0.0) * part.times for part in parts)
        points += sum(max(values.get(id, 0.0) for id in group) for group in groups)
        keys.append((*key[:2], -points, *key[3:]))
    return tuple(key[-1] for key in sorted(keys)[:TOP])


def _apart(study: Study, row: GapRow) -> tuple[Key, Sequence[Part], Sequence[Sequence[str]]]:
    """Return a row's key, the parts of its points that no choice changes, and the choices."""
    weigh = study.rulebook.weight
    kinds = [f"cause.{kind}" for cause in row.causes for kind in cause.kinds if weigh(f"cause.{kind}")]
    groups = [[f"function.{function}" for function in row.functions], *([kinds] if kinds else [])]
    parts = [part for part in parts_of(study, row) if not part.weight.startswith(("function.", "cause."))]
    return place(study, row, 0.0), parts, groups
