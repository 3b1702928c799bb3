"""Read an overlay, rules of one's own: a folder like rules/, or one file, as a list of what it changes.

A file that says `pack: overlay` holds any sections (`qualifiers:`, `harms:` ...); other files of a folder are
named and laid out as those of rules/. Each entry is whole (it is added, or with `replaces: true` put in the
place of one), or says `amend:` or `disable: true`.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analyser.errors import InputError, RulesError, nearest
from analyser.model.base import Frozen, Kind
from analyser.rulebook import located_yaml
from analyser.rulebook.amend import Operation, operations
from analyser.rulebook.files import RuleFile
from analyser.rulebook.located_yaml import LocatedList, LocatedMap, line_of
from analyser.rulebook.sections import ARCHETYPES, QUALIFIERS, SECTIONS, Section, of_file
from analyser.rulebook.validation import validate

PACK = "overlay"
LARGEST = 8_000_000  # bytes of one file


@dataclass(frozen=True, slots=True)
class Given:
    """What an overlay says of one entry: `add` or `replace` it (`entry`), `amend` or `disable` it."""

    action: str
    section: Section
    id: str
    file: str
    line: int
    entry: Frozen | None = None
    operations: tuple[Operation, ...] = ()
    reason: str = ""

    @property
    def place(self) -> str:
        """Where it stands, for complaints."""
        return f"{self.file}, line {self.line}"


@dataclass(frozen=True, slots=True)
class Overlay:
    """One overlay as it was read: how it is called, its files, their hash, and what it says."""

    shown: str
    files: tuple[RuleFile, ...]
    sha256: str
    given: tuple[Given, ...]


def contents(path: Path, shown: str) -> tuple[tuple[str, str, bytes], ...]:
    """Return the files of an overlay as (name in it, name in complaints, bytes), in order of their names.

    InputError when there is nothing at the path.
    """
    if path.is_dir():
        found = sorted(one.relative_to(path).as_posix() for one in path.rglob("*") if _is_rules(one, path))
        return tuple((name, f"{shown}/{name}", _bytes(path / name, f"{shown}/{name}")) for name in found)
    if not path.is_file():
        raise InputError(
            f"there is no file or folder of rules at `{shown}`",
            fix="Give the path of a folder like rules/, or of a file that says `pack: overlay`.",
        )
    return ((path.name, shown, _bytes(path, shown)),)


def read_overlay(files: Sequence[tuple[str, str, bytes]], shown: str) -> Overlay:
    """Return what the files of an overlay say (see `contents`).

    RulesError names file, line and entry of the first thing that is wrong. A file in which nothing stands, or
    everything is a comment, says nothing.
    """
    given: list[Given] = []
    kept: list[RuleFile] = []
    total = hashlib.sha256()
    for name, file, content in files:
        total.update(name.encode() + b"\0" + content + b"\0")
        kept.append(RuleFile(path=file, sha256=hashlib.sha256(content).hexdigest()))
        data = located_yaml.parse(content, file, RulesError)
        if data is not None:
            given += _file(name, file, data)
    return Overlay(shown, tuple(kept), total.hexdigest(), tuple(given))


def _is_rules(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return not hidden and path.suffix in (".yaml", ".yml") and path.is_file()


def _bytes(path: Path, shown: str) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise RulesError(f"`{shown}` is larger than {LARGEST:,} bytes", fix="Split it.")
        return path.read_bytes()
    except OSError as problem:
        raise RulesError(
            f"`{shown}` cannot be read: {(problem.strerror or str(problem)).lower()}"
        ) from problem


def _file(name: str, shown: str, data: Any) -> Iterator[Given]:
    if not isinstance(data, LocatedMap):
        raise RulesError("the file holds no rules: it must be `key: value` lines", place=f"{shown}, line 1")
    folder, _, last = name.rpartition("/")
    stem = last.rpartition(".")[0]
    if data.get("pack") == PACK:
        return _sections(shown, data, {section.name: section for section in SECTIONS.values()})
    if folder == ARCHETYPES:
        whole = LocatedMap(shown, data.line)
        whole.update(data, key=stem)
        whole.key_lines = {**data.key_lines, "key": data.line}
        return iter([_given(SECTIONS[ARCHETYPES], whole, shown, data.line)])
    pack = str(data.get("pack", stem))
    known = sorted({section.file for section in SECTIONS.values() if section.listed} - {QUALIFIERS})
    if folder == QUALIFIERS and stem not in list(Kind):
        raise RulesError(f"`{shown}` is not named for a kind of exemption", fix=nearest(stem, list(Kind)))
    if folder not in ("", QUALIFIERS) or not of_file(pack):
        raise RulesError(
            f"`{shown}` is not a file of rules that codegap knows",
            place=f"{shown}, line {line_of(data, ('pack',))}",
            fix=f"{nearest(pack, known)} A file of any name may hold any of it if it says `pack: {PACK}`.",
        )
    if folder == QUALIFIERS and pack != stem:
        raise RulesError(
            f"the pack is called `{pack}`, not after its file",
            place=f"{shown}, line {line_of(data, ('pack',))}",
        )
    kind = pack if pack in list(Kind) else ""
    return _sections(shown, data, {section.listed: section for section in of_file(pack)}, kind)


def _sections(shown: str, data: LocatedMap, known: dict[str, Section], kind: str = "") -> Iterator[Given]:
    for name, listed in data.items():
        if name in ("pack", "note") or (known.keys() == {"service_types"} and name.startswith("facts_")):
            continue
        if name not in known:
            raise RulesError(
                f"an overlay has no section `{name}` here",
                place=f"{shown}, line {data.key_lines[name]}",
                fix=nearest(name, known),
            )
        section = known[name]
        for entry, line in _entries(section, listed, shown, data.key_lines[name]):
            given = _given(section, entry, shown, line)
            own = getattr(given.entry, "kind", kind)
            if kind and (own != kind or not given.id.startswith(f"{kind}.")):
                wrong = f"its kind is {own}" if own != kind else f"its id does not begin with `{kind}.`"
                raise RulesError(f"`{given.id}`: {wrong}, but it stands in {kind}.yaml", place=given.place)
            yield given


def _entries(section: Section, listed: Any, shown: str, line: int) -> Iterator[tuple[LocatedMap, int]]:
    """Yield the entries of a section with their lines; sources may be a mapping from their ids."""
    if listed is None:
        return
    if isinstance(listed, LocatedMap) and section.name == "sources":
        for key, value in listed.items():
            entry = LocatedMap(shown, listed.key_lines[key])
            if isinstance(value, LocatedMap):
                entry.update(value)
                entry.key_lines = dict(value.key_lines)
            entry["id"] = key
            entry.key_lines["id"] = listed.key_lines[key]
            yield entry, listed.key_lines[key]
        return
    if not isinstance(listed, LocatedList):
        raise RulesError(
            f"`{section.name}` holds no list",
            place=f"{shown}, line {line}",
            fix="Write each entry after a `- `.",
        )
    for entry, own in zip(listed, listed.lines, strict=True):
        if not isinstance(entry, LocatedMap):
            raise RulesError(
                f"an entry of `{section.name}` is no list of `key: value` lines", place=f"{shown}, line {own}"
            )
        yield entry, own


def _given(section: Section, entry: LocatedMap, shown: str, line: int) -> Given:
    place = f"{shown}, line {line}"
    name = entry.get(section.key)
    if not isinstance(name, str) or not name:
        raise RulesError(f"the key `{section.key}` of a {section.what} is missing", place=place)
    if "disable" in entry or "amend" in entry:
        verb = "disable" if "disable" in entry else "amend"
        for key in entry:
            if key not in (section.key, verb, "reason"):
                raise RulesError(
                    f"`{name}`: an entry that says `{verb}` has no `{key}`",
                    place=f"{shown}, line {entry.key_lines[key]}",
                    fix=f"Beside `{verb}` it may have `{section.key}` and `reason`.",
                )
        reason = str(entry.get("reason") or "")
        if verb == "disable":
            if entry["disable"] is not True:
                raise RulesError(f"`{name}`: `disable` may only be true", place=place)
            if not reason.strip():
                raise RulesError(f"`{name}`: it is disabled without a `reason`", place=place)
            return Given("disable", section, name, shown, line, reason=reason)
        changed = operations(section, name, entry["amend"], shown, line_of(entry, ("amend",)))
        return Given("amend", section, name, shown, line, operations=changed, reason=reason)
    replaces = entry.get("replaces", False)
    if not isinstance(replaces, bool):
        raise RulesError(f"`{name}`: `replaces` may be true or false", place=place)
    return Given(
        "replace" if replaces else "add", section, name, shown, line, entry=_whole(section, entry, shown)
    )


def _whole(section: Section, entry: LocatedMap, shown: str) -> Frozen:
    """Return a whole entry as its model; what names a profile is no field of it."""
    left_out = {"replaces", section.key} if section.name == ARCHETYPES else {"replaces"}
    bare = LocatedMap(entry.file, entry.line)
    bare.update({key: value for key, value in entry.items() if key not in left_out})
    bare.key_lines = {key: line for key, line in entry.key_lines.items() if key not in left_out}
    return validate(section.model, bare, shown, RulesError)
