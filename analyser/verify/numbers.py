"""The numbers of paragraphs and items: which both sides have, and where the official file has other words."""

from collections.abc import Iterator, Sequence

from analyser.model.text import Provision
from analyser.reporting.verify_rows import VerifyRow
from analyser.verify.pairs import CLEARLY, Pair, alike, better
from analyser.verify.sides import Sides, is_unseen, name_of

# Under this our words and the official ones under a number say nothing of each other.
_NOTHING = 0.1
_FEW_WORDS = 4


def number_rows(sides: Sides, pairs: Sequence[Pair]) -> Iterator[VerifyRow]:
    """Yield a row for every paragraph and item number of either side."""
    official = [pair.official for pair in pairs if pair.official]
    for pair in pairs:
        if pair.ours is None:
            assert pair.official is not None
            yield _only_official(sides, pair, pair.official, "")
        elif pair.by == "number":
            assert pair.official is not None
            yield _same_number(sides, pair, pair.ours, pair.official, official)
            yield from _items(sides, pair, pair.ours, pair.official)
        else:
            yield _without(sides, pair, pair.ours, {one.number for one in official})


def _same_number(
    sides: Sides, pair: Pair, one: Provision, other: Provision, among: Sequence[Provision]
) -> VerifyRow:
    if not sides.ours.seen(one):
        note = "the number is there; our words were not seen, so they cannot bear it out"
        return _row(sides, pair, one, other, "not_comparable", note)
    found = better(sides, one, other, among, CLEARLY)
    if found:
        best, score, own = found
        place = name_of(pair.measure, best)
        note = (
            f"our words read more like those of {place} ({score:.2f}) than those of this number ({own:.2f})"
        )
        return _row(sides, pair, one, best, "disagree", note)
    if _tells(sides, one, other) and alike(sides, one, other) < _NOTHING:
        note = (
            "the number is there, but the words have too little in common to tell that it is the same "
            "paragraph"
        )
        return _row(sides, pair, one, other, "not_comparable", note)
    return _row(sides, pair, one, other, "agree", "")


def _without(sides: Sides, pair: Pair, one: Provision, there: set[str]) -> VerifyRow:
    """Return the row of a paragraph of ours whose number the official file lacks, or nobody knows."""
    prefix = pair.measure.id.removesuffix(pair.measure.number) if pair.measure else ""
    likes = [f"{prefix}{number} ({score:.2f})" for number, score in pair.likes]
    if one.number_known:
        if pair.official is not None:
            place = name_of(pair.measure, pair.official)
            note = f"the official file has these words as {place}"
            if one.number in there:
                note += f"; its {name_of(pair.measure, one)} reads otherwise"
            return _row(sides, pair, one, pair.official, "disagree", note)
        note = f"the official file has no paragraph of this number{_most(likes)}"
        return _row(sides, pair, one, None, "only_ours", note)
    if not sides.ours.seen(one):
        return _row(
            sides, pair, one, None, "not_comparable", "neither its number nor its words are known to us"
        )
    note = f"its number is not known to us{_most(likes) or '; nothing in the official measure reads like it'}"
    return _row(sides, pair, one, pair.official, "not_comparable", note)


def _most(likes: Sequence[str]) -> str:
    if not likes:
        return ""
    rest = f", then {', '.join(likes[1:])}" if likes[1:] else ""
    return f"; it reads most like {likes[0]}{rest}"


def _items(sides: Sides, pair: Pair, one: Provision, other: Provision) -> Iterator[VerifyRow]:
    """Yield the rows of the items below a paragraph or item that both sides have."""
    theirs = {item.number: item for item in other.items}
    unseen = any(not sides.ours.seen(item) for item in one.items) or is_unseen(sides.ours.own(one))
    for item in one.items:
        same = theirs.pop(item.number, None)
        if same is None:
            seen = sides.ours.seen(item)
            note = "the official file has no item of this letter here" if seen else "not seen in ours"
            yield _row(sides, pair, item, None, "only_ours" if seen else "not_comparable", note)
        else:
            yield _same_number(sides, pair, item, same, other.items)
            yield from _items(sides, pair, item, same)
    for item in theirs.values():
        for inner in item.walk():
            yield _only_official(sides, pair, inner, "not seen in ours" if unseen else "")


def _tells(sides: Sides, one: Provision, other: Provision) -> bool:
    """Say whether there are enough words on both sides for a comparison to mean anything."""
    return min(len(sides.ours.whole(one).split()), len(sides.official.whole(other).split())) >= _FEW_WORDS


def _only_official(sides: Sides, pair: Pair, other: Provision, note: str) -> VerifyRow:
    return _row(sides, pair, None, other, "only_official", note)


def _row(
    sides: Sides, pair: Pair, one: Provision | None, other: Provision | None, verdict: str, note: str
) -> VerifyRow:
    shown = one or other
    assert shown is not None
    return VerifyRow.model_validate(
        {
            "measure": pair.measure.id if pair.measure else "",
            "provision": name_of(pair.measure, shown),
            "what": "number",
            "verdict": verdict,
            "ours": f"{one.number} {sides.ours.own(one)}".strip() if one else "",
            "official": f"{other.number} {sides.official.own(other)}".strip() if other else "",
            "note": note,
            "page": (other.page or "") if other else "",
        }
    )
