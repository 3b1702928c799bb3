"""Sets of scenarios as the shortest disjunction of comparisons, in the form of the contract, and back."""

from analyser.coverage.frame import Dimension, Frame
from analyser.logic.minimal import shortest
from analyser.reporting.rows import When, WhenCase, WhenTerm

OTHER_KINDS = "other_kinds"
OTHER_LISTED = "other_listed_kinds"


def when_of(frame: Frame, mask: int) -> When:
    """Return the shortest disjunction that gives exactly the scenarios of `mask` among the possible ones."""
    asked = mask & frame.possible
    if asked not in frame.whens:
        frame.whens[asked] = _when(frame, asked)
    return frame.whens[asked]


def _when(frame: Frame, mask: int) -> When:
    if mask == frame.possible:
        return When()
    risks = tuple(axis for axis, item in enumerate(frame.dimensions) if item.fact.split(".")[0] == "risk")
    rectangles = shortest(frame.space, mask, frame.possible, risks)
    return When(
        any_of=tuple(
            WhenCase(
                all_of=tuple(
                    _term(frame, frame.dimensions[axis], values)
                    for axis, values in enumerate(rectangle)
                    if len(values) < frame.space.sizes[axis]
                )
            )
            for rectangle in rectangles
        )
    )


def _term(frame: Frame, dimension: Dimension, values: tuple[int, ...]) -> WhenTerm:
    chosen = tuple(dimension.values[value] for value in values)
    if len(chosen) == 1:
        return WhenTerm(fact=fact_name(frame, dimension), op="=", value=chosen[0])
    return WhenTerm(fact=fact_name(frame, dimension), op="in", value=tuple(str(value) for value in chosen))


def fact_name(frame: Frame, dimension: Dimension) -> str:
    """Return the name under which outputs print a dimension."""
    if not dimension.harms:
        return dimension.fact
    suffix = "" if dimension.level == "medium" else f"_at_{dimension.level}"
    every = frame.own.counting - {frame.own.harm} - ({frame.own.parent} if frame.own.parent else set())
    if dimension.harms == every:
        return f"{OTHER_KINDS}{suffix}"
    lists = [
        other
        for other in frame.dimensions
        if other.harms not in (frozenset(), every) and other.level == dimension.level
    ]
    # Where a grid tells several lists apart, each is named by its kinds: else a `when` could not be read
    # back.
    named = f".{'+'.join(sorted(dimension.harms))}" if len(lists) > 1 else ""
    return f"{OTHER_LISTED}{suffix}{named}"


def expand(when: When, frame: Frame) -> int:
    """Return the possible scenarios that a `when` speaks of (the inverse of `when_of` on its own frame)."""
    mask = 0
    for case in when.any_of:
        inner = frame.possible
        for term in case.all_of:
            values = term.value if isinstance(term.value, tuple) else (term.value,)
            axis = next(
                place
                for place, dimension in enumerate(frame.dimensions)
                if fact_name(frame, dimension) == term.fact
            )
            dimension = frame.dimensions[axis]
            chosen = tuple(place for place, value in enumerate(dimension.values) if value in values)
            rectangle = tuple(
                chosen if place == axis else tuple(range(size))
                for place, size in enumerate(frame.space.sizes)
            )
            inner &= frame.space.mask(rectangle)
        mask |= inner
    return mask
