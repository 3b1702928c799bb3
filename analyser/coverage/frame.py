"""The scenario grid of a cell: the facts its duties name, as the dimensions of a small space, and conditions
as sets of its points.

Only dimensions that some duty names are used (design, section 8). A condition becomes two sets: where it is
true and where it may be true.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from analyser.coverage.named import (
    Named,
    Own,
    fact_of,
    fact_order,
    group_name,
    group_order,
    other_kinds,
    split_group,
)
from analyser.logic.minimal import Space
from analyser.model.logic import All, AnyOf, AtLeast, Atom, Comparison, Condition, Not, Term, Unread

if TYPE_CHECKING:
    from analyser.coverage.duty_states import Bound, Masks
    from analyser.reporting.rows import When

Value = str | bool
RISK_LEVELS = ("low_or_negligible", "medium", "high")
CHANNELS = ("public", "private")
_STANDARD_BOUNDS = (700_000, 7_000_000)
_LEVEL_RANKS = {"low_or_negligible": (0, 1), "medium": (2, 2), "high": (3, 3)}
_SCALE = {"negligible": 0, "low": 1, "medium": 2, "high": 3}
_AGES = {"none": 0, "existing": 1, "existing_or_better": 1, "highly_effective": 2}


class Setting(Protocol):
    """A type of service or a profile: which values of a dimension it can have."""

    @property
    def key(self) -> str:
        """A name that tells settings apart."""
        ...

    def allowed(self, fact: str, values: tuple[Value, ...]) -> tuple[Value, ...]:
        """Return those of `values` that the setting can have, in their order."""
        ...

    def given(self) -> tuple[str, ...] | None:
        """Return the dimensions that vary within one service; None for a type, whose services differ in
        every dimension."""
        ...

    def others(self, harms: frozenset[str], level: str) -> tuple[int, int] | None:
        """Return the least and greatest number of `harms` rated at least `level`, None when nothing is
        known."""
        ...


@dataclass(frozen=True)
class Dimension:
    """One fact and the values it can take here; a count's last value means "or more" when `capped`."""

    fact: str
    values: tuple[Value, ...]
    harms: frozenset[str] = frozenset()
    level: str = ""
    capped: bool = False


@dataclass(frozen=True)
class Truths:
    """Where a condition is true, and where it may be (true or unknown)."""

    yes: int
    may: int


