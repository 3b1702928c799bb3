"""Where the codes, rules and templates lie (checkout or wheel), and which revision a person means."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analyser import cache
from analyser.amending.in_force import composed_entry, find, lineage, order
from analyser.errors import InputError, UsageError, nearest
from analyser.revisions import (
    Amendment,
    AsAt,
    Code,
    InstrumentRef,
    KindsOfHarm,
    Pending,
    Revision,
    RevisionRef,
    Statement,
)
from analyser.rulebook import located_yaml
from analyser.rulebook.load import load
from analyser.rulebook.models import Rulebook
from analyser.rulebook.patterns import check_numbering
from analyser.rulebook.validation import validate

if TYPE_CHECKING:
    from analyser.ingest.said import Said

__all__ = [
    "Amendment",
    "AsAt",
    "Code",
    "InstrumentRef",
    "KindsOfHarm",
    "Pending",
    "Revision",
    "RevisionRef",
    "Statement",
]

DEFAULT_CODE = "illegal-content-u2u"
_PACKAGE = Path(__file__).resolve().parent
_AS_AT = "as-at:"


def root() -> Path:
    """Return the folder that holds codes/, rules/ and reports/: a checkout, else the wheel's own copy."""
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "codes").is_dir():
        return checkout
    return _PACKAGE / "library_data"


def codes_dir() -> Path:
    """Return the folder of the codes."""
    return root() / "codes"


def rules_dir() -> Path:
    """Return the folder of the rules."""
    return root() / "rules"


def templates_dir() -> Path:
    """Return the folder of the report templates."""
    return root() / "reports" / "templates"


def rulebook(overlays: Sequence[tuple[Path, str]] = ()) -> Rulebook:
    """Read the rules that come with codegap, with overlays (path, name in complaints) over them.

    From the cache when not a byte of them has changed; a missing file is an error. Raises RulesError, and
    InputError for an overlay that is not there.

    >>> library.rulebook([(Path("mine.yaml"), "mine.yaml")]).pack
    'rules + mine.yaml'
    """
    folder = rules_dir()
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    parts = [part for path in files for part in (path.relative_to(folder).as_posix(), path.read_bytes())]
    base = _kept(cache.key("rulebook", *parts), lambda: load(folder, shown="rules", required=True))
    if not overlays:
        return base
    from analyser.rulebook.archetypes import check_archetypes
    from analyser.rulebook.merge import merged
    from analyser.rulebook.overlay import contents, read_overlay

    found = [(shown, contents(path, shown)) for path, shown in overlays]
    for shown, own in found:
        parts += [shown, *(part for name, file, content in own for part in (name, file, content))]

    def made() -> Rulebook:
        read = [read_overlay(own, shown) for shown, own in found]
        rules = merged(base, read)
        check_archetypes(folder, rules, read)
        return rules

    return _kept(cache.key("rulebook", str(len(found)), *parts), made)


def _kept(name: str, make: Callable[[], Rulebook]) -> Rulebook:
    """Return rules from the cache, or make them and keep them."""
    kept = cache.read(name)
    if kept is not None:
        return Rulebook.model_validate_json(kept)
    rules = make()
    cache.write(name, rules.model_dump_json().encode())
    return rules


def codes() -> tuple[Code, ...]:
    """Return the codes of the library, by folder name, each with its revisions by date."""
    return tuple(_code(path) for path in sorted(codes_dir().glob("*/code.yaml")))


def code(name: str) -> Code:
    """Return one code of the library by its folder name, e.g. `illegal-content-u2u`, or raise UsageError."""
    known = codes()
    found = next((one for one in known if one.code == name), None)
    if found is None:
        raise UsageError(f"there is no code `{name}`", fix=nearest(name, [one.code for one in known]))
    return found


def held() -> tuple[RevisionRef, ...]:
    """Return every text that the library holds, by code and date."""
    return tuple(_held(one, entry.revision) for one in codes() for entry in one.revisions if entry.held)


def resolve(ref: str | None = None, said: "Said | None" = None) -> RevisionRef:
    """Return the text meant by a date, `code@date`, a code or a path; None is the default revision.

    The date of an amending instrument means the text with it applied to what it amends; `as-at:2026-10-01`
    (or
    `code@as-at:...`) the text in force on a day. `said` is what a person says of the document at a path.
    UsageError for a revision nobody knows (nearest named) and
    for one whose text is not held; InputError for
    a path at which there is no document.

    >>> resolve("2025-02-24").shown
    'codes/illegal-content-u2u/2025-02-24.md'
    """
    if ref is None:
        default = code(DEFAULT_CODE)
        return _held(default, default.default_revision)
    if re.search(r"[/\\]|\.\w{2,4}$", ref) or Path(ref).is_file():
        from analyser.ingest.document import resolve_document

        return resolve_document(ref, said)
    name, at, day = ref.partition("@")
    wanted = name if at else DEFAULT_CODE
    date = day if at else ref
    if date.startswith(_AS_AT):
        return as_at(wanted, date.removeprefix(_AS_AT)).ref
    if at or re.fullmatch(r"\d[\d+-]*", ref):
        return _held(code(wanted), date)
    known = codes()
    for one in known:
        if one.code == ref and one.default_revision:
            return _held(one, one.default_revision)
    names = [f"{one.code}@{entry.revision}" for one in known for entry in one.revisions]
    raise UsageError(
        f"there is no revision `{ref}`", fix=nearest(ref, [*names, *(one.code for one in known)])
    )


