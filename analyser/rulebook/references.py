"""What one file of rules says of another: ids are unique, keys and sources exist, cues are well formed."""

from collections.abc import Iterable, Iterator, Mapping

from analyser.errors import RulesError, nearest
from analyser.model.base import Frozen
from analyser.rulebook.cues import RULE_LIMIT, CueError, count, expand
from analyser.rulebook.models import (
    Entry,
    EvidenceEntry,
    Expectation,
    FactTest,
    Functionality,
    Rulebook,
    ServiceType,
)

# The facts that are told by a head and a key, e.g. `risk.fraud`; what the key must be.
_KEYED_FACTS = {"risk": "harm", "service_type": "service type", "functionality": "functionality"}


def check(
    rulebook: Rulebook,
    read: Mapping[str, Frozen],
    shown_dir: str,
    disabled: Mapping[tuple[str, str], str] | None = None,
) -> None:
    """Raise RulesError for the first entry that is written twice, misnamed, malformed, or points nowhere.

    Names are held against a file only where that file is there, so that a folder may hold a few rules alone.
    `disabled` are entries that overlays disable, as (what it is, its name), with the place where they do.
    """
    _unique(rulebook)
    for rule in rulebook.qualifiers:
        folder, _, last = rule.file.rpartition("/")
        stem = last.rpartition(".")[0]
        if folder.rpartition("/")[2] == "qualifiers" and rule.kind != stem:
            raise _error(rule, rule.id, f"its kind is {rule.kind}, but it stands in {stem}.yaml")
        if not rule.id.startswith(f"{rule.kind}."):
            raise _error(rule, rule.id, f"its id must begin with `{rule.kind}.`")
    for name, file in read.items():
        pack = getattr(file, "pack", "")
        if name.startswith("qualifiers/") and name != f"qualifiers/{pack}.yaml":
            raise RulesError(
                f"the pack is called `{pack}`, not after its file", place=f"{shown_dir}/{name}, line 1"
            )
    _cues_read(rulebook)
    for entry, name, what, key, known in _references(rulebook):
        if known and key not in known:
            place = (disabled or {}).get((what, key))
            if place:
                fix = "Disable or amend what names it too."
                raise _error(entry, name, f"it names the {what} `{key}`, which is disabled in {place}", fix)
            raise _error(entry, name, f"it names the {what} `{key}`, which is not known", nearest(key, known))


def _error(entry: Entry, name: str, cause: str, fix: str = "") -> RulesError:
    return RulesError(f"`{name}`: {cause}", place=f"{entry.file}, line {entry.line}", fix=fix)


def _cues_read(rulebook: Rulebook) -> None:
    """Refuse a cue that is malformed or means too much, and a rule whose cues do together.

    All are counted before the first is written out.
    """
    counts: dict[str, int] = {}
    for entry, name, cue in _cues(rulebook):
        try:
            counts[name] = counts.get(name, 0) + count(cue)
        except CueError as problem:
            raise _error(entry, name, str(problem)) from problem
        if counts[name] > RULE_LIMIT and count(cue) < counts[name]:
            cause = f"its words mean more than {RULE_LIMIT:,} phrases together"
            raise _error(entry, name, cause, "Split it into rules of their own.")
    for entry, name, cue in _cues(rulebook):
        try:
            expand(cue)
        except CueError as problem:
            raise _error(entry, name, str(problem)) from problem


def _unique(rulebook: Rulebook) -> None:
    groups: tuple[Iterable[Entry], ...] = (
        rulebook.harms,
        rulebook.services,
        rulebook.functionalities,
        rulebook.evidence,
        rulebook.statute,
        rulebook.expectations,
        rulebook.function_labels,
        (*rulebook.functions, *rulebook.qualifiers),
        rulebook.invocation,
        rulebook.facts,
        rulebook.weights,
        rulebook.constraints.impossible,
        rulebook.constraints.meaningless,
    )
    for group in groups:
        seen: dict[str, Entry] = {}
        for entry in group:
            name = _name(entry)
            if name in seen:
                first = seen[name]
                raise _error(entry, name, f"it is written twice (first in {first.file}, line {first.line})")
            seen[name] = entry


