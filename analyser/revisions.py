"""What is known of codes and their revisions, and which text is meant: the values of a code.yaml and of a
reference.
"""

from pathlib import Path
from typing import Any

from pydantic import Field

from analyser.model.base import Basis, Frozen
from analyser.parsing.numbering import Numbering
from analyser.rulebook.models import Date, Regime, Text

INSTRUMENTS = ("amending_instrument", "laid_draft")


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


class CheckedFile(Frozen):
    """An official file that the text was checked against (`codegap verify --write-basis`), and how many
    things agreed, disagreed and could not be compared.
    """

    sha256: str
    media: str
    verified: dict[str, int] = Field(default_factory=dict)


class Revision(Frozen):
    """One dated text of a code as its code.yaml lists it; `held` says whether the library has the text.

    `numbering` is its own where it differs from its code's. A revision of a kind in `INSTRUMENTS` is no whole
    text: it amends the one it names.
    """

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
    numbering: dict[str, Any] = Field(default_factory=dict)
    measures: int | None = None
    official_urls: tuple[str, ...] = ()
    official_files: tuple[CheckedFile, ...] = ()
    kinds_of_harm: KindsOfHarm | None = None
    statements: tuple[Statement, ...] = ()

    @property
    def is_instrument(self) -> bool:
        """Say whether it is an amending instrument, issued or laid, and no whole text."""
        return bool(self.amends) and self.kind in INSTRUMENTS


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


class InstrumentRef(Frozen):
    """The file of an amending instrument, and the revision upon which it was drafted."""

    revision: str
    amends: str
    path: Path
    shown: str


class Identified(Frozen):
    """What a document of one's own was taken to be: by which numbering, how that is known, and in sentences.

    `how` is said, official file, code.yaml, front matter or guessed; `scheme` the key of a scheme of
    codes/numbering.yaml, the code.yaml or the sidecar. `score` (0 to 1) is the share of what looks numbered
    that the numbering explains, `runner_up` the next best scheme with its own. `official` says that the file
    is one that is known by its hash to be an official one.
    """

    numbering: Numbering
    scheme: str
    how: str
    score: float
    runner_up: str = ""
    runner_up_score: float = 0.0
    official: bool = False
    notes: tuple[str, ...] = ()


class RevisionRef(Frozen):
    """The text a person means: which code and revision, and the files that hold it.

    `path` is the file of the whole text, `instruments` those applied to it, in their order. `shown` is how
    outputs name a file: relative to the library (`codes/<code>/2025-02-24.md`) or as typed. `code` is None
    for a
    document of a code that the library does not list. `notices` are to be said beside whatever is made of it.
    `identified` says what a document that does not say so itself was taken to be, `beside` is the sidecar in
    which a person says it.
    """

    name: str
    revision: str
    path: Path
    shown: str
    code: Code | None = None
    entry: Revision | None = None
    instruments: tuple[InstrumentRef, ...] = ()
    notices: tuple[str, ...] = ()
    identified: Identified | None = None
    beside: tuple[tuple[Path, str], ...] = ()

    @property
    def files(self) -> tuple[tuple[Path, str], ...]:
        """Every file that went into the text, with how outputs name it: the whole text first."""
        instruments = ((one.path, one.shown) for one in self.instruments)
        return ((self.path, self.shown), *instruments, *self.beside)


class Pending(Frozen):
    """A change that is announced on a date and not in force on it; `applied` when it is shown all the
    same.
    """

    revision: str
    says: str
    applied: bool = False


class AsAt(Frozen):
    """The text of a code as at a date: what it is, and what is announced beside it."""

    ref: RevisionRef
    date: str
    status: str
    pending: tuple[Pending, ...] = ()