def as_at(name: str, date: str, include_laid: bool = False) -> AsAt:
    """Return the text of a code in force on a date (`2026-10-01`), with what is announced and not in force.

    With `include_laid`, amendments laid or issued by that date are applied as if they were in force, and the
    status says so. UsageError for what is not a date, and for a date on which no text was in force, or none
    that
    is held.

    >>> as_at("illegal-content-u2u", "2025-03-17").ref.revision
    '2025-02-24'
    """
    wanted = code(name)
    found = find(wanted, date, include_laid)
    ref = (
        _composed(wanted, found.base, found.applied) if found.applied else _held(wanted, found.base.revision)
    )
    said = {"status": found.status, "in_force": found.in_force}
    entry = ref.entry.model_copy(update=said) if ref.entry else None
    notices = tuple(one.says for one in found.pending)
    return AsAt(
        ref=ref.model_copy(update={"entry": entry, "notices": notices}),
        date=date,
        status=found.status,
        pending=found.pending,
    )


def _held(wanted: Code, date: str) -> RevisionRef:
    """Return the revision of a code on a date, if the library holds its text: an amending instrument means
    the
    text with it applied to what it amends, `2026-09-09+2026-06-18` the text with both.
    """
    entries = [_entry(wanted, one) for one in (date.split("+") if "+" in date else [date])]
    if len(entries) == 1 and not entries[0].is_instrument:
        return _whole(wanted, entries[0])
    lines = [lineage(wanted, entry) for entry in entries]
    bases = sorted({line[0].revision for line in lines})
    if len(bases) > 1 or not all(entry.is_instrument for entry in entries):
        raise UsageError(
            f"`{date}` names revisions that do not amend one text",
            fix="Join with + only amending instruments that amend the same text.",
        )
    instruments = {entry.revision: entry for line in lines for entry in line[1:]}
    return _composed(wanted, lines[0][0], order(instruments.values()))


def _entry(wanted: Code, date: str) -> Revision:
    """Return what a code.yaml says of a revision that is held; UsageError for one unknown or not held."""
    dates = [entry.revision for entry in wanted.revisions]
    entry = next((entry for entry in wanted.revisions if entry.revision == date), None)
    if entry is None:
        raise UsageError(f"there is no revision `{date}` of {wanted.code}", fix=nearest(date, dates))
    if not entry.held or not entry.file:
        held = [one.revision for one in wanted.revisions if one.held]
        raise UsageError(
            f"the text of {wanted.code} of {date} is not held",
            fix=f"Dates known: {', '.join(dates)}; texts held: {', '.join(held) or 'none'}. "
            "To use a text of your own, give the path to its document.",
        )
    return entry


def _whole(wanted: Code, entry: Revision) -> RevisionRef:
    return RevisionRef(
        name=wanted.code,
        revision=entry.revision,
        path=codes_dir() / wanted.code / entry.file,
        shown=f"codes/{wanted.code}/{entry.file}",
        code=wanted,
        entry=entry,
    )


def _composed(wanted: Code, base: Revision, instruments: Sequence[Revision]) -> RevisionRef:
    """Return the text of a revision with instruments applied to it in the order given."""
    for entry in (base, *instruments):
        _entry(wanted, entry.revision)
    entry = composed_entry(wanted, base, instruments)
    return _whole(wanted, base).model_copy(
        update={
            "revision": entry.revision,
            "entry": entry,
            "instruments": tuple(
                InstrumentRef(
                    revision=one.revision,
                    amends=one.amends,
                    path=codes_dir() / wanted.code / one.file,
                    shown=f"codes/{wanted.code}/{one.file}",
                )
                for one in instruments
            ),
        }
    )


def amended(typed: str, path: Path, listed: Code | None, name: str, date: str, amends: str) -> RevisionRef:
    """Return the text that an amending instrument of one's own amends, with it applied."""
    if listed is None or not amends:
        missing = f"there is no code `{name}` here" if listed is None else "it does not say what it amends"
        raise InputError(
            f"the amending instrument `{typed}` cannot be applied: {missing}",
            place=f"{typed}, front matter",
            fix="Write `code:` and `amends:` with a code and a revision that `codegap codes list` shows.",
        )
    base = _held(listed, amends)
    own = InstrumentRef(revision=date or path.stem, amends=amends, path=path, shown=typed)
    entry = (
        base.entry.model_copy(
            update={
                "revision": own.revision,
                "status": "as given, as if in force",
                "in_force": "",
                "amended_by": (),
            }
        )
        if base.entry
        else None
    )
    return base.model_copy(
        update={
            "revision": own.revision,
            "entry": entry,
            "instruments": (*base.instruments, own),
            "notices": (
                f"The text is that of {base.revision} with {typed} applied to it as if it were in force.",
            ),
        }
    )


def _code(path: Path) -> Code:
    shown = f"codes/{path.parent.name}/code.yaml"
    data = located_yaml.read(path, shown, InputError)
    check_numbering(data, shown, InputError)
    found = validate(Code, data, shown, InputError)
    if found.code != path.parent.name:
        place = f"{shown}, line {located_yaml.line_of(data, ('code',))}"
        raise InputError(f"the code is called `{found.code}`, not after its folder", place=place)
    in_order = tuple(sorted(found.revisions, key=lambda entry: entry.revision))
    return found.model_copy(update={"revisions": in_order})
