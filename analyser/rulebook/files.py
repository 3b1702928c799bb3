"""One model a file of rules/: which entries it holds."""

from typing import Any, Literal

from pydantic import Field, field_validator, model_validator

from analyser.model.base import Basis, Frozen
from analyser.rulebook.cues import expand_all
from analyser.rulebook.entries import Text, Words
from analyser.rulebook.located_yaml import LocatedMap
from analyser.rulebook.rules import (
    ConnectiveRole,
    FactWords,
    FunctionLabel,
    FunctionRule,
    Implication,
    Impossible,
    InvocationTable,
    Meaningless,
    QualifierRule,
    Weight,
)
from analyser.rulebook.world import (
    EvidenceEntry,
    Expectation,
    Functionality,
    Harm,
    ServiceType,
    Source,
    StatuteProvision,
)


class RuleFile(Frozen):
    """One file of rules as it was read."""

    path: str
    sha256: str


class RuleChange(Frozen):
    """What an overlay did to one entry, and where it says so; `fields` are those amended."""

    action: str
    section: str
    id: str
    file: str
    line: int
    fields: Words = ()
    reason: Text = ""

    @property
    def words(self) -> str:
        """The change as words, e.g. `feasibility.technical amended: effect (mine.yaml, line 4)`."""
        what = f"{self.action}: {', '.join(self.fields)}" if self.fields else self.action
        return f"{self.id} {what} ({self.file}, line {self.line})"


class HarmsFile(Frozen):
    """rules/harms.yaml."""

    pack: Literal["harms"]
    note: Text = ""
    harms: tuple[Harm, ...]


class ServicesFile(Frozen):
    """rules/services.yaml; the typical facts are the project's own reading and say so."""

    pack: Literal["services"]
    note: Text = ""
    facts_basis: Basis = Basis.UNKNOWN
    facts_note: Text = ""
    service_types: tuple[ServiceType, ...]


class FunctionalitiesFile(Frozen):
    """rules/functionalities.yaml."""

    pack: Literal["functionalities"]
    note: Text = ""
    functionalities: tuple[Functionality, ...]


class EvidenceFile(Frozen):
    """rules/evidence.yaml."""

    pack: Literal["evidence"]
    note: Text = ""
    entries: tuple[EvidenceEntry, ...]


class StatuteFile(Frozen):
    """rules/statute.yaml."""

    pack: Literal["statute"]
    note: Text = ""
    provisions: tuple[StatuteProvision, ...]


class ExpectationsFile(Frozen):
    """rules/expectations.yaml."""

    pack: Literal["expectations"]
    note: Text = ""
    expectations: tuple[Expectation, ...]


class SourcesFile(Frozen):
    """rules/sources.yaml, a mapping from the id of a source to what it is."""

    pack: Literal["sources"]
    note: Text = ""
    sources: tuple[Source, ...]

    @model_validator(mode="before")
    @classmethod
    def _ids(cls, data: Any) -> Any:
        if isinstance(data, dict) and isinstance(data.get("sources"), LocatedMap):
            listed = data["sources"]
            return {**data, "sources": [_with_id(key, listed) for key in listed]}
        return data


def _with_id(key: str, listed: LocatedMap) -> Any:
    given = listed[key]
    if not isinstance(given, LocatedMap):
        return given
    entry = LocatedMap(listed.file, listed.key_lines[key])
    entry.update(given, id=key)
    return entry


class FunctionsFile(Frozen):
    """rules/functions.yaml."""

    pack: Literal["functions"]
    note: Text = ""
    functions: tuple[FunctionLabel, ...] = ()
    rules: tuple[FunctionRule, ...] = ()


class QualifiersFile(Frozen):
    """rules/qualifiers/<kind>.yaml; `pack` is the name of the file."""

    pack: str
    note: Text = ""
    rules: tuple[QualifierRule, ...]


class InvocationFile(Frozen):
    """rules/invocation.yaml."""

    pack: Literal["invocation"]
    note: Text = ""
    tables: tuple[InvocationTable, ...]


class FactsFile(Frozen):
    """rules/facts.yaml: the words in which applications name facts."""

    pack: Literal["facts"]
    note: Text = ""
    facts: tuple[FactWords, ...]
    constants: dict[str, Any] = Field(default_factory=dict)
    noise: Words = ()
    connectives: dict[ConnectiveRole, Words] = Field(default_factory=dict)

    @field_validator("noise")
    @classmethod
    def _noise_reads(cls, cues: Words) -> Words:
        """Refuse a phrase that is not well formed."""
        expand_all(cues)
        return cues

    @field_validator("connectives")
    @classmethod
    def _connectives_read(cls, roles: dict[ConnectiveRole, Words]) -> dict[ConnectiveRole, Words]:
        """Refuse a phrase that is not well formed, and one that is given two roles."""
        known: dict[str, str] = {}
        for role, cues in roles.items():
            for phrase in expand_all(cues):
                if known.setdefault(phrase, role) != role:
                    raise ValueError(f"the phrase `{phrase}` has two roles, {known[phrase]} and {role}")
        return roles


class ConstraintsFile(Frozen):
    """rules/constraints.yaml."""

    pack: Literal["constraints"]
    note: Text = ""
    impossible: tuple[Impossible, ...] = ()
    implies: tuple[Implication, ...] = ()
    meaningless: tuple[Meaningless, ...] = ()


class WeightsFile(Frozen):
    """rules/weights.yaml."""

    pack: Literal["weights"]
    note: Text = ""
    weights: tuple[Weight, ...]
