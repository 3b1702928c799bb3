"""What findings change when other rules are adopted: exemptions, duties, gaps and their order, with why."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from analyser.analysis import Analysis
from analyser.reporting.flat import flatten
from analyser.reporting.labels import Labels, listed
from analyser.reporting.phrases import harm_cell
from analyser.reporting.report_model import RankedGap
from analyser.reporting.rows import ExemptionRow, GapRow, Row
from analyser.reporting.rules_rows import RulesDiffRow
from analyser.rulebook.responsible import Responsible
from analyser.tables.gaps import is_leading

# Service, harm, function; and the expectation, or why it is low by design: what stands beside gaps is no gap.
Cell = tuple[str, str, str, str, str]

_EXEMPTION = ("id", "quote", "kind", "nature", "effect", "level", "rule", "limbs", "invocable_by", "leaves")
_DUTY = ("functions", "harms", "breadth")
_GAP = (
    *(
        "state",
        "strength",
        "who",
        "causes",
        "partly_held_by",
        "by_design",
        "relevance",
        "expectation",
        "basis",
    ),
    *("statute_backstop", "evidence", "what_would_close"),
)
_WEIGHING = ("weights", "harms", "evidence")


def effects(before: Analysis, after: Analysis, include_all: bool = False) -> tuple[RulesDiffRow, ...]:
    """Return what changes in the findings of one text when the rules of `after` take the place of those of
    `before`: exemptions, then duties, gaps, and the order of gaps.

    Gaps that `codegap gaps` lists only with `--all` are told with `include_all`.
    """
    found = _Effects(before, after, Responsible(before.rulebook, after.rulebook), include_all)
    return (*found.exemptions(), *found.duties(), *found.gaps(), *found.order())


def summary(rows: Iterable[RulesDiffRow]) -> str:
    """Return the rows counted in a sentence, e.g. `1 exemption changed; 12 gaps opened.`"""
    counts = Counter((row.what, row.change, row.id) for row in rows)
    told = Counter((what, change) for what, change, _ in counts)
    words = [
        f"{number} {what if number == 1 else _plural(what)} {change}"
        for (what, change), number in told.items()
    ]
    return f"{'; '.join(words)}." if words else "Nothing changes in the findings."


def _plural(what: str) -> str:
    return {"duty": "duties", "weight order": "places in the order of gaps"}.get(what, f"{what}s")


@dataclass(frozen=True, slots=True)
class _Effects:
    one: Analysis
    other: Analysis
    responsible: Responsible
    include_all: bool

    @property
    def labels(self) -> Labels:
        return self.other.labels()

    def exemptions(self) -> Iterator[RulesDiffRow]:
        """Yield the exemptions that are on one side only, and those that differ, field by field."""
        pairs = _paired(self.one.exemption_rows(), self.other.exemption_rows())
        for old, new in pairs:
            row = new or old
            assert row is not None
            rules = {found.rule for found in (old, new) if found is not None}
            # Words that are read only on one side may have given way to others on the other side.
            if old is None or new is None:
                rules |= self._in_its_place(row.id, new is None)
            because = self.responsible.of(
                rules=rules, functions=row.functions, keys=(*row.harms, *row.services)
            )
            if old is None or new is None:
                words = f"{row.kind}, {row.effect}, {row.level}: {row.quote or listed(row.limbs)}"
                change = "removed" if new is None else "added"
                yield self._row(change, "exemption", row, words, because, is_new=new is not None)
            else:
                yield from self._changed("exemption", old, new, _EXEMPTION, because)

    def _in_its_place(self, id: str, gone: bool) -> set[str]:
        """Return the rules whose words overlap, on the other side, those of an exemption of one side only."""
        here, there = (self.one, self.other) if gone else (self.other, self.one)
        span = here.study.by_id[id].span
        return {
            cut.rule
            for cut in there.study.exemptions
            if not cut.limbs and cut.span.start < span.end and span.start < cut.span.end
        }

    def duties(self) -> Iterator[RulesDiffRow]:
        """Yield the duties that do something else for people, field by field."""
        after = {row.id: row for row in self.other.duty_rows()}
        for old in self.one.duty_rows():
            new = after[old.id]
            functions = set(old.functions) ^ set(new.functions)
            harms = set(old.harms) ^ set(new.harms)
            if functions or harms or old.breadth != new.breadth:
                because = self.responsible.of(functions=functions or set(new.functions), keys=harms)
                if harms and not functions:
                    because = self.responsible.of(keys=harms, functions=new.functions)
                yield from self._changed("duty", old, new, _DUTY, because)

    def gaps(self) -> Iterator[RulesDiffRow]:
        """Yield the gaps that opened (in cells that were none), closed, or are others than they were."""
        before = {item.row.id: item.row for item in self.one.ranked_gaps(include_all=True)}
        after = {item.row.id: item.row for item in self.other.ranked_gaps(include_all=True)}
        was, now = _by_cell(before.values()), _by_cell(after.values())
        for id, new in after.items():
            if id in before and self._shown(before[id], new):
                yield from self._changed("gap", before[id], new, _GAP, self._because(new, before[id]))
            elif id not in before:
                yield from self._new(new, was, after)
        for id, gone in before.items():
            lost = [cell for cell in _cells(gone) if cell not in now]
            if id not in after and lost and self._shown(gone):
                stays = _beside(gone, now)
                left = f"; a part of it stays open: {'; '.join(one.id for one in stays)}" if stays else ""
                row = self._row("closed", "gap", gone, self._gap(gone), self._because(gone), is_new=False)
                yield row.model_copy(update={"after": f"{_stood('now', self.other, lost)}{left}"})

    def _new(
        self, new: GapRow, was: Mapping[Cell, list[GapRow]], after: Mapping[str, GapRow]
    ) -> Iterator[RulesDiffRow]:
        """Yield a gap that only the later side has: opened, or what was open there otherwise."""
        opened = [cell for cell in _cells(new) if cell not in was]
        others = _beside(new, was)
        if opened and self._shown(new):
            left = f"; a part of it was open: {'; '.join(one.id for one in others)}" if others else ""
            row = self._row("opened", "gap", new, self._gap(new), self._because(new), is_new=True)
            yield row.model_copy(update={"before": f"{_stood('was', self.one, opened)}{left}"})
        elif not opened and self._shown(new, *others):
            gone = [one for one in others if one.id not in after] or others
            row = self._row("changed", "gap", new, self._gap(new), self._because(new, *gone), is_new=True)
            told = "; ".join(f"{self._gap(one)} [{one.id}]" for one in gone)
            yield row.model_copy(update={"before": told})

    def order(self) -> Iterator[RulesDiffRow]:
        """Yield the gaps of both sides that stand in another place among these."""
        before = self.one.ranked_gaps(include_all=self.include_all)
        after = self.other.ranked_gaps(include_all=self.include_all)
        both = {item.row.id for item in before} & {item.row.id for item in after}
        old = [item for item in before if item.row.id in both]
        new = [item for item in after if item.row.id in both]
        places = {item.row.id: place for place, item in enumerate(old, 1)}
        still = _longest_run([places[item.row.id] for item in new])
        for place, item in enumerate(new, 1):
            was = places[item.row.id]
            if was in still:
                continue
            row = item.row
            because = self.responsible.of(sections=_WEIGHING, keys=row.harms)
            moved = self._row("moved", "weight order", row, _place(place, item), because, is_new=True)
            yield moved.model_copy(update={"before": _place(was, old[was - 1])})

    def _because(self, *rows: GapRow) -> str:
        rules = {cause.rule for row in rows for cause in row.causes}
        row = rows[0]
        expected = row.expectation.split("; ") if row.expectation else ()
        evidence = [line.id for line in row.evidence]
        return self.responsible.of(
            rules=rules,
            functions=row.functions,
            keys=(*row.harms, *row.services, *expected, *evidence),
            sections=(
                "facts",
                "impossible",
                "meaningless",
                "expectations",
                "evidence",
                "statute",
                "services",
            ),
        )

    def _gap(self, row: GapRow) -> str:
        labels = self.labels
        functions = listed(labels.function(key) for key in row.functions)
        harms = harm_cell(row.harms, labels)
        return f"{labels.state(row.state)}: {functions} for {harms}; {row.who}"

    def _shown(self, *rows: GapRow) -> bool:
        return self.include_all or any(is_leading(row) for row in rows)

    def _changed(
        self, what: str, old: Row, new: Row, fields: Sequence[str], because: str
    ) -> Iterator[RulesDiffRow]:
        """Yield a row a field that differs; of a list of keys only what was taken away and what was added."""
        one, other = flatten(old, self.one.labels()), flatten(new, self.labels)
        for field in fields:
            left, right = getattr(old, field), getattr(new, field)
            if left == right:
                continue
            said = (str(one[field]), str(other[field]))
            if isinstance(left, tuple) and all(isinstance(item, str) for item in (*left, *right)):
                gone, come = ([x for x in left if x not in right], [x for x in right if x not in left])
                said = ("; ".join(gone), "; ".join(come))
            row = self._row("changed", what, new, f"{field}: {said[1]}", because, is_new=True)
            yield row.model_copy(update={"before": f"{field}: {said[0]}"})

    def _row(
        self, change: str, what: str, row: Row, words: str, because: str, *, is_new: bool
    ) -> RulesDiffRow:
        cause = row.causes[0] if isinstance(row, GapRow) and row.causes else row
        return RulesDiffRow(
            change=change,
            what=what,
            id=str(getattr(row, "id", "")),
            measure=str(getattr(cause, "measure", "")),
            provision=str(getattr(cause, "provision", "")),
            before="" if is_new else words,
            after=words if is_new else "",
            because=because,
        )


def _stood(when: str, analysis: Analysis, cells: Iterable[Cell]) -> str:
    """Return the worst states of some cells in words, e.g. "now weakened": no gap can also be not known."""
    wanted = {cell[:3] for cell in cells}
    labels = analysis.labels()
    rows = analysis.matrix_rows()
    found = {row.state for row in rows if (row.service, row.harm, row.function) in wanted}
    return f"{when} {listed((labels.state(state) for state in sorted(found)), 'or')}" if found else "no cell"


def _beside(row: GapRow, by_cell: Mapping[Cell, list[GapRow]]) -> list[GapRow]:
    """Return the rows of the other side that share cells with one."""
    return list({one.id: one for cell in _cells(row) for one in by_cell.get(cell, ())}.values())


def _place(place: int, item: RankedGap) -> str:
    return f"place {place}: {item.order_reason}"


def _cells(row: GapRow) -> Iterator[Cell]:
    for service in row.services:
        for harm in row.harms:
            yield from (
                (service, harm, function, row.expectation, row.by_design) for function in row.functions
            )


def _by_cell(rows: Iterable[GapRow]) -> dict[Cell, list[GapRow]]:
    found: dict[Cell, list[GapRow]] = {}
    for row in rows:
        for cell in _cells(row):
            found.setdefault(cell, []).append(row)
    return found


def _paired(
    before: Sequence[ExemptionRow], after: Sequence[ExemptionRow]
) -> list[tuple[ExemptionRow | None, ExemptionRow | None]]:
    """Pair the exemptions of two sides: first the same words of one kind in one place, then words of one kind
    of which the one hold the other, then the same words under two kinds; the rest stand alone.
    """
    left, right = list(before), list(after)
    pairs: list[tuple[ExemptionRow | None, ExemptionRow | None]] = []
    for alike in (_same_words, _longer_words, _other_kind):
        for old in list(left):
            new = next((one for one in right if one.provision == old.provision and alike(old, one)), None)
            if new is not None:
                left.remove(old)
                right.remove(new)
                pairs.append((old, new))
    pairs += [(old, None) for old in left]
    pairs += [(None, new) for new in right]
    order = {row.id: place for place, row in enumerate((*before, *after))}
    return sorted(pairs, key=lambda pair: min(order[one.id] for one in pair if one is not None))


def _same_words(one: ExemptionRow, other: ExemptionRow) -> bool:
    return (one.kind, one.quote, one.limbs) == (other.kind, other.quote, other.limbs)


def _longer_words(one: ExemptionRow, other: ExemptionRow) -> bool:
    words = not one.limbs and not other.limbs
    return words and one.kind == other.kind and (one.quote in other.quote or other.quote in one.quote)


def _other_kind(one: ExemptionRow, other: ExemptionRow) -> bool:
    return (one.quote, one.limbs) == (other.quote, other.limbs)


def _longest_run(places: Sequence[int]) -> frozenset[int]:
    """Return the most places that stay in order: what is not among them has moved."""
    from bisect import bisect_left

    ends: list[int] = []
    tails: list[int] = []
    before: list[int] = []
    for number, place in enumerate(places):
        at = bisect_left(ends, place)
        before.append(tails[at - 1] if at else -1)
        if at == len(ends):
            ends.append(place)
            tails.append(number)
        else:
            ends[at], tails[at] = place, number
    found: list[int] = []
    number = tails[-1] if tails else -1
    while number >= 0:
        found.append(places[number])
        number = before[number]
    return frozenset(found)
