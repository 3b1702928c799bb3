"""Prime rectangles and the shortest disjunction of them, against plain enumeration over small spaces."""

from collections.abc import Iterable, Iterator
from itertools import combinations, product
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from analyser.logic.minimal import Rectangle, Space, bits, primes, shortest

Point = tuple[int, ...]


class Case(NamedTuple):
    """A space, the points that must be given, and those that can occur at all."""

    space: Space
    wanted: frozenset[Point]
    possible: frozenset[Point]


@st.composite
def cases(draw: st.DrawFn, dimensions: int = 4, values: int = 3) -> Case:
    sizes = tuple(draw(st.lists(st.integers(1, values), min_size=1, max_size=dimensions)))
    points = list(product(*(range(size) for size in sizes)))
    kinds = draw(st.lists(st.sampled_from("wpx"), min_size=len(points), max_size=len(points)))
    wanted = frozenset(point for point, kind in zip(points, kinds, strict=True) if kind == "w")
    possible = frozenset(point for point, kind in zip(points, kinds, strict=True) if kind != "x")
    return Case(Space(sizes), wanted, possible)


def number(space: Space, point: Point) -> int:
    place = 0
    for size, value in zip(space.sizes, point, strict=True):
        place = place * size + value
    return place


def mask(space: Space, points: Iterable[Point]) -> int:
    return sum(1 << number(space, point) for point in set(points))


def inside(rectangle: Rectangle) -> set[Point]:
    return set(product(*rectangle))


def rectangles(space: Space) -> Iterator[Rectangle]:
    """Yield every rectangle of a space."""
    choices = [
        [chosen for length in range(1, size + 1) for chosen in combinations(range(size), length)]
        for size in space.sizes
    ]
    yield from product(*choices)


def all_points(space: Space) -> frozenset[Point]:
    return frozenset(product(*(range(size) for size in space.sizes)))


def asked(case: Case) -> tuple[Space, int, int]:
    return case.space, mask(case.space, case.wanted), mask(case.space, case.possible)


@given(cases(), st.data())
def test_the_mask_of_a_rectangle_is_its_points(case: Case, data: st.DataObject) -> None:
    rectangle = data.draw(st.sampled_from(list(rectangles(case.space))))
    points = inside(rectangle)
    assert case.space.mask(rectangle) == mask(case.space, points)
    assert set(bits(mask(case.space, points))) == {number(case.space, point) for point in points}


@given(cases(dimensions=3))
def test_primes_are_exactly_the_largest_rectangles_that_stay_within_what_is_allowed(case: Case) -> None:
    allowed = case.wanted | (all_points(case.space) - case.possible)
    fitting = [
        inside(one) for one in rectangles(case.space) if inside(one) <= allowed and inside(one) & case.wanted
    ]
    largest = [one for one in fitting if not any(one < other for other in fitting)]
    found = [
        inside(one) for one in primes(case.space, mask(case.space, case.wanted), mask(case.space, allowed))
    ]
    assert len(found) == len(largest)
    assert all(one in found for one in largest)
    assert set().union(*found) >= case.wanted


@given(cases())
def test_the_shortest_disjunction_expands_to_exactly_the_wanted_points(case: Case) -> None:
    given_back: set[Point] = set()
    for rectangle in shortest(*asked(case)):
        given_back |= inside(rectangle)
    assert given_back & case.possible == case.wanted


@settings(max_examples=60)
@given(cases(dimensions=3))
def test_no_disjunction_of_fewer_rectangles_gives_the_same_points(case: Case) -> None:
    allowed = case.wanted | (all_points(case.space) - case.possible)
    candidates = primes(case.space, mask(case.space, case.wanted), mask(case.space, allowed))
    if len(candidates) > 12:
        return
    covers = [inside(one) & case.wanted for one in candidates]
    found = shortest(*asked(case))
    for chosen in combinations(covers, max(len(found) - 1, 0)):
        assert not case.wanted or set().union(*chosen) != case.wanted


def test_taking_the_largest_rectangles_first_would_take_six_here_and_five_do() -> None:
    space = Space((2, 2, 2, 2))
    wanted = ["0001", "0100", "0110", "0111", "1000", "1010", "1011", "1100", "1111"]
    points = [tuple(int(digit) for digit in point) for point in wanted]
    assert len(shortest(space, mask(space, points), (1 << space.points) - 1)) == 5


def test_five_that_no_four_can_replace() -> None:
    """Five points on a diagonal need a rectangle each."""
    space = Space((5, 5))
    wanted = mask(space, [(place, place) for place in range(5)])
    assert shortest(space, wanted, (1 << 25) - 1) == tuple(((place,), (place,)) for place in range(5))


@given(cases(dimensions=3))
def test_the_answer_does_not_depend_on_what_was_asked_before(case: Case) -> None:
    once = shortest(*asked(case))
    shortest.cache_clear()
    primes.cache_clear()
    assert shortest(*asked(case)) == once


def test_points_that_cannot_occur_may_be_covered_when_that_is_shorter() -> None:
    """No service tests a recommender it does not have: "runs tests" says all of "has one and runs tests"."""
    space = Space((2, 2))
    possible = mask(space, all_points(space) - {(0, 1)})
    assert shortest(space, mask(space, {(1, 1)}), possible) == (((0, 1), (1,)),)
    assert shortest(space, mask(space, {(1, 1)}), mask(space, all_points(space))) == (((1,), (1,)),)


def test_nothing_wanted_is_the_empty_disjunction_and_everything_is_no_limit() -> None:
    space = Space((2, 3))
    full = (1 << space.points) - 1
    assert shortest(space, 0, full) == ()
    assert shortest(space, full, full) == (((0, 1), (0, 1, 2)),)
