"""How a document's body is set: what its lines' distances tell of its leading and of the space between
paragraphs."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from analyser.reading.labels import number_at
from analyser.reading.pdf.layout import Line


@dataclass(frozen=True, slots=True)
class Measures:
    """How the body is set: its size, its leading (times the size), whether more space parts paragraphs.

    `lifted` says that a raised mark sets its line further from the one above, as browsers do.
    """

    size: float
    leading: float
    spaced: bool
    lifted: bool = False

    def is_wide(self, line: Line) -> bool:
        """Say whether there is more than a line's distance above a line."""
        return line.gap is not None and line.gap > (self.leading + 0.13) * line.size


def measures(lines: Sequence[Line], size: float) -> Measures:
    """Return how the body is set, as the distances of its lines tell."""
    gaps: Counter[float] = Counter()
    for above, line in pairwise(lines):
        same = abs(line.size - size) < 0.04 * size and abs(above.size - size) < 0.04 * size
        if same and line.gap and line.gap < 2.6 * size:
            gaps[round(line.gap / size, 2)] += 1
    total = sum(gaps.values())
    leading = 1.2
    for ratio in sorted(gaps):
        near = sum(count for other, count in gaps.items() if abs(other - ratio) <= 0.025)
        if ratio > 0.85 and near >= 0.1 * total:
            leading = max((r for r in gaps if abs(r - ratio) <= 0.025), key=lambda r: gaps[r])
            break
    found = Measures(size, leading, True)
    starts = [
        line
        for above, line in pairwise(lines)
        if line.gap is not None
        and not above.bold
        and abs(above.size - size) < 0.04 * size
        and number_at(line.text)
    ]
    spaced = not starts or sum(found.is_wide(line) for line in starts) > 0.6 * len(starts)
    marked = [line for line in lines if line.gap and any(piece.raised for piece in line.pieces)]
    usual = sum(abs(line.gap / line.size - leading) < 0.03 for line in marked if line.gap)
    return Measures(size, leading, spaced, usual < 0.15 * len(marked))
