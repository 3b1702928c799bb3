"""What one file of rules says of another: ids are unique, keys and sources exist, cues are well formed."""

from collections.abc import Iterable, Iterator, Mapping

from analyser.errors import RulesError, nearest
from analyser.model.base import Frozen
from analyser.rulebook.cues import CueError, expand
from analyser.rulebook.models import Entry, EvidenceEntry, Expectation, Functionality, Rulebook, ServiceType


def check(rulebook: Rulebook, read: Mapping[str, Frozen], shown_dir: str) -> None:
    """Raise RulesError for the first entry that is written twice, misnamed, malformed, or points nowhere.

    Names are held against a file only where that file is there, so that a folder may hold a few rules alone.
    """
    _unique(rulebook)
    for rule in rulebook.qualifiers:
        stem = rule.file.rpartition("/")[2].removesuffix(".yaml")
        if rule.kind != stem:
            raise _error(rule, rule.id, f"its kind is {rule.kind}, but it stands in {stem}.yaml")
        if not rule.id.startswith(f"{stem}."):
            raise _error(rule, rule.id, f"its id must begin with `{stem}.`")
    for name, file in read.items():
        pack = getattr(file, "pack", "")
        if name.startswith("qualifiers/") and name != f"qualifiers/{pack}.yaml":
            raise RulesError(
                f"the pack is called `{pack}`, not after its file", place=f"{shown_dir}/{name}, line 1"
            )
    for entry, name, cue in _cues(rulebook):
        try:
            expand(cue)
        except CueError as problem:
            raise _error(entry, name, str(problem)) from problem
    for entry, name, what, key, known in _references(rulebook):
        if known and key not in known:
            raise _error(entry, name, f"it names the {what} `{key}`, which is not known", nearest(key, known))


def _error(entry: Entry, name: str, cause: str, fix: str = "") -> RulesError:
    return RulesError(f"`{name}`: {cause}", place=f"{entry.file}, line {entry.line}", fix=fix)


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
    harms = frozenset(harm.key for harm in rulebook.harms)
    named_harms = harms | {"all", "priority"} if harms else harms
    services = frozenset(service.key for service in rulebook.services)
    functionalities = frozenset(one.key for one in rulebook.functionalities)
    sources = frozenset(source.id for source in rulebook.sources)
    tables = frozenset(table.key for table in rulebook.invocation)
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
    for table in rulebook.invocation:
        for feature in table.features:
            yield from ((table, table.key, "source", source, sources) for source in feature.sources)
