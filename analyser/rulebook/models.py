"""The Rulebook: everything rules/ says as one frozen value (its entries are in world.py and rules.py)."""

from typing import Any, Self

from pydantic import Field

from analyser.model.base import Basis, Frozen
from analyser.rulebook.entries import Channel, Date, Entry, Key, Regime, RuleId, Text, Words
from analyser.rulebook.files import ConstraintsFile, RuleChange, RuleFile
from analyser.rulebook.rules import (
    ConnectiveRole,
    Examples,
    FactTest,
    FactWords,
    FunctionLabel,
    FunctionRule,
    Implication,
    Impossible,
    InvocationFeature,
    InvocationTable,
    QualifierRule,
    Weight,
)
from analyser.rulebook.world import (
    Bar,
    DatedName,
    EvidenceEntry,
    Expectation,
    Functionality,
    Harm,
    Relevance,
    ServiceType,
    Source,
    StatuteProvision,
)

__all__ = [
    "Bar",
    "Channel",
    "ConstraintsFile",
    "Date",
    "DatedName",
    "Entry",
    "EvidenceEntry",
    "Examples",
    "Expectation",
    "FactTest",
    "FactWords",
    "FunctionLabel",
    "FunctionRule",
    "Functionality",
    "Harm",
    "Implication",
    "Impossible",
    "InvocationFeature",
    "InvocationTable",
    "Key",
    "QualifierRule",
    "Regime",
    "Relevance",
    "RuleChange",
    "RuleFile",
    "RuleId",
    "Rulebook",
    "ServiceType",
    "Source",
    "StatuteProvision",
    "Text",
    "Weight",
    "Words",
]


class Rulebook(Frozen):
    """Everything rules/ says, with the hash of the files it was read from.

    `overlays` are the files of people's own that went into it, `changes` what these did to which entry.
    """

    pack: str = "built-in"
    version: str = ""
    sha256: str = ""
    files: tuple[RuleFile, ...] = ()
    overlays: tuple[RuleFile, ...] = ()
    changes: tuple[RuleChange, ...] = ()
    harms: tuple[Harm, ...] = ()
    services: tuple[ServiceType, ...] = ()
    services_basis: Basis = Basis.UNKNOWN
    services_note: str = ""
    functionalities: tuple[Functionality, ...] = ()
    evidence: tuple[EvidenceEntry, ...] = ()
    statute: tuple[StatuteProvision, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    sources: tuple[Source, ...] = ()
    function_labels: tuple[FunctionLabel, ...] = ()
    functions: tuple[FunctionRule, ...] = ()
    qualifiers: tuple[QualifierRule, ...] = ()
    invocation: tuple[InvocationTable, ...] = ()
    facts: tuple[FactWords, ...] = ()
    constants: dict[str, Any] = Field(default_factory=dict)
    noise: Words = ()
    connectives: dict[ConnectiveRole, Words] = Field(default_factory=dict)
    constraints: ConstraintsFile = ConstraintsFile(pack="constraints")
    weights: tuple[Weight, ...] = ()

    def harm(self, key: str) -> Harm | None:
        """Return the harm with this key, or None."""
        return next((harm for harm in self.harms if harm.key == key), None)

    def service(self, key: str) -> ServiceType | None:
        """Return the service type with this key, or None."""
        return next((service for service in self.services if service.key == key), None)

    def source(self, id: str) -> Source | None:
        """Return the source with this id, or None."""
        return next((source for source in self.sources if source.id == id), None)

    def invocation_table(self, key: str) -> InvocationTable | None:
        """Return the table of rules/invocation.yaml with this key, or None."""
        return next((table for table in self.invocation if table.key == key), None)

    def fact(self, key: str) -> FactWords | None:
        """Return the words of one fact, or None."""
        return next((fact for fact in self.facts if fact.key == key), None)

    def own_harms(self, date: str) -> frozenset[str]:
        """Return the kinds of harm that overlays add, those of a later date left out."""
        added = {
            change.id for change in self.changes if (change.section, change.action) == ("harms", "added")
        }
        return frozenset(
            harm.key
            for harm in self.harms
            if harm.key in added and (not harm.kind_from or not date or harm.kind_from <= date)
        )

    def weight(self, id: str, default: float = 0.0) -> float:
        """Return the weight with this id, or `default`."""
        return next((weight.value for weight in self.weights if weight.id == id), default)

    def without(self, *ids: str) -> Self:
        """Return the rulebook without the qualifier and function rules of these ids."""
        return self.model_copy(
            update={
                "qualifiers": tuple(rule for rule in self.qualifiers if rule.id not in ids),
                "functions": tuple(rule for rule in self.functions if rule.id not in ids),
            }
        )
