"""The leading findings, each in a sentence or two that claims no more than its rows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from analyser.coverage.beside import Beside
from analyser.coverage.study import Study
from analyser.model.base import Basis, Invocable, State
from analyser.reporting.labels import Labels, listed, when_words
from analyser.reporting.report_model import Headline, RankedGap
from analyser.reporting.rows import EvidenceLine, ExemptionRow, GapRow, Leaves, MatrixRow, When
from analyser.reporting.wording import wording
from analyser.tables.words import who

_HEADLINES = 6
_TOO_WEAK = (Basis.RECALL_LOW, Basis.UNKNOWN)
_NAMED = 4


@dataclass(frozen=True)
class Tables:
    """The tables a headline is made from."""

    gaps: Sequence[RankedGap]
    exemptions: Sequence[ExemptionRow]
    matrix: Sequence[MatrixRow]


def headlines(study: Study, tables: Tables, beside: Beside, labels: Labels) -> tuple[Headline, ...]:
    """Return the leading findings in the order of the gaps: one a measure and kind of way out, or, where no
    measure exists, one a function.

    Gaps with several causes (striking one closes nothing), claims that are only arguable, what rests on faint
    recall, cells that are low by design or not known, harms that no source links, and expected protections
    beside a duty that holds the cell never lead.
    """
    open_cells = {
        (row.service, row.harm, row.function) for row in tables.matrix if row.state == State.NO_MEASURE
    }
    families: dict[tuple[str, ...], list[GapRow]] = defaultdict(list)
    for item in tables.gaps:
        row = item.row
        if row.by_design or row.strength != Invocable.YES or row.basis in _TOO_WEAK:
            continue
        if row.state == State.UNKNOWN:
            continue
        if len(row.causes) == 1:
            exemption = study.by_id[row.causes[0].exemption]
            families[row.state, exemption.measure, exemption.kind.value].append(row)
        elif not row.causes and (row.services[0], row.harms[0], row.functions[0]) in open_cells:
            families[row.state, row.functions[0]].append(row)
    writer = _Writer(study, tables, beside, labels)
    found: list[Headline] = []
    for rows in list(families.values())[:_HEADLINES]:
        headline = writer.headline(rows)
        told = any(headline.beside == other.beside for other in found)
        found.append(headline.model_copy(update={"beside": ""}) if told else headline)
    return tuple(found)


@dataclass(frozen=True)
class _Writer:
    study: Study
    tables: Tables
    beside: Beside
    labels: Labels

    def headline(self, rows: Sequence[GapRow]) -> Headline:
        """Return the headline of a family of gap rows, the most serious first."""
        if not rows[0].causes:
            return self._no_measure(rows)
        causes = list(dict.fromkeys(row.causes[0].exemption for row in rows))
        held = {row.id: row for row in self.tables.exemptions}
        widest = [max(held[cause].leaves, key=_cells) for cause in causes]
        if rows[0].state == State.ESCAPABLE:
            return self._escapable(rows, held[causes[0]], widest[0])
        return self._out_of_scope(rows, [held[cause] for cause in causes], widest)

    def _escapable(self, rows: Sequence[GapRow], row: ExemptionRow, left: Leaves) -> Headline:
        exemption = self.study.by_id[row.id]
        said = wording(row.quote, exemption.basis)
        sentence = (
            f"{_capital(who(left.services, left.when, self.labels))}, could claim the exception at "
            f"{row.provision} ({said}). No other duty of the code then recommends in full that they "
            f"{self._deeds(left.functions)}. This concerns {self._harms(left.harms)}.{self._still_held(rows)}"
        )
        return self._made(rows, sentence, left, row)

    def _out_of_scope(
        self, rows: Sequence[GapRow], exemptions: Sequence[ExemptionRow], left: Sequence[Leaves]
    ) -> Headline:
        first = exemptions[0]
        shared = [service for service in left[0].services if all(service in entry.services for entry in left)]
        conditions = "; or ".join(when_words(entry.when, self.labels) for entry in left)
        where = f" where: {conditions}" if conditions else ""
        if first.limbs:
            reason = f"{first.measure} does not apply to them"
        else:
            words = wording(first.quote, self.study.by_id[first.id].basis)
            reason = f"{first.provision} is limited by its words: {words}"
        sentence = (
            f"For {self._harms(left[0].harms)}, no measure of the code recommends that "
            f"{self._services(shared or left[0].services)} {self._deeds(left[0].functions)}{where}. "
            f"{_capital(reason)}.{self._barred(rows)}"
        )
        return self._made(rows, sentence, left[0], first)

    def _no_measure(self, rows: Sequence[GapRow]) -> Headline:
        """Count over every type of service and kind of harm, not over the rows that sources happen to
        link.
        """
        function = rows[0].functions[0]
        cells = [row for row in self.tables.matrix if row.function == function]
        leaves = [harm for harm in self.study.leaves if any(row.harm == harm for row in cells)]
        bare = [harm for harm in leaves if self._is_bare(harm, cells)]
        rest = [harm for harm in leaves if harm not in bare]
        deeds = self._deeds((function,))
        if bare:
            apart = f"Apart from {listed(self.labels.harm(harm) for harm in rest)}, no" if rest else "No"
            sentence = (
                f"{apart} measure in the text held recommends that any type of service {deeds}: "
                f"this is so for {len(bare)} of the {len(leaves)} kinds of illegal harm, "
                f"{self._gravest(bare)} among them."
            )
        else:
            sentence = (
                f"For {self._harms(rows[0].harms)}, no measure in the text held recommends that "
                f"{self._services(rows[0].services)} {deeds}."
            )
        left = Leaves(
            services=rows[0].services,
            harms=tuple(bare) or rows[0].harms,
            functions=(function,),
            when=When(),
            state=rows[0].state,
        )
        return self._made(rows, sentence + self._barred(rows), left, None)

    def _is_bare(self, harm: str, cells: Sequence[MatrixRow]) -> bool:
        """Say whether no type of service has any duty of the function for a harm."""
        states = {row.state for row in cells if row.harm == harm}
        return State.NO_MEASURE in states and states <= {State.NO_MEASURE, State.NOT_APPLICABLE}

    def _made(
        self, rows: Sequence[GapRow], sentence: str, left: Leaves, exemption: ExemptionRow | None
    ) -> Headline:
        basis = self.study.by_id[exemption.id].basis.value if exemption else rows[0].basis
        return Headline(
            sentence=sentence,
            beside=self._figure(left),
            gap_ids=tuple(row.id for row in rows),
            basis=basis,
            words="" if exemption is None or exemption.limbs else exemption.quote,
            provision=exemption.provision if exemption else "",
            row_basis=rows[0].basis,
        )

    def _deeds(self, functions: Sequence[str]) -> str:
        return listed(label.deed for label in self.study.rulebook.function_labels if label.key in functions)

    def _harms(self, harms: Sequence[str]) -> str:
        if len(harms) <= _NAMED:
            return listed(self.labels.harm(harm) for harm in harms)
        if set(self.study.leaves) <= set(harms):
            return f"every kind of illegal harm, {self._gravest(harms)} among them"
        return f"{len(harms)} kinds of illegal harm, {self._gravest(harms)} among them"

    def _gravest(self, harms: Sequence[str]) -> str:
        rules = self.study.rulebook
        gravest = sorted(harms, key=lambda harm: -(entry.severity if (entry := rules.harm(harm)) else 0))
        chosen = gravest[:_NAMED]
        return listed(self.labels.harm(harm) for harm in self.study.revision.harms if harm in chosen)

    def _services(self, services: Sequence[str]) -> str:
        """Name the services, or say how many of the types they are."""
        regime = self.study.revision.regime
        every = [service.key for service in self.study.rulebook.services if service.regime == regime]
        if len(services) == len(every):
            return "any type of service"
        named = listed(self.labels.services_of(service) for service in services)
        return (
            named
            if len(services) <= _NAMED
            else f"{len(services)} of the {len(every)} types of service ({named})"
        )

    def _still_held(self, rows: Sequence[GapRow]) -> str:
        held = {name for row in rows for name in row.partly_held_by}
        measures = [
            measure.id
            for measure in self.study.document.measures
            if any(name.startswith(f"{measure.id}.") for name in held)
        ]
        return f" A part is held by {listed(measures)}, only where they apply." if measures else ""

    def _barred(self, rows: Sequence[GapRow]) -> str:
        """Say what keeps a code from closing the gap, and which levers remain."""
        changes = [change for row in rows for change in row.what_would_close]
        bars = list(dict.fromkeys(change.barred_by for change in changes if change.barred_by))
        if not bars:
            return ""
        notices = all(any(change.lever == "notice" for change in row.what_would_close) for row in rows)
        other = "the Act or a notice under it" if notices else "the Act"
        return f" A code may not do so for private content ({listed(bars)}); that takes {other}."

    def _figure(self, left: Leaves) -> str:
        """Return the nearest published number with its period and first caveat; none beside a condition that
        leaves out the services the numbers are about (large ones, or those with a functionality)."""
        for case in left.when.any_of:
            for term in case.all_of:
                small = term.fact == "size" and "large" not in _values(term.value)
                without = term.fact.startswith("functionality.") and term.value is False
                if small or without:
                    return ""
        named = {
            entry.id for entry in self.study.rulebook.evidence if set(entry.services) & set(left.services)
        }
        lines = [
            line
            for line in self.beside.evidence(left.services, left.harms)
            if line.base and line.id in named and any(letter.isdigit() for letter in line.figure)
        ]
        return self._figure_words(lines[0]) if lines else ""

    def _figure_words(self, line: EvidenceLine) -> str:
        entry = next(entry for entry in self.study.rulebook.evidence if entry.id == line.id)
        about = listed(self.labels.services_of(service) for service in entry.services)
        caveat = f" {_capital(line.caveats[0].rstrip('.'))}." if line.caveats else ""
        return f"Beside it ({line.relation} evidence, about {about}; {line.period}): {line.statement}{caveat}"


def _values(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else (value,)


def _cells(left: Leaves) -> int:
    return len(left.services) * len(left.harms) * len(left.functions)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
