"""What stands beside a cell: whether a source links the harm to the service, published figures, and the
statute."""

from collections.abc import Collection, Sequence

from analyser.coverage.study import Study
from analyser.model.base import Basis, Nature, State, weakest
from analyser.model.exemption import Exemption
from analyser.reporting.rows import Backstop, EvidenceLine
from analyser.rulebook.models import EvidenceEntry, ServiceType, StatuteProvision

EVIDENCED, NOT_KNOWN = "evidenced", "not_known"


class Beside:
    """Answers for one study, remembering what it looked up."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self._links: dict[tuple[str, str], tuple[Basis, ...]] = {}

    def relevance(self, service: str, harm: str) -> str:
        """Say whether a risk profile or a figure links a type of service to a harm; the published lists
        are partial."""
        return EVIDENCED if self.links(service, harm) else NOT_KNOWN

    def links(self, service: str, harm: str) -> tuple[Basis, ...]:
        """Return the basis of every published link between a type of service and a harm, or a part of it."""
        key = (service, harm)
        if key not in self._links:
            family = {harm, *self.study.sub_kinds.get(harm, ())}
            entry = self.study.rulebook.service(service)
            self._links[key] = (
                (*self._profile_links(entry, family), *self._figures(service, family)) if entry else ()
            )
        return self._links[key]

    def _profile_links(self, service: ServiceType, family: Collection[str]) -> tuple[Basis, ...]:
        date = self.study.revision.date
        links = list(service.relevance)
        for functionality in self.study.rulebook.functionalities:
            if functionality.regime == service.regime and service.facts.get(functionality.key) is True:
                links += functionality.relevance
        return tuple(
            link.basis for link in links if link.harm in family and (not link.since or link.since <= date)
        )

    def _figures(self, service: str, family: Collection[str]) -> tuple[Basis, ...]:
        return tuple(
            entry.basis
            for entry in self.study.rulebook.evidence
            if entry.publishable and service in entry.services and set(family) & set(entry.harms)
        )

    def link_basis(self, services: Sequence[str], harms: Sequence[str]) -> Basis:
        """Return the weakest, over the cells of a row, of the strongest link of each."""
        order = list(Basis)
        return weakest(
            min(self.links(service, harm), key=order.index, default=Basis.UNKNOWN)
            for service in services
            for harm in harms
        )

    def evidence(self, services: Sequence[str], harms: Sequence[str]) -> tuple[EvidenceLine, ...]:
        """Return the published figures about any of the harms on any of the services (a figure not split
        by service is a proxy)."""
        family = {part for harm in harms for part in (harm, *self.study.sub_kinds.get(harm, ()))}
        return tuple(
            _line(entry, services, family)
            for entry in self.study.rulebook.evidence
            if entry.publishable
            and family & set(entry.harms)
            and (not entry.services or set(services) & set(entry.services))
        )

    def backstops(
        self, state: State, causes: Sequence[Exemption], harms: Sequence[str], functions: Sequence[str]
    ) -> tuple[Backstop, ...]:
        """Return the statutory duties for these functions and harms, and what the safe harbour of the
        statute leaves of each."""
        found = []
        for provision in self.study.rulebook.statute:
            if provision.duty_on != "provider" or provision.character not in ("general", "specific"):
                continue
            if provision.services not in (self.study.revision.regime, "both"):
                continue
            shared = self._harms_of(provision, harms)
            if shared and set(provision.functions) & set(functions):
                found.append(self._backstop(provision, shared, state, causes))
        return tuple(found)

    def _harms_of(self, provision: StatuteProvision, harms: Sequence[str]) -> tuple[str, ...]:
        """Return those of `harms` that a provision reaches; priority kinds are those that a schedule of
        the Act lists."""
        if "all" in provision.harms:
            return tuple(harms)
        if "priority" in provision.harms:
            return tuple(
                harm for harm in harms if (entry := self.study.rulebook.harm(harm)) and entry.schedule
            )
        return tuple(harm for harm in harms if harm in provision.harms)

    def _backstop(
        self, provision: StatuteProvision, harms: tuple[str, ...], state: State, causes: Sequence[Exemption]
    ) -> Backstop:
        after, why = _after_safe_harbour(provision, state, causes)
        revision = self.study.revision
        day = revision.in_force or revision.date
        return Backstop(
            provision=provision.id,
            says=provision.says,
            in_force_from=provision.in_force_from,
            in_force_at_revision=bool(provision.in_force_from)
            and day[:1].isdigit()  # of an undated text it is not known what was in force
            and provision.in_force_from <= day,
            harms=harms,
            qualified_by=(
                *provision.qualified_by,
                *(f"exception: {words}" for words in provision.exceptions),
            ),
            after_safe_harbour=after,
            why=why,
            basis=provision.basis,
        )


def _after_safe_harbour(
    provision: StatuteProvision, state: State, causes: Sequence[Exemption]
) -> tuple[str, str]:
    """Displaced where the gap comes from words inside a measure that the provider follows; arguable where
    none that serves the function applies; specific duties stand."""
    if provision.character == "specific":
        return (
            "stands",
            "no measure of the code was recommended for it, so following the code is no answer to it",
        )
    inside = bool(causes) and all(cause.nature is not Nature.APPLICATION for cause in causes)
    if state is State.ESCAPABLE or (state is State.OUT_OF_SCOPE and inside):
        measures = ", ".join(sorted({cause.measure for cause in causes}))
        return (
            "displaced",
            f"a provider that takes the measures recommended for this duty, {measures} with its limits among "
            "them, is treated as complying with it (s.49(1))",
        )
    return (
        "arguable",
        "no measure that serves this function applies here, so whether the general duty asks for more is "
        "arguable",
    )


def _line(entry: EvidenceEntry, services: Sequence[str], harms: Collection[str]) -> EvidenceLine:
    """Print a figure; it is direct only where every service and harm of the row is one that it is about."""
    inside = set(services) <= set(entry.services) and set(harms) <= set(entry.harms)
    return EvidenceLine(
        id=entry.id,
        statement=entry.statement,
        figure=entry.figure,
        base=entry.base,
        period=entry.period,
        relation=entry.relation if inside else "proxy",
        caveats=entry.caveats,
        source=entry.sources,
    )
