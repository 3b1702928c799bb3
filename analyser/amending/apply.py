"""Apply an amending instrument to a text: amendment by amendment, each whole or not at all."""

from collections.abc import Iterator, Sequence

from analyser.amending import blocks, spots
from analyser.amending.conflicts import Earlier
from analyser.amending.instructions import read_instrument
from analyser.amending.model import (
    Amendment,
    Applied,
    CannotApply,
    Done,
    Instruction,
    NotApplied,
    Place,
    PlaceKind,
    Verb,
    Why,
)
from analyser.amending.payload import PayloadKind, brought, kind_of, split_notes, units
from analyser.amending.pieces import Piece, words_of
from analyser.amending.renumber import renumber
from analyser.amending.text import Target, Text, lies_within
from analyser.amending.words import change
from analyser.errors import InputError
from analyser.parsing.numbering import Numbering
from analyser.reading.source import Source

_INSERTS = frozenset({Verb.INSERT_AFTER, Verb.INSERT_BEFORE, Verb.INSERT_AT_END, Verb.INSERT_IN_PLACE})


def apply(base: Source, instrument: Source, numbering: Numbering, earlier: Sequence[Done] = ()) -> Applied:
    """Return the text `base` with the amendments of an instrument applied in their order.

    `earlier` are amendments of other instruments, already applied to `base`, upon which this one was not
    drafted: what touches the same words or numbers is then a conflict. What cannot be applied is listed with
    its reason. Raises InputError for an instrument of another code, or without any amendment.

    >>> apply(code, instrument, Numbering(prefix="ICU")).source.get("revision")
    '2026-09-09'
    """
    read = read_instrument(instrument, numbering)
    code = base.get("code") or ""
    if read.code and code and read.code != code:
        raise InputError(
            f"The instrument {read.path} amends {read.code}, not {code}",
            place=f"{read.path}, front matter",
            fix="Apply it to a text of its own code.",
        )
    text = Text(base, numbering)
    done: list[Done] = []
    not_applied: list[NotApplied] = []
    for amendment in read.amendments:
        try:
            text, one = _one(text, amendment, Earlier((*earlier, *done), numbering))
        except CannotApply as problem:
            not_applied.append(
                NotApplied(
                    amendment=amendment,
                    why=problem.why,
                    reason=problem.reason,
                    conflicts_with=problem.conflicts_with,
                )
            )
        else:
            done.append(one)
    source = text.source.model_copy(
        update={"path": f"{base.path} + {instrument.path}", "meta": _meta(base, read.revision)}
    )
    return Applied(source=source, done=tuple(done), not_applied=tuple(not_applied), beside=read.beside)


def _one(text: Text, amendment: Amendment, earlier: Earlier) -> tuple[Text, Done]:
    """Apply one amendment, and check that the text then reads as was meant."""
    instruction = amendment.instruction
    if instruction is None:
        raise CannotApply(Why.UNREADABLE, "its instruction cannot be read")
    body, _ = split_notes(amendment.payload)
    if body and not instruction.verb.has_payload:
        raise CannotApply(Why.UNFIT, "text stands below it, and it says nothing of putting any in")
    if instruction.verb.of_words:
        target = _find(text, instruction.place, earlier)
        changed = change(text, target, amendment, instruction, earlier)
        new = _checked(text, changed.pieces, target.key)
        _expect(new.numbers == text.numbers, "it would change the numbers of the text")
        return new, Done(
            amendment=amendment, changed=(changed.key,), before=changed.before, after=changed.after
        )
    if instruction.verb in _INSERTS:
        new, touched = _inserted(text, amendment, instruction, earlier), ""
    else:
        target = _find(text, instruction.place, earlier)
        touched = target.key
        if instruction.verb is Verb.RENUMBER:
            new = _renumbered(text, target, amendment, instruction, earlier)
        else:
            new = _replaced(text, target, amendment, instruction, earlier)
    added, removed = new.names - text.names, text.names - new.names
    return new, Done(
        amendment=amendment,
        added=tuple(sorted(added)),
        removed=tuple(sorted(removed)),
        changed=(touched,) if touched else (),
        before=words_of(piece for piece in text.pieces if piece not in new.pieces),
        after=words_of(body),
    )


def _inserted(text: Text, amendment: Amendment, instruction: Instruction, earlier: Earlier) -> Text:
    place, verb = instruction.place, instruction.verb
    kind = kind_of(amendment, text.numbering)
    _fits(verb, place, kind)
    everywhere = verb is Verb.INSERT_IN_PLACE and kind is PayloadKind.MEASURES
    target = None if everywhere else _find(text, place, earlier)
    if target is not None and verb in (Verb.INSERT_AFTER, Verb.INSERT_BEFORE):
        earlier.refuse_anchor(text.pieces[target.first], target)
        if verb is Verb.INSERT_BEFORE:
            blocks.refuse_shared(target)
    names = brought(text, target, amendment, kind)
    _refuse_existing(text, names, earlier)
    _refuse_foreign(text, target, amendment, kind)
    in_place = verb is Verb.INSERT_IN_PLACE
    parts = units(text, target, amendment, kind) if in_place else [amendment.payload]
    new = text
    for unit in parts:
        target = None if everywhere else new.find(place)
        at = _spot(new, target, unit, kind, verb, names)
        held = target or Target(place, at, at, new.key_of(place))
        depth = spots.depth_of(new, held, verb is Verb.INSERT_AT_END) if kind is PayloadKind.ITEMS else None
        part = amendment.model_copy(update={"payload": tuple(unit)})
        new = _checked(new, blocks.insert(new, at, held, part, kind, depth), new.key_of(place))
    _expect(not text.names - new.names, "numbers of the text would be lost")
    _expect(set(names) <= set(new.names - text.names), "what it puts in would not bear its number there")
    return new


