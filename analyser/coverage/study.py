"""What was read from one text: its duties, applications and exemptions, with the kinds of harm of the
revision. Everything judged rests on it."""

from dataclasses import dataclass, field
from functools import cached_property

from analyser.applications.read import Application
from analyser.coverage.duty_states import Bound
from analyser.coverage.named import Own
from analyser.model.base import Breadth, Force, Function, Nature
from analyser.model.duty import Duty
from analyser.model.exemption import Exemption, Suppressed
from analyser.model.logic import Atom, Condition, meaning
from analyser.model.text import Document, Span
from analyser.rulebook.models import Rulebook

# How a code file writes a paragraph whose words have not been seen (codes/README.md).
NOT_SEEN = "[not seen"


@dataclass(frozen=True)
class Revision:
    """The facts about a revision that results print: which code and text, its status and dates, and its
    kinds of harm."""

    code: str
    date: str
    title: str
    issuer: str
    status: str
    in_force: str
    regime: str
    harms: tuple[str, ...]
    counting: frozenset[str]
    notice: str = ""

    def marks(self) -> str:
        """Return everything about the revision that a result rests on, as one line."""
        return repr(
            (
                self.code,
                self.date,
                self.title,
                self.issuer,
                self.status,
                self.in_force,
                self.regime,
                self.harms,
                sorted(self.counting),
                self.notice,
            )
        )

    def leaves(self, rulebook: Rulebook) -> tuple[str, ...]:
        """Return the kinds of harm that have no parts."""
        parents = {harm.parent for harm in rulebook.harms if harm.key in self.harms}
        return tuple(harm for harm in self.harms if harm not in parents)


@dataclass(frozen=True)
class Study:
    """One text, read."""

    document: Document
    revision: Revision
    rulebook: Rulebook
    duties: tuple[Duty, ...]
    applications: dict[str, Application]
    exemptions: tuple[Exemption, ...]
    suppressed: tuple[Suppressed, ...] = ()
    explanations: tuple[tuple[str, Span], ...] = ()
    _bounds: dict[tuple[Function, str], tuple[Bound, ...]] = field(default_factory=dict)
    _bound_of: dict[tuple[int, Breadth], Bound] = field(default_factory=dict)

    @cached_property
    def leaves(self) -> tuple[str, ...]:
        """The kinds of harm that have no parts; totals count these."""
        return self.revision.leaves(self.rulebook)

    @cached_property
    def sub_kinds(self) -> dict[str, tuple[str, ...]]:
        """The parts of each kind, as far as the revision lists them."""
        found: dict[str, tuple[str, ...]] = {}
        for harm in self.rulebook.harms:
            if harm.parent and harm.key in self.revision.harms:
                found[harm.parent] = (*found.get(harm.parent, ()), harm.key)
        return found

    @cached_property
    def unseen(self) -> tuple[str, ...]:
        """The measures of which no paragraph of the recommendation has been seen."""
        return tuple(
            measure.id
            for measure in self.document.measures
            if measure.recommendation
            and all(
                provision.lead.of(self.document.text).startswith(NOT_SEEN)
                for paragraph in measure.recommendation
                for provision in paragraph.walk()
            )
        )

    @cached_property
    def by_id(self) -> dict[str, Exemption]:
        """Every exemption by its id."""
        return {exemption.id: exemption for exemption in self.exemptions}

    @cached_property
    def duty_by_id(self) -> dict[str, Duty]:
        """Every duty by its id."""
        return {duty.id: duty for duty in self.duties}

    @cached_property
    def _cuts(self) -> dict[str, tuple[Exemption, ...]]:
        found: dict[str, list[Exemption]] = {}
        for exemption in self.exemptions:
            if exemption.nature is not Nature.APPLICATION:
                for duty in exemption.duties:
                    found.setdefault(duty, []).append(exemption)
        return {duty: tuple(cuts) for duty, cuts in found.items()}

    @cached_property
    def limbs(self) -> dict[str, tuple[Exemption, ...]]:
        """The sets of limbs that leave services out, by measure."""
        found: dict[str, list[Exemption]] = {}
        for exemption in self.exemptions:
            if exemption.nature is Nature.APPLICATION:
                found.setdefault(exemption.measure, []).append(exemption)
        return {measure: tuple(limbs) for measure, limbs in found.items()}

    def bounds(self, function: Function, harm: str) -> tuple[Bound, ...]:
        """Return the duties that serve a function for a harm, in the order of the text; permissions cover
        nothing."""
        key = (function, harm)
        if key not in self._bounds:
            self._bounds[key] = tuple(
                self._bound(duty, breadth) for duty, breadth in self._reaching.get(key, ())
            )
        return self._bounds[key]

    def _bound(self, duty: Duty, breadth: Breadth) -> Bound:
        """Return a duty as it serves a cell, the same object for every cell that it serves as broadly."""
        key = (id(duty), breadth)
        if key not in self._bound_of:
            self._bound_of[key] = Bound(
                duty=duty,
                breadth=breadth,
                application=meaning(self.applications[duty.measure].condition),
                limbs=self.limbs.get(duty.measure, ()),
                cuts=self._cuts.get(duty.id, ()),
            )
        return self._bound_of[key]

    @cached_property
    def _reaching(self) -> dict[tuple[Function, str], list[tuple[Duty, Breadth]]]:
        """The duties that serve each function for each harm, in the order of the text."""
        found: dict[tuple[Function, str], list[tuple[Duty, Breadth]]] = {}
        for duty in self.duties:
            if duty.force is not Force.PERMITTED:
                for reach in duty.reaches:
                    found.setdefault((reach.function, reach.harm), []).append((duty, reach.breadth))
        return found

    def own(self, harm: str) -> Own:
        """Return the harm of a cell with its place among the kinds."""
        entry = self.rulebook.harm(harm)
        return Own(
            harm=harm,
            parent=entry.parent if entry else None,
            sub_kinds=self.sub_kinds,
            counting=self.revision.counting,
        )

    def needs(self, harm: str, function: Function) -> list[Condition]:
        """Return what a service must have for the cell to mean anything."""
        return [
            Atom(fact=entry.needs.fact, op=entry.needs.op, value=entry.needs.value)
            for entry in self.rulebook.constraints.meaningless
            if function in entry.functions
            and (not entry.harms or harm in entry.harms)
            and entry.regime in ("both", self.revision.regime)
        ]
