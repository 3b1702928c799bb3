"""Put overlays over the rules: one Rulebook, which remembers what came from where.

What comes out does not depend on the order of overlays, files or entries: contradictions are refused, entries
added stand after the built-in ones by their names.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from analyser.errors import RulesError
from analyser.model.base import Frozen, Kind
from analyser.rulebook import amend
from analyser.rulebook.contradictions import check_together
from analyser.rulebook.files import RuleChange
from analyser.rulebook.models import Harm, Rulebook
from analyser.rulebook.overlay import Given, Overlay
from analyser.rulebook.references import check
from analyser.rulebook.rules import FunctionRule, QualifierRule
from analyser.rulebook.sections import ARCHETYPES, RULES, SECTIONS, Section

E = TypeVar("E", bound=Frozen)

_DONE = {"add": "added", "replace": "replaced", "amend": "amended", "disable": "disabled"}


def merged(base: Rulebook, overlays: Sequence[Overlay]) -> Rulebook:
    """Return the rules with overlays applied; RulesError, with places, for what is wrong or at odds.

    Archetypes are no part of a Rulebook: see `analyser.rulebook.archetypes`.
    """
    if not overlays:
        return base
    given = [one for overlay in overlays for one in overlay.given]
    for one in given:
        _check_examples(one)
    parts: dict[str, Any] = {}
    constraints: dict[str, Any] = {}
    for section in SECTIONS.values():
        own = [one for one in given if one.section is section]
        if section.name == ARCHETYPES or not own:
            continue
        outer, _, inner = section.field.rpartition(".")
        held = getattr(base.constraints if outer else base, inner)
        entries = combine(section, {getattr(one, section.key): one for one in held}, own, _place)
        (constraints if outer else parts)[inner] = _in_order(section, list(entries.values()))
    if constraints:
        parts["constraints"] = base.constraints.model_copy(update=constraints)
    total = hashlib.sha256(base.sha256.encode())
    for overlay in overlays:
        total.update(overlay.sha256.encode())
    files = tuple(file for overlay in overlays for file in overlay.files)
    rulebook = base.model_copy(
        update={
            **parts,
            "pack": " + ".join((base.pack, *(overlay.shown for overlay in overlays))),
            "sha256": total.hexdigest(),
            "files": (*base.files, *files),
            "overlays": (*base.overlays, *files),
            "changes": (*base.changes, *_changes(given)),
        }
    )
    named = {
        "harm": "harms",
        "source": "sources",
        "service type": "services",
        "functionality": "functionalities",
        "invocation table": "invocation",
        "fact": "facts",
    }
    gone = {(one.section.name, one.id): one.place for one in given if one.action == "disable"}
    disabled = {
        (what, key): place
        for what, section in named.items()
        for (name, key), place in gone.items()
        if name == section
    }
    check(rulebook, {}, "", disabled)
    return rulebook


def combine(
    section: Section, base: Mapping[str, E], given: Sequence[Given], place: Callable[[Any], str]
) -> dict[str, E]:
    """Return the entries of one section by name with what overlays say applied, those added last by name.

    `place` says where an entry of the base stands.
    """
    check_together(section, given, {name: place(entry) for name, entry in base.items()})
    found: dict[str, Any] = dict(base)
    for one in sorted((one for one in given if one.entry is not None), key=lambda one: one.id):
        found[one.id] = one.entry
    changes: dict[str, list[amend.Operation]] = {}
    for one in given:
        changes.setdefault(one.id, []).extend(one.operations)
    for name, operations in changes.items():
        if operations:
            found[name] = amend.apply(section, name, found[name], operations)
    gone = {one.id for one in given if one.action == "disable"}
    return {name: entry for name, entry in found.items() if name not in gone}


def _place(entry: Any) -> str:
    return f"{entry.file}, line {entry.line}"


def _changes(given: Iterable[Given]) -> tuple[RuleChange, ...]:
    return tuple(
        RuleChange(
            action=_DONE[one.action],
            section=one.section.name,
            id=one.id,
            file=one.file,
            line=one.line,
            fields=tuple(dict.fromkeys(".".join(change.path) for change in one.operations)),
            reason=one.reason,
        )
        for one in sorted(given, key=lambda one: (list(SECTIONS).index(one.section.name), one.id))
    )


def _check_examples(one: Given) -> None:
    """Refuse a new rule that shows no sentence it must read and none it must not."""
    if one.section.name not in RULES or not isinstance(one.entry, QualifierRule | FunctionRule):
        return
    for field, what in (("match", "must read"), ("miss", "must not read")):
        if not getattr(one.entry.examples, field):
            raise RulesError(
                f"`{one.id}`: it has no example of a sentence that it {what}",
                place=one.place,
                fix=f"Add one under `examples: {field}:`; `codegap rules test` runs it.",
            )


def _in_order(section: Section, entries: list[Any]) -> tuple[Any, ...]:
    """Return entries in the order of tables: rules by kind, a sub kind of harm after its kind."""
    if section.name == "qualifiers":
        kinds = list(Kind)
        return tuple(sorted(entries, key=lambda rule: kinds.index(rule.kind)))
    if section.name == "harms":
        return _after_parents(entries)
    return tuple(entries)


def _after_parents(harms: Sequence[Harm]) -> tuple[Harm, ...]:
    """Return the kinds of harm in their order, each followed by its sub kinds."""
    kinds = [harm for harm in harms if not harm.parent]
    found = [one for kind in kinds for one in (kind, *(harm for harm in harms if harm.parent == kind.key))]
    return (*found, *(harm for harm in harms if harm not in found))