def _spot(
    text: Text,
    target: Target | None,
    unit: Sequence[Piece],
    kind: PayloadKind,
    verb: Verb,
    names: Sequence[str],
) -> int:
    if verb is Verb.INSERT_IN_PLACE or target is None:
        return spots.appropriate(text, target, split_notes(unit)[0], kind)
    if verb is Verb.INSERT_AT_END:
        return spots.end_of(text, target, kind)
    if verb is Verb.INSERT_BEFORE:
        return target.first
    number = names[0].rpartition(" ")[2] if names else ""
    return spots.after(text, target, number) if kind is not PayloadKind.ROWS else target.last


def _replaced(
    text: Text, target: Target, amendment: Amendment, instruction: Instruction, earlier: Earlier
) -> Text:
    earlier.refuse_changed(text.pieces[target.first : target.last], target)
    if instruction.verb is Verb.OMIT:
        new = _checked(text, blocks.omit(text, target, amendment), target.key)
        _expect(not new.names - text.names, "other numbers of the text would change")
    else:
        kind = kind_of(amendment, text.numbering)
        _fits(instruction.verb, instruction.place, kind)
        names = brought(text, target, amendment, kind)
        own = text.key_of(instruction.place)
        if own not in names:
            raise CannotApply(
                Why.UNFIT, f"what is put for {instruction.place.words} does not bear its number"
            )
        held = set(_names_in(text, target))
        _refuse_existing(text, [name for name in names if name not in held], earlier)
        _refuse_foreign(text, target, amendment, kind)
        new = _checked(text, blocks.substitute(text, target, amendment, kind), target.key)
    lost = set(text.names - new.names) - set(_names_in(text, target))
    _expect(not lost, f"{', '.join(sorted(lost))} would be lost with it")
    return new


def _renumbered(
    text: Text, target: Target, amendment: Amendment, instruction: Instruction, earlier: Earlier
) -> Text:
    to = instruction.to
    earlier.refuse_renumbered(text.pieces[target.first : target.first + 1], target)
    if to is not None:
        _refuse_existing(text, [text.key_of(to)], earlier)
    new = _checked(text, renumber(text, target, amendment, instruction), target.key)
    gone, come = text.names - new.names, new.names - text.names
    _expect(gone.total() == come.total() and target.key in gone, "other numbers of the text would change")
    return new


def _find(text: Text, place: Place, earlier: Earlier) -> Target:
    """Return where a place lies; where an earlier amendment took it away, that is a conflict."""
    try:
        return text.find(place)
    except CannotApply as problem:
        if problem.why is Why.NOT_THERE:
            earlier.refuse_gone(text.key_of(place))
        raise


def _fits(verb: Verb, place: Place, kind: PayloadKind) -> None:
    allowed = blocks.FITS[verb].get(place.kind, set())
    if kind not in allowed:
        wanted = " or ".join(one.value for one in PayloadKind if one in allowed) or "nothing"
        raise CannotApply(Why.UNFIT, f"the text below it is {kind.value}, and {wanted} can stand there")


def _refuse_existing(text: Text, names: Sequence[str], earlier: Earlier) -> None:
    there = [name for name in names if text.names[name]]
    if there:
        earlier.refuse_taken(there)
        raise CannotApply(Why.EXISTS, f"{', '.join(there)} is in the text already")


def _refuse_foreign(text: Text, target: Target | None, amendment: Amendment, kind: PayloadKind) -> None:
    """Refuse paragraphs of one measure in another: they would be read as no part of either."""
    if kind is not PayloadKind.PARAGRAPHS or target is None or target.measure is None:
        return
    for piece in amendment.payload:
        start = text.numbering.paragraph_start(piece.words)
        if start and start["owner"] != target.measure.number:
            raise CannotApply(Why.UNFIT, f"{start['number']} is no paragraph of {target.measure.id}")


def _names_in(text: Text, target: Target) -> Iterator[str]:
    """Yield every name that lies in a place."""
    inside = text.with_pieces(text.pieces[target.first : target.last]) if target.first < target.last else text
    yield from inside.names
    yield text.key_of(target.place)
    yield from (name for name in text.numbers if lies_within(name, target.key, text.numbering))
    if target.place.kind is PlaceKind.ENTRY:
        yield target.key


def _checked(text: Text, pieces: tuple[Piece, ...], key: str) -> Text:
    """Return the text of the pieces; CannotApply when it cannot be read, or some of it would find no
    place.
    """
    new = text.with_pieces(pieces)
    try:
        lost = len(new.document.unplaced) - len(text.document.unplaced)
    except InputError as problem:
        raise CannotApply(Why.UNFIT, f"{key} could not be read then: {problem.cause}") from problem
    _expect(lost <= 0, "some of the text would find no place then")
    twice = [name for name, count in new.names.items() if count > max(1, text.names[name])]
    _expect(not twice, f"{', '.join(sorted(twice))} would stand twice then")
    return new


def _expect(holds: bool, otherwise: str) -> None:
    if not holds:
        raise CannotApply(Why.UNFIT, otherwise)


def _meta(base: Source, revision: str) -> tuple[tuple[str, str], ...]:
    said = dict(base.meta) | ({"revision": revision} if revision else {})
    return tuple(said.items())
