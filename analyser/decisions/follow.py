"""What a finding of one text became in another: by the alignment of their paragraphs and by the words."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from analyser.compare.align import Alignment, align
from analyser.compare.destinations import destinations
from analyser.compare.qualifiers import pair_qualifiers
from analyser.compare.similarity import plain
from analyser.compare.units import Text, text_of
from analyser.decisions.findings import Findings
from analyser.model.exemption import Exemption
from analyser.reporting.rows import GapRow


@dataclass(frozen=True)
class Followed:
    """What a finding became: its id in the other text (empty when it is gone), whether it is the same there,
    and how that is known."""

    finding: str
    same: bool
    why: str


class Follower:
    """Follows findings from one text to another of the same code."""

    def __init__(self, before: Findings, after: Findings) -> None:
        self.before, self.after = before, after

    def follow(self, finding: str) -> Followed:
        """Return what an exemption or a gap of the earlier text became."""
        if finding in self.before.exemptions:
            return self.exemption(finding)
        return self.gap(self.before.gaps[finding])

    def exemption(self, finding: str) -> Followed:
        """Return what an exemption became: same words and reading, other words, or gone."""
        if finding in self._became:
            other, same = self._became[finding]
            there = self._place(other)
            if same:
                return Followed(other.id, True, f"the same words at {there}")
            if plain(self.before.words(finding)) == plain(self.after.words(other.id)):
                return Followed(other.id, False, f"the same words are read otherwise at {there}")
            return Followed(other.id, False, f"its words changed at {there}")
        places = self._counterparts(self._exemption(finding))
        if not places:
            return Followed("", False, "its paragraph has no counterpart in the text held")
        return Followed("", False, f"no such words stand in {' or '.join(places)}")

    def gap(self, row: GapRow) -> Followed:
        """Return what a gap became: one of the same cells, condition and causes, one that shares some of its
        cells, or none.
        """
        became = [self.exemption(cause.exemption) for cause in row.causes]
        lost = [cause.provision for cause, one in zip(row.causes, became, strict=True) if not one.finding]
        if lost:
            return Followed("", False, f"what it rests on at {' and '.join(dict.fromkeys(lost))} is gone")
        causes = {one.finding for one in became}
        near = [other for other in self.after.gaps.values() if _is_near(row, other, causes)]
        exact = next((other for other in near if _shape(other) == _shape(row)), None)
        if exact is not None:
            if all(one.same for one in became):
                return Followed(exact.id, True, "the same cells and causes in the same words")
            return Followed(exact.id, False, "the words it rests on changed")
        if not near:
            return Followed("", False, "no gap of its cells and causes is found in the text held")
        best = min(near, key=lambda other: (-_shared(row, other), other.id))
        return Followed(best.id, False, "it now holds for other services, harms or conditions")

    def _exemption(self, finding: str) -> Exemption:
        return self.before.analysis.study.by_id[finding]

    def _place(self, exemption: Exemption) -> str:
        return exemption.provision or exemption.measure

    @cached_property
    def _texts(self) -> tuple[Text, Text]:
        one, other = (
            text_of(
                side.analysis.document,
                destinations(side.analysis.composed.source, side.analysis.document)
                if side.analysis.composed
                else {},
            )
            for side in (self.before, self.after)
        )
        return one, other

    @cached_property
    def _alignment(self) -> Alignment:
        return align(*self._texts)

    def _counterparts(self, exemption: Exemption) -> tuple[str, ...]:
        """Return the paragraphs (of a failing application, the measures) that hold what held an exemption."""
        name = self._holder(exemption, 0)
        matches = self._alignment.measures if exemption.limbs else self._alignment.units
        return next((match.after for match in matches if name in match.before), ())

    def _holder(self, exemption: Exemption, side: int) -> str:
        if exemption.limbs:
            return exemption.measure
        unit = self._texts[side].unit_at(exemption.span)
        return unit.id if unit else ""

    @cached_property
    def _became(self) -> dict[str, tuple[Exemption, bool]]:
        """Pair the exemptions of paragraphs (and measures) that were aligned."""
        sides: list[dict[tuple[bool, str], list[Exemption]]] = [{}, {}]
        for side, findings in enumerate((self.before, self.after)):
            cuts = sorted(
                findings.analysis.study.exemptions, key=lambda cut: (cut.span.start, cut.span.end, cut.id)
            )
            for cut in cuts:
                sides[side].setdefault((bool(cut.limbs), self._holder(cut, side)), []).append(cut)
        found: dict[str, tuple[Exemption, bool]] = {}
        for limbs, matches in ((False, self._alignment.units), (True, self._alignment.measures)):
            for match in matches:
                old = [cut for name in match.before for cut in sides[0].get((limbs, name), ())]
                new = [cut for name in match.after for cut in sides[1].get((limbs, name), ())]
                pairs = pair_qualifiers(old, new, self._words)
                found.update({one.id: (other, same) for one, other, same in pairs})
                found.update(_only_ones(old, new, pairs))
        return found

    def _words(self, exemption: Exemption) -> str:
        return self.before.words(exemption.id) or self.after.words(exemption.id)


def _only_ones(
    old: Sequence[Exemption], new: Sequence[Exemption], pairs: Sequence[tuple[Exemption, Exemption, bool]]
) -> dict[str, tuple[Exemption, bool]]:
    """Pair what is left where it is the only one of its kind on both sides: its words were replaced."""
    taken = {one.id for pair in pairs for one in pair[:2]}
    found = {}
    for one in old:
        alike = [
            [cut for cut in side if cut.id not in taken and (cut.kind, cut.nature) == (one.kind, one.nature)]
            for side in (old, new)
        ]
        if one.id not in taken and len(alike[0]) == len(alike[1]) == 1:
            found[one.id] = (alike[1][0], False)
    return found


def _shape(row: GapRow) -> tuple[object, ...]:
    return (
        row.state,
        row.services,
        row.harms,
        row.functions,
        row.when.model_dump_json(),
        row.by_design,
        row.expectation,
    )


def _is_near(row: GapRow, other: GapRow, causes: set[str]) -> bool:
    """Say whether a gap is of the same state and causes and shares cells with another."""
    return (
        other.state == row.state
        and {cause.exemption for cause in other.causes} == causes
        and (other.by_design, other.expectation) == (row.by_design, row.expectation)
        and _shared(row, other) > 0
    )


def _shared(row: GapRow, other: GapRow) -> int:
    return (
        len(set(row.services) & set(other.services))
        * len(set(row.harms) & set(other.harms))
        * len(set(row.functions) & set(other.functions))
    )