class Frame:
    """The space of a cell in one setting; `possible` are its points without those the constraints rule
    out."""

    def __init__(
        self, conditions: Iterable[Condition], own: Own, setting: Setting, extra: Iterable[str] = ()
    ) -> None:
        self.own = own
        self.setting = setting
        found = Named(own)
        for condition in {id(one): one for one in conditions}.values():
            found.visit(condition)
        for fact in extra:
            found.fact(fact)
        self.bounds = tuple(sorted({*_STANDARD_BOUNDS, *found.bounds}))
        self.dimensions = tuple(
            self._dimension(fact, found) for fact in sorted(found.facts, key=fact_order)
        ) + tuple(
            self._count(harms, level, found.groups[harms, level])
            for harms, level in sorted(found.groups, key=group_order)
        )
        self.space = Space(tuple(len(dimension.values) for dimension in self.dimensions))
        self.full = (1 << self.space.points) - 1
        self._bands = _edges(self.bounds)
        self._known: dict[int, tuple[Condition, Truths]] = {}
        # What is worked out once the constraints are taken from `possible`: `masks_of` and `when_of` keep it.
        self.masks: dict[tuple[int, frozenset[str]], tuple[Bound, Masks]] = {}
        self.whens: dict[int, When] = {}
        self._axis = {dimension.fact: place for place, dimension in enumerate(self.dimensions)}
        self.possible = self.full & ~self._structural()

    def truths(self, condition: Condition) -> Truths:
        """Return the points where a condition is true and where it may be."""
        known = self._known.get(id(condition))
        if known is None:
            # The condition is kept with its answer, so that its id stays its own.
            known = self._known[id(condition)] = (condition, self._truths(condition))
        return known[1]

    def _truths(self, condition: Condition) -> Truths:
        match condition:
            case Atom():
                return self._atom(condition)
            case Term(meaning=meaning):
                return self.truths(meaning)
            case Unread():
                return Truths(0, self.full)
            case Not(part=part):
                inner = self.truths(part)
                return Truths(self.full & ~inner.may, self.full & ~inner.yes)
            case All(parts=parts):
                yes = may = self.full
                for part in parts:
                    inner = self.truths(part)
                    yes, may = yes & inner.yes, may & inner.may
                return Truths(yes, may)
            case AnyOf(parts=parts):
                grouped, rest = split_group(parts)
                yes = may = 0
                for part in rest:
                    inner = self.truths(part)
                    yes, may = yes | inner.yes, may | inner.may
                if grouped:
                    inner = self._counted(1, grouped)
                    yes, may = yes | inner.yes, may | inner.may
                return Truths(yes, may)
            case AtLeast(count=count, parts=parts):
                grouped, rest = split_group(parts)
                # A kind named twice counts twice, which a number of kinds cannot say.
                alike = len({atom.fact for atom in grouped}) < len(grouped)
                return (
                    self._any_count(count, parts)
                    if rest or alike or not grouped
                    else self._counted(count, grouped)
                )

    def _any_count(self, count: int, parts: Sequence[Condition]) -> Truths:
        """Count true parts of any kind: `exactly[k]` holds the points where at least k of the parts seen
        so far are true."""
        yes = [self.full, *[0] * count]
        may = [self.full, *[0] * count]
        for part in parts:
            inner = self.truths(part)
            for have in range(count, 0, -1):
                yes[have] |= yes[have - 1] & inner.yes
                may[have] |= may[have - 1] & inner.may
        return Truths(yes[count], may[count])

    def _counted(self, count: int, atoms: Sequence[Atom]) -> Truths:
        """At least `count` of the kinds of a list at a level: the cell's own kind and a count of the
        others."""
        harms = frozenset(atom.fact.removeprefix("risk.") for atom in atoms)
        level = str(atoms[0].value)
        others = other_kinds(harms, self.own)
        own = self._own_at(level, harms) if others != harms else 0
        dimension = self.dimensions[self._axis[group_name(others, level)]] if others else None
        sets: dict[int, int] = {}
        if dimension:
            axis = self._axis[dimension.fact]
            for place, value in enumerate(dimension.values):
                number = int(str(value).rstrip("+"))
                sets[number] = sets.get(number, 0) | self.points(axis, (place,))
        else:
            sets[0] = self.full
        yes = 0
        for number, mask in sets.items():
            if number >= count:
                yes |= mask
            elif number + 1 >= count:
                yes |= mask & own
        return Truths(yes, yes)

    def _own_at(self, level: str, harms: frozenset[str]) -> int:
        """Return the points where the cell's own harm is rated at least `level`.

        A kind is at least as high as its parts. Where a list counts the kind and a profile rates it so
        itself (for another part), it is rated so at every point.
        """
        if self.own.parent in harms:
            rated = self.setting.allowed(f"risk.{self.own.parent}", RISK_LEVELS)
            if rated and all(_LEVEL_RANKS[str(value)][0] >= _SCALE[level] for value in rated):
                return self.full
        return self._atom(Atom(fact=f"risk.{self.own.harm}", op=">=", value=level)).yes

    def _atom(self, atom: Atom) -> Truths:
        fact = fact_of(atom.fact, self.own)
        axis = self._axis.get(fact)
        if axis is None:
            return Truths(0, self.full)
        yes = may = ()
        for place, value in enumerate(self.dimensions[axis].values):
            sure, possible = self._holds(atom, value)
            yes += (place,) if sure else ()  # type: ignore[assignment]
            may += (place,) if possible else ()  # type: ignore[assignment]
        return Truths(self.points(axis, yes), self.points(axis, may))

    def points(self, axis: int, values: tuple[int, ...]) -> int:
        """Return the points at which a dimension takes one of some values, given by their places."""
        return self.space.slab(axis, values)

    def _holds(self, atom: Atom, value: Value) -> tuple[bool, bool]:
        """Say whether a comparison surely holds, and whether it may hold, at one value of its dimension."""
        if atom.fact == "uk_monthly_users":
            low, high = self._bands[str(value)]
            return _interval(atom.op, int(atom.value), low, high)
        if atom.fact.startswith("risk."):
            low, high = _LEVEL_RANKS[str(value)]
            return _interval(atom.op, _SCALE[str(atom.value)], low, high)
        if atom.fact == "age_determination":
            rank = _AGES[str(value)]
            top = 2 if value == "existing_or_better" else rank
            return _interval(atom.op, _AGES[str(atom.value)], rank, top)
        holds = (value == atom.value) is (atom.op == "=")
        return holds, holds

    def _dimension(self, fact: str, found: "Named") -> Dimension:
        values: tuple[Value, ...]
        if fact == "size":
            values = band_names(self.bounds)
        elif fact == "risk" or fact.startswith("risk."):
            values = RISK_LEVELS
        elif fact == "age_determination":
            values = (
                ("none", "existing", "highly_effective")
                if found.fine_ages
                else ("none", "existing_or_better")
            )
        elif fact == "channel":
            values = CHANNELS
        else:
            values = (False, True)
        asked = f"risk.{self.own.harm}" if fact == "risk" else fact
        return Dimension(fact, self.setting.allowed(asked, values) or values)

    def _count(self, harms: frozenset[str], level: str, needed: int) -> Dimension:
        most = min(needed, len(harms))
        low, high = self.setting.others(harms, level) or (0, len(harms))
        values = tuple(
            str(number) if number < most else f"{number}+"
            for number in range(min(low, most), min(high, most) + 1)
        )
        if most == len(harms):
            values = tuple(value.rstrip("+") for value in values)
        return Dimension(group_name(harms, level), values, harms, level, capped=most < len(harms))

    def _structural(self) -> int:
        """Return the points that the meaning of the dimensions rules out: a part rated above its kind, a
        list's count above its superset's."""
        ruled_out = 0
        for place, dimension in enumerate(self.dimensions):
            if dimension.fact == "risk" or dimension.fact.startswith("risk."):
                harm = self.own.harm if dimension.fact == "risk" else dimension.fact.removeprefix("risk.")
                for part in self.own.sub_kinds.get(harm, ()):
                    other = self._axis.get("risk" if part == self.own.harm else f"risk.{part}")
                    if other is not None:
                        ruled_out |= self._above(other, place)
            if dimension.harms:
                ruled_out |= self._counts(place, dimension)
        return ruled_out

    def _above(self, part: int, whole: int) -> int:
        mask = 0
        for low in range(len(self.dimensions[whole].values)):
            rank = RISK_LEVELS.index(str(self.dimensions[whole].values[low]))
            higher = tuple(
                place
                for place, value in enumerate(self.dimensions[part].values)
                if RISK_LEVELS.index(str(value)) > rank
            )
            mask |= self.points(whole, (low,)) & self.points(part, higher)
        return mask

    def _counts(self, place: int, dimension: Dimension) -> int:
        mask = 0
        for other_place, other in enumerate(self.dimensions):
            if (
                other.harms
                and other_place != place
                and other.level == dimension.level
                and dimension.harms < other.harms
            ):
                for at, value in enumerate(dimension.values):
                    number = int(str(value).rstrip("+"))
                    fewer = tuple(
                        there
                        for there, count in enumerate(other.values)
                        if not str(count).endswith("+") and int(str(count)) < number
                    )
                    mask |= self.points(place, (at,)) & self.points(other_place, fewer)
            if other.fact.startswith("risk.") and other.fact.removeprefix("risk.") in dimension.harms:
                rated = tuple(
                    at
                    for at, value in enumerate(other.values)
                    if _SCALE[str(dimension.level)] <= _LEVEL_RANKS[str(value)][0]
                )
                none = tuple(at for at, value in enumerate(dimension.values) if value == "0")
                mask |= self.points(other_place, rated) & self.points(place, none)
        return mask