def _name(entry: Entry) -> str:
    return str(getattr(entry, "id", "") or getattr(entry, "key", ""))


def _cues(rulebook: Rulebook) -> Iterator[tuple[Entry, str, str]]:
    """Yield every text that is written in the cue language, with its entry."""
    for rule in rulebook.qualifiers:
        for cue in (*rule.cue, *rule.needs, *rule.unless, *(rule.targets or ()), *(rule.precise_when or ())):
            yield rule, rule.id, cue
    for function in rulebook.functions:
        for cue in (*function.action, *function.object, *function.without):
            yield function, function.id, cue
    for fact in rulebook.facts:
        for cue in (*fact.phrases, *fact.negative):
            yield fact, fact.key, cue


def _references(rulebook: Rulebook) -> Iterator[tuple[Entry, str, str, str, frozenset[str]]]:
    """Yield (entry, its name, what is named, the key named, the keys known) for every mention of an entry."""
    from analyser.profiles.model import FLAGS

    harms = frozenset(harm.key for harm in rulebook.harms)
    named_harms = harms | {"all", "priority"} if harms else harms
    services = frozenset(service.key for service in rulebook.services)
    functionalities = frozenset(one.key for one in rulebook.functionalities)
    sources = frozenset(source.id for source in rulebook.sources)
    tables = frozenset(table.key for table in rulebook.invocation)
    facts = frozenset(fact.key for fact in rulebook.facts)
    flags = functionalities | FLAGS | facts if functionalities else functionalities
    keyed = {"harm": harms, "service type": services, "functionality": functionalities}
    for harm in rulebook.harms:
        if harm.parent:
            yield harm, harm.key, "harm", harm.parent, harms
        yield from ((harm, harm.key, "source", source, sources) for source in harm.sources)
    linked: tuple[ServiceType | Functionality, ...] = (*rulebook.services, *rulebook.functionalities)
    for place in linked:
        yield from ((place, place.key, "source", source, sources) for source in place.sources)
        for link in place.relevance:
            yield place, place.key, "harm", link.harm, harms
            yield from ((place, place.key, "source", source, sources) for source in link.sources)
    spoken: tuple[EvidenceEntry | Expectation, ...] = (*rulebook.evidence, *rulebook.expectations)
    for said in spoken:
        yield from ((said, said.id, "harm", key, named_harms) for key in said.harms)
        yield from ((said, said.id, "service type", key, services) for key in said.services)
        yield from ((said, said.id, "source", source, sources) for source in said.sources)
    for expectation in rulebook.expectations:
        if expectation.functionality:
            yield expectation, expectation.id, "functionality", expectation.functionality, functionalities
    for provision in rulebook.statute:
        yield from ((provision, provision.id, "harm", key, named_harms) for key in provision.harms)
        yield from ((provision, provision.id, "source", source, sources) for source in provision.sources)
    for rule in rulebook.qualifiers:
        if rule.invocation:
            yield rule, rule.id, "invocation table", rule.invocation, tables
    for cell in rulebook.constraints.meaningless:
        yield from ((cell, cell.id, "harm", key, harms) for key in cell.harms)
    for service in rulebook.services:
        yield from ((service, service.key, "functionality", key, flags) for key in service.facts)
    for entry, name, test in _tests(rulebook):
        head, point, key = test.fact.partition(".")
        if point and head in _KEYED_FACTS:
            yield entry, name, _KEYED_FACTS[head], key, keyed[_KEYED_FACTS[head]]
        else:
            yield entry, name, "fact", test.fact, facts
    for table in rulebook.invocation:
        for feature in table.features:
            yield from ((table, table.key, "source", source, sources) for source in feature.sources)


def _tests(rulebook: Rulebook) -> Iterator[tuple[Entry, str, FactTest]]:
    """Yield every comparison of a fact, with the entry that makes it."""
    for rule in rulebook.qualifiers:
        if rule.reaches_only:
            yield rule, rule.id, rule.reaches_only
    for expectation in rulebook.expectations:
        if expectation.only_where:
            yield expectation, expectation.id, expectation.only_where
    for one in rulebook.constraints.impossible:
        yield from ((one, one.id, test) for test in one.all_of)
    for cell in rulebook.constraints.meaningless:
        yield cell, cell.id, cell.needs
