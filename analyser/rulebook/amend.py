"""Amend one entry of the rules: fields set, words added to its lists and taken from them.

In `amend: {effect: softens, add: {cue: [...]}, remove: {cue: [...]}}` each field is one operation. Operations
on one entry, from whatever overlays, do the same in any order: others are refused as contradictions.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_origin

from pydantic import BaseModel

from analyser.errors import RulesError, nearest
from analyser.model.base import Frozen
from analyser.rulebook.located_yaml import LocatedList, LocatedMap
from analyser.rulebook.rules import Examples
from analyser.rulebook.sections import ARCHETYPES, KEYED, Section
from analyser.rulebook.validation import validate

# What names an entry, or ties it to the place where it stands, is no part of it that could change.
_FIXED = ("id", "key", "kind", "file", "line")
_ORDER = {"remove": 0, "set": 1, "add": 2}


@dataclass(frozen=True, slots=True)
class Operation:
    """One change of one field, or of one key in a field that is a mapping (`facts`, `examples`)."""

    action: str  # set, add, remove
    path: tuple[str, ...]
    value: Any
    file: str
    line: int

    @property
    def place(self) -> str:
        """Where it stands, for complaints."""
        return f"{self.file}, line {self.line}"


def operations(section: Section, name: str, data: Any, shown: str, line: int) -> tuple[Operation, ...]:
    """Return the operations that an `amend:` lists; RulesError for a field that is not known or fixed."""
    if not isinstance(data, LocatedMap) or not data:
        raise RulesError(
            f"`{name}`: `amend` says nothing",
            place=f"{shown}, line {line}",
            fix="Give fields with their new values, or `add:` and `remove:` with lists.",
        )
    found: list[Operation] = []
    for key, value in data.items():
        if key in ("add", "remove"):
            if not isinstance(value, LocatedMap):
                place = f"{shown}, line {data.key_lines[key]}"
                raise RulesError(f"`{name}`: `{key}` lists no fields", place=place)
            for field, items in value.items():
                found += _listed(section, name, key, field, items, shown, value.key_lines[field])
        else:
            found += _set(section, name, key, value, shown, data.key_lines[key])
    return tuple(found)


def apply(section: Section, name: str, entry: Frozen, changes: Sequence[Operation]) -> Frozen:
    """Return an entry with operations applied: first what is removed, then what is set, then what is added.

    RulesError names the operation that does not fit, by its file and line.
    """
    place: dict[str, Any] = {
        field: getattr(entry, field) for field in ("file", "line") if field in type(entry).model_fields
    }
    base = entry.model_dump(by_alias=True, exclude={"file", "line"})
    files = list(dict.fromkeys(change.file for change in changes))
    # Each file by itself first, so that a complaint names the one that is wrong.
    for file in files if len(files) > 1 else ():
        own = [change for change in changes if change.file == file]
        _validated(section, name, _changed(name, base, own), file)
    return _validated(section, name, _changed(name, base, changes), files[0]).model_copy(update=place)


def _changed(name: str, base: dict[str, Any], changes: Sequence[Operation]) -> LocatedMap:
    """Return the fields of an entry with operations applied, each at the line of the operation."""
    found = LocatedMap(changes[0].file, changes[0].line)
    found.update(base)
    found.key_lines = dict.fromkeys(base, changes[0].line)
    for change in sorted(changes, key=lambda one: _ORDER[one.action]):
        held: dict[str, Any] = found
        first, last = change.path[0], change.path[-1]
        if len(change.path) == 2:
            held = found[first] = dict(found.get(first) or {})
        match change.action:
            case "set":
                held[last] = change.value
            case "add":
                held[last] = _added(name, held.get(last), change)
            case _:
                held[last] = _removed(name, held.get(last), change)
        found.key_lines[first] = change.line
    return found


def _validated(section: Section, name: str, data: LocatedMap, shown: str) -> Frozen:
    """Return amended data as the model of its section; complaints name a profile like other entries."""
    try:
        return validate(section.model, data, shown, RulesError)
    except RulesError as problem:
        if section.name != ARCHETYPES:
            raise
        raise RulesError(f"`{name}`: {problem.cause}", place=problem.place, fix=problem.fix) from problem


def _set(section: Section, name: str, key: str, value: Any, shown: str, line: int) -> Iterator[Operation]:
    _known(section, name, key, shown, line)
    if isinstance(value, LocatedMap) and _is_mapping(section, key):
        for inner, own in value.items():
            yield Operation("set", (key, inner), own, shown, value.key_lines[inner])
    else:
        yield Operation("set", (key,), value, shown, line)


def _listed(
    section: Section, name: str, action: str, key: str, items: Any, shown: str, line: int
) -> Iterator[Operation]:
    _known(section, name, key, shown, line)
    if isinstance(items, LocatedMap) and _is_mapping(section, key):
        for inner, own in items.items():
            yield Operation(
                action, (key, inner), _list(name, inner, own, shown, items.key_lines[inner]), shown, line
            )
    else:
        yield Operation(action, (key,), _list(name, key, items, shown, line), shown, line)


def _list(name: str, key: str, items: Any, shown: str, line: int) -> LocatedList:
    if not isinstance(items, LocatedList) or not items:
        raise RulesError(
            f"`{name}`: what is added to or taken from `{key}` is no list",
            place=f"{shown}, line {line}",
            fix="Write it as [a, b].",
        )
    return items


def _known(section: Section, name: str, key: str, shown: str, line: int) -> None:
    fields = [info.alias or field for field, info in section.model.model_fields.items()]
    fixed = () if section.name == ARCHETYPES else _FIXED
    if key in fixed and key in fields and not (key == "kind" and section.name == "facts"):
        raise RulesError(
            f"`{name}`: its `{key}` cannot be amended",
            place=f"{shown}, line {line}",
            fix="Disable it, and add an entry of your own.",
        )
    if key not in fields:
        known = [field for field in fields if field not in fixed]
        raise RulesError(
            f"`{name}`: there is no key `{key}`", place=f"{shown}, line {line}", fix=nearest(key, known)
        )


def _is_mapping(section: Section, key: str) -> bool:
    """Say whether a field is a mapping that is amended key by key."""
    fields = section.model.model_fields
    found = next((info.annotation for field, info in fields.items() if (info.alias or field) == key), None)
    return get_origin(found) is dict or found is Examples


def key_of(item: Any, path: Sequence[str]) -> str:
    """Return what tells an item of a list apart: a word is itself, an answer is told by its feature."""
    field = KEYED.get(path[-1], "")
    if isinstance(item, BaseModel):
        item = item.model_dump()
    if isinstance(item, Mapping):
        return str(item.get(field, "")) if field else repr(sorted(item.items(), key=repr))
    return str(item)


def _added(name: str, held: Any, change: Operation) -> list[Any]:
    found = _as_list(name, held, change)
    known = {key_of(item, change.path): item for item in found}
    for item in change.value:
        key = key_of(item, change.path)
        if key in known and isinstance(item, Mapping) and known[key] != item:
            raise RulesError(
                f"`{name}`: its `{change.path[-1]}` has an entry for `{key}` already",
                place=change.place,
                fix="Take that away with `remove` in the same amendment, or leave yours out.",
            )
        if key not in known:
            known[key] = item
            found.append(item)
    return found


def _removed(name: str, held: Any, change: Operation) -> list[Any]:
    found = _as_list(name, held, change)
    known = [key_of(item, change.path) for item in found]
    for item in change.value:
        if key_of(item, change.path) not in known:
            raise RulesError(
                f"`{name}`: its `{change.path[-1]}` has no `{item}` that could be removed",
                place=change.place,
                fix=nearest(str(item), known) if known else "",
            )
    gone = {key_of(item, change.path) for item in change.value}
    return [item for item in found if key_of(item, change.path) not in gone]


def _as_list(name: str, held: Any, change: Operation) -> list[Any]:
    if isinstance(held, str | Mapping) or not (held is None or isinstance(held, Iterable)):
        raise RulesError(f"`{name}`: `{change.path[-1]}` is no list", place=change.place)
    return list(held or ())
