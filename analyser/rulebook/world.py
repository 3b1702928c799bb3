"""Entries about the world beside the code: harms, services, figures, the Act, expectations, sources."""

from typing import Literal

from pydantic import ConfigDict, Field

from analyser.model.base import Basis, Frozen, Function
from analyser.rulebook.entries import Channel, Date, Entry, Key, Regime, RuleId, Text, Words
from analyser.rulebook.rules import FactTest


class Relevance(Frozen):
    """A published link between a type of service or a functionality and a harm, from the date `since` on."""

    model_config = ConfigDict(populate_by_name=True)

    harm: str
    basis: Basis
    sources: Words = ()
    since: Date = Field("", alias="from")
    note: Text = ""


class DatedName(Frozen):
    """The name of a kind of harm between two dates (`until` is the first day on which it no longer holds)."""

    model_config = ConfigDict(populate_by_name=True)

    since: Date = Field("", alias="from")
    until: Date = ""
    name: str


class Harm(Entry):
    """A kind of illegal harm, or a sub kind (`parent`), with the words by which texts name it."""

    key: Key
    name: str
    parent: str | None = None
    names: Words
    content: Words = ()
    severity: int = Field(ge=1, le=5)
    severity_reason: Text = ""
    counts: bool
    table_c_row: Text = ""
    dated_names: tuple[DatedName, ...] = ()
    kind_from: Date = ""
    schedule: Text = ""
    basis: Basis
    sources: Words = ()
    note: Text = ""

    def name_on(self, date: str) -> str:
        """Return the name the kind had on a date, e.g. encouraging or assisting suicide on 2025-02-24."""
        for dated in self.dated_names:
            if (not dated.since or dated.since <= date) and (not dated.until or date < dated.until):
                return dated.name
        return self.name


class ServiceType(Entry):
    """A type of service: what is typical of it (true, false, varies) and which harms sources link it to."""

    key: Key
    name: str
    plural: str
    regime: Regime
    names: Words = ()
    facts: dict[str, bool | Literal["varies"]]
    channels: tuple[Channel, ...]
    relevance: tuple[Relevance, ...] = ()
    risk_profile_item: Text = ""
    definition: Text = ""
    basis: Basis
    sources: Words = ()
    note: Text = ""


class Functionality(Entry):
    """A functionality of services and the harms published sources link it to, for one kind of service."""

    key: Key
    name: str
    regime: Regime = "user-to-user"
    names: Words = ()
    relevance: tuple[Relevance, ...] = ()
    risk_profile_item: Text = ""
    definition: Text = ""
    basis: Basis
    sources: Words = ()
    note: Text = ""


class EvidenceEntry(Entry):
    """One published figure in our own words, no wider than what was counted."""

    id: str
    statement: str
    figure: Text = ""
    base: Text = ""
    period: Text = ""
    publisher: Text = ""
    date: Text = ""
    harms: Words
    services: Words = ()
    relation: Literal["direct", "proxy"]
    caveats: Words = ()
    basis: Basis
    sources: Words = ()
    urls: Words = ()
    publishable: bool = True
    note: Text = ""


class Bar(Frozen):
    """What a provision of the statute forbids a code to recommend."""

    technology: Text = ""
    channel: Text = ""


class StatuteProvision(Entry):
    """A provision of the Act beside the code.

    `harms` are keys, `all`, or `priority` (every kind but other illegal content).
    """

    id: str
    says: str
    duty_on: Literal["provider", "regulator", "none"]
    functions: tuple[Function, ...] = ()
    harms: Words = ()
    services: Literal["user-to-user", "search", "both"]
    character: Literal["general", "specific", "bar", "power", "safe_harbour", "interpretive"]
    in_force_from: Date = ""
    qualified_by: Words = ()
    exceptions: Words = ()
    bars: Bar | None = None
    reaches_private: Words = ()
    technology: Text = ""
    instrument: Text = ""
    basis: Basis
    sources: Words = ()
    note: Text = ""


class Expectation(Entry):
    """A protection that people expect; met when a duty with the function names one of `satisfied_by`.

    `only_where` limits it to services with a feature, `certain` is false where unseen text may hold it,
    `since` says what has been added after the revision, `asked_by_body` is false for our own reading.
    """

    id: RuleId
    name: str
    regime: Regime = "user-to-user"
    function: Function
    harms: Words
    content: Text = ""
    functionality: Text = ""
    services: Words = ()
    satisfied_by: Words
    why: str
    argued_by: Text = ""
    asked_by_body: bool = True
    only_where: FactTest | None = None
    certain: bool = True
    since: Text = ""
    sources: Words = ()
    basis: Basis
    note: Text = ""


class Source(Entry):
    """A published source: what it is and where it stands."""

    id: str
    what: str
    url: Text = ""
