"""What an overlay can add to, amend or disable: each section with its entries, its key and its file."""

from dataclasses import dataclass

from analyser.model.base import Frozen, Kind
from analyser.profiles.model import Profile
from analyser.rulebook.rules import (
    FactWords,
    FunctionLabel,
    FunctionRule,
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

QUALIFIERS = "qualifiers"
ARCHETYPES = "archetypes"
RULES = (QUALIFIERS, "functions")


@dataclass(frozen=True, slots=True)
class Section:
    """One kind of entry: `name` in an overlay file, `what` in sentences, `field` of the Rulebook (of its
    constraints after a point), `key` the field that names an entry, and under which list of which file of
    rules/ it stands.
    """

    name: str
    what: str
    field: str
    model: type[Frozen]
    key: str
    file: str
    listed: str


SECTIONS: dict[str, Section] = {
    section.name: section
    for section in (
        Section(QUALIFIERS, "rule", "qualifiers", QualifierRule, "id", "qualifiers", "rules"),
        Section("functions", "rule", "functions", FunctionRule, "id", "functions", "rules"),
        Section(
            "function_labels", "function", "function_labels", FunctionLabel, "key", "functions", "functions"
        ),
        Section("harms", "kind of harm", "harms", Harm, "key", "harms", "harms"),
        Section("services", "type of service", "services", ServiceType, "key", "services", "service_types"),
        Section(
            *("functionalities", "functionality", "functionalities", Functionality),
            *("key", "functionalities", "functionalities"),
        ),
        Section(ARCHETYPES, "archetype", "", Profile, "key", "archetypes", ""),
        Section(
            "invocation", "invocation table", "invocation", InvocationTable, "key", "invocation", "tables"
        ),
        Section("evidence", "figure", "evidence", EvidenceEntry, "id", "evidence", "entries"),
        Section(
            "expectations", "expectation", "expectations", Expectation, "id", "expectations", "expectations"
        ),
        Section("statute", "provision", "statute", StatuteProvision, "id", "statute", "provisions"),
        Section("sources", "source", "sources", Source, "id", "sources", "sources"),
        Section("facts", "fact", "facts", FactWords, "key", "facts", "facts"),
        Section("weights", "weight", "weights", Weight, "id", "weights", "weights"),
        Section(
            "impossible",
            "combination",
            "constraints.impossible",
            Impossible,
            "id",
            "constraints",
            "impossible",
        ),
        Section(
            *("meaningless", "meaningless cell", "constraints.meaningless", Meaningless),
            *("id", "constraints", "meaningless"),
        ),
    )
}

# The field that tells the entries of a list apart, where they are more than words.
KEYED = {"features": "feature", "relevance": "harm"}


def of_file(stem: str) -> tuple[Section, ...]:
    """Return the sections that stand in a file of rules/ by its name without ending (a kind: its rules)."""
    if stem in list(Kind):
        return (SECTIONS[QUALIFIERS],)
    return tuple(section for section in SECTIONS.values() if section.file == stem and section.listed)
