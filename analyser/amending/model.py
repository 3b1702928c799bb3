"""What an amending instrument says, and what became of each of its amendments."""

from enum import StrEnum

from analyser.amending.pieces import Piece
from analyser.model.base import Basis, Frozen
from analyser.reading.source import Source


class Verb(StrEnum):
    """What an instruction does to its place."""

    INSERT_AFTER = "insert after"
    INSERT_BEFORE = "insert before"
    INSERT_AT_END = "insert at the end"
    INSERT_IN_PLACE = "insert in the appropriate place"
    SUBSTITUTE = "substitute"
    OMIT = "omit"
    RENUMBER = "renumber"
    SUBSTITUTE_WORDS = "substitute words"
    INSERT_WORDS_AFTER = "insert words after"
    INSERT_WORDS_BEFORE = "insert words before"
    OMIT_WORDS = "omit words"

    @property
    def of_words(self) -> bool:
        """Say whether the instruction changes some words of its place and leaves the rest."""
        return self.value.endswith(("words", "words after", "words before"))

    @property
    def has_payload(self) -> bool:
        """Say whether what the instruction puts in stands below its heading."""
        return self in _WITH_PAYLOAD


_WITH_PAYLOAD = frozenset(
    {Verb.INSERT_AFTER, Verb.INSERT_BEFORE, Verb.INSERT_AT_END, Verb.INSERT_IN_PLACE, Verb.SUBSTITUTE}
)


class PlaceKind(StrEnum):
    """What a place is."""

    MEASURE = "measure"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    SECTION = "section"
    TABLE = "table"
    DEFINITION = "definition"
    ENTRY = "entry"


class Place(Frozen):
    """A place in a text as an instruction names it.

    `name` is the number, letter or term alone: `C10`, `C9.1(a)(ii)`, `3`, `C`, `large service`; `words` how
    the
    instruction says it.
    """

    kind: PlaceKind
    name: str
    words: str


class Instruction(Frozen):
    """One instruction, read: what is to be done where; `old` and `new` are words, `to` a new number."""

    verb: Verb
    place: Place
    old: str = ""
    new: str = ""
    to: Place | None = None


class Amendment(Frozen):
    """One amendment of an instrument: its instruction and what it puts in.

    `instruction` is None where the words cannot be read; `basis` says how the instruction is known.
    """

    revision: str
    label: str
    words: str
    line: int
    instruction: Instruction | None
    payload: tuple[Piece, ...] = ()
    basis: Basis = Basis.UNKNOWN

    @property
    def name(self) -> str:
        """What a person calls it, e.g. `amendment 1 of 2026-09-09`."""
        return f"amendment {self.label} of {self.revision}" if self.revision else f"amendment {self.label}"


class Instrument(Frozen):
    """An amending instrument: its amendments in order, its words that amend nothing (commencement), and our
    notes on it.
    """

    path: str
    code: str
    revision: str
    amends: str
    title: str
    amendments: tuple[Amendment, ...]
    beside: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Done(Frozen):
    """An amendment that was applied: the numbers that came, went or changed, and the words before and
    after.
    """

    amendment: Amendment
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    before: str = ""
    after: str = ""


class Why(StrEnum):
    """Why an amendment was not applied."""

    UNREADABLE = "unreadable"
    NOT_THERE = "not there"
    TWICE = "there twice"
    EXISTS = "exists already"
    UNFIT = "does not fit"
    CONFLICT = "conflict"


class NotApplied(Frozen):
    """An amendment that was not applied, with the reason as a clause and, for a conflict, with which
    other.
    """

    amendment: Amendment
    why: Why
    reason: str
    conflicts_with: str = ""

    @property
    def sentence(self) -> str:
        """The whole in one sentence, e.g. `amendment 2 of 2026-09-09 (Omit ICU C99) is not applied: ...`."""
        return f"{self.amendment.name} ({self.amendment.words}) is not applied: {self.reason}"


class Applied(Frozen):
    """A text with an instrument applied: what was done, what was not, and what the instrument says beside."""

    source: Source
    done: tuple[Done, ...] = ()
    not_applied: tuple[NotApplied, ...] = ()
    beside: tuple[str, ...] = ()


class CannotApply(Exception):  # noqa: N818 - not an error of a person: it ends in the list of what was not applied
    """An amendment cannot be applied as the text stands; caught where it becomes a `NotApplied`."""

    def __init__(self, why: Why, reason: str, conflicts_with: str = "") -> None:
        self.why = why
        self.reason = reason
        self.conflicts_with = conflicts_with
        super().__init__(reason)