def band_names(bounds: Sequence[int]) -> tuple[str, ...]:
    """Return the names of the size bands between bounds; the contract's three where no code draws other
    lines.

    >>> band_names((700_000, 7_000_000))
    ('under_700k', '700k_to_7m', 'large')
    """
    named = {(-1, 700_000): "under_700k", (700_000, 7_000_000): "700k_to_7m", (7_000_000, 10**12): "large"}
    edges = (-1, *bounds, 10**12)
    return tuple(
        named.get((low, high)) or (f"{low + 1}_to_{high}" if high < 10**12 else f"over_{low}")
        for low, high in pairwise(edges)
    )


@lru_cache(maxsize=256)
def _edges(bounds: tuple[int, ...]) -> dict[str, tuple[int, int]]:
    """Return the least and greatest number of users of each size band."""
    ends = pairwise((-1, *bounds, 10**12))
    return {name: (low + 1, high) for name, (low, high) in zip(band_names(bounds), ends, strict=True)}


def _interval(op: Comparison, value: int, low: int, high: int) -> tuple[bool, bool]:
    """Say whether a comparison with a value holds everywhere from `low` to `high`, and whether anywhere."""
    match op:
        case ">":
            return low > value, high > value
        case ">=":
            return low >= value, high >= value
        case "<":
            return high < value, low < value
        case "<=":
            return high <= value, low <= value
        case "=":
            return low == high == value, low <= value <= high
        case "!=":
            return not low <= value <= high, not low == high == value
