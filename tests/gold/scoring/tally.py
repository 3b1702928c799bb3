"""Counts and what they say: precision, recall, F1, each with an interval of 95 %."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

_Z = 1.959964
_ROUNDS = 1000


@dataclass(frozen=True, slots=True)
class Count:
    """Of one unit: labels with a right finding, labels without, and findings without a label."""

    hit: int = 0
    missed: int = 0
    false: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.hit + other.hit, self.missed + other.missed, self.false + other.false)


@dataclass(frozen=True, slots=True)
class Interval:
    """A share (0 to 1) with the ends of its interval; `value` is None where nothing was counted."""

    value: float | None
    low: float = 0.0
    high: float = 1.0

    def __str__(self) -> str:
        if self.value is None:
            return "–"
        return f"{self.value:.3f} ({self.low:.3f}–{self.high:.3f})"


@dataclass(frozen=True, slots=True)
class Score:
    """One line of the table."""

    labels: int
    precision: Interval
    recall: Interval
    f1: Interval


def score(counts: Sequence[Count]) -> Score:
    """Return the score of all units: Wilson's interval for shares, the bootstrap over units for F1.

    The draws of the bootstrap have a fixed seed, so that the same labels and findings give the same bytes.
    """
    total = sum(counts, Count())
    return Score(
        labels=total.hit + total.missed,
        precision=share(total.hit, total.hit + total.false),
        recall=share(total.hit, total.hit + total.missed),
        f1=_f1_interval(counts, total),
    )


def share(right: int, of: int) -> Interval:
    """Return a share with Wilson's interval (E. B. Wilson, 1927, J. Am. Stat. Assoc. 22, 209-212).

    >>> str(share(9, 10))
    '0.900 (0.596–0.982)'
    """
    if not of:
        return Interval(None)
    p = right / of
    centre = (p + _Z**2 / (2 * of)) / (1 + _Z**2 / of)
    half = _Z / (1 + _Z**2 / of) * math.sqrt(p * (1 - p) / of + _Z**2 / (4 * of**2))
    return Interval(p, max(0.0, centre - half), min(1.0, centre + half))


def f1(count: Count) -> float | None:
    """Return the harmonic mean of precision and recall, None where nothing was counted."""
    everything = 2 * count.hit + count.missed + count.false
    return 2 * count.hit / everything if everything else None


def _f1_interval(counts: Sequence[Count], total: Count) -> Interval:
    value = f1(total)
    if value is None:
        return Interval(None)
    chance = Random(1)
    drawn = sorted(f1(sum(chance.choices(counts, k=len(counts)), Count())) or 0.0 for _ in range(_ROUNDS))
    return Interval(value, drawn[int(_ROUNDS * 0.025)], drawn[int(_ROUNDS * 0.975)])
