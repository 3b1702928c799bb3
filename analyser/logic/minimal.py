"""Minimal forms over small finite spaces: prime rectangles and the shortest disjunction of them.

A space has dimensions of a few values each; a set of its points is a bit mask (an int); a rectangle takes a
subset of the values of each dimension. The method is Quine and McCluskey's for multi-valued variables, done
by plain enumeration since the spaces here have a few hundred points.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

Rectangle = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Space:
    """A product of dimensions; `sizes` gives the number of values of each. Point numbers count the last
    dimension fastest."""

    sizes: tuple[int, ...]

    @property
    def points(self) -> int:
        """Return the number of points."""
        total = 1
        for size in self.sizes:
            total *= size
        return total

    def mask(self, rectangle: Rectangle) -> int:
        """Return the points of a rectangle as a bit mask."""
        return _mask(self.sizes, rectangle)

    def slab(self, axis: int, values: tuple[int, ...]) -> int:
        """Return the points at which one dimension takes one of some values, as a bit mask."""
        return _axis(self.sizes, axis, values) if values else 0


@lru_cache(maxsize=65536)
def _axis(sizes: tuple[int, ...], axis: int, values: tuple[int, ...]) -> int:
    stride = 1
    for size in sizes[axis + 1 :]:
        stride *= size
    total = 1
    for size in sizes:
        total *= size
    block = 0
    for value in values:
        block |= ((1 << stride) - 1) << (value * stride)
    period = stride * sizes[axis]
    mask = 0
    for start in range(0, total, period):
        mask |= block << start
    return mask


def _mask(sizes: tuple[int, ...], rectangle: Rectangle) -> int:
    total = 1
    for size in sizes:
        total *= size
    mask = (1 << total) - 1
    for axis, values in enumerate(rectangle):
        if len(values) < sizes[axis]:
            mask &= _axis(sizes, axis, values)
    return mask


@lru_cache(maxsize=64)
def _choices(size: int) -> tuple[tuple[int, ...], ...]:
    """Return every non-empty subset of a dimension's values, the largest first."""
    return tuple(subset for length in range(size, 0, -1) for subset in combinations(range(size), length))


@lru_cache(maxsize=4096)
def primes(space: Space, wanted: int, allowed: int) -> tuple[Rectangle, ...]:
    """Return every rectangle that touches `wanted`, stays within `allowed`, and lies in no larger such
    rectangle.

    >>> primes(Space((2, 3)), 0b000111, 0b000111)
    (((0,), (0, 1, 2)),)
    """
    found: list[tuple[Rectangle, int]] = []
    for rectangle, mask in _rectangles(space, wanted, allowed):
        if not any(mask & other == mask for _, other in found):
            found.append((rectangle, mask))
    kept = [
        (rectangle, mask)
        for rectangle, mask in found
        if not any(mask != other and mask & other == mask for _, other in found)
    ]
    return tuple(rectangle for rectangle, _ in sorted(kept, key=lambda item: rank(space, item[0])))


def _rectangles(space: Space, wanted: int, allowed: int) -> list[tuple[Rectangle, int]]:
    """Return the rectangles of which every prime one is one, wider choices of the first dimensions first."""
    full = (1 << space.points) - 1
    outside = full & ~allowed
    last = len(space.sizes)
    widest = [tuple(tuple(range(size)) for size in space.sizes[axis:]) for axis in range(last + 1)]
    choices = [
        [(values, _axis(space.sizes, axis, values)) for values in _choices(size)]
        for axis, size in enumerate(space.sizes)
    ]
    found: list[tuple[Rectangle, int]] = []

    def grow(axis: int, chosen: Rectangle, mask: int) -> None:
        if not mask & outside:
            # Nothing forbidden is left: the widest choice for every further dimension is the only prime one.
            found.append((chosen + widest[axis], mask))
        elif axis < last:
            for values, where in choices[axis]:
                inner = mask & where
                if inner & wanted:
                    grow(axis + 1, (*chosen, values), inner)

    if wanted:
        grow(0, (), full)
    return found


def rank(space: Space, rectangle: Rectangle) -> tuple[object, ...]:
    """Order rectangles: fewest limits first, then the dimensions in order, then their values."""
    limits = [axis for axis, values in enumerate(rectangle) if len(values) < space.sizes[axis]]
    return (len(limits), limits, rectangle)


@lru_cache(maxsize=4096)
def shortest(
    space: Space, wanted: int, possible: int, by_level: tuple[int, ...] = ()
) -> tuple[Rectangle, ...]:
    """Return the shortest disjunction of rectangles that gives exactly `wanted` among the `possible` points,
    in a fixed order.

    Points that are not possible may be covered or not. Exact up to twelve prime rectangles, else the largest
    first. On the axes in `by_level`, values that another rectangle of the answer covers anyway are then left
    out of limits that stand ("high, or large and medium", not "high, or large and medium or high").
    """
    if not wanted:
        return ()
    return _told_once(space, _cover(space, wanted, possible), wanted, by_level)


def _told_once(
    space: Space, chosen: tuple[Rectangle, ...], wanted: int, axes: Sequence[int]
) -> tuple[Rectangle, ...]:
    """Leave out of the limits on some axes, the last rectangle first, the values that the others cover."""
    told = list(chosen)
    for place in range(len(told) - 1, -1, -1):
        others = 0
        for at, rectangle in enumerate(told):
            others |= space.mask(rectangle) if at != place else 0
        for axis in axes:
            values = told[place][axis]
            for value in values if len(values) < space.sizes[axis] else ():
                kept = tuple(one for one in told[place][axis] if one != value)
                smaller = (*told[place][:axis], kept, *told[place][axis + 1 :])
                if kept and not wanted & ~(others | space.mask(smaller)):
                    told[place] = smaller
    return tuple(told)


def _cover(space: Space, wanted: int, possible: int) -> tuple[Rectangle, ...]:
    """Return the fewest prime rectangles that cover the wanted points and no other possible one."""
    allowed = wanted | (((1 << space.points) - 1) & ~possible)
    candidates = primes(space, wanted, allowed)
    masks = [space.mask(rectangle) & wanted for rectangle in candidates]
    for length in range(1, len(candidates) + 1 if len(candidates) <= 12 else 1):
        for chosen in combinations(range(len(candidates)), length):
            union = 0
            for place in chosen:
                union |= masks[place]
            if union == wanted:
                return tuple(candidates[place] for place in chosen)
    return _greedy(candidates, masks, wanted)


def _greedy(candidates: Sequence[Rectangle], masks: Sequence[int], wanted: int) -> tuple[Rectangle, ...]:
    left, chosen = wanted, []
    while left:
        best = max(range(len(candidates)), key=lambda place: ((masks[place] & left).bit_count(), -place))
        chosen.append(best)
        left &= ~masks[best]
    for place in list(chosen):
        others = 0
        for other in chosen:
            if other != place:
                others |= masks[other]
        if others & wanted == wanted:
            chosen.remove(place)
    return tuple(candidates[place] for place in sorted(chosen))


def bits(mask: int) -> Iterator[int]:
    """Yield the places of the bits set in a mask, lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
