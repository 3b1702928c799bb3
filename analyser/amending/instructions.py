"""Read the instructions of an amending instrument from its headings.

The language is two tables: the forms of an instruction and the forms of a place. A form is written as the
instrument would write it; `{place}`, `{to}`, `{old}` and `{new}` stand for what varies.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from analyser.amending.model import Amendment, Instruction, Instrument, Place, PlaceKind, Verb
from analyser.amending.pieces import Piece, take_apart
from analyser.errors import InputError
from analyser.model.base import Basis
from analyser.parsing.numbering import Numbering
from analyser.parsing.tree import read_basis
from analyser.reading.source import BlockKind, Source

# The first form that fits is meant: those with words in quotation marks come first.
FORMS: tuple[tuple[str, Verb], ...] = (
    ("In {place}, for “{old}”, substitute “{new}”", Verb.SUBSTITUTE_WORDS),
    ("In {place}, after “{old}”, insert “{new}”", Verb.INSERT_WORDS_AFTER),
    ("In {place}, before “{old}”, insert “{new}”", Verb.INSERT_WORDS_BEFORE),
    ("In {place}, omit “{old}”", Verb.OMIT_WORDS),
    ("In {place}, in the appropriate place, insert", Verb.INSERT_IN_PLACE),
    ("At the end of {place}, insert", Verb.INSERT_AT_END),
    ("After {place}, insert", Verb.INSERT_AFTER),
    ("Before {place}, insert", Verb.INSERT_BEFORE),
    ("For {place}, substitute", Verb.SUBSTITUTE),
    ("Renumber {place} as {to}", Verb.RENUMBER),
    ("Omit {place}", Verb.OMIT),
)

# `{prefix}`, `{measure}` and `{paragraph}` are those of the code's numbering.
PLACES: tuple[tuple[str, PlaceKind], ...] = (
    (
        r"(?:(?i:recommended\s+measure|measure|recommendation)\s+)?{prefix}(?P<name>{measure})",
        PlaceKind.MEASURE,
    ),
    (
        r"(?:(?i:paragraph|item)\s+)?(?:{prefix})?(?P<name>(?:{measure}|\d{{1,2}})\.(?:{paragraph})(?:\([^()\s]+\))+)",
        PlaceKind.ITEM,
    ),
    (
        r"(?:(?i:paragraph)\s+)?(?:{prefix})?(?P<name>(?:{measure}|\d{{1,2}})\.(?:{paragraph}))",
        PlaceKind.PARAGRAPH,
    ),
    (r"(?i:section)\s+(?P<name>\d{{1,2}})(?:\s+\([^)]*\))?", PlaceKind.SECTION),
    (r"(?i:table)\s+(?P<name>[A-Z]|\d{{1,2}})(?:\s+\([^)]*\))?", PlaceKind.TABLE),
    (r"(?i:(?:the\s+)?definition\s+of)\s+[“\"](?P<name>[^”\"]+)[”\"]", PlaceKind.DEFINITION),
    (r"(?i:(?:the\s+)?entry\s+for)\s+{prefix}(?P<name>{measure})", PlaceKind.ENTRY),
)

_AMENDMENT = re.compile(r"^amendment\s+(?P<label>[\w.()]+)\s*[:.]\s*(?P<words>.*\S)\s*$", re.IGNORECASE)
_GROUPS = {"place": r"(?P<place>.+?)", "to": r"(?P<to>.+?)", "old": r"(?P<old>.+?)", "new": r"(?P<new>.+?)"}
_BASES = frozenset({"number", "text", "title", "basis", "codes_basis", "duties_basis"})
_END = r"\s*[:.—–-]*\s*"


def read_instrument(source: Source, numbering: Numbering) -> Instrument:
    """Return the amendments of an instrument; a heading `Amendment 1: ...` opens one, the next of its depth
    ends it.

    An instruction that cannot be read stays in the list with `instruction` None. Raises InputError for a file
    without any amendment, and for a basis that is not known.
    """
    revision = source.get("revision") or ""
    pieces = take_apart(source)
    _refuse_strange_bases(pieces, source.path)
    amendments: list[Amendment] = []
    beside: list[str] = []
    notes: list[str] = []
    place = 0
    while place < len(pieces):
        head = pieces[place]
        opened = _AMENDMENT.match(head.words) if head.kind is BlockKind.HEADING else None
        if not opened:
            title = head.kind is BlockKind.HEADING and head.depth == 1
            if not title:
                (notes if head.kind is BlockKind.NOTE else beside).append(head.words)
            place += 1
            continue
        end = _end(pieces, place)
        amendments.append(
            Amendment(
                revision=revision,
                label=opened["label"],
                words=opened["words"],
                line=head.line,
                instruction=read_instruction(opened["words"], numbering),
                payload=tuple(_raised(piece) for piece in pieces[place + 1 : end]),
                basis=_basis(head, source.path),
            )
        )
        place = end
    if not amendments:
        raise InputError(
            f"The instrument {source.path} holds no amendment",
            fix="Give each a heading such as `## Amendment 1: After ICU C10, insert`.",
        )
    return Instrument(
        path=source.path,
        code=source.get("code") or "",
        revision=revision,
        amends=source.get("amends") or "",
        title=next((piece.words for piece in pieces if piece.kind is BlockKind.HEADING), ""),
        amendments=tuple(amendments),
        beside=tuple(beside),
        notes=tuple(notes),
    )


def read_instruction(words: str, numbering: Numbering) -> Instruction | None:
    """Return what an instruction says, None where it cannot be read.

    >>> read_instruction("In ICU C9.2, for “swiftly” substitute “without delay”",
    Numbering(prefix="ICU")).verb
    <Verb.SUBSTITUTE_WORDS: 'substitute words'>
    """
    for form, verb in FORMS:
        match = _form(form).fullmatch(words.strip())
        if not match:
            continue
        said = match.groupdict()
        place = read_place(said["place"], numbering)
        to = read_place(said["to"], numbering) if "to" in said else None
        if place is not None and ("to" not in said or to is not None):
            return Instruction(
                verb=verb, place=place, old=said.get("old") or "", new=said.get("new") or "", to=to
            )
    return None


def read_place(words: str, numbering: Numbering) -> Place | None:
    """Return the place that words name, None where they name none.

    >>> read_place("ICU C9.1(a)(ii)", Numbering(prefix="ICU")).name
    'C9.1(a)(ii)'
    """
    said = words.strip()
    for pattern, kind in _places(numbering):
        if match := pattern.fullmatch(said):
            return Place(kind=kind, name=match["name"], words=said)
    return None


@lru_cache(maxsize=32)
def _form(form: str) -> re.Pattern[str]:
    """Return the pattern of a form: a comma may be left out, quotation marks may be straight."""
    parts = []
    for part in re.findall(r"\{\w+\}|[“”]|,|\s+|[^{}“”,\s]+", form):
        if part.startswith("{"):
            parts.append(_GROUPS[part[1:-1]])
        else:
            parts.append(
                {"“": '[“"]', "”": '[”"]', ",": ",?"}.get(part)
                or (r"\s+" if part.isspace() else re.escape(part))
            )
    return re.compile("".join(parts) + _END, re.IGNORECASE)


@lru_cache(maxsize=32)
def _places(numbering: Numbering) -> tuple[tuple[re.Pattern[str], PlaceKind], ...]:
    known = {
        "prefix": rf"{re.escape(numbering.prefix)}\s+" if numbering.prefix else "",
        "measure": numbering.measure,
        "paragraph": numbering.paragraph,
    }
    return tuple((re.compile(form.format(**known)), kind) for form, kind in PLACES)


def _end(pieces: Sequence[Piece], place: int) -> int:
    depth = pieces[place].depth or 1
    for after in range(place + 1, len(pieces)):
        if pieces[after].kind is BlockKind.HEADING and (pieces[after].depth or 1) <= depth:
            return after
    return len(pieces)


def _raised(piece: Piece) -> Piece:
    """Return a piece of a payload as it stands in a code: its headings one level higher, nothing before
    it.
    """
    depth = piece.depth - 1 if piece.kind is BlockKind.HEADING and piece.depth else piece.depth
    return piece.model_copy(update={"depth": depth, "gap": None})


def _basis(head: Piece, path: str) -> Basis:
    value = head.mark("text")
    return read_basis(value, head.line, path) if value else Basis.UNKNOWN


def _refuse_strange_bases(pieces: Sequence[Piece], path: str) -> None:
    """Raise InputError, with the line in the instrument, for a mark that names no basis."""
    for piece in pieces:
        for mark in piece.attributes:
            for key, value in mark.values:
                if key in _BASES:
                    read_basis(value, mark.line, path)
