"""Where the codes, rules and templates lie (checkout or wheel), and which revision a person means."""

import re
from pathlib import Path
from typing import Any

from pydantic import Field

from analyser import cache
from analyser.errors import InputError, UsageError, nearest
from analyser.model.base import Basis, Frozen
from analyser.rulebook import located_yaml
from analyser.rulebook.load import load
from analyser.rulebook.models import Date, Regime, Rulebook, Text
from analyser.rulebook.validation import validate

DEFAULT_CODE = "illegal-content-u2u"
_PACKAGE = Path(__file__).resolve().parent
_FRONT_MATTER = re.compile(r"\A---\r?\n(.*?)\r?\n---\r?\n", re.DOTALL)


class Amendment(Frozen):
    """That a later revision amends this one, and from when."""

    revision: Date
    in_force: Date = ""


class Statement(Frozen):
    """One thing known about a revision, and how it is known."""

    says: str
    basis: Basis
    sources: tuple[str, ...] = ()


class KindsOfHarm(Frozen):
    """The kinds of illegal harm a revision lists; `also` holds what is no kind, `names` those that differ."""

    kinds: tuple[str, ...]
    sub_kinds: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    also: tuple[str, ...] = ()
    names: dict[str, str] = Field(default_factory=dict)

    def all(self) -> tuple[str, ...]:
        """Return every key, each kind followed by its sub kinds, then what is no kind."""
        kinds = tuple(key for kind in self.kinds for key in (kind, *self.sub_kinds.get(kind, ())))
        return (*kinds, *self.also)


class Revision(Frozen):
    """One dated text of a code as its code.yaml lists it; `held` says whether the library has the text."""

    revision: Date
    kind: Text = ""
    status: Text = ""
    published: Date = ""
    submitted: Date = ""
    consultation_closed: Date = ""
    issued: Date = ""
    in_force: Date = ""
    laid: Date = ""
    amends: Date = ""
    amended_by: tuple[Amendment, ...] = ()
    file: Text = ""
    held: bool = False
    measures: int | None = None
    official_urls: tuple[str, ...] = ()
    kinds_of_harm: KindsOfHarm | None = None
    statements: tuple[Statement, ...] = ()


class Code(Frozen):
    """One code of practice of the library, as its code.yaml describes it; `code` is also its folder."""

    code: str
    title: str
    short_title: Text = ""
    issuer: Text = ""
    statute: Text = ""
    prefix: str
    regime: Regime
    numbering: dict[str, Any] = Field(default_factory=dict)
    default_revision: Date = ""
    default_revision_reason: Text = ""
    revisions: tuple[Revision, ...]


class RevisionRef(Frozen):
    """The text a person means: which code and revision, and the file that holds it.

    `shown` is how outputs name the file: relative to the library (`codes/<code>/2025-02-24.md`) or as typed.
    `code` is None for a document of a code that the library does not list.
    """

    name: str
    revision: str
    path: Path
    shown: str
    code: Code | None = None
    entry: Revision | None = None


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


def rulebook() -> Rulebook:
    """Read the rules that come with codegap (from the cache when not a byte of them has changed); a missing
    file is an error.
    """
    folder = rules_dir()
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    name = cache.key(
        "rulebook",
        *(part for path in files for part in (path.relative_to(folder).as_posix(), path.read_bytes())),
    )
    kept = cache.read(name)
    if kept is not None:
        return Rulebook.model_validate_json(kept)
    rules = load(folder, shown="rules", required=True)
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


def resolve(ref: str | None = None) -> RevisionRef:
    """Return the text meant by a date, `code@date`, a code or a path; None is the default revision.

    UsageError for a revision nobody knows (nearest named) and for one whose text is not held; InputError for
    a path at which there is no document.

    >>> resolve("2025-02-24").shown
    'codes/illegal-content-u2u/2025-02-24.md'
    """
    if ref is None:
        default = code(DEFAULT_CODE)
        return _held(default, default.default_revision)
    if re.search(r"[/\\]|\.\w{2,4}$", ref) or Path(ref).is_file():
        return _document(ref)
    name, at, date = ref.partition("@")
    if at:
        return _held(code(name), date)
    if re.fullmatch(r"\d[\d-]*", ref):
        return _held(code(DEFAULT_CODE), ref)
    known = codes()
    for one in known:
        if one.code == ref and one.default_revision:
            return _held(one, one.default_revision)
    names = [f"{one.code}@{entry.revision}" for one in known for entry in one.revisions]
    raise UsageError(
        f"there is no revision `{ref}`", fix=nearest(ref, [*names, *(one.code for one in known)])
    )


def _held(wanted: Code, date: str) -> RevisionRef:
    """Return the revision of a code on a date, if the library holds its text."""
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
    shown = f"codes/{wanted.code}/{entry.file}"
    return RevisionRef(
        name=wanted.code,
        revision=date,
        path=codes_dir() / wanted.code / entry.file,
        shown=shown,
        code=wanted,
        entry=entry,
    )


def _document(typed: str) -> RevisionRef:
    """Return the document at a path; its front matter (code, revision) ties it to the library."""
    path = Path(typed)
    if not path.is_file():
        found = "is a folder" if path.is_dir() else "does not exist"
        raise InputError(
            f"the document `{typed}` {found}", fix="Give the path to a document, a date, or code@date."
        )
    try:
        head = path.read_bytes()[:4096].decode("utf-8-sig", errors="replace")
    except OSError as problem:
        raise InputError(
            f"the document `{typed}` cannot be read: {(problem.strerror or str(problem)).lower()}"
        ) from problem
    front = _FRONT_MATTER.match(head)
    said: Any = located_yaml.parse(front.group(1).encode(), typed, InputError) if front else {}
    said = said if isinstance(said, dict) else {}
    name, date = str(said.get("code", path.stem)), str(said.get("revision", ""))
    listed = next((one for one in codes() if one.code == name), None)
    entry = next((one for one in listed.revisions if one.revision == date), None) if listed else None
    return RevisionRef(name=name, revision=date, path=path, shown=typed, code=listed, entry=entry)


def _code(path: Path) -> Code:
    shown = f"codes/{path.parent.name}/code.yaml"
    data = located_yaml.read(path, shown, InputError)
    found = validate(Code, data, shown, InputError)
    if found.code != path.parent.name:
        place = f"{shown}, line {located_yaml.line_of(data, ('code',))}"
        raise InputError(f"the code is called `{found.code}`, not after its folder", place=place)
    in_order = tuple(sorted(found.revisions, key=lambda entry: entry.revision))
    return found.model_copy(update={"revisions": in_order})
