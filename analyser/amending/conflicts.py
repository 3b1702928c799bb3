"""Whether an earlier amendment stands in the way of a later one that was not drafted upon it.

Two amendments are in conflict when the second names words, a number or a place that the first has taken away,
put there or changed. The second is then not applied, whichever of the two comes first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analyser.amending.model import CannotApply, Done, Instruction, PlaceKind, Verb, Why
from analyser.amending.pieces import Piece
from analyser.amending.text import Target, lies_within
from analyser.parsing.numbering import Numbering

_DID = {
    Verb.OMIT: "has omitted",
    Verb.RENUMBER: "has renumbered",
    Verb.SUBSTITUTE: "has substituted",
}
_OWN_TEXT = frozenset({Verb.SUBSTITUTE, *(verb for verb in Verb if verb.has_payload)})


@dataclass(frozen=True, slots=True)
class Earlier:
    """The amendments applied before, of this instrument and of those it was not drafted upon."""

    done: tuple[Done, ...]
    numbering: Numbering

    def behind(self, piece: Piece) -> list[Done]:
        """Return the amendments that put a piece there or changed it."""
        marks = set(piece.amendments())
        return [done for done in self.done if (done.amendment.revision, done.amendment.label) in marks]

    def refuse_gone(self, key: str) -> None:
        """Raise a conflict where an earlier amendment took away the place that a later one names."""
        for done in self.done:
            if key in done.removed:
                raise _conflict(done, f"{_did(done, 'has taken away')} {key}")

    def refuse_taken(self, keys: Iterable[str]) -> None:
        """Raise a conflict where an earlier amendment brought a number that a later one brings."""
        wanted = set(keys)
        for done in self.done:
            if both := sorted(wanted & set(done.added)):
                raise _conflict(done, f"has brought {both[0]} already")

    def refuse_changed(self, pieces: Sequence[Piece], target: Target) -> None:
        """Raise a conflict where a later amendment would replace, take away or renumber what an earlier one
        put there, changed or took from it.
        """
        for piece in pieces:
            for done in self.behind(piece):
                if _verb(done) is not Verb.OMIT:
                    raise _conflict(done, f"{_did(done, 'has changed')} words of {target.key}")
        for done in self.done:
            lost = [key for key in done.removed if lies_within(key, target.key, self.numbering)]
            if lost:
                raise _conflict(done, f"{_did(done, 'has taken away')} {lost[0]}")

    def refuse_renumbered(self, pieces: Sequence[Piece], target: Target) -> None:
        """Raise a conflict where an earlier amendment gave the place its number."""
        for piece in pieces:
            for done in self.behind(piece):
                if target.key in done.added:
                    raise _conflict(done, f"{_did(done, 'has brought')} {target.key}")

    def refuse_anchor(self, piece: Piece, target: Target) -> None:
        """Raise a conflict where the item beside which something is to stand came with a substituted
        whole.
        """
        for done in self.behind(piece):
            outer = done.amendment.instruction.place if done.amendment.instruction else None
            if (
                _verb(done) is Verb.SUBSTITUTE
                and outer is not None
                and target.place.kind is PlaceKind.ITEM
                and target.place.name != outer.name
            ):
                raise _conflict(done, f"has substituted {outer.words}")

    def refuse_words_gone(self, key: str, words: str) -> None:
        """Raise a conflict where the words looked for were there before an earlier amendment."""
        for done in self.done:
            near = any(
                lies_within(one, key, self.numbering) or lies_within(key, one, self.numbering)
                for one in (*done.changed, *done.removed)
            )
            if near and words in done.before and words not in done.after:
                raise _conflict(done, f"{_did(done, 'has changed')} these words")

    def refuse_words_brought(self, key: str, words: str) -> None:
        """Raise a conflict where words stand more than once because an earlier amendment brought them
        again.
        """
        for done in self.done:
            touched = (*done.changed, *done.added)
            near = any(lies_within(one, key, self.numbering) for one in touched)
            if near and done.after.count(words) > done.before.count(words):
                raise _conflict(done, f"has put “{words}” there too")

    def refuse_overlap(self, piece: Piece, start: int, end: int, point: int | None) -> None:
        """Raise a conflict where words of a piece, or the point beside them at which new ones are to stand,
        are
        an earlier amendment's.
        """
        for done in self.behind(piece):
            verb, instruction = _verb(done), done.amendment.instruction
            if verb in _OWN_TEXT:
                raise _conflict(done, "has put this text there")
            if verb is None or not verb.of_words or instruction is None or not instruction.new:
                continue
            for first, last in _occurrences(piece.words, instruction.new):
                if point is None and _overlaps(_anchor(piece.words, first, last, instruction), start, end):
                    raise _conflict(done, f"has put “{instruction.new}” beside these words")
                # An insertion stands behind its own space: the point before that space is the same point.
                if _overlaps((first, last), start, end) or (point is not None and first - 1 <= point < last):
                    raise _conflict(done, f"has put “{instruction.new}” there")


def _occurrences(words: str, wanted: str) -> list[tuple[int, int]]:
    found, at = [], words.find(wanted)
    while at >= 0:
        found.append((at, at + len(wanted)))
        at = words.find(wanted, at + 1)
    return found


def _anchor(words: str, first: int, last: int, instruction: Instruction) -> tuple[int, int]:
    """Return where the words stand beside which an instruction put others (at `first` to `last`)."""
    before, after = words[:first].rstrip(), words[last:]
    if instruction.verb is Verb.INSERT_WORDS_AFTER and before.endswith(instruction.old):
        return len(before) - len(instruction.old), len(before)
    if instruction.verb is Verb.INSERT_WORDS_BEFORE and after.lstrip().startswith(instruction.old):
        start = len(words) - len(after.lstrip())
        return start, start + len(instruction.old)
    return first, first


def _overlaps(span: tuple[int, int], start: int, end: int) -> bool:
    return span[0] < end and start < span[1]


def _verb(done: Done) -> Verb | None:
    return done.amendment.instruction.verb if done.amendment.instruction else None


def _did(done: Done, otherwise: str) -> str:
    verb = _verb(done)
    return _DID.get(verb, otherwise) if verb else otherwise


def _conflict(done: Done, what: str) -> CannotApply:
    name = done.amendment.name
    return CannotApply(
        Why.CONFLICT, f"it is in conflict with {name} ({done.amendment.words}), which {what}", name
    )
